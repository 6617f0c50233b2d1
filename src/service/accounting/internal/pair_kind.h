/* A pair kind says which accounts an operation of order puts against one another, as data.
 *
 * Source: pairs.csv; each row cites the charts that let its accounts be used so. Invariants: codes are unique; an
 * account is named by how it begins; "" takes any that the chart allows; each code has its sentence (lang/). */
#ifndef SERVICE_ACCOUNTING_INTERNAL_PAIR_KIND_H
#define SERVICE_ACCOUNTING_INTERNAL_PAIR_KIND_H

#include "service/accounting/spend/credit.h"

enum { PAIR_KINDS_MAX = 40 };

struct pair_kind {
    struct str code, norm; /* norm "": any */
    enum chart_kind order; /* CHART_BETWEEN or CHART_WITHIN */
    struct str expense, receipt;
    struct str nature; /* NatPce; "": by section */
    enum text_key words; /* what people call it */
    struct str source;
};

/* NOT_FOUND: none has that code. CORRUPT: what was shipped is damaged. */
MUST_USE enum status pair_kind(struct arena *arena, struct str code, struct pair_kind *ret_kind);
/* The one that people call so in ctx->language. NOT_FOUND, CORRUPT as above. */
MUST_USE enum status pair_kind_named(struct ctx *ctx, struct str words, struct pair_kind *ret_kind);
/* "M57-M57_A" begins with its norm. */
static inline bool pair_kind_is_for(const struct pair_kind *kind, struct str nomenclature)
{
    return str_starts(nomenclature, kind->norm);
}
/* Those a budget of that nomenclature may use, in the order of the file. */
MUST_USE enum status pair_kinds(struct arena *arena, struct str nomenclature, struct pair_kind **ret_kinds,
                                size_t *ret_count);
/* The account that begins so and may be used in that sense, the shortest first ("675", "6751" in the abridged chart);
 * "" where the chart has none. */
struct str pair_account(const struct credit_year *year, struct str prefix, enum chart_kind kind,
                        enum chart_direction direction);

#endif
