/* A fetch, and a server in a child of the test that answers in each way it can. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "os/fetch.h"

enum { SHORT_MS = 300 };

static struct loop *loop;
static struct fetcher *fetcher;
static int port;
static pid_t server;

static struct {
    int count;
    enum fetch_end end;
    int64_t code;
    char body[200];
} got;

/* Each connection is answered with these bytes, `times` times; then it stays open, or (is_closing) ends. */
static void serve(const char *answer, int times, bool is_closing)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(listen(listener, 64), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&at, &size), 0);
    port = ntohs(at.sin_port);
    server = fork();
    while (server == 0) {
        char asked[4000];
        int fd = accept(listener, NULL, NULL);
        if (fd < 0 || read(fd, asked, sizeof asked) <= 0)
            _exit(1);
        for (int i = 0; i < times; i++)
            if (send(fd, answer, strlen(answer), MSG_NOSIGNAL) < 0)
                break;
        if (is_closing)
            close(fd);
    }
    close(listener);
}

static int tear_down(void **state)
{
    (void)state;
    if (server > 0) {
        kill(server, SIGKILL);
        waitpid(server, NULL, 0);
    }
    server = 0;
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    memset(&got, 0, sizeof got);
    return 0;
}

static void on_end(void *with, enum fetch_end end, int64_t code, struct str body)
{
    (void)with;
    got.count++;
    got.end = end;
    got.code = code;
    snprintf(got.body, sizeof got.body, "%.*s", STR_ARG(body));
    loop_stop(loop);
}

static enum status begin(const char *scheme, struct fetch **ret_fetch)
{
    static const struct str addresses[] = {STR_INIT("127.0.0.1")};
    char url[100];
    snprintf(url, sizeof url, "%s://model.example:%d/v1/x", scheme, port);
    return fetch_begin(fetcher,
                       &(struct fetch_ask){.url = str_of(url), .host = STR("model.example"), .port = port,
                                           .addresses = addresses, .address_count = 1, .authorities = STR(""),
                                           .key = STR("secret"), .body = STR("{}"), .total_ms = SHORT_MS,
                                           .on_end = on_end},
                       ret_fetch);
}

static enum fetch_end fetched(const char *scheme)
{
    struct fetch *fetch;
    assert_int_equal(begin(scheme, &fetch), OK);
    loop_run(loop, NULL, NULL);
    assert_int_equal(got.count, 1);
    return got.end;
}

/* The name is asked of nobody: the address given is its only one. */
static void an_answer_comes_whole(void **state)
{
    (void)state;
    serve("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 1, true);
    assert_int_equal(fetched("http"), FETCH_ANSWERED);
    assert_int_equal(got.code, 200);
    assert_string_equal(got.body, "hello");
}

static void a_redirect_is_an_answer(void **state)
{
    (void)state;
    serve("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", 1, true);
    assert_int_equal(fetched("http"), FETCH_ANSWERED);
    assert_int_equal(got.code, 302);
}

static void silence_ends(void **state)
{
    (void)state;
    serve("", 0, false);
    assert_int_equal(fetched("http"), FETCH_SLOW);
}

static void an_answer_that_never_ends_is_too_long(void **state)
{
    (void)state;
    serve("HTTP/1.1 200 OK\r\n\r\n", 1, true);
    assert_int_equal(fetched("http"), FETCH_ANSWERED); /* up to the end of the connection: it is empty */
    tear_down(NULL);
    memset(&got, 0, sizeof got);
    char more[1200] = "HTTP/1.1 200 OK\r\n\r\n";
    memset(more + strlen(more), 'x', 1000);
    serve(more, 100, true);
    assert_int_equal(fetched("http"), FETCH_LONG);
    assert_string_equal(got.body, "");
}

static void headers_that_never_end_are_too_long(void **state)
{
    (void)state;
    serve("HTTP/1.1 100 Continue\r\nX-More: yes\r\n\r\n", 2000, true);
    assert_int_equal(fetched("http"), FETCH_LONG);
}

static void what_is_no_http_is_broken(void **state)
{
    (void)state;
    serve("220 mail.example ESMTP\r\n", 1, true);
    assert_int_equal(fetched("http"), FETCH_BROKEN);
}

static void half_an_answer_is_broken(void **state)
{
    (void)state;
    serve("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", 1, true);
    assert_int_equal(fetched("http"), FETCH_BROKEN);
}

static void nobody_is_away(void **state)
{
    (void)state;
    serve("", 0, true);
    tear_down(NULL);
    assert_int_equal(fetched("http"), FETCH_AWAY);
}

/* Nobody vouches for anybody here. */
static void without_tls_an_https_address_is_away(void **state)
{
    (void)state;
    serve("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 1, true);
    assert_int_equal(fetched("https"), FETCH_AWAY);
}

static void a_stopped_one_says_nothing(void **state)
{
    (void)state;
    struct fetch *fetch;
    serve("", 0, false);
    assert_int_equal(begin("http", &fetch), OK);
    fetch_stop(fetch);
    assert_int_equal(fetched("http"), FETCH_SLOW); /* the second one alone */
}

static void many_at_once_are_bounded(void **state)
{
    (void)state;
    struct fetch *open[FETCH_AT_ONCE_MAX], *more;
    serve("", 0, false);
    for (size_t i = 0; i < FETCH_AT_ONCE_MAX; i++)
        assert_int_equal(begin("http", &open[i]), OK);
    assert_int_equal(begin("http", &more), BUSY);
    for (size_t i = 0; i < FETCH_AT_ONCE_MAX; i++)
        fetch_stop(open[i]);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(an_answer_comes_whole),
        CASE(a_redirect_is_an_answer),
        CASE(silence_ends),
        CASE(an_answer_that_never_ends_is_too_long),
        CASE(headers_that_never_end_are_too_long),
        CASE(what_is_no_http_is_broken),
        CASE(half_an_answer_is_broken),
        CASE(nobody_is_away),
        CASE(without_tls_an_https_address_is_away),
        CASE(a_stopped_one_says_nothing),
        CASE(many_at_once_are_bounded),
    };
    loop = loop_create();
    if (fetcher_create(loop, &fetcher) != OK)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fetcher_destroy(fetcher);
    loop_destroy(loop);
    return failed;
}
