/* A document of budgets made again from what a town keeps: its frame with its lines in it. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_MAKE_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_MAKE_H

#include "service/accounting/annex/annex.h"
#include "service/accounting/budget/budget.h"

/* A document without its lines: acts[i] is the act of read.budgets[i]. */
struct budget_frame {
    struct xml *root;
    struct docbudg read;
    int64_t acts[DOCBUDG_BUDGETS_MAX];
    size_t act_count;
};

/* In `tree`. NOT_FOUND: no such document; CORRUPT: it is not what was kept. */
MUST_USE enum status budget_frame_read(struct ctx *ctx, struct arena *tree, int64_t document,
                                       struct budget_frame *ret_frame);
/* The level at which an assembly votes: by article or else by chapter (NatVote, "FcIa": c by chapter, a by article);
 * and by operation of equipment (OpeEquip). */
struct budget_levels {
    bool is_by_article[2]; /* by chart_section */
    bool is_by_operation;
};
MUST_USE enum status budget_frame_levels(struct ctx *ctx, const struct budget_act *act,
                                         struct budget_levels *ret_levels);
/* A document begins with the frame of another act, as that of `act` (kind, number, year), and so does the act itself.
 * INVALID "accounting.no_draft": out of that document none can be made; as budget_act_begin. */
MUST_USE enum status budget_frame_begin(struct ctx *ctx, const struct budget_act *from, const struct budget_act *act,
                                        int64_t *ret_document, int64_t *ret_act);
/* A budget's element says it was voted that day; the frame of an act does. */
void budget_frame_date(struct arena *tree, struct xml *budget, struct date day);
MUST_USE enum status budget_frame_vote(struct ctx *ctx, const struct budget_act *act, struct date day);
/* The frame of an act says that it takes over results. */
MUST_USE enum status budget_frame_reported(struct ctx *ctx, const struct budget_act *act);
/* ...that operations of equipment are voted. */
MUST_USE enum status budget_frame_operations(struct ctx *ctx, const struct budget_act *act);
/* A table of the draft is what the text says (annex/annex.h). INVALID: ret_fault; LIMIT: it is too long. */
MUST_USE enum status budget_frame_annex(struct ctx *ctx, const struct budget_act *act, enum annex_kind kind,
                                        struct str text, struct annex_fault *ret_fault);
/* The whole document, in `tree`. */
MUST_USE enum status budget_make(struct ctx *ctx, struct arena *tree, int64_t document, struct xml **ret_root);
/* INVALID "accounting.not_docbudg": no document of the State knows its kind; CONFLICT "accounting.not_official": it was
 * prepared with a chart of another year. */
MUST_USE enum status budget_need_official(struct ctx *ctx, const struct budget_act *act);

#endif
