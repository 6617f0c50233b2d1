/* IMAP at a front: framing, the login, IDLE, literals, tickets, and a town that is gone. */
#include "role/test_front.h"

#include "proto/imap/imap_wire.h"

static struct message_login_answer ticket_for(int64_t handle, int64_t life_ms)
{
    return (struct message_login_answer){.handle = handle, .status = OK, .ticket = STR("sealed"), .token = STR(""),
                                         .code = STR(""), .expires_ms = clock_now().ms + life_ms};
}

/* Signed in at beauval; the ticket lives so long. */
static int imap_in(int64_t life_ms, int64_t *ret_handle)
{
    struct message_login login;
    struct message_imap_open open;
    int fd = dial(IMAP);
    hears(fd, "* OK [CAPABILITY IMAP4rev1 IMAP4rev2 ");
    say(fd, "a LOGIN x@beauval.example {6}\r\n");
    hears(fd, "+ ");
    say(fd, "secret\r\n");
    take(&auth, MESSAGE_LOGIN, &login);
    assert_true(login.member == 7 && str_eq(login.password, STR("secret")) && str_eq(login.door, STR("imap")));
    struct message_login_answer answer = ticket_for(login.handle, life_ms);
    give(&auth, MESSAGE_LOGIN_ANSWER, &answer);
    take(&towns[BEAUVAL], MESSAGE_IMAP_OPEN, &open);
    assert_true(str_eq(open.ticket, STR("sealed")));
    hears(fd, "a OK [CAPABILITY ");
    *ret_handle = open.handle;
    return fd;
}

/* The next command the town gets. */
static struct imap_command imap_asked(int64_t handle, struct message_imap_command *ret_message, int *ret_fd)
{
    struct imap_command command;
    struct imap_limits limits = imap_limits_after_login(50 << 20);
    *ret_fd = take_with(&towns[BEAUVAL], MESSAGE_IMAP_COMMAND, ret_message);
    assert_int_equal(ret_message->handle, handle);
    assert_int_equal(imap_wire_read(ret_message->command, &limits, arena, &command), OK);
    return command;
}

static void imap_asks(int64_t handle, const char *name)
{
    struct message_imap_command message;
    int fd;
    struct imap_command command = imap_asked(handle, &message, &fd);
    assert_int_equal(fd, -1);
    assert_true(str_eq(command.name, str_of(name)) && str_is_absent(message.literal));
}

static void imap_bytes(int64_t handle, const char *words, bool is_last, bool is_idle)
{
    struct message_imap_bytes bytes = {.handle = handle, .is_last = is_last, .is_idle = is_idle,
                                       .bytes = str_of(words), .size = (int64_t)strlen(words)};
    give(&towns[BEAUVAL], MESSAGE_IMAP_BYTES, &bytes);
}

static void imap_commands_go_one_by_one(void **state)
{
    (void)state;
    struct message_handle more;
    struct message_imap_command message;
    int64_t handle;
    int memory, fd = imap_in(15 * 60 * 1000, &handle);
    say(fd, "b SELECT INBOX\r\nc FETCH 1 (FLAGS)\r\nd NOOP\r\n");
    imap_asks(handle, "SELECT");
    run_for(50);
    assert_int_equal(towns[BEAUVAL].count, towns[BEAUVAL].taken); /* the next one waits */
    imap_bytes(handle, "* 1 EXISTS\r\n", false, false);
    take(&towns[BEAUVAL], MESSAGE_IMAP_MORE, &more);
    assert_int_equal(more.handle, handle);
    imap_bytes(handle, "b OK\r\n", true, false);
    struct imap_command command = imap_asked(handle, &message, &memory);
    assert_true(str_eq(command.name, STR("FETCH")) && command.count == 2 && command.args[1].kind == IMAP_LIST);
    struct str body = str_format(arena, "%0200000d\r\n", 1);
    struct message_imap_bytes bytes = {.handle = handle, .bytes = STR_NONE, .size = (int64_t)body.len, .is_last = true};
    assert_int_equal(file_memory(body, &memory), OK);
    give_with(&towns[BEAUVAL], MESSAGE_IMAP_BYTES, &bytes, memory);
    hears(fd, "* 1 EXISTS");
    hears(fd, "b OK");
    for (size_t left = body.len; left > 0;) {
        char room[4096];
        ssize_t got = read(fd, room, sizeof room < left ? sizeof room : left);
        assert_true(got > 0);
        left -= (size_t)got;
    }
    imap_asks(handle, "NOOP");
    imap_bytes(handle, "d OK\r\n", true, false);
    hears(fd, "d OK");
    say(fd, "e LOGOUT\r\n");
    hears(fd, "* BYE");
    hears(fd, "e OK");
    hears_end(fd);
    take(&towns[BEAUVAL], MESSAGE_IMAP_CLOSE, &more);
    assert_int_equal(more.handle, handle);
}

static void imap_idle_hears_done(void **state)
{
    (void)state;
    int64_t handle;
    int fd = imap_in(15 * 60 * 1000, &handle);
    say(fd, "b IDLE\r\nDONE\r\nc IDLE\r\n");
    imap_asks(handle, "IDLE");
    imap_bytes(handle, "+ idling\r\n", false, false);
    imap_asks(handle, "DONE");
    imap_bytes(handle, "* 2 EXISTS\r\n", false, true); /* on its way already */
    imap_bytes(handle, "b OK\r\n", true, false);
    hears(fd, "+ idling");
    hears(fd, "* 2 EXISTS");
    hears(fd, "b OK");
    imap_asks(handle, "IDLE");
    imap_bytes(handle, "+ idling\r\n", false, false);
    hears(fd, "+ idling");
    imap_bytes(handle, "* 3 EXISTS\r\n", false, true);
    hears(fd, "* 3 EXISTS");
    say(fd, "d NOOP\r\n");
    hears(fd, "* BAD");
    say(fd, "done\r\n");
    imap_asks(handle, "DONE");
    drop_end(&towns[BEAUVAL]);
    run_for(50);
    hears(fd, "c NO [UNAVAILABLE]");
    hears(fd, "* BYE [UNAVAILABLE]");
    hears_end(fd);
}

static void imap_literals_of_any_size(void **state)
{
    (void)state;
    enum { SMALL = 20000, LARGE = 200000 };
    static const size_t sizes[] = {10, SMALL, LARGE};
    int64_t handle;
    int fd = imap_in(15 * 60 * 1000, &handle);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct message_imap_command message;
        struct str body;
        char line[80];
        int memory;
        snprintf(line, sizeof line, "b APPEND play {%zu+}\r\n", sizes[i]);
        say(fd, line);
        say(fd, str_format(arena, "%0*d\r\n", (int)sizes[i], 7).at);
        struct imap_command command = imap_asked(handle, &message, &memory);
        assert_int_equal(command.count, 2);
        assert_int_equal(command.args[1].kind, sizes[i] < SMALL ? IMAP_STRING : IMAP_STREAM);
        if (memory >= 0) {
            assert_int_equal(file_map(memory, 1 << 20, &body), OK);
            assert_int_equal(body.len, LARGE);
            file_unmap(body);
            file_close(&memory);
        } else if (sizes[i] == SMALL) {
            assert_int_equal(message.literal.len, SMALL);
        }
        imap_bytes(handle, "b OK\r\n", true, false);
        hears(fd, "b OK");
    }
    say(fd, "c SEARCH BODY {30000}\r\n");
    hears(fd, "+ ");
    say(fd, str_format(arena, "%030000d\r\n", 1).at);
    hears(fd, "* BYE");
    close(fd);
}

static void imap_tickets_are_renewed_in_time(void **state)
{
    (void)state;
    struct message_renew renew;
    int64_t handle;
    int fd = imap_in(4 * 60 * 1000, &handle);
    say(fd, "b NOOP\r\n");
    take(&auth, MESSAGE_RENEW, &renew);
    assert_true(renew.member == 7 && str_eq(renew.ticket, STR("sealed")));
    struct message_login_answer answer = ticket_for(renew.handle, 15 * 60 * 1000), ended = ticket_for(renew.handle, 0);
    give(&auth, MESSAGE_LOGIN_ANSWER, &answer);
    imap_asks(handle, "NOOP");
    imap_bytes(handle, "b OK\r\n", true, false);
    hears(fd, "b OK");
    say(fd, "c NOOP\r\n");
    imap_asks(handle, "NOOP");
    close(fd);
    struct message_handle closed;
    imap_bytes(handle, "c OK\r\n", true, false);
    take(&towns[BEAUVAL], MESSAGE_IMAP_CLOSE, &closed);
    fd = imap_in(4 * 60 * 1000, &handle);
    say(fd, "b NOOP\r\n");
    take(&auth, MESSAGE_RENEW, &renew);
    ended.handle = renew.handle;
    ended.status = GONE;
    give(&auth, MESSAGE_LOGIN_ANSWER, &ended);
    hears(fd, "* BYE");
    hears_end(fd);
}

static void imap_before_the_login(void **state)
{
    (void)state;
    struct message_login login;
    int fd = dial(IMAP);
    hears(fd, "* OK [CAPABILITY ");
    say(fd, "a SELECT INBOX\r\nb CAPABILITY\r\nc NOOP\r\nd ID NIL\r\ne AUTHENTICATE CRAM-MD5\r\n");
    hears(fd, "a BAD");
    const char *line = line_of(fd);
    assert_non_null(strstr(line, " IMAP4rev2 "));
    assert_non_null(strstr(line, " STARTTLS AUTH=PLAIN AUTH=LOGIN"));
    assert_null(strstr(line, "LOGINDISABLED"));
    hears(fd, "b OK");
    hears(fd, "c OK");
    hears(fd, "* ID (");
    hears(fd, "d OK");
    hears(fd, "e NO");
    say(fd, "f AUTHENTICATE PLAIN\r\n");
    hears(fd, "+ ");
    say(fd, "*\r\n");
    hears(fd, "f BAD");
    say(fd, "g AUTHENTICATE LOGIN\r\n");
    hears(fd, "+ VXNlcm5hbWU6");
    say(fd, "eEBub3doZXJlLmV4YW1wbGU=\r\n"); /* x@nowhere.example */
    hears(fd, "+ UGFzc3dvcmQ6");
    say(fd, "c2VjcmV0\r\n");
    take(&auth, MESSAGE_LOGIN, &login);
    assert_true(login.member == 0 && str_eq(login.address, STR("x@nowhere.example")));
    struct message_login_answer refused = ticket_for(login.handle, 0);
    refused.status = DENIED;
    give(&auth, MESSAGE_LOGIN_ANSWER, &refused);
    hears(fd, "g NO [AUTHENTICATIONFAILED]");
    say(fd, "g LOGIN {20+}\r\n\xff@beauval.example\xfe\xfd\xfc {2+}\r\n\xc0\x80\r\n");
    take(&auth, MESSAGE_LOGIN, &login);
    assert_true(login.address.len == 0 && login.password.len == 0);
    refused.handle = login.handle;
    give(&auth, MESSAGE_LOGIN_ANSWER, &refused);
    hears(fd, "g NO [AUTHENTICATIONFAILED]");
    say(fd, "h LOGIN x@beauval.example secret\r\n");
    take(&auth, MESSAGE_LOGIN, &login);
    drop_end(&auth);
    run_for(50);
    hears(fd, "h NO [UNAVAILABLE]");
    for (int i = 0; i < 18; i++) {
        say(fd, "i X\r\n");
        hears(fd, "i BAD");
    }
    say(fd, "i X\r\n");
    hears(fd, "i BAD");
    hears(fd, "* BYE Too many errors");
    hears_end(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(imap_commands_go_one_by_one),
        CASE(imap_idle_hears_done),
        CASE(imap_literals_of_any_size),
        CASE(imap_tickets_are_renewed_in_time),
        CASE(imap_before_the_login),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
