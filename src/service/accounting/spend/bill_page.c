#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/inbound/inbound.h"
#include "service/accounting/spend/bill_credit.h"
#include "service/accounting/spend/bill_form.h"
#include "service/accounting/spend/bill_view.h"
#include "service/accounting/spend/late.h"
#include "service/accounting/spend/piece.h"
#include "service/accounting/spend/spend_lines.h"
#include "service/accounting/story/story_view.h"

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
    struct faults *faults = faults_new(ctx->arena);
    enum spend_mood mood;
    if (faults == NULL)
        return LIMIT;
    struct str words = bill_clock(ctx, bill, faults, &mood);
    spend_fact(view, T_accounting_party, bill->party_name,
               str_format(ctx->arena, "/accounting/parties/%lld", (long long)bill->party));
    spend_fact(view, T_accounting_bill_issued, spend_day(ctx, bill->issued), STR(""));
    spend_fact(view, T_accounting_received, spend_day(ctx, bill->received), STR(""));
    spend_fact(view, T_accounting_amount_net, page_money(ctx, bill->net), STR(""));
    spend_fact(view, T_accounting_amount_tax, page_money(ctx, bill->tax), STR(""));
    spend_fact(view, T_accounting_amount_gross, page_money(ctx, bill->gross), STR(""));
    if (bill->ordered.days != 0 && bill->state == BILL_OPEN) {
        struct money sum = {bill->ordered_charge.cents + bill->ordered_tax.cents};
        spend_fact(view, T_accounting_bill_ordered_sum, page_money(ctx, sum), STR(""));
        spend_fact(view, T_accounting_bill_left, page_money(ctx, bill_left(bill)), STR(""));
    }
    if (bill->retained.cents > 0)
        spend_fact(view, T_accounting_bill_retained, page_money(ctx, bill->retained), STR(""));
    spend_fact(view, T_accounting_bill_freed, spend_day(ctx, bill->freed), STR(""));
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
        spend_fact(view, T_accounting_bill_file, bill->file_name, bill_path(ctx, bill->id, "/file"));
    return OK;
}

/* Once it is over there is nothing to interrupt (delay.expired). */
static bool is_over(struct ctx *ctx, const struct bill *bill)
{
    struct delay delay;
    struct faults *faults = faults_new(ctx->arena);
    return faults != NULL && bill_delay(ctx, bill, faults, &delay) == OK &&
           delay.due.days < ctx_today(ctx).days;
}

static enum status add_clock(struct spend_view *view, const struct bill *bill)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct str today = spend_iso(ctx, ctx_today(ctx));
    if (bill->ordered.days != 0)
        return OK; /* in part: neither interrupted nor sent back any more */
    if (bill->notified.days == 0 && !is_over(ctx, bill)) {
        TRY(spend_action(view, "interrupt", T_accounting_interrupt, T_accounting_interrupt_go,
                         bill_path(ctx, bill->id, "/interrupt"), &action));
        spend_field(view, action, "day", T_accounting_interrupt_day, SPEND_DATE, today, true);
        spend_field(view, action, "reason", T_accounting_reason, SPEND_WIDE, STR(""), true);
    } else if (bill->notified.days != 0 && bill->completed.days == 0) {
        TRY(spend_action(view, "complete", T_accounting_complete, T_accounting_complete_go,
                         bill_path(ctx, bill->id, "/complete"), &action));
        spend_field(view, action, "day", T_accounting_complete_day, SPEND_DATE, today, true);
    }
    TRY(spend_action(view, "back", T_accounting_send_back, T_accounting_send_back_go, bill_path(ctx, bill->id, "/back"),
                     &action));
    spend_field(view, action, "reason", T_accounting_reason, SPEND_WIDE, STR(""), true);
    return OK;
}

/* What a contract holds back as a guarantee, and the day on which it does no longer. */
static enum status add_guarantee(struct spend_view *view, const struct bill *bill)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    bool is_waiting = bill->state == BILL_OPEN || bill_held(bill).cents > 0;
    if (!is_waiting || bill->is_credit || bill->freed.days != 0)
        return OK;
    TRY(spend_action(view, "retain", T_accounting_bill_retain, T_accounting_bill_retain_go,
                     bill_path(ctx, bill->id, "/retain"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_bill_retain_text);
    action->is_main = false;
    spend_field(view, action, "retained", T_accounting_bill_retain_amount, SPEND_MONEY,
                page_money(ctx, bill->retained), true);
    if (bill->retained.cents == 0)
        return OK;
    TRY(spend_action(view, "free", T_accounting_bill_free, T_accounting_bill_free, bill_path(ctx, bill->id, "/free"),
                     &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_bill_free_text);
    action->is_main = false;
    spend_field(view, action, "day", T_accounting_bill_free_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    return OK;
}

static enum status add_actions(struct spend_view *view, const struct bill *bill, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    if ((rights & (RIGHT_ORDER | RIGHT_ENGAGE)) == 0)
        return OK;
    if (bill->state != BILL_OPEN)
        return add_guarantee(view, bill);
    if (bill->is_credit)
        return bill_credit_action(view, bill, rights);
    struct engagement engagement = {.remains = {0}};
    if (bill->engagement != 0)
        TRY(engagement_get(ctx, bill->engagement, &engagement));
    if (engagement.remains.cents == 0) { /* none, or nothing is left of it */
        TRY(spend_action(view, "match", T_accounting_match, T_accounting_match_go, bill_path(ctx, bill->id, "/match"),
                         &action));
        spend_field(view, action, "engagement", T_accounting_engagement_number, SPEND_WORDS, STR(""), true);
    } else {
        if (rights & RIGHT_ATTEST)
            TRY(bill_attest_form(view, bill));
        if (rights & RIGHT_ORDER)
            TRY(bill_order_form(view, bill));
    }
    TRY(add_clock(view, bill));
    return add_guarantee(view, bill);
}

static enum status add_pieces(struct spend_view *view, const struct bill *bill)
{
    struct spend_page_table *table;
    struct piece *pieces;
    size_t count;
    TRY(piece_list_of_bill(view->ctx, bill->id, &pieces, &count));
    if (count == 0)
        return OK;
    TRY(spend_table(view, "pieces", T_accounting_pieces, T_accounting_no_pieces, count, &table));
    return spend_pieces(view, table, pieces, count, SPEND_NO_TICKS);
}

/* A bill is of a budget; its year is that of its engagement, else of the day it came. */
enum status bill_year(struct ctx *ctx, const struct bill *bill, struct credit_year *ret_year)
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

enum status bill_page(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct bill *bill, const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    TRY(bill_year(ctx, bill, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_BILLS,
                    str_format(ctx->arena, "%.*s %.*s", STR_ARG(text_of(ctx->language, T_accounting_bill)),
                               STR_ARG(bill->number))));
    TRY(spend_trouble(&view, faults));
    if (web_has(request, "again"))
        spend_stand(&view, text_of(ctx->language, T_accounting_inbound_again));
    bool is_credit = bill->is_credit && bill->state == BILL_OPEN;
    spend_tag(&view, is_credit ? T_accounting_bill_credit : bill_state_name(bill->state),
              bill->state == BILL_ORDERED ? SPEND_GOOD : bill->state == BILL_SENT_BACK ? SPEND_BAD : SPEND_PLAIN);
    TRY(add_facts(&view, bill));
    TRY(late_facts(&view, &year, bill->id, 0));
    TRY(add_actions(&view, bill, rights));
    TRY(add_pieces(&view, bill));
    TRY(story_table(&view, STORY_BILL, bill->id, 0));
    return spend_end(&view, response);
}

enum status bill_asked(struct ctx *ctx, const struct web_request *request, struct bill *ret_bill)
{
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    return bill_get(ctx, id, ret_bill);
}

enum status bill_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct bill bill;
    TRY(bill_asked(ctx, request, &bill));
    return bill_page(ctx, request, response, &bill, NULL);
}

enum status bill_file_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct bill bill;
    struct str name, bytes;
    TRY(bill_asked(ctx, request, &bill));
    TRY(bill_file(ctx, bill.id, &name, &bytes));
    response->content_type = STR("application/octet-stream");
    response->file_name = name;
    buf_add(&response->body, bytes);
    return buf_status(&response->body);
}
