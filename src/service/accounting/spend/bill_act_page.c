/* What is done with a bill on its page: matched, its delay interrupted, sent back, a credit note deducted. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/spend/bill_credit.h"
#include "service/accounting/spend/bill_form.h"
#include "service/accounting/spend/bill_view.h"

enum status bill_act(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                       bill_deed *deed)
{
    struct bill bill;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(bill_asked(ctx, request, &bill));
    enum status done = deed(ctx, request, &bill, faults);
    if (spend_is_refused(done, faults))
        return bill_page(ctx, request, response, &bill, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/bills/%lld?saved=1", (long long)bill.id);
}

/* What is left of a bill whose engagement is of a closed year goes to one of the newest. */
static enum status match_year(struct ctx *ctx, const struct bill *bill, struct credit_year *ret_year)
{
    struct bill loose = *bill;
    bool is_closed;
    loose.engagement = 0;
    TRY(bill_year(ctx, bill, ret_year));
    TRY(book_is_closed(ctx, ret_year->siret, ret_year->year, &is_closed));
    return is_closed ? bill_year(ctx, &loose, ret_year) : OK;
}

static enum status match(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                         struct faults *faults)
{
    struct credit_year year;
    struct engagement engagement;
    TRY(match_year(ctx, bill, &year));
    TRY(bill_read_engagement(ctx, request, &year, &engagement));
    if (engagement.sequence == 0)
        return refuse(ctx, INVALID, "accounting.engagement", T_accounting_engagement_unknown);
    return bill_match(ctx, bill, &engagement, faults);
}

static enum status interrupt(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                             struct faults *faults)
{
    struct date day;
    TRY(spend_read_day(ctx, request, "day", &day));
    return bill_interrupt(ctx, bill, day, str_trim(web_text(request, "reason")), faults);
}

static enum status complete(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                            struct faults *faults)
{
    struct date day;
    TRY(spend_read_day(ctx, request, "day", &day));
    return bill_complete(ctx, bill, day, faults);
}

static enum status send_back(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                             struct faults *faults)
{
    return bill_send_back(ctx, bill, str_trim(web_text(request, "reason")), faults);
}

static enum status retain(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                          struct faults *faults)
{
    struct money amount;
    TRY(spend_read_money(ctx, request, "retained", &amount));
    return bill_retain(ctx, bill, amount, faults);
}

static enum status set_free(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                            struct faults *faults)
{
    struct date day;
    TRY(spend_read_day(ctx, request, "day", &day));
    return bill_free(ctx, bill, day, faults);
}

enum status bill_retain_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return bill_act(ctx, request, response, retain);
}

enum status bill_free_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return bill_act(ctx, request, response, set_free);
}

enum status bill_match_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return bill_act(ctx, request, response, match);
}

enum status bill_interrupt_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return bill_act(ctx, request, response, interrupt);
}

enum status bill_complete_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return bill_act(ctx, request, response, complete);
}

enum status bill_back_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return bill_act(ctx, request, response, send_back);
}

static enum status deduct(struct ctx *ctx, const struct web_request *request, const struct bill *bill,
                          struct faults *faults)
{
    return bill_credit_deduct(ctx, request, bill, faults);
}

enum status bill_deduct_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return bill_act(ctx, request, response, deduct);
}
