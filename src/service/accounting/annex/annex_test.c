/* Tables that go out with a budget: read as somebody pastes them, put where the schema has them, refused cell
 * by cell. */
#include "service/accounting/annex/annex.h"
#include "service/accounting/budget/budget_amend.h"
#include "service/accounting/budget/test_budget.h"
#include "service/accounting/lang.h"

#define SPACE "http://www.minefi.gouv.fr/cp/demat/docbudgetaire"

static struct annex_fault fault;

static enum status read(enum annex_kind kind, const char *text, struct xml **ret_block)
{
    fault = (struct annex_fault){.line = 0, .name = STR("")};
    return annex_read(arena, LANGUAGE_FR, kind, str_of(text), STR(SPACE), ret_block, &fault);
}

static bool says(const struct xml *row, const char *name, const char *value)
{
    return str_eq(annex_value(row, str_of(name)), str_of(value));
}

static void each_table_has_its_columns(void **state)
{
    (void)state;
    static const size_t needed[ANNEX_KINDS] = {1, 0, 3, 2};
    static struct annex_fields fields;
    for (enum annex_kind kind = 0; kind < ANNEX_KINDS; kind++) {
        size_t found = 0;
        assert_int_equal(annex_fields_of(arena, kind, &fields), OK);
        for (size_t i = 0; i < fields.count; i++) {
            found += fields.fields[i].is_needed;
            assert_true(fields.fields[i].type != ANNEX_CODE || fields.fields[i].codes.len > 0);
            for (size_t j = 0; j < i; j++)
                assert_false(str_eq(fields.fields[i].name, fields.fields[j].name));
        }
        assert_int_equal(found, needed[kind]);
    }
}

static void cells_become_what_the_schema_writes(void **state)
{
    (void)state;
    struct xml *block;
    /* In another order than that of the schema; blank lines and empty cells say nothing. */
    static const char staff[] = "EffectifBud;EmploiGradeAgent;TempsComplet;CodCatAgent\r\n\r\n"
                                "1,5;Rédacteur;oui;B\r\n2;Agent;;\n";
    assert_int_equal(read(ANNEX_PERSONNEL, staff, &block), OK);
    const struct xml *row = xml_child(block, "PERSONNEL");
    assert_true(says(row, "EffectifBud", "1.50") && says(row, "TempsComplet", "true") && says(row, "CodCatAgent", "B"));
    assert_true(str_eq(row->first->name, STR("EmploiGradeAgent"))); /* the schema's order */
    row = xml_next(row, "PERSONNEL");
    assert_true(says(row, "EffectifBud", "2.00") && says(row, "TempsComplet", ""));
    assert_null(xml_next(row, "PERSONNEL"));
    static const char loan[] = "NumContrat\tDtSignInit\tTxinit\tAnEncaisse\nA;1\t30/04/2019\t1,375\t2019";
    assert_int_equal(read(ANNEX_EMPRUNT, loan, &block), OK);
    row = xml_child(block, "EMPRUNT");
    assert_true(says(row, "NumContrat", "A;1") && says(row, "DtSignInit", "2019-04-30"));
    assert_true(says(row, "Txinit", "1.375"));
    assert_int_equal(read(ANNEX_PERSONNEL, "EmploiGradeAgent\n", &block), OK);
    assert_null(block);
    assert_int_equal(read(ANNEX_PERSONNEL, "", &block), OK);
    assert_null(block);
}

static void what_the_schema_would_refuse_is_named(void **state)
{
    (void)state;
    static const struct {
        enum annex_kind kind;
        const char *text;
        int64_t line;
        const char *name;
        enum text_key why;
    } wrong[] = {
        {ANNEX_PERSONNEL, "Grade\nA", 1, "Grade", T_accounting_annex_no_column},
        {ANNEX_PERSONNEL, "EmploiGradeAgent;EmploiGradeAgent\nA;B", 1, "EmploiGradeAgent",
         T_accounting_annex_no_column},
        {ANNEX_PERSONNEL, "CodCatAgent\nA", 2, "EmploiGradeAgent", T_accounting_annex_needed},
        {ANNEX_PERSONNEL, "EmploiGradeAgent;CodCatAgent\nA;B\nA;D", 3, "CodCatAgent", T_accounting_annex_value},
        {ANNEX_PERSONNEL, "EmploiGradeAgent;TempsComplet\nA;souvent", 2, "TempsComplet", T_accounting_annex_value},
        {ANNEX_PERSONNEL, "EmploiGradeAgent;RemunAgent\nA;mille", 2, "RemunAgent", T_accounting_annex_value},
        {ANNEX_PERSONNEL, "EmploiGradeAgent;EffectifTNC\nA;123456789", 2, "EffectifTNC", T_accounting_annex_value},
        {ANNEX_PERSONNEL, "EmploiGradeAgent\nA;B", 2, "B", T_accounting_annex_cells},
        {ANNEX_EMPRUNT, "AnEncaisse\n19", 2, "AnEncaisse", T_accounting_annex_value},
        {ANNEX_EMPRUNT, "Txinit\n123,5", 2, "Txinit", T_accounting_annex_value},
        {ANNEX_EMPRUNT, "Txinit\n1,2345", 2, "Txinit", T_accounting_annex_value},
        {ANNEX_EMPRUNT, "DtSignInit\n31/02/2019", 2, "DtSignInit", T_accounting_annex_value},
        {ANNEX_CONCOURS, "LibOrgaBenef;MtSubv;Siret\nA;1;1234567890123x", 2, "Siret", T_accounting_annex_value},
        {ANNEX_CONCOURS, "LibOrgaBenef\nA", 2, "MtSubv", T_accounting_annex_needed},
        {ANNEX_PATRIMOINE, "LibBien\nA", 2, "CodVariPatrim", T_accounting_annex_needed}};
    struct xml *block;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(read(wrong[i].kind, wrong[i].text, &block), INVALID);
        assert_int_equal(fault.line, wrong[i].line);
        assert_int_equal(fault.why, wrong[i].why);
        assert_true(str_eq(fault.name, str_of(wrong[i].name)));
    }
}

/* A text of 100 letters passes, accents and all; one of 101 does not. */
static void so_many_letters_and_rows_and_no_more(void **state)
{
    (void)state;
    struct xml *block;
    struct buf text BUF_SCOPE = BUF_INIT(1 << 20);
    for (int more = 0; more < 2; more++) {
        buf_clear(&text);
        buf_add_c(&text, "EmploiGradeAgent\n");
        for (int i = 0; i < 100 + more; i++)
            buf_add_c(&text, "é");
        assert_int_equal(annex_read(arena, LANGUAGE_FR, ANNEX_PERSONNEL, buf_str(&text), STR(SPACE), &block, &fault),
                         more == 0 ? OK : INVALID);
    }
    buf_clear(&text);
    buf_add_c(&text, "EmploiGradeAgent\n");
    for (int i = 0; i < ANNEX_ROWS_MAX; i++)
        buf_add_c(&text, "A\n");
    assert_int_equal(annex_read(arena, LANGUAGE_FR, ANNEX_PERSONNEL, buf_str(&text), STR(SPACE), &block, &fault), OK);
    assert_int_equal(xml_count(block), ANNEX_ROWS_MAX);
    buf_add_c(&text, "A\n");
    enum status done = annex_read(arena, LANGUAGE_FR, ANNEX_PERSONNEL, buf_str(&text), STR(SPACE), &block, &fault);
    assert_int_equal(done, INVALID);
    assert_int_equal(fault.why, T_accounting_annex_many);
}

static void a_table_stands_where_the_schema_has_it(void **state)
{
    (void)state;
    struct xml *root, *block;
    struct xml_fault wrong;
    static const char text[] =
        "<Budget xmlns=\"" SPACE "\"><Annexes><DATA_CHARGE/><DATA_SOMMAIRE/></Annexes></Budget>";
    assert_int_equal(xml_read(arena, str_of(text), &root, &wrong), OK);
    assert_int_equal(read(ANNEX_PERSONNEL, "EmploiGradeAgent\nA", &block), OK);
    assert_int_equal(annex_put(arena, root, ANNEX_PERSONNEL, block), OK);
    assert_int_equal(read(ANNEX_EMPRUNT, "NumContrat\nA", &block), OK);
    assert_int_equal(annex_put(arena, root, ANNEX_EMPRUNT, block), OK);
    assert_int_equal(read(ANNEX_EMPRUNT, "NumContrat\nB", &block), OK); /* it takes the place of the former */
    assert_int_equal(annex_put(arena, root, ANNEX_EMPRUNT, block), OK);
    const struct xml *annexes = xml_child(root, "Annexes");
    static const char *const order[] = {"DATA_EMPRUNT", "DATA_CHARGE", "DATA_PERSONNEL", "DATA_SOMMAIRE"};
    const struct xml *child = annexes->first;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++, child = child->next)
        assert_true(child != NULL && str_eq(child->name, str_of(order[i])));
    assert_null(child);
    assert_true(says(xml_child(annex_block(root, ANNEX_EMPRUNT), "EMPRUNT"), "NumContrat", "B"));
    assert_int_equal(annex_put(arena, root, ANNEX_EMPRUNT, NULL), OK);
    assert_null(annex_block(root, ANNEX_EMPRUNT));
}

/* ---- on a draft ---- */

#define STAFF "EmploiGradeAgent;CodCatAgent;TempsComplet;EffectifBud;RemunAgent"

static void a_draft_takes_tables_on_its_page(void **state)
{
    (void)state;
    struct str body;
    int64_t document;
    assert_int_equal(take(STR(HEAD("2023", "01") LINES FOOT), false, SIZE_MAX, &document), OK);
    test_act_as(&test, test.actor.person, ROLE_ADMINISTRATOR);
    assert_int_equal(test_page(&test, "/accounting/acts/1/prepare", TOKEN, &body), 303);
    const char *page = "/accounting/acts/2/annexes";
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_true(has(body, "Aucune ligne") && has(body, "EmploiGradeAgent") && has(body, "kind=CONCOURS"));
    static const char right[] = TOKEN "kind=PERSONNEL&text=" STAFF "%0ARedacteur;B;oui;1;30000";
    assert_int_equal(test_page(&test, page, right, &body), 303);
    assert_true(has(body, "kind=PERSONNEL&saved=1"));
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_true(has(body, "Redacteur</td>") && has(body, "30000.00") && has(body, "Redacteur;B;true;30000.00;1.00"));
    assert_int_equal(test_page(&test, page, TOKEN "kind=PERSONNEL&text=" STAFF "%0AAgent;Z;oui;1;1", &body), 422);
    assert_true(has(body, "CodCatAgent") && has(body, "Agent;Z;oui") && has(body, "Redacteur</td>")); /* as it was */
    assert_int_equal(test_page(&test, page, TOKEN "kind=PERSONNEL&text=", &body), 303); /* taken out */
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_true(has(body, "Aucune ligne"));
    assert_int_equal(test_page(&test, "/accounting/acts/1/annexes", TOKEN "kind=PERSONNEL&text=", &body), 409);
    test_act_as(&test, test.actor.person, ROLE_AGENT);
    assert_int_equal(test_page(&test, page, TOKEN "kind=PERSONNEL&text=", &body), 403);
    assert_int_equal(test_page(&test, page, NULL, &body), 200);
    assert_false(has(body, "<textarea"));
}

static void filled_tables_go_through_the_schema(void **state)
{
    (void)state;
    static const struct {
        enum annex_kind kind;
        const char *text;
    } tables[] = {
        {ANNEX_PERSONNEL, STAFF "\nRédacteur;B;oui;1,5;45 000,00\nAgent;C;non;2;"},
        {ANNEX_EMPRUNT, "NumContrat;AnEncaisse;MtEmprOrig;MtCapitalExer;MtIntExer;Txinit;DtSignInit;RtAnticipe\n"
                        "A1;2019;100 000;5 000;1 200,50;1,375;30/04/2019;non"},
        {ANNEX_PATRIMOINE, "CodVariPatrim;LibBien;MtValAcquiBien;DtAcquiBien\nA;Camion;20 000;2022-01-15"},
        {ANNEX_CONCOURS, "LibOrgaBenef;MtSubv;CodInvFonc;Siret\nComité des fêtes;1 500;F;21560046100010"}};
    struct ctx ctx = test_ctx(&test);
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    static struct annex_fields fields;
    struct budget_act act;
    struct annex_fault wrong;
    int64_t document, id;
    need_xmllint("filled_tables_go_through_the_schema");
    assert_true(shared_read("totem/crach_BP2022_principal/totem.xml", &bytes));
    assert_int_equal(take(buf_str(&bytes), false, SIZE_MAX, &document), OK);
    assert_int_equal(budget_act(&ctx, 1, &act), OK);
    assert_int_equal(DO(&test, budget_amend_begin(&ctx, &act, STR("02"), &id)), OK);
    assert_int_equal(budget_act(&ctx, id, &act), OK);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct str text = str_of(tables[i].text);
        if (tables[i].kind == ANNEX_PATRIMOINE) { /* the first code there is */
            assert_int_equal(annex_fields_of(arena, ANNEX_PATRIMOINE, &fields), OK);
            struct str codes = fields.fields[0].codes;
            struct str first = str_cut(&codes, ' '), rest = text, head = str_cut(&rest, '\n');
            text = str_format(arena, "%.*s\n%.*s%.*s", STR_ARG(head), STR_ARG(first), STR_ARG(str_after(rest, 1)));
        }
        assert_int_equal(DO(&test, budget_frame_annex(&ctx, &act, tables[i].kind, text, &wrong)), OK);
    }
    goes_through_the_schema(act.document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_table_has_its_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_become_what_the_schema_writes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_schema_would_refuse_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(so_many_letters_and_rows_and_no_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_table_stands_where_the_schema_has_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_draft_takes_tables_on_its_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(filled_tables_go_through_the_schema, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
