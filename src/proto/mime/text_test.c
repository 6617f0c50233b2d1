#include "proto/mime/text.h"

#include "base/arena.h"
#include "proto/mime/test_text.h"

#define MESSAGE                                                                              \
    "From: =?utf-8?q?=C3=89tat?= civil <e@beauval.example>\r\nTo: a@b\r\nSubject: Plan\r\n"  \
    "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n"                               \
    "Content-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\n"                         \
    "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: "            \
    "quoted-printable\r\n\r\n"                                                               \
    "Voil=E0 le plan.\r\n--a\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\n"  \
    "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Voil&agrave; <b>le plan</b>.<img "     \
    "src=\"cid:i@x\">\r\n"                                                                   \
    "--r\r\nContent-Type: image/png; name=\"../i.png\"\r\nContent-ID: <i@x>\r\n"             \
    "Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8h\r\nSGU=\r\n--r--\r\n--a--\r\n--m\r\n" \
    "Content-Type: Application/PDF\r\n\r\nx\r\n--m\r\nContent-Type: message/rfc822\r\n\r\n"  \
    "Subject: =?utf-8?q?=C3=A9t=C3=A9?=\r\n\r\ninner words\r\n--m--\r\n"

static struct mime scan(struct arena *arena, struct str message)
{
    struct mime mime;
    assert_int_equal(mime_scan(arena, message, &mime), OK);
    return mime;
}

static struct str display(struct arena *arena, struct str message)
{
    struct mime mime = scan(arena, message);
    struct str text;
    assert_int_equal(text_display(arena, &mime, 10000, &text), OK);
    return text;
}

static void the_body_is_shown_decoded(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(TEXT_ARENA(1 << 20));
    struct mime mime = scan(arena, STR(MESSAGE));
    struct str markup;
    assert_text(display(arena, STR(MESSAGE)), "Voilà le plan.");
    assert_int_equal(text_markup(arena, &mime, 10000, &markup), OK);
    assert_text(markup, "<p>Voil&agrave; <b>le plan</b>.<img src=\"cid:i@x\">");
    assert_text(display(arena, STR("Content-Type: text/html\r\n\r\n<p>a<p>b")), "a\n\nb\n");
    assert_text(display(arena, STR("Content-Type: multipart/mixed; boundary=x\r\n\r\nno part\r\n")),
                "no part\n");
    assert_text(display(arena, STR("\r\na\rb\r\nc")), "a\nb\nc");
    assert_text(display(arena, (struct str){"\r\na\0b", 5}), "ab");
    mime = scan(arena, STR("\r\nx"));
    assert_int_equal(text_markup(arena, &mime, 10000, &markup), OK);
    assert_true(str_is_absent(markup));
}

static void text_is_cut_between_characters(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(TEXT_ARENA(1 << 20));
    struct mime mime = scan(arena, STR("\r\naé\u20acz"));
    static const size_t kept[] = {0, 1, 1, 3, 3, 3, 6, 7, 7};
    for (size_t max = 0; max < sizeof kept / sizeof *kept; max++) {
        struct str text;
        assert_int_equal(text_display(arena, &mime, max, &text), OK);
        assert_int_equal(text.len, kept[max]);
    }
}

static void previews_show_what_the_sender_wrote(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    assert_text(
        text_preview(
            arena, STR("Bonjour,\n\n  merci   beaucoup.\n\nLe 24 novembre, Accueil a écrit :\n> a\n"
                       "> b\n\nÀ demain\n-- \nMairie")),
        "Bonjour, merci beaucoup. À demain");
    assert_text(text_preview(arena, STR("> only\n> quoted\n")), "> only > quoted");
    assert_text(text_preview(arena, STR("Voici :\n- un\n-----Message d'origine-----\nx")),
                "Voici : - un");
    assert_text(text_preview(arena, STR("")), "");
    struct buf in BUF_SCOPE = BUF_INIT(10000);
    for (int i = 0; i < 200; i++)
        buf_add_literal(&in, "é");
    assert_int_equal(text_preview(arena, buf_str(&in)).len, TEXT_PREVIEW_MAX * 2);
    buf_clear(&in);
    for (int i = 0; i < 100; i++)
        buf_add_literal(&in, "mots ");
    assert_int_equal(text_preview(arena, buf_str(&in)).len, 139);
}

static void attachments_are_listed(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(TEXT_ARENA(1 << 20));
    struct mime mime = scan(arena, STR(MESSAGE));
    struct attachment_list list;
    assert_int_equal(text_attachments(arena, &mime, &list), OK);
    assert_int_equal(list.count, 3);
    assert_text(list.at[0].name, "i.png");
    assert_text(list.at[0].path, "1.2.2");
    assert_text(list.at[0].content_id, "i@x");
    assert_int_equal(list.at[0].size, 8);
    assert_true(list.at[0].is_inline);
    assert_text(list.at[1].name, "part-2.pdf");
    assert_text(list.at[1].type, "application/pdf");
    assert_false(list.at[1].is_inline);
    assert_text(list.at[2].name, "été.eml");
    assert_text(list.at[2].path, "3");
    assert_ptr_equal(text_part_by_id(arena, &mime, STR("i@x")), &mime.parts[5]);
    assert_null(text_part_by_id(arena, &mime, STR("j@x")));
}

static void everything_can_be_searched(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(TEXT_ARENA(1 << 20));
    struct mime mime = scan(arena, STR(MESSAGE));
    struct search_text text;
    assert_int_equal(text_for_search(arena, &mime, 10000, &text), OK);
    assert_text(text.subject, "Plan");
    assert_text(text.from, "État civil <e@beauval.example>");
    assert_text(text.to, "a@b");
    assert_text(text.cc, "");
    assert_text(text.attachments, "i.png\npart-2.pdf\nété.eml");
    assert_text(text.body, "Voilà le plan.\nVoilà le plan.\nété\ninner words");
    assert_false(text.is_cut);
    assert_int_equal(text_for_search(arena, &mime, 20, &text), OK);
    assert_true(text.is_cut && text.body.len <= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_body_is_shown_decoded),
        cmocka_unit_test(text_is_cut_between_characters),
        cmocka_unit_test(previews_show_what_the_sender_wrote),
        cmocka_unit_test(attachments_are_listed),
        cmocka_unit_test(everything_can_be_searched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
