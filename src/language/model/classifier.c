#include "language/model/classifier.h"

#include <math.h>

#include "base/utf8.h"
#include "language/plain.h"
#include "language/token.h"

enum status classifier_create(struct arena *arena, enum classifier_kind kind, size_t themes,
                              struct classifier **ret_classifier)
{
    if (themes < 2 || themes > CLASSIFIER_THEMES_MAX)
        return INVALID;
    struct classifier *classifier = arena_new(arena, struct classifier);
    if (classifier == NULL)
        return LIMIT;
    *classifier = (struct classifier){.kind = kind, .themes = themes};
    classifier->weight = arena_array(arena, float, themes * CLASSIFIER_PLACES);
    classifier->pace = arena_array(arena, float, themes * CLASSIFIER_PLACES);
    if (classifier->weight == NULL || classifier->pace == NULL)
        return LIMIT;
    *ret_classifier = classifier;
    return OK;
}

/* The places of a text's words, one for each word. */
static size_t read_words(struct str text, uint16_t places[CLASSIFIER_WORDS_MAX])
{
    char bytes[3 * CLASSIFIER_TEXT_MAX + 16];
    struct buf plain = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    struct str token;
    size_t count = 0;
    plain_write(&plain, utf8_prefix(text, CLASSIFIER_TEXT_MAX));
    struct str rest = buf_str(&plain);
    while (count < CLASSIFIER_WORDS_MAX && token_next(&rest, &token)) {
        uint32_t hash = 2166136261U;
        for (size_t i = 0; i < token.len; i++)
            hash = (hash ^ (unsigned char)token.at[i]) * 16777619U;
        if (token.len > 2) /* shorter ones say nothing of a theme */
            places[count++] = (uint16_t)((hash ^ hash >> 15) % CLASSIFIER_PLACES);
    }
    return count;
}

/* Scores become probabilities; the place of the highest. */
static size_t soften(double *score, size_t count)
{
    size_t best = 0;
    double sum = 0;
    for (size_t i = 1; i < count; i++)
        best = score[i] > score[best] ? i : best;
    double most = score[best];
    for (size_t i = 0; i < count; i++)
        sum += score[i] = exp(score[i] - most);
    for (size_t i = 0; i < count; i++)
        score[i] /= sum;
    return best;
}

/* Each word and each theme was seen a little more than it was (Lidstone, a tenth). */
static double bayes_score(const struct classifier *classifier, const uint16_t *places, size_t count, size_t theme)
{
    const double little = 0.1;
    const float *weight = classifier->weight + theme * CLASSIFIER_PLACES;
    double below = classifier->words[theme] + little * CLASSIFIER_PLACES, score = log(classifier->labels[theme] + 1);
    for (size_t i = 0; i < count; i++)
        score += log(((double)weight[places[i]] + little) / below);
    return score;
}

/* Words of a text count for as much together, however many they are. */
static double logistic_score(const struct classifier *classifier, const uint16_t *places, size_t count, size_t theme)
{
    const float *weight = classifier->weight + theme * CLASSIFIER_PLACES;
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (double)weight[places[i]];
    return (double)classifier->bias[theme] + (count > 0 ? sum / sqrt((double)count) : 0);
}

static size_t guess(const struct classifier *classifier, const uint16_t *places, size_t count, double *probability)
{
    for (size_t theme = 0; theme < classifier->themes; theme++)
        probability[theme] = classifier->kind == CLASSIFIER_BAYES
                                 ? bayes_score(classifier, places, count, theme)
                                 : logistic_score(classifier, places, count, theme);
    return soften(probability, classifier->themes);
}

size_t classifier_guess(const struct classifier *classifier, struct str text,
                        double probability[CLASSIFIER_THEMES_MAX])
{
    uint16_t places[CLASSIFIER_WORDS_MAX];
    size_t count = read_words(text, places);
    return guess(classifier, places, count, probability);
}

static void count_words(struct classifier *classifier, const uint16_t *places, size_t count, size_t theme, float one)
{
    float *weight = classifier->weight + theme * CLASSIFIER_PLACES;
    for (size_t i = 0; i < count; i++)
        weight[places[i]] += one;
    classifier->words[theme] += (double)one * (double)count;
    classifier->labels[theme] += (double)one;
}

/* A step down the slope, the shorter the more a weight has moved already (AdaGrad). */
static void move(float *weight, float *pace, float slope)
{
    *pace += slope * slope;
    *weight -= 0.5F * slope / sqrtf(*pace + 1e-8F);
}

static void learn_slopes(struct classifier *classifier, const uint16_t *places, size_t count, size_t theme)
{
    double probability[CLASSIFIER_THEMES_MAX];
    guess(classifier, places, count, probability);
    for (size_t other = 0; other < classifier->themes; other++) {
        float slope = (float)probability[other] - (other == theme ? 1.0F : 0.0F);
        float each = count > 0 ? slope / sqrtf((float)count) : 0;
        size_t from = other * CLASSIFIER_PLACES;
        for (size_t i = 0; i < count; i++)
            move(&classifier->weight[from + places[i]], &classifier->pace[from + places[i]], each);
        move(&classifier->bias[other], &classifier->bias_pace[other], slope);
    }
    classifier->labels[theme]++;
}

void classifier_learn(struct classifier *classifier, struct str text, size_t theme)
{
    uint16_t places[CLASSIFIER_WORDS_MAX];
    size_t count = read_words(text, places);
    REQUIRE(theme < classifier->themes);
    if (classifier->kind == CLASSIFIER_BAYES)
        count_words(classifier, places, count, theme, 1);
    else
        learn_slopes(classifier, places, count, theme);
}

void classifier_forget(struct classifier *classifier, struct str text, size_t theme)
{
    uint16_t places[CLASSIFIER_WORDS_MAX];
    size_t count = read_words(text, places);
    REQUIRE(classifier->kind == CLASSIFIER_BAYES && theme < classifier->themes && classifier->labels[theme] >= 1);
    count_words(classifier, places, count, theme, -1);
}

void classifier_seen(const struct classifier *classifier, struct str text, double ret_seen[CLASSIFIER_THEMES_MAX])
{
    uint16_t places[CLASSIFIER_WORDS_MAX];
    size_t count = read_words(text, places);
    for (size_t theme = 0; theme < classifier->themes; theme++) {
        ret_seen[theme] = 0;
        for (size_t i = 0; i < count; i++)
            ret_seen[theme] += (double)classifier->weight[theme * CLASSIFIER_PLACES + places[i]];
    }
}

double classifier_agreement(const uint32_t *both, size_t themes)
{
    double all = 0, same = 0, chance = 0;
    for (size_t i = 0; i < themes; i++) {
        same += both[i * themes + i];
        for (size_t k = 0; k < themes; k++)
            all += both[i * themes + k];
    }
    for (size_t i = 0; all > 0 && i < themes; i++) {
        double first = 0, second = 0;
        for (size_t k = 0; k < themes; k++) {
            first += both[i * themes + k];
            second += both[k * themes + i];
        }
        chance += first / all * second / all;
    }
    return all == 0 ? 0 : chance >= 1 ? 1 : (same / all - chance) / (1 - chance);
}
