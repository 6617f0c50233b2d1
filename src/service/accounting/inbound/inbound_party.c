/* Whom an inbound invoice is of: found among third parties, or added with an account that is held. */
#include "base/utf8.h"
#include "service/accounting/inbound/inbound.h"
#include "service/accounting/inbound/inbound_sql.h"
#include "service/accounting/party/party.h"

enum { SIREN_DIGITS = 9, POSTCODE = 5, FRENCH_VAT = 13 };
#define KIND_SIRET STR("01")
#define KIND_SIREN STR("02")
#define KIND_VAT STR("05")
/* What most suppliers are; a person may say otherwise on the party's page (CatTiers, NatJur). */
#define COMPANY STR("50")
#define COMPANY_NATURE STR("03")

static struct str siren_of(const struct inbound *inbound)
{
    if (inbound->siren.len > 0)
        return inbound->siren;
    if (str_starts(inbound->vat, STR("FR")) && inbound->vat.len == FRENCH_VAT)
        return str_after(inbound->vat, FRENCH_VAT - SIREN_DIGITS);
    return STR("");
}

struct str inbound_siren(const struct inbound *inbound)
{
    return inbound->siret.len > SIREN_DIGITS ? str_slice(inbound->siret, 0, SIREN_DIGITS) : siren_of(inbound);
}

/* One whose SIRET begins so, where the invoice has no SIRET and there is only one. */
static enum status by_siren(struct ctx *ctx, struct str siren, int64_t *ret_party)
{
    struct sql_inbound_siren_row *rows;
    size_t count;
    TRY(sql_inbound_siren(ctx->db, ctx->arena, (struct sql_inbound_siren){.siren = siren}, &rows, &count));
    if (count != 1)
        return NOT_FOUND;
    *ret_party = rows[0].id;
    return OK;
}

enum status inbound_party(struct ctx *ctx, const struct inbound *inbound, int64_t *ret_party)
{
    const struct {
        struct str kind, number;
    } names[] = {{KIND_SIRET, inbound->siret}, {KIND_SIREN, siren_of(inbound)}, {KIND_VAT, inbound->vat}};
    struct party party;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].number.len == 0)
            continue;
        enum status done = party_of_number(ctx, names[i].kind, names[i].number, &party);
        if (done == OK)
            *ret_party = party.id;
        if (done != NOT_FOUND)
            return done;
    }
    struct str siren = siren_of(inbound);
    return inbound->siret.len == 0 && siren.len > 0 ? by_siren(ctx, siren, ret_party) : NOT_FOUND;
}

/* As many characters as fit, up to the end of a word where there is one. */
static struct str fitting(struct str text, size_t most)
{
    struct str rest = text;
    size_t end = text.len;
    for (size_t i = 0; i < most && rest.len > 0; i++)
        (void)utf8_next(&rest);
    if (rest.len == 0)
        return text;
    end = text.len - rest.len;
    size_t blank = str_find_byte_last(str_slice(text, 0, end), ' ');
    return str_trim(str_slice(text, 0, blank == SIZE_MAX || blank == 0 ? end : blank));
}

/* A whole address of France, or none. */
static void set_address(const struct inbound *inbound, struct party *party)
{
    bool is_french = inbound->country.len == 0 || str_eq(inbound->country, STR("FR"));
    if (!is_french || inbound->street.len == 0 || inbound->place.len == 0 || inbound->postcode.len != POSTCODE)
        return;
    party->street = fitting(inbound->street, PARTY_NAME_MAX);
    party->street_after = fitting(inbound->street_after, PARTY_NAME_MAX);
    party->postcode = inbound->postcode;
    party->place = fitting(inbound->place, PARTY_NAME_MAX);
}

static struct party party_of(const struct inbound *inbound)
{
    struct str none = STR(""), siren = siren_of(inbound), name = fitting(inbound->name, PARTY_NAME_MAX);
    struct party party = {.name = name, .complement = none, .title = none, .first_name = none, .id_kind = none,
                          .id_number = none, .category = COMPANY, .nature = COMPANY_NATURE, .street_before = none,
                          .street = none, .street_after = none, .postcode = none, .place = none, .country = none,
                          .mail = none, .phone = none, .is_active = true};
    party.complement = fitting(str_trim(str_after(inbound->name, name.len)), PARTY_NAME_MAX);
    if (inbound->siret.len > 0 || siren.len > 0 || inbound->vat.len > 0) {
        party.id_kind = inbound->siret.len > 0 ? KIND_SIRET : siren.len > 0 ? KIND_SIREN : KIND_VAT;
        party.id_number = inbound->siret.len > 0 ? inbound->siret : siren.len > 0 ? siren : inbound->vat;
    }
    set_address(inbound, &party);
    return party;
}

/* Whoever enters bills may not always enter parties. */
static enum status may_add(struct ctx *ctx, const struct inbound *inbound, struct faults *faults)
{
    unsigned rights = RIGHTS_ALL;
    if (ctx->actor.person != 0)
        TRY(right_of(ctx, ctx->actor.person, &rights));
    return (rights & PARTY_EDIT) != 0 ? OK : fault_refuse(faults, "inbound.party", "supplier", inbound->name, STR(""));
}

enum status inbound_party_add(struct ctx *ctx, const struct inbound *inbound, struct faults *faults,
                              int64_t *ret_party)
{
    struct party party = party_of(inbound);
    TRY(may_add(ctx, inbound, faults));
    return party_add(ctx, &party, faults, ret_party);
}

enum status inbound_bank(struct ctx *ctx, const struct inbound *inbound, int64_t party, bool *ret_is_new)
{
    struct sql_inbound_held_row held;
    struct faults *faults = faults_new(ctx->arena);
    struct party_bank bank = {.iban = inbound->iban, .bic = inbound->bic,
                              .holder = fitting(inbound->name, PARTY_HOLDER_MAX),
                              .source = fitting(str_format(ctx->arena, "facture %.*s", STR_ARG(inbound->number)),
                                                PARTY_SOURCE_MAX)};
    int64_t id;
    *ret_is_new = false;
    if (inbound->iban.len == 0)
        return OK;
    if (faults == NULL)
        return LIMIT;
    TRY(sql_inbound_held(ctx->db, ctx->arena, (struct sql_inbound_held){.party = party, .iban = inbound->iban}, &held));
    if (held.count > 0 || ctx->actor.mandate != 0)
        return OK;
    enum status done = party_bank_add(ctx, party, &bank, faults, &id);
    *ret_is_new = done == OK;
    /* One is held already, or it could not be paid on: the bill keeps it, and is not ordered on another. */
    return done == CONFLICT || done == INVALID ? OK : done;
}
