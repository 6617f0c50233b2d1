#include "core/holiday.h"

#include <stdlib.h>

static const struct {
    const char *name;
    int month, day; /* month 0: `day` after Easter Sunday */
} rules[HOLIDAYS] = {
    {"Jour de l’an", 1, 1},      {"Lundi de Pâques", 0, 1}, {"Fête du travail", 5, 1},     {"Victoire 1945", 5, 8},
    {"Ascension", 0, 39},        {"Lundi de Pentecôte", 0, 50}, {"Fête nationale", 7, 14}, {"Assomption", 8, 15},
    {"Toussaint", 11, 1},        {"Armistice", 11, 11},     {"Noël", 12, 25},
};

/* Meeus, Astronomical Algorithms, chapter 8; the letters are his. */
static struct date easter(int32_t year)
{
    int32_t a = year % 19, b = year / 100, c = year % 100;
    int32_t d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int32_t h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int32_t l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int32_t of_month = h + l - 7 * m + 114;
    return date_of(year, of_month / 31, of_month % 31 + 1);
}

static int order_of_days(const void *one, const void *other)
{
    const struct holiday *a = one, *b = other;
    return a->day.days != b->day.days ? (a->day.days > b->day.days) - (a->day.days < b->day.days)
                                      : (a->name.at > b->name.at) - (a->name.at < b->name.at);
}

enum status holiday_list(int32_t year, struct holiday ret_holidays[HOLIDAYS])
{
    if (year < HOLIDAY_YEAR_MIN || year > HOLIDAY_YEAR_MAX)
        return INVALID;
    struct date sunday = easter(year);
    for (size_t i = 0; i < HOLIDAYS; i++)
        ret_holidays[i] = (struct holiday){
            rules[i].month != 0 ? date_of(year, rules[i].month, rules[i].day)
                                : (struct date){sunday.days + rules[i].day},
            str_of(rules[i].name)};
    qsort(ret_holidays, HOLIDAYS, sizeof *ret_holidays, order_of_days);
    return OK;
}

bool holiday_is(struct date day)
{
    struct holiday holidays[HOLIDAYS];
    bool is_one = false;
    if (holiday_list(civil_of_date(day).year, holidays) != OK)
        return false;
    for (size_t i = 0; i < HOLIDAYS; i++)
        is_one |= holidays[i].day.days == day.days;
    return is_one;
}
