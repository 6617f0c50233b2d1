#include "language/model/sampler.h"

#include <math.h>

static size_t likeliest(const float *logits, size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (logits[i] > logits[best])
            best = i;
    return best;
}

uint16_t sampler_likeliest(const float *logits, size_t count)
{
    return (uint16_t)likeliest(logits, count);
}

size_t sampler_surest(const float *logits, size_t count, double *ret_surprise)
{
    size_t best = likeliest(logits, count);
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += exp((double)logits[i] - (double)logits[best]);
    *ret_surprise = log(sum);
    return best;
}

void sampler_probabilities(const float *logits, size_t count, float temperature, double *probability)
{
    uint16_t best = sampler_likeliest(logits, count);
    double most = (double)logits[best], sum = 0;
    for (size_t i = 0; i < count; i++) {
        probability[i] = temperature > 0 ? exp(((double)logits[i] - most) / (double)temperature) : i == best;
        sum += probability[i];
    }
    for (size_t i = 0; i < count; i++)
        probability[i] /= sum;
}

double sampler_probability(const float *logits, size_t count, uint16_t token)
{
    double most = (double)logits[sampler_likeliest(logits, count)], sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += exp((double)logits[i] - most);
    return exp((double)logits[token] - most) / sum;
}

uint16_t sampler_draw(const double *probability, size_t count, struct seeded *seeded)
{
    double drawn = (double)(seeded_next(seeded) >> 11) * 0x1p-53, until = 0;
    size_t last = 0;
    for (size_t i = 0; i < count; i++) {
        until += probability[i];
        if (probability[i] > 0)
            last = i;
        if (drawn < until)
            return (uint16_t)i;
    }
    return (uint16_t)last; /* rounding left the sum a little below 1 */
}

size_t sampler_best(const double *probability, size_t count, struct sampler_choice *choices, size_t max)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = kept;
        while (at > 0 && choices[at - 1].probability < probability[i])
            at--;
        if (at == max)
            continue;
        kept += kept < max;
        for (size_t k = kept - 1; k > at; k--)
            choices[k] = choices[k - 1];
        choices[at] = (struct sampler_choice){(uint16_t)i, probability[i]};
    }
    return kept;
}
