/* Levels 1 and 3: each line for itself. Form, charset, length, type; and values that have a list. */
#include "service/payroll/dsn/dsn_look.h"

enum { RUBRICS_IN_BLOCK = 1000, ADDED_FROM = 900 /* rubrics that transmission adds */, WRITTEN_MAX = 16,
       CODES_MAX = 12 /* listed in words */, WORDS_MAX = 400 };

static bool is_continued(uint8_t byte)
{
    return byte >= 0x80 && byte < 0xC0;
}

/* NULL; else the rule that the bytes break first. A letter written as UTF-8 shows as two of ISO-8859-1, of which the
 * first is 'Â' or 'Ã': French writes neither before such a sign. */
static const char *bytes_fault(struct str value)
{
    const char *noted = NULL;
    for (size_t i = 0; i < value.len; i++) {
        uint8_t byte = (uint8_t)value.at[i], next = i + 1 < value.len ? (uint8_t)value.at[i + 1] : 0;
        if (byte < ' ' || byte == 0x7F)
            return "line.control";
        if ((byte == 0xC2 || byte == 0xC3) && is_continued(next))
            return "line.utf8";
        if (byte == 0xEF && next == 0xBF) {
            noted = "line.replaced";
            i += 2;
        } else if (byte >= 0x80 && byte < 0xA0) {
            return "line.charset";
        }
    }
    return noted;
}

/* ---- types ---- */

static bool is_number(struct str value)
{
    struct str decimals = str_after(value, value.len > 0 && value.at[0] == '-');
    struct str whole = str_cut(&decimals, '.');
    bool has_decimals = !str_is_absent(decimals);
    for (size_t i = 0; i < whole.len; i++)
        if (!ascii_is_digit(whole.at[i]))
            return false;
    for (size_t i = 0; i < decimals.len; i++)
        if (!ascii_is_digit(decimals.at[i]))
            return false;
    return whole.len > 0 && (!has_decimals || decimals.len > 0);
}

static const char *type_fault(const struct dsn_rubric *rubric, struct str value)
{
    struct date date;
    if (rubric->type == 'N')
        return is_number(value) ? NULL : "value.number";
    return rubric->type == 'D' && dsn_date(value, &date) != OK ? "value.date" : NULL;
}

/* ---- lists ---- */

/* The codes that may stand there, while they are few. */
static void list_codes(struct buf *out, const struct dsn_norm *norm, const struct dsn_rubric *rubric)
{
    for (size_t i = 0; i < rubric->count && i < CODES_MAX; i++) {
        buf_add(out, str_of(i > 0 ? ", " : ""));
        buf_add(out, norm->values[rubric->first + i].code);
    }
    if (rubric->count > CODES_MAX)
        buf_add_literal(out, "...");
}

static void check_list(struct dsn_look *look, const struct dsn_rubric *rubric, const struct dsn_found *found)
{
    struct buf codes BUF_SCOPE = BUF_INIT(WORDS_MAX);
    if (rubric->count == 0 || dsn_norm_value(look->norm, rubric, found->value) != NULL)
        return;
    list_codes(&codes, look->norm, rubric);
    dsn_fault_at(look, "value.list", found, buf_str(&codes));
}

/* ---- a line ---- */

static bool has_block(const struct dsn_norm *norm, uint32_t block)
{
    for (size_t i = 0; i < norm->place_count; i++)
        if (norm->places[i].block == block)
            return true;
    return false;
}

static void check_unknown(struct dsn_look *look, const struct dsn_found *found)
{
    bool is_added = found->number % RUBRICS_IN_BLOCK >= ADDED_FROM ||
                    !has_block(look->norm, found->number / RUBRICS_IN_BLOCK);
    dsn_fault_at(look, is_added ? "rubric.added" : "rubric.unknown", found, look->norm->version);
}

static void check_value(struct dsn_look *look, const struct dsn_rubric *rubric, const struct dsn_found *found)
{
    const char *type = type_fault(rubric, found->value);
    struct buf most BUF_SCOPE = BUF_INIT(WRITTEN_MAX);
    if (found->value.len > rubric->most) {
        buf_add_u64(&most, rubric->most);
        dsn_fault_at(look, "value.long", found, buf_str(&most));
    } else if (type != NULL) {
        dsn_fault_at(look, type, found, STR(""));
    } else {
        check_list(look, rubric, found);
    }
}

static void check_line(struct dsn_look *look, size_t place)
{
    const struct dsn_line *line = &look->file->lines[place];
    struct dsn_found found = {dsn_line_value(line), place, line->number};
    if (line->number == 0) {
        dsn_fault_add(look->faults, line->bytes.len == 0 ? "line.empty" : "line.form", place + 1, 0, line->bytes,
                      STR(""));
        return;
    }
    const char *wrong = bytes_fault(found.value);
    if (wrong != NULL)
        dsn_fault_at(look, wrong, &found, STR(""));
    const struct dsn_rubric *rubric = dsn_norm_rubric(look->norm, line->number);
    if (found.value.len == 0)
        dsn_fault_at(look, "value.empty", &found, STR(""));
    else if (rubric == NULL)
        check_unknown(look, &found);
    else
        check_value(look, rubric, &found);
}

/* Each line as the first ends, but for the last, which may have no end. */
static void check_end(struct dsn_look *look, size_t place)
{
    const struct dsn_line *lines = look->file->lines;
    bool is_last = place + 1 == look->file->count;
    if (lines[place].end != lines[0].end && !(is_last && lines[place].end == DSN_NO_END))
        dsn_fault_add(look->faults, "line.ends", place + 1, 0, STR(""), STR(""));
}

void dsn_check_lines(struct dsn_look *look)
{
    for (size_t i = 0; i < look->file->count; i++) {
        check_line(look, i);
        check_end(look, i);
    }
}
