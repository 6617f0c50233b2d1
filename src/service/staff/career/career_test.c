#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/seeded.h"
#include "service/staff/career/career_check.h"
#include "service/staff/career/step.h"

enum { ROWS_MAX = 60, SEQUENCES = 300, SPAN_DAYS = 400 };

static struct arena *arena;
static struct grid grid;
static struct transitions transitions;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    assert_int_equal(grid_shipped(arena, &grid), OK);
    assert_int_equal(transitions_shipped(arena, &transitions), OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static struct date day(const char *text)
{
    struct date date = {0};
    if (text != NULL)
        assert_int_equal(date_parse(str_of(text), &date), OK);
    return date;
}

static struct career_fact fact(int64_t id, enum career_kind kind, int64_t number, const char *since, const char *until)
{
    return (struct career_fact){.id = id, .kind = kind, .number = number, .words = STR(""), .since = day(since),
                                .until = day(until), .known_ms = 1000};
}

static struct career_fact grade_fact(int64_t id, const char *grade, const char *since)
{
    struct career_fact made = fact(id, CAREER_GRADE, 0, since, NULL);
    made.words = str_of(grade);
    return made;
}

static struct career live_of(const struct career_fact *rows, size_t count, int64_t known_ms)
{
    struct career career = {.grid = &grid};
    assert_int_equal(career_live(arena, rows, count, (struct instant){known_ms}, &career), OK);
    return career;
}

/* A titulaire in activity since 2024: ATEC, step 3. */
static const struct career_fact *base_rows(size_t *ret_count)
{
    static struct career_fact rows[5];
    rows[0] = fact(1, CAREER_ENTRY, 0, "2024-03-01", NULL);
    rows[1] = fact(2, CAREER_STATUS, STAFF_OFFICIAL, "2024-03-01", NULL);
    rows[2] = fact(3, CAREER_POSITION, STAFF_ACTIVE, "2024-03-01", NULL);
    rows[3] = grade_fact(4, "ATEC", "2024-03-01");
    rows[4] = fact(5, CAREER_STEP, 3, "2024-03-01", NULL);
    *ret_count = 5;
    return rows;
}

static struct career base(void)
{
    size_t count;
    const struct career_fact *rows = base_rows(&count);
    return live_of(rows, count, 2000);
}

/* ---- two times ---- */

static void a_correction_counts_since_it_is_known(void **state)
{
    (void)state;
    size_t count;
    struct staff_span span;
    struct career_fact rows[6];
    memcpy(rows, base_rows(&count), 5 * sizeof *rows);
    rows[5] = fact(6, CAREER_STEP, 5, "2024-03-01", NULL);
    rows[5].corrects = 5;
    rows[5].known_ms = 5000;
    struct career before = live_of(rows, 6, 4999), after = live_of(rows, 6, 5000);
    assert_int_equal(career_state(&before, day("2025-01-01"), &span), OK);
    assert_int_equal(span.step, 3);
    assert_int_equal(career_state(&after, day("2025-01-01"), &span), OK);
    assert_int_equal(span.step, 5);
    assert_int_equal(career_state(&after, day("2024-02-29"), &span), NOT_FOUND);
}

static void what_is_taken_back_is_gone(void **state)
{
    (void)state;
    size_t count;
    struct staff_span span;
    struct career_fact rows[7];
    memcpy(rows, base_rows(&count), 5 * sizeof *rows);
    rows[5] = fact(6, CAREER_NBI, 20, "2024-06-01", NULL);
    rows[6] = fact(7, CAREER_NBI, 0, "2024-06-01", NULL);
    rows[6].corrects = 6;
    rows[6].is_back = true;
    rows[6].known_ms = 3000;
    struct career before = live_of(rows, 7, 2999), after = live_of(rows, 7, 3000);
    assert_int_equal(career_state(&before, day("2024-07-01"), &span), OK);
    assert_int_equal(span.nbi, 20);
    assert_int_equal(career_state(&after, day("2024-07-01"), &span), OK);
    assert_int_equal(span.nbi, 0);
}

/* The definition, word for word: of the rows known then that none known then stands in place of, the last that has
 * begun, unless it has ended. */
static const struct career_fact *oracle(const struct career_fact *rows, size_t count, int64_t known_ms,
                                        enum career_kind kind, struct date when)
{
    const struct career_fact *last = NULL;
    for (size_t i = 0; i < count; i++) {
        bool is_gone = rows[i].known_ms > known_ms || rows[i].is_back || rows[i].kind != kind;
        for (size_t j = 0; j < count && !is_gone; j++)
            is_gone = rows[j].known_ms <= known_ms && rows[j].corrects == rows[i].id;
        if (!is_gone && rows[i].since.days <= when.days && (last == NULL || rows[i].since.days >= last->since.days))
            last = &rows[i];
    }
    return last != NULL && (last->until.days == 0 || last->until.days >= when.days) ? last : NULL;
}

static int32_t below(struct seeded *seed, int32_t most)
{
    return (int32_t)seeded_below(seed, (uint64_t)most);
}

/* Facts of two kinds, corrections and takings back of any of them, each as it came to be known. */
static size_t random_rows(struct seeded *seed, struct career_fact *rows)
{
    size_t count = (size_t)below(seed, ROWS_MAX - 2) + 2;
    for (size_t i = 0; i < count; i++) {
        int32_t since = date_of(2025, 1, 1).days + below(seed, SPAN_DAYS);
        rows[i] = (struct career_fact){.id = (int64_t)i + 1,
                                       .kind = below(seed, 2) ? CAREER_STEP : CAREER_NBI,
                                       .number = below(seed, 9) + 1,
                                       .words = STR(""),
                                       .since = {since},
                                       .until = {below(seed, 2) ? 0 : since + below(seed, SPAN_DAYS)},
                                       .known_ms = (int64_t)i * 10};
        if (i > 0 && below(seed, 3) == 0) {
            rows[i].corrects = below(seed, (int32_t)i) + 1;
            rows[i].kind = rows[rows[i].corrects - 1].kind;
            rows[i].is_back = below(seed, 3) == 0;
        }
    }
    return count;
}

static void random_careers_are_as_the_definition_says(void **state)
{
    (void)state;
    struct seeded seed = {20260301};
    struct career_fact rows[ROWS_MAX];
    for (int i = 0; i < SEQUENCES; i++) {
        struct arena *whole = arena;
        arena = arena_create(1 << 20);
        size_t count = random_rows(&seed, rows);
        int64_t known = below(&seed, (int32_t)count * 10);
        struct career career = live_of(rows, count, known);
        for (int32_t offset = 0; offset < 2 * SPAN_DAYS; offset += 7) {
            struct date when = {date_of(2025, 1, 1).days + offset};
            for (enum career_kind kind = CAREER_STEP; kind <= CAREER_NBI; kind++) {
                const struct career_fact *expected = oracle(rows, count, known, kind, when);
                const struct career_fact *found = career_at(&career, kind, 0, when);
                assert_int_equal(found != NULL ? found->id : 0, expected != NULL ? expected->id : 0);
            }
        }
        arena_destroy(&arena);
        arena = whole;
    }
}

static void spans_are_the_states_of_their_days(void **state)
{
    (void)state;
    struct career_fact rows[5 + 4];
    struct staff_span *spans, one;
    size_t count, covered = 0;
    memcpy(rows, base_rows(&count), 5 * sizeof *rows);
    rows[5] = fact(6, CAREER_PART_TIME, 80, "2026-01-10", "2026-01-20");
    rows[6] = fact(7, CAREER_STEP, 4, "2026-01-15", NULL);
    rows[7] = fact(8, CAREER_NBI, 15, "2026-01-20", NULL);
    rows[8] = fact(9, CAREER_ABSENCE, STAFF_ANNUAL, "2026-01-05", "2026-01-06");
    struct career career = live_of(rows, 9, 2000);
    assert_int_equal(career_spans(arena, &career, day("2026-01-01"), day("2026-01-31"), &spans, &count), OK);
    assert_int_equal(count, 5); /* 1-9, 10-14, 15-19, 20, 21-31 */
    for (size_t i = 0; i < count; i++)
        for (int32_t at = spans[i].first.days; at <= spans[i].last.days; at++) {
            assert_int_equal(career_state(&career, (struct date){at}, &one), OK);
            assert_int_equal(one.index, spans[i].index);
            assert_int_equal(one.part_time, spans[i].part_time);
            assert_int_equal(one.nbi, spans[i].nbi);
            covered++;
        }
    assert_int_equal(covered, 31);
    assert_int_equal(spans[0].index, 368);
    assert_int_equal(spans[4].part_time, 100);
}

/* ---- what is refused ---- */

static enum career_rule added(struct career career, struct career_fact made, int64_t *ret_other)
{
    struct career_fault fault = {.rule = CAREER_RIGHT};
    enum status done = career_check(arena, &career, &transitions, &made, day("2026-11-23"), &fault);
    assert_int_equal(done, fault.rule == CAREER_RIGHT ? OK : INVALID);
    *ret_other = fault.other.id;
    return fault.rule;
}

static struct career with(struct career career, struct career_fact made)
{
    struct career_fact rows[ROWS_MAX];
    memcpy(rows, career.facts, career.count * sizeof *rows);
    rows[career.count] = made;
    return live_of(rows, career.count + 1, 2000);
}

#define REFUSED(career, made, wanted, wanted_other)                                                                   \
    do {                                                                                                               \
        int64_t other_;                                                                                                \
        assert_int_equal(added((career), (made), &other_), (wanted));                                                  \
        assert_int_equal(other_, (wanted_other));                                                                      \
    } while (0)

static void two_facts_of_a_kind_do_not_overlap(void **state)
{
    (void)state;
    struct career career = with(base(), fact(8, CAREER_NBI, 10, "2025-01-01", "2025-12-31"));
    REFUSED(career, fact(9, CAREER_NBI, 20, "2025-12-31", NULL), CAREER_OVERLAP, 8);
    REFUSED(career, fact(9, CAREER_NBI, 20, "2024-06-01", "2025-01-01"), CAREER_OVERLAP, 8);
    REFUSED(career, fact(9, CAREER_NBI, 20, "2025-01-01", NULL), CAREER_OVERLAP, 8);
    REFUSED(career, fact(9, CAREER_NBI, 20, "2026-01-01", NULL), CAREER_RIGHT, 0);
    REFUSED(career, fact(9, CAREER_NBI, 20, "2024-06-01", NULL), CAREER_RIGHT, 0); /* ends when the other begins */
}

static void positions_leave_no_hole(void **state)
{
    (void)state;
    struct career career = with(base(), fact(8, CAREER_POSITION, STAFF_SECONDED, "2025-01-01", "2025-12-31"));
    REFUSED(career, fact(9, CAREER_POSITION, STAFF_ACTIVE, "2026-02-01", NULL), CAREER_HOLE, 8);
    REFUSED(career, fact(9, CAREER_POSITION, STAFF_ACTIVE, "2025-12-01", NULL), CAREER_OVERLAP, 8);
    REFUSED(career, fact(9, CAREER_POSITION, STAFF_ACTIVE, "2026-01-01", NULL), CAREER_RIGHT, 0);
}

static void transitions_are_those_of_the_law(void **state)
{
    (void)state;
    struct career_fault fault;
    struct career_fact rows[3] = {fact(1, CAREER_ENTRY, 0, "2026-01-01", NULL),
                                  fact(2, CAREER_STATUS, STAFF_TRAINEE, "2026-01-01", NULL),
                                  fact(3, CAREER_POSITION, STAFF_ACTIVE, "2026-01-01", NULL)};
    struct career career = live_of(rows, 3, 2000);
    struct career_fact made = fact(4, CAREER_POSITION, STAFF_AVAILABLE, "2026-05-01", NULL);
    assert_int_equal(career_check(arena, &career, &transitions, &made, day("2026-11-23"), &fault), INVALID);
    assert_int_equal(fault.rule, CAREER_TRANSITION);
    assert_int_equal(fault.other.id, 3);
    assert_true(str_find(fault.source, STR("L514-1")) != SIZE_MAX);
    assert_true(fault.reason.len > 0);
    REFUSED(base(), fact(9, CAREER_POSITION, STAFF_OUTSIDE, "2026-05-01", NULL), CAREER_TRANSITION, 3);
    REFUSED(base(), fact(9, CAREER_POSITION, STAFF_AVAILABLE, "2026-05-01", NULL), CAREER_RIGHT, 0);
}

static void values_are_within_their_bounds(void **state)
{
    (void)state;
    REFUSED(base(), fact(9, CAREER_INDEX, 365, "2026-01-01", NULL), CAREER_LOW_INDEX, 0);
    REFUSED(base(), fact(9, CAREER_INDEX, 366, "2026-01-01", NULL), CAREER_RIGHT, 0);
    REFUSED(base(), fact(9, CAREER_STEP, 12, "2026-01-01", NULL), CAREER_NO_STEP, 4);
    REFUSED(base(), fact(9, CAREER_STEP, 11, "2026-01-01", NULL), CAREER_RIGHT, 0);
    REFUSED(base(), fact(9, CAREER_PART_TIME, 49, "2026-01-01", NULL), CAREER_NUMBER, 0);
    REFUSED(base(), fact(9, CAREER_PART_TIME, 50, "2026-01-01", NULL), CAREER_RIGHT, 0);
    REFUSED(base(), fact(9, CAREER_WEEK, 351, "2026-01-01", NULL), CAREER_NUMBER, 0);
    REFUSED(base(), fact(9, CAREER_PART_TIME, 80, "2024-02-29", NULL), CAREER_OUT_OF_SERVICE, 1);
    REFUSED(base(), fact(9, CAREER_PART_TIME, 80, "2026-01-02", "2026-01-01"), CAREER_DAYS, 0);
    REFUSED(with(base(), fact(8, CAREER_WEEK, 175, "2025-01-01", NULL)),
            fact(9, CAREER_PART_TIME, 80, "2026-01-01", NULL), CAREER_PART_AND_WEEK, 8);
    REFUSED(base(), grade_fact(9, "NONE", "2026-01-01"), CAREER_NO_GRADE, 0);
}

static void an_exit_leaves_nothing_behind(void **state)
{
    (void)state;
    struct career career = with(base(), fact(8, CAREER_NBI, 10, "2025-06-01", NULL));
    struct career_fact out = fact(9, CAREER_ENTRY, 0, "2024-03-01", "2025-01-31"), early = out;
    out.corrects = early.corrects = 1;
    early.until = day("2024-02-01");
    REFUSED(career, out, CAREER_EXIT_FIRST, 8);
    REFUSED(career, early, CAREER_DAYS, 0);
}

static void nbi_is_of_officials(void **state)
{
    (void)state;
    struct career_fact rows[2] = {fact(1, CAREER_ENTRY, 0, "2026-01-01", NULL),
                                  fact(2, CAREER_STATUS, STAFF_CONTRACT, "2026-01-01", NULL)};
    REFUSED(live_of(rows, 2, 2000), fact(9, CAREER_NBI, 10, "2026-02-01", NULL), CAREER_NBI_CONTRACT, 2);
}

static void children_are_below_twenty(void **state)
{
    (void)state;
    int32_t shared;
    struct career_fact made = fact(9, CAREER_CHILD, date_of(2006, 5, 10).days, "2026-05-10", NULL);
    made.item = 1;
    REFUSED(base(), made, CAREER_CHILD_OLD, 0);
    made.since = day("2026-05-09");
    REFUSED(base(), made, CAREER_RIGHT, 0);
    made.since = day("2006-05-09");
    REFUSED(base(), made, CAREER_CHILD_UNBORN, 0);
    made.since = day("2024-03-01");
    made.words = STR("shared");
    struct career career = with(base(), made);
    assert_int_equal(career_children(&career, day("2026-05-09"), &shared), 1);
    assert_int_equal(shared, 1);
    assert_int_equal(career_children(&career, day("2026-05-10"), &shared), 0);
}

static void absences_are_of_one_day_once(void **state)
{
    (void)state;
    struct career career = with(base(), fact(8, CAREER_ABSENCE, STAFF_SICK, "2026-03-02", "2026-03-10"));
    struct career_fact next = fact(9, CAREER_ABSENCE, STAFF_SICK, "2026-03-11", "2026-03-20"), leave = next;
    leave.number = STAFF_ANNUAL;
    leave.since = day("2026-03-10");
    REFUSED(career, leave, CAREER_OVERLAP, 8);
    next.link = 8;
    REFUSED(career, next, CAREER_RIGHT, 0);
    next.since = day("2026-03-12");
    REFUSED(career, next, CAREER_GOES_ON_NONE, 8);
    next.link = 0;
    REFUSED(career, next, CAREER_RIGHT, 0);
    next.until = (struct date){0};
    REFUSED(career, next, CAREER_DAYS, 0);
    REFUSED(career, fact(9, CAREER_ABSENCE, STAFF_SICK, "2026-11-24", "2026-11-30"), CAREER_SICK_FUTURE, 0);
    struct career_fact citis = fact(9, CAREER_ABSENCE, STAFF_ACCIDENT, "2026-04-01", "2026-04-10");
    citis.words = STR("grossesse");
    REFUSED(career, citis, CAREER_EXEMPT_NONE, 0);
}

static void what_others_stand_on_stays(void **state)
{
    (void)state;
    struct career career = base();
    struct career_fault fault;
    for (size_t i = 0; i < career.count; i++) {
        enum career_kind kind = career.facts[i].kind;
        bool is_needed = kind == CAREER_ENTRY || kind == CAREER_STATUS || kind == CAREER_GRADE;
        assert_int_equal(career_check_back(arena, &career, &career.facts[i], &fault), is_needed ? INVALID : OK);
    }
}

/* ---- steps ---- */

static void steps_come_by_seniority(void **state)
{
    (void)state;
    struct step_due due;
    struct career career = base();
    assert_int_equal(step_next(&career, day("2024-06-01"), &due), OK);
    assert_int_equal(due.step, 4);
    assert_int_equal(due.months, 12);
    assert_int_equal(due.due.days, day("2025-03-01").days);
    struct career_fact away = fact(8, CAREER_POSITION, STAFF_AVAILABLE, "2024-07-01", "2024-07-31");
    career = with(with(career, away), fact(9, CAREER_POSITION, STAFF_ACTIVE, "2024-08-01", NULL));
    assert_int_equal(step_next(&career, day("2024-09-01"), &due), OK);
    assert_int_equal(due.away_days, 31);
    assert_int_equal(due.due.days, day("2025-04-01").days);
    assert_int_equal(step_months_later(day("2024-01-31"), 1).days, day("2024-02-29").days);
}

static void every_grade_has_its_grid(void **state)
{
    (void)state;
    for (size_t i = 0; i < grid.grade_count; i++) {
        int32_t first, last;
        grid_steps_of(&grid, grid.grades[i].code, &first, &last);
        assert_true(first > 0 && last > first);
        for (int32_t step = first; step <= last; step++) {
            const struct grid_step *row = grid_step_of(&grid, grid.grades[i].code, step, day("2026-01-01"));
            assert_non_null(row);
            assert_true(row->source.len > 0);
            assert_int_equal(row->months == 0, step == last);
            if (row->gross != 0)
                assert_int_equal(grid_index(&grid, row->gross, day("2026-01-01")), row->index);
        }
    }
    assert_null(grid_step_of(&grid, STR("ATEC"), 1, day("2023-12-31")));
    assert_int_equal(grid_index(&grid, 896, day("2026-01-01")), 735);
    assert_int_equal(grid_index(&grid, 366, day("2026-01-01")), 0); /* no pair is known */
}

static void a_table_of_indices_is_read_whole_or_not(void **state)
{
    (void)state;
    struct grid_pair *pairs;
    size_t count;
    int64_t line;
    struct str source = STR("décret");
    struct date since = day("2024-01-01");
    struct str sound = STR("IB;IM\n367;366\n368;367\n");
    assert_int_equal(grid_read_pairs(arena, sound, since, source, &pairs, &count, &line), OK);
    assert_int_equal(count, 2);
    assert_int_equal(grid_read_pairs(arena, STR("367,366\n368,365\n"), since, source, &pairs, &count, &line), INVALID);
    assert_int_equal(line, 2);
    assert_int_equal(grid_read_pairs(arena, STR("367,366\n367,367\n"), since, source, &pairs, &count, &line), INVALID);
    assert_int_equal(grid_read_pairs(arena, STR("IB,IM\n"), since, source, &pairs, &count, &line), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_correction_counts_since_it_is_known),
        cmocka_unit_test(what_is_taken_back_is_gone),
        cmocka_unit_test(random_careers_are_as_the_definition_says),
        cmocka_unit_test(spans_are_the_states_of_their_days),
        cmocka_unit_test(two_facts_of_a_kind_do_not_overlap),
        cmocka_unit_test(positions_leave_no_hole),
        cmocka_unit_test(transitions_are_those_of_the_law),
        cmocka_unit_test(values_are_within_their_bounds),
        cmocka_unit_test(an_exit_leaves_nothing_behind),
        cmocka_unit_test(nbi_is_of_officials),
        cmocka_unit_test(children_are_below_twenty),
        cmocka_unit_test(absences_are_of_one_day_once),
        cmocka_unit_test(what_others_stand_on_stays),
        cmocka_unit_test(steps_come_by_seniority),
        cmocka_unit_test(every_grade_has_its_grid),
        cmocka_unit_test(a_table_of_indices_is_read_whole_or_not),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
