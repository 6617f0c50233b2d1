#include "service/accounting/chart/chart_kept.h"

enum status chart_refuse(struct ctx *ctx, struct str path, enum status status, const struct xml_fault *fault)
{
    static const struct {
        const char *what, *code;
        enum text_key sentence;
    } reasons[] = {{"root", "accounting.chart_root", T_accounting_chart_root},
                   {"head", "accounting.chart_head", T_accounting_chart_head},
                   {"code", "accounting.chart_code", T_accounting_chart_code},
                   {"section", "accounting.chart_section", T_accounting_chart_section},
                   {"twice", "accounting.chart_twice", T_accounting_chart_twice},
                   {"cycle", "accounting.chart_cycle", T_accounting_chart_cycle},
                   {"chapter", "accounting.chart_chapter", T_accounting_chart_chapter},
                   {NULL, "accounting.chart_limit", T_accounting_chart_limit}};
    size_t i = 0;
    while (reasons[i].what != NULL && strcmp(reasons[i].what, fault->what) != 0)
        i++;
    return refuse_with(ctx, status, reasons[i].code, reasons[i].sentence, "%.*s:%u: %s", STR_ARG(path), fault->line,
                       fault->what);
}
