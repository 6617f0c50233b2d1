/* What the pages of budgets have in common: names of acts and of their parts, labels of the chart, addresses. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_VIEW_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_VIEW_H

#include "core/page.h"
#include "service/accounting/budget/budget.h"
#include "service/accounting/budget/budget_chart_note_html.h"

struct page_head budget_head(struct str title);
/* "Décision modificative 2"; "2022"; "Décision modificative 2 2022". */
struct str budget_kind_name(struct ctx *ctx, const struct budget_act *act);
struct str budget_year(struct ctx *ctx, const struct budget_act *act);
struct str budget_act_name(struct ctx *ctx, const struct budget_act *act);
/* "/accounting/acts/12" and what follows. */
struct str budget_act_path(struct ctx *ctx, int64_t id, const char *rest);
/* The one whose number stands in the address. NOT_FOUND. */
MUST_USE enum status budget_act_asked(struct ctx *ctx, const struct web_request *request, struct budget_act *ret_act);
/* For labels: the chart of its year, or the last of five years before; NULL: none is known. */
MUST_USE enum status budget_chart(struct ctx *ctx, const struct budget_act *act, const struct chart **ret_chart);
/* Which chart that is: of its year, or of one before, by a decision of the town or for want of another. */
struct budget_chart_used {
    const struct chart *chart;
    int32_t year;    /* it is of; 0: there is none */
    bool is_decided; /* or its own */
};
MUST_USE enum status budget_chart_used(struct ctx *ctx, const struct budget_act *act,
                                       struct budget_chart_used *ret_used);
/* What a page of that year says of it: nothing where it is the year's own. */
struct budget_chart_note_view budget_chart_note(struct ctx *ctx, const struct budget_chart_used *used, int32_t year);
/* That the chart of an act is taken over from another year, for every page that shows it. */
MUST_USE enum status budget_chart_taken(struct ctx *ctx, const struct budget_act *act,
                                        struct budget_chart_note_view *ret_note);
/* "" where the chart is not known, or lacks it. */
struct str budget_chapter_label(const struct chart *chart, struct str code);
struct str budget_account_label(const struct chart *chart, struct str code);
/* "+1 200,00", "0,00", "−3,50": from one amount to the other. */
struct str budget_difference(struct ctx *ctx, struct money before, struct money after);
/* "Dépenses de fonctionnement" */
struct str budget_part_title(struct ctx *ctx, enum chart_section section, enum chart_direction direction);

/* A spreadsheet would take a text that begins so for a formula; an apostrophe in front is what they show nothing of. */
struct str budget_harmless(struct ctx *ctx, struct str text);

/* What credits there are: as opened where the document says so, else as voted. */
enum docbudg_amount budget_credits(const struct budget_total *totals, size_t count);
/* 0 where there is no line. */
struct money budget_sum(const struct budget_total *totals, size_t count, enum chart_section section,
                        enum chart_direction direction, enum docbudg_amount amount);

enum { BUDGET_SECTIONS = 2 };
struct budget_balance {
    struct str section, expense, receipt, surplus; /* surplus: what is apart, either way */
    bool is_even, is_short;
};
void budget_balances(struct ctx *ctx, const struct budget_total *totals, size_t count,
                     struct budget_balance ret_balances[BUDGET_SECTIONS]);

#endif
