#include "proto/mime/body_parts.h"

#include "base/arena.h"
#include "base/buf.h"
#include "proto/mime/test_text.h"

/* Types of text | html | attachments. */
static struct str chosen(struct arena *arena, struct str message)
{
    struct mime mime;
    struct body_parts parts;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    assert_int_equal(mime_scan(arena, message, &mime), OK);
    assert_int_equal(body_parts_of(arena, &mime, &parts), OK);
    const struct body_part_list *lists[] = {&parts.text, &parts.html, &parts.attachments};
    for (size_t list = 0; list < 3; list++) {
        buf_add_c(&out, list ? " |" : "");
        for (size_t i = 0; i < lists[list]->count; i++)
            buf_add_format(&out, " %.*s", STR_ARG(lists[list]->at[i]->subtype));
    }
    return str_copy(arena, buf_str(&out));
}

#define MULTI(subtype, id) "Content-Type: multipart/" subtype "; boundary=" id "\r\n\r\n"
#define PART(id, type) "--" id "\r\nContent-Type: " type "\r\n\r\nx\r\n"

static void bodies_are_told_from_attachments(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    assert_text(chosen(arena, STR("Subject: x\r\n\r\nx")), " plain | plain |");
    assert_text(chosen(arena, STR("Content-Type: application/pdf\r\n\r\nx")), " | | pdf");
    assert_text(chosen(arena, STR(MULTI("alternative", "a") PART("a", "text/plain")
                                      PART("a", "text/html"))),
                " plain | html |");
    assert_text(chosen(arena, STR(MULTI("alternative", "a") PART("a", "text/html"))),
                " html | html |");
    assert_text(chosen(arena, STR(MULTI("mixed", "a") PART("a", "text/plain")
                                      PART("a", "application/pdf") PART("a", "text/plain"))),
                " plain plain | plain plain | pdf");
    assert_text(chosen(arena, STR(MULTI("mixed", "a") PART("a", "text/plain") PART(
                                  "a", "text/csv; name=x") PART("a", "text/plain; name=y.txt"))),
                " plain | plain | csv plain");
    assert_text(chosen(arena, STR(MULTI("mixed", "a")
                                      PART("a", "text/plain\r\nContent-Disposition: Attachment"))),
                " | | plain");
}

/* The example of RFC 8621 section 4.1.4. */
static void the_example_of_jmap_is_read_its_way(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    assert_text(
        chosen(arena,
               STR(MULTI("mixed", "m") PART("m", "text/plain; x=A") "--m\r\n" MULTI(
                   "mixed", "n") "--n\r\n" MULTI("alternative", "o") "--o\r\n" MULTI("mixed", "p")
                       PART("p", "text/plain") PART("p", "image/b1") PART(
                           "p", "text/plain") "--p--\r\n--o\r\n" MULTI("related", "q")
                           PART("q", "text/html") PART("q", "image/b2") "--q--\r\n--o--\r\n" PART(
                               "n", "image/c1\r\nContent-Disposition: attachment")
                               PART("n", "application/x-excel")
                                   PART("n", "message/rfc822") "--n--\r\n" PART(
                                       "m", "text/plain") "--m--\r\n")),
        " plain plain b1 plain plain | plain html plain | b1 b2 c1 x-excel rfc822");
}

static void names_are_found_where_senders_put_them(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime;
    struct str name;
    assert_int_equal(
        mime_scan(arena,
                  STR("Content-Type: a/b; name=c\r\nContent-Disposition: attachment;\r\n"
                      " filename=d\r\n\r\n"),
                  &mime),
        OK);
    assert_int_equal(body_part_name(arena, mime.parts, &name), OK);
    assert_text(name, "d");
    assert_int_equal(mime_scan(arena, STR("Content-Type: a/b; name=c\r\n\r\n"), &mime), OK);
    assert_int_equal(body_part_name(arena, mime.parts, &name), OK);
    assert_text(name, "c");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bodies_are_told_from_attachments),
        cmocka_unit_test(the_example_of_jmap_is_read_its_way),
        cmocka_unit_test(names_are_found_where_senders_put_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
