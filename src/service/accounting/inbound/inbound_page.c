/* A file of invoices handed in on a page, and what became of it. */
#include "base/utf8.h"
#include "core/conversion.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/inbound/inbound.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/bill_form.h"

enum { TREE_MAX = 32 << 20, NAME_MAX_BYTES = 200 };

static const struct http_field *file_of(const struct web_request *request)
{
    for (size_t i = 0; i < request->fields->count; i++) {
        const struct http_field *field = &request->fields->at[i];
        if (str_eq(field->name, STR("file")) && !str_is_absent(field->file_name))
            return field;
    }
    return NULL;
}

/* The one bill that came of it, where nothing else did. */
static enum status lead(struct ctx *ctx, struct web_response *response, int64_t id)
{
    struct inbound_line *lines;
    size_t count;
    TRY(inbound_lines(ctx, id, &lines, &count));
    if (count != 1 || lines[0].bill == 0)
        return web_redirect(ctx, response, "/accounting/inbound/%lld", (long long)id);
    return web_redirect(ctx, response, "/accounting/bills/%lld?%s=1", (long long)lines[0].bill,
                        lines[0].outcome == INBOUND_ADDED ? "saved" : "again");
}

/* ---- handed in ---- */

static enum status take_words(struct ctx *ctx, const struct inbound_file *file, struct str words,
                              struct faults *faults)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct inbound *invoices;
    size_t count, refused;
    enum status done = inbound_read(tree, words, faults, &invoices, &count, &refused);
    if (done == LIMIT || (done == OK && count > INBOUND_PAGE_MAX)) {
        fault_add(faults, "inbound.too_large", STR("file"), STR(""), STR(""));
        done = INVALID;
    }
    if (done == OK && count > 0)
        return inbound_take_all(ctx, file->id, invoices, count, faults);
    if (done != OK && done != INVALID)
        return done;
    if (file->state == INBOUND_READING)
        TRY(inbound_end(ctx, file->id, faults));
    return INVALID;
}

/* The file of data in a PDF came, or why there is none. */
static enum status take_pdf(struct ctx *ctx, int64_t row, const struct conversion *conversion)
{
    struct inbound_file file;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    enum status done = inbound_get(ctx, row, &file);
    if (done == NOT_FOUND)
        return OK; /* what asked for it was undone */
    TRY(done);
    ctx->actor.person = file.person; /* in whose name accounts are held */
    if (conversion->end != WORDING_DONE) {
        inbound_refuse_end(conversion->end, faults);
        return inbound_end(ctx, row, faults);
    }
    done = take_words(ctx, &file, conversion->words, faults);
    return done == INVALID ? OK : done;
}

static enum status take_file(struct ctx *ctx, const struct http_field *file, struct web_response *response,
                             struct faults *faults, int64_t *ret_id)
{
    struct inbound_file kept;
    if (file == NULL || file->value.len == 0)
        return fault_refuse(faults, "inbound.damaged", "file", STR(""), STR(""));
    if (file->value.len > INBOUND_FILE_MAX)
        return fault_refuse(faults, "inbound.too_large", "file", STR(""), STR(""));
    struct str name = utf8_prefix(str_trim(file->file_name), NAME_MAX_BYTES);
    TRY(inbound_keep(ctx, name.len > 0 ? name : STR("-"), file->value, INBOUND_READING, ret_id));
    TRY(inbound_get(ctx, *ret_id, &kept));
    if (!wording_is_pdf(file->value))
        return take_words(ctx, &kept, file->value, faults);
    if (kept.state == INBOUND_READING)
        web_invoice_ask(response, file->value, *ret_id, take_pdf);
    return OK;
}

enum status inbound_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    int64_t id = 0;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER | RIGHT_ENGAGE));
    TRY(spend_read_year(ctx, request, &year));
    enum status done = take_file(ctx, file_of(request), response, faults, &id);
    if (done == INVALID)
        return bill_form(ctx, request, response, &year, faults);
    TRY(done);
    return lead(ctx, response, id);
}

/* ---- what became of it ---- */

static enum status add_lines(struct spend_view *view, const struct inbound_line *lines, size_t count)
{
    static const enum text_key names[] = {T_accounting_inbound_added, T_accounting_inbound_there,
                                          T_accounting_inbound_refused};
    static const enum spend_mood moods[] = {SPEND_GOOD, SPEND_PLAIN, SPEND_BAD};
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    TRY(spend_table(view, "lines", T_accounting_inbound_lines, T_accounting_inbound_none, count, &table));
    spend_head(view, table, T_accounting_bill, SPEND_TEXT);
    spend_head(view, table, T_accounting_state, SPEND_TEXT);
    spend_head(view, table, T_accounting_inbound_why, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        enum inbound_outcome outcome = lines[i].outcome <= INBOUND_REFUSED ? lines[i].outcome : INBOUND_REFUSED;
        struct str path = lines[i].bill == 0
                              ? STR("")
                              : str_format(ctx->arena, "/accounting/bills/%lld", (long long)lines[i].bill);
        struct spend_page_table_row *row = spend_row(view, table, lines[i].number, path);
        if (row == NULL)
            return LIMIT;
        spend_cell_tag(row, text_of(ctx->language, names[outcome]), moods[outcome]);
        spend_cell(row, lines[i].said, SPEND_TEXT);
    }
    return OK;
}

static enum status say_state(struct spend_view *view, const struct inbound_file *file,
                             const struct inbound_line *lines, size_t count)
{
    struct ctx *ctx = view->ctx;
    size_t refused = 0;
    for (size_t i = 0; i < count; i++)
        refused += lines[i].outcome == INBOUND_REFUSED;
    if (file->state == INBOUND_READING) {
        spend_stand(view, text_of(ctx->language, T_accounting_inbound_waits));
        spend_link(view, str_format(ctx->arena, "/accounting/inbound/%lld", (long long)file->id),
                   T_accounting_inbound_reload);
        return OK;
    }
    if (file->state == INBOUND_FAILED || refused > 0)
        spend_stand(view, text_of(ctx->language, T_accounting_inbound_by_hand));
    if (file->state == INBOUND_FAILED) {
        spend_tag(view, T_accounting_inbound_refused, SPEND_BAD);
        spend_fact(view, T_accounting_inbound_why, file->said, STR(""));
    }
    if (file->state == INBOUND_FAILED && count <= 1)
        return OK;
    return add_lines(view, lines, count);
}

enum status inbound_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct inbound_file file;
    struct inbound_line *lines;
    struct spend_view view;
    size_t count;
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    TRY(inbound_get(ctx, id, &file));
    TRY(inbound_lines(ctx, id, &lines, &count));
    if (file.state == INBOUND_READ && count == 1 && lines[0].bill != 0)
        return lead(ctx, response, id);
    struct text_arg name = TEXT_ARG("name", file.name);
    TRY(spend_begin(&view, ctx, request, NULL, SPEND_BILLS,
                    text_with(ctx->arena, ctx->language, T_accounting_inbound_name, &name, 1)));
    TRY(say_state(&view, &file, lines, count));
    return spend_end(&view, response);
}
