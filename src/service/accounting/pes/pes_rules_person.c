/* A tiers, and the account it is paid on: R21 to R23, R30 to R37. */
#include "core/identifier.h"
#include "service/accounting/pes/pes_code.h"
#include "service/accounting/pes/pes_read.h"
#include "service/accounting/pes/pes_rules.h"

enum { COUNTRY_DIGITS = 3 };

/* ---- who it is ---- */

/* R30, of the kinds of numbers whose key is known; others are believed. */
static bool is_proven(struct str kind, struct str number)
{
    static const struct {
        struct str kind;
        bool (*is_right)(struct str number);
    } kinds[] = {{STR_INIT("01"), siret_is_right},
                 {STR_INIT("02"), siren_is_right},
                 {STR_INIT("03"), finess_is_right},
                 {STR_INIT("04"), nir_is_right}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kind, kinds[i].kind))
            return kinds[i].is_right(number);
    return true;
}

static void check_number(struct pes_rules *rules, const struct pes_at *info)
{
    struct str number = pes_says(info, "IdTiers"), kind = pes_says(info, "NatIdTiers");
    if ((number.len > 0) != (kind.len > 0))
        pes_fault(rules->faults, "R30", info, number.len > 0 ? "NatIdTiers" : "IdTiers", number,
                  number.len > 0 ? STR("NatIdTiers") : STR("IdTiers"));
    else if (number.len > 0 && !is_proven(kind, number))
        pes_fault(rules->faults, "R30", info, "IdTiers", number, kind);
    if (str_eq(kind, STR("04")) && !pes_norm_is(rules->context, "M21 M22", true))
        pes_fault(rules->faults, "R31", info, "IdTiers", STR("04"), STR("M21, M22"));
}

/* R32. The grid is annex 3, which is not here: persons are persons, and the grid where a context has it. */
static void check_couple(struct pes_rules *rules, const struct pes_at *info)
{
    const struct pes_texts *grid = &rules->context->couples;
    struct str category = pes_says(info, "CatTiers"), nature = pes_says(info, "NatJur");
    bool is_person = str_eq(category, STR("01")), is_private = str_eq(nature, STR("01"));
    struct str couple = str_format(rules->faults->arena, "%.*s-%.*s", STR_ARG(category), STR_ARG(nature));
    if (category.len == 0 || nature.len == 0 || str_is_absent(couple))
        return;
    if ((is_private && !is_person) || (is_person && !is_private && !str_eq(nature, STR("02"))) ||
        (grid->count > 0 && !pes_has(grid, couple)))
        pes_fault(rules->faults, "R32", info, "NatJur", couple, STR(""));
}

/* R33, R34: a person has a title and a first name, and may have been born. */
static void check_name(struct pes_rules *rules, const struct pes_at *info)
{
    static const char *const names[] = {"Civilite", "Prenom"};
    bool is_person = pes_is(info, "CatTiers", "01");
    struct str title = pes_says(info, "Civilite");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((pes_says(info, names[i]).len > 0) != is_person)
            pes_fault_value(rules->faults, "R33", info, names[i], is_person ? STR("01") : STR(""));
    if (str_starts_nocase(title, STR("mademoisel")) || str_starts_nocase(title, STR("mlle")))
        pes_fault(rules->faults, "R33", info, "Civilite", title, STR("MME"));
    if (xml_child(info->element, "DteNaissance") != NULL && !is_person)
        pes_fault_value(rules->faults, "R34", info, "DteNaissance", STR("01"));
}

void pes_rules_person(struct pes_rules *rules, const struct pes_at *person)
{
    const struct pes_at info = pes_child(person, "InfoTiers"), address = pes_child(person, "Adresse");
    check_number(rules, &info);
    check_couple(rules, &info);
    check_name(rules, &info);
    if (pes_flag(&address, "CodRes") && pes_says(&address, "CodPays").len != COUNTRY_DIGITS)
        pes_fault_value(rules->faults, "R35", &address, "CodPays", STR("109"));
}

/* ---- its account ---- */

/* Right by its key; `rule`: that of how it is paid, or NULL for those of accounts. */
static void check_account(struct pes_rules *rules, const char *rule, const struct pes_at *account)
{
    struct str iban = pes_says(account, "IBAN"), key = pes_says(account, "CleRib");
    bool is_french = str_starts(iban, STR("FR")) || str_starts(iban, STR("MC"));
    if (key.len > 0 && pes_says(account, "IdCpte").len > 0 &&
        !rib_is_right(pes_says(account, "CodeEtab"), pes_says(account, "CodeGuic"), pes_says(account, "IdCpte"), key))
        pes_fault_value(rules->faults, rule != NULL ? rule : "R36", account, "CleRib", STR(""));
    if (!pes_iban_has_form(iban))
        return; /* none, or said already */
    if (!iban_is_right(iban))
        pes_fault_value(rules->faults, rule != NULL ? rule : "R37", account, "IBAN", STR(""));
    else if (!is_french && pes_says(account, "BIC").len == 0)
        pes_fault_value(rules->faults, rule != NULL ? rule : "R37", account, "BIC", STR("BIC"));
}

/* What the way of paying wants of an account. */
enum wish { ALLOWED, NEEDED, FORBIDDEN };

static enum wish wish_of(struct str way)
{
    static const struct {
        struct str way;
        enum wish wish;
    } ways[] = {{STR_INIT(PES_WAY_CASH), FORBIDDEN},  {STR_INIT(PES_WAY_CHEQUE), FORBIDDEN},
                {STR_INIT(PES_WAY_TRANSFER), NEEDED}, {STR_INIT(PES_WAY_FILE), FORBIDDEN},
                {STR_INIT(PES_WAY_LARGE), NEEDED},    {STR_INIT(PES_WAY_ATTACHED), FORBIDDEN},
                {STR_INIT(PES_WAY_ORDER), FORBIDDEN}, {STR_INIT(PES_WAY_NOTICE), FORBIDDEN},
                {STR_INIT(PES_WAY_INSIDE), FORBIDDEN}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (str_eq(way, ways[i].way))
            return ways[i].wish;
    return ALLOWED; /* abroad, a debit, none at all, or no code: said already */
}

void pes_rules_bank(struct pes_rules *rules, const struct pes_line_at *line, const struct pes_at *person)
{
    const struct pes_at account = pes_child(person, "CpteBancaire");
    struct str way = pes_says(&line->info, "ModRegl");
    bool is_there = account.element != NULL, is_debit = str_eq(way, STR(PES_WAY_DEBIT));
    if (!is_there && wish_of(way) == NEEDED)
        pes_fault(rules->faults, "R21", &account, NULL, way, STR("CpteBancaire"));
    if (is_there && wish_of(way) == FORBIDDEN)
        pes_fault(rules->faults, "R23", &account, NULL, way, STR(""));
    if (is_there && !str_eq(way, STR(PES_WAY_ABROAD))) /* one abroad is not proven */
        check_account(rules, is_debit ? "R22" : NULL, &account);
}
