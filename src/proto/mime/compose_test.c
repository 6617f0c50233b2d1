#include "proto/mime/compose.h"

#include "base/arena.h"
#include "proto/mime/header.h"
#include "proto/mime/message_id.h"
#include "proto/mime/test_text.h"
#include "proto/mime/text.h"

static const struct address from = {.name = STR_INIT("État civil"),
                                    .mailbox = STR_INIT("etat.civil"),
                                    .host = STR_INIT("beauval.example")};
static const struct address to = {.name = STR_INIT("Accueil"),
                                  .mailbox = STR_INIT("accueil"),
                                  .host = STR_INIT("clairmont.example")};

static struct compose simple(void)
{
    return (struct compose){.from = from,
                            .to = &to,
                            .to_count = 1,
                            .subject = STR("Délibération"),
                            .date = {{1795513320000}, 60},
                            .message_id = STR("1@beauval.example"),
                            .text = STR("Bonjour,\nvoilà.\n")};
}

static void a_plain_message_is_written(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(10000);
    struct compose compose = simple();
    assert_int_equal(compose_write(&out, &compose), OK);
    assert_text(buf_str(&out), "Date: Tue, 24 Nov 2026 10:42:00 +0100\r\n"
                               "From: =?utf-8?Q?=C3=89tat_civil?= <etat.civil@beauval.example>\r\n"
                               "To: Accueil <accueil@clairmont.example>\r\n"
                               "Subject: =?utf-8?B?RMOpbGliw6lyYXRpb24=?=\r\n"
                               "Message-ID: <1@beauval.example>\r\nMIME-Version: 1.0\r\n"
                               "Content-Type: text/plain; charset=utf-8\r\n"
                               "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
                               "Bonjour,\r\nvoil=C3=A0.\r\n");
    buf_clear(&out);
    compose.text = STR("ascii\n.\n");
    compose.subject = STR("");
    assert_int_equal(compose_write(&out, &compose), OK);
    assert_true(str_find(buf_str(&out), STR("quoted-printable\r\n\r\nascii\r\n.\r\n")) != SIZE_MAX);
    buf_clear(&out);
    compose.text = STR("ascii");
    assert_int_equal(compose_write(&out, &compose), OK);
    assert_true(str_ends(buf_str(&out), STR("7bit\r\n\r\nascii\r\n")));
}

static const char pdf[] = "\x00\x01\xff pdf --=_ \r\n";

static void a_whole_message_is_read_back(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(TEXT_ARENA(1 << 20));
    const struct str references[] = {STR("a@x"), STR("b@x")};
    const struct compose_field fields[] = {{STR("Auto-Submitted"), STR("auto-generated")}};
    const struct compose_file files[] = {
        {STR("Délibération du conseil municipal du 24 novembre 2026 n° 12.pdf"),
         STR("application/pdf"),
         STR_NONE,
         {pdf, sizeof pdf}},
        {STR("logo.png"), STR("image/png"), STR("logo@x"), STR("png")},
        {STR_NONE, STR("message/rfc822"), STR_NONE, STR("Subject: inner\n\né\n")},
    };
    struct compose compose = simple();
    compose.html = STR("<p>voilà <img src=\"cid:logo@x\"></p>");
    compose.references = references, compose.reference_count = 2, compose.in_reply_to = STR("b@x");
    compose.fields = fields, compose.field_count = 1, compose.files = files, compose.file_count = 3;
    compose.sender = to, compose.cc = &from, compose.cc_count = 1, compose.bcc = &to,
    compose.bcc_count = 1;
    struct buf out BUF_SCOPE = BUF_INIT(100000), body BUF_SCOPE = BUF_INIT(1000);
    struct mime mime;
    struct str text, markup;
    struct attachment_list list;
    struct thread_facts facts;
    assert_int_equal(compose_write(&out, &compose), OK);
    assert_int_equal(mime_scan(arena, buf_str(&out), &mime), OK);
    assert_int_equal(text_display(arena, &mime, 1000, &text), OK);
    assert_text(text, "Bonjour,\nvoilà.\n");
    assert_int_equal(text_markup(arena, &mime, 1000, &markup), OK);
    assert_text(markup, "<p>voilà <img src=\"cid:logo@x\"></p>\n");
    assert_int_equal(text_attachments(arena, &mime, &list), OK);
    assert_int_equal(list.count, 3);
    assert_text(list.at[0].name, "logo.png");
    assert_true(list.at[0].is_inline);
    assert_text(list.at[1].name, "Délibération du conseil municipal du 24 novembre 2026 n° 12.pdf");
    assert_int_equal(list.at[1].size, sizeof pdf);
    assert_text(list.at[2].name, "inner.eml");
    assert_int_equal(thread_facts_of(arena, buf_str(&out), &facts), OK);
    assert_int_equal(facts.references.count, 2);
    assert_text(header_find(buf_str(&out), STR("auto-submitted")), " auto-generated");
    for (size_t i = 0; i < mime.count; i++)
        if (mime_is(&mime.parts[i], STR("application"), STR("pdf")))
            transfer_decode(&body, mime.parts[i].transfer, mime_body(&mime, &mime.parts[i]));
    assert_int_equal(body.len, sizeof pdf);
    assert_memory_equal(body.at, pdf, sizeof pdf);
    for (size_t i = 0; i < out.len; i++)
        assert_true(out.at[i] != '\n' || (i > 0 && out.at[i - 1] == '\r'));
}

static void assert_refused(const struct compose *compose, int line)
{
    struct buf out BUF_SCOPE = BUF_INIT(100000);
    enum status status = compose_write(&out, compose);
    if (status != INVALID)
        print_error("line %d: %s\n", line, status_name(status));
    assert_int_equal(status, INVALID);
    assert_int_equal(out.len, 0);
}

static void no_value_can_write_a_line(void **state)
{
    (void)state;
    static const struct str tricks[] = {
        STR_INIT("x\r\nBcc: a@b"), STR_INIT("x\n"),   STR_INIT("x\ry"),   {"x\0y", 3},
        STR_INIT("x\x7f"),         STR_INIT("x\xff"), STR_INIT("\x1b[2J")};
    for (size_t i = 0; i < sizeof tricks / sizeof *tricks; i++) {
        struct compose compose = simple();
        struct address trick = to, group = {.name = STR_NONE};
        compose.subject = tricks[i];
        assert_refused(&compose, __LINE__);
        compose = simple(), compose.from.name = tricks[i];
        assert_refused(&compose, __LINE__);
        compose = simple(), compose.message_id = tricks[i];
        assert_refused(&compose, __LINE__);
        compose = simple(), compose.in_reply_to = tricks[i];
        assert_refused(&compose, __LINE__);
        compose = simple(), compose.references = &tricks[i], compose.reference_count = 1;
        assert_refused(&compose, __LINE__);
        trick.mailbox = tricks[i];
        compose = simple(), compose.cc = &trick, compose.cc_count = 1;
        assert_refused(&compose, __LINE__);
        trick.mailbox = to.mailbox, trick.host = tricks[i];
        assert_refused(&compose, __LINE__);
        group.mailbox = tricks[i];
        compose = simple(), compose.to = &group;
        assert_refused(&compose, __LINE__);
        struct compose_field field = {STR("X-A"), tricks[i]};
        compose = simple(), compose.fields = &field, compose.field_count = 1;
        assert_refused(&compose, __LINE__);
        field = (struct compose_field){tricks[i], STR("x")};
        assert_refused(&compose, __LINE__);
        struct compose_file file = {tricks[i], STR("a/b"), STR_NONE, STR("x")};
        compose = simple(), compose.files = &file, compose.file_count = 1;
        assert_refused(&compose, __LINE__);
        file = (struct compose_file){STR("x"), tricks[i], STR_NONE, STR("x")};
        assert_refused(&compose, __LINE__);
        file = (struct compose_file){STR("x"), STR("a/b"), tricks[i], STR("x")};
        assert_refused(&compose, __LINE__);
    }
}

static void what_is_incomplete_is_refused(void **state)
{
    (void)state;
    struct compose compose = simple();
    compose.message_id = STR_NONE;
    assert_refused(&compose, __LINE__);
    compose = simple(), compose.from.host = STR_NONE;
    assert_refused(&compose, __LINE__);
    compose = simple(), compose.text = (struct str){"a\0b", 3};
    assert_refused(&compose, __LINE__);
    struct compose_field field = {STR("Content-Type"), STR("text/html")};
    compose = simple(), compose.fields = &field, compose.field_count = 1;
    assert_refused(&compose, __LINE__);
    struct compose_file file = {STR("x"), STR("multipart"), STR_NONE, STR("x")};
    compose = simple(), compose.files = &file, compose.file_count = 1;
    assert_refused(&compose, __LINE__);
}

static void maxima_hold(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct compose compose = simple();
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20), small BUF_SCOPE = BUF_INIT(100),
                   subject BUF_SCOPE = BUF_INIT(10000);
    for (int i = 0; i < COMPOSE_VALUE_MAX; i++)
        buf_add_byte(&subject, i % 7 ? 'x' : ' ');
    compose.subject = buf_str(&subject);
    assert_int_equal(compose_write(&out, &compose), OK);
    struct str rest = buf_str(&out);
    while (!str_is_absent(rest))
        assert_true(str_cut(&rest, '\n').len <= 79);
    assert_int_equal(compose_write(&small, &compose), LIMIT);
    buf_add_byte(&subject, 'x');
    compose.subject = buf_str(&subject);
    assert_refused(&compose, __LINE__);
    struct compose_file *files = arena_array(arena, struct compose_file, COMPOSE_FILES_MAX + 1);
    for (int i = 0; i <= COMPOSE_FILES_MAX; i++)
        files[i] = (struct compose_file){STR("x"), STR("a/b"), STR_NONE, STR("x")};
    compose = simple(), compose.files = files, compose.file_count = COMPOSE_FILES_MAX;
    assert_int_equal(compose_write(&out, &compose), OK);
    compose.file_count++;
    assert_int_equal(compose_write(&out, &compose), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_message_is_written),
        cmocka_unit_test(a_whole_message_is_read_back),
        cmocka_unit_test(no_value_can_write_a_line),
        cmocka_unit_test(what_is_incomplete_is_refused),
        cmocka_unit_test(maxima_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
