/* A town_role is the town process at work: its channels, the town it writes, and the answers that wait for a commit.
 *
 * For the files of role/town*.c alone. What arrives in one turn of the loop is one transaction: a handler does its
 * work as a job of the writer and holds its answer; after the commit each held answer is released, with what became
 * of the turn. A turn is short (TURN_US and what stands beside it in town.c): what front has sent beyond is taken in
 * the next one, and none while front has not taken its answers. */
#ifndef ROLE_TOWN_ROLE_H
#define ROLE_TOWN_ROLE_H

#include "base/list.h"
#include "core/ticket.h"
#include "core/web_table.h"
#include "os/channel.h"
#include "os/loop.h"
#include "role/house.h"
#include "role/message.h"

struct town_role;
struct imap_sessions;
struct town_outbox; /* town_outbox.c */
struct town_jobs;   /* town_jobs.c */
struct town_question; /* town_house.c */
struct town_convert;  /* town_convert.c */

/* A command line that speaks with this town. */
struct town_line {
    struct town_role *role;
    struct channel *channel; /* NULL: free, or it has gone */
    int64_t number;          /* grows with each one that comes: a late answer finds nobody */
};
enum { TOWN_LINES_MAX = 16 };

/* Sends the answer; `turn` is OK when the rows stand, else the answer must be a refusal. */
typedef void town_release(struct town_role *role, void *with, enum status turn);

struct town_held {
    town_release *release;
    void *with; /* in role->turn */
};

struct town_role {
    struct loop *loop;
    struct channel *parent, *front, *auth; /* front, auth: NULL while there is none */
    struct town_peer { /* who answers pages beside the parent; its channel NULL while there is none */
        struct town_role *role;
        struct channel *channel;
    } model, provider;
    struct loop_timer *quiet; /* a while after the last turn: memory goes back */
    bool is_quiet_set, was_busy; /* the timer is set; a turn ended since it was */
    struct loop_later upkeep; /* after the answers of the turn are sent */
    struct loop_timer *again; /* for what auth could not take now */
    int64_t task_sent;   /* the last people_task auth was sent */
    struct arena *place; /* texts of town->place, once the parent has told it anew */
    struct town *town;
    struct arena *job;    /* memory of one frame */
    struct arena *turn;   /* memory of the answers held */
    struct arena *always; /* memory of the role */
    struct web_table *pages;
    struct town_outbox *outbox;
    struct town_jobs *jobs;
    struct town_question *questions; /* to the parent, the model or the provider, not answered yet */
    size_t question_count;
    struct loop_timer *away; /* answers what a peer cannot, since it is not there */
    struct loop_timer *late; /* answers what the provider has not said in time */
    int64_t question_number; /* of the last one */
    struct town_convert *converts; /* documents on their way to become text */
    size_t convert_count;
    int64_t convert_number; /* of the last one */
    struct imap_sessions *imap; /* NULL until somebody comes */
    struct town_line lines[TOWN_LINES_MAX];
    struct town_held_list LIST_OF(struct town_held) held;
    size_t held_bytes; /* of these */
    int64_t turn_us;   /* when front's first frame of this turn was taken; 0: none was */
};

/* `with` must lie in role->turn. */
void town_hold(struct town_role *role, town_release *release, void *with);
/* A ctx for one unit of work, nobody's yet. */
struct ctx town_ctx(struct town_role *role);
/* An inline body, or the memfd mapped; unmap it with file_unmap when `inline_body` is absent. INVALID: another size. */
MUST_USE enum status town_body(struct str inline_body, int fd, int64_t size, struct str *ret_body);

/* Sends to front, or to nobody when front has gone: whoever asked has gone with it. `fd` is closed here. */
void town_send(struct town_role *role, enum message_kind kind, const void *message, int fd);
/* Not even a short answer fits what waits for front: the role ends. */
void town_front_full(struct town_role *role, enum message_kind kind);

/* Who acts, as far as this town believes it. BUSY: auth has not told yet who may not; DENIED: not sealed for it; GONE:
 * expired, or the session was ended. */
MUST_USE enum status town_ticket(const struct ctx *ctx, struct str sealed, struct ticket *ret_ticket);

/* One frame of front each. A status other than OK: front is not believed, and the role ends. */
MUST_USE enum status town_web(struct ctx *ctx, struct town_role *role, struct str payload, int fd);
MUST_USE enum status town_rcpt(struct ctx *ctx, struct town_role *role, struct str payload);
MUST_USE enum status town_deliver(struct ctx *ctx, struct town_role *role, struct str payload, int fd);
MUST_USE enum status town_outbox_done(struct ctx *ctx, struct town_role *role, struct str payload);

/* ---- town_closed.c: opted out of mail ---- */

bool town_has_mail(const struct town_role *role);
MUST_USE enum status town_rcpt_closed(struct town_role *role, struct str payload);
MUST_USE enum status town_deliver_closed(struct town_role *role, struct str payload);

/* ---- town_imap.c ---- */

MUST_USE enum status town_imap_open(struct ctx *ctx, struct town_role *role, struct str payload);
MUST_USE enum status town_imap_command(struct ctx *ctx, struct town_role *role, struct str payload, int fd);
MUST_USE enum status town_imap_more(struct ctx *ctx, struct town_role *role, struct str payload);
MUST_USE enum status town_imap_close(struct town_role *role, struct str payload);
/* Tells idling clients what the turn changed; after each commit. */
void town_imap_push(struct town_role *role);
/* Clients whose session was ended are told so, and gone; all of them when the town has opted out of mail. */
void town_imap_ended(struct town_role *role);
/* Front has gone, and everybody with it. */
void town_imap_forget(struct town_role *role);

/* ---- town_outbox.c ---- */

/* Does what is due, a part of it; comes again by itself. After each commit, and when front comes. */
void town_outbox_run(struct town_role *role);
/* Front has gone, with what it was given: it is due again. */
void town_outbox_forget(struct town_role *role);
void town_outbox_close(struct town_role *role);

/* ---- town_jobs.c ---- */

/* Runs what the services do from time to time (struct service_job), a step at a time, from now on. */
void town_jobs_open(struct town_role *role);
void town_jobs_close(struct town_role *role);
/* Something was committed, which took so long: what services derive from it follows soon. */
void town_jobs_awake(struct town_role *role, int64_t commit_us);
/* How long the latest of its jobs is overdue, and its name; 0 when none is. */
int64_t town_jobs_late(const struct town_role *role, struct str *ret_job);

/* ---- town_house.c: pages that need an answer of the parent, of the model or of the provider ---- */

enum { TOWN_QUESTIONS_MAX = 64, TOWN_PEER_QUESTIONS_MAX = 32 };
/* Keeps the frame of MESSAGE_WEB and asks. BUSY: too many wait, or the parent is gone; LIMIT: its body is no small
 * form. */
MUST_USE enum status town_house_ask(struct town_role *role, struct str payload, const struct web_house *ask);
/* The answer: the page is run again. */
MUST_USE enum status town_house_answer(struct town_role *role, struct str payload, int fd);
/* The channel to the model or the provider; what the last one still owed is answered by GONE. OK: the socket is
 * taken. */
MUST_USE enum status town_peer_open(struct town_role *role, struct town_peer *peer, int socket);
void town_peers_close(struct town_role *role);
/* Of the timers `away` and `late`. */
void town_peers_away(void *with);
void town_peers_late(void *with);
/* Front has gone, and who asked with it. */
void town_house_forget(struct town_role *role);
/* Tells the parent how this town fares. */
MUST_USE enum status town_figures(struct town_role *role, struct str payload);
/* Runs a page again, with what the parent answered. */
void town_web_again(struct town_role *role, struct str payload, const struct web_house *house);

/* ---- town_convert.c: documents given to a convert ---- */

enum { TOWN_CONVERTS_MAX = 4 };
/* Once the rows of the page stand; tells at once that too many are on their way. */
void town_convert_begin(struct town_role *role, const struct web_convert *wanted);
/* A convert has come for the one of this number. OK: the socket is taken. */
MUST_USE enum status town_convert_open(struct town_role *role, int64_t number, int socket);
/* The parent says that none comes. */
void town_convert_refused(struct town_role *role, struct str payload);
void town_convert_close(struct town_role *role);

/* ---- town_verb.c ---- */

/* OK: the socket is taken. */
MUST_USE enum status town_verb_open(struct town_role *role, int socket);
void town_verb_close(struct town_role *role);

/* ---- town_peer.c: the parent, auth, and who is connected ---- */

MUST_USE enum status town_member(struct town_role *role, struct str payload);
/* The parent tells what an operator changed: noted once, and answered when it is committed. */
MUST_USE enum status town_act(struct town_role *role, struct str payload);
MUST_USE enum status town_auth_open(struct town_role *role, int socket);
/* Tells auth what waits in people_task; after each commit. */
void town_auth_tell(struct town_role *role);

#endif
