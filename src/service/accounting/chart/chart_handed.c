/* Charts of a town as text, for the command that reads a file: a line for each chart, "chart NOMENCLATURE YEAR BYTES",
 * and behind it so many bytes of CSV; and one for each decision that holds, "taken NOMENCLATURE YEAR FROM". */
#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/chart/chart_kept_sql.h"

enum status chart_kept_write(struct ctx *ctx, struct buf *out)
{
    struct sql_chart_kept_texts_row *rows;
    struct chart_taken *taken;
    size_t count;
    TRY(sql_chart_kept_texts(ctx->db, ctx->arena, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        buf_add_format(out, "chart %.*s %lld %zu\n", STR_ARG(rows[i].nomenclature), (long long)rows[i].year,
                       rows[i].csv.len);
        buf_add(out, rows[i].csv);
    }
    TRY(chart_taken_list(ctx, &taken, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(out, "taken %.*s %d %d\n", STR_ARG(taken[i].nomenclature), taken[i].year, taken[i].from_year);
    return buf_status(out);
}

/* One entry of the text: a chart, or a decision. */
struct entry {
    bool is_chart;
    struct str nomenclature, csv;
    uint64_t year, from_year;
};

static enum status next(struct str *rest, struct entry *ret_entry)
{
    struct str line = str_cut(rest, '\n');
    struct str word = str_cut(&line, ' ');
    struct entry entry = {.is_chart = str_eq(word, STR("chart")), .csv = STR("")};
    uint64_t last;
    if (!entry.is_chart && !str_eq(word, STR("taken")))
        return INVALID;
    entry.nomenclature = str_cut(&line, ' ');
    struct str year = str_cut(&line, ' ');
    if (str_to_u64(year, CHART_YEAR_MAX, &entry.year) != OK || str_is_absent(line) ||
        str_to_u64(line, CHART_KEPT_BYTES_MAX, &last) != OK)
        return INVALID;
    if (entry.is_chart && (last > (str_is_absent(*rest) ? 0 : rest->len)))
        return INVALID;
    if (entry.is_chart) {
        entry.csv = str_slice(*rest, 0, last);
        *rest = str_after(*rest, last);
    } else
        entry.from_year = last;
    *ret_entry = entry;
    return OK;
}

/* Its own alone. */
static enum status own_in(struct arena *arena, struct str text, struct str nomenclature, int32_t year,
                          struct chart *ret_chart)
{
    enum status done = chart_shipped(arena, nomenclature, year, ret_chart);
    for (struct str rest = text; done == NOT_FOUND && rest.len > 0;) {
        struct entry entry;
        TRY(next(&rest, &entry));
        if (entry.is_chart && (int64_t)entry.year == year && str_eq(entry.nomenclature, nomenclature))
            done = chart_read(arena, entry.csv, ret_chart);
    }
    return done;
}

enum status chart_kept_in(struct arena *arena, struct str text, struct str nomenclature, int32_t year,
                          struct chart_kept *ret_kept)
{
    struct chart *chart = arena_new(arena, struct chart);
    *ret_kept = (struct chart_kept){.chart = NULL};
    if (chart == NULL)
        return LIMIT;
    enum status done = own_in(arena, text, nomenclature, year, chart);
    for (struct str rest = text; done == NOT_FOUND && rest.len > 0;) {
        struct entry entry;
        TRY(next(&rest, &entry));
        if (entry.is_chart || (int64_t)entry.year != year || !str_eq(entry.nomenclature, nomenclature))
            continue;
        done = own_in(arena, text, nomenclature, (int32_t)entry.from_year, chart);
        ret_kept->taken_from = done == OK ? (int32_t)entry.from_year : 0;
        break;
    }
    chart->year = year;
    if (done == OK)
        ret_kept->chart = chart;
    return done == NOT_FOUND ? OK : done;
}

void chart_kept_fault(struct faults *faults, struct str place, const struct chart_kept *kept, int32_t year)
{
    struct buf is BUF_SCOPE = BUF_INIT(16), should BUF_SCOPE = BUF_INIT(16);
    buf_add_i64(&is, kept->taken_from);
    buf_add_i64(&should, year);
    if (kept->taken_from != 0)
        fault_add(faults, "docbudg.taken", place, buf_str(&is), buf_str(&should));
}
