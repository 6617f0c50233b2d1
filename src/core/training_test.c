#include "core/training.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/house_ask.h"

static void a_name_is_read_and_written_alike(void **state)
{
    (void)state;
    static const char *const names[] = {"web.0", "large.7", "equal.999999.short", "often-0.1", "without-324.31.short",
                                        "without-9999.999999.short"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct training_job job;
        char name[TRAINING_NAME_MAX];
        assert_int_equal(training_read(str_of(names[i]), &job), OK);
        training_name(&job, name);
        assert_string_equal(name, names[i]);
    }
}

static void what_is_no_name_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",        "web",        "web.",     "web.07",       "web.1000000", "web.-1",
                                        "web-3.1", "often.1",
                                        "often-.1", "often-10000.1", "oats.1", "web.1.long", "web.1.", "web.1.short.",
                                        "web.+1", "without-x.1", " web.1", "web.1 "};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct training_job job;
        assert_int_equal(training_read(str_of(wrong[i]), &job), INVALID);
    }
}

static void a_short_one_has_a_quarter_of_the_steps(void **state)
{
    (void)state;
    struct training_job job;
    assert_int_equal(training_read(STR("web.1"), &job), OK);
    assert_int_equal(training_steps(&job), 1600);
    assert_int_equal(training_read(STR("web.1.short"), &job), OK);
    assert_int_equal(training_steps(&job), 400);
}

static void states_and_answers_travel_as_lines(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct buf lines BUF_SCOPE = BUF_INIT(1 << 16);
    struct training_state sent = {.name = STR("web.1"), .stage = TRAINING_DONE, .step = 400, .steps = 1600,
                                  .loss = 1972, .seconds = -1, .count = 1, .curve = STR("3749 1968")}, got;
    struct training_answer said = {STR("Loiret (45), 45200"), 12, 0x221}, heard;
    house_line_add(&lines, &training_state_shape, &sent);
    house_line_add(&lines, &training_answer_shape, &said);
    struct str rest = buf_str(&lines);
    assert_int_equal(house_line_take(arena, &rest, &training_state_shape, &got), OK);
    assert_int_equal(house_line_take(arena, &rest, &training_answer_shape, &heard), OK);
    assert_int_equal(house_line_take(arena, &rest, &training_answer_shape, &heard), NOT_FOUND);
    assert_true(str_eq(got.curve, sent.curve) && got.seconds == -1 && got.loss == 1972);
    assert_true(str_eq(heard.said, said.said) && heard.verdicts == 0x221);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_read_and_written_alike),
        cmocka_unit_test(what_is_no_name_is_refused),
        cmocka_unit_test(a_short_one_has_a_quarter_of_the_steps),
        cmocka_unit_test(states_and_answers_travel_as_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
