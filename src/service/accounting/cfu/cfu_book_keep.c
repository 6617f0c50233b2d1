/* The account of a year as a document of the town, and what the accountant's file is compared with. */
#include "service/accounting/cfu/cfu_book.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_force.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/cfu/cfu_book_sql.h"
#include "service/accounting/lang.h"
#include "service/accounting/story/story.h"

/* ---- kept ---- */

/* DOCBUDG_ACCOUNT is the only kind of an account that the public schema knows (V95); DOCBUDG_SINGLE stands for the file
 * that the accountant merges. */
enum status cfu_book_act(struct ctx *ctx, struct str siret, int32_t year, struct budget_act *ret_act)
{
    enum status done = budget_act_named(ctx, siret, year, STR(DOCBUDG_ACCOUNT), STR_NONE, ret_act);
    return done == NOT_FOUND ? budget_act_named(ctx, siret, year, STR(DOCBUDG_SINGLE), STR_NONE, ret_act) : done;
}

static enum status make_room(struct ctx *ctx, const struct credit_year *year)
{
    struct budget_act act;
    enum status done = cfu_book_act(ctx, year->siret, year->year, &act);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    if (!act.is_draft)
        return refuse(ctx, CONFLICT, "accounting.act_there", T_accounting_act_there);
    return budget_document_drop(ctx, act.document);
}

static enum status add_line(struct ctx *ctx, int64_t act, const struct budget_line *from, int64_t place)
{
    struct budget_line line = *from;
    TRY(budget_draft_blank(&line)); /* under its section's marker */
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++) {
        line.has[i] = from->has[i];
        line.amounts[i] = from->amounts[i];
    }
    line.chapter = line.group_chapter;
    line.place = place;
    return budget_line_add(ctx, act, &line);
}

enum status cfu_book_keep(struct ctx *ctx, const struct credit_year *year, const struct cfu_book *book,
                          int64_t *ret_act)
{
    struct budget_act from, act = {.label = year->label, .siret = year->siret, .year = year->year,
                                   .kind = STR(DOCBUDG_ACCOUNT), .number = STR(""), .nomenclature = year->nomenclature,
                                   .is_draft = true};
    int64_t document;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(make_room(ctx, year));
    enum status done = budget_act_named(ctx, year->siret, year->year, STR(DOCBUDG_PRIMITIVE), STR_NONE, &from);
    if (done == NOT_FOUND || (done == OK && from.is_draft))
        return refuse(ctx, CONFLICT, "accounting.cfu_book_no_budget", T_accounting_cfu_book_no_budget);
    TRY(done);
    TRY(budget_frame_begin(ctx, &from, &act, &document, ret_act));
    for (size_t i = 0; i < book->count; i++)
        TRY(add_line(ctx, *ret_act, &book->lines[i].line, (int64_t)i + 1));
    TRY(story_add(ctx, STORY_ACT, *ret_act, "accounting.account", STR("")));
    TRY(audit_add(ctx, "accounting.account", year->siret, str_format(ctx->arena, "%d", year->year)));
    return budget_document_end(ctx, document);
}

enum status cfu_book_is_said(struct ctx *ctx, const struct cfu_book *book, int64_t act, bool *ret_is_said)
{
    struct budget_line *lines;
    size_t count, same = 0;
    TRY(budget_lines_after(ctx, act, 0, &lines, &count));
    *ret_is_said = false;
    for (size_t at = 0; count > 0; at += count) {
        for (size_t i = 0; i < count && at + i < book->count; i++) {
            const struct budget_line *line = &book->lines[at + i].line;
            same += budget_line_is(&lines[i], line) &&
                    memcmp(lines[i].amounts, line->amounts, sizeof line->amounts) == 0;
        }
        if (at + count > book->count)
            return OK;
        TRY(budget_lines_after(ctx, act, lines[count - 1].place, &lines, &count));
    }
    *ret_is_said = same == book->count;
    return OK;
}

/* ---- compared ---- */

static enum status book_lines(struct ctx *ctx, int64_t budget, int32_t year, struct budget_line **ret_lines,
                              size_t *ret_count)
{
    struct credit_year opened;
    struct cfu_book book;
    TRY(credit_year(ctx, budget, year, &opened));
    TRY(cfu_book_read(ctx, &opened, &book));
    struct budget_line *lines = arena_array(ctx->arena, struct budget_line, book.count + 1);
    if (lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < book.count; i++)
        lines[i] = book.lines[i].line;
    *ret_lines = lines;
    *ret_count = book.count;
    return OK;
}

enum status cfu_town_lines(struct ctx *ctx, struct str siret, int32_t year, enum cfu_town *ret_town,
                           struct budget_act *ret_act, struct budget_line **ret_lines, size_t *ret_count)
{
    struct sql_cfu_book_year_row row;
    *ret_town = CFU_TOWN_NONE;
    *ret_count = 0;
    enum status found = cfu_book_act(ctx, siret, year, ret_act), done;
    if (found != OK && found != NOT_FOUND)
        return found;
    done = sql_cfu_book_year(ctx->db, ctx->arena, (struct sql_cfu_book_year){.siret = siret, .year = year}, &row);
    if (done != OK && done != NOT_FOUND)
        return done;
    if (found == OK && (done == NOT_FOUND || !ret_act->is_draft)) {
        *ret_town = CFU_TOWN_ACT;
        return budget_lines(ctx, ret_act->id, ret_lines, ret_count);
    }
    if (done == NOT_FOUND)
        return OK;
    *ret_town = CFU_TOWN_BOOK;
    return book_lines(ctx, row.budget, year, ret_lines, ret_count);
}
