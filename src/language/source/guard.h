/* A guard strikes from a rewording every sentence that says what no quoted passage says: a number, an amount, a
 * delay, a date, a proper name, a negation; or that drops a negation which its passage has (negation.h).
 *
 * Why: a machine that rewords a passage errs where it costs most, in figures and names. The guard knows no meaning;
 * it compares, and where it cannot tell it strikes. Numbers are compared as values and with the unit behind them
 * (fact.h): "2 mois" is not "2 ans", and no date is made of the day of one and the year of another. */
#ifndef LANGUAGE_SOURCE_GUARD_H
#define LANGUAGE_SOURCE_GUARD_H

#include "base/arena.h"
#include "base/str.h"

enum { GUARD_TEXT_MAX = 64 << 10, GUARD_SENTENCES_MAX = 500 };

enum guard_reason { GUARD_CLEAN, GUARD_NUMBER, GUARD_NAME, GUARD_NEGATION, GUARD_DROPPED };

struct guard_sentence {
    struct str text;           /* a slice of the rewording */
    enum guard_reason reason;  /* GUARD_CLEAN: may be shown */
    struct str what;           /* the words it is struck for, a slice; DROPPED: of the passage; absent */
};

/* Sentences of the rewording in their order (arena). LIMIT: longer than GUARD_TEXT_MAX, or more facts than can be
 * kept; nothing may be shown then. */
MUST_USE enum status guard_check(struct arena *arena, struct str rewording, const struct str *passages,
                                 size_t passage_count, struct guard_sentence **ret_sentences, size_t *ret_count);

#endif
