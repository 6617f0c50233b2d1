#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>

#include "proto/html/sanitise.h"
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
    bool is_link = str_eq(str_of(attribute->name), STR("href")), is_source = str_eq(str_of(attribute->name), STR("src"));
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
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<template><script>alert(1)</script></template>",
        "<a href=\"javascript:alert(1)\">x</a>", "<a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\" &#14; javascript:alert(1)\">x</a>", "<a href=\"&#106;avascript:alert(1)\">x</a>",
        "<a href=\"vbscript:x\">x</a>", "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>", "<object data=x></object><embed src=x>",
        "<form action=//x.example><input name=password><button>go</button></form>", "<base href=//x.example/>",
        "<meta http-equiv=refresh content=\"0;url=//x.example\">", "<link rel=stylesheet href=//x.example/a.css>",
        "<style>@import '//x.example/a.css'; body{background:url(//x.example/a.png)}</style>",
        "<div style=\"background:url(//x.example/a.png)\">x</div>", "<div style=\"width:expression(alert(1))\">x</div>",
        "<div style=\"position:fixed;top:0\">x</div>", "<div style=\"color:red;b\\65 havior:url(x)\">x</div>",
        "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">", "<img srcset=\"//x.example/a 1x\" src=\"//x.example/a\">",
        "<table background=\"//x.example/a.png\"><tr><td>x", "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<a href=\"http://good.example\" onclick=alert(1) ping=//x.example>x</a>", "<x-y onclick=1>z</x-y>",
        "<select><option><style></select><img src=x onerror=alert(1)></style></option>", "<plaintext><script>alert(1)",
        "<p id=x name=y class=z contenteditable accesskey=a tabindex=1>x</p>", "<video poster=x onerror=alert(1)><source src=x>",
        "</p><title><img src=x onerror=alert(1)></title>", "<b <script>alert(1)</script>0", "\"><script>alert(1)</script>",
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
    snprintf(wanted, sizeof wanted, "<a href=\"https://evil.example/x\"%sma banque</a> <span class=\"host\">[evil.example]</span>", rel);
    assert_becomes("<a href=\"https://evil.example/x\">ma banque</a>", wanted);
    snprintf(wanted, sizeof wanted, "<a href=\"https://www.good.example/\"%swww.good.example</a>", rel);
    assert_becomes("<a href=\"https://www.good.example/\">www.good.example</a>", wanted);
    snprintf(wanted, sizeof wanted, "<a href=\"https://good.example@evil.example/\"%sgood.example</a> <span class=\"host\">[evil.example]</span>", rel);
    assert_becomes("<a href=\"https://good.example@evil.example/\">good.example</a>", wanted);
    snprintf(wanted, sizeof wanted, "<a href=\"mailto:a@b.example\"%sa</a>", rel);
    assert_becomes("<a href=\"mailto:a@b.example\">a</a>", wanted);
    assert_becomes("<a href=\"javascript:1\">x</a>", "<a>x</a>");
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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tricks_do_nothing), cmocka_unit_test(what_is_kept),
                                       cmocka_unit_test(links_say_where_they_lead), cmocka_unit_test(pictures_wait),
                                       cmocka_unit_test(limits_hold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
