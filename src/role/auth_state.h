/* An auth_role is the auth process at work: its members, its hashers, the turn it is in, the answers it owes.
 *
 * For the files of role/auth_*.c alone. What arrives in one turn of the loop is one transaction for each member it
 * concerns: a handler does its work as a job and owes its answer; after the commits answers leave, with their delay.
 * An answer is owed to one channel: when front dies and another comes, what was owed to the old one is dropped. */
#ifndef ROLE_AUTH_STATE_H
#define ROLE_AUTH_STATE_H

#include "core/auth.h"
#include "core/place.h"
#include "core/web_table.h"
#include "core/writer.h"
#include "os/channel.h"
#include "role/message.h"

enum {
    AUTH_ROLE_MEMBERS_MAX = 1000,
    AUTH_ROLE_OPEN_MAX = 64,      /* databases open at once */
    AUTH_ROLE_HASHERS_MAX = 2,
    AUTH_ROLE_QUEUE_MAX = 200,    /* pieces of work that wait for a hasher: about ten seconds of it */
    AUTH_ROLE_QUEUE_REMOTE = 100, /* of them, from one client's network */
    AUTH_ROLE_DELAYED_MAX = 10000,
    AUTH_ROLE_LINES_MAX = 16,
};

struct auth_role;

/* One member as auth holds it. */
struct auth_house {
    struct auth_role *role;
    struct place place; /* texts in `texts` */
    struct str host;    /* its first host name; "" when it has none */
    struct arena *texts;
    struct auth auth;   /* with the house's key and this member's number */
    bool has_key;
    unsigned char ticket_key[TICKET_KEY_BYTES];
    struct channel *town;
    struct db *db; /* NULL while closed */
    struct writer *writer;
    int64_t used;       /* the turn it was last used in */
    bool is_in_turn;
    enum status turn; /* what became of its commit */
};

/* A command line that works on this member. */
struct auth_line {
    struct auth_house *house;
    struct channel *channel; /* NULL: free */
};

/* A piece of work on its way to a hasher: a sign-in, or a request for a page whose handler asked for hashes. */
struct auth_work {
    struct auth_work *next;
    int64_t number, front; /* front: which channel asked */
    struct auth_house *house;
    struct arena *arena; /* its memory; wiped of passwords before it goes */
    struct str payload;  /* the frame as it came */
    uint16_t kind;
    int body_fd;
    struct str remote;
    struct web_hash hashes[WEB_HASHES_MAX];
    size_t hash_count, hash_done;
    struct auth_answer begun; /* of a sign-in */
};

struct auth_hasher {
    struct auth_role *role;
    struct channel *channel;
    struct auth_work *work; /* NULL: idle */
};

/* An answer owed: to front, or to the member's town. */
struct auth_owed {
    struct auth_owed *next;
    struct auth_role *role;
    struct auth_house *house; /* whose commit it waits for; NULL: none */
    int64_t front;
    uint16_t kind; /* MESSAGE_LOGIN_ANSWER, MESSAGE_WEB_ANSWER, MESSAGE_PERSON_DONE */
    int64_t handle, delay_ms;
    struct arena *arena;
    struct message_login_answer login;
    struct web_response response;
    int64_t status; /* of MESSAGE_PERSON_DONE */
    enum language language;
    struct loop_timer *timer;
};

struct auth_role {
    struct loop *loop;
    const char *folder;
    struct arena *job, *always;
    struct channel *parent, *front;
    int64_t front_number; /* grows with each front */
    unsigned char key[AUTH_KEY_BYTES];
    struct password_cost cost;
    struct web_table *pages;
    struct auth_house *houses[AUTH_ROLE_MEMBERS_MAX];
    size_t house_count, open_count;
    struct auth_hasher hashers[AUTH_ROLE_HASHERS_MAX];
    struct auth_line lines[AUTH_ROLE_LINES_MAX];
    struct auth_work *first_work, **last_work;
    size_t work_count;
    int64_t work_number, turn_number;
    struct instant now; /* of this turn; 0 before its first job */
    struct auth_owed *owed, **last_owed;
    struct auth_owed *delayed;
    size_t delayed_count;
    struct loop_timer *sweeper;
    size_t sweep_next;
};

/* ---- auth_house.c ---- */

/* NULL: no member by that number. */
struct auth_house *auth_house_find(struct auth_role *role, int64_t member);
/* The parent says what a member is; makes it when new. `key_fd`: its ticket key, or -1. */
MUST_USE enum status auth_house_put(struct auth_role *role, struct str payload, int key_fd);
/* One job on the member's auth.db, which is opened when it is not. Status of opening; on OK auth_house_end follows. */
MUST_USE enum status auth_house_begin(struct auth_house *house, struct ctx *ret_ctx);
/* Undoes the job unless `done` is OK; returns what became of it. */
enum status auth_house_end(struct auth_house *house, enum status done);
/* Commits every member of this turn, and tells towns which sessions ended. */
void auth_house_commit(struct auth_role *role);
/* Tells a town that has just come what ended while its tickets may live. */
void auth_house_greet(struct auth_house *house);
/* Every member's hourly sweep, one at a time. */
void auth_house_sweep(void *with);
void auth_house_destroy(struct auth_house *house);

/* ---- auth_owed.c ---- */

/* A new answer owed to the front that asked, or to `house`'s town. Its texts are copied by auth_owe_*. */
struct auth_owed *auth_owe(struct auth_role *role, struct auth_house *house, uint16_t kind, int64_t handle);
void auth_owe_login(struct auth_owed *owed, const struct message_login_answer *answer);
/* Takes over the response's body. */
void auth_owe_response(struct auth_owed *owed, const struct web_response *response, enum language language);
/* After the commits: all that is owed leaves, or begins its delay. */
void auth_owed_release(struct auth_role *role);
void auth_owed_destroy_all(struct auth_role *role);

/* ---- auth_work.c ---- */

/* A copy of the frame, to be worked on later; NULL when the queue is full or this client has too much in it. Takes
 * body_fd unless NULL is returned. */
struct auth_work *auth_work_create(struct auth_house *house, uint16_t kind, struct str payload, struct str remote,
                                   int body_fd);
/* Asks for the hashes from hash_done on; auth_work_done is called when all are there. */
void auth_work_queue(struct auth_work *work);
void auth_work_destroy(struct auth_work *work);
/* A hasher came (its channel) or has gone. */
void auth_work_hasher(struct auth_role *role, int socket);
void auth_work_destroy_all(struct auth_role *role);

/* ---- auth_verb.c ---- */

/* OK: the socket is taken. NOT_FOUND: no such member. */
MUST_USE enum status auth_verb_open(struct auth_role *role, int64_t member, int socket);
void auth_verb_close(struct auth_role *role);

/* ---- frames; a status other than OK: the sender is not believed ---- */

MUST_USE enum status auth_role_login(struct auth_role *role, struct str payload);
MUST_USE enum status auth_role_cookie(struct auth_role *role, struct str payload);
MUST_USE enum status auth_role_renew(struct auth_role *role, struct str payload);
void auth_role_login_end(struct auth_work *work);   /* the hashes are there, or status is not OK */
MUST_USE enum status auth_role_web(struct auth_role *role, struct str payload, int fd);
void auth_role_web_again(struct auth_work *work);
/* The hashers could not: what asked is answered "not now". */
void auth_role_work_failed(struct auth_work *work);
MUST_USE enum status auth_role_person(struct auth_house *house, uint16_t kind, struct str payload);

#endif
