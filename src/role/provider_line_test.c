#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "role/provider_line.h"

static struct provider_line line;
static struct provider_town one, other;

static int set_up(void **state)
{
    (void)state;
    line = (struct provider_line){0};
    provider_line_join(&line, &one, NULL);
    provider_line_join(&line, &other, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    provider_line_leave(&line, &one);
    provider_line_leave(&line, &other);
    assert_null(line.towns);
    assert_int_equal(line.open, 0);
    return 0;
}

static struct provider_job *add(struct provider_town *town, int number)
{
    char words[20];
    snprintf(words, sizeof words, "asking %d", number);
    return provider_line_add(&line, town, str_of(words));
}

/* Whom the next asking of this town would go to has its hands full. */
static const struct provider_town *busy;

static bool can_begin(const struct provider_job *job)
{
    return job->town != busy;
}

static struct provider_job *begin(void)
{
    struct provider_job *job = provider_line_next(&line, can_begin);
    if (job != NULL)
        job->state.stage = PROVIDER_RUNS;
    return job;
}

static void end(struct provider_job *job, enum provider_failure failure, int64_t now_ms)
{
    provider_line_end(&line, job, &(struct provider_state){.failure = failure, .said = STR("said")}, now_ms);
}

static void of_one_town_one_is_at_work(void **state)
{
    (void)state;
    struct provider_job *first = add(&one, 1), *second = add(&one, 2), *third = add(&other, 3);
    assert_ptr_equal(begin(), first);
    assert_ptr_equal(begin(), third);
    assert_null(begin());
    assert_int_equal(provider_line_place(first), 1);
    assert_int_equal(provider_line_place(second), 2);
    end(first, PROVIDER_WELL, 0);
    assert_int_equal(provider_line_place(first), 0);
    assert_int_equal(provider_line_place(second), 1);
    assert_ptr_equal(begin(), second);
}

static void a_town_has_so_many_and_no_more(void **state)
{
    (void)state;
    for (int i = 0; i < PROVIDER_TOWN_OPEN; i++)
        assert_non_null(add(&one, i));
    assert_null(add(&one, 99));
    assert_non_null(add(&other, 99)); /* another is not kept from it */
    end(begin(), PROVIDER_WELL, 0);
    assert_non_null(add(&one, 99));
}

static void the_house_has_so_many_and_no_more(void **state)
{
    (void)state;
    static struct provider_town towns[PROVIDER_HOUSE_OPEN / PROVIDER_TOWN_OPEN + 1];
    size_t count = sizeof towns / sizeof towns[0], added = 0;
    for (size_t i = 0; i < count; i++) {
        provider_line_join(&line, &towns[i], NULL);
        for (int j = 0; j < PROVIDER_TOWN_OPEN; j++)
            added += add(&towns[i], j) != NULL;
    }
    assert_int_equal(added, PROVIDER_HOUSE_OPEN);
    for (size_t i = 0; i < count; i++)
        provider_line_leave(&line, &towns[i]);
}

static void the_same_asking_is_found(void **state)
{
    (void)state;
    struct provider_job *job = add(&one, 1);
    assert_ptr_equal(provider_line_find(&one, STR("asking 1")), job);
    assert_null(provider_line_find(&other, STR("asking 1"))); /* what one town was told is not another's */
    end(begin(), PROVIDER_WELL, 0);
    assert_ptr_equal(provider_line_find(&one, STR("asking 1")), job);
    assert_true(str_eq(job->state.said, STR("said")));
}

static void what_was_said_is_forgotten(void **state)
{
    (void)state;
    add(&one, 1);
    end(begin(), PROVIDER_WELL, 1000);
    add(&one, 2);
    end(begin(), PROVIDER_SLOW, 1000);
    add(&one, 3);
    provider_line_age(&line, 1000 + PROVIDER_FAILED_MS - 1);
    assert_non_null(provider_line_find(&one, STR("asking 2")));
    provider_line_age(&line, 1000 + PROVIDER_FAILED_MS);
    assert_null(provider_line_find(&one, STR("asking 2")));
    provider_line_age(&line, 1000 + PROVIDER_KEPT_MS - 1);
    assert_non_null(provider_line_find(&one, STR("asking 1")));
    provider_line_age(&line, 1000 + PROVIDER_KEPT_MS);
    assert_null(provider_line_find(&one, STR("asking 1")));
    assert_non_null(provider_line_find(&one, STR("asking 3"))); /* not answered: it does not age */
}

static void the_oldest_answered_makes_room(void **state)
{
    (void)state;
    for (int i = 0; i < PROVIDER_TOWN_JOBS; i++) {
        assert_non_null(add(&one, i));
        end(begin(), PROVIDER_WELL, 0);
    }
    assert_non_null(add(&one, 100));
    assert_null(provider_line_find(&one, STR("asking 0")));
    assert_non_null(provider_line_find(&one, STR("asking 1")));
}

static void a_town_that_is_silenced_has_nothing(void **state)
{
    (void)state;
    add(&one, 1);
    add(&one, 2);
    add(&other, 3);
    end(begin(), PROVIDER_WELL, 0);
    provider_line_forget(&line, &one);
    assert_int_equal(one.count, 0);
    assert_int_equal(line.open, 1);
    assert_ptr_equal(begin(), other.jobs[0]);
}

/* A local model computes for one at a time: who waits for it keeps nobody else from beginning. */
static void who_cannot_begin_lets_others_pass(void **state)
{
    (void)state;
    struct provider_job *first = add(&one, 1), *second = add(&other, 2);
    busy = &one;
    assert_ptr_equal(begin(), second);
    assert_null(begin());
    busy = NULL;
    assert_ptr_equal(begin(), first);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(of_one_town_one_is_at_work),     CASE(a_town_has_so_many_and_no_more),
        CASE(the_house_has_so_many_and_no_more), CASE(the_same_asking_is_found),
        CASE(what_was_said_is_forgotten),     CASE(the_oldest_answered_makes_room),
        CASE(a_town_that_is_silenced_has_nothing), CASE(who_cannot_begin_lets_others_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
