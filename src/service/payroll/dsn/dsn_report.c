#include "service/payroll/dsn/dsn_report.h"

#include "base/map.h"
#include "base/utf8.h"
#include "proto/csv/csv.h"

enum { BODY, PERSON, RUBRIC, CODE, CATEGORY, WORDS, COLUMNS };
enum { PERSON_NIR = 210030001, PERSON_TEMPORARY = 210030020, PERSON_NUMBER = 210030019, RUBRICS_IN_BLOCK = 1000,
       PERSON_BLOCK = 210030, PEOPLE_MAX = 1 << 20, WORDS_MAX = 4096 };

static const struct str names[COLUMNS] = {STR_INIT("organisme"), STR_INIT("personne"),  STR_INIT("rubrique"),
                                          STR_INIT("code"),      STR_INIT("categorie"), STR_INIT("libelle")};

/* ---- reading ---- */

/* Where each column stands, from 1; 0: nowhere. */
static enum status head_of(const struct csv_row *row, size_t *columns)
{
    for (size_t i = 0; i < row->count; i++)
        for (size_t j = 0; j < COLUMNS; j++)
            if (str_eq_nocase(str_trim(row->fields[i]), names[j])) {
                if (columns[j] != 0)
                    return INVALID;
                columns[j] = i + 1;
            }
    return columns[CODE] != 0 && columns[WORDS] != 0 ? OK : INVALID;
}

static struct str field_of(const struct csv_row *row, const size_t *columns, size_t column)
{
    return columns[column] == 0 || columns[column] > row->count ? STR("")
                                                                 : str_trim(row->fields[columns[column] - 1]);
}

static enum status anomaly_of(const struct csv_row *row, const size_t *columns, struct dsn_anomaly *ret_anomaly)
{
    struct str rubric = field_of(row, columns, RUBRIC);
    struct dsn_anomaly anomaly = {.body = field_of(row, columns, BODY),
                                  .person = field_of(row, columns, PERSON),
                                  .code = field_of(row, columns, CODE),
                                  .category = field_of(row, columns, CATEGORY),
                                  .words = field_of(row, columns, WORDS),
                                  .number = dsn_number(rubric),
                                  .line = (size_t)row->line};
    bool is_right = utf8_is_line(anomaly.words, WORDS_MAX) && utf8_is_line(anomaly.code, WORDS_MAX) &&
                    utf8_is_line(anomaly.category, WORDS_MAX) && utf8_is_line(anomaly.body, WORDS_MAX);
    if (!is_right || (rubric.len > 0 && anomaly.number == 0))
        return INVALID;
    *ret_anomaly = anomaly;
    return OK;
}

static enum status read_rows(struct arena *arena, struct csv_reader *reader, struct dsn_report *report,
                             size_t *ret_line)
{
    struct csv_row row;
    size_t columns[COLUMNS] = {0};
    enum status done = csv_next(reader, arena, &row);
    *ret_line = 1;
    if (done != OK || head_of(&row, columns) != OK)
        return done == LIMIT ? LIMIT : INVALID;
    while ((done = csv_next(reader, arena, &row)) == OK) {
        *ret_line = (size_t)row.line;
        bool is_empty = field_of(&row, columns, CODE).len == 0 && field_of(&row, columns, WORDS).len == 0;
        if (is_empty)
            continue;
        if (report->count == DSN_ANOMALIES_MAX)
            return LIMIT;
        TRY(anomaly_of(&row, columns, &report->at[report->count]));
        report->count++;
    }
    *ret_line = (size_t)row.line;
    return done == NOT_FOUND ? OK : done;
}

enum status dsn_report_read(struct arena *arena, struct str csv, struct dsn_report *ret_report, size_t *ret_line)
{
    struct buf utf8 BUF_SCOPE = BUF_INIT(2 * DSN_REPORT_MAX);
    struct dsn_report report = {.at = arena_array(arena, struct dsn_anomaly, DSN_ANOMALIES_MAX)};
    *ret_line = 0;
    if (csv.len > DSN_REPORT_MAX || report.at == NULL)
        return LIMIT;
    if (!utf8_is_valid(csv)) {
        dsn_utf8_write(&utf8, csv);
        csv = str_copy(arena, buf_str(&utf8));
        if (str_is_absent(csv))
            return LIMIT;
    }
    struct csv_reader reader = csv_open(csv);
    TRY(read_rows(arena, &reader, &report, ret_line));
    *ret_report = report;
    return OK;
}

size_t dsn_report_next(const struct dsn_report *report, struct str person, size_t from)
{
    while (from < report->count && !str_eq(report->at[from].person, person))
        from++;
    return from;
}

/* ---- attaching ---- */

/* Each name of a person to the first line of their block. */
static enum status name_people(struct map *people, const struct dsn_file *file)
{
    struct dsn_line *first = NULL;
    for (size_t i = 0; i < file->count; i++) {
        struct dsn_line *line = &file->lines[i];
        if (line->number / RUBRICS_IN_BLOCK != PERSON_BLOCK) {
            first = line->number != 0 ? NULL : first;
            continue;
        }
        first = first == NULL ? line : first;
        bool is_name = line->number == PERSON_NIR || line->number == PERSON_TEMPORARY || line->number == PERSON_NUMBER;
        enum status done = is_name ? map_add(people, dsn_line_value(line), first) : OK;
        if (done != OK && done != CONFLICT)
            return done;
    }
    return OK;
}

/* The line of the rubric below a person; their own first line where they have none. */
static size_t line_below(const struct dsn_file *file, size_t first, uint32_t number)
{
    for (size_t i = first; i < file->count; i++) {
        bool is_next = i > first && file->lines[i].number / RUBRICS_IN_BLOCK == PERSON_BLOCK &&
                       file->lines[i - 1].number / RUBRICS_IN_BLOCK != PERSON_BLOCK;
        if (is_next)
            return first;
        if (file->lines[i].number == number)
            return i;
    }
    return first;
}

static void attach(const struct dsn_anomaly *anomaly, const struct dsn_file *file, const struct dsn_line *person,
                   struct dsn_faults *faults)
{
    struct buf words BUF_SCOPE = BUF_INIT(4 * WORDS_MAX);
    size_t line = 0;
    if (person != NULL)
        line = line_below(file, (size_t)(person - file->lines), anomaly->number) + 1;
    buf_add_format(&words, "%.*s %.*s %.*s", STR_ARG(anomaly->body), STR_ARG(anomaly->code),
                   STR_ARG(anomaly->category));
    struct str said = str_trim(buf_str(&words));
    struct str value = line > 0 ? dsn_line_value(&file->lines[line - 1]) : anomaly->person;
    uint32_t number = anomaly->number != 0 || line == 0 ? anomaly->number : file->lines[line - 1].number;
    dsn_fault_add_said(faults, person != NULL || anomaly->person.len == 0 ? "report.anomaly" : "report.nobody", line,
                       number, value, said, anomaly->words);
}

enum status dsn_report_attach(struct arena *arena, const struct dsn_report *report, struct str bytes,
                              struct dsn_faults *faults)
{
    struct map people = map_in(arena, PEOPLE_MAX);
    struct dsn_file file;
    TRY(dsn_file_read(arena, bytes, &file));
    TRY(name_people(&people, &file));
    for (size_t i = 0; i < report->count; i++) {
        const struct dsn_anomaly *anomaly = &report->at[i];
        attach(anomaly, &file, anomaly->person.len > 0 ? map_get(&people, anomaly->person) : NULL, faults);
    }
    return OK;
}
