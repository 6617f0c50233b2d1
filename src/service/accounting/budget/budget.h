/* A budget is what a town votes for an establishment; an act is one document of it for a year: the primitive budget, an
 * amending decision, the account.
 *
 * Invariants: an act's lines are all there or it is not shown; what came in goes out again saying the same (document/
 * xml.h, xml_same), so a line keeps in `extra` what this program has no field for. Amounts are whole cents. */
#ifndef SERVICE_ACCOUNTING_BUDGET_BUDGET_H
#define SERVICE_ACCOUNTING_BUDGET_BUDGET_H

#include "core/ctx.h"
#include "service/accounting/docbudg/docbudg.h"

enum {
    BUDGET_FRAME_MAX = 8 << 20, /* bytes of a document without its lines */
    BUDGET_EXTRA_MAX = 4 << 10, /* bytes of what else a line says */
    BUDGET_LINES_MAX = DOCBUDG_LINES_MAX,
};

#define BUDGET_TRANSFER "VC" /* the kind of an act that no document of the State knows: credits moved by delegation */

struct budget_act {
    int64_t id, document, place; /* place: among the budgets of its document, from 0 */
    struct str label, siret;     /* of its budget */
    int32_t year;
    struct str kind, number;     /* docbudg.h: act, act_number */
    struct str nomenclature;
    struct date decided;         /* days 0: not said */
    bool is_draft;
    struct instant annulled;     /* ms 0: it is not (budget_annul.h) */
    struct str annulled_why;
};

/* A primitive or a supplementary budget opens, besides what is voted, what was carried over. */
static inline bool budget_takes_over(const struct budget_act *act)
{
    return str_eq(act->kind, STR(DOCBUDG_PRIMITIVE)) || str_eq(act->kind, STR(DOCBUDG_SUPPLEMENTARY));
}

/* It says what was done (09, 10), and is made of mandats and titres (../cfu) or brought in, never typed in. */
static inline bool budget_is_account(const struct budget_act *act)
{
    return str_eq(act->kind, STR(DOCBUDG_ACCOUNT)) || str_eq(act->kind, STR(DOCBUDG_SINGLE));
}

/* One line as a row keeps it; `has` and `amounts` as in docbudg.h. */
struct budget_line {
    int64_t place; /* in its document, from 1 */
    struct str nature, function, operation, chapter, function_chapter, operation_chapter;
    struct str group_chapter; /* where it is counted: as written, else that of its account */
    enum chart_direction direction;
    enum chart_kind kind;
    enum chart_section section;
    bool has[DOCBUDG_AMOUNTS];
    struct money amounts[DOCBUDG_AMOUNTS];
    struct str extra; /* XML: <LigneBudget> with what has no field here; "": nothing */
};

/* Sums of one section and direction. */
struct budget_total {
    enum chart_section section;
    enum chart_direction direction;
    int64_t lines;
    struct money amounts[DOCBUDG_AMOUNTS];
};

/* ---- what there is ---- */

/* The newest year first; at most 500. */
MUST_USE enum status budget_acts(struct ctx *ctx, struct budget_act **ret_acts, size_t *ret_count);
/* NOT_FOUND: none of that number. */
MUST_USE enum status budget_act(struct ctx *ctx, int64_t id, struct budget_act *ret_act);
/* That of a SIRET, a year, a kind ("01", or BP, DM, BS, CA, CFU) and a number (absent: the only one). NOT_FOUND. */
MUST_USE enum status budget_act_named(struct ctx *ctx, struct str siret, int32_t year, struct str kind,
                                      struct str number, struct budget_act *ret_act);
/* By section, direction, chapter and account; sums of a CFU's file apart. */
MUST_USE enum status budget_lines(struct ctx *ctx, int64_t act, struct budget_line **ret_lines, size_t *ret_count);
/* At most four; a section nobody knows is left out. */
MUST_USE enum status budget_totals(struct ctx *ctx, int64_t act, struct budget_total *ret_totals, size_t *ret_count);
/* In the order of the document, sums too, after the line at `place` (0: from the first); at most 500. */
MUST_USE enum status budget_lines_after(struct ctx *ctx, int64_t act, int64_t place, struct budget_line **ret_lines,
                                        size_t *ret_count);
/* The acts of a document in its order, and the document without its lines. */
MUST_USE enum status budget_document(struct ctx *ctx, int64_t document, struct str *ret_frame, int64_t *ret_acts,
                                     size_t *ret_count);

/* ---- what comes in: a document, its acts, their lines piece by piece, and then it is there ---- */

MUST_USE enum status budget_document_begin(struct ctx *ctx, struct str frame, int64_t *ret_document);
/* CONFLICT "accounting.act_there": one of that budget, year, kind and number stands, and `replaces` is false. What an
 * interrupted one left is swept away. INVALID: the act has no SIRET, year or kind. */
MUST_USE enum status budget_act_begin(struct ctx *ctx, int64_t document, const struct budget_act *act,
                                      struct str budget_kind, bool replaces, int64_t *ret_act);
MUST_USE enum status budget_line_add(struct ctx *ctx, int64_t act, const struct budget_line *line);
/* It is there, and what it replaces is gone. */
MUST_USE enum status budget_document_end(struct ctx *ctx, int64_t document);
/* It, its acts and their lines are gone. */
MUST_USE enum status budget_document_drop(struct ctx *ctx, int64_t document);

/* ---- lines as elements (budget_form.c) ---- */

/* The element of a line, in the order of the schema and as its budget names things, becomes the last child of `lines`.
 * LIMIT: the arena is full. INVALID, CORRUPT: extra is nothing that this program wrote. */
MUST_USE enum status budget_add_line(struct arena *arena, const struct budget_line *line, const struct xml *budget,
                                     struct xml *lines);
/* What a line says, with what has no field here in `extra`. LIMIT: that is above BUDGET_EXTRA_MAX. */
MUST_USE enum status budget_line_of(struct arena *arena, const struct docbudg_line *line, const struct chart *chart,
                                    struct budget_line *ret_line);
/* A line without Nature, at that place. */
MUST_USE enum status budget_sum_of(struct arena *arena, const struct xml *element, int64_t place,
                                   struct budget_line *ret_line);
/* Takes the lines out of a budget's element; and puts the children of `lines` where they belong. */
void budget_take_lines(struct xml *budget);
void budget_put_lines(struct xml *budget, struct xml *lines);

#endif
