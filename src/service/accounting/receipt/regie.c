#include "service/accounting/receipt/regie.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/party/party.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/receipt/regie_sql.h"
#include "service/accounting/right/right.h"

/* ---- the list ---- */

static bool is_code(struct str code)
{
    for (size_t i = 0; i < code.len; i++)
        if (!ascii_is_digit(code.at[i]) && !ascii_is_alpha(code.at[i]))
            return false;
    return code.len > 0 && code.len <= REGIE_CODE_MAX;
}

/* What its titres will need, so that nobody is told at the end of the month. */
static enum status look_at_income(const struct credit_year *year, const struct regie *regie, struct faults *faults)
{
    struct imputation line = {.nature = regie->nature, .function = regie->function, .operation = STR(""),
                              .level = STR("")};
    if (regie->kind == REGIE_ADVANCE)
        return OK;
    if (regie->party == 0 || !piece_is_product(regie->product))
        return fault_refuse(faults, "regie.income", "party", STR(""), STR(""));
    return credit_place(year, &line, CHART_REAL, CHART_RECEIPT, "account", faults);
}

static enum status look(const struct credit_year *year, const struct regie *regie, struct faults *faults)
{
    bool has_cash = regie->kind != REGIE_ADVANCE, has_advance = regie->kind != REGIE_RECEIPTS;
    if (!is_code(regie->code))
        return fault_refuse(faults, "regie.code", "code", regie->code, STR(""));
    if (regie->name.len == 0 || !utf8_is_line(regie->name, REGIE_TEXT_MAX) || regie->holder.len == 0 ||
        !utf8_is_line(regie->holder, REGIE_TEXT_MAX) || !utf8_is_line(regie->deputy, REGIE_TEXT_MAX) ||
        regie->kind <= REGIE_NO_KIND || regie->kind >= REGIE_KINDS)
        return fault_refuse(faults, "regie.name", "name", regie->name, STR(""));
    if (regie->act.len == 0 || !utf8_is_line(regie->act, REGIE_TEXT_MAX) || regie->act_day.days == 0)
        return fault_refuse(faults, "regie.act", "act", regie->act, STR(""));
    if (regie->cash_limit.cents < 0 || regie->coin_limit.cents < 0 || regie->advance_limit.cents < 0 ||
        (has_cash && regie->cash_limit.cents == 0) || (has_advance && regie->advance_limit.cents == 0))
        return fault_refuse(faults, "regie.limit", "limit", STR(""), STR(""));
    if (regie->deposit_days < 0 || regie->deposit_days > REGIE_DAYS_MAX || (has_cash && regie->deposit_days == 0))
        return fault_refuse(faults, "regie.days", "days", STR(""), STR(""));
    return look_at_income(year, regie, faults);
}

enum status regie_add(struct ctx *ctx, const struct credit_year *year, const struct regie *regie,
                      struct faults *faults, int64_t *ret_id)
{
    struct sql_regie_of_code_row known;
    struct sql_regie_add_row row;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(look(year, regie, faults));
    enum status seen = sql_regie_of_code(
        ctx->db, ctx->arena, (struct sql_regie_of_code){.budget = year->budget, .code = regie->code}, &known);
    if (seen == OK)
        return fault_refuse(faults, "regie.there", "code", regie->code, STR(""));
    if (seen != NOT_FOUND)
        return seen;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_regie_add(ctx->db, ctx->arena,
                      (struct sql_regie_add){.budget = year->budget, .code = regie->code, .name = regie->name,
                                             .kind = regie->kind, .act = regie->act, .act_day = regie->act_day.days,
                                             .cash_limit = regie->cash_limit.cents,
                                             .advance_limit = regie->advance_limit.cents,
                                             .deposit_days = regie->deposit_days, .holder = regie->holder,
                                             .deputy = regie->deputy, .party = regie->party, .nature = regie->nature,
                                             .function = regie->function, .product = regie->product,
                                             .coin_limit = regie->coin_limit.cents},
                      &row));
    *ret_id = row.id;
    return audit_add(ctx, "accounting.regie", regie->code, regie->act);
}

enum status regie_end(struct ctx *ctx, const struct regie *regie, struct date last, struct faults *faults)
{
    TRY(right_need(ctx, RIGHT_ORDER));
    if (last.days < regie->act_day.days) {
        fault_add_dates(faults, "regie.day", "day", last, regie->act_day);
        return INVALID;
    }
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_regie_end(ctx->db, (struct sql_regie_end){.ended = last.days, .id = regie->id}));
    return audit_add(ctx, "accounting.regie_end", regie->code, STR(""));
}

enum status regie_get(struct ctx *ctx, int64_t id, struct regie *ret_regie)
{
    struct sql_regie_get_row row;
    TRY(sql_regie_get(ctx->db, ctx->arena, (struct sql_regie_get){.id = id}, &row));
    *ret_regie = (struct regie){.id = row.id, .budget = row.budget, .code = row.code, .name = row.name,
                                .kind = (enum regie_kind)row.kind, .act = row.act, .act_day = {(int32_t)row.act_day},
                                .ended = {(int32_t)row.ended}, .cash_limit = {row.cash_limit},
                                .coin_limit = {row.coin_limit},
                                .advance_limit = {row.advance_limit}, .deposit_days = (int32_t)row.deposit_days,
                                .holder = row.holder, .deputy = row.deputy, .party = row.party,
                                .party_name = row.party_name, .nature = row.nature, .function = row.function,
                                .product = row.product};
    return OK;
}

enum status regie_list(struct ctx *ctx, int64_t budget, struct regie **ret_all, size_t *ret_count)
{
    struct sql_regie_list_row *rows;
    size_t count;
    TRY(sql_regie_list(ctx->db, ctx->arena, (struct sql_regie_list){.budget = budget}, &rows, &count));
    *ret_all = arena_array(ctx->arena, struct regie, count + 1);
    if (*ret_all == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(regie_get(ctx, rows[i].id, &(*ret_all)[i]));
    *ret_count = count;
    return OK;
}

/* ---- the month's titre ---- */

static enum status title(struct ctx *ctx, const struct regie *regie, const struct credit_year *year,
                         struct money amount, struct date month, struct piece_order *order)
{
    struct imputation *line = arena_new(ctx->arena, struct imputation);
    struct buf day BUF_SCOPE = BUF_INIT(16);
    if (line == NULL)
        return LIMIT;
    date_write(&day, month);
    *line = (struct imputation){.nature = regie->nature, .function = regie->function, .operation = STR(""),
                                .level = STR(""), .net = amount};
    struct str object = str_format(ctx->arena, "R\xC3\xA9gie %.*s, %.*s", STR_ARG(regie->name),
                                   STR_ARG(str_slice(buf_str(&day), 0, sizeof "2026-11" - 1)));
    *order = (struct piece_order){.year = year, .lines = line, .line_count = 1, .kind = CHART_REAL,
                                  .party = regie->party, .object = object, .product = regie->product,
                                  .nature = STR(PES_NATURE_REGIE), .type = STR("")};
    return str_is_absent(object) ? LIMIT : OK;
}

enum status regie_title(struct ctx *ctx, const struct regie *regie, const struct credit_year *year, struct date month,
                        struct date day, const unsigned char id[ENTRY_ID_BYTES], struct faults *faults,
                        uint64_t *ret_sequence)
{
    struct sql_regie_untitled_row untitled;
    struct piece_order order;
    enum status seen = book_repeated(ctx, id, ENTRY_TITLE, 0, ret_sequence);
    if (seen != NOT_FOUND)
        return seen;
    TRY(sql_regie_untitled(ctx->db, ctx->arena,
                           (struct sql_regie_untitled){.regie = regie->id, .from = date_month_start(month).days,
                                                       .until = date_month_end(month).days},
                           &untitled));
    if (untitled.amount == 0)
        return fault_refuse(faults, "regie.nothing", "month", STR(""), STR(""));
    TRY(title(ctx, regie, year, (struct money){untitled.amount}, month, &order));
    order.day = day;
    TRY(piece_title(ctx, &order, id, faults, ret_sequence));
    return sql_regie_title_them(ctx->db, (struct sql_regie_title_them){.sequence = (int64_t)*ret_sequence,
                                                                       .regie = regie->id,
                                                                       .from = date_month_start(month).days,
                                                                       .until = date_month_end(month).days});
}

enum status regie_of_piece(struct ctx *ctx, uint64_t sequence, struct regie *ret_regie)
{
    struct sql_regie_of_piece_row row;
    TRY(sql_regie_of_piece(ctx->db, ctx->arena, (struct sql_regie_of_piece){.sequence = (int64_t)sequence}, &row));
    return regie_get(ctx, row.regie, ret_regie);
}
