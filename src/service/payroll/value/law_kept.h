/* A law value that is kept is a number of the law (law/law.h) that a town added beside those of the program: a decree,
 * before the program has it; or a choice of its own council.
 *
 * Somebody enters it from the text, another person approves it, having seen what it changes; it is known from then on.
 * Invariants: its code is one of law.csv and its unit that one's; it has a text; with what is known already it
 * leaves no hole and no overlap (law_check); who approves did not enter it. Nothing is changed: one that is wrong is
 * dropped, and another entered. Each change stands in the audit log. */
#ifndef SERVICE_PAYROLL_VALUE_LAW_KEPT_H
#define SERVICE_PAYROLL_VALUE_LAW_KEPT_H

#include "core/ctx.h"
#include "service/payroll/law/law.h"
#include "service/payroll/value/law_kept_sql.h"

enum { LAW_KEPT_MAX = 500, LAW_KEPT_TEXT_MAX = 300 /* bytes */, LAW_KEPT_FILE_MAX = 256 << 10 };

typedef struct sql_law_kept_list_row law_kept_row;

/* The newest first, those dropped too. */
MUST_USE enum status law_kept_list(struct ctx *ctx, law_kept_row **ret_rows, size_t *ret_count);
/* NOT_FOUND. */
MUST_USE enum status law_kept_get(struct ctx *ctx, int64_t id, law_kept_row *ret_row);
/* As a line of law.csv, known since it was approved; before, since now. */
void law_kept_write(struct ctx *ctx, struct buf *text, const law_kept_row *row);

struct law_kept_given {
    struct str code, value, trust, source, link, scope; /* "37,65 %" of ratios, "59,0734" of euros, "3/100" */
    struct date since, until, again;                    /* days 0: none */
};
/* In a job. DENIED: no PAYROLL_PREPARE. INVALID "payroll.law_*", with the sentence; *ret_other (may be NULL): the row
 * that it overlaps, or leaves a hole behind. */
MUST_USE enum status law_kept_add(struct ctx *ctx, const struct law_kept_given *given, struct str *ret_other);
/* A decree as rows of law.csv: all of them, or none. *ret_line: the line that is refused. */
MUST_USE enum status law_kept_import(struct ctx *ctx, struct str file, int64_t *ret_line, struct str *ret_other);
/* DENIED "payroll.apart": who entered it; CONFLICT: it was approved, or dropped. */
MUST_USE enum status law_kept_approve(struct ctx *ctx, int64_t id);
/* What is not approved yet goes; what was approved is taken back, and known no longer. */
MUST_USE enum status law_kept_drop(struct ctx *ctx, int64_t id);

#endif
