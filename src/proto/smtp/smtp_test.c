#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "proto/smtp/smtp_command.h"
#include "proto/smtp/smtp_data.h"

static enum status parse(const char *line, struct smtp_command *command)
{
    return smtp_command_parse(str_of(line), command);
}

static void commands_are_read(void **state)
{
    (void)state;
    struct smtp_command c;
    assert_int_equal(parse("mail from:<a@b.example> SIZE=12 BODY=8BITMIME SMTPUTF8", &c), OK);
    assert_int_equal(c.verb, SMTP_MAIL);
    assert_true(str_eq(c.path, STR("a@b.example")) && c.size == 12 && c.is_8bit && c.is_utf8);
    assert_int_equal(parse("MAIL FROM:<>", &c), OK);
    assert_int_equal(c.path.len, 0);
    assert_int_equal(parse("RCPT TO:<@x,@y:a@b.example>", &c), OK);
    assert_true(str_eq(c.path, STR("a@b.example")));
    assert_int_equal(parse("BDAT 5 LAST", &c), OK);
    assert_true(c.size == 5 && c.is_last);
    assert_int_equal(parse("AUTH PLAIN AGEAYg==", &c), OK);
    assert_true(str_eq(c.argument, STR("PLAIN")) && str_eq(c.initial, STR("AGEAYg==")));
    assert_int_equal(parse("LHLO x", &c), OK);
    assert_int_equal(parse("QUIT", &c), OK);
}

static void what_breaks_the_grammar_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "EHLO",
                                      "MAIL a@b",
                                      "MAIL FROM:a@b.example",
                                      "MAIL FROM:<a@b.example",
                                      "MAIL FROM:<a@b.example>x",
                                      "MAIL FROM:<a@b@c.example>",
                                      "MAIL FROM:<a b@c.example>",
                                      "MAIL FROM:<a@.example>",
                                      "MAIL FROM:<a@b..example>",
                                      "MAIL FROM:<\xC3\xA9@b.example>",
                                      "MAIL FROM:<a@b.example> SIZE=9223372036854775808",
                                      "RCPT TO:<>",
                                      "RCPT TO:<a>",
                                      "BDAT",
                                      "BDAT -1",
                                      "BDAT 5 FIRST",
                                      "DATA now",
                                      "WHO"};
    struct smtp_command c;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(parse(bad[i], &c), INVALID);
    assert_int_equal(parse("MAIL FROM:<a@b.example> RET=FULL", &c), NOT_FOUND);
    assert_int_equal(parse("MAIL FROM:<a@b.example> BODY=BINARYMIME", &c), NOT_FOUND);
}

static void a_flood_of_parameters_stops_at_its_limit(void **state)
{
    (void)state;
    char line[400] = "MAIL FROM:<a@b.example>";
    size_t length = strlen(line);
    struct smtp_command c;
    for (int i = 0; i <= SMTP_PARAMETERS_MAX; i++) {
        length += (size_t)snprintf(line + length, sizeof line - length, " SIZE=1");
        assert_int_equal(parse(line, &c), i < SMTP_PARAMETERS_MAX ? OK : INVALID);
    }
}

static void a_line_ends_with_crlf_alone(void **state)
{
    (void)state;
    struct str line;
    size_t used;
    char *endless = malloc(SMTP_LINE_MAX + 1);
    memset(endless, 'a', SMTP_LINE_MAX + 1);
    assert_int_equal(smtp_line(STR("NOOP\r\nQUIT"), &line, &used), OK);
    assert_true(str_eq(line, STR("NOOP")) && used == 6);
    assert_int_equal(smtp_line(STR("NOOP"), &line, &used), BUSY);
    assert_int_equal(smtp_line(STR("NOOP\r"), &line, &used), BUSY);
    assert_int_equal(smtp_line(STR("NOOP\n"), &line, &used), INVALID);
    assert_int_equal(smtp_line(STR("NO\rOP\r\n"), &line, &used), INVALID);
    assert_int_equal(smtp_line(STR("NOOP\0\r\n"), &line, &used), OK);
    assert_int_equal(smtp_command_parse(line, &(struct smtp_command){0}), INVALID);
    assert_int_equal(smtp_line((struct str){endless, SMTP_LINE_MAX - 1}, &line, &used), BUSY);
    assert_int_equal(smtp_line((struct str){endless, SMTP_LINE_MAX}, &line, &used), LIMIT);
    free(endless);
}

/* Feeds in two pieces at every cut point, and byte by byte. */
static void feed_everywhere(struct str input, struct str wanted, bool is_bad, size_t used)
{
    for (size_t cut = 0; cut <= input.len; cut++) {
        struct smtp_data data;
        struct buf out BUF_SCOPE = BUF_INIT(1000);
        smtp_data_begin(&data);
        size_t taken = smtp_data_feed(&data, str_slice(input, 0, cut), &out);
        if (taken == cut)
            taken += smtp_data_feed(&data, str_after(input, cut), &out);
        assert_true(data.is_done);
        assert_int_equal(data.is_bad, is_bad);
        assert_int_equal(taken, used);
        if (!is_bad)
            assert_true(str_eq(buf_str(&out), wanted));
    }
}

static void dots_are_unstuffed_and_the_end_is_found(void **state)
{
    (void)state;
    feed_everywhere(STR(".\r\nQUIT\r\n"), STR(""), false, 3);
    feed_everywhere(STR("a\r\n.\r\nX"), STR("a\r\n"), false, 6);
    feed_everywhere(STR("..\r\n..a\r\n.b\r\n.\r\n"), STR(".\r\n.a\r\nb\r\n"), false, 16);
    feed_everywhere(STR("a.\r\n.\r\n"), STR("a.\r\n"), false, 7);
}

static void false_ends_are_no_ends(void **state)
{
    (void)state;
    struct str smuggled[] = {STR("a\n.\r\nMAIL\r\n.\r\n"), STR("a\r.\r\nMAIL\r\n.\r\n"), STR("a\r\n.\nMAIL\r\n.\r\n"),
                             STR("a\n.\nMAIL\r\n.\r\n"),   STR("a\r\n.\rMAIL\r\n.\r\n"), STR("a\0b\r\n.\r\n"),
                             STR("a\r\n\r.\r\nMAIL\r\n.\r\n"), STR("a\r\r\n.\r\n")};
    for (size_t i = 0; i < sizeof smuggled / sizeof smuggled[0]; i++)
        feed_everywhere(smuggled[i], STR(""), true, smuggled[i].len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_are_read),
        cmocka_unit_test(what_breaks_the_grammar_is_refused),
        cmocka_unit_test(a_flood_of_parameters_stops_at_its_limit),
        cmocka_unit_test(a_line_ends_with_crlf_alone),
        cmocka_unit_test(dots_are_unstuffed_and_the_end_is_found),
        cmocka_unit_test(false_ends_are_no_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
