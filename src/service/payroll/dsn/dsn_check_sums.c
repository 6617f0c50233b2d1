/* Level 4 of an establishment: what its people's contributions come to, by code and by body. */
#include "service/payroll/dsn/dsn_look.h"

enum { CODES = 1000, BODIES_MAX = 64, CODE_DIGITS = 3 };
/* Codes that lines of dues (block 23) and contributions of people (block 81) share: those of the public service and
 * of IRCANTEC. URSSAF's own lines have codes of another list (CTP), in which 100 is no contribution of block 81. */
enum { PUBLIC_FIRST = 300, PUBLIC_LAST = 327, IRCANTEC_A = 60, IRCANTEC_B = 61 };

struct sums {
    int64_t by_code[CODES];
    bool is_there[CODES];
    struct {
        struct str name;
        int64_t cents;
        bool has_all; /* each of its contributions says an amount */
    } bodies[BODIES_MAX];
    size_t body_count;
    int64_t tax; /* withheld at source */
};

static bool code_of(struct str value, uint64_t *ret_code)
{
    return value.len == CODE_DIGITS && str_to_u64(value, CODES - 1, ret_code) == OK;
}

static bool is_shared(uint64_t code)
{
    return (code >= PUBLIC_FIRST && code <= PUBLIC_LAST) || code == IRCANTEC_A || code == IRCANTEC_B;
}

/* The place of a body among the sums; BODIES_MAX: there is no room. */
static size_t body_at(struct sums *sums, struct str name)
{
    size_t i = 0;
    while (i < sums->body_count && !str_eq(sums->bodies[i].name, name))
        i++;
    if (i == sums->body_count && i < BODIES_MAX) {
        sums->bodies[i].name = name;
        sums->bodies[i].has_all = true;
        sums->body_count++;
    }
    return i;
}

static void add_contribution(const struct dsn_look *look, uint32_t record, struct sums *sums)
{
    struct dsn_found body = dsn_find(look, record, 2);
    uint64_t code;
    int64_t cents = 0;
    bool has_amount = dsn_cents_at(look, record, 4, &cents) == OK;
    struct str name = dsn_find(look, record, 1).value;
    if (!str_is_absent(name) && code_of(name, &code)) {
        sums->by_code[code] += cents;
        sums->is_there[code] = true;
    }
    size_t at = str_is_absent(body.value) ? BODIES_MAX : body_at(sums, body.value);
    if (at < BODIES_MAX) {
        sums->bodies[at].cents += cents;
        sums->bodies[at].has_all &= has_amount;
    }
}

static void add_tax(const struct dsn_look *look, uint32_t paid, struct sums *sums)
{
    int64_t cents;
    if (dsn_cents_at(look, paid, 9, &cents) == OK)
        sums->tax += cents;
    DSN_EACH(look, correction, paid, DSN_TAX_CORRECTION)
        if (dsn_cents_at(look, correction, 7, &cents) == OK)
            sums->tax += cents;
}

/* ---- against what the place says ---- */

/* Each code once: at its first line. */
static void check_codes(struct dsn_look *look, uint32_t place, const struct sums *sums)
{
    struct sums *dues = arena_new(look->arena, struct sums);
    struct dsn_found first[CODES] = {0};
    uint64_t code;
    int64_t cents;
    if (dues == NULL)
        return;
    DSN_EACH(look, due, place, DSN_DUE)
        DSN_EACH(look, line, due, DSN_DUE_LINE) {
            struct dsn_found name = dsn_find(look, line, 1), amount = dsn_find(look, line, 5);
            if (str_is_absent(name.value) || !code_of(name.value, &code) || !is_shared(code) ||
                str_is_absent(amount.value) || dsn_cents(amount.value, &cents) != OK)
                continue;
            first[code] = dues->is_there[code] ? first[code] : amount;
            dues->is_there[code] = true;
            dues->by_code[code] += cents;
        }
    for (size_t i = 0; i < CODES; i++)
        if (dues->is_there[i] && sums->is_there[i] && dues->by_code[i] != sums->by_code[i])
            dsn_fault_cents(look, "sum.code", &first[i], sums->by_code[i]);
}

static bool has_due(const struct dsn_look *look, uint32_t place, struct str body)
{
    DSN_EACH(look, due, place, DSN_DUE) {
        struct str other = dsn_find(look, due, 1).value;
        if (!str_is_absent(other) && str_eq(other, body))
            return true;
    }
    return false;
}

/* A body that has no statement of dues is paid what people's contributions to it come to. */
static void check_bodies(struct dsn_look *look, uint32_t place, const struct sums *sums)
{
    int64_t paid[BODIES_MAX] = {0}, cents;
    struct dsn_found first[BODIES_MAX] = {0};
    DSN_EACH(look, payment, place, DSN_PAYMENT) {
        struct dsn_found body = dsn_find(look, payment, 1), amount = dsn_find(look, payment, 5);
        bool is_correction = !str_is_absent(dsn_find(look, payment, 13).value);
        if (str_is_absent(body.value) || is_correction || dsn_cents_at(look, payment, 5, &cents) != OK ||
            has_due(look, place, body.value))
            continue;
        for (size_t i = 0; i < sums->body_count; i++)
            if (str_eq(sums->bodies[i].name, body.value)) {
                first[i] = first[i].number == 0 ? amount : first[i];
                paid[i] += cents;
            }
    }
    for (size_t i = 0; i < sums->body_count; i++)
        if (first[i].number != 0 && sums->bodies[i].has_all && paid[i] != sums->bodies[i].cents)
            dsn_fault_cents(look, "payment.contributions", &first[i], sums->bodies[i].cents);
}

/* What is paid to the tax office (DGFIP) is what was withheld from people. */
static void check_tax(struct dsn_look *look, uint32_t place, const struct sums *sums)
{
    struct dsn_found first = {0};
    int64_t paid = 0, cents;
    DSN_EACH(look, payment, place, DSN_PAYMENT) {
        struct dsn_found body = dsn_find(look, payment, 1), amount = dsn_find(look, payment, 5);
        bool is_tax = !str_is_absent(body.value) && str_eq(body.value, STR("DGFIP"));
        if (!is_tax || dsn_cents_at(look, payment, 5, &cents) != OK)
            continue;
        first = first.number == 0 ? amount : first;
        paid += cents;
    }
    if (first.number != 0 && paid != sums->tax)
        dsn_fault_cents(look, "payment.tax", &first, sums->tax);
}

void dsn_check_sums(struct dsn_look *look, uint32_t place)
{
    struct sums *sums = arena_new(look->arena, struct sums);
    if (sums == NULL)
        return;
    for (uint32_t i = place + 1; i < look->tree->at[place].end; i++)
        if (look->tree->at[i].block == DSN_CONTRIBUTION)
            add_contribution(look, i, sums);
        else if (look->tree->at[i].block == DSN_PAID)
            add_tax(look, i, sums);
    check_codes(look, place, sums);
    check_bodies(look, place, sums);
    check_tax(look, place, sums);
}
