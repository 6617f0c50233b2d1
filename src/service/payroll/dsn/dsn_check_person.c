/* Level 4 of a person: the number that names them, their contracts, the periods they are paid for. */
#include "core/identifier.h"
#include "service/payroll/dsn/dsn_look.h"

enum { NIR_WITHOUT_KEY = 13, NIR_WHOLE = 15, RATE_MAX_PERCENT = 100, MONTH_FIRST = 2 };
#define MILLION INT64_C(1000000)

/* ---- NIR ---- */

static int32_t digits_at(struct str nir, size_t at)
{
    return (nir.at[at] - '0') * 10 + (nir.at[at + 1] - '0');
}

/* Thirteen digits; Corsica has 2A or 2B as its sixth and seventh. The month is one, or says that none is known. */
static bool is_formed(struct str nir)
{
    static const char sexes[] = "123478";
    if (nir.len != NIR_WITHOUT_KEY || nir.at[0] == '\0' || strchr(sexes, nir.at[0]) == NULL)
        return false;
    for (size_t i = 1; i < nir.len; i++) {
        bool is_corsica = i == 6 && nir.at[5] == '2' && (nir.at[6] == 'A' || nir.at[6] == 'B');
        if (!ascii_is_digit(nir.at[i]) && !is_corsica)
            return false;
    }
    int32_t month = digits_at(nir, 3);
    return (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
}

/* Whether the date of birth, DDMMYYYY with 99 for what is not known, is that of the number. */
static bool is_born_then(struct str nir, struct str birth)
{
    int32_t month = digits_at(nir, 3);
    if (birth.len != 8 || !ascii_is_digit(birth.at[2]) || !ascii_is_digit(birth.at[6]))
        return true;
    if (birth.at[6] != nir.at[1] || birth.at[7] != nir.at[2])
        return false;
    bool is_known = month <= 12 && birth.at[MONTH_FIRST] != '9';
    return !is_known || digits_at(birth, MONTH_FIRST) == month;
}

static void check_nir(struct dsn_look *look, uint32_t person)
{
    struct dsn_found nir = dsn_find(look, person, 1), sex = dsn_find(look, person, 5);
    struct dsn_found birth = dsn_find(look, person, 6);
    if (str_is_absent(nir.value))
        return;
    if (dsn_is_example(nir.value)) {
        dsn_fault_at(look, "number.example", &nir, STR(""));
    } else if (nir.value.len == NIR_WHOLE) {
        dsn_fault_at(look, nir_is_right(nir.value) ? "nir.key" : "nir.wrong_key", &nir, STR(""));
    } else if (!is_formed(nir.value)) {
        dsn_fault_at(look, "nir.form", &nir, STR(""));
    } else {
        bool is_man = nir.value.at[0] % 2 == 1, is_provisional = nir.value.at[0] > '2';
        if (!str_is_absent(sex.value) && !str_eq(sex.value, is_man ? STR("01") : STR("02")))
            dsn_fault_at(look, "nir.sex", &sex, is_man ? STR("01") : STR("02"));
        if (!str_is_absent(birth.value) && !is_born_then(nir.value, birth.value))
            dsn_fault_at(look, "nir.birth", &birth, nir.value);
        if (is_provisional)
            dsn_fault_at(look, "nir.provisional", &nir, STR(""));
    }
}

static void check_birth(struct dsn_look *look, uint32_t person)
{
    struct dsn_found birth = dsn_find(look, person, 6);
    struct date day;
    if (str_is_absent(birth.value))
        return;
    bool is_unknown = str_starts(birth.value, STR("99")) || str_eq(str_slice(birth.value, 2, 4), STR("99"));
    if (!is_unknown && dsn_date(birth.value, &day) != OK)
        dsn_fault_at(look, "value.date", &birth, STR(""));
}

/* ---- contracts that payments name ---- */

static bool has_contract(const struct dsn_look *look, uint32_t person, struct str number)
{
    DSN_EACH(look, contract, person, DSN_CONTRACT) {
        struct str one = dsn_find(look, contract, 9).value;
        if (!str_is_absent(one) && str_eq(one, number))
            return true;
    }
    return false;
}

static void check_name(struct dsn_look *look, uint32_t person, uint32_t record, uint32_t rubric)
{
    struct dsn_found found = dsn_find(look, record, rubric);
    if (!str_is_absent(found.value) && !has_contract(look, person, found.value))
        dsn_fault_at(look, "contract.unknown", &found, STR(""));
}

/* ---- periods ---- */

static void check_period(struct dsn_look *look, uint32_t record, uint32_t from, uint32_t to)
{
    struct dsn_found first = dsn_find(look, record, from), last = dsn_find(look, record, to);
    struct date begin, end;
    bool has_first = !str_is_absent(first.value) && dsn_date(first.value, &begin) == OK;
    bool has_last = !str_is_absent(last.value) && dsn_date(last.value, &end) == OK;
    if (has_first && has_last && end.days < begin.days)
        dsn_fault_at(look, "period.order", &last, first.value);
    else if (look->month.days != 0 && has_first && begin.days > look->month_end.days)
        dsn_fault_at(look, "period.later", &first, STR(""));
    else if (look->month.days != 0 && has_last && end.days > look->month_end.days)
        dsn_fault_at(look, "period.later", &last, STR(""));
}

/* A pay period lies within one month. */
static void check_within(struct dsn_look *look, uint32_t pay)
{
    struct dsn_found last = dsn_find(look, pay, 2);
    struct date begin, end;
    if (dsn_date_at(look, pay, 1, &begin) == OK && dsn_date_at(look, pay, 2, &end) == OK && begin.days <= end.days &&
        date_month_start(begin).days != date_month_start(end).days)
        dsn_fault_at(look, "period.months", &last, STR(""));
}

static void check_paid(struct dsn_look *look, uint32_t person, uint32_t paid)
{
    struct dsn_found day = dsn_find(look, paid, 1), rate = dsn_find(look, paid, 6);
    struct date date, month_after = {look->month_end.days + 1};
    int64_t millionths;
    if (look->month.days != 0 && !str_is_absent(day.value) && dsn_date(day.value, &date) == OK &&
        (date.days < look->month.days || date.days > date_month_end(month_after).days))
        dsn_fault_at(look, "paid.month", &day, STR(""));
    if (!str_is_absent(rate.value) && dsn_millionths(rate.value, &millionths) == OK &&
        (millionths < 0 || millionths > RATE_MAX_PERCENT * MILLION))
        dsn_fault_at(look, "rate.over", &rate, STR(""));
    DSN_EACH(look, pay, paid, DSN_PAY) {
        check_name(look, person, pay, 10);
        check_period(look, pay, 1, 2);
        check_within(look, pay);
    }
    DSN_EACH(look, premium, paid, DSN_PREMIUM) {
        check_name(look, person, premium, 6);
        check_period(look, premium, 3, 4);
    }
    DSN_EACH(look, income, paid, DSN_INCOME) {
        check_name(look, person, income, 5);
        check_period(look, income, 3, 4);
    }
    DSN_EACH(look, base, paid, DSN_BASE) {
        check_name(look, person, base, 6);
        check_period(look, base, 2, 3);
    }
}

void dsn_check_person(struct dsn_look *look, uint32_t person)
{
    check_nir(look, person);
    check_birth(look, person);
    DSN_EACH(look, contract, person, DSN_CONTRACT)
        dsn_check_contract(look, contract);
    DSN_EACH(look, paid, person, DSN_PAID) {
        check_paid(look, person, paid);
        dsn_check_pay(look, paid);
    }
}
