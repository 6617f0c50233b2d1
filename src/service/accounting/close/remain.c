#include "service/accounting/close/remain.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/close/carry.h"
#include "service/accounting/close/remain_sql.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/signatory.h"

/* ---- what is left of an engagement ---- */

/* What pieces ordered of the first line that is charged alike. */
static void take_ordered(struct imputation *lines, size_t count, const struct imputation *ordered)
{
    int64_t amount = ordered->net.cents;
    for (size_t i = 0; i < count && amount > 0; i++) {
        if (!imputation_is_same(&lines[i], ordered))
            continue;
        int64_t taken = amount < lines[i].net.cents ? amount : lines[i].net.cents;
        lines[i].net.cents -= taken;
        amount -= taken;
    }
}

static enum status take_pieces(struct ctx *ctx, uint64_t engagement, struct imputation *lines, size_t count)
{
    struct piece *pieces;
    struct imputation *ordered;
    size_t piece_count, ordered_count;
    TRY(piece_list_on(ctx, engagement, &pieces, &piece_count));
    for (size_t i = 0; i < piece_count; i++) {
        if (pieces[i].origin != 0)
            continue; /* a correction gives back to what is available, not to the engagement */
        TRY(credit_lines(ctx, pieces[i].sequence, &ordered, &ordered_count));
        for (size_t j = 0; j < ordered_count; j++)
            take_ordered(lines, count, &ordered[j]);
    }
    return OK;
}

/* The lines of that level come to what the book has left on it, whatever the pieces were charged to. */
static void fit(struct imputation *lines, size_t count, const struct posting *left)
{
    int64_t rest = left->amount.cents;
    struct imputation *last = NULL;
    for (size_t i = 0; i < count; i++) {
        if (lines[i].section != left->section || !str_eq(lines[i].level, left->level))
            continue;
        if (lines[i].net.cents > rest)
            lines[i].net.cents = rest;
        rest -= lines[i].net.cents;
        last = &lines[i];
    }
    if (last != NULL)
        last->net.cents += rest;
}

static const struct posting *left_on(const struct posting *postings, size_t count, const struct imputation *line)
{
    for (size_t i = 0; i < count; i++)
        if (postings[i].section == line->section && str_eq(postings[i].level, line->level))
            return &postings[i];
    return NULL;
}

enum status remain_lines(struct ctx *ctx, uint64_t engagement, struct imputation **ret_lines, size_t *ret_count)
{
    struct imputation *lines;
    struct posting *left;
    size_t count, left_count, kept = 0;
    TRY(credit_lines(ctx, engagement, &lines, &count));
    TRY(book_left(ctx, engagement, ENTRY_RELEASE, &left, &left_count));
    for (size_t i = 0; i < count; i++)
        if (left_on(left, left_count, &lines[i]) == NULL)
            lines[i].net = (struct money){0};
    TRY(take_pieces(ctx, engagement, lines, count));
    for (size_t i = 0; i < left_count; i++)
        fit(lines, count, &left[i]);
    for (size_t i = 0; i < count; i++) {
        lines[i].tax = (struct money){0};
        if (lines[i].net.cents > 0)
            lines[kept++] = lines[i];
    }
    *ret_lines = lines;
    *ret_count = kept;
    return OK;
}

/* ---- what is engaged ---- */

static enum status add_engagement(struct ctx *ctx, uint64_t sequence, int64_t programme, struct remain *remains,
                                  size_t *count)
{
    struct engagement engagement;
    struct imputation *lines;
    size_t line_count;
    TRY(engagement_get(ctx, sequence, &engagement));
    TRY(remain_lines(ctx, sequence, &lines, &line_count));
    for (size_t i = 0; i < line_count; i++)
        remains[(*count)++] = (struct remain){.engagement = sequence, .number = engagement.number,
                                              .programme = programme, .party = engagement.party,
                                              .line = lines[i], .party_name = engagement.party_name,
                                              .object = engagement.object, .proof = engagement.reference};
    return OK;
}

enum status remain_open(struct ctx *ctx, const struct credit_year *year, struct remain **ret_remains,
                        size_t *ret_count)
{
    struct sql_remain_engagements_row *rows;
    size_t count;
    TRY(sql_remain_engagements(ctx->db, ctx->arena,
                               (struct sql_remain_engagements){.budget = year->budget, .year = year->year}, &rows,
                               &count));
    struct remain *remains = arena_array(ctx->arena, struct remain, count * IMPUTATIONS_MAX + 1);
    if (remains == NULL || count > REMAIN_ENGAGEMENTS_MAX)
        return LIMIT;
    *ret_count = 0;
    for (size_t i = 0; i < count; i++)
        TRY(add_engagement(ctx, (uint64_t)rows[i].sequence, rows[i].programme, remains, ret_count));
    *ret_remains = remains;
    return OK;
}

enum status remain_kept(struct ctx *ctx, int64_t budget, int32_t year, enum cell_direction direction,
                        struct remain **ret_remains, size_t *ret_count)
{
    struct sql_remain_list_row *rows;
    size_t count;
    TRY(sql_remain_list(ctx->db, ctx->arena,
                        (struct sql_remain_list){.budget = budget, .year = year,
                                                 .is_receipt = direction == CELL_RECEIPT},
                        &rows, &count));
    struct remain *remains = arena_array(ctx->arena, struct remain, count + 1);
    if (remains == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        remains[i] = (struct remain){
            .id = rows[i].id, .engagement = (uint64_t)rows[i].engagement, .number = (uint32_t)rows[i].number,
            .programme = rows[i].programme, .party = rows[i].party, .party_name = rows[i].party_name,
            .object = rows[i].object, .proof = rows[i].proof,
            .line = {.nature = rows[i].nature, .function = rows[i].function, .operation = rows[i].operation,
                     .net = {rows[i].amount}, .level = STR(""), .section = (enum cell_section)rows[i].section}};
    *ret_remains = remains;
    *ret_count = count;
    return OK;
}

enum status remain_sum(const struct remain *remains, size_t count, enum cell_direction direction,
                       struct remain_sums *sums)
{
    for (size_t i = 0; i < count; i++)
        if (remains[i].programme == 0)
            TRY(money_add(&sums->amounts[remains[i].line.section][direction], remains[i].line.net));
    return OK;
}

/* ---- receipts ---- */

enum status remain_need_year(struct ctx *ctx, const struct credit_year *year)
{
    bool is_closed;
    TRY(book_is_closed(ctx, year->siret, year->year, &is_closed));
    return is_closed ? refuse(ctx, CONFLICT, "accounting.year_closed", T_accounting_year_closed) : OK;
}

static enum status add(struct ctx *ctx, const struct credit_year *year, const struct remain *remain)
{
    struct sql_remain_add_row row;
    struct sql_remain_add in = {.budget = year->budget, .year = year->year, .is_receipt = remain->engagement == 0,
                                .engagement = (int64_t)remain->engagement, .programme = remain->programme,
                                .section = remain->line.section, .nature = remain->line.nature,
                                .function = remain->line.function, .operation = remain->line.operation,
                                .amount = remain->line.net.cents, .party = remain->party, .object = remain->object,
                                .proof = remain->proof};
    return sql_remain_add(ctx->db, ctx->arena, in, &row);
}

/* Once the close has begun to release what the list says, the list is what it goes by, and stays. */
static enum status need_before_close(struct ctx *ctx, const struct credit_year *year)
{
    struct carry_counts counts;
    TRY(carry_count(ctx, year->budget, year->year, &counts));
    return counts.released == 0 ? OK
                                : refuse(ctx, CONFLICT, "accounting.remain_closing", T_accounting_remain_closing);
}

enum status remain_receipt(struct ctx *ctx, const struct credit_year *year, struct remain *remain,
                           struct faults *faults)
{
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(remain_need_year(ctx, year));
    TRY(need_before_close(ctx, year));
    if (remain->object.len == 0 || remain->object.len > SPEND_OBJECT_MAX)
        return fault_refuse(faults, "spend.object", "object", remain->object, STR(""));
    if (remain->proof.len == 0 || remain->proof.len > REMAIN_PROOF_MAX)
        return fault_refuse(faults, "remain.proof", "proof", remain->proof, STR(""));
    if (remain->line.net.cents < 0) {
        fault_add_money(faults, "remain.amount", "amount", remain->line.net, (struct money){0});
        return INVALID;
    }
    TRY(credit_place(year, &remain->line, CHART_REAL, CHART_RECEIPT, "line 1", faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_remain_drop_receipt(ctx->db, (struct sql_remain_drop_receipt){.budget = year->budget, .year = year->year,
                                                                          .nature = remain->line.nature,
                                                                          .object = remain->object}));
    return remain->line.net.cents > 0 ? add(ctx, year, remain) : OK;
}

/* ---- the list ---- */

enum status remain_list_get(struct ctx *ctx, int64_t budget, int32_t year, struct remain_list *ret_list)
{
    struct sql_remain_signed_row row;
    *ret_list = (struct remain_list){.signed_by = STR("")};
    enum status done = sql_remain_signed(ctx->db, ctx->arena,
                                         (struct sql_remain_signed){.budget = budget, .year = year}, &row);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    *ret_list = (struct remain_list){.is_signed = true, .day = {(int32_t)row.day}, .signed_by = row.signed_by,
                                     .at = {row.signed_ms}, .expense = {row.expense}, .receipt = {row.receipt}};
    return OK;
}

/* Line by line: the same engagements have the same left on the same accounts, borne by the same programmes. */
static bool says(const struct remain *kept, size_t kept_count, const struct remain *open, size_t open_count)
{
    size_t found = 0;
    for (size_t i = 0; i < open_count; i++)
        for (size_t j = 0; j < kept_count; j++)
            if (kept[j].engagement == open[i].engagement && kept[j].programme == open[i].programme &&
                imputation_is_same(&kept[j].line, &open[i].line) && money_is(kept[j].line.net, open[i].line.net)) {
                found++;
                break;
            }
    return kept_count == open_count && found == open_count;
}

static struct money both(const struct remain_sums *sums, enum cell_direction direction)
{
    struct money sum = sums->amounts[CELL_FUNCTIONING][direction];
    return money_add(&sum, sums->amounts[CELL_INVESTMENT][direction]) == OK ? sum : (struct money){MONEY_MAX};
}

enum status remain_list_is_current(struct ctx *ctx, const struct credit_year *year, bool *ret_is_current)
{
    struct remain *open, *kept, *receipts;
    struct remain_list list;
    struct remain_sums sums = {0};
    size_t open_count, kept_count, receipt_count;
    TRY(remain_list_get(ctx, year->budget, year->year, &list));
    TRY(remain_open(ctx, year, &open, &open_count));
    TRY(remain_kept(ctx, year->budget, year->year, CELL_EXPENSE, &kept, &kept_count));
    TRY(remain_kept(ctx, year->budget, year->year, CELL_RECEIPT, &receipts, &receipt_count));
    TRY(remain_sum(receipts, receipt_count, CELL_RECEIPT, &sums));
    bool is_empty = open_count == 0 && receipt_count == 0 && !list.is_signed;
    *ret_is_current = is_empty || (list.is_signed && says(kept, kept_count, open, open_count) &&
                                   money_is(list.receipt, both(&sums, CELL_RECEIPT)));
    return OK;
}

static enum status may_sign(struct ctx *ctx, const struct credit_year *year, struct date day, struct money sum,
                            struct faults *faults)
{
    const struct date last = date_of(year->year, 12, 31), today = ctx_today(ctx);
    struct signatory_act act = {.person = ctx->actor.person, .right = RIGHT_SIGN, .amount = sum, .day = day};
    TRY(right_need(ctx, RIGHT_SIGN));
    TRY(remain_need_year(ctx, year));
    TRY(need_before_close(ctx, year));
    if (day.days < last.days || day.days > today.days) {
        fault_add_dates(faults, day.days < last.days ? "remain.day" : "engine.future", "day", day,
                        day.days < last.days ? last : today);
        return INVALID;
    }
    return signatory_may(ctx, &act, faults);
}

enum status remain_sign(struct ctx *ctx, const struct credit_year *year, struct date day, struct faults *faults)
{
    struct remain *open, *receipts;
    struct remain_sums sums = {0};
    size_t count, receipt_count;
    TRY(remain_open(ctx, year, &open, &count));
    TRY(remain_kept(ctx, year->budget, year->year, CELL_RECEIPT, &receipts, &receipt_count));
    TRY(remain_sum(open, count, CELL_EXPENSE, &sums));
    TRY(remain_sum(receipts, receipt_count, CELL_RECEIPT, &sums));
    TRY(may_sign(ctx, year, day, both(&sums, CELL_EXPENSE), faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_remain_drop(ctx->db, (struct sql_remain_drop){.budget = year->budget, .year = year->year}));
    for (size_t i = 0; i < count; i++)
        TRY(add(ctx, year, &open[i]));
    TRY(sql_remain_sign(ctx->db, (struct sql_remain_sign){.budget = year->budget, .year = year->year, .day = day.days,
                                                          .signed_by = ctx->actor.person, .signed_ms = ctx->now.ms,
                                                          .expense = both(&sums, CELL_EXPENSE).cents,
                                                          .receipt = both(&sums, CELL_RECEIPT).cents}));
    return audit_add(ctx, "accounting.remains", year->siret, str_format(ctx->arena, "%d", year->year));
}

/* ---- the next year ---- */

static enum status check_carried(struct money carried, struct money listed, struct faults *faults)
{
    if (money_is(carried, listed))
        return OK;
    fault_add_money(faults, "remain.opened", "lines", carried, listed);
    return INVALID;
}

enum status remain_may_open(struct ctx *ctx, const struct budget_act *act, int64_t budget, struct faults *faults)
{
    struct sql_remain_carried_row row;
    struct remain_list list;
    bool is_closed;
    TRY(book_is_closed(ctx, act->siret, act->year - 1, &is_closed));
    if (!is_closed || !(str_eq(act->kind, STR("01")) || str_eq(act->kind, STR("03"))))
        return OK;
    TRY(remain_list_get(ctx, budget, act->year - 1, &list));
    TRY(sql_remain_carried(ctx->db, ctx->arena,
                           (struct sql_remain_carried){.act = act->id, .budget = budget, .year = act->year}, &row));
    if (row.expense == 0 && row.receipt == 0)
        return OK; /* another act will */
    TRY(check_carried((struct money){row.expense + row.expense_open}, list.expense, faults));
    return check_carried((struct money){row.receipt + row.receipt_open}, list.receipt, faults);
}
