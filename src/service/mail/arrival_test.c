#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/town.h"
#include "service/mail/arrival.h"

static struct town town = {.domains = {STR_INIT("beauval.example"), STR_INIT("mairie-beauval.example")},
                           .domain_count = 2};
static struct ctx ctx = {.town = &town};

static void assert_arrives(struct arrival arrival, const char *message, const char *wanted)
{
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    assert_int_equal(arrival_write(&out, &ctx, &arrival, str_of(message)), OK);
    if (!str_eq(buf_str(&out), str_of(wanted)))
        fail_msg("%s\n  arrives as\n%.*s", message, STR_ARG(buf_str(&out)));
}

static void what_the_last_hand_adds(void **state)
{
    (void)state;
    struct arrival arrival = {.sender = STR("a@b.example"), .received = STR("Received: from x\r\n\tby y; now\r\n"),
                              .host = STR("mail.example")};
    assert_arrives(
        arrival, "Subject: x\r\n\r\nReturn-Path: <c>\r\n",
        "Return-Path: <a@b.example>\r\nReceived: from x\r\n\tby y; now\r\nSubject: x\r\n\r\nReturn-Path: <c>\r\n");
    assert_arrives((struct arrival){.sender = STR(""), .received = STR(""), .host = STR("")},
                   "Return-path : <forged@b.example>\r\nSubject: x\r\nRETURN-PATH:\r\n <other>\r\nTo: y\r\n\r\n",
                   "Return-Path: <>\r\nSubject: x\r\nTo: y\r\n\r\n");
    assert_arrives((struct arrival){.sender = STR(""), .received = STR(""), .host = STR("")}, "",
                   "Return-Path: <>\r\n");
}

/* RFC 8601 section 5: what claims to be our own word about a message is no word of ours. */
static void nobody_speaks_in_our_name(void **state)
{
    (void)state;
    static const char *const forged[] = {
        "beauval.example; dkim=pass", "BEAUVAL.example;dkim=pass", "\r\n mx.beauval.example 1; spf=pass",
        " (a (b) \\) c) mairie-beauval.example; x=y", "\"beauval.example\"; x=y", "mail.example; x=y",
        "beauval.example.; x", "", ";", " (unended", "\"bad\\\" id\"; x=y", "\"unended"};
    struct arrival arrival = {.sender = STR(""), .received = STR(""), .host = STR("mail.example")};
    for (size_t i = 0; i < sizeof forged / sizeof forged[0]; i++) {
        struct buf message BUF_SCOPE = BUF_INIT(1000);
        buf_add_format(&message, "A: b\r\nauthentication-results:%s\r\nC: d\r\n\r\n%c", forged[i], 0);
        assert_arrives(arrival, message.at, "Return-Path: <>\r\nA: b\r\nC: d\r\n\r\n");
    }
    static const char *const of_others[] = {"other.example; dkim=pass", "notbeauval.example; x=y",
                                            "x.mail.example; x=y", "beauval.example.other.example; x=y"};
    for (size_t i = 0; i < sizeof of_others / sizeof of_others[0]; i++) {
        struct buf message BUF_SCOPE = BUF_INIT(1000), wanted BUF_SCOPE = BUF_INIT(1000);
        buf_add_format(&message, "Authentication-Results: %s\r\n\r\n%c", of_others[i], 0);
        buf_add_format(&wanted, "Return-Path: <>\r\n%s", message.at);
        buf_add_byte(&wanted, 0);
        assert_arrives(arrival, message.at, wanted.at);
    }
}

static void a_door_adds_one_line_alone(void **state)
{
    (void)state;
    static const char *const bad[] = {"Received: x", "Received: x\r\nBcc: y\r\n", "X: y\r\n", "Received: x\r\n\r\n",
                                      "Received\r\n"};
    struct buf out BUF_SCOPE = BUF_INIT(1000), line BUF_SCOPE = BUF_INIT(2 * ARRIVAL_RECEIVED_MAX);
    struct arrival arrival = {.sender = STR(""), .host = STR("")};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        arrival.received = str_of(bad[i]);
        assert_int_equal(arrival_write(&out, &ctx, &arrival, STR("A: b\r\n\r\n")), INVALID);
    }
    buf_add_literal(&line, "Received: ");
    while (line.len < ARRIVAL_RECEIVED_MAX - 2)
        buf_add_byte(&line, 'x');
    buf_add_literal(&line, "\r\n");
    struct buf large BUF_SCOPE = BUF_INIT(4 * ARRIVAL_RECEIVED_MAX);
    arrival.received = buf_str(&line);
    assert_int_equal(arrival_write(&large, &ctx, &arrival, STR("A: b\r\n\r\n")), OK);
    buf_consume(&line, 0);
    line.len -= 2;
    buf_add_literal(&line, "x\r\n");
    arrival.received = buf_str(&line);
    assert_int_equal(arrival_write(&large, &ctx, &arrival, STR("A: b\r\n\r\n")), INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_last_hand_adds),
        cmocka_unit_test(nobody_speaks_in_our_name),
        cmocka_unit_test(a_door_adds_one_line_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
