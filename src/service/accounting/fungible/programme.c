#include "service/accounting/fungible/programme.h"

enum { PLACE_MAX = 64 };

static const struct money nothing;

static void check_sign(const char *place, struct money amount, struct faults *faults)
{
    if (amount.cents < 0)
        fault_add_money(faults, "programme.negative", place, amount, nothing);
}

static void check_most(const char *rule, const char *place, struct money amount, struct money most,
                       struct faults *faults)
{
    if (amount.cents > most.cents)
        fault_add_money(faults, rule, place, amount, most);
}

static void check_year(const struct programme_year *year, struct faults *faults)
{
    struct buf place BUF_SCOPE = BUF_INIT(PLACE_MAX);
    buf_add_format(&place, "année %d", year->year);
    buf_add_byte(&place, '\0');
    check_sign(place.at, year->credit, faults);
    check_sign(place.at, year->mandated, faults);
    check_most("programme.year", place.at, year->mandated, year->credit, faults);
}

enum status programme_check(const struct programme *programme, struct faults *faults)
{
    struct money credits = {0}, mandated = {0};
    size_t before = faults->found;
    check_sign("autorisation de programme", programme->authorised, faults);
    check_sign("engagements", programme->engaged, faults);
    for (size_t i = 0; i < programme->count; i++) {
        check_year(&programme->years[i], faults);
        TRY(money_add(&credits, programme->years[i].credit));
        TRY(money_add(&mandated, programme->years[i].mandated));
    }
    if (!money_is(credits, programme->authorised))
        fault_add_money(faults, "programme.sum", "crédits de paiement", credits, programme->authorised);
    check_most("programme.engaged", "engagements", programme->engaged, programme->authorised, faults);
    check_most("programme.mandated", "mandats", mandated, programme->engaged, faults);
    return faults->found == before ? OK : INVALID;
}
