/* What is done with a régie: its forms, and what they do. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/regie_view.h"
#include "service/accounting/right/right.h"

/* ---- forms ---- */

static enum status add_taking_forms(struct spend_view *view, const struct regie_seen *seen)
{
    struct ctx *ctx = view->ctx;
    struct str today = spend_iso(ctx, ctx_today(ctx));
    struct spend_page_action *action;
    TRY(spend_action(view, "take", T_accounting_regie_take, T_accounting_regie_take_go,
                     regie_path(ctx, seen->regie.id, "/take"), &action));
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, today, true);
    spend_field(view, action, "what", T_accounting_regie_what, SPEND_WORDS, STR(""), true);
    TRY(regie_add_choice(view, action, "means", T_accounting_regie_means, regie_means_words, REGIE_MEANS));
    spend_field(view, action, "amount", T_accounting_amount, SPEND_MONEY, STR(""), true);
    TRY(spend_action(view, "hand", T_accounting_regie_hand, T_accounting_regie_hand_go,
                     regie_path(ctx, seen->regie.id, "/hand"), &action));
    action->is_main = false;
    spend_field(view, action, "day", T_accounting_day, SPEND_DATE, today, true);
    spend_field(view, action, "amount", T_accounting_amount, SPEND_MONEY,
                seen->state.held.cents > 0 ? page_money(ctx, seen->state.held) : STR(""), true);
    spend_field(view, action, "cash", T_accounting_regie_cash_part, SPEND_MONEY,
                seen->state.held.cents > 0 ? page_money(ctx, seen->state.cash) : STR(""), false);
    spend_field(view, action, "reference", T_accounting_regie_reference, SPEND_WORDS, STR(""), false);
    TRY(spend_action(view, "undo", T_accounting_regie_correct, T_accounting_regie_correct,
                     regie_path(ctx, seen->regie.id, "/undo"), &action));
    action->has_text = true;
    action->text = text_of(ctx->language, T_accounting_regie_correct_text);
    action->is_main = false;
    spend_field(view, action, "taking", T_accounting_regie_taking_number, SPEND_WORDS, STR(""), true);
    spend_field(view, action, "reason", T_accounting_regie_reason, SPEND_WIDE, STR(""), true);
    return OK;
}

enum status regie_add_deeds(struct spend_view *view, const struct regie_seen *seen, struct money untitled,
                            unsigned rights)
{
    struct ctx *ctx = view->ctx;
    struct spend_page_action *action;
    struct str today = spend_iso(ctx, ctx_today(ctx));
    if (untitled.cents > 0 && (rights & RIGHT_ORDER)) {
        struct text_arg amount = TEXT_ARG("amount", page_money(ctx, untitled));
        TRY(spend_action(view, "title", T_accounting_regie_title, T_accounting_regie_title_go,
                         regie_path(ctx, seen->regie.id, "/title"), &action));
        action->has_text = true;
        action->text = text_with(ctx->arena, ctx->language, T_accounting_regie_title_text, &amount, 1);
        spend_field(view, action, "month", T_accounting_regie_month, SPEND_WORDS,
                    regie_month_text(ctx, seen->month), true);
        spend_field(view, action, "day", T_accounting_day, SPEND_DATE, today, true);
    }
    if (seen->regie.kind != REGIE_ADVANCE && seen->regie.ended.days == 0 && (rights & (RIGHT_ORDER | RIGHT_PREPARE)))
        TRY(add_taking_forms(view, seen));
    if (seen->regie.ended.days != 0 || !(rights & RIGHT_ORDER))
        return OK;
    TRY(spend_action(view, "end", T_accounting_regie_end, T_accounting_regie_end_go,
                     regie_path(ctx, seen->regie.id, "/end"), &action));
    action->is_main = false;
    spend_field(view, action, "day", T_accounting_regie_ended_on, SPEND_DATE, today, true);
    return OK;
}

/* ---- deeds ---- */

typedef enum status regie_deed(struct ctx *ctx, const struct web_request *request, const struct regie_seen *seen,
                               struct faults *faults);

static enum status act(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                       regie_deed *deed)
{
    struct regie_seen seen;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(regie_asked(ctx, request, &seen));
    enum status done = deed(ctx, request, &seen, faults);
    if (spend_is_refused(done, faults))
        return regie_show_month(ctx, request, response, &seen, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/regies/%lld?saved=1&month=%.*s", (long long)seen.regie.id,
                        STR_ARG(regie_month_text(ctx, seen.month)));
}

static enum status take(struct ctx *ctx, const struct web_request *request, const struct regie_seen *seen,
                        struct faults *faults)
{
    size_t means = regie_chosen(ctx, request, "means", regie_means_words, REGIE_MEANS);
    struct regie_taking taking = {.kind = str_trim(web_text(request, "what")), .means = (enum regie_means)means};
    TRY(spend_read_day(ctx, request, "day", &taking.day));
    TRY(spend_read_money(ctx, request, "amount", &taking.amount));
    return regie_take(ctx, &seen->regie, &taking, faults);
}

static enum status hand(struct ctx *ctx, const struct web_request *request, const struct regie_seen *seen,
                        struct faults *faults)
{
    struct regie_deposit deposit = {.reference = str_trim(web_text(request, "reference"))};
    TRY(spend_read_day(ctx, request, "day", &deposit.day));
    TRY(spend_read_money(ctx, request, "amount", &deposit.amount));
    deposit.cash = (struct money){-1};
    if (str_trim(web_text(request, "cash")).len > 0)
        TRY(spend_read_money(ctx, request, "cash", &deposit.cash));
    return regie_hand_over(ctx, &seen->regie, &deposit, faults);
}

static enum status end(struct ctx *ctx, const struct web_request *request, const struct regie_seen *seen,
                       struct faults *faults)
{
    struct date last;
    TRY(spend_read_day(ctx, request, "day", &last));
    return regie_end(ctx, &seen->regie, last, faults);
}

static enum status title(struct ctx *ctx, const struct web_request *request, const struct regie_seen *seen,
                         struct faults *faults)
{
    unsigned char id[ENTRY_ID_BYTES];
    struct date day;
    uint64_t sequence;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_command(ctx, request, id));
    TRY(spend_read_day(ctx, request, "day", &day));
    return regie_title(ctx, &seen->regie, &seen->year, seen->month, day, id, faults, &sequence);
}

static enum status undo(struct ctx *ctx, const struct web_request *request, const struct regie_seen *seen,
                        struct faults *faults)
{
    return regie_undo(ctx, &seen->regie, web_int(request, "taking", 0), str_trim(web_text(request, "reason")), faults);
}

enum status regie_undo_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, undo);
}

enum status regie_take_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, take);
}

enum status regie_hand_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, hand);
}

enum status regie_end_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, end);
}

enum status regie_title_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return act(ctx, request, response, title);
}
