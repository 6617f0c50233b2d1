/* A parent is the first process at work: every role it started, every member it knows, who has been connected to whom.
 *
 * For the files of role/parent*.c and role/control*.c. Each role is a child; when one dies it is started again, with a
 * back-off, and connected again. `parent_connect` is the one place where that happens: it looks what is missing and
 * does a bounded part of it, so that a thousand towns start without filling any channel. */
#ifndef ROLE_PARENT_STATE_H
#define ROLE_PARENT_STATE_H

#include "core/member.h"
#include "document/pdf.h"
#include "os/channel.h"
#include "os/process.h"
#include "role/count.h"
#include "role/front.h"
#include "role/house.h"
#include "role/message.h"
#include "role/prologue.h"

enum { PARENT_HASHERS = 2, PARENT_STARTING_MAX = 32, PARENT_CONNECT_MAX = 200 };

struct parent;
struct parent_member;

/* What a role last said of itself, for parent_house.c. */
struct parent_figures {
    int64_t number; /* of the asking it answered */
    struct message_figures told; /* without its texts */
    struct str queues;           /* malloc'd */
    char late_job[40];
    int64_t counts[COUNT_KINDS];
};

struct parent_child {
    struct parent *parent;
    enum role_kind role;
    struct parent_member *member; /* of a town */
    pid_t pid;                    /* 0: not running */
    struct channel *channel;      /* NULL: not running, or ending */
    struct loop_timer *again;     /* starts it anew */
    int64_t started_ms;           /* monotonic */
    int failures;                 /* in a row */
    int64_t restarts;             /* since the parent began */
    int begun_again;              /* of a provider: in a row, to find hosts (role/provider_again.h) */
    struct parent_figures figures; /* what it last said of itself */
    bool is_ready;
    bool has_answered; /* was ready once, or has failed once: `ready` need not wait for it */
    bool is_begun;     /* was started at least once */
};

/* Everything about one member that its roles are told; never moves. */
struct parent_member {
    member_row row;
    struct place place;
    struct str *domains, *hosts;
    size_t domain_count, host_count;
    int key; /* its ticket key as sealed memory: this process holds the descriptor, never the bytes */
    struct parent_child town;
    bool front_told, auth_told, town_told; /* each knows it as it is now */
    bool front_knows, auth_knows, model_knows, provider_knows; /* and has a channel to its town */
};

struct control; /* control.c */

/* A town whose question waits until the roles have said how they fare; member 0: front, for who watches. */
struct parent_waiting {
    int64_t member, handle, kind; /* enum house_ask_kind, or: */
};
/* A document that is being read, and a town that wants one read. */
struct parent_convert {
    struct parent *parent;
    pid_t pid;               /* 0: none */
    struct loop_timer *late; /* ends it */
};
struct parent_want {
    int64_t member, handle;
};
enum { PARENT_CONVERTS = 2, PARENT_WANTS_MAX = 64 };

enum { PARENT_WAITING_MAX = 32, PARENT_METRICS = 100, PARENT_IS_WELL };

struct parent {
    struct loop *loop;
    struct loop_timer *late, *connect;
    struct house house;
    struct password_cost cost;
    struct owner owner;
    const struct owner *becomes; /* whom its roles become: `owner`, or NULL: they stay who it is */
    struct process_signals *signals;
    struct tls_context *tls; /* for front */
    struct pdf_fonts *fonts; /* for towns, which open no file of the system; NULL: this machine has none */
    struct front_door doors[FRONT_DOORS_MAX];
    size_t door_count;
    struct parent_child front, auth, hashers[PARENT_HASHERS], model;
    struct parent_child provider; /* where the house has one */
    bool has_provider;
    bool front_is_open; /* it knows every member, and takes connections */
    bool front_has_auth, auth_has_hasher[PARENT_HASHERS];
    struct parent_member *members[FRONT_TOWNS_MAX];
    struct arena *texts; /* of the members */
    size_t member_count;
    struct control *control;
    struct parent_convert converts[PARENT_CONVERTS];
    struct parent_want wants[PARENT_WANTS_MAX]; /* the first has waited longest */
    size_t want_count;
    struct loop_timer *gather; /* figures are waited for no longer than that */
    int64_t gather_number;     /* of the last asking */
    struct parent_waiting waiting[PARENT_WAITING_MAX];
    size_t waiting_count;
    bool is_desk; /* started at a terminal: its end is ours */
    bool is_ready, is_stopping, has_failed;
};

/* ---- parent_child.c ---- */

/* Forks the role; on failure it is tried again later. */
void parent_start(struct parent_child *child);
/* Its process has ended. */
void parent_ended(struct parent_child *child, const struct process_ending *ending);
/* Starts and connects what is missing, a part of it; comes again by itself while there is more. */
void parent_connect(struct parent *parent);
/* NULL: none of ours. */
struct parent_child *parent_find(struct parent *parent, pid_t pid);
/* True when no child runs. */
bool parent_is_alone(const struct parent *parent);
/* Asks every child to end, once. */
void parent_stop(struct parent *parent);

/* ---- parent_member.c ---- */

/* Reads syndicate.db: new members are added, changed ones are told to their roles by the next parent_connect. Called at
 * start, and after a verb has changed a member. LIMIT: more than FRONT_TOWNS_MAX. */
MUST_USE enum status parent_read_members(struct parent *parent);
struct parent_member *parent_member_by_id(const struct parent *parent, int64_t id); /* NULL: none */
/* The running town of a member by name, for verbs; NULL: no such member, or its town is down. */
struct parent_child *parent_town(struct parent *parent, struct str name);
/* Tells a role what a member is; `fd` goes with it. */
MUST_USE enum status parent_tell(struct channel *channel, const struct parent_member *member, int fd);

/* ---- parent_house.c ---- */

/* The children in the order in which they are shown; NULL at the end. */
struct parent_child *parent_child_at(struct parent *parent, size_t index);
const char *parent_role_name(enum role_kind role);
/* It has said how it fares, to the last asking. */
bool parent_has_figures(const struct parent_child *child);
/* Asks every role how it fares; whoever waits is answered when they have said, or after a while. BUSY: too many wait.
 * */
MUST_USE enum status parent_gather(struct parent *parent, struct parent_waiting waiting);

/* ---- parent_convert.c ---- */

/* A town wants a convert of its own. */
void parent_convert_want(struct parent_child *town, struct str payload);
/* A process has ended that is none of parent_find's. */
void parent_convert_ended(struct parent *parent, const struct process_ending *ending);
size_t parent_converts_running(const struct parent *parent);
/* At the end of the house they are not waited for. */
void parent_converts_stop(struct parent *parent);
void parent_converts_close(struct parent *parent);

/* ---- parent_act.c ---- */

/* What a town must still write into its audit log; nothing while it is down. After a change, and when it has
 * started. */
void parent_tell_acts(struct parent_child *town);
/* It has written one. */
void parent_act_done(struct parent_child *town, struct str payload);

/* ---- parent_metrics.c ---- */

/* A question of front. */
void parent_metrics(struct parent_child *front, struct str payload);
/* Its answer, once all is gathered. */
void parent_metrics_answer(struct parent *parent, const struct parent_waiting *waiting);

/* ---- parent_house.c, again ---- */

/* A question of a town. */
void parent_house(struct parent_child *town, struct str payload);
/* A role says how it fares. */
void parent_figures_take(struct parent_child *child, struct str payload);
void parent_figures_forget(struct parent_child *child);
void parent_on_gather(void *with);

/* ---- parent_challenge.c ---- */

/* Reads the file of one token for front, which opens none. */
void parent_challenge(struct parent_child *front, struct str payload);

#endif
