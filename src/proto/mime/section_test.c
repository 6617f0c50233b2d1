#include "proto/mime/section.h"

#include "base/arena.h"
#include "proto/mime/test_text.h"

#define MESSAGE                                                                                    \
    "From: user@domain.org\r\nContent-Type: multipart/mixed; boundary=\"foo\r\n bar\"\r\n\r\n"     \
    "Root prologue\r\n\r\n--foo bar\r\nContent-Type: text/x-own\r\n\r\nhello\r\n\r\n--foo bar\r\n" \
    "Content-Type: message/rfc822\r\n\r\n" INNER "\r\n--foo bar--\r\nRoot epilogue\r\n"
#define INNER_HEADER                                                                       \
    "From: sub@domain.org\r\nDate: Sun, 12 Aug 2012 12:34:56 +0300\r\nSubject: submsg\r\n" \
    "Content-Type: multipart/alternative; boundary=\"sub1\"\r\n\r\n"
#define INNER INNER_HEADER INNER_TEXT
#define INNER_TEXT                                                                          \
    "prologue\r\n--sub1\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>\r\n\r\n--sub1\r\n"   \
    "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8K\r\n\r\n" \
    "--sub1--\r\nepilogue\r\n"

#define assert_section(message, section, wanted) \
    test_section(STR(message), section, STR(wanted), __LINE__)

static struct str NIL_TEXT = STR_INIT("NIL");

static void test_section(struct str message, const char *text, struct str wanted, int line)
{
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct section section;
    struct mime mime;
    size_t from, to;
    assert_int_equal(mime_scan(arena, message, &mime), OK);
    assert_int_equal(section_parse(str_of(text), &section), OK);
    enum status status = section_range(&mime, &section, &from, &to);
    test_same(status == OK ? str_slice(message, from, to) : NIL_TEXT, wanted, text, line);
}

/* After imaptest's script fetch-body-mime. */
static void parts_of_a_multipart_are_found(void **state)
{
    (void)state;
    assert_section(MESSAGE, "", MESSAGE);
    assert_section(
        MESSAGE, "HEADER",
        "From: user@domain.org\r\nContent-Type: multipart/mixed; boundary=\"foo\r\n bar\"\r\n\r\n");
    assert_section(MESSAGE, "1", "hello\r\n");
    assert_section(MESSAGE, "1.mime", "Content-Type: text/x-own\r\n\r\n");
    assert_section(MESSAGE, "2", INNER);
    assert_section(MESSAGE, "2.MIME", "Content-Type: message/rfc822\r\n\r\n");
    assert_section(MESSAGE, "2.HEADER", INNER_HEADER);
    assert_section(MESSAGE, "2.TEXT", INNER_TEXT);
    assert_section(MESSAGE, "2.1", "<p>Hello</p>\r\n");
    assert_section(MESSAGE, "2.1.MIME", "Content-Type: text/html\r\n\r\n");
    assert_section(MESSAGE, "2.2", "SGVsbG8K\r\n");
}

static void what_is_not_there_is_nil(void **state)
{
    (void)state;
    static const char *const none[] = {"3",      "1.1",      "2.3",   "1.HEADER",
                                       "1.TEXT", "2.1.TEXT", "2.1.1", "4294967295"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_section(MESSAGE, none[i], "NIL");
}

#define RFC822 "Content-Type: message/rfc822\r\n\r\nSubject: submsg\r\n\r\nHello world\r\n"

/* After fetch-body-message-rfc822 and fetch-body-message-rfc822-x2. */
static void a_message_that_is_a_message_has_part_one(void **state)
{
    (void)state;
    assert_section(RFC822, "TEXT", "Subject: submsg\r\n\r\nHello world\r\n");
    assert_section(RFC822, "1", "Subject: submsg\r\n\r\nHello world\r\n");
    assert_section(RFC822, "1.1", "Hello world\r\n");
    assert_section(RFC822, "1.HEADER", "Subject: submsg\r\n\r\n");
    assert_section(RFC822, "1.TEXT", "Hello world\r\n");
    assert_section(RFC822, "1.1.1", "NIL");
    assert_section("Content-Type: message/rfc822\r\n\r\n" RFC822, "1.1.1", "Hello world\r\n");
    assert_section("Content-Type: message/rfc822\r\n\r\n" RFC822, "1.1.HEADER",
                   "Subject: submsg\r\n\r\n");
    assert_section("Subject: x\r\n\r\nplain\r\n", "1", "plain\r\n");
    assert_section("Subject: x\r\n\r\nplain\r\n", "1.MIME", "Subject: x\r\n\r\n");
    assert_section("Subject: x\r\n\r\nplain\r\n", "2", "NIL");
}

static void sections_are_read_strictly(void **state)
{
    (void)state;
    static const char *const wrong[] = {"MIME",       "0",      "1.",      ".1",           "1..2",
                                        "x",          "1.x",    "HEADER.", "HEADER.FIELD", "-1",
                                        "4294967296", "TEXT.1", "1 ",      "1.HEADER "};
    struct section section;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(section_parse(str_of(wrong[i]), &section), INVALID);
    assert_int_equal(section_parse(STR("1.2.header.fields.NOT"), &section), OK);
    assert_int_equal(section.kind, SECTION_FIELDS_NOT);
    assert_int_equal(section.path_count, 2);
    assert_int_equal(section.path[1], 2);
    struct buf path BUF_SCOPE = BUF_INIT(1000);
    for (int i = 0; i < SECTION_PATH_MAX; i++)
        buf_add_c(&path, i ? ".1" : "1");
    assert_int_equal(section_parse(buf_str(&path), &section), OK);
    buf_add_literal(&path, ".1");
    assert_int_equal(section_parse(buf_str(&path), &section), LIMIT);
}

static void fields_are_chosen_as_they_stand(void **state)
{
    (void)state;
    const struct str names[] = {STR("from"), STR("X-None"), STR("SUBJECT"), STR("subject")};
    struct section section = {.kind = SECTION_FIELDS, .fields = names, .field_count = 4};
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    section_write_fields(&out, STR(INNER_HEADER), &section);
    assert_text(buf_str(&out), "From: sub@domain.org\r\nSubject: submsg\r\n\r\n");
    buf_clear(&out);
    section.kind = SECTION_FIELDS_NOT;
    section_write_fields(&out, STR("Subject: a\r\nX:\r\n y\r\nFrom: b\r\n\r\n"), &section);
    assert_text(buf_str(&out), "X:\r\n y\r\n\r\n");
    buf_clear(&out);
    section_write_fields(&out, STR("X: cut"), &section);
    assert_text(buf_str(&out), "X: cut\r\n\r\n");
}

static void binary_undoes_the_encoding(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    struct mime mime;
    assert_int_equal(mime_scan(arena, STR(MESSAGE), &mime), OK);
    assert_int_equal(section_write_binary(&out, &mime, (uint32_t[]){2, 2}, 2), OK);
    assert_text(buf_str(&out), "Hello\n");
    buf_clear(&out);
    assert_int_equal(section_write_binary(&out, &mime, NULL, 0), OK);
    assert_text(buf_str(&out), MESSAGE);
    assert_int_equal(section_write_binary(&out, &mime, (uint32_t[]){3}, 1), NOT_FOUND);
    struct str odd = STR("Content-Transfer-Encoding: x-own\r\n\r\n?");
    assert_int_equal(mime_scan(arena, odd, &mime), OK);
    assert_int_equal(section_write_binary(&out, &mime, (uint32_t[]){1}, 1), INVALID);
    struct buf small BUF_SCOPE = BUF_INIT(3);
    assert_int_equal(section_write_binary(&small, &mime, NULL, 0), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_a_multipart_are_found),
        cmocka_unit_test(what_is_not_there_is_nil),
        cmocka_unit_test(a_message_that_is_a_message_has_part_one),
        cmocka_unit_test(sections_are_read_strictly),
        cmocka_unit_test(fields_are_chosen_as_they_stand),
        cmocka_unit_test(binary_undoes_the_encoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
