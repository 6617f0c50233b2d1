/* The page on which a draft is filled in, part by part: what it shows, and what of it forms speak of. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_EDIT_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_EDIT_H

#include "service/accounting/budget/budget_own_html.h"
#include "service/accounting/budget/budget_results_html.h"
#include "service/accounting/budget/budget_view.h"

/* Which of the four parts a page shows: its word in addresses. */
struct budget_part {
    const char *word;
    enum chart_section section;
    enum chart_direction direction;
};
/* The first where the request names none. */
const struct budget_part *budget_part_asked(const struct web_request *request);
/* The lines of that part, which follow one another (budget_lines): `*lines` is then the first, and that is how many. */
size_t budget_part_lines(const struct budget_part *part, struct budget_line **lines, size_t count);

/* What went wrong: a sentence ("": nothing), or the faults that keep it from being voted. */
struct budget_trouble {
    struct str error;
    const struct faults *faults;
    struct str pasted; /* what was pasted and not taken, to be mended; absent for nothing */
};

MUST_USE enum status budget_edit_page(struct ctx *ctx, const struct web_request *request,
                                      struct web_response *response, const struct budget_act *act,
                                      struct budget_trouble trouble);

/* What the year before leaves to a primitive or supplementary budget, and the button that takes it over. */
MUST_USE enum status budget_results_part(struct ctx *ctx, const struct budget_act *act,
                                         const struct web_request *request, struct budget_results_view *ret_view);

/* Own resources against the capital of loans, beside the balance of a primitive budget. */
MUST_USE enum status budget_own_part(struct ctx *ctx, const struct budget_act *act, struct budget_own_view *ret_view);

#endif
