#include "service/payroll/print/payslip_pdf.h"

#include "core/page.h"
#include "core/town.h"
#include "document/pdf.h"
#include "service/payroll/lang.h"
#include "service/payroll/view/panel.h"

enum { COLUMNS = 5, LINES_MAX = 8 };

struct printing {
    struct ctx ctx; /* its own: the language is French */
    struct pdf *pdf;
    const struct bulletin *bulletin;
};

/* A row of contributions: what the agent pays, what the town pays, from which base. */
static const struct row {
    enum text_key label;
    enum pay_line agent, base; /* PAY_LINES: none */
    size_t employer_count;
    enum pay_line employers[LINES_MAX];
} rows[] = {
    {T_payroll_line_sickness, PAY_LINES, PAY_BASE_EMPLOYER, 1, {PAY_SICKNESS}},
    {T_payroll_line_accident, PAY_LINES, PAY_BASE_EMPLOYER, 2, {PAY_ACCIDENT, PAY_ATIACL}},
    {T_payroll_line_cnracl_agent, PAY_CNRACL_AGENT, PAY_BASE_EMPLOYER, 1, {PAY_CNRACL_EMPLOYER}},
    {T_payroll_line_rafp_agent, PAY_RAFP_AGENT, PAY_BASE_RAFP, 1, {PAY_RAFP_EMPLOYER}},
    {T_payroll_line_age_capped_agent, PAY_AGE_CAPPED_AGENT, PAY_BASE_A, 1, {PAY_AGE_CAPPED_EMPLOYER}},
    {T_payroll_line_age_whole_agent, PAY_AGE_WHOLE_AGENT, PAY_BASE_EMPLOYER, 1, {PAY_AGE_WHOLE_EMPLOYER}},
    {T_payroll_line_ircantec_a_agent, PAY_IRCANTEC_A_AGENT, PAY_BASE_A, 1, {PAY_IRCANTEC_A_EMPLOYER}},
    {T_payroll_line_ircantec_b_agent, PAY_IRCANTEC_B_AGENT, PAY_BASE_B, 1, {PAY_IRCANTEC_B_EMPLOYER}},
    {T_payroll_line_allowances, PAY_LINES, PAY_BASE_EMPLOYER, 1, {PAY_ALLOWANCES}},
    {T_payroll_pdf_other, PAY_LINES, PAY_BASE_EMPLOYER, 5, {PAY_AUTONOMY, PAY_FNAL, PAY_MOBILITY, PAY_CNFPT,
        PAY_CENTRE}},
    {T_payroll_line_csg_deductible, PAY_CSG_DEDUCTIBLE, PAY_BASE_CSG, 0, {PAY_LINES}},
    {T_payroll_line_csg_taxed, PAY_CSG_TAXED, PAY_BASE_CSG, 0, {PAY_LINES}},
    {T_payroll_line_crds, PAY_CRDS, PAY_BASE_CSG, 0, {PAY_LINES}},
    {T_payroll_line_relief, PAY_RELIEF, PAY_LINES, 0, {PAY_LINES}},
};

static struct str text(struct printing *printing, enum text_key key)
{
    return text_of(printing->ctx.language, key);
}

static int64_t cents_of(const struct printing *printing, enum pay_line line)
{
    return line == PAY_LINES ? 0 : printing->bulletin->paid.cents[line];
}

static struct str money(struct printing *printing, int64_t cents)
{
    return cents == 0 ? STR("") : panel_euros(&printing->ctx, cents);
}

static enum status begin(struct printing *printing, enum text_key caption)
{
    const struct pdf_column columns[COLUMNS] = {{.head = text(printing, T_payroll_line), .share = 40},
                                                {.head = text(printing, T_payroll_base), .share = 16, .is_right = true},
                                                {.head = text(printing, T_payroll_rate), .share = 12, .is_right = true},
                                                {.head = text(printing, T_payroll_for_you), .share = 16,
                                                    .is_right = true},
                                                {.head = text(printing, T_payroll_for_town), .share = 16,
                                                    .is_right = true}};
    const struct pdf_table table = {.caption = text(printing, caption), .columns = columns, .column_count = COLUMNS,
                                    .has_row_heads = true};
    return pdf_table_begin(printing->pdf, &table);
}

static struct str rate_of(struct printing *printing, enum pay_line line)
{
    if (line == PAY_LINES)
        return STR("");
    const struct pay_step *step = &printing->bulletin->said.trace.steps[line];
    bool is_rate = step->scale == LAW_MILLIONTHS && step->rate > 0 && step->part_top == step->part_bottom;
    return is_rate ? panel_rate(&printing->ctx, step->rate) : STR("");
}

static enum status add(struct printing *printing, enum text_key label, enum pay_line line, int64_t sign)
{
    const struct str cells[COLUMNS] = {text(printing, label), STR(""), STR(""),
                                       panel_euros(&printing->ctx, cents_of(printing, line) * sign), STR("")};
    return pdf_table_row(printing->pdf, cells);
}

/* ---- parts ---- */

static enum status add_gains(struct printing *printing)
{
    TRY(begin(printing, T_payroll_group_gain));
    for (size_t i = 0; i <= PAY_GROSS; i++)
        if (bulletin_has(printing->bulletin, (enum pay_line)i))
            TRY(add(printing, bulletin_line_text((enum pay_line)i), (enum pay_line)i, 1));
    return pdf_table_end(printing->pdf);
}

static enum status add_row(struct printing *printing, const struct row *row)
{
    int64_t agent = cents_of(printing, row->agent), employer = 0;
    for (size_t i = 0; i < row->employer_count; i++)
        employer += cents_of(printing, row->employers[i]);
    const struct str cells[COLUMNS] = {text(printing, row->label), money(printing, cents_of(printing, row->base)),
                                       rate_of(printing, row->agent), money(printing, -agent),
                                       money(printing, employer)};
    return agent == 0 && employer == 0 ? OK : pdf_table_row(printing->pdf, cells);
}

static enum status add_contributions(struct printing *printing)
{
    TRY(begin(printing, T_payroll_group_agent));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        TRY(add_row(printing, &rows[i]));
    const struct str cells[COLUMNS] = {text(printing, T_payroll_line_agent_total), STR(""), STR(""),
                                       panel_euros(&printing->ctx, -cents_of(printing, PAY_AGENT_TOTAL)),
                                       panel_euros(&printing->ctx, cents_of(printing, PAY_EMPLOYER_TOTAL))};
    TRY(pdf_table_row(printing->pdf, cells));
    return pdf_table_end(printing->pdf);
}

static enum status add_net(struct printing *printing)
{
    static const struct {
        enum pay_line line;
        int64_t sign;
    } nets[] = {{PAY_DEDUCTIONS, -1}, {PAY_NET_BEFORE_TAX, 1}, {PAY_NET_TAXABLE, 1}, {PAY_TAX, -1},
                {PAY_TRANSPORT, 1},   {PAY_TELEWORK, 1},       {PAY_REFUNDS, 1},     {PAY_WAIT, 1},
                {PAY_NET, 1},         {PAY_COST, 1}};
    TRY(begin(printing, T_payroll_group_net));
    for (size_t i = 0; i < sizeof nets / sizeof *nets; i++)
        if (bulletin_has(printing->bulletin, nets[i].line) || nets[i].line == PAY_TAX)
            TRY(add(printing, bulletin_line_text(nets[i].line), nets[i].line, nets[i].sign));
    return pdf_table_end(printing->pdf);
}

static enum status pair(struct printing *printing, enum text_key what, struct str said)
{
    const struct str cells[] = {text(printing, what), said};
    return said.len == 0 ? OK : pdf_table_row(printing->pdf, cells);
}

static enum status add_head(struct printing *printing, struct str name)
{
    struct ctx *ctx = &printing->ctx;
    const struct pay_facts *facts = &printing->bulletin->facts;
    const struct pdf_column columns[] = {{.head = text(printing, T_payroll_what), .share = 35},
                                         {.head = text(printing, T_payroll_value), .share = 65}};
    const struct pdf_table table = {.caption = text(printing, T_payroll_facts), .columns = columns,
                                    .column_count = 2, .has_row_heads = true};
    TRY(pdf_table_begin(printing->pdf, &table));
    TRY(pair(printing, T_payroll_pdf_employer, ctx->place->title));
    TRY(pair(printing, T_payroll_pdf_agent, name));
    TRY(pair(printing, T_payroll_matricule, printing->bulletin->matricule));
    TRY(pair(printing, T_payroll_index, facts->index > 0 ? panel_number(ctx, facts->index) : STR("")));
    TRY(pair(printing, T_payroll_part, str_format(ctx->arena, "%d\xC2\xA0%%", facts->part_time)));
    return pdf_table_end(printing->pdf);
}

enum status payslip_pdf(struct ctx *ctx, const struct bulletin *bulletin, struct str name, struct buf *out)
{
    struct printing printing = {.ctx = *ctx, .bulletin = bulletin};
    struct pdf *pdf PDF_SCOPE = NULL;
    printing.ctx.language = LANGUAGE_FR;
    if (ctx->town->fonts == NULL)
        return refuse(ctx, NOT_FOUND, "payroll.fonts", T_payroll_pdf_none);
    const struct text_arg month = TEXT_ARG("month", panel_month(&printing.ctx, bulletin->said.month));
    const struct text_arg of_month = TEXT_ARG("of_month", panel_of_month(&printing.ctx, bulletin->said.month));
    struct str title = text_with(ctx->arena, LANGUAGE_FR, T_payroll_slip_title, &of_month, 1);
    struct pdf_about about = {.title = title, .language = language_code(LANGUAGE_FR),
                              .footer = text_with(ctx->arena, LANGUAGE_FR, T_payroll_pdf_footer, &month, 1)};
    TRY(pdf_create(ctx->town->fonts, &about, &printing.pdf));
    pdf = printing.pdf;
    TRY(pdf_heading(pdf, 1, title));
    TRY(add_head(&printing, name));
    TRY(add_gains(&printing));
    TRY(add_contributions(&printing));
    TRY(add_net(&printing));
    return pdf_finish(pdf, out);
}
