#include "service/staff/absence/leave_count.h"

#include "core/holiday.h"

enum { WEEKS = 5, FULL_HALVES = 10, FRIDAY = 4, BONUS_FROM = 5, BONUS_MORE = 8, MAY = 5, OCTOBER = 10 };

static bool is_worked(struct date day)
{
    return date_weekday(day) <= FRIDAY && !holiday_is(day);
}

int32_t leave_count_days(struct date first, struct date last)
{
    int32_t count = 0;
    for (struct date day = first; day.days <= last.days; day.days++)
        count += is_worked(day);
    return count;
}

/* Half-days of a week: 80 % is four days. */
static int32_t halves_of(int64_t percent)
{
    return (int32_t)((FULL_HALVES * percent + 50) / 100);
}

static bool is_annual(const struct career *career, struct date day)
{
    const struct career_fact *absence = career_at(career, CAREER_ABSENCE, 0, day);
    return absence != NULL && absence->number == STAFF_ANNUAL;
}

struct leave_count leave_count_of(const struct career *career, int32_t year)
{
    struct leave_count count = {.year = year, .week_halves = FULL_HALVES};
    struct date first = date_of(year, 1, 1), last = date_of(year, 12, 31);
    int64_t parts = 0;
    count.year_days = last.days - first.days + 1;
    for (struct date day = first; day.days <= last.days; day.days++) {
        struct staff_span state;
        if (career_state(career, day, &state) != OK || state.position != STAFF_ACTIVE)
            continue;
        count.served_days++;
        count.week_halves = halves_of(state.part_time);
        parts += count.week_halves;
        if (!is_annual(career, day) || !is_worked(day))
            continue;
        int32_t month = civil_of_date(day).month;
        count.taken_days++;
        count.outside_days += month < MAY || month > OCTOBER;
    }
    count.right_halves = (int32_t)((parts * WEEKS + count.year_days - 1) / count.year_days);
    count.bonus_days = count.outside_days >= BONUS_MORE ? 2 : count.outside_days >= BONUS_FROM ? 1 : 0;
    count.left_halves = count.right_halves + 2 * (count.bonus_days - count.taken_days);
    return count;
}
