#include "service/payroll/witness/witness.h"

#include <string.h>

#include "base/money.h"
#include "service/payroll/witness/witness_case.h"

/* ---- names in these files ---- */

struct name {
    const char *name;
    enum pay_line line;
};

static const struct name lines_of_pay[] = {
    {"tib", PAY_TREATMENT}, {"nbi", PAY_NBI}, {"indemnite_residence", PAY_RESIDENCE},
    {"indemnite_differentielle_smic", PAY_SMIC}, {"sft", PAY_FAMILY}, {"ifse", PAY_IFSE}, {"cia", PAY_CIA},
    {"transfert_primes_points", PAY_TRANSFER}, {"indemnite_compensatrice_csg", PAY_COMPENSATION},
    {"participation_psc", PAY_HEALTH}, {"brut", PAY_GROSS}, {"assiette_rafp", PAY_BASE_RAFP},
    {"assiette_urssaf", PAY_BASE_EMPLOYER}, {"assiette_A", PAY_BASE_A}, {"assiette_B", PAY_BASE_B},
    {"assiette_csg", PAY_BASE_CSG}, {"net_avant_impot", PAY_NET_BEFORE_TAX}, {"net_fiscal", PAY_NET_TAXABLE},
    {"pas", PAY_TAX}, {"net_a_payer", PAY_NET}, {"total_salarial", PAY_AGENT_TOTAL},
    {"total_patronal", PAY_EMPLOYER_TOTAL}, {"cout_employeur", PAY_COST},
    /* what the published payslip tells besides */
    {"tib_plus_nbi", PAY_BASE_EMPLOYER}, {"plafond_rafp", PAY_BASE_RAFP}, {"retenues_sur_net", PAY_DEDUCTIONS},
    {"csg_non_deductible", PAY_CSG_TAXED}, {"crds", PAY_CRDS},
};
static const struct name lines_of_agent[] = {
    {"cnracl", PAY_CNRACL_AGENT}, {"rafp", PAY_RAFP_AGENT}, {"vieillesse_plafonnee", PAY_AGE_CAPPED_AGENT},
    {"vieillesse_deplafonnee", PAY_AGE_WHOLE_AGENT}, {"ircantec_A", PAY_IRCANTEC_A_AGENT},
    {"ircantec_B", PAY_IRCANTEC_B_AGENT}, {"csg_deductible", PAY_CSG_DEDUCTIBLE},
    {"csg_non_deductible", PAY_CSG_TAXED}, {"crds", PAY_CRDS},
};
static const struct name lines_of_employer[] = {
    {"cnracl", PAY_CNRACL_EMPLOYER}, {"atiacl", PAY_ATIACL}, {"rafp", PAY_RAFP_EMPLOYER}, {"maladie", PAY_SICKNESS},
    {"accident_travail", PAY_ACCIDENT}, {"allocations_familiales", PAY_ALLOWANCES},
    {"solidarite_autonomie", PAY_AUTONOMY}, {"fnal", PAY_FNAL}, {"versement_mobilite", PAY_MOBILITY},
    {"cnfpt", PAY_CNFPT}, {"centre_gestion", PAY_CENTRE}, {"vieillesse_plafonnee", PAY_AGE_CAPPED_EMPLOYER},
    {"vieillesse_deplafonnee", PAY_AGE_WHOLE_EMPLOYER}, {"ircantec_A", PAY_IRCANTEC_A_EMPLOYER},
    {"ircantec_B", PAY_IRCANTEC_B_EMPLOYER},
};

#define NAMES(table) {table, sizeof table / sizeof *table}
static const struct group {
    const char *name;
    struct {
        const struct name *at;
        size_t count;
    } names;
} groups[] = {
    {"lignes", NAMES(lines_of_pay)},
    {"salarie", NAMES(lines_of_agent)},
    {"employeur", NAMES(lines_of_employer)},
};

/* ---- what differs ---- */

static const struct name *line_named(const struct group *group, const char *name)
{
    for (size_t i = 0; i < group->names.count; i++)
        if (strcmp(group->names.at[i].name, name) == 0)
            return &group->names.at[i];
    return NULL;
}

static void print_line(struct reading *reading, const char *group, const char *name, int64_t expected,
                       int64_t computed)
{
    struct buf *out = reading->out;
    const struct {
        const char *label;
        int64_t cents;
    } amounts[] = {{"expected", expected}, {"computed", computed}, {"difference", computed - expected}};
    buf_add_format(out, reading->is_json ? "{\"line\":\"%s.%s\"" : "  %s.%s", group, name);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        buf_add_format(out, reading->is_json ? ",\"%s\":\"" : " %s ", amounts[i].label);
        money_write(out, (struct money){amounts[i].cents});
        buf_add(out, str_of(reading->is_json ? "\"" : ""));
    }
    buf_add(out, str_of(reading->is_json ? "}" : "\n"));
}

static void judge_group(struct reading *reading, const json_t *expected, const struct group *group,
                        const char *group_name, const struct payslip *payslip, struct witness_judged *judged)
{
    const char *name;
    json_t *value, *object = (json_t *)(uintptr_t)expected;
    json_object_foreach(object, name, value) {
        const struct name *line = line_named(group, name);
        int64_t cents;
        if (line == NULL || !witness_cents(value, &cents)) {
            judged->what = str_of(name);
            continue;
        }
        if (reading->is_json && judged->lines > 0)
            buf_add_literal(reading->out, ",");
        print_line(reading, group_name, name, cents, payslip->cents[line->line]);
        judged->lines++;
        judged->wrong += cents != payslip->cents[line->line];
    }
}

static void judge_lines(struct reading *reading, const json_t *one, const struct payslip *payslip,
                        struct witness_judged *judged)
{
    const json_t *expected = json_object_get(one, "attendu");
    if (expected == NULL)
        expected = json_object_get(one, "recalcule");
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        judge_group(reading, json_object_get(expected, groups[i].name), &groups[i], groups[i].name, payslip, judged);
    judge_group(reading, json_object_get(one, "publie"), &groups[0], "publie", payslip, judged);
    if (judged->lines == 0 && str_is_absent(judged->what))
        judged->what = STR("attendu");
}

static enum status judge(struct reading *reading, const json_t *one, struct witness_judged *judged)
{
    struct pay_facts facts;
    struct pay_employer employer;
    struct pay_law law;
    struct payslip payslip;
    struct date month;
    enum law_code missing;
    if (witness_is_openfisca(one)) {
        witness_openfisca(reading, one, judged);
        return buf_status(reading->out);
    }
    judged->what = witness_facts(json_object_get(one, "entree"), &facts);
    if (str_is_absent(judged->what) && !witness_employer(reading, one, &employer))
        judged->what = STR("parametres");
    if (str_is_absent(judged->what) && !witness_month(one, &month))
        judged->what = STR("periode");
    if (!str_is_absent(judged->what))
        return OK;
    if (pay_law_of(reading->law, &employer, month, (struct date){INT32_MAX}, &law, &missing) != OK) {
        judged->what = str_of(law_code_name(missing));
        return OK;
    }
    pay_compute(&law, &facts, &payslip, NULL);
    judge_lines(reading, one, &payslip, judged);
    return buf_status(reading->out);
}

static enum status print_case(struct reading *reading, const json_t *one, struct witness_tally *tally)
{
    struct witness_judged judged = {.what = STR_NONE};
    struct str id = witness_text(json_object_get(one, "id"));
    if (reading->is_json)
        buf_add_format(reading->out, "%s{\"id\":\"%.*s\",\"lines\":[", tally->cases > 0 ? "," : "", STR_ARG(id));
    else
        buf_add_format(reading->out, "%.*s\n", STR_ARG(id));
    TRY(judge(reading, one, &judged));
    bool is_right = judged.wrong == 0 && str_is_absent(judged.what);
    tally->cases++;
    tally->right += is_right;
    tally->wrong += !is_right;
    if (reading->is_json)
        buf_add_format(reading->out, "],\"right\":%s", is_right ? "true" : "false");
    if (!str_is_absent(judged.what))
        buf_add_format(reading->out, reading->is_json ? ",\"unread\":\"%.*s\"" : "  %.*s: not read\n",
                       STR_ARG(judged.what));
    buf_add(reading->out, str_of(reading->is_json ? "}" : ""));
    return buf_status(reading->out);
}

/* ---- the file ---- */

static enum status print_cases(struct reading *reading, const json_t *cases, struct witness_tally *tally)
{
    size_t count = json_array_size(cases);
    if (count > WITNESS_CASES_MAX)
        return LIMIT;
    buf_add(reading->out, str_of(reading->is_json ? "{\"cases\":[" : ""));
    for (size_t i = 0; i < count; i++)
        TRY(print_case(reading, json_array_get(cases, i), tally));
    buf_add_format(reading->out, reading->is_json ? "],\"total\":%zu,\"right\":%zu,\"wrong\":%zu}\n"
                                                  : "%zu cases, %zu right, %zu wrong\n",
                   tally->cases, tally->right, tally->wrong);
    return buf_status(reading->out);
}

enum status witness_print(struct arena *arena, const struct law *law, struct str json, bool is_json,
                          struct buf *out, struct witness_tally *ret_tally, struct str *ret_what)
{
    json_error_t error;
    json_t *root = json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES, &error);
    *ret_tally = (struct witness_tally){0};
    if (root == NULL) {
        *ret_what = str_format(arena, "%d: %s", error.line, error.text);
        return INVALID;
    }
    const json_t *meta = json_object_get(root, "meta");
    const json_t *cases = json_is_array(root) ? root : json_object_get(root, "cas");
    struct reading reading = {.arena = arena, .law = law, .common = json_object_get(meta, "parametres_communs"),
                              .profiles = json_object_get(meta, "profils"), .is_json = is_json, .out = out};
    *ret_what = STR("cas");
    enum status done = json_is_array(cases) ? print_cases(&reading, cases, ret_tally) : INVALID;
    json_decref(root);
    return done;
}
