/* Credits of an act are opened; where the book refuses, the page says why, and the act may be annulled there. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_annul.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/credit_sql.h"
#include "service/accounting/spend/spend_view.h"

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct budget_act *act, const struct faults *faults)
{
    struct spend_view view;
    struct spend_page_action *action;
    TRY(spend_begin(&view, ctx, request, NULL, SPEND_CREDITS, budget_act_name(ctx, act)));
    spend_crumb(&view, budget_act_path(ctx, act->id, ""), budget_act_name(ctx, act));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_of(ctx->language, T_accounting_act_never_why));
    TRY(spend_action(&view, "annul", T_accounting_act_annul, T_accounting_act_annul_go,
                     budget_act_path(ctx, act->id, "/annul"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_act_annul_text);
    action->is_main = false;
    spend_field(&view, action, "why", T_accounting_act_annul_reason, SPEND_WIDE, STR(""), true);
    return spend_end(&view, response);
}

enum status spend_open_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct sql_credit_budget_of_row budget;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(budget_act_asked(ctx, request, &act));
    enum status done = credit_open(ctx, act.id, faults);
    if (done == INVALID)
        return show(ctx, request, response, &act, faults);
    TRY(done);
    TRY(sql_credit_budget_of(ctx->db, ctx->arena, (struct sql_credit_budget_of){.act = act.id}, &budget));
    return web_redirect(ctx, response, "/accounting/years/%lld/%d?saved=1", (long long)budget.budget, act.year);
}

enum status spend_annul_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(budget_act_asked(ctx, request, &act));
    enum status done = budget_annul(ctx, &act, str_trim(web_text(request, "why")));
    if (done == INVALID)
        return show(ctx, request, response, &act, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/acts/%lld", (long long)act.id);
}
