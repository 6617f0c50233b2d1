/* Loans of a town, as a browser records and repays them. */
#include "service/accounting/close/test_close.h"

#include "service/accounting/annex/annex.h"
#include "service/accounting/close/close_proof.h"
#include "service/accounting/debt/debt_proof.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/receipt/test_receipt.h"
#include "service/accounting/spend/spend_parts.h"

#define LOANS "/accounting/years/1/2026/loans"
#define LOAN                                                                                                           \
    "party=" SUPPLIER "&number=C-77&label=%C3%89cole&profile=P&borrowed=10000&rate=3,5&a_year=4&count=8"               \
    "&first=2026-11-15&signed=2026-08-10"

/* Credits of the debt beside those of test_spend. */
static enum status open_debt_in(struct ctx *ctx, int year)
{
    int64_t document;
    struct budget_act act = {.label = STR("Beauval"), .siret = STR(SIRET), .year = year, .kind = STR("02"),
                             .number = STR("1"), .nomenclature = STR("M57-M57_A"),
                             .decided = date_of_instant(test.now)};
    TRY(budget_document_begin(ctx, STR(FRAME), &document));
    TRY(budget_act_begin(ctx, document, &act, STR("P"), false, &act_id));
    add_line(ctx, 1, "66111", "66", 100000, 0);
    add_line(ctx, 2, "60632", "011", -100000, 0);
    struct budget_line line = {.place = 3, .nature = STR("1641"), .function = STR(""), .operation = STR(""),
                               .chapter = STR("16"), .function_chapter = STR(""), .operation_chapter = STR(""),
                               .group_chapter = STR("16"), .extra = STR(""), .section = CHART_INVESTMENT,
                               .has = {[DOCBUDG_VOTED] = true}, .amounts = {[DOCBUDG_VOTED] = {400000}}};
    TRY(budget_line_add(ctx, act_id, &line));
    add_line(ctx, 4, "2183", "21", -400000, 0);
    return budget_document_end(ctx, document);
}

static enum status open_debt(struct ctx *ctx)
{
    return open_debt_in(ctx, 2026);
}

static int begin(void **state)
{
    int done = set_up(state);
    struct ctx ctx = test_ctx(&test);
    opens_credits();
    assert_int_equal(DO(&test, open_debt(&ctx)), OK);
    opens_credits();
    confirm_account();
    leads(LOANS, LOAN, LOANS "/1?saved=1");
    return done;
}

/* 10,000.00 in eight quarters at 3.5 % a year: the first interest is 87.50. */
static void a_schedule_is_shown(void **state)
{
    (void)state;
    shows(LOANS, "C-77");
    shows(LOANS "/1", "87,50");
    shows(LOANS "/1", "15 novembre 2026");
    shows(LOANS "/1", "calcul\xC3\xA9 ici");
    shows(LOANS "/1", "Emprunt inscrit"); /* its history */
    refuses(LOANS, LOAN, "C-77");         /* twice */
    refuses(LOANS, "party=" SUPPLIER "&number=&label=x&profile=P&borrowed=1&rate=3&a_year=4&count=8"
                   "&first=2026-11-15&signed=2026-08-10", "num\xC3\xA9ro");
    refuses(LOANS, "party=" SUPPLIER "&number=2&label=x&profile=Z&borrowed=1&rate=3&a_year=4&count=8"
                   "&first=2026-11-15&signed=2026-08-10", "3,475");
    refuses(LOANS, "party=" SUPPLIER "&number=2&label=x&profile=P&borrowed=1&rate=3,12345&a_year=4&count=8"
                   "&first=2026-11-15&signed=2026-08-10", "3,475");
    refuses(LOANS, "party=" SUPPLIER "&number=2&label=x&profile=P&borrowed=1&rate=3&a_year=3&count=8"
                   "&first=2026-11-15&signed=2026-08-10", "1, 2, 4 ou 12");
    refuses(LOANS, "number=2&label=x&profile=P&borrowed=1&rate=3&a_year=4&count=8&first=2026-11-15&signed=2026-08-10",
            "pr\xC3\xAAteur");
}

static void an_instalment_is_ordered_once(void **state)
{
    struct str body;
    (void)state;
    shows("/accounting", "C-77"); /* the desk: due this month */
    leads(LOANS "/1/pay", "place=1&day=2026-11-16", "/accounting/pieces/3?saved=1");
    shows("/accounting/pieces/3", ">1641<");
    shows("/accounting/pieces/3", ">66111<");
    shows(LOANS "/1", "mandat\xC3\xA9""e");
    refuses(LOANS "/1/pay", "place=1&day=2026-11-16", "d\xC3\xA9j\xC3\xA0 mandat\xC3\xA9""e");
    refuses(LOANS "/1/pay", "place=2&day=2026-11-16", "ou n’est pas de cet"); /* 2027 */
    refuses(LOANS "/1/pay", "place=9&day=2026-11-16", "n\xE2\x80\x99""existe pas");
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_lacks(body, "C-77");
}

static void who_may_not_order_does_not_repay(void **state)
{
    struct ctx ctx;
    struct str body;
    (void)state;
    int64_t reader = test_person(&test, "elue@beauval.example", "Conseil");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, reader, RIGHT_READ)), OK);
    test_act_as(&test, reader, ROLE_AGENT);
    assert_int_equal(test_page(&test, LOANS "/1", NULL, &body), 200);
    assert_lacks(body, "action=\"" LOANS);
    assert_int_equal(send(LOANS "/1/pay", "place=1&day=2026-11-16", &body), 403);
    assert_int_equal(send(LOANS "/1/bank", "file=x", &body), 403);
    assert_int_equal(send(LOANS, LOAN, &body), 403);
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, LOANS, NULL, &body), 403);
    assert_int_equal(test_page(&test, LOANS ".csv", NULL, &body), 403);
}

/* Two instalments of the bank's own: they count, and what is computed is shown beside. */
#define BANK "file=date;int%C3%A9r%C3%AAts;capital%0A15/11/2026;90,10;4000%0A15/02/2027;50;6000%0A"

static void the_banks_own_schedule_counts(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct loan loan;
    struct loan_schedule schedule;
    struct faults *faults = faults_new(test.arena);
    (void)state;
    refuses(LOANS "/1/bank", "file=15/11/2026;90,10;4000%0A15/02/2027;50;5999,99%0A", "999,99");
    refuses(LOANS "/1/bank", "file=15/11/2026;90,10;4000%0A15/11/2026;50;6000%0A", "2026-11-15");
    refuses(LOANS "/1/bank", "file=15/11/2026;90,10;4000%0A15/02/2027;cinquante;6000%0A", "ligne 2");
    refuses(LOANS "/1/bank", "file=15/11/2026;90,10;4000%0A15/02/2027;-5;6000%0A", "ligne 2");
    leads(LOANS "/1/bank", BANK, LOANS "/1?saved=1");
    shows(LOANS "/1", "90,10");
    shows(LOANS "/1", "87,50"); /* computed */
    leads(LOANS "/1/pay", "place=1&day=2026-11-16", "/accounting/pieces/3?saved=1");
    shows("/accounting/pieces/3", "4\xE2\x80\xAF" "090,10");
    refuses(LOANS "/1/bank", "file=15/11/2026;90,11;4000%0A15/02/2027;50;6000%0A", "échéance 1"); /* was ordered */
    leads(LOANS "/1/bank", "file=15/11/2026;90,10;4000%0A15/02/2027;51;6000%0A", LOANS "/1?saved=1");
    assert_int_equal(loan_get(&ctx, 1, &loan), OK);
    assert_int_equal(loan_schedule(&ctx, &loan, faults, &schedule), OK);
    assert_int_equal(schedule.count, 2);
    /* On 31 December 46 of the 92 days to 15 February have run: half of 51.00. */
    struct loan_year sums = loan_year(&loan, &schedule, 2026);
    assert_int_equal(sums.accrued.cents, 2550);
    assert_int_equal(sums.before.cents, 1000000);
    assert_int_equal(sums.left.cents, 600000);
    sums = loan_year(&loan, &schedule, 2027);
    assert_int_equal(sums.before.cents, 600000);
    assert_int_equal(sums.left.cents, 0);
    assert_int_equal(sums.accrued.cents, 0);
}

/* The table that is given out is one that the annex takes. */
static void its_annex_is_one_the_budget_takes(void **state)
{
    struct arena *tree = arena_create(16 << 20);
    struct annex_fault fault = {0};
    struct xml *block = NULL;
    struct str body;
    (void)state;
    assert_int_equal(test_page(&test, LOANS ".csv", NULL, &body), 200);
    enum status done = annex_read(tree, LANGUAGE_FR, ANNEX_EMPRUNT, body, STR(""), &block, &fault);
    if (done != OK)
        fail_msg("line %lld, %.*s: %.*s", (long long)fault.line, STR_ARG(fault.name), STR_ARG(body));
    assert_non_null(block);
    arena_destroy(&tree);
}

/* ---- a rate that is revised ---- */

static struct loan_schedule the_schedule(void)
{
    struct ctx ctx = test_ctx(&test);
    struct loan loan;
    struct loan_schedule schedule;
    struct faults *faults = faults_new(test.arena);
    assert_int_equal(loan_get(&ctx, 1, &loan), OK);
    assert_int_equal(loan_schedule(&ctx, &loan, faults, &schedule), OK);
    return schedule;
}

static void dues_change_from_a_day_on(void **state)
{
    int64_t sum = 0;
    (void)state;
    leads(LOANS "/1/pay", "place=1&day=2026-11-16", "/accounting/pieces/3?saved=1");
    struct loan_schedule before = the_schedule();
    refuses(LOANS "/1/rate", "since=2026-11-15&rate=4", "2026-11-15"); /* it was ordered */
    refuses(LOANS "/1/rate", "since=2028-08-16&rate=4", "2028-08-16"); /* the last is on the 15th */
    refuses(LOANS "/1/rate", "since=2027-02-15&rate=3,12345", "3,475");
    leads(LOANS "/1/rate", "since=2027-02-15&rate=4", LOANS "/1?saved=1");
    shows(LOANS "/1", "4,0000");
    struct loan_schedule after = the_schedule();
    assert_int_equal(after.count, before.count);
    assert_int_equal(after.dues[0].capital.cents, before.dues[0].capital.cents);
    assert_int_equal(after.dues[0].interest.cents, before.dues[0].interest.cents);
    assert_int_equal(after.dues[0].piece, 3);
    int64_t left = after.dues[0].left.cents;
    assert_int_equal(after.dues[1].interest.cents, (left + 50) / 100); /* a quarter of 4 % */
    for (size_t i = 0; i < after.count; i++) {
        sum += after.dues[i].capital.cents;
        assert_int_equal(after.dues[i].due.days, before.dues[i].due.days);
        assert_true(i == 0 || after.dues[i].interest.cents > before.dues[i].interest.cents);
    }
    assert_int_equal(sum, 1000000);
    assert_int_equal(after.dues[after.count - 1].left.cents, 0);
    /* The one of the same day is replaced; the bank's own schedule counts alone. */
    leads(LOANS "/1/rate", "since=2027-02-15&rate=3,5", LOANS "/1?saved=1");
    assert_int_equal(the_schedule().dues[1].interest.cents, before.dues[1].interest.cents);
    char bank[WORDS];
    snprintf(bank, sizeof bank, "file=15/11/2026;87,50;%lld,%02lld%%0A15/02/2027;50;%lld,%02lld%%0A",
             (long long)after.dues[0].capital.cents / 100, (long long)after.dues[0].capital.cents % 100,
             (long long)left / 100, (long long)left % 100);
    leads(LOANS "/1/bank", bank, LOANS "/1?saved=1");
    refuses(LOANS "/1/rate", "since=2027-02-15&rate=4", "banque");
}

static void a_schedule_of_the_bank_has_a_size(void **state)
{
    struct buf form BUF_SCOPE = BUF_INIT(1 << 20);
    struct ctx ctx = test_ctx(&test);
    struct loan loan;
    struct faults *faults = faults_new(test.arena);
    (void)state;
    for (size_t i = 0; form.len < LOAN_FILE_MAX; i++)
        buf_add_c(&form, "\n");
    assert_int_equal(loan_get(&ctx, 1, &loan), OK);
    assert_int_equal(DO(&test, loan_take_bank(&ctx, &loan, buf_str(&form), faults)), INVALID); /* no capital */
    assert_true(str_eq(faults->kept[0].rule, STR("loan.sum")));
    buf_add_c(&form, "\n");
    assert_int_equal(DO(&test, loan_take_bank(&ctx, &loan, buf_str(&form), faults)), INVALID);
    assert_true(str_eq(faults->kept[1].rule, STR("loan.size")));
}

/* ---- interest run at the year's end ---- */

#define LOANS_YEAR(year) "/accounting/years/1/" #year "/slip"

static void sign_slip_of(const char *path, const char *pieces, int slip)
{
    char to[48], saved[64];
    snprintf(to, sizeof to, "/accounting/slips/%d", slip);
    snprintf(saved, sizeof saved, "/accounting/slips/%d?saved=1", slip);
    leads(path, pieces, saved);
    sign_slip(to);
}

#define NEXT_LOANS "/accounting/years/1/2027/loans"

static void interest_run_is_attached_and_reversed(void **state)
{
    struct loan_schedule schedule = the_schedule();
    struct money accrued;
    (void)state;
    assert_int_equal(money_share(schedule.dues[1].interest, 46, 92, &accrued), OK);
    leads(LOANS "/1/pay", "place=1&day=2026-11-16", "/accounting/pieces/3?saved=1");
    it_is(2027, 2, 1);
    refuses(LOANS "/accrue", "", "2027-01-31"); /* the complementary period is over */
    it_is(2027, 1, 12);
    leads(LOANS "/accrue", "", LOANS "?saved=1");
    shows("/accounting/pieces/4", ">66112<");
    struct ctx ctx = test_ctx(&test);
    struct piece piece;
    assert_int_equal(piece_get(&ctx, 4, &piece), OK);
    assert_int_equal(piece.amount.cents, accrued.cents);
    assert_true(str_eq(piece.type, STR("10")));
    assert_int_equal(piece.day.days, date_of(2026, 12, 31).days);
    refuses(LOANS "/accrue", "", "d\xC3\xA9j\xC3\xA0 rattach");
    sign_slip_of(LOANS_YEAR(2026), "piece=3&piece=4", 1);
    struct str file = file_of(1);
    assert_has(file, "<TypPce V=\"10\"/>");
    assert_has(file, "<IdEmpruntOrdo V=\"C-77\"/>");
    schema_takes(file);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1"); /* 5 */
    as_clerk();
    votes_as_drafted(next_draft()); /* 6 */
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, open_debt_in(&ctx, 2027)), OK);
    struct str body;
    char path[64];
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    assert_int_equal(test_page(&test, path, TOKEN, &body), 303); /* 7 */
    it_is(2027, 2, 20);
    leads(NEXT_LOANS "/reverse", "day=2027-02-20", NEXT_LOANS "?saved=1"); /* 8: below nothing ordered, for a while */
    leads(NEXT_LOANS "/1/pay", "place=2&day=2027-02-15", "/accounting/pieces/9?saved=1");
    refuses(NEXT_LOANS "/reverse", "day=2027-02-20", "2026"); /* once */
    assert_int_equal(piece_get(&ctx, 4, &piece), OK);
    assert_int_equal(piece.remains.cents, 0);
    sign_slip_of(LOANS_YEAR(2027), "piece=9", 2);
    sign_slip_of(LOANS_YEAR(2027), "piece=8", 3);
    file = file_of(2);
    assert_has(file, "<NatPce V=\"04\"/>");
    assert_has(file, "<IdEmpruntOrdo V=\"C-77\"/>");
    schema_takes(file);
    file = file_of(3);
    assert_has(file, "<NatPce V=\"10\"/>");
    schema_takes(file);
    holds();
}

/* What was attached by mistake and cancelled is attached again; of one that was reduced, the rest is reversed. */
static void interest_that_was_corrected_is_attached_anew(void **state)
{
    struct ctx ctx;
    struct piece piece;
    char fields[WORDS];
    (void)state;
    leads(LOANS "/1/pay", "place=1&day=2026-11-16", "/accounting/pieces/3?saved=1");
    it_is(2027, 1, 12);
    leads(LOANS "/accrue", "", LOANS "?saved=1"); /* 4 */
    ctx = test_ctx(&test);
    assert_int_equal(piece_get(&ctx, 4, &piece), OK);
    snprintf(fields, sizeof fields, "amount=%lld,%02lld&day=2026-12-31&object=Taux",
             (long long)piece.amount.cents / 100, (long long)piece.amount.cents % 100);
    leads("/accounting/pieces/4/reduce", fields, "/accounting/pieces/5?saved=1");
    leads(LOANS "/1/rate", "since=2027-02-15&rate=4", LOANS "/1?saved=1");
    leads(LOANS "/accrue", "", LOANS "?saved=1"); /* 6 */
    refuses(LOANS "/accrue", "", "d\xC3\xA9j\xC3\xA0 rattach");
    assert_int_equal(piece_get(&ctx, 6, &piece), OK);
    int64_t attached = piece.amount.cents;
    leads("/accounting/pieces/6/reduce", "amount=1&day=2026-12-31&object=Arrondi", "/accounting/pieces/7?saved=1");
    holds();
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1"); /* 8 */
    as_clerk();
    votes_as_drafted(next_draft()); /* 9 */
    leads(NEXT_LOANS "/reverse", "day=2027-01-12", NEXT_LOANS "?saved=1"); /* 10 */
    ctx = test_ctx(&test);
    assert_int_equal(piece_get(&ctx, 10, &piece), OK);
    assert_int_equal(piece.amount.cents, attached - 100);
    refuses(NEXT_LOANS "/reverse", "day=2027-01-12", "2026"); /* once */
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    assert_int_equal(debt_verify(&ctx, &findings), OK);
    assert_int_equal(close_verify(&ctx, &findings), OK);
    assert_int_equal(findings.len, 0);
    holds();
}

/* ---- a mandat that was cancelled ---- */

/* What is left of each line goes: 1641 before 66111. */
static void cancels(uint64_t mandat, const char *to)
{
    struct ctx ctx = test_ctx(&test);
    struct imputation *lines;
    struct money *left;
    size_t count;
    char path[64], fields[WORDS];
    assert_int_equal(spend_left(&ctx, mandat, &lines, &left, &count), OK);
    assert_int_equal(count, 2);
    snprintf(path, sizeof path, "/accounting/pieces/%llu/reduce", (unsigned long long)mandat);
    snprintf(fields, sizeof fields, "day=2026-11-17&object=Double&part1=%lld,%02lld&part2=%lld,%02lld",
             (long long)left[0].cents / 100, (long long)left[0].cents % 100, (long long)left[1].cents / 100,
             (long long)left[1].cents % 100);
    leads(path, fields, to);
}

static void debt_holds(void)
{
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(debt_verify(&ctx, &findings), OK);
    if (findings.len > 0)
        fail_msg("%.*s", STR_ARG(buf_str(&findings)));
    holds();
}

static void an_instalment_of_a_cancelled_mandat_is_due_again(void **state)
{
    (void)state;
    leads(LOANS "/1/pay", "place=1&day=2026-11-16", "/accounting/pieces/3?saved=1");
    cancels(3, "/accounting/pieces/4?saved=1");
    shows("/accounting", "C-77"); /* the desk: due this month */
    debt_holds();
    /* The bank's own schedule, that says another amount, may come now. */
    leads(LOANS "/1/bank", BANK, LOANS "/1?saved=1");
    debt_holds();
    leads(LOANS "/1/pay", "place=1&day=2026-11-17", "/accounting/pieces/5?saved=1");
    refuses(LOANS "/1/pay", "place=1&day=2026-11-17", "d\xC3\xA9j\xC3\xA0 mandat\xC3\xA9""e");
    assert_int_equal(the_schedule().dues[0].piece, 5);
    debt_holds();
    sign_slip_of(LOANS_YEAR(2026), "piece=3&piece=5", 1); /* both say which loan they are of */
    struct str file = file_of(1), tie = STR("<IdEmpruntOrdo V=\"C-77\"/>");
    size_t second = str_find(file, STR("<IdPce V=\"3\"/>"));
    assert_true(second != SIZE_MAX && str_find(file, tie) < second);
    assert_true(str_find(str_after(file, second), tie) != SIZE_MAX);
}

/* What the bank asks less for: its mandat is reduced, and then its schedule may say so. */
static void a_schedule_may_say_what_is_left_of_a_mandat(void **state)
{
    (void)state;
    leads(LOANS "/1/bank", BANK, LOANS "/1?saved=1");
    leads(LOANS "/1/pay", "place=1&day=2026-11-16", "/accounting/pieces/3?saved=1");
    leads("/accounting/pieces/3/reduce", "day=2026-11-17&object=Trop&part1=&part2=0,10",
          "/accounting/pieces/4?saved=1");
    debt_holds();
    refuses(LOANS "/1/pay", "place=1&day=2026-11-17", "d\xC3\xA9j\xC3\xA0 mandat\xC3\xA9""e"); /* in part */
    refuses(LOANS "/1/bank", "file=15/11/2026;90,09;4000%0A15/02/2027;50;6000%0A", "échéance 1");
    leads(LOANS "/1/bank", "file=15/11/2026;90;4000%0A15/02/2027;50;6000%0A", LOANS "/1?saved=1");
    debt_holds();
    leads("/accounting/pieces/3/reduce", "day=2026-11-17&object=Trop&part1=1&part2=",
          "/accounting/pieces/5?saved=1");
    debt_holds();
}

static void of_a_closed_year_it_is_ordered_in_the_next(void **state)
{
    struct ctx ctx;
    struct piece piece;
    char fields[WORDS];
    (void)state;
    leads(LOANS "/1/pay", "place=1&day=2026-11-16", "/accounting/pieces/3?saved=1");
    it_is(2027, 1, 12);
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1"); /* 4 */
    as_clerk();
    votes_as_drafted(next_draft()); /* 5 */
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, open_debt_in(&ctx, 2027)), OK);
    snprintf(fields, sizeof fields, "/accounting/acts/%lld/open", (long long)act_id);
    struct str body;
    assert_int_equal(test_page(&test, fields, TOKEN, &body), 303); /* 6 */
    refuses(NEXT_LOANS "/1/pay", "place=1&day=2027-01-12", "d\xC3\xA9j\xC3\xA0 mandat\xC3\xA9""e");
    assert_int_equal(piece_get(&ctx, 3, &piece), OK);
    snprintf(fields, sizeof fields, "amount=%lld,%02lld&day=2027-01-12&object=Rejet&product=EMPR",
             (long long)piece.amount.cents / 100, (long long)piece.amount.cents % 100);
    leads("/accounting/pieces/3/annul", fields, "/accounting/pieces/7?saved=1");
    debt_holds();
    shows(NEXT_LOANS "/1", "name=\"place\" value=\"1\"");
    shows("/accounting", "15 novembre 2026"); /* the desk */
    leads(NEXT_LOANS "/1/pay", "place=1&day=2027-01-12", "/accounting/pieces/8?saved=1");
    refuses(NEXT_LOANS "/1/pay", "place=1&day=2027-01-12", "d\xC3\xA9j\xC3\xA0 mandat\xC3\xA9""e");
    debt_holds();
    all_is_signed(2027);
    files_hold(2027, "<IdEmpruntOrdo V=\"C-77\"/>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_schedule_is_shown, begin, tear_down),
        cmocka_unit_test_setup_teardown(an_instalment_is_ordered_once, begin, tear_down),
        cmocka_unit_test_setup_teardown(who_may_not_order_does_not_repay, begin, tear_down),
        cmocka_unit_test_setup_teardown(the_banks_own_schedule_counts, begin, tear_down),
        cmocka_unit_test_setup_teardown(its_annex_is_one_the_budget_takes, begin, tear_down),
        cmocka_unit_test_setup_teardown(dues_change_from_a_day_on, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_schedule_of_the_bank_has_a_size, begin, tear_down),
        cmocka_unit_test_setup_teardown(interest_run_is_attached_and_reversed, begin, tear_down),
        cmocka_unit_test_setup_teardown(interest_that_was_corrected_is_attached_anew, begin, tear_down),
        cmocka_unit_test_setup_teardown(an_instalment_of_a_cancelled_mandat_is_due_again, begin, tear_down),
        cmocka_unit_test_setup_teardown(a_schedule_may_say_what_is_left_of_a_mandat, begin, tear_down),
        cmocka_unit_test_setup_teardown(of_a_closed_year_it_is_ordered_in_the_next, begin, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
