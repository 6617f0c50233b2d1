#include "service/accounting/pes/pes_read.h"
#include "service/accounting/pes/pes_rules.h"

enum { ARENA = 8 << 20 };

static const struct {
    struct str name, space;
    enum pes_kind kind;
} kinds[] = {
    {STR_INIT("PES_Aller"), STR_INIT("http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller"), PES_ALLER},
    {STR_INIT("PES_ACQUIT"), STR_INIT("http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour/v2"), PES_ACQUIT},
    {STR_INIT("PES_Retour"), STR_INIT("http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/retour"), PES_RETOUR}};

enum pes_kind pes_kind_of(const struct xml *root)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(root->name, kinds[i].name) && str_eq(root->space, kinds[i].space))
            return kinds[i].kind;
    return PES_NONE;
}

static enum status check_parts(struct pes_rules *rules, const struct pes_at *root)
{
    const struct pes_at expense = pes_child(root, "PES_DepenseAller"), receipt = pes_child(root, "PES_RecetteAller");
    const struct pes_at documents = pes_child(root, "PES_PJ");
    pes_rules_head(rules, root);
    pes_rules_signature(rules, root);
    if (expense.element != NULL)
        TRY(pes_rules_part(rules, &expense, false));
    if (receipt.element != NULL)
        TRY(pes_rules_part(rules, &receipt, true));
    return documents.element == NULL ? OK : pes_rules_documents(rules, &documents);
}

static enum status check_aller(const struct pes_at *root, const struct pes_context *context, struct faults *faults)
{
    struct arena *arena ARENA_SCOPE = arena_create(ARENA);
    struct pes_rules rules = {.arena = arena, .faults = faults, .context = context};
    TRY(pes_read(arena, root, faults));
    rules.numbers = map_in(arena, PES_KEYS_MAX);
    rules.series = map_in(arena, PES_KEYS_MAX);
    rules.ids = map_in(arena, PES_KEYS_MAX);
    rules.documents = map_in(arena, PES_KEYS_MAX);
    return check_parts(&rules, root);
}

enum status pes_check(const struct xml *root, const struct pes_context *context, struct faults *faults)
{
    static const struct pes_context nothing = {0};
    const struct pes_at at = {.element = root};
    enum pes_kind kind = pes_kind_of(root);
    enum status done = OK;
    if (kind == PES_ALLER)
        done = check_aller(&at, context != NULL ? context : &nothing, faults);
    else if (kind == PES_ACQUIT)
        pes_rules_acquit(faults, &at);
    else if (kind == PES_NONE)
        pes_fault(faults, "pes.root", &at, NULL, root->name, STR("PES_Aller"));
    if (done == LIMIT)
        pes_fault(faults, "pes.limit", &at, NULL, STR(""), STR(""));
    return done;
}
