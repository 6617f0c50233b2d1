#include "service/staff/career/grid.h"

#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(staff_grid, "src/service/staff/career/grid.csv");
EMBED(staff_grade, "src/service/staff/career/grade.csv");
EMBED(staff_index, "src/service/staff/career/index.csv");

enum { STEP_COLUMNS = 8, GRADE_COLUMNS = 5, PAIR_COLUMNS = 5, GROSS_MAX = 2000, MONTHS_MAX = 120, STEP_MAX = 30 };

/* ---- what comes with the program: a mistake in it ends the program ---- */

static int32_t whole(struct str text, int32_t most)
{
    uint64_t number = 0;
    if (text.len > 0)
        REQUIRE(str_to_u64(text, (uint64_t)most, &number) == OK);
    return (int32_t)number;
}

static struct date day_of(struct str text)
{
    struct date day = {0};
    REQUIRE(date_parse(text, &day) == OK);
    return day;
}

static void add_since(struct grid *grid, struct date day)
{
    for (size_t i = 0; i < grid->since_count; i++)
        if (grid->sinces[i].days == day.days)
            return;
    REQUIRE(grid->since_count < GRID_SINCES_MAX);
    grid->sinces[grid->since_count++] = day;
}

static void take_step(struct grid *grid, const struct csv_row *row)
{
    const struct str *f = row->fields;
    REQUIRE(row->count == STEP_COLUMNS && grid->step_count < GRID_STEPS_MAX);
    struct grid_step step = {.scale = f[0], .step = whole(f[1], STEP_MAX), .gross = whole(f[2], GROSS_MAX),
                             .index = whole(f[3], STAFF_INDEX_MAX), .months = whole(f[4], MONTHS_MAX),
                             .since = day_of(f[5]), .trust = f[6], .source = f[7]};
    REQUIRE(step.index >= STAFF_INDEX_MIN);
    grid->steps[grid->step_count++] = step;
    add_since(grid, step.since);
}

static void take_grade(struct grid *grid, const struct csv_row *row)
{
    const struct str *f = row->fields;
    REQUIRE(row->count == GRADE_COLUMNS && grid->grade_count < GRID_GRADES_MAX && f[3].len == 1);
    REQUIRE(f[3].at[0] >= 'A' && f[3].at[0] <= 'C');
    grid->grades[grid->grade_count++] =
        (struct grid_grade){.code = f[0], .name = f[1], .scale = f[2], .source = f[4],
                            .category = (enum staff_category)(STAFF_A + (f[3].at[0] - 'A'))};
}

static void take_pair(struct grid *grid, const struct csv_row *row)
{
    const struct str *f = row->fields;
    REQUIRE(row->count == PAIR_COLUMNS && grid->pair_count < GRID_PAIRS_MAX);
    grid->pairs[grid->pair_count++] = (struct grid_pair){whole(f[0], GROSS_MAX), whole(f[1], STAFF_INDEX_MAX),
                                                         day_of(f[2]), f[4]};
}

static enum status read_all(struct arena *arena, struct str csv, struct grid *grid,
                            void (*take)(struct grid *grid, const struct csv_row *row))
{
    struct csv_reader reader = csv_open(csv);
    struct csv_row row;
    enum status done;
    TRY(csv_next(&reader, arena, &row)); /* the head */
    while ((done = csv_next(&reader, arena, &row)) == OK)
        take(grid, &row);
    return done == NOT_FOUND ? OK : done;
}

enum status grid_shipped(struct arena *arena, struct grid *ret_grid)
{
    struct grid grid = {.steps = arena_array(arena, struct grid_step, GRID_STEPS_MAX),
                        .grades = arena_array(arena, struct grid_grade, GRID_GRADES_MAX),
                        .pairs = arena_array(arena, struct grid_pair, GRID_PAIRS_MAX),
                        .sinces = arena_array(arena, struct date, GRID_SINCES_MAX)};
    if (grid.steps == NULL || grid.grades == NULL || grid.pairs == NULL || grid.sinces == NULL)
        return LIMIT;
    TRY(read_all(arena, str_span(staff_grid, staff_grid_end), &grid, take_step));
    TRY(read_all(arena, str_span(staff_grade, staff_grade_end), &grid, take_grade));
    TRY(read_all(arena, str_span(staff_index, staff_index_end), &grid, take_pair));
    *ret_grid = grid;
    return OK;
}

/* ---- looking up ---- */

const struct grid_grade *grid_grade_of(const struct grid *grid, struct str grade)
{
    for (size_t i = 0; i < grid->grade_count; i++)
        if (str_eq(grid->grades[i].code, grade))
            return &grid->grades[i];
    return NULL;
}

enum staff_category grid_category(const struct grid *grid, struct str grade)
{
    const struct grid_grade *found = grid_grade_of(grid, grade);
    return found != NULL ? found->category : STAFF_NO_CATEGORY;
}

const struct grid_step *grid_step_of(const struct grid *grid, struct str grade, int32_t step, struct date day)
{
    const struct grid_grade *of = grid_grade_of(grid, grade);
    const struct grid_step *found = NULL;
    for (size_t i = 0; of != NULL && i < grid->step_count; i++) {
        const struct grid_step *row = &grid->steps[i];
        bool is_it = row->step == step && row->since.days <= day.days && str_eq(row->scale, of->scale);
        if (is_it && (found == NULL || found->since.days <= row->since.days))
            found = row;
    }
    return found;
}

void grid_steps_of(const struct grid *grid, struct str grade, int32_t *ret_first, int32_t *ret_last)
{
    const struct grid_grade *of = grid_grade_of(grid, grade);
    *ret_first = *ret_last = 0;
    for (size_t i = 0; of != NULL && i < grid->step_count; i++) {
        const struct grid_step *row = &grid->steps[i];
        if (!str_eq(row->scale, of->scale))
            continue;
        if (*ret_first == 0 || row->step < *ret_first)
            *ret_first = row->step;
        if (row->step > *ret_last)
            *ret_last = row->step;
    }
}

int32_t grid_index(const struct grid *grid, int32_t gross, struct date day)
{
    const struct grid_pair *found = NULL;
    for (size_t i = 0; i < grid->pair_count; i++) {
        const struct grid_pair *pair = &grid->pairs[i];
        bool is_it = pair->gross == gross && pair->since.days <= day.days;
        if (is_it && (found == NULL || found->since.days <= pair->since.days))
            found = pair;
    }
    return found != NULL ? found->index : 0;
}

/* ---- what a town brings ---- */

static enum status read_pair(const struct csv_row *row, struct date since, struct str source,
                             struct grid_pair *ret_pair)
{
    uint64_t gross, index;
    if (row->count < 2)
        return INVALID;
    TRY(str_to_u64(str_trim(row->fields[0]), GROSS_MAX, &gross));
    TRY(str_to_u64(str_trim(row->fields[1]), STAFF_INDEX_MAX, &index));
    *ret_pair = (struct grid_pair){(int32_t)gross, (int32_t)index, since, source};
    return gross > 0 && index >= STAFF_INDEX_MIN ? OK : INVALID;
}

static bool is_there(const struct grid_pair *pairs, size_t count, int32_t gross)
{
    for (size_t i = 0; i < count; i++)
        if (pairs[i].gross == gross)
            return true;
    return false;
}

enum status grid_read_pairs(struct arena *arena, struct str csv, struct date since, struct str source,
                            struct grid_pair **ret_pairs, size_t *ret_count, int64_t *ret_line)
{
    struct csv_reader reader = csv_open(csv);
    struct csv_row row = {.line = 1};
    struct grid_pair *pairs = arena_array(arena, struct grid_pair, GRID_PAIRS_MAX);
    size_t count = 0;
    enum status done;
    if (pairs == NULL)
        return LIMIT;
    while ((done = csv_next(&reader, arena, &row)) == OK) {
        bool is_head = count == 0 && row.line == 1 && row.count > 0 && row.fields[0].len > 0 &&
                       !ascii_is_digit(row.fields[0].at[0]);
        if (is_head)
            continue;
        if (count == GRID_PAIRS_MAX)
            return LIMIT;
        *ret_line = row.line;
        TRY(read_pair(&row, since, source, &pairs[count]));
        if (is_there(pairs, count, pairs[count].gross))
            return INVALID;
        count++;
    }
    *ret_line = row.line;
    if (done != NOT_FOUND || count == 0)
        return done != NOT_FOUND ? done : INVALID;
    *ret_pairs = pairs;
    *ret_count = count;
    return OK;
}
