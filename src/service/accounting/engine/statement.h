/* A statement is what a ledger comes to, in one text of one order, so that two readers of a journal can be compared.
 *
 *     exercise principal 2026 open        for each by budget and year: "open" or "closed"
 *     drawn orders 0 12                   the last number of each series: engagements, orders, titles
 *     cell F D 011 -100000 99400 0 600    for each by section, direction and level: the cents of its four accounts
 *     entries 6 HASH                      behind all of them: how many, and the hash of the last
 *
 * Lines end with LF. Its digest is SHA-256, and tools/verify_journal.mjs comes to the same without this code. */
#ifndef SERVICE_ACCOUNTING_ENGINE_STATEMENT_H
#define SERVICE_ACCOUNTING_ENGINE_STATEMENT_H

#include "service/accounting/engine/chain.h"
#include "service/accounting/engine/ledger.h"

/* Of a ledger that holds every entry, up to the one of that hash. LIMIT: the scratch arena is too small for a pointer
 * to each cell. */
MUST_USE enum status statement_digest(const struct ledger *ledger, const struct chain_hash *hash,
                                      struct arena *scratch, struct chain_hash *ret_digest);

#endif
