/* A licence is what the right holder of a text allows, from a closed list: what may be shown of it, and whether a model
 * may learn from it.
 *
 * The list is law and contract as data: each line names its text. A code that is not in it allows nothing. */
#ifndef SERVICE_SOURCE_LICENCE_H
#define SERVICE_SOURCE_LICENCE_H

#include "base/str.h"
#include "core/translate.h"

enum licence_show {
    LICENCE_NOTHING, /* neither words nor name, but to whoever edits the sources */
    LICENCE_LINK,    /* title and link; its words are neither shown nor searched */
    LICENCE_QUOTE,   /* short quotations with their source */
    LICENCE_WHOLE,   /* the whole text with its source */
};

enum { LICENCE_CODE_MAX = 32, LICENCE_QUOTE_MAX = 600 /* bytes of one short quotation */ };

struct licence {
    const char *code;
    enum text_key name;
    const char *link; /* its text; "" where there is none */
    enum licence_show show;
    bool may_train; /* told to who asks; no training of parvis reads a source (README.md) */
};

/* The list; *ret_count of them. */
const struct licence *licence_list(size_t *ret_count);
/* NULL: no licence of that code. */
const struct licence *licence_find(struct str code);

#endif
