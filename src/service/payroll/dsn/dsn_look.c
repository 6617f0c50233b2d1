#include "service/payroll/dsn/dsn_look.h"

enum {
    RUBRICS_IN_BLOCK = 1000,
    DECIMALS_MAX = 6,
    DIGITS_MAX = 10 /* before the point: cents of DSN_LINES_MAX lines add up within 64 bits */,
    DATE_DIGITS = 8,
    CENT_MILLIONTHS = 10000,
    RUN_LEAST = 9,
    WRITTEN_MAX = 32,
};
#define MILLION INT64_C(1000000)

struct dsn_found dsn_find(const struct dsn_look *look, uint32_t record, uint32_t rubric)
{
    const struct dsn_record *at = &look->tree->at[record];
    uint32_t number = at->block * RUBRICS_IN_BLOCK + rubric;
    for (uint32_t i = at->first; i < at->first + at->count; i++)
        if (look->file->lines[i].number == number)
            return (struct dsn_found){dsn_line_value(&look->file->lines[i]), i, number};
    return (struct dsn_found){STR_NONE, at->first, number};
}

/* ---- reading ---- */

enum status dsn_millionths(struct str value, int64_t *ret_millionths)
{
    bool is_negative = value.len > 0 && value.at[0] == '-';
    struct str decimals = str_after(value, is_negative);
    struct str whole = str_cut(&decimals, '.');
    uint64_t units, parts = 0;
    if (whole.len == 0 || whole.len > DIGITS_MAX)
        return INVALID;
    TRY(str_to_u64(whole, INT64_MAX, &units));
    if (!str_is_absent(decimals)) {
        if (decimals.len == 0 || decimals.len > DECIMALS_MAX)
            return INVALID;
        TRY(str_to_u64(decimals, MILLION, &parts));
        for (size_t i = decimals.len; i < DECIMALS_MAX; i++)
            parts *= 10;
    }
    int64_t millionths = (int64_t)units * MILLION + (int64_t)parts;
    *ret_millionths = is_negative ? -millionths : millionths;
    return OK;
}

enum status dsn_cents(struct str value, int64_t *ret_cents)
{
    int64_t millionths;
    TRY(dsn_millionths(value, &millionths));
    if (millionths % CENT_MILLIONTHS != 0)
        return INVALID;
    *ret_cents = millionths / CENT_MILLIONTHS;
    return OK;
}

static int32_t two_digits(const char *at)
{
    return (at[0] - '0') * 10 + (at[1] - '0');
}

enum status dsn_date(struct str value, struct date *ret_date)
{
    if (value.len != DATE_DIGITS)
        return INVALID;
    for (size_t i = 0; i < DATE_DIGITS; i++)
        if (!ascii_is_digit(value.at[i]))
            return INVALID;
    struct civil civil = {.year = two_digits(value.at + 4) * 100 + two_digits(value.at + 6),
                          .month = two_digits(value.at + 2),
                          .day = two_digits(value.at)};
    struct instant instant;
    if (civil.year == 0)
        return INVALID;
    TRY(instant_of_civil(civil, &instant));
    *ret_date = date_of(civil.year, civil.month, civil.day);
    return OK;
}

enum status dsn_cents_at(const struct dsn_look *look, uint32_t record, uint32_t rubric, int64_t *ret_cents)
{
    struct str value = dsn_find(look, record, rubric).value;
    return str_is_absent(value) ? INVALID : dsn_cents(value, ret_cents);
}

enum status dsn_date_at(const struct dsn_look *look, uint32_t record, uint32_t rubric, struct date *ret_date)
{
    struct str value = dsn_find(look, record, rubric).value;
    return str_is_absent(value) ? INVALID : dsn_date(value, ret_date);
}

int64_t dsn_share(int64_t cents, int64_t millionths)
{
    __int128 product = (__int128)cents * millionths;
    __int128 half = product < 0 ? -MILLION / 2 : MILLION / 2;
    return (int64_t)((product + half) / MILLION);
}

bool dsn_is_example(struct str digits)
{
    bool is_up = digits.len >= RUN_LEAST, is_down = is_up;
    for (size_t i = 1; i < RUN_LEAST && (is_up || is_down); i++) {
        is_up &= digits.at[i] == digits.at[i - 1] + 1;
        is_down &= digits.at[i] == digits.at[i - 1] - 1;
    }
    return is_up || is_down;
}

/* ---- writing ---- */

void dsn_cents_write(struct buf *out, int64_t cents)
{
    uint64_t size = cents < 0 ? -(uint64_t)cents : (uint64_t)cents;
    char digits[WRITTEN_MAX];
    size_t at = sizeof digits;
    for (int i = 0; i < 3 || size > 0; i++, size /= 10) {
        if (i == 2)
            digits[--at] = '.';
        digits[--at] = (char)('0' + size % 10);
    }
    if (cents < 0)
        digits[--at] = '-';
    buf_add(out, (struct str){digits + at, sizeof digits - at});
}

void dsn_date_write(struct buf *out, struct date date)
{
    struct civil civil = civil_of_date(date);
    uint32_t value = (uint32_t)((civil.day * 100 + civil.month) * 10000 + civil.year);
    char digits[DATE_DIGITS];
    for (size_t i = DATE_DIGITS; i-- > 0; value /= 10)
        digits[i] = (char)('0' + value % 10);
    buf_add(out, (struct str){digits, DATE_DIGITS});
}

/* ---- faults ---- */

void dsn_fault_at(const struct dsn_look *look, const char *rule, const struct dsn_found *found, struct str wanted)
{
    struct str value = str_is_absent(found->value) ? STR("") : found->value;
    dsn_fault_add(look->faults, rule, found->line + 1, found->number, value, wanted);
}

void dsn_fault_cents(const struct dsn_look *look, const char *rule, const struct dsn_found *found, int64_t wanted)
{
    struct buf words BUF_SCOPE = BUF_INIT(WRITTEN_MAX);
    dsn_cents_write(&words, wanted);
    dsn_fault_at(look, rule, found, buf_str(&words));
}

void dsn_fault_record(const struct dsn_look *look, const char *rule, uint32_t record, uint32_t rubric,
                      struct str wanted)
{
    const struct dsn_record *at = &look->tree->at[record];
    dsn_fault_add(look->faults, rule, at->first + 1, at->block * RUBRICS_IN_BLOCK + rubric, STR(""), wanted);
}
