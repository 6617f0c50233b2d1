/* Elements of a month: what stands, one more, a file of them. */
#include "service/payroll/desk/month.h"
#include "service/payroll/element/element.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"

static enum status add_form(struct panel *panel, struct date month)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_action *action;
    struct panel_page_action_field *field;
    TRY(panel_action(panel, "element", T_payroll_element_add, T_payroll_element_add_go,
                     month_path(ctx, month, "/elements"), &action));
    (void)panel_field(panel, action, "matricule", T_payroll_matricule, PANEL_WORDS);
    field = panel_field(panel, action, "code", T_payroll_what, PANEL_SELECT);
    TRY(panel_options(panel, field, ELEMENT_CODES));
    for (size_t i = 0; i < ELEMENT_CODES; i++)
        panel_option(field, str_of(element_code_name((enum element_code)i)),
                     text_of(ctx->language, element_code_text((enum element_code)i)));
    field = panel_field(panel, action, "amount", T_payroll_amount, PANEL_WORDS);
    panel_hint(panel, field, T_payroll_element_amount_hint);
    panel_value(panel, panel_field(panel, action, "since", T_payroll_first_month, PANEL_MONTH), panel_iso(ctx, month));
    field = panel_field(panel, action, "until", T_payroll_last_month, PANEL_MONTH);
    field->is_required = false;
    panel_value(panel, field, panel_iso(ctx, month));
    panel_hint(panel, field, T_payroll_last_month_hint);
    (void)panel_field(panel, action, "source", T_payroll_source, PANEL_WORDS);
    TRY(panel_action(panel, "import", T_payroll_import, T_payroll_import_go, month_path(ctx, month, "/elements/import"),
                     &action));
    panel_text(action, text_of(ctx->language, T_payroll_import_text));
    (void)panel_field(panel, action, "file", T_payroll_file, PANEL_FILE);
    return OK;
}

static enum status add_rows(struct panel *panel, struct date month, bool may_prepare)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_table *table;
    element_row *rows;
    size_t count;
    TRY(element_list(ctx, month, &rows, &count));
    TRY(panel_table(panel, "elements", T_payroll_elements, T_payroll_none, count, &table));
    panel_head(panel, table, T_payroll_matricule, PANEL_TEXT);
    panel_head(panel, table, T_payroll_what, PANEL_TEXT);
    panel_head(panel, table, T_payroll_amount, PANEL_NUMBER);
    panel_head(panel, table, T_payroll_until, PANEL_OPTIONAL);
    panel_head(panel, table, T_payroll_source, PANEL_OPTIONAL);
    panel_head(panel, table, T_payroll_act, PANEL_TEXT);
    for (size_t i = 0; i < count; i++) {
        enum element_code code;
        if (element_code_named(rows[i].code, &code) != OK)
            continue; /* of a program that knew it */
        struct panel_page_table_row *row = panel_row(panel, table, rows[i].matricule, STR(""));
        if (row == NULL)
            return LIMIT;
        panel_cell(row, text_of(ctx->language, element_code_text(code)), PANEL_TEXT);
        panel_cell(row, element_amount_words(ctx, code, rows[i].amount), PANEL_NUMBER);
        panel_cell(row, panel_day(ctx, (struct date){(int32_t)rows[i].until_day}), PANEL_OPTIONAL);
        panel_cell(row, rows[i].source, PANEL_OPTIONAL);
        panel_cell_act(panel, row,
                       may_prepare ? str_format(ctx->arena, "%.*s/%lld/withdraw",
                                                STR_ARG(month_path(ctx, month, "/elements")), (long long)rows[i].id)
                                   : STR(""),
                       T_payroll_withdraw);
    }
    if (count == ELEMENT_LIST_MAX) {
        table->has_note = true;
        table->note = text_of(ctx->language, T_payroll_elements_more);
    }
    return OK;
}

static void add_taken(struct panel *panel, const struct element_taken *taken)
{
    struct ctx *ctx = panel->ctx;
    const struct text_arg counts[] = {NUMBER_ARG("count", taken->rows), NUMBER_ARG("refused", taken->refused)};
    panel_stand(panel, text_with(ctx->arena, ctx->language, T_payroll_import_taken, counts, 2));
    for (size_t i = 0; i < taken->fault_count; i++) {
        const struct element_fault *fault = &taken->faults[i];
        const struct text_arg args[] = {NUMBER_ARG("line", fault->line),
                                        TEXT_ARG("column", fault->column.len > 0 ? fault->column : STR("*")),
                                        TEXT_ARG("why", fault->sentence)};
        panel_warn(panel, text_with(ctx->arena, ctx->language, T_payroll_import_fault, args, 3));
    }
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct date month, const struct element_taken *taken, bool is_refused)
{
    struct panel panel;
    unsigned rights;
    TRY(payroll_right_held(ctx, &rights));
    TRY(month_begin(&panel, ctx, request, month, T_payroll_elements_title));
    if (is_refused)
        panel_trouble(&panel);
    if (taken != NULL)
        add_taken(&panel, taken);
    if (rights & PAYROLL_PREPARE)
        TRY(add_form(&panel, month));
    TRY(add_rows(&panel, month, (rights & PAYROLL_PREPARE) != 0));
    return panel_end(&panel, response);
}

enum status payroll_elements_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct date month;
    TRY(month_asked(ctx, request, PAYROLL_READ, &month));
    return show(ctx, request, response, month, NULL, false);
}

static enum status read_months(struct ctx *ctx, const struct web_request *request, struct element_given *given)
{
    struct str until = web_text(request, "until");
    bool is_right = panel_read_month(web_text(request, "since"), &given->since) == OK &&
                    (str_trim(until).len == 0 || panel_read_month(until, &given->until) == OK);
    return is_right ? OK : refuse(ctx, INVALID, "payroll.month", T_payroll_month_wrong);
}

enum status payroll_element_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct date month;
    struct element_given given = {.matricule = str_trim(web_text(request, "matricule")),
                                  .code = web_text(request, "code"), .amount = web_text(request, "amount"),
                                  .source = web_text(request, "source")};
    TRY(month_asked(ctx, request, PAYROLL_PREPARE, &month));
    enum status done = read_months(ctx, request, &given);
    if (done == OK)
        done = element_add(ctx, &given, 0, NULL);
    if (done == INVALID || done == CONFLICT)
        return show(ctx, request, response, month, NULL, true);
    TRY(done);
    return web_redirect(ctx, response, "%s", str_c(ctx->arena, month_path(ctx, month, "/elements?saved=1")));
}

static struct str file_name_of(const struct web_request *request)
{
    for (size_t i = 0; i < request->fields->count; i++) {
        const struct http_field *field = &request->fields->at[i];
        if (str_eq(field->name, STR("file")) && !str_is_absent(field->file_name))
            return field->file_name;
    }
    return STR("");
}

enum status payroll_import_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct date month;
    struct element_taken *taken = arena_new(ctx->arena, struct element_taken);
    if (taken == NULL)
        return LIMIT;
    TRY(month_asked(ctx, request, PAYROLL_PREPARE, &month));
    enum status done = element_import(ctx, web_text(request, "file"), file_name_of(request), month, taken);
    if (done == INVALID || done == CONFLICT)
        return show(ctx, request, response, month, NULL, true);
    TRY(done);
    return show(ctx, request, response, month, taken, false);
}

enum status payroll_withdraw_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct date month;
    int64_t id;
    TRY(month_asked(ctx, request, PAYROLL_PREPARE, &month));
    if (str_to_i64(request->params[1], &id) != OK)
        return NOT_FOUND;
    TRY(element_withdraw(ctx, id));
    return web_redirect(ctx, response, "%s", str_c(ctx->arena, month_path(ctx, month, "/elements?saved=1")));
}
