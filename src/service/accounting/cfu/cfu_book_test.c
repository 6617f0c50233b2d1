/* The account that a year of the book makes: to the cent what was voted, issued, attached and left; its document, as
 * the State would get it; and the accountant's file beside it, where one line that differs is found. */
#include <stdlib.h>
#include <unistd.h>

#include "document/test_tool.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/cfu/cfu_book.h"
#include "service/accounting/close/test_close.h"
#include "service/accounting/test_shared.h"

#define ACCOUNT_PATH YEAR_PATH "/account"
enum { COMMAND_BYTES = 600, FILE_BYTES = 1 << 20, TREE = 16 << 20 };

/* As a whole document heads it, which the schema takes. */
#define WHOLE                                                                                                          \
    "<DocumentBudgetaire xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\"><VersionSchema V=\"95\"/>"         \
    "<EnTeteDocBudgetaire><DteStr V=\"2026-04-07\"/><LibellePoste V=\"POSTE\"/><IdPost V=\"056025\"/>"                 \
    "<LibelleColl V=\"BEAUVAL\"/><IdColl V=\"21560046100010\"/><NatCEPL V=\"Commune\"/><Departement V=\"56\"/>"        \
    "</EnTeteDocBudgetaire><Budget><EnTeteBudget><LibelleEtab V=\"Beauval\"/><IdEtab V=\"21560046100010\"/>"           \
    "<CodColl V=\"520\"/><CodBud V=\"00\"/><Nomenclature V=\"M57-M57_A\"/></EnTeteBudget><BlocBudget>"                 \
    "<NatDec V=\"01\"/><Exer V=\"2026\"/><ProjetBudget V=\"false\"/><DteDec V=\"2026-04-07\"/><NatVote V=\"FcIa\"/>"   \
    "<OpeEquip V=\"false\"/><VoteFormelChap V=\"false\"/><TypProv V=\"2\"/><BudgPrec V=\"1\"/><ReprRes V=\"1\"/>"      \
    "<NatFonc V=\"1\"/><CodTypBud V=\"P\"/></BlocBudget><InformationsGenerales/><Annexes/></Budget>"                   \
    "</DocumentBudgetaire>"

/* In place of the town's budget: one that the State would take. */
static enum status vote_whole(struct ctx *ctx)
{
    int64_t document;
    struct budget_act act = {.label = STR("Beauval"), .siret = STR(SIRET), .year = 2026, .kind = STR("01"),
                             .number = STR(""), .nomenclature = STR("M57-M57_A"), .decided = date_of(2026, 4, 7)};
    TRY(budget_document_begin(ctx, STR(WHOLE), &document));
    TRY(budget_document_drop(ctx, 1));
    TRY(budget_act_begin(ctx, document, &act, STR("P"), false, &act_id));
    add_line(ctx, 1, "60632", "011", 500000, 0);
    add_line(ctx, 2, "6156", "011", 300000, 0);
    add_line(ctx, 3, "6413", "012", 900000, 0);
    add_line(ctx, 4, "73111", "731", 1700000, 0);
    add_line(ctx, 5, "2183", "21", 400000, 0);
    add_line(ctx, 6, "10222", "10", 400000, 0);
    return budget_document_end(ctx, document);
}

static void votes_a_whole(void)
{
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, chart_taken_decide(&ctx, STR("M57-M57_A"), 2026, 2024)), OK);
    assert_int_equal(DO(&test, vote_whole(&ctx)), OK);
}

/* ---- a year ---- */

/* Paper 1 000,00 engaged, 400,00 done; computers 1 500,00 engaged, 500,00 ordered and 50,00 of it taken back; a titre
 * of 17 000,00; 10,40 ordered without an engagement, which the budget has on no line. */
static void a_year_runs(void)
{
    votes_a_whole();
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=1000&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=400", "/accounting/engagements/2?saved=1");
    leads(ENGAGE, "object=Ordinateurs&party=" SUPPLIER "&account=2183&amount=1500&day=2026-11-02",
          "/accounting/engagements/3?saved=1");
    leads("/accounting/engagements/3/attest", "day=2026-11-10&amount=600", "/accounting/engagements/3?saved=1");
    leads(BILL, "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&tax=0&net=500&engagement=2",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Ordinateurs", "/accounting/pieces/4?saved=1");
    leads(YEAR_PATH "/title", "object=Taxe&product=TAXE&party=" SUPPLIER "&account=73111&amount=17000&day=2026-11-02",
          "/accounting/pieces/5?saved=1");
    leads("/accounting/pieces/4/reduce", "amount=50&day=2026-11-22&object=Avoir", "/accounting/pieces/6?saved=1");
    leads(YEAR_PATH "/order", "object=Timbres&party=" SUPPLIER "&account=637&amount=10,40&day=2026-11-21",
          "/accounting/pieces/7?saved=1");
}

static void the_year_ends(void)
{
    it_is(2027, 1, 12);
    leads(YEAR_PATH "/attach", "piece=2", YEAR_PATH "/attach?saved=1");
    leads(YEAR_PATH "/remains/receipt", "object=DETR&account=10222&amount=250,25&proof=Notification",
          YEAR_PATH "/remains?saved=1");
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1");
    as_clerk();
}

static struct cfu_book the_book(void)
{
    struct ctx ctx = test_ctx(&test);
    struct credit_year year;
    struct cfu_book book;
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    assert_int_equal(cfu_book_read(&ctx, &year, &book), OK);
    return book;
}

static const struct cfu_book_line *line_of(const struct cfu_book *book, const char *account)
{
    for (size_t i = 0; i < book->count; i++)
        if (str_eq(book->lines[i].line.nature, str_of(account)))
            return &book->lines[i];
    fail_msg("no line on %s", account);
    return NULL;
}

/* In cents: credits, issued, cancelled, attached, done, left, unused. */
static void says(const struct cfu_book *book, const char *account, const int64_t wanted[7])
{
    const struct cfu_book_line *line = line_of(book, account);
    struct money unused;
    assert_int_equal(cfu_book_unused(&line->line, &unused), OK);
    const int64_t said[] = {line->line.amounts[DOCBUDG_OPEN].cents, line->issued.cents, line->cancelled.cents,
                            line->attached.cents, line->line.amounts[DOCBUDG_DONE].cents,
                            line->line.amounts[DOCBUDG_LEFT].cents, unused.cents};
    for (size_t i = 0; i < 7; i++)
        if (said[i] != wanted[i])
            fail_msg("%s: amount %zu is %lld, not %lld", account, i, (long long)said[i], (long long)wanted[i]);
}

static void a_year_comes_to_its_account_to_the_cent(void **state)
{
    (void)state;
    struct budget_total totals[RESULT_TOTALS];
    a_year_runs();
    struct cfu_book book = the_book();
    assert_false(book.is_closed || book.is_list_signed);
    says(&book, "60632", (int64_t[]){500000, 0, 0, 0, 0, 0, 500000});
    the_year_ends();
    book = the_book();
    assert_true(book.is_closed && book.is_list_signed);
    says(&book, "60632", (int64_t[]){500000, 0, 0, 40000, 40000, 60000, 400000});
    says(&book, "6156", (int64_t[]){300000, 0, 0, 0, 0, 0, 300000});
    says(&book, "637", (int64_t[]){0, 1040, 0, 0, 1040, 0, -1040});
    says(&book, "2183", (int64_t[]){400000, 50000, 5000, 0, 45000, 100000, 255000});
    says(&book, "73111", (int64_t[]){1700000, 1700000, 0, 0, 1700000, 0, 0});
    says(&book, "10222", (int64_t[]){400000, 0, 0, 0, 0, 25025, 374975});
    assert_int_equal(book.count, 7);
    assert_true(str_eq(line_of(&book, "637")->line.group_chapter, STR("011")));
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(result_totals(&ctx, STR(SIRET), 2026, totals), OK);
    for (int i = 0; i < RESULT_TOTALS; i++) {
        const struct budget_total *said = &book.totals[i];
        assert_true(said->section == totals[i].section && said->direction == totals[i].direction);
        assert_int_equal(said->amounts[DOCBUDG_DONE].cents, totals[i].amounts[DOCBUDG_DONE].cents);
        assert_int_equal(said->amounts[DOCBUDG_LEFT].cents, totals[i].amounts[DOCBUDG_LEFT].cents);
    }
    holds();
}

/* ---- its document ---- */

static struct budget_act the_act(void)
{
    struct ctx ctx = test_ctx(&test);
    struct budget_act act;
    assert_int_equal(cfu_book_act(&ctx, STR(SIRET), 2026, &act), OK);
    return act;
}

static struct str document_of(const struct budget_act *act)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE);
    struct buf text BUF_SCOPE = BUF_INIT(FILE_BYTES);
    struct ctx ctx = test_ctx(&test);
    struct xml *root;
    assert_int_equal(budget_make(&ctx, tree, act->document, &root), OK);
    xml_write(&text, root, XML_ISO_8859_1);
    assert_int_equal(buf_status(&text), OK);
    return str_copy(test.arena, buf_str(&text));
}

static void it_is_made_shown_and_voted(void **state)
{
    (void)state;
    struct str body;
    char path[64];
    a_year_runs();
    shows(ACCOUNT_PATH, "Provisoire");
    assert_int_equal(test_page(&test, ACCOUNT_PATH, NULL, &body), 200);
    assert_int_equal(str_find(body, STR(ACCOUNT_PATH "/vote")), SIZE_MAX);
    leads(ACCOUNT_PATH, "", ACCOUNT_PATH "?saved=1");
    assert_int_equal(send(ACCOUNT_PATH "/vote", "day=2026-11-22", &body), 409); /* its year runs */
    struct budget_act act = the_act();
    assert_true(act.is_draft && str_eq(act.kind, STR("09")));
    snprintf(path, sizeof path, "/accounting/acts/%lld/edit", (long long)act.id);
    assert_int_equal(test_page(&test, path, NULL, &body), 409);
    snprintf(path, sizeof path, "/accounting/acts/%lld/docbudg.xml", (long long)act.id);
    assert_int_equal(test_page(&test, path, NULL, &body), 409); /* with a chart of another year: not official */
    the_year_ends();
    shows(ACCOUNT_PATH, "400,00");
    shows(ACCOUNT_PATH, "\xE2\x88\x92" "10,40");
    shows(ACCOUNT_PATH, "ne dit plus ce que dit le livre");
    refuses(ACCOUNT_PATH "/vote", "day=2027-01-12", "ne dit plus ce que dit le livre");
    leads(ACCOUNT_PATH, "", ACCOUNT_PATH "?saved=1");
    assert_int_equal(test_page(&test, ACCOUNT_PATH, NULL, &body), 200);
    assert_int_equal(str_find(body, STR("ne dit plus")), SIZE_MAX);
    refuses(ACCOUNT_PATH "/vote", "day=hier", "date");
    leads(ACCOUNT_PATH "/vote", "day=2027-01-12", ACCOUNT_PATH "?saved=1");
    act = the_act();
    assert_false(act.is_draft);
    assert_int_equal(act.decided.days, date_of(2027, 1, 12).days);
    assert_int_equal(send(ACCOUNT_PATH, "", &body), 409); /* what was voted is not made again */
    shows("/accounting/cfu", ACCOUNT_PATH);
}

static void its_document_says_it_and_our_checks_hold(void **state)
{
    (void)state;
    struct arena *tree ARENA_SCOPE = arena_create(TREE);
    struct xml *root;
    struct xml_fault fault;
    struct docbudg read;
    struct faults *faults = faults_new(test.arena);
    int64_t done = 0, left = 0;
    a_year_runs();
    the_year_ends();
    leads(ACCOUNT_PATH, "", ACCOUNT_PATH "?saved=1");
    struct budget_act act = the_act();
    struct str text = document_of(&act);
    assert_int_equal(xml_read(tree, text, &root, &fault), OK);
    assert_int_equal(docbudg_read(tree, root, &read, faults), OK);
    assert_true(str_eq(read.budgets[0].act, STR("09")));
    assert_int_equal(read.budgets[0].line_count, 7);
    for (size_t i = 0; i < read.budgets[0].line_count; i++) {
        done += read.budgets[0].lines[i].amounts[DOCBUDG_DONE].cents;
        left += read.budgets[0].lines[i].amounts[DOCBUDG_LEFT].cents;
    }
    assert_int_equal(done, 40000 + 1040 + 45000 + 1700000);
    assert_int_equal(left, 60000 + 100000 + 25025);
    struct ctx ctx = test_ctx(&test);
    enum status checked = budget_draft_check(&ctx, &act, date_of(2027, 1, 12), faults);
    for (size_t i = 0; i < faults->count; i++)
        print_message("%.*s: %.*s\n", STR_ARG(faults->kept[i].rule), STR_ARG(faults->kept[i].mend));
    assert_int_equal(checked, OK);
}

static void the_schema_takes_it(void **state)
{
    char command[COMMAND_BYTES], path[] = "/tmp/parvis-account-XXXXXX";
    (void)state;
    shared_need("the_schema_takes_it");
    tool_need("xmllint");
    a_year_runs();
    the_year_ends();
    leads(ACCOUNT_PATH, "", ACCOUNT_PATH "?saved=1");
    struct budget_act act = the_act();
    int fd = mkstemp(path);
    assert_true(fd >= 0 && close(fd) == 0);
    snprintf(command, sizeof command,
             "xmllint --nonet --noout --schema "
             "%s/data/finance/docbudg_xsd_v95/SchemaDocBudg/DocumentBudgetaire.xsd %%s 2>&1 || true", shared_folder());
    tool_put(path, document_of(&act));
    const char *said = tool_ask(command, path);
    unlink(path);
    if (strstr(said, "validates") == NULL)
        fail_msg("%s", said);
}

/* ---- the accountant's file ---- */

#define HEAD                                                                                                           \
    "<c:CompteFinancierUnique xmlns:c=\"http://www.minefi.gouv.fr/cp/demat/doccfu\"><DocumentComptable>"               \
    "<EnteteComptable><Infos><Exercice V=\"2026\"/></Infos></EnteteComptable>"                                         \
    "<BudgetComptable SIRET=\"21560046100010\">"

/* As the accountant would write what the book says; `cents` more on one account. */
static struct str accountant_says(const char *account, int64_t cents)
{
    static const char *const states[2][2] = {{"EB_DF", "EB_RF"}, {"EB_DI", "EB_RI"}};
    struct buf text BUF_SCOPE = BUF_INIT(FILE_BYTES);
    struct budget_act act = the_act();
    struct str document = document_of(&act);
    struct cfu_book book = the_book();
    buf_add_literal(&text, HEAD);
    for (size_t i = 0; i < book.count; i++) {
        const struct budget_line *line = &book.lines[i].line;
        struct money net = line->amounts[DOCBUDG_DONE];
        if (str_eq(line->nature, str_of(account)))
            net.cents += cents;
        buf_add_format(&text, "<LigneComptable><Etat V=\"%s\"/><Nature V=\"%.*s\"/><Chapitre V=\"%.*s\"/>"
                       "<CodeRD V=\"%s\"/><Section V=\"%s\"/>", states[line->section][line->direction],
                       STR_ARG(line->nature), STR_ARG(line->group_chapter),
                       line->direction == CHART_EXPENSE ? "D" : "R", line->section == CHART_INVESTMENT ? "I" : "F");
        for (int j = 0; j < 2; j++) {
            buf_add_c(&text, j == 0 ? "<MtEmissions V=\"" : "<MtRealNettes V=\"");
            money_write(&text, net);
            buf_add_literal(&text, "\"/>");
        }
        buf_add_literal(&text, "<ModeTraitement V=\"DETAIL_CHAPITRE\"/></LigneComptable>");
    }
    buf_add_literal(&text, "</BudgetComptable></DocumentComptable>");
    buf_add(&text, str_after(document, str_find(document, STR("<DocumentBudgetaire"))));
    buf_add_literal(&text, "</c:CompteFinancierUnique>");
    assert_int_equal(buf_status(&text), OK);
    return str_copy(test.arena, buf_str(&text));
}

static void one_line_that_differs_is_found(void **state)
{
    (void)state;
    struct str body;
    a_year_runs();
    the_year_ends();
    leads(ACCOUNT_PATH, "", ACCOUNT_PATH "?saved=1");
    assert_int_equal(hands_in("/accounting/cfu", "", "cfu.xml", accountant_says("", 0), &body), 200);
    if (str_find(body, STR("Les deux comptes disent la m\xC3\xAAme chose")) == SIZE_MAX)
        fail_msg("%.*s", STR_ARG(main_part(body)));
    assert_true(str_find(body, STR("du livre de la commune")) != SIZE_MAX);
    assert_int_equal(hands_in("/accounting/cfu", "", "cfu.xml", accountant_says("2183", 1), &body), 200);
    assert_true(str_find(body, STR(">2183<")) != SIZE_MAX);
    assert_true(str_find(body, STR("450,01")) != SIZE_MAX);
    assert_true(str_find(body, STR("+0,01")) != SIZE_MAX);
    assert_int_equal(str_find(body, STR(">60632<")), SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_year_comes_to_its_account_to_the_cent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_made_shown_and_voted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_document_says_it_and_our_checks_hold, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_schema_takes_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_line_that_differs_is_found, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
