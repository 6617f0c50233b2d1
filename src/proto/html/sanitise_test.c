#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "proto/html/sanitise.h"
#include "proto/html/sanitise_nest.h"
#include "proto/html/sanitise_table.h"

static struct sanitise_result result;

static enum status run(struct buf *out, struct str source, bool shows_images)
{
    struct html html = {.out = out};
    struct sanitise_options options = {.shows_images = shows_images, .inline_path = STR("/mail/message/7/inline/"),
                                       .held_words = STR("Image")};
    return sanitise(source, &options, &html, &result);
}

static void assert_becomes(const char *source, const char *wanted)
{
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    assert_int_equal(run(&out, str_of(source), false), OK);
    if (!str_eq(buf_str(&out), str_of(wanted)))
        fail_msg("%s\n  became %.*s\n  not %s", source, STR_ARG(buf_str(&out)), wanted);
}

/* ---- an oracle: the result, parsed anew, holds only what the tables allow ---- */

static void judge_attribute(const GumboAttribute *attribute)
{
    static const char *const ours[] = {"href", "src", "rel", "target", "class", "style", "referrerpolicy"};
    bool is_known = sanitise_attribute(str_of(attribute->name));
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        is_known |= str_eq(str_of(attribute->name), str_of(ours[i]));
    if (!is_known)
        fail_msg("attribute %s", attribute->name);
    struct buf clean BUF_SCOPE = BUF_INIT(1 << 20);
    bool is_link = str_eq(str_of(attribute->name), STR("href")),
         is_source = str_eq(str_of(attribute->name), STR("src"));
    enum sanitise_address kind = sanitise_address(str_of(attribute->value), &clean);
    if (is_link && kind != SANITISE_REMOTE && kind != SANITISE_LINK)
        fail_msg("href %s", attribute->value);
    if (is_source && kind != SANITISE_DATA && !str_starts(str_of(attribute->value), STR("/mail/message/7/inline/")))
        fail_msg("src %s", attribute->value);
}

static void judge(const GumboNode *node, int depth)
{
    if (node->type == GUMBO_NODE_COMMENT)
        fail_msg("a comment");
    if (node->type != GUMBO_NODE_ELEMENT || depth > 400)
        return;
    const GumboElement *element = &node->v.element;
    bool is_frame = element->tag == GUMBO_TAG_HTML || element->tag == GUMBO_TAG_HEAD || element->tag == GUMBO_TAG_BODY;
    enum sanitise_element kind = sanitise_element(str_of(gumbo_normalized_tagname(element->tag)));
    if (element->tag_namespace != GUMBO_NAMESPACE_HTML || (!is_frame && kind != SANITISE_KEPT && kind != SANITISE_VOID))
        fail_msg("element %s", gumbo_normalized_tagname(element->tag));
    for (unsigned i = 0; i < element->attributes.length; i++)
        judge_attribute(element->attributes.data[i]);
    for (unsigned i = 0; i < element->children.length; i++)
        judge(element->children.data[i], depth + 1);
}

static void assert_harmless(const char *source)
{
    struct buf out BUF_SCOPE = BUF_INIT(8 << 20);
    assert_int_equal(run(&out, str_of(source), false), OK);
    buf_add_byte(&out, '\0');
    GumboOptions parse = kGumboDefaultOptions;
    GumboOutput *tree = gumbo_parse_with_options(&parse, out.at, out.len - 1);
    judge(tree->root, 0);
    gumbo_destroy_output(&parse, tree);
}

static void tricks_do_nothing(void **state)
{
    (void)state;
    static const char *const tricks[] = {
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.example/a.js></SCRIPT>", "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><a xlink:href=\"javascript:alert(1)\">x</a></svg>", "<body onload=alert(1)>x",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>alert(1)</script></template>", "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\"java\tscript:alert(1)\">x</a>", "<a href=\" &#14; javascript:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>", "<a href=\"vbscript:x\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<object data=x></object><embed src=x>",
        "<form action=//x.example><input name=password><button>go</button></form>", "<base href=//x.example/>",
        "<meta http-equiv=refresh content=\"0;url=//x.example\">", "<link rel=stylesheet href=//x.example/a.css>",
        "<style>@import '//x.example/a.css'; body{background:url(//x.example/a.png)}</style>",
        "<div style=\"background:url(//x.example/a.png)\">x</div>",
        "<div style=\"width:expression(alert(1))\">x</div>", "<div style=\"position:fixed;top:0\">x</div>",
        "<div style=\"color:red;b\\65 havior:url(x)\">x</div>", "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
        "<img srcset=\"//x.example/a 1x\" src=\"//x.example/a\">",
        "<table background=\"//x.example/a.png\"><tr><td>x", "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<a href=\"http://good.example\" onclick=alert(1) ping=//x.example>x</a>", "<x-y onclick=1>z</x-y>",
        "<select><option><style></select><img src=x onerror=alert(1)></style></option>",
        "<plaintext><script>alert(1)", "<p id=x name=y class=z contenteditable accesskey=a tabindex=1>x</p>",
        "<video poster=x onerror=alert(1)><source src=x>", "</p><title><img src=x onerror=alert(1)></title>",
        "<b <script>alert(1)</script>0", "\"><script>alert(1)</script>",
        "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\">"};
    for (size_t i = 0; i < sizeof tricks / sizeof tricks[0]; i++)
        assert_harmless(tricks[i]);
}

static void what_is_kept(void **state)
{
    (void)state;
    assert_becomes("<p>Bonjour <b>vous</b></p>", "<p>Bonjour <b>vous</b></p>");
    assert_becomes("<font color=red face=Arial>x</font>", "<font color=\"red\" face=\"Arial\">x</font>");
    assert_becomes("<td>x", "x");
    assert_becomes("<p style=\"color: #333; position:absolute; margin:0 auto\">x</p>",
                   "<p style=\"color:#333;margin:0 auto\">x</p>");
    assert_becomes("a &lt;b&gt; & c<br>d", "a &lt;b&gt; &amp; c<br>d");
    assert_becomes("<script>x</script>y<unknown>z</unknown>", "yz");
}

static void links_say_where_they_lead(void **state)
{
    (void)state;
    static const char rel[] = " rel=\"noopener noreferrer nofollow\" target=\"_blank\">";
    char wanted[500];
    snprintf(wanted, sizeof wanted,
             "<a href=\"https://evil.example/x\"%sma banque</a> <span class=\"host\">[evil.example]</span>", rel);
    assert_becomes("<a href=\"https://evil.example/x\">ma banque</a>", wanted);
    snprintf(wanted, sizeof wanted, "<a href=\"https://www.good.example/\"%swww.good.example</a>", rel);
    assert_becomes("<a href=\"https://www.good.example/\">www.good.example</a>", wanted);
    snprintf(wanted, sizeof wanted,
             "<a href=\"https://good.example@evil.example/\"%sgood.example</a> <span "
             "class=\"host\">[evil.example]</span>",
             rel);
    assert_becomes("<a href=\"https://good.example@evil.example/\">good.example</a>", wanted);
    snprintf(wanted, sizeof wanted, "<a href=\"mailto:a@b.example\"%sa</a>", rel);
    assert_becomes("<a href=\"mailto:a@b.example\">a</a>", wanted);
    assert_becomes("<a href=\"javascript:1\">x</a>", "<a>x</a>");
}

/* Each was a way to lead somewhere without the label that says where. */
static void a_label_cannot_be_talked_away(void **state)
{
    (void)state;
    static const char *const links[] = {
        "<a href=\"https://aris.example\">https://paris.example</a>", /* a host within another's name */
        "<a href=\"https://aris.example\">voir aris.example</a>",
        "<a href=\"https://aris.example\"><span style=\"display:none\">aris.example</span>paris.example</a>",
        "<a href=\"https://aris.example\"><font size=1 color=white>aris.example/</font>paris.example</a>",
        "<a href=\"https://aris.example\"><img src=cid:1>aris.example</a>",
        "<a href=\"https://aris.example\"><details><summary>paris.example</summary>aris.example</details></a>",
        "<a href=\"https://\u0430ris.example\">\u0430ris.example</a>", /* Cyrillic */
        "<a href=\"https://aris.example\">aris.example.paris.example</a>",
        "<a href=\"https://aris.example\">aris.example@paris.example</a>"};
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
        assert_int_equal(run(&out, str_of(links[i]), false), OK);
        if (str_find(buf_str(&out), STR("<span class=\"host\">[")) == SIZE_MAX)
            fail_msg("%s\n  has no label: %.*s", links[i], STR_ARG(buf_str(&out)));
    }
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    assert_int_equal(run(&out, STR("<a href=\"https://aris.example/x\"> <b>HTTPS://Aris.example</b>/x</a>"), false),
                     OK);
    assert_true(str_find(buf_str(&out), STR("host")) == SIZE_MAX);
}

static void pictures_wait(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1 << 20);
    assert_becomes("<img src=\"https://x.example/a.png\" alt=\"Logo\">", "<span class=\"im\">Image : Logo</span>");
    assert_int_equal(result.images_held, 1);
    assert_becomes("<img src=\"cid:a/b@c\" width=5>", "<img src=\"/mail/message/7/inline/a%2Fb%40c\" width=\"5\">");
    assert_int_equal(result.images_held, 0);
    assert_int_equal(run(&out, STR("<img src=\"https://x.example/a.png\">"), true), OK);
    assert_true(str_find(buf_str(&out), STR("src=\"https://x.example/a.png\"")) != SIZE_MAX);
}

static void limits_hold(void **state)
{
    (void)state;
    struct buf source BUF_SCOPE = BUF_INIT(SANITISE_SOURCE_MAX + 1), out BUF_SCOPE = BUF_INIT(8 << 20);
    for (int i = 0; i < 10000; i++)
        buf_add_literal(&source, "<div>");
    buf_add_literal(&source, "x");
    assert_int_equal(run(&out, buf_str(&source), false), OK);
    assert_true(result.is_cut);
    while (source.len < SANITISE_SOURCE_MAX)
        buf_add_byte(&source, 'y');
    assert_int_equal(run(&out, buf_str(&source), false), OK);
    buf_add_byte(&source, 'y');
    assert_int_equal(run(&out, buf_str(&source), false), LIMIT);
}

/* Each held a parser for minutes, or took the memory of the machine. */
static void nothing_costs_more_than_its_length(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "<div>", "<b>", "<b><p>", "<table><a>", "<table><tr><td>", "<table>x<p>", "<svg><g>", "<select><option>",
        "<li><b>", "<nobr><p>", "<a><div>", "<font size=1><i><p>x", "</p>", "</b></i>", "<p><b></p>", "<div></b>",
        "<table><caption>", "<math><mi>", "<template><td>", "<h1><h2>", "<button><p>", "<!--", "<![CDATA[", "<", "&",
        "</", "<script></scrip", "<ruby><rt>", "<dd><dt>", "<frameset>", "<form><input>", "<isindex>", "<applet><p>",
        "<col>", "<colgroup>", "<tr><b>", "<marquee><td>", "<style>", "<br/><img>", "<p ", "<p a=", "<p a='",
        "<a href=\"", "--!>", "<!---->", "<!--a--!>", "<!a>", "<body a=b>", "<pre>\n"};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct buf source BUF_SCOPE = BUF_INIT(SANITISE_SOURCE_MAX), out BUF_SCOPE = BUF_INIT(64 << 20);
        while (source.len + strlen(pieces[i]) <= SANITISE_SOURCE_MAX / 4)
            buf_add_c(&source, pieces[i]);
        clock_t from = clock();
        assert_int_equal(run(&out, buf_str(&source), false), OK);
        if (clock() - from > 3 * CLOCKS_PER_SEC)
            fail_msg("%s takes %ld ms", pieces[i], (long)((clock() - from) * 1000 / CLOCKS_PER_SEC));
    }
}

static void attributes_without_end(void **state)
{
    (void)state;
    struct buf source BUF_SCOPE = BUF_INIT(SANITISE_SOURCE_MAX), out BUF_SCOPE = BUF_INIT(8 << 20);
    buf_add_literal(&source, "<p title=t");
    for (int i = 1; i <= SANITISE_NEST_ATTRIBUTES_MAX; i++)
        buf_add_format(&source, " a%d=1", i);
    buf_add_literal(&source, ">x</p>");
    assert_int_equal(run(&out, buf_str(&source), false), OK);
    assert_true(result.is_cut && str_eq(buf_str(&out), STR("<p>x</p>")));
}

/* Unclosed formatting with other attributes each time is written again in every paragraph that follows. */
static void formatting_does_not_multiply(void **state)
{
    (void)state;
    struct buf source BUF_SCOPE = BUF_INIT(SANITISE_SOURCE_MAX), out BUF_SCOPE = BUF_INIT(64 << 20);
    for (int i = 0; i < 60000; i++)
        buf_add_format(&source, "<p><font color=%d>x", i);
    clock_t from = clock();
    assert_int_equal(run(&out, buf_str(&source), false), OK);
    assert_true(clock() - from < 3 * CLOCKS_PER_SEC && out.len < 4 * source.len);
}

static void tags_are_put_in_order(void **state)
{
    (void)state;
    assert_becomes("<b><p>x</b>y</p>z", "<b><p>x</p></b>yz");
    assert_becomes("<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>");
    assert_becomes("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>",
                   "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>");
    assert_becomes("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
    assert_becomes("<table><tr><td>a<td>b<tr><th>c</table>d",
                   "<table><tbody><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></tbody></table>d");
    assert_becomes("<table>a<tr><td></b></div>b</table>",
                   "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>");
    assert_becomes("<table><caption>a</caption><col><thead><td>b</thead></table>",
                   "<table><caption>a</caption><colgroup><col></colgroup><thead><tr><td>b</td></tr></thead></table>");
    assert_becomes("<a href=mailto:a@b.example>x<a href=tel:1>y",
                   "<a href=\"mailto:a@b.example\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a>"
                   "<a href=\"tel:1\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">y</a>");
    assert_becomes("1 < 2 <!-- a > b -->c<!-->d<!--->e<!--f--!>g<?h?>i</ j>k", "1 &lt; 2 cdegik");
    assert_becomes("<!--[if mso]><b><![endif]--><![if !mso]><i>x</i><![endif]>", "<i>x</i>");
    assert_becomes("<style>a</style ><script>b</scriptx></script>c<title>d</title>e", "ce");
    assert_becomes("a<p title='>'b=\">\">c</p>d<p", "a<p title=\"&gt;\">c</p>d");
    assert_becomes("<p =>=x title = y>a", "<p>=x title = y&gt;a</p>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tricks_do_nothing), cmocka_unit_test(what_is_kept),
                                       cmocka_unit_test(links_say_where_they_lead), cmocka_unit_test(pictures_wait),
                                       cmocka_unit_test(limits_hold),
                                       cmocka_unit_test(a_label_cannot_be_talked_away),
                                       cmocka_unit_test(nothing_costs_more_than_its_length),
                                       cmocka_unit_test(attributes_without_end),
                                       cmocka_unit_test(formatting_does_not_multiply),
                                       cmocka_unit_test(tags_are_put_in_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
