#include "service/accounting/close/before.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/close/before_sql.h"
#include "service/accounting/figures/figure_kept.h"
#include "service/accounting/fungible/quarter.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"

enum { LINE_MAX = 160 /* bytes of how a line of credits is said */ };

#define DEBT STR("16") /* chapter of M57, M14 and M4, and how its accounts begin */

/* ---- what may be opened ---- */

static struct before_level *level_of(struct before *before, enum cell_section section, struct str level)
{
    for (size_t i = 0; i < before->count; i++)
        if (before->levels[i].section == section && str_eq(before->levels[i].level, level))
            return &before->levels[i];
    if (before->count == BEFORE_LEVELS_MAX)
        return NULL;
    struct before_level *added = &before->levels[before->count++];
    *added = (struct before_level){.level = level, .section = section,
                                   .is_debt = section == CELL_INVESTMENT && str_starts(level, DEBT)};
    return added;
}

static enum status add_base(struct before *before, const struct sql_before_base_row *row)
{
    enum cell_section section = row->section == CHART_INVESTMENT ? CELL_INVESTMENT : CELL_FUNCTIONING;
    struct before_level *level =
        level_of(before, section, before->past->is_by_article[section] ? row->nature : row->chapter);
    if (level == NULL)
        return LIMIT;
    struct money *sum = section == CELL_FUNCTIONING ? &before->functioning
                        : level->is_debt            ? &before->debt
                                                    : &before->investment;
    TRY(money_add(&level->base, (struct money){row->cents}));
    return money_add(sum, (struct money){row->cents});
}

static enum status look_whether_done(struct ctx *ctx, struct before *before)
{
    struct sql_before_opened_row opened;
    struct sql_before_of_row row;
    int32_t year = before->past->year + 1;
    TRY(sql_before_opened(ctx->db, ctx->arena,
                          (struct sql_before_opened){.budget = before->past->budget, .year = year}, &opened));
    enum status done = sql_before_of(ctx->db, ctx->arena,
                                     (struct sql_before_of){.budget = before->past->budget, .year = year}, &row);
    before->is_done = opened.acts > 0 || done == OK;
    return done == NOT_FOUND ? OK : done;
}

static struct quarter quarter_of(const struct before *before, struct date day, struct money authorised)
{
    struct money opened = {before->investment.cents + before->debt.cents};
    return (struct quarter){.day = day, .opened = opened, .debt = before->debt, .authorised = authorised};
}

enum status before_look(struct ctx *ctx, const struct credit_year *past, struct date day, struct faults *faults,
                        struct before *ret_before)
{
    struct sql_before_base_row *rows;
    size_t count;
    struct before before = {.past = past, .levels = arena_array(ctx->arena, struct before_level, BEFORE_LEVELS_MAX)};
    if (before.levels == NULL)
        return LIMIT;
    TRY(sql_before_base(ctx->db, ctx->arena, (struct sql_before_base){.budget = past->budget, .year = past->year},
                        &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(add_base(&before, &rows[i]));
    TRY(look_whether_done(ctx, &before));
    TRY(figure_take(ctx, faults));
    const struct quarter quarter = quarter_of(&before, day, (struct money){0});
    TRY(quarter_limit(&quarter, faults, &before.limit));
    *ret_before = before;
    return OK;
}

/* ---- opening ---- */

static enum status check_levels(const struct before *before, struct faults *faults, struct money *ret_authorised)
{
    for (size_t i = 0; i < before->count; i++) {
        const struct before_level *level = &before->levels[i];
        if (level->asked.cents < 0 || (level->is_debt && level->asked.cents > level->base.cents)) {
            fault_add_money(faults, "before.debt", "amount", level->asked, level->base);
            return INVALID;
        }
        if (!level->is_debt)
            TRY(money_add(ret_authorised, level->asked));
    }
    return OK;
}

static enum status check(const struct before *before, struct date day, struct str reference, struct faults *faults)
{
    struct money authorised = {0};
    struct date first = date_of(before->past->year + 1, 1, 1);
    bool is_named = reference.len > 0 && utf8_is_line(reference, BEFORE_REFERENCE_MAX);
    if (civil_of_date(day).year != civil_of_date(first).year) {
        fault_add_dates(faults, "before.day", "day", day, first);
        return INVALID;
    }
    if (before->past->is_by_function)
        return fault_refuse(faults, "before.function", "budget", before->past->label, STR(""));
    TRY(check_levels(before, faults, &authorised));
    if ((authorised.cents > 0 && !is_named) || !utf8_is_line(reference, BEFORE_REFERENCE_MAX))
        return fault_refuse(faults, "before.reference", "reference", reference, STR(""));
    const struct quarter quarter = quarter_of(before, day, authorised);
    return quarter_check(&quarter, faults);
}

static enum status entry_of(struct ctx *ctx, const struct before *before, struct date day, struct entry *entry)
{
    const struct credit_year *past = before->past;
    *entry = (struct entry){.kind = ENTRY_VOTE, .day = day, .budget = past->siret,
                            .exercise = (uint16_t)(past->year + 1),
                            .label = text_of(LANGUAGE_FR, T_accounting_before_entry),
                            .postings = arena_array(ctx->arena, struct posting, ENTRY_POSTINGS_MAX)};
    if (entry->postings == NULL)
        return LIMIT;
    book_id_of(str_format(ctx->arena, "before %.*s %d", STR_ARG(past->siret), past->year + 1), entry->id);
    for (size_t i = 0; i < before->count; i++) {
        const struct before_level *level = &before->levels[i];
        struct entry_place place = {.section = level->section, .direction = CELL_EXPENSE, .level = level->level};
        TRY(entry_add(entry, ENTRY_POSTINGS_MAX, &place,
                      level->section == CELL_FUNCTIONING ? level->base : level->asked));
    }
    return OK;
}

enum status before_open(struct ctx *ctx, const struct before *before, struct date day, struct str reference,
                        struct faults *faults)
{
    const struct credit_year *past = before->past;
    struct sql_before_act_row act;
    struct ledger_answer answer;
    struct entry entry;
    TRY(right_need(ctx, RIGHT_PREPARE));
    if (before->is_done)
        return fault_refuse(faults, "before.done", "year", str_format(ctx->arena, "%d", past->year + 1), STR(""));
    TRY(check(before, day, reference, faults));
    TRY(sql_before_act(ctx->db, ctx->arena, (struct sql_before_act){.budget = past->budget, .year = past->year}, &act));
    TRY(entry_of(ctx, before, day, &entry));
    TRY(book_post(ctx, &entry, &answer, faults));
    TRY(sql_before_add(ctx->db,
                       (struct sql_before_add){.sequence = (int64_t)answer.sequence, .budget = past->budget,
                                               .year = past->year + 1, .act = act.act, .reference = reference,
                                               .functioning_by_article = past->is_by_article[CELL_FUNCTIONING],
                                               .investment_by_article = past->is_by_article[CELL_INVESTMENT]}));
    return audit_add(ctx, "accounting.before", past->siret, reference);
}

/* ---- the vote takes their place ---- */

static bool gives_credits(const struct entry *entry, const struct cell_key *key)
{
    for (size_t i = 0; i < entry->posting_count; i++) {
        const struct posting *posting = &entry->postings[i];
        if (posting->section == key->section && posting->direction == key->direction &&
            str_eq(posting->level, key->level))
            return true;
    }
    return false;
}

/* A budget voted at other levels than the year before has nothing to charge to what is used of a line it does not
 * have: it stands engaged or ordered on no credits, until it is taken back and written anew. */
static enum status check_used(struct ctx *ctx, const struct book_cell *cell, const struct entry *entry,
                              struct faults *faults)
{
    struct buf line BUF_SCOPE = BUF_INIT(LINE_MAX);
    struct money used = cell->reserved;
    TRY(money_add(&used, cell->ordered));
    if (used.cents <= 0 || gives_credits(entry, &cell->key))
        return OK;
    cell_say(&line, &cell->key);
    char *place = str_c(ctx->arena, buf_str(&line));
    if (place == NULL)
        return LIMIT;
    fault_add_money(faults, "before.level", place, used, (struct money){0});
    return OK;
}

enum status before_take_back(struct ctx *ctx, int64_t budget, const struct budget_act *act, struct faults *faults,
                             struct entry *entry)
{
    const int32_t year = act->year;
    struct sql_before_opened_row opened;
    struct sql_before_of_row row;
    struct book_cell *cells;
    size_t count;
    enum status done = sql_before_of(ctx->db, ctx->arena, (struct sql_before_of){.budget = budget, .year = year}, &row);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    TRY(sql_before_opened(ctx->db, ctx->arena, (struct sql_before_opened){.budget = budget, .year = year}, &opened));
    if (opened.acts > 0)
        return OK;
    /* Another would stand beside what the budget then no longer takes back. */
    if (!str_eq(act->kind, STR(DOCBUDG_PRIMITIVE)))
        return fault_refuse(faults, "before.first", "act", str_format(ctx->arena, "%d", year), STR(""));
    TRY(book_cells(ctx, act->siret, year, &cells, &count));
    for (size_t i = 0; i < count; i++)
        TRY(check_used(ctx, &cells[i], entry, faults));
    if (faults->found > 0)
        return INVALID;
    for (size_t i = 0; i < count; i++) {
        struct entry_place place = {.section = cells[i].key.section, .direction = cells[i].key.direction,
                                    .level = cells[i].key.level};
        TRY(entry_add(entry, ENTRY_POSTINGS_MAX, &place, (struct money){-cells[i].voted.cents}));
    }
    return OK;
}
