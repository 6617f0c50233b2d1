#include "role/model_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct training_job job(int64_t seed)
{
    return (struct training_job){.diet = {DIET_WEB, 0}, .seed = seed};
}

static enum status want(struct model_line *line, struct model_town *town, int64_t seed)
{
    struct training_job wanted = job(seed);
    return model_line_want(line, town, &wanted, 0);
}

static size_t place(const struct model_line *line, int64_t seed)
{
    struct training_job asked = job(seed);
    return model_line_place(line, &asked);
}

static void a_job_stands_in_the_line_once(void **state)
{
    (void)state;
    struct model_line line = {.count = 0};
    struct model_town one = {.want_count = 0}, other = {.want_count = 0};
    model_line_join(&line, &one);
    model_line_join(&line, &other);
    assert_null(model_line_first(&line));
    assert_int_equal(want(&line, &one, 1), OK);
    assert_int_equal(want(&line, &one, 1), OK);
    assert_int_equal(want(&line, &other, 1), OK);
    assert_int_equal(want(&line, &other, 2), OK);
    assert_int_equal(line.count, 2);
    assert_int_equal(place(&line, 1), 1);
    assert_int_equal(place(&line, 2), 2);
    assert_int_equal(place(&line, 3), 0);
    assert_int_equal(model_line_first(&line)->seed, 1);
    struct training_job brief = job(1);
    brief.is_short = true;
    assert_int_equal(model_line_place(&line, &brief), 0);
}

static void a_town_that_goes_takes_its_jobs_along(void **state)
{
    (void)state;
    struct model_line line = {.count = 0};
    struct model_town one = {.want_count = 0}, other = {.want_count = 0};
    model_line_join(&line, &one);
    model_line_join(&line, &other);
    for (int64_t seed = 1; seed <= 3; seed++)
        assert_int_equal(want(&line, &one, seed), OK);
    assert_int_equal(want(&line, &other, 2), OK);
    model_line_leave(&line, &one);
    assert_int_equal(line.count, 1); /* what another wants stays */
    assert_int_equal(place(&line, 2), 1);
    model_line_leave(&line, &other);
    assert_int_equal(line.count, 0);
    assert_null(line.towns);
}

static void line_and_towns_are_bounded(void **state)
{
    (void)state;
    enum { TOWNS = MODEL_LINE_MAX / MODEL_TOWN_MAX + 1 };
    struct model_line line = {.count = 0};
    struct model_town towns[TOWNS] = {{0}};
    for (size_t i = 0; i < TOWNS; i++)
        model_line_join(&line, &towns[i]);
    for (int64_t i = 0; i < MODEL_LINE_MAX; i++)
        assert_int_equal(want(&line, &towns[i / MODEL_TOWN_MAX], i), OK);
    for (int64_t i = 0; i < 1000; i++) {
        assert_int_equal(want(&line, &towns[0], 100 + i), LIMIT);
        assert_int_equal(want(&line, &towns[TOWNS - 1], 100 + i), BUSY);
    }
    assert_int_equal(want(&line, &towns[TOWNS - 1], 3), OK); /* it is in the line already */
    assert_int_equal(line.count, MODEL_LINE_MAX);
    model_line_end(&line, NULL, NULL);
    assert_int_equal(want(&line, &towns[0], 100), OK); /* there is room again, for both */
    assert_int_equal(line.count, MODEL_LINE_MAX);
}

static enum status want_for(struct model_line *line, struct model_town *town, int64_t seed, uint64_t asker)
{
    struct training_job wanted = job(seed);
    return model_line_want(line, town, &wanted, asker);
}

/* One who asks again and again leaves the town's other places to others. */
static void an_asker_has_two_places_of_a_town(void **state)
{
    (void)state;
    struct model_line line = {.count = 0};
    struct model_town one = {.want_count = 0}, other = {.want_count = 0};
    model_line_join(&line, &one);
    model_line_join(&line, &other);
    for (int64_t i = 0; i < MODEL_ASKER_MAX; i++)
        assert_int_equal(want_for(&line, &one, i, 77), OK);
    for (int64_t i = 0; i < 20; i++)
        assert_int_equal(want_for(&line, &one, 100 + i, 77), CONFLICT);
    assert_int_equal(line.count, MODEL_ASKER_MAX);
    assert_int_equal(want_for(&line, &one, 0, 77), OK); /* it has that already */
    assert_int_equal(want_for(&line, &one, 50, 78), OK);
    assert_int_equal(want_for(&line, &one, 50, 77), OK); /* joined: the place is another's */
    assert_int_equal(want_for(&line, &other, 60, 77), OK);
    model_line_end(&line, NULL, NULL); /* 0 is done */
    assert_int_equal(want_for(&line, &one, 70, 77), OK);
    assert_int_equal(want_for(&line, &one, 71, 77), CONFLICT);
    assert_int_equal(want_for(&line, &one, 72, 78), OK); /* whose places are whose is kept as others end */
    assert_int_equal(want_for(&line, &one, 73, 78), CONFLICT);
}

static void end_with(struct model_line *line, const char *text)
{
    struct buf lines = BUF_INIT(MODEL_RESULT_MAX);
    struct training_state ended = {.name = STR(""), .stage = TRAINING_DONE, .curve = str_of(text)};
    buf_add_c(&lines, text);
    model_line_end(line, &lines, &ended);
    buf_finish(&lines);
}

static void the_last_results_are_kept(void **state)
{
    (void)state;
    struct model_line line = {.count = 0};
    struct model_town town = {.want_count = 0};
    struct training_job first = job(0), second = job(1), last = job(MODEL_KEPT_MAX);
    model_line_join(&line, &town);
    for (int64_t i = 0; i <= MODEL_KEPT_MAX; i++) {
        assert_int_equal(want(&line, &town, i), OK);
        assert_int_equal(town.want_count, 1);
        end_with(&line, i == MODEL_KEPT_MAX ? "last" : "earlier");
        assert_int_equal(town.want_count, 0);
    }
    assert_null(model_line_kept(&line, &first)); /* the oldest has gone */
    assert_non_null(model_line_kept(&line, &second));
    assert_true(str_eq(buf_str(&model_line_kept(&line, &last)->lines), STR("last")));
    assert_true(str_eq(model_line_kept(&line, &last)->state.curve, STR("last")));
    assert_int_equal(want(&line, &town, 1), OK); /* not begun again */
    assert_int_equal(line.count, 0);
    model_line_finish(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_job_stands_in_the_line_once),
        cmocka_unit_test(a_town_that_goes_takes_its_jobs_along),
        cmocka_unit_test(line_and_towns_are_bounded),
        cmocka_unit_test(an_asker_has_two_places_of_a_town),
        cmocka_unit_test(the_last_results_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
