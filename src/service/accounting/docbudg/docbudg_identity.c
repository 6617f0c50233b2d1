#include "service/accounting/docbudg/docbudg_check.h"
#include "core/identifier.h"

enum { VOTES_BEGIN = 10 /* October of the year before */, VOTES_END = 21 /* January of the year after, L1612-11 */ };

/* ---- SIRET ---- */

/* Of the collectivity whose SIREN that is; "" where that is not known. */
static void check_siret(const struct docbudg_at *at, const char *name, struct str siret, struct str siren,
                        struct faults *faults)
{
    if (!siret_is_right(siret))
        docbudg_fault(faults, "docbudg.siret", at, name, siret, STR(""));
    else if (siren.len > 0 && !str_eq(siret_siren(siret), siren))
        docbudg_fault(faults, "docbudg.siren", at, name, siret, siren);
}

static struct docbudg_at part_of(const struct docbudg_budget *budget, const char *name, struct faults *faults)
{
    const struct docbudg_at at = {.place = budget->place, .element = budget->element};
    return docbudg_at_child(faults->arena, &at, name);
}

static void check_sirets(const struct docbudg *document, size_t number, struct faults *faults)
{
    const struct docbudg_budget *budget = &document->budgets[number];
    const struct docbudg_at whole = {.place = document->place, .element = document->element};
    const struct docbudg_at sender = docbudg_at_child(faults->arena, &whole, "EnTeteDocBudgetaire");
    const struct docbudg_at head = part_of(budget, "EnTeteBudget", faults);
    const struct docbudg_at block = part_of(budget, "BlocBudget", faults);
    struct str siren = siret_is_right(document->siret) ? siret_siren(document->siret) : STR("");
    if (number == 0 && document->siret.len > 0)
        check_siret(&sender, "IdColl", document->siret, STR(""), faults);
    if (budget->siret.len > 0)
        check_siret(&head, "IdEtab", budget->siret, siren, faults);
    if (budget->principal.len > 0)
        check_siret(&block, "IdEtabPal", budget->principal, siren, faults);
}

/* ---- year ---- */

/* A budget is voted from the last months before its year to 21 January after it (amendments, L1612-11). What is said of
 * the day of an account (CA, CFU) is not relied on: editors fill it in before anybody decided. */
static void check_decided(const struct docbudg_budget *budget, struct faults *faults)
{
    struct buf day BUF_SCOPE = BUF_INIT(16), year BUF_SCOPE = BUF_INIT(16);
    bool is_vote = str_eq(budget->act, STR(DOCBUDG_PRIMITIVE)) || str_eq(budget->act, STR(DOCBUDG_AMENDING)) ||
                   str_eq(budget->act, STR(DOCBUDG_SUPPLEMENTARY));
    if (!is_vote || budget->year == 0 || budget->decided.days == 0)
        return;
    bool is_early = budget->decided.days < date_of(budget->year - 1, VOTES_BEGIN, 1).days;
    bool is_late = budget->decided.days > date_of(budget->year + 1, 1, VOTES_END).days;
    const struct docbudg_at block = part_of(budget, "BlocBudget", faults);
    date_write(&day, budget->decided);
    buf_add_i64(&year, budget->year);
    if (is_early || is_late)
        docbudg_fault(faults, "docbudg.decided", &block, "Exer", buf_str(&day), buf_str(&year));
}

/* ---- nomenclature ---- */

static size_t common_start(struct str one, struct str other)
{
    size_t count = 0;
    while (count < one.len && count < other.len && one.at[count] == other.at[count])
        count++;
    return count;
}

/* The shipped one that begins most like it. */
static struct str nearest(struct str nomenclature)
{
    struct str found, best = STR("M57-M57_A");
    int32_t year;
    size_t longest = 0;
    for (size_t place = 0; chart_shipped_at(place, &found, &year) == OK; place++) {
        size_t common = common_start(found, nomenclature);
        if (common > longest) {
            longest = common;
            best = found;
        }
    }
    return best;
}

static void check_nomenclature(const struct docbudg_budget *budget, const struct chart *chart, struct faults *faults)
{
    struct buf year BUF_SCOPE = BUF_INIT(16);
    struct str best = nearest(budget->nomenclature);
    if (chart != NULL || budget->nomenclature.len == 0)
        return;
    const struct docbudg_at head = part_of(budget, "EnTeteBudget", faults);
    const struct docbudg_at block = part_of(budget, "BlocBudget", faults);
    buf_add_i64(&year, budget->year);
    if (!str_eq(best, budget->nomenclature))
        docbudg_fault(faults, "docbudg.nomenclature", &head, "Nomenclature", budget->nomenclature, best);
    else if (budget->year != 0)
        docbudg_fault(faults, "docbudg.chart", &block, "Exer", budget->nomenclature, buf_str(&year));
}

void docbudg_check_identity(const struct docbudg *document, size_t number, const struct chart *chart,
                            struct faults *faults)
{
    check_sirets(document, number, faults);
    check_decided(&document->budgets[number], faults);
    check_nomenclature(&document->budgets[number], chart, faults);
}
