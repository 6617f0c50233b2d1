/* What changed since the month before, agent by agent, with its causes: facts that differ, and numbers of the law. */
#include "service/payroll/desk/month.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/run/payrun_law.h"
#include "service/payroll/slip/reason.h"

enum { CAUSES_MAX = 2000, CHANGES_MAX = PAYRUN_SLIPS_MAX };

struct changing {
    struct panel *panel;
    struct panel_page_table *table;
    struct law law, law_before;
    struct bulletin *now, *before;
};

/* ---- causes ---- */

static void add_cause(struct changing *changing, struct buf *causes, enum text_key what, int64_t before, int64_t now)
{
    struct ctx *ctx = changing->panel->ctx;
    if (before == now)
        return;
    buf_add_format(causes, "%s%.*s %lld → %lld", causes->len > 0 ? " ; " : "", STR_ARG(text_of(ctx->language, what)),
                   (long long)before, (long long)now);
}

static int64_t worked(const struct pay_facts *facts)
{
    int64_t days = facts->span_count == 0 ? PAY_THIRTIETHS : 0;
    for (size_t i = 0; i < facts->span_count; i++)
        days += facts->spans[i].days[PAY_WORKED];
    return days;
}

static void add_facts(struct changing *changing, struct buf *causes)
{
    const struct pay_facts *now = &changing->now->facts, *before = &changing->before->facts;
    add_cause(changing, causes, T_payroll_index, before->index, now->index);
    add_cause(changing, causes, T_payroll_line_nbi, before->nbi, now->nbi);
    add_cause(changing, causes, T_payroll_part, before->part_time, now->part_time);
    add_cause(changing, causes, T_payroll_week, before->week_tenths, now->week_tenths);
    add_cause(changing, causes, T_payroll_zone, before->zone, now->zone);
    add_cause(changing, causes, T_payroll_children, before->children, now->children);
    add_cause(changing, causes, T_payroll_worked, worked(before), worked(now));
}

/* Lines that are handed in: their amounts are causes; of the others, numbers of the law. */
static void add_amount(struct changing *changing, struct buf *causes, enum pay_line line)
{
    struct ctx *ctx = changing->panel->ctx;
    int64_t before = changing->before->paid.cents[line], now = changing->now->paid.cents[line];
    if (before != now)
        buf_add_format(causes, "%s%.*s %.*s → %.*s", causes->len > 0 ? " ; " : "",
                       STR_ARG(text_of(ctx->language, bulletin_line_text(line))), STR_ARG(panel_euros(ctx, before)),
                       STR_ARG(panel_euros(ctx, now)));
}

static const struct law_value *value_of(struct changing *changing, const struct law *law,
                                        const struct bulletin *bulletin, enum pay_line line)
{
    const struct pay_step *step = &bulletin->said.trace.steps[line];
    struct date known = ctx_day(changing->panel->ctx, bulletin->known);
    return step->scale == 0 ? NULL : law_find(law, (enum law_code)step->law, bulletin->said.month, known);
}

static void add_laws(struct changing *changing, struct buf *causes)
{
    for (size_t i = 0; i < PAY_LINES; i++) {
        const struct law_value *now = value_of(changing, &changing->law, changing->now, (enum pay_line)i);
        const struct law_value *was = value_of(changing, &changing->law_before, changing->before, (enum pay_line)i);
        if (now != NULL && was != NULL && now->code == was->code && law_millionths(now) != law_millionths(was))
            buf_add_format(causes, "%s%.*s (%.*s)", causes->len > 0 ? " ; " : "", STR_ARG(now->name),
                           STR_ARG(now->source));
    }
}

static struct str causes_of(struct changing *changing)
{
    static const enum pay_line given[] = {PAY_IFSE, PAY_CIA, PAY_PRIMES, PAY_OVERTIME, PAY_HEALTH, PAY_DEDUCTIONS,
                                          PAY_TRANSPORT, PAY_TELEWORK, PAY_REFUNDS};
    struct buf causes BUF_SCOPE = BUF_INIT(CAUSES_MAX);
    add_facts(changing, &causes);
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        add_amount(changing, &causes, given[i]);
    if (changing->before->facts.tax_millionths != changing->now->facts.tax_millionths)
        add_amount(changing, &causes, PAY_TAX);
    add_laws(changing, &causes);
    if (changing->now->difference_count > 0)
        buf_add_format(&causes, "%s%.*s", causes.len > 0 ? " ; " : "",
                       STR_ARG(text_of(changing->panel->ctx->language, T_payroll_change_again)));
    return str_copy(changing->panel->ctx->arena, buf_str(&causes));
}

/* ---- the table ---- */

static enum status add_row(struct changing *changing, const payrun_slip_row *slip, int64_t before, struct str causes)
{
    struct ctx *ctx = changing->panel->ctx;
    struct str path = str_format(ctx->arena, "/payroll/slips/%lld", (long long)slip->id);
    struct panel_page_table_row *row = panel_row(changing->panel, changing->table, slip->matricule, path);
    if (row == NULL)
        return LIMIT;
    panel_cell(row, panel_euros(ctx, before), PANEL_OPTIONAL_NUMBER);
    panel_cell(row, panel_euros(ctx, slip->net), PANEL_OPTIONAL_NUMBER);
    panel_cell(row, panel_euros(ctx, slip->net - before), PANEL_NUMBER);
    panel_cell(row, causes, PANEL_TEXT);
    return OK;
}

static enum status compare(struct changing *changing, const payrun_slip_row *slip, int64_t run_before)
{
    struct ctx *ctx = changing->panel->ctx;
    struct sql_payrun_slip_of_row was;
    struct sql_payrun_slip_of in = {.run = run_before, .agent = slip->agent, .part = slip->part};
    enum status done = sql_payrun_slip_of(ctx->db, ctx->arena, in, &was);
    if (done == NOT_FOUND)
        return add_row(changing, slip, 0, text_of(ctx->language, T_payroll_change_new));
    TRY(done);
    TRY(bulletin_read(ctx->arena, slip->bytes, changing->now));
    TRY(bulletin_read(ctx->arena, was.bytes, changing->before));
    if (memcmp(&changing->now->paid, &changing->before->paid, sizeof changing->now->paid) == 0)
        return OK;
    return add_row(changing, slip, changing->before->paid.cents[PAY_NET], causes_of(changing));
}

static enum status fill(struct changing *changing, const payrun_row *run, const payrun_row *before)
{
    struct panel *panel = changing->panel;
    struct ctx *ctx = panel->ctx;
    payrun_slip_row *slips;
    size_t count;
    changing->now = arena_new(ctx->arena, struct bulletin);
    changing->before = arena_new(ctx->arena, struct bulletin);
    if (changing->now == NULL || changing->before == NULL)
        return LIMIT;
    TRY(payrun_law_of(ctx, run->law, &changing->law));
    TRY(payrun_law_of(ctx, before->law, &changing->law_before));
    TRY(payrun_slips(ctx, run->id, &slips, &count));
    TRY(panel_table(panel, "changes", T_payroll_changes, T_payroll_changes_none, count, &changing->table));
    panel_head(panel, changing->table, T_payroll_matricule, PANEL_TEXT);
    panel_head(panel, changing->table, T_payroll_net_before, PANEL_OPTIONAL_NUMBER);
    panel_head(panel, changing->table, T_payroll_line_net, PANEL_OPTIONAL_NUMBER);
    panel_head(panel, changing->table, T_payroll_difference, PANEL_NUMBER);
    panel_head(panel, changing->table, T_payroll_causes, PANEL_TEXT);
    for (size_t i = 0; i < count; i++)
        TRY(compare(changing, &slips[i], before->id));
    return OK;
}

enum status payroll_changes_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct panel panel;
    struct changing changing = {.panel = &panel};
    struct date month;
    payrun_row run, before;
    TRY(month_asked(ctx, request, PAYROLL_READ, &month));
    TRY(month_begin(&panel, ctx, request, month, T_payroll_changes_title));
    TRY(payrun_of(ctx, month, &run));
    enum status found = payrun_of(ctx, (struct date){month.days - 1}, &before);
    if (found == NOT_FOUND)
        panel_nothing(&panel, T_payroll_changes_first, T_payroll_changes_first_text);
    else if (found == OK)
        TRY(fill(&changing, &run, &before));
    else
        return found;
    return panel_end(&panel, response);
}
