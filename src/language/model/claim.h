/* A claim is one checkable thing that an answer of a model of talk says, beside what the table says of it.
 *
 * Truth is the table alone; what it cannot judge is UNCLEAR and stays so. What an answer says is about whom it names: a
 * commune that bears exactly that name, of which any may make a claim true, or nobody, and then it is FALSE and its
 * name a claim of its own. An answer without a name is about the commune of the question. */
#ifndef LANGUAGE_MODEL_CLAIM_H
#define LANGUAGE_MODEL_CLAIM_H

#include "language/model/measure.h"

enum claim_kind {
    CLAIM_DEPARTMENT, /* as enum measure_field */
    CLAIM_POSTAL_CODE,
    CLAIM_POPULATION,
    CLAIM_LARGER,     /* of two communes, which has more people */
    CLAIM_NAME,       /* that there is such a commune */
    CLAIM_UNKNOWN,    /* that it does not know one */
    CLAIM_NOTHING,    /* nothing that the table could judge */
};
enum { CLAIMS_MAX = 5 };

struct claim {
    enum claim_kind kind;
    enum measure_verdict verdict;
    struct str said;                      /* a slice of the answer, or the name; absent: nothing was, or no name */
    const struct table_commune *commune;  /* whose it is; NULL: no commune bears the name, or none was named */
};

/* The first commune that a text names, by its longest name, "du Mans" and "au Mans" for "Le Mans"; NULL: none.
 * *ret_after: where the name ends. */
const struct table_commune *claim_commune(const struct table *table, struct str text, size_t *ret_after);
/* Something written like a name (a capital inside a sentence, or a question of one word) that no commune bears; absent:
 * none. */
struct str claim_unknown_name(const struct table *table, struct str text);

/* All that an answer to a question says; at least one, CLAIM_NOTHING when nothing can be judged. */
void claim_read(const struct table *table, struct str question, struct str answer, struct claim claims[CLAIMS_MAX],
                size_t *ret_count);

#endif
