#include "language/source/guard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/seeded.h"

static const struct str passages[] = {
    STR_INIT("Le passeport coûte 86 € pour un adulte et 1 017,50 € en urgence."),
    STR_INIT("La demande se fait à la mairie de Beauval dans les 2 mois, avant le 12 mars 2020."),
    STR_INIT("Vous avez trois ans et 15 jours pour agir."),
};

static enum guard_reason reason_of(const char *rewording)
{
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct guard_sentence *sentences;
    size_t count;
    assert_int_equal(guard_check(arena, str_of(rewording), passages, 3, &sentences, &count), OK);
    assert_int_equal(count, 1);
    return sentences[0].reason;
}

static void what_passages_say_is_clean(void **state)
{
    (void)state;
    assert_int_equal(reason_of("Pour un adulte, le passeport coûte 86 euros."), GUARD_CLEAN);
    assert_int_equal(reason_of("En urgence vous payez 1017,5 €."), GUARD_CLEAN);
    assert_int_equal(reason_of("Le délai est de 2 mois."), GUARD_CLEAN);
    assert_int_equal(reason_of("Le délai est de deux mois."), GUARD_CLEAN);
    assert_int_equal(reason_of("Il y a 3 ans pour agir."), GUARD_CLEAN);
    assert_int_equal(reason_of("À Beauval, avant le 12 mars 2020."), GUARD_CLEAN);
}

static void other_numbers_are_struck(void **state)
{
    (void)state;
    assert_int_equal(reason_of("Le passeport coûte 68 €."), GUARD_NUMBER);
    assert_int_equal(reason_of("Le passeport coûte 86,50 €."), GUARD_NUMBER);
    assert_int_equal(reason_of("Le délai est de 2 ans."), GUARD_NUMBER);
    assert_int_equal(reason_of("Le délai est de quinze mois."), GUARD_NUMBER);
    assert_int_equal(reason_of("Avant le 12 mai 2020."), GUARD_NUMBER);
    assert_int_equal(reason_of("Avant le 12 mars 2021."), GUARD_NUMBER);
    assert_int_equal(reason_of("La demande se fait un mardi."), GUARD_NUMBER);
    assert_int_equal(reason_of("Le prix est de 86 % du tarif."), GUARD_NUMBER);
    assert_int_equal(reason_of("Le prix est de \xEF\xBC\x98 unités."), GUARD_NUMBER);
    assert_int_equal(reason_of("Le formulaire 12100B est à remplir."), GUARD_NUMBER);
}

static void other_names_and_negations_are_struck(void **state)
{
    (void)state;
    assert_int_equal(reason_of("La demande se fait à la mairie de Valmont."), GUARD_NAME);
    assert_int_equal(reason_of("Valmont reçoit la demande."), GUARD_NAME);
    assert_int_equal(reason_of("Adressez la demande à la CAF."), GUARD_NAME);
    assert_int_equal(reason_of("Le passeport ne coûte rien."), GUARD_NEGATION);
    assert_int_equal(reason_of("La demande n'est possible qu'à la mairie."), GUARD_NEGATION);
}

static void sentences_are_judged_one_by_one(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    struct guard_sentence *sentences;
    size_t count;
    struct str text = STR("Le passeport coûte 86 €. Le délai est de 9 jours. La demande se fait à la mairie.");
    assert_int_equal(guard_check(arena, text, passages, 3, &sentences, &count), OK);
    assert_int_equal(count, 3);
    assert_int_equal(sentences[0].reason, GUARD_CLEAN);
    assert_int_equal(sentences[1].reason, GUARD_NUMBER);
    assert_true(str_eq(sentences[1].what, STR("9")));
    assert_int_equal(sentences[2].reason, GUARD_CLEAN);
}

/* A thousand rewordings that are the passages with one figure changed: none may pass. */
static void every_changed_figure_is_struck(void **state)
{
    (void)state;
    struct seeded seeded = {42};
    for (int i = 0; i < 1000; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
        struct buf text BUF_SCOPE = BUF_INIT(1000);
        struct guard_sentence *sentences;
        size_t count, at;
        buf_add(&text, passages[seeded_below(&seeded, 3)]);
        do
            at = seeded_below(&seeded, text.len);
        while (!ascii_is_digit(text.at[at]));
        text.at[at] = (char)('0' + (text.at[at] - '0' + 1 + (int)seeded_below(&seeded, 9)) % 10);
        assert_int_equal(guard_check(arena, buf_str(&text), passages, 3, &sentences, &count), OK);
        bool is_struck = false;
        for (size_t s = 0; s < count; s++)
            is_struck |= sentences[s].reason != GUARD_CLEAN;
        if (!is_struck)
            print_error("%.*s\n", STR_ARG(buf_str(&text)));
        assert_true(is_struck);
    }
}

static void long_rewordings_are_refused(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(16 << 20);
    struct buf text BUF_SCOPE = BUF_INIT(GUARD_TEXT_MAX + 1);
    struct guard_sentence *sentences;
    size_t count;
    for (size_t i = 0; i < GUARD_TEXT_MAX; i++)
        buf_add_byte(&text, ' ');
    assert_int_equal(guard_check(arena, buf_str(&text), passages, 3, &sentences, &count), OK);
    buf_add_byte(&text, ' ');
    assert_int_equal(guard_check(arena, buf_str(&text), passages, 3, &sentences, &count), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_passages_say_is_clean),
        cmocka_unit_test(other_numbers_are_struck),
        cmocka_unit_test(other_names_and_negations_are_struck),
        cmocka_unit_test(sentences_are_judged_one_by_one),
        cmocka_unit_test(every_changed_figure_is_struck),
        cmocka_unit_test(long_rewordings_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
