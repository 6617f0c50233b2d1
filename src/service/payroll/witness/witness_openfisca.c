/* Cases of OpenFisca's own tests, by OpenFisca's conventions: contributions are negative, nothing is rounded, primes
 * that are not told are 19.5 % of the treatment, and sickness of officials counts from the day it was published.
 *
 * Amounts are millionths of a euro here. Of a case, lines of the territorial public service are ours; all others are
 * outside, and said so. */
#include "service/payroll/witness/witness_case.h"

#include <stdlib.h>
#include <string.h>

enum { PRIMES_MILLIONTHS = 195000, LARGE_BEFORE_2020 = 20, LARGE = 50, OLD_SICKNESS = 7500 /* millionths: 0.75 % */ };

struct fisca {
    const struct law *law;
    struct date day;
    bool is_official;
    int64_t treatment, nbi, base, residence, primes, family, compensation, guarantee;
    int64_t staff;
};

/* ---- what is told ---- */

static int64_t told(const json_t *input, const char *name)
{
    int64_t millionths;
    return witness_millionths(json_object_get(input, name), &millionths) ? millionths : 0;
}

static bool is_told(const json_t *input, const char *name)
{
    return json_is_number(json_object_get(input, name));
}

/* Of sickness as it was known that day: the rate of 2024 came on 31 January, and the one before goes on till then. */
static int64_t rate(const struct fisca *fisca, enum law_code code)
{
    struct date before = {fisca->day.days - 1}, known = {INT32_MAX};
    const struct law_value *value =
        law_find(fisca->law, code, fisca->day, code == LAW_SICKNESS_OFFICIAL ? fisca->day : known);
    if (value == NULL)
        value = law_find(fisca->law, code, before, known);
    return value != NULL ? law_millionths(value) : 0;
}

static int64_t share(int64_t amount, int64_t millionths)
{
    return (int64_t)((__int128)amount * millionths / LAW_MILLIONTHS);
}

static int64_t least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static int64_t residence_rate(const struct fisca *fisca, const json_t *input)
{
    struct str zone = witness_text(json_object_get(input, "zone_apl"));
    bool is_paris = str_starts(witness_text(json_object_get(input, "depcom_entreprise")), STR("75"));
    if (is_paris || str_eq(zone, STR("zone_1")))
        return rate(fisca, LAW_RESIDENCE_ZONE1);
    return str_eq(zone, STR("zone_2")) ? rate(fisca, LAW_RESIDENCE_ZONE2) : 0;
}

static void read_input(struct fisca *fisca, const json_t *input)
{
    int64_t salary = told(input, "salaire_de_base");
    fisca->treatment = told(input, "traitement_indiciaire_brut");
    fisca->nbi = told(input, "nouvelle_bonification_indiciaire");
    fisca->family = told(input, "supplement_familial_traitement");
    fisca->guarantee = told(input, "gipa");
    fisca->staff = told(input, "effectif_entreprise") / LAW_MILLIONTHS;
    fisca->residence = is_told(input, "indemnite_residence")
                           ? told(input, "indemnite_residence")
                           : share(fisca->is_official ? fisca->treatment : salary, residence_rate(fisca, input));
    fisca->primes = told(input, "primes_fonction_publique");
    if (fisca->is_official && !is_told(input, "primes_fonction_publique"))
        fisca->primes = share(fisca->treatment, PRIMES_MILLIONTHS);
    if (fisca->is_official)
        fisca->compensation = share(fisca->treatment, rate(fisca, LAW_CSG_COMPENSATION));
    fisca->base = fisca->is_official ? fisca->treatment + fisca->nbi : salary + fisca->residence + fisca->primes;
    if (!fisca->is_official && is_told(input, "assiette_cotisations_sociales"))
        fisca->base = told(input, "assiette_cotisations_sociales");
}

/* ---- what is computed ---- */

static int64_t rafp_base(const struct fisca *fisca)
{
    int64_t primes = fisca->primes + fisca->residence + fisca->family + fisca->compensation;
    return least(primes, share(fisca->treatment, rate(fisca, LAW_RAFP_CEILING))) + fisca->guarantee;
}

static int64_t csg_base(const struct fisca *fisca)
{
    int64_t gross = fisca->base;
    if (fisca->is_official)
        gross += fisca->primes + fisca->residence + fisca->family + fisca->compensation;
    int64_t ceiling = rate(fisca, LAW_CSG_ALLOWANCE_CEILING) / LAW_MILLIONTHS * rate(fisca, LAW_PSS_MONTH);
    return gross - share(least(gross, ceiling), rate(fisca, LAW_CSG_ALLOWANCE));
}

static int64_t by_parts(const struct fisca *fisca, enum law_code below, enum law_code above)
{
    int64_t pss = rate(fisca, LAW_PSS_MONTH), more = rate(fisca, LAW_IRCANTEC_CEILING) / LAW_MILLIONTHS - 1;
    int64_t over = fisca->base > pss ? least(fisca->base - pss, more * pss) : 0;
    return share(least(fisca->base, pss), rate(fisca, below)) + share(over, rate(fisca, above));
}

static int64_t fnal(const struct fisca *fisca)
{
    bool is_early = fisca->day.days < date_of(2020, 1, 1).days;
    if (fisca->staff >= (is_early ? LARGE_BEFORE_2020 : LARGE))
        return share(fisca->base, rate(fisca, LAW_FNAL_LARGE));
    return share(least(fisca->base, rate(fisca, LAW_PSS_MONTH)), rate(fisca, LAW_FNAL_SMALL));
}

static int64_t agent_total(const struct fisca *fisca)
{
    int64_t capped = least(fisca->base, rate(fisca, LAW_PSS_MONTH));
    if (fisca->is_official)
        return share(fisca->base, rate(fisca, LAW_CNRACL_EMPLOYEE)) +
               share(rafp_base(fisca), rate(fisca, LAW_RAFP_EMPLOYEE));
    return share(capped, rate(fisca, LAW_AGE_CAPPED_EMPLOYEE)) +
           share(fisca->base, rate(fisca, LAW_AGE_WHOLE_EMPLOYEE)) +
           by_parts(fisca, LAW_IRCANTEC_A_EMPLOYEE, LAW_IRCANTEC_B_EMPLOYEE);
}

/* False: the line is outside. */
static bool compute(const struct fisca *fisca, const char *name, int64_t *ret)
{
    bool is_official = fisca->is_official;
    int64_t base = fisca->base, capped = least(base, rate(fisca, LAW_PSS_MONTH));
    bool is_early = fisca->day.days < date_of(2018, 1, 1).days;
    const struct {
        const char *name;
        bool is_ours;
        int64_t amount;
    } lines[] = {
        {"assiette_cotisations_sociales", true, base},
        {"remuneration_principale", is_official, fisca->treatment},
        {"plafond_securite_sociale", true, rate(fisca, LAW_PSS_MONTH)},
        {"indemnite_residence", true, fisca->residence},
        {"indemnite_compensatrice_csg", is_official, fisca->compensation},
        {"pension_salarie", is_official, -share(base, rate(fisca, LAW_CNRACL_EMPLOYEE))},
        {"pension_employeur", is_official, -share(base, rate(fisca, LAW_CNRACL_EMPLOYER))},
        {"rafp_salarie", is_official, -share(rafp_base(fisca), rate(fisca, LAW_RAFP_EMPLOYEE))},
        {"rafp_employeur", is_official, -share(rafp_base(fisca), rate(fisca, LAW_RAFP_EMPLOYER))},
        {"ati_atiacl", is_official, -share(base, rate(fisca, LAW_ATIACL_EMPLOYER))},
        {"ircantec_salarie", !is_official, -by_parts(fisca, LAW_IRCANTEC_A_EMPLOYEE, LAW_IRCANTEC_B_EMPLOYEE)},
        {"ircantec_employeur", !is_official, -by_parts(fisca, LAW_IRCANTEC_A_EMPLOYER, LAW_IRCANTEC_B_EMPLOYER)},
        {"vieillesse_plafonnee_salarie", !is_official, -share(capped, rate(fisca, LAW_AGE_CAPPED_EMPLOYEE))},
        {"vieillesse_plafonnee_employeur", !is_official, -share(capped, rate(fisca, LAW_AGE_CAPPED_EMPLOYER))},
        {"vieillesse_deplafonnee_salarie", !is_official, -share(base, rate(fisca, LAW_AGE_WHOLE_EMPLOYEE))},
        {"vieillesse_deplafonnee_employeur", !is_official, -share(base, rate(fisca, LAW_AGE_WHOLE_EMPLOYER))},
        {"mmid_employeur", true, -share(base, rate(fisca, is_official ? LAW_SICKNESS_OFFICIAL : LAW_SICKNESS_GENERAL))},
        {"mmid_salarie", !is_official && is_early, -share(base, OLD_SICKNESS)},
        {"famille", true, -share(base, rate(fisca, LAW_FAMILY))},
        {"contribution_solidarite_autonomie", true, -share(base, rate(fisca, LAW_AUTONOMY))},
        {"fnal", true, -fnal(fisca)},
        {"csg_deductible_salaire", true, -share(csg_base(fisca), rate(fisca, LAW_CSG_DEDUCTIBLE))},
        {"csg_imposable_salaire", true, -share(csg_base(fisca), rate(fisca, LAW_CSG_TAXED))},
        {"crds_salaire", true, -share(csg_base(fisca), rate(fisca, LAW_CRDS))},
        {"cotisations_salariales", !is_early, -agent_total(fisca)},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].is_ours && strcmp(name, lines[i].name) == 0) {
            *ret = lines[i].amount;
            return true;
        }
    return false;
}

/* ---- one case ---- */

struct comparing {
    struct reading *reading;
    struct witness_judged *judged;
    int64_t tolerance; /* millionths */
};

static void print_amount(struct buf *out, const char *label, int64_t millionths, bool is_json)
{
    int64_t whole = millionths < 0 ? -millionths : millionths;
    buf_add_format(out, is_json ? ",\"%s\":\"%s%lld.%06lld\"" : " %s %s%lld.%06lld", label, millionths < 0 ? "-" : "",
                   (long long)(whole / LAW_MILLIONTHS), (long long)(whole % LAW_MILLIONTHS));
}

static void compare(struct comparing *comparing, const struct fisca *fisca, const char *name, const char *month,
                    const json_t *value)
{
    struct buf *out = comparing->reading->out;
    bool is_json = comparing->reading->is_json;
    int64_t computed, expected;
    if (!witness_millionths(value, &expected) || !compute(fisca, name, &computed)) {
        if (!is_json)
            buf_add_format(out, "  %s outside\n", name);
        return;
    }
    int64_t difference = computed - expected;
    buf_add_format(out, is_json ? "%s{\"line\":\"%s%s%s\"" : "%s  %s%s%s",
                   is_json && comparing->judged->lines > 0 ? "," : "", name, month[0] != '\0' ? " " : "", month);
    print_amount(out, "expected", expected, is_json);
    print_amount(out, "computed", computed, is_json);
    print_amount(out, "difference", difference, is_json);
    buf_add(out, str_of(is_json ? "}" : "\n"));
    comparing->judged->lines++;
    comparing->judged->wrong += llabs(difference) > comparing->tolerance;
}

static bool first_day(struct str month, struct date *ret_day)
{
    char day[] = "2026-01-01";
    if (month.len != 4 && month.len != 7)
        return false;
    memcpy(day, month.at, month.len);
    return date_parse(str_of(day), ret_day) == OK;
}

static void judge_line(struct comparing *comparing, struct fisca *fisca, const json_t *input, const char *name,
                       json_t *value)
{
    const struct fisca before = *fisca;
    const char *month;
    json_t *of_month;
    if (!json_is_object(value)) {
        read_input(fisca, input);
        compare(comparing, fisca, name, "", value);
    }
    json_object_foreach(value, month, of_month)
        if (first_day(str_of(month), &fisca->day)) {
            read_input(fisca, input);
            compare(comparing, fisca, name, month, of_month);
        }
    *fisca = before;
}

/* The agent of a case: its fields stand in `entree`, or in one of its members. */
static const char *agent_of(const json_t *input)
{
    const char *name;
    json_t *value, *object = (json_t *)(uintptr_t)input;
    if (json_object_get(input, "categorie_salarie") != NULL)
        return "";
    json_object_foreach(object, name, value)
        if (json_object_get(value, "categorie_salarie") != NULL)
            return name;
    return NULL;
}

bool witness_is_openfisca(const json_t *one)
{
    return json_object_get(json_object_get(one, "entree"), "statut") == NULL &&
           json_object_get(one, "tolerance") != NULL;
}

void witness_openfisca(struct reading *reading, const json_t *one, struct witness_judged *judged)
{
    const json_t *input = json_object_get(one, "entree"), *expected = json_object_get(one, "attendu");
    const char *agent = agent_of(input), *name;
    struct fisca fisca = {.law = reading->law};
    bool is_relative = str_eq(witness_text(json_object_get(one, "type_tolerance")), STR("relative"));
    int64_t tolerance = told(one, "tolerance"), floor = LAW_MILLIONTHS / 100;
    struct comparing comparing = {reading, judged, tolerance > floor && !is_relative ? tolerance : floor};
    if (agent != NULL && agent[0] != '\0') {
        input = json_object_get(input, agent);
        expected = json_object_get(expected, agent);
    }
    struct str kind = witness_text(json_object_get(input, "categorie_salarie"));
    fisca.is_official = str_eq(kind, STR("public_titulaire_territoriale"));
    bool is_ours = fisca.is_official || str_eq(kind, STR("public_non_titulaire"));
    if (!is_ours || !first_day(witness_text(json_object_get(one, "periode")), &fisca.day)) {
        if (!reading->is_json)
            buf_add_literal(reading->out, "  outside\n");
        return;
    }
    json_t *value, *object = (json_t *)(uintptr_t)expected;
    json_object_foreach(object, name, value)
        judge_line(&comparing, &fisca, input, name, value);
}
