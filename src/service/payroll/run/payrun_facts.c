#include "service/payroll/run/payrun_facts.h"

#include "core/sick_leave.h"
#include "service/payroll/element/element.h"

enum { DAYS_MAX = 31, FULL_TIME = 100, YEAR = 365, CLM_FULL_YEARS = 1, CLD_FULL_YEARS = 3 };

struct making {
    struct ctx *ctx;
    const struct staff_month *staff;
    struct pay_month month;
    struct date last;
    struct element_sums elements;
    struct payrun_facts *facts;
};

/* ---- absences ---- */

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

static enum pay_day absent_day(struct making *making, const struct staff_absence_span *one, struct date day,
                               const struct sick_count *sick)
{
    static const enum pay_day plain[STAFF_ABSENCES] = {
        [STAFF_STRIKE] = PAY_DAY_STRIKE, [STAFF_ACCIDENT] = PAY_DAY_SERVICE,   [STAFF_MATERNITY] = PAY_DAY_BIRTH,
        [STAFF_THERAPY] = PAY_DAY_THERAPY, [STAFF_UNDONE] = PAY_DAY_UNDONE}; /* the others: PAY_WORKED */
    enum pay_day kind = PAY_WORKED;
    if (one->kind == STAFF_LONG_SICK)
        return long_day(one, day, CLM_FULL_YEARS, PAY_DAY_LONG_FULL);
    if (one->kind == STAFF_LONG_TERM)
        return long_day(one, day, CLD_FULL_YEARS, PAY_DAY_LASTING_FULL);
    if (one->kind != STAFF_SICK)
        return plain[one->kind];
    if (sick->days != NULL && pay_day_of_sick(sick_leave_day(sick, day), &kind) != OK)
        making->facts->fault = STR("leave.refused"); /* a thirteenth month: the medical council decides */
    return kind;
}

/* The kind of each day of the month; days that are alike and follow each other make one absence. */
static enum status find_absences(struct making *making)
{
    struct pay_absence *absences = arena_array(making->ctx->arena, struct pay_absence, DAYS_MAX);
    struct sick_count sick;
    enum pay_day before = PAY_WORKED;
    size_t count = 0;
    if (absences == NULL)
        return LIMIT;
    TRY(count_sick(making, &sick));
    for (struct date day = making->month.first; day.days <= making->last.days; day.days++) {
        enum pay_day kind = PAY_WORKED;
        for (size_t i = 0; i < making->staff->absence_count; i++) {
            const struct staff_absence_span *one = &making->staff->absences[i];
            if (one->first.days <= day.days && day.days <= one->last.days && kind == PAY_WORKED)
                kind = absent_day(making, one, day, &sick);
        }
        if (kind != PAY_WORKED && kind == before)
            absences[count - 1].to = day;
        else if (kind != PAY_WORKED)
            absences[count++] = (struct pay_absence){day, day, kind};
        before = kind;
    }
    making->month.absences = absences;
    making->month.absence_count = count;
    return OK;
}

/* ---- states ---- */

static enum pay_status status_of(const struct staff_span *span)
{
    bool is_short = span->week_tenths > 0 && span->week_tenths <= PAY_WEEK_GENERAL_MAX;
    if (span->status == STAFF_CONTRACT)
        return PAY_CONTRACT;
    if (span->status == STAFF_ELECTED)
        return PAY_ELECTED;
    return is_short ? PAY_OFFICIAL_GENERAL : PAY_OFFICIAL;
}

static struct pay_state state_of(const struct making *making, const struct staff_span *from)
{
    static const enum pay_category categories[STAFF_CATEGORIES] = {
        [STAFF_A] = PAY_A, [STAFF_B] = PAY_B, [STAFF_C] = PAY_C};
    bool is_elected = from->status == STAFF_ELECTED;
    return (struct pay_state){
        .from = from->first, .to = from->last, .status = status_of(from),
        .category = from->status == STAFF_CONTRACT ? PAY_NO_CATEGORY : categories[from->category],
        .span = {.index = is_elected ? 0 : from->index, .nbi = from->nbi,
                 .part_time = from->part_time == 0 ? FULL_TIME : from->part_time, .week_tenths = from->week_tenths,
                 .zone = making->staff->zone, .ifse = making->elements.amounts[ELEMENT_IFSE]}};
}

/* Days in a position without pay are none of the payslip. */
static enum status find_states(struct making *making)
{
    const struct staff_month *staff = making->staff;
    struct pay_state *states = arena_array(making->ctx->arena, struct pay_state, staff->span_count + 1);
    if (states == NULL)
        return LIMIT;
    for (size_t i = 0; i < staff->span_count; i++)
        if (staff->spans[i].position == STAFF_ACTIVE)
            states[making->month.state_count++] = state_of(making, &staff->spans[i]);
    making->month.states = states;
    return OK;
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
    facts->mandate_millionths = amounts[ELEMENT_MANDATE];
    facts->extras = extras;
    facts->deductions = amounts[ELEMENT_DEDUCTION];
    add_extra(making, extras, facts, ELEMENT_PRIME,
              (struct pay_extra){.kind = PAY_EXTRA_PRIME, .is_in_rafp = true, .is_in_transfer = true});
    add_extra(making, extras, facts, ELEMENT_REFUND, (struct pay_extra){.kind = PAY_EXTRA_REFUND});
    return OK;
}

/* ---- payslips ---- */

static void look(struct making *making)
{
    struct payrun_facts *facts = making->facts;
    for (size_t i = 0; i < facts->count && facts->fault.len == 0; i++) {
        const char *fault = pay_facts_fault(&facts->slips[i].facts);
        facts->fault = fault == NULL ? STR("") : str_of(fault);
    }
    for (size_t i = 0; i < making->staff->absence_count; i++)
        facts->is_contract_sick |= making->staff->absences[i].kind == STAFF_SICK && facts->count > 0 &&
                                   facts->slips[0].facts.status == PAY_CONTRACT;
}

enum status payrun_facts_of(struct ctx *ctx, const struct staff_month *staff, struct date month, struct instant known,
                            struct payrun_facts *ret_facts)
{
    struct making making = {.ctx = ctx, .staff = staff, .month = {.first = date_month_start(month)},
                            .last = date_month_end(month), .facts = ret_facts};
    struct pay_facts common = {.children = staff->children, .zone = staff->zone, .part_time = FULL_TIME};
    const char *fault = "";
    ret_facts->fault = STR("");
    ret_facts->count = 0;
    ret_facts->is_contract_sick = false;
    TRY(element_sums(ctx, staff->agent, month, known, &making.elements));
    TRY(find_states(&making));
    TRY(find_absences(&making));
    TRY(add_elements(&making, &common));
    if (making.month.state_count == 0 || ret_facts->fault.len > 0)
        return OK;
    enum status done = pay_month_slips(&making.month, &common, ret_facts->slips, &ret_facts->count, &fault);
    if (done == INVALID)
        ret_facts->fault = str_of(fault);
    else
        TRY(done);
    look(&making);
    return OK;
}
