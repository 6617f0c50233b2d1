/* A dsn_norm is what the technical specification of a version says: rubrics, their values, and which block stands
 * below which.
 *
 * Source: data/ (data/README.md says where each file comes from). A rubric is a number: S21.G00.40.057 is 210040057,
 * and its block, S21.G00.40, is 210040. Each norm holds the envelope V01R02 too. Invariants: rubrics and the values of
 * each are unique; every parent is a block. Pure; read-only once made; lives in its arena. */
#ifndef SERVICE_PAYROLL_DSN_DSN_NORM_H
#define SERVICE_PAYROLL_DSN_DSN_NORM_H

#include "base/arena.h"
#include "base/buf.h"

enum {
    DSN_RUBRICS_MAX = 1000,
    DSN_VALUES_MAX = 4000,
    DSN_PLACES_MAX = 800,
    DSN_KEYS_MAX = 200,
    DSN_SLOTS = 4096,
    DSN_CODE = 14,         /* bytes of "S21.G00.40.057" */
    DSN_BLOCK_CODE = 10,   /* "S21.G00.40" */
    DSN_VALUE_CODE_MAX = 8,
    DSN_MANY = 0,          /* a block may stand as often as one likes */
    DSN_AROUND = 0,        /* the nature of what stands around every declaration */
};

struct dsn_value {
    uint64_t packed; /* its code, the first byte highest */
    struct str code, label;
};

struct dsn_rubric {
    uint32_t number;
    uint16_t most;    /* characters */
    char type;        /* X text, N number, D date */
    uint16_t old;     /* of block 40: the rubric of block 41 that says what stood there before; 0: none */
    uint16_t first, count; /* among the values; count 0: free */
    struct str label;
};

/* Where a block stands in a nature of declaration. */
struct dsn_place {
    uint8_t nature;   /* 1 to 10, or DSN_AROUND */
    uint32_t block, parent; /* parent 0: none */
    int32_t least, most;    /* most DSN_MANY */
    struct str name;
};

struct dsn_norm {
    struct str version; /* "P26V01" */
    struct dsn_rubric *rubrics; /* by number */
    struct dsn_value *values;
    struct dsn_place *places;
    size_t rubric_count, value_count, place_count;
    uint32_t *keys;  /* by number: the rubrics without which an occurrence of their block names nothing */
    size_t key_count;
    uint16_t *slots; /* DSN_SLOTS of them: a place among the rubrics, from 1 */
};

/* NOT_FOUND: no such version is shipped. LIMIT: no room; CORRUPT: what was shipped is damaged. */
MUST_USE enum status dsn_norm_shipped(struct arena *arena, struct str version, struct dsn_norm *ret_norm);
/* Those shipped, the newest first: NOT_FOUND behind the last. */
MUST_USE enum status dsn_norm_version(size_t place, struct str *ret_version);

/* NULL: the norm has none. */
const struct dsn_rubric *dsn_norm_rubric(const struct dsn_norm *norm, uint32_t number);
const struct dsn_value *dsn_norm_value(const struct dsn_norm *norm, const struct dsn_rubric *rubric, struct str code);
/* In that nature; where it has none, of what stands around, then of the monthly declaration. NULL: nowhere. */
const struct dsn_place *dsn_norm_place(const struct dsn_norm *norm, uint8_t nature, uint32_t block);

/* "S21.G00.40.057" as 210040057; 0: it is not of that form. */
uint32_t dsn_number(struct str code);
/* The first ten bytes of such a code, as 210040; 0 as above. */
uint32_t dsn_block_number(struct str code);
/* Appends the code of a rubric, or of a block. */
void dsn_number_write(struct buf *out, uint32_t number);

#endif
