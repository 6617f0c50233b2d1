/* A classifier learns from labels which theme a text is of: naive Bayes, or logistic regression.
 *
 * Why both: naive Bayes counts words, so what each label did to it can be shown (game 9); logistic regression weighs
 * them and goes further with many labels (nothing but its tests uses it yet). Both take one label at a time, and forget
 * one again when it is taken back (Bayes alone). Words are plain tokens, told apart by a hash: two words may share a
 * place, of which there are many. Lives in the arena given; the same labels in the same order give the same
 * classifier. */
#ifndef LANGUAGE_MODEL_CLASSIFIER_H
#define LANGUAGE_MODEL_CLASSIFIER_H

#include "base/arena.h"
#include "base/str.h"

enum {
    CLASSIFIER_THEMES_MAX = 16,
    CLASSIFIER_PLACES = 1 << 14,
    CLASSIFIER_WORDS_MAX = 512,  /* of a text; what comes later is not read */
    CLASSIFIER_TEXT_MAX = 8192,  /* bytes, likewise */
};

enum classifier_kind { CLASSIFIER_BAYES, CLASSIFIER_LOGISTIC };

struct classifier {
    enum classifier_kind kind;
    size_t themes;
    float *weight;  /* by theme and place: how often seen, or the weight */
    float *pace;    /* logistic: sums of squares, which slow a weight down */
    float bias[CLASSIFIER_THEMES_MAX], bias_pace[CLASSIFIER_THEMES_MAX];
    double words[CLASSIFIER_THEMES_MAX], labels[CLASSIFIER_THEMES_MAX];
};

/* INVALID: fewer than 2 themes, or too many. */
MUST_USE enum status classifier_create(struct arena *arena, enum classifier_kind kind, size_t themes,
                                       struct classifier **ret_classifier);
void classifier_learn(struct classifier *classifier, struct str text, size_t theme);
/* Takes a label back that was learnt. Bayes alone: what a logistic one learnt is spread over its weights. */
void classifier_forget(struct classifier *classifier, struct str text, size_t theme);
/* The likeliest theme; probability of each. */
size_t classifier_guess(const struct classifier *classifier, struct str text,
                        double probability[CLASSIFIER_THEMES_MAX]);

/* How often the words of a text were seen under each theme, all together. Bayes alone. */
void classifier_seen(const struct classifier *classifier, struct str text, double ret_seen[CLASSIFIER_THEMES_MAX]);

/* Agreement between two labellers beyond chance (Cohen's kappa): both[i * themes + k] texts had i from one, k from the
 * other. 0 when nothing was labelled. */
double classifier_agreement(const uint32_t *both, size_t themes);

#endif
