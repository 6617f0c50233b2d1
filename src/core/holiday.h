/* A holiday is a public holiday of metropolitan France, a day that a year has by law.
 *
 * Source: code du travail, article L3133-1 (eleven days); Easter by the Gregorian reckoning (Meeus, Astronomical
 * Algorithms, chapter 8). Not here: the two more days of Alsace-Moselle (article L3134-13), and those of overseas
 * departments (article L3422-2). Pure. */
#ifndef CORE_HOLIDAY_H
#define CORE_HOLIDAY_H

#include "base/dates.h"

enum { HOLIDAYS = 11, HOLIDAY_YEAR_MIN = 1947 /* since when 1 May is one by law */, HOLIDAY_YEAR_MAX = 2999 };

struct holiday {
    struct date day;
    struct str name; /* French */
};

/* Those of a year, in the order of their days. INVALID: a year outside HOLIDAY_YEAR_MIN to HOLIDAY_YEAR_MAX. Where two
 * are on one day (1 May 2008), both are told. */
MUST_USE enum status holiday_list(int32_t year, struct holiday ret_holidays[HOLIDAYS]);
bool holiday_is(struct date day);

#endif
