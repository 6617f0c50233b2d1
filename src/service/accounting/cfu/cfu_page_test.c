/* The accountant's file, uploaded and compared on a page. */
#include "service/accounting/spend/test_spend.h"

#include <stdlib.h>
#include <time.h>

#include "document/xml.h"
#include "service/accounting/test_shared.h"

enum { FORM_MAX = 16 << 20 };

#define CFU(accountant, town)                                                                                          \
    "<c:CompteFinancierUnique xmlns:c=\"http://www.minefi.gouv.fr/cp/demat/doccfu\"><DocumentComptable>"               \
    "<EnteteComptable><Infos><Exercice V=\"2023\"/></Infos></EnteteComptable>"                                         \
    "<BudgetComptable SIRET=\"21560046100010\"><LigneComptable><Etat V=\"EB_DF\"/><Nature V=\"60611\"/>"               \
    "<Chapitre V=\"011\"/><CodeRD V=\"D\"/><Section V=\"F\"/><MtEmissions V=\"" accountant "\"/>"                      \
    "<MtRealNettes V=\"" accountant "\"/><ModeTraitement V=\"DETAIL_CHAPITRE\"/></LigneComptable></BudgetComptable>"   \
    "</DocumentComptable><DocumentBudgetaire xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\">"              \
    "<VersionSchema V=\"113\"/><EnTeteDocBudgetaire><LibelleColl V=\"BEAUVAL\"/><IdColl V=\"21560046100010\"/>"        \
    "</EnTeteDocBudgetaire><Budget><EnTeteBudget><LibelleEtab V=\"BUDGET\"/><IdEtab V=\"21560046100010\"/>"            \
    "<Nomenclature V=\"M57-M57_A\"/></EnTeteBudget><BlocBudget><NatDec V=\"10\"/><Exer V=\"2023\"/>"                   \
    "<CodTypBud V=\"P\"/></BlocBudget><LigneBudget><Nature V=\"60611\"/><ContNat V=\"011\"/><CodRD V=\"D\"/>"          \
    "<CredOuv V=\"100.00\"/><MtReal V=\"" town "\"/><OpBudg V=\"0\"/></LigneBudget></Budget></DocumentBudgetaire>"    \
    "</c:CompteFinancierUnique>"

#define BOUNDARY "a-line-between"
#define PART(name) "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"" name "\""

/* As a browser sends a form with a file (RFC 7578). */
static int upload(struct str bytes, struct str *ret_body)
{
    struct ctx ctx = test_ctx(&test);
    struct buf form BUF_SCOPE = BUF_INIT(FORM_MAX);
    buf_add_c(&form, PART("form_token") "\r\n\r\n" TEST_TOKEN "\r\n" PART("file")
                     "; filename=\"cfu.xml\"\r\nContent-Type: text/xml\r\n\r\n");
    buf_add(&form, bytes);
    buf_add_c(&form, "\r\n--" BOUNDARY "--\r\n");
    assert_int_equal(buf_status(&form), OK);
    struct web_request request = {.method = WEB_POST, .path = STR("/accounting/cfu"), .query = STR(""),
                                  .content_type = STR("multipart/form-data; boundary=" BOUNDARY),
                                  .body = buf_str(&form), .accept_language = STR(""), .form_token = STR(TEST_TOKEN),
                                  .remote = STR("::1"), .device = STR("test"), .host = STR("beauval.localhost")};
    buf_finish(&test_response.body);
    test_response = (struct web_response){.body = BUF_INIT(16 << 20)};
    (void)DO(&test, web_dispatch(&ctx, test.pages, &request, &test_response));
    *ret_body = buf_str(&test_response.body);
    return test_response.code;
}

static void what_agrees_is_said_to(void **state)
{
    struct str body;
    (void)state;
    assert_int_equal(upload(STR(CFU("30.00", "30.00")), &body), 200);
    assert_has(body, "Les deux comptes disent la même chose");
    assert_has(body, "la commune n’a pas de compte"); /* of 2023 */
}

static void each_line_that_differs_is_shown(void **state)
{
    struct str body;
    (void)state;
    assert_int_equal(upload(STR(CFU("30.01", "30.00")), &body), 200);
    assert_has(body, ">60611<");
    assert_has(body, ">30,00<");
    assert_has(body, ">30,01<");
    assert_has(body, "+0,01");
}

static enum status account(struct ctx *ctx)
{
    int64_t document;
    struct budget_act act = {.label = STR("Beauval"), .siret = STR("21560046100010"), .year = 2023,
                             .kind = STR("09"), .number = STR(""), .nomenclature = STR("M57-M57_A"),
                             .decided = date_of(2024, 4, 7)};
    struct budget_line line = {.place = 1, .nature = STR("60611"), .function = STR(""), .operation = STR(""),
                               .chapter = STR("011"), .function_chapter = STR(""), .operation_chapter = STR(""),
                               .group_chapter = STR("011"), .extra = STR(""), .has = {[DOCBUDG_DONE] = true},
                               .amounts = {[DOCBUDG_DONE] = {2900}}};
    TRY(budget_document_begin(ctx, STR(FRAME), &document));
    TRY(budget_act_begin(ctx, document, &act, STR("P"), false, &act_id));
    TRY(budget_line_add(ctx, act_id, &line));
    return budget_document_end(ctx, document);
}

/* Where the town has an account of that year, it is the one compared, whatever the file says for the town. */
static void the_towns_own_account_is_compared(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct str body;
    (void)state;
    assert_int_equal(DO(&test, account(&ctx)), OK);
    assert_int_equal(upload(STR(CFU("30.00", "30.00")), &body), 200);
    assert_has(body, "Compte administratif");
    assert_has(body, ">29,00<");
    assert_has(body, "+1,00");
}

static void what_is_no_cfu_is_refused(void **state)
{
    struct str body;
    (void)state;
    assert_int_equal(upload(STR("<a/>"), &body), 422);
    assert_int_equal(upload(STR("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>"), &body), 422);
    assert_int_equal(upload(STR(""), &body), 422);
    assert_has(body, "compte financier unique");
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(upload(STR(CFU("30.00", "30.00")), &body), 403);
    assert_int_equal(test_page(&test, "/accounting/cfu", NULL, &body), 403);
}

static void the_real_one_agrees(void **state)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(XML_BYTES_MAX);
    struct timespec from, to;
    struct str body;
    (void)state;
    shared_need("the_real_one_agrees");
    assert_true(shared_read("totem/mohon_CFU2023_M57A/totem.xml", &bytes));
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    int code = upload(buf_str(&bytes), &body);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    print_message("a CFU of %zu bytes is compared in %ld ms\n", bytes.len,
                  (long)((to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000));
    if (code != 200)
        fail_msg("%d: %.*s", code, STR_ARG(main_part(body)));
    assert_has(body, "Les deux comptes disent la même chose");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_agrees_is_said_to, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_line_that_differs_is_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_towns_own_account_is_compared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_cfu_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_real_one_agrees, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
