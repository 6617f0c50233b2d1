#include "service/staff/total/staff_total.h"

#include "service/staff/record/staff_agent_sql.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/record/staff_post.h"

enum { ONE_ARENA = 8 << 20 };

/* ---- hiding ---- */

static struct staff_total_cell *smallest_shown(struct staff_total_cell *cells, size_t count)
{
    struct staff_total_cell *found = NULL;
    for (size_t i = 0; i < count; i++)
        if (!cells[i].is_hidden && cells[i].agents > 0 && (found == NULL || cells[i].agents < found->agents))
            found = &cells[i];
    return found;
}

/* Agents that are hidden together: too few of them could be reckoned as what is missing from the sum. */
static bool betrays(const struct staff_total_cell *cells, size_t count)
{
    int64_t agents = 0, hidden = 0;
    for (size_t i = 0; i < count; i++) {
        hidden += cells[i].is_hidden;
        agents += cells[i].is_hidden ? cells[i].agents : 0;
    }
    return hidden > 0 && (hidden < 2 || agents < STAFF_TOTAL_LEAST);
}

void staff_total_hide(struct staff_total_cell *all, struct staff_total_cell *cells, size_t count)
{
    all->is_hidden = all->agents < STAFF_TOTAL_LEAST;
    for (size_t i = 0; i < count; i++)
        cells[i].is_hidden = all->is_hidden || (cells[i].agents > 0 && cells[i].agents < STAFF_TOTAL_LEAST);
    while (betrays(cells, count)) {
        struct staff_total_cell *next = smallest_shown(cells, count);
        if (next == NULL)
            return; /* all are */
        next->is_hidden = true;
    }
}

/* ---- counting ---- */

struct counting {
    struct staff_total *total;
    const staff_team_row *teams;
    const staff_post_row *posts;
    size_t post_count;
    const struct grid *grid;
};

static struct staff_total_cell *team_of(struct counting *counting, int64_t post)
{
    struct staff_total *total = counting->total;
    for (size_t i = 0; i < counting->post_count; i++)
        for (size_t j = 0; counting->posts[i].id == post && j + 1 < total->team_count; j++)
            if (counting->teams[j].id == counting->posts[i].team)
                return &total->teams[j];
    return &total->teams[total->team_count - 1];
}

static struct staff_total_cell *group_of(struct counting *counting, const struct staff_span *state)
{
    bool is_official = state->status == STAFF_TRAINEE || state->status == STAFF_OFFICIAL;
    size_t place = is_official && state->category != STAFF_NO_CATEGORY ? (size_t)(state->category - STAFF_A)
                                                                       : STAFF_TOTAL_GROUPS - 1;
    return &counting->total->groups[place];
}

static int64_t days_of(const struct career *career, struct date first, struct date last)
{
    int64_t days = 0;
    for (size_t i = 0; i < career->count; i++) {
        const struct career_fact *fact = &career->facts[i];
        bool is_health = fact->kind == CAREER_ABSENCE && fact->number >= STAFF_SICK && fact->number <= STAFF_ACCIDENT;
        int32_t from = fact->since.days > first.days ? fact->since.days : first.days;
        int32_t to = fact->until.days < last.days ? fact->until.days : last.days;
        if (is_health && to >= from)
            days += to - from + 1;
    }
    return days;
}

static enum status add_agent(struct ctx *ctx, struct counting *counting, int64_t agent)
{
    struct career career;
    struct staff_span state;
    struct date day = counting->total->day;
    TRY(staff_fact_career(ctx, agent, ctx->now, counting->grid, &career));
    if (career_state(&career, day, &state) != OK || state.status == STAFF_ELECTED)
        return OK;
    struct date first = date_of(civil_of_date(day).year, 1, 1);
    struct staff_total_cell *cells[] = {&counting->total->all, group_of(counting, &state),
                                        team_of(counting, state.post)};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        cells[i]->agents++;
        cells[i]->days += days_of(&career, first, day);
    }
    return OK;
}

enum status staff_total_of(struct ctx *ctx, struct staff_total *ret_total)
{
    struct grid grid;
    staff_team_row *teams;
    staff_post_row *posts;
    struct sql_staff_agent_after in = {.after = 0};
    struct sql_staff_agent_after_row *agents;
    struct arena *scratch ARENA_SCOPE = arena_create(ONE_ARENA);
    size_t team_count, post_count, count = STAFF_BATCH;
    struct ctx one = *ctx;
    if (scratch == NULL)
        return LIMIT;
    one.arena = scratch;
    TRY(staff_fact_grid(ctx, &grid));
    TRY(staff_team_list(ctx, &teams, &team_count));
    TRY(staff_post_list(ctx, &posts, &post_count));
    *ret_total = (struct staff_total){.day = date_of(civil_of_date(ctx_today(ctx)).year - 1, 12, 31),
                                      .team_count = team_count + 1};
    struct counting counting = {ret_total, teams, posts, post_count, &grid};
    for (size_t i = 0; i < team_count; i++)
        ret_total->teams[i].name = teams[i].name;
    while (count == STAFF_BATCH) {
        TRY(sql_staff_agent_after(ctx->db, ctx->arena, in, &agents, &count));
        for (size_t i = 0; i < count; i++) {
            in.after = agents[i].id;
            arena_reset(scratch);
            TRY(add_agent(&one, &counting, agents[i].id));
        }
    }
    staff_total_hide(&ret_total->all, ret_total->groups, STAFF_TOTAL_GROUPS);
    staff_total_hide(&ret_total->all, ret_total->teams, ret_total->team_count);
    return OK;
}
