#include "proto/mime/envelope.h"

#include "base/arena.h"
#include "proto/mime/test_text.h"

#define assert_envelope(header, wanted) test_envelope(STR(header), STR(wanted), __LINE__)

static void test_envelope(struct str header, struct str wanted, int line)
{
    struct arena *arena ARENA_SCOPE = arena_create(ENVELOPE_ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(10000);
    assert_int_equal(envelope_write(&out, arena, header), OK);
    test_same(buf_str(&out), wanted, "envelope_test.c", line);
}

/* The messages of imaptest's script fetch-envelope, in its order. */
static void the_suite_gets_what_it_expects(void **state)
{
    (void)state;
    assert_envelope(
        "Message-ID: <msg@id>\r\nIn-Reply-To: <reply@to.id>\r\nDate: Thu, 15 Feb 2007 01:02:03 "
        "+0200\r\n"
        "Subject: subject header\r\nFrom: From Real <fromuser@fromdomain.org>\r\n"
        "To: To Real <touser@todomain.org>\r\nCc: Cc Real <ccuser@ccdomain.org>\r\n"
        "Bcc: Bcc Real <bccuser@bccdomain.org>\r\nSender: Sender Real "
        "<senderuser@senderdomain.org>\r\n"
        "Reply-To: ReplyTo Real <replytouser@replytodomain.org>\r\n\r\n",
        "(\"Thu, 15 Feb 2007 01:02:03 +0200\" \"subject header\" "
        "((\"From Real\" NIL \"fromuser\" \"fromdomain.org\")) "
        "((\"Sender Real\" NIL \"senderuser\" \"senderdomain.org\")) "
        "((\"ReplyTo Real\" NIL \"replytouser\" \"replytodomain.org\")) "
        "((\"To Real\" NIL \"touser\" \"todomain.org\")) ((\"Cc Real\" NIL \"ccuser\" "
        "\"ccdomain.org\")) "
        "((\"Bcc Real\" NIL \"bccuser\" \"bccdomain.org\")) \"<reply@to.id>\" \"<msg@id>\")");
    assert_envelope(
        "From: user@domain (Real Name)\r\nTo: group: g1@d1.org, g2@d2.org;, group2: g3@d3.org;\r\n"
        "Cc: group:;, group2: (foo) ;\r\n\r\n",
        "(NIL NIL ((\"Real Name\" NIL \"user\" \"domain\")) ((\"Real Name\" NIL \"user\" "
        "\"domain\")) "
        "((\"Real Name\" NIL \"user\" \"domain\")) ((NIL NIL \"group\" NIL)(NIL NIL \"g1\" "
        "\"d1.org\")"
        "(NIL NIL \"g2\" \"d2.org\")(NIL NIL NIL NIL)(NIL NIL \"group2\" NIL)(NIL NIL \"g3\" "
        "\"d3.org\")"
        "(NIL NIL NIL NIL)) ((NIL NIL \"group\" NIL)(NIL NIL NIL NIL)(NIL NIL \"group2\" NIL)"
        "(NIL NIL NIL NIL)) NIL NIL NIL)");
    assert_envelope("From: user@domain (Real Name)\r\nSender: \r\nReply-To: \r\n\r\n",
                    "(NIL NIL ((\"Real Name\" NIL \"user\" \"domain\")) ((\"Real Name\" NIL "
                    "\"user\" \"domain\")) "
                    "((\"Real Name\" NIL \"user\" \"domain\")) NIL NIL NIL NIL NIL)");
    assert_envelope(
        "From: <@route:user@domain>\r\n\r\n",
        "(NIL NIL ((NIL \"@route\" \"user\" \"domain\")) ((NIL \"@route\" \"user\" \"domain\")) "
        "((NIL \"@route\" \"user\" \"domain\")) NIL NIL NIL NIL NIL)");
}

static void odd_bytes_are_written_safely(void **state)
{
    (void)state;
    assert_envelope("Subject: a \"b\" \\c\r\n",
                    "(NIL \"a \\\"b\\\" \\\\c\" NIL NIL NIL NIL NIL NIL NIL NIL)");
    assert_envelope("Subject: café\r\n", "(NIL {5}\r\ncafé NIL NIL NIL NIL NIL NIL NIL NIL)");
    assert_envelope("Subject: folded\r\n =?x?=\r\n",
                    "(NIL \"folded =?x?=\" NIL NIL NIL NIL NIL NIL NIL NIL)");
    assert_envelope("Subject: a\rb\r\n", "(NIL {3}\r\na\rb NIL NIL NIL NIL NIL NIL NIL NIL)");
    assert_envelope("Subject: a\0b\r\n", "(NIL \"a?b\" NIL NIL NIL NIL NIL NIL NIL NIL)");
    assert_envelope("Subject:\r\n", "(NIL \"\" NIL NIL NIL NIL NIL NIL NIL NIL)");
    assert_envelope("", "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)");
}

static void memory_has_its_limits(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(100);
    struct arena *large ARENA_SCOPE = arena_create(ENVELOPE_ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(1000), small BUF_SCOPE = BUF_INIT(20);
    struct str header = STR("From: a@b, c@d, e@f\r\n");
    assert_int_equal(envelope_write(&out, arena, header), LIMIT);
    assert_int_equal(envelope_write(&small, large, header), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_suite_gets_what_it_expects),
        cmocka_unit_test(odd_bytes_are_written_safely),
        cmocka_unit_test(memory_has_its_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
