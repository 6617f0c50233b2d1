/* The bank file of an approved month: one credit transfer for each payslip, to the account that a second person
 * confirmed. */
#include <string.h>

#include "core/identifier.h"
#include "core/place.h"
#include "service/payroll/desk/look.h"
#include "service/payroll/desk/month.h"
#include "service/payroll/lang.h"
#include "service/payroll/payroll_service.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/transfer/transfer.h"
#include "service/staff/staff.h"

struct making {
    struct panel *panel;
    struct transfer_order order;
    struct transfer_payment *payments;
    const payrun_slip_row **paid;    /* whose each payment is */
    const payrun_slip_row **without; /* those to be paid that have no confirmed account */
    size_t without_count;
};

/* A net of 0 is not paid; below 0 it is owed, and the month tells of it. */
static enum status add(struct making *making, const payrun_slip_row *slip, struct date month)
{
    struct ctx *ctx = making->panel->ctx;
    struct staff_account account;
    if (slip->net <= 0)
        return OK;
    enum status found = staff_account_of(ctx, slip->agent, &account);
    if (found == NOT_FOUND)
        making->without[making->without_count++] = slip;
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    making->paid[making->order.count] = slip;
    making->payments[making->order.count++] = (struct transfer_payment){
        .name = account.holder, .iban = account.iban, .bic = account.bic.len > 0 ? account.bic : STR_NONE,
        .reference = str_format(ctx->arena, "PAIE-%.*s-%.*s-%lld", STR_ARG(panel_iso(ctx, month)),
                                STR_ARG(slip->matricule), (long long)slip->part),
        .cents = slip->net};
    return OK;
}

/* Bad input 18: two agents on one account are told, and whoever pays looks. Two payslips of one agent are no fault. */
static enum status tell_shared(struct making *making)
{
    struct ctx *ctx = making->panel->ctx;
    size_t one, other, from = 0;
    enum status found;
    while ((found = transfer_shared(ctx->arena, &making->order, from, &one, &other)) == OK) {
        const struct text_arg args[] = {TEXT_ARG("one", making->paid[one]->matricule),
                                        TEXT_ARG("other", making->paid[other]->matricule)};
        if (making->paid[one]->agent != making->paid[other]->agent)
            panel_warn(making->panel, text_with(ctx->arena, ctx->language, T_payroll_transfer_shared, args, 2));
        from = other + 1;
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
    making->paid = arena_array(ctx->arena, const payrun_slip_row *, count + 1);
    making->without = arena_array(ctx->arena, const payrun_slip_row *, count + 1);
    if (making->payments == NULL || making->paid == NULL || making->without == NULL)
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

static enum status add_without(struct making *making)
{
    struct panel *panel = making->panel;
    struct panel_page_table *table;
    if (making->without_count == 0)
        return OK;
    panel_warn(panel, text_of(panel->ctx->language, T_payroll_transfer_without_text));
    TRY(panel_table(panel, "without", T_payroll_transfer_without, T_payroll_none, making->without_count, &table));
    panel_head(panel, table, T_payroll_matricule, PANEL_TEXT);
    panel_head(panel, table, T_payroll_line_net, PANEL_NUMBER);
    for (size_t i = 0; i < making->without_count; i++) {
        struct str path = str_format(panel->ctx->arena, "/staff/agents/%lld/identity",
                                     (long long)making->without[i]->agent);
        struct panel_page_table_row *row = panel_row(panel, table, making->without[i]->matricule, path);
        if (row == NULL)
            return LIMIT;
        panel_cell(row, panel_euros(panel->ctx, making->without[i]->net), PANEL_NUMBER);
    }
    return OK;
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
    TRY(add_without(making));
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

/* What of the order, or of whose payment, cannot be written. */
static void tell(struct making *making, const struct transfer_fault *fault)
{
    static const struct {
        const char *what;
        enum text_key text;
    } known[] = {{"none", T_payroll_transfer_no_payment}, {"iban", T_payroll_transfer_iban_wrong},
                 {"bic", T_payroll_transfer_bic_wrong},   {"name", T_payroll_transfer_name_wrong},
                 {"amount", T_payroll_transfer_amount_wrong}};
    struct ctx *ctx = making->panel->ctx;
    struct str words = str_of(fault->what);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(fault->what, known[i].what) == 0)
            words = text_of(ctx->language, known[i].text);
    if (fault->place != SIZE_MAX)
        words = str_format(ctx->arena, "%.*s: %.*s", STR_ARG(making->paid[fault->place]->matricule), STR_ARG(words));
    panel_fault(making->panel, words);
}

static struct transfer_order order_of(const struct making *making, const struct web_request *request,
                                      const payrun_row *run)
{
    struct ctx *ctx = making->panel->ctx;
    struct transfer_order order = making->order;
    struct str bic = str_trim(web_text(request, "bic"));
    order.form = TRANSFER_PAIN_09;
    order.message = str_format(ctx->arena, "PAIE-%lld-%lld", (long long)run->id, (long long)ctx->now.ms);
    order.made = ctx->now;
    order.name = ctx->place->title;
    order.iban = identifier_plain(ctx->arena, web_text(request, "iban"));
    order.bic = bic.len > 0 ? bic : STR_NONE;
    order.words = str_format(ctx->arena, "PAIE %.*s", STR_ARG(panel_iso(ctx, (struct date){(int32_t)run->month_day})));
    order.is_salary = true;
    return order;
}

enum status payroll_transfer_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct panel panel;
    struct making making = {.panel = &panel};
    struct transfer_fault fault;
    struct date month;
    payrun_row run;
    TRY(begin(ctx, request, &panel, &month, &run));
    TRY(collect(&making, &run));
    making.order = order_of(&making, request, &run);
    bool is_day = date_parse(web_text(request, "day"), &making.order.day) == OK;
    if (!is_day || making.order.day.days < ctx_today(ctx).days)
        return refused(&making, month, response, refuse(ctx, INVALID, "payroll.day", T_payroll_transfer_day_wrong));
    if (making.without_count > 0)
        return refused(&making, month, response, refuse(ctx, INVALID, "payroll.transfer", T_payroll_transfer_lacks));
    enum status done = transfer_write(ctx->arena, &response->body, &making.order, &fault);
    if (done == INVALID) {
        buf_clear(&response->body);
        tell(&making, &fault);
        done = refuse(ctx, INVALID, "payroll.transfer", T_payroll_transfer_lacks);
    }
    if (done != OK)
        return refused(&making, month, response, done);
    response->content_type = STR("application/xml");
    response->file_name = str_format(ctx->arena, "virements-%.*s.xml", STR_ARG(panel_iso(ctx, month)));
    return look_all(ctx, &run, "transfer.xml");
}
