#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "proto/html/typed.h"

static void check(const char *in, struct str words, const char *want)
{
    struct buf out BUF_SCOPE = BUF_INIT(HTML_PAGE_MAX);
    struct html html = {.out = &out};
    typed_write(&html, str_of(in), words);
    buf_add_byte(&out, '\0');
    assert_string_equal(out.at, want);
}

#define LINK(a) "<a rel=\"noreferrer nofollow\" href=\"" a "\">" a "</a>"

static void addresses_become_links(void **state)
{
    (void)state;
    check("Voir https://a.example/b?c=1.", STR_NONE,
          "<p class=\"typed\">Voir " LINK("https://a.example/b?c=1") ".</p>\n");
    check("(http://a.example)", STR_NONE, "<p class=\"typed\">(" LINK("http://a.example") ")</p>\n");
    check("xhttp://a.example", STR_NONE, "<p class=\"typed\">xhttp://a.example</p>\n");
    check("javascript:alert(1) file:///etc", STR_NONE, "<p class=\"typed\">javascript:alert(1) file:///etc</p>\n");
    check("https://", STR_NONE, "<p class=\"typed\">https://</p>\n");
}

static void an_address_leads_where_it_says(void **state)
{
    (void)state;
    check("https://bank.example@b.example/", STR_NONE, "<p class=\"typed\">https://bank.example@b.example/</p>\n");
    check("https://bank.example\\@b.example", STR_NONE, "<p class=\"typed\">https://bank.example\\@b.example</p>\n");
    check("https://a.example/\u202egpj", STR_NONE,
          "<p class=\"typed\">" LINK("https://a.example/") "\uFFFDgpj</p>\n");
    check("https://a.example/\" onclick=x", STR_NONE,
          "<p class=\"typed\">" LINK("https://a.example/") "\" onclick=x</p>\n");
    check("<script>\t&", STR_NONE, "<p class=\"typed\">&lt;script&gt;\t&amp;</p>\n");
}

static void a_link_has_a_longest_length(void **state)
{
    (void)state;
    struct buf in BUF_SCOPE = BUF_INIT(10000), out BUF_SCOPE = BUF_INIT(HTML_PAGE_MAX);
    struct html html = {.out = &out};
    buf_add_literal(&in, "https://");
    while (in.len < TYPED_LINK_MAX)
        buf_add_byte(&in, 'a');
    typed_write(&html, buf_str(&in), STR_NONE);
    assert_true(str_find(buf_str(&out), STR("<a ")) != SIZE_MAX);
    buf_add_byte(&in, 'a');
    buf_clear(&out);
    typed_write(&html, buf_str(&in), STR_NONE);
    assert_true(str_find(buf_str(&out), STR("<a ")) == SIZE_MAX);
}

static void quotations_are_set_back(void **state)
{
    (void)state;
    check("a\r\n> b\r\n>> c\r\n> > d\r\ne\r\n", STR_NONE,
          "<p class=\"typed\">a</p>\n<blockquote><p class=\"typed\">b</p>\n<blockquote><p class=\"typed\">c\nd</p>\n"
          "</blockquote>\n</blockquote>\n<p class=\"typed\">e</p>\n");
    check(">>>>>>>> x", STR_NONE,
          "<blockquote><blockquote><blockquote><blockquote><blockquote><p class=\"typed\">x</p>\n"
          "</blockquote>\n</blockquote>\n</blockquote>\n</blockquote>\n</blockquote>\n");
    check("a\n-- \nMairie", STR_NONE, "<p class=\"typed\">a</p>\n<p class=\"typed soft\">-- \nMairie</p>\n");
}

static void a_long_quotation_at_the_end_is_folded(void **state)
{
    (void)state;
    check("Oui.\n\nAccueil a écrit :\n> 1\n> 2\n> 3\n> 4\n> 5\n", STR("Texte <cité>"),
          "<p class=\"typed\">Oui.</p>\n<details class=\"quoted\"><summary>Texte &lt;cité&gt;</summary>\n"
          "<p class=\"typed\">Accueil a écrit :</p>\n<blockquote><p class=\"typed\">1\n2\n3\n4\n5</p>\n</blockquote>\n"
          "</details>\n");
    check("a\n> 1\n> 2\n> 3\n> 4\n", STR("Cité"),
          "<p class=\"typed\">a</p>\n<blockquote><p class=\"typed\">1\n2\n3\n4</p>\n</blockquote>\n");
    check("> 1\n> 2\n> 3\n> 4\n> 5\nb\n", STR("Cité"),
          "<blockquote><p class=\"typed\">1\n2\n3\n4\n5</p>\n</blockquote>\n<p class=\"typed\">b</p>\n");
    check("> 1\n> 2\n> 3\n> 4\n> 5\n", STR("Cité"),
          "<blockquote><p class=\"typed\">1\n2\n3\n4\n5</p>\n</blockquote>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_become_links),
        cmocka_unit_test(an_address_leads_where_it_says),
        cmocka_unit_test(a_link_has_a_longest_length),
        cmocka_unit_test(quotations_are_set_back),
        cmocka_unit_test(a_long_quotation_at_the_end_is_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
