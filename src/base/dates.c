#include "base/dates.h"

enum { DAY_MS = 86400000, YEAR_MAX = 9999 };

static const int32_t month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static bool is_leap(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int32_t days_in_month(int32_t year, int32_t month)
{
    return month == 2 && is_leap(year) ? 29 : month_days[month - 1];
}

/* Years are counted from March, so that the leap day ends its year and every era of 400 years has
 * 146,097 days. 719,468 days lie between 0000-03-01 and 1970-01-01. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    int64_t march_year = year - (month <= 2);
    int64_t era = floor_div(march_year, 400);
    int64_t of_era = march_year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct civil civil_of_days(int64_t days)
{
    days += 719468;
    int64_t era = floor_div(days, 146097);
    int64_t of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t from_march = (5 * of_year + 2) / 153;
    int64_t month = from_march + (from_march < 10 ? 3 : -9);
    return (struct civil){.year = (int32_t)(year + era * 400 + (month <= 2)),
                          .month = (int32_t)month,
                          .day = (int32_t)(of_year - (153 * from_march + 2) / 5 + 1)};
}

struct date date_of_instant(struct instant instant)
{
    return (struct date){(int32_t)floor_div(instant.ms, DAY_MS)};
}

struct instant instant_of_date(struct date date)
{
    return (struct instant){(int64_t)date.days * DAY_MS};
}

struct civil civil_of(struct instant instant, int32_t offset_minutes)
{
    int64_t seconds = floor_div(instant.ms, 1000) + (int64_t)offset_minutes * 60;
    int64_t days = floor_div(seconds, 86400);
    int32_t of_day = (int32_t)(seconds - days * 86400);
    struct civil civil = civil_of_days(days);
    civil.hour = of_day / 3600;
    civil.minute = of_day / 60 % 60;
    civil.second = of_day % 60;
    civil.offset_minutes = offset_minutes;
    return civil;
}

static bool is_within(int32_t value, int32_t least, int32_t most)
{
    return value >= least && value <= most;
}

static bool is_day(int32_t year, int32_t month, int32_t day)
{
    return is_within(year, 0, YEAR_MAX) && is_within(month, 1, 12) &&
           is_within(day, 1, days_in_month(year, month));
}

enum status instant_of_civil(struct civil civil, struct instant *ret_instant)
{
    if (!is_day(civil.year, civil.month, civil.day) || !is_within(civil.hour, 0, 23) ||
        !is_within(civil.minute, 0, 59) || !is_within(civil.second, 0, 60) ||
        !is_within(civil.offset_minutes, -24 * 60 + 1, 24 * 60 - 1))
        return INVALID;
    int64_t minutes = civil.hour * 60 + civil.minute - civil.offset_minutes;
    int64_t days = days_of(civil.year, civil.month, civil.day);
    ret_instant->ms = days * DAY_MS + (minutes * 60 + civil.second) * 1000;
    return OK;
}

/* A month or day past its range runs on into the next: date_of(2026, 13, 1) is 2027-01-01. */
struct date date_of(int32_t year, int32_t month, int32_t day)
{
    int64_t months = (int64_t)year * 12 + month - 1;
    int64_t whole_year = floor_div(months, 12);
    return (struct date){(int32_t)days_of(whole_year, months - whole_year * 12 + 1, day)};
}

struct civil civil_of_date(struct date date)
{
    return civil_of_days(date.days);
}

struct date date_month_start(struct date date)
{
    struct civil civil = civil_of_date(date);
    return date_of(civil.year, civil.month, 1);
}

struct date date_month_end(struct date date)
{
    struct civil civil = civil_of_date(date);
    bool is_december = civil.month == 12;
    return (struct date){date_of(civil.year + is_december, is_december ? 1 : civil.month + 1, 1).days - 1};
}

int date_weekday(struct date date)
{
    int64_t from_thursday = (int64_t)date.days + 3; /* 1970-01-01 was a Thursday */
    return (int)(from_thursday - floor_div(from_thursday, 7) * 7);
}

void date_write(struct buf *out, struct date date)
{
    struct civil civil = civil_of_date(date);
    buf_add_format(out, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

void instant_write(struct buf *out, struct instant instant)
{
    struct civil civil = civil_of(instant, 0);
    buf_add_format(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", civil.year, civil.month, civil.day,
                   civil.hour, civil.minute, civil.second);
}

/* Exactly `count` digits, then the byte `after` (or the end, for 0). */
static enum status take_number(struct str *rest, size_t count, char after, int32_t *ret_number)
{
    uint64_t number;
    size_t taken = count + (after != '\0');
    if (rest->len < taken || (after != '\0' && rest->at[count] != after))
        return INVALID;
    TRY(str_to_u64(str_slice(*rest, 0, count), YEAR_MAX, &number));
    *rest = str_after(*rest, taken);
    *ret_number = (int32_t)number;
    return OK;
}

static enum status take_date(struct str *rest, char after, struct civil *civil)
{
    TRY(take_number(rest, 4, '-', &civil->year));
    TRY(take_number(rest, 2, '-', &civil->month));
    return take_number(rest, 2, after, &civil->day);
}

enum status date_parse(struct str text, struct date *ret_date)
{
    struct civil civil = {0};
    TRY(take_date(&text, '\0', &civil));
    if (text.len > 0 || !is_day(civil.year, civil.month, civil.day))
        return INVALID;
    *ret_date = date_of(civil.year, civil.month, civil.day);
    return OK;
}

/* ".123" after the seconds: milliseconds are kept, finer digits dropped (RFC 3339 section 5.6). */
static enum status take_fraction(struct str *rest, int32_t *ret_ms)
{
    int32_t unit = 100, ms = 0;
    size_t i = 1;
    if (!str_starts(*rest, STR(".")))
        return OK;
    for (; i < rest->len && ascii_is_digit(rest->at[i]); i++, unit /= 10)
        ms += (rest->at[i] - '0') * unit;
    if (i == 1)
        return INVALID;
    *rest = str_after(*rest, i);
    *ret_ms = ms;
    return OK;
}

static enum status take_offset(struct str *rest, int32_t *ret_minutes)
{
    int32_t hours, minutes;
    if (str_eq(*rest, STR("Z"))) {
        *rest = STR_NONE;
        return OK;
    }
    if (rest->len == 0 || (rest->at[0] != '+' && rest->at[0] != '-'))
        return INVALID;
    bool is_west = rest->at[0] == '-';
    *rest = str_after(*rest, 1);
    TRY(take_number(rest, 2, ':', &hours));
    TRY(take_number(rest, 2, '\0', &minutes));
    if (minutes > 59)
        return INVALID;
    *ret_minutes = (hours * 60 + minutes) * (is_west ? -1 : 1);
    return OK;
}

enum status instant_parse(struct str text, struct instant *ret_instant)
{
    struct civil civil = {0};
    struct instant instant;
    int32_t ms = 0;
    TRY(take_date(&text, 'T', &civil));
    TRY(take_number(&text, 2, ':', &civil.hour));
    TRY(take_number(&text, 2, ':', &civil.minute));
    TRY(take_number(&text, 2, '\0', &civil.second));
    TRY(take_fraction(&text, &ms));
    TRY(take_offset(&text, &civil.offset_minutes));
    if (text.len > 0)
        return INVALID;
    TRY(instant_of_civil(civil, &instant));
    ret_instant->ms = instant.ms + ms;
    return OK;
}
