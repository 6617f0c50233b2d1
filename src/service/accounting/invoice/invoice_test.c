/* Small files of each form are read: every field where it is, attachments only when asked; limits, and damage. */
#include "service/accounting/invoice/test_invoice.h"

static const char *const names[] = {"pivot", "status", "status_file", "ubl", "credit", "cii"};
enum { NAMES = sizeof names / sizeof *names };

static struct sheet right(const char *name)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(SHEET_BYTES), said BUF_SCOPE = BUF_INIT(SHEET_BYTES);
    sheet_load(name, &bytes);
    struct sheet sheet = sheet_of(buf_str(&bytes), NULL);
    if (sheet.status != OK || sheet.faults->found != 0)
        fail_msg("%s: %.*s", name, STR_ARG(sheet_say(&sheet, &said)));
    return sheet;
}

static void says(struct invoice_text text, const char *wanted)
{
    if (!str_eq(text.text, str_of(wanted)))
        fail_msg("%.*s instead of %s", STR_ARG(text.text), wanted);
}

static void has_totals(const struct invoice *invoice, const int64_t wanted[INVOICE_TOTALS])
{
    for (size_t i = 0; i < INVOICE_TOTALS; i++)
        if (invoice->totals[i].money.cents != wanted[i])
            fail_msg("total %zu: %lld", i, (long long)invoice->totals[i].money.cents);
}

static void content_is(const struct invoice_attachment *attachment, struct str wanted)
{
    struct buf out BUF_SCOPE = BUF_INIT(wanted.len), small BUF_SCOPE = BUF_INIT(wanted.len - 1);
    assert_int_equal(attachment->size, wanted.len);
    assert_int_equal(invoice_attachment_bytes(attachment, &out), OK);
    assert_true(str_eq(buf_str(&out), wanted));
    assert_int_equal(invoice_attachment_bytes(attachment, &small), LIMIT);
}

static void is_of_the_stationer(const struct invoice *invoice)
{
    says(invoice->supplier.name, "Papeterie");
    says(invoice->supplier.siret, "73282932000074");
    assert_true(str_eq(invoice_supplier(invoice), STR("73282932000074")));
    says(invoice->supplier.country, "FR");
    says(invoice->recipient.siret, "21560046100010");
    says(invoice->recipient.name, "Mairie de Beauval");
    says(invoice->type, "380");
    says(invoice->currency, "EUR");
    says(invoice->iban, "FR1420041010050500013M02606");
    says(invoice->service, "ECOLES");
    says(invoice->engagement, "B26-17");
    assert_int_equal(invoice->issued.date.days, date_of(2026, 3, 2).days);
    assert_true(invoice->is_whole && !invoice->is_credit);
    assert_int_equal(invoice->line_count, 2);
    says(invoice->lines[0].name, "Papier");
    assert_int_equal(invoice->lines[0].quantity.value, 10 * INVOICE_DECIMAL_ONE);
    assert_int_equal(invoice->lines[0].amount.value, 125 * INVOICE_DECIMAL_ONE);
    assert_int_equal(invoice->lines[0].rate.value, 20 * INVOICE_DECIMAL_ONE);
    assert_int_equal(invoice->rate_count, 2);
    assert_int_equal(invoice->attachment_count, 1);
}

/* ---- the forms ---- */

static void a_pivot_is_read(void **state)
{
    (void)state;
    struct sheet sheet = right("pivot");
    const struct invoice *invoice = sheet.file.invoices;
    assert_int_equal(sheet.file.form, INVOICE_PIVOT);
    assert_int_equal(sheet.file.count, 1);
    is_of_the_stationer(invoice);
    says(invoice->number, "F-2026-1");
    says(invoice->frame, "A1");
    says(invoice->contract, "");
    assert_int_equal(invoice->received.date.days, date_of(2026, 3, 3).days);
    has_totals(invoice, (int64_t[]){0, 0, 0, 18500, 0, 21330, 0, 0, 21330});
    assert_false(invoice->totals[INVOICE_TAX].is_there);
    assert_int_equal(invoice->lines[0].price.value, 125 * INVOICE_DECIMAL_ONE / 10);
    assert_int_equal(invoice->rates[1].rate.value, 55 * INVOICE_DECIMAL_ONE / 10);
    assert_int_equal(invoice->rates[1].base.money.cents, 6000);
    assert_int_equal(invoice->rates[1].tax.money.cents, 330);
    says(invoice->attachments[0].name, "F-2026-1.pdf");
    says(invoice->attachments[0].kind, "01");
    content_is(&invoice->attachments[0], STR("PK\003\004"));
    arena_destroy(&sheet.arena);
}

static void an_account_that_is_no_iban_is_left(void **state)
{
    (void)state;
    becomes("pivot", NULL, CHANGES("Type=\"IBAN\"><Compte>FR14", "Type=\"RIB\"><Compte>FR15"), OK, "");
}

static void ubl_is_read(void **state)
{
    (void)state;
    struct sheet sheet = right("ubl");
    const struct invoice *invoice = sheet.file.invoices;
    assert_int_equal(sheet.file.form, INVOICE_UBL);
    is_of_the_stationer(invoice);
    says(invoice->number, "F-2026-2");
    says(invoice->supplier.vat, "FR44732829320");
    says(invoice->supplier.siren, "732829320");
    says(invoice->bic, "ABCDFRPPXXX");
    says(invoice->contract, "M26-3");
    assert_int_equal(invoice->due.date.days, date_of(2026, 4, 1).days);
    has_totals(invoice, (int64_t[]){18500, 500, 1000, 19000, 2785, 21785, 1780, -5, 20000});
    assert_int_equal(invoice->lines[0].price.value, 125 * INVOICE_DECIMAL_ONE);
    assert_int_equal(invoice->lines[0].per.value, 10 * INVOICE_DECIMAL_ONE);
    assert_int_equal(invoice->change_count, 2);
    says(invoice->changes[1].charge, "true");
    assert_int_equal(invoice->changes[1].amount.money.cents, 1000);
    says(invoice->attachments[0].name, "releve.csv");
    says(invoice->attachments[0].mime, "text/csv");
    content_is(&invoice->attachments[0], STR("a,b\r\n"));
    arena_destroy(&sheet.arena);
}

static void a_credit_note_is_read(void **state)
{
    (void)state;
    struct sheet sheet = right("credit");
    const struct invoice *invoice = sheet.file.invoices;
    assert_true(invoice->is_credit);
    says(invoice->type, "381");
    says(invoice->origin, "F-2026-2");
    says(invoice->supplier.siret, "73282932000074");
    says(invoice->recipient.siren, "215600461");
    assert_int_equal(invoice->due.date.days, date_of(2026, 4, 9).days);
    assert_int_equal(invoice->lines[0].quantity.value, INVOICE_DECIMAL_ONE);
    has_totals(invoice, (int64_t[]){2000, 0, 0, 2000, 400, 2400, 0, 0, 2400});
    arena_destroy(&sheet.arena);
}

static void cii_is_read(void **state)
{
    (void)state;
    struct sheet sheet = right("cii");
    const struct invoice *invoice = sheet.file.invoices;
    assert_int_equal(sheet.file.form, INVOICE_CII);
    is_of_the_stationer(invoice);
    says(invoice->number, "F-2026-3");
    says(invoice->supplier.vat, "FR44732829320");
    says(invoice->bic, "ABCDFRPP");
    says(invoice->contract, "M26-3");
    assert_int_equal(invoice->due.date.days, date_of(2026, 4, 1).days);
    has_totals(invoice, (int64_t[]){18500, 500, 0, 18000, 2400, 20400, 400, 0, 20000});
    assert_int_equal(invoice->lines[0].price.value, 125 * INVOICE_DECIMAL_ONE / 10);
    says(invoice->attachments[0].name, "releve.csv");
    content_is(&invoice->attachments[0], STR("a,b\r\n"));
    arena_destroy(&sheet.arena);
}

static void statuses_are_read(void **state)
{
    (void)state;
    struct sheet sheet = right("status"), file = right("status_file");
    const struct invoice_status *status = sheet.file.statuses;
    assert_int_equal(sheet.file.status_count, 1);
    assert_false(status->is_file);
    says(status->code, "08");
    says(status->label, "Mandat");
    says(status->number, "F-2026-1");
    says(status->mandate, "41");
    says(status->supplier.vat, "FR44732829320");
    says(status->recipient.siret, "21560046100010");
    assert_int_equal(status->moment.ms, INT64_C(1773997200000)); /* 2026-03-20T09:00:00Z */
    assert_true(file.file.statuses[0].is_file);
    says(file.file.statuses[0].number, "CPP0020036");
    arena_destroy(&sheet.arena);
    arena_destroy(&file.arena);
}

static void other_documents_are_none(void **state)
{
    (void)state;
    static const char *const others[] = {"<PES_Aller/>", "<Invoice/>", "<CreditNote xmlns=\"urn:x\"/>",
                                         "<CrossIndustryInvoice/>"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct sheet sheet = sheet_of(str_of(others[i]), NULL);
        assert_int_equal(sheet.status, INVALID);
        assert_int_equal(sheet.file.form, INVOICE_NONE);
        assert_int_equal(sheet.faults->found, 1);
        assert_true(str_eq(sheet.faults->kept[0].rule, STR("invoice.root")));
        arena_destroy(&sheet.arena);
    }
}

#define ONE "/CPPFacturePivot/CPPFactures/CPPFacturePivotUnitaire"

static void attachments_have_a_content(void **state)
{
    (void)state;
    becomes("pivot", NULL, CHANGES("<Contenu>UEsD\nBA==</Contenu>", ""), INVALID,
            "invoice.attachment " ONE "/PJ, ligne 13 = F-2026-1.pdf");
    becomes("pivot", NULL, CHANGES("<Contenu>UEsD\nBA==</Contenu>", "<IdUnique>7</IdUnique>"), OK, "");
    struct buf out BUF_SCOPE = BUF_INIT(100);
    const struct xml words = {.text = STR("????"), .name = STR_NONE};
    const struct xml content = {.name = STR("Contenu"), .first = (struct xml *)&words};
    assert_int_equal(invoice_attachment_bytes(&(struct invoice_attachment){.content = NULL}, &out), NOT_FOUND);
    assert_int_equal(invoice_attachment_bytes(&(struct invoice_attachment){.content = &content}, &out), INVALID);
}

/* ---- limits, and damage ---- */

static enum status status_of_many(const char *before, const char *one, size_t count, const char *after)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(SHEET_BYTES);
    buf_add_c(&bytes, before);
    for (size_t i = 0; i < count; i++)
        buf_add_c(&bytes, one);
    buf_add_c(&bytes, after);
    struct sheet sheet = sheet_of(buf_str(&bytes), NULL);
    enum status status = sheet.status;
    bool says_limit = str_eq(sheet.faults->kept[sheet.faults->count - 1].rule, STR("invoice.limit"));
    assert_true(says_limit == (status == LIMIT));
    arena_destroy(&sheet.arena);
    return status;
}

static void there_is_a_most_of_everything(void **state)
{
    (void)state;
    static const struct {
        const char *before, *one, *after;
        size_t most;
    } cases[] = {
        {"<CPPFacturePivot><CPPFactures>", "<CPPFacturePivotUnitaire/>", "</CPPFactures></CPPFacturePivot>",
         INVOICE_FILE_MAX},
        {"<CPPStatut><CPPFactureStatuts>", "<CPPFactureStatutUnitaire/>", "</CPPFactureStatuts></CPPStatut>",
         INVOICE_FILE_MAX},
        {"<CPPFacturePivot><CPPFactures><CPPFacturePivotUnitaire><DonneesFacture><Lignes>", "<Ligne/>",
         "</Lignes></DonneesFacture></CPPFacturePivotUnitaire></CPPFactures></CPPFacturePivot>", INVOICE_LINES_MAX},
        {"<CPPFacturePivot><CPPFactures><CPPFacturePivotUnitaire>", "<PJ/>",
         "</CPPFacturePivotUnitaire></CPPFactures></CPPFacturePivot>", INVOICE_PARTS_MAX},
        {"<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\">", "<AllowanceCharge/>",
         "</Invoice>", INVOICE_PARTS_MAX}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(status_of_many(cases[i].before, cases[i].one, cases[i].most, cases[i].after), INVALID);
        assert_int_equal(status_of_many(cases[i].before, cases[i].one, cases[i].most + 1, cases[i].after), LIMIT);
    }
}

static void a_full_arena_is_told(void **state)
{
    (void)state;
    struct buf bytes BUF_SCOPE = BUF_INIT(SHEET_BYTES);
    struct arena *tree ARENA_SCOPE = arena_create(SHEET_ARENA);
    struct xml *root;
    struct xml_fault fault;
    sheet_load("cii", &bytes);
    assert_int_equal(xml_read(tree, buf_str(&bytes), &root, &fault), OK);
    enum status status = LIMIT;
    for (size_t size = 64; status != OK && size < SHEET_ARENA; size *= 2) {
        struct arena *small ARENA_SCOPE = arena_create(size);
        struct faults faults = {.arena = tree};
        struct invoice_file file;
        status = invoice_read(small, root, &file, &faults);
        assert_true(status == OK || (status == LIMIT && faults.found > 0));
    }
    assert_int_equal(status, OK);
}

static void cut_anywhere_it_is_no_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        struct buf bytes BUF_SCOPE = BUF_INIT(SHEET_BYTES);
        sheet_load(names[i], &bytes);
        struct str whole = str_trim(buf_str(&bytes));
        for (size_t size = 0; size < whole.len; size++) {
            struct arena *arena ARENA_SCOPE = arena_create(SHEET_ARENA);
            struct xml *root;
            struct xml_fault fault;
            assert_int_equal(xml_read(arena, str_slice(whole, 0, size), &root, &fault), INVALID);
        }
    }
}

/* Looks at the whole without each of its elements, one after another. */
static size_t look_without_each(struct xml *parent, const struct xml *root, const char *name)
{
    size_t faulty = 0;
    for (struct xml **at = &parent->first; *at != NULL; at = &(*at)->next) {
        struct arena *arena ARENA_SCOPE = arena_create(SHEET_ARENA);
        struct faults *faults = arena_new(arena, struct faults);
        struct invoice_file file;
        struct xml *left = *at;
        faults->arena = arena;
        *at = left->next;
        if (invoice_read(arena, root, &file, faults) == LIMIT)
            fail_msg("%s", name);
        invoice_check(&file, NULL, faults);
        for (size_t i = 0; i < faults->count; i++)
            assert_true(str_starts(faults->kept[i].place, STR("/")) && faults->kept[i].mend.len > 0);
        faulty += faults->found > 0;
        *at = left;
        faulty += look_without_each(left, root, name);
    }
    return faulty;
}

static void every_element_may_be_missing(void **state)
{
    (void)state;
    for (size_t i = 0; i < NAMES; i++) {
        struct buf bytes BUF_SCOPE = BUF_INIT(SHEET_BYTES);
        struct arena *arena ARENA_SCOPE = arena_create(SHEET_ARENA);
        struct xml *root;
        struct xml_fault fault;
        sheet_load(names[i], &bytes);
        assert_int_equal(xml_read(arena, buf_str(&bytes), &root, &fault), OK);
        assert_true(look_without_each(root, root, names[i]) >= 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pivot_is_read),
        cmocka_unit_test(an_account_that_is_no_iban_is_left),
        cmocka_unit_test(ubl_is_read),
        cmocka_unit_test(a_credit_note_is_read),
        cmocka_unit_test(cii_is_read),
        cmocka_unit_test(statuses_are_read),
        cmocka_unit_test(other_documents_are_none),
        cmocka_unit_test(attachments_have_a_content),
        cmocka_unit_test(there_is_a_most_of_everything),
        cmocka_unit_test(a_full_arena_is_told),
        cmocka_unit_test(cut_anywhere_it_is_no_file),
        cmocka_unit_test(every_element_may_be_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
