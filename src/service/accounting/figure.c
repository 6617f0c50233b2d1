#include "service/accounting/figure.h"

#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(accounting_figures, "src/service/accounting/figures.csv");

enum { DAY_MAX = 16 /* bytes */ };
enum column { CODE, SINCE, UNTIL, VALUE, UNIT, NAME, SOURCE, COLUMNS };

static const char *const units[] = {
    [FIGURE_DAYS] = "day",
    [FIGURE_YEARS] = "year",
    [FIGURE_CENTS] = "EUR",
    [FIGURE_HUNDREDTHS] = "percent",
    [FIGURE_PEOPLE] = "inhabitant",
};
enum { UNITS = sizeof units / sizeof *units };

static enum status unit_of(struct str text, enum figure_unit *ret_unit)
{
    for (size_t i = 0; i < UNITS; i++)
        if (str_eq(text, str_of(units[i]))) {
            *ret_unit = (enum figure_unit)i;
            return OK;
        }
    return CORRUPT;
}

/* Days, years and people are whole; euros and percents have two decimals at most. */
static enum status value_of(struct str text, enum figure_unit unit, int64_t *ret_value)
{
    struct money hundredths = {0};
    bool is_whole = unit == FIGURE_DAYS || unit == FIGURE_YEARS || unit == FIGURE_PEOPLE;
    TRY(is_whole ? str_to_i64(text, ret_value) : money_parse(text, &hundredths));
    if (!is_whole)
        *ret_value = hundredths.cents;
    return *ret_value < 0 ? CORRUPT : OK;
}

static enum status day_of(struct str text, struct date *ret_date)
{
    *ret_date = (struct date){0};
    return text.len == 0 ? OK : date_parse(text, ret_date);
}

static enum status figure_of(const struct csv_row *row, struct figure *ret_figure)
{
    struct figure figure = {
        .code = row->fields[CODE], .name = row->fields[NAME], .source = row->fields[SOURCE]};
    if (row->count != COLUMNS || figure.code.len == 0 || figure.name.len == 0 || figure.source.len == 0)
        return CORRUPT;
    TRY(day_of(row->fields[SINCE], &figure.since));
    TRY(day_of(row->fields[UNTIL], &figure.until));
    TRY(unit_of(row->fields[UNIT], &figure.unit));
    TRY(value_of(row->fields[VALUE], figure.unit, &figure.value));
    *ret_figure = figure;
    return OK;
}

/* ---- looking up ---- */

static struct csv_reader open_rows(void)
{
    return csv_open(str_span(accounting_figures, accounting_figures_end));
}

enum status figure_shipped(struct arena *arena, struct figure_set *ret_all)
{
    struct csv_reader reader = open_rows();
    struct csv_row row;
    struct figure *all = arena_array(arena, struct figure, FIGURES_MAX);
    size_t count = 0;
    enum status done;
    if (all == NULL)
        return LIMIT;
    TRY(csv_next(&reader, arena, &row)); /* the head */
    while ((done = csv_next(&reader, arena, &row)) == OK) {
        if (count == FIGURES_MAX)
            return CORRUPT;
        TRY(figure_of(&row, &all[count++]));
    }
    *ret_all = (struct figure_set){all, count};
    return done == NOT_FOUND ? OK : done;
}

static bool is_in_force(const struct figure *figure, struct date day)
{
    return day.days >= figure->since.days && (figure->until.days == 0 || day.days <= figure->until.days);
}

/* The name of a code, whatever the day; the code itself where no row has it. */
static enum status find_shipped(struct arena *arena, struct str code, struct date day, struct figure *ret_figure,
                                struct str *ret_name)
{
    struct csv_reader reader = open_rows();
    struct csv_row row;
    *ret_name = code;
    TRY(csv_next(&reader, arena, &row)); /* the head */
    for (;;) {
        TRY(csv_next(&reader, arena, &row));
        if (!str_eq(row.fields[CODE], code))
            continue;
        struct figure figure;
        TRY(figure_of(&row, &figure));
        *ret_name = figure.name;
        if (is_in_force(&figure, day)) {
            *ret_figure = figure;
            return OK;
        }
    }
}

/* The latest to begin; NULL: none of the town is in force. */
static const struct figure *find_kept(const struct figure_set *kept, struct str code, struct date day)
{
    const struct figure *found = NULL;
    for (size_t i = 0; kept != NULL && i < kept->count; i++)
        if (str_eq(kept->at[i].code, code) && is_in_force(&kept->at[i], day) &&
            (found == NULL || kept->at[i].since.days > found->since.days))
            found = &kept->at[i];
    return found;
}

static enum status find(struct arena *arena, const struct figure_set *kept, struct str code, struct date day,
                        struct figure *ret_figure, struct str *ret_name)
{
    enum status done = find_shipped(arena, code, day, ret_figure, ret_name);
    const struct figure *own = find_kept(kept, code, day);
    if ((done != OK && done != NOT_FOUND) || own == NULL)
        return done;
    bool is_known = done == OK && (ret_figure->until.days != 0 || ret_figure->since.days >= own->since.days);
    if (!is_known)
        *ret_figure = *own;
    return OK;
}

enum status figure_find(struct arena *arena, const struct figure_set *kept, struct str code, struct date day,
                        struct figure *ret_figure)
{
    struct str name;
    return find(arena, kept, code, day, ret_figure, &name);
}

enum status figure_code(struct arena *arena, struct str code, struct figure *ret_last, bool *ret_ends)
{
    struct csv_reader reader = open_rows();
    struct csv_row row;
    bool is_there = false;
    enum status done;
    *ret_ends = true;
    TRY(csv_next(&reader, arena, &row)); /* the head */
    while ((done = csv_next(&reader, arena, &row)) == OK) {
        if (!str_eq(row.fields[CODE], code))
            continue;
        TRY(figure_of(&row, ret_last));
        is_there = true;
        *ret_ends &= ret_last->until.days != 0;
    }
    return done == NOT_FOUND && is_there ? OK : done;
}

enum status figure_need(struct faults *faults, struct str code, struct date day, struct figure *ret_figure)
{
    struct str name = code;
    struct buf written BUF_SCOPE = BUF_INIT(DAY_MAX);
    enum status done = find(faults->arena, faults->figures, code, day, ret_figure, &name);
    if (done == NOT_FOUND) {
        date_write(&written, day);
        fault_add(faults, "figure.unknown", name, buf_str(&written), name);
    }
    return done;
}
