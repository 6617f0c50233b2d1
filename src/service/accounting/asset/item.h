/* An item is one asset of a town's inventory (état de l’actif): what it cost, on which account, since when, and how it
 * is depreciated.
 *
 * Source: CGCT, article R2321-1; instruction M57 (inventory numbers, accounts 28, order operations 042/040).
 * Invariants: an inventory number is of one item of its budget; an item is never erased, only gone; a year is charged
 * once for all items, by one internal mandat (6811; 681 in the abridged chart) and one internal titre (28), both or
 * none. Whoever calls has asked for RIGHT_READ; changes ask for RIGHT_PREPARE, the year's charge as spend/piece.h
 * says. */
#ifndef SERVICE_ACCOUNTING_ASSET_ITEM_H
#define SERVICE_ACCOUNTING_ASSET_ITEM_H

#include "service/accounting/asset/asset.h"
#include "service/accounting/spend/piece.h"

enum {
    ITEM_NUMBER_MAX = 25,  /* IdActif of PES V2 */
    ITEM_NUMBER_KEPT = 30, /* some were taken in before that was so */
    ITEM_LABEL_MAX = 100,  /* bytes, as the annex has them */
    ITEMS_MAX = 5000,      /* of one file that is taken over */
    ITEM_FILE_MAX = 2 << 20,
};

struct item {
    int64_t id, budget;
    struct str number, label, nature;
    struct str kind; /* as struct asset */
    struct date commissioned;
    struct money cost;
    int32_t years; /* 0: it is not depreciated */
    enum asset_basis basis;
    struct money before; /* depreciated elsewhere, */
    int32_t before_year; /* until the end of that year; 0: nothing */
    uint64_t piece;      /* the mandat that paid it; 0 */
    struct date gone;    /* days 0: it is there */
    struct money price;  /* of its sale */
};

/* INVALID: `faults` says why: item.*, asset.*. */
MUST_USE enum status item_add(struct ctx *ctx, const struct credit_year *year, const struct item *item,
                              struct faults *faults, int64_t *ret_id);
/* NOT_FOUND. */
MUST_USE enum status item_get(struct ctx *ctx, int64_t id, struct item *ret_item);
/* By account and number; those that are gone too. */
MUST_USE enum status item_list(struct ctx *ctx, int64_t budget, struct item **ret_items, size_t *ret_count);
/* NOT_FOUND: none has that inventory number. */
MUST_USE enum status item_numbered(struct ctx *ctx, int64_t budget, struct str number, int64_t *ret_id);
/* It is there no more: its year is charged for the days until then, and none after. INVALID: item.gone, item.day. */
MUST_USE enum status item_leave(struct ctx *ctx, const struct item *item, struct date day, struct money price,
                                struct faults *faults);

/* From the year after what was depreciated elsewhere; none where it is not depreciated. It ends with the
 * day on which it left. */
MUST_USE enum status item_plan(const struct item *item, struct faults *faults, struct asset_plan *ret_plan);
/* What a year is charged with, and what is left at its end. */
struct item_year {
    struct money charge, left;
};
MUST_USE enum status item_year(const struct item *item, int32_t year, struct faults *faults,
                               struct item_year *ret_year);

struct item_waiting {
    uint64_t piece;
    uint32_t number;
    struct date day;
    struct str object, party, nature;
    struct money amount;
};
/* Mandats on class 2 that nothing in the inventory comes from; at most 50. */
MUST_USE enum status item_waiting(struct ctx *ctx, int64_t budget, int32_t year, struct item_waiting **ret_waiting,
                                  size_t *ret_count);

/* "urbanisme": what the law sets a ceiling for, as forms and pages say it; "" for none. */
struct str item_kind_word(struct str kind);

/* How operations of order are asked for. */
struct item_order {
    struct date day;
    struct str product; /* of the titre: CodProdLoc */
    unsigned char id[ENTRY_ID_BYTES];
};

/* ---- its sale ---- */

struct item_disposal {
    struct money net, gain; /* net book value on leaving; what the price is above it, or below */
    uint64_t piece;         /* a mandat of its sale that stands; 0: not written */
};
/* Nothing in it where the asset is there. */
MUST_USE enum status item_disposal_of(struct ctx *ctx, const struct item *item, struct faults *faults,
                                      struct item_disposal *ret_disposal);
/* Its operations of order (../internal), all or none; the titre of the price is made as any. INVALID: item.there,
 * item.free, item.disposed, or as pair_make. */
MUST_USE enum status item_dispose(struct ctx *ctx, const struct credit_year *year, const struct item *item,
                                  const struct item_order *order, struct faults *faults, uint64_t *ret_piece);

/* ---- the year's charge ---- */

/* *ret_piece: its mandat; 0: not recorded yet. *ret_sum: what it is, or would be. */
MUST_USE enum status item_charge_of(struct ctx *ctx, const struct credit_year *year, struct money *ret_sum,
                                    uint64_t *ret_piece);
/* In a job that fails whole where a part does. INVALID: item.charged, item.nothing, item.plan, credits. */
MUST_USE enum status item_charge(struct ctx *ctx, const struct credit_year *year, const struct item_order *order,
                                 struct faults *faults, uint64_t *ret_piece);

/* ---- taken over ---- */

/* CSV with names of columns first: numero, designation, compte, date, cout, duree, amorti, annee. All or nothing, where
 * count and sum of costs are those expected. INVALID: item.file, item.count, item.total, or what an item lacks. */
MUST_USE enum status item_import(struct ctx *ctx, const struct credit_year *year, struct str csv, int64_t count,
                                 struct money sum, struct faults *faults);

#endif
