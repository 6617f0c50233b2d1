#include "service/staff/record/staff_fact.h"

#include "core/mandate.h"
#include "core/town.h"
#include "service/staff/act/staff_act.h"
#include "service/staff/lang.h"
#include "service/staff/record/staff_agent.h"
#include "service/staff/record/staff_fact_sql.h"

/* ---- reading ---- */

enum status staff_fact_rows(struct ctx *ctx, int64_t agent, struct career_fact **ret_rows, size_t *ret_count)
{
    struct sql_staff_fact_list_row *rows;
    size_t count;
    TRY(sql_staff_fact_list(ctx->db, ctx->arena, (struct sql_staff_fact_list){.agent = agent}, &rows, &count));
    struct career_fact *facts = arena_array(ctx->arena, struct career_fact, count + 1);
    if (facts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        const struct sql_staff_fact_list_row *row = &rows[i];
        if (row->kind < 0 || row->kind >= CAREER_KINDS)
            return CORRUPT;
        facts[i] = (struct career_fact){.id = row->id,
                                        .kind = (enum career_kind)row->kind,
                                        .item = row->item,
                                        .number = row->number,
                                        .link = row->link,
                                        .words = row->words,
                                        .since = {(int32_t)row->since_day},
                                        .until = {(int32_t)row->until_day},
                                        .known_ms = row->known_ms,
                                        .corrects = row->corrects,
                                        .act = row->act,
                                        .person = row->person,
                                        .is_back = row->is_back != 0};
    }
    *ret_rows = facts;
    *ret_count = count;
    return OK;
}

enum status staff_fact_grid(struct ctx *ctx, struct grid *ret_grid)
{
    struct sql_staff_fact_pairs_row *rows;
    size_t count;
    TRY(grid_shipped(ctx->arena, ret_grid));
    TRY(sql_staff_fact_pairs(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count && ret_grid->pair_count < GRID_PAIRS_MAX; i++)
        ret_grid->pairs[ret_grid->pair_count++] =
            (struct grid_pair){(int32_t)rows[i].gross, (int32_t)rows[i].points, {(int32_t)rows[i].since_day},
                               rows[i].source};
    return OK;
}

enum status staff_fact_career(struct ctx *ctx, int64_t agent, struct instant known, const struct grid *grid,
                              struct career *ret_career)
{
    struct career_fact *rows;
    size_t count;
    TRY(staff_fact_rows(ctx, agent, &rows, &count));
    ret_career->grid = grid;
    return career_live(ctx->arena, rows, count, known, ret_career);
}

/* ---- writing ---- */

static enum status insert(struct ctx *ctx, int64_t agent, const struct career_fact *fact, int64_t *ret_id)
{
    struct sql_staff_fact_add_row row;
    struct sql_staff_fact_add in = {.agent = agent,
                                    .kind = fact->kind,
                                    .item = fact->item,
                                    .number = fact->number,
                                    .words = fact->words,
                                    .link = fact->link,
                                    .since_day = fact->since.days,
                                    .until_day = fact->until.days,
                                    .known_ms = ctx->now.ms,
                                    .corrects = fact->corrects,
                                    .is_back = fact->is_back,
                                    .act = fact->act,
                                    .person = ctx->actor.person};
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_fact_add(ctx->db, ctx->arena, in, &row));
    *ret_id = row.id;
    return OK;
}

static enum status fault_of(struct career_fault *ret_fault, enum career_rule rule)
{
    *ret_fault = (struct career_fault){.rule = rule, .agent = STR(""), .reason = STR(""), .source = STR("")};
    return INVALID;
}

static const struct career_fact *live_of(const struct career *career, int64_t id)
{
    for (size_t i = 0; i < career->count; i++)
        if (career->facts[i].id == id)
            return &career->facts[i];
    return NULL;
}

/* A child is in the charge of one household: two agents who name it are both told (SFT is paid once). */
static enum status check_twin(struct ctx *ctx, int64_t agent, const struct career_fact *fact,
                              struct career_fault *ret_fault)
{
    struct sql_staff_fact_twin_row row;
    struct sql_staff_fact_twin in = {.kind = fact->kind, .number = fact->number, .agent = agent};
    enum status found = sql_staff_fact_twin(ctx->db, ctx->arena, in, &row);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    (void)fault_of(ret_fault, CAREER_CHILD_TWICE);
    ret_fault->agent = row.code;
    ret_fault->other = (struct career_fact){.id = row.id, .kind = fact->kind, .number = fact->number, .words = STR(""),
                                            .since = {(int32_t)row.since_day}, .until = {(int32_t)row.until_day}};
    return INVALID;
}

enum status staff_fact_add(struct ctx *ctx, int64_t agent, const struct career_fact *fact, struct staff_fact_how how,
                           struct career_fault *ret_fault, int64_t *ret_id)
{
    struct grid grid;
    struct career career;
    struct transitions transitions;
    struct career_fact *rows;
    size_t count;
    TRY(mandate_forbids(ctx));
    if (fact->words.len > CAREER_WORDS_MAX)
        return LIMIT;
    TRY(staff_fact_grid(ctx, &grid));
    TRY(transitions_shipped(ctx->arena, &transitions));
    TRY(staff_fact_rows(ctx, agent, &rows, &count));
    if (count >= STAFF_FACTS_MAX)
        return refuse(ctx, LIMIT, "staff.facts", T_staff_facts_many);
    career.grid = &grid;
    TRY(career_live(ctx->arena, rows, count, ctx->now, &career));
    const struct career_fact *corrected = fact->corrects != 0 ? live_of(&career, fact->corrects) : NULL;
    if (fact->corrects != 0 && (corrected == NULL || corrected->kind != fact->kind))
        return fault_of(ret_fault, CAREER_GONE);
    TRY(career_check(ctx->arena, &career, &transitions, fact, ctx_today(ctx), ret_fault));
    if (fact->kind == CAREER_CHILD && !how.is_apart)
        TRY(check_twin(ctx, agent, fact, ret_fault));
    struct career_fact made = *fact;
    struct career after;
    TRY(career_without(ctx->arena, &career, fact->corrects, &after));
    TRY(career_with(ctx->arena, &after, fact, &after, NULL));
    TRY(staff_act_for(ctx, agent, &after, fact, corrected, how.reason, &made.act));
    TRY(insert(ctx, agent, &made, ret_id));
    return staff_act_settle(ctx, corrected != NULL ? corrected->act : 0);
}

enum status staff_fact_back(struct ctx *ctx, int64_t agent, int64_t id, struct str reason,
                            struct career_fault *ret_fault)
{
    struct grid grid;
    struct career career;
    int64_t row;
    TRY(mandate_forbids(ctx));
    TRY(staff_fact_grid(ctx, &grid));
    TRY(staff_fact_career(ctx, agent, ctx->now, &grid, &career));
    const struct career_fact *fact = live_of(&career, id);
    if (fact == NULL)
        return NOT_FOUND;
    TRY(career_check_back(ctx->arena, &career, fact, ret_fault));
    struct career_fact back = *fact;
    back.corrects = id;
    back.is_back = true;
    TRY(staff_act_for(ctx, agent, &career, &back, fact, reason, &back.act));
    TRY(insert(ctx, agent, &back, &row));
    return staff_act_settle(ctx, fact->act);
}

/* ---- a recruitment ---- */

static void add(struct career_fact *facts, size_t *count, struct career_fact fact)
{
    facts[(*count)++] = fact;
}

static size_t facts_of(const struct staff_recruit *recruit, struct career_fact facts[STAFF_RECRUIT_FACTS])
{
    size_t count = 0;
    struct career_fact fact = {.words = STR(""), .since = recruit->since};
    bool is_contract = recruit->status == STAFF_CONTRACT;
    fact.until = is_contract ? recruit->until : (struct date){0};
    fact.kind = CAREER_ENTRY;
    add(facts, &count, fact);
    fact.until = (struct date){0};
    struct career_fact numbers[] = {
        {.kind = CAREER_STATUS, .number = recruit->status},
        {.kind = CAREER_POSITION, .number = STAFF_ACTIVE},
        {.kind = CAREER_GRADE, .words = recruit->grade},
        {.kind = CAREER_STEP, .number = recruit->step},
        {.kind = CAREER_PART_TIME, .number = recruit->part_time},
        {.kind = CAREER_WEEK, .number = recruit->week_tenths},
        {.kind = CAREER_POST, .number = recruit->post},
        {.kind = CAREER_CONTRACT, .number = is_contract ? recruit->index : 0, .words = recruit->article},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        bool is_said = numbers[i].number != 0 || numbers[i].kind == CAREER_STATUS ||
                       (numbers[i].kind == CAREER_POSITION && recruit->status <= STAFF_OFFICIAL) ||
                       (numbers[i].kind == CAREER_GRADE && recruit->grade.len > 0);
        fact.kind = numbers[i].kind;
        fact.number = numbers[i].number;
        fact.words = numbers[i].words.len > 0 ? numbers[i].words : STR("");
        if (is_said)
            add(facts, &count, fact);
    }
    if (recruit->trial_until.days != 0)
        add(facts, &count, (struct career_fact){.kind = CAREER_TRIAL, .words = STR(""), .since = recruit->since,
                                                .until = recruit->trial_until});
    return count;
}

enum status staff_fact_recruit(struct ctx *ctx, const struct staff_recruit *recruit, struct career_fault *ret_fault,
                               int64_t *ret_agent)
{
    struct grid grid;
    struct transitions transitions;
    struct career_fact facts[STAFF_RECRUIT_FACTS];
    size_t count = facts_of(recruit, facts);
    int64_t row, act = 0;
    TRY(staff_agent_check_code(ctx, recruit->code));
    TRY(staff_fact_grid(ctx, &grid));
    TRY(transitions_shipped(ctx->arena, &transitions));
    struct career career = {.facts = NULL, .count = 0, .grid = &grid};
    for (size_t i = 0; i < count; i++) {
        facts[i].id = (int64_t)i + 1; /* only for what is checked */
        TRY(career_check(ctx->arena, &career, &transitions, &facts[i], ctx_today(ctx), ret_fault));
        TRY(career_with(ctx->arena, &career, &facts[i], &career, NULL));
    }
    TRY(staff_agent_add(ctx, recruit->code, ret_agent));
    bool is_wanted = act_form_wants(ctx->arena, &career, &facts[0]);
    if (is_wanted)
        TRY(staff_act_begin(ctx, *ret_agent, CAREER_ENTRY, STR(""), &act));
    for (size_t i = 0; i < count; i++) {
        facts[i].act = is_wanted && act_form_wants(ctx->arena, &career, &facts[i]) ? act : 0;
        TRY(insert(ctx, *ret_agent, &facts[i], &row));
    }
    return OK;
}
