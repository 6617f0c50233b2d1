/* An annex is a table that goes out with a budget: staff, loans, assets, subsidies, each a block of rows whose columns
 * the State's schema names.
 *
 * Source: DocBudg V95, Class_Personnel, Class_Emprunt, Class_Patrimoine, Class_Concours (annex_fields.csv holds what
 * they say of each column: order, form, codes, whether it must be there). Invariants: a block made here has its columns
 * in the order of the schema, values in the schema's form, and at least one row; other annexes are left alone. */
#ifndef SERVICE_ACCOUNTING_ANNEX_ANNEX_H
#define SERVICE_ACCOUNTING_ANNEX_ANNEX_H

#include "core/translate.h"
#include "document/xml.h"

enum annex_kind { ANNEX_PERSONNEL, ANNEX_EMPRUNT, ANNEX_PATRIMOINE, ANNEX_CONCOURS, ANNEX_KINDS };
enum annex_type {
    ANNEX_TEXT,
    ANNEX_NUMBER,
    ANNEX_AMOUNT,
    ANNEX_PERCENT,
    ANNEX_BOOLEAN,
    ANNEX_DATE,
    ANNEX_YEAR,
    ANNEX_SIRET,
    ANNEX_CODE,
    ANNEX_TYPES
};
enum { ANNEX_FIELDS_MAX = 128, ANNEX_ROWS_MAX = 2000 };

struct annex_field {
    struct str name;
    enum annex_type type;
    uint64_t size;    /* letters of a text, digits of a number, decimals of a percentage */
    bool is_needed;
    struct str codes; /* parted by blanks */
};

struct annex_fields {
    struct annex_field fields[ANNEX_FIELDS_MAX]; /* in the order of the schema */
    size_t count;
};

/* Why a table was not taken: the line of its text, from 1, and the column. */
struct annex_fault {
    int64_t line;
    struct str name;
    enum text_key why;
};

/* "PERSONNEL": its rows' name, DATA_PERSONNEL that of its block. */
struct str annex_name(enum annex_kind kind);
const char *annex_block_name(enum annex_kind kind);
/* CORRUPT: what was shipped is damaged. */
MUST_USE enum status annex_fields_of(struct arena *arena, enum annex_kind kind, struct annex_fields *ret_fields);

/* The block of a budget's element; NULL: it has none. */
struct xml *annex_block(const struct xml *budget, enum annex_kind kind);
/* The table as a block: names of columns in the first line, cells parted by tabs, or by ';' where the first line has no
 * tab; empty cells say nothing. Amounts, days and yes or no as people write them become as the schema writes them.
 * *ret_block is NULL where there is no line. INVALID: ret_fault; LIMIT: the arena is full. In `tree`, in `space`. */
MUST_USE enum status annex_read(struct arena *tree, enum language language, enum annex_kind kind, struct str text,
                                struct str space, struct xml **ret_block, struct annex_fault *ret_fault);
/* In the place of the one of that kind, where the schema has it; NULL takes it out. */
MUST_USE enum status annex_put(struct arena *tree, struct xml *budget, enum annex_kind kind, struct xml *block);
/* The columns of a block that any row fills, in the order of the schema. */
size_t annex_columns(const struct annex_fields *fields, const struct xml *block, enum annex_kind kind,
                     const struct annex_field *ret_columns[ANNEX_FIELDS_MAX]);
/* "" where the row does not say it. */
struct str annex_value(const struct xml *row, struct str name);
/* As annex_read takes it. */
void annex_write(struct buf *out, const struct xml *block, enum annex_kind kind,
                 const struct annex_field *const *columns, size_t count);
/* One line of such a table, from whoever makes one: cells parted by ';', which becomes a comma within one. */
MUST_USE enum status annex_line(struct buf *out, const struct str *cells, size_t count);

#endif
