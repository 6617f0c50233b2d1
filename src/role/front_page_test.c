/* The chooser's links: each leads to a member's own host, at the port the browser came to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "role/front_page.h"

/* Does the chooser asked at `host` lead there? */
static bool leads_to(struct str host, uint16_t port, const char *link)
{
    struct front *front = calloc(1, sizeof *front);
    assert_non_null(front);
    struct front_peer peer = {.name = STR("beauval"), .title = STR("Beauval"), .kind = STR("commune"),
                              .domains = STR("beauval.example"), .hosts = STR("mairie.beauval.example\n")};
    front->peers[0] = &peer;
    front->peer_count = 1;
    struct http_request request = {.path = STR("/"), .query = STR(""), .host = {.name = host, .port = port}};
    struct front_page_ask ask = {.front = front, .request = &request, .town = FRONT_CHOOSER, .trace = STR("t")};
    struct front_page page;
    front_page_chooser(&page, &ask);
    assert_int_equal(page.response.code, 200);
    bool does = str_find(buf_str(&page.response.body), str_of(link)) != SIZE_MAX;
    front_page_finish(&page);
    free(front);
    return does;
}

/* RFC 3986 section 3.2: the colon before a port is no part of the host, and stands as it is. */
static void the_port_stays(void **state)
{
    (void)state;
    assert_true(leads_to(STR("localhost"), 8080, "href=\"//beauval.localhost:8080/\""));
    assert_true(leads_to(STR("127.0.0.1"), 18080, "href=\"//beauval.localhost:18080/\""));
    assert_true(leads_to(STR("syndicat.example"), 8443, "href=\"//mairie.beauval.example:8443/\""));
}

static void none_is_written_where_none_was_asked(void **state)
{
    (void)state;
    assert_true(leads_to(STR("localhost"), 0, "href=\"//beauval.localhost/\""));
    assert_true(leads_to(STR("syndicat.example"), 0, "href=\"//mairie.beauval.example/\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_port_stays),
        cmocka_unit_test(none_is_written_where_none_was_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
