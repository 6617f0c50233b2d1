/* A case as it stands in the file: texts, amounts, and what is known of an agent and an employer. */
#include "service/payroll/witness/witness_case.h"

#include <string.h>

enum { TEXT_MAX = 64, DECIMALS_MAX = 6, NUMBER_DIGITS = 12, PERCENT = 100, MONTH_BYTES = 7 /* 2026-03 */ };

/* A case without a month is of the year of the one payslip that is published so. */
static const char *const month_without = "2026-01";

/* The text of a string or number; "" for anything else. */
static struct str text_of_number(const json_t *value, char room[TEXT_MAX])
{
    if (json_is_string(value))
        return (struct str){json_string_value(value), json_string_length(value)};
    size_t length = json_is_number(value)
                        ? json_dumpb(value, room, TEXT_MAX, JSON_ENCODE_ANY | JSON_REAL_PRECISION(NUMBER_DIGITS))
                        : 0;
    return (struct str){room, length <= TEXT_MAX ? length : 0};
}

/* Digits with at most six decimals, whole or not: "3618.24", ".0185", 17.5, 80. In millionths. */
bool witness_millionths(const json_t *value, int64_t *ret_millionths)
{
    char room[TEXT_MAX];
    struct str decimals = text_of_number(value, room);
    bool is_negative = decimals.len > 0 && decimals.at[0] == '-';
    decimals = str_after(decimals, is_negative);
    bool is_short = decimals.len > 0 && decimals.at[0] == '.';
    struct str whole = str_cut(&decimals, '.');
    uint64_t number = 0, parts = 0;
    if (!is_short && str_to_u64(whole, UINT32_MAX, &number) != OK)
        return false;
    if (!str_is_absent(decimals) &&
        (decimals.len > DECIMALS_MAX || str_to_u64(decimals, LAW_MILLIONTHS, &parts) != OK))
        return false;
    for (size_t i = decimals.len; i < DECIMALS_MAX; i++)
        parts *= 10;
    int64_t millionths = (int64_t)(number * LAW_MILLIONTHS + parts);
    *ret_millionths = is_negative ? -millionths : millionths;
    return true;
}

bool witness_cents(const json_t *value, int64_t *ret_cents)
{
    int64_t millionths;
    if (!witness_millionths(value, &millionths) || millionths % (LAW_MILLIONTHS / 100) != 0)
        return false;
    *ret_cents = millionths / (LAW_MILLIONTHS / 100);
    return true;
}

static bool number_of(const json_t *value, int32_t *ret_number)
{
    int64_t millionths;
    if (!witness_millionths(value, &millionths) || millionths % LAW_MILLIONTHS != 0)
        return false;
    *ret_number = (int32_t)(millionths / LAW_MILLIONTHS);
    return true;
}

struct str witness_text(const json_t *value)
{
    return json_is_string(value) ? (struct str){json_string_value(value), json_string_length(value)} : STR("");
}

/* ---- one case ---- */


static bool read_category(const json_t *value, struct pay_facts *facts)
{
    struct str text = witness_text(value);
    facts->category = str_eq(text, STR("A")) ? PAY_A : str_eq(text, STR("B")) ? PAY_B : PAY_C;
    return str_eq(text, STR("A")) || str_eq(text, STR("B")) || str_eq(text, STR("C"));
}

static bool read_status(const json_t *value, struct pay_facts *facts)
{
    struct str text = witness_text(value);
    facts->status = str_eq(text, STR("titulaire")) ? PAY_OFFICIAL : PAY_CONTRACT;
    return str_eq(text, STR("titulaire")) || str_eq(text, STR("contractuel"));
}

static bool read_hours(const json_t *value, struct pay_facts *facts)
{
    int64_t millionths;
    if (!witness_millionths(value, &millionths) || millionths % (LAW_MILLIONTHS / 10) != 0)
        return false;
    facts->week_tenths = (int32_t)(millionths / (LAW_MILLIONTHS / 10));
    return true;
}

static bool read_tax(const json_t *value, struct pay_facts *facts)
{
    bool is_read = witness_millionths(value, &facts->tax_millionths);
    facts->tax_millionths /= PERCENT;
    return is_read;
}

/* False: a field that nothing reads, or that cannot be. */
static bool read_fact(const char *name, const json_t *value, struct pay_facts *facts)
{
    const struct {
        const char *name;
        int32_t *number;
        int64_t *cents;
    } plain[] = {
        {"im", &facts->index, NULL},          {"nbi", &facts->nbi, NULL},
        {"quotite", &facts->part_time, NULL}, {"zone", &facts->zone, NULL},
        {"enfants", &facts->children, NULL},  {"ifse", NULL, &facts->ifse},
        {"cia", NULL, &facts->cia},           {"psc_employeur", NULL, &facts->health},
        {"retenues_net", NULL, &facts->deductions},
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(name, plain[i].name) == 0)
            return plain[i].number != NULL ? number_of(value, plain[i].number) : witness_cents(value, plain[i].cents);
    if (strcmp(name, "statut") == 0)
        return read_status(value, facts);
    if (strcmp(name, "categorie") == 0)
        return read_category(value, facts);
    if (strcmp(name, "heures_tnc") == 0)
        return read_hours(value, facts);
    if (strcmp(name, "taux_pas") == 0)
        return read_tax(value, facts);
    if (strcmp(name, "sft_hors_assiette") == 0)
        return json_is_false(value);
    /* Words about the case: its grade is in `im`. */
    return strcmp(name, "echelle") == 0 || strcmp(name, "echelon") == 0 || strcmp(name, "note_regime") == 0;
}

struct str witness_facts(const json_t *input, struct pay_facts *facts)
{
    const char *name;
    json_t *value;
    json_t *object = (json_t *)(uintptr_t)input; /* jansson walks over what it may change */
    *facts = (struct pay_facts){.part_time = PERCENT, .zone = 3};
    json_object_foreach(object, name, value)
        if (!read_fact(name, value, facts))
            return str_of(name);
    const char *fault = pay_facts_fault(facts);
    return fault != NULL ? str_of(fault) : STR_NONE;
}

/* What the profile says, else what is common to the file, else what the case says itself. */
static const json_t *local(const struct reading *reading, const json_t *one, const char *name)
{
    const char *profile = json_string_value(json_object_get(one, "profil_employeur"));
    const json_t *of_profile =
        profile != NULL ? json_object_get(json_object_get(reading->profiles, profile), name) : NULL;
    const json_t *own = json_object_get(json_object_get(one, "parametres"), name);
    return own != NULL ? own : of_profile != NULL ? of_profile : json_object_get(reading->common, name);
}

bool witness_employer(const struct reading *reading, const json_t *one, struct pay_employer *employer)
{
    struct {
        const char *name;
        int64_t *millionths;
    } rates[] = {{"vm", &employer->mobility.millionths},
                 {"cnfpt", &employer->cnfpt.millionths},
                 {"cdg", &employer->centre.millionths},
                 {"at", &employer->accident.millionths}};
    const json_t *capped = local(reading, one, "fnal_plaf");
    *employer = (struct pay_employer){.is_large = !json_is_true(capped)};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        const json_t *rate = local(reading, one, rates[i].name);
        if (rate != NULL && !witness_millionths(rate, rates[i].millionths))
            return false;
    }
    return true;
}

bool witness_month(const json_t *one, struct date *ret_month)
{
    const json_t *period = json_object_get(one, "periode");
    char day[] = "2026-01-01";
    struct str text = period != NULL ? witness_text(period) : str_of(month_without);
    if (text.len != MONTH_BYTES)
        return false;
    memcpy(day, text.at, MONTH_BYTES);
    return date_parse(str_of(day), ret_month) == OK;
}
