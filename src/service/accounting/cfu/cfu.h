/* A cfu is a single financial account: what the accountant did with the year's budget, beside what the town says was
 * done, in one file.
 *
 * Source: files of the DGFiP (root CompteFinancierUnique, seen with version 113 of 2023); no schema of it is public.
 * Why: the council votes one account, so both must say the same, line by line. Invariants of a part that was read:
 * lines with an account alone, never the sums between them; amounts in whole cents; what is spent within an operation
 * is counted by operation, all else by chapter. Pure; lives in its arena. */
#ifndef SERVICE_ACCOUNTING_CFU_CFU_H
#define SERVICE_ACCOUNTING_CFU_CFU_H

#include "service/accounting/docbudg/docbudg.h"

enum { CFU_ROWS_MAX = 20000 /* of the accountant, totals too */ };

struct cfu_line {
    struct str nature, operation; /* operation: of expenses alone; "" for none */
    struct str chapter;           /* "" within an operation, and where it is the account itself (001, 45411) */
    enum chart_section section;
    enum chart_direction direction;
    bool is_order;
    struct money done;
};

struct cfu_part {
    struct cfu_line *lines;
    size_t count;
};

struct cfu {
    struct docbudg document;    /* the town's part, as any budget document */
    const struct xml *account;  /* DocumentComptable */
    const struct cfu_row *rows; /* of its execution, totals too: cfu_account.h */
    size_t row_count;
    struct str siret;           /* as the accountant's part says it; "" for none */
    int32_t year;
    struct cfu_part accountant, town;
};

/* From a tree; `chart` of the town's budget may be NULL. INVALID: it is no CFU ("cfu.root"), or one with sums alone
 * ("cfu.sums"); what else could not be read is in `faults` too, those of docbudg_read among them. LIMIT. */
MUST_USE enum status cfu_read(struct arena *arena, struct xml *root, struct cfu *ret_cfu, struct faults *faults);

/* That of the town's part: of its budget, else of its collectivity. */
struct str cfu_siret(const struct cfu *cfu);

/* Do its parts agree with themselves: of one SIRET and year, each accountant's line with what was ordered and
 * cancelled, with its statement, lines with the totals of chapters and operations, credits D = R? */
void cfu_check(const struct cfu *cfu, struct faults *faults);

/* ---- the town's lines, from wherever they come; chart NULL: none is known ---- */

struct cfu_line cfu_line_of(const struct docbudg_line *line, const struct chart *chart);
/* As the rules above have it: `chapter` is the one the line is counted in. */
void cfu_line_set(struct cfu_line *line, struct str nature, struct str operation, struct str chapter);

/* ---- one beside the other ---- */

enum cfu_difference_kind { CFU_TOWN_ONLY, CFU_ACCOUNTANT_ONLY, CFU_AMOUNT };
struct cfu_difference {
    /* ---- one beside the other ---- */

enum cfu_difference_kind kind;
    struct cfu_line line; /* what both are about; `done` is the town's */
    struct money accountant;
};
/* By section, direction, chapter, account and operation; lines of the same are summed, and a sum of nothing is as no
 * line. LIMIT: the arena is full, or a sum is above MONEY_MAX. */
MUST_USE enum status cfu_reconcile(struct arena *arena, struct cfu_part town, struct cfu_part accountant,
                                   struct cfu_difference **ret_differences, size_t *ret_count);
/* One a line, parted by tabs, a line of names first. */
void cfu_differences_write(struct buf *out, const struct cfu_difference *differences, size_t count);

#endif
