#include "service/payroll/pay/pay_month.h"

enum { MONTH_DAYS_MAX = 31, FEBRUARY = 2 };

static int32_t days_in(struct date first)
{
    struct civil civil = civil_of_date(first);
    bool is_december = civil.month == 12;
    return date_of(civil.year + is_december, is_december ? 1 : civil.month + 1, 1).days - first.days;
}

/* Thirtieths from the first of the month up to a day of it. */
static int32_t thirtieths_to(struct date day)
{
    struct civil civil = civil_of_date(day);
    bool is_last = civil.day == days_in(date_of(civil.year, civil.month, 1));
    return is_last || civil.day > PAY_THIRTIETHS ? PAY_THIRTIETHS : civil.day;
}

int32_t pay_month_thirtieths(struct date from, struct date to)
{
    bool is_first = civil_of_date(from).day == 1;
    int32_t thirtieths = thirtieths_to(to) - (is_first ? 0 : thirtieths_to((struct date){from.days - 1}));
    return thirtieths > 0 ? thirtieths : 1;
}

enum status pay_day_of_sick(enum sick_day sick, enum pay_day *ret_day)
{
    static const enum pay_day kinds[SICK_DAY_KINDS] = {
        [SICK_NONE] = PAY_WORKED,          [SICK_WAIT] = PAY_DAY_WAIT,      [SICK_NINETY] = PAY_DAY_SICK_FULL,
        [SICK_FULL] = PAY_DAY_SICK_FULL,   [SICK_HALF] = PAY_DAY_SICK_HALF,
    };
    if (sick == SICK_REFUSED)
        return INVALID;
    *ret_day = kinds[sick];
    return OK;
}

/* ---- what the days of a month are ---- */

struct calendar {
    struct date first;
    int32_t count;
    uint8_t states[MONTH_DAYS_MAX]; /* the place of the state of each day, plus 1; 0: none */
    uint8_t kinds[MONTH_DAYS_MAX];  /* enum pay_day */
};

static int32_t begin_in(const struct calendar *calendar, struct date from)
{
    return from.days < calendar->first.days ? 0 : from.days - calendar->first.days;
}

static int32_t end_in(const struct calendar *calendar, struct date to)
{
    int64_t place = (int64_t)to.days - calendar->first.days;
    return to.days == 0 || place >= calendar->count ? calendar->count - 1 : (int32_t)place;
}

static bool put_states(const struct pay_month *month, struct calendar *calendar)
{
    for (size_t i = 0; i < month->state_count; i++) {
        const struct pay_state *state = &month->states[i];
        if (state->to.days != 0 && state->to.days < state->from.days)
            return false;
        for (int32_t at = begin_in(calendar, state->from); at <= end_in(calendar, state->to); at++) {
            if (calendar->states[at] != 0)
                return false;
            calendar->states[at] = (uint8_t)(i + 1);
        }
    }
    return true;
}

static bool put_absences(const struct pay_month *month, struct calendar *calendar)
{
    for (size_t i = 0; i < month->absence_count; i++) {
        const struct pay_absence *absence = &month->absences[i];
        if (absence->to.days < absence->from.days || absence->kind >= PAY_DAYS)
            return false;
        for (int32_t at = begin_in(calendar, absence->from); at <= end_in(calendar, absence->to); at++) {
            if (calendar->kinds[at] != PAY_WORKED)
                return false;
            calendar->kinds[at] = (uint8_t)absence->kind;
        }
    }
    return true;
}

/* ---- spans ---- */

/* Its thirtieths by kind: absent days one by one, in their order; what is left is worked. Where every day is absent,
 * the last kind takes what lacks. */
static void count_days(const struct calendar *calendar, int32_t from, int32_t to, struct pay_span *span)
{
    struct date first = {calendar->first.days + from}, last = {calendar->first.days + to};
    int32_t left = pay_month_thirtieths(first, last);
    enum pay_day latest = PAY_WORKED;
    bool is_all = true;
    for (int32_t at = from; at <= to; at++) {
        enum pay_day kind = (enum pay_day)calendar->kinds[at];
        is_all = is_all && kind != PAY_WORKED;
        if (kind == PAY_WORKED || left == 0)
            continue;
        span->days[latest = kind]++;
        left--;
    }
    enum pay_day rest = is_all ? latest : PAY_WORKED;
    span->days[rest] = (uint8_t)(span->days[rest] + left);
}

static struct pay_month_slip *slip_of(const struct pay_state *state, const struct pay_facts *common,
                                      struct pay_month_slip *slips, size_t *count)
{
    for (size_t i = 0; i < *count; i++)
        if (slips[i].facts.status == state->status)
            return &slips[i];
    struct pay_month_slip *slip = &slips[(*count)++];
    *slip = (struct pay_month_slip){.facts = *common};
    slip->facts.status = state->status;
    slip->facts.category = state->category;
    slip->facts.span_count = 0;
    slip->facts.spans = slip->spans;
    slip->facts.pss_days = slip->facts.pss_of = 0;
    if (state->status == PAY_ELECTED) {
        slip->facts.children = 0;
    } else {
        slip->facts.mandate_millionths = slip->facts.mandates_elsewhere = 0;
        slip->facts.is_general = false;
    }
    if (*count > 1) { /* what is paid once a month is paid on the first */
        slip->facts.cia = slip->facts.health = slip->facts.deductions = slip->facts.transport = 0;
        slip->facts.telework_days = 0;
        slip->facts.extra_count = 0;
    }
    return slip;
}

static bool add_span(const struct pay_month *month, const struct pay_facts *common, const struct calendar *calendar,
                     int32_t from, int32_t to, struct pay_month_slip *slips, size_t *count)
{
    const struct pay_state *state = &month->states[calendar->states[from] - 1];
    struct pay_month_slip *slip = slip_of(state, common, slips, count);
    struct pay_facts *facts = &slip->facts;
    if (facts->span_count == PAY_SPANS_MAX)
        return false;
    struct pay_span *span = &slip->spans[facts->span_count++];
    *span = state->span;
    for (size_t i = 0; i < PAY_DAYS; i++)
        span->days[i] = 0;
    count_days(calendar, from, to, span);
    for (int32_t at = from; at <= to; at++)
        facts->wait_days |= calendar->kinds[at] == PAY_DAY_WAIT ? UINT32_C(1) << at : 0;
    facts->pss_of = calendar->count;
    facts->pss_days += to - from + 1;
    return true;
}

/* One span that is a whole month worked is said without spans. */
static void simplify(struct pay_month_slip *slip)
{
    struct pay_facts *facts = &slip->facts;
    const struct pay_span *span = &slip->spans[0];
    facts->index = span->index;
    facts->nbi = span->nbi;
    facts->part_time = span->part_time;
    facts->week_tenths = span->week_tenths;
    facts->zone = span->zone;
    facts->ifse = span->ifse;
    if (facts->span_count == 1 && span->days[PAY_WORKED] == PAY_THIRTIETHS) {
        facts->spans = NULL;
        facts->span_count = 0;
    }
    if (facts->pss_days == facts->pss_of)
        facts->pss_days = facts->pss_of = 0;
}

enum status pay_month_slips(const struct pay_month *month, const struct pay_facts *common,
                            struct pay_month_slip *ret_slips, size_t *ret_count, const char **ret_fault)
{
    struct calendar calendar = {.first = month->first};
    *ret_count = 0;
    *ret_fault = "month";
    if (civil_of_date(month->first).day != 1)
        return INVALID;
    calendar.count = days_in(month->first);
    *ret_fault = "states";
    if (month->state_count > PAY_STATES_MAX || !put_states(month, &calendar))
        return INVALID;
    *ret_fault = "absences";
    if (month->absence_count > PAY_ABSENCES_MAX || !put_absences(month, &calendar))
        return INVALID;
    *ret_fault = "spans";
    for (int32_t from = 0, to; from < calendar.count; from = to + 1) {
        for (to = from; to + 1 < calendar.count && calendar.states[to + 1] == calendar.states[from];)
            to++;
        if (calendar.states[from] != 0 && !add_span(month, common, &calendar, from, to, ret_slips, ret_count))
            return INVALID;
    }
    for (size_t i = 0; i < *ret_count; i++)
        simplify(&ret_slips[i]);
    return OK;
}
