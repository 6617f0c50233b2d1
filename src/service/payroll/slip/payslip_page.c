/* A payslip, and why each of its lines is what it is; for who may see all, and for the agent. */
#include "service/payroll/desk/look.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/run/payrun_law.h"
#include "service/payroll/run/payrun_pay.h"
#include "service/payroll/slip/payslip_html.h"
#include "service/payroll/slip/reason.h"
#include "service/payroll/view/panel.h"

enum { GROUPS = 5, ROWS_MAX = PAY_LINES, FACTS_MAX = 12 };

struct showing {
    struct ctx *ctx;
    struct bulletin *bulletin;
    struct payrun_month *month;
    payrun_row run;
    struct sql_payrun_slip_get_row slip;
    struct payslip_view view;
    bool is_own;
};

/* ---- rows ---- */

static enum status add_parts(struct showing *showing, const struct reason *reason, struct payslip_group_row *row)
{
    row->parts = arena_array(showing->ctx->arena, struct payslip_group_row_part, reason->part_count + 1);
    if (row->parts == NULL)
        return LIMIT;
    for (size_t i = 0; i < reason->part_count; i++)
        row->parts[row->part_count++].text = reason->parts[i];
    row->has_more = row->part_count > 0;
    return OK;
}

static bool is_town(enum bulletin_group group)
{
    return group == BULLETIN_EMPLOYER || group == BULLETIN_EMPLOYER_SUM || group == BULLETIN_COST;
}

static bool is_sum(enum bulletin_group group)
{
    return group == BULLETIN_GAIN_SUM || group == BULLETIN_AGENT_SUM || group == BULLETIN_EMPLOYER_SUM ||
           group == BULLETIN_NET_SUM || group == BULLETIN_COST;
}

static enum status fill_row(struct showing *showing, enum pay_line line, struct payslip_group_row *row)
{
    struct ctx *ctx = showing->ctx;
    enum bulletin_group group = bulletin_line_group(line);
    bool is_less = group == BULLETIN_AGENT || group == BULLETIN_AGENT_SUM || line == PAY_TAX || line == PAY_DEDUCTIONS;
    struct str amount = panel_euros(ctx, showing->bulletin->paid.cents[line] * (is_less ? -1 : 1));
    struct reason reason;
    TRY(reason_of(ctx, showing->bulletin, &showing->month->pay, line, &reason));
    *row = (struct payslip_group_row){.id = str_format(ctx->arena, "l-%s", pay_line_name(line)),
                                      .name = text_of(ctx->language, bulletin_line_text(line)),
                                      .is_sum = is_sum(group), .base = reason.base, .rate = reason.rate,
                                      .amount = is_town(group) ? STR("") : amount,
                                      .town = is_town(group) ? amount : STR(""), .why = reason.words,
                                      .rule = reason.rule, .source = reason.source};
    row->has_why = reason.words.len > 0 || reason.part_count > 0;
    row->has_law = reason.source.len > 0;
    row->is_unsure = reason.is_unsure;
    row->has_link = reason.link.len > 0;
    row->link = reason.link;
    return add_parts(showing, &reason, row);
}

static enum status add_group(struct showing *showing, enum text_key title, unsigned wanted)
{
    struct payslip_group *group = &showing->view.groups[showing->view.group_count];
    *group = (struct payslip_group){.title = text_of(showing->ctx->language, title), .has_title = true,
                                    .rows = arena_array(showing->ctx->arena, struct payslip_group_row, ROWS_MAX)};
    if (group->rows == NULL)
        return LIMIT;
    for (size_t i = 0; i < PAY_LINES; i++)
        if ((wanted >> bulletin_line_group((enum pay_line)i) & 1) != 0 &&
            bulletin_has(showing->bulletin, (enum pay_line)i))
            TRY(fill_row(showing, (enum pay_line)i, &group->rows[group->row_count++]));
    showing->view.group_count += group->row_count > 0;
    return OK;
}

#define BIT(group) (1U << (group))

static enum status add_groups(struct showing *showing)
{
    showing->view.groups = arena_array(showing->ctx->arena, struct payslip_group, GROUPS);
    if (showing->view.groups == NULL)
        return LIMIT;
    TRY(add_group(showing, T_payroll_group_gain, BIT(BULLETIN_GAIN) | BIT(BULLETIN_GAIN_SUM)));
    TRY(add_group(showing, T_payroll_group_agent, BIT(BULLETIN_AGENT) | BIT(BULLETIN_AGENT_SUM)));
    TRY(add_group(showing, T_payroll_group_net, BIT(BULLETIN_NET) | BIT(BULLETIN_NET_SUM) | BIT(BULLETIN_REFUND)));
    TRY(add_group(showing, T_payroll_group_employer,
                  BIT(BULLETIN_EMPLOYER) | BIT(BULLETIN_EMPLOYER_SUM) | BIT(BULLETIN_COST)));
    return add_group(showing, T_payroll_group_base, BIT(BULLETIN_BASE));
}

/* ---- the head ---- */

static void add_fact(struct showing *showing, enum text_key label, struct str value)
{
    if (value.len > 0)
        showing->view.facts[showing->view.fact_count++] =
            (struct payslip_fact){.label = text_of(showing->ctx->language, label), .value = value};
}

static struct str part_words(struct ctx *ctx, const struct pay_facts *facts)
{
    if (facts->week_tenths > 0)
        return str_format(ctx->arena, "%d,%d h / 35", facts->week_tenths / 10, facts->week_tenths % 10);
    return str_format(ctx->arena, "%d\xC2\xA0%%", facts->part_time);
}

static enum status add_facts(struct showing *showing)
{
    struct ctx *ctx = showing->ctx;
    const struct pay_facts *facts = &showing->bulletin->facts;
    static const enum text_key statuses[] = {
        [PAY_OFFICIAL] = T_payroll_status_official, [PAY_CONTRACT] = T_payroll_status_contract,
        [PAY_OFFICIAL_GENERAL] = T_payroll_status_general, [PAY_ELECTED] = T_payroll_status_elected};
    showing->view.facts = arena_array(ctx->arena, struct payslip_fact, FACTS_MAX);
    if (showing->view.facts == NULL)
        return LIMIT;
    add_fact(showing, T_payroll_matricule, showing->slip.matricule);
    add_fact(showing, T_payroll_status, text_of(ctx->language, statuses[facts->status]));
    add_fact(showing, T_payroll_index, facts->index > 0 ? panel_number(ctx, facts->index) : STR(""));
    add_fact(showing, T_payroll_part, part_words(ctx, facts));
    add_fact(showing, T_payroll_zone, panel_number(ctx, facts->zone));
    add_fact(showing, T_payroll_children, panel_number(ctx, facts->children));
    add_fact(showing, T_payroll_line_net,
             str_format(ctx->arena, "%.*s\xC2\xA0\xE2\x82\xAC",
                        STR_ARG(panel_euros(ctx, showing->bulletin->paid.cents[PAY_NET]))));
    return OK;
}

static enum status add_seen(struct showing *showing)
{
    look_row *rows;
    size_t count;
    showing->view.is_own = showing->is_own;
    if (!showing->is_own)
        return OK;
    TRY(look_list(showing->ctx, showing->slip.agent, &rows, &count));
    showing->view.seens = arena_array(showing->ctx->arena, struct payslip_seen, count + 1);
    if (showing->view.seens == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        showing->view.seens[showing->view.seen_count++] =
            (struct payslip_seen){.name = rows[i].name,
                                  .day = panel_day(showing->ctx, (struct date){(int32_t)rows[i].day})};
    showing->view.has_seen = count > 0;
    return OK;
}

static enum status fill(struct showing *showing)
{
    struct ctx *ctx = showing->ctx;
    struct payslip_view *view = &showing->view;
    struct date day = showing->bulletin->said.month;
    const struct text_arg title = TEXT_ARG("of_month", panel_of_month(ctx, day));
    const struct text_arg known = TEXT_ARG("day", page_date(ctx, ctx_day(ctx, showing->bulletin->known)));
    const char *root = showing->is_own ? "/payroll/own" : "/payroll/slips";
    view->title = text_with(ctx->arena, ctx->language, T_payroll_slip_title, &title, 1);
    view->home = showing->is_own ? STR("/payroll/own")
                                 : str_format(ctx->arena, "/payroll/months/%.*s",
                                              STR_ARG(panel_iso(ctx, showing->bulletin->said.month)));
    view->home_title = showing->is_own ? text_of(ctx->language, T_payroll_own_title) : panel_month(ctx, day);
    view->is_draft = showing->run.state == PAYRUN_DRAFT;
    view->known = text_with(ctx->arena, ctx->language, T_payroll_slip_known, &known, 1);
    view->hash = payrun_hash_words(ctx, showing->slip.hash);
    view->actions = arena_array(ctx->arena, struct payslip_action, 1);
    if (view->actions == NULL)
        return LIMIT;
    view->actions[view->action_count++] =
        (struct payslip_action){.path = str_format(ctx->arena, "%s/%lld/payslip.pdf", root,
            (long long)showing->slip.id),
                                .title = text_of(ctx->language, T_payroll_pdf)};
    TRY(add_facts(showing));
    TRY(add_groups(showing));
    return add_seen(showing);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response, bool is_own)
{
    struct page page;
    struct showing *showing = arena_new(ctx->arena, struct showing);
    if (showing == NULL)
        return LIMIT;
    showing->ctx = ctx;
    showing->is_own = is_own;
    TRY(look_slip(ctx, request, is_own, &showing->slip, &showing->run));
    showing->bulletin = arena_new(ctx->arena, struct bulletin);
    showing->month = arena_new(ctx->arena, struct payrun_month);
    if (showing->bulletin == NULL || showing->month == NULL)
        return LIMIT;
    TRY(bulletin_read(ctx->arena, showing->slip.bytes, showing->bulletin));
    TRY(payrun_month_of(ctx, &showing->run, showing->month));
    TRY(fill(showing));
    page_begin(&page, ctx, request, response);
    payslip_html(&page.html, &showing->view);
    struct page_head head = {.title = showing->view.title, .menu = "/payroll", .search_path = STR_NONE};
    return page_end(&page, &head);
}

enum status payroll_slip_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, false);
}

enum status payroll_own_slip_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, true);
}
