/* A record is one flat object of a list in JSON, as published tables of places are written: names, with texts, numbers
 * or lists of texts.
 *
 * What it reads is a slice of the bytes given. Text with an escape is refused: the published tables
 * have none, and a name that was changed on the way would be a false fact. */
#ifndef LANGUAGE_MODEL_RECORD_H
#define LANGUAGE_MODEL_RECORD_H

#include <stdbool.h>

#include "language/json.h"

enum { RECORD_FIELDS_MAX = 32, RECORD_LIST_MAX = 64 };

struct record_field {
    struct str name;
    struct str text;   /* absent: it is no text */
    int64_t number;    /* 0: it is no whole number */
    size_t list_from, list_count; /* of record->list */
};

struct record {
    struct record_field fields[RECORD_FIELDS_MAX];
    size_t count;
    struct str list[RECORD_LIST_MAX]; /* of all its lists */
    size_t list_count;
};

/* Takes the list's next object; *json begins as that of the whole file (json_of). NOT_FOUND: the list ended. LIMIT:
 * more fields or items than above. INVALID: not of this form. */
MUST_USE enum status record_next(struct json *json, struct record *ret_record);
/* The field of that name; NULL when there is none. */
const struct record_field *record_field(const struct record *record, const char *name);
struct str record_text(const struct record *record, const char *name); /* absent when there is none */

#endif
