#include "service/accounting/budget/budget_opening.h"

#include "service/accounting/budget/budget_opening_sql.h"

/* NOT_FOUND: nothing is open; before the vote there is only what it will take back. */
static enum status year_of(struct ctx *ctx, struct str siret, int32_t year, struct credit_year *ret_year)
{
    struct sql_budget_opening_budget_row budget;
    TRY(sql_budget_opening_budget(ctx->db, ctx->arena, (struct sql_budget_opening_budget){.siret = siret}, &budget));
    TRY(credit_year(ctx, budget.id, year, ret_year));
    return ret_year->is_before ? NOT_FOUND : OK;
}

enum status budget_opening_is_begun(struct ctx *ctx, struct str siret, int32_t year, bool *ret_is_begun)
{
    struct credit_year credits;
    enum status done = year_of(ctx, siret, year, &credits);
    *ret_is_begun = done == OK;
    return done == NOT_FOUND ? OK : done;
}

/* ---- what is free ---- */

/* What the act does to each level, as credit_open posts it. */
static enum status levels_of(struct ctx *ctx, const struct budget_act *act, struct entry *ret_entry)
{
    struct budget_levels levels;
    TRY(budget_frame_levels(ctx, act, &levels));
    return credit_opens(ctx, act, &levels, ret_entry);
}

/* On a year that is open; no posting where none is. */
static enum status effect_of(struct ctx *ctx, const struct budget_act *act, struct credit_year *ret_year,
                             struct entry *ret_entry)
{
    enum status done = year_of(ctx, act->siret, act->year, ret_year);
    *ret_entry = (struct entry){.posting_count = 0};
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    return levels_of(ctx, act, ret_entry);
}

/* Of expenses; receipts are no limit. */
static bool is_cut(const struct posting *posting)
{
    return posting->direction == CELL_EXPENSE && posting->from == CELL_AVAILABLE;
}

static enum status check_level(struct ctx *ctx, const struct credit_year *year, const struct posting *posting,
                               struct faults *faults)
{
    struct cell_key key = {.budget = year->siret, .exercise = (uint16_t)year->year, .level = posting->level,
                           .section = posting->section, .direction = CELL_EXPENSE};
    struct book_cell cell = {.id = 0};
    enum status done = book_cell(ctx, &key, &cell);
    if (done != OK && done != NOT_FOUND)
        return done;
    if (posting->amount.cents <= cell.available.cents)
        return OK;
    struct str place = str_format(ctx->arena, "%s %.*s, dépenses %s",
                                  year->is_by_article[posting->section] ? "article" : "chapitre",
                                  STR_ARG(posting->level),
                                  posting->section == CELL_INVESTMENT ? "d’investissement" : "de fonctionnement");
    char *c_place = str_c(ctx->arena, place);
    if (c_place == NULL)
        return LIMIT;
    fault_add_money(faults, "budget.engaged", c_place, posting->amount, cell.available);
    return OK;
}

enum status budget_opening_check(struct ctx *ctx, const struct budget_act *act, struct faults *faults)
{
    struct credit_year year;
    struct entry entry;
    TRY(effect_of(ctx, act, &year, &entry));
    for (size_t i = 0; i < entry.posting_count; i++)
        if (is_cut(&entry.postings[i]))
            TRY(check_level(ctx, &year, &entry.postings[i], faults));
    return OK;
}

enum status budget_opening_try(struct ctx *ctx, const struct budget_act *act, struct faults *faults)
{
    struct credit_year year;
    struct entry entry;
    TRY(effect_of(ctx, act, &year, &entry));
    if (entry.posting_count == 0)
        return OK;
    TRY(db_savepoint(ctx->db));
    enum status done = credit_open(ctx, act->id, faults);
    db_undo(ctx->db);
    return done;
}

/* ---- what waits ---- */

enum status budget_opening_waiting(struct ctx *ctx, const struct credit_year *year, struct budget_act **ret_acts,
                                   size_t *ret_count)
{
    struct sql_budget_opening_waiting in = {.budget = year->budget, .year = year->year};
    struct sql_budget_opening_waiting_row *rows;
    struct entry entry;
    size_t count;
    TRY(sql_budget_opening_waiting(ctx->db, ctx->arena, in, &rows, &count));
    struct budget_act *acts = arena_array(ctx->arena, struct budget_act, count + 1);
    if (acts == NULL)
        return LIMIT;
    *ret_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct budget_act *act = &acts[*ret_count];
        TRY(budget_act(ctx, rows[i].id, act));
        TRY(levels_of(ctx, act, &entry));
        if (entry.posting_count > 0)
            ++*ret_count;
    }
    *ret_acts = acts;
    return OK;
}
