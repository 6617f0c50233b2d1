/* A speaker is a model at work: it hears tokens one by one and says how likely each next one is.
 *
 * What it heard stays in a cache of keys and values, so that one more token costs one pass for one row. Invariants:
 * what it says depends on the tokens heard alone, in their order; it hears at most the context it was trained for. One
 * speaker serves one caller at a time; lives in its arena; the model outlives it. */
#ifndef LANGUAGE_MODEL_SPEAKER_H
#define LANGUAGE_MODEL_SPEAKER_H

#include "language/model/model.h"
#include "language/model/sampler.h"

struct speaker {
    const struct model *model;
    const struct kernel *kernel;
    size_t position; /* tokens heard */
    float *keys, *values; /* by layer, head, position */
    float *same, *cross;
    float *x, *normed, *inward, *seen, *mixed, *gated, *added;
    float *acted; /* by layer */
    float *logits;
};

MUST_USE enum status speaker_create(struct arena *arena, const struct kernel *kernel, const struct model *model,
                                    struct speaker **ret_speaker);
/* Forgets all it heard. */
void speaker_restart(struct speaker *speaker);
/* Hears a token; speaker->logits are for the one after it. LIMIT: the context is full. */
MUST_USE enum status speaker_hear(struct speaker *speaker, uint16_t token);
/* Hears a text. LIMIT: it has more tokens than fit. */
MUST_USE enum status speaker_hear_text(struct speaker *speaker, struct str text);

/* What each of size.hidden neurons of a layer gave for the token heard last: gate times up, before the way down. */
const float *speaker_neurons(const struct speaker *speaker, size_t layer);

/* One token that was said, and how likely it was of all (at temperature 1). */
struct speaker_said {
    uint16_t token;
    float probability;
};
enum { SPEAKER_SAID_MAX = NET_CONTEXT_MAX };

/* Says what follows up to a line end, which is heard and not counted. At temperature 0 always the likeliest; else drawn
 * with `seeded`. The text goes to `out` (NULL: nowhere). Stops too when `said` or the context is full. Before the first
 * token something must have been heard. */
void speaker_say(struct speaker *speaker, float temperature, struct seeded *seeded, struct speaker_said *said,
                 size_t max, size_t *ret_count, struct buf *out);

/* Every next token with its exact probability at this temperature, the likeliest first; at most `max`. */
size_t speaker_choices(const struct speaker *speaker, float temperature, struct sampler_choice *choices, size_t max);

#endif
