/* A table of an annex, as somebody pastes it, becomes a block. */
#include "service/accounting/annex/annex.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/lang.h"

enum { VALUE_MAX = 400 /* bytes of a cell */, YEAR_MOST = 9999, PERCENT_DIGITS = 5, SIRET_DIGITS = 14 };

struct reading {
    struct arena *tree;
    enum language language;
    enum annex_kind kind;
    struct annex_fields fields;
    char separator;
    const struct annex_field *columns[ANNEX_FIELDS_MAX];
    size_t count;
    struct annex_fault *fault;
};

static enum status wrong(struct reading *reading, int64_t line, struct str name, enum text_key why)
{
    *reading->fault = (struct annex_fault){.line = line, .name = name, .why = why};
    return INVALID;
}

/* ---- values, as the schema writes them ---- */

static bool are_digits(struct str text, uint64_t most)
{
    bool is_right = text.len > 0 && text.len <= most;
    for (size_t i = 0; i < text.len; i++)
        is_right = is_right && ascii_is_digit(text.at[i]);
    return is_right;
}

static enum status amount_of(const struct reading *reading, struct str cell, struct buf *out)
{
    struct money money;
    TRY(budget_amount_read(reading->language, cell, &money));
    money_write(out, money);
    return OK;
}

/* "3,25" or "3.25": at most five digits, so many of them decimals. */
static enum status percent_of(struct str cell, uint64_t decimals, struct buf *out)
{
    struct str rest = cell;
    bool has_comma = str_find_byte(cell, ',') != SIZE_MAX;
    struct str whole = str_cut(&rest, has_comma ? ',' : '.');
    bool has_rest = !str_is_absent(rest);
    if (!are_digits(whole, PERCENT_DIGITS - decimals) || (has_rest && !are_digits(rest, decimals)))
        return INVALID;
    buf_add(out, whole);
    if (has_rest) {
        buf_add_byte(out, '.');
        buf_add(out, rest);
    }
    return OK;
}

static enum status boolean_of(struct str cell, struct buf *out)
{
    static const char *const yes[] = {"true", "1", "oui", "yes"}, *const no[] = {"false", "0", "non", "no"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (str_eq_nocase(cell, str_of(yes[i])) || str_eq_nocase(cell, str_of(no[i]))) {
            buf_add_c(out, str_eq_nocase(cell, str_of(yes[i])) ? "true" : "false");
            return OK;
        }
    }
    return INVALID;
}

/* "2027-04-30", or "30/04/2027". */
static enum status day_of(struct str cell, struct buf *out)
{
    struct date day;
    struct buf turned BUF_SCOPE = BUF_INIT(16);
    if (cell.len == 10 && cell.at[2] == '/' && cell.at[5] == '/') {
        buf_add(&turned, str_slice(cell, 6, 10));
        buf_add_byte(&turned, '-');
        buf_add(&turned, str_slice(cell, 3, 5));
        buf_add_byte(&turned, '-');
        buf_add(&turned, str_slice(cell, 0, 2));
        cell = buf_str(&turned);
    }
    TRY(date_parse(cell, &day));
    date_write(out, day);
    return OK;
}

static bool is_code(struct str codes, struct str cell)
{
    for (struct str rest = codes; !str_is_absent(rest) && rest.len > 0;)
        if (str_eq(str_cut(&rest, ' '), cell))
            return true;
    return false;
}

/* Letters, not bytes. */
static size_t length_of(struct str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

static enum status take(struct str cell, bool is_right, struct buf *out)
{
    if (!is_right)
        return INVALID;
    buf_add(out, cell);
    return OK;
}

static enum status value_of(const struct reading *reading, const struct annex_field *field, struct str cell,
                            struct buf *out)
{
    switch (field->type) {
    case ANNEX_TEXT:
        return take(cell, length_of(cell) <= field->size, out);
    case ANNEX_NUMBER:
        return take(cell, are_digits(cell, field->size), out);
    case ANNEX_AMOUNT:
        return amount_of(reading, cell, out);
    case ANNEX_PERCENT:
        return percent_of(cell, field->size, out);
    case ANNEX_BOOLEAN:
        return boolean_of(cell, out);
    case ANNEX_DATE:
        return day_of(cell, out);
    case ANNEX_YEAR:
        return take(cell, cell.len == 4 && are_digits(cell, 4), out);
    case ANNEX_SIRET:
        return take(cell, are_digits(cell, SIRET_DIGITS), out);
    case ANNEX_CODE:
        return take(cell, is_code(field->codes, cell), out);
    case ANNEX_TYPES:
        break;
    }
    return INVALID;
}

/* ---- the first line ---- */

static enum status read_head(struct reading *reading, struct str line)
{
    reading->separator = str_find_byte(line, '\t') != SIZE_MAX ? '\t' : ';';
    for (struct str rest = line; !str_is_absent(rest);) {
        struct str name = str_trim(str_cut(&rest, reading->separator));
        const struct annex_field *found = NULL;
        for (size_t i = 0; i < reading->fields.count; i++)
            if (str_eq(reading->fields.fields[i].name, name))
                found = &reading->fields.fields[i];
        for (size_t i = 0; i < reading->count; i++)
            if (reading->columns[i] == found)
                found = NULL;
        if (found == NULL || reading->count == ANNEX_FIELDS_MAX)
            return wrong(reading, 1, name, T_accounting_annex_no_column);
        reading->columns[reading->count++] = found;
    }
    return OK;
}

/* ---- a row ---- */

/* Cells by the place of their field in the schema; absent: not said. */
static enum status read_cells(struct reading *reading, struct str line, int64_t number, struct str *ret_cells)
{
    size_t at = 0;
    for (size_t i = 0; i < reading->fields.count; i++)
        ret_cells[i] = STR("");
    for (struct str rest = line; !str_is_absent(rest); at++) {
        struct str cell = str_trim(str_cut(&rest, reading->separator));
        if (at >= reading->count && cell.len > 0)
            return wrong(reading, number, cell, T_accounting_annex_cells);
        if (at < reading->count)
            ret_cells[reading->columns[at] - reading->fields.fields] = cell;
    }
    return OK;
}

static enum status read_row(struct reading *reading, struct str line, int64_t number, struct xml *block)
{
    struct str cells[ANNEX_FIELDS_MAX];
    struct xml *row = xml_add(reading->tree, block, block->space, annex_name(reading->kind).at);
    if (row == NULL)
        return LIMIT;
    TRY(read_cells(reading, line, number, cells));
    for (size_t i = 0; i < reading->fields.count; i++) {
        const struct annex_field *field = &reading->fields.fields[i];
        struct buf value BUF_SCOPE = BUF_INIT(VALUE_MAX);
        if (cells[i].len == 0 && field->is_needed)
            return wrong(reading, number, field->name, T_accounting_annex_needed);
        if (cells[i].len == 0)
            continue;
        if (value_of(reading, field, cells[i], &value) != OK || buf_status(&value) != OK)
            return wrong(reading, number, field->name, T_accounting_annex_value);
        struct str kept = str_copy(reading->tree, buf_str(&value));
        char *name = str_c(reading->tree, field->name);
        if (str_is_absent(kept) || name == NULL || xml_add_value(reading->tree, row, name, kept) == NULL)
            return LIMIT;
    }
    return OK;
}

enum status annex_read(struct arena *tree, enum language language, enum annex_kind kind, struct str text,
                       struct str space, struct xml **ret_block, struct annex_fault *ret_fault)
{
    struct reading *reading = arena_new(tree, struct reading);
    struct xml *block = xml_add(tree, NULL, space, annex_block_name(kind));
    int64_t number = 0;
    size_t count = 0;
    if (reading == NULL || block == NULL)
        return LIMIT;
    *reading = (struct reading){.tree = tree, .language = language, .kind = kind, .fault = ret_fault};
    TRY(annex_fields_of(tree, kind, &reading->fields));
    for (struct str rest = text; !str_is_absent(rest);) {
        struct str line = str_cut(&rest, '\n');
        number++;
        if (str_trim(line).len == 0)
            continue;
        if (reading->count == 0) {
            TRY(read_head(reading, line));
            continue;
        }
        if (count++ == ANNEX_ROWS_MAX)
            return wrong(reading, number, annex_name(kind), T_accounting_annex_many);
        TRY(read_row(reading, line, number, block));
    }
    *ret_block = count > 0 ? block : NULL;
    return OK;
}
