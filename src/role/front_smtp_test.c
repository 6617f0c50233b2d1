/* SMTP and LMTP at a front: whom a message is for, when it is answered, and what becomes of it when a town dies. */
#include "role/test_front.h"

static void each_town_gets_its_recipients(void **state)
{
    (void)state;
    struct message_deliver one, two;
    int fd = lmtp_with("x@mairie.example", "y@clairmont.example");
    take(&towns[BEAUVAL], MESSAGE_DELIVER, &one);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &two);
    assert_true(str_eq(one.recipients, STR("x@mairie.example\n")));
    assert_true(str_eq(two.recipients, STR("y@clairmont.example\n")));
    assert_true(str_starts(one.received, STR("Received: from x ([127.0.0.1])\r\n\tby mail.example with LMTP id ")));
    assert_true(str_ends(one.received, STR("\r\n")) && str_eq(one.host, STR("mail.example")));
    assert_true(str_eq(one.body, STR("Subject: x\r\n\r\n.dot\r\n")) && str_eq(two.body, one.body));
    tell_delivered(&towns[BEAUVAL], one.handle, OK, STR(""));
    assert_false(is_readable(fd, 50)); /* never before every town has answered */
    tell_delivered(&towns[BEAUVAL], one.handle, OK, STR("")); /* a second answer counts for nothing */
    assert_false(is_readable(fd, 50));
    tell_delivered(&towns[CLAIRMONT], two.handle, LIMIT, STR(""));
    hears(fd, "250 2.0.0");
    hears(fd, "452 4.2.2");
    say(fd, "QUIT\r\n");
    hears(fd, "221 ");
    hears_end(fd);
}

/* Whoever tries name after name without signing in is sent away; a mail server in front of us is not. */
static void nobody_tries_a_list_of_names(void **state)
{
    (void)state;
    int fd = dial(SMTP);
    hears(fd, "220 ");
    say(fd, "EHLO a(b\r\n");
    hears_last(fd, "250 ");
    say(fd, "MAIL FROM:<a@b.example>\r\n");
    hears(fd, "250 2.1.0");
    for (int i = 0; i < 19; i++) {
        say(fd, i % 2 ? "RCPT TO:<x@nowhere.example>\r\n" : "RCPT TO:<x@mairie.example>\r\n");
        if (i % 2 == 0)
            tell_rcpt(&towns[BEAUVAL], NOT_FOUND);
        hears(fd, "550 5.");
    }
    say(fd, "RCPT TO:<x@mairie.example>\r\n");
    tell_rcpt(&towns[BEAUVAL], NOT_FOUND);
    hears(fd, "550 5.1.1");
    hears(fd, "421 4.7.0");
    hears_end(fd);
    fd = dial(LMTP);
    hears(fd, "220 ");
    say(fd, "LHLO a\r\n");
    hears_last(fd, "250 ");
    say(fd, "MAIL FROM:<a@b.example>\r\n");
    hears(fd, "250 2.1.0");
    for (int i = 0; i < 25; i++) {
        say(fd, "RCPT TO:<x@mairie.example>\r\n");
        tell_rcpt(&towns[BEAUVAL], NOT_FOUND);
        hears(fd, "550 5.1.1");
    }
    say(fd, "RCPT TO:<x@mairie.example>\r\n");
    tell_rcpt(&towns[BEAUVAL], GONE);
    hears(fd, "550 5.2.1 This town has no mail service now");
    close(fd);
}

static void a_town_that_dies_is_not_now(void **state)
{
    (void)state;
    struct message_deliver one, two;
    int fd = lmtp_with("x@beauval.example", "y@clairmont.example");
    take(&towns[BEAUVAL], MESSAGE_DELIVER, &one);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &two);
    drop_end(&towns[CLAIRMONT]);
    run_for(50);
    assert_false(is_readable(fd, 50));
    tell_delivered(&towns[BEAUVAL], one.handle, OK, STR(""));
    hears(fd, "250 2.0.0");
    hears(fd, "451 4.3.0");
    say(fd, "MAIL FROM:<a@b.example>\r\nRCPT TO:<y@clairmont.example>\r\nRCPT TO:<z@beauval.example>\r\n");
    hears(fd, "250 2.1.0");
    hears(fd, "451 4.3.0");
    drop_end(&towns[BEAUVAL]); /* while it is asked */
    run_for(50);
    hears(fd, "451 4.3.0");
    connect_role(&towns[CLAIRMONT], ROLE_TOWN, 8);
    say(fd, "RCPT TO:<y@clairmont.example>\r\n");
    tell_rcpt(&towns[CLAIRMONT], NOT_FOUND);
    hears(fd, "550 5.1.1");
    close(fd);
}

static void a_large_message_goes_as_sealed_memory(void **state)
{
    (void)state;
    enum { LINES = 3000 };
    struct message_deliver deliver;
    struct str body;
    int fd = dial(SMTP);
    hears(fd, "220 mail.example ESMTP");
    say(fd, "EHLO x\r\n");
    hears_last(fd, "250 ");
    say(fd, "MAIL FROM:<>\r\nRCPT TO:<x@beauval.example>\r\n");
    hears(fd, "250 2.1.0");
    tell_rcpt(&towns[BEAUVAL], OK);
    hears(fd, "250 2.1.5");
    say(fd, "DATA\r\n");
    hears(fd, "354 ");
    for (int i = 0; i < LINES; i++)
        say(fd, "0123456789012345678901234567890123456789\r\n");
    say(fd, ".\r\n");
    int memory = take_with(&towns[BEAUVAL], MESSAGE_DELIVER, &deliver);
    assert_true(str_is_absent(deliver.body));
    assert_int_equal(deliver.size, LINES * 42);
    assert_int_equal(file_map(memory, 1 << 20, &body), OK);
    assert_int_equal(body.len, LINES * 42);
    file_unmap(body);
    file_close(&memory);
    tell_delivered(&towns[BEAUVAL], deliver.handle, OK, STR(""));
    hears(fd, "250 2.0.0");
    close(fd);
}

static void chunks_are_checked_across_their_borders(void **state)
{
    (void)state;
    static const struct {
        const char *chunks, *reply;
    } cases[] = {
        {"BDAT 3\r\na\r\nBDAT 4 LAST\r\nb\r\n\r", "250 2.0.0 Chunk"},
        {"BDAT 2\r\na\rBDAT 3 LAST\r\n\nb\n", "250 2.0.0 Chunk"},
        {"BDAT 2\r\na\rBDAT 3 LAST\r\n\nb\r", "250 2.0.0 Chunk"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int fd = dial(SMTP);
        hears(fd, "220 ");
        say(fd, "EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<x@beauval.example>\r\n");
        hears_last(fd, "250 ");
        hears(fd, "250 ");
        tell_rcpt(&towns[BEAUVAL], OK);
        hears(fd, "250 ");
        say(fd, cases[i].chunks);
        hears(fd, cases[i].reply);
        hears(fd, "550 5.6.0");
        close(fd);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(each_town_gets_its_recipients),
        CASE(nobody_tries_a_list_of_names),
        CASE(a_town_that_dies_is_not_now),
        CASE(a_large_message_goes_as_sealed_memory),
        CASE(chunks_are_checked_across_their_borders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
