/* Level 4 of a contract: its dates, the figures that go together, what interrupts it and what ends it. */
#include "core/identifier.h"
#include "service/payroll/dsn/dsn_look.h"

#define MILLION INT64_C(1000000)
enum { HUNDRED = 100 };

/* ---- figures that go together ---- */

/* One of two that must both stand there, or neither. */
static void check_pair(struct dsn_look *look, uint32_t contract, uint32_t one, uint32_t other)
{
    struct dsn_found first = dsn_find(look, contract, one), second = dsn_find(look, contract, other);
    struct buf wanted BUF_SCOPE = BUF_INIT(DSN_CODE);
    bool has_first = !str_is_absent(first.value), has_second = !str_is_absent(second.value);
    if (has_first == has_second)
        return;
    dsn_number_write(&wanted, has_first ? second.number : first.number);
    dsn_fault_at(look, "pair.missing", has_first ? &first : &second, buf_str(&wanted));
}

/* The majoré is never below what the law keeps as a minimum, and above the brut only there. */
static void check_index(struct dsn_look *look, uint32_t contract)
{
    struct dsn_found gross = dsn_find(look, contract, 57), raised = dsn_find(look, contract, 58);
    const struct law_value *least = law_find(look->law, LAW_INDEX_LEAST, look->month, (struct date){INT32_MAX});
    int64_t brut, index;
    if (str_is_absent(raised.value) || dsn_millionths(raised.value, &index) != OK || index == 0 || least == NULL)
        return;
    if (index < law_millionths(least)) {
        struct buf wanted BUF_SCOPE = BUF_INIT(DSN_CODE);
        buf_add_i64(&wanted, law_millionths(least) / MILLION);
        dsn_fault_at(look, "index.least", &raised, buf_str(&wanted));
    } else if (index > law_millionths(least) && !str_is_absent(gross.value) &&
               dsn_millionths(gross.value, &brut) == OK && index > brut) {
        dsn_fault_at(look, "index.above", &raised, gross.value);
    }
}

/* A post of the public service says of how many hours a complete one is; a part-time rate is one. */
static void check_quota(struct dsn_look *look, uint32_t contract)
{
    struct dsn_found kind = dsn_find(look, contract, 53), whole = dsn_find(look, contract, 54);
    struct dsn_found rate = dsn_find(look, contract, 55);
    int64_t millionths;
    bool is_public = !str_is_absent(kind.value) && (str_eq(kind.value, STR("01")) || str_eq(kind.value, STR("02")));
    if (is_public && str_is_absent(whole.value))
        dsn_fault_at(look, "pair.missing", &kind, STR("S21.G00.40.054"));
    if (str_is_absent(kind.value) && !str_is_absent(whole.value))
        dsn_fault_at(look, "pair.missing", &whole, STR("S21.G00.40.053"));
    if (!str_is_absent(rate.value) && dsn_millionths(rate.value, &millionths) == OK &&
        (millionths <= 0 || millionths > HUNDRED * MILLION))
        dsn_fault_at(look, "rate.over", &rate, STR(""));
}

/* Hours of a public contract are not more than those of a complete post; private ones may be. */
static void check_hours(struct dsn_look *look, uint32_t contract)
{
    if (str_is_absent(dsn_find(look, contract, 53).value))
        return;
    struct dsn_found whole = dsn_find(look, contract, 12), own = dsn_find(look, contract, 13);
    int64_t most, hours;
    if (!str_is_absent(whole.value) && !str_is_absent(own.value) && dsn_millionths(whole.value, &most) == OK &&
        dsn_millionths(own.value, &hours) == OK && most > 0 && hours > most)
        dsn_fault_at(look, "quota.over", &own, whole.value);
}

static void check_workplace(struct dsn_look *look, uint32_t contract)
{
    struct dsn_found where = dsn_find(look, contract, 19);
    if (str_is_absent(where.value) || where.value.len != SIRET_DIGITS || siret_is_right(where.value))
        return;
    dsn_fault_at(look, dsn_is_example(where.value) ? "number.example" : "siret.wrong", &where, STR(""));
}

/* ---- dates ---- */

/* That a date is not before another of the same record, or of the contract. */
static void check_after(struct dsn_look *look, uint32_t record, uint32_t rubric, struct date first)
{
    struct dsn_found found = dsn_find(look, record, rubric);
    struct date date;
    struct buf wanted BUF_SCOPE = BUF_INIT(DSN_CODE);
    if (str_is_absent(found.value) || dsn_date(found.value, &date) != OK || date.days >= first.days)
        return;
    dsn_date_write(&wanted, first);
    dsn_fault_at(look, "period.order", &found, buf_str(&wanted));
}

/* What happened cannot have happened after the month that is declared. */
static void check_not_later(struct dsn_look *look, uint32_t record, uint32_t rubric)
{
    struct dsn_found found = dsn_find(look, record, rubric);
    struct date date;
    if (look->month.days != 0 && !str_is_absent(found.value) && dsn_date(found.value, &date) == OK &&
        date.days > look->month_end.days)
        dsn_fault_at(look, "period.later", &found, STR(""));
}

static void check_order(struct dsn_look *look, uint32_t record, uint32_t from, uint32_t to)
{
    struct date first;
    if (dsn_date_at(look, record, from, &first) == OK)
        check_after(look, record, to, first);
}

static void check_iban(struct dsn_look *look, uint32_t stop)
{
    struct dsn_found iban = dsn_find(look, stop, 7);
    if (!str_is_absent(iban.value) && !iban_is_right(iban.value))
        dsn_fault_at(look, "iban.wrong", &iban, STR(""));
}

static void check_below(struct dsn_look *look, uint32_t contract)
{
    struct date start;
    bool has_start = dsn_date_at(look, contract, 1, &start) == OK;
    DSN_EACH(look, change, contract, DSN_CHANGE)
        check_not_later(look, change, 1);
    DSN_EACH(look, stop, contract, DSN_STOP) {
        check_order(look, stop, 2, 3);
        check_order(look, stop, 5, 6);
        check_order(look, stop, 2, 10);
        check_not_later(look, stop, 2);
        check_iban(look, stop);
    }
    DSN_EACH(look, left, contract, DSN_LEFT)
        if (has_start)
            check_after(look, left, 1, start);
    DSN_EACH(look, suspension, contract, DSN_SUSPENSION) {
        check_order(look, suspension, 2, 3);
        check_not_later(look, suspension, 2);
    }
}

void dsn_check_contract(struct dsn_look *look, uint32_t contract)
{
    check_order(look, contract, 1, 10);
    check_not_later(look, contract, 1);
    check_pair(look, contract, 57, 58);
    check_quota(look, contract);
    check_hours(look, contract);
    check_workplace(look, contract);
    if (look->month.days != 0)
        check_index(look, contract);
    check_below(look, contract);
}
