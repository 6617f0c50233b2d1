/* The bank file of an approved month: one credit transfer for each payslip, to the account that a second person
 * confirmed. */
#include "core/place.h"
#include "service/payroll/desk/look.h"
#include "service/payroll/desk/month.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/transfer/transfer.h"
#include "service/staff/staff.h"

struct making {
    struct panel *panel; /* what is told there: whose account is missing, accounts that two share */
    struct transfer_order order;
    struct transfer_payment *payments;
    size_t faults;
};

static void tell(struct making *making, struct str what)
{
    struct ctx *ctx = making->panel->ctx;
    const struct text_arg arg = TEXT_ARG("what", what);
    making->faults++;
    panel_fault(making->panel, text_with(ctx->arena, ctx->language, T_payroll_transfer_none, &arg, 1));
}

static enum status add(struct making *making, const payrun_slip_row *slip, struct date month)
{
    struct ctx *ctx = making->panel->ctx;
    struct staff_account account;
    enum status found = slip->net <= 0 ? NOT_FOUND : staff_account_of(ctx, slip->agent, &account);
    if (found == NOT_FOUND) {
        if (slip->net != 0)
            tell(making, slip->matricule);
        return OK;
    }
    TRY(found);
    making->payments[making->order.count++] = (struct transfer_payment){
        .name = account.holder, .iban = account.iban, .bic = account.bic.len > 0 ? account.bic : STR_NONE,
        .reference = str_format(ctx->arena, "PAIE-%.*s-%.*s-%lld", STR_ARG(panel_iso(ctx, month)),
                                STR_ARG(slip->matricule), (long long)slip->part),
        .cents = slip->net};
    return OK;
}

/* Bad input 18: two agents on one account are told, and whoever pays looks. */
static enum status tell_shared(struct making *making)
{
    struct ctx *ctx = making->panel->ctx;
    size_t one = 0, other;
    enum status found;
    while ((found = transfer_shared(ctx->arena, &making->order, one, &one, &other)) == OK) {
        const struct text_arg args[] = {TEXT_ARG("one", making->payments[one].reference),
                                        TEXT_ARG("other", making->payments[other].reference)};
        panel_warn(making->panel, text_with(ctx->arena, ctx->language, T_payroll_transfer_shared, args, 2));
        one++;
    }
    return found == NOT_FOUND ? OK : found;
}

static enum status collect(struct making *making, const payrun_row *run)
{
    struct ctx *ctx = making->panel->ctx;
    struct date month = {(int32_t)run->month_day};
    payrun_slip_row *slips;
    size_t count;
    TRY(payrun_slips(ctx, run->id, &slips, &count));
    making->payments = arena_array(ctx->arena, struct transfer_payment, count + 1);
    if (making->payments == NULL)
        return LIMIT;
    making->order.payments = making->payments;
    for (size_t i = 0; i < count; i++)
        TRY(add(making, &slips[i], month));
    return tell_shared(making);
}

static enum status begin(struct ctx *ctx, const struct web_request *request, struct panel *panel,
                         struct date *ret_month, payrun_row *ret_run)
{
    TRY(month_asked(ctx, request, PAYROLL_PREPARE | PAYROLL_APPROVE, ret_month));
    TRY(payrun_of(ctx, *ret_month, ret_run));
    if (ret_run->state != PAYRUN_APPROVED && ret_run->state != PAYRUN_CLOSED)
        return NOT_FOUND;
    return month_begin(panel, ctx, request, *ret_month, T_payroll_transfer_title);
}

static enum status show(struct making *making, struct date month, struct web_response *response)
{
    struct panel *panel = making->panel;
    struct panel_page_action *action;
    TRY(panel_action(panel, "transfer", T_payroll_transfer, T_payroll_transfer_go,
                     month_path(panel->ctx, month, "/transfer"), &action));
    panel_text(action, text_of(panel->ctx->language, T_payroll_transfer_text));
    (void)panel_field(panel, action, "iban", T_payroll_transfer_iban, PANEL_WORDS);
    panel_field(panel, action, "bic", T_payroll_transfer_bic, PANEL_WORDS)->is_required = false;
    (void)panel_field(panel, action, "day", T_payroll_transfer_day, PANEL_DATE);
    panel_fact(panel, T_payroll_transfer_count, panel_number(panel->ctx, (int64_t)making->order.count), STR(""));
    panel_fact(panel, T_payroll_amount, panel_euros(panel->ctx, transfer_sum(&making->order)), STR(""));
    return panel_end(panel, response);
}

enum status payroll_transfer_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct panel panel;
    struct making making = {.panel = &panel};
    struct date month;
    payrun_row run;
    TRY(begin(ctx, request, &panel, &month, &run));
    TRY(collect(&making, &run));
    return show(&making, month, response);
}

static enum status refused(struct making *making, struct date month, struct web_response *response, enum status done)
{
    if (done != INVALID)
        return done;
    panel_trouble(making->panel);
    return show(making, month, response);
}

enum status payroll_transfer_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct panel panel;
    struct making making = {.panel = &panel};
    struct transfer_fault fault = {.what = "none"};
    struct date month;
    payrun_row run;
    TRY(begin(ctx, request, &panel, &month, &run));
    TRY(collect(&making, &run));
    struct str bic = str_trim(web_text(request, "bic"));
    making.order.form = TRANSFER_PAIN_09;
    making.order.message = str_format(ctx->arena, "PAIE-%lld-%lld", (long long)run.id, (long long)ctx->now.ms);
    making.order.made = ctx->now;
    making.order.name = ctx->place->title;
    making.order.iban = str_trim(web_text(request, "iban"));
    making.order.bic = bic.len > 0 ? bic : STR_NONE;
    making.order.words = str_format(ctx->arena, "PAIE %.*s", STR_ARG(panel_iso(ctx, month)));
    making.order.is_salary = true;
    if (date_parse(web_text(request, "day"), &making.order.day) != OK)
        return refused(&making, month, response, refuse(ctx, INVALID, "payroll.day", T_payroll_day_wrong));
    if (making.faults > 0)
        return refused(&making, month, response, refuse(ctx, INVALID, "payroll.transfer", T_payroll_transfer_lacks));
    enum status done = transfer_write(ctx->arena, &response->body, &making.order, &fault);
    if (done == INVALID) {
        buf_clear(&response->body);
        tell(&making, fault.place == SIZE_MAX ? str_of(fault.what) : making.payments[fault.place].reference);
        done = refuse(ctx, INVALID, "payroll.transfer", T_payroll_transfer_lacks);
    }
    if (done != OK)
        return refused(&making, month, response, done);
    response->content_type = STR("application/xml");
    response->file_name = str_format(ctx->arena, "virements-%.*s.xml", STR_ARG(panel_iso(ctx, month)));
    return look_all(ctx, &run, "transfer.xml");
}
