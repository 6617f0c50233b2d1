/* Acts charged to several accounts: lines added without a script, parts of lines ordered and reduced. */
#include "service/accounting/spend/spend_parts.h"

#include "service/accounting/spend/test_slip.h"

#define TWO                                                                                                            \
    "object=Papier&party=" SUPPLIER "&account=60632&amount=70&account2=6411&function2=&amount2=50&day=2026-11-02"

static void says(const char *path, const char *fields, const char *words)
{
    struct str body;
    int code = send(path, fields, &body);
    if (code != 200 || str_find(body, str_of(words)) == SIZE_MAX)
        fail_msg("%s: %d, without %s: %.*s", path, code, words, STR_ARG(main_part(body)));
}

static void has_lines(uint64_t sequence, size_t wanted, const int64_t *cents)
{
    struct ctx ctx = test_ctx(&test);
    struct imputation *lines;
    size_t count;
    assert_int_equal(credit_lines(&ctx, sequence, &lines, &count), OK);
    assert_int_equal(count, wanted);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(credit_sum(&lines[i], 1).cents, cents[i]);
}
#define LINES(sequence, ...)                                                                                           \
    has_lines(sequence, sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t), (int64_t[]){__VA_ARGS__})

/* A bill of 60 euros on engagement 1. */
static void a_bill(const char *number)
{
    struct str body;
    char fields[200];
    snprintf(fields, sizeof fields,
             "party=" SUPPLIER "&number=%s&issued=2026-11-11&received=2026-11-12&net=50&tax=10&engagement=1", number);
    assert_int_equal(send(BILL, fields, &body), 303);
}

static void an_engagement_of_two(void)
{
    opens_credits();
    confirm_account();
    leads(ENGAGE, TWO, "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=120", "/accounting/engagements/2?saved=1");
}

/* A press on "one line more" does nothing else; what was typed stays. */
static void a_line_is_added_and_nothing_done(void **state)
{
    struct ctx ctx;
    struct engagement engagement;
    (void)state;
    opens_credits();
    says(ENGAGE, "object=Papier&account=60632&amount=70&more=1", "id=\"engage-amount2\"");
    says(ENGAGE, "object=Papier&account=60632&amount=70&account2=6411&amount2=5&more=1", "id=\"engage-amount3\"");
    says(ENGAGE, "object=Papier&account=60632&amount=70&account2=6411&amount2=5&more=1", "value=\"6411\"");
    says("/accounting/years/1/2026/order", "object=Paie&more=1", "id=\"piece-account2\"");
    says("/accounting/years/1/2026/title", "object=Loyer&more=1", "id=\"piece-account2\"");
    ctx = test_ctx(&test);
    assert_int_equal(engagement_of_number(&ctx, budget_id, 2026, 1, &engagement), NOT_FOUND);
    struct str body;
    assert_int_equal(send(ENGAGE, "object=P&account10=60632&more=1", &body), 200); /* ten, and no more */
    assert_true(str_find(body, STR("id=\"engage-amount10\"")) != SIZE_MAX);
    assert_true(str_find(body, STR("amount11")) == SIZE_MAX && str_find(body, STR("name=\"more\"")) == SIZE_MAX);
}

static void an_engagement_has_several_lines(void **state)
{
    (void)state;
    opens_credits();
    leads(ENGAGE, TWO "&account3=&amount3=", "/accounting/engagements/2?saved=1"); /* an empty one is none */
    LINES(2, 7000, 5000);
    refuses(ENGAGE, "object=Papier&account=60632&amount=70&account2=6411&amount2=&day=2026-11-02", "sans montant");
    refuses(ENGAGE, "object=Papier&account=60632&amount=70&account2=&amount2=5&day=2026-11-02", "sans montant");
    refuses(ENGAGE, "object=Papier&account=60632&amount=70&account2=99999&amount2=5&day=2026-11-02", "99999");
    refuses(ENGAGE, "object=Papier&account=60632&amount=70&account2=6411&amount2=9000&day=2026-11-02",
        "8\xE2\x80\xAF" "950,00");
    refuses(ENGAGE, "object=Papier&account=60632&amount=70&account2=2183&amount2=5&day=2026-11-02", "section");
    holds();
}

/* What a bill takes of each line is proposed from what is left of it, and may be written otherwise. */
static void a_bill_takes_a_part_of_each_line(void **state)
{
    (void)state;
    an_engagement_of_two();
    a_bill("F-1");
    shows("/accounting/bills/1", "id=\"order-part2\"");
    refuses("/accounting/bills/1/order", "day=2026-11-20&object=Papier&part1=21&part2=40", "il reste 60,00");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier&part1=20&part2=40",
          "/accounting/pieces/3?saved=1");
    LINES(3, 2000, 4000);
    a_bill("F-2");
    leads("/accounting/bills/2/order", "day=2026-11-20&object=Papier", "/accounting/pieces/4?saved=1");
    LINES(4, 5000, 1000); /* the rest of both */
    holds();
}

static void what_is_above_a_line_is_refused(void **state)
{
    (void)state;
    an_engagement_of_two();
    a_bill("F-1");
    refuses("/accounting/bills/1/order", "day=2026-11-20&object=Papier&part1=0&part2=60", "50,00");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier&part1=60&part2=", "/accounting/pieces/3?saved=1");
    LINES(3, 6000);
    holds();
}

static void one_line_of_several_is_reduced(void **state)
{
    struct ctx ctx;
    struct piece piece;
    (void)state;
    an_engagement_of_two();
    a_bill("F-1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier&part1=20&part2=40",
          "/accounting/pieces/3?saved=1");
    shows("/accounting/pieces/3", "id=\"reduce-part2\"");
    refuses("/accounting/pieces/3/reduce", "day=2026-11-21&object=Erreur&part1=0&part2=40,01", "6411");
    refuses("/accounting/pieces/3/reduce", "day=2026-11-21&object=Erreur&part1=&part2=", "au moins un compte");
    leads("/accounting/pieces/3/reduce", "day=2026-11-21&object=Erreur&part1=0&part2=15",
          "/accounting/pieces/4?saved=1");
    LINES(4, 1500);
    refuses("/accounting/pieces/3/reduce", "day=2026-11-21&object=Erreur&part1=0&part2=25,01", "25,00");
    leads("/accounting/pieces/3/reduce", "day=2026-11-21&object=Erreur&part1=20&part2=25",
          "/accounting/pieces/5?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(piece_get(&ctx, 3, &piece), OK);
    assert_int_equal(piece.remains.cents, 0);
    holds();
}

static enum status add_credit_note(struct ctx *ctx, const char *number, int64_t cents)
{
    struct faults *faults = faults_new(test.arena);
    int64_t id;
    struct bill bill = {.budget = budget_id, .party = supplier, .number = str_of(number), .form = STR(""),
                        .is_credit = true, .issued = date_of(2026, 11, 20), .received = date_of(2026, 11, 20),
                        .net = {cents}, .gross = {cents}, .iban = STR(""), .asked = STR(""), .service = STR(""),
                        .origin = STR("F-1"), .file_name = STR(""), .file = STR("")};
    return bill_add(ctx, &bill, faults, &id);
}

/* On the lines of the mandat as the clerk says; of a form that says none, in their order. */
static void a_credit_note_takes_of_each_line(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct bill bill;
    (void)state;
    an_engagement_of_two();
    a_bill("F-1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier&part1=20&part2=40",
          "/accounting/pieces/3?saved=1");
    assert_int_equal(DO(&test, add_credit_note(&ctx, "A-1", 2500)), OK);
    assert_int_equal(DO(&test, add_credit_note(&ctx, "A-2", 2500)), OK);
#define MONEY " inputmode=\"decimal\" maxlength=\"30\" value=\""
    shows("/accounting/bills/2", "id=\"deduct-part1\" name=\"part1\"" MONEY "20,00");
    shows("/accounting/bills/2", "id=\"deduct-part2\" name=\"part2\"" MONEY "5,00");
#define AVOIR "day=2026-11-21&object=Avoir"
    refuses("/accounting/bills/2/deduct", AVOIR "&part1=10&part2=14,99", "24,99, et l’avoir est de 25,00");
    refuses("/accounting/bills/2/deduct", AVOIR "&part1=20,01&part2=4,99", "20,00");
    leads("/accounting/bills/2/deduct", AVOIR "&part1=5&part2=20", "/accounting/bills/2?saved=1");
    LINES(4, 500, 2000);
    leads("/accounting/bills/3/deduct", AVOIR, "/accounting/bills/3?saved=1");
    LINES(5, 1500, 1000);
    ctx = test_ctx(&test);
    assert_int_equal(bill_get(&ctx, 3, &bill), OK);
    assert_int_equal(bill.state, BILL_ORDERED);
    holds();
}

/* The file for the accountant goes back to the very line. */
static void a_reduction_names_the_line_it_reduces(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct ctx ctx;
    struct slip slip;
    (void)state;
    an_engagement_of_two();
    a_bill("F-1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier&part1=20&part2=40",
          "/accounting/pieces/3?saved=1");
    leads("/accounting/pieces/3/reduce", "day=2026-11-21&object=Erreur&part1=0&part2=15",
          "/accounting/pieces/4?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=4", "/accounting/slips/1?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    the_file(&slip, &file);
    struct str said = buf_str(&file);
    size_t at = str_find(said, STR("<RattachPiece>"));
    assert_true(at != SIZE_MAX);
    struct str link = str_slice(said, at, at + 300);
    if (str_find(link, STR("V=\"2\"")) == SIZE_MAX)
        fail_msg("%.*s", STR_ARG(link));
}

static void direct_mandats_and_titres_have_several_lines(void **state)
{
    (void)state;
    opens_credits();
    confirm_account();
    leads("/accounting/years/1/2026/order",
          "object=Paie&party=" SUPPLIER "&account=6411&amount=30&account2=637&amount2=12,34&day=2026-11-20",
          "/accounting/pieces/2?saved=1");
    LINES(2, 3000, 1234);
    leads("/accounting/years/1/2026/title",
          "object=Taxe&party=" SUPPLIER "&account=73111&amount=30&account2=73111&amount2=1&day=2026-11-20&product=AB12",
          "/accounting/pieces/3?saved=1");
    LINES(3, 3000, 100);
    holds();
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_line_is_added_and_nothing_done),
        CASE(an_engagement_has_several_lines),
        CASE(a_bill_takes_a_part_of_each_line),
        CASE(what_is_above_a_line_is_refused),
        CASE(one_line_of_several_is_reduced),
        CASE(a_credit_note_takes_of_each_line),
        CASE(a_reduction_names_the_line_it_reduces),
        CASE(direct_mandats_and_titres_have_several_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
