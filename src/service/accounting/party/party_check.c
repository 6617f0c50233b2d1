#include "base/utf8.h"
#include "proto/smtp/smtp_command.h"
#include "core/identifier.h"
#include "service/accounting/party/party.h"
#include "service/accounting/party/party_code.h"

enum { TABLE_MAX = 4 << 20, NUMBER_LEAST = 9, NUMBER_MOST = 18, POSTCODE = 5, COUNTRY_DIGITS = 3 };

#define PERSON STR("01")       /* CatTiers: a natural person */
#define PRIVATE STR("01")      /* NatJur */
#define CRAFTSMAN STR("02")    /* NatJur */
#define KIND_NIR STR("04")     /* NatIdTiers */

/* ---- texts ---- */

/* As R38 says it. */
static bool says_nothing(struct str text)
{
    bool has_other = false;
    for (size_t i = 0; i < text.len; i++)
        has_other = has_other || text.at[i] != '0';
    return !has_other || str_eq(text, STR(".")) || str_eq_nocase(text, STR("nc"));
}

static bool is_text(struct str text, size_t most)
{
    return !says_nothing(text) && utf8_is_line(text, text.len) && utf8_count(text) <= most;
}

static void check_texts(const struct party *party, struct faults *faults)
{
    for (size_t i = 0; i < PARTY_FIELDS; i++) {
        struct str said = party_said(party, i);
        bool is_name = str_eq(str_of(party_fields[i].column), STR("name"));
        if ((is_name || said.len > 0) && !is_text(said, party_fields[i].most))
            fault_add_most(faults, is_name ? "party.name" : "party.text", party_fields[i].column, said,
                           party_fields[i].most);
    }
}

/* ---- codes ---- */

static enum status check_code(enum party_list list, const char *column, struct str code, struct faults *faults)
{
    struct arena *arena ARENA_SCOPE = arena_create(TABLE_MAX);
    const struct str *codes;
    size_t count;
    TRY(party_codes(arena, list, &codes, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(codes[i], code))
            return OK;
    fault_add(faults, "party.code", str_of(column), code, STR(""));
    return OK;
}

/* R32, as far as it is known without its grid. */
static void check_couple(const struct party *party, struct faults *faults)
{
    bool is_person = str_eq(party->category, PERSON), is_private = str_eq(party->nature, PRIVATE);
    struct str couple = str_format(faults->arena, "%.*s, %.*s", STR_ARG(party->category), STR_ARG(party->nature));
    if ((is_private && !is_person) || (is_person && !is_private && !str_eq(party->nature, CRAFTSMAN)))
        fault_add(faults, "party.couple", STR("nature"), couple, STR(""));
}

/* R33. */
static void check_person(const struct party *party, struct faults *faults)
{
    bool is_person = str_eq(party->category, PERSON);
    bool is_title = str_eq(party->title, STR("M")) || str_eq(party->title, STR("MME"));
    if (is_person ? !is_title : party->title.len > 0)
        fault_add(faults, "party.person", STR("title"), party->title, STR(""));
    if ((party->first_name.len > 0) != is_person)
        fault_add(faults, "party.person", STR("first_name"), party->first_name, STR(""));
}

/* ---- its number ---- */

static bool is_letters(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_alpha(text.at[i]) && !ascii_is_digit(text.at[i]))
            return false;
    return true;
}

static bool is_vat(struct str number)
{
    return !str_starts(number, STR("FR")) || vat_is_right(number);
}

/* R30, of the kinds whose key is known; all have 9 to 18 letters and digits. */
static bool is_number(struct str kind, struct str number)
{
    static const struct {
        struct str kind;
        bool (*is_right)(struct str number);
    } kinds[] = {{STR_INIT("01"), siret_is_right},
                 {STR_INIT("02"), siren_is_right},
                 {STR_INIT("03"), finess_is_right},
                 {STR_INIT("05"), is_vat}};
    if (number.len < NUMBER_LEAST || number.len > NUMBER_MOST || !is_letters(number))
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kind, kinds[i].kind))
            return kinds[i].is_right(number);
    return true;
}

static enum status check_number(const struct party *party, struct faults *faults)
{
    struct str kind = party->id_kind, number = party->id_number;
    if (kind.len == 0 && number.len == 0)
        return OK;
    if (kind.len > 0)
        TRY(check_code(PARTY_ID_KINDS, "id_kind", kind, faults));
    if (str_eq(kind, KIND_NIR))
        fault_add(faults, "party.nir", STR("id_kind"), STR(""), STR(""));
    else if (kind.len == 0 || !is_number(kind, number))
        fault_add(faults, "party.number", STR("id_number"), number, kind.len == 0 ? STR("aucune") : kind);
    return OK;
}

/* ---- where it is ---- */

static void check_address(const struct party *party, struct faults *faults)
{
    bool has_any = party->street_before.len + party->street.len + party->street_after.len + party->postcode.len +
                       party->place.len >
                   0;
    bool is_whole = party->street.len > 0 && party->place.len > 0 && utf8_count(party->postcode) == POSTCODE;
    if (has_any && !is_whole)
        fault_add(faults, "party.address", STR("street"),
                  str_format(faults->arena, "%.*s, %.*s %.*s", STR_ARG(party->street), STR_ARG(party->postcode),
                             STR_ARG(party->place)),
                  STR(""));
    bool is_country = party->country.len == COUNTRY_DIGITS;
    for (size_t i = 0; i < party->country.len; i++)
        is_country = is_country && ascii_is_digit(party->country.at[i]);
    if (party->country.len > 0 && !is_country)
        fault_add(faults, "party.country", STR("country"), party->country, STR(""));
    if (party->mail.len > 0 && !smtp_is_address(party->mail, true))
        fault_add(faults, "party.mail", STR("mail"), party->mail, STR(""));
}

enum status party_check(const struct party *party, struct faults *faults)
{
    size_t before = faults->found;
    check_texts(party, faults);
    TRY(check_code(PARTY_CATEGORIES, "category", party->category, faults));
    TRY(check_code(PARTY_NATURES, "nature", party->nature, faults));
    check_couple(party, faults);
    check_person(party, faults);
    TRY(check_number(party, faults));
    check_address(party, faults);
    return faults->found > before ? INVALID : OK;
}
