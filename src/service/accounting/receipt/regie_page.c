/* Régies: the list, and a new one. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/regie_view.h"
#include "service/accounting/right/right.h"

/* An amount that need not stand. */
static enum status read_limit(struct ctx *ctx, const struct web_request *request, const char *name,
                              struct money *ret_money)
{
    *ret_money = (struct money){0};
    return str_trim(web_text(request, name)).len == 0 ? OK : spend_read_money(ctx, request, name, ret_money);
}

/* ---- the list ---- */

static enum status add_form(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    TRY(spend_action(view, "regie", T_accounting_regie_new, T_accounting_regie_go, spend_path(ctx, year, "/regies"),
                     &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_regie_text);
    spend_field(view, action, "name", T_accounting_regie_name, SPEND_WIDE, STR(""), true);
    spend_field(view, action, "code", T_accounting_regie_code, SPEND_WORDS, STR(""), true);
    TRY(regie_add_choice(view, action, "kind", T_accounting_regie_kind, regie_kind_words, REGIE_KINDS));
    spend_field(view, action, "act", T_accounting_regie_act, SPEND_WORDS, STR(""), true);
    spend_field(view, action, "act_day", T_accounting_regie_act_day, SPEND_DATE, STR(""), true);
    spend_field(view, action, "cash", T_accounting_regie_cash_limit, SPEND_MONEY, STR(""), false);
    struct spend_page_action_field *coin =
        spend_field(view, action, "coin", T_accounting_regie_coin_limit, SPEND_MONEY, STR(""), false);
    if (coin != NULL)
        spend_hint(view, coin, T_accounting_regie_coin_limit_hint);
    spend_field(view, action, "advance", T_accounting_regie_advance_limit, SPEND_MONEY, STR(""), false);
    spend_field(view, action, "days", T_accounting_regie_days, SPEND_WORDS, STR("30"), false);
    spend_field(view, action, "holder", T_accounting_regie_holder, SPEND_WORDS, STR(""), true);
    spend_field(view, action, "deputy", T_accounting_regie_deputy, SPEND_WORDS, STR(""), false);
    TRY(spend_field_party(view, action, STR(""), false));
    TRY(spend_fields_account(view, action, year, CHART_RECEIPT));
    spend_field(view, action, "product", T_accounting_product, SPEND_WORDS, STR(""), false);
    return OK;
}

static enum status add_list(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct regie_state state;
    struct regie *all;
    size_t count;
    TRY(regie_list(ctx, year->budget, &all, &count));
    TRY(spend_table(view, "regies", T_accounting_regies, T_accounting_regie_none, count, &table));
    spend_head(view, table, T_accounting_regie, SPEND_TEXT);
    spend_head(view, table, T_accounting_regie_kind, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_regie_holder, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_regie_held, SPEND_NUMBER);
    spend_head(view, table, T_accounting_regie_untitled, SPEND_NUMBER);
    spend_head(view, table, T_accounting_state, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        TRY(regie_state(ctx, &all[i], ctx_today(ctx), &state));
        struct str path = str_format(ctx->arena, "/accounting/regies/%lld?year=%d", (long long)all[i].id, year->year);
        struct spend_page_table_row *row = spend_row(view, table, all[i].name, path);
        if (row == NULL)
            return LIMIT;
        spend_cell(row, text_of(ctx->language, regie_kind_words[all[i].kind]), SPEND_OPTIONAL);
        spend_cell(row, all[i].holder, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, state.held), SPEND_NUMBER);
        spend_cell(row, page_money(ctx, state.untitled), SPEND_NUMBER);
        enum text_key word = state.is_above           ? T_accounting_regie_above
                             : state.is_coin_above    ? T_accounting_regie_coin_above
                             : state.is_late          ? T_accounting_regie_late
                             : all[i].ended.days != 0 ? T_accounting_regie_ended
                                                      : T_accounting_regie_well;
        spend_cell_tag(row, text_of(ctx->language, word),
                       state.is_above || state.is_coin_above || state.is_late ? SPEND_BAD : SPEND_PLAIN);
    }
    return OK;
}

static enum status show_list(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct credit_year *year, const struct faults *faults)
{
    struct spend_view view;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    TRY(spend_begin(&view, ctx, request, year, SPEND_TITLES, text_of(ctx->language, T_accounting_regies)));
    TRY(spend_trouble(&view, faults));
    if (rights & RIGHT_ORDER)
        TRY(add_form(&view, year));
    TRY(add_list(&view, year));
    return spend_end(&view, response);
}

enum status regie_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    return show_list(ctx, request, response, &year, NULL);
}

static enum status add_one(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                           struct faults *faults, int64_t *ret_id)
{
    int64_t days = 0;
    struct regie regie = {.code = str_trim(web_text(request, "code")), .name = str_trim(web_text(request, "name")),
                          .act = str_trim(web_text(request, "act")), .holder = str_trim(web_text(request, "holder")),
                          .deputy = str_trim(web_text(request, "deputy")),
                          .kind = (enum regie_kind)regie_chosen(ctx, request, "kind", regie_kind_words, REGIE_KINDS),
                          .nature = str_trim(web_text(request, "account")),
                          .function = str_trim(web_text(request, "function")),
                          .product = str_trim(web_text(request, "product"))};
    struct str text = str_trim(web_text(request, "days"));
    TRY(spend_read_day(ctx, request, "act_day", &regie.act_day));
    TRY(read_limit(ctx, request, "cash", &regie.cash_limit));
    TRY(read_limit(ctx, request, "coin", &regie.coin_limit));
    TRY(read_limit(ctx, request, "advance", &regie.advance_limit));
    TRY(spend_read_party(ctx, request, &regie.party));
    if (text.len > 0 && (str_to_i64(text, &days) != OK || days < 0 || days > REGIE_DAYS_MAX))
        return fault_refuse(faults, "regie.days", "days", text, STR(""));
    regie.deposit_days = (int32_t)days;
    return regie_add(ctx, year, &regie, faults, ret_id);
}

enum status regie_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    int64_t id = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    enum status done = add_one(ctx, request, &year, faults, &id);
    if (done == INVALID)
        return show_list(ctx, request, response, &year, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/regies/%lld?saved=1&year=%d", (long long)id, year.year);
}
