/* Dated figures on a page: what holds from when, by which source, who added it; and the next one. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/figures/figure_kept.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_view.h"

enum { CODES_MAX = 100 };

static enum status add_row(struct spend_view *view, struct spend_page_table *table, const struct figure *figure,
                           struct str who)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table_row *row = spend_row(view, table, str_copy(ctx->arena, figure->name), STR(""));
    if (row == NULL)
        return LIMIT;
    spend_cell(row, figure->since.days == 0 ? STR("") : spend_day(ctx, figure->since), SPEND_TEXT);
    spend_cell(row, figure->until.days == 0 ? STR("") : spend_day(ctx, figure->until), SPEND_OPTIONAL);
    spend_cell(row, figure_words(ctx, figure), SPEND_NUMBER);
    spend_cell(row, str_copy(ctx->arena, figure->source), SPEND_OPTIONAL);
    spend_cell(row, who, SPEND_OPTIONAL);
    return OK;
}

static void add_heads(struct spend_view *view, struct spend_page_table *table)
{
    spend_head(view, table, T_accounting_figure_code, SPEND_TEXT);
    spend_head(view, table, T_accounting_figure_since, SPEND_TEXT);
    spend_head(view, table, T_accounting_figure_until, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_figure_value, SPEND_NUMBER);
    spend_head(view, table, T_accounting_figure_source, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_figure_by, SPEND_OPTIONAL);
}

/* Those of the town first, then the program's, each day's newest last in the file. */
static enum status add_table(struct spend_view *view, const struct figure_set *shipped)
{
    struct ctx *ctx = view->ctx;
    struct figure_kept *kept;
    struct spend_page_table *table;
    size_t count;
    TRY(figure_kept_list(ctx, &kept, &count));
    TRY(spend_table(view, "figures", T_accounting_figures, T_accounting_nothing, count + shipped->count, &table));
    add_heads(view, table);
    for (size_t i = 0; i < count; i++)
        TRY(add_row(view, table, &kept[i].figure,
                    kept[i].by.len > 0 ? kept[i].by : text_of(ctx->language, T_accounting_figure_operator)));
    for (size_t i = shipped->count; i > 0; i--)
        TRY(add_row(view, table, &shipped->at[i - 1], text_of(ctx->language, T_accounting_figure_shipped)));
    return OK;
}

/* Each code once, with its name. */
static enum status add_codes(struct spend_view *view, struct spend_page_action_field *field,
                             const struct figure_set *shipped)
{
    TRY(spend_choices(view, field, CODES_MAX));
    for (size_t i = 0; i < shipped->count; i++)
        if (i == 0 || !str_eq(shipped->at[i].code, shipped->at[i - 1].code))
            spend_choice(field, CODES_MAX, shipped->at[i].code, shipped->at[i].name);
    return OK;
}

static enum status add_form(struct spend_view *view, const struct figure_set *shipped)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    if (!right_may(ctx, RIGHT_PREPARE) && !permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER))
        return OK;
    TRY(spend_action(view, "add", T_accounting_figure_add, T_accounting_figure_go, STR("/accounting/figures"),
                     &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_figure_add_text);
    struct spend_page_action_field *code =
        spend_field(view, action, "code", T_accounting_figure_code, SPEND_WORDS, STR(""), true);
    if (code == NULL)
        return LIMIT;
    spend_hint(view, code, T_accounting_figure_code_hint);
    TRY(add_codes(view, code, shipped));
    spend_field(view, action, "since", T_accounting_figure_since, SPEND_DATE, STR(""), true);
    spend_field(view, action, "value", T_accounting_figure_value, SPEND_MONEY, STR(""), true);
    spend_field(view, action, "source", T_accounting_figure_source, SPEND_WIDE, STR(""), true);
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct faults *faults)
{
    struct figure_set shipped;
    struct spend_view view;
    TRY(figure_shipped(ctx->arena, &shipped));
    TRY(spend_begin(&view, ctx, request, NULL, SPEND_NOWHERE, text_of(ctx->language, T_accounting_figures)));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_of(ctx->language, T_accounting_figures_text));
    TRY(add_form(&view, &shipped));
    TRY(add_table(&view, &shipped));
    return spend_end(&view, response);
}

static enum status need_reader(struct ctx *ctx)
{
    return permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER) ? OK : right_need(ctx, RIGHT_READ);
}

enum status figure_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(need_reader(ctx));
    return show(ctx, request, response, NULL);
}

enum status figure_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct figure_given given = {.code = str_trim(web_text(request, "code")),
                                 .value = str_trim(web_text(request, "value")),
                                 .source = str_trim(web_text(request, "source"))};
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(need_reader(ctx));
    enum status done = spend_read_day(ctx, request, "since", &given.since);
    if (done == OK)
        done = figure_add(ctx, &given, faults);
    if (done == INVALID)
        return show(ctx, request, response, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/figures?saved=1");
}
