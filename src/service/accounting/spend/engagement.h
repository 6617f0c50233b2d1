/* An engagement is what a town has bound itself to pay: credits reserved under a number, until they are ordered or
 * released.
 *
 * Source: CGCT L2342-2 (the mayor keeps the accounting of engagements). Invariants: it reserves in the book what its
 * lines say, in the same commit; service done (« service fait ») is attested on it day by day, never above what is
 * engaged; what is left of it is the book's. Rights and delegations are asked here. */
#ifndef SERVICE_ACCOUNTING_SPEND_ENGAGEMENT_H
#define SERVICE_ACCOUNTING_SPEND_ENGAGEMENT_H

#include "service/accounting/spend/slice.h"

enum { SPEND_OBJECT_MAX = 160 /* bytes */, SPEND_REFERENCE_MAX = 50, SPEND_NOTE_MAX = 200, SPEND_LIST_MAX = 500 };

struct engagement {
    uint64_t sequence;
    int64_t budget;
    int32_t year;
    uint32_t number;
    int64_t party, unit, programme; /* 0: none; programme: that it is on (AP, AE) */
    struct str party_name, unit_name; /* "" for none, as read */
    struct str object, reference;
    struct date day;
    struct money amount, remains; /* remains: neither ordered nor released */
    struct money attested;        /* done, as said until now */
    struct money later; /* reserved of the programme beside the amount, for years to come (slice.h) */
    struct money slice; /* asked for, of one on a programme: what credits of the year bear of its lines; 0: all */
    uint64_t takes_up;  /* asked for: the engagement of a former year whose rest its lines are; 0 */
};

/* In a job, as the command `id`; lines are placed here. DENIED: no right, or no delegation that goes so far. INVALID:
 * `faults` says why. Given again, the same sequence. */
MUST_USE enum status engagement_make(struct ctx *ctx, const struct credit_year *year, struct engagement *engagement,
                                     struct imputation *lines, size_t count, const unsigned char id[ENTRY_ID_BYTES],
                                     struct faults *faults);
/* NOT_FOUND. */
MUST_USE enum status engagement_get(struct ctx *ctx, uint64_t sequence, struct engagement *ret_engagement);
MUST_USE enum status engagement_of_number(struct ctx *ctx, int64_t budget, int32_t year, uint32_t number,
                                          struct engagement *ret_engagement);
/* The newest first; those with something left alone, where that is asked. */
MUST_USE enum status engagement_list(struct ctx *ctx, int64_t budget, int32_t year, bool is_open_only,
                                     struct engagement **ret_engagements, size_t *ret_count);

struct attest {
    int64_t id, withdraws; /* withdraws: the one it takes back, by its amount below 0; 0 */
    bool is_withdrawn;
    struct date day; /* on which it was done */
    struct money amount;
    int64_t person, bill;  /* bill: what was done for it; 0: for none in particular */
    struct str name, note; /* name: as read */
};
/* Service done, by ctx->actor. INVALID: above what was engaged, or a day outside: `faults`. */
MUST_USE enum status engagement_attest(struct ctx *ctx, const struct engagement *engagement,
                                       const struct attest *attest, struct faults *faults);
MUST_USE enum status engagement_attests(struct ctx *ctx, uint64_t sequence, struct attest **ret_attests,
                                        size_t *ret_count);
/* Takes one back whole, by a counter-entry with its reason. INVALID: attest.none (no such one, or taken back),
 * attest.reason, attest.ordered (some of it was ordered). */
MUST_USE enum status engagement_withdraw(struct ctx *ctx, const struct engagement *engagement, int64_t attest,
                                         struct str reason, struct faults *faults);
/* What is left goes back to what is available, and its rest to the programme. */
MUST_USE enum status engagement_release(struct ctx *ctx, const struct engagement *engagement, struct date day,
                                        const unsigned char id[ENTRY_ID_BYTES], struct faults *faults);

#endif
