/* A model is a trained net with its pieces and what is known of its making: what a file holds and a game asks.
 *
 * Its file is a gguf of the architecture llama, which other programs read too, with values of our own ("parvis.") for
 * the making and a checksum over all other bytes. Invariants: a model that was read fits together: sizes, pieces and
 * tensors agree, and its bytes are those that were written. Lives in the arena given; the file's bytes may go. */
#ifndef LANGUAGE_MODEL_MODEL_H
#define LANGUAGE_MODEL_MODEL_H

#include "language/model/gguf.h"
#include "language/model/net.h"
#include "language/model/stream.h"

enum { MODEL_FILE_MAX = 300 << 20, MODEL_FORMAT = 1 };

/* How it was made: with the same data, all that is needed to make it again. */
struct model_making {
    struct str name;       /* nano, petit, moyen */
    enum stream_kind kind;
    enum world_extent extent;
    struct str department;
    struct str data;       /* SHA-256 of the table's files, in hexadecimal */
    uint64_t seed, steps, sequences;
};

struct model {
    struct net net;
    struct pieces pieces;
    struct model_making making;
    enum gguf_type type; /* of its matrices in the file */
};

void model_write(const struct model *model, enum gguf_type type, struct buf *out);
/* CORRUPT: cut off, altered, or no model of ours. CONFLICT: of another version. LIMIT: too large. */
MUST_USE enum status model_read(struct arena *arena, struct str bytes, struct model *ret_model);

#endif
