/* Codes of PES V2 by the names this program has for them, so that no number of theirs stands twice.
 *
 * Source: the code lists of the schemas, data/codes.csv (data/README.md); pes_code_test holds each against its label.
 * Texts, for STR and STR_INIT. Where a mandat and a titre differ, the name says whose it is. */
#ifndef SERVICE_ACCOUNTING_PES_PES_CODE_H
#define SERVICE_ACCOUNTING_PES_PES_CODE_H

/* TypBord */
#define PES_SLIP_ORDINARY "01"
#define PES_SLIP_REDUCING "02"
#define PES_SLIP_REGULARISED "04" /* of titres, and only comes back, as the next one */
#define PES_SLIP_MONEY "05"       /* head of a P503 */
#define PES_SLIP_MULTIPLE "06"    /* of titres: several debtors (ORMC) */

/* TypPce */
#define PES_PIECE_ORDINARY "01"
#define PES_PIECE_CORRECTING "02"
#define PES_PIECE_INTERNAL "03" /* an operation of order: nothing is paid or collected */
#define PES_PIECE_AFTER "05"    /* issued after the money moved */
#define PES_ORDER_ATTACHED "10" /* mandat de rattachement */
#define PES_TITLE_ATTACHED "11" /* titre de rattachement */
#define PES_TITLE_MULTIPLE "15" /* of several debtors (ORMC) */

/* NatPce */
#define PES_NATURE_FUNCTIONING "01"
#define PES_NATURE_INVESTMENT "02"
#define PES_NATURE_INVENTORY "03"
#define PES_NATURE_LOAN "04" /* capital and interest in one piece, of both sections */
#define PES_NATURE_REGIE "05"
#define PES_NATURE_REDUCING "06"
#define PES_NATURE_OTHER "09"     /* cancels a piece of the other sense: a mandat a titre, a titre a mandat */
#define PES_NATURE_DETACHING "10" /* takes a rattachement back */
#define PES_ORDER_PAY "11"        /* of a mandat */

/* NatPceOrig: what a line goes back to */
#define PES_LINK_SAME "01"  /* a mandat for a mandat, a titre for a titre */
#define PES_LINK_OTHER "02" /* the other of the two */
#define PES_LINK_MONEY "03" /* a payment, or a receipt */
#define PES_LINK_LOST "04"  /* of a mandat: list of what will not be paid (non-valeur) */
#define PES_LINK_RISE "05"  /* of a titre: list of surcharges (majoration) */

/* ModRegl */
#define PES_WAY_CASH "01"
#define PES_WAY_CHEQUE "02"
#define PES_WAY_TRANSFER "03"
#define PES_WAY_FILE "04" /* transfers of a file of their own */
#define PES_WAY_LARGE "05"
#define PES_WAY_ABROAD "06"
#define PES_WAY_ATTACHED "07" /* a budget attached to this one */
#define PES_WAY_ORDER "08"    /* an operation of order */
#define PES_WAY_NOTICE "09"
#define PES_WAY_DEBIT "10"  /* prélèvement; with an account or without one (R22) */
#define PES_WAY_INSIDE "11" /* virement interne */

/* Edition */
#define PES_EDITION_CENTRAL "01" /* the DGFiP prints and posts it */

#endif
