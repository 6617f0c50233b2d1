#include "service/accounting/spend/slice.h"

#include "core/town.h"
#include "service/accounting/budget/budget_programme_use.h"
#include "service/accounting/spend/slice_sql.h"

enum status slice_cut(struct faults *faults, const struct imputation *lines, size_t count, struct money amount,
                      struct slice *ret_slice)
{
    struct slice slice = {.now = arena_array(faults->arena, struct imputation, count + 1),
                          .later = arena_array(faults->arena, struct imputation, count + 1)};
    struct money whole = credit_charge(lines, count), rest = amount;
    if (slice.now == NULL || slice.later == NULL)
        return LIMIT;
    if (amount.cents <= 0 || amount.cents > whole.cents) {
        fault_add_money(faults, "programme.slice", "slice", amount, whole);
        return INVALID;
    }
    for (size_t i = 0; i < count; i++) {
        struct money part = {lines[i].net.cents < rest.cents ? lines[i].net.cents : rest.cents};
        struct imputation line = lines[i];
        rest.cents -= part.cents;
        line.net = part;
        if (part.cents > 0)
            slice.now[slice.now_count++] = line;
        line.net.cents = lines[i].net.cents - part.cents;
        if (line.net.cents > 0)
            slice.later[slice.later_count++] = line;
    }
    *ret_slice = slice;
    return OK;
}

enum status slice_keep(struct ctx *ctx, uint64_t engagement, const struct slice *slice, uint64_t from)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    if (from != 0)
        TRY(sql_slice_take(ctx->db,
                           (struct sql_slice_take){.next = (int64_t)engagement, .engagement = (int64_t)from}));
    for (size_t i = 0; i < slice->later_count; i++)
        TRY(sql_slice_add(ctx->db, (struct sql_slice_add){.engagement = (int64_t)engagement,
                                                          .place = (int64_t)i + 1,
                                                          .nature = slice->later[i].nature,
                                                          .function = slice->later[i].function,
                                                          .operation = slice->later[i].operation,
                                                          .net = slice->later[i].net.cents}));
    return OK;
}

enum status slice_rest(struct ctx *ctx, uint64_t engagement, struct imputation **ret_lines, size_t *ret_count)
{
    struct sql_slice_list_row *rows;
    size_t count;
    TRY(sql_slice_list(ctx->db, ctx->arena, (struct sql_slice_list){.engagement = (int64_t)engagement}, &rows,
                       &count));
    struct imputation *lines = arena_array(ctx->arena, struct imputation, count + 1);
    if (lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct imputation){.nature = rows[i].nature, .function = rows[i].function,
                                       .operation = rows[i].operation, .net = {rows[i].net}, .level = STR("")};
    *ret_lines = lines;
    *ret_count = count;
    return OK;
}

enum status slice_release(struct ctx *ctx, uint64_t engagement)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_slice_release(ctx->db, (struct sql_slice_release){.at_ms = ctx->now.ms,
                                                                 .engagement = (int64_t)engagement});
}

/* In their order, each has what those before it leave of the credits of its programme. */
enum status slice_waits(struct ctx *ctx, int64_t budget, int32_t year, struct slice_waiting **ret_waiting,
                        size_t *ret_count)
{
    struct sql_slice_waits_row *rows;
    size_t count, kept = 0;
    int64_t programme = 0;
    struct money free = {0};
    TRY(sql_slice_waits(ctx->db, ctx->arena, (struct sql_slice_waits){.budget = budget, .year = year}, &rows, &count));
    struct slice_waiting *waiting = arena_array(ctx->arena, struct slice_waiting, count + 1);
    if (waiting == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].programme != programme)
            TRY(budget_programme_free(ctx, rows[i].programme, year, &free));
        programme = rows[i].programme;
        struct money amount = {rows[i].cents < free.cents ? rows[i].cents : free.cents};
        if (amount.cents <= 0)
            continue;
        waiting[kept++] = (struct slice_waiting){.engagement = (uint64_t)rows[i].engagement, .amount = amount};
        free.cents -= amount.cents;
    }
    *ret_waiting = waiting;
    *ret_count = kept;
    return OK;
}
