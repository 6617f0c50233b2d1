#include "proto/mime/mime_scan.h"

#include <time.h>

#include "base/buf.h"
#include "proto/mime/test_text.h"

static struct mime scan(struct arena *arena, struct str message)
{
    struct mime mime;
    assert_int_equal(mime_scan(arena, message, &mime), OK);
    for (uint32_t i = 0; i < mime.count; i++) {
        const struct mime_part *part = &mime.parts[i], *parent = &mime.parts[part->parent];
        assert_true(part->header_at <= part->body_at && part->body_at <= part->end);
        assert_true(part->end <= message.len && part->header_at >= (i ? parent->body_at : 0));
        assert_true(part->end <= parent->end);
    }
    return mime;
}

static void a_plain_message_is_one_part(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime = scan(arena, STR("Subject: x\r\n\r\nun\r\ndeux\r\n"));
    assert_int_equal(mime.count, 1);
    assert_text(mime_header(&mime, mime.parts), "Subject: x\r\n\r\n");
    assert_text(mime_body(&mime, mime.parts), "un\r\ndeux\r\n");
    assert_int_equal(mime.parts->body_lines, 2);
    assert_true(mime_is(mime.parts, STR("TEXT"), STR("plain")));
    mime = scan(arena, STR(""));
    assert_int_equal(mime.count, 1);
    mime = scan(arena, STR("Subject: no body"));
    assert_int_equal(mime.parts->body_at, 16);
    mime = scan(arena, STR("\r\nbody only"));
    assert_text(mime_body(&mime, mime.parts), "body only");
}

#define NESTED                                                                                     \
    "From: accueil@beauval.example\r\nContent-Type: multipart/mixed; boundary=\"foo\r\n bar\"\r\n" \
    "\r\nprologue\r\n--foo bar\r\nContent-Type: text/x-own; charset=us-ascii\r\n\r\nhello\r\n\r\n" \
    "--foo bar \t\r\nContent-Type: message/rfc822\r\nContent-ID: <m@x>\r\n\r\nSubject: sub\r\n"    \
    "Content-Type: multipart/alternative; boundary=sub1\r\n\r\nin\r\n--sub1\r\n"                   \
    "Content-Type: text/html\r\n\r\n<p>a</p>\r\n\r\n--sub1\r\n\r\nb\r\n--sub1--\r\nout\r\n"        \
    "\r\n--foo bar--\r\nepilogue\r\n--foo bar\r\nno part\r\n"

static void nested_parts_have_exact_ranges(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime = scan(arena, STR(NESTED));
    assert_int_equal(mime.count, 6);
    const struct mime_part *part = mime.parts;
    assert_int_equal(part[0].kind, MIME_MULTIPART);
    assert_int_equal(part[0].end, sizeof NESTED - 1);
    assert_int_equal(part[0].first_child, 1);
    assert_int_equal(part[1].next, 2);
    assert_text(mime_body(&mime, &part[1]), "hello\r\n");
    assert_text(mime_header(&mime, &part[1]), "Content-Type: text/x-own; charset=us-ascii\r\n\r\n");
    assert_int_equal(part[1].body_lines, 1);
    assert_int_equal(part[2].kind, MIME_MESSAGE);
    assert_text(part[2].id, " <m@x>");
    assert_int_equal(part[2].number, 2);
    assert_int_equal(part[2].body_lines, 14);
    assert_int_equal(part[3].parent, 2);
    assert_int_equal(part[3].kind, MIME_MULTIPART);
    assert_text(part[3].subtype, "alternative");
    assert_int_equal(part[3].end, part[2].end);
    assert_text(mime_body(&mime, &part[4]), "<p>a</p>\r\n");
    assert_text(mime_header(&mime, &part[5]), "\r\n");
    assert_text(mime_body(&mime, &part[5]), "b");
    assert_int_equal(part[5].body_lines, 0);
    assert_int_equal(part[5].depth, 3);
    assert_false(mime.is_cut);
}

static void bare_line_feeds_are_tolerated(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime = scan(arena, STR("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n"
                                       "--b\nContent-Type: text/html\n\ntwo\n\n--b--\n"));
    assert_int_equal(mime.count, 3);
    assert_text(mime_body(&mime, &mime.parts[1]), "one");
    assert_text(mime_body(&mime, &mime.parts[2]), "two\n");
}

static void every_cut_of_a_message_keeps_the_invariants(void **state)
{
    (void)state;
    struct str whole = STR(NESTED);
    for (size_t cut = 0; cut <= whole.len; cut++) {
        struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
        struct mime mime = scan(arena, str_slice(whole, 0, cut));
        assert_true(mime.count <= 7); /* "--b" of "--b--" is one more */
    }
}

static void a_part_may_end_within_its_header(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime = scan(arena, STR("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                                       "Content-Type: text/html\r\n--b\r\n\r\n--b--\r\n"));
    assert_int_equal(mime.count, 3);
    assert_text(mime_header(&mime, &mime.parts[1]), "Content-Type: text/html\r\n");
    assert_text(mime_body(&mime, &mime.parts[1]), "");
    assert_text(mime_header(&mime, &mime.parts[2]), "\r\n");
    assert_text(mime_body(&mime, &mime.parts[2]), "");
}

static void an_outer_boundary_ends_inner_parts(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime =
        scan(arena, STR("Content-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\n"
                        "Content-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n"
                        "\r\ninner\r\n--out\r\n\r\nsecond\r\n--outer\r\n\r\nthird\r\n--out--\r\n"));
    assert_int_equal(mime.count, 5);
    assert_text(mime_body(&mime, &mime.parts[2]), "inner");
    assert_int_equal(mime.parts[2].parent, 1);
    assert_int_equal(mime.parts[3].parent, 0);
    assert_text(mime_body(&mime, &mime.parts[3]), "second");
    /* The inner boundary is gone by now, and "--outer" begins with the outer one. */
    assert_int_equal(mime.parts[4].parent, 0);
    assert_text(mime_body(&mime, &mime.parts[4]), "third");
}

static void the_longest_boundary_counts(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime =
        scan(arena, STR("Content-Type: multipart/mixed; boundary=b--\r\n\r\n--b--\r\n"
                        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n1\r\n"
                        "--b--\r\n\r\n2\r\n--b----\r\n"));
    assert_int_equal(mime.count, 4);
    assert_int_equal(mime.parts[3].parent, 0);
    assert_text(mime_body(&mime, &mime.parts[3]), "2");
}

static void a_delimiter_after_a_delimiter_is_one(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime = scan(
        arena, STR("Content-Type: multipart/mixed;\r\n boundary*=us-ascii''b\r\n\r\n--b\r\n--b\r\n"
                   "--b\r\n\r\none\r\n--b\r\n--b--\r\n"));
    assert_int_equal(mime.count, 3);
    assert_text(mime_body(&mime, &mime.parts[1]), "one");
    assert_text(mime_header(&mime, &mime.parts[1]), "\r\n");
    assert_text(mime_body(&mime, &mime.parts[2]), "");
}

static void digests_hold_messages(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime =
        scan(arena, STR("Content-Type: multipart/digest; boundary=foo\r\n\r\n--foo \r\n\r\n"
                        "Subject: m1\r\n\r\nm1 body\r\n\r\n--foo--\r\n"));
    assert_int_equal(mime.count, 3);
    assert_int_equal(mime.parts[1].kind, MIME_MESSAGE);
    assert_text(mime_header(&mime, &mime.parts[1]), "\r\n");
    assert_text(mime_header(&mime, &mime.parts[2]), "Subject: m1\r\n\r\n");
    assert_true(mime_is(&mime.parts[2], STR("text"), STR("plain")));
}

static void what_is_malformed_is_text(void **state)
{
    (void)state;
    static const char *const headers[] = {
        "Content-Type: multipart/mixed",
        "Content-Type: text",
        "Content-Type: /plain",
        "Content-Type:",
        "Content-Type: multipart/mixed; boundary=\"\"",
        "From user@x  Fri Feb 22 17:06:23 2008",
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
        struct str message = str_format(arena, "%s\r\n\r\n--\r\nbody\r\n", headers[i]);
        struct mime mime = scan(arena, message);
        assert_int_equal(mime.count, 1);
        assert_true(mime_is(mime.parts, STR("text"), STR("plain")));
    }
}

static void encoded_messages_stay_closed(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime =
        scan(arena, STR("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: BASE64\r\n"
                        "\r\nU3ViamVjdDogeAo=\r\n"));
    assert_int_equal(mime.count, 1);
    assert_int_equal(mime.parts->transfer, TRANSFER_BASE64);
    assert_int_equal(mime.parts->kind, MIME_LEAF);
}

/* levels multiparts, one in the other, and a text. */
static struct str nested_message(struct arena *arena, size_t levels)
{
    struct buf out BUF_SCOPE = BUF_INIT(4 << 20);
    for (size_t i = 0; i < levels; i++)
        buf_add_format(&out, "Content-Type: multipart/mixed; boundary=b%zu.\r\n\r\n--b%zu.\r\n", i,
                       i);
    buf_add_literal(&out, "\r\ntext\r\n");
    assert_int_equal(buf_status(&out), OK);
    return str_copy(arena, buf_str(&out));
}

static void nesting_is_followed_to_its_maximum(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct mime mime = scan(arena, nested_message(arena, MIME_DEPTH_MAX));
    assert_int_equal(mime.count, MIME_DEPTH_MAX + 1);
    assert_false(mime.is_cut);
    mime = scan(arena, nested_message(arena, MIME_DEPTH_MAX + 1));
    assert_int_equal(mime.count, MIME_DEPTH_MAX + 1);
    assert_true(mime.is_cut);
    assert_int_equal(mime.parts[MIME_DEPTH_MAX].kind, MIME_LEAF);
    mime = scan(arena, nested_message(arena, 10000));
    assert_int_equal(mime.count, MIME_DEPTH_MAX + 1);
}

static void messages_in_messages_are_followed_to_the_maximum(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    for (int i = 0; i < 10000; i++)
        buf_add_literal(&out, "Content-Type: message/rfc822\r\n\r\n");
    struct mime mime = scan(arena, buf_str(&out));
    assert_int_equal(mime.count, MIME_DEPTH_MAX + 1);
    assert_true(mime.is_cut);
}

static void parts_are_counted_to_their_maximum(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    buf_add_literal(&out, "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
    for (int i = 1; i < MIME_PARTS_MAX; i++)
        buf_add_literal(&out, "--b\r\n\r\nx\r\n");
    struct mime mime = scan(arena, buf_str(&out));
    assert_int_equal(mime.count, MIME_PARTS_MAX);
    assert_false(mime.is_cut);
    buf_add_literal(&out, "--b\r\nContent-Type: message/rfc822\r\n\r\nx\r\n--b\r\n\r\n");
    mime = scan(arena, buf_str(&out));
    assert_int_equal(mime.count, MIME_PARTS_MAX);
    assert_true(mime.is_cut);
    assert_text(mime_body(&mime, &mime.parts[MIME_PARTS_MAX - 1]), "x");
}

static void a_full_arena_is_a_limit(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(2000);
    struct mime mime;
    assert_int_equal(mime_scan(arena, STR(NESTED), &mime), LIMIT);
}

static double seconds_to_scan(struct str message)
{
    struct arena *arena ARENA_SCOPE = arena_create(MIME_SCAN_ARENA);
    struct timespec from, to;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
    scan(arena, message);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* Ten times the input may take at most thirty times the time, or less than 50 ms. */
static void assert_linear(const char *front, const char *repeated, size_t count)
{
    double seconds[2];
    for (int i = 0; i < 2; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(100 << 20);
        buf_add_c(&out, front);
        for (size_t n = i == 0 ? count / 10 : count; n > 0; n--)
            buf_add_c(&out, repeated);
        assert_int_equal(buf_status(&out), OK);
        seconds[i] = seconds_to_scan(buf_str(&out));
    }
    assert_true(seconds[1] < seconds[0] * 30 || seconds[1] < 0.05);
}

static void floods_cost_linear_time(void **state)
{
    (void)state;
    assert_linear("", "X-Flood: y\r\n", 1000000);
    assert_linear("", "Content-Type: text/plain; a=b\r\n", 500000);
    assert_linear("Content-Type: multipart/mixed", "; a=b", 1000000);
    assert_linear("Content-Type: multipart/mixed", ";\r\n name*0*=b", 500000);
    assert_linear("Content-Type: text/plain ", "(", 1000000);
    assert_linear("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--\r\n--c\r\n", 500000);
    assert_linear("Content-Type: multipart/mixed; boundary=b\r\n\r\n", "--b\r\n\r\n", 500000);
    assert_linear("", " folded\r\n", 1000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_message_is_one_part),
        cmocka_unit_test(nested_parts_have_exact_ranges),
        cmocka_unit_test(bare_line_feeds_are_tolerated),
        cmocka_unit_test(every_cut_of_a_message_keeps_the_invariants),
        cmocka_unit_test(a_part_may_end_within_its_header),
        cmocka_unit_test(an_outer_boundary_ends_inner_parts),
        cmocka_unit_test(the_longest_boundary_counts),
        cmocka_unit_test(a_delimiter_after_a_delimiter_is_one),
        cmocka_unit_test(digests_hold_messages),
        cmocka_unit_test(what_is_malformed_is_text),
        cmocka_unit_test(encoded_messages_stay_closed),
        cmocka_unit_test(nesting_is_followed_to_its_maximum),
        cmocka_unit_test(messages_in_messages_are_followed_to_the_maximum),
        cmocka_unit_test(parts_are_counted_to_their_maximum),
        cmocka_unit_test(a_full_arena_is_a_limit),
        cmocka_unit_test(floods_cost_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
