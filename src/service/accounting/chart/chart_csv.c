/* A row for each: chart,norm,variant,year and how many chapters, accounts and functions follow; then
 * c,code,section,marks,label; a,code,parent,DR,RR,DOES,ROES,DOIS,ROIS,marks,removed,label; f,code,parent,label. */
#include "proto/csv/csv.h"
#include "service/accounting/chart/chart_table.h"

enum { HEAD = 7, CHAPTER = 5, ACCOUNT = 12, FUNCTION = 4 /* columns */ };

/* ---- marks: a letter for each fact that holds ---- */

enum mark { MARK_EXPENSE, MARK_RECEIPT, MARK_TOTAL, MARK_SPECIAL, MARK_FUNCTION, MARK_SHOWN, MARKS };
static const char letters[MARKS] = {'d', 'r', 't', 'x', 'f', 's'};

static struct str marks_of(char room[MARKS], const bool is_set[MARKS])
{
    size_t length = 0;
    for (enum mark mark = 0; mark < MARKS; mark++)
        if (is_set[mark])
            room[length++] = letters[mark];
    return (struct str){room, length};
}

static enum status read_marks(struct str marks, bool ret_is_set[MARKS])
{
    for (size_t i = 0; i < marks.len; i++) {
        const char *letter = memchr(letters, marks.at[i], MARKS);
        if (letter == NULL || ret_is_set[letter - letters])
            return INVALID;
        ret_is_set[letter - letters] = true;
    }
    return OK;
}

/* ---- writing ---- */

static void write_chapter(struct buf *out, const struct chart_chapter *chapter)
{
    char room[MARKS];
    struct str section = chapter->section == CHART_INVESTMENT ? STR("I") : STR("F");
    struct str marks = marks_of(room, (bool[MARKS]){[MARK_SPECIAL] = chapter->is_special,
                                                    [MARK_FUNCTION] = chapter->is_by_function,
                                                    [MARK_SHOWN] = chapter->is_shown_only});
    csv_write(out, (struct str[CHAPTER]){STR("c"), chapter->code, section, marks, chapter->label}, CHAPTER);
}

static void write_account(struct buf *out, const struct chart_account *account)
{
    char room[MARKS];
    struct str marks = marks_of(room, (bool[MARKS]){[MARK_EXPENSE] = account->is_equipment[CHART_EXPENSE],
                                                    [MARK_RECEIPT] = account->is_equipment[CHART_RECEIPT],
                                                    [MARK_TOTAL] = account->is_total,
                                                    [MARK_SHOWN] = account->is_shown_only});
    struct str fields[ACCOUNT] = {STR("a"), account->code, account->parent};
    for (int i = 0; i < CHART_KINDS * 2; i++)
        fields[3 + i] = account->chapter[i / 2][i % 2];
    fields[9] = marks;
    fields[10] = account->removed_since;
    fields[11] = account->label;
    csv_write(out, fields, ACCOUNT);
}

static void write_function(struct buf *out, const struct chart_function *function)
{
    csv_write(out, (struct str[FUNCTION]){STR("f"), function->code, function->parent, function->label}, FUNCTION);
}

void chart_write(struct buf *out, const struct chart *chart)
{
    buf_add_format(out, "chart,%.*s,%.*s,%d,%zu,%zu,%zu\r\n", STR_ARG(chart->norm), STR_ARG(chart->variant),
                   chart->year, chart->chapter_count, chart->account_count, chart->function_count);
    for (size_t i = 0; i < chart->chapter_count; i++)
        write_chapter(out, &chart->chapters[i]);
    for (size_t i = 0; i < chart->account_count; i++)
        write_account(out, &chart->accounts[i]);
    for (size_t i = 0; i < chart->function_count; i++)
        write_function(out, &chart->functions[i]);
}

/* ---- reading ---- */

struct reading {
    struct csv_reader csv;
    struct csv_row *row;
    struct arena *arena;
};

/* The next row, which must be one of that kind. */
static enum status next(struct reading *reading, struct str kind, size_t columns)
{
    enum status done = csv_next(&reading->csv, reading->arena, reading->row);
    if (done != OK)
        return done == NOT_FOUND ? INVALID : done;
    return reading->row->count == columns && str_eq(reading->row->fields[0], kind) ? OK : INVALID;
}

static enum status check_label(struct str label)
{
    return label.len <= CHART_LABEL_MAX ? OK : LIMIT;
}

static enum status read_chapter(struct reading *reading, struct chart_chapter *ret_chapter)
{
    const struct str *fields = reading->row->fields;
    bool is_set[MARKS] = {false};
    TRY(next(reading, STR("c"), CHAPTER));
    TRY(read_marks(fields[3], is_set));
    TRY(check_label(fields[4]));
    bool is_investment = str_eq(fields[2], STR("I"));
    if (!is_investment && !str_eq(fields[2], STR("F")))
        return INVALID;
    *ret_chapter = (struct chart_chapter){.code = fields[1], .label = fields[4],
                                          .section = is_investment ? CHART_INVESTMENT : CHART_FUNCTIONING,
                                          .is_special = is_set[MARK_SPECIAL],
                                          .is_by_function = is_set[MARK_FUNCTION],
                                          .is_shown_only = is_set[MARK_SHOWN]};
    return OK;
}

static enum status read_account(struct reading *reading, struct chart_account *ret_account)
{
    const struct str *fields = reading->row->fields;
    bool is_set[MARKS] = {false};
    TRY(next(reading, STR("a"), ACCOUNT));
    TRY(read_marks(fields[9], is_set));
    TRY(check_label(fields[11]));
    *ret_account = (struct chart_account){.code = fields[1], .parent = fields[2], .removed_since = fields[10],
                                          .label = fields[11], .is_total = is_set[MARK_TOTAL],
                                          .is_equipment = {is_set[MARK_EXPENSE], is_set[MARK_RECEIPT]},
                                          .is_shown_only = is_set[MARK_SHOWN]};
    for (int i = 0; i < CHART_KINDS * 2; i++)
        ret_account->chapter[i / 2][i % 2] = fields[3 + i];
    return OK;
}

static enum status read_function(struct reading *reading, struct chart_function *ret_function)
{
    const struct str *fields = reading->row->fields;
    TRY(next(reading, STR("f"), FUNCTION));
    TRY(check_label(fields[3]));
    *ret_function = (struct chart_function){.code = fields[1], .parent = fields[2], .label = fields[3]};
    return OK;
}

/* How many rows of a kind follow. */
static enum status read_count(struct str number, uint64_t most, size_t *ret_count)
{
    uint64_t count;
    TRY(str_to_u64(number, UINT32_MAX, &count));
    *ret_count = (size_t)count;
    return count <= most ? OK : LIMIT;
}

static enum status read_head(struct reading *reading, struct chart *ret_chart)
{
    const struct str *fields = reading->row->fields;
    uint64_t year;
    TRY(next(reading, STR("chart"), HEAD));
    TRY(str_to_u64(fields[3], INT32_MAX, &year));
    *ret_chart = (struct chart){.norm = fields[1], .variant = fields[2], .year = (int32_t)year};
    TRY(read_count(fields[4], CHART_CHAPTERS_MAX, &ret_chart->chapter_count));
    TRY(read_count(fields[5], CHART_ACCOUNTS_MAX, &ret_chart->account_count));
    TRY(read_count(fields[6], CHART_FUNCTIONS_MAX, &ret_chart->function_count));
    return chart_is_head(ret_chart) ? OK : INVALID;
}

static enum status read_rows(struct reading *reading, struct chart *chart)
{
    chart->chapters = arena_array(reading->arena, struct chart_chapter, chart->chapter_count + 1);
    chart->accounts = arena_array(reading->arena, struct chart_account, chart->account_count + 1);
    chart->functions = arena_array(reading->arena, struct chart_function, chart->function_count + 1);
    if (chart->chapters == NULL || chart->accounts == NULL || chart->functions == NULL)
        return LIMIT;
    for (size_t i = 0; i < chart->chapter_count; i++)
        TRY(read_chapter(reading, &chart->chapters[i]));
    for (size_t i = 0; i < chart->account_count; i++)
        TRY(read_account(reading, &chart->accounts[i]));
    for (size_t i = 0; i < chart->function_count; i++)
        TRY(read_function(reading, &chart->functions[i]));
    return reading->csv.rest.len == 0 ? OK : INVALID;
}

enum status chart_read(struct arena *arena, struct str csv, struct chart *ret_chart)
{
    struct reading reading = {.csv = csv_open(csv), .arena = arena, .row = arena_new(arena, struct csv_row)};
    struct chart chart;
    struct chart_break broken;
    reading.csv.separator = ',';
    if (reading.row == NULL)
        return LIMIT;
    if (!str_ends(csv, STR("\n"))) /* else the last label may have been cut */
        return INVALID;
    TRY(read_head(&reading, &chart));
    TRY(read_rows(&reading, &chart));
    TRY(chart_check(arena, &chart, &broken));
    *ret_chart = chart;
    return OK;
}
