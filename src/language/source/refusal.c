#include "language/source/refusal.h"

#include <math.h>

_Static_assert(REFUSAL_GAP == REFUSAL_SCORE + SEARCH_FEATURES, "the features of a search stand in their order");

void refusal_features(const struct question *question, const struct search_result *results, size_t count,
                      float features[REFUSAL_FEATURES])
{
    memset(features, 0, REFUSAL_FEATURES * sizeof *features);
    features[REFUSAL_ONE] = 1;
    features[REFUSAL_LEN] = (float)question->asked_count / 10;
    float rarest = 0;
    for (size_t i = 0; i < question->asked_count; i++) {
        bool is_unknown = question->slots[i].stem == LIBRARY_NONE;
        if (is_unknown && question->asked_idf > 0)
            features[REFUSAL_UNKNOWN] += question->slots[i].idf / question->asked_idf;
        bool is_met = count > 0 && (results[0].named >> i & 1) != 0;
        if (!is_met && question->slots[i].idf > rarest)
            rarest = question->slots[i].idf;
    }
    features[REFUSAL_MISSING] = question->asked_idf > 0 ? rarest / question->asked_idf : 1;
    if (count == 0)
        return;
    for (size_t f = 0; f < SEARCH_FEATURES; f++)
        features[REFUSAL_SCORE + f] = results[0].features[f];
    features[REFUSAL_GAP] = count > 1 && results[0].score > 0 ? 1 - results[1].score / results[0].score : 1;
}

float refusal_chance(const struct refusal_model *model, const float features[REFUSAL_FEATURES])
{
    double sum = 0;
    for (size_t f = 0; f < REFUSAL_FEATURES; f++)
        sum += (double)model->weights[f] * (double)features[f];
    return (float)(1 / (1 + exp(-sum)));
}

bool refusal_of(const struct refusal_model *model, const struct question *question,
                const struct search_result *results, size_t count)
{
    float features[REFUSAL_FEATURES];
    if (count == 0 || question->asked_count == 0)
        return true;
    refusal_features(question, results, count, features);
    return features[REFUSAL_COVER] < model->cover || refusal_chance(model, features) < model->threshold;
}
