#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/inbound/inbound.h"
#include "service/accounting/spend/bill_credit.h"
#include "service/accounting/spend/bill_form.h"
#include "service/accounting/spend/piece.h"
#include "service/accounting/spend/spend_form.h"
#include "service/accounting/spend/spend_parts.h"
#include "service/accounting/story/story_view.h"

static struct str path_of(struct ctx *ctx, int64_t id, const char *rest)
{
    return str_format(ctx->arena, "/accounting/bills/%lld%s", (long long)id, rest);
}

static enum text_key state_name(enum bill_state state)
{
    static const enum text_key names[BILL_STATES] = {T_accounting_bill_open, T_accounting_bill_sent_back,
                                                     T_accounting_bill_ordered};
    return names[state < BILL_STATES ? state : BILL_OPEN];
}

/* ---- the payment clock ---- */

/* "12 days left", "3 days late", "interrupted"; and whether it is bad news. */
static struct str clock_words(struct ctx *ctx, const struct bill *bill, enum spend_mood *ret_mood)
{
    struct faults *faults = faults_new(ctx->arena);
    struct delay delay;
    *ret_mood = SPEND_PLAIN;
    if (faults == NULL || bill->state != BILL_OPEN ||
        bill_delay(bill, (struct date){0}, faults, &delay) != OK)
        return STR("");
    return spend_clock(ctx, &delay, ret_mood);
}

/* ---- the list ---- */

static enum status add_list(struct spend_view *view, const struct credit_year *year, enum bill_state state,
                            const char *id)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct bill *bills;
    enum spend_mood mood;
    size_t count;
    TRY(bill_list(ctx, year->budget, state, &bills, &count));
    TRY(spend_table(view, id, state == BILL_OPEN ? T_accounting_bills_open : T_accounting_bills_done,
                    T_accounting_no_bills, count, &table));
    spend_head(view, table, T_accounting_bill, SPEND_TEXT);
    spend_head(view, table, T_accounting_received, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_party, SPEND_TEXT);
    spend_head(view, table, T_accounting_kind_engage, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount_gross, SPEND_NUMBER);
    spend_head(view, table, T_accounting_clock, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, bills[i].number, path_of(ctx, bills[i].id, ""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, bills[i].received), SPEND_OPTIONAL);
        spend_cell(row, bills[i].party_name, SPEND_TEXT);
        spend_cell(row, bills[i].engagement_number > 0 ? spend_number(ctx, bills[i].engagement_number) : STR(""),
                   SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, bills[i].gross), SPEND_NUMBER);
        struct str words = clock_words(ctx, &bills[i], &mood);
        spend_cell_tag(row, words, mood);
    }
    return OK;
}

enum status bill_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct spend_view view;
    unsigned rights;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(right_held(ctx, &rights));
    TRY(spend_read_year(ctx, request, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_BILLS, text_of(ctx->language, T_accounting_tab_bills)));
    if (rights & (RIGHT_ORDER | RIGHT_ENGAGE))
        spend_link(&view, spend_path(ctx, &year, "/bill"), T_accounting_bill_new);
    TRY(add_list(&view, &year, BILL_OPEN, "open"));
    TRY(add_list(&view, &year, BILL_ORDERED, "done"));
    return spend_end(&view, response);
}

/* ---- one ---- */

/* Why it is not on the engagement that the supplier gives. */
static enum status add_asked(struct spend_view *view, const struct bill *bill)
{
    static const enum text_key words[] = {
        [INBOUND_UNKNOWN] = T_accounting_match_unknown,
        [INBOUND_OTHER_PARTY] = T_accounting_match_other_party,
        [INBOUND_OTHER_SERVICE] = T_accounting_match_other_service,
        [INBOUND_TOO_MUCH] = T_accounting_match_too_much,
    };
    struct ctx *ctx = view->ctx;
    struct engagement engagement;
    enum inbound_match match;
    struct str said = bill->asked;
    TRY(inbound_find(ctx, bill, &engagement, &match));
    if (bill->engagement == 0 && match >= INBOUND_UNKNOWN) {
        struct text_arg number = TEXT_ARG("number", bill->asked);
        said = text_with(ctx->arena, ctx->language, words[match], &number, 1);
    }
    if (bill->engagement != 0)
        said = STR("");
    spend_fact(view, T_accounting_bill_asked, said, STR(""));
    spend_fact(view, T_accounting_bill_service, bill->service, STR(""));
    return OK;
}

/* Before an order, not once it is refused: is there an account that may be paid on? */
static enum status add_bank(struct spend_view *view, const struct bill *bill)
{
    struct ctx *ctx = view->ctx;
    struct party_bank bank;
    struct party_bank *banks;
    size_t count;
    enum status done = party_bank_of(ctx, bill->party, &bank);
    if (done != NOT_FOUND || bill->state != BILL_OPEN || bill->is_credit)
        return done == NOT_FOUND ? OK : done;
    TRY(party_banks(ctx, bill->party, &banks, &count));
    bool is_held = count > 0 && banks[0].state == BANK_HELD;
    spend_fact(view, T_accounting_bill_bank,
               text_of(ctx->language, is_held ? T_accounting_bill_bank_held : T_accounting_bill_bank_none),
               str_format(ctx->arena, "/accounting/parties/%lld", (long long)bill->party));
    return OK;
}

static enum status add_facts(struct spend_view *view, const struct bill *bill)
{
    struct ctx *ctx = view->ctx;
    enum spend_mood mood;
    struct str words = clock_words(ctx, bill, &mood);
    spend_fact(view, T_accounting_party, bill->party_name,
               str_format(ctx->arena, "/accounting/parties/%lld", (long long)bill->party));
    spend_fact(view, T_accounting_bill_issued, spend_day(ctx, bill->issued), STR(""));
    spend_fact(view, T_accounting_received, spend_day(ctx, bill->received), STR(""));
    spend_fact(view, T_accounting_amount_net, page_money(ctx, bill->net), STR(""));
    spend_fact(view, T_accounting_amount_tax, page_money(ctx, bill->tax), STR(""));
    spend_fact(view, T_accounting_amount_gross, page_money(ctx, bill->gross), STR(""));
    spend_fact(view, T_accounting_clock, words, STR(""));
    spend_fact(view, T_accounting_clock_stopped, spend_day(ctx, bill->notified), STR(""));
    spend_fact(view, T_accounting_clock_again, spend_day(ctx, bill->completed), STR(""));
    spend_fact(view, T_accounting_reason, bill->reason, STR(""));
    spend_fact(view, T_accounting_bill_iban, bill->iban, STR(""));
    spend_fact(view, T_accounting_bill_origin, bill->origin, STR(""));
    TRY(add_bank(view, bill));
    TRY(add_asked(view, bill));
    if (bill->engagement != 0)
        spend_fact(view, T_accounting_kind_engage, spend_number(ctx, bill->engagement_number),
                   str_format(ctx->arena, "/accounting/engagements/%llu", (unsigned long long)bill->engagement));
    if (bill->file_name.len > 0)
        spend_fact(view, T_accounting_bill_file, bill->file_name, path_of(ctx, bill->id, "/file"));
    return OK;
}

/* The bill's sum on what is left of the engagement's lines: on the only one, or on several as far as each goes, what is
 * above on the last. The budget bears tax in its amounts. */
static enum status parts_for(struct ctx *ctx, const struct bill *bill, struct imputation **ret_lines,
                             struct money **ret_parts, size_t *ret_count)
{
    int64_t rest = bill->gross.cents;
    TRY(spend_left(ctx, bill->engagement, ret_lines, ret_parts, ret_count));
    for (size_t i = 0; i < *ret_count; i++) {
        struct money *part = &(*ret_parts)[i];
        if (i + 1 == *ret_count || part->cents > rest)
            part->cents = rest;
        rest -= part->cents;
    }
    return OK;
}

/* Where not enough is said to be done for it yet, that is said here, and one page less is opened. */
static enum status add_attest(struct spend_view *view, const struct bill *bill)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct engagement engagement;
    TRY(engagement_get(ctx, bill->engagement, &engagement));
    int64_t ordered = engagement.amount.cents - engagement.remains.cents;
    int64_t lacks = ordered + bill->gross.cents - engagement.attested.cents;
    if (lacks <= 0 || engagement.attested.cents + lacks > engagement.amount.cents)
        return OK;
    TRY(spend_action(view, "attest", T_accounting_attest, T_accounting_attest_go,
                     path_of(ctx, bill->id, "/attest"), &action));
    spend_field(view, action, "day", T_accounting_attest_day, SPEND_DATE, spend_iso(ctx, bill->issued), true);
    spend_field(view, action, "amount", T_accounting_attest_amount, SPEND_MONEY,
                page_money(ctx, (struct money){lacks}), true);
    spend_field(view, action, "note", T_accounting_note, SPEND_WIDE, STR(""), false);
    return OK;
}

/* A mandat for the whole of it, on the one line of its engagement or the line that is named. */
static enum status add_order(struct spend_view *view, const struct bill *bill)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    TRY(spend_action(view, "order", T_accounting_order, T_accounting_order_go, path_of(ctx, bill->id, "/order"),
                     &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_order_text);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, date_of_instant(ctx->now)), true);
    struct engagement engagement;
    TRY(engagement_get(ctx, bill->engagement, &engagement));
    spend_field(view, action, "object", T_accounting_object, SPEND_WIDE, engagement.object, true);
    struct imputation *lines;
    struct money *parts;
    size_t count;
    TRY(parts_for(ctx, bill, &lines, &parts, &count));
    if (count > 1)
        spend_fields_parts(view, action, lines, parts, count);
    return OK;
}

static enum status add_clock(struct spend_view *view, const struct bill *bill)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct str today = spend_iso(ctx, date_of_instant(ctx->now));
    if (bill->notified.days == 0) {
        TRY(spend_action(view, "interrupt", T_accounting_interrupt, T_accounting_interrupt_go,
                         path_of(ctx, bill->id, "/interrupt"), &action));
        spend_field(view, action, "day", T_accounting_interrupt_day, SPEND_DATE, today, true);
        spend_field(view, action, "reason", T_accounting_reason, SPEND_WIDE, STR(""), true);
    } else if (bill->completed.days == 0) {
        TRY(spend_action(view, "complete", T_accounting_complete, T_accounting_complete_go,
                         path_of(ctx, bill->id, "/complete"), &action));
        spend_field(view, action, "day", T_accounting_complete_day, SPEND_DATE, today, true);
    }
    TRY(spend_action(view, "back", T_accounting_send_back, T_accounting_send_back_go, path_of(ctx, bill->id, "/back"),
                     &action));
    spend_field(view, action, "reason", T_accounting_reason, SPEND_WIDE, STR(""), true);
    return OK;
}

static enum status add_actions(struct spend_view *view, const struct bill *bill, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    if (bill->state != BILL_OPEN || (rights & (RIGHT_ORDER | RIGHT_ENGAGE)) == 0)
        return OK;
    if (bill->is_credit)
        return bill_credit_action(view, bill, rights);
    if (bill->engagement == 0) {
        TRY(spend_action(view, "match", T_accounting_match, T_accounting_match_go, path_of(ctx, bill->id, "/match"),
                         &action));
        spend_field(view, action, "engagement", T_accounting_engagement_number, SPEND_WORDS, STR(""), true);
    } else {
        if (rights & RIGHT_ATTEST)
            TRY(add_attest(view, bill));
        if (rights & RIGHT_ORDER)
            TRY(add_order(view, bill));
    }
    return add_clock(view, bill);
}

/* A bill is of a budget; its year is that of its engagement, else of the day it came. */
static enum status year_of(struct ctx *ctx, const struct bill *bill, struct credit_year *ret_year)
{
    struct engagement engagement;
    struct credit_year *years;
    size_t count;
    if (bill->engagement != 0) {
        TRY(engagement_get(ctx, bill->engagement, &engagement));
        return credit_year(ctx, bill->budget, engagement.year, ret_year);
    }
    TRY(credit_years(ctx, &years, &count));
    for (size_t i = 0; i < count; i++)
        if (years[i].budget == bill->budget)
            return credit_year(ctx, bill->budget, years[i].year, ret_year);
    return NOT_FOUND;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct bill *bill, const struct faults *faults, bool has_trouble)
{
    struct credit_year year;
    struct spend_view view;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    TRY(year_of(ctx, bill, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_BILLS,
                    str_format(ctx->arena, "%.*s %.*s", STR_ARG(text_of(ctx->language, T_accounting_bill)),
                               STR_ARG(bill->number))));
    if (has_trouble)
        TRY(spend_trouble(&view, faults));
    if (web_has(request, "again"))
        spend_stand(&view, text_of(ctx->language, T_accounting_inbound_again));
    spend_tag(&view, bill->is_credit && bill->state == BILL_OPEN ? T_accounting_bill_credit : state_name(bill->state),
              bill->state == BILL_ORDERED ? SPEND_GOOD : bill->state == BILL_SENT_BACK ? SPEND_BAD : SPEND_PLAIN);
    TRY(add_facts(&view, bill));
    TRY(add_actions(&view, bill, rights));
    TRY(story_table(&view, STORY_BILL, bill->id, 0));
    return spend_end(&view, response);
}

static enum status asked(struct ctx *ctx, const struct web_request *request, struct bill *ret_bill)
{
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    return bill_get(ctx, id, ret_bill);
}

enum status bill_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct bill bill;
    TRY(asked(ctx, request, &bill));
    return show(ctx, request, response, &bill, NULL, false);
}

enum status bill_file_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct bill bill;
    struct str name, bytes;
    TRY(asked(ctx, request, &bill));
    TRY(bill_file(ctx, bill.id, &name, &bytes));
    response->content_type = STR("application/octet-stream");
    response->file_name = name;
    buf_add(&response->body, bytes);
    return buf_status(&response->body);
}

/* ---- what is done with it ---- */

typedef enum status bill_deed(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                              struct faults *faults);

static enum status act(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                       bill_deed *deed)
{
    struct bill bill;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &bill));
    enum status done = deed(ctx, request, &bill, faults);
    if (done == INVALID || faults->found > 0)
        return show(ctx, request, response, &bill, faults, true);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/bills/%lld?saved=1", (long long)bill.id);
}

static enum status match(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                         struct faults *faults)
{
    struct credit_year year;
    struct engagement engagement;
    TRY(year_of(ctx, bill, &year));
    TRY(bill_read_engagement(ctx, request, &year, &engagement));
    if (engagement.sequence == 0)
        return refuse(ctx, INVALID, "accounting.engagement", T_accounting_engagement_unknown);
    return bill_match(ctx, bill, &engagement, faults);
}

static enum status attest(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                          struct faults *faults)
{
    struct engagement engagement;
    struct date day;
    struct money amount;
    TRY(spend_read_day(ctx, request, "day", &day));
    TRY(spend_read_money(ctx, request, "amount", &amount));
    TRY(engagement_get(ctx, bill->engagement, &engagement));
    return engagement_attest(ctx, &engagement, day, amount, str_trim(web_text(request, "note")), faults);
}

static enum status interrupt(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                             struct faults *faults)
{
    struct date day;
    TRY(spend_read_day(ctx, request, "day", &day));
    return bill_interrupt(ctx, bill, day, str_trim(web_text(request, "reason")), faults);
}

static enum status complete(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                            struct faults *faults)
{
    struct date day;
    TRY(spend_read_day(ctx, request, "day", &day));
    return bill_complete(ctx, bill, day, faults);
}

static enum status send_back(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                             struct faults *faults)
{
    return bill_send_back(ctx, bill, str_trim(web_text(request, "reason")), faults);
}

enum status bill_match_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, match);
}

enum status bill_attest_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, attest);
}

enum status bill_interrupt_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, interrupt);
}

enum status bill_complete_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, complete);
}

enum status bill_back_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, send_back);
}

static enum status deduct(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                          struct faults *faults)
{
    return bill_credit_deduct(ctx, request, bill, faults);
}

enum status bill_deduct_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, deduct);
}

/* As it was written in the form, or as it is proposed. */
static enum status lines_for(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                             struct imputation **ret_lines, size_t *ret_count)
{
    struct imputation *lines;
    struct money *parts, *written;
    size_t count, kept = 0;
    TRY(parts_for(ctx, bill, &lines, &parts, &count));
    enum status done = count > 1 ? spend_read_parts(ctx, request, count, &written) : NOT_FOUND;
    if (done != OK && done != NOT_FOUND)
        return done;
    for (size_t i = 0; i < count; i++) {
        struct money part = done == OK ? written[i] : parts[i];
        if (part.cents == 0)
            continue;
        lines[kept] = lines[i];
        lines[kept].tax = (struct money){0};
        lines[kept++].net = part;
    }
    *ret_lines = lines;
    *ret_count = kept;
    return OK;
}

static enum status order(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                         struct faults *faults, uint64_t *ret_sequence)
{
    struct credit_year year;
    unsigned char id[ENTRY_ID_BYTES];
    struct piece_order order = {.year = &year, .kind = CHART_REAL, .party = bill->party, .bill = bill->id,
                                .engagement = bill->engagement, .object = str_trim(web_text(request, "object")),
                                .nature = STR(""), .type = STR("")};
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &order.day));
    TRY(year_of(ctx, bill, &year));
    TRY(lines_for(ctx, request, bill, &order.lines, &order.line_count));
    return piece_order(ctx, &order, id, faults, ret_sequence);
}

enum status bill_order_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct bill bill;
    uint64_t sequence = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &bill));
    enum status done = order(ctx, request, &bill, faults, &sequence);
    if (done == INVALID || faults->found > 0)
        return show(ctx, request, response, &bill, faults, true);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)sequence);
}
