/* A synonym is another word, or other words, that citizens or offices use for the same thing: "carte grise" and
 * "certificat d'immatriculation".
 *
 * The table is data: groups of phrases that mean the same in French public services, folded (language/plain.h) and
 * without elided articles, each with what it rests on (synonym_table.c). */
#ifndef LANGUAGE_SOURCE_SYNONYM_H
#define LANGUAGE_SOURCE_SYNONYM_H

#include "base/str.h"

enum { SYNONYM_PHRASES_MAX = 5, SYNONYM_WORDS_MAX = 8 };

struct synonym {
    struct str phrases[SYNONYM_PHRASES_MAX]; /* up to the first that is absent */
};

extern const struct synonym synonyms[];
extern const size_t synonym_count;

#endif
