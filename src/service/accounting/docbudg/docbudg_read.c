#include "service/accounting/docbudg/docbudg_reading.h"

/* A line of a CFU may be a sum of others: it has no account. One whose Nature says nothing at all is a line. */
static bool is_line(const struct xml *element)
{
    const struct xml *nature = xml_child(element, "Nature");
    struct str value = xml_attribute(nature, "V");
    return nature != NULL && (str_is_absent(value) || value.len > 0);
}

static enum status read_lines(struct docbudg_reading *reading, struct docbudg_budget *budget)
{
    size_t count = 0;
    uint32_t number = 0;
    const struct xml *element = xml_child(budget->element, "LigneBudget");
    for (const struct xml *at = element; at != NULL; at = xml_next(at, "LigneBudget"))
        count += is_line(at);
    if (count > DOCBUDG_LINES_MAX)
        return LIMIT;
    budget->lines = arena_array(reading->arena, struct docbudg_line, count + 1);
    if (budget->lines == NULL)
        return LIMIT;
    budget->is_whole = true;
    for (; element != NULL; element = xml_next(element, "LigneBudget")) {
        const struct docbudg_at at = {budget->place, ++number, element};
        if (is_line(element))
            budget->is_whole &= docbudg_line_read(reading, &at, &budget->lines[budget->line_count++]);
        else
            budget->aggregate_count++;
    }
    return OK;
}

/* ---- a budget ---- */

static void read_head(struct docbudg_reading *reading, const struct docbudg_at *at, struct docbudg_budget *budget)
{
    budget->label = docbudg_value(reading, at, "LibelleEtab", true);
    budget->siret = docbudg_value(reading, at, "IdEtab", false);
    budget->insee = docbudg_value(reading, at, "CodInseeColl", false);
    budget->collectivity = docbudg_value(reading, at, "CodColl", false);
    budget->code = docbudg_value(reading, at, "CodBud", false);
    budget->nomenclature = docbudg_value(reading, at, "Nomenclature", true);
}

static bool is_act(struct str value)
{
    static const struct str acts[] = {STR_INIT(DOCBUDG_PRIMITIVE), STR_INIT(DOCBUDG_AMENDING),
                                      STR_INIT(DOCBUDG_SUPPLEMENTARY), STR_INIT(DOCBUDG_ACCOUNT),
                                      STR_INIT(DOCBUDG_SINGLE)};
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (str_eq(acts[i], value))
            return true;
    return false;
}

static void read_block(struct docbudg_reading *reading, const struct docbudg_at *at, struct docbudg_budget *budget)
{
    budget->act = docbudg_value(reading, at, "NatDec", true);
    budget->act_number = docbudg_value(reading, at, "NumDec", false);
    budget->year = docbudg_year(reading, at, "Exer");
    budget->is_draft = docbudg_flag(reading, at, "ProjetBudget");
    budget->decided = docbudg_day(reading, at, "DteDec");
    budget->vote = docbudg_value(reading, at, "NatVote", false);
    budget->is_by_operation = docbudg_flag(reading, at, "OpeEquip");
    budget->is_by_function = str_eq(docbudg_value(reading, at, "NatFonc", false), STR("2"));
    budget->kind = docbudg_value(reading, at, "CodTypBud", false);
    budget->principal = docbudg_value(reading, at, "IdEtabPal", false);
    if (budget->act.len > 0 && !is_act(budget->act))
        docbudg_fault(reading->faults, "docbudg.act", at, "NatDec", budget->act, STR(""));
}

/* A part without which the rest says nothing. */
static bool find_part(struct docbudg_reading *reading, const struct docbudg_at *at, const char *name,
                      struct docbudg_at *ret_at)
{
    *ret_at = docbudg_at_child(reading->arena, at, name);
    if (ret_at->element == NULL)
        docbudg_fault(reading->faults, "docbudg.missing", at, name, STR(""), str_of(name));
    return ret_at->element != NULL;
}

static enum status read_budget(struct docbudg_reading *reading, struct docbudg *document, struct xml *element)
{
    struct docbudg_at part;
    if (document->budget_count == DOCBUDG_BUDGETS_MAX)
        return LIMIT;
    struct docbudg_budget *budget = &document->budgets[document->budget_count++];
    *budget = (struct docbudg_budget){.place = str_format(reading->arena, "%.*s/Budget[%zu]",
                                                          STR_ARG(document->place), document->budget_count),
                                      .element = element};
    if (str_is_absent(budget->place))
        return LIMIT;
    budget->label = budget->siret = budget->insee = budget->collectivity = budget->code = budget->principal = STR("");
    budget->nomenclature = budget->act = budget->act_number = budget->vote = budget->kind = STR("");
    const struct docbudg_at at = {.place = budget->place, .element = element};
    if (find_part(reading, &at, "EnTeteBudget", &part))
        read_head(reading, &part, budget);
    if (find_part(reading, &at, "BlocBudget", &part))
        read_block(reading, &part, budget);
    return read_lines(reading, budget);
}

/* ---- the whole ---- */

static bool is_named(const struct xml *element, const char *name)
{
    return element != NULL && str_eq(element->name, str_of(name));
}

/* Where the budget document lies: the root, or within that of a CFU. */
static bool find_document(struct docbudg_reading *reading, struct docbudg *document)
{
    const struct docbudg_at root = {.place = str_format(reading->arena, "/%.*s", STR_ARG(document->root->name)),
                                    .element = document->root};
    document->is_cfu = is_named(document->root, "CompteFinancierUnique");
    document->element = document->is_cfu ? xml_child(document->root, "DocumentBudgetaire") : document->root;
    document->place = document->is_cfu ? STR("/CompteFinancierUnique/DocumentBudgetaire") : STR("/DocumentBudgetaire");
    if (is_named(document->element, "DocumentBudgetaire"))
        return true;
    if (document->is_cfu)
        docbudg_fault(reading->faults, "docbudg.missing", &root, "DocumentBudgetaire", STR(""),
                      STR("DocumentBudgetaire"));
    else
        docbudg_fault(reading->faults, "docbudg.root", &root, NULL, document->root->name,
                      STR("DocumentBudgetaire ou CompteFinancierUnique"));
    return false;
}

static enum status read_document(struct docbudg_reading *reading, struct docbudg *document)
{
    struct docbudg_at head;
    const struct docbudg_at at = {.place = document->place, .element = document->element};
    document->schema = docbudg_value(reading, &at, "VersionSchema", false);
    if (find_part(reading, &at, "EnTeteDocBudgetaire", &head)) {
        document->label = docbudg_value(reading, &head, "LibelleColl", false);
        document->siret = docbudg_value(reading, &head, "IdColl", true);
    }
    struct xml *budget = xml_child(document->element, "Budget");
    if (budget == NULL)
        docbudg_fault(reading->faults, "docbudg.missing", &at, "Budget", STR(""), STR("Budget"));
    for (; budget != NULL; budget = xml_next(budget, "Budget"))
        TRY(read_budget(reading, document, budget));
    return OK;
}

static void refuse_size(struct docbudg_reading *reading, const struct docbudg *document)
{
    const struct docbudg_at at = {.place = document->place, .element = document->element};
    struct buf budgets BUF_SCOPE = BUF_INIT(16), lines BUF_SCOPE = BUF_INIT(16);
    buf_add_u64(&budgets, DOCBUDG_BUDGETS_MAX);
    buf_add_u64(&lines, DOCBUDG_LINES_MAX);
    docbudg_fault(reading->faults, "docbudg.limit", &at, NULL, buf_str(&budgets), buf_str(&lines));
}

enum status docbudg_read(struct arena *arena, struct xml *root, struct docbudg *ret_document, struct faults *faults)
{
    struct docbudg_reading reading = {.arena = arena, .faults = faults};
    size_t found = faults->found;
    *ret_document = (struct docbudg){.schema = STR(""), .label = STR(""), .siret = STR(""), .root = root};
    enum status done = find_document(&reading, ret_document) ? read_document(&reading, ret_document) : OK;
    if (done == LIMIT)
        refuse_size(&reading, ret_document);
    TRY(done);
    return faults->found == found ? OK : INVALID;
}
