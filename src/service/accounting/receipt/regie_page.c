/* Régies: the list, one with its month, what was taken and handed over, the month's titre. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/regie.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"

enum { MONTH_LETTERS = sizeof "2026-11" - 1 };

static const enum text_key kinds[REGIE_KINDS] = {[REGIE_RECEIPTS] = T_accounting_regie_receipts,
                                                 [REGIE_ADVANCE] = T_accounting_regie_advance,
                                                 [REGIE_BOTH] = T_accounting_regie_both};
static const enum text_key means[REGIE_MEANS] = {[REGIE_CASH] = T_accounting_means_cash,
                                                 [REGIE_CHEQUE] = T_accounting_means_cheque,
                                                 [REGIE_CARD] = T_accounting_means_card,
                                                 [REGIE_ONLINE] = T_accounting_means_online};

static struct str path_of(struct ctx *ctx, int64_t id, const char *rest)
{
    return str_format(ctx->arena, "/accounting/regies/%lld%s", (long long)id, rest);
}

static struct str month_text(struct ctx *ctx, struct date day)
{
    return str_slice(spend_iso(ctx, day), 0, MONTH_LETTERS);
}

/* ---- choices ---- */

static enum status add_choice(struct spend_view *view, struct spend_page_action *action, const char *name,
                              enum text_key label, const enum text_key *words, size_t count)
{
    struct spend_page_action_field *field = spend_field(view, action, name, label, SPEND_WORDS,
                                                        text_of(view->ctx->language, words[1]), true);
    TRY(spend_choices(view, field, count));
    for (size_t i = 1; i < count; i++)
        spend_choice(field, count, text_of(view->ctx->language, words[i]), STR(""));
    return OK;
}

/* Its place among them; 0: none of them. */
static size_t chosen(struct ctx *ctx, const struct web_request *request, const char *name, const enum text_key *words,
                     size_t count)
{
    struct str text = str_trim(web_text(request, name));
    for (size_t i = 1; i < count; i++)
        if (str_eq_nocase(text, text_of(ctx->language, words[i])))
            return i;
    return 0;
}

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
    TRY(add_choice(view, action, "kind", T_accounting_regie_kind, kinds, REGIE_KINDS));
    spend_field(view, action, "act", T_accounting_regie_act, SPEND_WORDS, STR(""), true);
    spend_field(view, action, "act_day", T_accounting_regie_act_day, SPEND_DATE, STR(""), true);
    spend_field(view, action, "cash", T_accounting_regie_cash_limit, SPEND_MONEY, STR(""), false);
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
        spend_cell(row, text_of(ctx->language, kinds[all[i].kind]), SPEND_OPTIONAL);
        spend_cell(row, all[i].holder, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, state.held), SPEND_NUMBER);
        spend_cell(row, page_money(ctx, state.untitled), SPEND_NUMBER);
        enum text_key word = state.is_above           ? T_accounting_regie_above
                             : state.is_late            ? T_accounting_regie_late
                             : all[i].ended.days != 0 ? T_accounting_regie_ended
                                                        : T_accounting_regie_well;
        spend_cell_tag(row, text_of(ctx->language, word),
                       state.is_above || state.is_late ? SPEND_BAD : SPEND_PLAIN);
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
                          .kind = (enum regie_kind)chosen(ctx, request, "kind", kinds, REGIE_KINDS),
                          .nature = str_trim(web_text(request, "account")),
                          .function = str_trim(web_text(request, "function")),
                          .product = str_trim(web_text(request, "product"))};
    struct str text = str_trim(web_text(request, "days"));
    TRY(spend_read_day(ctx, request, "act_day", &regie.act_day));
    TRY(read_limit(ctx, request, "cash", &regie.cash_limit));
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

/* ---- one, and its month ---- */

/* What is looked at: the régie, the month asked for, and the year whose titres it makes. */
struct seen {
    struct regie regie;
    struct credit_year year;
    struct date month;
    struct regie_state state;
};

static enum status asked(struct ctx *ctx, const struct web_request *request, struct seen *ret_seen)
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

static void add_facts(struct spend_view *view, const struct seen *seen)
{
    const struct regie *regie = &seen->regie;
    struct ctx *ctx = view->ctx;
    spend_fact(view, T_accounting_regie_code, regie->code, STR(""));
    spend_fact(view, T_accounting_regie_kind, text_of(ctx->language, kinds[regie->kind]), STR(""));
    spend_fact(view, T_accounting_regie_act, regie->act, STR(""));
    spend_fact(view, T_accounting_regie_act_day, spend_day(ctx, regie->act_day), STR(""));
    spend_fact(view, T_accounting_regie_ended_on, spend_day(ctx, regie->ended), STR(""));
    spend_fact(view, T_accounting_regie_holder, regie->holder, STR(""));
    spend_fact(view, T_accounting_regie_deputy, regie->deputy, STR(""));
    spend_fact(view, T_accounting_regie_cash_limit, with_limit(ctx, regie->cash_limit), STR(""));
    spend_fact(view, T_accounting_regie_advance_limit, with_limit(ctx, regie->advance_limit), STR(""));
    if (regie->deposit_days > 0)
        spend_fact(view, T_accounting_regie_days, spend_number(ctx, (uint64_t)regie->deposit_days), STR(""));
    spend_fact(view, T_accounting_party, regie->party_name,
               str_format(ctx->arena, "/accounting/parties/%lld", (long long)regie->party));
    spend_fact(view, T_accounting_account, regie->nature, STR(""));
    spend_fact(view, T_accounting_regie_held, page_money(ctx, seen->state.held), STR(""));
    spend_fact(view, T_accounting_regie_cash, page_money(ctx, seen->state.cash), STR(""));
    spend_fact(view, T_accounting_regie_due, spend_day(ctx, seen->state.due), STR(""));
    spend_fact(view, T_accounting_regie_untitled, page_money(ctx, seen->state.untitled), STR(""));
}

static enum status add_taking_forms(struct spend_view *view, const struct seen *seen)
{
    struct ctx *ctx = view->ctx;
    struct str today = spend_iso(ctx, ctx_today(ctx));
    struct spend_page_action *action;
    TRY(spend_action(view, "take", T_accounting_regie_take, T_accounting_regie_take_go,
                     path_of(ctx, seen->regie.id, "/take"), &action));
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, today, true);
    spend_field(view, action, "what", T_accounting_regie_what, SPEND_WORDS, STR(""), true);
    TRY(add_choice(view, action, "means", T_accounting_regie_means, means, REGIE_MEANS));
    spend_field(view, action, "amount", T_accounting_amount, SPEND_MONEY, STR(""), true);
    TRY(spend_action(view, "hand", T_accounting_regie_hand, T_accounting_regie_hand_go,
                     path_of(ctx, seen->regie.id, "/hand"), &action));
    action->is_main = false;
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, today, true);
    spend_field(view, action, "amount", T_accounting_amount, SPEND_MONEY,
                seen->state.held.cents > 0 ? page_money(ctx, seen->state.held) : STR(""), true);
    spend_field(view, action, "reference", T_accounting_regie_reference, SPEND_WORDS, STR(""), false);
    return OK;
}

static enum status add_deeds(struct spend_view *view, const struct seen *seen, struct money untitled, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct str today = spend_iso(ctx, ctx_today(ctx));
    if (untitled.cents > 0 && (rights & RIGHT_ORDER)) {
        struct text_arg amount = TEXT_ARG("amount", page_money(ctx, untitled));
        TRY(spend_action(view, "title", T_accounting_regie_title, T_accounting_regie_title_go,
                         str_format(ctx->arena, "/accounting/regies/%lld/title", (long long)seen->regie.id),
                         &action));
        action->has_text = true;
        action->text = text_with(ctx->arena, ctx->language, T_accounting_regie_title_text, &amount, 1);
        spend_field(view, action, "month", T_accounting_regie_month, SPEND_WORDS, month_text(ctx, seen->month), true);
        spend_field(view, action, "day", T_accounting_day, SPEND_DATE, today, true);
    }
    if (seen->regie.kind != REGIE_ADVANCE && seen->regie.ended.days == 0 && (rights & (RIGHT_ORDER | RIGHT_PREPARE)))
        TRY(add_taking_forms(view, seen));
    if (seen->regie.ended.days != 0 || !(rights & RIGHT_ORDER))
        return OK;
    TRY(spend_action(view, "end", T_accounting_regie_end, T_accounting_regie_end_go,
                     path_of(ctx, seen->regie.id, "/end"), &action));
    action->is_main = false;
    spend_field(view, action, "day", T_accounting_regie_ended_on, SPEND_DATE, today, true);
    return OK;
}

static enum status add_takings(struct spend_view *view, const struct regie_taking *all, size_t count)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    TRY(spend_table(view, "takings", T_accounting_regie_takings, T_accounting_regie_no_takings, count, &table));
    spend_head(view, table, T_accounting_day, SPEND_TEXT);
    spend_head(view, table, T_accounting_regie_what, SPEND_TEXT);
    spend_head(view, table, T_accounting_regie_means, SPEND_TEXT);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    spend_head(view, table, T_accounting_kind_title, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct str path = all[i].sequence == 0 ? STR("")
                                               : str_format(ctx->arena, "/accounting/pieces/%llu",
                                                            (unsigned long long)all[i].sequence);
        struct spend_page_table_row *row = spend_row(view, table, spend_day(ctx, all[i].day), path);
        if (row == NULL)
            return LIMIT;
        spend_cell(row, all[i].kind, SPEND_TEXT);
        spend_cell(row, text_of(ctx->language, means[all[i].means]), SPEND_TEXT);
        spend_cell(row, page_money(ctx, all[i].amount), SPEND_NUMBER);
        spend_cell(row, all[i].sequence != 0 ? spend_number(ctx, all[i].number) : STR(""), SPEND_NUMBER);
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
        spend_cell(row, text_of(ctx->language, means[all[i].means]), SPEND_TEXT);
        spend_cell(row, page_money(ctx, sum), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_deposits(struct spend_view *view, const struct seen *seen)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct regie_deposit *all;
    size_t count;
    TRY(regie_deposits(ctx, seen->regie.id, seen->month, &all, &count));
    TRY(spend_table(view, "deposits", T_accounting_regie_deposits, T_accounting_regie_no_deposits, count, &table));
    spend_head(view, table, T_accounting_day, SPEND_TEXT);
    spend_head(view, table, T_accounting_regie_reference, SPEND_TEXT);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, spend_day(ctx, all[i].day), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, all[i].reference, SPEND_TEXT);
        spend_cell(row, page_money(ctx, all[i].amount), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_month(struct spend_view *view, const struct seen *seen, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct civil civil = civil_of_date(seen->month);
    struct date first = date_of(civil.year, civil.month, 1);
    struct date before = {first.days - 1}, after = {first.days + 31};
    struct regie_taking *all;
    struct money untitled = {0};
    size_t count;
    TRY(regie_takings(ctx, seen->regie.id, seen->month, &all, &count));
    for (size_t i = 0; i < count; i++)
        if (all[i].sequence == 0)
            TRY(money_add(&untitled, all[i].amount));
    spend_link(view, str_format(ctx->arena, "/accounting/regies/%lld?month=%.*s", (long long)seen->regie.id,
                                STR_ARG(month_text(ctx, before))),
               T_accounting_month_before);
    spend_link(view, str_format(ctx->arena, "/accounting/regies/%lld?month=%.*s", (long long)seen->regie.id,
                                STR_ARG(month_text(ctx, after))),
               T_accounting_month_after);
    TRY(add_deeds(view, seen, untitled, rights));
    TRY(add_sums(view, all, count));
    TRY(add_takings(view, all, count));
    return add_deposits(view, seen);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct seen *seen, const struct faults *faults)
{
    struct spend_view view;
    unsigned rights;
    struct text_arg month = TEXT_ARG("month", month_text(ctx, seen->month));
    TRY(right_held(ctx, &rights));
    TRY(spend_begin(&view, ctx, request, &seen->year, SPEND_TITLES, seen->regie.name));
    spend_crumb(&view, spend_path(ctx, &seen->year, "/regies"), text_of(ctx->language, T_accounting_regies));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_with(ctx->arena, ctx->language, T_accounting_regie_of_month, &month, 1));
    if (seen->state.is_above || seen->state.is_late)
        spend_tag(&view, seen->state.is_above ? T_accounting_regie_above : T_accounting_regie_late, SPEND_BAD);
    add_facts(&view, seen);
    TRY(add_month(&view, seen, rights));
    return spend_end(&view, response);
}

enum status regie_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct seen seen;
    TRY(asked(ctx, request, &seen));
    return show(ctx, request, response, &seen, NULL);
}

/* ---- deeds ---- */

typedef enum status regie_deed(struct ctx *ctx, const struct web_request *request, const struct seen *seen,
                               struct faults *faults);

static enum status act(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                       regie_deed *deed)
{
    struct seen seen;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &seen));
    enum status done = deed(ctx, request, &seen, faults);
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, &seen, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/regies/%lld?saved=1&month=%.*s", (long long)seen.regie.id,
                        STR_ARG(month_text(ctx, seen.month)));
}

static enum status take(struct ctx *ctx, const struct web_request *request, const struct seen *seen,
                        struct faults *faults)
{
    struct regie_taking taking = {.kind = str_trim(web_text(request, "what")),
                                  .means = (enum regie_means)chosen(ctx, request, "means", means, REGIE_MEANS)};
    TRY(spend_read_day(ctx, request, "day", &taking.day));
    TRY(spend_read_money(ctx, request, "amount", &taking.amount));
    return regie_take(ctx, &seen->regie, &taking, faults);
}

static enum status hand(struct ctx *ctx, const struct web_request *request, const struct seen *seen,
                        struct faults *faults)
{
    struct regie_deposit deposit = {.reference = str_trim(web_text(request, "reference"))};
    TRY(spend_read_day(ctx, request, "day", &deposit.day));
    TRY(spend_read_money(ctx, request, "amount", &deposit.amount));
    return regie_hand_over(ctx, &seen->regie, &deposit, faults);
}

static enum status end(struct ctx *ctx, const struct web_request *request, const struct seen *seen,
                       struct faults *faults)
{
    struct date last;
    TRY(spend_read_day(ctx, request, "day", &last));
    return regie_end(ctx, &seen->regie, last, faults);
}

static enum status title(struct ctx *ctx, const struct web_request *request, const struct seen *seen,
                         struct faults *faults)
{
    unsigned char id[ENTRY_ID_BYTES];
    struct date day;
    uint64_t sequence;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &day));
    return regie_title(ctx, &seen->regie, &seen->year, seen->month, day, id, faults, &sequence);
}

enum status regie_take_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, take);
}

enum status regie_hand_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, hand);
}

enum status regie_end_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, end);
}

enum status regie_title_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, title);
}
