#include "language/model/classifier.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/seeded.h"

enum { ARENA = 64 << 20, THEMES = 4, TESTED = 400 };

/* A text: words of its theme among words that are of none. */
static void write_text(struct seeded *seeded, size_t theme, struct buf *out)
{
    buf_clear(out);
    for (int i = 0; i < 12; i++) {
        bool is_own = seeded_below(seeded, 4) == 0;
        buf_add_format(out, "%s%u ", is_own ? "thème" : "mot",
                       (unsigned)(is_own ? theme * 30 + seeded_below(seeded, 30) : seeded_below(seeded, 200)));
    }
}

/* The share of right guesses after so many labels, of which so many in a hundred are wrong. */
static double accuracy(enum classifier_kind kind, int labels, int wrong)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct classifier *classifier;
    struct seeded seeded = {2};
    struct buf text BUF_SCOPE = BUF_INIT(1000);
    double probability[CLASSIFIER_THEMES_MAX], right = 0;
    assert_int_equal(classifier_create(arena, kind, THEMES, &classifier), OK);
    for (int i = 0; i < labels; i++) {
        size_t theme = seeded_below(&seeded, THEMES);
        write_text(&seeded, theme, &text);
        bool is_wrong = seeded_below(&seeded, 100) < (uint64_t)wrong;
        classifier_learn(classifier, buf_str(&text), is_wrong ? seeded_below(&seeded, THEMES) : theme);
    }
    for (int i = 0; i < TESTED; i++) {
        size_t theme = seeded_below(&seeded, THEMES);
        double sum = 0;
        write_text(&seeded, theme, &text);
        right += classifier_guess(classifier, buf_str(&text), probability) == theme;
        for (size_t k = 0; k < THEMES; k++)
            sum += probability[k];
        assert_true(fabs(sum - 1) < 1e-9);
    }
    return right / TESTED;
}

static void labels_are_learnt(void **state)
{
    (void)state;
    for (int kind = CLASSIFIER_BAYES; kind <= CLASSIFIER_LOGISTIC; kind++) {
        double few = accuracy((enum classifier_kind)kind, 32, 0), many = accuracy((enum classifier_kind)kind, 1500, 0);
        double spoilt = accuracy((enum classifier_kind)kind, 1500, 100);
        assert_true(many > 0.85 && few < many && few > 0.25);
        assert_true(spoilt < 0.4);
    }
}

static void a_label_can_be_taken_back(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct classifier *classifier;
    double before[CLASSIFIER_THEMES_MAX], after[CLASSIFIER_THEMES_MAX];
    assert_int_equal(classifier_create(arena, CLASSIFIER_BAYES, 2, &classifier), OK);
    classifier_learn(classifier, STR("Carte d'identité perdue"), 0);
    classifier_learn(classifier, STR("Impôts sur le revenu"), 1);
    assert_int_equal(classifier_guess(classifier, STR("ma carte d'identité"), before), 0);
    assert_int_equal(classifier_guess(classifier, STR("IMPÔTS"), after), 1);
    classifier_learn(classifier, STR("ma carte d'identité"), 1);
    classifier_forget(classifier, STR("ma carte d'identité"), 1);
    classifier_guess(classifier, STR("ma carte d'identité"), after);
    assert_true(before[0] == after[0] && before[1] == after[1]);
    assert_int_equal(classifier_guess(classifier, STR(""), after), 0);
}

static void themes_have_a_maximum(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(ARENA), *full ARENA_SCOPE = arena_create(1000);
    struct classifier *classifier;
    assert_int_equal(classifier_create(arena, CLASSIFIER_BAYES, CLASSIFIER_THEMES_MAX, &classifier), OK);
    assert_int_equal(classifier_create(arena, CLASSIFIER_BAYES, CLASSIFIER_THEMES_MAX + 1, &classifier), INVALID);
    assert_int_equal(classifier_create(arena, CLASSIFIER_BAYES, 1, &classifier), INVALID);
    assert_int_equal(classifier_create(full, CLASSIFIER_BAYES, 2, &classifier), LIMIT);
}

/* The worked example of two raters over 50 texts: 20 and 15 alike, kappa 0.4. */
static void agreement_is_cohens(void **state)
{
    (void)state;
    const uint32_t both[] = {20, 5, 10, 15}, alike[] = {3, 0, 0, 0}, none[] = {0, 0, 0, 0};
    assert_true(fabs(classifier_agreement(both, 2) - 0.4) < 1e-9);
    assert_true(classifier_agreement(alike, 2) == 1);
    assert_true(classifier_agreement(none, 2) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_learnt),
        cmocka_unit_test(a_label_can_be_taken_back),
        cmocka_unit_test(themes_have_a_maximum),
        cmocka_unit_test(agreement_is_cohens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
