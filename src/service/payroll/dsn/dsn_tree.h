/* A dsn_tree is the records of a declaration: one occurrence of a block each, below the one it belongs to.
 *
 * A record begins where the block changes or a rubric comes again; S10.G00.00 holds a sending, S20.G00.05 a
 * declaration within it, S05 and S06 what carries them. Invariants: records stand in the order of their lines; those
 * below one stand behind it, up to `end`; depth is at most DSN_DEPTH_MAX. Pure. */
#ifndef SERVICE_PAYROLL_DSN_DSN_TREE_H
#define SERVICE_PAYROLL_DSN_DSN_TREE_H

#include "service/payroll/dsn/dsn_fault.h"

enum { DSN_DEPTH_MAX = 16 };
#define DSN_NO_RECORD UINT32_MAX

enum dsn_block {
    DSN_ENVELOPE = 55100,      /* S05.G51.00 */
    DSN_GROUP = 65100,         /* S06.G51.00 */
    DSN_ENVELOPE_END = 955100, /* S95.G51.00 */
    DSN_GROUP_END = 965100,    /* S96.G51.00 */
    DSN_SENDING = 100000,      /* S10.G00.00 */
    DSN_SENDER = 100001,
    DSN_SENDER_CONTACT = 100002,
    DSN_DECLARATION = 200005,  /* S20.G00.05 */
    DSN_CONTACT = 200007,
    DSN_EMPLOYER = 210006,
    DSN_PLACE = 210011,        /* an establishment */
    DSN_PAYMENT = 210020,
    DSN_DUE = 210022,
    DSN_DUE_LINE = 210023,
    DSN_PERSON = 210030,
    DSN_CONTRACT = 210040,
    DSN_CHANGE = 210041,
    DSN_PAID = 210050,
    DSN_PAY = 210051,
    DSN_PREMIUM = 210052,
    DSN_INCOME = 210054,
    DSN_TAX_CORRECTION = 210056,
    DSN_NET_PART = 210058,
    DSN_STOP = 210060,
    DSN_LEFT = 210062,
    DSN_SUSPENSION = 210065,
    DSN_BASE = 210078,
    DSN_CONTRIBUTION = 210081,
    DSN_TOTAL = 900090,        /* S90.G00.90 */
};

struct dsn_record {
    uint32_t block;
    uint32_t first, count; /* lines of the file */
    uint32_t parent;       /* a record, or DSN_NO_RECORD */
    uint32_t end;          /* the first record that does not stand below it */
};

struct dsn_tree {
    struct dsn_record *at;
    size_t count;
};

/* LIMIT: no room. What is out of order, without its parent or too often goes to the faults. */
MUST_USE enum status dsn_tree_of(struct arena *arena, const struct dsn_file *file, const struct dsn_norm *norm,
                                 struct dsn_faults *faults, struct dsn_tree *ret_tree);

/* The next record of that block directly below one, from `from` on; DSN_NO_RECORD behind the last. To begin with:
 * the record behind the parent. */
uint32_t dsn_tree_below(const struct dsn_tree *tree, uint32_t parent, uint32_t block, uint32_t from);

#endif
