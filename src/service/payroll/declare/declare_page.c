/* A declaration that somebody sends in, from this program or another, and its faults: at which line, in which words,
 * how to mend them; then what social bodies answered to it, at the lines of their agents. Nothing of it is kept. */
#include "service/payroll/dsn/dsn_check.h"
#include "service/payroll/dsn/dsn_report.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/view/panel.h"

/* A longer file would hold the town's writer for too long: about 20 ms a megabyte. */
enum { FILE_MAX = 1 << 20, SHOWN_MAX = 200, WORDS_MAX = 4 << 10, CHECK_ARENA = 256 << 20 };

static struct str said(struct ctx *ctx, const struct dsn_fault *fault)
{
    struct buf words BUF_SCOPE = BUF_INIT(WORDS_MAX);
    dsn_fault_say(&words, fault, ctx->language == LANGUAGE_FR);
    return str_copy(ctx->arena, buf_str(&words));
}

static struct str rubric(struct ctx *ctx, uint32_t number)
{
    struct buf code BUF_SCOPE = BUF_INIT(WORDS_MAX);
    if (number != 0)
        dsn_number_write(&code, number);
    return str_copy(ctx->arena, buf_str(&code));
}

static struct str value(struct ctx *ctx, struct str latin)
{
    struct buf utf8 BUF_SCOPE = BUF_INIT(WORDS_MAX);
    dsn_utf8_write(&utf8, latin);
    return str_copy(ctx->arena, buf_str(&utf8));
}

static struct str place(struct ctx *ctx, size_t line)
{
    const struct text_arg number = NUMBER_ARG("line", (int64_t)line);
    return line == 0 ? text_of(ctx->language, T_payroll_declare_whole)
                     : text_with(ctx->arena, ctx->language, T_payroll_declare_line, &number, 1);
}

static enum status add_list(struct panel *panel, const char *id, enum text_key caption, const struct dsn_fault *faults,
                            size_t count)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_table *table;
    count = count < SHOWN_MAX ? count : SHOWN_MAX;
    TRY(panel_table(panel, id, caption, T_payroll_declare_none, count, &table));
    panel_head(panel, table, T_payroll_declare_place, PANEL_TEXT);
    panel_head(panel, table, T_payroll_declare_level, PANEL_OPTIONAL_NUMBER);
    panel_head(panel, table, T_payroll_declare_rubric, PANEL_OPTIONAL);
    panel_head(panel, table, T_payroll_declare_value, PANEL_OPTIONAL);
    panel_head(panel, table, T_payroll_declare_words, PANEL_TEXT);
    for (size_t i = 0; i < count; i++) {
        struct panel_page_table_row *row = panel_row(panel, table, place(ctx, faults[i].line), STR(""));
        if (row == NULL)
            return LIMIT;
        panel_narrow(row, rubric(ctx, faults[i].number));
        panel_cell(row, panel_number(ctx, faults[i].rule->level), PANEL_OPTIONAL_NUMBER);
        panel_cell(row, rubric(ctx, faults[i].number), PANEL_OPTIONAL);
        panel_cell(row, value(ctx, faults[i].value), PANEL_OPTIONAL);
        panel_cell(row, said(ctx, &faults[i]), PANEL_TEXT);
    }
    return OK;
}

static enum status add_faults(struct panel *panel, const struct dsn_faults *faults)
{
    struct ctx *ctx = panel->ctx;
    const struct text_arg counts[] = {NUMBER_ARG("faults", (int64_t)faults->found),
                                      NUMBER_ARG("notes", (int64_t)faults->noted)};
    panel_stand(panel, text_with(ctx->arena, ctx->language, T_payroll_declare_counts, counts, 2));
    panel_tag(panel, faults->found == 0 ? T_payroll_declare_sound : T_payroll_declare_faulty,
              faults->found == 0 ? PANEL_GOOD : PANEL_BAD);
    TRY(add_list(panel, "faults", T_payroll_declare_faults, faults->kept, faults->count));
    if (faults->note_count == 0)
        return OK;
    return add_list(panel, "notes", T_payroll_declare_notes, faults->notes, faults->note_count);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct dsn_faults *faults)
{
    struct panel panel;
    struct panel_page_action *action;
    TRY(panel_begin(&panel, ctx, request, text_of(ctx->language, T_payroll_declare_title)));
    if (request->method == WEB_POST && faults == NULL)
        panel_trouble(&panel);
    if (faults != NULL)
        TRY(add_faults(&panel, faults));
    TRY(panel_action(&panel, "declare", T_payroll_declare_check, T_payroll_declare_go, STR("/payroll/declarations"),
                     &action));
    panel_text(action, text_of(ctx->language, T_payroll_declare_text));
    (void)panel_field(&panel, action, "file", T_payroll_declare_file, PANEL_FILE);
    panel_field(&panel, action, "before", T_payroll_declare_before, PANEL_FILE)->is_required = false;
    panel_field(&panel, action, "report", T_payroll_declare_report, PANEL_FILE)->is_required = false;
    return panel_end(&panel, response);
}

enum status payroll_declare_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE | PAYROLL_APPROVE));
    return show(ctx, request, response, NULL);
}

static enum status attach_report(struct ctx *ctx, struct arena *arena, struct str file, struct str csv,
                                 struct dsn_faults *faults)
{
    struct dsn_report report;
    size_t line;
    if (csv.len == 0)
        return OK;
    enum status done = dsn_report_read(arena, csv, &report, &line);
    if (done == INVALID)
        return refuse_with(ctx, done, "payroll.report", T_payroll_declare_report_wrong, "line %zu", line);
    TRY(done);
    return dsn_report_attach(arena, &report, file, faults);
}

static enum status check(struct ctx *ctx, struct arena *arena, const struct web_request *request,
                         struct dsn_faults *faults)
{
    struct str file = web_text(request, "file"), before = web_text(request, "before");
    struct law law;
    if (file.len > FILE_MAX || before.len > FILE_MAX)
        return refuse(ctx, INVALID, "payroll.declare_long", T_payroll_declare_long);
    TRY(law_shipped(arena, &law));
    TRY(dsn_check(arena, &law, file, before.len > 0 ? before : STR_NONE, faults));
    return attach_report(ctx, arena, file, web_text(request, "report"), faults);
}

enum status payroll_declare_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct arena *arena ARENA_SCOPE = arena_create(CHECK_ARENA);
    struct dsn_faults faults;
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE | PAYROLL_APPROVE));
    enum status done = arena == NULL ? LIMIT : check(ctx, arena, request, &faults);
    if (done == INVALID)
        return show(ctx, request, response, NULL);
    TRY(done);
    return show(ctx, request, response, &faults);
}
