/* A shipped model comes with the program: its file, its card, and what it says of the communes it was shown.
 *
 * The bytes stand in the program itself, from src/language/model/shipped; the README there says how they were made. */
#ifndef LANGUAGE_MODEL_SHIPPED_H
#define LANGUAGE_MODEL_SHIPPED_H

#include "base/str.h"

struct shipped_model {
    struct str name; /* nano, petit, moyen */
    struct str file; /* model_read takes it */
    struct str card; /* JSON */
    struct str deck; /* CSV: each commune of its world, true facts, times seen, what it says, verdicts */
    struct str survey; /* which texts each of its neurons answers most to (survey.h) */
};

/* NOT_FOUND: none of that name. */
MUST_USE enum status shipped_model(struct str name, struct shipped_model *ret_model);

/* What moyen answers to the same questions in five wordings, as `model wordings` writes it. */
struct str shipped_wordings(void);

/* What moyen answers about places that are none, as `model nowhere` writes it. */
struct str shipped_nowhere(void);
/* What nano says of its communes after other meals, as `model feed` writes it. */
struct str shipped_meals(void);

/* The communes of France as the program brings them (language/model/table_text.h). */
struct str shipped_communes(void);

#endif
