/* A journal line is an entry and its hash as one line of JSON: the open form that says all, and that is read again.
 *
 * Every field is there, once, whatever their order: what entry_write would make of what was read are the same bytes,
 * so the chain of hashes can be proven from the lines alone, also by programs of others (tools/verify_journal.mjs).
 * Numbers are whole, amounts cents, days "2026-06-01", the instant milliseconds since 1970, id and hash hexadecimal:
 *
 *     {"sequence":3,"id":"…","kind":"order","internal":false,"series":0,"number":1,"instant":1780000000000,
 *     "day":"2026-06-01","entered":"2026-06-01","actor":7,"reference":2,"budget":"principal","exercise":2026,
 *     "label":"…","postings":[{"section":"F","direction":"D","level":"011","from":"reserved","to":"ordered",
 *     "cents":600}],"hash":"…"} */
#ifndef SERVICE_ACCOUNTING_ENGINE_JOURNAL_LINE_H
#define SERVICE_ACCOUNTING_ENGINE_JOURNAL_LINE_H

#include "service/accounting/engine/chain.h"
#include "service/accounting/engine/entry.h"

enum { JOURNAL_LINE_MAX = 1 << 19 /* bytes: the longest entry, and blanks */ };

/* Of an entry that is well formed (entry_form), with its line end. */
void journal_line_write(struct buf *out, const struct entry *entry, const struct chain_hash *hash);
/* With or without its line end. INVALID: no such line, or longer than JOURNAL_LINE_MAX; LIMIT: the arena is full. Texts
 * are slices of the line or lie in the arena. As with entry_read, what was read is not yet well formed. */
MUST_USE enum status journal_line_read(struct arena *arena, struct str line, struct entry *ret_entry,
                                       struct chain_hash *ret_hash);

#endif
