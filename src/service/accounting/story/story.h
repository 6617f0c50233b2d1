/* A story is what was done with one object of accounting: who, when, what, in words.
 *
 * Invariants: an object that keeps who did what in rows of its own (the journal, service done, changes of a party) is
 * told from these; every other deed has a row that is only added to, in the job of the deed. Codes of deeds are
 * those of the audit log, which says them in the same words (story_acts). */
#ifndef SERVICE_ACCOUNTING_STORY_STORY_H
#define SERVICE_ACCOUNTING_STORY_STORY_H

#include "core/service.h"

/* Numbers stand in the town's rows: add behind. */
enum story_kind {
    STORY_ENGAGEMENT, /* objects of these two: sequences of the journal */
    STORY_PIECE,
    STORY_BILL,
    STORY_SLIP,
    STORY_PARTY,
    STORY_ACT,
    STORY_ASSET,
    STORY_LOAN,
    STORY_KINDS,
};
enum { STORY_SHOWN = 200, STORY_DETAIL_MAX = 200 /* bytes: a longer one is cut */, STORY_ACTS = 80 };

/* Beside the deed, in its job. */
MUST_USE enum status story_add(struct ctx *ctx, enum story_kind kind, int64_t object, const char *deed,
                               struct str detail);

struct story_line {
    struct instant at;
    struct str who;  /* "": on the command line */
    struct str what; /* in words; a deed of a later version has its code */
    struct str detail;
};
/* The newest first, at most STORY_SHOWN. A piece has the deeds of its bordereau too (`slip`; 0: it is in none). */
MUST_USE enum status story_of(struct ctx *ctx, enum story_kind kind, int64_t object, int64_t slip,
                              struct story_line **ret_lines, size_t *ret_count);

/* Deeds and acts of the audit log in words; rows without a code end it. */
extern const struct service_act story_acts[STORY_ACTS];

#endif
