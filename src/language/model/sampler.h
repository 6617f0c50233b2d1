/* A sampler turns logits into exact probabilities, and draws by them.
 *
 * Sums are of doubles in the order of the tokens. Temperature 0 is the likeliest token alone, of two the first. */
#ifndef LANGUAGE_MODEL_SAMPLER_H
#define LANGUAGE_MODEL_SAMPLER_H

#include "base/seeded.h"

#include <stddef.h>

struct sampler_choice {
    uint16_t token;
    double probability;
};

/* probability[i] for each of `count` tokens. */
void sampler_probabilities(const float *logits, size_t count, float temperature, double *probability);
/* Of one token at temperature 1. */
double sampler_probability(const float *logits, size_t count, uint16_t token);
/* The likeliest of any number of tokens, of two the first, and -log of its probability at temperature 1, which is at
 * least 0. */
size_t sampler_surest(const float *logits, size_t count, double *ret_surprise);
uint16_t sampler_likeliest(const float *logits, size_t count);
/* A token, drawn with exactly these probabilities but for what 53 bits cannot say. */
uint16_t sampler_draw(const double *probability, size_t count, struct seeded *seeded);
/* The likeliest `max`, most likely first, of equal ones the first token first. */
size_t sampler_best(const double *probability, size_t count, struct sampler_choice *choices, size_t max);

#endif
