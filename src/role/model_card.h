/* A model_card says how a model was made and how often it invents: JSON beside the model's file.
 *
 * Written by the trainer itself, so that nothing in it is from memory. Only numbers, names and hashes: whoever shows it
 * puts it in words. */
#ifndef ROLE_MODEL_CARD_H
#define ROLE_MODEL_CARD_H

#include "language/model/measure.h"
#include "role/model_data.h"

struct model_card {
    const struct model *model;
    const struct model_data *data;
    const struct measure *measure;
    const char *hash; /* of the file */
    size_t bytes, communes; /* of the file; in the world */
    size_t resumed_from, threads;
    int64_t milliseconds;
    int64_t microjoules; /* -1: not readable */
    const float *curve;
    size_t curve_count;
};

void model_card_write(const struct model_card *card, struct buf *out);

/* The measure alone: as JSON, and as lines for people. */
void model_card_measure(const struct measure *measure, struct buf *out);
void model_card_lines(const struct measure *measure, struct buf *out);

const char *model_card_kind(enum stream_kind kind);
const char *model_card_type(enum gguf_type type);
/* "f32", "f16", "q8_0"; otherwise for any other word. */
enum gguf_type model_card_type_named(struct str name, enum gguf_type otherwise);

#endif
