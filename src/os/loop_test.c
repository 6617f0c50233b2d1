#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/seeded.h"
#include "os/loop.h"
#include "os/wheel.h"

struct fixture {
    struct loop *loop;
    int sockets[2];
    struct loop_watch *watches[2];
    struct loop_timer *timer;
    int calls, turns;
    unsigned events;
    int64_t fired_ms;
};

static int open_fixture(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->loop = loop_create();
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fixture->sockets), 0);
    *state = fixture;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *fixture = *state;
    loop_destroy(fixture->loop);
    close(fixture->sockets[0]);
    close(fixture->sockets[1]);
    free(fixture);
    return 0;
}

static void count_and_stop(void *with, unsigned events)
{
    struct fixture *fixture = with;
    fixture->calls++;
    fixture->events = events;
    loop_stop(fixture->loop);
}

static void reports_readable_and_closed(void **state)
{
    struct fixture *fixture = *state;
    assert_int_equal(loop_watch_add(fixture->loop, fixture->sockets[0], LOOP_READ, count_and_stop, fixture,
                                    &fixture->watches[0]),
                     OK);
    assert_int_equal(write(fixture->sockets[1], "x", 1), 1);
    loop_run(fixture->loop, NULL, NULL);
    assert_int_equal(fixture->events, LOOP_READ);
    loop_watch_set(fixture->watches[0], LOOP_WRITE);
    loop_run(fixture->loop, NULL, NULL);
    assert_int_equal(fixture->events, LOOP_WRITE);
    loop_watch_set(fixture->watches[0], 0);
    close(fixture->sockets[1]);
    fixture->sockets[1] = -1;
    loop_run(fixture->loop, NULL, NULL);
    assert_int_equal(fixture->events, LOOP_CLOSED);
    assert_int_equal(fixture->calls, 3);
}

static void remove_both(void *with, unsigned events)
{
    struct fixture *fixture = with;
    (void)events;
    fixture->calls++;
    for (int i = 0; i < 2; i++) {
        loop_watch_remove(fixture->watches[i]);
        fixture->watches[i] = NULL;
    }
    loop_stop(fixture->loop);
}

/* Both are ready in one batch; whichever comes first removes both: the other must stay silent. */
static void a_removed_watch_is_silent(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(write(fixture->sockets[1 - i], "x", 1), 1);
        assert_int_equal(loop_watch_add(fixture->loop, fixture->sockets[i], LOOP_READ, remove_both, fixture,
                                        &fixture->watches[i]),
                         OK);
    }
    loop_run(fixture->loop, NULL, NULL);
    assert_int_equal(fixture->calls, 1);
}

static void on_time_stop(void *with)
{
    struct fixture *fixture = with;
    fixture->calls++;
    fixture->fired_ms = loop_now_ms(fixture->loop);
    loop_stop(fixture->loop);
}

static void a_timer_comes_once_and_not_early(void **state)
{
    struct fixture *fixture = *state;
    struct loop_timer *timer = loop_timer_create(fixture->loop, on_time_stop, fixture);
    int64_t from_ms = loop_now_ms(fixture->loop);
    loop_timer_set(timer, 500);
    loop_timer_set(timer, 35); /* replaces */
    loop_run(fixture->loop, NULL, NULL);
    assert_in_range(fixture->fired_ms - from_ms, 35, 400);
    assert_int_equal(fixture->calls, 1);
    loop_timer_set(timer, 20);
    loop_timer_set(timer, -1);
    struct loop_timer *other = loop_timer_create(fixture->loop, on_time_stop, fixture);
    loop_timer_set(other, 60);
    loop_run(fixture->loop, NULL, NULL);
    assert_int_equal(fixture->calls, 2);
    loop_timer_destroy(other);
    loop_timer_destroy(timer);
}

static void destroy_own_timer(void *with)
{
    struct fixture *fixture = with;
    loop_timer_destroy(fixture->timer);
    fixture->timer = NULL;
    on_time_stop(fixture);
}

static void a_timer_may_destroy_itself(void **state)
{
    struct fixture *fixture = *state;
    fixture->timer = loop_timer_create(fixture->loop, destroy_own_timer, fixture);
    loop_timer_set(fixture->timer, 1);
    loop_run(fixture->loop, NULL, NULL);
    assert_int_equal(fixture->calls, 1);
}

static bool busy_twice(void *with)
{
    struct fixture *fixture = with;
    if (++fixture->turns == 3)
        loop_stop(fixture->loop);
    return true;
}

static void before_wait_can_keep_it_awake(void **state)
{
    struct fixture *fixture = *state;
    loop_run(fixture->loop, busy_twice, fixture); /* without busy it would sleep for ever */
    assert_int_equal(fixture->turns, 3);
}

static void count_later(void *with)
{
    ((struct fixture *)with)->calls++;
}

static void later_runs_once_even_in_the_last_turn(void **state)
{
    struct fixture *fixture = *state;
    struct loop_later later = {.on_time = count_later, .with = fixture};
    struct loop_later dropped = {.on_time = count_later, .with = fixture};
    loop_later_add(fixture->loop, &later);
    loop_later_add(fixture->loop, &later);
    loop_later_add(fixture->loop, &dropped);
    loop_later_remove(&dropped);
    loop_stop(fixture->loop);
    loop_run(fixture->loop, NULL, NULL);
    assert_int_equal(fixture->calls, 1);
}

static bool count_turn(void *with)
{
    struct fixture *fixture = with;
    fixture->turns++;
    return false;
}

static void stop_in_turn(void *with)
{
    struct fixture *fixture = with;
    fixture->calls = fixture->turns;
    loop_stop(fixture->loop);
}

static void the_next_turn_comes_at_once(void **state)
{
    struct fixture *fixture = *state;
    struct loop_later next = {.on_time = stop_in_turn, .with = fixture};
    loop_next_add(fixture->loop, &next);
    loop_next_add(fixture->loop, &next);
    loop_run(fixture->loop, count_turn, fixture); /* nothing else would wake it */
    assert_int_equal(fixture->calls, 1);
    loop_next_add(fixture->loop, &next);
    loop_later_remove(&next);
    loop_stop(fixture->loop);
    loop_run(fixture->loop, count_turn, fixture);
    assert_int_equal(fixture->calls, 1);
}

/* ---- the wheel against a plain list of due times ---- */

enum { NODES = 200, STEPS = 20000 };

static int64_t some_delay(struct seeded *seeded)
{
    static const uint64_t reach[] = {3, 64, 65, 4096, 4097, 262144, 300000, 40000000};
    return 1 + (int64_t)seeded_below(seeded, reach[seeded_below(seeded, 8)]);
}

static void expect_due(struct wheel *wheel, int64_t now, struct wheel_node *nodes, int64_t *due)
{
    struct wheel_node *node;
    int64_t latest = 0;
    while ((node = wheel_next_due(wheel, now)) != NULL) {
        int64_t was_due = due[node - nodes];
        assert_in_range(was_due, 1, now); /* 0: not waiting */
        assert_true(was_due >= latest);
        latest = was_due;
        due[node - nodes] = 0;
    }
}

static int64_t earliest_of(const int64_t *due)
{
    int64_t earliest = INT64_MAX;
    for (size_t i = 0; i < NODES; i++)
        if (due[i] != 0 && due[i] < earliest)
            earliest = due[i];
    return earliest;
}

static void the_wheel_agrees_with_a_list(void **state)
{
    (void)state;
    struct seeded seeded = {42};
    struct wheel_node nodes[NODES] = {0};
    int64_t due[NODES] = {0}, now = 1000003;
    struct wheel wheel;
    wheel_init(&wheel, now);
    for (int step = 0; step < STEPS; step++) {
        size_t i = seeded_below(&seeded, NODES);
        wheel_remove(&wheel, &nodes[i]);
        due[i] = 0;
        if (seeded_below(&seeded, 4) != 0) {
            due[i] = now + some_delay(&seeded);
            wheel_add(&wheel, &nodes[i], due[i]);
        }
        int64_t next = wheel_next_tick(&wheel), earliest = earliest_of(due);
        assert_true(earliest == INT64_MAX ? next == -1 : next > now - 1 && next <= earliest);
        if (seeded_below(&seeded, 3) == 0)
            now += some_delay(&seeded);
        expect_due(&wheel, now, nodes, due);
        assert_true(earliest_of(due) > now);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reports_readable_and_closed, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(a_removed_watch_is_silent, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(a_timer_comes_once_and_not_early, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(a_timer_may_destroy_itself, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(before_wait_can_keep_it_awake, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(later_runs_once_even_in_the_last_turn, open_fixture, close_fixture),
        cmocka_unit_test_setup_teardown(the_next_turn_comes_at_once, open_fixture, close_fixture),
        cmocka_unit_test(the_wheel_agrees_with_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
