/* Level 4 of an employer: its numbers, and that dues, their lines and payments say the same. */
#include "core/identifier.h"
#include "service/payroll/dsn/dsn_look.h"

enum { SIREN_AND_NIC = 14, NIC_DIGITS = 5, BIC_SHORT = 8, BIC_LONG = 11 };

/* ---- numbers ---- */

static void check_siret(struct dsn_look *look, const struct dsn_found *siren, const struct dsn_found *nic)
{
    char digits[SIREN_AND_NIC];
    if (str_is_absent(siren->value) || str_is_absent(nic->value))
        return;
    if (siren->value.len != SIREN_DIGITS || nic->value.len != NIC_DIGITS) {
        dsn_fault_at(look, "siret.wrong", siren->value.len != SIREN_DIGITS ? siren : nic, STR(""));
        return;
    }
    memcpy(digits, siren->value.at, SIREN_DIGITS);
    memcpy(digits + SIREN_DIGITS, nic->value.at, NIC_DIGITS);
    if (siret_is_right((struct str){digits, sizeof digits}))
        return;
    dsn_fault_at(look, dsn_is_example(siren->value) ? "number.example" : "siret.wrong", nic,
                 (struct str){digits, sizeof digits});
}

/* Whom a payment goes to: most bodies are known by their SIRET, some by a code. */
static void check_body(struct dsn_look *look, uint32_t record, uint32_t rubric)
{
    struct dsn_found body = dsn_find(look, record, rubric);
    bool is_number = body.value.len == SIRET_DIGITS;
    for (size_t i = 0; i < body.value.len; i++)
        is_number &= ascii_is_digit(body.value.at[i]);
    if (is_number && !siret_is_right(body.value))
        dsn_fault_at(look, dsn_is_example(body.value) ? "number.example" : "siret.wrong", &body, STR(""));
}

static void check_bank(struct dsn_look *look, uint32_t record, uint32_t bic_rubric, uint32_t iban_rubric)
{
    struct dsn_found bic = dsn_find(look, record, bic_rubric), iban = dsn_find(look, record, iban_rubric);
    if (!str_is_absent(iban.value) && !iban_is_right(iban.value))
        dsn_fault_at(look, "iban.wrong", &iban, STR(""));
    if (!str_is_absent(bic.value) && bic.value.len != BIC_SHORT && bic.value.len != BIC_LONG)
        dsn_fault_at(look, "bic.wrong", &bic, STR(""));
}

static void check_order(struct dsn_look *look, uint32_t record, uint32_t from, uint32_t to)
{
    struct dsn_found last = dsn_find(look, record, to);
    struct date first, end;
    if (dsn_date_at(look, record, from, &first) == OK && dsn_date_at(look, record, to, &end) == OK &&
        end.days < first.days)
        dsn_fault_at(look, "period.order", &last, dsn_find(look, record, from).value);
}

/* ---- amounts ---- */

/* A due is the sum of its lines, where each says its amount. */
static void check_due(struct dsn_look *look, uint32_t due)
{
    struct dsn_found total = dsn_find(look, due, 5);
    int64_t sum = 0, said, cents;
    bool is_whole = true, has_lines = false;
    DSN_EACH(look, line, due, DSN_DUE_LINE) {
        has_lines = true;
        is_whole &= dsn_cents_at(look, line, 5, &cents) == OK;
        sum += is_whole ? cents : 0;
    }
    if (is_whole && has_lines && !str_is_absent(total.value) && dsn_cents(total.value, &said) == OK && said != sum)
        dsn_fault_cents(look, "due.sum", &total, sum);
    check_order(look, due, 3, 4);
    check_body(look, due, 1);
}

/* What is paid to a body is what is due to it, where the same place says both. */
static void check_payment(struct dsn_look *look, uint32_t place, uint32_t payment)
{
    struct dsn_found body = dsn_find(look, payment, 1), amount = dsn_find(look, payment, 5);
    int64_t due_sum = 0, paid_sum = 0, cents;
    bool is_due = false, is_first = true;
    if (str_is_absent(body.value))
        return;
    DSN_EACH(look, due, place, DSN_DUE) {
        struct str other = dsn_find(look, due, 1).value;
        if (!str_is_absent(other) && str_eq(other, body.value) && dsn_cents_at(look, due, 5, &cents) == OK) {
            is_due = true;
            due_sum += cents;
        }
    }
    DSN_EACH(look, other, place, DSN_PAYMENT) {
        struct str name = dsn_find(look, other, 1).value;
        if (str_is_absent(name) || !str_eq(name, body.value))
            continue;
        is_first &= other >= payment;
        paid_sum += dsn_cents_at(look, other, 5, &cents) == OK ? cents : 0;
    }
    if (is_due && is_first && paid_sum != due_sum)
        dsn_fault_cents(look, "payment.sum", &amount, due_sum);
}

void dsn_check_place(struct dsn_look *look, uint32_t employer, uint32_t place)
{
    struct dsn_found siren = dsn_find(look, employer, 1), seat = dsn_find(look, employer, 2);
    struct dsn_found nic = dsn_find(look, place, 1);
    check_siret(look, &siren, &seat);
    check_siret(look, &siren, &nic);
    DSN_EACH(look, due, place, DSN_DUE)
        check_due(look, due);
    DSN_EACH(look, payment, place, DSN_PAYMENT) {
        check_bank(look, payment, 3, 4);
        check_order(look, payment, 6, 7);
        check_body(look, payment, 1);
        check_payment(look, place, payment);
    }
    dsn_check_sums(look, place);
}
