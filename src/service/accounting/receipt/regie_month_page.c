/* A régie and its month: how it stands, what was taken and handed over. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/regie_view.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_lines.h"

enum status regie_asked(struct ctx *ctx, const struct web_request *request, struct regie_seen *ret_seen)
{
    struct date today = ctx_today(ctx);
    struct str month = web_text(request, "month");
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    TRY(regie_get(ctx, id, &ret_seen->regie));
    if (date_parse(str_format(ctx->arena, "%.*s-01", STR_ARG(month)), &ret_seen->month) != OK)
        ret_seen->month = today;
    TRY(credit_year(ctx, ret_seen->regie.budget, civil_of_date(ret_seen->month).year, &ret_seen->year));
    return regie_state(ctx, &ret_seen->regie, today, &ret_seen->state);
}

static struct str with_limit(struct ctx *ctx, struct money limit)
{
    return limit.cents == 0 ? STR("") : page_money(ctx, limit);
}

static void add_facts(struct spend_view *view, const struct regie_seen *seen)
{
    const struct regie *regie = &seen->regie;
    struct ctx *ctx = view->ctx;
    spend_fact(view, T_accounting_regie_code_kept, regie->code, STR(""));
    spend_fact(view, T_accounting_regie_kind, text_of(ctx->language, regie_kind_words[regie->kind]), STR(""));
    spend_fact(view, T_accounting_regie_act, regie->act, STR(""));
    spend_fact(view, T_accounting_regie_act_day, spend_day(ctx, regie->act_day), STR(""));
    spend_fact(view, T_accounting_regie_ended_on, spend_day(ctx, regie->ended), STR(""));
    spend_fact(view, T_accounting_regie_holder, regie->holder, STR(""));
    spend_fact(view, T_accounting_regie_deputy, regie->deputy, STR(""));
    spend_fact(view, T_accounting_regie_cash_limit, with_limit(ctx, regie->cash_limit), STR(""));
    spend_fact(view, T_accounting_regie_coin_limit, with_limit(ctx, regie->coin_limit), STR(""));
    spend_fact(view, T_accounting_regie_advance_limit, with_limit(ctx, regie->advance_limit), STR(""));
    if (regie->deposit_days > 0)
        spend_fact(view, T_accounting_regie_days, spend_number(ctx, (uint64_t)regie->deposit_days), STR(""));
    spend_fact(view, T_accounting_party, regie->party_name,
               str_format(ctx->arena, "/accounting/parties/%lld", (long long)regie->party));
    spend_fact(view, T_accounting_account, regie->nature, STR(""));
    spend_fact(view, T_accounting_regie_held, page_money(ctx, seen->state.held), STR(""));
    spend_fact(view, T_accounting_regie_coin_held, page_money(ctx, seen->state.cash), STR(""));
    spend_fact(view, T_accounting_regie_due, spend_day(ctx, seen->state.due), STR(""));
    spend_fact(view, T_accounting_regie_untitled, page_money(ctx, seen->state.untitled), STR(""));
}

/* "Entrées (annulée)"; of what undoes one, its reason. */
static struct str what_of(struct ctx *ctx, const struct regie_taking *taking)
{
    struct str undone = text_of(ctx->language, T_accounting_regie_undone);
    if (taking->undoes != 0)
        return str_format(ctx->arena, "%.*s · n° %lld · %.*s", STR_ARG(taking->kind), (long long)taking->undoes,
                          STR_ARG(taking->reason));
    return taking->is_undone ? str_format(ctx->arena, "%.*s (%.*s)", STR_ARG(taking->kind), STR_ARG(undone))
                             : taking->kind;
}

static enum status add_takings(struct spend_view *view, const struct regie_taking *all, size_t count)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    TRY(spend_table(view, "takings", T_accounting_regie_takings, T_accounting_regie_no_takings, count, &table));
    spend_head(view, table, T_accounting_day, SPEND_TEXT);
    spend_head(view, table, T_accounting_regie_what, SPEND_TEXT);
    spend_head(view, table, T_accounting_regie_means, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    spend_head(view, table, T_accounting_kind_title, SPEND_OPTIONAL_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct str path = all[i].sequence == 0 ? STR("") : spend_piece_path(ctx, all[i].sequence, "");
        struct str day = spend_day(ctx, all[i].day);
        struct spend_page_table_row *row =
            spend_row(view, table, str_format(ctx->arena, "%.*s (n° %lld)", STR_ARG(day), (long long)all[i].id), path);
        if (row == NULL)
            return LIMIT;
        struct str means = text_of(ctx->language, regie_means_words[all[i].means]);
        spend_narrow(row, means);
        spend_cell(row, what_of(ctx, &all[i]), SPEND_TEXT);
        spend_cell(row, means, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, all[i].amount), SPEND_NUMBER);
        spend_cell(row, all[i].sequence != 0 ? spend_number(ctx, all[i].number) : STR(""), SPEND_OPTIONAL_NUMBER);
    }
    return OK;
}

/* What the month comes to, by kind and means. */
static enum status add_sums(struct spend_view *view, const struct regie_taking *all, size_t count)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    TRY(spend_table(view, "sums", T_accounting_regie_sums, T_accounting_regie_no_takings, count, &table));
    spend_head(view, table, T_accounting_regie_what, SPEND_TEXT);
    spend_head(view, table, T_accounting_regie_means, SPEND_TEXT);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct money sum = {0};
        bool is_first = true;
        for (size_t j = 0; j < count; j++)
            if (all[j].means == all[i].means && str_eq(all[j].kind, all[i].kind)) {
                is_first &= j >= i;
                TRY(money_add(&sum, all[j].amount));
            }
        if (!is_first)
            continue;
        struct spend_page_table_row *row = spend_row(view, table, all[i].kind, STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, text_of(ctx->language, regie_means_words[all[i].means]), SPEND_TEXT);
        spend_cell(row, page_money(ctx, sum), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_deposits(struct spend_view *view, const struct regie_seen *seen)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct regie_deposit *all;
    size_t count;
    TRY(regie_deposits(ctx, seen->regie.id, seen->month, &all, &count));
    TRY(spend_table(view, "deposits", T_accounting_regie_deposits, T_accounting_regie_no_deposits, count, &table));
    spend_head(view, table, T_accounting_day, SPEND_TEXT);
    spend_head(view, table, T_accounting_regie_reference, SPEND_TEXT);
    spend_head(view, table, T_accounting_regie_cash_part, SPEND_NUMBER);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, spend_day(ctx, all[i].day), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, all[i].reference, SPEND_TEXT);
        spend_cell(row, all[i].cash.cents < 0 ? STR("") : page_money(ctx, all[i].cash), SPEND_NUMBER);
        spend_cell(row, page_money(ctx, all[i].amount), SPEND_NUMBER);
    }
    return OK;
}

static struct str month_path(struct ctx *ctx, const struct regie_seen *seen, struct date day)
{
    return str_format(ctx->arena, "/accounting/regies/%lld?month=%.*s", (long long)seen->regie.id,
                      STR_ARG(regie_month_text(ctx, day)));
}

static enum status add_month(struct spend_view *view, const struct regie_seen *seen, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct date before = {date_month_start(seen->month).days - 1}, after = {date_month_end(seen->month).days + 1};
    struct regie_taking *all;
    struct money untitled = {0};
    size_t count;
    TRY(regie_takings(ctx, seen->regie.id, seen->month, &all, &count));
    for (size_t i = 0; i < count; i++)
        if (all[i].sequence == 0)
            TRY(money_add(&untitled, all[i].amount));
    spend_link(view, month_path(ctx, seen, before), T_accounting_month_before);
    spend_link(view, month_path(ctx, seen, after), T_accounting_month_after);
    TRY(regie_add_deeds(view, seen, untitled, rights));
    TRY(add_sums(view, all, count));
    TRY(add_takings(view, all, count));
    return add_deposits(view, seen);
}

enum status regie_show_month(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct regie_seen *seen, const struct faults *faults)
{
    struct spend_view view;
    unsigned rights;
    const struct text_arg days[] = {TEXT_ARG("from", spend_day(ctx, date_month_start(seen->month))),
                                    TEXT_ARG("until", spend_day(ctx, date_month_end(seen->month)))};
    TRY(right_held(ctx, &rights));
    TRY(spend_begin(&view, ctx, request, &seen->year, SPEND_TITLES, seen->regie.name));
    spend_crumb(&view, spend_path(ctx, &seen->year, "/regies"), text_of(ctx->language, T_accounting_regies));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_with(ctx->arena, ctx->language, T_accounting_regie_of_month, days, 2));
    if (seen->state.is_above || seen->state.is_coin_above || seen->state.is_late)
        spend_tag(&view, seen->state.is_above        ? T_accounting_regie_above
                         : seen->state.is_coin_above ? T_accounting_regie_coin_above
                                                     : T_accounting_regie_late, SPEND_BAD);
    add_facts(&view, seen);
    TRY(add_month(&view, seen, rights));
    return spend_end(&view, response);
}

enum status regie_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct regie_seen seen;
    TRY(regie_asked(ctx, request, &seen));
    return regie_show_month(ctx, request, response, &seen, NULL);
}
