#include "service/accounting/docbudg/docbudg.h"

/* What a row says of its lines, in this order. */
static const enum docbudg_amount columns[] = {DOCBUDG_PROPOSED, DOCBUDG_VOTED, DOCBUDG_OPEN,
                                              DOCBUDG_DONE,     DOCBUDG_LEFT,  DOCBUDG_CARRIED};
enum { COLUMNS = sizeof columns / sizeof *columns, OF_ALL = 2 /* columns that a row of both sections leaves empty */ };

struct sums {
    size_t lines;
    int64_t cents[COLUMNS];
};
_Static_assert(DOCBUDG_LINES_MAX <= INT64_MAX / MONEY_MAX, "a sum of all lines is an int64_t");

void docbudg_place(struct docbudg_budget *budget, const struct chart *chart)
{
    for (size_t i = 0; i < budget->line_count; i++) {
        struct docbudg_line *line = &budget->lines[i];
        if (!line->is_marked)
            line->section = chart_section_of(chart, line->nature, line->chapter, line->kind, line->direction);
    }
}

static struct sums sum_up(const struct docbudg_budget *budget, enum chart_section section,
                          enum chart_direction direction)
{
    struct sums sums = {0};
    for (size_t i = 0; i < budget->line_count; i++) {
        const struct docbudg_line *line = &budget->lines[i];
        if (line->section != section || line->direction != direction)
            continue;
        sums.lines++;
        for (size_t column = 0; column < COLUMNS; column++)
            sums.cents[column] += line->amounts[columns[column]].cents;
    }
    return sums;
}

/* ---- rows ---- */

/* As RFC 4180 quotes a field, in a file whose lines end with LF. */
static void write_field(struct buf *out, struct str field)
{
    bool is_plain = str_find_byte(field, ',') == SIZE_MAX && str_find_byte(field, '"') == SIZE_MAX &&
                    str_find_byte(field, '\n') == SIZE_MAX && str_find_byte(field, '\r') == SIZE_MAX;
    if (!is_plain)
        buf_add_byte(out, '"');
    for (size_t i = 0; i < field.len; i++) {
        if (field.at[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, field.at[i]);
    }
    if (!is_plain)
        buf_add_byte(out, '"');
    buf_add_byte(out, ',');
}

static void begin_row(struct buf *out, struct str file, const struct docbudg_budget *budget)
{
    write_field(out, file);
    write_field(out, budget->label);
    write_field(out, budget->nomenclature);
    buf_add_i64(out, budget->year);
    buf_add_byte(out, ',');
    write_field(out, budget->act);
    write_field(out, budget->act_number);
}

static void end_row(struct buf *out, enum chart_direction direction, const struct sums *sums, bool is_of_all)
{
    buf_add_c(out, direction == CHART_EXPENSE ? "D," : "R,");
    if (!is_of_all)
        buf_add_u64(out, sums->lines);
    for (size_t column = 0; column < COLUMNS; column++) {
        buf_add_byte(out, ',');
        if (!is_of_all || column >= OF_ALL)
            money_write(out, (struct money){sums->cents[column]});
    }
    buf_add_byte(out, '\n');
}

static void write_section(struct buf *out, struct str file, const struct docbudg_budget *budget,
                          enum chart_section section)
{
    static const struct str names[] = {STR_INIT("F"), STR_INIT("I"), STR_INIT("")};
    for (enum chart_direction direction = CHART_EXPENSE; direction <= CHART_RECEIPT; direction++) {
        struct sums sums = sum_up(budget, section, direction);
        if (sums.lines == 0)
            continue;
        begin_row(out, file, budget);
        write_field(out, names[section]);
        end_row(out, direction, &sums, false);
    }
}

/* Those of a CFU are the sums of its F and I rows. */
static void write_all(struct buf *out, struct str file, const struct docbudg_budget *budget)
{
    for (enum chart_direction direction = CHART_EXPENSE; direction <= CHART_RECEIPT; direction++) {
        struct sums both = sum_up(budget, CHART_FUNCTIONING, direction);
        struct sums more = sum_up(budget, CHART_INVESTMENT, direction);
        for (size_t column = 0; column < COLUMNS; column++)
            both.cents[column] += more.cents[column];
        begin_row(out, file, budget);
        write_field(out, STR("tous (lignes avec Nature)"));
        end_row(out, direction, &both, true);
    }
}

void docbudg_totals_head(struct buf *out)
{
    buf_add_literal(out, "fichier,etab,nomenclature,exercice,NatDec,NumDec,section,sens,lignes,"
                         "MtPropNouv,MtPrev,CredOuv,MtReal,MtRAR3112,RARPrec\n");
}

void docbudg_totals(struct buf *out, struct str file, const struct docbudg_budget *budget)
{
    write_section(out, file, budget, CHART_FUNCTIONING);
    write_section(out, file, budget, CHART_INVESTMENT);
    write_section(out, file, budget, CHART_NO_SECTION);
    if (str_eq(budget->act, STR(DOCBUDG_SINGLE)))
        write_all(out, file, budget);
}
