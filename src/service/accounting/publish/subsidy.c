#include "service/accounting/publish/subsidy.h"

#include "proto/csv/csv.h"
#include "service/accounting/lang.h"

enum { COLUMNS = 16 };

#define MASKED "Personne physique ou bénéficiaire non précisé (nom non publié)"

/* Bodies alone: any other code, and none, may be a person. */
static bool is_body(struct str code)
{
    static const char *const bodies[] = {"P1", "P2", "P4", "U1", "U2", "U3", "U4", "U5", "U6"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (str_eq(code, str_of(bodies[i])))
            return true;
    return false;
}

static struct str value_of(const struct xml *element, const char *name)
{
    struct str value = xml_value(element, name);
    return str_is_absent(value) ? STR("") : value;
}

/* What it is for, in the words of the annex; else which section pays. */
static struct str purpose_of(const struct xml *element)
{
    struct str said = value_of(element, "ObjSubv"), section = value_of(element, "CodInvFonc");
    if (said.len > 0 && is_body(value_of(element, "CodNatJurBenefCA")))
        return said;
    return str_eq(section, STR("F"))   ? STR("subvention de fonctionnement")
           : str_eq(section, STR("I")) ? STR("subvention d’investissement")
                                       : STR("subvention");
}

/* A spreadsheet would take a text that begins so for a formula. */
static struct str harmless(struct str text, struct buf *room)
{
    if (text.len == 0 || strchr("=+-@\t\r", text.at[0]) == NULL)
        return text;
    buf_clear(room);
    buf_add_byte(room, '\'');
    buf_add(room, text);
    return buf_str(room);
}

static void write_row(struct buf *out, const struct docbudg *document, const struct docbudg_budget *budget,
                      const struct xml *element)
{
    enum { TEXT_MAX = 1 << 16, PERIOD_MAX = 32, GIVER_COLUMNS = 2 };
    struct buf day BUF_SCOPE = BUF_INIT(PERIOD_MAX), period BUF_SCOPE = BUF_INIT(PERIOD_MAX),
               name BUF_SCOPE = BUF_INIT(TEXT_MAX), purpose BUF_SCOPE = BUF_INIT(TEXT_MAX),
               giver BUF_SCOPE = BUF_INIT(TEXT_MAX);
    bool is_shown = is_body(value_of(element, "CodNatJurBenefCA"));
    if (budget->decided.days != 0)
        date_write(&day, budget->decided);
    buf_add_format(&period, "%04d-01-01/%04d-12-31", budget->year, budget->year);
    const struct str fields[COLUMNS] = {harmless(document->label, &giver),
                                        budget->siret.len > 0 ? budget->siret : document->siret,
                                        buf_str(&day),
                                        STR(""), /* referenceDecision */
                                        is_shown ? harmless(value_of(element, "LibOrgaBenef"), &name) : STR(MASKED),
                                        STR(""), /* idBeneficiaire */
                                        STR(""), /* rnaBeneficiaire */
                                        harmless(purpose_of(element), &purpose),
                                        value_of(element, "MtSubv"),
                                        STR("aide en numéraire"),
                                        STR(""), /* conditionsVersement */
                                        buf_str(&period),
                                        STR(""), /* idRAE */
                                        STR(""), /* notificationUE */
                                        STR("1"), /* one row for each who receives */
                                        STR("")}; /* dispositifAide */
    csv_write(out, fields, COLUMNS);
}

void subsidies_write(struct buf *out, const struct docbudg *document, size_t *ret_count, size_t *ret_masked)
{
    static const struct str names[COLUMNS] = {
        STR_INIT("nomAttribuant"),       STR_INIT("idAttribuant"),    STR_INIT("dateConvention"),
        STR_INIT("referenceDecision"),   STR_INIT("nomBeneficiaire"), STR_INIT("idBeneficiaire"),
        STR_INIT("rnaBeneficiaire"),     STR_INIT("objet"),           STR_INIT("montant"),
        STR_INIT("nature"),              STR_INIT("conditionsVersement"), STR_INIT("datesPeriodeVersement"),
        STR_INIT("idRAE"),               STR_INIT("notificationUE"),  STR_INIT("pourcentageSubvention"),
        STR_INIT("dispositifAide")};
    *ret_count = *ret_masked = 0;
    csv_write(out, names, COLUMNS);
    for (size_t i = 0; i < document->budget_count; i++) {
        const struct docbudg_budget *budget = &document->budgets[i];
        const struct xml *list = xml_child(xml_child(budget->element, "Annexes"), "DATA_CONCOURS");
        for (const struct xml *one = xml_child(list, "CONCOURS"); one != NULL; one = xml_next(one, "CONCOURS")) {
            write_row(out, document, budget, one);
            (*ret_count)++;
            *ret_masked += !is_body(value_of(one, "CodNatJurBenefCA"));
        }
    }
}

/* ---- as somebody types it ---- */

static enum status refuse_file(struct ctx *ctx, struct verb_call *call, enum status status, struct str path,
                               const struct xml_fault *fault)
{
    call->is_unread = true;
    if (fault->what == NULL)
        return refuse_with(ctx, status, "accounting.no_file", T_accounting_no_file, "%.*s", STR_ARG(path));
    return refuse_with(ctx, status, "accounting.not_xml", T_accounting_not_xml, "%.*s:%u: %s", STR_ARG(path),
                       fault->line, fault->what);
}

enum status subsidy_verb_read(struct ctx *ctx, struct verb_call *call)
{
    struct arena *tree ARENA_SCOPE = arena_create((size_t)XML_ARENA + (16 << 20));
    struct xml *root;
    struct xml_fault fault = {0};
    struct docbudg document;
    size_t count, masked;
    struct faults *faults = arena_new(ctx->arena, struct faults);
    const char *path = str_c(ctx->arena, verb_argument(call, 0));
    if (path == NULL || faults == NULL)
        return LIMIT;
    faults->arena = ctx->arena;
    enum status done = xml_read_file(tree, path, &root, &fault);
    if (done != OK)
        return refuse_file(ctx, call, done, verb_argument(call, 0), &fault);
    done = docbudg_read(tree, root, &document, faults);
    if (done != OK && done != INVALID)
        return done;
    subsidies_write(call->output, &document, &count, &masked);
    if (count > 0)
        return buf_status(call->output);
    call->is_unread = true;
    return refuse(ctx, NOT_FOUND, "accounting.no_subsidies", T_accounting_no_subsidies);
}
