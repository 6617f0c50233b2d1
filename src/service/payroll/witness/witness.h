/* A witness computes payslips that others have made again, and says line by line where they differ.
 *
 * Files: a JSON object with `cas`, or an array of cases, as others publish them: `entree` (what is known of the agent),
 * `attendu` or `recalcule` with the groups `lignes`, `salarie` and `employeur`, amounts as text. Amounts are compared
 * to the cent. What is read of a case is what this header names; a field that nothing reads makes the case wrong, so
 * that no difference hides behind it. Pure. */
#ifndef SERVICE_PAYROLL_WITNESS_WITNESS_H
#define SERVICE_PAYROLL_WITNESS_WITNESS_H

#include "base/buf.h"
#include "service/payroll/law/law.h"

enum { WITNESS_FILE_MAX = 16 << 20, WITNESS_CASES_MAX = 100000 };

struct witness_tally {
    size_t cases, right, wrong, outside; /* outside: of the right, those with no line that is ours */
};

/* Writes each case and line, and the tally. INVALID: not of a known form; *ret_what says what is wrong (of the arena).
 * LIMIT: `out` is full, or there are too many cases. */
MUST_USE enum status witness_print(struct arena *arena, const struct law *law, struct str json, bool is_json,
                                   struct buf *out, struct witness_tally *ret_tally, struct str *ret_what);

/* The same for ordinary sick leave: each case has `arrets` (du, au, prolongation, exempte), and the days of each kind
 * by month and in all. */
MUST_USE enum status witness_sick_leave(struct arena *arena, struct str json, bool is_json, struct buf *out,
                                        struct witness_tally *ret_tally, struct str *ret_what);
/* The same for NIR, as CSV: nir13, cle, origine. A key is right unless `origine` begins with INVALIDE. */
MUST_USE enum status witness_nir(struct arena *arena, struct str csv, bool is_json, struct buf *out,
                                 struct witness_tally *ret_tally, struct str *ret_what);

#endif
