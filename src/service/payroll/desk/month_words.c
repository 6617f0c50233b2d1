/* Words of a month: why an agent could not be paid, and what can be taken away. */
#include "service/payroll/desk/month.h"
#include "service/payroll/lang.h"

struct str month_field_words(struct ctx *ctx, struct str field)
{
    static const struct {
        struct str starts;
        enum text_key text;
    } known[] = {{STR_INIT("index"), T_payroll_field_index},   {STR_INIT("nbi"), T_payroll_field_nbi},
                 {STR_INIT("part_time"), T_payroll_field_part_time}, {STR_INIT("week"), T_payroll_field_week},
                 {STR_INIT("zone"), T_payroll_field_zone},     {STR_INIT("children"), T_payroll_field_children},
                 {STR_INIT("leave."), T_payroll_field_leave},  {STR_INIT("law."), T_payroll_field_law}};
    const struct text_arg what = TEXT_ARG("what", field);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(field, known[i].starts))
            return text_with(ctx->arena, ctx->language, known[i].text, &what, known[i].text == T_payroll_field_law);
    return text_with(ctx->arena, ctx->language, T_payroll_field_other, &what, 1);
}

void month_add_links(struct panel *panel, struct date month)
{
    struct ctx *ctx = panel->ctx;
    panel_more(panel, month_path(ctx, month, "/posting"), T_payroll_post);
    panel_more(panel, month_path(ctx, month, "/transfer"), T_payroll_transfer);
    panel_more(panel, month_path(ctx, month, "/lines.csv"), T_payroll_lines_csv);
    panel_more(panel, month_path(ctx, month, "/archive.zip"), T_payroll_archive);
}
