#include "service/accounting/budget/budget_amend.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_force.h"
#include "service/accounting/budget/budget_force_sql.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/story/story.h"
#include "service/accounting/lang.h"

bool budget_is_amending(const struct budget_act *act)
{
    return str_eq(act->kind, STR(DOCBUDG_AMENDING)) || str_eq(act->kind, STR(DOCBUDG_SUPPLEMENTARY));
}

/* ---- begun ---- */

/* What stands of that budget and year: its primitive, an open draft, the last number. */
struct standing {
    struct budget_act primitive;
    bool has_primitive, has_open;
    uint64_t last;
};

static enum status look(struct ctx *ctx, struct str siret, int32_t year, struct standing *ret_standing)
{
    struct budget_act *acts;
    size_t count;
    struct standing standing = {.has_primitive = false};
    TRY(budget_acts(ctx, &acts, &count));
    for (size_t i = 0; i < count; i++) {
        uint64_t number;
        if (acts[i].year != year || !str_eq(acts[i].siret, siret))
            continue;
        if (str_eq(acts[i].kind, STR(DOCBUDG_PRIMITIVE)) && !acts[i].is_draft) {
            standing.primitive = acts[i];
            standing.has_primitive = true;
        }
        if (!budget_is_amending(&acts[i]))
            continue;
        standing.has_open |= acts[i].is_draft;
        if (str_eq(acts[i].kind, STR(DOCBUDG_AMENDING)) && str_to_u64(acts[i].number, INT32_MAX, &number) == OK &&
            number > standing.last)
            standing.last = number;
    }
    *ret_standing = standing;
    return OK;
}

/* A line of no section moves nothing that a vote could change. */
static enum status add_line(struct ctx *ctx, int64_t act, const struct budget_line *from, int64_t place)
{
    struct budget_line line = *from;
    if (from->section == CHART_NO_SECTION)
        return OK;
    line.place = place;
    TRY(budget_draft_blank(&line));
    line.amounts[DOCBUDG_PREVIOUS] = from->amounts[DOCBUDG_OPEN];
    return budget_line_add(ctx, act, &line);
}

static enum status add_lines(struct ctx *ctx, const struct budget_act *of, int64_t act)
{
    struct budget_line *lines;
    size_t count;
    TRY(budget_in_force(ctx, of->siret, of->year, &lines, &count));
    for (size_t i = 0; i < count; i++)
        TRY(add_line(ctx, act, &lines[i], lines[i].place));
    return OK;
}

enum status budget_amend_begin(struct ctx *ctx, const struct budget_act *of, struct str kind, int64_t *ret_act)
{
    struct standing standing;
    int64_t document;
    struct budget_act act = {.label = of->label,
                             .siret = of->siret,
                             .year = of->year,
                             .kind = kind,
                             .number = STR(""),
                             .nomenclature = of->nomenclature,
                             .is_draft = true};
    if (!budget_is_amending(&act))
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(look(ctx, of->siret, of->year, &standing));
    if (!standing.has_primitive)
        return refuse(ctx, CONFLICT, "accounting.no_primitive", T_accounting_no_primitive);
    if (standing.has_open)
        return refuse(ctx, CONFLICT, "accounting.draft_open", T_accounting_draft_open);
    if (str_eq(kind, STR(DOCBUDG_AMENDING)))
        act.number = str_format(ctx->arena, "%llu", (unsigned long long)standing.last + 1);
    TRY(budget_frame_begin(ctx, &standing.primitive, &act, &document, ret_act));
    TRY(add_lines(ctx, of, *ret_act));
    TRY(story_add(ctx, STORY_ACT, *ret_act, "accounting.draft", STR("")));
    TRY(audit_add(ctx, "accounting.draft", of->siret,
                  str_format(ctx->arena, "%d %.*s %.*s", of->year, STR_ARG(kind), STR_ARG(act.number))));
    return budget_document_end(ctx, document);
}

/* ---- what it begins from ---- */

static enum status put_previous(struct ctx *ctx, int64_t act, const struct budget_line *line, struct money previous)
{
    struct sql_budget_force_previous in = {.previous = previous.cents, .act = act, .place = line->place};
    if (money_is(line->amounts[DOCBUDG_PREVIOUS], previous))
        return OK;
    return sql_budget_force_previous(ctx->db, in);
}

enum status budget_amend_refresh(struct ctx *ctx, const struct budget_act *act)
{
    struct budget_line *lines, *force;
    size_t count, force_count, at = 0;
    int64_t last = 0;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(budget_lines(ctx, act->id, &lines, &count));
    TRY(budget_in_force(ctx, act->siret, act->year, &force, &force_count));
    bool *is_met = arena_array(ctx->arena, bool, force_count + 1);
    if (is_met == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        last = lines[i].place > last ? lines[i].place : last;
        at = budget_line_find(force, force_count, &lines[i]);
        bool is_first = at != SIZE_MAX && !is_met[at];
        TRY(put_previous(ctx, act->id, &lines[i],
                         is_first ? force[at].amounts[DOCBUDG_OPEN] : (struct money){0}));
        if (is_first)
            is_met[at] = true;
    }
    for (size_t i = 0; i < force_count; i++)
        if (!is_met[i])
            TRY(add_line(ctx, act->id, &force[i], ++last));
    return last > BUDGET_LINES_MAX ? LIMIT : OK;
}

enum status budget_amend_refresh_open(struct ctx *ctx, struct str siret, int32_t year)
{
    struct budget_act *acts;
    size_t count;
    TRY(budget_acts(ctx, &acts, &count));
    for (size_t i = 0; i < count; i++)
        if (acts[i].is_draft && acts[i].year == year && str_eq(acts[i].siret, siret) && budget_is_amending(&acts[i]))
            TRY(budget_amend_refresh(ctx, &acts[i]));
    return OK;
}

/* ---- no credit below zero ---- */

static struct money after(const struct budget_line *line, struct money amount)
{
    return (struct money){line->amounts[DOCBUDG_PREVIOUS].cents + line->amounts[DOCBUDG_CARRIED].cents +
                          amount.cents};
}

enum status budget_amend_allows(struct ctx *ctx, const struct budget_line *line, struct money amount)
{
    if (amount.cents >= 0 || after(line, amount).cents >= 0)
        return OK;
    return refuse(ctx, INVALID, "accounting.below_zero", T_accounting_below_zero);
}

enum status budget_amend_check(struct ctx *ctx, const struct budget_act *act, struct faults *faults)
{
    struct budget_line *lines;
    size_t count;
    TRY(budget_lines(ctx, act->id, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        struct money voted = lines[i].amounts[DOCBUDG_VOTED];
        struct str place = str_format(ctx->arena, "compte %.*s%s%.*s", STR_ARG(lines[i].nature),
                                      lines[i].function.len > 0 ? ", fonction " : "", STR_ARG(lines[i].function));
        char *c_place = str_c(ctx->arena, place);
        if (c_place == NULL)
            return LIMIT;
        if (voted.cents < 0 && after(&lines[i], voted).cents < 0)
            fault_add_money(faults, "amending.negative", c_place, after(&lines[i], voted), (struct money){0});
    }
    return OK;
}
