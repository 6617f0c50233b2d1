/* Late facts and late law, 10,000 sequences of them: what was paid month by month with its differences is what one
 * computation at the end gives. The oracle is written apart from the engine: plain fractions, month after month. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "service/payroll/pay/difference.h"
#include "service/payroll/pay/pay_year.h"
#include "service/payroll/pay/test_pay.h"

enum { MONTHS = 20, EVENTS_MAX = 8, FIRST_YEAR = 2025 };

static struct arena *arena;
static struct law law;
static struct pay_law laws[MONTHS][MONTHS + 1]; /* of a month, as known at the end of another */

static struct date month_at(int place)
{
    return date_of(FIRST_YEAR + place / 12, place % 12 + 1, 1);
}

static int place_of(struct date month)
{
    struct civil civil = civil_of_date(month);
    return (civil.year - FIRST_YEAR) * 12 + civil.month - 1;
}

/* ---- what becomes known, and of when ---- */

enum what { INDEX, NBI, PART, CHILDREN, IFSE, CIA, WAIT, NINETY, HALF, STRIKE, STATUS, LEAVES, WHATS };

/* From a month on; of days, CIA and departure, in that month alone. */
struct event {
    int known, from;
    enum what what;
    int64_t value;
};

struct agent {
    struct event events[EVENTS_MAX];
    size_t count;
};

static struct event drawn_event(struct seeded *random, int known)
{
    static const int64_t most[WHATS] = {0, 40, 0, 5, 60000, 300000, 2, 20, 20, 4, 2, 1};
    int back = seeded_below(random, 2) == 0 ? 0 : (int)seeded_below(random, 15);
    struct event event = {known, known - back < 0 ? 0 : known - back, (enum what)seeded_below(random, LEAVES), 0};
    if (seeded_below(random, 40) == 0)
        event.what = LEAVES;
    static const int64_t parts[] = {100, 90, 80, 50};
    event.value = event.what == INDEX  ? 366 + (int64_t)seeded_below(random, 500)
                  : event.what == PART ? parts[seeded_below(random, 4)]
                                       : (int64_t)seeded_below(random, (uint64_t)most[event.what] + 1);
    if (event.what == LEAVES)
        event.value = 1;
    if (event.what == STATUS)
        event.value = event.value == 1 ? PAY_CONTRACT : PAY_OFFICIAL;
    return event;
}

static bool is_of_one_month(enum what what)
{
    return what == CIA || (what >= WAIT && what <= STRIKE) || what == LEAVES;
}

/* ---- the engine: the last of the events that hold ---- */

struct asking {
    const struct agent *agent;
    int64_t start[WHATS];
};

static int64_t value_of(const struct asking *asking, enum what what, int month, int known)
{
    const struct event *found = NULL;
    for (size_t i = 0; i < asking->agent->count; i++) {
        const struct event *event = &asking->agent->events[i];
        bool holds = is_of_one_month(what) ? event->from == month : event->from <= month;
        if (event->what == what && event->known <= known && holds && (found == NULL || event->from >= found->from))
            found = event;
    }
    return found != NULL ? found->value : asking->start[what];
}

static void spans_of(const struct asking *asking, int month, int known, struct pay_facts *facts,
                     struct pay_span *span)
{
    static const enum pay_day kinds[] = {PAY_DAY_WAIT, PAY_DAY_SICK_FULL, PAY_DAY_SICK_HALF, PAY_DAY_STRIKE};
    int32_t left = PAY_THIRTIETHS;
    *span = (struct pay_span){facts->index, facts->nbi, facts->part_time, 0, facts->zone, facts->ifse, {0}};
    for (size_t i = 0; i < 4; i++) {
        int32_t days = (int32_t)value_of(asking, WAIT + (enum what)i, month, known);
        span->days[kinds[i]] = (uint8_t)(days < left ? days : left);
        left -= span->days[kinds[i]];
    }
    span->days[PAY_WORKED] = (uint8_t)left;
    facts->spans = span;
    facts->span_count = left == PAY_THIRTIETHS ? 0 : 1;
}

static struct pay_facts facts_of(const struct asking *asking, int month, int known, struct pay_span *span)
{
    struct pay_facts facts = test_plain;
    facts.zone = 1;
    facts.status = (enum pay_status)value_of(asking, STATUS, month, known);
    facts.index = (int32_t)value_of(asking, INDEX, month, known);
    facts.nbi = facts.status == PAY_OFFICIAL ? (int32_t)value_of(asking, NBI, month, known) : 0;
    facts.part_time = (int32_t)value_of(asking, PART, month, known);
    facts.children = (int32_t)value_of(asking, CHILDREN, month, known);
    facts.ifse = value_of(asking, IFSE, month, known);
    facts.cia = value_of(asking, CIA, month, known);
    facts.tax_millionths = 30000;
    spans_of(asking, month, known, &facts, span);
    return facts;
}

static bool has_left(const struct asking *asking, int month, int known)
{
    bool has = false;
    for (int at = 0; at < month; at++)
        has |= value_of(asking, LEAVES, at, known) != 0;
    return has;
}

static enum status compute(void *of, struct date month, struct date known, struct difference_month *ret)
{
    const struct asking *asking = of;
    int place = place_of(month), told = place_of(known);
    struct pay_span span;
    *ret = (struct difference_month){.law = &laws[place][told]};
    if (has_left(asking, place, told))
        return OK;
    struct pay_facts facts = facts_of(asking, place, told, &span);
    assert_null(pay_facts_fault(&facts));
    pay_compute(ret->law, &facts, &ret->payslip, NULL);
    ret->is_last = value_of(asking, LEAVES, place, told) != 0;
    return OK;
}

/* ---- the oracle: another way to write the same law ---- */

typedef __int128 wide;

static int64_t cut(wide top, wide bottom)
{
    return (int64_t)(top / bottom);
}

static int64_t near(wide top, wide bottom)
{
    return (int64_t)((top * 2 + bottom) / (bottom * 2));
}

/* A value of the law by a slow look through its rows, in millionths. */
static int64_t row(enum law_code code, int month, int known)
{
    struct date day = month_at(month), told = {month_at(known + 1).days - 1};
    int64_t value = -1;
    int32_t latest = INT32_MIN;
    for (size_t i = 0; i < law.count; i++) {
        const struct law_value *at = &law.at[i];
        if (at->code != code || at->since.days > day.days || (at->until.days != 0 && at->until.days < day.days) ||
            at->known.days > told.days || at->known.days < latest)
            continue;
        latest = at->known.days;
        value = near((wide)at->top * 1000000, at->bottom);
    }
    assert_true(value >= 0);
    return value;
}

struct plain {
    int64_t status, index, nbi, part, children, ifse, cia, wait, ninety, half, strike;
    bool is_there, is_last;
};

static void oracle_gains(const struct plain *it, int m, int k, int64_t *c)
{
    static const struct { int64_t percent, top, bottom; } parts[] = {{100, 1, 1}, {90, 32, 35}, {80, 6, 7}, {50, 1, 2}};
    wide top = 0, bottom = 1, point = row(LAW_POINT_YEAR, m, k), year = (wide)12 * 10000;
    for (int i = 0; i < 4; i++)
        if (parts[i].percent == it->part)
            top = parts[i].top, bottom = parts[i].bottom;
    wide worked = 30 - it->wait - it->ninety - it->half - it->strike;
    wide nine = m < 2 ? 10 : 9; /* whole until February 2025 */
    wide days = worked * 10 + it->ninety * nine + it->half * 5; /* tenths of thirtieths */
    int64_t together = cut((it->index + it->nbi) * point * top * days, year * bottom * 300);
    int64_t alone = cut(it->index * point * top * days, year * bottom * 300);
    c[PAY_TREATMENT] = alone;
    c[PAY_NBI] = together - alone;
    int64_t whole = cut((it->index + it->nbi) * point * top, year * bottom); /* zone 1: 3 %, whole in sick leave */
    c[PAY_RESIDENCE] = cut((wide)whole * 3 * (worked + it->ninety + it->half), 100 * 30);
    int64_t smic = row(LAW_SMIC_MONTH, m, k) / 10000, full = cut(it->index * point, year);
    if (smic > full)
        c[PAY_SMIC] = cut((smic - full) * top * days, bottom * 300);
    if (it->children == 1)
        c[PAY_FAMILY] = 229;
    if (it->children >= 2) {
        wide fixed = 1067 + 457 * (it->children - 2);
        wide rate = it->children == 2 ? 3 : 8 + 6 * (it->children - 3);
        int64_t of = it->index + it->nbi < 454 ? 454 : it->index + it->nbi > 722 ? 722 : it->index + it->nbi;
        int64_t share = cut(fixed * 100 * bottom + cut(of * point, year) * rate * top, 100 * bottom);
        int64_t least = cut(fixed * 100 + cut(454 * point, year) * rate, 100);
        c[PAY_FAMILY] = share > least ? share : least;
    }
    c[PAY_IFSE] = cut((wide)it->ifse * days, 300);
    c[PAY_CIA] = it->cia;
    if (it->status == PAY_OFFICIAL) {
        int64_t given = near((wide)16700 * top * days, 12 * bottom * 300);
        c[PAY_TRANSFER] = -(given < c[PAY_IFSE] + it->cia ? given : c[PAY_IFSE] + it->cia);
    }
}

static void oracle_share(int64_t *c, enum pay_line line, int64_t base, enum law_code code, int m, int k)
{
    c[line] = near((wide)base * row(code, m, k), 1000000);
}

static void oracle_month(const struct plain *it, int m, int k, int64_t *c)
{
    int64_t pss = row(LAW_PSS_MONTH, m, k) / 10000;
    memset(c, 0, PAY_LINES * sizeof *c);
    if (!it->is_there)
        return;
    oracle_gains(it, m, k, c);
    int64_t gross = c[PAY_TREATMENT] + c[PAY_NBI] + c[PAY_RESIDENCE] + c[PAY_SMIC] + c[PAY_FAMILY] + c[PAY_IFSE] +
                    c[PAY_CIA] + c[PAY_TRANSFER];
    c[PAY_GROSS] = gross;
    int64_t base = gross;
    if (it->status == PAY_OFFICIAL) {
        base = c[PAY_TREATMENT] + c[PAY_NBI];
        c[PAY_RAFP_PRIMES] = gross - base;
        int64_t most = near((wide)c[PAY_TREATMENT] * 20, 100);
        c[PAY_BASE_RAFP] = gross - base > most ? most : gross - base;
        oracle_share(c, PAY_CNRACL_AGENT, base, LAW_CNRACL_EMPLOYEE, m, k);
        oracle_share(c, PAY_CNRACL_EMPLOYER, base, LAW_CNRACL_EMPLOYER, m, k);
        oracle_share(c, PAY_ATIACL, c[PAY_TREATMENT], LAW_ATIACL_EMPLOYER, m, k);
        oracle_share(c, PAY_RAFP_AGENT, c[PAY_BASE_RAFP], LAW_RAFP_EMPLOYEE, m, k);
        oracle_share(c, PAY_RAFP_EMPLOYER, c[PAY_BASE_RAFP], LAW_RAFP_EMPLOYER, m, k);
        oracle_share(c, PAY_SICKNESS, base, LAW_SICKNESS_OFFICIAL, m, k);
    } else {
        c[PAY_BASE_A] = base < pss ? base : pss;
        c[PAY_BASE_B] = base < pss ? 0 : base - pss < 7 * pss ? base - pss : 7 * pss;
        oracle_share(c, PAY_AGE_CAPPED_AGENT, c[PAY_BASE_A], LAW_AGE_CAPPED_EMPLOYEE, m, k);
        oracle_share(c, PAY_AGE_WHOLE_AGENT, base, LAW_AGE_WHOLE_EMPLOYEE, m, k);
        oracle_share(c, PAY_IRCANTEC_A_AGENT, c[PAY_BASE_A], LAW_IRCANTEC_A_EMPLOYEE, m, k);
        oracle_share(c, PAY_IRCANTEC_B_AGENT, c[PAY_BASE_B], LAW_IRCANTEC_B_EMPLOYEE, m, k);
        oracle_share(c, PAY_AGE_CAPPED_EMPLOYER, c[PAY_BASE_A], LAW_AGE_CAPPED_EMPLOYER, m, k);
        oracle_share(c, PAY_AGE_WHOLE_EMPLOYER, base, LAW_AGE_WHOLE_EMPLOYER, m, k);
        oracle_share(c, PAY_IRCANTEC_A_EMPLOYER, c[PAY_BASE_A], LAW_IRCANTEC_A_EMPLOYER, m, k);
        oracle_share(c, PAY_IRCANTEC_B_EMPLOYER, c[PAY_BASE_B], LAW_IRCANTEC_B_EMPLOYER, m, k);
        oracle_share(c, PAY_SICKNESS, base, LAW_SICKNESS_GENERAL, m, k);
    }
    c[PAY_BASE_EMPLOYER] = base;
    int64_t below = gross < 4 * pss ? gross : 4 * pss;
    c[PAY_BASE_CSG] = near((wide)(gross - below) * 10000 + (wide)below * 9825, 10000);
    oracle_share(c, PAY_CSG_DEDUCTIBLE, c[PAY_BASE_CSG], LAW_CSG_DEDUCTIBLE, m, k);
    oracle_share(c, PAY_CSG_TAXED, c[PAY_BASE_CSG], LAW_CSG_TAXED, m, k);
    oracle_share(c, PAY_CRDS, c[PAY_BASE_CSG], LAW_CRDS, m, k);
    oracle_share(c, PAY_ALLOWANCES, base, LAW_FAMILY, m, k);
    oracle_share(c, PAY_AUTONOMY, base, LAW_AUTONOMY, m, k);
    oracle_share(c, PAY_FNAL, base, LAW_FNAL_LARGE, m, k);
}

/* The yearly RAFP, in the month that ends the year or the service. */
static void oracle_year(int64_t months[][PAY_LINES], int from, int to)
{
    int64_t primes = 0, treatment = 0, *last = months[to], paid = 0, base_paid = 0;
    for (int m = from; m <= to; m++) {
        primes += months[m][PAY_RAFP_PRIMES];
        treatment += months[m][PAY_TREATMENT];
        paid += months[m][PAY_RAFP_AGENT];
        base_paid += months[m][PAY_BASE_RAFP];
    }
    int64_t most = near((wide)treatment * 20, 100), base = primes > most ? most : primes;
    int64_t more = near((wide)base * 5, 100) - paid;
    last[PAY_BASE_RAFP] += base - base_paid;
    last[PAY_RAFP_AGENT] += more;
    last[PAY_RAFP_EMPLOYER] += more;
}

/* A table of months, overwritten by one event after another in the order of the months they hold from. */
static void oracle_state(const struct asking *asking, struct plain *table)
{
    for (int m = 0; m < MONTHS; m++) {
        const int64_t *s = asking->start;
        table[m] = (struct plain){s[STATUS], s[INDEX], s[NBI], s[PART], s[CHILDREN], s[IFSE], 0, 0, 0, 0, 0, true,
                                  false};
        table[m].cia = 0;
    }
    for (int from = 0; from < MONTHS; from++)
        for (size_t i = 0; i < asking->agent->count; i++) {
            const struct event *e = &asking->agent->events[i];
            for (int m = from; e->from == from && m < MONTHS; m++) {
                struct plain *it = &table[m];
                int64_t *const fields[WHATS] = {&it->index, &it->nbi, &it->part, &it->children, &it->ifse, &it->cia,
                                                &it->wait, &it->ninety, &it->half, &it->strike, &it->status, NULL};
                if (fields[e->what] != NULL && (m == from || !is_of_one_month(e->what)))
                    *fields[e->what] = e->value;
                if (e->what == LEAVES) {
                    it->is_last |= m == from;
                    it->is_there &= m == from;
                }
            }
        }
    for (int m = 0; m < MONTHS; m++) {
        struct plain *it = &table[m];
        int64_t left = 30, *const days[] = {&it->wait, &it->ninety, &it->half, &it->strike};
        for (int i = 0; i < 4; i++) {
            *days[i] = *days[i] < left ? *days[i] : left;
            left -= *days[i];
        }
        if (it->status != PAY_OFFICIAL)
            it->nbi = 0;
    }
}

static void oracle(const struct asking *asking, int64_t months[][PAY_LINES])
{
    struct plain table[MONTHS];
    int begin = 0;
    oracle_state(asking, table);
    for (int m = 0; m < MONTHS; m++) {
        oracle_month(&table[m], m, MONTHS - 1, months[m]);
        bool ends = m % 12 == 11 || (table[m].is_last && table[m].is_there);
        if (m % 12 == 0)
            begin = m;
        if (ends) {
            oracle_year(months, begin, m);
            begin = m + 1;
        }
    }
}

/* ---- month by month, as a town pays ---- */

static const enum pay_line compared[] = {
    PAY_TREATMENT, PAY_NBI, PAY_RESIDENCE, PAY_SMIC, PAY_FAMILY, PAY_IFSE, PAY_CIA, PAY_TRANSFER, PAY_GROSS,
    PAY_RAFP_PRIMES, PAY_BASE_RAFP, PAY_BASE_EMPLOYER, PAY_BASE_A, PAY_BASE_B, PAY_BASE_CSG, PAY_CNRACL_AGENT,
    PAY_RAFP_AGENT, PAY_AGE_CAPPED_AGENT, PAY_AGE_WHOLE_AGENT, PAY_IRCANTEC_A_AGENT, PAY_IRCANTEC_B_AGENT,
    PAY_CSG_DEDUCTIBLE, PAY_CSG_TAXED, PAY_CRDS, PAY_CNRACL_EMPLOYER, PAY_ATIACL, PAY_RAFP_EMPLOYER, PAY_SICKNESS,
    PAY_ALLOWANCES, PAY_AUTONOMY, PAY_FNAL, PAY_AGE_CAPPED_EMPLOYER, PAY_AGE_WHOLE_EMPLOYER, PAY_IRCANTEC_A_EMPLOYER,
    PAY_IRCANTEC_B_EMPLOYER,
};

static void pay_all(struct asking *asking, int64_t paid[][PAY_LINES], size_t *differences)
{
    enum { ROOM = MONTHS * PAY_LINES };
    static struct difference room[ROOM];
    for (int m = 0; m < MONTHS; m++) {
        struct difference_list list = {room, 0, ROOM};
        struct payslip own, total;
        assert_int_equal(difference_total(compute, asking, month_at(m), month_at(m), &own), OK);
        if (m > 0) {
            struct difference_ask ask = {compute, asking, month_at(0), month_at(m - 1), month_at(m - 1), month_at(m)};
            assert_int_equal(difference_find(&ask, &list), OK);
        }
        struct pay_facts facts = test_plain;
        difference_carry(&laws[m][m], &facts, &own, &list, &total);
        for (size_t i = 0; i < list.count; i++) /* each goes back to its month of origin */
            paid[place_of(list.at[i].month)][list.at[i].line] += list.at[i].cents;
        for (enum pay_line line = 0; line < PAY_LINES; line++)
            paid[m][line] += own.cents[line];
        assert_int_equal(total.cents[PAY_NET],
                         total.cents[PAY_GROSS] - total.cents[PAY_AGENT_TOTAL] - total.cents[PAY_TAX]);
        *differences += list.count;
    }
}

static void late_facts_leave_no_cent(void **state)
{
    (void)state;
    enum { SEQUENCES = 10000 };
    struct seeded random = {20261130};
    size_t differences = 0, lines = 0;
    for (int i = 0; i < SEQUENCES; i++) {
        struct agent agent = {.count = 1 + seeded_below(&random, EVENTS_MAX)};
        struct asking asking = {&agent, {[INDEX] = 387, [PART] = 100, [IFSE] = 20000, [STATUS] = PAY_OFFICIAL}};
        static int64_t paid[MONTHS][PAY_LINES], whole[MONTHS][PAY_LINES];
        int known = 0;
        for (size_t k = 0; k < agent.count; k++) {
            known += (int)seeded_below(&random, (uint64_t)(MONTHS - known) / 2 + 1);
            agent.events[k] = drawn_event(&random, known < MONTHS ? known : MONTHS - 1);
        }
        memset(paid, 0, sizeof paid);
        pay_all(&asking, paid, &differences);
        oracle(&asking, whole);
        for (int m = 0; m < MONTHS; m++)
            for (size_t k = 0; k < sizeof compared / sizeof *compared; k++, lines++)
                if (paid[m][compared[k]] != whole[m][compared[k]])
                    fail_msg("sequence %d, month %d, line %d: %lld paid, %lld whole", i, m, compared[k],
                             (long long)paid[m][compared[k]], (long long)whole[m][compared[k]]);
    }
    print_message("%d sequences: %zu differences carried, %zu lines of months equal, no cent of gap\n", SEQUENCES,
                  differences, lines);
    assert_true(differences > SEQUENCES);
}

/* A rate of 2025 published on 31 January goes back to the first; a step 14 months late comes with its months. */
static void a_step_late_and_a_rate_late(void **state)
{
    (void)state;
    struct agent agent = {.events = {{15, 1, INDEX, 392}}, .count = 1};
    struct asking asking = {&agent, {[INDEX] = 387, [PART] = 100, [STATUS] = PAY_OFFICIAL}};
    struct difference room[MONTHS * PAY_LINES];
    struct difference_list list = {room, 0, MONTHS * PAY_LINES};
    struct difference_ask ask = {compute, &asking, month_at(0), month_at(14), month_at(14), month_at(15)};
    assert_int_equal(difference_find(&ask, &list), OK);
    int64_t treatment = 0;
    size_t months = 0;
    for (size_t i = 0; i < list.count; i++)
        if (list.at[i].line == PAY_TREATMENT) {
            months++;
            treatment += list.at[i].cents;
            assert_true(list.at[i].month.days >= date_of(2025, 2, 1).days);
        }
    assert_int_equal(months, 14);
    assert_int_equal(treatment, 14 * (192973 - 190511));
    ask.to = date_of(2025, 3, 2);
    assert_int_equal(difference_find(&ask, &list), INVALID);
    list = (struct difference_list){room, 0, 3};
    ask.to = month_at(14);
    assert_int_equal(difference_find(&ask, &list), LIMIT);
}

/* Primes all in one month: the monthly ceiling took too little, the year puts it right. */
static void the_rafp_of_a_year_is_put_right(void **state)
{
    (void)state;
    struct payslip months[PAY_YEAR_MONTHS] = {0}, delta;
    struct pay_facts facts = test_plain;
    for (int m = 0; m < PAY_YEAR_MONTHS; m++) {
        facts.cia = m == 5 ? 300000 : 0;
        pay_compute(&laws[m][MONTHS - 1], &facts, &months[m], NULL);
    }
    pay_year_rafp(&laws[11][MONTHS - 1], months, PAY_YEAR_MONTHS, &delta);
    /* 2,986.08 after the transfer: in June only 381.02 counted; of the year 4,572.26 would */
    assert_int_equal(months[5].cents[PAY_BASE_RAFP], 38102);
    assert_int_equal(delta.cents[PAY_BASE_RAFP], 298608 - 38102);
    assert_int_equal(delta.cents[PAY_RAFP_AGENT], 14930 - 1905);
    assert_int_equal(delta.cents[PAY_NET_BEFORE_TAX], -(14930 - 1905));
}

static int set_up(void **state)
{
    (void)state;
    struct law shipped, more;
    struct law_fault fault;
    arena = arena_create(64 << 20);
    /* Law that comes late too: a rate of September 2025 known in December, one of March 2026 known in June. */
    struct str csv = STR("code,since,until,value,unit,known,trust,name,source,link\n"
                         "cnracl.employer,2025-09-01,2025-12-31,0.36,ratio,2025-12-10,B,CNRACL,essai,\n"
                         "smic.month,2026-03-01,2026-05-31,1900,EUR,2026-06-05,B,SMIC,essai,\n");
    if (law_shipped(arena, &shipped) != OK || law_read(arena, csv, &more, &fault) != OK ||
        law_joined(arena, &shipped, &more, &law) != OK)
        return -1;
    struct pay_employer employer = {.is_large = true};
    for (int m = 0; m < MONTHS; m++)
        for (int k = m; k <= MONTHS; k++) {
            enum law_code missing;
            struct date known = {month_at(k + 1).days - 1};
            if (pay_law_of(&law, &employer, month_at(m), known, &laws[m][k], &missing) != OK)
                fail_msg("%s in %d known in %d", law_code_name(missing), m, k);
        }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(late_facts_leave_no_cent),
        CASE(a_step_late_and_a_rate_late),
        CASE(the_rafp_of_a_year_is_put_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
