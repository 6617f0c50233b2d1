#include "service/accounting/close/remain.h"

#include "service/accounting/close/remain_sql.h"

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
