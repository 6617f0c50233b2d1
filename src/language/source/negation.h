/* A dropped negation is one that a passage has and a sentence that says the same no longer has: "La cantine n'est pas
 * ouverte" told again as "La cantine est ouverte".
 *
 * For guard.c. It knows words and no grammar. A passage is cut into clauses; a sentence without a negation is held
 * against the one that has most of its words. Where that one is negated, and what it negates stands in the sentence,
 * the negation was dropped. "ne ... que" only restricts, and is left alone. */
#ifndef LANGUAGE_SOURCE_NEGATION_H
#define LANGUAGE_SOURCE_NEGATION_H

#include "language/source/fact.h"

enum { NEGATION_CLAUSES_MAX = 4000 };

struct negation_clause {
    struct facts facts;
    bool is_negated;
};
struct negation_clauses LIST_OF(struct negation_clause);

/* Appends the clauses of a passage. LIMIT. */
MUST_USE enum status negation_gather(struct arena *arena, struct str passage, struct negation_clauses *clauses);

/* What was dropped, as the passage says it ("n'est pas ouverte"); absent: nothing. `facts`: of the sentence. */
struct str negation_dropped(const struct negation_clauses *clauses, const struct facts *facts);

#endif
