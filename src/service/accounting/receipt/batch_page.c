/* One list of titres: looked at, and pressed. */
#include "proto/csv/csv.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/batch_view.h"
#include "service/accounting/right/right.h"

enum { SECOND_MS = 1000 };

static struct str counted(struct ctx *ctx, enum text_key key, int64_t count)
{
    struct text_arg arg = NUMBER_ARG("count", count);
    return text_with(ctx->arena, ctx->language, key, &arg, 1);
}

static void add_facts(struct spend_view *view, const struct batch *batch)
{
    struct ctx *ctx = view->ctx;
    spend_fact(view, T_accounting_batch_rows, spend_number(ctx, (uint64_t)batch->rows), STR(""));
    if (batch->faulty > 0)
        spend_fact(view, T_accounting_batch_faulty_rows, spend_number(ctx, (uint64_t)batch->faulty), STR(""));
    spend_fact(view, T_accounting_total, page_money(ctx, batch->sum), STR(""));
    spend_fact(view, T_accounting_day, spend_day(ctx, batch->day), STR(""));
    spend_fact(view, T_accounting_batch_brought_by, batch->brought_by, STR(""));
    spend_fact(view, T_accounting_batch_brought, page_when(ctx, batch->brought), STR(""));
    spend_fact(view, T_accounting_batch_file, batch->file_name.len > 0 ? batch->file_name : STR("CSV"),
               batch_path(ctx, batch->id, "/file"));
    spend_fact(view, T_accounting_batch_pressed_by, batch->pressed_by, STR(""));
    if (batch->pressed.ms > 0)
        spend_fact(view, T_accounting_batch_pressed_on, page_when(ctx, batch->pressed), STR(""));
    spend_fact(view, T_accounting_reason, batch->said, STR(""));
}

/* "120 of 2,000; some 8 seconds left". */
static void add_progress(struct spend_view *view, const struct batch *batch)
{
    struct ctx *ctx = view->ctx;
    bool is_made = batch->state == BATCH_MAKING;
    int64_t elapsed = ctx->now.ms - batch->pressed.ms;
    if (batch->state != BATCH_READING && !is_made)
        return;
    int64_t left = is_made && batch->made > 0 ? (batch->rows - batch->made) * elapsed / batch->made / SECOND_MS : 0;
    const struct text_arg args[] = {NUMBER_ARG("count", left), NUMBER_ARG("made", batch->made),
                                    NUMBER_ARG("all", batch->rows)};
    struct spend_work work = {.title = is_made ? T_accounting_batch_making : T_accounting_batch_reading,
                              .path = batch_path(ctx, batch->id, ""), .stage = batch->state,
                              .done = is_made ? batch->made : 0, .all = batch->rows};
    work.words = is_made ? text_with(ctx->arena, ctx->language, T_accounting_batch_left, args, 3)
                         : counted(ctx, T_accounting_batch_read_so_far, batch->rows);
    spend_moving(view, &work);
}

static enum status add_actions(struct spend_view *view, const struct batch *batch, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    if (!(rights & RIGHT_ORDER))
        return OK;
    if (batch->state == BATCH_READY || batch->state == BATCH_STOPPED) {
        TRY(spend_action(view, "press", T_accounting_batch_press, T_accounting_batch_press_go,
                         batch_path(ctx, batch->id, "/press"), &action));
        action->has_text = true;
        action->text = counted(ctx, T_accounting_batch_press_text, batch->rows - batch->made);
    }
    if (batch->state > BATCH_READY)
        return OK;
    TRY(spend_action(view, "again", T_accounting_batch_again, T_accounting_batch_again_go,
                     batch_path(ctx, batch->id, "/again"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_batch_again_text);
    TRY(spend_action(view, "drop", T_accounting_batch_drop, T_accounting_batch_drop_go,
                     batch_path(ctx, batch->id, "/drop"), &action));
    action->is_main = false;
    return OK;
}

static enum status add_faulty(struct spend_view *view, const struct batch *batch)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct batch_row *rows;
    size_t count;
    if (batch->faulty == 0)
        return OK;
    TRY(batch_rows(ctx, batch->id, true, 0, &rows, &count));
    TRY(spend_table(view, "faults", T_accounting_batch_faults, T_accounting_batch_none, count, &table));
    spend_head(view, table, T_accounting_batch_line, SPEND_TEXT);
    spend_head(view, table, T_accounting_party, SPEND_TEXT);
    spend_head(view, table, T_accounting_batch_fault, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, spend_number(ctx, (uint64_t)rows[i].line), STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, rows[i].party_text, SPEND_TEXT);
        spend_cell(row, rows[i].fault, SPEND_TEXT);
    }
    return OK;
}

static enum status add_totals(struct spend_view *view, const struct batch *batch)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct batch_total *totals;
    size_t count;
    TRY(batch_totals(ctx, batch->id, &totals, &count));
    TRY(spend_table(view, "totals", T_accounting_batch_totals, T_accounting_batch_totals_none, count, &table));
    spend_head(view, table, T_accounting_account, SPEND_TEXT);
    spend_head(view, table, T_accounting_function_head, SPEND_TEXT);
    spend_head(view, table, T_accounting_batch_rows, SPEND_NUMBER);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(view, table, totals[i].nature, STR(""));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, totals[i].function, SPEND_TEXT);
        spend_cell(row, spend_number(ctx, (uint64_t)totals[i].rows), SPEND_NUMBER);
        spend_cell(row, page_money(ctx, totals[i].sum), SPEND_NUMBER);
    }
    return OK;
}

static enum status add_rows(struct spend_view *view, const struct batch *batch)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct batch_row *rows;
    size_t count;
    TRY(batch_rows(ctx, batch->id, false, 0, &rows, &count));
    TRY(spend_table(view, "rows",
                    batch->rows > BATCH_SHOWN_MAX ? T_accounting_batch_first_rows : T_accounting_batch_all,
                    T_accounting_batch_none, count, &table));
    spend_head(view, table, T_accounting_batch_line, SPEND_TEXT);
    spend_head(view, table, T_accounting_party, SPEND_TEXT);
    spend_head(view, table, T_accounting_object, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_account, SPEND_OPTIONAL);
    spend_head(view, table, T_accounting_amount, SPEND_NUMBER);
    spend_head(view, table, T_accounting_kind_title, SPEND_NUMBER);
    for (size_t i = 0; i < count; i++) {
        struct str path = rows[i].sequence == 0 ? STR("")
                                                : str_format(ctx->arena, "/accounting/pieces/%llu",
                                                             (unsigned long long)rows[i].sequence);
        struct spend_page_table_row *row = spend_row(view, table, spend_number(ctx, (uint64_t)rows[i].line), path);
        if (row == NULL)
            return LIMIT;
        spend_cell(row, rows[i].party_name.len > 0 ? rows[i].party_name : rows[i].party_text, SPEND_TEXT);
        spend_cell(row, rows[i].object, SPEND_OPTIONAL);
        spend_cell(row, rows[i].nature, SPEND_OPTIONAL);
        spend_cell(row, rows[i].amount.cents > 0 ? page_money(ctx, rows[i].amount) : STR(""), SPEND_NUMBER);
        spend_cell(row, rows[i].number > 0 ? spend_number(ctx, rows[i].number) : STR(""), SPEND_NUMBER);
    }
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct batch *batch, const struct faults *faults)
{
    struct credit_year year;
    struct spend_view view;
    unsigned rights;
    TRY(right_held(ctx, &rights));
    TRY(credit_year(ctx, batch->budget, batch->year, &year));
    TRY(spend_begin(&view, ctx, request, &year, SPEND_TITLES, batch->label));
    spend_crumb(&view, spend_path(ctx, &year, "/batches"), text_of(ctx->language, T_accounting_batches));
    TRY(spend_trouble(&view, faults));
    spend_tag(&view, batch_state_name(batch->state), batch_state_mood(batch->state));
    spend_link(&view, batch_path(ctx, batch->id, "/rows.csv"), T_accounting_batch_rows_csv);
    add_progress(&view, batch);
    add_facts(&view, batch);
    TRY(add_actions(&view, batch, rights));
    TRY(add_faulty(&view, batch));
    TRY(add_totals(&view, batch));
    TRY(add_rows(&view, batch));
    return spend_end(&view, response);
}

static enum status asked(struct ctx *ctx, const struct web_request *request, struct batch *ret_batch)
{
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    return batch_get(ctx, id, ret_batch);
}

enum status batch_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct batch batch;
    TRY(asked(ctx, request, &batch));
    return show(ctx, request, response, &batch, NULL);
}

enum status batch_file_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct batch batch;
    struct str file;
    TRY(asked(ctx, request, &batch));
    TRY(batch_file(ctx, batch.id, &file));
    buf_add(&response->body, file);
    response->content_type = STR("application/octet-stream");
    response->file_name = str_format(ctx->arena, "liste-%lld.csv", (long long)batch.id);
    return buf_status(&response->body);
}

/* Each row with its fault or its titre. */
enum status batch_rows_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const struct str names[] = {STR_INIT("ligne"), STR_INIT("tiers"), STR_INIT("objet"), STR_INIT("compte"),
                                       STR_INIT("fonction"), STR_INIT("montant"), STR_INIT("produit"),
                                       STR_INIT("bases"), STR_INIT("titre"), STR_INIT("faute")};
    struct batch batch;
    struct batch_row *rows;
    int64_t after = 0;
    size_t count = 0;
    TRY(asked(ctx, request, &batch));
    csv_write(&response->body, names, sizeof names / sizeof *names);
    do {
        TRY(batch_rows(ctx, batch.id, false, after, &rows, &count));
        for (size_t i = 0; i < count; i++) {
            const struct str fields[] = {
                spend_number(ctx, (uint64_t)rows[i].line),  budget_harmless(ctx, rows[i].party_text),
                budget_harmless(ctx, rows[i].object),       budget_harmless(ctx, rows[i].nature),
                budget_harmless(ctx, rows[i].function),     page_money(ctx, rows[i].amount),
                budget_harmless(ctx, rows[i].product),      budget_harmless(ctx, rows[i].basis),
                spend_number(ctx, rows[i].number),          rows[i].fault};
            csv_write(&response->body, fields, sizeof fields / sizeof *fields);
            after = rows[i].place;
        }
    } while (count == BATCH_SHOWN_MAX);
    response->content_type = STR("text/csv; charset=utf-8");
    response->file_name = str_format(ctx->arena, "titres-%lld.csv", (long long)batch.id);
    return buf_status(&response->body);
}

/* ---- deeds ---- */

enum status batch_press_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct batch batch;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &batch));
    enum status done = batch_press(ctx, &batch, faults);
    if (spend_is_refused(done, faults))
        return show(ctx, request, response, &batch, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/batches/%lld?saved=1", (long long)batch.id);
}

enum status batch_again_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct batch batch;
    TRY(asked(ctx, request, &batch));
    TRY(batch_again(ctx, &batch));
    return web_redirect(ctx, response, "/accounting/batches/%lld", (long long)batch.id);
}

enum status batch_drop_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct batch batch;
    TRY(asked(ctx, request, &batch));
    TRY(batch_drop(ctx, &batch));
    return web_redirect(ctx, response, "/accounting/years/%lld/%d/batches?saved=1", (long long)batch.budget,
                        batch.year);
}
