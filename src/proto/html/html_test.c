#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "proto/html/html.h"

typedef void writer(struct html *html, struct str text);

static void check_bytes(writer *write, struct str in, const char *want)
{
    struct buf out BUF_SCOPE = BUF_INIT(HTML_PAGE_MAX);
    struct html html = {.out = &out};
    write(&html, in);
    buf_add_byte(&out, '\0');
    assert_string_equal(out.at, want);
}

static void check(writer *write, const char *in, const char *want)
{
    check_bytes(write, str_of(in), want);
}

static void text_is_escaped(void **state)
{
    (void)state;
    check(html_text, "a < b & c > \"d\" 'e'", "a &lt; b &amp; c &gt; \"d\" 'e'");
    check(html_text, "Mairie d’Évian\n\tici", "Mairie d’Évian\n\tici");
    check(html_text, "", "");
    check_bytes(html_text, STR("a\0b\x1B\x7F"), "a\xEF\xBF\xBD" "b\xEF\xBF\xBD\xEF\xBF\xBD");
    check(html_text, "\xC3(\x80\xC2\x85", "\xEF\xBF\xBD(\xEF\xBF\xBD\xEF\xBF\xBD");
}

static void attribute_is_escaped(void **state)
{
    (void)state;
    check(html_attribute, "\"><script>'`&", "&quot;&gt;&lt;script&gt;&#39;&#96;&amp;");
}

static void name_shows_its_tricks(void **state)
{
    (void)state;
    check(html_name, "facture\xE2\x80\xAE" "fdp.exe", "facture\xEF\xBF\xBD" "fdp.exe");
    check(html_name, "a\r\nb\t<", "a\xEF\xBF\xBD\xEF\xBF\xBD" "b\xEF\xBF\xBD&lt;");
    check(html_name, "é 😀", "é 😀");
    check(html_lines, "a\n<b>\n\r", "a<br>&lt;b&gt;<br>\xEF\xBF\xBD");
    check(html_lines, "", "");
}

static void url_stays_on_this_host(void **state)
{
    (void)state;
    check(html_url, "/mail/1?a=b&c=\"", "/mail/1?a=b&amp;c=&quot;");
    check(html_url, "?page=2", "?page=2");
    check(html_url, "#top", "#top");
    static const char *const refused[] = {
        "", "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
        "javascript:alert(1)", "/\t/evil.example", "\n/x", "/a b", "mail/1", "data:text/html,x"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        check(html_url, refused[i], "#");
}

static void link_leads_to_the_web(void **state)
{
    (void)state;
    check(html_link, "https://a.example/b?c=\"", "https://a.example/b?c=&quot;");
    check(html_link, "https:\\\\a.example", "#");
    check(html_link, "http://a.example/ b", "#");
    check(html_link, "javascript:alert(1)", "#");
    check(html_link, "//a.example", "#");
    check(html_link, "/mail", "#");
}

static void url_component_cannot_escape(void **state)
{
    (void)state;
    check(html_url_component, "Boîte/../a?b&c=d+e f~-_.", "Bo%C3%AEte%2F..%2Fa%3Fb%26c%3Dd%2Be%20f~-_.");
    check_bytes(html_url_component, STR("\0\xFF\r\n"), "%00%FF%0D%0A");
}

static void icons_are_collected_once(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(1000);
    struct html html = {.out = &out};
    html_icon(&html, "mail");
    html_number(&html, INT64_MIN);
    html_icon(&html, "pen");
    html_icon(&html, "mail");
    assert_int_equal(html.icon_count, 2);
    assert_string_equal(html.icons[1], "pen");
    assert_true(str_starts(buf_str(&out), STR("<svg class=\"i\" aria-hidden=\"true\"><use "
                                              "href=\"#i-mail\"/></svg>-9223372036854775808<svg")));
}

static void what_does_not_fit_is_remembered(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(5);
    struct html html = {.out = &out};
    html_text(&html, STR("a&"));
    assert_int_equal(buf_status(&out), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(attribute_is_escaped),
        cmocka_unit_test(name_shows_its_tricks),
        cmocka_unit_test(url_stays_on_this_host),
        cmocka_unit_test(link_leads_to_the_web),
        cmocka_unit_test(url_component_cannot_escape),
        cmocka_unit_test(icons_are_collected_once),
        cmocka_unit_test(what_does_not_fit_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
