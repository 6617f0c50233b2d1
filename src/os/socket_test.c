#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdlib.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/clock.h"
#include "os/entropy.h"
#include "os/socket.h"

static void addresses_that_are_none_are_refused(void **state)
{
    (void)state;
    int fd;
    assert_int_equal(socket_listen(STR("127.0.0.1"), &fd), INVALID);
    assert_int_equal(socket_listen(STR("127.0.0.1:65536"), &fd), INVALID);
    assert_int_equal(socket_listen(STR("127.0.0.256:1"), &fd), INVALID);
    assert_int_equal(socket_listen(STR("localhost:1"), &fd), INVALID);
    assert_int_equal(socket_listen(STR(":1"), &fd), INVALID);
}

static void a_path_is_connected_accepted_and_read(void **state)
{
    (void)state;
    char path[] = "/tmp/parvis-socket-XXXXXX", address[SOCKET_ADDRESS_MAX], got[8];
    int listener, client, server;
    size_t length;
    struct stat facts;
    assert_non_null(mkdtemp(path));
    char name[64];
    snprintf(name, sizeof name, "%s/control", path);
    assert_int_equal(socket_connect_path(name, &client), NOT_FOUND);
    assert_int_equal(socket_listen_path(name, &listener), OK);
    assert_int_equal(stat(name, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(socket_accept(listener, address, &server), BUSY);
    assert_int_equal(socket_connect_path(name, &client), OK);
    assert_int_equal(socket_accept(listener, address, &server), OK);
    assert_int_equal(socket_read(server, got, sizeof got, &length), BUSY);
    assert_int_equal(socket_write(client, STR("hello"), &length), OK);
    assert_int_equal(length, 5);
    assert_int_equal(socket_read(server, got, sizeof got, &length), OK);
    assert_memory_equal(got, "hello", 5);
    close(client);
    assert_int_equal(socket_read(server, got, sizeof got, &length), GONE);
    close(server);
    close(listener);
    unlink(name);
    rmdir(path);
}

static void loopback_is_told_from_others(void **state)
{
    (void)state;
    assert_true(socket_is_loopback(STR("127.0.0.1")));
    assert_true(socket_is_loopback(STR("::1")));
    assert_false(socket_is_loopback(STR("10.0.0.1")));
    assert_false(socket_is_loopback(STR("")));
}

static void a_zone_gives_summer_and_winter(void **state)
{
    (void)state;
    struct instant winter = {1767265200000}, summer = {1782903600000}; /* 2026-01-01, 2026-07-01, 11:00 UTC */
    assert_int_equal(clock_zone_set("Nowhere/Nothing"), INVALID);
    assert_int_equal(clock_zone_set("../../etc/passwd"), INVALID);
    assert_int_equal(clock_zone_set("Europe/Paris"), OK);
    assert_int_equal(clock_offset_minutes(winter), 60);
    assert_int_equal(clock_offset_minutes(summer), 120);
}

static void entropy_fills_all_of_it(void **state)
{
    (void)state;
    unsigned char bytes[4096] = {0};
    int zeros = 0;
    entropy_fill(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++)
        zeros += bytes[i] == 0;
    assert_true(zeros < 100); /* 16 are expected; 100 in 4,096 would happen once in 10^40 */
}

static void networks_of_clients(void **state)
{
    (void)state;
    assert_int_equal(socket_network("192.0.2.1"), 0xc0000201);
    assert_int_equal(socket_network("2001:db8::1"), socket_network("2001:db8:0:0:ffff::2"));
    assert_int_not_equal(socket_network("2001:db8::1"), socket_network("2001:db8:0:1::1"));
    assert_int_equal(socket_network("local"), 0);
    char room[SOCKET_NETWORK_MAX];
    assert_true(str_eq(socket_network_text(STR("192.0.2.1"), room), STR("192.0.2.1")));
    assert_true(str_eq(socket_network_text(STR("2001:db8:0:1:ffff::2"), room), STR("2001:db8:0:1::/64")));
    assert_true(str_eq(socket_network_text(STR("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), room),
                       STR("ffff:ffff:ffff:ffff::/64")));
    assert_true(str_eq(socket_network_text(STR("no:address"), room), STR("no:address")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(networks_of_clients),
        cmocka_unit_test(addresses_that_are_none_are_refused), cmocka_unit_test(a_path_is_connected_accepted_and_read),
        cmocka_unit_test(loopback_is_told_from_others),        cmocka_unit_test(a_zone_gives_summer_and_winter),
        cmocka_unit_test(entropy_fills_all_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
