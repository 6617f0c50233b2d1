#include "service/accounting/budget/budget_annul.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/budget/budget_annul_sql.h"
#include "service/accounting/budget/budget_opening.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"
#include "service/accounting/story/story.h"

enum status budget_annul_causes(struct ctx *ctx, const struct budget_act *act, struct faults *faults)
{
    bool is_begun, is_closed;
    TRY(budget_opening_is_begun(ctx, act->siret, act->year, &is_begun));
    if (!is_begun)
        return OK;
    TRY(book_is_closed(ctx, act->siret, act->year, &is_closed));
    if (is_closed)
        fault_add_numbers(faults, "engine.closed", "exercise", act->year, act->year + 1);
    return budget_opening_check(ctx, act, faults);
}

static enum status not_here(struct ctx *ctx)
{
    return refuse(ctx, CONFLICT, "accounting.act_annul_not", T_accounting_act_annul_not);
}

/* Another person than the one who recorded the vote; nobody knows who did of an act that was brought in. */
static enum status need_second(struct ctx *ctx, const struct budget_act *act)
{
    struct sql_budget_annul_voter_row row;
    enum status done = sql_budget_annul_voter(
        ctx->db, ctx->arena, (struct sql_budget_annul_voter){.kind = STORY_ACT, .act = act->id}, &row);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    return row.person == ctx->actor.person ? refuse(ctx, DENIED, "accounting.apart", T_accounting_act_annul_apart) : OK;
}

/* Asked of the book itself, in a point that is taken back. */
static enum status need_never(struct ctx *ctx, const struct budget_act *act)
{
    struct faults *faults = faults_new(ctx->arena);
    bool is_open;
    int64_t budget;
    if (faults == NULL)
        return LIMIT;
    TRY(credit_is_open(ctx, act->id, &is_open, &budget));
    if (is_open || act->is_draft || act->annulled.ms != 0 || budget_is_account(act))
        return not_here(ctx);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    enum status done = budget_opening_try(ctx, act, faults);
    if (done == OK)
        return not_here(ctx);
    return done == INVALID ? OK : done;
}

enum status budget_annul(struct ctx *ctx, const struct budget_act *act, struct str why)
{
    TRY(right_need(ctx, RIGHT_PREPARE));
    if (why.len == 0 || !utf8_is_line(why, BUDGET_ANNUL_WHY_MAX))
        return refuse(ctx, INVALID, "accounting.act_annul_why", T_accounting_act_annul_why);
    TRY(need_second(ctx, act));
    TRY(need_never(ctx, act));
    TRY(sql_budget_annul_put(ctx->db, (struct sql_budget_annul_put){.at_ms = ctx->now.ms, .why = why, .act = act->id}));
    TRY(story_add(ctx, STORY_ACT, act->id, "accounting.act_annul", why));
    return audit_add(ctx, "accounting.act_annul", act->siret, why);
}
