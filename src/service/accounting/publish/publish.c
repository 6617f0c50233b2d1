#include "service/accounting/publish/publish.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/publish/publish_sql.h"
#include "service/accounting/story/story.h"

/* ---- how many people the document says there are ---- */

/* "3 446", "3446,00": digits with blanks between; 0: no number. */
static int64_t count_of(struct str text)
{
    enum { MOST = 9 };
    int64_t count = 0;
    size_t digits = 0;
    for (size_t i = 0; i < text.len && text.at[i] != ',' && text.at[i] != '.' && digits <= MOST; i++)
        if (text.at[i] >= '0' && text.at[i] <= '9') {
            count = count * 10 + (text.at[i] - '0');
            digits++;
        }
    return digits <= MOST ? count : 0;
}

/* The element is looked for in the text: a tree of all the annexes would take longer than a turn has. */
static int64_t population_of(struct ctx *ctx, struct str frame)
{
    struct xml *element;
    struct xml_fault fault;
    size_t at = str_find(frame, STR("\"PopTot\"")), begin, end;
    if (at == SIZE_MAX)
        return 0;
    begin = str_find_byte_last(str_slice(frame, 0, at), '<');
    end = str_find_byte(str_after(frame, at), '>');
    if (begin == SIZE_MAX || end == SIZE_MAX)
        return 0;
    if (xml_read(ctx->arena, str_slice(frame, begin, at + end + 1), &element, &fault) != OK)
        return 0;
    return count_of(xml_attribute(element, "V"));
}

/* ---- begun and ended ---- */

static bool is_account(struct str kind)
{
    return str_eq(kind, STR(DOCBUDG_ACCOUNT)) || str_eq(kind, STR(DOCBUDG_SINGLE));
}

static bool tells_a_year(struct str kind)
{
    return str_eq(kind, STR(DOCBUDG_PRIMITIVE)) || is_account(kind);
}

bool publish_can(const struct budget_act *act)
{
    return !act->is_draft && tells_a_year(act->kind);
}

enum status publish_is_shown(struct ctx *ctx, int64_t act, bool *ret_is_shown)
{
    struct sql_publish_state_row row;
    TRY(sql_publish_state(ctx->db, ctx->arena, (struct sql_publish_state){.id = act}, &row));
    *ret_is_shown = row.published_ms > 0;
    return OK;
}

static enum status note(struct ctx *ctx, const char *kind, const struct budget_act *act)
{
    TRY(story_add(ctx, STORY_ACT, act->id, kind, STR("")));
    return audit_add(ctx, kind, act->siret,
                     str_format(ctx->arena, "%d %.*s %.*s", act->year, STR_ARG(act->kind), STR_ARG(act->number)));
}

enum status publish_begin(struct ctx *ctx, const struct budget_act *act)
{
    bool is_shown;
    struct str frame;
    int64_t acts[DOCBUDG_BUDGETS_MAX];
    size_t count;
    if (act->is_draft)
        return refuse(ctx, CONFLICT, "accounting.publish_draft", T_accounting_publish_draft);
    if (!publish_can(act))
        return refuse(ctx, CONFLICT, "accounting.publish_kind", T_accounting_publish_kind);
    TRY(publish_is_shown(ctx, act->id, &is_shown));
    if (is_shown)
        return OK;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(budget_document(ctx, act->document, &frame, acts, &count));
    struct sql_publish_set in = {.published_ms = ctx->now.ms, .population = population_of(ctx, frame), .id = act->id};
    TRY(sql_publish_set(ctx->db, in));
    return note(ctx, "accounting.publish", act);
}

enum status publish_end(struct ctx *ctx, const struct budget_act *act)
{
    bool is_shown;
    TRY(publish_is_shown(ctx, act->id, &is_shown));
    if (!is_shown)
        return OK;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_publish_set(ctx->db, (struct sql_publish_set){.id = act->id}));
    return note(ctx, "accounting.withdraw", act);
}

/* ---- what is shown ---- */

static enum status amount_of(struct ctx *ctx, const struct budget_act *act, enum docbudg_amount *ret_amount)
{
    struct budget_total totals[2 * BUDGET_SECTIONS];
    size_t count;
    TRY(budget_totals(ctx, act->id, totals, &count));
    *ret_amount = is_account(act->kind) ? DOCBUDG_DONE : budget_credits(totals, count);
    return OK;
}

enum status publish_get(struct ctx *ctx, int64_t act, struct publication *ret_publication)
{
    struct sql_publish_state_row row;
    TRY(budget_act(ctx, act, &ret_publication->act));
    TRY(sql_publish_state(ctx->db, ctx->arena, (struct sql_publish_state){.id = act}, &row));
    if (row.published_ms == 0 || ret_publication->act.is_draft)
        return NOT_FOUND;
    ret_publication->population = row.population;
    return amount_of(ctx, &ret_publication->act, &ret_publication->amount);
}

enum status publish_list(struct ctx *ctx, int64_t ret_acts[PUBLISH_SHOWN_MAX], size_t *ret_count)
{
    struct sql_publish_shown_row *rows;
    size_t count;
    TRY(sql_publish_shown(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count && i < PUBLISH_SHOWN_MAX; i++)
        ret_acts[i] = rows[i].id;
    *ret_count = count < PUBLISH_SHOWN_MAX ? count : PUBLISH_SHOWN_MAX;
    return OK;
}

/* ---- sums and lines ---- */

#define MONEY_OF(row, publication)                                                                                     \
    ((struct money){(publication)->amount == DOCBUDG_DONE   ? (row).done                                               \
                    : (publication)->amount == DOCBUDG_OPEN ? (row).opened                                             \
                                                            : (row).voted})

#define SUM_OF(row, publication)                                                                                       \
    .section = (enum chart_section)(row).section, .direction = (enum chart_direction)(row).direction,                  \
    .money = MONEY_OF(row, publication)

enum status publish_chapters(struct ctx *ctx, const struct publication *publication, struct publish_sum **ret_sums,
                             size_t *ret_count)
{
    struct sql_publish_chapters_row *rows;
    struct sql_publish_chapters in = {.act = publication->act.id};
    TRY(sql_publish_chapters(ctx->db, ctx->arena, in, &rows, ret_count));
    struct publish_sum *sums = arena_array(ctx->arena, struct publish_sum, *ret_count + 1);
    if (sums == NULL)
        return LIMIT;
    for (size_t i = 0; i < *ret_count; i++)
        sums[i] = (struct publish_sum){
            SUM_OF(rows[i], publication), .is_internal = rows[i].internal != CHART_REAL, .code = rows[i].code};
    *ret_sums = sums;
    return OK;
}

enum status publish_functions(struct ctx *ctx, const struct publication *publication, struct publish_sum **ret_sums,
                              size_t *ret_count, bool *ret_has_functions)
{
    struct sql_publish_functions_row *rows;
    struct sql_publish_functions in = {.act = publication->act.id};
    TRY(sql_publish_functions(ctx->db, ctx->arena, in, &rows, ret_count));
    struct publish_sum *sums = arena_array(ctx->arena, struct publish_sum, *ret_count + 1);
    if (sums == NULL)
        return LIMIT;
    *ret_has_functions = false;
    for (size_t i = 0; i < *ret_count; i++) {
        sums[i] = (struct publish_sum){SUM_OF(rows[i], publication), .code = rows[i].code};
        *ret_has_functions |= rows[i].code.len > 0;
    }
    *ret_sums = sums;
    return OK;
}

#define LINES_OF(rows, publication)                                                                                    \
    struct publish_sum *lines = arena_array(ctx->arena, struct publish_sum, *ret_count + 1);                           \
    if (lines == NULL)                                                                                                 \
        return LIMIT;                                                                                                  \
    for (size_t i = 0; i < *ret_count; i++)                                                                            \
        lines[i] = (struct publish_sum){SUM_OF((rows)[i], publication), .code = (rows)[i].chapter,                     \
                                        .nature = (rows)[i].nature, .function = (rows)[i].function};                   \
    *ret_lines = lines;                                                                                                \
    return OK

enum status publish_of_chapter(struct ctx *ctx, const struct publication *publication, struct str code,
                               struct publish_sum **ret_lines, size_t *ret_count)
{
    struct sql_publish_of_chapter_row *rows;
    struct sql_publish_of_chapter in = {.act = publication->act.id, .code = code};
    TRY(sql_publish_of_chapter(ctx->db, ctx->arena, in, &rows, ret_count));
    LINES_OF(rows, publication);
}

enum status publish_of_function(struct ctx *ctx, const struct publication *publication, struct str code,
                                struct publish_sum **ret_lines, size_t *ret_count)
{
    struct sql_publish_of_function_row *rows;
    struct sql_publish_of_function in = {.act = publication->act.id, .code = code};
    TRY(sql_publish_of_function(ctx->db, ctx->arena, in, &rows, ret_count));
    LINES_OF(rows, publication);
}

/* ---- all of its lines, file by file ---- */

enum status publish_files(struct ctx *ctx, const struct publication *publication, int64_t *ret_count)
{
    struct sql_publish_last_row last;
    TRY(sql_publish_last(ctx->db, ctx->arena, (struct sql_publish_last){.act = publication->act.id}, &last));
    *ret_count = last.place == 0 ? 1 : (last.place + PUBLISH_FILE_LINES - 1) / PUBLISH_FILE_LINES;
    return OK;
}

/* Those of these with an account, behind the others. */
static size_t keep_lines(struct budget_line *kept, const struct budget_line *lines, size_t count, int64_t last)
{
    size_t at = 0;
    for (size_t i = 0; i < count && lines[i].place <= last; i++)
        if (lines[i].nature.len > 0)
            kept[at++] = lines[i];
    return at;
}

enum status publish_file(struct ctx *ctx, const struct publication *publication, int64_t number,
                         struct budget_line **ret_lines, size_t *ret_count)
{
    int64_t files;
    TRY(publish_files(ctx, publication, &files));
    if (number < 1 || number > files)
        return NOT_FOUND;
    int64_t place = (number - 1) * PUBLISH_FILE_LINES, last = number * PUBLISH_FILE_LINES;
    struct budget_line *kept = arena_array(ctx->arena, struct budget_line, PUBLISH_FILE_LINES);
    size_t count = 1;
    if (kept == NULL)
        return LIMIT;
    *ret_lines = kept;
    *ret_count = 0;
    while (place < last && count > 0) {
        struct budget_line *lines;
        TRY(budget_lines_after(ctx, publication->act.id, place, &lines, &count));
        *ret_count += keep_lines(kept + *ret_count, lines, count, last);
        place = count == 0 ? last : lines[count - 1].place;
    }
    return OK;
}

bool publish_is_any(struct ctx *ctx)
{
    struct sql_publish_any_row row;
    return ctx->town != NULL && sql_publish_any(ctx->db, ctx->arena, &row) == OK && row.is_any != 0;
}
