/* A payslip to print: for who may see all, and for the agent. */
#include "service/payroll/desk/look.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/print/payslip_pdf.h"

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response, bool is_own)
{
    struct sql_payrun_slip_get_row slip;
    payrun_row run;
    struct bulletin *bulletin = arena_new(ctx->arena, struct bulletin);
    if (bulletin == NULL)
        return LIMIT;
    TRY(look_slip(ctx, request, is_own, &slip, &run));
    TRY(bulletin_read(ctx->arena, slip.bytes, bulletin));
    response->content_type = STR("application/pdf");
    return payslip_pdf(ctx, bulletin, STR(""), &response->body);
}

enum status payroll_slip_pdf_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, false);
}

enum status payroll_own_pdf_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, true);
}
