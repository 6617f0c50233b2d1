#include "service/accounting/spend/title_least.h"

#include "base/embed.h"
#include "service/accounting/dated_csv.h"
#include "service/accounting/figures/figure_kept.h"

EMBED(accounting_title_exempts, "src/service/accounting/spend/title_exempts.csv");

enum column { ACCOUNT = DATED_FIRST, SOURCE, COLUMNS };

static enum status is_exempt(struct arena *arena, struct str nature, struct date day, bool *ret_is)
{
    struct dated_csv table;
    enum status done;
    *ret_is = false;
    TRY(dated_csv_open(arena, str_span(accounting_title_exempts, accounting_title_exempts_end), COLUMNS, day, &table));
    while ((done = dated_csv_next(&table)) == OK)
        *ret_is |= str_starts(nature, table.row->fields[ACCOUNT]);
    return done == NOT_FOUND ? OK : done;
}

enum status title_least(struct ctx *ctx, struct str nature, struct date day, struct faults *faults,
                        struct money *ret_least)
{
    struct figure figure;
    bool is_free;
    *ret_least = (struct money){0};
    TRY(is_exempt(ctx->arena, nature, day, &is_free));
    if (is_free)
        return OK;
    TRY(figure_take(ctx, faults));
    enum status known = figure_find(ctx->arena, faults->figures, STR("title.least"), day, &figure);
    if (known == OK)
        *ret_least = (struct money){figure.value};
    return known == NOT_FOUND ? OK : known;
}

enum status title_is_enough(struct ctx *ctx, const struct imputation *lines, size_t count, struct date day,
                            struct faults *faults)
{
    struct money sum = credit_sum(lines, count), least;
    for (size_t i = 0; i < count; i++) {
        TRY(title_least(ctx, lines[i].nature, day, faults, &least));
        if (sum.cents >= least.cents)
            return OK;
    }
    if (count == 0)
        return OK;
    fault_add_money(faults, "title.least", "amount", sum, least);
    return INVALID;
}
