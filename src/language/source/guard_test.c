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
    assert_true(str_eq(sentences[1].what, STR("9 jours")));
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

/* ---- figures, dates and names as the French write them ---- */

struct pair {
    const char *passage, *rewording;
    enum guard_reason reason;
};

static void check(const struct pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
        struct str passage = str_of(pairs[i].passage);
        struct guard_sentence *sentences;
        size_t found;
        assert_int_equal(guard_check(arena, str_of(pairs[i].rewording), &passage, 1, &sentences, &found), OK);
        assert_int_equal(found, 1);
        if (sentences[0].reason != pairs[i].reason)
            print_error("%s / %s: %.*s\n", pairs[i].passage, pairs[i].rewording, STR_ARG(sentences[0].what));
        assert_int_equal(sentences[0].reason, pairs[i].reason);
    }
}
#define CHECK(pairs) check((pairs), sizeof(pairs) / sizeof(pairs)[0])

static void numbers_are_values_however_written(void **state)
{
    (void)state;
    static const struct pair same[] = {
        {"Il faut avoir 18 ans.", "Il faut avoir dix-huit ans.", GUARD_CLEAN},
        {"Il faut avoir dix-huit ans.", "Il faut avoir 18\u00A0ans.", GUARD_CLEAN},
        {"Le prix est de 1 234,50 €.", "Le prix est de 1\u202F234,5 euros.", GUARD_CLEAN},
        {"Le prix est de 1\u00A0234 €.", "Le prix est de 1.234 €.", GUARD_CLEAN},
        {"Le prix est de mille deux cents euros.", "Le prix est de 1 200 €.", GUARD_CLEAN},
        {"Le prix est de 80 €.", "Le prix est de quatre-vingts euros.", GUARD_CLEAN},
        {"Le prix est de 97 €.", "Le prix est de quatre-vingt-dix-sept euros.", GUARD_CLEAN},
        {"Le prix est de 71 €.", "Le prix est de soixante et onze euros.", GUARD_CLEAN},
        {"Le prix est de 21 €.", "Le prix est de vingt et un euros.", GUARD_CLEAN},
        {"Le prix est de 345 €.", "Le prix est de trois cent quarante-cinq euros.", GUARD_CLEAN},
        {"Le prix est de 2 345 €.", "Le prix est de deux mille trois cent quarante-cinq euros.", GUARD_CLEAN},
        {"La ville a 2 millions d’habitants.", "La ville a deux millions d’habitants.", GUARD_CLEAN},
        {"La remise est de 20 %.", "La remise est de vingt pour cent.", GUARD_CLEAN},
        {"Le 2e enfant.", "Le deuxième enfant.", GUARD_CLEAN},
        {"Entre 3 et 5 mois.", "Au moins 3 mois.", GUARD_CLEAN},
        {"De 10 à 12 €.", "Au moins 10 euros.", GUARD_CLEAN},
        {"Le prix est de 50,00 €.", "Le prix est de 50 €.", GUARD_CLEAN},
    };
    CHECK(same);
}

static void parts_of_numbers_make_no_number(void **state)
{
    (void)state;
    static const struct pair other[] = {
        {"Il faut avoir dix-huit ans.", "Il faut avoir 8 ans.", GUARD_NUMBER},
        {"Il faut avoir dix-huit ans.", "Il faut avoir dix ans.", GUARD_NUMBER},
        {"Il faut avoir 18 ans.", "Il faut avoir quatre-vingt ans.", GUARD_NUMBER},
        {"Le prix est de 80 €.", "Le prix est de vingt euros.", GUARD_NUMBER},
        {"Le prix est de 1 €.", "Le prix est de 1.000 €.", GUARD_NUMBER},
        {"Le prix est de 1 €.", "Le prix est de 1,000 €.", GUARD_NUMBER},
        {"Le prix est de 1 234 €.", "Le prix est de 234 €.", GUARD_NUMBER},
        {"Le prix est de 20 €.", "Le prix est de 20 %.", GUARD_NUMBER},
        {"La ville a 2 habitants.", "La ville a 2 millions d’habitants.", GUARD_NUMBER},
        {"Le deuxième enfant.", "Le troisième enfant.", GUARD_NUMBER},
        {"Le prix est de 18 €.", "Le prix est de 1\u00AD8 €.", GUARD_NUMBER},
        {"Le prix est de 18 €.", "Le prix est de 1\u200B8 €.", GUARD_NUMBER},
        {"La surface est de 20 m.", "La surface est de 20 m².", GUARD_NUMBER},
        {"Il paie le quart.", "Il paie le tiers.", GUARD_NUMBER},
        {"Le délai est de 3 jours.", "Le délai est d’une quinzaine de jours.", GUARD_NUMBER},
    };
    CHECK(other);
}

static void one_is_a_number_before_its_unit(void **state)
{
    (void)state;
    static const struct pair ones[] = {
        {"Le délai est de 2 mois.", "Vous avez un mois.", GUARD_NUMBER},
        {"Le délai est de 2 mois.", "Vous avez un\u00A0mois.", GUARD_NUMBER},
        {"Le délai est de 2 mois.", "Vous avez moins d’un mois.", GUARD_NUMBER},
        {"Le délai est de 2 mois.", "Vous avez un seul mois.", GUARD_NUMBER},
        {"Le délai est de 2 mois.", "Vous avez un à deux mois.", GUARD_NUMBER},
        {"Le délai est de 2 mois.", "Vous avez 1 ou deux mois.", GUARD_NUMBER},
        {"Le délai est de 2 mois.", "Vous avez une semaine.", GUARD_NUMBER},
        {"Le délai est de 2 mois.", "Un mois suffit.", GUARD_NUMBER},
        {"Le délai est d’un an.", "Le délai est d’un mois.", GUARD_NUMBER},
        {"La carte vaut 10 ans.", "La carte vaut une année.", GUARD_NUMBER},
        {"Le prix est de 2 euros.", "Le prix est d’un euro.", GUARD_NUMBER},
        {"Le prix est de 2 €.", "Le prix est d’un €.", GUARD_NUMBER},
        {"Le prix est de 100 €.", "Le prix est de cent un euros.", GUARD_NUMBER},
        {"Le prix est de 101 €.", "Le prix est de cent un euros.", GUARD_CLEAN},
        {"Le délai est d’un mois.", "Vous avez 1 mois.", GUARD_CLEAN},
        {"Le délai est de 1 mois.", "Vous avez un mois.", GUARD_CLEAN},
        {"Le délai est d’un an.", "Vous avez une année.", GUARD_CLEAN},
        {"Comptez un à deux mois.", "Comptez 1 à 2 mois.", GUARD_CLEAN},
        {"Comptez un à deux mois.", "Comptez au moins un mois.", GUARD_CLEAN},
        {"Le délai est de 2 mois.", "Une demande a un délai de 2 mois.", GUARD_CLEAN}, /* an article is no number */
        {"Le délai est de 2 mois.", "Faites une seconde demande, ou une autre.", GUARD_CLEAN},
    };
    CHECK(ones);
}

static void a_place_and_a_rough_number_are_numbers(void **state)
{
    (void)state;
    static const struct pair places[] = {
        {"La deuxième demande est payante.", "La première demande est payante.", GUARD_NUMBER},
        {"Le premier enfant paie.", "Le second enfant paie.", GUARD_NUMBER},
        {"Le premier enfant paie.", "La seconde enfant paie.", GUARD_NUMBER},
        {"Le second enfant paie.", "Les premiers enfants paient.", GUARD_NUMBER},
        {"Le 1er enfant paie.", "Le premier enfant paie.", GUARD_CLEAN},
        {"La 1re demande est payante.", "La première demande est payante.", GUARD_CLEAN},
        {"Le deuxième enfant paie.", "Le second enfant paie.", GUARD_CLEAN},
        {"Attendez 30 secondes.", "Attendez trente secondes.", GUARD_CLEAN},
        {"Attendez 30 minutes.", "Attendez 30 secondes.", GUARD_NUMBER},
        {"La demande est payante.", "Dans un premier temps, la demande est payante.", GUARD_CLEAN},
        {"La demande est payante.", "En premier lieu, la demande est payante.", GUARD_CLEAN},
        {"Répondez dans les 15 jours.", "Répondez sous huitaine.", GUARD_NUMBER},
        {"Répondez sous huitaine.", "Répondez dans la quinzaine.", GUARD_NUMBER},
        {"Répondez sous huitaine.", "Vous avez une huitaine pour répondre.", GUARD_CLEAN},
        {"Comptez une dizaine de jours.", "Comptez des dizaines de jours.", GUARD_CLEAN}, /* "les dizaines" are one */
        {"Payez chaque mois.", "Payez chaque trimestre.", GUARD_NUMBER},
        {"Payez chaque trimestre.", "Payez chaque semestre.", GUARD_NUMBER},
        {"Payez chaque trimestre.", "Payez un trimestre après l’autre.", GUARD_NUMBER},
        {"Payez au 1er trimestre.", "Payez au deuxième trimestre.", GUARD_NUMBER},
        {"Payez au 1er trimestre.", "Payez le premier trimestre, ou après ce trimestre.", GUARD_CLEAN},
        {"Le contrat dure 2 semestres.", "Le contrat dure deux semestres.", GUARD_CLEAN},
    };
    CHECK(places);
}

static void a_date_is_one_fact(void **state)
{
    (void)state;
    static const struct pair dates[] = {
        {"Avant le 1er septembre 2026.", "Avant le 1er septembre.", GUARD_CLEAN},
        {"Avant le 1er septembre 2026.", "Avant le premier septembre 2026.", GUARD_CLEAN},
        {"Avant le 1er septembre 2026.", "Avant le 01/09/2026.", GUARD_CLEAN},
        {"Avant le 12/03/2026.", "Avant le 12 mars 2026.", GUARD_CLEAN},
        {"Avant le 2026-03-12.", "Avant le 12 mars.", GUARD_CLEAN},
        {"Avant le 12 mars 2026.", "En mars 2026.", GUARD_CLEAN},
        {"Avant le 12 mars 2026.", "En 2026.", GUARD_CLEAN},
        {"Avant le 12 mars 2026.", "En mars.", GUARD_CLEAN},
        {"Avant le 12 mars 2026 et le 4 mai 2027.", "Avant le 12 mars 2027.", GUARD_NUMBER},
        {"Avant le 12 mars 2026 et le 4 mai 2027.", "Avant le 4 mars.", GUARD_NUMBER},
        {"Avant le 12 mars 2026 et le 4 mai 2027.", "En mai 2026.", GUARD_NUMBER},
        {"Avant le 12/03/2026.", "Avant le 03/12/2026.", GUARD_NUMBER},
        {"Avant le 12 mars.", "Avant le 12 mars 2026.", GUARD_NUMBER},
        {"Du lundi au jeudi.", "Le vendredi.", GUARD_NUMBER},
        {"Du lundi au jeudi.", "Les lundis.", GUARD_NUMBER}, /* it cannot tell, and strikes */
    };
    CHECK(dates);
}

static void an_hour_and_a_telephone_are_one_fact(void **state)
{
    (void)state;
    static const struct pair hours[] = {
        {"Ouvert de 8 h 30 à 17 h.", "Ouvert de 8h30 à 17h.", GUARD_CLEAN},
        {"Ouvert de 8h30 à 17h00.", "Ouvert à 8:30.", GUARD_CLEAN},
        {"Ouvert de 8 heures 30 à 17 heures.", "Ouvert à 8 h 30.", GUARD_CLEAN},
        {"Ouvert de 8 h 45, pendant 30 jours.", "Ouvert à 8 h 30.", GUARD_NUMBER},
        {"Ouvert de 8 h à 17 h 30.", "Ouvert à 8 h 30.", GUARD_NUMBER},
        {"Le 01 23 45 67 89.", "Au 01.23.45.67.89.", GUARD_CLEAN},
        {"Le 01 23 45 67 89.", "Au 01 23 45 89 67.", GUARD_NUMBER},
        {"Le 01 23 45 67 89.", "Au 23.", GUARD_NUMBER},
    };
    CHECK(hours);
}

static void addresses_and_strange_letters_are_names(void **state)
{
    (void)state;
    static const struct pair names[] = {
        {"Sur impots.gouv.fr.", "Voir impots.gouv.fr.", GUARD_CLEAN},
        {"Sur impots.gouv.fr.", "Voir impot.gouv.fr.", GUARD_NAME},
        {"Sur impots.gouv.fr.", "Voir www.impots.gouv.fr.evil.example.", GUARD_NAME},
        {"Écrire à accueil@beauval.example.", "Écrire à etat@beauval.example.", GUARD_NAME},
        {"Il faut le demander.", "Il faut le d\u0435mander.", GUARD_NAME}, /* a Cyrillic letter */
        {"L’État paie.", "C’est l'État qui paie.", GUARD_CLEAN},
        {"Le Conseil d’Orléans paie.", "Orléans paie.", GUARD_CLEAN},
        {"Il faut une pièce.", "Apportez une pièce.", GUARD_CLEAN},
        {"Il faut une pièce.", "Pierre apporte une pièce.", GUARD_NAME},
        {"Il faut une pièce.", "Il faut une pièce : Apportez-la.", GUARD_NAME}, /* any other capital is a name */
        {"Il faut une pièce.", "ŒUVRE d’une pièce.", GUARD_NAME},
    };
    CHECK(names);
}

/* "petit" in a passage is no Petit. */
static void who_bears_a_title_is_a_name(void **state)
{
    (void)state;
    static const struct pair titles[] = {
        {"La mairie reçoit la demande.", "La demande va à monsieur Durand.", GUARD_NAME},
        {"La mairie reçoit la demande.", "La demande va à madame Durand.", GUARD_NAME},
        {"Le maire reçoit la demande.", "Le maire Durand reçoit la demande.", GUARD_NAME},
        {"Le docteur reçoit.", "Le docteur Durand reçoit.", GUARD_NAME},
        {"La mairie a un petit parc.", "La demande va à monsieur Petit.", GUARD_NAME},
        {"La mairie a un petit parc.", "La demande va à madame Petit.", GUARD_NAME},
        {"Le maire a un petit parc.", "Le maire Petit reçoit.", GUARD_NAME},
        {"Le docteur a un petit parc.", "Le docteur Petit reçoit.", GUARD_NAME},
        {"La mairie a un petit parc. M. Jean reçoit.", "Voyez M. Jean Petit.", GUARD_NAME},
        {"Mme Petit, maire, reçoit.", "La maire est madame Petit.", GUARD_CLEAN},
        {"Madame Petit reçoit.", "C’est Madame Petit qui reçoit.", GUARD_CLEAN},
        {"Le docteur Jean Petit reçoit.", "Voyez le docteur Petit.", GUARD_CLEAN},
        {"Madame la maire reçoit.", "C’est la Maire qui reçoit.", GUARD_CLEAN},
    };
    CHECK(titles);
}

static void a_negation_that_is_dropped_is_struck(void **state)
{
    (void)state;
    static const struct pair dropped[] = {
        {"La cantine n'est pas ouverte le mercredi.", "La cantine est ouverte le mercredi.", GUARD_DROPPED},
        {"Le mercredi, la cantine n’est pas ouverte.", "La cantine est ouverte le mercredi.", GUARD_DROPPED},
        {"Les chiens ne sont jamais admis au marché.", "Les chiens sont admis au marché.", GUARD_DROPPED},
        {"Aucun rendez-vous n'est nécessaire.", "Un rendez-vous est nécessaire.", GUARD_DROPPED},
        {"Il est interdit de fumer dans le parc.", "Vous pouvez fumer dans le parc.", GUARD_DROPPED},
        {"Vous ne pouvez pas demander une carte par courrier.", "Vous pouvez demander une carte par courrier.",
         GUARD_DROPPED},
        {"La carte ne peut être prolongée.", "La carte peut être prolongée.", GUARD_DROPPED},
        {"La demande se fait sans rendez-vous.", "La demande se fait sur rendez-vous.", GUARD_DROPPED},
        {"Les non-résidents paient 5 €.", "Les résidents paient 5 €.", GUARD_DROPPED},
        {"Ouvert le samedi. La déchèterie n'accepte pas l'amiante.", "La déchèterie accepte l'amiante.", GUARD_DROPPED},
        {"Si le dossier n'est pas complet, il est rendu.", "Si le dossier est complet, il est rendu.", GUARD_DROPPED},
        {"Le stationnement est impossible devant l'école.", "Le stationnement est possible devant l'école.",
         GUARD_DROPPED},
    };
    CHECK(dropped);
}

static void what_says_the_same_otherwise_is_not_struck(void **state)
{
    (void)state;
    static const struct pair kept[] = {
        {"La cantine n'est pas ouverte le mercredi.", "La cantine n'ouvre pas le mercredi.", GUARD_CLEAN},
        {"La carte est valable 10 ans et n'est pas prolongeable.", "La carte est valable 10 ans.", GUARD_CLEAN},
        {"La demande se fait à la mairie, sans rendez-vous.", "La demande se fait à la mairie.", GUARD_CLEAN},
        {"La demande n'est possible qu'à la mairie.", "La demande est possible seulement à la mairie.", GUARD_CLEAN},
        {"Le service n'est pas gratuit.", "Le service est payant.", GUARD_CLEAN},
        {"Les chiens ne sont pas admis au marché, mais sont admis au parc.", "Les chiens sont admis au parc.",
         GUARD_CLEAN},
        {"Il est interdit de fumer dans le parc.", "Une interdiction de fumer vaut dans le parc.", GUARD_CLEAN},
        {"La mairie refuse la demande.", "En cas de refus, la demande est rendue.", GUARD_CLEAN},
        {"La cantine n'est pas ouverte en août. La cantine est ouverte en mai.", "La cantine est ouverte en mai.",
         GUARD_CLEAN},
        {"L'inscription n'est pas obligatoire.", "L'inscription est facultative.", GUARD_CLEAN},
        {"La cantine n'est pas ouverte le mercredi en mai. Le mercredi, la cantine est ouverte.",
         "Le mercredi, la cantine est ouverte.", GUARD_CLEAN},
        {"Le passeport coûte 86 €. Il n'est pas remboursé.", "Le passeport coûte 86 €.", GUARD_CLEAN},
        {"Vous ne payez rien avant 18 ans.", "C'est gratuit avant 18 ans.", GUARD_CLEAN},
    };
    CHECK(kept);
}

/* What a passage says itself is never struck: the passages of the other tests, and more. */
static void a_passage_is_clean_beside_itself(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "Les concessions durent trente ans et coûtent 1 234,50 € (ou 12 fois 103 €), avant le 1er janvier 2027.",
        "Ouvert du lundi au vendredi de 8 h 30 à 12 h et de 13h30 à 17 heures, au 01 23 45 67 89.",
        "L. 122-5-3 du Code, cerfa n° 12100*02, 3/4 du prix, 20 m², deux millions et demi, le 12/03/2020 à 8:05.",
        "Le premier semestre, un trimestre, une huitaine, cent un euros, d’un à trois mois, la seconde, 20 secondes.",
        "Vingt et un, quatre-vingt-dix-neuf mille neuf cent quatre-vingt-dix-neuf, cent pour cent, mars 2020, A13.",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct pair one[] = {{texts[i], texts[i], GUARD_CLEAN}};
        CHECK(one);
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
        cmocka_unit_test(numbers_are_values_however_written),
        cmocka_unit_test(parts_of_numbers_make_no_number),
        cmocka_unit_test(one_is_a_number_before_its_unit),
        cmocka_unit_test(a_place_and_a_rough_number_are_numbers),
        cmocka_unit_test(a_date_is_one_fact),
        cmocka_unit_test(an_hour_and_a_telephone_are_one_fact),
        cmocka_unit_test(addresses_and_strange_letters_are_names),
        cmocka_unit_test(who_bears_a_title_is_a_name),
        cmocka_unit_test(a_negation_that_is_dropped_is_struck),
        cmocka_unit_test(what_says_the_same_otherwise_is_not_struck),
        cmocka_unit_test(a_passage_is_clean_beside_itself),
        cmocka_unit_test(long_rewordings_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
