#include "service/games/test_games.h"

#include <stdio.h>

enum { MINUTE_MS = 60 * 1000 };

static struct str network(int number)
{
    return str_format(test.arena, "192.0.%d.%d", 2 + number / 250, 1 + number % 250);
}

static enum brake_door door(struct str remote)
{
    struct ctx ctx = test_ctx(&test);
    return brake_door(&ctx, BRAKE_CODE, remote);
}

static void note(struct str remote, int times)
{
    struct ctx ctx = test_ctx(&test);
    for (int i = 0; i < times; i++)
        brake_note(&ctx, BRAKE_CODE, remote);
}

static void tries_are_counted_by_network_and_kind(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(door(STR("192.0.2.1")), BRAKE_OPEN);
    note(STR("192.0.2.1"), BRAKE_CODES_A_MINUTE - 1);
    assert_int_equal(door(STR("192.0.2.1")), BRAKE_OPEN);
    note(STR("192.0.2.1"), 1);
    assert_int_equal(door(STR("192.0.2.1")), BRAKE_SHUT);
    assert_int_equal(door(STR("192.0.2.2")), BRAKE_OPEN);
    assert_int_equal(brake_door(&ctx, BRAKE_ROOM, STR("192.0.2.1")), BRAKE_OPEN);
    for (int i = 0; i < BRAKE_CODES_A_MINUTE; i++)
        note(str_format(test.arena, "2001:db8:1:2::%d", i), 1);
    assert_int_equal(door(STR("2001:db8:1:2:3:4:5:6")), BRAKE_SHUT);
    assert_int_equal(door(STR("2001:db8:1:3::1")), BRAKE_OPEN);
    test.now.ms += MINUTE_MS;
    assert_int_equal(door(STR("192.0.2.1")), BRAKE_OPEN);
}

/* Sixty networks with eighteen tries each, as a ring of a thousand tries was flushed; here the town is shut before. */
static void others_do_not_open_a_shut_door(void **state)
{
    (void)state;
    note(network(0), BRAKE_CODES_A_MINUTE);
    for (int i = 1; i <= 60; i++)
        note(network(i), 18);
    assert_int_equal(door(network(0)), BRAKE_SHUT);
    for (int i = 1; i < BRAKE_NETWORKS; i++) /* as many as there are rows, each once more */
        note(network(i), 1);
    assert_int_equal(door(network(0)), BRAKE_SHUT);
    note(network(BRAKE_NETWORKS), 1); /* the row that was silent longest gives way */
    test.now.ms += MINUTE_MS;
    assert_int_equal(door(network(0)), BRAKE_OPEN);
}

static void the_whole_town_has_a_brake_on_codes(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    for (int i = 0; i < BRAKE_TOWN_CODES_A_MINUTE; i++) {
        assert_int_equal(door(network(i)), BRAKE_OPEN);
        note(network(i), 1);
    }
    assert_int_equal(door(network(999)), BRAKE_TOWN_SHUT);
    assert_int_equal(brake_door(&ctx, BRAKE_ROOM, network(999)), BRAKE_OPEN);
    assert_int_equal(brake_door(&ctx, BRAKE_ASKING, network(999)), BRAKE_OPEN);
    test.now.ms += MINUTE_MS;
    assert_int_equal(door(network(999)), BRAKE_OPEN);
}

static void a_clock_that_is_set_back_shuts_no_door(void **state)
{
    (void)state;
    note(STR("192.0.2.1"), BRAKE_CODES_A_MINUTE);
    test.now.ms -= 1;
    assert_int_equal(door(STR("192.0.2.1")), BRAKE_OPEN);
    test.now.ms -= 24 * 3600 * 1000;
    assert_int_equal(door(STR("192.0.2.1")), BRAKE_OPEN);
    note(STR("192.0.2.1"), BRAKE_CODES_A_MINUTE);
    assert_int_equal(door(STR("192.0.2.1")), BRAKE_SHUT);
}

static void a_network_has_a_number(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    uint64_t one = brake_number(&ctx, STR("2001:db8:1:2::1"));
    assert_true(one != 0);
    assert_true(one == brake_number(&ctx, STR("2001:db8:1:2::2")));
    assert_true(one != brake_number(&ctx, STR("2001:db8:1:3::1")));
    brake_close(&test.town);
    assert_true(one != brake_number(&ctx, STR("2001:db8:1:2::1"))); /* after a start it says nothing of before */
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, open_games, close_games)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(tries_are_counted_by_network_and_kind), CASE(others_do_not_open_a_shut_door),
        CASE(the_whole_town_has_a_brake_on_codes),   CASE(a_clock_that_is_set_back_shuts_no_door),
        CASE(a_network_has_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
