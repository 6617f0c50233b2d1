/* A budget_transfer moves credits from one chapter to another of the same section without a vote, under the delegation
 * that the assembly gave with the budget (fungible/fungible.h says how much may be moved); or from article to article
 * within a chapter, where the section is voted by article, which needs no delegation and counts in no limit.
 *
 * Each is an act of its own (kind VC) with two lines, numbered from 1 in a budget's year, and changes what is in force
 * at once; the assembly is told at its next sitting of what left a chapter. Invariants: no transfer between chapters
 * before a rate was recorded with the primitive budget, and none that a rule of fungible.* forbids; the base is the
 * real expenses voted in the primitive budget, without what was carried over or reported; a line never gives more than
 * it has. Where the credits of the year are open (budget_opening.h) none takes what is engaged, and its credits move as
 * it is kept. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_TRANSFER_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_TRANSFER_H

#include "service/accounting/budget/budget.h"
#include "service/accounting/fungible/fungible.h"

enum { BUDGET_REASON_MAX = 500 /* bytes */, TRANSFER_SECTIONS = 2 };

struct budget_transfer {
    int64_t act;
    struct str number, from, to, reason, by; /* from, to: chapters */
    struct str from_article, to_article;
    bool is_within; /* a chapter */
    enum chart_section section;
    struct money amount;
    struct date decided, told; /* told: days 0 before the assembly was */
};

/* What is asked for: lines as they stand in force. */
struct budget_transfer_wish {
    const struct budget_line *from, *to;
    struct money amount;
    struct date day;
    struct str reason;
};

/* ---- the rate, in hundredths of a percent ---- */

/* NOT_FOUND: none was recorded with that year's budget. */
MUST_USE enum status budget_rate(struct ctx *ctx, struct str siret, int32_t year, int64_t *ret_rate);
/* INVALID "accounting.rate_high": above what the law allowed that day, or below 0. */
MUST_USE enum status budget_rate_allows(struct ctx *ctx, int64_t rate, struct date day);
/* Of a voted primitive budget. The same; CONFLICT "accounting.rate_there", or "accounting.no_primitive". */
MUST_USE enum status budget_rate_set(struct ctx *ctx, const struct budget_act *primitive, int64_t rate);

/* ---- transfers ---- */

/* By their number; at most 1000. */
MUST_USE enum status budget_transfers(struct ctx *ctx, struct str siret, int32_t year,
                                      struct budget_transfer **ret_transfers, size_t *ret_count);
/* What may be moved of each section, by chart_section; a rate of 0 where none was recorded. */
MUST_USE enum status budget_transfer_sections(struct ctx *ctx, const struct budget_act *primitive,
                                              struct fungible_section ret_sections[TRANSFER_SECTIONS]);
/* OK: decided, and in force. INVALID: `faults` says why not, or a refusal does: "accounting.rate_none",
 * "accounting.transfer_line" (not two real expenses), "accounting.reason", "accounting.day" (not of that year).
 * CONFLICT "accounting.no_primitive": that act is no voted primitive budget. */
MUST_USE enum status budget_transfer_make(struct ctx *ctx, const struct budget_act *primitive,
                                          const struct budget_transfer_wish *wish, struct faults *faults,
                                          int64_t *ret_act);
/* Those not told yet were told on that day. */
MUST_USE enum status budget_transfer_tell(struct ctx *ctx, struct str siret, int32_t year, struct date day);

#endif
