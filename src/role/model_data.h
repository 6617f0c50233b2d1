/* A model_data is what verbs of the small model read from disk: the table's folder, and a model's file. */
#ifndef ROLE_MODEL_DATA_H
#define ROLE_MODEL_DATA_H

#include "core/verb.h"
#include "language/model/model.h"

enum { MODEL_DATA_MAX = 64 << 20, MODEL_HASH_TEXT = 65 };

struct model_data {
    size_t communes_len, departments_len;
    struct table table;
    char hash[MODEL_HASH_TEXT]; /* SHA-256 of communes.json and departements.json, one behind the other */
    char communes_hash[MODEL_HASH_TEXT], departments_hash[MODEL_HASH_TEXT];
};

/* Of the folder named by --data; lives in `always`. Refuses in words. Without the option it is the table that comes
 * with the program, whose files' lengths and own hashes are not known. */
MUST_USE enum status model_data_read(struct ctx *ctx, struct verb_call *call, struct model_data **ret_data);
/* A model's file, whole and unaltered; its hash goes to `hash`. Lives in `always`. */
MUST_USE enum status model_data_load(struct ctx *ctx, struct verb_call *call, struct str path,
                                     struct model *ret_model, char hash[MODEL_HASH_TEXT]);
/* A verb's number, `least` to `most`; `usual` where there is none of that kind. */
uint64_t model_data_number(const struct verb_call *call, const char *name, uint64_t least, uint64_t most,
                           uint64_t usual);
/* --threads, or as many as there are processors, at most `most`. */
size_t model_data_threads(const struct verb_call *call, size_t most);
/* Writes SHA-256 in hexadecimal, ended by a zero. */
void model_data_hash(struct str bytes, char hash[MODEL_HASH_TEXT]);
/* A path as the C library wants it; NULL: too long. */
const char *model_data_path(struct ctx *ctx, struct str path);

#endif
