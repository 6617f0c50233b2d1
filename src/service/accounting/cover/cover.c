#include "service/accounting/cover/cover.h"

#include "base/embed.h"
#include "proto/csv/csv.h"

EMBED(accounting_cover, "src/service/accounting/cover/own_resources.csv");

enum { YEAR_MAX = 9999 };
enum column { NORM, SINCE, UNTIL, SIDE, DIRECTION, KINDS, CODE, EXCEPT, NAME, SOURCE, COLUMNS };

/* ---- the table ---- */

/* Years from and to; "" for always. */
static enum status is_of(const struct csv_row *row, struct str nomenclature, int32_t year, bool *ret_is)
{
    uint64_t since = 0, until = YEAR_MAX;
    struct str rest = nomenclature;
    if (row->fields[SINCE].len > 0)
        TRY(str_to_u64(row->fields[SINCE], YEAR_MAX, &since));
    if (row->fields[UNTIL].len > 0)
        TRY(str_to_u64(row->fields[UNTIL], YEAR_MAX, &until));
    *ret_is = str_eq(row->fields[NORM], str_cut(&rest, '-')) && year >= (int64_t)since && year <= (int64_t)until;
    return OK;
}

/* r: real; b: order between sections; w: order within one. */
static enum status read_kinds(struct str text, bool kinds[CHART_KINDS])
{
    static const char letters[CHART_KINDS] = {[CHART_REAL] = 'r', [CHART_BETWEEN] = 'b', [CHART_WITHIN] = 'w'};
    for (size_t i = 0; i < text.len; i++) {
        const char *letter = memchr(letters, text.at[i], CHART_KINDS);
        if (letter == NULL)
            return CORRUPT;
        kinds[letter - letters] = true;
    }
    return text.len > 0 ? OK : CORRUPT;
}

static enum status read_row(const struct csv_row *row, struct cover_row *ret_row)
{
    struct str side = row->fields[SIDE], direction = row->fields[DIRECTION];
    struct cover_row made = {.is_capital = str_eq(side, STR("capital")),
                           .direction = str_eq(direction, STR("D")) ? CHART_EXPENSE : CHART_RECEIPT,
                           .code = row->fields[CODE],
                           .except = row->fields[EXCEPT],
                           .name = row->fields[NAME]};
    bool is_right = (made.is_capital || str_eq(side, STR("own"))) && made.code.len > 0 && made.name.len > 0 &&
                    (made.direction == CHART_EXPENSE || str_eq(direction, STR("R"))) && row->fields[SOURCE].len > 0;
    TRY(read_kinds(row->fields[KINDS], made.kinds));
    *ret_row = made;
    return is_right ? OK : CORRUPT;
}

enum status cover_begin(struct arena *arena, struct str nomenclature, int32_t year, struct cover *ret_cover)
{
    struct csv_reader reader = csv_open(str_span(accounting_cover, accounting_cover_end));
    struct csv_row row;
    enum status done;
    *ret_cover = (struct cover){.count = 0};
    TRY(csv_next(&reader, arena, &row)); /* the head */
    while ((done = csv_next(&reader, arena, &row)) == OK) {
        bool is_it;
        if (row.count != COLUMNS || ret_cover->count == COVER_ROWS_MAX)
            return CORRUPT;
        TRY(is_of(&row, nomenclature, year, &is_it));
        if (is_it)
            TRY(read_row(&row, &ret_cover->rows[ret_cover->count++]));
    }
    if (done != NOT_FOUND)
        return done;
    return ret_cover->count > 0 ? OK : NOT_FOUND;
}

/* ---- a line ---- */

static bool is_excepted(struct str except, struct str account)
{
    while (except.len > 0) {
        struct str one = str_cut(&except, ' ');
        if (one.len > 0 && str_starts(account, one))
            return true;
        if (str_is_absent(except))
            return false;
    }
    return false;
}

enum status cover_add(struct cover *cover, struct str account, enum chart_kind kind, enum chart_direction direction,
                    struct money amount)
{
    for (size_t i = 0; i < cover->count; i++) {
        struct cover_row *row = &cover->rows[i];
        if (row->direction != direction || !row->kinds[kind] || !str_starts(account, row->code) ||
            is_excepted(row->except, account))
            continue;
        TRY(money_add(&row->sum, amount));
        return money_add(row->is_capital ? &cover->capital : &cover->resources, amount);
    }
    return OK;
}

bool cover_is_met(const struct cover *cover)
{
    return cover->resources.cents >= cover->capital.cents;
}

void cover_check(const struct cover *cover, struct str place, struct faults *faults)
{
    struct buf is BUF_SCOPE = BUF_INIT(64), should BUF_SCOPE = BUF_INIT(64);
    if (cover_is_met(cover))
        return;
    money_write(&is, cover->resources);
    money_write(&should, cover->capital);
    fault_add(faults, "own.short", place, buf_str(&is), buf_str(&should));
    fault_mark_money(faults);
}
