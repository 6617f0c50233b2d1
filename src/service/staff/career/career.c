#include "service/staff/career/career.h"

#include <stdlib.h>

enum { CHILD_YEARS = 20, EDGES_MAX = 2 * STAFF_FACTS_MAX + 2 };

/* ---- what lives ---- */

static int compare(const void *left, const void *right)
{
    const struct career_fact *one = left, *other = right;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    if (one->item != other->item)
        return one->item < other->item ? -1 : 1;
    if (one->since.days != other->since.days)
        return one->since.days < other->since.days ? -1 : 1;
    return one->id < other->id ? -1 : one->id > other->id;
}

static int compare_ids(const void *left, const void *right)
{
    int64_t one = *(const int64_t *)left, other = *(const int64_t *)right;
    return one < other ? -1 : one > other;
}

static bool is_among(const int64_t *ids, size_t count, int64_t id)
{
    return count > 0 && bsearch(&id, ids, count, sizeof *ids, compare_ids) != NULL;
}

enum status career_live(struct arena *arena, const struct career_fact *rows, size_t row_count, struct instant known,
                        struct career *ret_career)
{
    struct career_fact *live = arena_array(arena, struct career_fact, row_count + 1);
    int64_t *replaced = arena_array(arena, int64_t, row_count + 1);
    size_t count = 0, replaced_count = 0;
    if (live == NULL || replaced == NULL || row_count > STAFF_FACTS_MAX)
        return LIMIT;
    for (size_t i = 0; i < row_count; i++)
        if (rows[i].known_ms <= known.ms && rows[i].corrects != 0)
            replaced[replaced_count++] = rows[i].corrects;
    qsort(replaced, replaced_count, sizeof *replaced, compare_ids);
    for (size_t i = 0; i < row_count; i++)
        if (rows[i].known_ms <= known.ms && !rows[i].is_back && !is_among(replaced, replaced_count, rows[i].id))
            live[count++] = rows[i];
    qsort(live, count, sizeof *live, compare);
    *ret_career = (struct career){.facts = live, .count = count, .grid = ret_career->grid};
    return OK;
}

/* ---- a day ---- */

struct date career_last(const struct career *career, size_t place)
{
    const struct career_fact *fact = &career->facts[place], *next = fact + 1;
    if (fact->until.days != 0)
        return fact->until;
    bool has_next = place + 1 < career->count && next->kind == fact->kind && next->item == fact->item;
    return has_next ? (struct date){next->since.days - 1} : CAREER_FOREVER;
}

/* Facts are few, and in order: the last of its kind that has begun. */
const struct career_fact *career_at(const struct career *career, enum career_kind kind, int64_t item, struct date day)
{
    const struct career_fact *found = NULL;
    for (size_t i = 0; i < career->count; i++) {
        const struct career_fact *fact = &career->facts[i];
        if (fact->kind == kind && fact->item == item && fact->since.days <= day.days)
            found = fact;
    }
    return found != NULL && (found->until.days == 0 || found->until.days >= day.days) ? found : NULL;
}

static int64_t number_at(const struct career *career, enum career_kind kind, struct date day, int64_t otherwise)
{
    const struct career_fact *fact = career_at(career, kind, 0, day);
    return fact != NULL ? fact->number : otherwise;
}

/* The index of a grade's step, of a contract, or the one a person keeps where it is higher. */
static void add_index(const struct career *career, struct date day, struct staff_span *state)
{
    const struct career_fact *grade = career_at(career, CAREER_GRADE, 0, day);
    const struct grid_step *step;
    state->grade = grade != NULL ? grade->words : STR("");
    state->category = grid_category(career->grid, state->grade);
    state->step = (int32_t)number_at(career, CAREER_STEP, day, 0);
    if (state->status == STAFF_CONTRACT)
        state->index = (int32_t)number_at(career, CAREER_CONTRACT, day, 0);
    step = grid_step_of(career->grid, state->grade, state->step, day);
    if (step != NULL && (state->status != STAFF_CONTRACT || state->index == 0)) {
        state->gross_index = step->gross;
        state->index = step->index;
    }
    int32_t kept = (int32_t)number_at(career, CAREER_INDEX, day, 0);
    if (kept > state->index) {
        state->index = kept;
        state->gross_index = 0;
    }
}

/* The act of the youngest fact that says something of the day. */
static int64_t act_at(const struct career *career, struct date day)
{
    const struct career_fact *youngest = NULL;
    for (enum career_kind kind = CAREER_ENTRY; kind <= CAREER_CONTRACT; kind++) {
        const struct career_fact *fact = career_at(career, kind, 0, day);
        if (fact != NULL && (youngest == NULL || fact->since.days >= youngest->since.days))
            youngest = fact;
    }
    return youngest != NULL ? youngest->act : 0;
}

enum status career_state(const struct career *career, struct date day, struct staff_span *ret_state)
{
    const struct career_fact *status = career_at(career, CAREER_STATUS, 0, day);
    const struct career_fact *position = career_at(career, CAREER_POSITION, 0, day);
    if (career_at(career, CAREER_ENTRY, 0, day) == NULL || status == NULL)
        return NOT_FOUND;
    bool needs_position = status->number == STAFF_TRAINEE || status->number == STAFF_OFFICIAL;
    if (needs_position && position == NULL)
        return NOT_FOUND;
    struct staff_span state = {.first = day,
                               .last = day,
                               .status = (enum staff_status)status->number,
                               .position = position != NULL ? (enum staff_position)position->number : STAFF_ACTIVE,
                               .nbi = (int32_t)number_at(career, CAREER_NBI, day, 0),
                               .part_time = (int32_t)number_at(career, CAREER_PART_TIME, day, 100),
                               .week_tenths = (int32_t)number_at(career, CAREER_WEEK, day, 0),
                               .post = number_at(career, CAREER_POST, day, 0),
                               .act = act_at(career, day)};
    add_index(career, day, &state);
    *ret_state = state;
    return OK;
}

/* ---- days one after the other ---- */

static bool is_same(const struct staff_span *one, const struct staff_span *other)
{
    return one->last.days + 1 == other->first.days && one->status == other->status &&
           one->position == other->position && str_eq(one->grade, other->grade) && one->step == other->step &&
           one->gross_index == other->gross_index && one->index == other->index && one->nbi == other->nbi &&
           one->part_time == other->part_time && one->week_tenths == other->week_tenths && one->post == other->post &&
           one->act == other->act;
}

static int compare_days(const void *left, const void *right)
{
    int32_t one = *(const int32_t *)left, other = *(const int32_t *)right;
    return one < other ? -1 : one > other;
}

static void add_edge(int32_t *edges, size_t *count, int64_t day, struct date first, struct date last)
{
    if (day > first.days && day <= last.days)
        edges[(*count)++] = (int32_t)day;
}

/* First days of what may differ from the day before, and the one after the last. */
static size_t edges_of(const struct career *career, struct date first, struct date last, int32_t *edges)
{
    size_t count = 0;
    edges[count++] = first.days;
    for (size_t i = 0; i < career->count; i++) {
        const struct career_fact *fact = &career->facts[i];
        if (fact->kind > CAREER_CONTRACT)
            break;
        add_edge(edges, &count, fact->since.days, first, last);
        if (fact->until.days != 0)
            add_edge(edges, &count, (int64_t)fact->until.days + 1, first, last);
    }
    for (size_t i = 0; i < career->grid->since_count; i++)
        add_edge(edges, &count, career->grid->sinces[i].days, first, last);
    qsort(edges, count, sizeof *edges, compare_days);
    edges[count] = last.days + 1;
    return count;
}

enum status career_spans(struct arena *arena, const struct career *career, struct date first, struct date last,
                         struct staff_span **ret_spans, size_t *ret_count)
{
    size_t most = 2 * career->count + career->grid->since_count + 2, count = 0;
    int32_t *edges = arena_array(arena, int32_t, most);
    struct staff_span *spans = arena_array(arena, struct staff_span, most);
    if (edges == NULL || spans == NULL || most > EDGES_MAX + GRID_SINCES_MAX)
        return LIMIT;
    size_t edge_count = edges_of(career, first, last, edges);
    for (size_t i = 0; i < edge_count; i++) {
        struct staff_span span;
        if (edges[i] == edges[i + 1] || career_state(career, (struct date){edges[i]}, &span) != OK)
            continue;
        span.last = (struct date){edges[i + 1] - 1};
        if (count > 0 && is_same(&spans[count - 1], &span))
            spans[count - 1].last = span.last;
        else
            spans[count++] = span;
    }
    *ret_spans = spans;
    *ret_count = count;
    return OK;
}

/* ---- children ---- */

int32_t career_children(const struct career *career, struct date day, int32_t *ret_shared)
{
    int32_t count = 0;
    *ret_shared = 0;
    for (size_t i = 0; i < career->count; i++) {
        const struct career_fact *fact = &career->facts[i];
        if (fact->kind != CAREER_CHILD || fact->since.days > day.days || career_last(career, i).days < day.days)
            continue;
        struct civil born = civil_of_date((struct date){(int32_t)fact->number}), now = civil_of_date(day);
        int32_t years = now.year - born.year - (now.month * 100 + now.day < born.month * 100 + born.day);
        if (years >= CHILD_YEARS)
            continue;
        count++;
        *ret_shared += str_eq(fact->words, STR("shared"));
    }
    return count;
}
