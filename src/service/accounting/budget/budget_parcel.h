/* A budget_parcel is a piece of a document on its way from the command that read it to the town: one line of text each.
 *
 * 'D' and the document without its lines, 'A' and an act, 'L' and a line of the act whose place it says; JSON behind
 * the letter. Bytes come from a command of the same program; what does not fit is INVALID all the same. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_PARCEL_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_PARCEL_H

#include "service/accounting/budget/budget.h"

void budget_parcel_document(struct buf *out, struct str frame, bool replaces);
/* A budget that says no SIRET has that of its collectivity. */
void budget_parcel_act(struct buf *out, const struct docbudg *document, size_t place);
void budget_parcel_line(struct buf *out, const struct budget_line *line, int64_t act_place);

/* What a town knows of the document that comes. */
struct budget_coming {
    int64_t document, acts[DOCBUDG_BUDGETS_MAX];
    size_t act_count;
    int64_t lines;
    bool replaces;
};

/* Takes one line of text in. As budget_document_begin, budget_act_begin and budget_line_add refuse. */
MUST_USE enum status budget_parcel_take(struct ctx *ctx, struct str line, struct budget_coming *coming);

/* As words, from step to step of a verb. */
void budget_coming_write(struct buf *out, const struct budget_coming *coming);
MUST_USE enum status budget_coming_read(struct str words, struct budget_coming *ret_coming);

#endif
