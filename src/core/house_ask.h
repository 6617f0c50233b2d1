/* A house_ask is what a town must ask the parent: who is a member, what is opted into, how the roles fare.
 *
 * Why: syndicate.db is the parent's, and each role knows itself alone. A page's handler asks with web_house_ask
 * (core/web.h), is undone, and called again with the answer: lines of JSON, one struct of a shape below each. Any
 * town may ask about itself; all else is for the member that runs the house (place.runs_house), and nothing here is
 * content: names, sizes, ages, domains. The parent decides that by the channel the question comes through, never by
 * what it says. */
#ifndef CORE_HOUSE_ASK_H
#define CORE_HOUSE_ASK_H

#include "core/ctx.h"
#include "core/shape.h"

enum house_ask_kind {
    HOUSE_MEMBER = 1, /* a house_member, then its house_services; of a town itself too */
    HOUSE_OPT,        /* words: "on mail"; of a town itself too */
    HOUSE_MEMBERS,    /* a house_member for each */
    HOUSE_ADD,        /* words: a house_member with name, title, kind; its first domain */
    HOUSE_SET,        /* words: a house_member */
    HOUSE_ADD_DOMAIN, /* words: it */
    HOUSE_ADD_HOST,
    HOUSE_HEALTH,     /* a house_disk, then a house_process for each role */
    HOUSE_QUEUES,     /* a house_queue for each destination of each town, and for each town that did not answer */
    /* Asked of the role model, by any town (core/training.h): words are names of trainings, but for HOUSE_TALK. */
    HOUSE_TRAIN,      /* one is begun, or joined; after its name the number of who asks, or none */
    HOUSE_TRAININGS,  /* how far each is: a training_state, and its answers where it is done */
    HOUSE_TALK,       /* words: of a talking (core/talking.h); a talking_state, then its turns so far */
    /* Asked of the role provider, by any town (core/provider.h). */
    HOUSE_PROVIDERS,  /* a provider_card for each that is declared */
    HOUSE_COMPLETE,   /* words: a provider_ask; begun, joined or looked at: a provider_state */
    HOUSE_SILENCE,    /* the same; all this town has asked for is dropped, what waits and what was said */
};
enum { HOUSE_WORDS_MAX = 16 << 10, HOUSE_LINES_MAX = 16 << 20 };

/* Lists are parted by spaces. */
struct house_member {
    struct str name, title, kind, insee, siret, zone, language, desk, phone, hours;
    struct str domains, hosts, services;
    int64_t created_ms;
    bool is_up; /* its town answers */
};
/* The last time it was opted in or out; until_ms 0: still in; both 0: never. */
struct house_service {
    struct str name;
    bool is_on;
    int64_t since_ms, until_ms;
};
struct house_disk {
    int64_t free_bytes, total_bytes;
};
/* What a role says of itself; of one that did not answer, only what the parent knows. */
struct house_process {
    struct str role, member, title; /* member "": serves all */
    bool is_up, has_answered;
    int64_t since_ms, restarts;
    int64_t memory_bytes; /* resident */
    int64_t work;         /* open connections; sign-ins that wait for a hasher; trainings, askings in the line */
    int64_t database_bytes, mail_bytes;
    int64_t late_ms;      /* the latest of its jobs */
    struct str late_job;
    int64_t tasks;        /* what auth has not been told yet */
    int64_t backup_ms;    /* 0: never */
};
struct house_queue {
    struct str member, title;
    struct str destination; /* a domain; "": may still be taken back by whoever wrote it */
    int64_t messages, bytes, oldest_ms, next_ms, attempts;
    bool is_mute; /* the town did not answer: what waits there is not known */
};
extern const struct shape house_member_shape, house_service_shape, house_disk_shape, house_process_shape,
    house_queue_shape;

void house_line_add(struct buf *lines, const struct shape *shape, const void *from);
/* The next line of *rest. NOT_FOUND: none is left. Texts lie in the arena. */
MUST_USE enum status house_line_take(struct arena *arena, struct str *rest, const struct shape *shape, void *ret_into);

/* May a town ask this? Whoever runs the house anything; any other about itself alone. `asked`, `own`: short names. */
bool house_ask_is_allowed(int64_t kind, bool runs_house, struct str asked, struct str own);
bool house_ask_is_change(int64_t kind);
/* Is it the role model, the role provider that answers? The parent refuses these. */
bool house_ask_is_of_model(int64_t kind);
bool house_ask_is_of_provider(int64_t kind);

struct house_ask {
    int64_t kind;
    struct str member, words; /* member: short name, "" where none is meant */
    struct str by, actor;     /* the member that asks, and the address of who does: noted where it changes another */
    bool (*is_up)(void *with, int64_t member);
    void *with;
};
/* In the parent: ctx->db is syndicate.db, in a transaction when the kind is a change. Appends the lines. Refuses as
 * core/member.h does; INVALID: no such kind, or words not of their form. HOUSE_HEALTH and HOUSE_QUEUES are the
 * role's. */
MUST_USE enum status house_ask_answer(struct ctx *ctx, const struct house_ask *ask, struct buf *lines);

#endif
