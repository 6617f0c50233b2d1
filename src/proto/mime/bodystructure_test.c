#include "proto/mime/bodystructure.h"

#include "base/arena.h"
#include "proto/mime/test_text.h"

#define assert_structure(message, is_extended, wanted) \
    test_structure(STR(message), is_extended, STR(wanted), __LINE__)

static void test_structure(struct str message, bool is_extended, struct str wanted, int line)
{
    struct arena *arena ARENA_SCOPE = arena_create(BODYSTRUCTURE_ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(100000);
    struct mime mime;
    assert_int_equal(mime_scan(arena, message, &mime), OK);
    assert_int_equal(bodystructure_write(&out, arena, &mime, is_extended), OK);
    test_same(buf_str(&out), wanted, "bodystructure_test.c", line);
}

static void single_parts_are_described(void **state)
{
    (void)state;
    assert_structure("Subject: x\r\n\r\na\r\nb\r\n", false,
                     "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 6 2)");
    assert_structure("Content-Type: text/html\r\n\r\n", true,
                     "(\"text\" \"html\" NIL NIL NIL \"7bit\" 0 0 NIL NIL NIL NIL)");
    assert_structure(
        "Content-Type: application/pdf; name*=utf-8''%C3%A9.pdf\r\nContent-ID: <i@x>\r\n"
        "Content-Description: un plan\r\nContent-Transfer-Encoding: BASE64\r\nContent-MD5: abc\r\n"
        "Content-Disposition: attachment; filename=\"a.pdf\"; size=3\r\nContent-Language: fr, "
        "en\r\n"
        "Content-Location: http://x/\r\n\r\nZm9v",
        true,
        "(\"application\" \"pdf\" (\"name*\" \"utf-8''%C3%A9.pdf\") \"<i@x>\" \"un plan\" "
        "\"BASE64\" 4 "
        "\"abc\" (\"attachment\" (\"filename\" \"a.pdf\" \"size\" \"3\")) (\"fr\" \"en\") "
        "\"http://x/\")");
}

/* RFC 3501 section 7.4.2; the first is imaptest's script fetch-bodystructure. */
static void multiparts_and_messages_nest(void **state)
{
    (void)state;
    assert_structure(
        "Content-Type: multipart/mixed; boundary=\"foo\r\n bar\"\r\n\r\n--foo bar\r\n"
        "Content-Type: text/x-myown; charset=us-ascii\r\n\r\nhello\r\n\r\n--foo bar--\r\n",
        false,
        "((\"text\" \"x-myown\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 7 1) \"mixed\")");
    assert_structure(
        "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"
        "Content-Type: multipart/alternative; boundary=b\r\nContent-Language: fr\r\n\r\n"
        "--b\r\n\r\nx\r\n--b\r\nContent-Type: text/html\r\n\r\ny\r\n--b--\r\n--a\r\n"
        "Content-Type: message/rfc822\r\n\r\nSubject: s\r\n\r\nz\r\n\r\n--a--\r\n",
        true,
        "(((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 1 0 NIL NIL NIL NIL)"
        "(\"text\" \"html\" NIL NIL NIL \"7bit\" 1 0 NIL NIL NIL NIL) \"alternative\" "
        "(\"boundary\" \"b\") NIL \"fr\" NIL)"
        "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 17 "
        "(NIL \"s\" NIL NIL NIL NIL NIL NIL NIL NIL) "
        "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 3 1 NIL NIL NIL NIL) 3 "
        "NIL NIL NIL NIL) \"mixed\" (\"boundary\" \"a\") NIL NIL NIL)");
    assert_structure(
        "Content-Type: message/rfc822\r\n\r\nContent-Type: message/rfc822\r\n\r\n\r\nx", false,
        "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 35 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) "
        "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 3 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) "
        "(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 1 0) 1) 3)");
}

static void what_the_grammar_cannot_say_is_written_as_the_nearest(void **state)
{
    (void)state;
    assert_structure("Content-Type: multipart/mixed; boundary=a\r\n\r\nno part\r\n", true,
                     "((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 0 0 NIL NIL "
                     "NIL NIL) \"mixed\" "
                     "(\"boundary\" \"a\") NIL NIL NIL)");
    assert_structure(
        "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nZm9v", false,
        "(\"application\" \"octet-stream\" NIL NIL NIL \"base64\" 4)");
}

static void the_deepest_tree_is_balanced(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(BODYSTRUCTURE_ARENA);
    struct buf message BUF_SCOPE = BUF_INIT(1 << 20), out BUF_SCOPE = BUF_INIT(1 << 20);
    struct mime mime;
    for (int i = 0; i <= MIME_DEPTH_MAX; i++)
        buf_add_format(&message, "Content-Type: multipart/mixed; boundary=b%d.\r\n\r\n--b%d.\r\n",
                       i, i);
    assert_int_equal(mime_scan(arena, buf_str(&message), &mime), OK);
    assert_int_equal(bodystructure_write(&out, arena, &mime, true), OK);
    size_t depth = 0;
    for (size_t i = 0; i < out.len; i++) {
        depth += out.at[i] == '(';
        depth -= out.at[i] == ')';
    }
    assert_int_equal(depth, 0);
    assert_true(str_find(buf_str(&out), STR("\"application\" \"octet-stream\"")) != SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(single_parts_are_described),
        cmocka_unit_test(multiparts_and_messages_nest),
        cmocka_unit_test(what_the_grammar_cannot_say_is_written_as_the_nearest),
        cmocka_unit_test(the_deepest_tree_is_balanced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
