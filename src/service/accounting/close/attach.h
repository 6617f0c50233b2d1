/* What is attached (rattachement) is a charge or an income of functioning that belongs to a year without its invoice
 * or titre: a mandat or titre of 31 December bears it, and is reversed (contre-passation) in the next year.
 *
 * Source: instruction M57, tome 2; PES V2: TypPce 10 of a mandat and 11 of a titre in a bordereau 01, then 02-02-10.
 * Invariants: a mandat attaches what was done and is not ordered, on the lines of its engagement, so it reserves no
 * more; the engagement goes on in the next year for that amount (carry.h), where the invoice is ordered; nobody is
 * paid by it. Reversed once, whole, in the year after, from its first day: what that year has
 * ordered on the line goes below 0 by it, and its credits rise, until the invoice comes. */
#ifndef SERVICE_ACCOUNTING_CLOSE_ATTACH_H
#define SERVICE_ACCOUNTING_CLOSE_ATTACH_H

#include "service/accounting/spend/piece.h"

enum { ATTACH_STEP = 50 };

struct attachable {
    struct engagement engagement;
    struct money amount; /* done and not ordered; of lines of functioning */
};

/* At most ATTACH_STEP. */
MUST_USE enum status attach_list(struct ctx *ctx, const struct credit_year *year, struct attachable **ret_list,
                                 size_t *ret_count);
/* Attaches all of it, as of the last day of its year. INVALID: `faults`: attach.amount where nothing is to attach, or
 * the book's own, as its day where the complementary period is over. */
MUST_USE enum status attach_order(struct ctx *ctx, const struct credit_year *year, uint64_t engagement,
                                  struct faults *faults);
/* A titre of 31 December for income without one. INVALID: attach.section too. */
MUST_USE enum status attach_title(struct ctx *ctx, struct piece_order *order, const unsigned char id[ENTRY_ID_BYTES],
                                  struct faults *faults, uint64_t *ret_sequence);
bool attach_is(const struct piece *piece);
/* The mandats and titres that attached to that year; those to reverse alone, where that is asked. */
MUST_USE enum status attach_pieces(struct ctx *ctx, int64_t budget, int32_t year, bool is_to_reverse,
                                   struct piece **ret_pieces, size_t *ret_count);
/* In `year`, the one after. INVALID: attach.reverse. */
MUST_USE enum status attach_reverse(struct ctx *ctx, const struct credit_year *year, uint64_t piece, struct date day,
                                    struct faults *faults);

#endif
