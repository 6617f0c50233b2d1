#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "os/network.h"

static bool has(const char *network, const char *address)
{
    struct network one;
    assert_int_equal(network_parse(str_of(network), &one), OK);
    return network_has(&one, 1, str_of(address));
}

static void an_address_lies_in_its_network(void **state)
{
    (void)state;
    assert_true(has("10.2.0.0/16", "10.2.255.255"));
    assert_false(has("10.2.0.0/16", "10.3.0.0"));
    assert_true(has("192.0.2.7", "192.0.2.7"));
    assert_false(has("192.0.2.7", "192.0.2.6"));
    assert_true(has("fd00::/8", "fdff::1"));
    assert_false(has("fd00::/8", "fe00::1"));
    assert_true(has("::1", "::1"));
    assert_false(has("::1", "::2"));
    assert_true(has("0.0.0.0/0", "203.0.113.1"));
}

/* One is the other, but for how it is written (RFC 4291 section 2.5.5.2). */
static void a_mapped_address_is_the_address(void **state)
{
    (void)state;
    assert_true(has("127.0.0.0/8", "::ffff:127.0.0.1"));
    assert_false(has("127.0.0.0/8", "::ffff:8.8.8.8"));
    assert_false(has("::/64", "127.0.0.1") && has("127.0.0.0/8", "::1"));
}

static void what_is_no_address_lies_nowhere(void **state)
{
    (void)state;
    assert_false(has("0.0.0.0/0", "localhost"));
    assert_false(has("0.0.0.0/0", ""));
    assert_false(has("0.0.0.0/0", "127.1"));
    assert_false(has("::/0", "127.0.0.1."));
}

static void mistakes_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",           "10.0.0.0/33", "10.0.0.1/8", "10.0.0/8",
                                        "fd00::/129", "fd00::1/8",   "localhost",  "10.0.0.0/",
                                        "10.0.0.0/-1", "10.0.0.0/x", "[::1]"};
    struct network network;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(network_parse(str_of(wrong[i]), &network), INVALID);
}

static void an_address_is_its_own_name(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 16);
    struct str *addresses;
    size_t count;
    assert_int_equal(network_resolve(arena, STR("127.0.0.1"), 8, &addresses, &count), OK);
    assert_int_equal(count, 1);
    assert_true(str_eq(addresses[0], STR("127.0.0.1")));
    assert_int_equal(network_resolve(arena, STR("::1"), 8, &addresses, &count), OK);
    assert_true(str_eq(addresses[0], STR("::1")));
    assert_int_equal(network_resolve(arena, STR("no such host"), 8, &addresses, &count), NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_lies_in_its_network), cmocka_unit_test(a_mapped_address_is_the_address),
        cmocka_unit_test(what_is_no_address_lies_nowhere), cmocka_unit_test(mistakes_are_refused),
        cmocka_unit_test(an_address_is_its_own_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
