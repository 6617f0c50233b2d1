#include "service/accounting/fungible/fungible.h"

#include "service/accounting/fungible/share.h"
#include "service/accounting/figure.h"

bool fungible_is_staff(struct str chapter)
{
    return str_eq(chapter, STR("012"));
}

static struct str name_of(enum chart_section section)
{
    return section == CHART_FUNCTIONING ? STR("de fonctionnement") : STR("d’investissement");
}

struct money fungible_limit(const struct fungible_section *section)
{
    return share_of(section->real, section->rate);
}

bool fungible_is_within(const struct fungible_section *sections, const struct fungible_transfer *transfer)
{
    return sections[transfer->from_section].is_by_article && transfer->from_section == transfer->to_section &&
           str_eq(transfer->from, transfer->to);
}

/* L2312-2: whoever votes by article without saying that they are specialised lets the mayor move within the chapter. */
static void check_articles(const struct fungible_transfer *transfer, struct faults *faults)
{
    if (str_eq(transfer->from_article, transfer->to_article))
        fault_add(faults, "fungible.article", STR("articles"), transfer->from_article, STR(""));
    if (transfer->is_specialised)
        fault_add(faults, "fungible.special", STR("articles"), transfer->from_article, transfer->to_article);
    if (transfer->amount.cents <= 0)
        fault_add_money(faults, "fungible.amount", "montant du virement", transfer->amount, (struct money){0});
}

static void check_chapters(const struct fungible_transfer *transfer, struct faults *faults)
{
    if (transfer->from_section != transfer->to_section)
        fault_add(faults, "fungible.section", STR("section"), name_of(transfer->from_section),
                  name_of(transfer->to_section));
    if (str_eq(transfer->from, transfer->to))
        fault_add(faults, "fungible.same", STR("chapitres"), transfer->from, transfer->to);
    if (fungible_is_staff(transfer->from))
        fault_add(faults, "fungible.staff", STR("chapitre réduit"), transfer->from, STR(""));
    if (fungible_is_staff(transfer->to))
        fault_add(faults, "fungible.staff", STR("chapitre augmenté"), transfer->to, STR(""));
}

/* A percentage has two decimals, as an amount has. */
static bool check_rate(const struct fungible_section *section, int64_t most, struct faults *faults)
{
    bool is_lawful = section->rate >= 0 && section->rate <= most;
    if (!is_lawful)
        fault_add_money(faults, "fungible.rate", "limite votée", (struct money){section->rate}, (struct money){most});
    return is_lawful;
}

static enum status check_amount(const struct fungible_section *section, struct money amount, struct faults *faults)
{
    struct money sum = section->moved;
    const struct money limit = fungible_limit(section);
    if (amount.cents <= 0) {
        fault_add_money(faults, "fungible.amount", "montant du virement", amount, (struct money){0});
        return OK;
    }
    TRY(money_add(&sum, amount));
    if (sum.cents > limit.cents)
        fault_add_money(faults, "fungible.limit", "montant du virement", sum, limit);
    return OK;
}

enum status fungible_check(const struct fungible_section *sections, const struct fungible_transfer *transfer,
                           struct faults *faults)
{
    const struct fungible_section *section = &sections[transfer->from_section];
    size_t before = faults->found;
    struct figure most;
    if (fungible_is_within(sections, transfer)) {
        check_articles(transfer, faults);
        return faults->found == before ? OK : INVALID;
    }
    TRY(figure_need(faults, STR("fungible.rate"), transfer->decided, &most));
    check_chapters(transfer, faults);
    if (check_rate(section, most.value, faults))
        TRY(check_amount(section, transfer->amount, faults));
    return faults->found == before ? OK : INVALID;
}
