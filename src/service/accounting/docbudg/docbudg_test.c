/* One small budget that is right, and each way in which it may be wrong: every rule of docbudg has a test that breaks
 * it alone, and the small budget passes them all. */
#include "service/accounting/docbudg/docbudg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

enum { ARENA = 32 << 20, OUT_MAX = 1 << 20 };

#define LINE(nature, chapter, direction, amounts, kind)                                            \
    "<LigneBudget><Nature V=\"" nature "\"/><ContNat V=\"" chapter "\"/><CodRD V=\"" direction "\"/>" \
    amounts kind "</LigneBudget>\n"
#define VOTED(amount) "<MtPrev V=\"" amount "\"/><CredOuv V=\"" amount "\"/>"
#define REAL "<OpBudg V=\"0\"/>"
#define BETWEEN "<OpBudg V=\"1\"/><TypOpBudg V=\"2\"/>"
#define WITHIN "<OpBudg V=\"1\"/><TypOpBudg V=\"1\"/>"

/* Its line 6 carries 5.00 over from the year before; its line 11 is of last year's account alone. */
static const char right[] =
    "<DocumentBudgetaire xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\"><VersionSchema V=\"95\"/>\n"
    "<EnTeteDocBudgetaire><LibelleColl V=\"BEAUVAL\"/><IdColl V=\"21560046100010\"/></EnTeteDocBudgetaire>\n"
    "<Budget><EnTeteBudget><LibelleEtab V=\"BUDGET, PRINCIPAL\"/><IdEtab V=\"21560046100085\"/>\n"
    "<CodColl V=\"520\"/><CodBud V=\"00\"/><Nomenclature V=\"M57-M57_A\"/></EnTeteBudget>\n"
    "<BlocBudget><NatDec V=\"01\"/><Exer V=\"2023\"/><ProjetBudget V=\"false\"/><DteDec V=\"2023-04-04\"/>\n"
    "<CodTypBud V=\"P\"/><IdEtabPal V=\"21560046100010\"/></BlocBudget>\n"
    LINE("60611", "011", "D", VOTED("100.00"), REAL)
    LINE("023", "023", "D", VOTED("50.00"), BETWEEN)
    LINE("681", "042", "D", VOTED("10.00"), BETWEEN)
    LINE("73111", "731", "R", VOTED("160.00"), REAL)
    LINE("021", "021", "R", VOTED("50"), BETWEEN)
    LINE("2188", "21", "D", "<MtRARPrec V=\"5\"/><MtPrev V=\"65.00\"/><CredOuv V=\"70.00\"/>", REAL)
    LINE("28183", "040", "R", VOTED("10.00"), BETWEEN)
    LINE("10222", "10", "R", VOTED("10.0"), REAL)
    LINE("231", "041", "D", VOTED("7.00"), WITHIN)
    LINE("203", "041", "R", VOTED("7.00"), WITHIN)
    LINE("6061", "011", "D", "<MtBudgPrec V=\"19.00\"/><MtPrev V=\"0\"/><CredOuv V=\"0.00\"/>", REAL)
    "</Budget></DocumentBudgetaire>";

struct sheet {
    struct arena *arena;
    struct docbudg document;
    struct chart chart;
    struct faults faults;
    enum status status;
};

static struct sheet sheet_of(struct str bytes)
{
    struct xml *root;
    struct xml_fault fault;
    struct sheet sheet = {.arena = arena_create(ARENA)};
    sheet.faults.arena = sheet.arena;
    assert_int_equal(xml_read(sheet.arena, bytes, &root, &fault), OK);
    sheet.status = docbudg_read(sheet.arena, root, &sheet.document, &sheet.faults);
    for (size_t i = 0; i < sheet.document.budget_count; i++) {
        struct docbudg_budget *budget = &sheet.document.budgets[i];
        bool has_chart = chart_shipped(sheet.arena, budget->nomenclature, budget->year, &sheet.chart) == OK;
        if (has_chart)
            docbudg_place(budget, &sheet.chart);
        docbudg_check(&sheet.document, i, has_chart ? &sheet.chart : NULL, &sheet.faults);
    }
    return sheet;
}

/* The small budget, where `from` became `to`: it stands there once. */
static void change(struct buf *out, const char *from, const char *to)
{
    struct str whole = str_of(right);
    size_t at = str_find(whole, str_of(from));
    if (at == SIZE_MAX || str_find(str_after(whole, at + 1), str_of(from)) != SIZE_MAX)
        fail_msg("not there once: %s", from);
    buf_add(out, str_slice(whole, 0, at));
    buf_add_c(out, to);
    buf_add(out, str_after(whole, at + strlen(from)));
}

static struct str say(const struct faults *faults, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < faults->count; i++)
        buf_add_format(out, "%s%.*s %.*s = %.*s", i > 0 ? "; " : "", STR_ARG(faults->kept[i].rule),
                       STR_ARG(faults->kept[i].place), STR_ARG(faults->kept[i].value));
    return buf_str(out);
}

static void becomes(const char *from, const char *to, enum status status, const char *wanted)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(OUT_MAX), said BUF_SCOPE = BUF_INIT(OUT_MAX);
    change(&bytes, from, to);
    struct sheet sheet = sheet_of(buf_str(&bytes));
    if (sheet.status != status || !str_eq(say(&sheet.faults, &said), str_of(wanted)))
        fail_msg("%s -> %s: %s, %.*s instead of %s", from, to, status_name(sheet.status), STR_ARG(buf_str(&said)),
                 wanted);
    arena_destroy(&sheet.arena);
}

/* ---- what is right ---- */

static void a_right_budget_has_no_fault(void **state)
{
    (void)state;
    struct sheet sheet = sheet_of(str_of(right));
    const struct docbudg_budget *budget = &sheet.document.budgets[0];
    assert_int_equal(sheet.status, OK);
    assert_int_equal(sheet.faults.found, 0);
    assert_false(sheet.document.is_cfu);
    assert_true(budget->is_whole && !budget->is_draft);
    assert_int_equal(budget->year, 2023);
    assert_int_equal(budget->decided.days, date_of(2023, 4, 4).days);
    assert_int_equal(budget->line_count, 11);
    assert_int_equal(budget->lines[5].amounts[DOCBUDG_CARRIED].cents, 500);
    assert_true(budget->lines[5].has[DOCBUDG_CARRIED] && !budget->lines[0].has[DOCBUDG_CARRIED]);
    assert_int_equal(budget->lines[8].kind, CHART_WITHIN);
    assert_int_equal(budget->lines[9].direction, CHART_RECEIPT);
    assert_int_equal(budget->lines[9].section, CHART_INVESTMENT);
    arena_destroy(&sheet.arena);
}

static void totals_are_rows_of_sections(void **state)
{
    (void)state;
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct sheet sheet = sheet_of(str_of(right));
    docbudg_totals(&out, STR("un"), &sheet.document.budgets[0]);
    assert_true(str_eq(buf_str(&out),
                       STR("un,\"BUDGET, PRINCIPAL\",M57-M57_A,2023,01,,F,D,4,0.00,160.00,160.00,0.00,0.00,0.00\n"
                           "un,\"BUDGET, PRINCIPAL\",M57-M57_A,2023,01,,F,R,1,0.00,160.00,160.00,0.00,0.00,0.00\n"
                           "un,\"BUDGET, PRINCIPAL\",M57-M57_A,2023,01,,I,D,2,0.00,72.00,77.00,0.00,0.00,5.00\n"
                           "un,\"BUDGET, PRINCIPAL\",M57-M57_A,2023,01,,I,R,4,0.00,77.00,77.00,0.00,0.00,0.00\n")));
    arena_destroy(&sheet.arena);
}

static void what_is_carried_stands_in_either_place(void **state)
{
    (void)state;
    becomes("<MtRARPrec V=\"5\"/>", "<MtSup Code=\"RARPrec\" V=\"5.00\"/>", OK, "");
    becomes("<MtRARPrec V=\"5\"/>", "<MtRARPrec V=\"5\"/><MtSup Code=\"RARPrec\" V=\"5.00\"/>", OK, "");
    becomes("<MtRARPrec V=\"5\"/>", "<MtRARPrec V=\"5\"/><MtSup Code=\"RARPrec\" V=\"6.00\"/>", INVALID,
            "docbudg.carried /DocumentBudgetaire/Budget[1]/LigneBudget[6]/MtSup, ligne 12 = 6.00");
}

/* More receipts than expenses are lawful (L1612-6); so is a line without CredOuv, as some editors write. */
static void what_is_lawful_is_no_fault(void **state)
{
    (void)state;
    becomes("<MtPrev V=\"160.00\"/><CredOuv V=\"160.00\"/>", "<MtPrev V=\"161.00\"/><CredOuv V=\"161.00\"/>", OK, "");
    becomes("<MtPrev V=\"65.00\"/><CredOuv V=\"70.00\"/>", "<MtPrev V=\"65.00\"/>", OK, "");
    becomes("<IdEtab V=\"21560046100085\"/>", "", OK, "");
    becomes("<Nature V=\"60611\"/>", "<Nature V=\"\"/>", OK, "");
}

#define AMENDING                                                                                   \
    "<DocumentBudgetaire><EnTeteDocBudgetaire><IdColl V=\"21560046100010\"/></EnTeteDocBudgetaire><Budget>" \
    "<EnTeteBudget><LibelleEtab V=\"B\"/><Nomenclature V=\"M57-M57_A\"/></EnTeteBudget>"           \
    "<BlocBudget><NatDec V=\"02\"/><NumDec V=\"1\"/><Exer V=\"2023\"/><DteDec V=\"2024-01-21\"/></BlocBudget>\n" \
    LINE("60611", "011", "D", "<MtBudgPrec V=\"100\"/>" VOTED("-5.50"), REAL)                      \
    LINE("60612", "011", "D", VOTED("%s"), REAL)                                                   \
    LINE("73111", "731", "R", "<MtBudgPrec V=\"%s\"/><MtPrev V=\"0\"/>", REAL) "</Budget></DocumentBudgetaire>"

/* An amending decision: lines with nothing, and two that come to nothing together. */
static void an_amending_decision_comes_to_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *more, *before, *wanted;
    } cases[] = {{"5.50", "100", ""},
                 {"6.50", "101", ""}, /* it spends a surplus */
                 {"6.50", "100", "docbudg.balance /DocumentBudgetaire/Budget[1]/section F, ligne 1 = 1.00"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf bytes BUF_SCOPE = BUF_INIT(OUT_MAX), said BUF_SCOPE = BUF_INIT(OUT_MAX);
        buf_add_format(&bytes, AMENDING, cases[i].more, cases[i].more, cases[i].before);
        struct sheet sheet = sheet_of(buf_str(&bytes));
        if (sheet.status != OK || !str_eq(say(&sheet.faults, &said), str_of(cases[i].wanted)))
            fail_msg("%zu: %.*s", i, STR_ARG(buf_str(&said)));
        arena_destroy(&sheet.arena);
    }
}

/* ---- what is wrong, rule by rule ---- */

#define BUDGET "/DocumentBudgetaire/Budget[1]"

static void values_are_read_strictly(void **state)
{
    (void)state;
    static const char *const amounts[] = {"1e5", "1,00", "-0.00", "1.234", "", "+1", "123456789012345", " 1"};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) { /* B8 */
        char to[100], wanted[200];
        snprintf(to, sizeof to, "<MtPrev V=\"%s\"/><CredOuv V=\"160.00\"/>", amounts[i]);
        snprintf(wanted, sizeof wanted, "docbudg.amount " BUDGET "/LigneBudget[4]/MtPrev, ligne 10 = %s", amounts[i]);
        becomes("<MtPrev V=\"160.00\"/><CredOuv V=\"160.00\"/>", to, INVALID, wanted);
    }
    becomes("<MtPrev V=\"160.00\"/>", "<MtPrev v=\"160.00\"/>", INVALID, /* B7 */
            "docbudg.value " BUDGET "/LigneBudget[4]/MtPrev, ligne 10 = ");
    becomes("<Nature V=\"60611\"/>", "<Nature/>", INVALID,
            "docbudg.value " BUDGET "/LigneBudget[1]/Nature, ligne 7 = ");
    becomes("2023-04-04", "2023-02-29", INVALID, /* B9 */
            "docbudg.date " BUDGET "/BlocBudget/DteDec, ligne 5 = 2023-02-29");
    becomes("2023-04-04", "2023-15-01", INVALID, "docbudg.date " BUDGET "/BlocBudget/DteDec, ligne 5 = 2023-15-01");
    becomes("V=\"false\"", "V=\"non\"", INVALID, "docbudg.flag " BUDGET "/BlocBudget/ProjetBudget, ligne 5 = non");
    becomes("<Exer V=\"2023\"/>", "<Exer V=\"23\"/>", INVALID, "docbudg.year " BUDGET "/BlocBudget/Exer, ligne 5 = 23");
    becomes("<NatDec V=\"01\"/>", "<NatDec V=\"04\"/>", INVALID,
            "docbudg.act " BUDGET "/BlocBudget/NatDec, ligne 5 = 04");
}

static void lines_say_sense_kind_and_section(void **state)
{
    (void)state;
    becomes("<ContNat V=\"731\"/><CodRD V=\"R\"/>", "<ContNat V=\"731\"/><CodRD V=\"C\"/>", INVALID,
            "docbudg.direction " BUDGET "/LigneBudget[4]/CodRD, ligne 10 = C; "
            "docbudg.sense " BUDGET "/LigneBudget[4]/Nature, ligne 10 = 73111");
    becomes("<CredOuv V=\"160.00\"/><OpBudg V=\"0\"/>", "<CredOuv V=\"160.00\"/><OpBudg V=\"T\"/>", INVALID,
            "docbudg.kind " BUDGET "/LigneBudget[4]/OpBudg, ligne 10 = T; "
            "docbudg.sense " BUDGET "/LigneBudget[4]/Nature, ligne 10 = 73111");
    becomes("<CredOuv V=\"160.00\"/>", "<CredOuv V=\"160.00\"/><CaracSup Code=\"Section\" V=\"E\"/>", INVALID,
            "docbudg.mark " BUDGET "/LigneBudget[4]/CaracSup, ligne 10 = E");
    becomes("<CredOuv V=\"160.00\"/>", "<CredOuv V=\"160.00\"/><CaracSup Code=\"Section\" V=\"I\"/>", OK,
            "docbudg.section " BUDGET "/LigneBudget[4]/CaracSup, ligne 10 = I; "
            "docbudg.balance " BUDGET "/section F, ligne 3 = 160.00");
}

static void parts_that_are_missing_are_named(void **state)
{
    (void)state;
    becomes("<IdColl V=\"21560046100010\"/>", "", INVALID,
            "docbudg.missing /DocumentBudgetaire/EnTeteDocBudgetaire/IdColl, ligne 2 = ");
    becomes("<Nomenclature V=\"M57-M57_A\"/>", "", INVALID,
            "docbudg.missing " BUDGET "/EnTeteBudget/Nomenclature, ligne 3 = ");
    becomes("<Exer V=\"2023\"/>", "", INVALID, "docbudg.missing " BUDGET "/BlocBudget/Exer, ligne 5 = ");
    struct sheet none = sheet_of(STR("<DocumentBudgetaire/>"));
    struct buf said BUF_SCOPE = BUF_INIT(OUT_MAX);
    assert_int_equal(none.status, INVALID);
    assert_true(str_eq(say(&none.faults, &said),
                       STR("docbudg.missing /DocumentBudgetaire/EnTeteDocBudgetaire, ligne 1 = ; "
                           "docbudg.missing /DocumentBudgetaire/Budget, ligne 1 = ")));
    arena_destroy(&none.arena);
}

static void other_documents_are_none(void **state)
{
    (void)state;
    struct buf said BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct sheet other = sheet_of(STR("<PES_Aller/>"));
    assert_int_equal(other.status, INVALID);
    assert_true(str_eq(say(&other.faults, &said), STR("docbudg.root /PES_Aller, ligne 1 = PES_Aller")));
    arena_destroy(&other.arena);
    other = sheet_of(STR("<CompteFinancierUnique/>"));
    assert_true(str_eq(say(&other.faults, &said),
                       STR("docbudg.missing /CompteFinancierUnique/DocumentBudgetaire, ligne 1 = ")));
    arena_destroy(&other.arena);
}

static void whose_it_is_is_proven(void **state)
{
    (void)state;
    becomes("<IdEtab V=\"21560046100085\"/>", "<IdEtab V=\"21560046100086\"/>", OK,
            "docbudg.siret " BUDGET "/EnTeteBudget/IdEtab, ligne 3 = 21560046100086");
    becomes("<IdEtab V=\"21560046100085\"/>", "<IdEtab V=\"21560134500014\"/>", OK,
            "docbudg.siren " BUDGET "/EnTeteBudget/IdEtab, ligne 3 = 21560134500014");
    becomes("<IdColl V=\"21560046100010\"/>", "<IdColl V=\"2156004610001\"/>", OK,
            "docbudg.siret /DocumentBudgetaire/EnTeteDocBudgetaire/IdColl, ligne 2 = 2156004610001");
}

/* Of what year, and by which nomenclature: a schema takes each of these. */
static void years_and_nomenclatures_are_believed_by_facts_alone(void **state)
{
    (void)state;
    becomes("2023-04-04", "2022-10-01", OK, "");
    becomes("2023-04-04", "2022-09-30", OK, "docbudg.decided " BUDGET "/BlocBudget/Exer, ligne 5 = 2022-09-30");
    becomes("2023-04-04", "2024-01-21", OK, "");
    becomes("2023-04-04", "2024-01-22", OK, "docbudg.decided " BUDGET "/BlocBudget/Exer, ligne 5 = 2024-01-22");
    becomes("<Exer V=\"2023\"/>", "<Exer V=\"2012\"/>", OK,
            "docbudg.decided " BUDGET "/BlocBudget/Exer, ligne 5 = 2023-04-04; "
            "docbudg.chart " BUDGET "/BlocBudget/Exer, ligne 5 = M57-M57_A");
    becomes("V=\"M57-M57_A\"", "V=\"M57-M57_A_en_erreur\"", OK,
            "docbudg.nomenclature " BUDGET "/EnTeteBudget/Nomenclature, ligne 4 = M57-M57_A_en_erreur");
}

static void accounts_are_those_of_the_chart(void **state)
{
    (void)state;
    becomes("V=\"60611\"", "V=\"60619999\"", OK, /* B10 */
            "docbudg.account " BUDGET "/LigneBudget[1]/Nature, ligne 7 = 60619999");
    becomes("V=\"60611\"", "V=\"6061\"", OK, "docbudg.removed " BUDGET "/LigneBudget[1]/Nature, ligne 7 = 6061");
    becomes("<ContNat V=\"731\"/>", "<ContNat V=\"73\"/>", OK,
            "docbudg.chapter " BUDGET "/LigneBudget[4]/ContNat, ligne 10 = 73");
    becomes("<ContNat V=\"731\"/>", "<ContNat V=\"731\"/><Fonction V=\"777\"/>", OK,
            "docbudg.function " BUDGET "/LigneBudget[4]/Fonction, ligne 10 = 777");
    becomes("<ContNat V=\"731\"/>", "<ContNat V=\"731\"/><Fonction V=\"020\"/>", OK, "");
}

static void sums_answer_one_another(void **state)
{
    (void)state;
    becomes(VOTED("160.00"), VOTED("159.99"), OK, "docbudg.balance " BUDGET "/section F, ligne 3 = 160.00");
    becomes(VOTED("50"), VOTED("51"), OK, "docbudg.transfer " BUDGET ", ligne 3 = 50.00");
    becomes("<Nature V=\"28183\"/><ContNat V=\"040\"/><CodRD V=\"R\"/><MtPrev V=\"10.00\"/><CredOuv V=\"10.00\"/>",
            "<Nature V=\"28183\"/><ContNat V=\"040\"/><CodRD V=\"R\"/><MtPrev V=\"10.01\"/><CredOuv V=\"10.01\"/>", OK,
            "docbudg.between " BUDGET ", ligne 3 = 10.00");
    becomes("<Nature V=\"203\"/><ContNat V=\"041\"/><CodRD V=\"R\"/><MtPrev V=\"7.00\"/><CredOuv V=\"7.00\"/>",
            "<Nature V=\"203\"/><ContNat V=\"041\"/><CodRD V=\"R\"/><MtPrev V=\"7.50\"/><CredOuv V=\"7.50\"/>", OK,
            "docbudg.within " BUDGET ", ligne 3 = 7.00");
    becomes("<MtPrev V=\"160.00\"/>", "<MtPrev V=\"150.00\"/>", OK,
            "docbudg.open " BUDGET "/LigneBudget[4]/CredOuv, ligne 10 = 160.00");
    becomes(VOTED("160.00"), VOTED("999999999999.99") REAL "</LigneBudget><LigneBudget><Nature V=\"73111\"/>"
            "<ContNat V=\"731\"/><CodRD V=\"R\"/>" VOTED("1.00"), OK,
            "docbudg.large " BUDGET ", ligne 3 = 999999999999.99");
}

/* Order operations that no chapter's rule sees. */
static void order_operations_are_even_as_a_whole(void **state)
{
    (void)state;
    becomes("<Nature V=\"10222\"/><ContNat V=\"10\"/>", "<Nature V=\"10222\"/><ContNat V=\"10\"/>" WITHIN, OK,
            "docbudg.sense " BUDGET "/LigneBudget[8]/Nature, ligne 14 = 10222; "
            "docbudg.order " BUDGET ", ligne 3 = 67.00");
}

/* B28 aside, a wrong document may have more faults than are kept. */
static void faults_beyond_those_kept_are_counted(void **state)
{
    (void)state;
    struct buf bytes BUF_SCOPE = BUF_INIT(OUT_MAX);
    buf_add_literal(&bytes, "<DocumentBudgetaire><EnTeteDocBudgetaire><IdColl V=\"21560046100010\"/>"
                            "</EnTeteDocBudgetaire><Budget><EnTeteBudget><LibelleEtab V=\"B\"/>"
                            "<Nomenclature V=\"M57-M57_A\"/></EnTeteBudget>"
                            "<BlocBudget><NatDec V=\"01\"/><Exer V=\"2023\"/></BlocBudget>");
    for (size_t i = 0; i < FAULTS_MAX + 5; i++)
        buf_add_literal(&bytes, LINE("60611", "011", "D", VOTED("1e5"), REAL));
    buf_add_literal(&bytes, "</Budget></DocumentBudgetaire>");
    struct sheet sheet = sheet_of(buf_str(&bytes));
    assert_int_equal(sheet.status, INVALID);
    assert_int_equal(sheet.faults.count, FAULTS_MAX);
    assert_int_equal(sheet.faults.found, 2 * (FAULTS_MAX + 5));
    arena_destroy(&sheet.arena);
}

static void too_many_budgets_are_refused(void **state)
{
    (void)state;
    for (size_t count = DOCBUDG_BUDGETS_MAX; count <= DOCBUDG_BUDGETS_MAX + 1; count++) {
        struct buf bytes BUF_SCOPE = BUF_INIT(OUT_MAX);
        struct arena *arena ARENA_SCOPE = arena_create(ARENA);
        struct faults faults = {.arena = arena};
        struct docbudg document;
        struct xml *root;
        struct xml_fault fault;
        buf_add_literal(&bytes, "<DocumentBudgetaire>");
        for (size_t i = 0; i < count; i++)
            buf_add_literal(&bytes, "<Budget/>");
        buf_add_literal(&bytes, "</DocumentBudgetaire>");
        assert_int_equal(xml_read(arena, buf_str(&bytes), &root, &fault), OK);
        assert_int_equal(docbudg_read(arena, root, &document, &faults),
                         count <= DOCBUDG_BUDGETS_MAX ? INVALID : LIMIT);
        assert_int_equal(str_eq(faults.kept[faults.count - 1].rule, STR("docbudg.limit")),
                         count > DOCBUDG_BUDGETS_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_budget_has_no_fault),
        cmocka_unit_test(totals_are_rows_of_sections),
        cmocka_unit_test(what_is_carried_stands_in_either_place),
        cmocka_unit_test(what_is_lawful_is_no_fault),
        cmocka_unit_test(an_amending_decision_comes_to_nothing),
        cmocka_unit_test(values_are_read_strictly),
        cmocka_unit_test(lines_say_sense_kind_and_section),
        cmocka_unit_test(parts_that_are_missing_are_named),
        cmocka_unit_test(other_documents_are_none),
        cmocka_unit_test(whose_it_is_is_proven),
        cmocka_unit_test(years_and_nomenclatures_are_believed_by_facts_alone),
        cmocka_unit_test(accounts_are_those_of_the_chart),
        cmocka_unit_test(sums_answer_one_another),
        cmocka_unit_test(order_operations_are_even_as_a_whole),
        cmocka_unit_test(faults_beyond_those_kept_are_counted),
        cmocka_unit_test(too_many_budgets_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
