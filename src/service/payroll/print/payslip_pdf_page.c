/* A payslip to print: for who may see all, and for the agent. */
#include "service/payroll/desk/look.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/print/payslip_pdf.h"
#include "service/staff/staff.h"

/* Who makes pay may not be given the file, and an agent may have none: then the code alone says whose it is. */
static struct str name_of(struct ctx *ctx, int64_t agent, bool is_own)
{
    struct staff_identity identity;
    if (staff_identity_of(ctx, agent, is_own ? STAFF_FOR_AGENT : STAFF_FOR_PAY, &identity) != OK)
        return STR("");
    return str_format(ctx->arena, "%.*s %.*s", STR_ARG(identity.first_name), STR_ARG(identity.name));
}

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
    return payslip_pdf(ctx, bulletin, name_of(ctx, slip.agent, is_own), &response->body);
}

enum status payroll_slip_pdf_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, false);
}

enum status payroll_own_pdf_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, true);
}
