#include "service/accounting/cfu/cfu_account.h"

#define PLACE "/CompteFinancierUnique/DocumentComptable/BudgetComptable/LigneComptable"

enum { YEAR_MAX = 9999 };

/* ---- one row ---- */

static struct str value_of(const struct xml *element, const char *name)
{
    struct str value = xml_value(element, name);
    return str_is_absent(value) ? STR("") : value;
}

static bool read_state(struct str state, struct cfu_row *row)
{
    static const struct {
        const char *state;
        enum chart_section section;
        enum chart_direction direction;
    } states[] = {{"EB_DF", CHART_FUNCTIONING, CHART_EXPENSE},
                  {"EB_RF", CHART_FUNCTIONING, CHART_RECEIPT},
                  {"EB_DI", CHART_INVESTMENT, CHART_EXPENSE},
                  {"EB_RI", CHART_INVESTMENT, CHART_RECEIPT}};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (str_eq(state, str_of(states[i].state))) {
            row->section = states[i].section;
            row->direction = states[i].direction;
            return true;
        }
    return false;
}

static void read_amounts(const struct xml *element, struct cfu_row *row, struct faults *faults)
{
    static const char *const names[CFU_AMOUNTS] = {"MtPrevisions", "MtEmissions", "MtAnnulations", "MtRealNettes"};
    for (size_t i = 0; i < CFU_AMOUNTS; i++) {
        struct str value = value_of(element, names[i]);
        row->amounts[i] = (struct money){0};
        if (value.len > 0 && money_parse(value, &row->amounts[i]) != OK)
            fault_add(faults, "cfu.amount", str_of(row->place), value, STR(""));
    }
}

static void read_row(const struct xml *element, struct cfu_row *row, struct faults *faults)
{
    row->treatment = value_of(element, "ModeTraitement");
    row->nature = value_of(element, "Nature");
    row->chapter = value_of(element, "Chapitre");
    row->operation = value_of(element, "Operation");
    row->direction_said = value_of(element, "CodeRD");
    row->section_said = value_of(element, "Section");
    row->is_order = str_eq(row->treatment, STR("DETAIL_CHAPITRE_OPERATION"));
    row->is_carried = str_eq(row->treatment, STR("CHAPITRE_SANS_EXECUTION")) && row->nature.len == 0;
    read_amounts(element, row, faults);
}

static enum status read_rows(struct arena *arena, const struct xml *holder, struct cfu_row *rows, struct cfu *cfu,
                             struct faults *faults)
{
    uint32_t number = 1;
    for (const struct xml *child = xml_child(holder, "LigneComptable"); child != NULL;
         child = xml_next(child, "LigneComptable"), number++) {
        struct cfu_row *row = &rows[cfu->row_count];
        *row = (struct cfu_row){.state = value_of(child, "Etat")};
        if (!read_state(row->state, row))
            continue;
        row->place = str_format(arena, PLACE "[%u], ligne %u", number, child->line).at;
        if (row->place == NULL)
            return LIMIT;
        read_row(child, row, faults);
        cfu->row_count++;
    }
    return OK;
}

/* ---- the whole ---- */

static void read_head(const struct xml *holder, struct cfu *cfu)
{
    const struct xml *about = xml_child(xml_child(cfu->account, "EnteteComptable"), "Infos");
    uint64_t year;
    struct str siret = holder == NULL ? STR_NONE : xml_attribute(holder, "SIRET");
    cfu->siret = str_is_absent(siret) ? STR("") : siret;
    if (about != NULL && str_to_u64(value_of(about, "Exercice"), YEAR_MAX, &year) == OK)
        cfu->year = (int32_t)year;
}

enum status cfu_account_read(struct arena *arena, struct cfu *cfu, struct faults *faults)
{
    const struct xml *holder = xml_child(cfu->account, "BudgetComptable");
    size_t count = 0;
    for (const struct xml *child = xml_child(holder, "LigneComptable"); child != NULL;
         child = xml_next(child, "LigneComptable"))
        count++;
    if (count > CFU_ROWS_MAX)
        return LIMIT;
    struct cfu_row *rows = arena_array(arena, struct cfu_row, count + 1);
    if (rows == NULL)
        return LIMIT;
    cfu->rows = rows;
    read_head(holder, cfu);
    return read_rows(arena, holder, rows, cfu, faults);
}
