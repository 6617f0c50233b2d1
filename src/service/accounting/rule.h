/* A rule is what an accounting act or file must obey, as data: its code, since when, its text, and how to mend.
 *
 * Source: rules.csv, one row for each; its column `source` cites the text. Invariants: codes are unique; a sentence is
 * plain French, and may hold {value} (what stands there), {wanted} (what should) and {place} (where). */
#ifndef SERVICE_ACCOUNTING_RULE_H
#define SERVICE_ACCOUNTING_RULE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/dates.h"

struct rule {
    struct str code, source, mend;
    struct date since, until; /* days 0: always; for ever */
};

enum { RULES_MAX = 512, RULE_VALUE_MAX = 200, RULE_WANTED_MAX = 1000 /* bytes that a sentence shows */ };

/* By its place in the file, from 0; NOT_FOUND after the last, CORRUPT: what was shipped is damaged. */
MUST_USE enum status rule_at(struct arena *arena, size_t place, struct rule *ret_rule);
MUST_USE enum status rule_find(struct arena *arena, struct str code, struct rule *ret_rule);
/* What a sentence speaks of. */
struct rule_words {
    struct str place, value, wanted;
};
/* The sentence with these in it: what is longer than may be shown is cut between characters, and ends in "…". */
void rule_say(struct buf *out, const struct rule *rule, const struct rule_words *words);

#endif
