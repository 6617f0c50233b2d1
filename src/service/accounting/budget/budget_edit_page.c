#include <stdio.h>

#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_edit.h"
#include "service/accounting/budget/budget_paste.h"
#include "service/accounting/budget/budget_result.h"
#include "service/accounting/budget/budget_transfer.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"

enum { NAME_MAX_BYTES = 24 };

static enum status draft_asked(struct ctx *ctx, const struct web_request *request, struct budget_act *ret_act)
{
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(budget_act_asked(ctx, request, ret_act));
    if (budget_is_account(ret_act))
        return refuse(ctx, CONFLICT, "accounting.cfu_book_made", T_accounting_cfu_book_made);
    return ret_act->is_draft ? OK : refuse(ctx, CONFLICT, "accounting.voted", T_accounting_voted_already);
}

static enum status wrong(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                         const struct budget_act *act, enum text_key sentence)
{
    struct budget_trouble trouble = {.error = text_of(ctx->language, sentence)};
    return budget_edit_page(ctx, request, response, act, trouble);
}

enum status budget_edit_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(draft_asked(ctx, request, &act));
    return budget_edit_page(ctx, request, response, &act, (struct budget_trouble){.error = STR("")});
}

enum status budget_prepare_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    int64_t id;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(budget_act_asked(ctx, request, &act));
    TRY(budget_draft_begin(ctx, &act, &id));
    return web_redirect(ctx, response, "/accounting/acts/%lld/edit", (long long)id);
}

/* All amounts are read before one is kept. */
static enum status read_amounts(struct ctx *ctx, const struct web_request *request, const struct budget_line *lines,
                                size_t count, struct money *amounts, bool *is_said)
{
    for (size_t i = 0; i < count; i++) {
        char name[NAME_MAX_BYTES];
        snprintf(name, sizeof name, "l%lld", (long long)lines[i].place);
        struct str text = web_value(request, name);
        is_said[i] = !str_is_absent(text);
        if (is_said[i] && budget_amount_read(ctx->language, text, &amounts[i]) != OK)
            return refuse(ctx, INVALID, "accounting.amount", T_accounting_amount_wrong);
    }
    return OK;
}

static enum status save(struct ctx *ctx, const struct web_request *request, const struct budget_act *act)
{
    struct budget_line *lines;
    size_t count;
    TRY(budget_lines(ctx, act->id, &lines, &count));
    count = budget_part_lines(budget_part_asked(request), &lines, count);
    struct money *amounts = arena_array(ctx->arena, struct money, count + 1);
    bool *is_said = arena_array(ctx->arena, bool, count + 1);
    if (amounts == NULL || is_said == NULL)
        return LIMIT;
    TRY(read_amounts(ctx, request, lines, count, amounts, is_said));
    for (size_t i = 0; i < count && budget_is_amending(act); i++)
        if (is_said[i])
            TRY(budget_amend_allows(ctx, &lines[i], amounts[i]));
    for (size_t i = 0; i < count; i++)
        if (is_said[i] && !money_is(amounts[i], lines[i].amounts[DOCBUDG_VOTED]))
            TRY(budget_draft_set(ctx, act, lines[i].place, amounts[i]));
    return OK;
}

static enum status go_on(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                         const struct budget_act *act)
{
    return web_redirect(ctx, response, "/accounting/acts/%lld/edit?part=%s&saved=1", (long long)act->id,
                        budget_part_asked(request)->word);
}

enum status budget_edit_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(draft_asked(ctx, request, &act));
    enum status done = save(ctx, request, &act);
    if (done == INVALID)
        return wrong(ctx, request, response, &act, ctx->failure.sentence);
    TRY(done);
    return go_on(ctx, request, response, &act);
}

enum status budget_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct money amount;
    const struct budget_part *part = budget_part_asked(request);
    TRY(draft_asked(ctx, request, &act));
    enum status done = budget_amount_read(ctx->language, web_text(request, "amount"), &amount);
    if (done != OK)
        return wrong(ctx, request, response, &act, T_accounting_amount_wrong);
    const struct budget_at at = {.section = part->section, .direction = part->direction,
                                 .account = str_trim(web_text(request, "account")),
                                 .function = str_trim(web_text(request, "function")),
                                 .operation = str_trim(web_text(request, "operation"))};
    done = budget_draft_add(ctx, &act, &at, amount);
    if (done == INVALID)
        return wrong(ctx, request, response, &act, ctx->failure.sentence);
    TRY(done);
    return go_on(ctx, request, response, &act);
}

/* The rate of transfers that is voted with a primitive budget; none where the field is empty. */
static enum status rate_asked(struct ctx *ctx, const struct web_request *request, const struct budget_act *act,
                              struct date day, struct money *ret_rate)
{
    struct str text = str_trim(web_text(request, "rate"));
    *ret_rate = (struct money){0};
    if (!str_eq(act->kind, STR(DOCBUDG_PRIMITIVE)) || text.len == 0)
        return OK;
    if (budget_amount_read(ctx->language, text, ret_rate) != OK)
        return refuse(ctx, INVALID, "accounting.rate", T_accounting_rate_wrong);
    return budget_rate_allows(ctx, ret_rate->cents, day);
}

static enum status keep_rate(struct ctx *ctx, int64_t id, struct money rate)
{
    struct budget_act act;
    int64_t there;
    TRY(budget_act(ctx, id, &act));
    if (rate.cents == 0 || budget_rate(ctx, act.siret, act.year, &there) == OK)
        return OK;
    return budget_rate_set(ctx, &act, rate.cents);
}

enum status budget_vote_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct date day;
    struct money rate;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(draft_asked(ctx, request, &act));
    if (date_parse(web_text(request, "day"), &day) != OK)
        return wrong(ctx, request, response, &act, T_accounting_day_wrong);
    enum status done = rate_asked(ctx, request, &act, day, &rate);
    if (done == INVALID)
        return wrong(ctx, request, response, &act, ctx->failure.sentence);
    TRY(done);
    done = budget_draft_vote(ctx, &act, day, faults);
    if (done == INVALID)
        return budget_edit_page(ctx, request, response, &act,
                                (struct budget_trouble){.error = STR(""), .faults = faults});
    TRY(done);
    TRY(keep_rate(ctx, act.id, rate));
    return web_redirect(ctx, response, "/accounting/acts/%lld", (long long)act.id);
}

enum status budget_drop_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(draft_asked(ctx, request, &act));
    TRY(budget_draft_drop(ctx, &act));
    return web_redirect(ctx, response, "/accounting");
}

/* "La ligne 3 ne se lit pas…", and the text stays to be mended. */
static enum status paste_wrong(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                               const struct budget_act *act, const struct budget_paste_fault *fault)
{
    struct str why = text_of(ctx->language, fault->why);
    struct budget_trouble trouble = {.error = why, .pasted = web_text(request, "lines")};
    const struct text_arg args[] = {NUMBER_ARG("line", fault->line), TEXT_ARG("text", fault->text),
                                    TEXT_ARG("why", why)};
    if (fault->line > 0)
        trouble.error = text_with(ctx->arena, ctx->language, T_accounting_paste_wrong, args,
                                  sizeof args / sizeof *args);
    return budget_edit_page(ctx, request, response, act, trouble);
}

enum status budget_paste_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct budget_pasted *rows;
    struct budget_paste_fault fault;
    const struct budget_part *part = budget_part_asked(request);
    size_t count;
    TRY(draft_asked(ctx, request, &act));
    enum status done = budget_paste_read(ctx->arena, ctx->language, web_text(request, "lines"), &rows, &count, &fault);
    if (done == OK)
        done = budget_paste_take(ctx, &act, part->section, part->direction, rows, count, &fault);
    if (done == INVALID || (done == LIMIT && fault.why == T_accounting_paste_many))
        return paste_wrong(ctx, request, response, &act, &fault);
    TRY(done);
    return go_on(ctx, request, response, &act);
}

/* ---- of a voted act ---- */

enum status budget_amend_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    int64_t id;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(budget_act_asked(ctx, request, &act));
    TRY(budget_amend_begin(ctx, &act, web_text(request, "kind"), &id));
    return web_redirect(ctx, response, "/accounting/acts/%lld/edit", (long long)id);
}

enum status budget_results_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(draft_asked(ctx, request, &act));
    TRY(budget_result_take(ctx, &act));
    return go_on(ctx, request, response, &act);
}
