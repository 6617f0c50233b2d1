/* Nowhere is what moyen answered about places that are none: names made of halves of real ones, asked plainly or in
 * other words.
 *
 * Made by `model nowhere` (language/model/shipped/moyen.nowhere.csv); that no commune bears a name is the table's to
 * say. Slices point into the program. */
#ifndef SERVICE_GAMES_NOWHERE_H
#define SERVICE_GAMES_NOWHERE_H

#include "base/arena.h"
#include "base/str.h"

enum { NOWHERE_CASES_MAX = 500 };

struct nowhere_case {
    struct str name, question, answer;
    bool is_plain, is_silent; /* asked plainly; "I do not know" */
    int sure;                 /* its own probability of the value it named, per cent */
};

struct nowhere {
    struct nowhere_case *cases;
    size_t count;
    struct str hash;                      /* SHA-256 of the model that answered */
    int64_t plain, silent, others, answered; /* asked plainly, silent of those; asked otherwise, answered of those */
};

/* CORRUPT: not such a file. */
MUST_USE enum status nowhere_read(struct arena *arena, struct str csv, struct nowhere *ret_nowhere);

#endif
