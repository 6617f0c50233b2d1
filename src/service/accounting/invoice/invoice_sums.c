#include "service/accounting/invoice/invoice_check.h"

/* Sums are of at most INVOICE_PARTS_MAX amounts, or of lines in 128 bits: none overflows before it is looked at. */
struct sheet {
    const struct invoice_file *file;
    const struct invoice *invoice;
    struct faults *faults;
};

static int64_t total_of(const struct invoice *invoice, enum invoice_total which)
{
    return invoice->totals[which].money.cents;
}

/* These cents against those that the rule wants. */
static void compare(const struct sheet *sheet, const char *rule, const struct xml *at, int64_t is, int64_t wanted)
{
    bool is_small = money_is_within(is) && money_is_within(wanted);
    if (is_small && is != wanted)
        invoice_fault_money(sheet->faults, sheet->file->root, rule, at, (struct money){is}, (struct money){wanted});
    if (!is_small)
        invoice_fault_money(sheet->faults, sheet->file->root, "invoice.large", at, (struct money){MONEY_MAX},
                            (struct money){0});
}

/* The nearest cents, halves away from zero; what no invoice could be is beyond MONEY_MAX. */
static int64_t cents_of(__int128 value)
{
    const int64_t of = INVOICE_DECIMAL_ONE / 100;
    __int128 positive = value < 0 ? -value : value;
    __int128 cents = (positive + of / 2) / of;
    if (cents > MONEY_MAX)
        cents = (__int128)MONEY_MAX + 1;
    return (int64_t)(value < 0 ? -cents : cents);
}

/* ---- parts and totals ---- */

/* Of all rates where `rate` is NULL. */
static bool has_rate(const struct invoice_decimal *one, const int64_t *rate)
{
    return rate == NULL || one->value == *rate;
}

static int64_t lines_of(const struct invoice *invoice, const int64_t *rate)
{
    __int128 sum = 0;
    for (size_t i = 0; i < invoice->line_count; i++)
        if (has_rate(&invoice->lines[i].rate, rate))
            sum += invoice->lines[i].amount.value;
    return cents_of(sum);
}

static int64_t changes_of(const struct invoice *invoice, bool is_charge, const int64_t *rate)
{
    int64_t sum = 0;
    for (size_t i = 0; i < invoice->change_count; i++)
        if (str_eq(invoice->changes[i].charge.text, STR("true")) == is_charge &&
            has_rate(&invoice->changes[i].rate, rate))
            sum += invoice->changes[i].amount.money.cents;
    return sum;
}

static int64_t bases_of(const struct invoice *invoice, const int64_t *rate)
{
    int64_t sum = 0;
    for (size_t i = 0; i < invoice->rate_count; i++)
        if (has_rate(&invoice->rates[i].rate, rate))
            sum += invoice->rates[i].base.money.cents;
    return sum;
}

static int64_t taxes_of(const struct invoice *invoice)
{
    int64_t sum = 0;
    for (size_t i = 0; i < invoice->rate_count; i++)
        sum += invoice->rates[i].tax.money.cents;
    return sum;
}

/* ---- without tax ---- */

static void check_net(const struct sheet *sheet)
{
    const struct invoice *invoice = sheet->invoice;
    const struct invoice_amount *totals = invoice->totals;
    int64_t lines = totals[INVOICE_LINES].is_there ? total_of(invoice, INVOICE_LINES) : lines_of(invoice, NULL);
    int64_t allowances = total_of(invoice, INVOICE_ALLOWANCES), charges = total_of(invoice, INVOICE_CHARGES);
    if (invoice->line_count > 0 && totals[INVOICE_LINES].is_there)
        compare(sheet, "invoice.lines", totals[INVOICE_LINES].at, lines, lines_of(invoice, NULL));
    compare(sheet, "invoice.allowances", totals[INVOICE_ALLOWANCES].at, allowances, changes_of(invoice, false, NULL));
    compare(sheet, "invoice.charges", totals[INVOICE_CHARGES].at, charges, changes_of(invoice, true, NULL));
    if (invoice->line_count > 0 || totals[INVOICE_LINES].is_there)
        compare(sheet, "invoice.net", totals[INVOICE_NET].at, total_of(invoice, INVOICE_NET),
                lines - allowances + charges);
}

/* ---- tax ---- */

/* A line of the pivot may keep its rate to itself; elsewhere one that has none is taxed by nought. */
static bool knows_rates(const struct sheet *sheet)
{
    const struct invoice *invoice = sheet->invoice;
    for (size_t i = 0; sheet->file->form == INVOICE_PIVOT && i < invoice->line_count; i++)
        if (!invoice->lines[i].rate.is_there)
            return false;
    return invoice->line_count > 0;
}

static bool is_first_of_its_rate(const struct invoice *invoice, size_t place)
{
    for (size_t i = 0; i < place; i++)
        if (invoice->rates[i].rate.value == invoice->rates[place].rate.value)
            return false;
    return true;
}

static void check_rate(const struct sheet *sheet, size_t place, bool has_lines)
{
    const struct invoice *invoice = sheet->invoice;
    const struct invoice_rate *one = &invoice->rates[place];
    const int64_t *rate = &one->rate.value;
    struct money tax = {MONEY_MAX + 1};
    if (has_lines && is_first_of_its_rate(invoice, place))
        compare(sheet, "invoice.base", one->base.at, bases_of(invoice, rate),
                lines_of(invoice, rate) - changes_of(invoice, false, rate) + changes_of(invoice, true, rate));
    if (money_share(one->base.money, *rate, INVOICE_DECIMAL_ONE * 100, &tax) != OK)
        tax.cents = MONEY_MAX + 1;
    compare(sheet, "invoice.rate", one->tax.at, one->tax.money.cents, tax.cents);
}

static void check_tax(const struct sheet *sheet)
{
    const struct invoice *invoice = sheet->invoice;
    bool has_lines = knows_rates(sheet);
    if (invoice->rate_count == 0)
        return;
    for (size_t i = 0; i < invoice->rate_count; i++)
        check_rate(sheet, i, has_lines);
    compare(sheet, "invoice.bases", invoice->totals[INVOICE_NET].at, total_of(invoice, INVOICE_NET),
            bases_of(invoice, NULL));
    if (invoice->totals[INVOICE_TAX].is_there)
        compare(sheet, "invoice.tax", invoice->totals[INVOICE_TAX].at, total_of(invoice, INVOICE_TAX),
                taxes_of(invoice));
}

/* ---- with tax, and what is left to pay ---- */

/* The pivot says what is left to pay, not what was paid. */
static bool is_part_of(int64_t part, int64_t whole)
{
    return whole < 0 ? part <= 0 && part >= whole : part >= 0 && part <= whole;
}

static void check_gross(const struct sheet *sheet)
{
    const struct invoice *invoice = sheet->invoice;
    const struct invoice_amount *totals = invoice->totals;
    int64_t gross = total_of(invoice, INVOICE_GROSS), due = total_of(invoice, INVOICE_DUE);
    int64_t tax = totals[INVOICE_TAX].is_there ? total_of(invoice, INVOICE_TAX) : taxes_of(invoice);
    bool is_pivot = sheet->file->form == INVOICE_PIVOT;
    if (!is_pivot || invoice->rate_count > 0)
        compare(sheet, "invoice.gross", totals[INVOICE_GROSS].at, gross, total_of(invoice, INVOICE_NET) + tax);
    if (!is_pivot)
        compare(sheet, "invoice.due", totals[INVOICE_DUE].at, due,
                gross - total_of(invoice, INVOICE_PAID) + total_of(invoice, INVOICE_ROUNDING));
    else if (!is_part_of(due, gross))
        compare(sheet, "invoice.due", totals[INVOICE_DUE].at, due, gross);
}

/* Amounts of a credit note go one way, whichever: files are seen with both. */
static void check_signs(const struct sheet *sheet)
{
    static const enum invoice_total looked_at[] = {INVOICE_NET, INVOICE_TAX, INVOICE_GROSS, INVOICE_DUE};
    const struct invoice_amount *gross = &sheet->invoice->totals[INVOICE_GROSS];
    bool is_credit = sheet->invoice->is_credit;
    if (!is_credit && gross->money.cents < 0)
        invoice_fault_money(sheet->faults, sheet->file->root, "invoice.negative", gross->at, gross->money,
                            gross->money);
    for (size_t i = 0; is_credit && i < sizeof looked_at / sizeof *looked_at; i++) {
        const struct invoice_amount *one = &sheet->invoice->totals[looked_at[i]];
        if ((one->money.cents < 0 && gross->money.cents > 0) || (one->money.cents > 0 && gross->money.cents < 0))
            invoice_fault_money(sheet->faults, sheet->file->root, "invoice.sign", one->at, one->money, gross->money);
    }
}

void invoice_check_sums(const struct invoice_file *file, const struct invoice *invoice, struct faults *faults)
{
    const struct sheet sheet = {file, invoice, faults};
    check_net(&sheet);
    check_tax(&sheet);
    check_gross(&sheet);
    check_signs(&sheet);
}
