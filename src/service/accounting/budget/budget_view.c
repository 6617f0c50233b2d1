#include "service/accounting/budget/budget_view.h"

#include "proto/csv/csv.h"

#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/lang.h"

enum { YEARS_BEFORE = 5 /* labels change little: an older chart says more than none */ };

struct page_head budget_head(struct str title)
{
    return (struct page_head){.title = title, .menu = "/accounting", .search_path = STR_NONE};
}

struct str budget_kind_name(struct ctx *ctx, const struct budget_act *act)
{
    static const struct {
        const char *code;
        enum text_key name;
    } kinds[] = {{DOCBUDG_PRIMITIVE, T_accounting_kind_primitive},
                 {DOCBUDG_AMENDING, T_accounting_kind_amending},
                 {DOCBUDG_SUPPLEMENTARY, T_accounting_kind_supplementary},
                 {DOCBUDG_ACCOUNT, T_accounting_kind_account},
                 {DOCBUDG_SINGLE, T_accounting_kind_single},
                 {BUDGET_TRANSFER, T_accounting_kind_transfer}};
    struct str name = act->kind;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(act->kind, str_of(kinds[i].code)))
            name = text_of(ctx->language, kinds[i].name);
    return act->number.len == 0 ? name
                                : str_format(ctx->arena, "%.*s %.*s", STR_ARG(name), STR_ARG(act->number));
}

struct str budget_year(struct ctx *ctx, const struct budget_act *act)
{
    return str_format(ctx->arena, "%d", act->year);
}

struct str budget_act_name(struct ctx *ctx, const struct budget_act *act)
{
    return str_format(ctx->arena, "%.*s %d", STR_ARG(budget_kind_name(ctx, act)), act->year);
}

struct str budget_act_path(struct ctx *ctx, int64_t id, const char *rest)
{
    return str_format(ctx->arena, "/accounting/acts/%lld%s", (long long)id, rest);
}

enum status budget_act_asked(struct ctx *ctx, const struct web_request *request, struct budget_act *ret_act)
{
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    return budget_act(ctx, id, ret_act);
}

enum status budget_chart_used(struct ctx *ctx, const struct budget_act *act, struct budget_chart_used *ret_used)
{
    struct chart_kept kept = {.chart = NULL};
    int32_t year = act->year;
    TRY(chart_kept_find(ctx, act->nomenclature, year, &kept));
    for (; kept.chart == NULL && year > act->year - YEARS_BEFORE;)
        TRY(chart_kept_find(ctx, act->nomenclature, --year, &kept));
    bool is_known = kept.chart != NULL;
    *ret_used = (struct budget_chart_used){.chart = kept.chart,
                                           .year = !is_known ? 0 : kept.taken_from != 0 ? kept.taken_from : year,
                                           .is_decided = is_known && year == act->year};
    return OK;
}

enum status budget_chart(struct ctx *ctx, const struct budget_act *act, const struct chart **ret_chart)
{
    struct budget_chart_used used;
    TRY(budget_chart_used(ctx, act, &used));
    *ret_chart = used.chart;
    return OK;
}

struct budget_chart_note_view budget_chart_note(struct ctx *ctx, const struct budget_chart_used *used, int32_t year)
{
    struct text_arg from = TEXT_ARG("year", str_format(ctx->arena, "%d", used->year));
    struct budget_chart_note_view note = {.title = STR(""), .why = STR(""), .charts = STR("/accounting/charts"),
                                          .is_taken = used->year != year};
    enum text_key title = used->is_decided ? T_accounting_chart_taken : T_accounting_chart_older;
    enum text_key why = used->is_decided ? T_accounting_chart_taken_why : T_accounting_chart_older_why;
    if (!note.is_taken)
        return note;
    if (used->year == 0) {
        title = T_accounting_chart_missing;
        why = T_accounting_chart_missing_why;
    }
    note.title = text_with(ctx->arena, ctx->language, title, &from, used->year != 0);
    note.why = text_with(ctx->arena, ctx->language, why, &from, used->year != 0);
    return note;
}

enum status budget_chart_taken(struct ctx *ctx, const struct budget_act *act, struct budget_chart_note_view *ret_note)
{
    struct budget_chart_used used = {.is_decided = true};
    struct chart_kept kept;
    TRY(chart_kept_find(ctx, act->nomenclature, act->year, &kept));
    used.year = kept.taken_from != 0 ? kept.taken_from : act->year;
    *ret_note = budget_chart_note(ctx, &used, act->year);
    return OK;
}

struct str budget_chapter_label(const struct chart *chart, struct str code)
{
    const struct chart_chapter *found = chart == NULL ? NULL : chart_chapter(chart, code);
    return found == NULL ? STR("") : found->label;
}

struct str budget_account_label(const struct chart *chart, struct str code)
{
    const struct chart_account *found = chart == NULL ? NULL : chart_account(chart, code);
    return found == NULL ? STR("") : found->label;
}

static enum text_key part_of(enum chart_section section, enum chart_direction direction)
{
    if (section == CHART_FUNCTIONING)
        return direction == CHART_EXPENSE ? T_accounting_functioning_expense : T_accounting_functioning_receipt;
    return direction == CHART_EXPENSE ? T_accounting_investment_expense : T_accounting_investment_receipt;
}

struct str budget_part_title(struct ctx *ctx, enum chart_section section, enum chart_direction direction)
{
    return text_of(ctx->language, part_of(section, direction));
}

struct str budget_difference(struct ctx *ctx, struct money before, struct money after)
{
    struct money difference = {after.cents - before.cents};
    struct str text = page_money(ctx, difference);
    return difference.cents > 0 ? str_format(ctx->arena, "+%.*s", STR_ARG(text)) : text;
}

struct str budget_harmless(struct ctx *ctx, struct str text)
{
    return csv_is_formula(text) ? str_format(ctx->arena, "'%.*s", STR_ARG(text)) : text;
}

/* ---- balance ---- */

enum docbudg_amount budget_credits(const struct budget_total *totals, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (totals[i].amounts[DOCBUDG_OPEN].cents != 0)
            return DOCBUDG_OPEN;
    return DOCBUDG_VOTED;
}

struct money budget_sum(const struct budget_total *totals, size_t count, enum chart_section section,
                        enum chart_direction direction, enum docbudg_amount amount)
{
    for (size_t i = 0; i < count; i++)
        if (totals[i].section == section && totals[i].direction == direction)
            return totals[i].amounts[amount];
    return (struct money){0};
}

void budget_balances(struct ctx *ctx, const struct budget_total *totals, size_t count,
                     struct budget_balance ret_balances[BUDGET_SECTIONS])
{
    enum docbudg_amount amount = budget_credits(totals, count);
    for (int section = 0; section < BUDGET_SECTIONS; section++) {
        struct money expense = budget_sum(totals, count, (enum chart_section)section, CHART_EXPENSE, amount);
        struct money receipt = budget_sum(totals, count, (enum chart_section)section, CHART_RECEIPT, amount);
        int64_t apart = receipt.cents - expense.cents;
        ret_balances[section] = (struct budget_balance){
            .section = text_of(ctx->language, section == CHART_FUNCTIONING ? T_accounting_functioning
                                                                           : T_accounting_investment),
            .expense = page_money(ctx, expense),
            .receipt = page_money(ctx, receipt),
            .is_even = apart == 0,
            .is_short = apart < 0,
            .surplus = page_money(ctx, (struct money){apart < 0 ? -apart : apart})};
    }
}
