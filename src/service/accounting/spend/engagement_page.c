#include "service/accounting/accounting_service.h"
#include "service/accounting/close/carry.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/bill.h"
#include "service/accounting/spend/piece.h"
#include "service/accounting/spend/spend_lines.h"
#include "service/accounting/story/story_view.h"

static struct str name_of(struct ctx *ctx, const struct engagement *engagement)
{
    return str_format(ctx->arena, "%.*s %u", STR_ARG(text_of(ctx->language, T_accounting_kind_engage)),
                      engagement->number);
}

static enum status add_attests(struct spend_view *view, uint64_t sequence)
{
    struct spend_page_table *table;
    struct attest *attests;
    size_t count;
    TRY(engagement_attests(view->ctx, sequence, &attests, &count));
    TRY(spend_table(view, "attests", T_accounting_attests, T_accounting_no_attests, count, &table));
    spend_head(view, table, T_accounting_day, SPEND_TEXT);
    spend_head(view, table, T_accounting_by, SPEND_TEXT);
    spend_head(view, table, T_accounting_note, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct str day = spend_day(view->ctx, attests[i].day);
        struct spend_page_table_row *row =
            spend_row(view, table, str_format(view->ctx->arena, "%.*s (n° %lld)", STR_ARG(day),
                                              (long long)attests[i].id), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, attests[i].name, SPEND_TEXT);
        spend_cell(row, attests[i].note, SPEND_OPTIONAL);
        spend_cell(row, page_money(view->ctx, attests[i].amount), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_bills(struct spend_view *view, uint64_t sequence)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct bill *bills;
    struct piece *pieces;
    size_t count, piece_count;
    TRY(bill_list_of(ctx, sequence, &bills, &count));
    TRY(piece_list_on(ctx, sequence, &pieces, &piece_count));
    TRY(spend_table(view, "follows", T_accounting_follows, T_accounting_no_follows, count + piece_count, &table));
    spend_head(view, table, T_accounting_act, SPEND_TEXT);
    spend_head(view, table, T_accounting_day, SPEND_TEXT);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct str name = str_format(ctx->arena, "%.*s %.*s", STR_ARG(text_of(ctx->language, T_accounting_bill)),
                                     STR_ARG(bills[i].number));
        struct spend_page_table_row *row =
            spend_row(view, table, name, str_format(ctx->arena, "/accounting/bills/%lld", (long long)bills[i].id));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, bills[i].received), SPEND_TEXT);
        spend_cell(row, page_money(ctx, bills[i].gross), SPEND_NUMBER);
    }
    for (size_t i = 0; i < piece_count; i++) {
        struct str name = str_format(ctx->arena, "%.*s %u", STR_ARG(text_of(ctx->language, T_accounting_kind_order)),
                                     pieces[i].number);
        struct str path = spend_piece_path(ctx, pieces[i].sequence, "");
        struct spend_page_table_row *row = spend_row(view, table, name, path);
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, pieces[i].day), SPEND_TEXT);
        spend_cell(row, page_money(ctx, pieces[i].amount), SPEND_NUMBER);
    }
    return OK;
}

/* One that was given by mistake, while it is not ordered. */
static enum status add_withdraw(struct spend_view *view, const struct engagement *engagement)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct attest *attests;
    size_t count;
    int64_t ordered = engagement->amount.cents - engagement->remains.cents;
    if (engagement->attested.cents <= ordered)
        return OK;
    TRY(engagement_attests(ctx, engagement->sequence, &attests, &count));
    TRY(spend_action(view, "withdraw", T_accounting_attest_withdraw, T_accounting_attest_withdraw,
                     spend_engagement_path(ctx, engagement->sequence, "/withdraw"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_attest_withdraw_text);
    action->is_main = false;
    struct spend_page_action_field *field =
        spend_field(view, action, "attest", T_accounting_number, SPEND_WORDS, STR(""), true);
    TRY(spend_choices(view, field, count));
    for (size_t i = 0; i < count; i++)
        if (attests[i].withdraws == 0 && !attests[i].is_withdrawn)
            spend_choice(field, count, str_format(ctx->arena, "%lld", (long long)attests[i].id),
                         page_money(ctx, attests[i].amount));
    spend_field(view, action, "reason", T_accounting_regie_reason, SPEND_WIDE, STR(""), true);
    return OK;
}

static enum status add_actions(struct spend_view *view, const struct engagement *engagement, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct money undone = {engagement->amount.cents - engagement->attested.cents};
    struct str today = spend_iso(ctx, ctx_today(ctx));
    if ((rights & RIGHT_ATTEST) && undone.cents > 0) {
        TRY(spend_action(view, "attest", T_accounting_attest, T_accounting_attest_go,
                         spend_engagement_path(ctx, engagement->sequence, "/attest"), &action));
        spend_field(view, action, "day", T_accounting_attest_day, SPEND_DATE, today, true);
        spend_field(view, action, "amount", T_accounting_attest_amount, SPEND_MONEY, page_money(ctx, undone), true);
        spend_field(view, action, "note", T_accounting_note, SPEND_WIDE, STR(""), false);
    }
    if (rights & RIGHT_ATTEST)
        TRY(add_withdraw(view, engagement));
    if ((rights & RIGHT_ENGAGE) && engagement->remains.cents + engagement->later.cents > 0) {
        TRY(spend_action(view, "release", T_accounting_release, T_accounting_release_go,
                         spend_engagement_path(ctx, engagement->sequence, "/release"), &action));
        action->has_text = true;
        action->text = text_of(ctx->language, T_accounting_release_text);
        action->is_main = false;
        spend_field(view, action, "day", T_accounting_day, SPEND_DATE, today, true);
    }
    return OK;
}

/* The engagement of the year before it goes on from, and that of the next year it goes on in. */
static enum status add_links(struct spend_view *view, uint64_t sequence)
{
    struct ctx *ctx = view->ctx;
    struct carry_link *links;
    size_t count;
    TRY(carry_links(ctx, sequence, &links, &count));
    for (size_t i = 0; i < count; i++) {
        bool is_origin = links[i].engagement == sequence;
        uint64_t other = is_origin ? links[i].next : links[i].engagement;
        struct str name = str_format(ctx->arena, "%u (%d)", is_origin ? links[i].next_number : links[i].number,
                                     is_origin ? links[i].next_year : links[i].year);
        if (other == 0)
            spend_fact(view, T_accounting_carried_to, text_of(ctx->language, T_accounting_carried_waiting), STR(""));
        else
            spend_fact(view, is_origin ? T_accounting_carried_to : T_accounting_carried_from, name,
                       spend_engagement_path(ctx, other, ""));
    }
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct engagement *engagement, const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    TRY(credit_year(ctx, engagement->budget, engagement->year, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_ENGAGEMENTS, name_of(ctx, engagement)));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, engagement->object);
    if (engagement->remains.cents == 0)
        spend_tag(&view, T_accounting_settled, SPEND_GOOD);
    if (rights & (RIGHT_ORDER | RIGHT_ENGAGE))
        spend_link(&view,
                   str_format(ctx->arena, "%.*s?engagement=%u", STR_ARG(spend_path(ctx, &year, "/bill")),
                              engagement->number),
                   T_accounting_bill_new);
    spend_fact(&view, T_accounting_party, engagement->party_name,
               engagement->party == 0 ? STR("")
                                      : str_format(ctx->arena, "/accounting/parties/%lld",
                                                   (long long)engagement->party));
    spend_fact(&view, T_accounting_unit_optional, engagement->unit_name, STR(""));
    if (engagement->programme != 0)
        spend_fact(&view, T_accounting_programme, text_of(ctx->language, T_accounting_open),
                   str_format(ctx->arena, "/accounting/programmes/%lld", (long long)engagement->programme));
    if (engagement->later.cents > 0)
        spend_fact(&view, T_accounting_slice_later, page_money(ctx, engagement->later), STR(""));
    spend_fact(&view, T_accounting_day, spend_day(ctx, engagement->day), STR(""));
    spend_fact(&view, T_accounting_reference, engagement->reference, STR(""));
    spend_fact(&view, T_accounting_amount, page_money(ctx, engagement->amount), STR(""));
    spend_fact(&view, T_accounting_attested, page_money(ctx, engagement->attested), STR(""));
    spend_fact(&view, T_accounting_remains, page_money(ctx, engagement->remains), STR(""));
    TRY(add_links(&view, engagement->sequence));
    TRY(add_actions(&view, engagement, rights));
    TRY(spend_lines(&view, engagement->sequence));
    TRY(add_attests(&view, engagement->sequence));
    TRY(add_bills(&view, engagement->sequence));
    TRY(story_table(&view, STORY_ENGAGEMENT, (int64_t)engagement->sequence, 0));
    return spend_end(&view, response);
}

static enum status asked(struct ctx *ctx, const struct web_request *request, struct engagement *ret_engagement)
{
    int64_t sequence;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &sequence));
    return engagement_get(ctx, (uint64_t)sequence, ret_engagement);
}

enum status engagement_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct engagement engagement;
    TRY(asked(ctx, request, &engagement));
    return show(ctx, request, response, &engagement, NULL);
}

static enum status answer(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          const struct engagement *engagement, const struct faults *faults, enum status done)
{
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, engagement, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/engagements/%llu?saved=1",
                        (unsigned long long)engagement->sequence);
}

static enum status attest(struct ctx *ctx, const struct web_request *request, const struct engagement *engagement,
                          struct faults *faults)
{
    struct attest attest = {.note = str_trim(web_text(request, "note"))};
    TRY(spend_read_day(ctx, request, "day", &attest.day));
    TRY(spend_read_money(ctx, request, "amount", &attest.amount));
    return engagement_attest(ctx, engagement, &attest, faults);
}

enum status engagement_attest_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct engagement engagement;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &engagement));
    return answer(ctx, request, response, &engagement, faults, attest(ctx, request, &engagement, faults));
}

static enum status release(struct ctx *ctx, const struct web_request *request, const struct engagement *engagement,
                           struct faults *faults)
{
    struct date day;
    unsigned char id[ENTRY_ID_BYTES];
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &day));
    return engagement_release(ctx, engagement, day, id, faults);
}

enum status engagement_release_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct engagement engagement;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &engagement));
    return answer(ctx, request, response, &engagement, faults, release(ctx, request, &engagement, faults));
}

enum status engagement_withdraw_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct engagement engagement;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &engagement));
    enum status done = engagement_withdraw(ctx, &engagement, web_int(request, "attest", 0),
                                           str_trim(web_text(request, "reason")), faults);
    return answer(ctx, request, response, &engagement, faults, done);
}
