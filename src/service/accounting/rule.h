/* A rule is what an accounting act or file must obey, as data: its code, since when, its text, and how to mend.
 *
 * Source: rules.csv, one row for each; its column `source` cites the text. Invariants: codes are unique; a sentence is
 * plain French, and may hold {value} (what stands there) and {wanted} (what should). */
#ifndef SERVICE_ACCOUNTING_RULE_H
#define SERVICE_ACCOUNTING_RULE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/dates.h"

struct rule {
    struct str code, source, mend;
    struct date since, until; /* days 0: always; for ever */
};

enum { RULES_MAX = 512 };

/* By its place in the file, from 0; NOT_FOUND after the last, CORRUPT: what was shipped is damaged. */
MUST_USE enum status rule_at(struct arena *arena, size_t place, struct rule *ret_rule);
MUST_USE enum status rule_find(struct arena *arena, struct str code, struct rule *ret_rule);
/* The sentence with what stands there and what should; at most `most` bytes of each. */
void rule_say(struct buf *out, const struct rule *rule, struct str value, struct str wanted);

#endif
