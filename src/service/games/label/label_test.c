/* Game 9: the table is whole, labels teach, a saboteur harms, and agreement is counted again naively. */
#include "service/games/test_games.h"

#include <stdio.h>

#include "language/model/classifier.h"
#include "service/games/games_service.h"
#include "service/games/label/label.h"
#include "service/games/label/wage.h"

enum { POOL = LABEL_BY_THEME - LABEL_TESTS_BY_THEME };

/* The makers' labels, one letter a title, in the order of the seed. */
static void makers_labels(int64_t seed, size_t count, char labels[LABELS_MAX + 1])
{
    struct label_work work;
    labels[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(8 << 20); /* a classifier is large */
        assert_int_equal(label_work(arena, seed, str_of(labels), &work), OK);
        size_t theme = 0;
        while (theme < LABEL_THEMES) {
            size_t k = 0;
            while (k < POOL && strcmp(label_titles[theme][k], work.next) != 0)
                k++;
            if (k < POOL)
                break;
            theme++;
        }
        assert_true(theme < LABEL_THEMES); /* no title of the exam is asked */
        labels[i] = (char)('a' + theme);
        labels[i + 1] = '\0';
    }
}

static void no_title_stands_twice(void **state)
{
    (void)state;
    for (size_t i = 0; i < LABEL_THEMES * LABEL_BY_THEME; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(label_titles[i / LABEL_BY_THEME][i % LABEL_BY_THEME],
                                    label_titles[k / LABEL_BY_THEME][k % LABEL_BY_THEME]);
}

static void labels_teach_and_a_saboteur_harms(void **state)
{
    (void)state;
    int right = 0, spoilt = 0, turned = 0;
    for (int64_t seed = 1; seed <= 10; seed++) {
        char labels[LABELS_MAX + 1];
        struct label_work work;
        makers_labels(seed, LABELS_MAX, labels);
        assert_int_equal(label_work(test.arena, seed, str_of(labels), &work), OK);
        assert_null(work.next);
        assert_true(work.kappa > 0.999 && work.kappa < 1.001);
        assert_true(work.right[LABELS_MAX] > work.right[5]);
        right += work.right[LABELS_MAX];
        spoilt += work.sabotaged[LABELS_MAX];
        for (size_t i = 0; i < work.count; i++)
            turned += work.labels[i].learnt != work.labels[i].given;
    }
    assert_true(right > 10 * LABEL_TESTS * 6 / 10); /* far above chance, a sixth */
    assert_true(spoilt < right);
    assert_true(turned > 10 * LABELS_MAX * 2 / 10 && turned < 10 * LABELS_MAX * 4 / 10);
}

/* Accuracy after 12 labels, by a classifier taught here. */
static void accuracy_is_counted_on_the_exam(void **state)
{
    (void)state;
    struct classifier *classifier;
    struct label_work work;
    double probability[CLASSIFIER_THEMES_MAX];
    int right = 0;
    assert_int_equal(label_work(test.arena, 3, STR("abcdefabcdef"), &work), OK);
    assert_int_equal(classifier_create(test.arena, CLASSIFIER_BAYES, LABEL_THEMES, &classifier), OK);
    for (size_t i = 0; i < 12; i++)
        classifier_learn(classifier, str_of(work.labels[i].title), i % 6);
    for (size_t i = 0; i < LABEL_TESTS; i++) {
        size_t theme = i / LABEL_TESTS_BY_THEME;
        const char *title = label_titles[theme][POOL + i % LABEL_TESTS_BY_THEME];
        right += classifier_guess(classifier, str_of(title), probability) == theme;
    }
    assert_int_equal(work.right[12], right);
}

static void agreement_is_corrected_for_chance(void **state)
{
    (void)state;
    struct label_work work;
    assert_int_equal(label_work(test.arena, 5, STR("abcdefabcdefaabbccaa"), &work), OK);
    double same = 0, chance = 0, count = (double)work.count;
    for (size_t i = 0; i < work.count; i++)
        same += work.labels[i].given == work.labels[i].makers;
    for (size_t theme = 0; theme < LABEL_THEMES; theme++) {
        double mine = 0, theirs = 0;
        for (size_t i = 0; i < work.count; i++) {
            mine += work.labels[i].given == theme;
            theirs += work.labels[i].makers == theme;
        }
        chance += mine / count * theirs / count;
    }
    double kappa = (same / count - chance) / (1 - chance);
    assert_true(work.kappa > kappa - 1e-9 && work.kappa < kappa + 1e-9);
    assert_true(work.kappa < 0.9);
}

static void pages_answer(void **state)
{
    (void)state;
    struct str body;
    char path[200], labels[LABELS_MAX + 2];
    assert_int_equal(test_page(&test, "/games/labels?seed=7", NULL, &body), 200);
    assert_has(body, "Clics\u00A0: 0 sur 60");
    assert_lacks(body, "La note passe de ");
    snprintf(path, sizeof path, "/games/labels?seed=7&labels=ab&seconds=4&at=%lld&theme=c",
             (long long)TEST_NOW.ms / 1000 - 5);
    assert_int_equal(test_page(&test, path, NULL, &body), 303);
    assert_has(body, "/games/labels?seed=7&labels=abc&seconds=9");
    assert_int_equal(test_page(&test, "/games/labels?seed=7&labels=ab&at=0&theme=c", NULL, &body), 303);
    assert_has(body, "seconds=60"); /* a pause is not paid */
    assert_int_equal(test_page(&test, "/games/labels?labels=abc&seconds=3600&sabotage=1&wage=58", NULL, &body), 200);
    assert_has(body, "0,580\u00A0€");
    assert_has(body, "fausse 30");
    assert_has(body, "La note passe de "); /* what the last click changed */
    assert_has(body, "<polyline points=\"40,");
    assert_lacks(body, "style=");
    memset(labels, 'a', sizeof labels);
    labels[LABELS_MAX] = '\0';
    snprintf(path, sizeof path, "/games/labels?labels=%s", labels);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    snprintf(path, sizeof path, "/games/labels?labels=%s&theme=a", labels);
    assert_int_equal(test_page(&test, path, NULL, &body), 404);
    snprintf(path, sizeof path, "/games/labels?labels=%sa", labels);
    assert_int_equal(test_page(&test, path, NULL, &body), 404);
    static const char *const wrong[] = {"labels=g",        "labels=A",    "labels=%3Cb%3E", "seed=-1",
                                        "seed=1000000",    "seconds=-1",  "seconds=86401",  "sabotage=2",
                                        "sabotage=x",      "theme=g",     "theme=",         "theme=aa"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        snprintf(path, sizeof path, "/games/labels?%s", wrong[i]);
        assert_int_equal(test_page(&test, path, NULL, &body), 404);
    }
}

/* The page that opens the game: what was ticked is what is shown, and counted at the wage that the page names. */
static void the_sham_check_opens_the_game(void **state)
{
    (void)state;
    struct str body;
    char path[200];
    assert_int_equal(test_page(&test, "/games/labels", NULL, &body), 303);
    assert_has(body, "/games/not-a-robot");
    assert_int_equal(test_page(&test, "/games/not-a-robot", NULL, &body), 200);
    for (int tile = 1; tile <= 9; tile++) {
        snprintf(path, sizeof path, "name=\"p\" value=\"%d\"", tile);
        assert_true(str_find(body, str_of(path)) != SIZE_MAX);
    }
    snprintf(path, sizeof path, "/games/not-a-robot?done=1&p=1&p=5&at=%lld", (long long)TEST_NOW.ms / 1000 - 36);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_has(body, "7 étiquettes en 36 secondes");
    assert_has(body, "0,123\u00A0€"); /* a hundredth of an hour at 12,31 € */
    assert_has(body, "Les deux images de contrôle");
    assert_int_equal(test_page(&test, "/games/not-a-robot?done=1&p=1&p=2", NULL, &body), 200);
    assert_has(body, "Une image de contrôle");
    assert_int_equal(test_page(&test, "/games/not-a-robot?done=1&p=10", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/not-a-robot?done=1&p=x", NULL, &body), 404);
}

/* No pay is claimed that has no source: a low wage is the player's own, beside the Smic; a study has its address. */
static void a_low_wage_is_the_players_own(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/games/labels?labels=ab&seconds=20&wage=100", NULL, &body), 200);
    assert_has(body, "À 1,00\u00A0€ l’heure\u00A0: 0,006\u00A0€");
    assert_has(body, "Au Smic brut (12,31\u00A0€ l’heure)\u00A0: 0,068\u00A0€, et 34,19\u00A0€ pour mille");
    assert_has(body, "href=\"https://diplab.eu\"");
    assert_lacks(body, "58 centimes");
    assert_lacks(body, "presse");
    assert_int_equal(test_page(&test, "/games/labels?labels=ab&seconds=20", NULL, &body), 200);
    assert_lacks(body, "Au Smic brut (");
}

/* "0,014 €" after a word of a card, in tenths of a cent. */
static int64_t euros_after(struct str line, struct str word)
{
    int64_t tenths = 0;
    int decimals = -1;
    for (size_t at = str_find(line, word) + word.len; ascii_is_digit(line.at[at]) || line.at[at] == ','; at++) {
        if (line.at[at] == ',') {
            decimals = 0;
            continue;
        }
        tenths = 10 * tenths + (line.at[at] - '0');
        decimals += decimals >= 0;
    }
    for (; decimals < 3; decimals++)
        tenths *= 10;
    return tenths;
}

/* A card about pay by the piece says what an hour of it comes to, and compares that with the Smic. */
static void pay_by_the_piece_is_judged_by_the_smic(void **state)
{
    (void)state;
    struct game_card cards[GAME_CARDS];
    size_t found = 0;
    for (int64_t seed = 0; seed < 40; seed++) {
        struct ctx ctx = test_ctx(&test);
        assert_int_equal(game_hands_draw(&ctx, seed, cards), OK);
        for (size_t i = 0; i < GAME_CARDS; i++) {
            size_t at = str_find(cards[i].line, STR(" titres, "));
            if (str_find(cards[i].line, STR("payé ")) == SIZE_MAX)
                continue;
            int64_t each = cards[i].line.at[at + sizeof " titres, " - 1] - '0';
            int64_t hourly = euros_after(cards[i].line, STR("payé ")) * 3600 / each;
            assert_in_range(each, 4, 9);
            assert_int_equal(cards[i].is_true, hourly > WAGE_SMIC_CENTS * 10);
            assert_true(hourly / 10 - euros_after(cards[i].verdict, STR("€\u00A0: ")) / 10 <= 1);
            assert_has(cards[i].source, WAGE_SMIC_TEXT);
            found++;
        }
    }
    assert_int_equal(found, 40);
}

static void a_wage_is_chosen(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/games/labels?labels=abc&seconds=3600", NULL, &body), 200);
    assert_has(body, "12,31\u00A0€"); /* the Smic */
    assert_has(body, "arrêté du 22 mai 2026");
    assert_has(body, "1er juin 2026");
    assert_int_equal(test_page(&test, "/games/labels?labels=ab&seconds=20&wage=900", NULL, &body), 200);
    assert_has(body, "0,050\u00A0€");
    assert_has(body, "25,00\u00A0€"); /* a thousand labels of ten seconds each */
    assert_int_equal(test_page(&test, "/games/labels?labels=ab&seconds=20&wage=900&theme=c", NULL, &body), 303);
    assert_has(body, "&wage=900");
    assert_int_equal(test_page(&test, "/games/labels?labels=ab&wage=3000", NULL, &body), 200);
    assert_int_equal(test_page(&test, "/games/labels?labels=ab&wage=3001", NULL, &body), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_title_stands_twice),
        cmocka_unit_test_setup_teardown(labels_teach_and_a_saboteur_harms, open_games, close_games),
        cmocka_unit_test_setup_teardown(accuracy_is_counted_on_the_exam, open_games, close_games),
        cmocka_unit_test_setup_teardown(agreement_is_corrected_for_chance, open_games, close_games),
        cmocka_unit_test_setup_teardown(pages_answer, open_games, close_games),
        cmocka_unit_test_setup_teardown(the_sham_check_opens_the_game, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_low_wage_is_the_players_own, open_games, close_games),
        cmocka_unit_test_setup_teardown(pay_by_the_piece_is_judged_by_the_smic, open_games, close_games),
        cmocka_unit_test_setup_teardown(a_wage_is_chosen, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
