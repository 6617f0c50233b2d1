/* A credit year is a budget in one year whose credits were opened: what is charged to it, and at which level.
 *
 * Source: CGCT L2312-2 (credits are voted by chapter, or by article where the assembly says so), NatVote of the budget
 * document. Invariants: credits are opened by an act that was voted, once, in the book; a charge goes to the level that
 * its account has in the chart, in that sense, and nowhere else. */
#ifndef SERVICE_ACCOUNTING_SPEND_CREDIT_H
#define SERVICE_ACCOUNTING_SPEND_CREDIT_H

#include "service/accounting/book/book.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/chart/chart.h"

struct credit_year {
    int64_t budget;
    struct str siret, label, nomenclature;
    int32_t year;
    bool is_by_article[CELL_SECTIONS];
    bool is_by_function; /* its levels are chapters of functions */
    bool is_before;    /* only what is opened before the vote (../close/before.h) */
    bool recovers_tax; /* its credits are without tax; else they bear it */
    const struct chart *chart; /* of that year, or of one before (budget_chart); NULL: none is known */
    int32_t chart_year;        /* it is of; 0: none */
    bool is_chart_decided;     /* its own, or by a decision of the town */
};

/* What one line of an act is charged to. */
struct imputation {
    struct str nature, function, operation; /* "" for none */
    struct money net, tax; /* net is charged to credits; tax is paid beside, where the budget recovers it, else 0 */
    struct str level; /* as credit_place finds: a chapter, an article, or CELL_OPERATION and an operation's number */
    enum cell_section section;
    struct str function_chapter; /* of a vote by function, as credit_functions finds: where the budget counts it; "" */
};
/* Of one account, function and operation. */
static inline bool imputation_is_same(const struct imputation *one, const struct imputation *other)
{
    return str_eq(one->nature, other->nature) && str_eq(one->function, other->function) &&
           str_eq(one->operation, other->operation);
}
enum { IMPUTATIONS_MAX = 50, CREDIT_YEARS_MAX = 100 };

/* What an act would do to the credits of its levels: an entry that opens them, not posted. */
MUST_USE enum status credit_opens(struct ctx *ctx, const struct budget_act *act, const struct budget_levels *levels,
                                  struct entry *ret_entry);
/* In a job: what the act voted becomes credits; a primitive or supplementary budget with what was carried over.
 * CONFLICT "accounting.opened": it was done before; "accounting.not_voted": it is a draft. INVALID: `faults`. */
MUST_USE enum status credit_open(struct ctx *ctx, int64_t act, struct faults *faults);
/* *ret_budget: where they are. */
MUST_USE enum status credit_is_open(struct ctx *ctx, int64_t act, bool *ret_is_open, int64_t *ret_budget);

/* NOT_FOUND: no credits were opened. */
MUST_USE enum status credit_year(struct ctx *ctx, int64_t budget, int32_t year, struct credit_year *ret_year);
/* What the chart calls a level: a chapter or an account; "" where it is none of it. */
struct str credit_level_label(struct ctx *ctx, const struct credit_year *year, struct str level);
/* The newest first; without their charts. */
MUST_USE enum status credit_years(struct ctx *ctx, struct credit_year **ret_years, size_t *ret_count);

/* Fills in section and level. INVALID: the account is none of the chart, or cannot be used in that sense: `faults`, at
 * that place ("line 2"). */
MUST_USE enum status credit_place(const struct credit_year *year, struct imputation *line, enum chart_kind kind,
                                  enum chart_direction direction, const char *place, struct faults *faults);
/* Each line is above 0, and its tax no more than the highest rate makes of it (figures.csv, tax.highest). INVALID:
 * `faults`, at that place. */
MUST_USE enum status credit_amounts(const struct imputation *line, struct date day, const char *place,
                                    struct faults *faults);
/* An entry of these lines, placed already; its postings are their sums by level. LIMIT. */
MUST_USE enum status credit_entry(struct ctx *ctx, const struct credit_year *year, enum entry_kind kind,
                                  const struct imputation *lines, size_t count, enum cell_direction direction,
                                  struct entry *ret_entry);
/* The level of a vote by function: its chapter, or with the function where articles are voted ("932-213"). */
struct str credit_function_level(struct arena *arena, struct str chapter, struct str function, bool is_by_article);
/* Operations of a year with credits of their own: the levels, "op12". */
MUST_USE enum status credit_operations(struct ctx *ctx, const struct credit_year *year, struct str **ret_levels,
                                       size_t *ret_count);
/* Levels as rows keep them: bit 0 by article, bit 1 by function. */
enum { CREDIT_BY_ARTICLE = 1, CREDIT_BY_FUNCTION = 2, CREDIT_LEVELS = 4 };
/* Where each line of an account in the budget has a function, so has what is charged to it: the one there is, or one
 * that is chosen; in a vote by function also the chapter that the budget counts it in. INVALID: several, and none
 * was chosen (rule spend.function). */
MUST_USE enum status credit_functions(struct ctx *ctx, const struct credit_year *year, struct imputation *lines,
                                      size_t count, enum chart_direction direction, struct faults *faults);
/* Beside the entry, in its job. */
MUST_USE enum status credit_keep_lines(struct ctx *ctx, uint64_t sequence, const struct imputation *lines,
                                       size_t count);
MUST_USE enum status credit_lines(struct ctx *ctx, uint64_t sequence, struct imputation **ret_lines,
                                  size_t *ret_count);
/* What is charged to credits, and what is paid or received: with the tax that is recovered. Within MONEY_MAX, as
 * placed. */
struct money credit_charge(const struct imputation *lines, size_t count);
struct money credit_sum(const struct imputation *lines, size_t count);
/* Shares the tax of a whole among its lines, by what they are charged; the last has what remains. */
MUST_USE enum status credit_share_tax(struct imputation *lines, size_t count, struct money tax);
/* In a job, by an administrator: from now on. CONFLICT "accounting.tax_bills": bills with tax wait for their mandat. */
MUST_USE enum status credit_set_tax(struct ctx *ctx, const struct credit_year *year, bool recovers);

#endif
