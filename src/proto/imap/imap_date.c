#include "proto/imap/imap_date.h"

static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

static bool read_digits(struct str text, int *ret_value)
{
    *ret_value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit(text.at[i]))
            return false;
        *ret_value = *ret_value * 10 + (text.at[i] - '0');
    }
    return text.len > 0;
}

static int month_of(struct str text)
{
    for (int i = 0; i < 12 && text.len == 3; i++)
        if (str_eq_nocase(text, (struct str){months + 3 * i, 3}))
            return i + 1;
    return 0;
}

/* "24-Nov-2026": the day, month and year of `civil`. */
static bool read_day(struct str text, struct civil *civil)
{
    struct str day = str_cut(&text, '-'), month = str_cut(&text, '-');
    if (str_is_absent(text) || text.len != 4 || day.len < 1 || day.len > 2)
        return false;
    civil->month = month_of(month);
    int year, number;
    if (civil->month == 0 || !read_digits(day, &number) || !read_digits(text, &year))
        return false;
    civil->day = number;
    civil->year = year;
    return true;
}

enum status imap_date_parse(struct str text, struct date *ret_date)
{
    struct civil civil = {0};
    struct instant instant;
    if (!read_day(text, &civil) || instant_of_civil(civil, &instant) != OK)
        return INVALID;
    *ret_date = date_of(civil.year, civil.month, civil.day);
    return OK;
}

static bool read_time(struct str text, struct civil *civil)
{
    int hour, minute, second;
    if (text.len != 8 || text.at[2] != ':' || text.at[5] != ':' || !read_digits(str_slice(text, 0, 2), &hour) ||
        !read_digits(str_slice(text, 3, 5), &minute) || !read_digits(str_slice(text, 6, 8), &second))
        return false;
    civil->hour = hour;
    civil->minute = minute;
    civil->second = second;
    return true;
}

static bool read_zone(struct str text, struct civil *civil)
{
    int hours, minutes;
    if (text.len != 5 || (text.at[0] != '+' && text.at[0] != '-') || !read_digits(str_slice(text, 1, 3), &hours) ||
        !read_digits(str_slice(text, 3, 5), &minutes) || hours > 23 || minutes > 59)
        return false;
    civil->offset_minutes = (text.at[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

enum status imap_datetime_parse(struct str text, struct instant *ret_instant, int32_t *ret_offset_minutes)
{
    struct civil civil = {0};
    struct str rest = text.len > 0 && text.at[0] == ' ' ? str_after(text, 1) : text;
    struct str day = str_cut(&rest, ' '), time = str_cut(&rest, ' ');
    if (str_is_absent(rest) || !read_day(day, &civil) || !read_time(time, &civil) || !read_zone(rest, &civil))
        return INVALID;
    TRY(instant_of_civil(civil, ret_instant));
    *ret_offset_minutes = civil.offset_minutes;
    return OK;
}

void imap_datetime_write(struct buf *out, struct instant instant, int32_t offset_minutes)
{
    struct civil civil = civil_of(instant, offset_minutes);
    int offset = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    buf_add_format(out, "%2d-%.3s-%04d %02d:%02d:%02d %c%02d%02d", civil.day, months + 3 * (civil.month - 1),
                   civil.year, civil.hour, civil.minute, civil.second, offset_minutes < 0 ? '-' : '+', offset / 60,
                   offset % 60);
}
