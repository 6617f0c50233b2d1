#include "service/accounting/budget/budget_own.h"

#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_edit.h"

static bool is_asked(const struct budget_act *act)
{
    return str_eq(act->kind, STR(DOCBUDG_PRIMITIVE)) || budget_is_amending(act);
}

/* What is open of a line with that act: a decision says what it changes of what was in force (budget_amend.h). */
static enum status credits_of(const struct budget_act *act, const struct budget_line *line, struct money *ret_sum)
{
    if (!budget_is_amending(act)) {
        *ret_sum = line->amounts[line->has[DOCBUDG_OPEN] ? DOCBUDG_OPEN : DOCBUDG_VOTED];
        return OK;
    }
    *ret_sum = line->amounts[DOCBUDG_PREVIOUS];
    TRY(money_add(ret_sum, line->amounts[DOCBUDG_CARRIED]));
    return money_add(ret_sum, line->amounts[DOCBUDG_VOTED]);
}

enum status budget_own_of(struct ctx *ctx, const struct budget_act *act, struct cover *ret_own)
{
    struct budget_line *lines;
    size_t count;
    TRY(cover_begin(ctx->arena, act->nomenclature, act->year, ret_own));
    TRY(budget_lines(ctx, act->id, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        struct money sum;
        TRY(credits_of(act, &lines[i], &sum));
        TRY(cover_add(ret_own, lines[i].nature, lines[i].kind, lines[i].direction, sum));
    }
    return OK;
}

enum status budget_own_check(struct ctx *ctx, const struct budget_act *act, struct faults *faults)
{
    struct cover own;
    if (!is_asked(act))
        return OK;
    enum status done = budget_own_of(ctx, act, &own);
    if (done == OK)
        cover_check(&own, STR("section d’investissement"), faults);
    return done == NOT_FOUND ? OK : done;
}

/* ---- beside the balance ---- */

static struct str place_words(struct ctx *ctx, size_t place)
{
    return str_format(ctx->arena, "%zu", place);
}

enum status budget_own_rows(struct ctx *ctx, const struct budget_act *act, struct cover *ret_own)
{
    if (!is_asked(act))
        return NOT_FOUND;
    return cover_begin(ctx->arena, act->nomenclature, act->year, ret_own);
}

struct str budget_own_row(struct ctx *ctx, const struct cover *own, const struct budget_line *line)
{
    size_t place = cover_place(own, line->nature, line->kind, line->direction);
    return place < own->count ? place_words(ctx, place) : STR("");
}

enum status budget_own_part(struct ctx *ctx, const struct budget_act *act, struct budget_own_view *ret_view)
{
    struct cover own;
    *ret_view = (struct budget_own_view){.is_asked = is_asked(act), .resources = STR(""), .capital = STR(""),
                                         .lacking = STR(""), .hole = STR("#")};
    if (!ret_view->is_asked)
        return OK;
    enum status done = budget_own_of(ctx, act, &own);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    ret_view->rows = arena_array(ctx->arena, struct budget_own_row, own.count + 1);
    if (ret_view->rows == NULL)
        return LIMIT;
    for (size_t i = 0; i < own.count; i++) /* one of nothing is shown once an amount that is typed makes it something */
        ret_view->rows[ret_view->row_count++] = (struct budget_own_row){
            .place = place_words(ctx, i),
            .side = own.rows[i].is_capital ? STR("capital") : STR("resources"),
            .name = str_format(ctx->arena, "%.*s (%.*s)", STR_ARG(own.rows[i].name), STR_ARG(own.rows[i].code)),
            .sum = page_money(ctx, own.rows[i].sum),
            .is_none = own.rows[i].sum.cents == 0};
    ret_view->is_known = true;
    ret_view->is_met = cover_is_met(&own);
    ret_view->resources = page_money(ctx, own.resources);
    ret_view->capital = page_money(ctx, own.capital);
    ret_view->lacking = page_money(ctx, (struct money){own.capital.cents - own.resources.cents});
    return OK;
}
