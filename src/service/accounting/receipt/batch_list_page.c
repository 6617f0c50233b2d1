/* Lists of titres of a year, and one more that is brought in. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/batch_view.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_form.h"

/* ---- those of the year, and one more ---- */

static enum status add_columns(struct spend_view *view)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    TRY(spend_table(view, "columns", T_accounting_batch_columns, T_accounting_batch_none, BATCH_COLUMNS, &table));
    spend_head(view, table, T_accounting_batch_column, SPEND_TEXT);
    spend_head(view, table, T_accounting_batch_told, SPEND_TEXT);
    spend_head(view, table, T_accounting_batch_sample, SPEND_OPTIONAL);
    for (size_t i = 0; i < BATCH_COLUMNS; i++) {
        struct spend_page_table_row *row = spend_row(view, table, str_of(batch_columns[i].name), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, text_of(ctx->language, batch_columns[i].told), SPEND_TEXT);
        spend_cell(row, str_of(batch_columns[i].sample), SPEND_OPTIONAL);
    }
    return OK;
}

static enum status add_form(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct date today = ctx_today(ctx);
    struct date last = date_of(year->year, 12, 31);
    TRY(spend_action(view, "batch", T_accounting_batch_new, T_accounting_batch_bring, spend_path(ctx, year, "/batches"),
                     &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_batch_text);
    spend_hint(view, spend_field(view, action, "file", T_accounting_batch_file, SPEND_FILE, STR(""), true),
               T_accounting_batch_file_hint);
    spend_hint(view, spend_field(view, action, "label", T_accounting_batch_label, SPEND_WIDE, STR(""), true),
               T_accounting_batch_label_hint);
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE,
                spend_iso(ctx, today.days > last.days ? last : today), true);
    return spend_field_unit(view, action, STR(""));
}

static enum status add_list(struct spend_view *view, const struct credit_year *year)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct batch *batches;
    size_t count;
    TRY(batch_list(ctx, year->budget, year->year, &batches, &count));
    TRY(spend_table(view, "batches", T_accounting_batches, T_accounting_batch_none, count, &table));
    spend_head(view, table, T_accounting_batch, SPEND_TEXT);
    spend_head(view, table, T_accounting_batch_brought_by, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_batch_brought, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_state, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, batches[i].label, batch_path(ctx, batches[i].id, ""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, batches[i].brought_by, SPEND_OPTIONAL);
        spend_cell(row, page_when(ctx, batches[i].brought), SPEND_OPTIONAL);
        spend_cell_tag(row, text_of(ctx->language, batch_state_name(batches[i].state)),
                       batch_state_mood(batches[i].state));
    }
    return OK;
}

static enum status show_list(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                             const struct credit_year *year, const struct faults *faults)
{
    struct spend_view view;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    TRY(spend_begin(&view, ctx, request, year, SPEND_TITLES, text_of(ctx->language, T_accounting_batches)));
    TRY(spend_trouble(&view, faults));
    if (rights & RIGHT_ORDER)
        TRY(add_form(&view, year));
    spend_link(&view, spend_path(ctx, year, "/batches/modele.csv"), T_accounting_batch_model);
    if (rights & RIGHT_ORDER)
        spend_link(&view, spend_path(ctx, year, "/notice"), T_accounting_notice_words);
    TRY(add_list(&view, year));
    TRY(add_columns(&view));
    return spend_end(&view, response);
}

enum status batch_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    return show_list(ctx, request, response, &year, NULL);
}

/* Separated by ';' behind a byte order mark, as spreadsheets in French open it. */
enum status batch_model_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct buf *out = &response->body;
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    buf_add(out, STR("\xEF\xBB\xBF"));
    for (size_t i = 0; i < BATCH_COLUMNS; i++)
        buf_add_format(out, "%s%s", i > 0 ? ";" : "", batch_columns[i].name);
    buf_add(out, STR("\r\n"));
    for (size_t i = 0; i < BATCH_COLUMNS; i++)
        buf_add_format(out, "%s%s", i > 0 ? ";" : "", batch_columns[i].sample);
    buf_add(out, STR("\r\n"));
    response->content_type = STR("text/csv; charset=utf-8");
    response->file_name = STR("modele-titres.csv");
    return buf_status(out);
}

/* ---- brought ---- */

static struct str file_name_of(const struct web_request *request)
{
    for (size_t i = 0; i < request->fields->count; i++) {
        const struct http_field *field = &request->fields->at[i];
        if (str_eq(field->name, STR("file")) && !str_is_absent(field->file_name))
            return field->file_name;
    }
    return STR("");
}

static enum status bring(struct ctx *ctx, const struct web_request *request, const struct credit_year *year,
                         struct faults *faults, int64_t *ret_id)
{
    struct batch_order order = {.label = str_trim(web_text(request, "label")), .file_name = file_name_of(request),
                                .file = web_text(request, "file")};
    TRY(spend_read_command(ctx, request, order.command));
    TRY(spend_read_day(ctx, request, "day", &order.day));
    TRY(spend_read_unit(ctx, request, &order.unit));
    return batch_bring(ctx, year, &order, faults, ret_id);
}

enum status batch_bring_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    int64_t id = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    enum status done = bring(ctx, request, &year, faults, &id);
    if (done == INVALID)
        return show_list(ctx, request, response, &year, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/batches/%lld", (long long)id);
}
