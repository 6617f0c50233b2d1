/* Faults planted one at a time into a sound declaration, for tests and measures of the checker. */
#ifndef SERVICE_PAYROLL_DSN_TEST_PLANT_H
#define SERVICE_PAYROLL_DSN_TEST_PLANT_H

#include "base/seeded.h"
#include "service/payroll/dsn/dsn_check.h"
#include "service/payroll/dsn/dsn_look.h"

enum plant_how {
    PLANT_SET,    /* another value */
    PLANT_APPEND, /* bytes behind the value */
    PLANT_ADD,    /* one euro more */
    PLANT_DIGIT,  /* the last digit, one more */
    PLANT_CODE,   /* the code of another rubric */
    PLANT_CUT,    /* the line is gone; the fault is said where the next one stands */
    PLANT_TWICE,
    PLANT_SWAP,   /* with the next line */
    PLANT_BEFORE, /* a line in front of it */
    PLANT_RAW,    /* without its last byte */
};

struct plant {
    const char *what;
    uint32_t number;
    const char *of;    /* only where the value begins so; NULL: any */
    enum plant_how how;
    const char *with;
    int offset;        /* of the line where the fault is said */
};

static const struct plant plants[] = {
    {"a line without its quote", 210040009, NULL, PLANT_RAW, NULL, 0},
    {"a control character", 210030002, NULL, PLANT_APPEND, "\x07", 0},
    {"a tab", 210040006, NULL, PLANT_APPEND, "\t", 0},
    {"UTF-8", 210030007, NULL, PLANT_APPEND, "\xC3\xA9", 0},
    {"a quote of Windows", 210040006, NULL, PLANT_APPEND, "\x92", 0},
    {"an empty value", 210030004, NULL, PLANT_SET, "", 0},
    {"a long name", 210030002, NULL, PLANT_SET,
     "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEEFFFFFFFFFFGGGGGGGGGGHHHHHHHHHHI", 0},
    {"an amount with a comma", 210051013, NULL, PLANT_SET, "1905,11", 0},
    {"an amount with a blank", 210051013, NULL, PLANT_SET, "1 905.11", 0},
    {"an amount with a no-break space", 210050002, NULL, PLANT_SET, "1\xA0" "905.11", 0},
    {"an exponent", 210052002, NULL, PLANT_SET, "1e3", 0},
    {"a sign behind", 210050009, NULL, PLANT_SET, "12.00-", 0},
    {"31 February", 210051001, NULL, PLANT_SET, "31022026", 0},
    {"a year of two digits", 210040001, NULL, PLANT_SET, "010326", 0},
    {"month and day exchanged", 210078002, NULL, PLANT_SET, "03312026", 0},
    {"year first", 210050001, NULL, PLANT_SET, "20260328", 0},
    {"a birth in month 13", 210030006, NULL, PLANT_SET, "15131979", 0},
    {"a rubric twice", 210040003, NULL, PLANT_TWICE, NULL, 1},
    {"rubrics out of order", 210040003, NULL, PLANT_SWAP, NULL, 1},
    {"amounts out of order", 210081003, NULL, PLANT_SWAP, NULL, 1},
    {"a rubric the norm lacks", 210040016, NULL, PLANT_CODE, "S21.G00.40.015", 0},
    {"a contract without a number", 210040009, NULL, PLANT_CUT, NULL, -8},
    {"a base without a code", 210078001, NULL, PLANT_CUT, NULL, 0},
    {"a person without a name", 210030002, NULL, PLANT_CUT, NULL, -1},
    {"a change below a payment", 210051001, NULL, PLANT_BEFORE, "S21.G00.41.001,'01032026'", 0},
    {"a second establishment", 210011002, NULL, PLANT_BEFORE, "S21.G00.11.001,'00010'", 0},
    {"a nature of contract", 210040007, NULL, PLANT_SET, "77", 0},
    {"a type of pay", 210051011, NULL, PLANT_SET, "999", 0},
    {"a code of contribution", 210081001, NULL, PLANT_SET, "400", 0},
    {"a code of base", 210078001, NULL, PLANT_SET, "99", 0},
    {"a kind of tax rate", 210050007, NULL, PLANT_SET, "55", 0},
    {"a pension of nobody", 210040020, NULL, PLANT_SET, "121X", 0},
    {"a period behind the month", 210051002, NULL, PLANT_SET, "30042026", 0},
    {"a base behind the month", 210078003, NULL, PLANT_SET, "30042026", 0},
    {"a period that ends before it begins", 210078003, NULL, PLANT_SET, "28022026", 0},
    {"a contract of the future", 210040001, NULL, PLANT_SET, "01052026", 0},
    {"a payment of another year", 210050001, NULL, PLANT_SET, "28032025", 0},
    {"a month not by its first day", 200005005, NULL, PLANT_SET, "02032026", 0},
    {"a NIR with its key", 210030001, NULL, PLANT_APPEND, "42", 0},
    {"a NIR of month 13", 210030001, "1", PLANT_SET, "1601369123456", 0},
    {"a NIR with a letter", 210030001, NULL, PLANT_SET, "160126912O456", 0},
    {"the other sex", 210030005, "01", PLANT_SET, "02", 0},
    {"another year of birth", 210030006, NULL, PLANT_SET, "15071950", 0},
    {"a wrong NIC", 210011001, NULL, PLANT_DIGIT, NULL, 0},
    {"a wrong workplace", 210040019, NULL, PLANT_DIGIT, NULL, 0},
    {"a wrong body", 210020001, "2", PLANT_DIGIT, NULL, 0},
    {"a wrong IBAN", 210020004, NULL, PLANT_DIGIT, NULL, 0},
    {"a short BIC", 210020003, NULL, PLANT_SET, "BDFEFR", 0},
    {"a payment of too much", 210020005, NULL, PLANT_ADD, NULL, 0},
    {"a due of too much", 210022005, NULL, PLANT_ADD, NULL, 0},
    {"a line of a due of too much", 210023005, NULL, PLANT_ADD, NULL, 0},
    {"a contribution of too much", 210081004, "\x01" "300", PLANT_ADD, NULL, 0},
    {"an employer's contribution of too much", 210081004, "\x01" "301", PLANT_ADD, NULL, 0},
    {"a contribution to RAFP of too much", 210081004, "\x01" "311", PLANT_ADD, NULL, 0},
    {"a contribution to IRCANTEC of too much", 210081004, "\x01" "060", PLANT_ADD, NULL, 0},
    {"no majoré index", 210040058, NULL, PLANT_CUT, NULL, -1},
    {"a majoré index below the least", 210040058, NULL, PLANT_SET, "340", 0},
    {"a majoré index above the brut", 210040058, NULL, PLANT_SET, "1200", 0},
    {"half of a post without its whole", 210040054, NULL, PLANT_CUT, NULL, -1},
    {"a tax rate over 100", 210050006, NULL, PLANT_SET, "101.00", 0},
    {"pay of another contract", 210051010, NULL, PLANT_SET, "C99999", 0},
    {"a base of another contract", 210078006, NULL, PLANT_SET, "C99999", 0},
    {"more hours than a whole post", 210040013, NULL, PLANT_SET, "169.00", 0},
    {"a wrong total", 900090001, NULL, PLANT_ADD, NULL, 0},
    {"a wrong number of declarations", 900090002, NULL, PLANT_SET, "2", 0},
};
enum { PLANTS = sizeof plants / sizeof *plants, PLANT_LINE_MAX = 512, PLANT_TRIES = 100000 };

/* "\x01" and a code: of the contribution that has that code, two lines above. */
static inline bool plant_fits(const struct plant *plant, const struct dsn_file *file, size_t line)
{
    if (file->lines[line].number != plant->number)
        return false;
    if (plant->of == NULL)
        return true;
    if (plant->of[0] != '\x01')
        return str_starts(dsn_line_value(&file->lines[line]), str_of(plant->of));
    for (size_t i = line; i-- > 0 && line - i < 4;)
        if (file->lines[i].number == 210081001)
            return str_eq(dsn_line_value(&file->lines[i]), str_of(plant->of + 1));
    return false;
}

/* A line that fits; SIZE_MAX: none. */
static inline size_t plant_line(const struct plant *plant, const struct dsn_file *file, struct seeded *seeded)
{
    size_t from = seeded_below(seeded, file->count);
    for (size_t i = 0; i < file->count; i++)
        if (plant_fits(plant, file, (from + i) % file->count))
            return (from + i) % file->count;
    return SIZE_MAX;
}

static inline void plant_value(struct buf *out, uint32_t number, const char *form, struct str value, const char *more)
{
    dsn_number_write(out, number);
    buf_add_literal(out, ",'");
    buf_add_format(out, form, STR_ARG(value), more);
    buf_add_literal(out, "'\n");
}

static inline void plant_changed(struct buf *out, const struct plant *plant, const struct dsn_line *line)
{
    struct str value = dsn_line_value(line);
    int64_t cents;
    if (plant->how == PLANT_SET) {
        plant_value(out, line->number, "%.*s%s", STR(""), plant->with);
    } else if (plant->how == PLANT_APPEND) {
        plant_value(out, line->number, "%.*s%s", value, plant->with);
    } else if (plant->how == PLANT_ADD) {
        REQUIRE(dsn_cents(value, &cents) == OK);
        dsn_number_write(out, line->number);
        buf_add_literal(out, ",'");
        if (str_find_byte(value, '.') == SIZE_MAX)
            buf_add_i64(out, cents / 100 + 1);
        else
            dsn_cents_write(out, cents + 100);
        buf_add_literal(out, "'\n");
    } else if (plant->how == PLANT_DIGIT) {
        char last[2] = {(char)('0' + (value.at[value.len - 1] - '0' + 1) % 10), '\0'};
        plant_value(out, line->number, "%.*s%s", str_slice(value, 0, value.len - 1), last);
    }
}

/* The file with that fault in it; *ret_line is where it should be said, from 1. */
static inline void plant_write(struct buf *out, const struct plant *plant, const struct dsn_file *file, size_t line,
                               size_t *ret_line)
{
    for (size_t i = 0; i < file->count; i++) {
        struct str bytes = file->lines[i].bytes;
        bool is_it = i == line;
        if (is_it && plant->how <= PLANT_DIGIT) {
            plant_changed(out, plant, &file->lines[i]);
            continue;
        }
        if (is_it && plant->how == PLANT_CUT)
            continue;
        if (is_it && plant->how == PLANT_BEFORE)
            buf_add_format(out, "%s\n", plant->with);
        if (is_it && plant->how == PLANT_SWAP) {
            buf_add(out, file->lines[i + 1].bytes);
            buf_add_byte(out, '\n');
        }
        if (i == line + 1 && plant->how == PLANT_SWAP)
            continue;
        if (is_it && plant->how == PLANT_CODE)
            buf_add_format(out, "%s%.*s", plant->with, STR_ARG(str_after(bytes, DSN_CODE)));
        else
            buf_add(out, is_it && plant->how == PLANT_RAW ? str_slice(bytes, 0, bytes.len - 1) : bytes);
        buf_add_byte(out, '\n');
        if (is_it && plant->how == PLANT_TWICE)
            buf_add_format(out, "%.*s\n", STR_ARG(bytes));
    }
    *ret_line = (size_t)((int64_t)line + 1 + plant->offset);
}

/* Whether a fault is said at that line, with words in both languages. */
static inline bool plant_is_found(const struct dsn_faults *faults, size_t line)
{
    for (size_t i = 0; i < faults->count; i++) {
        struct buf french BUF_SCOPE = BUF_INIT(4096), english BUF_SCOPE = BUF_INIT(4096);
        if (faults->kept[i].line != line)
            continue;
        dsn_fault_say(&french, &faults->kept[i], true);
        dsn_fault_say(&english, &faults->kept[i], false);
        if (french.len > 20 && english.len > 20)
            return true;
    }
    return false;
}

#endif
