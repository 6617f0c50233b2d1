/* A chart_table is one of the three lists of a chart, all seen alike: rows by code, some with a parent of their own
 * kind.
 *
 * Within this folder alone. Invariants: a row begins with its code; rows are in the order of their codes' bytes. */
#ifndef SERVICE_ACCOUNTING_CHART_CHART_TABLE_H
#define SERVICE_ACCOUNTING_CHART_CHART_TABLE_H

#include "service/accounting/chart/chart.h"

enum chart_part { CHART_CHAPTERS, CHART_ACCOUNTS, CHART_FUNCTIONS, CHART_PARTS };

struct chart_table {
    void *rows;
    size_t count, size;
    size_t parent_at; /* where in a row its parent's code stands; 0: rows have none */
};

/* What in a chart breaks one of its invariants, first. */
struct chart_break {
    const char *what; /* as in chart_of_xml */
    enum chart_part part;
    struct str code;
};

struct chart_table chart_table_of(const struct chart *chart, enum chart_part part);
void chart_table_sort(const struct chart_table *table);
/* SIZE_MAX: none of that code. */
size_t chart_table_find(const struct chart_table *table, struct str code);

/* Letters and digits, 1 to CHART_CODE_MAX. */
bool chart_is_code(struct str code);
/* What a norm, a variant and a year may be: letters, digits and '_'; four digits. */
bool chart_is_head(const struct chart *chart);

/* Each of the invariants of chart.h, on a chart whose rows are all there. INVALID, or LIMIT for "deep" and "memory". */
MUST_USE enum status chart_check(struct arena *arena, const struct chart *chart, struct chart_break *ret_break);

#endif
