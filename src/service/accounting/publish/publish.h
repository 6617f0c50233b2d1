/* A publication is a voted act that a town shows to everybody, without an account: what comes in, what goes out, line
 * by line.
 *
 * Invariants: only an act that was voted and tells a whole year is shown (primitive budget, account); an act that
 * another takes the place of is shown no more. Nothing that a document says in words of its own is shown but the name
 * of the budget: labels are those of the chart, so no line can name a person. */
#ifndef SERVICE_ACCOUNTING_PUBLISH_PUBLISH_H
#define SERVICE_ACCOUNTING_PUBLISH_PUBLISH_H

#include "service/accounting/budget/budget_view.h"

enum { PUBLISH_SHOWN_MAX = 50, PUBLISH_ROWS_MAX = 1000, PUBLISH_CODE_MAX = 16, PUBLISH_FILE_LINES = 1500 };

struct publication {
    struct budget_act act;
    int64_t population; /* 0: its document does not say it */
    enum docbudg_amount amount; /* what it is about: done for an account, else credits */
};

/* ---- in a job: who may, the route says; noted in the audit log ---- */

/* CONFLICT "accounting.publish_draft", "accounting.publish_kind". Shown already: nothing changes. */
MUST_USE enum status publish_begin(struct ctx *ctx, const struct budget_act *act);
/* Not shown: nothing changes. */
MUST_USE enum status publish_end(struct ctx *ctx, const struct budget_act *act);

/* ---- what is shown ---- */

/* May it be, were it asked for? */
bool publish_can(const struct budget_act *act);
MUST_USE enum status publish_is_shown(struct ctx *ctx, int64_t act, bool *ret_is_shown);
/* NOT_FOUND: none of that number is shown. */
MUST_USE enum status publish_get(struct ctx *ctx, int64_t act, struct publication *ret_publication);
/* The numbers of all that are shown, the one to begin with first. */
MUST_USE enum status publish_list(struct ctx *ctx, int64_t ret_acts[PUBLISH_SHOWN_MAX], size_t *ret_count);

/* Is anything shown? No, where nobody can tell: outside a town process. */
bool publish_is_any(struct ctx *ctx);

/* A sum of lines, or one line. */
struct publish_sum {
    enum chart_section section;
    enum chart_direction direction;
    bool is_internal;            /* order operations alone: no money moves */
    struct str code;             /* of the chapter, or the first digit of the function */
    struct str nature, function; /* of a line */
    struct money money;
};
/* By section and direction. */
MUST_USE enum status publish_chapters(struct ctx *ctx, const struct publication *publication,
                                      struct publish_sum **ret_sums, size_t *ret_count);
/* The same by function, order operations apart; ret_has_functions: some line says one. */
MUST_USE enum status publish_functions(struct ctx *ctx, const struct publication *publication,
                                       struct publish_sum **ret_sums, size_t *ret_count, bool *ret_has_functions);
/* Lines of a chapter, and of a function with those below it ("": none said); at most PUBLISH_ROWS_MAX. */
MUST_USE enum status publish_of_chapter(struct ctx *ctx, const struct publication *publication, struct str code,
                                        struct publish_sum **ret_lines, size_t *ret_count);
MUST_USE enum status publish_of_function(struct ctx *ctx, const struct publication *publication, struct str code,
                                         struct publish_sum **ret_lines, size_t *ret_count);

/* In how many files its lines are given out, at least one; and the lines of one of them, from 1, in the order of the
 * document, PUBLISH_FILE_LINES at most: a town's turn has 20 ms. NOT_FOUND: there is no such file. */
MUST_USE enum status publish_files(struct ctx *ctx, const struct publication *publication, int64_t *ret_count);
MUST_USE enum status publish_file(struct ctx *ctx, const struct publication *publication, int64_t number,
                                  struct budget_line **ret_lines, size_t *ret_count);

/* A code as the chart would write one, else "": letters and digits alone, so that no words pass for one. */
struct str publish_code(struct str code);
/* What a chapter is in everyday words; "" where nobody has written any. M57 and M14. */
struct str publish_plain(struct ctx *ctx, const struct budget_act *act, struct str chapter);

#endif
