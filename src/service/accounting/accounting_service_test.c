/* Every route of accounting: who may do nothing there is shown nothing, and what is of one budget is not reached
 * through another of the town. */
#include "service/accounting/accounting_service.h"
#include "service/accounting/test_whole.h"

enum { PATH_MAX_BYTES = 200, PLACES = 12 /* numbers tried for what an address names */ };

/* An address of a route: its budget and year, and that number for all else. */
static void address_of(const struct web_route *route, int budget, int number, char *out)
{
    size_t at = 0;
    for (struct str rest = str_of(route->pattern); rest.len > 0;) {
        struct str plain = str_cut(&rest, '{'), name = str_is_absent(rest) ? STR("") : str_cut(&rest, '}');
        at += (size_t)snprintf(out + at, PATH_MAX_BYTES - at, "%.*s", STR_ARG(plain));
        if (str_eq(name, STR("budget")))
            at += (size_t)snprintf(out + at, PATH_MAX_BYTES - at, "%d", budget);
        else if (str_eq(name, STR("year")))
            at += (size_t)snprintf(out + at, PATH_MAX_BYTES - at, "2026");
        else if (str_eq(name, STR("kind")))
            at += (size_t)snprintf(out + at, PATH_MAX_BYTES - at, "%s", number % 2 == 0 ? "received" : "paid");
        else if (name.len > 0)
            at += (size_t)snprintf(out + at, PATH_MAX_BYTES - at, "%d", number);
    }
}

/* ---- who may do nothing ---- */

/* Of any agent: acts of the budget as they are, what the law fixes, charts, and the first page with its search. */
static bool is_for_all(const struct web_route *route)
{
    static const char *const all[] = {
        "/accounting", "/accounting/acts", "/accounting/search", "/accounting/acts/{act}",
        "/accounting/acts/{act}/changes", "/accounting/acts/{act}/lines.csv", "/accounting/acts/{act}/annexes",
        "/accounting/acts/{act}/transfers", "/accounting/acts/{act}/budget.pdf", "/accounting/acts/{act}/lines.ods",
        "/accounting/acts/{act}/docbudg.xml", "/accounting/programmes", "/accounting/services", "/accounting/charts",
        "/accounting/figures"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (route->method == WEB_GET && strcmp(route->pattern, all[i]) == 0)
            return true;
    return route->permission == PERMISSION_NONE; /* published: anybody's */
}

static void who_may_do_nothing_is_shown_nothing(void **state)
{
    char path[PATH_MAX_BYTES], form[PATH_MAX_BYTES];
    struct str body;
    size_t shown = 0;
    (void)state;
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    for (size_t i = 0; i < accounting_service.route_count; i++) {
        const struct web_route *route = &accounting_service.routes[i];
        for (int number = 1; number <= PLACES && !is_for_all(route); number++) {
            address_of(route, 1, number, path);
            snprintf(form, sizeof form, TOKEN "command=%032x", ++commands);
            int code = test_page(&test, path, route->method == WEB_POST ? form : NULL, &body);
            if (code == 403 || code == 404)
                continue;
            print_message("%s %s: %d\n", route->method == WEB_POST ? "POST" : "GET", path, code);
            shown++;
        }
    }
    assert_int_equal(shown, 0);
}

/* ---- two budgets ---- */

#define ANNEX_SIRET "21560046100028"
#define ANNEX "/accounting/years/2/2026"
#define MARK "Marche secret"

static enum status vote_annex(struct ctx *ctx)
{
    struct budget_act act = {.label = STR("Eau"), .siret = STR(ANNEX_SIRET), .year = 2026, .kind = STR("01"),
                             .number = STR(""), .nomenclature = STR("M57-M57_A"), .decided = date_of(2026, 4, 7)};
    int64_t document;
    TRY(budget_document_begin(ctx, STR(FRAME), &document));
    TRY(budget_act_begin(ctx, document, &act, STR("A"), false, &act_id));
    add_line(ctx, 1, "60632", "011", 500000, 0);
    add_line(ctx, 2, "73111", "731", 500000, 0);
    add_line(ctx, 3, "2183", "21", 400000, 0);
    add_line(ctx, 4, "10222", "10", 400000, 0);
    return budget_document_end(ctx, document);
}

/* What the main budget has: of each kind one, with the number 1. */
static void the_main_budget_has(void)
{
    (void)makes("/accounting/programmes", "budget=21560046100010&kind=1&number=AP-1&title=" MARK "&day=2026-04-07"
                                          "&amount=3000&years=2026;1000%0A2027;2000", "");
    (void)spends("object=" MARK "&party=" SUPPLIER "&account=60632&amount=1000&day=2026-11-02",
                 "day=2026-11-10&amount=400", "number=F-1&net=300");
    (void)spends("object=" MARK "&party=" SUPPLIER "&account=60632&amount=70&day=2026-11-02",
                 "day=2026-11-10&amount=70", NULL);
    (void)makes("/accounting/years/1/2026/asset", "number=1&label=" MARK ASSET, "");
    (void)makes("/accounting/years/1/2026/loans",
                "party=" SUPPLIER "&number=C-77&label=" MARK "&profile=P&borrowed=10000&rate=3,5&a_year=4&count=8"
                "&first=2026-11-15&signed=2026-08-10", "");
    (void)makes("/accounting/years/1/2026/suspense/received", "number=7&day=2026-11-04&amount=45&payer=" MARK, "");
    (void)makes("/accounting/years/1/2026/regies",
                "name=" MARK "&code=R01&kind=recettes&act=7&act_day=2026-01-10&cash=300&days=15&holder=Accueil&party="
                SUPPLIER "&account=7063&product=PISC", "");
    (void)makes("/accounting/years/1/2026/batches", "label=" MARK "&day=2026-11-20&file=" LIST, "");
}

static int two_budgets(void **state)
{
    assert_int_equal(set_up(state), 0);
    opens_credits();
    struct ctx ctx = test_ctx(&test);
    confirm_account();
    the_main_budget_has();
    assert_int_equal(DO(&test, vote_annex(&ctx)), OK);
    struct str body;
    assert_int_equal(send("/accounting/acts/2/open", "", &body), 303);
    assert_true(str_eq(body, STR(ANNEX "?saved=1")));
    return 0;
}

/* No page, list or file of the annex budget says anything of what the main one has, whatever number is asked for. */
static void nothing_of_one_is_shown_in_the_other(void **state)
{
    char path[PATH_MAX_BYTES];
    struct str body;
    (void)state;
    for (size_t i = 0; i < accounting_service.route_count; i++) {
        const struct web_route *route = &accounting_service.routes[i];
        if (route->method != WEB_GET || strstr(route->pattern, "{budget}") == NULL)
            continue;
        for (int number = 1; number <= PLACES; number++) {
            address_of(route, 2, number, path);
            int code = test_page(&test, path, NULL, &body);
            bool is_named = strstr(route->pattern, "{loan}") != NULL || strstr(route->pattern, "{asset}") != NULL;
            if (str_find(body, STR(MARK)) != SIZE_MAX || (is_named && code != 404))
                fail_msg("%s: %d %.*s", path, code, STR_ARG(main_part(body)));
        }
    }
}

static void is_not_found(const char *path, const char *fields)
{
    struct str body;
    int code = send(path, fields, &body);
    if (code != 404)
        fail_msg("%s: %d %.*s", path, code, STR_ARG(main_part(body)));
}

/* What a form of the annex budget names is looked for there alone. */
static void forms_name_what_is_of_their_budget(void **state)
{
    (void)state;
    struct str body;
#define BUYS "object=Pompe&party=" SUPPLIER "&account=2183&amount=10&day=2026-11-02"
    refuses(ANNEX "/engage", BUYS "&programme=AP-1&slice=10", "Aucun programme");
    refuses(ANNEX "/bill",
            "party=" SUPPLIER "&number=F-2&issued=2026-11-11&received=2026-11-12&tax=0&net=1&engagement=1",
            "Aucun engagement");
    refuses(ANNEX "/pairs",
            "kind=attribution&object=X&expense=2183&expense_amount=1&receipt=28183&receipt_amount=1&product=AAAA"
            "&day=2026-11-20&asset=1", "inventaire");
    refuses(ANNEX "/slip", "piece=3", "un seul budget");
    is_not_found(ANNEX "/assets/1/leave", "day=2026-11-20&price=0");
    is_not_found(ANNEX "/assets/1/dispose", "day=2026-11-20&price=0&product=AAAA");
    is_not_found(ANNEX "/loans/1/pay", "place=1&day=2026-11-16");
    is_not_found(ANNEX "/loans/1/rate", "since=2026-10-20&rate=5");
    is_not_found(ANNEX "/loans/1/bank", "text=1");
    is_not_found(ANNEX "/attach", "piece=3");
    is_not_found(ANNEX "/attach/reverse", "piece=4");
    /* an engagement of the annex budget has its own first number: a bill of the main one does not go there */
    leads(ANNEX "/engage", BUYS, "/accounting/engagements/6?saved=1");
    assert_int_equal(send("/accounting/bills/1/match", "engagement=1", &body), 409);
    /* money that moved is put in order in its own budget, and nowhere else */
    assert_int_equal(send("/accounting/suspense/1/settle",
                          "object=PSU&party=" SUPPLIER "&account=752&day=2026-11-20&product=PSU1&amount=45", &body),
                     303);
    struct ctx ctx = test_ctx(&test);
    struct book_cell *cells;
    size_t count;
    assert_int_equal(book_cells(&ctx, STR(ANNEX_SIRET), 2026, &cells, &count), OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(cells[i].ordered.cents, 0);
    holds();
}

/* The account of one third party is none to decide about on the page of another. */
static void an_account_is_its_party_s(void **state)
{
    (void)state;
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    is_not_found("/accounting/parties/1/accounts/77/confirm", "");
    is_not_found("/accounting/parties/77/accounts/1/confirm", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_may_do_nothing_is_shown_nothing, a_whole_town, tear_down),
        cmocka_unit_test_setup_teardown(nothing_of_one_is_shown_in_the_other, two_budgets, tear_down),
        cmocka_unit_test_setup_teardown(forms_name_what_is_of_their_budget, two_budgets, tear_down),
        cmocka_unit_test_setup_teardown(an_account_is_its_party_s, two_budgets, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
