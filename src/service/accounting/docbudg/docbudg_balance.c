#include "service/accounting/docbudg/docbudg_check.h"

/* Chapters that must answer one another (I8). */
enum chapter { TO_INVESTMENT_021, TO_INVESTMENT_023, ORDER_040, ORDER_041, ORDER_042, ORDER_043, CHAPTERS };

/* What lines say, added up by what must be even; of credits, or of what was done. */
struct sums {
    struct money section[2][2];         /* by section and direction */
    struct money order[2];              /* by direction */
    struct money chapter[CHAPTERS][2];  /* by direction */
    bool is_over;                       /* a sum passed MONEY_MAX */
    bool is_placed;                     /* every line that moves money is of a section */
};

typedef enum status amount_of(const struct docbudg_budget *budget, const struct docbudg_line *line,
                              struct money *ret_money);

static bool is_act(const struct docbudg_budget *budget, const char *act)
{
    return str_eq(budget->act, str_of(act));
}

/* An amending decision repeats what was carried over and opens none of it anew. Some editors write no CredOuv. */
static enum status credit_of(const struct docbudg_budget *budget, const struct docbudg_line *line,
                             struct money *ret_money)
{
    bool is_amending = is_act(budget, DOCBUDG_AMENDING);
    *ret_money = line->amounts[line->has[DOCBUDG_OPEN] && !is_amending ? DOCBUDG_OPEN : DOCBUDG_VOTED];
    if (is_amending || line->has[DOCBUDG_OPEN])
        return OK;
    return money_add(ret_money, line->amounts[DOCBUDG_CARRIED]);
}

static enum status done_of(const struct docbudg_budget *budget, const struct docbudg_line *line,
                           struct money *ret_money)
{
    (void)budget;
    *ret_money = line->amounts[DOCBUDG_DONE];
    return OK;
}

/* With what was voted before: an amending decision may spend a surplus. */
static enum status in_all_of(const struct docbudg_budget *budget, const struct docbudg_line *line,
                             struct money *ret_money)
{
    TRY(credit_of(budget, line, ret_money));
    return money_add(ret_money, line->amounts[DOCBUDG_PREVIOUS]);
}

/* ---- sums ---- */

static struct str chapter_of(const struct docbudg_line *line, const struct chart *chart)
{
    const struct chart_account *account = chart == NULL ? NULL : chart_account(chart, line->nature);
    if (line->chapter.len > 0)
        return line->chapter;
    struct str chapter = account == NULL ? STR("") : account->chapter[line->kind][line->direction];
    return chapter.len > 0 ? chapter : line->nature;
}

static enum chapter place_of(struct str code)
{
    static const char *const codes[CHAPTERS] = {"021", "023", "040", "041", "042", "043"};
    for (enum chapter place = 0; place < CHAPTERS; place++)
        if (str_eq(code, str_of(codes[place])))
            return place;
    return CHAPTERS;
}

static void add(struct sums *sums, struct money *sum, struct money amount)
{
    sums->is_over |= money_add(sum, amount) != OK;
}

static void add_line(struct sums *sums, const struct docbudg_line *line, enum chapter chapter, struct money amount)
{
    if (line->section == CHART_NO_SECTION)
        sums->is_placed &= amount.cents == 0;
    else
        add(sums, &sums->section[line->section][line->direction], amount);
    if (line->kind != CHART_REAL)
        add(sums, &sums->order[line->direction], amount);
    if (chapter != CHAPTERS)
        add(sums, &sums->chapter[chapter][line->direction], amount);
}

static struct sums sum_up(const struct docbudg_budget *budget, const struct chart *chart, amount_of *take)
{
    struct sums sums = {.is_placed = true};
    for (size_t i = 0; i < budget->line_count; i++) {
        const struct docbudg_line *line = &budget->lines[i];
        struct money amount = {0};
        sums.is_over |= take(budget, line, &amount) != OK;
        add_line(&sums, line, place_of(chapter_of(line, chart)), amount);
    }
    return sums;
}

/* ---- what must be even ---- */

static struct docbudg_at budget_at(const struct docbudg_budget *budget)
{
    return (struct docbudg_at){.place = budget->place, .element = budget->element};
}

static bool check_even(const struct docbudg_budget *budget, const char *rule, struct money expense,
                       struct money receipt, struct faults *faults)
{
    const struct docbudg_at at = budget_at(budget);
    if (money_is(expense, receipt))
        return true;
    docbudg_fault_money(faults, rule, &at, NULL, expense, receipt);
    return false;
}

/* Order operations; where no rule of their chapters was broken they are even as a whole. */
static void check_order(const struct docbudg_budget *budget, const struct sums *sums, struct faults *faults)
{
    bool is_even = check_even(budget, "docbudg.transfer", sums->chapter[TO_INVESTMENT_023][CHART_EXPENSE],
                              sums->chapter[TO_INVESTMENT_021][CHART_RECEIPT], faults);
    is_even &= check_even(budget, "docbudg.between", sums->chapter[ORDER_040][CHART_EXPENSE],
                          sums->chapter[ORDER_042][CHART_RECEIPT], faults);
    is_even &= check_even(budget, "docbudg.between", sums->chapter[ORDER_042][CHART_EXPENSE],
                          sums->chapter[ORDER_040][CHART_RECEIPT], faults);
    is_even &= check_even(budget, "docbudg.within", sums->chapter[ORDER_041][CHART_EXPENSE],
                          sums->chapter[ORDER_041][CHART_RECEIPT], faults);
    is_even &= check_even(budget, "docbudg.within", sums->chapter[ORDER_043][CHART_EXPENSE],
                          sums->chapter[ORDER_043][CHART_RECEIPT], faults);
    if (is_even)
        (void)check_even(budget, "docbudg.order", sums->order[CHART_EXPENSE], sums->order[CHART_RECEIPT], faults);
}

static bool is_short(const struct sums *sums, enum chart_section section)
{
    return sums->section[section][CHART_EXPENSE].cents > sums->section[section][CHART_RECEIPT].cents;
}

/* More receipts than expenses are no fault (L1612-6, L1612-7). */
static void check_sections(const struct docbudg_budget *budget, const struct chart *chart, const struct sums *credits,
                           struct faults *faults)
{
    const struct docbudg_at at = budget_at(budget);
    const struct sums in_all = sum_up(budget, chart, is_act(budget, DOCBUDG_AMENDING) ? in_all_of : credit_of);
    for (enum chart_section section = CHART_FUNCTIONING; section <= CHART_INVESTMENT; section++)
        if (is_short(credits, section) && is_short(&in_all, section) && !in_all.is_over)
            docbudg_fault_money(faults, "docbudg.balance", &at,
                                section == CHART_FUNCTIONING ? "section F" : "section I",
                                credits->section[section][CHART_EXPENSE], credits->section[section][CHART_RECEIPT]);
}

/* ---- what each line opens ---- */

/* Of budgets and of the account of one: an amending decision repeats what was carried over, and a CFU says credits
 * alone. */
static void check_open(const struct docbudg_budget *budget, const struct docbudg_line *line, struct faults *faults)
{
    struct money wanted = line->amounts[DOCBUDG_VOTED];
    if (!line->has[DOCBUDG_OPEN] || !line->has[DOCBUDG_VOTED] || is_act(budget, DOCBUDG_AMENDING) ||
        is_act(budget, DOCBUDG_SINGLE))
        return;
    const struct docbudg_at at = docbudg_at_line(budget, line);
    if (money_add(&wanted, line->amounts[DOCBUDG_CARRIED]) != OK || !money_is(wanted, line->amounts[DOCBUDG_OPEN]))
        docbudg_fault_money(faults, "docbudg.open", &at, "CredOuv", line->amounts[DOCBUDG_OPEN], wanted);
}

void docbudg_check_balance(const struct docbudg_budget *budget, const struct chart *chart, struct faults *faults)
{
    const struct docbudg_at at = budget_at(budget);
    const struct sums credits = sum_up(budget, chart, credit_of), done = sum_up(budget, chart, done_of);
    for (size_t i = 0; i < budget->line_count; i++)
        check_open(budget, &budget->lines[i], faults);
    if (credits.is_over || done.is_over) {
        docbudg_fault_money(faults, "docbudg.large", &at, NULL, (struct money){MONEY_MAX}, (struct money){0});
        return;
    }
    if (credits.is_placed)
        check_sections(budget, chart, &credits, faults);
    check_order(budget, &credits, faults);
    if (is_act(budget, DOCBUDG_ACCOUNT) || is_act(budget, DOCBUDG_SINGLE))
        check_order(budget, &done, faults);
}
