#include "service/staff/absence/leave_counter.h"

#include "core/sick_leave.h"
#include "service/staff/absence/leave_count.h"
#include "service/staff/career/step.h"

enum { MONTHS = 12, FULL = 100 };

static int32_t later(int32_t one, int32_t other)
{
    return one > other ? one : other;
}

static int32_t earlier(int32_t one, int32_t other)
{
    return one < other ? one : other;
}

/* Working days of absences of kinds from `least` to `most`, between two days. */
static int32_t absent(const struct career *career, enum staff_absence least, enum staff_absence most, struct date first,
                      struct date last)
{
    int32_t days = 0;
    for (size_t i = 0; i < career->count; i++) {
        const struct career_fact *fact = &career->facts[i];
        if (fact->kind == CAREER_ABSENCE && fact->number >= (int64_t)least && fact->number <= (int64_t)most)
            days += leave_count_days((struct date){later(fact->since.days, first.days)},
                                     (struct date){earlier(fact->until.days, last.days)});
    }
    return days;
}

struct leave_rtt leave_rtt_of(const struct career *career, int32_t year, int32_t full_days)
{
    struct leave_rtt rtt = {.year = year, .full_days = full_days};
    struct date first = date_of(year, 1, 1), last = date_of(year, 12, 31);
    int64_t parts = 0, days = last.days - first.days + 1;
    for (struct date day = first; day.days <= last.days; day.days++) {
        struct staff_span state;
        bool counts = career_state(career, day, &state) == OK && state.position == STAFF_ACTIVE &&
                      state.week_tenths == 0 && state.status != STAFF_ELECTED;
        parts += counts ? state.part_time : 0;
    }
    rtt.right_halves = (int32_t)((2 * full_days * parts + FULL * days - 1) / (FULL * days));
    rtt.health_days = absent(career, STAFF_SICK, STAFF_ACCIDENT, first, last);
    rtt.lost_days = rtt.health_days * full_days / LEAVE_WORKING_DAYS;
    rtt.taken_days = absent(career, STAFF_RTT, STAFF_RTT, first, last);
    rtt.left_halves = rtt.right_halves - 2 * (rtt.lost_days + rtt.taken_days);
    return rtt;
}

struct leave_cet leave_cet_of(const struct career *career, struct date day)
{
    struct leave_cet cet = {0};
    struct date first = date_of(civil_of_date(day).year, 1, 1);
    for (size_t i = 0; i < career->count; i++)
        if (career->facts[i].kind == CAREER_SAVED && career->facts[i].since.days <= day.days)
            cet.saved_days += (int32_t)career->facts[i].number;
    cet.taken_days = absent(career, STAFF_CET, STAFF_CET, (struct date){0}, day);
    cet.left_days = cet.saved_days - cet.taken_days;
    cet.annual_days = absent(career, STAFF_ANNUAL, STAFF_ANNUAL, first, day);
    cet.may_save = cet.annual_days >= LEAVE_CET_TAKEN && cet.left_days < LEAVE_CET_MAX;
    return cet;
}

enum status leave_sick_of(struct arena *arena, const struct career *career, struct date day, int32_t *ret_days)
{
    struct sick_stop *stops = arena_array(arena, struct sick_stop, SICK_STOPS_MAX);
    struct sick_count count;
    struct sick_fault fault;
    size_t stop_count = 0;
    if (stops == NULL)
        return LIMIT;
    *ret_days = 0;
    for (size_t i = 0; i < career->count && stop_count < SICK_STOPS_MAX; i++) {
        const struct career_fact *fact = &career->facts[i];
        if (fact->kind == CAREER_ABSENCE && fact->number == STAFF_SICK && fact->since.days <= day.days)
            stops[stop_count++] = (struct sick_stop){fact->since, fact->until, false, fact->words.len > 0};
        else
            continue;
        /* one that goes on from a stop that was corrected since stands for itself */
        bool follows = stop_count > 1 && stops[stop_count - 2].to.days + 1 == fact->since.days;
        stops[stop_count - 1].goes_on = fact->link != 0 && follows;
    }
    if (stop_count == 0)
        return OK;
    enum status done = sick_leave_count(arena, stops, stop_count, &count, &fault);
    if (done != OK)
        return done == INVALID ? CORRUPT : done;
    struct date from = step_months_later(day, -MONTHS);
    for (struct date at = {from.days + 1}; at.days <= day.days; at.days++) {
        enum sick_day kind = sick_leave_day(&count, at);
        *ret_days += kind == SICK_WAIT || kind == SICK_NINETY || kind == SICK_FULL;
    }
    return OK;
}
