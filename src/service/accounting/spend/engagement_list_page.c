/* Engagements of a year, and a new one. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/listing/listing.h"
#include "service/accounting/spend/engagement.h"
#include "service/accounting/spend/spend_lines.h"
#include "service/accounting/spend/spend_parts.h"

/* ---- the list ---- */

enum status engagement_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct spend_view view;
    struct spend_page_table *table;
    struct engagement *list;
    size_t count;
    unsigned rights;
    bool is_open;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(right_held(ctx, &rights));
    TRY(spend_read_year(ctx, request, &year));
    TRY(engagement_list(ctx, year.budget, year.year, web_has(request, "open"), &list, &count));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_ENGAGEMENTS,
                    text_of(ctx->language, T_accounting_tab_engagements)));
    TRY(spend_is_open(&view, &year, &is_open));
    if (is_open && (rights & RIGHT_ENGAGE))
        spend_link(&view, spend_path(ctx, &year, "/engage"), T_accounting_engage);
    if (!web_has(request, "open"))
        spend_link(&view, spend_path(ctx, &year, "/engagements?open=1"), T_accounting_open_only);
    TRY(listing_links(&view, &year, LISTING_ENGAGEMENTS));
    TRY(spend_table(&view, "list", T_accounting_tab_engagements, T_accounting_no_engagements, count, &table));
    spend_head(&view, table, T_accounting_number, SPEND_TEXT);
    spend_head(&view, table, T_accounting_day, SPEND_OPTIONAL);
    spend_head(&view, table, T_accounting_object, SPEND_TEXT);
    spend_head(&view, table, T_accounting_party, SPEND_OPTIONAL);
    spend_head(&view, table, T_accounting_amount, SPEND_NUMBER);
    spend_head(&view, table, T_accounting_remains, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(&view, table, spend_number(ctx, list[i].number),
                                                     spend_engagement_path(ctx, list[i].sequence, ""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, spend_day(ctx, list[i].day), SPEND_OPTIONAL);
        spend_cell(row, list[i].object, SPEND_TEXT);
        spend_cell(row, list[i].party_name, SPEND_OPTIONAL);
        spend_cell(row, page_money(ctx, list[i].amount), SPEND_NUMBER);
        spend_cell(row, page_money(ctx, list[i].remains), SPEND_NUMBER);
    }
    return spend_end(&view, response);
}

/* ---- a new one ---- */

static enum status show_form(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct credit_year *year, const struct faults *faults)
{
    struct spend_view view;
    struct spend_page_action *action;
    TRY(spend_begin(&view, ctx, request, year, SPEND_ENGAGEMENTS, text_of(ctx->language, T_accounting_engage)));
    TRY(spend_trouble(&view, faults));
    TRY(spend_action(&view, "engage", T_accounting_engage_title, T_accounting_engage_go,
                     spend_path(ctx, year, "/engage"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_engage_text);
    spend_field(&view, action, "object", T_accounting_object, SPEND_WIDE, STR(""), true);
    TRY(spend_field_party(&view, action, STR(""), false));
    TRY(spend_fields_lines(&view, action, year, CHART_EXPENSE,
                           year->recovers_tax ? T_accounting_amount_net : T_accounting_amount_gross));
    spend_field(&view, action, "day", T_accounting_day, SPEND_DATE, spend_iso(ctx, ctx_today(ctx)), true);
    TRY(spend_field_unit(&view, action, STR("")));
    TRY(spend_field_programme(&view, action, year->budget));
    spend_field(&view, action, "reference", T_accounting_reference, SPEND_WORDS, STR(""), false);
    return spend_end(&view, response);
}

enum status engagement_new_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_ENGAGE));
    TRY(spend_read_year(ctx, request, &year));
    return show_form(ctx, request, response, &year, NULL);
}

static enum status read_form(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                             struct engagement *engagement, struct imputation *lines, size_t *count,
                             unsigned char id[ENTRY_ID_BYTES])
{
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_lines(ctx, request, lines, count));
    TRY(spend_read_day(ctx, request, "day", &engagement->day));
    TRY(spend_read_party(ctx, request, &engagement->party));
    TRY(spend_read_unit(ctx, request, &engagement->unit));
    TRY(spend_read_programme(ctx, request, year->budget, &engagement->programme, &engagement->slice));
    engagement->object = str_trim(web_text(request, "object"));
    engagement->reference = str_trim(web_text(request, "reference"));
    return OK;
}

enum status engagement_new_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct engagement engagement = {0};
    struct imputation lines[SPEND_LINES_MAX];
    size_t count = 0;
    unsigned char id[ENTRY_ID_BYTES];
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ENGAGE));
    TRY(spend_read_year(ctx, request, &year));
    if (spend_wants_line(request))
        return show_form(ctx, request, response, &year, NULL);
    enum status done = read_form(ctx, request, &year, &engagement, lines, &count, id);
    if (done == OK)
        done = engagement_make(ctx, &year, &engagement, lines, count, id, faults);
    if (spend_is_refused(done, faults))
        return show_form(ctx, request, response, &year, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/engagements/%llu?saved=1",
                        (unsigned long long)engagement.sequence);
}
