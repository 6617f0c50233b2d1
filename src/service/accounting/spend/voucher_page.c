/* Documents beside a mandat or titre: handed in, taken away, downloaded. */
#include "base/utf8.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/piece_view.h"
#include "service/accounting/spend/slip.h"
#include "service/accounting/spend/spend_lines.h"
#include "service/accounting/spend/voucher.h"

enum { KILO = 1024, TYPES_SHOWN = 4 };

static struct str names_of(struct ctx *ctx, const struct str *kinds, size_t count)
{
    struct str all = STR("");
    for (size_t i = 0; i < count; i++)
        all = str_format(ctx->arena, "%.*s%s%.*s", STR_ARG(all), i > 0 ? ", " : "", STR_ARG(kinds[i]));
    return all;
}

enum status piece_voucher_facts(struct spend_view *view, const struct piece *piece)
{
    struct str kinds[VOUCHER_WANTED_MAX];
    size_t count;
    TRY(voucher_missing(view->ctx, piece, kinds, &count));
    spend_fact(view, T_accounting_documents_short, names_of(view->ctx, kinds, count), STR(""));
    return OK;
}

/* ---- the table ---- */

static struct str size_of(struct ctx *ctx, int64_t bytes)
{
    struct text_arg count = NUMBER_ARG("count", (bytes + KILO - 1) / KILO);
    return text_with(ctx->arena, ctx->language, T_accounting_document_bytes, &count, 1);
}

static void add_answer(struct spend_view *view, struct spend_page_table_row *row, const struct voucher *voucher)
{
    struct ctx *ctx = view->ctx;
    if (voucher->state == VOUCHER_SENT)
        spend_cell(row, STR(""), SPEND_TEXT);
    else if (voucher->state == VOUCHER_ACCEPTED)
        spend_cell_tag(row, text_of(ctx->language, T_accounting_document_accepted), SPEND_GOOD);
    else
        spend_cell_tag(row,
                       str_format(ctx->arena, "%.*s%s%.*s",
                                  STR_ARG(text_of(ctx->language, T_accounting_document_refused)),
                                  voucher->said.len > 0 ? " : " : "", STR_ARG(voucher->said)),
                       SPEND_BAD);
}

enum status piece_voucher_table(struct spend_view *view, const struct piece *piece)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_table *table;
    struct voucher *vouchers;
    size_t count;
    TRY(voucher_list(ctx, piece->sequence, &vouchers, &count));
    TRY(spend_table(view, "vouchers", T_accounting_documents, T_accounting_no_documents, count, &table));
    spend_head(view, table, T_accounting_document_name, SPEND_TEXT);
    spend_head(view, table, T_accounting_document_kind, SPEND_TEXT);
    spend_head(view, table, T_accounting_document_size, SPEND_NUMBER);
    spend_head(view, table, T_accounting_document_state, SPEND_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct spend_page_table_row *row = spend_row(
            view, table, str_format(ctx->arena, "%zu. %.*s", i + 1, STR_ARG(vouchers[i].name)),
            str_format(ctx->arena, "/accounting/vouchers/%lld", (long long)vouchers[i].id));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, vouchers[i].about, SPEND_TEXT);
        spend_cell(row, size_of(ctx, vouchers[i].size), SPEND_NUMBER);
        add_answer(view, row, &vouchers[i]);
    }
    return OK;
}

/* ---- forms ---- */

static enum status is_open(struct ctx *ctx, const struct piece *piece, bool *ret_is)
{
    struct slip slip;
    *ret_is = true;
    if (piece->slip == 0)
        return OK;
    TRY(slip_get(ctx, piece->slip, &slip));
    *ret_is = slip.state == SLIP_TO_SIGN;
    return OK;
}

/* What the accountant expects is offered first. */
static enum status add_kinds(struct spend_view *view, struct spend_page_action *action, const struct piece *piece)
{
    struct str missing[VOUCHER_WANTED_MAX], wanted[VOUCHER_WANTED_MAX];
    struct imputation *lines;
    size_t missing_count, count, line_count;
    TRY(voucher_missing(view->ctx, piece, missing, &missing_count));
    TRY(credit_lines(view->ctx, piece->sequence, &lines, &line_count));
    TRY(voucher_wanted(view->ctx, lines, line_count, piece->day, wanted, &count));
    struct spend_page_action_field *field =
        spend_field(view, action, "about", T_accounting_document_kind, SPEND_WIDE,
                    missing_count > 0 ? missing[0] : STR(""), true);
    TRY(spend_choices(view, field, VOUCHER_WANTED_MAX));
    for (size_t i = 0; i < count; i++)
        spend_choice(field, VOUCHER_WANTED_MAX, wanted[i], STR(""));
    return OK;
}

static enum status add_types(struct spend_view *view, struct spend_page_action *action, const struct piece *piece)
{
    static const struct {
        const char *code;
        enum text_key name;
    } expense[] = {{"003", T_accounting_document_expense}, {"004", T_accounting_document_pay},
                   {"005", T_accounting_document_aid}},
      receipt[] = {{"002", T_accounting_document_receipt}, {"006", T_accounting_document_asap},
                   {"008", T_accounting_document_more}};
    struct spend_page_action_field *field =
        spend_field(view, action, "type", T_accounting_document_type, SPEND_WORDS,
                    piece->is_receipt ? STR("002") : STR("003"), true);
    TRY(spend_choices(view, field, TYPES_SHOWN));
    for (size_t i = 0; i < sizeof expense / sizeof *expense; i++)
        spend_choice(field, TYPES_SHOWN, str_of(piece->is_receipt ? receipt[i].code : expense[i].code),
                     text_of(view->ctx->language, piece->is_receipt ? receipt[i].name : expense[i].name));
    return OK;
}

enum status piece_voucher_actions(struct spend_view *view, const struct piece *piece, unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct voucher *vouchers;
    size_t count;
    bool is_free;
    TRY(is_open(ctx, piece, &is_free));
    if (!is_free || (rights & RIGHT_ORDER) == 0)
        return OK;
    TRY(spend_action(view, "voucher", T_accounting_document_add, T_accounting_document_go,
                     spend_piece_path(ctx, piece->sequence, "/vouchers"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_document_text);
    action->is_main = false;
    spend_field(view, action, "file", T_accounting_document_file, SPEND_FILE, STR(""), true);
    TRY(add_kinds(view, action, piece));
    TRY(add_types(view, action, piece));
    TRY(voucher_list(ctx, piece->sequence, &vouchers, &count));
    if (count == 0)
        return OK;
    TRY(spend_action(view, "drop", T_accounting_document_drop, T_accounting_document_drop_go,
                     spend_piece_path(ctx, piece->sequence, "/vouchers/drop"), &action));
    action->is_main = false;
    spend_field(view, action, "number", T_accounting_document_number, SPEND_WORDS, STR(""), true);
    return OK;
}

/* ---- handed in, taken away ---- */

static const struct http_field *file_of(const struct web_request *request)
{
    for (size_t i = 0; i < request->fields->count; i++) {
        const struct http_field *field = &request->fields->at[i];
        if (str_eq(field->name, STR("file")) && !str_is_absent(field->file_name))
            return field;
    }
    return NULL;
}

static enum status answer(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          const struct piece *piece, const struct faults *faults, enum status done)
{
    if (spend_is_refused(done, faults))
        return piece_page(ctx, request, response, piece, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/pieces/%llu?saved=1", (unsigned long long)piece->sequence);
}

enum status voucher_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct piece piece;
    struct faults *faults = faults_new(ctx->arena);
    const struct http_field *file = file_of(request);
    if (faults == NULL)
        return LIMIT;
    TRY(piece_asked(ctx, request, &piece));
    struct voucher voucher = {.name = file == NULL ? STR("") : str_trim(file->file_name),
                              .type = str_trim(web_text(request, "type")),
                              .about = str_trim(web_text(request, "about"))};
    enum status done = voucher_add(ctx, &piece, &voucher, file == NULL ? STR("") : file->value, faults);
    return answer(ctx, request, response, &piece, faults, done);
}

enum status voucher_drop_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct piece piece;
    struct voucher *vouchers;
    size_t count;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(piece_asked(ctx, request, &piece));
    TRY(voucher_list(ctx, piece.sequence, &vouchers, &count));
    int64_t number = web_int(request, "number", 0);
    enum status done = number > 0 && (size_t)number <= count
                           ? voucher_drop(ctx, &piece, vouchers[number - 1].id)
                           : fault_refuse(faults, "voucher.none", "number", web_text(request, "number"), STR(""));
    return answer(ctx, request, response, &piece, faults, done);
}

enum status voucher_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct voucher voucher;
    struct str bytes;
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    TRY(voucher_bytes(ctx, id, &voucher, &bytes));
    response->content_type = STR("application/octet-stream");
    response->file_name = voucher.name;
    buf_add(&response->body, bytes);
    return buf_status(&response->body);
}
