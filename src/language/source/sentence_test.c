#include "language/source/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"

static void are_sentences(const char *text, const char *expected)
{
    struct buf out BUF_SCOPE = BUF_INIT(10000);
    struct str rest = str_of(text), sentence;
    while (sentence_next(&rest, &sentence)) {
        assert_true(sentence.at >= text && sentence.at + sentence.len <= text + strlen(text));
        buf_add_c(&out, out.len > 0 ? "|" : "");
        buf_add(&out, sentence);
    }
    buf_add_byte(&out, 0);
    assert_string_equal(out.at, expected);
}

static void stops_end_sentences(void **state)
{
    (void)state;
    are_sentences("", "");
    are_sentences(" \n ", "");
    are_sentences("Un. Deux ! Trois ? Quatre… Cinq", "Un.|Deux !|Trois ?|Quatre…|Cinq");
    are_sentences("Il dit « Oui. » Puis (il part.) Enfin.", "Il dit « Oui. »|Puis (il part.)|Enfin.");
    are_sentences("Oui. à voir", "Oui. à voir");
    are_sentences("Oui. À voir", "Oui.|À voir");
}

static void abbreviations_do_not(void **state)
{
    (void)state;
    are_sentences("M. Durand voit l'art. 12 et le n° 3. Fin.", "M. Durand voit l'art. 12 et le n° 3.|Fin.");
    are_sentences("Article L. 311-3-1 du code. Mme. B. Petit paie 1.500,50 €.",
                  "Article L. 311-3-1 du code.|Mme. B. Petit paie 1.500,50 €.");
    are_sentences("Voir service-public.fr. Merci.", "Voir service-public.fr.|Merci.");
}

static void lines_are_items(void **state)
{
    (void)state;
    are_sentences("Il faut :\n- une photo\n- un timbre. Et plus.\n", "Il faut :|- une photo|- un timbre.|Et plus.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stops_end_sentences),
        cmocka_unit_test(abbreviations_do_not),
        cmocka_unit_test(lines_are_items),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
