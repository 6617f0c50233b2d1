#include "service/accounting/budget/budget_transfer.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/budget/budget_opening.h"
#include "service/accounting/budget/budget_transfer_sql.h"
#include "service/accounting/spend/credit.h"
#include "service/accounting/story/story.h"
#include "service/accounting/lang.h"
#include "service/accounting/figures/figure_kept.h"

enum { YEAR_ENDS = 21 /* January of the year after: as amending decisions, L1612-11 */ };

/* ---- the rate ---- */

enum status budget_rate(struct ctx *ctx, struct str siret, int32_t year, int64_t *ret_rate)
{
    struct sql_budget_transfer_rate_row row;
    struct sql_budget_transfer_rate in = {.siret = siret, .year = year};
    TRY(sql_budget_transfer_rate(ctx->db, ctx->arena, in, &row));
    *ret_rate = row.rate;
    return OK;
}

enum status budget_rate_allows(struct ctx *ctx, int64_t rate, struct date day)
{
    struct figure most;
    TRY(figure_of(ctx, STR("fungible.rate"), day, &most));
    if (rate >= 0 && rate <= most.value)
        return OK;
    return refuse(ctx, INVALID, "accounting.rate_high", T_accounting_rate_high);
}

static bool is_primitive(const struct budget_act *act)
{
    return str_eq(act->kind, STR(DOCBUDG_PRIMITIVE)) && !act->is_draft;
}

enum status budget_rate_set(struct ctx *ctx, const struct budget_act *primitive, int64_t rate)
{
    int64_t there;
    struct sql_budget_transfer_rate_add in = {.year = primitive->year, .rate = rate, .siret = primitive->siret};
    if (!is_primitive(primitive))
        return refuse(ctx, CONFLICT, "accounting.no_primitive", T_accounting_no_primitive);
    TRY(budget_rate_allows(ctx, rate, primitive->decided.days > 0 ? primitive->decided : ctx_today(ctx)));
    enum status done = budget_rate(ctx, primitive->siret, primitive->year, &there);
    if (done == OK)
        return refuse(ctx, CONFLICT, "accounting.rate_there", T_accounting_rate_there);
    if (done != NOT_FOUND)
        return done;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_budget_transfer_rate_add(ctx->db, in));
    return audit_add(ctx, "accounting.rate", primitive->siret,
                     str_format(ctx->arena, "%d %lld", primitive->year, (long long)rate));
}

/* ---- what there is ---- */

enum status budget_transfers(struct ctx *ctx, struct str siret, int32_t year, struct budget_transfer **ret_transfers,
                             size_t *ret_count)
{
    struct sql_budget_transfer_list_row *rows;
    struct sql_budget_transfer_list in = {.siret = siret, .year = year};
    size_t count;
    TRY(sql_budget_transfer_list(ctx->db, ctx->arena, in, &rows, &count));
    struct budget_transfer *transfers = arena_array(ctx->arena, struct budget_transfer, count + 1);
    if (transfers == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        transfers[i] = (struct budget_transfer){.act = rows[i].act,
                                                .number = rows[i].number,
                                                .from = rows[i].from_chapter,
                                                .to = rows[i].to_chapter,
                                                .from_article = rows[i].from_article,
                                                .to_article = rows[i].to_article,
                                                .is_within = str_eq(rows[i].from_chapter, rows[i].to_chapter),
                                                .reason = rows[i].reason,
                                                .by = rows[i].made_by,
                                                .section = (enum chart_section)rows[i].section,
                                                .amount = {rows[i].amount},
                                                .decided = {(int32_t)rows[i].decided_day},
                                                .told = {(int32_t)rows[i].told_day}};
    *ret_transfers = transfers;
    *ret_count = count;
    return OK;
}

enum status budget_transfer_sections(struct ctx *ctx, const struct budget_act *primitive,
                                     struct fungible_section ret_sections[TRANSFER_SECTIONS])
{
    struct sql_budget_transfer_expenses_row *rows;
    struct budget_transfer *transfers;
    size_t count;
    struct budget_levels levels;
    int64_t rate = 0;
    enum status done = budget_rate(ctx, primitive->siret, primitive->year, &rate);
    if (done != OK && done != NOT_FOUND)
        return done;
    TRY(budget_frame_levels(ctx, primitive, &levels));
    for (size_t i = 0; i < TRANSFER_SECTIONS; i++)
        ret_sections[i] = (struct fungible_section){.rate = rate, .is_by_article = levels.is_by_article[i]};
    struct sql_budget_transfer_expenses in = {.act = primitive->id};
    TRY(sql_budget_transfer_expenses(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count; i++)
        if (rows[i].section < TRANSFER_SECTIONS)
            ret_sections[rows[i].section].real = (struct money){rows[i].voted};
    TRY(budget_transfers(ctx, primitive->siret, primitive->year, &transfers, &count));
    for (size_t i = 0; i < count; i++)
        if (transfers[i].section < CHART_NO_SECTION && !transfers[i].is_within)
            TRY(money_add(&ret_sections[transfers[i].section].moved, transfers[i].amount));
    return OK;
}

/* ---- decided ---- */

static bool is_expense(const struct budget_line *line)
{
    bool is_reported = line != NULL && (str_eq(line->nature, STR("001")) || str_eq(line->nature, STR("002")));
    return line != NULL && line->direction == CHART_EXPENSE && line->kind == CHART_REAL && !is_reported &&
           line->section != CHART_NO_SECTION;
}

static enum status check_wish(struct ctx *ctx, const struct budget_act *primitive,
                              const struct budget_transfer_wish *wish)
{
    if (!is_expense(wish->from) || !is_expense(wish->to))
        return refuse(ctx, INVALID, "accounting.transfer_line", T_accounting_transfer_line_wrong);
    if (wish->reason.len == 0 || wish->reason.len > BUDGET_REASON_MAX)
        return refuse(ctx, INVALID, "accounting.reason", T_accounting_transfer_reason_wrong);
    if (wish->day.days < date_of(primitive->year, 1, 1).days ||
        wish->day.days > date_of(primitive->year + 1, 1, YEAR_ENDS).days)
        return refuse(ctx, INVALID, "accounting.day", T_accounting_day_wrong);
    return OK;
}

static enum status is_specialised(struct ctx *ctx, const struct budget_act *primitive,
                                  const struct budget_transfer_wish *wish, bool *ret_is)
{
    struct sql_budget_transfer_specialised_row row;
    struct sql_budget_transfer_specialised in = {.act = primitive->id, .from = wish->from->nature,
                                                 .to = wish->to->nature};
    TRY(sql_budget_transfer_specialised(ctx->db, ctx->arena, in, &row));
    *ret_is = row.lines > 0;
    return OK;
}

static enum status check_rules(struct ctx *ctx, const struct budget_act *primitive,
                               const struct budget_transfer_wish *wish, struct faults *faults)
{
    struct fungible_section sections[TRANSFER_SECTIONS];
    const struct money open = wish->from->amounts[DOCBUDG_OPEN];
    struct fungible_transfer transfer = {.decided = wish->day,
                                         .from_section = wish->from->section,
                                         .to_section = wish->to->section,
                                         .from = wish->from->group_chapter,
                                         .to = wish->to->group_chapter,
                                         .from_article = wish->from->nature,
                                         .to_article = wish->to->nature,
                                         .amount = wish->amount};
    TRY(is_specialised(ctx, primitive, wish, &transfer.is_specialised));
    TRY(budget_transfer_sections(ctx, primitive, sections));
    if (sections[transfer.from_section].rate == 0 && !fungible_is_within(sections, &transfer))
        return refuse(ctx, INVALID, "accounting.rate_none", T_accounting_rate_none);
    if (wish->amount.cents > open.cents)
        fault_add_money(faults, "fungible.credit", "ligne réduite", wish->amount, open);
    TRY(figure_take(ctx, faults));
    TRY(fungible_check(sections, &transfer, faults));
    return faults->found == 0 ? OK : INVALID;
}

static enum status add_line(struct ctx *ctx, int64_t act, const struct budget_line *from, int64_t place,
                            struct money amount)
{
    struct budget_line line = *from;
    line.place = place;
    TRY(budget_draft_blank(&line));
    line.amounts[DOCBUDG_PREVIOUS] = from->amounts[DOCBUDG_OPEN];
    line.amounts[DOCBUDG_PROPOSED] = line.amounts[DOCBUDG_VOTED] = line.amounts[DOCBUDG_OPEN] = amount;
    return budget_line_add(ctx, act, &line);
}

static enum status next_number(struct ctx *ctx, const struct budget_act *primitive, struct str *ret_number)
{
    struct budget_transfer *transfers;
    size_t count;
    uint64_t last = 0, number;
    TRY(budget_transfers(ctx, primitive->siret, primitive->year, &transfers, &count));
    for (size_t i = 0; i < count; i++)
        if (str_to_u64(transfers[i].number, INT32_MAX, &number) == OK && number > last)
            last = number;
    *ret_number = str_format(ctx->arena, "%llu", (unsigned long long)last + 1);
    return OK;
}

static enum status keep(struct ctx *ctx, const struct budget_act *primitive, const struct budget_transfer_wish *wish,
                        int64_t *ret_act)
{
    int64_t document;
    struct budget_act act = *primitive;
    act.kind = STR(BUDGET_TRANSFER);
    act.decided = wish->day;
    act.place = 0;
    TRY(next_number(ctx, primitive, &act.number));
    TRY(budget_frame_begin(ctx, primitive, &act, &document, ret_act));
    TRY(add_line(ctx, *ret_act, wish->from, 1, (struct money){-wish->amount.cents}));
    TRY(add_line(ctx, *ret_act, wish->to, 2, wish->amount));
    struct sql_budget_transfer_add in = {.act = *ret_act,
                                         .section = wish->from->section,
                                         .from_chapter = wish->from->group_chapter,
                                         .to_chapter = wish->to->group_chapter,
                                         .amount = wish->amount.cents,
                                         .reason = wish->reason,
                                         .made_by = ctx->actor.address};
    TRY(sql_budget_transfer_add(ctx->db, in));
    TRY(budget_document_end(ctx, document));
    TRY(story_add(ctx, STORY_ACT, *ret_act, "accounting.transfer", wish->reason));
    return audit_add(ctx, "accounting.transfer", primitive->siret,
                     str_format(ctx->arena, "%d %.*s", primitive->year, STR_ARG(act.number)));
}

/* Where the credits of the year are open it moves them at once: what is decided and what the book says are one. */
static enum status keep_and_open(struct ctx *ctx, const struct budget_act *primitive,
                                 const struct budget_transfer_wish *wish, struct faults *faults, int64_t *ret_act)
{
    struct budget_act act;
    bool is_begun;
    TRY(keep(ctx, primitive, wish, ret_act));
    TRY(budget_opening_is_begun(ctx, primitive->siret, primitive->year, &is_begun));
    if (is_begun) {
        TRY(budget_act(ctx, *ret_act, &act));
        TRY(budget_opening_check(ctx, &act, faults));
        if (faults->found > 0)
            return INVALID;
        TRY(credit_open(ctx, *ret_act, faults));
    }
    return budget_amend_refresh_open(ctx, primitive->siret, primitive->year);
}

enum status budget_transfer_make(struct ctx *ctx, const struct budget_act *primitive,
                                 const struct budget_transfer_wish *wish, struct faults *faults, int64_t *ret_act)
{
    if (!is_primitive(primitive))
        return refuse(ctx, CONFLICT, "accounting.no_primitive", T_accounting_no_primitive);
    TRY(check_wish(ctx, primitive, wish));
    TRY(check_rules(ctx, primitive, wish, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_savepoint(ctx->db)); /* the page tells of what is refused, and its job is committed */
    return db_settle(ctx->db, keep_and_open(ctx, primitive, wish, faults, ret_act));
}

enum status budget_transfer_tell(struct ctx *ctx, struct str siret, int32_t year, struct date day)
{
    struct sql_budget_transfer_tell in = {.day = day.days, .siret = siret, .year = year};
    struct buf words BUF_SCOPE = BUF_INIT(16);
    date_write(&words, day);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_budget_transfer_tell(ctx->db, in));
    return audit_add(ctx, "accounting.transfers_told", siret,
                     str_format(ctx->arena, "%d %.*s", year, STR_ARG(buf_str(&words))));
}
