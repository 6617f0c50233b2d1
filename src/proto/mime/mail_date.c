#include "proto/mime/mail_date.h"

#include "proto/mime/header.h"
#include "proto/mime/lex.h"

static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
static const char weekdays[][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

/* RFC 5322 section 4.3; the letters of military zones were used in two ways and mean +0000. */
static const struct {
    struct str name;
    int32_t offset_minutes;
} zones[] = {
    {STR_INIT("EDT"), -240}, {STR_INIT("EST"), -300}, {STR_INIT("CDT"), -300},
    {STR_INIT("CST"), -360}, {STR_INIT("MDT"), -360}, {STR_INIT("MST"), -420},
    {STR_INIT("PDT"), -420}, {STR_INIT("PST"), -480},
};

static struct str take_text(struct str *rest)
{
    lex_skip(rest, NULL);
    return lex_until(rest, ",:()");
}

static enum status month_of(struct str text, int32_t *ret_month)
{
    for (int32_t i = 0; i < 12; i++)
        if (str_starts_nocase(text, str_of(months[i]))) {
            *ret_month = i + 1;
            return OK;
        }
    return INVALID;
}

static enum status number_of(struct str text, size_t digits, int32_t *ret_number)
{
    uint64_t number;
    if (text.len > digits)
        return INVALID;
    TRY(str_to_u64(text, 9999, &number));
    *ret_number = (int32_t)number;
    return OK;
}

/* Two and three digits count as RFC 5322 section 4.3 says. */
static enum status year_of(struct str text, int32_t *ret_year)
{
    int32_t year;
    TRY(number_of(text, 4, &year));
    if (text.len == 2)
        year += year < 50 ? 2000 : 1900;
    else if (text.len == 3)
        year += 1900;
    else if (text.len < 2)
        return INVALID;
    *ret_year = year;
    return OK;
}

/* "10:42" or "10:42:07" */
static enum status take_time(struct str *rest, struct civil *civil)
{
    TRY(number_of(take_text(rest), 2, &civil->hour));
    lex_skip(rest, NULL);
    if (!lex_byte(rest, ':'))
        return INVALID;
    TRY(number_of(take_text(rest), 2, &civil->minute));
    lex_skip(rest, NULL);
    return lex_byte(rest, ':') ? number_of(take_text(rest), 2, &civil->second) : OK;
}

static int32_t zone_of(struct str text)
{
    int32_t number;
    bool is_west = str_starts(text, STR("-"));
    if (is_west || str_starts(text, STR("+"))) {
        if (text.len != 5 || number_of(str_after(text, 1), 4, &number) != OK || number >= 2400 ||
            number % 100 > 59)
            return 0;
        return (number / 100 * 60 + number % 100) * (is_west ? -1 : 1);
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (str_eq_nocase(text, zones[i].name))
            return zones[i].offset_minutes;
    return 0;
}

/* "24 Nov 2026 10:42:07 +0100", the day taken. */
static enum status take_rest(struct str *rest, struct str day, struct civil *civil)
{
    TRY(number_of(day, 2, &civil->day));
    TRY(month_of(take_text(rest), &civil->month));
    TRY(year_of(take_text(rest), &civil->year));
    TRY(take_time(rest, civil));
    civil->offset_minutes = zone_of(take_text(rest));
    return OK;
}

/* "Nov 24 10:42:07 2026", the month taken: asctime, maybe with a zone before the year. */
static enum status take_asctime(struct str *rest, struct str month, struct civil *civil)
{
    TRY(month_of(month, &civil->month));
    TRY(number_of(take_text(rest), 2, &civil->day));
    TRY(take_time(rest, civil));
    struct str year = take_text(rest);
    if (year.len > 0 && !ascii_is_digit(year.at[0])) {
        civil->offset_minutes = zone_of(year);
        year = take_text(rest);
    }
    return year_of(year, &civil->year);
}

enum status mail_date_parse(struct str value, struct mail_date *ret_date)
{
    struct civil civil = {0};
    struct str rest = str_slice(value, 0, HEADER_VALUE_MAX);
    struct str first = take_text(&rest);
    lex_skip(&rest, NULL);
    bool has_comma = lex_byte(&rest, ',');
    bool is_day = first.len > 0 && ascii_is_digit(first.at[0]);
    struct str next = is_day ? first : take_text(&rest);
    if (!is_day && !has_comma && (next.len == 0 || !ascii_is_digit(next.at[0])))
        TRY(take_asctime(&rest, next, &civil));
    else
        TRY(take_rest(&rest, next, &civil));
    struct instant instant;
    TRY(instant_of_civil(civil, &instant));
    *ret_date = (struct mail_date){instant, civil.offset_minutes};
    return OK;
}

void mail_date_write(struct buf *out, struct mail_date date)
{
    struct civil civil = civil_of(date.instant, date.offset_minutes);
    int weekday = date_weekday(date_of(civil.year, civil.month, civil.day));
    int32_t offset = date.offset_minutes < 0 ? -date.offset_minutes : date.offset_minutes;
    buf_add_format(out, "%s, %d %s %04d %02d:%02d:%02d %c%02d%02d", weekdays[weekday], civil.day,
                   months[civil.month - 1], civil.year, civil.hour, civil.minute, civil.second,
                   date.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}
