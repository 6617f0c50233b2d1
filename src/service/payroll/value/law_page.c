/* Numbers of the law: what is in force today, with its text and how sure it is; what the town adds, and who
 * approves. */
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/run/payrun_law.h"
#include "service/payroll/value/law_kept_effect.h"
#include "service/payroll/value/law_kept.h"
#include "service/payroll/view/panel.h"

static struct str value_words(struct ctx *ctx, const struct law_value *value)
{
    if (value->unit == LAW_CHOICE)
        return text_of(ctx->language, T_payroll_law_choice);
    if (value->unit == LAW_RATIO && value->bottom == LAW_MILLIONTHS)
        return panel_rate(ctx, value->top);
    if (value->bottom != LAW_MILLIONTHS)
        return str_format(ctx->arena, "%lld/%lld", (long long)value->top, (long long)value->bottom);
    return str_format(ctx->arena, "%lld,%04lld", (long long)(value->top / LAW_MILLIONTHS),
                      (long long)(value->top % LAW_MILLIONTHS / 100));
}

/* ---- in force ---- */

static enum status add_value(struct panel *panel, struct panel_page_table *table, const struct law_value *value)
{
    struct ctx *ctx = panel->ctx;
    bool is_stale = law_is_stale(value, ctx_today(ctx));
    struct panel_page_table_row *row = panel_row(panel, table, value->name, STR(""));
    if (row == NULL)
        return LIMIT;
    panel_narrow(row, str_of(law_code_name(value->code)));
    panel_cell(row, value_words(ctx, value), PANEL_NUMBER);
    panel_cell(row, panel_day(ctx, value->since), PANEL_OPTIONAL);
    panel_cell(row, value->source, PANEL_TEXT);
    if (is_stale)
        panel_cell_tag(row, text_of(ctx->language, T_payroll_law_stale), PANEL_BAD);
    else if (value->trust == LAW_UNSURE)
        panel_cell_tag(row, text_of(ctx->language, T_payroll_unsure), PANEL_BAD);
    else
        panel_cell(row, panel_day(ctx, value->reread), PANEL_TEXT);
    return OK;
}

static enum status add_force(struct panel *panel, bool is_doubtful)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_table *table;
    struct law law;
    struct law_fault fault;
    struct str text;
    TRY(payrun_law_now(ctx, &text));
    TRY(law_read(ctx->arena, text, &law, &fault));
    TRY(panel_table(panel, is_doubtful ? "doubtful" : "force",
                    is_doubtful ? T_payroll_law_doubtful : T_payroll_law_force, T_payroll_none, LAW_CODES, &table));
    panel_head(panel, table, T_payroll_what, PANEL_TEXT);
    panel_head(panel, table, T_payroll_value, PANEL_NUMBER);
    panel_head(panel, table, T_payroll_since, PANEL_OPTIONAL);
    panel_head(panel, table, T_payroll_source, PANEL_TEXT);
    panel_head(panel, table, T_payroll_law_again, PANEL_TEXT);
    for (size_t i = 0; i < LAW_CODES; i++) {
        const struct law_value *value = law_find(&law, (enum law_code)i, ctx_today(ctx), ctx_today(ctx));
        if (value == NULL)
            continue;
        bool is_bad = value->trust == LAW_UNSURE || law_is_stale(value, ctx_today(ctx));
        if (is_bad == is_doubtful)
            TRY(add_value(panel, table, value));
    }
    return OK;
}

/* ---- the town's own ---- */

static struct str law_path(struct ctx *ctx, int64_t id, const char *rest)
{
    return str_format(ctx->arena, "/payroll/law/%lld%s", (long long)id, rest);
}

static enum status add_kept_row(struct panel *panel, struct panel_page_table *table, const law_kept_row *from)
{
    struct ctx *ctx = panel->ctx;
    bool is_open = from->approved_ms == 0 && from->dropped_ms == 0;
    struct panel_page_table_row *row = panel_row(panel, table, from->name, law_path(ctx, from->id, ""));
    if (row == NULL)
        return LIMIT;
    panel_cell(row, from->value, PANEL_NUMBER);
    panel_cell(row, panel_day(ctx, (struct date){(int32_t)from->since_day}), PANEL_OPTIONAL);
    panel_cell(row, from->source, PANEL_TEXT);
    panel_cell(row, from->added_by, PANEL_OPTIONAL);
    panel_cell_tag(row,
                   text_of(ctx->language, from->dropped_ms != 0 ? T_payroll_state_dropped
                                          : is_open             ? T_payroll_law_waits
                                                                : T_payroll_state_approved),
                   from->dropped_ms != 0 || is_open ? PANEL_BAD : PANEL_GOOD);
    return OK;
}

static enum status add_kept(struct panel *panel)
{
    struct panel_page_table *table;
    law_kept_row *rows;
    size_t count;
    TRY(law_kept_list(panel->ctx, &rows, &count));
    TRY(panel_table(panel, "kept", T_payroll_law_own, T_payroll_law_own_none, count, &table));
    panel_head(panel, table, T_payroll_what, PANEL_TEXT);
    panel_head(panel, table, T_payroll_value, PANEL_NUMBER);
    panel_head(panel, table, T_payroll_since, PANEL_OPTIONAL);
    panel_head(panel, table, T_payroll_source, PANEL_TEXT);
    panel_head(panel, table, T_payroll_added_by, PANEL_OPTIONAL);
    panel_head(panel, table, T_payroll_state, PANEL_TEXT);
    for (size_t i = 0; i < count; i++)
        TRY(add_kept_row(panel, table, &rows[i]));
    return OK;
}

static enum status add_codes(struct panel *panel, struct panel_page_action *action)
{
    struct panel_page_action_field *field = panel_field(panel, action, "code", T_payroll_what, PANEL_SELECT);
    struct law law;
    TRY(panel_options(panel, field, LAW_CODES));
    TRY(law_shipped(panel->ctx->arena, &law));
    for (size_t i = 0; i < LAW_CODES; i++) {
        const struct law_value *value = law_find(&law, (enum law_code)i, ctx_today(panel->ctx),
                                                 ctx_today(panel->ctx));
        if (value != NULL)
            panel_option(field, str_of(law_code_name((enum law_code)i)), value->name);
    }
    return OK;
}

static void add_trusts(struct panel *panel, struct panel_page_action_field *field)
{
    panel_option(field, STR("A"), text_of(panel->ctx->language, T_payroll_trust_a));
    panel_option(field, STR("B"), text_of(panel->ctx->language, T_payroll_trust_b));
    panel_option(field, STR("C"), text_of(panel->ctx->language, T_payroll_trust_c));
}

static void add_optional(struct panel *panel, struct panel_page_action *action, const char *name, enum text_key label,
                         enum panel_field kind)
{
    panel_field(panel, action, name, label, kind)->is_required = false;
}

static enum status add_forms(struct panel *panel)
{
    struct panel_page_action *action;
    struct panel_page_action_field *field;
    TRY(panel_action(panel, "law", T_payroll_law_add, T_payroll_law_add_go, STR("/payroll/law"), &action));
    panel_text(action, text_of(panel->ctx->language, T_payroll_law_add_text));
    TRY(add_codes(panel, action));
    panel_hint(panel, panel_field(panel, action, "value", T_payroll_value, PANEL_WORDS), T_payroll_law_value_hint);
    (void)panel_field(panel, action, "since", T_payroll_since, PANEL_DATE);
    add_optional(panel, action, "until", T_payroll_until, PANEL_DATE);
    (void)panel_field(panel, action, "source", T_payroll_source, PANEL_WORDS);
    add_optional(panel, action, "link", T_payroll_link, PANEL_WORDS);
    field = panel_field(panel, action, "trust", T_payroll_trust, PANEL_SELECT);
    TRY(panel_options(panel, field, 3));
    add_trusts(panel, field);
    add_optional(panel, action, "again", T_payroll_law_again, PANEL_DATE);
    TRY(panel_action(panel, "lawfile", T_payroll_law_file, T_payroll_import_go, STR("/payroll/law/import"), &action));
    panel_text(action, text_of(panel->ctx->language, T_payroll_law_file_text));
    (void)panel_field(panel, action, "file", T_payroll_file, PANEL_FILE);
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        bool is_refused, struct str fault)
{
    struct panel panel;
    unsigned rights;
    TRY(payroll_right_need(ctx, PAYROLL_READ));
    TRY(payroll_right_held(ctx, &rights));
    TRY(panel_begin(&panel, ctx, request, text_of(ctx->language, T_payroll_law_title)));
    panel_stand(&panel, text_of(ctx->language, T_payroll_law_text));
    if (is_refused)
        panel_trouble(&panel);
    if (fault.len > 0)
        panel_fault(&panel, fault);
    TRY(add_kept(&panel));
    TRY(add_force(&panel, true));
    if (rights & PAYROLL_PREPARE)
        TRY(add_forms(&panel));
    TRY(add_force(&panel, false));
    return panel_end(&panel, response);
}

enum status payroll_law_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, false, STR(""));
}

static enum status day_in(struct ctx *ctx, const struct web_request *request, const char *name, bool is_needed,
                          struct date *ret_day)
{
    struct str text = str_trim(web_text(request, name));
    *ret_day = (struct date){0};
    if ((text.len == 0 && !is_needed) || date_parse(text, ret_day) == OK)
        return OK;
    return refuse(ctx, INVALID, "payroll.day", T_payroll_day_wrong);
}

static enum status add(struct ctx *ctx, const struct web_request *request, struct str *ret_other)
{
    struct law_kept_given given = {.code = web_text(request, "code"), .value = web_text(request, "value"),
                                   .trust = web_text(request, "trust"), .source = web_text(request, "source"),
                                   .link = web_text(request, "link"), .scope = STR("")};
    TRY(day_in(ctx, request, "since", true, &given.since));
    TRY(day_in(ctx, request, "until", false, &given.until));
    TRY(day_in(ctx, request, "again", false, &given.again));
    return law_kept_add(ctx, &given, ret_other);
}

enum status payroll_law_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str other = STR("");
    enum status done = add(ctx, request, &other);
    if (done == INVALID)
        return show(ctx, request, response, true, other);
    TRY(done);
    return web_redirect(ctx, response, "/payroll/law?saved=1");
}

enum status payroll_law_import_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str other = STR("");
    int64_t line;
    enum status done = law_kept_import(ctx, web_text(request, "file"), &line, &other);
    const struct text_arg args[] = {NUMBER_ARG("line", line), TEXT_ARG("other", other)};
    if (done == INVALID)
        return show(ctx, request, response, true,
                    text_with(ctx->arena, ctx->language, T_payroll_law_file_fault, args, 2));
    TRY(done);
    return web_redirect(ctx, response, "/payroll/law?saved=1");
}

/* ---- one of them ---- */

static enum status add_deeds(struct panel *panel, const law_kept_row *row, unsigned rights)
{
    struct ctx *ctx = panel->ctx;
    struct panel_page_action *action;
    bool is_open = row->approved_ms == 0 && row->dropped_ms == 0;
    if (is_open && (rights & PAYROLL_APPROVE) && row->adder != ctx->actor.person) {
        TRY(panel_action(panel, "approve", T_payroll_law_approve, T_payroll_approve_go, law_path(ctx, row->id,
            "/approve"),
                         &action));
        panel_text(action, text_of(ctx->language, T_payroll_law_approve_text));
    }
    if (is_open && row->adder == ctx->actor.person)
        panel_warn(panel, text_of(ctx->language, T_payroll_approve_other));
    if (row->dropped_ms == 0 && rights & (is_open ? PAYROLL_PREPARE : PAYROLL_APPROVE))
        TRY(panel_action(panel, "drop", T_payroll_law_drop, T_payroll_law_drop_go, law_path(ctx, row->id, "/drop"),
                         &action));
    return OK;
}

static enum status show_one(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                            bool is_refused)
{
    struct panel panel;
    law_kept_row row;
    unsigned rights;
    int64_t id;
    TRY(payroll_right_need(ctx, PAYROLL_READ));
    TRY(payroll_right_held(ctx, &rights));
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(law_kept_get(ctx, id, &row));
    TRY(panel_begin(&panel, ctx, request, row.name));
    panel_crumb(&panel, STR("/payroll/law"), text_of(ctx->language, T_payroll_law_title));
    if (is_refused)
        panel_trouble(&panel);
    panel_fact(&panel, T_payroll_what, row.code, STR(""));
    panel_fact(&panel, T_payroll_value, row.value, STR(""));
    panel_fact(&panel, T_payroll_since, panel_day(ctx, (struct date){(int32_t)row.since_day}), STR(""));
    panel_fact(&panel, T_payroll_until, panel_day(ctx, (struct date){(int32_t)row.until_day}), STR(""));
    panel_fact(&panel, T_payroll_source, row.source, STR(""));
    panel_fact(&panel, T_payroll_link, row.link, STR(""));
    panel_fact(&panel, T_payroll_trust, row.trust, STR(""));
    panel_fact(&panel, T_payroll_added_by, row.added_by, STR(""));
    panel_fact(&panel, T_payroll_approved_by, row.approved_by, STR(""));
    if (row.approved_ms == 0 && row.dropped_ms == 0)
        TRY(law_kept_effect_show(&panel, &row));
    TRY(add_deeds(&panel, &row, rights));
    return panel_end(&panel, response);
}

enum status payroll_law_one_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_one(ctx, request, response, false);
}

typedef enum status law_deed(struct ctx *ctx, int64_t id);

static enum status deed(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        law_deed *law_deed_of)
{
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    enum status done = law_deed_of(ctx, id);
    if (done == CONFLICT || done == INVALID)
        return show_one(ctx, request, response, true);
    TRY(done);
    return web_redirect(ctx, response, "/payroll/law/%lld?saved=1", (long long)id);
}

enum status payroll_law_approve_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return deed(ctx, request, response, law_kept_approve);
}

enum status payroll_law_drop_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return deed(ctx, request, response, law_kept_drop);
}
