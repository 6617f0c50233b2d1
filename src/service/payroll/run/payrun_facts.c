#include "service/payroll/run/payrun_facts.h"

#include "service/payroll/element/element.h"
#include "service/payroll/leave/sick_leave.h"

enum { DAYS_MAX = 31, FULL_TIME = 100, YEAR = 365, CLM_FULL_YEARS = 1, CLD_FULL_YEARS = 3 };

struct making {
    struct ctx *ctx;
    const struct staff_month *staff;
    struct date first, last;
    int32_t length;             /* days of the month */
    uint8_t days[DAYS_MAX + 1]; /* enum pay_day of each, from 0 */
    struct element_sums elements;
    struct payrun_facts *facts;
};

/* ---- days ---- */

static enum status count_sick(struct making *making, struct sick_count *ret_count)
{
    const struct staff_month *staff = making->staff;
    struct sick_stop *stops = arena_array(making->ctx->arena, struct sick_stop, staff->absence_count + 1);
    struct sick_fault fault;
    size_t count = 0;
    *ret_count = (struct sick_count){0};
    if (stops == NULL)
        return LIMIT;
    for (size_t i = 0; i < staff->absence_count; i++) {
        const struct staff_absence_span *one = &staff->absences[i];
        if (one->kind != STAFF_SICK)
            continue;
        bool is_first = count == 0; /* what it goes on from is more than a year ago */
        stops[count++] = (struct sick_stop){.from = one->first, .to = one->last, .goes_on = one->goes_on && !is_first,
                                            .is_exempt = one->is_exempt || (one->goes_on && is_first)};
    }
    enum status done = count == 0 ? OK : sick_leave_count(making->ctx->arena, stops, count, ret_count, &fault);
    if (done == INVALID)
        making->facts->fault = str_of(fault.what);
    return done == INVALID ? OK : done;
}

static enum pay_day long_day(const struct staff_absence_span *one, struct date day, int32_t years, enum pay_day full)
{
    return (enum pay_day)(day.days - one->first.days < years * YEAR ? full : full + 1);
}

static enum pay_day absent_day(const struct staff_absence_span *one, struct date day, const struct sick_count *sick)
{
    static const enum pay_day plain[STAFF_ABSENCES] = {
        [STAFF_STRIKE] = PAY_DAY_STRIKE, [STAFF_ACCIDENT] = PAY_DAY_SERVICE,   [STAFF_MATERNITY] = PAY_DAY_BIRTH,
        [STAFF_THERAPY] = PAY_DAY_THERAPY, [STAFF_UNDONE] = PAY_DAY_UNDONE}; /* the others: PAY_WORKED */
    static const enum pay_day of_sick[SICK_DAY_KINDS] = {
        [SICK_WAIT] = PAY_DAY_WAIT, [SICK_NINETY] = PAY_DAY_SICK_FULL, [SICK_FULL] = PAY_DAY_SICK_FULL,
        [SICK_HALF] = PAY_DAY_SICK_HALF, [SICK_REFUSED] = PAY_DAY_UNPAID};
    if (one->kind == STAFF_SICK)
        return sick->days == NULL ? PAY_WORKED : of_sick[sick_leave_day(sick, day)];
    if (one->kind == STAFF_LONG_SICK)
        return long_day(one, day, CLM_FULL_YEARS, PAY_DAY_LONG_FULL);
    if (one->kind == STAFF_LONG_TERM)
        return long_day(one, day, CLD_FULL_YEARS, PAY_DAY_LASTING_FULL);
    return plain[one->kind];
}

static enum status mark_days(struct making *making)
{
    const struct staff_month *staff = making->staff;
    struct sick_count sick;
    TRY(count_sick(making, &sick));
    for (size_t i = 0; i < staff->absence_count; i++) {
        const struct staff_absence_span *one = &staff->absences[i];
        for (int32_t d = 0; d < making->length; d++) {
            struct date day = {making->first.days + d};
            if (one->first.days <= day.days && day.days <= one->last.days)
                making->days[d] = (uint8_t)absent_day(one, day, &sick);
        }
    }
    return OK;
}

/* ---- spans ---- */

/* How many thirtieths have gone by after so many days of the month. */
static int32_t gone(const struct making *making, int32_t days)
{
    return days >= making->length || days > PAY_THIRTIETHS ? PAY_THIRTIETHS : days;
}

/* Days of absence take one each; what is left of the span's thirtieths is worked, or is of the last kind where none is. */
static void count_days(const struct making *making, const struct staff_span *from, struct pay_span *span)
{
    int32_t begin = from->first.days - making->first.days, end = from->last.days - making->first.days + 1;
    int32_t left = gone(making, end) - gone(making, begin), worked = 0;
    uint8_t last = PAY_WORKED;
    for (int32_t d = begin; d < end; d++)
        worked += making->days[d] == PAY_WORKED;
    for (int32_t d = begin; d < end; d++) {
        if (making->days[d] == PAY_WORKED || left == 0)
            continue;
        last = making->days[d];
        span->days[last]++;
        left--;
    }
    span->days[worked > 0 ? PAY_WORKED : last] = (uint8_t)(span->days[worked > 0 ? PAY_WORKED : last] + left);
}

static bool is_paid(const struct staff_span *span)
{
    return span->position == STAFF_ACTIVE;
}

static enum pay_status status_of(const struct staff_span *span)
{
    bool is_short = span->week_tenths > 0 && span->week_tenths <= PAY_WEEK_GENERAL_MAX;
    if (span->status == STAFF_CONTRACT)
        return PAY_CONTRACT;
    if (span->status == STAFF_ELECTED)
        return PAY_ELECTED;
    return is_short ? PAY_OFFICIAL_GENERAL : PAY_OFFICIAL;
}

static enum pay_category category_of(enum staff_category category)
{
    static const enum pay_category of[STAFF_CATEGORIES] = {[STAFF_A] = PAY_A, [STAFF_B] = PAY_B, [STAFF_C] = PAY_C};
    return of[category];
}

static struct pay_span span_of(const struct making *making, const struct staff_span *from)
{
    struct pay_span span = {.index = from->index, .nbi = from->nbi,
                            .part_time = from->part_time == 0 ? FULL_TIME : from->part_time,
                            .week_tenths = from->week_tenths, .zone = making->staff->zone,
                            .ifse = making->elements.amounts[ELEMENT_IFSE]};
    count_days(making, from, &span);
    return span;
}

/* ---- elements ---- */

static void add_extra(struct making *making, struct pay_extra *extras, struct pay_facts *facts,
                      enum element_code code, struct pay_extra like)
{
    like.cents = making->elements.amounts[code];
    like.code = str_of(element_code_name(code));
    like.source = making->elements.sources[code];
    if (like.cents > 0)
        extras[facts->extra_count++] = like;
}

static enum status add_elements(struct making *making, struct pay_facts *facts)
{
    const int64_t *amounts = making->elements.amounts;
    struct pay_extra *extras = arena_array(making->ctx->arena, struct pay_extra, PAYRUN_EXTRAS);
    if (extras == NULL)
        return LIMIT;
    facts->cia = amounts[ELEMENT_CIA];
    facts->health = amounts[ELEMENT_HEALTH];
    facts->compensation = amounts[ELEMENT_COMPENSATION];
    facts->overtime[PAY_HOURS_PLAIN] = (int32_t)amounts[ELEMENT_OVERTIME];
    facts->overtime[PAY_HOURS_SUNDAY] = (int32_t)amounts[ELEMENT_SUNDAY];
    facts->overtime[PAY_HOURS_NIGHT] = (int32_t)amounts[ELEMENT_NIGHT];
    facts->transport = amounts[ELEMENT_TRANSPORT];
    facts->telework_days = (int32_t)amounts[ELEMENT_TELEWORK];
    facts->tax_millionths = amounts[ELEMENT_TAX];
    facts->has_neutral_rate = making->elements.sources[ELEMENT_TAX].len == 0;
    facts->mandate_millionths = facts->status == PAY_ELECTED ? amounts[ELEMENT_MANDATE] : 0;
    facts->extras = extras;
    facts->deductions = amounts[ELEMENT_DEDUCTION];
    add_extra(making, extras, facts, ELEMENT_PRIME,
              (struct pay_extra){.kind = PAY_EXTRA_PRIME, .is_in_rafp = true, .is_in_transfer = true});
    add_extra(making, extras, facts, ELEMENT_REFUND, (struct pay_extra){.kind = PAY_EXTRA_REFUND});
    return OK;
}

/* ---- payslips ---- */

static void add_wait(const struct making *making, const struct staff_span *from, struct pay_facts *facts)
{
    for (int32_t d = from->first.days - making->first.days; d <= from->last.days - making->first.days; d++)
        if (making->days[d] == PAY_DAY_WAIT)
            facts->wait_days |= 1U << d;
}

static void begin_part(const struct making *making, const struct staff_span *from, struct pay_facts *facts)
{
    const struct staff_month *staff = making->staff;
    struct date begin = staff->entered.days > making->first.days ? staff->entered : making->first;
    bool is_left = staff->left.days != 0 && staff->left.days < making->last.days;
    struct date end = is_left ? staff->left : making->last;
    *facts = (struct pay_facts){.status = status_of(from), .category = category_of(from->category),
                                .part_time = FULL_TIME, .zone = staff->zone, .children = staff->children};
    facts->pss_days = end.days - begin.days + 1;
    facts->pss_of = making->length;
}

/* Spans of one kind of pay, one payslip; what is paid once a month stands on the first. */
static enum status make_part(struct making *making, enum pay_status status)
{
    const struct staff_month *staff = making->staff;
    struct pay_span *spans = arena_array(making->ctx->arena, struct pay_span, staff->span_count + 1);
    struct pay_facts facts = {0};
    size_t count = 0;
    if (spans == NULL)
        return LIMIT;
    for (size_t i = 0; i < staff->span_count; i++) {
        const struct staff_span *from = &staff->spans[i];
        if (!is_paid(from) || status_of(from) != status)
            continue;
        if (count == 0)
            begin_part(making, from, &facts);
        spans[count++] = span_of(making, from);
        add_wait(making, from, &facts);
    }
    if (count == 0)
        return OK;
    facts.spans = spans;
    facts.span_count = count;
    if (making->facts->count == 0)
        TRY(add_elements(making, &facts));
    making->facts->parts[making->facts->count++] = facts;
    return OK;
}

static void look(struct making *making)
{
    struct payrun_facts *facts = making->facts;
    for (size_t i = 0; i < facts->count && facts->fault.len == 0; i++) {
        const char *fault = facts->parts[i].span_count > PAY_SPANS_MAX ? "spans" : pay_facts_fault(&facts->parts[i]);
        facts->fault = fault == NULL ? STR("") : str_of(fault);
    }
    for (size_t i = 0; i < making->staff->absence_count; i++)
        facts->is_contract_sick |= making->staff->absences[i].kind == STAFF_SICK && facts->count > 0 &&
                                   facts->parts[0].status == PAY_CONTRACT;
}

enum status payrun_facts_of(struct ctx *ctx, const struct staff_month *staff, struct date month, struct instant known,
                            struct payrun_facts *ret_facts)
{
    struct making making = {.ctx = ctx, .staff = staff, .first = date_month_start(month),
                            .last = date_month_end(month), .facts = ret_facts};
    *ret_facts = (struct payrun_facts){.fault = STR("")};
    making.length = making.last.days - making.first.days + 1;
    TRY(element_sums(ctx, staff->agent, month, known, &making.elements));
    TRY(mark_days(&making));
    for (size_t i = 0; i < PAY_STATUSES; i++)
        TRY(make_part(&making, (enum pay_status)i));
    look(&making);
    return OK;
}
