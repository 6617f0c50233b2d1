#include "service/accounting/spend/engagement.h"

#include <stdio.h>

#include "base/utf8.h"
#include "core/town.h"
#include "service/accounting/budget/budget_programme_use.h"
#include "service/accounting/fungible/fungible.h"
#include "service/accounting/right/signatory.h"
#include "service/accounting/figures/figure_kept.h"
#include "service/accounting/spend/account_use.h"
#include "service/accounting/spend/engagement_sql.h"

/* ---- making one ---- */

static enum status may_engage(struct ctx *ctx, const struct engagement *engagement, struct money amount,
                              struct faults *faults)
{
    struct signatory_act act = {.person = ctx->actor.person, .unit = engagement->unit, .right = RIGHT_ENGAGE,
                                .amount = amount, .day = engagement->day};
    TRY(right_need(ctx, RIGHT_ENGAGE));
    return signatory_may(ctx, &act, faults);
}

static enum status place_lines(struct ctx *ctx, const struct credit_year *year, struct imputation *lines,
                               size_t count, struct date day, struct faults *faults)
{
    char place[32];
    TRY(figure_take(ctx, faults));
    TRY(credit_functions(ctx, year, lines, count, CHART_EXPENSE, faults));
    for (size_t i = 0; i < count; i++) {
        snprintf(place, sizeof place, "line %zu", i + 1);
        TRY(credit_place(year, &lines[i], CHART_REAL, CHART_EXPENSE, place, faults));
        TRY(credit_amounts(&lines[i], day, place, faults));
        if (lines[i].section != lines[0].section)
            return fault_refuse(faults, "spend.section", place, lines[i].nature, STR(""));
    }
    return OK;
}

/* No authorisation is for staff, nor for subsidies to private bodies (CGCT L2311-3, II). */
static enum status may_be_over_years(const struct credit_year *year, const struct imputation *line,
                                     struct faults *faults)
{
    const struct chart_account *account = chart_account(year->chart, line->nature);
    if (line->section == CELL_INVESTMENT)
        return OK;
    if (account != NULL && fungible_is_staff(account->chapter[CHART_REAL][CHART_EXPENSE]))
        return fault_refuse(faults, "programme.staff", "programme", line->nature, STR(""));
    return account_may_be_over_years(faults, line->nature, date_of(year->year, 1, 1), "programme");
}

/* A programme bears lines of its own section, all that they come to; of a rest that is taken up it has borne them. */
static enum status may_use(struct ctx *ctx, const struct credit_year *year, const struct engagement *engagement,
                           const struct imputation *lines, size_t count, struct faults *faults)
{
    const enum cell_section section = lines[0].section;
    struct money more = engagement->takes_up != 0 ? (struct money){0} : credit_charge(lines, count);
    if (engagement->programme == 0)
        return OK;
    for (size_t i = 1; i < count; i++)
        if (lines[i].section != section)
            return fault_refuse(faults, "programme.section", "programme", engagement->object, STR(""));
    TRY(budget_programme_may_engage(ctx, engagement->programme, section, more, faults));
    for (size_t i = 0; i < count; i++)
        TRY(may_be_over_years(year, &lines[i], faults));
    return OK;
}

static enum status cut(const struct engagement *engagement, const struct imputation *lines, size_t count,
                       struct faults *faults, struct slice *ret_slice)
{
    bool is_whole = engagement->programme == 0 || engagement->slice.cents == 0;
    return slice_cut(faults, lines, count, is_whole ? credit_charge(lines, count) : engagement->slice, ret_slice);
}

static enum status keep(struct ctx *ctx, const struct credit_year *year, const struct engagement *engagement,
                        const struct slice *slice)
{
    TRY(sql_engagement_add(ctx->db, (struct sql_engagement_add){.sequence = (int64_t)engagement->sequence,
                                                                .budget = year->budget,
                                                                .year = year->year,
                                                                .number = engagement->number,
                                                                .party = engagement->party,
                                                                .unit = engagement->unit,
                                                                .object = engagement->object,
                                                                .reference = engagement->reference}));
    if (engagement->programme != 0)
        TRY(budget_programme_use_it(ctx, engagement->sequence, engagement->programme));
    TRY(slice_keep(ctx, engagement->sequence, slice, engagement->takes_up));
    return credit_keep_lines(ctx, engagement->sequence, slice->now, slice->now_count);
}

enum status engagement_make(struct ctx *ctx, const struct credit_year *year, struct engagement *engagement,
                            struct imputation *lines, size_t count, const unsigned char id[ENTRY_ID_BYTES],
                            struct faults *faults)
{
    struct ledger_answer answer;
    struct entry entry;
    struct slice slice;
    if (engagement->object.len == 0 || !utf8_is_line(engagement->object, SPEND_OBJECT_MAX))
        return fault_refuse(faults, "spend.object", "object", engagement->object, STR(""));
    if (!utf8_is_line(engagement->reference, SPEND_REFERENCE_MAX))
        return fault_refuse(faults, "spend.reference", "reference", engagement->reference, STR(""));
    if (count == 0 || count > IMPUTATIONS_MAX)
        return fault_refuse(faults, "spend.lines", "lines", STR(""), STR(""));
    TRY(place_lines(ctx, year, lines, count, engagement->day, faults));
    TRY(may_engage(ctx, engagement, credit_sum(lines, count), faults));
    TRY(cut(engagement, lines, count, faults, &slice));
    enum status seen = book_answer(ctx, id, &answer); /* what was done once is not counted twice */
    if (seen != OK && seen != NOT_FOUND)
        return seen;
    if (seen == NOT_FOUND)
        TRY(may_use(ctx, year, engagement, lines, count, faults));
    TRY(credit_entry(ctx, year, ENTRY_ENGAGE, slice.now, slice.now_count, CELL_EXPENSE, &entry));
    entry.day = engagement->day;
    entry.label = engagement->object;
    memcpy(entry.id, id, ENTRY_ID_BYTES);
    TRY(book_post(ctx, &entry, &answer, faults));
    engagement->sequence = answer.sequence;
    engagement->number = answer.number;
    return answer.is_new ? keep(ctx, year, engagement, &slice) : OK;
}

/* ---- reading ---- */

enum status engagement_get(struct ctx *ctx, uint64_t sequence, struct engagement *ret_engagement)
{
    struct sql_engagement_get_row row;
    TRY(sql_engagement_get(ctx->db, ctx->arena, (struct sql_engagement_get){.sequence = (int64_t)sequence}, &row));
    *ret_engagement = (struct engagement){.sequence = sequence,
                                          .budget = row.budget,
                                          .year = (int32_t)row.year,
                                          .number = (uint32_t)row.number,
                                          .party = row.party,
                                          .unit = row.unit,
                                          .programme = row.programme,
                                          .party_name = row.party_name,
                                          .unit_name = row.unit_name,
                                          .object = row.object,
                                          .reference = row.reference,
                                          .day = {(int32_t)row.day},
                                          .amount = {row.amount},
                                          .remains = {row.remains},
                                          .attested = {row.attested},
                                          .later = {row.later}};
    return OK;
}

enum status engagement_of_number(struct ctx *ctx, int64_t budget, int32_t year, uint32_t number,
                                 struct engagement *ret_engagement)
{
    struct sql_engagement_number_row row;
    TRY(sql_engagement_number(
        ctx->db, ctx->arena, (struct sql_engagement_number){.budget = budget, .year = year, .number = number}, &row));
    return engagement_get(ctx, (uint64_t)row.sequence, ret_engagement);
}

enum status engagement_list(struct ctx *ctx, int64_t budget, int32_t year, bool is_open_only,
                            struct engagement **ret_engagements, size_t *ret_count)
{
    struct sql_engagement_list_row *rows;
    size_t count;
    TRY(sql_engagement_list(
        ctx->db, ctx->arena,
        (struct sql_engagement_list){.budget = budget, .year = year, .least = is_open_only ? 1 : 0}, &rows, &count));
    struct engagement *list = arena_array(ctx->arena, struct engagement, count + 1);
    if (list == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(engagement_get(ctx, (uint64_t)rows[i].sequence, &list[i]));
    *ret_engagements = list;
    *ret_count = count;
    return OK;
}

/* ---- service done ---- */

enum status engagement_attest(struct ctx *ctx, const struct engagement *engagement,
                              const struct attest *attest, struct faults *faults)
{
    struct signatory_act act = {.person = ctx->actor.person, .unit = engagement->unit, .right = RIGHT_ATTEST,
                                .amount = attest->amount, .day = attest->day};
    struct money sum = engagement->attested;
    struct date today = ctx_today(ctx);
    TRY(right_need(ctx, RIGHT_ATTEST));
    TRY(signatory_may(ctx, &act, faults));
    if (!utf8_is_line(attest->note, SPEND_NOTE_MAX))
        return fault_refuse(faults, "spend.reference", "note", attest->note, STR(""));
    if (attest->day.days > today.days) {
        fault_add_dates(faults, "engine.future", "day", attest->day, today);
        return INVALID;
    }
    if (attest->amount.cents <= 0 || money_add(&sum, attest->amount) != OK || sum.cents > engagement->amount.cents) {
        fault_add_money(faults, "spend.attested", "amount", attest->amount,
                        (struct money){engagement->amount.cents - engagement->attested.cents});
        return INVALID;
    }
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_engagement_attest_add(
        ctx->db, (struct sql_engagement_attest_add){.engagement = (int64_t)engagement->sequence,
                                                    .day = attest->day.days, .amount = attest->amount.cents,
                                                    .person = ctx->actor.person, .at_ms = ctx->now.ms,
                                                    .note = attest->note, .bill = attest->bill});
}

enum status engagement_attests(struct ctx *ctx, uint64_t sequence, struct attest **ret_attests, size_t *ret_count)
{
    struct sql_engagement_attest_list_row *rows;
    size_t count;
    TRY(sql_engagement_attest_list(ctx->db, ctx->arena,
                                   (struct sql_engagement_attest_list){.engagement = (int64_t)sequence}, &rows,
                                   &count));
    struct attest *list = arena_array(ctx->arena, struct attest, count + 1);
    if (list == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        list[i] = (struct attest){.id = rows[i].id, .withdraws = rows[i].withdraws,
                                  .is_withdrawn = rows[i].withdrawn != 0, .day = {(int32_t)rows[i].day},
                                  .amount = {rows[i].amount},
                                  .person = rows[i].person, .name = rows[i].name, .note = rows[i].note};
    *ret_attests = list;
    *ret_count = count;
    return OK;
}

static const struct attest *attest_of(const struct attest *attests, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (attests[i].id == id && attests[i].withdraws == 0 && !attests[i].is_withdrawn)
            return &attests[i];
    return NULL;
}

enum status engagement_withdraw(struct ctx *ctx, const struct engagement *engagement, int64_t attest,
                                struct str reason, struct faults *faults)
{
    struct attest *attests;
    size_t count;
    struct money free = {engagement->attested.cents - (engagement->amount.cents - engagement->remains.cents)};
    TRY(right_need(ctx, RIGHT_ATTEST));
    TRY(engagement_attests(ctx, engagement->sequence, &attests, &count));
    const struct attest *one = attest_of(attests, count, attest);
    if (one == NULL)
        return fault_refuse(faults, "attest.none", "attest", str_format(ctx->arena, "%lld", (long long)attest),
                            STR(""));
    if (reason.len == 0 || !utf8_is_line(reason, SPEND_NOTE_MAX))
        return fault_refuse(faults, "attest.reason", "reason", reason, STR(""));
    const struct signatory_act act = {.person = ctx->actor.person, .unit = engagement->unit, .right = RIGHT_ATTEST,
                                      .amount = one->amount, .day = ctx_today(ctx)};
    TRY(signatory_may(ctx, &act, faults)); /* as whoever gives one */
    if (one->amount.cents > free.cents) {
        fault_add_money(faults, "attest.ordered", "attest", one->amount, free.cents > 0 ? free : (struct money){0});
        return INVALID;
    }
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_engagement_attest_add(
        ctx->db, (struct sql_engagement_attest_add){.engagement = (int64_t)engagement->sequence,
                                                    .day = one->day.days, .amount = -one->amount.cents,
                                                    .person = ctx->actor.person, .at_ms = ctx->now.ms,
                                                    .note = reason, .withdraws = one->id});
}

/* ---- release ---- */

enum status engagement_release(struct ctx *ctx, const struct engagement *engagement, struct date day,
                               const unsigned char id[ENTRY_ID_BYTES], struct faults *faults)
{
    struct ledger_answer answer;
    struct credit_year year;
    struct entry entry;
    TRY(right_need(ctx, RIGHT_ENGAGE));
    if (engagement->later.cents > 0 && engagement->remains.cents == 0)
        return slice_release(ctx, engagement->sequence);
    TRY(credit_year(ctx, engagement->budget, engagement->year, &year));
    entry = (struct entry){.kind = ENTRY_RELEASE, .day = day, .budget = year.siret,
                           .exercise = (uint16_t)engagement->year, .label = engagement->object,
                           .reference = engagement->sequence};
    memcpy(entry.id, id, ENTRY_ID_BYTES);
    TRY(book_left(ctx, engagement->sequence, ENTRY_RELEASE, &entry.postings, &entry.posting_count));
    TRY(book_post(ctx, &entry, &answer, faults));
    return answer.is_new ? slice_release(ctx, engagement->sequence) : OK;
}
