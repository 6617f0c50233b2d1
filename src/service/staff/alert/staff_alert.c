#include "service/staff/alert/staff_alert.h"

#include <stdlib.h>

#include "service/staff/absence/leave_counter.h"
#include "service/staff/career/step.h"
#include "service/staff/record/staff_agent_sql.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/record/staff_identity.h"

enum { MONTHS = 12, CHILD_YEARS = 20, AGAIN_YEARS = 3, ONE_ARENA = 8 << 20 };

/* How many days ahead it is told, and by which text. */
static const struct {
    int32_t ahead;
    struct str source;
} kinds[STAFF_ALERT_KINDS] = {
    [STAFF_ALERT_STEP] = {60, STR_INIT("CGFP, article L522-2")},
    [STAFF_ALERT_CONTRACT] = {90, STR_INIT("Décret n° 88-145, article 38-1")},
    [STAFF_ALERT_TRIAL] = {60, STR_INIT("Décret n° 92-1194, article 4 ; décret n° 88-145, article 4")},
    [STAFF_ALERT_POSITION] = {120, STR_INIT("Décret n° 86-68")},
    [STAFF_ALERT_SICK] = {0, STR_INIT("CGFP, articles L822-2 et L822-3 ; décret n° 87-602")},
    [STAFF_ALERT_AGE] = {365, STR_INIT("CGFP, article L556-1")},
    [STAFF_ALERT_CHILD] = {60, STR_INIT("Code de la sécurité sociale, articles L512-3 et R512-2")},
    [STAFF_ALERT_AGAIN] = {90, STR_INIT("Décret n° 2004-777, article 18")},
};

struct listing {
    const struct career *career;
    struct date day;
    struct staff_alert *alerts;
    size_t count;
};

/* An end that is behind asks for nothing any more, unless something should have been recorded then. */
static void add(struct listing *listing, enum staff_alert_kind kind, struct date day, int32_t number, bool may_be_past)
{
    bool is_near = day.days <= listing->day.days + kinds[kind].ahead && (may_be_past || day.days >= listing->day.days);
    if (is_near && listing->count < STAFF_ALERTS_OF_ONE)
        listing->alerts[listing->count++] =
            (struct staff_alert){.kind = kind, .day = day, .number = number, .source = kinds[kind].source};
}

/* ---- sick leave ---- */

static enum status add_sick(struct arena *arena, struct listing *listing)
{
    int32_t days;
    TRY(leave_sick_of(arena, listing->career, listing->day, &days));
    if (days >= STAFF_SICK_TOLD)
        add(listing, STAFF_ALERT_SICK, listing->day, days, true);
    return OK;
}

/* ---- ends ---- */

static bool is_held(const struct listing *listing, size_t place)
{
    return listing->career->facts[place].since.days <= listing->day.days &&
           career_last(listing->career, place).days >= listing->day.days;
}

/* Nothing of its kind goes on after it. */
static bool is_last(const struct listing *listing, size_t place)
{
    const struct career *career = listing->career;
    return place + 1 == career->count || career->facts[place + 1].kind != career->facts[place].kind ||
           career->facts[place + 1].item != career->facts[place].item;
}

static void add_end(struct listing *listing, size_t place)
{
    const struct career_fact *fact = &listing->career->facts[place];
    struct date last = career_last(listing->career, place);
    bool ends = last.days < CAREER_FOREVER.days && is_last(listing, place);
    struct date born = {(int32_t)fact->number};
    if (fact->kind == CAREER_ENTRY && ends)
        add(listing, STAFF_ALERT_CONTRACT, last, 0, false);
    if (fact->kind == CAREER_TRIAL && ends)
        add(listing, STAFF_ALERT_TRIAL, last, 0, false);
    if (fact->kind == CAREER_POSITION && fact->number != STAFF_ACTIVE && ends)
        add(listing, STAFF_ALERT_POSITION, last, 0, false);
    if (fact->kind == CAREER_CHILD)
        add(listing, STAFF_ALERT_CHILD, step_months_later(born, CHILD_YEARS * MONTHS), 0, false);
    if (fact->kind == CAREER_PART_TIME && last.days >= CAREER_FOREVER.days)
        add(listing, STAFF_ALERT_AGAIN, step_months_later(fact->since, AGAIN_YEARS * MONTHS), 0, true);
}

enum status staff_alert_of(struct arena *arena, const struct career *career, struct date day, struct date born,
                           struct staff_alert ret_alerts[STAFF_ALERTS_OF_ONE], size_t *ret_count)
{
    struct listing listing = {.career = career, .day = day, .alerts = ret_alerts};
    struct step_due due;
    *ret_count = 0;
    if (career_at(career, CAREER_ENTRY, 0, day) == NULL)
        return OK; /* out of service */
    if (step_next(career, day, &due) == OK) {
        bool is_known = false; /* the step may be recorded ahead of its day */
        for (size_t i = 0; i < career->count; i++)
            is_known |= career->facts[i].kind == CAREER_STEP && career->facts[i].since.days > due.since.days;
        if (!is_known)
            add(&listing, STAFF_ALERT_STEP, due.due, due.step, true);
    }
    for (size_t i = 0; i < career->count; i++)
        if (is_held(&listing, i))
            add_end(&listing, i);
    TRY(add_sick(arena, &listing));
    if (born.days != 0)
        add(&listing, STAFF_ALERT_AGE, step_months_later(born, STAFF_AGE_LIMIT * MONTHS), 0, true);
    *ret_count = listing.count;
    return OK;
}

/* ---- all agents ---- */

static int by_day(const void *one, const void *other)
{
    const struct staff_alert *a = one, *b = other;
    if (a->day.days != b->day.days)
        return a->day.days < b->day.days ? -1 : 1;
    return a->agent != b->agent ? (a->agent < b->agent ? -1 : 1) : (int)a->kind - (int)b->kind;
}

static enum status add_agent(struct ctx *ctx, const struct grid *grid, int64_t agent, struct date day,
                             struct staff_alert *alerts, size_t *ret_count)
{
    struct career career;
    struct staff_identity identity = {.born = {0}};
    TRY(staff_fact_career(ctx, agent, ctx->now, grid, &career));
    enum status found = staff_identity_open(ctx, agent, &identity);
    if (found != OK && found != NOT_FOUND)
        return found;
    return staff_alert_of(ctx->arena, &career, day, identity.born, alerts, ret_count);
}

enum status staff_alert_list(struct ctx *ctx, struct date day, struct staff_alert **ret_alerts, size_t *ret_count)
{
    struct grid grid;
    struct sql_staff_agent_after in = {.after = 0};
    struct sql_staff_agent_after_row *agents;
    struct staff_alert found[STAFF_ALERTS_OF_ONE];
    struct arena *scratch ARENA_SCOPE = arena_create(ONE_ARENA);
    size_t agent_count = STAFF_BATCH, of_one;
    struct ctx one = *ctx;
    struct staff_alert *alerts = arena_array(ctx->arena, struct staff_alert, STAFF_ALERTS_MAX);
    if (alerts == NULL || scratch == NULL)
        return LIMIT;
    one.arena = scratch;
    *ret_count = 0;
    TRY(staff_fact_grid(ctx, &grid));
    while (agent_count == STAFF_BATCH) {
        TRY(sql_staff_agent_after(ctx->db, ctx->arena, in, &agents, &agent_count));
        for (size_t i = 0; i < agent_count; i++) {
            in.after = agents[i].id;
            arena_reset(scratch);
            TRY(add_agent(&one, &grid, agents[i].id, day, found, &of_one));
            for (size_t j = 0; j < of_one && *ret_count < STAFF_ALERTS_MAX; j++) {
                alerts[*ret_count] = found[j];
                alerts[*ret_count].agent = agents[i].id;
                alerts[(*ret_count)++].code = agents[i].code;
            }
        }
    }
    qsort(alerts, *ret_count, sizeof *alerts, by_day);
    *ret_alerts = alerts;
    return OK;
}
