/* A party_code is one value of a code list of PES, with its words for people.
 *
 * Source: the lists are pes/data/codes.csv, read by pes_table; words are sentences of the house. Invariant: each code
 * of the lists NatIdTiers, CatTiers and NatJur has words (party_test.c). */
#ifndef SERVICE_ACCOUNTING_PARTY_PARTY_CODE_H
#define SERVICE_ACCOUNTING_PARTY_PARTY_CODE_H

#include "base/arena.h"
#include "core/translate.h"

enum party_list { PARTY_ID_KINDS, PARTY_CATEGORIES, PARTY_NATURES, PARTY_LISTS };

/* Codes in the order of the list (arena). CORRUPT: what was shipped is damaged. */
MUST_USE enum status party_codes(struct arena *arena, enum party_list list, const struct str **ret_codes,
                                 size_t *ret_count);
/* T_none: no words for it. */
enum text_key party_code_words(enum party_list list, struct str code);

#endif
