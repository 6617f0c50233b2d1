#include "service/accounting/delay/delay.h"

#include "service/accounting/figure.h"

/* How many days there are, once what the contract says was looked at. */
struct terms {
    int32_t days, accountant, again;
};

static bool is_set(struct date day)
{
    return day.days != 0;
}

static struct date later_of(struct date one, struct date other)
{
    return one.days > other.days ? one : other;
}

static struct date after(struct date day, int32_t days)
{
    return (struct date){day.days + days};
}

static enum status days_of(struct faults *faults, struct str code, struct date day, int32_t *ret_days)
{
    struct figure figure;
    TRY(figure_need(faults, code, day, &figure));
    *ret_days = (int32_t)figure.value;
    return OK;
}

static enum status terms_of(const struct delay_request *request, struct date start, struct faults *faults,
                            struct terms *ret_terms)
{
    struct terms terms;
    size_t before = faults->found;
    TRY(days_of(faults, STR("delay.payment"), start, &terms.days));
    TRY(days_of(faults, STR("delay.accountant"), start, &terms.accountant));
    TRY(days_of(faults, STR("delay.again"), start, &terms.again));
    if (request->agreed_days < 0 || request->agreed_days > terms.days)
        fault_add_numbers(faults, "delay.agreed", "délai du marché", request->agreed_days, terms.days);
    else if (request->agreed_days > 0)
        terms.days = request->agreed_days;
    if (request->accountant_days != 0)
        terms.accountant = request->accountant_days;
    if (terms.accountant < 1 || terms.accountant >= terms.days)
        fault_add_numbers(faults, "delay.split", "délai du comptable", terms.accountant, terms.days);
    *ret_terms = terms;
    return faults->found == before ? OK : INVALID;
}

/* ---- the one interruption ---- */

static void check_interruption(const struct delay_request *request, const struct delay_interruption *one,
                               struct date due, struct faults *faults)
{
    if (is_set(request->received) && one->notified.days < request->received.days)
        fault_add_dates(faults, "delay.early", "notification de l’interruption", one->notified, request->received);
    if (is_set(request->ordered) && one->notified.days >= request->ordered.days)
        fault_add_dates(faults, "delay.ordered", "notification de l’interruption", one->notified, request->ordered);
    if (one->notified.days > due.days)
        fault_add_dates(faults, "delay.expired", "notification de l’interruption", one->notified, due);
    if (is_set(one->completed) && one->completed.days < one->notified.days)
        fault_add_dates(faults, "delay.pieces", "réception des pièces", one->completed, one->notified);
}

static enum status check_interruptions(const struct delay_request *request, struct date due, struct faults *faults)
{
    size_t before = faults->found;
    if (request->interruption_count > 1)
        fault_add_dates(faults, "delay.twice", "notification de la seconde interruption",
                        request->interruptions[1].notified, request->interruptions[0].notified);
    if (request->interruption_count > 0)
        check_interruption(request, &request->interruptions[0], due, faults);
    return faults->found == before ? OK : INVALID;
}

/* A new delay opens with the last piece: of thirty days, or of what was left where that is more (R2192-29), which it
 * never is, since no delay is longer. It does not run before the service is done either (R2192-13). */
static void begin_anew(const struct delay_request *request, const struct terms *terms, struct delay *delay)
{
    const struct delay_interruption *one = &request->interruptions[0];
    delay->is_interrupted = !is_set(one->completed);
    if (delay->is_interrupted)
        return;
    delay->again = later_of(one->completed, request->done);
    delay->days = terms->again;
}

enum status delay_of(const struct delay_request *request, struct faults *faults, struct delay *ret_delay)
{
    struct terms terms;
    struct delay delay = {.start = later_of(request->received, request->done)};
    if (!is_set(delay.start)) {
        fault_add(faults, "delay.start", STR("départ du délai"), STR(""), STR(""));
        return INVALID;
    }
    TRY(terms_of(request, delay.start, faults, &terms));
    delay.days = terms.days;
    TRY(check_interruptions(request, after(delay.start, terms.days), faults));
    if (request->interruption_count > 0)
        begin_anew(request, &terms, &delay);
    if (!delay.is_interrupted) {
        delay.due = after(is_set(delay.again) ? delay.again : delay.start, delay.days);
        delay.order_by = after(delay.due, -terms.accountant);
    }
    *ret_delay = delay;
    return OK;
}

/* ---- paid late ---- */

static struct date half_year_of(struct date day)
{
    struct civil civil = civil_of_date(day);
    return date_of(civil.year, civil.month <= 6 ? 1 : 7, 1);
}

static enum status rate_of(struct faults *faults, struct date half_year, int64_t *ret_rate)
{
    struct figure ecb, margin;
    TRY(figure_need(faults, STR("delay.ecb"), half_year, &ecb));
    TRY(figure_need(faults, STR("delay.margin"), half_year, &margin));
    *ret_rate = ecb.value + margin.value;
    return OK;
}

static enum status late_of(struct date due, struct money amount, struct date paid, struct faults *faults,
                           struct delay_late *ret_late)
{
    enum { YEAR = 365, WHOLE = 10000 /* hundredths of a percent */ };
    struct figure indemnity;
    int32_t settlement;
    const struct date first = after(due, 1); /* of those on which interest runs */
    struct delay_late late = {.days = paid.days - due.days, .half_year = half_year_of(first)};
    TRY(rate_of(faults, late.half_year, &late.rate));
    TRY(money_share(amount, late.rate * late.days, (int64_t)WHOLE * YEAR, &late.interest));
    TRY(figure_need(faults, STR("delay.indemnity"), first, &indemnity));
    TRY(days_of(faults, STR("delay.settlement"), first, &settlement));
    late.indemnity = (struct money){indemnity.value};
    late.settle_by = after(paid, settlement);
    *ret_late = late;
    return OK;
}

enum status delay_late_of(const struct delay *delay, struct money amount, struct date paid, struct faults *faults,
                          struct delay_late *ret_late)
{
    if (amount.cents < 0) {
        fault_add_money(faults, "delay.amount", "montant dû", amount, (struct money){0});
        return INVALID;
    }
    if (!delay->is_interrupted && paid.days > delay->due.days)
        return late_of(delay->due, amount, paid, faults, ret_late);
    *ret_late = (struct delay_late){0};
    return OK;
}
