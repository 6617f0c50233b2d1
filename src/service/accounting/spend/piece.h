/* A piece is a mandat or a titre: the order to pay, or to collect, that goes to the accountant in a bordereau.
 *
 * Source: decree 2012-1246 articles 11 and following; PES V2 (../pes) for its codes. Invariants: its number is drawn in
 * the commit of its entry in the book, and never given again; a piece that was refused keeps it and is corrected by
 * another; nothing is paid or collected because this program says so: state and day come from the accountant's returns.
 * Rights, delegations, service done and confirmed bank accounts are asked here. */
#ifndef SERVICE_ACCOUNTING_SPEND_PIECE_H
#define SERVICE_ACCOUNTING_SPEND_PIECE_H

#include "service/accounting/pes/pes_code.h"
#include "service/accounting/spend/bill.h"

enum piece_state { PIECE_ORDERED, PIECE_TAKEN, PIECE_REFUSED, PIECE_PAID, PIECE_STATES };

struct piece {
    uint64_t sequence;
    int64_t budget;
    int32_t year;
    bool is_receipt;
    uint32_t number;
    struct str type, nature; /* TypPce, NatPce */
    struct date day, due;
    struct date done; /* service done that `due` counts from; days 0: not known */
    int64_t party, bank, bill, unit, slip; /* 0: none */
    uint64_t engagement, origin;           /* 0: none */
    struct str party_name, object;
    struct str product; /* of a titre: CodProdLoc; "" */
    int32_t place;     /* in its slip */
    uint32_t slip_number; /* as read; 0 */
    enum piece_state state;
    struct date stated;
    struct str said;
    struct money amount, remains; /* remains: not corrected yet */
};

/* What becomes a piece. */
struct piece_order {
    const struct credit_year *year;
    struct imputation *lines; /* placed here */
    size_t line_count;
    enum chart_kind kind;     /* CHART_REAL, or an operation of order */
    int64_t party, bill, unit;
    uint64_t engagement, origin;
    struct str object;
    struct str product; /* of a titre: CodProdLoc */
    struct str nature; /* NatPce; "": by section */
    struct str type;   /* TypPce; "": ordinary, or of order */
    struct date day;
    bool is_settled; /* the money moved already: no account to pay on is asked for, and whatever was paid is ordered */
    bool is_pay;     /* of a month's pay, which is of the chapter of staff (../receipt/pay.c) */
};

/* A mandat of an engagement, for all of a bill or a part of what is left of it, or without one. INVALID: `faults` says
 * why: credits, service not attested so far (piece.attested), more than is left of the bill (piece.bill), its delay is
 * interrupted (piece.interrupted), no confirmed account (piece.bank), another account than it names (piece.iban). */
MUST_USE enum status piece_order(struct ctx *ctx, struct piece_order *order, const unsigned char id[ENTRY_ID_BYTES],
                                 struct faults *faults, uint64_t *ret_sequence);
/* A mandat without an engagement (debt, payroll, operations of order): engaged and ordered at once. INVALID: real
 * expenses of that account are engaged first (piece.direct), but what was paid already, and pay. */
MUST_USE enum status piece_order_direct(struct ctx *ctx, struct piece_order *order,
                                        const unsigned char id[ENTRY_ID_BYTES], struct faults *faults,
                                        uint64_t *ret_sequence);
/* A titre. */
MUST_USE enum status piece_title(struct ctx *ctx, struct piece_order *order, const unsigned char id[ENTRY_ID_BYTES],
                                 struct faults *faults, uint64_t *ret_sequence);
bool piece_is_product(struct str product); /* CodProdLoc: four letters or digits */
/* A correction of a piece: when, why, and for which credit note (0: none). */
struct piece_change {
    struct date day;
    struct str object;
    int64_t bill;
};
/* Reduces a piece, or cancels it where the amount is all of it, by a correcting piece of its exercise: of several
 * lines in their order. INVALID: above what remains of it (I7). */
MUST_USE enum status piece_reduce(struct ctx *ctx, const struct piece *piece, struct money amount,
                                  const struct piece_change *change, const unsigned char id[ENTRY_ID_BYTES],
                                  struct faults *faults, uint64_t *ret_sequence);
/* A piece as it is given, its lines placed, that refers to an entry: for those who know what they attach, reverse or
 * cancel (../close). Who may is asked here; `bank` 0: nothing is paid. */
MUST_USE enum status piece_make(struct ctx *ctx, const struct piece_order *order, enum entry_kind kind,
                                uint64_t reference, int64_t bank, const unsigned char id[ENTRY_ID_BYTES],
                                struct faults *faults, uint64_t *ret_sequence);
/* What is left of its lines, in their order, as far as the amount goes: of the tax of each what that is of what is
 * left, so that all corrections together come to all of it, to the cent. INVALID: above what is left (piece.line). */
MUST_USE enum status piece_lines(struct ctx *ctx, const struct piece *piece, struct money amount,
                                 struct faults *faults, struct imputation **ret_lines, size_t *ret_count);
/* The lines of a piece as spend_left gives them, what is left of each, and what of that is taken away. */
struct piece_parts {
    const struct imputation *lines;
    const struct money *left, *parts;
    size_t count;
};
/* The same, so much of each line; those with 0 are left out. INVALID: above what is left of a line (piece.line). */
MUST_USE enum status piece_reduce_parts(struct ctx *ctx, const struct piece *piece, const struct piece_parts *parts,
                                        const struct piece_change *change, const unsigned char id[ENTRY_ID_BYTES],
                                        struct faults *faults, uint64_t *ret_sequence);
/* An operation of order: nothing is paid or collected. */
static inline bool piece_is_internal(const struct piece *piece)
{
    return str_eq(piece->type, STR(PES_PIECE_INTERNAL));
}
/* NOT_FOUND. */
MUST_USE enum status piece_get(struct ctx *ctx, uint64_t sequence, struct piece *ret_piece);
enum piece_which { PIECES_ALL, PIECES_WITHOUT_SLIP };
/* The newest first; at most 500. */
MUST_USE enum status piece_list(struct ctx *ctx, int64_t budget, int32_t year, bool is_receipt, enum piece_which which,
                                struct piece **ret_pieces, size_t *ret_count);
MUST_USE enum status piece_list_of_slip(struct ctx *ctx, int64_t slip, struct piece **ret_pieces, size_t *ret_count);
/* Mandats that order it; what a credit note was taken back by. */
MUST_USE enum status piece_list_of_bill(struct ctx *ctx, int64_t bill, struct piece **ret_pieces, size_t *ret_count);
/* Corrections of it, or those of an engagement. */
MUST_USE enum status piece_list_on(struct ctx *ctx, uint64_t sequence, struct piece **ret_pieces, size_t *ret_count);

#endif
