#include "core/sick_leave.h"

static enum status fault_at(struct sick_fault *ret_fault, const char *what, size_t stop)
{
    *ret_fault = (struct sick_fault){what, stop};
    return INVALID;
}

static enum status check_stops(const struct sick_stop *stops, size_t count, struct sick_fault *ret_fault)
{
    for (size_t i = 0; i < count; i++) {
        if (stops[i].to.days < stops[i].from.days)
            return fault_at(ret_fault, "leave.dates", i);
        if (i > 0 && stops[i].from.days < stops[i - 1].from.days)
            return fault_at(ret_fault, "leave.order", i);
        if (stops[i].goes_on && (i == 0 || stops[i].from.days > stops[i - 1].to.days + 1))
            return fault_at(ret_fault, "leave.goes_on", i);
    }
    return OK;
}

/* The same day of the year before; 28 February for the 29th. */
static struct date year_before(struct date day)
{
    struct civil civil = civil_of_date(day);
    bool is_leap_day = civil.month == 2 && civil.day == 29;
    return date_of(civil.year - 1, civil.month, is_leap_day ? 28 : civil.day);
}

/* The days within a year before the one at hand: those at the full rate, and all that were asked for. */
struct window {
    size_t start; /* only goes forward */
    int full, all;
};

struct counting {
    struct date first, ninety_since;
    unsigned char *days;
    struct window window;
};

static bool is_full(unsigned char day)
{
    return day == SICK_WAIT || day == SICK_NINETY || day == SICK_FULL;
}

static void slide(struct counting *counting, struct date day)
{
    struct window *window = &counting->window;
    int64_t inside = (int64_t)year_before(day).days + 1 - counting->first.days;
    int64_t end = (int64_t)day.days - counting->first.days;
    for (; (int64_t)window->start < inside && (int64_t)window->start < end; window->start++) {
        window->full -= is_full(counting->days[window->start]);
        window->all -= counting->days[window->start] != SICK_NONE;
    }
}

/* Twelve months are used up once each day of the year before was one. */
static enum sick_day kind_of(const struct counting *counting, struct date day, bool waits)
{
    if (counting->window.all >= day.days - year_before(day).days - 1)
        return SICK_REFUSED;
    if (waits)
        return SICK_WAIT;
    if (counting->window.full >= SICK_FULL_DAYS)
        return SICK_HALF;
    return day.days >= counting->ninety_since.days ? SICK_NINETY : SICK_FULL;
}

static void count_day(struct counting *counting, struct date day, bool waits)
{
    slide(counting, day);
    enum sick_day kind = kind_of(counting, day, waits);
    counting->days[day.days - counting->first.days] = (unsigned char)kind;
    counting->window.full += is_full((unsigned char)kind);
    counting->window.all++;
}

static struct date last_day(const struct sick_stop *stops, size_t count)
{
    struct date last = stops[0].to;
    for (size_t i = 1; i < count; i++)
        if (stops[i].to.days > last.days)
            last = stops[i].to;
    return last;
}

enum status sick_leave_count(struct arena *arena, const struct sick_stop *stops, size_t stop_count,
                             struct sick_count *ret_count, struct sick_fault *ret_fault)
{
    *ret_count = (struct sick_count){0};
    if (stop_count == 0)
        return OK;
    if (stop_count > SICK_STOPS_MAX)
        return LIMIT;
    TRY(check_stops(stops, stop_count, ret_fault));
    int64_t count = (int64_t)last_day(stops, stop_count).days - stops[0].from.days + 1;
    if (count > SICK_DAYS_MAX)
        return LIMIT;
    struct counting counting = {.first = stops[0].from, .ninety_since = date_of(2025, 3, 1),
                                .days = arena_alloc(arena, (size_t)count)};
    if (counting.days == NULL)
        return LIMIT;
    int32_t done = counting.first.days - 1; /* what stops before have taken goes up to there */
    for (size_t i = 0; i < stop_count; i++)
        for (int32_t at = stops[i].from.days; at <= stops[i].to.days; at++) {
            bool waits = at == stops[i].from.days && !stops[i].goes_on && !stops[i].is_exempt;
            if (at > done)
                count_day(&counting, (struct date){done = at}, waits);
        }
    *ret_count = (struct sick_count){counting.first, counting.days, (size_t)count};
    return OK;
}

enum sick_day sick_leave_day(const struct sick_count *count, struct date day)
{
    int64_t place = (int64_t)day.days - count->first.days;
    return place >= 0 && place < (int64_t)count->count ? (enum sick_day)count->days[place] : SICK_NONE;
}

const char *sick_day_name(enum sick_day day)
{
    static const char *const names[SICK_DAY_KINDS] = {"", "carence", "p90", "p100", "p50", "refus"};
    return names[day];
}
