/* A journal format is one of the open forms in which a journal goes out, for programs of others and for years to come.
 *
 *     jsonl    an entry a line, with all that is in it: journal_line.h; the one form that is read again
 *     csv      a posting a row, for spreadsheets: no text of it is taken for a formula
 *     ledger   a plain text journal (hledger, ledger): an entry a transaction, so that others come to its sums
 *
 * Accounts of the last are cells and their accounts, principal:2026:F:D:011:available; what comes to one is above 0 and
 * what goes from it below, so balances are struct cell's sums. Labels stand in comments before the transaction,
 * where neither program reads anything into them. Entries are well formed (entry_form). */
#ifndef SERVICE_ACCOUNTING_ENGINE_JOURNAL_FORMAT_H
#define SERVICE_ACCOUNTING_ENGINE_JOURNAL_FORMAT_H

#include "service/accounting/engine/chain.h"
#include "service/accounting/engine/entry.h"

enum journal_format { JOURNAL_JSONL, JOURNAL_CSV, JOURNAL_LEDGER, JOURNAL_FORMATS };

enum { JOURNAL_WRITTEN_MAX = 1 << 21 /* bytes: an entry in any of them */ };

/* "jsonl", "csv", "ledger"; NULL: no more. */
const char *journal_format_name(enum journal_format format);
/* NOT_FOUND: none is called so. */
MUST_USE enum status journal_format_named(struct str name, enum journal_format *ret_format);

/* What stands before the first entry: names of columns, or what the file is. */
void journal_begin(struct buf *out, enum journal_format format);
/* The next entry, at most JOURNAL_WRITTEN_MAX. */
void journal_write(struct buf *out, enum journal_format format, const struct entry *entry,
                   const struct chain_hash *hash);

#endif
