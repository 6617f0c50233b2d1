#include "service/accounting/spend/credit.h"

#include "core/audit.h"
#include "core/mandate.h"
#include "core/town.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/close/before.h"
#include "service/accounting/close/remain.h"
#include "service/accounting/lang.h"
#include "service/accounting/spend/credit_sql.h"
#include "service/accounting/story/story.h"

/* ---- opening ---- */

/* A primitive or supplementary budget opens what was voted and what was carried over; a decision what it changes,
 * though it may repeat what was carried over (../budget/budget_force.h). */
static struct money opened_by(const struct budget_line *line, bool takes_over)
{
    struct money sum = line->amounts[DOCBUDG_VOTED];
    if (takes_over && line->has[DOCBUDG_CARRIED] && money_add(&sum, line->amounts[DOCBUDG_CARRIED]) != OK)
        return line->amounts[DOCBUDG_OPEN];
    return sum;
}

struct str credit_function_level(struct arena *arena, struct str chapter, struct str function, bool is_by_article)
{
    return is_by_article && function.len > 0
               ? str_format(arena, "%.*s-%.*s", STR_ARG(chapter), STR_ARG(function))
               : chapter;
}

static enum status level_of(struct ctx *ctx, const struct budget_line *line, const struct budget_levels *levels,
                            enum cell_section section, struct str *ret_level)
{
    bool has_operation = levels->is_by_operation && section == CELL_INVESTMENT &&
                         line->direction == CHART_EXPENSE && line->operation_chapter.len > 0;
    bool is_by_article = levels->is_by_article[line->section];
    *ret_level = is_by_article ? line->nature : line->group_chapter;
    if (levels->is_by_function && line->function_chapter.len > 0)
        *ret_level = credit_function_level(ctx->arena, line->function_chapter, line->function, is_by_article);
    if (has_operation)
        *ret_level = str_format(ctx->arena, CELL_OPERATION "%.*s", STR_ARG(line->operation_chapter));
    return str_is_absent(*ret_level) ? LIMIT : OK;
}

static enum status add_line(struct ctx *ctx, struct entry *entry, const struct budget_line *line,
                            const struct budget_levels *levels, bool takes_over)
{
    if (line->nature.len == 0 || line->section == CHART_NO_SECTION)
        return OK; /* a sum; an account without a section has no credits */
    enum cell_section section = line->section == CHART_INVESTMENT ? CELL_INVESTMENT : CELL_FUNCTIONING;
    struct entry_place place = {.section = section,
                                .direction = line->direction == CHART_RECEIPT ? CELL_RECEIPT : CELL_EXPENSE};
    TRY(level_of(ctx, line, levels, section, &place.level));
    return entry_add(entry, ENTRY_POSTINGS_MAX, &place, opened_by(line, takes_over));
}

enum status credit_opens(struct ctx *ctx, const struct budget_act *act, const struct budget_levels *levels,
                         struct entry *entry)
{
    struct budget_line *lines;
    size_t count;
    TRY(budget_lines(ctx, act->id, &lines, &count));
    enum entry_kind kind = str_eq(act->kind, STR(BUDGET_TRANSFER)) ? ENTRY_TRANSFER : ENTRY_VOTE;
    *entry = (struct entry){.kind = kind, .day = act->decided, .budget = act->siret,
                            .exercise = (uint16_t)act->year, .label = budget_act_name(ctx, act),
                            .postings = arena_array(ctx->arena, struct posting, ENTRY_POSTINGS_MAX)};
    if (entry->postings == NULL)
        return LIMIT;
    book_id_of(str_format(ctx->arena, "open %lld", (long long)act->id), entry->id); /* an act opens its credits once */
    for (size_t i = 0; i < count; i++)
        TRY(add_line(ctx, entry, &lines[i], levels, budget_takes_over(act)));
    return OK;
}

enum status credit_is_open(struct ctx *ctx, int64_t act, bool *ret_is_open, int64_t *ret_budget)
{
    struct sql_credit_opening_row row;
    enum status done = sql_credit_opening(ctx->db, ctx->arena, (struct sql_credit_opening){.act = act}, &row);
    *ret_is_open = done == OK;
    *ret_budget = done == OK ? row.budget : 0;
    return done == NOT_FOUND ? OK : done;
}

static enum status need_voted(struct ctx *ctx, const struct budget_act *act)
{
    bool is_open;
    int64_t budget;
    TRY(credit_is_open(ctx, act->id, &is_open, &budget));
    if (is_open)
        return refuse(ctx, CONFLICT, "accounting.opened", T_accounting_opened_already);
    if (act->is_draft || act->annulled.ms != 0 || act->decided.days == 0 || budget_is_account(act))
        return refuse(ctx, CONFLICT, "accounting.not_voted", T_accounting_not_voted_act);
    return OK;
}

static int64_t levels_kept(const struct budget_levels *levels, enum chart_section section)
{
    return (levels->is_by_article[section] ? CREDIT_BY_ARTICLE : 0) |
           (levels->is_by_function ? CREDIT_BY_FUNCTION : 0);
}

enum status credit_open(struct ctx *ctx, int64_t id, struct faults *faults)
{
    struct budget_act act;
    struct sql_credit_budget_of_row budget;
    struct ledger_answer answer;
    struct entry entry;
    struct budget_levels levels;
    TRY(budget_act(ctx, id, &act));
    TRY(need_voted(ctx, &act));
    TRY(budget_frame_levels(ctx, &act, &levels));
    TRY(credit_opens(ctx, &act, &levels, &entry));
    TRY(sql_credit_budget_of(ctx->db, ctx->arena, (struct sql_credit_budget_of){.act = id}, &budget));
    TRY(remain_may_open(ctx, &act, budget.budget, faults));
    TRY(before_take_back(ctx, budget.budget, &act, faults, &entry));
    TRY(book_post(ctx, &entry, &answer, faults));
    TRY(sql_credit_opening_add(ctx->db, (struct sql_credit_opening_add){
                                            .act = id,
                                            .sequence = (int64_t)answer.sequence,
                                            .budget = budget.budget,
                                            .year = act.year,
                                            .functioning_by_article = levels_kept(&levels, CHART_FUNCTIONING),
                                            .investment_by_article = levels_kept(&levels, CHART_INVESTMENT)}));
    TRY(story_add(ctx, STORY_ACT, id, "accounting.open", STR("")));
    return audit_add(ctx, "accounting.open", act.siret, budget_act_name(ctx, &act));
}

/* ---- years ---- */

enum status credit_year(struct ctx *ctx, int64_t budget, int32_t year, struct credit_year *ret_year)
{
    struct sql_credit_year_of_row row;
    struct budget_chart_used used;
    struct budget_act act;
    TRY(sql_credit_year_of(ctx->db, ctx->arena, (struct sql_credit_year_of){.budget = budget, .year = year}, &row));
    *ret_year = (struct credit_year){.budget = budget, .siret = row.siret, .label = row.label,
                                     .nomenclature = row.nomenclature, .year = year,
                                     .is_by_article = {(row.functioning_by_article & CREDIT_BY_ARTICLE) != 0,
                                                       (row.investment_by_article & CREDIT_BY_ARTICLE) != 0},
                                     .is_by_function = (row.functioning_by_article & CREDIT_BY_FUNCTION) != 0,
                                     .recovers_tax = row.recovers_tax != 0, .is_before = row.is_before != 0};
    TRY(budget_act(ctx, row.act, &act));
    act.year = year; /* before the vote it is of the year before */
    TRY(budget_chart_used(ctx, &act, &used));
    ret_year->chart = used.chart;
    ret_year->chart_year = used.year;
    ret_year->is_chart_decided = used.is_decided;
    return OK;
}

struct str credit_level_label(struct ctx *ctx, const struct credit_year *year, struct str level)
{
    if (str_starts(level, STR(CELL_OPERATION)))
        return text_of(ctx->language, T_accounting_operation);
    struct str label = budget_chapter_label(year->chart, level);
    return label.len > 0 ? label : budget_account_label(year->chart, level);
}

enum status credit_years(struct ctx *ctx, struct credit_year **ret_years, size_t *ret_count)
{
    struct sql_credit_year_list_row *rows;
    size_t count;
    TRY(sql_credit_year_list(ctx->db, ctx->arena, &rows, &count));
    struct credit_year *years = arena_array(ctx->arena, struct credit_year, count + 1);
    if (years == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        years[i] = (struct credit_year){.budget = rows[i].budget, .siret = rows[i].siret, .label = rows[i].label,
                                        .year = (int32_t)rows[i].year, .nomenclature = STR("")};
    *ret_years = years;
    *ret_count = count;
    return OK;
}

enum status credit_operations(struct ctx *ctx, const struct credit_year *year, struct str **ret_levels,
                              size_t *ret_count)
{
    struct book_cell *cells;
    size_t count;
    *ret_count = 0;
    TRY(book_cells(ctx, year->siret, year->year, &cells, &count));
    *ret_levels = arena_array(ctx->arena, struct str, count + 1);
    if (*ret_levels == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (str_starts(cells[i].key.level, STR(CELL_OPERATION)))
            (*ret_levels)[(*ret_count)++] = cells[i].key.level;
    return OK;
}

enum status credit_set_tax(struct ctx *ctx, const struct credit_year *year, bool recovers)
{
    struct sql_credit_tax_bills_row bills;
    TRY(mandate_forbids(ctx));
    TRY(sql_credit_tax_bills(ctx->db, ctx->arena, (struct sql_credit_tax_bills){.budget = year->budget}, &bills));
    if (recovers != year->recovers_tax && bills.count > 0)
        return refuse(ctx, CONFLICT, "accounting.tax_bills", T_accounting_tax_bills);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_credit_tax_set(ctx->db, (struct sql_credit_tax_set){.recovers = recovers, .budget = year->budget}));
    return audit_add(ctx, "accounting.tax", year->siret, recovers ? STR("yes") : STR("no"));
}

enum status credit_entry(struct ctx *ctx, const struct credit_year *year, enum entry_kind kind,
                         const struct imputation *lines, size_t count, enum cell_direction direction,
                         struct entry *ret_entry)
{
    *ret_entry = (struct entry){.kind = kind, .budget = year->siret, .exercise = (uint16_t)year->year,
                                .label = STR(""), .postings = arena_array(ctx->arena, struct posting, IMPUTATIONS_MAX)};
    if (ret_entry->postings == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct entry_place place = {lines[i].section, direction, lines[i].level};
        TRY(entry_add(ret_entry, IMPUTATIONS_MAX, &place, lines[i].net));
    }
    return OK;
}

enum status credit_keep_lines(struct ctx *ctx, uint64_t sequence, const struct imputation *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        TRY(sql_credit_line_add(ctx->db, (struct sql_credit_line_add){.sequence = (int64_t)sequence,
                                                                      .place = (int64_t)i + 1,
                                                                      .nature = lines[i].nature,
                                                                      .function = lines[i].function,
                                                                      .operation = lines[i].operation,
                                                                      .level = lines[i].level,
                                                                      .section = lines[i].section,
                                                                      .net = lines[i].net.cents,
                                                                      .tax = lines[i].tax.cents}));
    return OK;
}

enum status credit_lines(struct ctx *ctx, uint64_t sequence, struct imputation **ret_lines, size_t *ret_count)
{
    struct sql_credit_line_list_row *rows;
    size_t count;
    TRY(sql_credit_line_list(ctx->db, ctx->arena, (struct sql_credit_line_list){.sequence = (int64_t)sequence}, &rows,
                             &count));
    struct imputation *lines = arena_array(ctx->arena, struct imputation, count + 1);
    if (lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        lines[i] = (struct imputation){.nature = rows[i].nature, .function = rows[i].function,
                                       .operation = rows[i].operation, .level = rows[i].level,
                                       .section = (enum cell_section)rows[i].section,
                                       .net = {rows[i].net}, .tax = {rows[i].tax}};
    *ret_lines = lines;
    *ret_count = count;
    return OK;
}
