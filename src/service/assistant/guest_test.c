#include "service/assistant/test_shelf.h"

static void put(const char *title, const char *words, struct date written)
{
    struct document_text text = shelf_text(title, words);
    text.document.written = written;
    (void)shelf_put(text);
}

/* By which the two whole languages are chosen. */
static bool is_name(struct str text)
{
    return str_eq(text, text_of(LANGUAGE_FR, T_layout_language)) ||
           str_eq(text, text_of(LANGUAGE_EN, T_layout_language));
}

/* No sentence that the guest's language lacks stands on the page in French; the plate "Mairie de Beauval" is a name. */
static void assert_whole(enum language guest, struct str page)
{
    enum { LONG = 12 }; /* shorter ones are words of others too: alone in their element */
    for (enum text_key key = text_next(T_none); key != T_none; key = text_next(key)) {
        struct str french = text_spoken(LANGUAGE_FR, key);
        if (!str_is_absent(text_spoken(guest, key)) || french.len == 0 || str_find_byte(french, '{') != SIZE_MAX)
            continue;
        if (is_name(french) || str_starts(str_of(text_name(key)), STR("kind.")))
            continue;
        if (french.len < LONG)
            french = str_format(test.arena, ">%.*s<", STR_ARG(french));
        if (str_find(page, french) != SIZE_MAX)
            fail_msg("%s on a page in %s", text_name(key), lang_codes[guest]);
    }
}

static void guests_find_no_french_but_what_is_quoted(void **state)
{
    (void)state;
    static const struct {
        const char *path, *form;
        int code;
    } pages[] = {
        {"/assistant", NULL, 503},
        {"/assistant?easy=1", NULL, 200},
        {"/assistant?q=Combien+co%C3%BBte+la+cantine+scolaire+%3F", NULL, 200},
        {"/assistant?easy=1&q=Quel+est+le+poids+de+la+tour+Eiffel+%3F", NULL, 200},
        {"/assistant?q=", NULL, 422},
        {"/assistant/trace", NULL, 200},
        {"/assistant/trace", "text=La+cantine+scolaire+co%C3%BBte+3%2C20+%E2%82%AC+par+repas.+Elle+est+bonne.", 200},
        {"/assistant/trace", "text=", 422},
    };
    put("Tarifs", "La cantine scolaire coûte 3,20 € par repas pour les enfants.", date_of(2020, 3, 1));
    put("Livres", "La bibliothèque ouvre du mardi au samedi, de 10 h à 18 h.", date_of(2026, 3, 1));
    for (enum language guest = LANGUAGE_WHOLE; guest < LANGUAGE_COUNT; guest++)
        for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
            struct str body;
            struct str path = str_format(test.arena, "%s%clanguage=%s", pages[i].path,
                                         strchr(pages[i].path, '?') != NULL ? '&' : '?', lang_codes[guest]);
            int code = test_page(&test, str_c(test.arena, path), pages[i].form, &body);
            if (i > 0)
                assert_int_equal(code, pages[i].code);
            assert_true(str_find(body, str_format(test.arena, "<html lang=\"%s\"%s>", lang_codes[guest],
                                                  guest == LANGUAGE_AR ? " dir=\"rtl\"" : "")) != SIZE_MAX);
            assert_whole(guest, body);
            follow();
        }
}

static void what_a_guest_presses_goes_on_in_the_language(void **state)
{
    (void)state;
    struct str body;
    put("Tarifs", "La cantine scolaire coûte 3,20 € par repas pour les enfants.", date_of(2026, 3, 1));
    follow();
    assert_int_equal(test_page(&test, "/assistant?q=cantine+scolaire&language=tr", NULL, &body), 200);
    assert_has(body, "name=\"language\" value=\"tr\"");
    assert_has(body, "&amp;language=tr");
    assert_has(body, "/assistant/trace?language=tr");
    assert_has(body, "<blockquote lang=\"fr\" dir=\"ltr\">");
    assert_has(body, "Metnin tarihi: 1 Mart 2026.");
    assert_has(body, "Bir metin yanıt veriyor");
}

static void other_pages_stay_in_a_language_that_is_whole(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/sources?language=ar", NULL, &body), 200);
    assert_has(body, "<html lang=\"fr\">");
    assert_lacks(body, "العربية");
    assert_int_equal(test_page(&test, "/assistant", NULL, &body), 200);
    assert_has(body, "value=\"ar\" lang=\"ar\">العربية");
    assert_int_equal(test_page(&test, "/assistant?language=xx", NULL, &body), 200);
    assert_has(body, "<html lang=\"fr\"");
}

static void an_account_has_its_own_language(void **state)
{
    (void)state;
    struct str body;
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, "/assistant?language=ar", NULL, &body), 200);
    assert_has(body, "<html lang=\"fr\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(guests_find_no_french_but_what_is_quoted, open_shelf, close_shelf),
        cmocka_unit_test_setup_teardown(what_a_guest_presses_goes_on_in_the_language, open_shelf, close_shelf),
        cmocka_unit_test_setup_teardown(other_pages_stay_in_a_language_that_is_whole, open_shelf, close_shelf),
        cmocka_unit_test_setup_teardown(an_account_has_its_own_language, open_shelf, close_shelf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
