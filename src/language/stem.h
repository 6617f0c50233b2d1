/* A stem is what a French word shares with its plurals, feminines and conjugated forms: "délibérées" and
 * "délibération" are alike.
 *
 * Words come folded (plain.h), so that what is typed without accents finds what is written with them. Snowball's French
 * stemmer looks for accents in places; it is applied until nothing changes, which cuts what it left for want of them.
 * */
#ifndef LANGUAGE_STEM_H
#define LANGUAGE_STEM_H

#include "base/str.h"

struct stemmer;

struct stemmer *stemmer_create(void);
void stemmer_destroy(struct stemmer *stemmer); /* NULL accepted */

/* The stem of a folded token: a slice of `word` or of the stemmer, valid until its next call. Words with digits or of
 * other scripts are their own stem. */
struct str stem_of(struct stemmer *stemmer, struct str word);

#endif
