/* What a file says of itself, and of whom it comes from: R02 to R05, B21. */
#include "core/identifier.h"
#include "service/accounting/pes/pes_rules.h"

enum { POST_MIN = 6, POST_MAX = 7, COLLECTIVITY = 3, BUDGET = 2 };

static bool are_letters(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!ascii_is_digit(text.at[i]) && !ascii_is_alpha(text.at[i]))
            return false;
    return true;
}

bool pes_file_name_is_right(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!ascii_is_digit(name.at[i]) && !ascii_is_alpha(name.at[i]) &&
            str_find_byte(STR("_-."), name.at[i]) == SIZE_MAX)
            return false;
    return str_find(name, STR("..")) == SIZE_MAX && !str_starts(name, STR("."));
}

/* Is it none, or one whose type says already that it is wrong? */
static bool is_said(struct str value, size_t longest)
{
    return value.len == 0 || value.len > longest || !are_letters(value);
}

/* Each has its length, and is what is known, where that is. */
static void check_owner(struct pes_rules *rules, const struct pes_at *head)
{
    const struct pes_context *context = rules->context;
    struct str post = pes_says(head, "IdPost"), siret = pes_says(head, "IdColl");
    struct str collectivity = pes_says(head, "CodCol"), budget = pes_says(head, "CodBud");
    bool is_post = post.len == 0 || post.len > POST_MAX || (post.len >= POST_MIN && are_letters(post));
    bool is_siret = siret_is_right(siret) || (siret.len > 0 && is_said(siret, SIRET_DIGITS));
    const struct {
        const char *rule, *name, *form;
        bool is_right;
        struct str known;
    } facts[] = {{"R02", "IdPost", "6-7", is_post, context->post},
                 {"R03", "CodCol", "3", is_said(collectivity, COLLECTIVITY - 1), context->collectivity},
                 {"R03", "CodBud", "2", is_said(budget, BUDGET - 1), context->budget},
                 {"R04", "IdColl", "14", is_siret, context->siret}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        bool is_known = facts[i].known.len > 0;
        bool is_other = is_known && !str_eq(pes_says(head, facts[i].name), facts[i].known);
        if (xml_child(head->element, facts[i].name) != NULL && (!facts[i].is_right || is_other))
            pes_fault_value(rules->faults, facts[i].rule, head, facts[i].name,
                            is_known ? facts[i].known : str_of(facts[i].form));
    }
}

void pes_rules_head(struct pes_rules *rules, const struct pes_at *root)
{
    const struct pes_at envelope = pes_child(root, "Enveloppe"), settings = pes_child(&envelope, "Parametres");
    const struct pes_at head = pes_child(root, "EnTetePES");
    if (!pes_file_name_is_right(pes_says(&settings, "NomFic")))
        pes_fault_value(rules->faults, "pes.file_name", &settings, "NomFic", STR(""));
    check_owner(rules, &head);
    if (pes_says(&head, "FinJur").len > 0 && !pes_norm_is(rules->context, "M21 M22", true))
        pes_fault_value(rules->faults, "R05", &head, "FinJur", STR(""));
}

/* ---- what the context knows ---- */

bool pes_norm_is(const struct pes_context *context, const char *norms, bool unless_known)
{
    struct str rest = context->nomenclature, all = str_of(norms);
    struct str norm = rest.len == 0 ? STR("") : str_cut(&rest, '-');
    if (norm.len == 0)
        return unless_known;
    while (!str_is_absent(all))
        if (str_eq(str_cut(&all, ' '), norm))
            return true;
    return false;
}

bool pes_has(const struct pes_texts *texts, struct str text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (str_eq(texts->at[i], text))
            return true;
    return false;
}
