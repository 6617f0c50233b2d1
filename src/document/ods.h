/* An ods is a spreadsheet as it is written: tables of typed cells, in the open form of the State (OpenDocument 1.2,
 * ISO/IEC 26300; RGI), which LibreOffice and others open.
 *
 * Why: a town's figures go to spreadsheets, and an amount must stay an amount there, a date a date, and a code "011" a
 * text that begins with a nought; a text is never a formula. Amounts come from whole cents, without floating point. The
 * same cells give the same bytes. The first row of a table is its head: named so, and again on each printed page. */
#ifndef DOCUMENT_ODS_H
#define DOCUMENT_ODS_H

#include "base/buf.h"
#include "base/dates.h"
#include "base/money.h"

enum {
    ODS_COLUMNS_MAX = 64,
    ODS_TEXT_MAX = 4000,      /* bytes of a cell */
    ODS_CONTENT_MAX = 32 << 20, /* bytes of all cells as XML */
};

enum ods_kind { ODS_TEXT, ODS_MONEY, ODS_DATE, ODS_NUMBER, ODS_NOTHING };
struct ods_cell {
    enum ods_kind kind;
    union {
        struct str text;
        struct money money;
        struct date date;
        int64_t number;
    };
};
#define ODS_OF_TEXT(words) ((struct ods_cell){.kind = ODS_TEXT, .text = (words)})
#define ODS_OF_MONEY(amount) ((struct ods_cell){.kind = ODS_MONEY, .money = (amount)})
#define ODS_OF_DATE(day) ((struct ods_cell){.kind = ODS_DATE, .date = (day)})
#define ODS_OF_NUMBER(count) ((struct ods_cell){.kind = ODS_NUMBER, .number = (count)})

struct ods {
    struct buf content;
    struct str title, language;
    bool is_in_table, has_head;
    bool is_wrong; /* called out of order, or a cell does not fit */
};

/* title and language ("fr") outlive it. */
void ods_begin(struct ods *ods, struct str title, struct str language);
void ods_table_begin(struct ods *ods, struct str name, size_t columns);
/* The first of a table is its head. */
void ods_row(struct ods *ods, const struct ods_cell *cells, size_t count);
void ods_table_end(struct ods *ods);
/* Writes the file into `out`, which is empty, and frees the rest. LIMIT: above a maximum; BUG: called out of order. */
MUST_USE enum status ods_end(struct ods *ods, struct buf *out);
/* Frees it when it is not ended. */
void ods_drop(struct ods *ods);

#endif
