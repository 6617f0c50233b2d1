/* The inventory of a town, as a browser keeps it. */
#include "service/accounting/test_leave.h"

#include "service/accounting/annex/annex.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/debt/loan_sql.h"

#define ASSETS "/accounting/years/1/2026/assets"
#define NEW "/accounting/years/1/2026/asset"
#define COPIER                                                                                                         \
    "number=2026-1&label=Photocopieur&account=2183&commissioned=2026-07-02&cost=3650&years=5&basis=jours&kind="        \
    "&before=0&before_year="

static void order_line(struct ctx *ctx, int64_t place, const char *nature, const char *chapter, bool is_receipt,
                       int64_t cents)
{
    struct budget_line line = {.place = place, .nature = str_of(nature), .function = STR(""), .operation = STR(""),
                               .chapter = str_of(chapter), .function_chapter = STR(""), .operation_chapter = STR(""),
                               .group_chapter = str_of(chapter), .extra = STR(""), .kind = CHART_BETWEEN,
                               .section = is_receipt ? CHART_INVESTMENT : CHART_FUNCTIONING,
                               .direction = is_receipt ? CHART_RECEIPT : CHART_EXPENSE,
                               .has = {[DOCBUDG_VOTED] = true}, .amounts = {[DOCBUDG_VOTED] = {cents}}};
    assert_int_equal(budget_line_add(ctx, act_id, &line), OK);
}

/* Credits of order operations beside those of test_spend. */
static enum status open_order(struct ctx *ctx)
{
    int64_t document;
    TRY(vote_begin(ctx, "02", "1", &document));
    order_line(ctx, 1, "681", "042", false, 100000);
    order_line(ctx, 2, "28183", "040", true, 100000);
    add_line(ctx, 3, "60632", "011", -100000, 0);
    add_line(ctx, 4, "10222", "10", -100000, 0);
    return budget_document_end(ctx, document);
}

static int begin(void **state)
{
    int done = set_up(state);
    struct ctx ctx = test_ctx(&test);
    opens_credits();
    assert_int_equal(DO(&test, open_order(&ctx)), OK);
    opens_credits();
    confirm_account();
    return done;
}

/* 3,650.00 over five years from 2 July: 183 days of 365 of 730.00 are 366.00. */
static void a_plan_is_shown(void **state)
{
    (void)state;
    leads(NEW, COPIER, ASSETS "/1?saved=1");
    shows(ASSETS "/1", "366,00");
    shows(ASSETS "/1", "2031");
    shows(ASSETS "/1", "Bien inscrit");
    shows(ASSETS, "Photocopieur");
    refuses(NEW, COPIER, "2026-1"); /* twice */
    refuses(NEW, "number=2&label=x&account=60632&commissioned=2026-07-02&cost=1&years=5&basis=jours&before=0", "60632");
    refuses(NEW, "number=2&label=x&account=2183&commissioned=2026-12-02&cost=1&years=5&basis=jours&before=0",
            "2026-12-02"); /* to come */
    refuses(NEW, "number=2&label=x&account=2183&commissioned=2026-07-02&cost=1&years=5&basis=parfois&before=0",
            "parfois");
    refuses(NEW, "number=2&label=x&account=2183&commissioned=2026-07-02&cost=1&years=101&basis=jours&before=0", "101");
    refuses(NEW, "number=2&label=x&account=202&commissioned=2026-07-02&cost=100&years=11&basis=jours&before=0"
                 "&kind=urbanisme", "10 ans");
    refuses(NEW, "number=2&label=x&account=202&commissioned=2026-07-02&cost=100&years=5&basis=jours&before=0"
                 "&kind=autre", "autre");
    refuses(NEW, "number=2&label=x&account=2183&commissioned=2026-07-02&cost=0&years=5&basis=jours&before=0", "0,00");
    refuses(NEW, "number=2&label=x&account=2183&commissioned=2026-07-02&cost=5&years=5&basis=jours&before=6"
                 "&before_year=2025", "6,00");
    refuses(NEW, "number=&label=x&account=2183&commissioned=2026-07-02&cost=1&years=5&basis=jours&before=0", "30");
}

/* What was paid on class 2 is offered, and once. */
static void an_asset_comes_from_its_mandat(void **state)
{
    struct str body;
    (void)state;
    orders_at_once("2183", 365000, "");
    shows(ASSETS, NEW "?piece=3");
    shows(NEW "?piece=3", "value=\"Photocopieur\"");
    shows(NEW "?piece=3", "3\xE2\x80\xAF" "650,00");
    leads(NEW, COPIER "&piece=1", ASSETS "/1?saved=1");
    shows(ASSETS "/1", "href=\"/accounting/pieces/3\"");
    assert_int_equal(test_page(&test, ASSETS, NULL, &body), 200);
    assert_lacks(body, "?piece=3");
}

/* One mandat, one titre, both of order; once a year. */
static void a_year_is_charged_once(void **state)
{
    (void)state;
    refuses(ASSETS "/charge", "day=2026-11-20&product=AMOR", "2026"); /* nothing to charge */
    leads(NEW, COPIER, ASSETS "/1?saved=1");
    shows(ASSETS, "366,00\xC2\xA0\xE2\x82\xAC");
    leads(ASSETS "/charge", "day=2026-11-20&product=AMOR", "/accounting/pieces/3?saved=1");
    shows("/accounting/pieces/3", ">681<"); /* the abridged chart has no 6811 */
    shows("/accounting/pieces/3", "366,00");
    shows("/accounting/pieces/4", ">28183<");
    shows(ASSETS, "sont \xC3\xA9""crits");
    shows(ASSETS "/1", "\xC3\xA9""crite");
    refuses(ASSETS "/charge", "day=2026-11-20&product=AMOR", "d\xC3\xA9j\xC3\xA0");
    /* Cancelled whole, both halves, it is done again. */
    leads("/accounting/pieces/3/reduce", "amount=366&day=2026-11-21&object=Refaire", "/accounting/pieces/5?saved=1");
    leads(ASSETS "/charge", "day=2026-11-22&product=AMOR", "/accounting/pieces/7?saved=1");
    shows(ASSETS "/1", "href=\"/accounting/pieces/7\"");
    holds();
}

/* Credits lack a cent: neither mandat nor titre is there, and no year is charged. */
static void both_or_none(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct credit_year year;
    struct piece *pieces;
    struct money sum;
    uint64_t piece;
    size_t count;
    (void)state;
    leads(NEW, "number=1&label=Serveur&account=2183&commissioned=2025-12-31&cost=5000,05&years=5&basis=enti%C3%A8re"
               "&before=0", ASSETS "/1?saved=1");
    refuses(ASSETS "/charge", "day=2026-11-20&product=AMOR", "1\xE2\x80\xAF" "000,00"); /* 1,000.01 */
    assert_int_equal(piece_list(&ctx, 1, 2026, false, PIECES_ALL, &pieces, &count), OK);
    assert_int_equal(count, 0);
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    assert_int_equal(item_charge_of(&ctx, &year, &sum, &piece), OK);
    assert_int_equal(piece, 0);
    assert_int_equal(sum.cents, 100001);
}

#define HEAD "numero;designation;compte;date;cout;duree;amorti;annee%0A"
#define ROWS                                                                                                           \
    HEAD "1;Tracteur;2182;01/03/2020;10000;10;5000,00;2025%0A2;Terrain;2111;1999-05-01;7500,50;0;;%0A"

static void an_inventory_is_taken_over_whole(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct item *items;
    size_t count;
    (void)state;
    refuses(ASSETS "/import", "count=3&sum=17500,50&file=" ROWS, "vous en attendez 3");
    refuses(ASSETS "/import", "count=2&sum=17500,51&file=" ROWS, "17\xE2\x80\xAF" "500,50");
    refuses(ASSETS "/import", "count=1&sum=1&file=numero;compte%0A1;2183%0A", "designation");
    refuses(ASSETS "/import", "count=1&sum=1&file=" HEAD "1;x;2183;hier;1;5;;%0A", "ligne 2");
    refuses(ASSETS "/import", "count=2&sum=2&file=" HEAD "1;x;2183;2020-01-01;1;5;;%0A1;y;2183;2020-01-01;1;5;;%0A",
            "num\xC3\xA9ro 1"); /* the second is refused, and the first is not there */
    assert_int_equal(item_list(&ctx, 1, &items, &count), OK);
    assert_int_equal(count, 0);
    leads(ASSETS "/import", "count=2&sum=17500,50&file=" ROWS, ASSETS "?saved=1");
    assert_int_equal(item_list(&ctx, 1, &items, &count), OK);
    assert_int_equal(count, 2);
    /* 5,000.00 left, six of ten years passed: four of 1,250.00. */
    struct item_year sums;
    struct faults *faults = faults_new(test.arena);
    assert_int_equal(item_year(&items[1], 2026, faults, &sums), OK);
    assert_int_equal(sums.charge.cents, 125000);
    assert_int_equal(sums.left.cents, 375000);
    assert_int_equal(item_year(&items[1], 2029, faults, &sums), OK);
    assert_int_equal(sums.left.cents, 0);
}

static void what_left_is_charged_no_more(void **state)
{
    struct str body;
    (void)state;
    leads(NEW, COPIER, ASSETS "/1?saved=1");
    refuses(ASSETS "/1/leave", "day=2026-07-01&price=10", "2026-07-01"); /* before it came */
    leads(ASSETS "/1/leave", "day=2026-11-20&price=100", ASSETS "/1?saved=1");
    refuses(ASSETS "/1/leave", "day=2026-11-21&price=100", "d\xC3\xA9j\xC3\xA0 sorti");
    shows(ASSETS, "Sorti le 20 novembre 2026");
    shows(ASSETS "/1", ">Prix de cession<");
    shows(ASSETS "/1", "284,00"); /* 142 days of 2.00 */
    leads(ASSETS "/charge", "day=2026-11-20&product=AMOR", "/accounting/pieces/3?saved=1");
    shows("/accounting/pieces/3", "284,00");
    shows(ASSETS "/1", "Bien sorti");
    assert_int_equal(test_page(&test, ASSETS ".csv", NULL, &body), 200);
    assert_has(body, "2026-11-20");
    proven();
}

/* Its year was charged whole before anybody knew that it would leave. */
static void what_leaves_after_its_year_was_charged_is_proven(void **state)
{
    (void)state;
    leads(NEW, COPIER, ASSETS "/1?saved=1");
    leads(ASSETS "/charge", "day=2026-11-20&product=AMOR", "/accounting/pieces/3?saved=1");
    leads(ASSETS "/1/leave", "day=2026-11-21&price=100", ASSETS "/1?saved=1");
    proven();
}

/* A mandat that was cancelled whole is left with what was not charged again: that is no finding. */
static void what_left_between_two_charges_is_proven(void **state)
{
    (void)state;
    leads(NEW, COPIER, ASSETS "/1?saved=1");
    leads(NEW, "number=2026-2&label=Table&account=2183&commissioned=2025-07-02&cost=1000&years=5&basis=enti%C3%A8re"
               "&kind=&before=0&before_year=", ASSETS "/2?saved=1");
    leads(ASSETS "/charge", "day=2026-11-20&product=AMOR", "/accounting/pieces/3?saved=1");
    leads("/accounting/pieces/3/reduce", "amount=566&day=2026-11-21&object=Refaire", "/accounting/pieces/5?saved=1");
    leads(ASSETS "/2/leave", "day=2026-11-21&price=0", ASSETS "/2?saved=1");
    leads(ASSETS "/charge", "day=2026-11-22&product=AMOR", "/accounting/pieces/7?saved=1");
    shows("/accounting/pieces/7", "366,00");
    proven();
}

/* The table that is given out is one that the annex takes. */
static void its_annex_is_one_the_budget_takes(void **state)
{
    struct arena *tree = arena_create(16 << 20);
    struct annex_fault fault = {0};
    struct xml *block = NULL;
    struct str body;
    (void)state;
    leads(NEW, COPIER, ASSETS "/1?saved=1");
    leads(ASSETS "/1/leave", "day=2026-11-20&price=100", ASSETS "/1?saved=1");
    assert_int_equal(test_page(&test, "/accounting/years/1/2026/patrimoine.csv", NULL, &body), 200);
    assert_int_equal(str_count_byte(body, '\n'), 3);
    if (annex_read(tree, LANGUAGE_FR, ANNEX_PATRIMOINE, body, STR(""), &block, &fault) != OK)
        fail_msg("line %lld, %.*s: %.*s", (long long)fault.line, STR_ARG(fault.name), STR_ARG(body));
    assert_non_null(block);
    arena_destroy(&tree);
}

static void who_reads_alone_changes_nothing(void **state)
{
    struct ctx ctx;
    struct str body;
    (void)state;
    leads(NEW, COPIER, ASSETS "/1?saved=1");
    int64_t reader = test_person(&test, "elue@beauval.example", "Conseil");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, reader, RIGHT_READ)), OK);
    test_act_as(&test, reader, ROLE_AGENT);
    assert_int_equal(test_page(&test, ASSETS, NULL, &body), 200);
    assert_lacks(body, "method=\"post\" action=\"/accounting");
    assert_int_equal(send(NEW, COPIER, &body), 403);
    assert_int_equal(send(ASSETS "/charge", "day=2026-11-20&product=AMOR", &body), 403);
    assert_int_equal(send(ASSETS "/import", "count=1&sum=1&file=x", &body), 403);
    assert_int_equal(send(ASSETS "/1/leave", "day=2026-11-20&price=0", &body), 403);
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, ASSETS, NULL, &body), 403);
}

/* ---- how many, how large ---- */

/* Rows of assets on 2183 of 5.00 in five years, from that number on. */
static void rows_of(struct buf *csv, int from, int count)
{
    *csv = BUF_INIT(ITEM_FILE_MAX + 1);
    buf_add_c(csv, "numero;designation;compte;date;cout;duree;amorti;annee\n");
    for (int i = from; i < from + count; i++)
        buf_add_format(csv, "%d;Bien;2183;2026-01-01;5,00;5;;\n", i);
}

static enum status brings(struct str csv, int64_t count, struct faults *faults)
{
    struct ctx ctx = test_ctx(&test);
    struct credit_year year;
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    return DO(&test, item_import(&ctx, &year, csv, count, (struct money){count * 500}, faults));
}

static void none_of_many_is_left_out(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct credit_year year;
    struct buf csv;
    struct item *items;
    struct money sum;
    size_t count;
    uint64_t piece;
    (void)state;
    rows_of(&csv, 1, ITEMS_MAX + 1);
    assert_int_equal(brings(buf_str(&csv), ITEMS_MAX + 1, faults), INVALID);
    assert_true(str_eq(faults->kept[0].rule, STR("item.many")));
    buf_finish(&csv);
    rows_of(&csv, 1, ITEMS_MAX);
    assert_int_equal(brings(buf_str(&csv), ITEMS_MAX, faults), OK);
    buf_finish(&csv);
    rows_of(&csv, ITEMS_MAX + 1, 2);
    assert_int_equal(brings(buf_str(&csv), 2, faults), OK);
    buf_finish(&csv);
    assert_int_equal(item_list(&ctx, 1, &items, &count), OK);
    assert_int_equal(count, ITEMS_MAX + 2);
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    assert_int_equal(item_charge_of(&ctx, &year, &sum, &piece), OK);
    assert_int_equal(sum.cents, 100 * (ITEMS_MAX + 2));
    shows(ASSETS, "4\xE2\x80\xAF" "002 autres biens"); /* of 1,000 that are shown */
}

static void an_inventory_has_a_size(void **state)
{
    struct faults *faults = faults_new(test.arena);
    struct buf csv BUF_SCOPE = BUF_INIT(ITEM_FILE_MAX + 1);
    (void)state;
    buf_add_c(&csv, "numero;designation;compte;date;cout;duree\n");
    while (csv.len < ITEM_FILE_MAX)
        buf_add_c(&csv, "\n");
    assert_int_equal(brings(buf_str(&csv), 0, faults), OK);
    buf_add_c(&csv, "\n");
    assert_int_equal(brings(buf_str(&csv), 0, faults), INVALID);
    assert_true(str_eq(faults->kept[0].rule, STR("item.size")));
}

static void its_number_is_one_the_accountant_takes(void **state)
{
    (void)state;
    refuses(NEW, "number=12345678901234567890123456&label=x&account=2183&commissioned=2026-07-02&cost=1&years=5"
                 "&basis=jours&before=0", "25 octets");
    leads(NEW, "number=1234567890123456789012345&label=x&account=2183&commissioned=2026-07-02&cost=1&years=5"
               "&basis=jours&before=0", ASSETS "/1?saved=1");
}

/* ---- a town leaves with all of it ---- */

enum { FILE_MAX = 4 << 20 };

static enum status repaid(struct ctx *ctx, int64_t loan)
{
    TRY(writer_need(test.town.writer, SYNC_FULL));
    TRY(sql_loan_accrued_add(ctx->db, (struct sql_loan_accrued_add){.loan = loan, .year = 2025, .piece = 3}));
    return sql_loan_repaid_add(ctx->db, (struct sql_loan_repaid_add){.loan = loan, .place = 1, .piece = 3});
}

static void keeps_everything(void)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct loan loan = {.budget = 1, .lender = supplier, .number = STR("C-77"), .label = STR("École"),
                        .terms = {.borrowed = {1000000}, .rate = 35000, .a_year = 4, .count = 8,
                                  .first = date_of(2026, 11, 15)},
                        .signed_on = date_of(2026, 8, 10)};
    int64_t id;
    leads(NEW, COPIER, ASSETS "/1?saved=1");
    leads(ASSETS "/charge", "day=2026-11-20&product=AMOR", "/accounting/pieces/3?saved=1");
    leads(ASSETS "/1/leave", "day=2026-11-21&price=100", ASSETS "/1?saved=1");
    assert_int_equal(DO(&test, loan_add(&ctx, &loan, faults, &id)), OK);
    loan.id = id;
    assert_int_equal(DO(&test, loan_take_bank(&ctx, &loan, STR("15/11/2026;90,10;10000\n"), faults)), OK);
    assert_int_equal(DO(&test, repaid(&ctx, id)), OK);
    loan.number = STR("C-78");
    assert_int_equal(DO(&test, loan_add(&ctx, &loan, faults, &id)), OK);
    loan.id = id;
    assert_int_equal(DO(&test, loan_rate_add(&ctx, &loan, &(struct loan_rate){date_of(2027, 2, 15), 40000}, faults)),
                     OK);
}

/* Every file of its accounting, taken in by another town and given out again, is the same bytes. */
static void a_town_leaves_with_its_accounting(void **state)
{
    static const struct export_file *files[EXPORT_FILES_MAX];
    static struct buf texts[EXPORT_FILES_MAX];
    size_t count = export_list(files), seen = 0;
    keeps_everything();
    for (size_t i = 0; i < count; i++) {
        texts[i] = BUF_INIT(FILE_MAX);
        write_all(files[i], &texts[i]);
    }
    tear_down(state);
    test_town_open(&test);
    for (size_t i = 0; i < count; i++) {
        struct buf again BUF_SCOPE = BUF_INIT(FILE_MAX);
        bool is_ours = str_starts(str_of(files[i]->name), STR("accounting_"));
        if (is_ours || str_starts(str_of(files[i]->name), STR("people")))
            take_all(files[i], buf_str(&texts[i]));
        if (is_ours) {
            write_all(files[i], &again);
            if (!str_eq(buf_str(&again), buf_str(&texts[i])))
                fail_msg("%s: %.*s is not %.*s", files[i]->name, STR_ARG(buf_str(&again)),
                         STR_ARG(buf_str(&texts[i])));
            seen += again.len > 0;
        }
        buf_finish(&texts[i]);
    }
    assert_true(seen >= 13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_plan_is_shown, begin, tear_down),
        cmocka_unit_test_setup_teardown(an_asset_comes_from_its_mandat, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_year_is_charged_once, begin, tear_down),
        cmocka_unit_test_setup_teardown(both_or_none, begin, tear_down),
        cmocka_unit_test_setup_teardown(an_inventory_is_taken_over_whole, begin, tear_down),
        cmocka_unit_test_setup_teardown(what_left_is_charged_no_more, begin, tear_down),
        cmocka_unit_test_setup_teardown(what_leaves_after_its_year_was_charged_is_proven, begin, tear_down),
        cmocka_unit_test_setup_teardown(what_left_between_two_charges_is_proven, begin, tear_down),
        cmocka_unit_test_setup_teardown(its_annex_is_one_the_budget_takes, begin, tear_down),
        cmocka_unit_test_setup_teardown(who_reads_alone_changes_nothing, begin, tear_down),
        cmocka_unit_test_setup_teardown(none_of_many_is_left_out, begin, tear_down),
        cmocka_unit_test_setup_teardown(an_inventory_has_a_size, begin, tear_down),
        cmocka_unit_test_setup_teardown(its_number_is_one_the_accountant_takes, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_town_leaves_with_its_accounting, begin, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
