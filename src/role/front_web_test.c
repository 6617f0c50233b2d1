/* Pages through a front: which town a request goes to, as whom, and what comes back to whom. */
#include "role/test_front.h"

static struct message_web_answer page(int64_t handle, struct str body)
{
    return (struct message_web_answer){.handle = handle, .code = 200, .content_type = STR("text/html"),
                                       .location = STR_NONE, .file_name = STR_NONE, .policy = STR_NONE,
                                       .set_cookie = STR_NONE, .size = (int64_t)body.len, .body = body};
}

/* Passes over the head; its status is `code`. Is the page kept from search engines? */
static bool hears_head(int fd, const char *code)
{
    char start[40];
    bool is_unlisted = false;
    snprintf(start, sizeof start, "HTTP/1.1 %s ", code);
    hears(fd, start);
    for (const char *line = line_of(fd); strlen(line) > 0; line = line_of(fd))
        is_unlisted |= strcmp(line, "X-Robots-Tag: noindex") == 0;
    return is_unlisted;
}

static void a_request_goes_to_its_town_in_turn(void **state)
{
    (void)state;
    struct message_web asked;
    int fd = dial(WEB);
    say(fd, "GET /a?b=c HTTP/1.1\r\nHost: beauval.localhost:1\r\n\r\n"
            "GET /d HTTP/1.1\r\nHost: clairmont.localhost\r\n\r\n");
    take(&towns[BEAUVAL], MESSAGE_WEB, &asked);
    assert_true(str_eq(asked.path, STR("/a")) && str_eq(asked.query, STR("b=c")));
    assert_true(asked.member == 7 && asked.ticket.len == 0 && !asked.is_secure);
    assert_int_equal(towns[CLAIRMONT].count, 0);
    struct message_web_answer answer = page(asked.handle, STR("first\r\n"));
    give(&towns[BEAUVAL], MESSAGE_WEB_ANSWER, &answer);
    take(&towns[CLAIRMONT], MESSAGE_WEB, &asked);
    assert_true(str_eq(asked.path, STR("/d")) && asked.member == 8);
    struct str long_body = str_format(arena, "%0200000d\r\n", 1);
    int memory;
    assert_int_equal(file_memory(long_body, &memory), OK);
    answer = page(asked.handle, STR_NONE);
    answer.size = (int64_t)long_body.len;
    answer.is_unlisted = true;
    give_with(&towns[CLAIRMONT], MESSAGE_WEB_ANSWER, &answer, memory);
    assert_false(hears_head(fd, "200"));
    hears(fd, "first");
    assert_true(hears_head(fd, "200"));
    for (size_t left = long_body.len; left > 0;) {
        char room[4096];
        ssize_t got = read(fd, room, sizeof room < left ? sizeof room : left);
        assert_true(got > 0);
        left -= (size_t)got;
    }
    assert_false(is_readable(fd, 50));
    close(fd);
}

static void a_cookie_becomes_a_ticket(void **state)
{
    (void)state;
    struct message_cookie cookie;
    struct message_web asked;
    int fd = dial(WEB);
    say(fd, "GET /a HTTP/1.1\r\nHost: beauval.localhost\r\nCookie: session=abc\r\n\r\n");
    take(&auth, MESSAGE_COOKIE, &cookie);
    assert_true(cookie.member == 7 && str_eq(cookie.token, STR("abc")) && str_eq(cookie.remote, STR("127.0.0.1")));
    struct message_login_answer who = {.handle = cookie.handle, .status = OK, .ticket = STR("sealed"),
                                       .token = STR(""), .code = STR("")};
    give(&towns[BEAUVAL], MESSAGE_LOGIN_ANSWER, &who); /* not a town's to say */
    give(&auth, MESSAGE_LOGIN_ANSWER, &who);
    take(&towns[BEAUVAL], MESSAGE_WEB, &asked);
    assert_true(str_eq(asked.ticket, STR("sealed")));
    struct message_web_answer answer = page(asked.handle, STR("x\r\n"));
    answer.set_cookie = STR("stolen"); /* nor this: cookies are auth's */
    give(&towns[BEAUVAL], MESSAGE_WEB_ANSWER, &answer);
    hears(fd, "HTTP/1.1 200 ");
    for (const char *line = line_of(fd); strlen(line) > 0; line = line_of(fd))
        assert_null(strstr(line, "stolen"));
    hears(fd, "x");
    say(fd, "GET /account HTTP/1.1\r\nHost: beauval.localhost\r\n\r\n");
    take(&auth, MESSAGE_WEB, &asked);
    drop_end(&auth);
    hears_head(fd, "503");
    close(fd);
}

static void forms_from_elsewhere_are_refused(void **state)
{
    (void)state;
    static const char *const heads[] = {"Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site",
                                        "Sec-Fetch-Site: same-site", "Origin: https://beauval.localhost"};
    char request[400];
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        int fd = dial(WEB);
        snprintf(request, sizeof request,
                 "POST /a HTTP/1.1\r\nHost: beauval.localhost\r\n%s\r\nContent-Length: 1\r\n\r\nx", heads[i]);
        say(fd, request);
        hears_head(fd, "403");
        close(fd);
    }
    assert_int_equal(towns[BEAUVAL].count, 0);
    int fd = dial(WEB);
    struct message_web asked;
    say(fd, "POST /a HTTP/1.1\r\nHost: beauval.localhost:80\r\nOrigin: http://beauval.localhost:80\r\n"
            "Content-Length: 3\r\n\r\na=b");
    take(&towns[BEAUVAL], MESSAGE_WEB, &asked);
    assert_true(asked.method == 1 && str_eq(asked.body, STR("a=b")));
    close(fd);
}

static void the_clear_door_leads_to_https(void **state)
{
    (void)state;
    struct message_challenge asked;
    int fd = dial(HTTP);
    say(fd, "POST /a%20b?c=d HTTP/1.1\r\nHost: beauval.localhost:80\r\nContent-Length: 0\r\n\r\n");
    hears(fd, "HTTP/1.1 308 ");
    const char *line = line_of(fd);
    while (strncmp(line, "Location: ", 10) != 0)
        line = line_of(fd);
    assert_string_equal(line, "Location: https://beauval.localhost:8443/a%20b?c=d");
    while (strlen(line_of(fd)) > 0)
        continue;
    say(fd, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    hears_head(fd, "404");
    close(fd);
    fd = dial(HTTP);
    say(fd, "GET /.well-known/acme-challenge/tok-en_1 HTTP/1.1\r\nHost: beauval.example\r\n\r\n");
    take(&parent, MESSAGE_CHALLENGE, &asked);
    assert_true(str_eq(asked.token, STR("tok-en_1")));
    struct message_challenge_answer answer = {.handle = asked.handle, .status = OK, .text = STR("tok-en_1.thumb\r\n")};
    give(&towns[BEAUVAL], MESSAGE_CHALLENGE_ANSWER, &answer); /* not a town's to say */
    assert_false(is_readable(fd, 50));
    give(&parent, MESSAGE_CHALLENGE_ANSWER, &answer);
    hears_head(fd, "200");
    hears(fd, "tok-en_1.thumb");
    close(fd);
}

/* A late answer finds nobody: the slot is another's by then. */
static void a_late_answer_finds_nobody(void **state)
{
    (void)state;
    struct message_web first, second;
    int fd = dial(WEB);
    say(fd, "GET /first HTTP/1.1\r\nHost: beauval.localhost\r\n\r\n");
    take(&towns[BEAUVAL], MESSAGE_WEB, &first);
    struct linger reset = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(fd);
    run_for(50);
    fd = dial(WEB);
    say(fd, "GET /second HTTP/1.1\r\nHost: beauval.localhost\r\n\r\n");
    take(&towns[BEAUVAL], MESSAGE_WEB, &second);
    assert_int_equal((uint32_t)first.handle, (uint32_t)second.handle);
    struct message_web_answer late = page(first.handle, STR("late\r\n")), right = page(second.handle, STR("right\r\n"));
    give(&towns[BEAUVAL], MESSAGE_WEB_ANSWER, &late);
    give(&towns[CLAIRMONT], MESSAGE_WEB_ANSWER, &right); /* nor does one of another town */
    assert_false(is_readable(fd, 50));
    give(&towns[BEAUVAL], MESSAGE_WEB_ANSWER, &right);
    hears_head(fd, "200");
    hears(fd, "right");
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_request_goes_to_its_town_in_turn),
        CASE(a_cookie_becomes_a_ticket),
        CASE(forms_from_elsewhere_are_refused),
        CASE(the_clear_door_leads_to_https),
        CASE(a_late_answer_finds_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
