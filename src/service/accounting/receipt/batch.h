/* A batch is a list of titres that came as a CSV (canteen, rents): looked at row by row, then made with one press.
 *
 * Invariants: its file, who brought it and who pressed stay with it; nothing is made while one row has a fault; the id
 * of each titre's command is that of the batch with the row's place in it, so a batch pressed twice makes nothing twice
 * (I6); a row whose titre stands is not made again by another batch. A long list is read and made in steps of the
 * writer: what can refuse was looked at before the first, and where a right or an exercise ends meanwhile the batch
 * stops, says why, and goes on with the next press. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_BATCH_H
#define SERVICE_ACCOUNTING_RECEIPT_BATCH_H

#include "service/accounting/spend/piece.h"

enum batch_state {
    BATCH_READING, BATCH_FAULTY, BATCH_READY, BATCH_MAKING, BATCH_MADE, BATCH_STOPPED, BATCH_DROPPED, BATCH_STATES
};
enum {
    BATCH_FILE_MAX = 1 << 20, /* bytes */
    BATCH_ROWS_MAX = 5000,
    BATCH_LABEL_MAX = 100,    /* bytes, as of the two below */
    BATCH_BASIS_MAX = 200,
    BATCH_NAME_MAX = 100,
    BATCH_LIST_MAX = 200,
    BATCH_SHOWN_MAX = 200, /* rows on its page */
    BATCH_READ_STEP = 100, /* rows that one step of the writer reads, and makes */
    BATCH_MAKE_STEP = 40,
};

struct batch {
    int64_t id, budget;
    int32_t year;
    struct str label, file_name;
    struct date day;
    int64_t unit; /* 0: none */
    unsigned char command[ENTRY_ID_BYTES];
    enum batch_state state;
    int64_t read_from, read_line;
    struct str brought_by, pressed_by; /* names; "" */
    struct instant brought, pressed;
    int64_t presser; /* 0: nobody yet */
    struct str said;
    int64_t rows, faulty, made; /* as read */
    struct money sum;           /* of rows without a fault */
};

struct batch_row {
    int64_t place, line, party; /* party 0: not found */
    struct str party_text, party_name, object, nature, function, product, basis, fault;
    struct money amount;
    uint64_t sequence; /* its titre; 0 */
    uint32_t number;   /* of it; 0 */
};

/* A column of the file. */
struct batch_column {
    const char *name, *english;
    bool is_needed;
    enum text_key told;
    const char *sample;
};
enum batch_columns { BATCH_PARTY, BATCH_OBJECT, BATCH_ACCOUNT, BATCH_FUNCTION, BATCH_AMOUNT, BATCH_PRODUCT, BATCH_BASIS,
                     BATCH_COLUMNS };
extern const struct batch_column batch_columns[BATCH_COLUMNS];

/* What somebody brings. */
struct batch_order {
    struct str label, file_name, file;
    struct date day;
    int64_t unit;
    unsigned char command[ENTRY_ID_BYTES];
};
/* Kept, and its first rows read. INVALID: `faults` says why: batch.file (no text, too large), batch.columns,
 * batch.label, batch.day. The same command again gives the batch it gave. */
MUST_USE enum status batch_bring(struct ctx *ctx, const struct credit_year *year, const struct batch_order *order,
                                 struct faults *faults, int64_t *ret_id);
/* Read anew, once parties were added. CONFLICT: it was pressed. */
MUST_USE enum status batch_again(struct ctx *ctx, const struct batch *batch);
/* CONFLICT: it was pressed. */
MUST_USE enum status batch_drop(struct ctx *ctx, const struct batch *batch);
/* A list of one step is made whole or not at all, a longer one begins. INVALID: `faults`; CONFLICT: it has faults or is
 * still being read. OK where it was pressed before. */
MUST_USE enum status batch_press(struct ctx *ctx, const struct batch *batch, struct faults *faults);
/* The next step of a batch that is being read or made: a job of the service. NOT_FOUND: none is. */
MUST_USE enum status batch_step(struct ctx *ctx);

/* NOT_FOUND. */
MUST_USE enum status batch_get(struct ctx *ctx, int64_t id, struct batch *ret_batch);
/* Its file, as it came. */
MUST_USE enum status batch_file(struct ctx *ctx, int64_t id, struct str *ret_file);
/* The newest first, those dropped apart; of each: id, label, day, state, who brought it and when. */
MUST_USE enum status batch_list(struct ctx *ctx, int64_t budget, int32_t year, struct batch **ret_batches,
                                size_t *ret_count);
/* By place, after `after`; at most BATCH_SHOWN_MAX. */
MUST_USE enum status batch_rows(struct ctx *ctx, int64_t batch, bool is_faulty, int64_t after,
                                struct batch_row **ret_rows, size_t *ret_count);
struct batch_total {
    struct str nature, function;
    int64_t rows;
    struct money sum;
};
/* Of rows without a fault, by account and function. */
MUST_USE enum status batch_totals(struct ctx *ctx, int64_t batch, struct batch_total **ret_totals, size_t *ret_count);

/* ---- its parts (batch_read.c, batch_make.c) ---- */

/* INVALID: the file is no list: `faults`. */
MUST_USE enum status batch_look(struct ctx *ctx, struct str file, struct faults *faults);
/* The next rows of it, with their faults; the state follows at the end. */
MUST_USE enum status batch_read(struct ctx *ctx, const struct batch *batch, const struct credit_year *year);
/* The next titres of it. INVALID: one is refused, `faults`; those before stand. */
MUST_USE enum status batch_make(struct ctx *ctx, const struct batch *batch, const struct credit_year *year,
                                struct faults *faults);

#endif
