#include "service/accounting/budget/budget.h"

#include "core/town.h"
#include "service/accounting/budget/budget_sql.h"
#include "service/accounting/lang.h"

/* ---- rows ---- */

#define ACT_OF(row)                                                                                                    \
    ((struct budget_act){.id = (row).id,                                                                               \
                         .document = (row).document,                                                                   \
                         .place = (row).place,                                                                         \
                         .label = (row).label,                                                                         \
                         .siret = (row).siret,                                                                         \
                         .year = (int32_t)(row).year,                                                                  \
                         .kind = (row).kind,                                                                           \
                         .number = (row).number,                                                                       \
                         .nomenclature = (row).nomenclature,                                                           \
                         .decided = {(int32_t)(row).decided_day},                                                      \
                         .is_draft = (row).is_draft != 0,                                                              \
                         .annulled = {(row).annulled_ms},                                                              \
                         .annulled_why = (row).annulled_why})

#define AMOUNTS_OF(row)                                                                                                \
    {[DOCBUDG_PREVIOUS] = {(row).previous}, [DOCBUDG_CARRIED] = {(row).carried},                                       \
     [DOCBUDG_PROPOSED] = {(row).proposed}, [DOCBUDG_VOTED] = {(row).voted},                                           \
     [DOCBUDG_OPEN] = {(row).opened},       [DOCBUDG_DONE] = {(row).done},                                             \
     [DOCBUDG_LEFT] = {(row).remaining}}

#define LINE_OF(row)                                                                                                   \
    ((struct budget_line){.place = (row).place,                                                                        \
                          .nature = (row).nature,                                                                      \
                          .function = (row).function,                                                                  \
                          .operation = (row).operation,                                                                \
                          .chapter = (row).chapter,                                                                    \
                          .function_chapter = (row).function_chapter,                                                  \
                          .operation_chapter = (row).operation_chapter,                                                \
                          .group_chapter = (row).group_chapter,                                                        \
                          .direction = (enum chart_direction)(row).direction,                                          \
                          .kind = (enum chart_kind)(row).kind,                                                         \
                          .section = (enum chart_section)(row).section,                                                \
                          .amounts = AMOUNTS_OF(row),                                                                  \
                          .extra = (row).extra})

static void set_has(struct budget_line *line, int64_t bits)
{
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++)
        line->has[i] = bits >> i & 1;
}

static int64_t bits_of(const struct budget_line *line)
{
    int64_t bits = 0;
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++)
        bits |= (int64_t)line->has[i] << i;
    return bits;
}

/* ---- what there is ---- */

enum status budget_acts(struct ctx *ctx, struct budget_act **ret_acts, size_t *ret_count)
{
    struct sql_budget_act_list_row *rows;
    size_t count;
    TRY(sql_budget_act_list(ctx->db, ctx->arena, &rows, &count));
    struct budget_act *acts = arena_array(ctx->arena, struct budget_act, count + 1);
    if (acts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        acts[i] = ACT_OF(rows[i]);
    *ret_acts = acts;
    *ret_count = count;
    return OK;
}

enum status budget_act(struct ctx *ctx, int64_t id, struct budget_act *ret_act)
{
    struct sql_budget_act_get_row row;
    TRY(sql_budget_act_get(ctx->db, ctx->arena, (struct sql_budget_act_get){.id = id}, &row));
    *ret_act = ACT_OF(row);
    return OK;
}

/* BP for 01: as people say them. */
static struct str code_of(struct str kind)
{
    static const char *const said[][2] = {{"BP", DOCBUDG_PRIMITIVE},
                                          {"DM", DOCBUDG_AMENDING},
                                          {"BS", DOCBUDG_SUPPLEMENTARY},
                                          {"CA", DOCBUDG_ACCOUNT},
                                          {"CFU", DOCBUDG_SINGLE}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (str_eq_nocase(kind, str_of(said[i][0])))
            return str_of(said[i][1]);
    return kind;
}

enum status budget_act_named(struct ctx *ctx, struct str siret, int32_t year, struct str kind, struct str number,
                             struct budget_act *ret_act)
{
    struct budget_act *acts;
    size_t count;
    TRY(budget_acts(ctx, &acts, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(acts[i].siret, siret) && acts[i].year == year && str_eq(acts[i].kind, code_of(kind)) &&
            (str_is_absent(number) || str_eq(acts[i].number, number))) {
            *ret_act = acts[i];
            return OK;
        }
    return NOT_FOUND;
}

enum status budget_lines(struct ctx *ctx, int64_t act, struct budget_line **ret_lines, size_t *ret_count)
{
    struct sql_budget_line_list_row *rows;
    size_t count;
    TRY(sql_budget_line_list(ctx->db, ctx->arena, (struct sql_budget_line_list){.act = act}, &rows, &count));
    struct budget_line *lines = arena_array(ctx->arena, struct budget_line, count + 1);
    if (lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        lines[i] = LINE_OF(rows[i]);
        set_has(&lines[i], rows[i].has);
    }
    *ret_lines = lines;
    *ret_count = count;
    return OK;
}

enum status budget_lines_after(struct ctx *ctx, int64_t act, int64_t place, struct budget_line **ret_lines,
                               size_t *ret_count)
{
    struct sql_budget_line_from_row *rows;
    size_t count;
    struct sql_budget_line_from in = {.act = act, .place = place};
    TRY(sql_budget_line_from(ctx->db, ctx->arena, in, &rows, &count));
    struct budget_line *lines = arena_array(ctx->arena, struct budget_line, count + 1);
    if (lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        lines[i] = LINE_OF(rows[i]);
        set_has(&lines[i], rows[i].has);
    }
    *ret_lines = lines;
    *ret_count = count;
    return OK;
}

enum status budget_totals(struct ctx *ctx, int64_t act, struct budget_total *ret_totals, size_t *ret_count)
{
    enum { SECTIONS = 2, MOST = 2 * SECTIONS };
    struct sql_budget_totals_row *rows;
    size_t count, kept = 0;
    TRY(sql_budget_totals(ctx->db, ctx->arena, (struct sql_budget_totals){.act = act}, &rows, &count));
    for (size_t i = 0; i < count && kept < MOST; i++)
        if (rows[i].section < SECTIONS)
            ret_totals[kept++] = (struct budget_total){.section = (enum chart_section)rows[i].section,
                                                       .direction = (enum chart_direction)rows[i].direction,
                                                       .lines = rows[i].lines,
                                                       .amounts = AMOUNTS_OF(rows[i])};
    *ret_count = kept;
    return OK;
}

enum status budget_document(struct ctx *ctx, int64_t document, struct str *ret_frame, int64_t *ret_acts,
                            size_t *ret_count)
{
    struct sql_budget_document_row row;
    struct sql_budget_act_of_document_row *rows;
    size_t count;
    TRY(sql_budget_document(ctx->db, ctx->arena, (struct sql_budget_document){.id = document}, &row));
    struct sql_budget_act_of_document in = {.document = document};
    TRY(sql_budget_act_of_document(ctx->db, ctx->arena, in, &rows, &count));
    if (count > DOCBUDG_BUDGETS_MAX)
        return CORRUPT;
    for (size_t i = 0; i < count; i++)
        ret_acts[i] = rows[i].id;
    *ret_frame = row.frame;
    *ret_count = count;
    return OK;
}

/* ---- what comes in ---- */

enum status budget_document_begin(struct ctx *ctx, struct str frame, int64_t *ret_document)
{
    struct sql_budget_document_add_row row;
    if (frame.len == 0 || frame.len > BUDGET_FRAME_MAX)
        return refuse(ctx, LIMIT, "accounting.file_long", T_accounting_file_long);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    struct sql_budget_document_add in = {.frame = frame, .taken_ms = ctx->now.ms};
    TRY(sql_budget_document_add(ctx->db, ctx->arena, in, &row));
    *ret_document = row.id;
    return OK;
}

enum status budget_document_drop(struct ctx *ctx, int64_t document)
{
    TRY(sql_budget_lines_drop(ctx->db, (struct sql_budget_lines_drop){.document = document}));
    TRY(sql_budget_acts_drop(ctx->db, (struct sql_budget_acts_drop){.document = document}));
    return sql_budget_document_drop(ctx->db, (struct sql_budget_document_drop){.document = document});
}

static enum status budget_of(struct ctx *ctx, const struct budget_act *act, struct str kind, int64_t *ret_budget)
{
    struct sql_budget_of_siret_row row;
    struct sql_budget_add_row added;
    enum status done =
        sql_budget_of_siret(ctx->db, ctx->arena, (struct sql_budget_of_siret){.siret = act->siret}, &row);
    *ret_budget = row.id;
    if (done == OK)
        return sql_budget_name(ctx->db, (struct sql_budget_name){.label = act->label, .kind = kind, .id = row.id});
    if (done != NOT_FOUND)
        return done;
    struct sql_budget_add in = {.siret = act->siret, .label = act->label, .kind = kind};
    TRY(sql_budget_add(ctx->db, ctx->arena, in, &added));
    *ret_budget = added.id;
    return OK;
}

/* Other documents with this act: what an interrupted import left is swept, a whole one stays until the end. */
static enum status make_room(struct ctx *ctx, const struct budget_act *act, int64_t budget, int64_t document,
                             bool replaces)
{
    struct sql_budget_act_same_row *rows;
    size_t count;
    struct sql_budget_act_same in = {.budget = budget, .year = act->year, .kind = act->kind, .number = act->number,
                                     .document = document};
    TRY(sql_budget_act_same(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].is_whole == 0)
            TRY(budget_document_drop(ctx, rows[i].id));
        else if (!replaces)
            return refuse(ctx, CONFLICT, "accounting.act_there", T_accounting_act_there);
    }
    return OK;
}

enum status budget_act_begin(struct ctx *ctx, int64_t document, const struct budget_act *act, struct str budget_kind,
                             bool replaces, int64_t *ret_act)
{
    int64_t budget;
    struct sql_budget_act_add_row row;
    if (act->siret.len == 0 || act->year == 0 || act->kind.len == 0)
        return refuse(ctx, INVALID, "accounting.not_budget", T_accounting_not_budget);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(budget_of(ctx, act, budget_kind, &budget));
    TRY(make_room(ctx, act, budget, document, replaces));
    struct sql_budget_act_add in = {.budget = budget,
                                    .document = document,
                                    .place = act->place,
                                    .year = act->year,
                                    .kind = act->kind,
                                    .number = act->number,
                                    .nomenclature = act->nomenclature,
                                    .decided_day = act->decided.days,
                                    .is_draft = act->is_draft};
    TRY(sql_budget_act_add(ctx->db, ctx->arena, in, &row));
    *ret_act = row.id;
    return OK;
}

enum status budget_line_add(struct ctx *ctx, int64_t act, const struct budget_line *line)
{
    struct sql_budget_line_add in = {.act = act,
                                     .place = line->place,
                                     .nature = line->nature,
                                     .function = line->function,
                                     .operation = line->operation,
                                     .chapter = line->chapter,
                                     .function_chapter = line->function_chapter,
                                     .operation_chapter = line->operation_chapter,
                                     .group_chapter = line->group_chapter,
                                     .direction = line->direction,
                                     .kind = line->kind,
                                     .section = line->section,
                                     .has = bits_of(line),
                                     .previous = line->amounts[DOCBUDG_PREVIOUS].cents,
                                     .carried = line->amounts[DOCBUDG_CARRIED].cents,
                                     .proposed = line->amounts[DOCBUDG_PROPOSED].cents,
                                     .voted = line->amounts[DOCBUDG_VOTED].cents,
                                     .opened = line->amounts[DOCBUDG_OPEN].cents,
                                     .done = line->amounts[DOCBUDG_DONE].cents,
                                     .remaining = line->amounts[DOCBUDG_LEFT].cents,
                                     .extra = line->extra};
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_budget_line_add(ctx->db, in);
}

/* The acts of this document are the ones that stand now: those they replace go with their whole document. */
static enum status replace(struct ctx *ctx, int64_t document)
{
    struct sql_budget_same_document_row *rows;
    size_t count;
    struct sql_budget_same_document in = {.document = document};
    TRY(sql_budget_same_document(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count; i++)
        TRY(budget_document_drop(ctx, rows[i].id));
    return OK;
}

enum status budget_document_end(struct ctx *ctx, int64_t document)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(replace(ctx, document));
    return sql_budget_document_whole(ctx->db, (struct sql_budget_document_whole){.id = document});
}
