#include "proto/mime/html_text.h"

#include "proto/mime/test_text.h"

#define assert_html(markup, wanted) test_html(STR(markup), STR(wanted), __LINE__)

static void test_html(struct str markup, struct str wanted, int line)
{
    struct buf out BUF_SCOPE = BUF_INIT(100000);
    html_text_write(&out, markup);
    test_same(buf_str(&out), wanted, "html_text_test.c", line);
}

static void blocks_become_lines(void **state)
{
    (void)state;
    assert_html("<p>Un\n  deux</p><p>trois</p>", "Un deux\n\ntrois\n");
    assert_html("a<br>b<br/><br >c", "a\nb\n\nc\n");
    assert_html("<div>a<div>b</div></div>c", "a\nb\nc\n");
    assert_html("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux\n");
    assert_html("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n");
    assert_html("<pre>x\n  y\n</pre>z", "x\n  y\nz\n");
    assert_html("", "");
    assert_html("  <p> </p> ", "");
}

static void what_nobody_reads_is_left_out(void **state)
{
    (void)state;
    assert_html("<html><head><title>t</title><style>p{}</style></head><body>x</body></html>",
                "x\n");
    assert_html("a<script>if (1<2) alert('</p>')</script>b", "ab\n");
    assert_html("a<!-- <b> -- -->b<!DOCTYPE html>c<?xml ?>d", "abcd\n");
    assert_html("<script>never closed", "");
    assert_html("<img src='x' alt=\"Le plan\"> <a href=\"a>b\">lien</a>", "Le plan lien\n");
    assert_html("a\u00ad\u200bb\ufeff", "ab\n");
}

static void references_are_read(void **state)
{
    (void)state;
    assert_html("&eacute;&lt;p&gt;&amp;&#233;&#xE9;&euro;&apos;", "é<p>&éé€'\n");
    assert_html("a&nbsp;b&#32;c&nbsp", "a b c\n");
    assert_html("&unknown; &#; &#x; &#xFFFFFFF; & ;&", "&unknown; &#; &#x; � & ;&\n");
    assert_html("&#128;&#150;", "€–\n");
    assert_html("&#0;1&#1;", "&#0;1�\n");
}

static void quotations_are_marked(void **state)
{
    (void)state;
    assert_html("a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e",
                "a\n> b\n> c\n> > d\ne\n");
    assert_html("</blockquote>a", "a\n");
    struct buf out BUF_SCOPE = BUF_INIT(100000), in BUF_SCOPE = BUF_INIT(100000);
    for (int i = 0; i <= HTML_TEXT_QUOTES_MAX; i++)
        buf_add_literal(&in, "<blockquote>");
    buf_add_literal(&in, "x");
    html_text_write(&out, buf_str(&in));
    assert_text(buf_str(&out), "> > > > > > > > x\n");
}

static void broken_markup_ends(void **state)
{
    (void)state;
    assert_html("a < b", "a < b\n");
    assert_html("a <b", "a\n");
    assert_html("a <b c=\"", "a\n");
    assert_html("<", "<\n");
    assert_html("</", "</\n");
    assert_html("a <!-- b", "a\n");
    assert_html("\xff", "�\n");
    struct str whole =
        STR("<p class=\"a>b\">x&eacute;<!-- c --><script>y</script><img alt='z'></p>");
    for (size_t cut = 0; cut < whole.len; cut++) {
        struct buf out BUF_SCOPE = BUF_INIT(1000);
        html_text_write(&out, str_slice(whole, 0, cut));
        assert_int_equal(buf_status(&out), OK);
    }
}

static void the_maximum_holds(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(3);
    html_text_write(&out, STR("<p>abcdef</p>"));
    assert_text(buf_str(&out), "abc");
    assert_int_equal(buf_status(&out), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_become_lines), cmocka_unit_test(what_nobody_reads_is_left_out),
        cmocka_unit_test(references_are_read), cmocka_unit_test(quotations_are_marked),
        cmocka_unit_test(broken_markup_ends),  cmocka_unit_test(the_maximum_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
