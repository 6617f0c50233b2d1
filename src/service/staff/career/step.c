#include "service/staff/career/step.h"

enum { MONTHS_OF_YEAR = 12, DUE_DAYS_MAX = 60 * 366 };

struct date step_months_later(struct date day, int32_t months)
{
    struct civil civil = civil_of_date(day);
    int32_t whole = civil.year * MONTHS_OF_YEAR + civil.month - 1 + months;
    struct date first = date_of(whole / MONTHS_OF_YEAR, whole % MONTHS_OF_YEAR + 1, 1);
    struct date last = date_month_end(first);
    struct date same = {first.days + civil.day - 1};
    return same.days > last.days ? last : same;
}

/* Days of parental leave before this one. */
static int32_t parental_before(const struct career *career, struct date day)
{
    int32_t days = 0;
    for (size_t i = 0; i < career->count; i++) {
        const struct career_fact *fact = &career->facts[i];
        if (fact->kind != CAREER_POSITION || fact->number != STAFF_PARENTAL || fact->since.days >= day.days)
            continue;
        int32_t last = career_last(career, i).days;
        days += (last < day.days ? last + 1 : day.days) - fact->since.days;
    }
    return days;
}

static bool counts(const struct career *career, struct date day)
{
    const struct career_fact *position = career_at(career, CAREER_POSITION, 0, day);
    if (position == NULL || position->number == STAFF_AVAILABLE || position->number == STAFF_OUTSIDE)
        return false;
    return position->number != STAFF_PARENTAL ||
           parental_before(career, day) < STEP_PARENTAL_YEARS * 365 + 1; /* years have 365 days, and one a leap day */
}

enum status step_next(const struct career *career, struct date today, struct step_due *ret_due)
{
    struct staff_span state;
    const struct career_fact *grade = career_at(career, CAREER_GRADE, 0, today);
    const struct career_fact *step = career_at(career, CAREER_STEP, 0, today);
    TRY(career_state(career, today, &state));
    bool is_official = state.status == STAFF_TRAINEE || state.status == STAFF_OFFICIAL;
    if (!is_official || grade == NULL || step == NULL)
        return NOT_FOUND;
    const struct grid_step *row = grid_step_of(career->grid, state.grade, state.step, today);
    if (row == NULL || row->months == 0)
        return NOT_FOUND;
    struct step_due due = {.step = state.step + 1, .since = step->since, .months = row->months, .row = row};
    due.due = step_months_later(step->since, row->months);
    for (int32_t day = step->since.days; day < due.due.days && day < step->since.days + DUE_DAYS_MAX; day++)
        if (!counts(career, (struct date){day})) {
            due.away_days++;
            due.due.days++;
        }
    *ret_due = due;
    return OK;
}
