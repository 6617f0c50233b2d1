#include "service/accounting/cfu/cfu_account.h"

enum { YEARS_BEFORE = 5 /* an older chart says more than none */ };

/* ---- how lines are counted ---- */

static struct str without_operation(struct str nature, struct str operation)
{
    bool is_behind = operation.len > 0 && nature.len > operation.len && str_ends(nature, operation);
    return is_behind ? str_slice(nature, 0, nature.len - operation.len) : nature;
}

void cfu_line_set(struct cfu_line *line, struct str nature, struct str operation, struct str chapter)
{
    bool is_counted_so = operation.len > 0 && line->direction == CHART_EXPENSE;
    line->nature = nature;
    line->operation = is_counted_so ? operation : STR("");
    line->chapter = is_counted_so || str_eq(chapter, nature) ? STR("") : chapter;
}

static struct str chapter_of(const struct docbudg_line *line, const struct chart *chart)
{
    if (line->chapter.len > 0 || chart == NULL)
        return line->chapter;
    const struct chart_account *account = chart_account(chart, line->nature);
    return account == NULL ? STR("") : account->chapter[line->kind][line->direction];
}

struct cfu_line cfu_line_of(const struct docbudg_line *line, const struct chart *chart)
{
    struct cfu_line counted = {.section = line->section,
                               .direction = line->direction,
                               .is_order = line->kind != CHART_REAL,
                               .done = line->amounts[DOCBUDG_DONE]};
    cfu_line_set(&counted, line->nature, line->operation, chapter_of(line, chart));
    return counted;
}

/* ---- the town's part ---- */

static enum status chart_of(struct arena *arena, const struct docbudg_budget *budget, struct chart *chart,
                            bool *ret_has_chart)
{
    enum status done = NOT_FOUND;
    for (int32_t before = 0; done == NOT_FOUND && before <= YEARS_BEFORE; before++)
        done = chart_shipped(arena, budget->nomenclature, budget->year - before, chart);
    *ret_has_chart = done == OK;
    return done == NOT_FOUND ? OK : done;
}

static enum status read_town(struct arena *arena, struct cfu *cfu)
{
    struct chart chart;
    bool has_chart;
    struct docbudg_budget *budget = &cfu->document.budgets[0];
    TRY(chart_of(arena, budget, &chart, &has_chart));
    if (has_chart)
        docbudg_place(budget, &chart);
    cfu->town.lines = arena_array(arena, struct cfu_line, budget->line_count + 1);
    if (cfu->town.lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < budget->line_count; i++)
        cfu->town.lines[cfu->town.count++] = cfu_line_of(&budget->lines[i], has_chart ? &chart : NULL);
    return OK;
}

/* ---- the accountant's part ---- */

static struct cfu_line line_of(const struct cfu_row *row)
{
    struct cfu_line line = {.section = row->section,
                            .direction = row->direction,
                            .is_order = row->is_order,
                            .done = row->is_carried ? row->amounts[CFU_PLANNED] : row->amounts[CFU_NET]};
    cfu_line_set(&line, row->is_carried ? row->chapter : without_operation(row->nature, row->operation),
                 row->operation, row->chapter);
    return line;
}

static enum status count_account(struct arena *arena, struct cfu *cfu)
{
    cfu->accountant.lines = arena_array(arena, struct cfu_line, cfu->row_count + 1);
    if (cfu->accountant.lines == NULL)
        return LIMIT;
    for (const struct cfu_row *row = cfu->rows; row < cfu->rows + cfu->row_count; row++)
        if (row->nature.len > 0 || row->is_carried)
            cfu->accountant.lines[cfu->accountant.count++] = line_of(row);
    return OK;
}

/* ---- the whole ---- */

static enum status refuse_file(struct faults *faults, const char *rule, struct str value)
{
    fault_add(faults, rule, STR("/CompteFinancierUnique"), value, STR("DocumentComptable"));
    return INVALID;
}

struct str cfu_siret(const struct cfu *cfu)
{
    struct str siret = cfu->document.budgets[0].siret;
    return siret.len > 0 ? siret : cfu->document.siret;
}

/* Lines with an account on both sides, and not only totals. */
static bool has_accounts(const struct cfu *cfu)
{
    for (size_t i = 0; i < cfu->row_count; i++)
        if (cfu->rows[i].nature.len > 0)
            return cfu->town.count > 0;
    return false;
}

enum status cfu_read(struct arena *arena, struct xml *root, struct cfu *ret_cfu, struct faults *faults)
{
    *ret_cfu = (struct cfu){.account = xml_child(root, "DocumentComptable"), .siret = STR("")};
    if (!str_eq(root->name, STR("CompteFinancierUnique")) || ret_cfu->account == NULL)
        return refuse_file(faults, "cfu.root", root->name);
    enum status done = docbudg_read(arena, root, &ret_cfu->document, faults);
    if (done != OK && done != INVALID)
        return done;
    if (ret_cfu->document.budget_count != 1)
        return refuse_file(faults, "cfu.budget", STR(""));
    TRY(read_town(arena, ret_cfu));
    TRY(cfu_account_read(arena, ret_cfu, faults));
    TRY(count_account(arena, ret_cfu));
    return has_accounts(ret_cfu) ? OK : refuse_file(faults, "cfu.sums", STR(""));
}
