#include "service/accounting/close/carry.h"

#include "service/accounting/close/carry_sql.h"
#include "service/accounting/right/right.h"

/* ---- released ---- */

enum status carry_add(struct ctx *ctx, uint64_t engagement, uint64_t entry, struct money amount)
{
    return sql_carry_add(ctx->db, (struct sql_carry_add){.engagement = (int64_t)engagement, .entry = (int64_t)entry,
                                                         .amount = amount.cents});
}

static enum status release(struct ctx *ctx, const struct credit_year *year, uint64_t sequence, struct faults *faults)
{
    struct engagement engagement;
    struct ledger_answer answer;
    TRY(engagement_get(ctx, sequence, &engagement));
    struct entry entry = {.kind = ENTRY_RELEASE, .day = date_of(year->year, 12, 31), .budget = year->siret,
                          .exercise = (uint16_t)year->year, .label = engagement.object, .reference = sequence};
    book_id_of(str_format(ctx->arena, "carry release %llu", (unsigned long long)sequence), entry.id);
    TRY(book_left(ctx, sequence, ENTRY_RELEASE, &entry.postings, &entry.posting_count));
    TRY(book_post(ctx, &entry, &answer, faults));
    return answer.is_new ? carry_add(ctx, sequence, answer.sequence, engagement.remains) : OK;
}

enum status carry_release(struct ctx *ctx, const struct credit_year *year, struct faults *faults, bool *ret_has_more)
{
    struct sql_carry_to_release_row *rows;
    size_t count;
    TRY(sql_carry_to_release(ctx->db, ctx->arena,
                             (struct sql_carry_to_release){.budget = year->budget, .year = year->year}, &rows,
                             &count));
    for (size_t i = 0; i < count && i < CARRY_STEP; i++)
        TRY(release(ctx, year, (uint64_t)rows[i].engagement, faults));
    *ret_has_more = count > CARRY_STEP;
    return OK;
}

/* ---- engaged again ---- */

/* Of a mandat that attached it, the mandat's lines; else what the signed list says. */
static enum status lines_of(struct ctx *ctx, const struct sql_carry_waiting_row *row, struct imputation **ret_lines,
                            size_t *ret_count, bool *ret_is_attached)
{
    struct sql_carry_lines_row *rows;
    size_t count;
    TRY(credit_lines(ctx, (uint64_t)row->entry, ret_lines, ret_count));
    *ret_is_attached = *ret_count > 0;
    if (*ret_is_attached)
        return OK;
    TRY(sql_carry_lines(ctx->db, ctx->arena, (struct sql_carry_lines){.engagement = row->engagement}, &rows, &count));
    *ret_lines = arena_array(ctx->arena, struct imputation, count + 1);
    if (*ret_lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        (*ret_lines)[i] = (struct imputation){.nature = rows[i].nature, .function = rows[i].function,
                                              .operation = rows[i].operation, .net = {rows[i].amount},
                                              .level = STR("")};
    *ret_count = count;
    return OK;
}

/* What was done last is what is not ordered yet. */
static enum status carry_done(struct ctx *ctx, int64_t from, uint64_t to, int64_t rest)
{
    struct sql_carry_attests_row *rows;
    size_t count;
    TRY(sql_carry_attests(ctx->db, ctx->arena, (struct sql_carry_attests){.engagement = from}, &rows, &count));
    for (size_t i = 0; i < count && rest > 0; i++) {
        int64_t amount = rows[i].amount < rest ? rows[i].amount : rest;
        rest -= amount;
        TRY(sql_carry_attest_add(ctx->db, (struct sql_carry_attest_add){.engagement = (int64_t)to,
                                                                        .day = rows[i].day, .amount = amount,
                                                                        .person = rows[i].person,
                                                                        .at_ms = rows[i].at_ms,
                                                                        .note = rows[i].note,
                                                                        .bill = rows[i].bill}));
    }
    return OK;
}

/* Of what was attached all is done; of what was released, what was attested and not ordered. */
static enum status done_of(struct ctx *ctx, const struct engagement *from, const struct sql_carry_waiting_row *row,
                           bool is_attached, int64_t *ret_cents)
{
    struct sql_carry_ordered_row ordered;
    TRY(sql_carry_ordered(ctx->db, ctx->arena, (struct sql_carry_ordered){.engagement = row->engagement}, &ordered));
    int64_t rest = from->attested.cents - ordered.cents;
    *ret_cents = is_attached ? row->amount : rest > row->amount ? row->amount : rest;
    return OK;
}

static enum status engage(struct ctx *ctx, const struct credit_year *next, const struct sql_carry_waiting_row *row,
                          struct faults *faults)
{
    struct engagement from;
    struct imputation *lines;
    unsigned char id[ENTRY_ID_BYTES];
    size_t count;
    int64_t done;
    bool is_attached;
    TRY(engagement_get(ctx, (uint64_t)row->engagement, &from));
    TRY(lines_of(ctx, row, &lines, &count, &is_attached));
    struct engagement to = {.day = ctx_today(ctx), .party = from.party, .unit = from.unit,
                            .programme = is_attached ? 0 : from.programme, /* it counted when it was attached */
                            .object = from.object, .reference = from.reference};
    book_id_of(str_format(ctx->arena, "carry again %lld", (long long)row->id), id);
    TRY(engagement_make(ctx, next, &to, lines, count, id, faults));
    TRY(sql_carry_next(ctx->db, (struct sql_carry_next){.next = (int64_t)to.sequence, .id = row->id}));
    TRY(done_of(ctx, &from, row, is_attached, &done));
    TRY(carry_done(ctx, row->engagement, to.sequence, done));
    return sql_carry_bills(ctx->db, (struct sql_carry_bills){.next = (int64_t)to.sequence,
                                                             .engagement = row->engagement});
}

/* The rest of one on a programme, as far as credits of payment of the year go. */
static enum status engage_slice(struct ctx *ctx, const struct credit_year *next, const struct slice_waiting *waiting,
                                struct faults *faults)
{
    struct engagement from;
    struct imputation *lines;
    unsigned char id[ENTRY_ID_BYTES];
    size_t count;
    TRY(engagement_get(ctx, waiting->engagement, &from));
    TRY(slice_rest(ctx, waiting->engagement, &lines, &count));
    struct engagement to = {.day = ctx_today(ctx), .party = from.party, .unit = from.unit, .programme = from.programme,
                            .slice = waiting->amount, .takes_up = waiting->engagement, .object = from.object,
                            .reference = from.reference};
    book_id_of(str_format(ctx->arena, "slice again %llu", (unsigned long long)waiting->engagement), id);
    return engagement_make(ctx, next, &to, lines, count, id, faults);
}

static enum status engage_slices(struct ctx *ctx, const struct credit_year *next, size_t room, struct faults *faults,
                                 bool *ret_has_more)
{
    struct slice_waiting *waiting;
    size_t count;
    TRY(slice_waits(ctx, next->budget, next->year, &waiting, &count));
    for (size_t i = 0; i < count && i < room; i++)
        TRY(engage_slice(ctx, next, &waiting[i], faults));
    *ret_has_more = count > room;
    return OK;
}

enum status carry_again(struct ctx *ctx, const struct credit_year *next, struct faults *faults, bool *ret_has_more)
{
    struct sql_carry_waiting_row *rows;
    size_t count;
    TRY(right_need(ctx, RIGHT_ENGAGE));
    TRY(sql_carry_waiting(ctx->db, ctx->arena,
                          (struct sql_carry_waiting){.budget = next->budget, .year = next->year - 1}, &rows, &count));
    for (size_t i = 0; i < count && i < CARRY_STEP; i++)
        TRY(engage(ctx, next, &rows[i], faults));
    *ret_has_more = count > CARRY_STEP;
    return *ret_has_more ? OK : engage_slices(ctx, next, CARRY_STEP - count, faults, ret_has_more);
}

/* ---- what there is ---- */

enum status carry_count(struct ctx *ctx, int64_t budget, int32_t year, struct carry_counts *ret_counts)
{
    struct sql_carry_counts_row row;
    TRY(sql_carry_counts(ctx->db, ctx->arena, (struct sql_carry_counts){.budget = budget, .year = year}, &row));
    *ret_counts = (struct carry_counts){.carried = row.carried, .released = row.released,
                                        .waiting = row.waiting, .amount = {row.waiting_cents}};
    return OK;
}

enum status carry_links(struct ctx *ctx, uint64_t engagement, struct carry_link **ret_links, size_t *ret_count)
{
    struct sql_carry_links_row *rows;
    size_t count;
    TRY(sql_carry_links(ctx->db, ctx->arena, (struct sql_carry_links){.sequence = (int64_t)engagement}, &rows,
                        &count));
    struct carry_link *links = arena_array(ctx->arena, struct carry_link, count + 1);
    if (links == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        links[i] = (struct carry_link){.engagement = (uint64_t)rows[i].engagement, .next = (uint64_t)rows[i].next,
                                       .number = (uint32_t)rows[i].number,
                                       .next_number = (uint32_t)rows[i].next_number,
                                       .year = (int32_t)rows[i].year, .next_year = (int32_t)rows[i].next_year};
    *ret_links = links;
    *ret_count = count;
    return OK;
}
