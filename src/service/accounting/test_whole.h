/* For tests: a town with something in nearly every table of its accounting, two years of it. */
#ifndef SERVICE_ACCOUNTING_TEST_WHOLE_H
#define SERVICE_ACCOUNTING_TEST_WHOLE_H

#include "service/accounting/close/attach.h"
#include "service/accounting/close/carry.h"
#include "service/accounting/close/test_close.h"
#include "service/accounting/debt/loan.h"

static inline void add_order_line(struct ctx *ctx, int64_t place, const char *nature, const char *chapter,
                                  bool is_receipt)
{
    struct budget_line line = {.place = place, .nature = str_of(nature), .function = STR(""), .operation = STR(""),
                               .chapter = str_of(chapter), .function_chapter = STR(""), .operation_chapter = STR(""),
                               .group_chapter = str_of(chapter), .extra = STR(""), .kind = CHART_BETWEEN,
                               .section = is_receipt ? CHART_INVESTMENT : CHART_FUNCTIONING,
                               .direction = is_receipt ? CHART_RECEIPT : CHART_EXPENSE,
                               .has = {[DOCBUDG_VOTED] = true}, .amounts = {[DOCBUDG_VOTED] = {100000}}};
    assert_int_equal(budget_line_add(ctx, act_id, &line), OK);
}

/* Credits of depreciation and debt beside those of test_spend. */
static inline enum status amend(struct ctx *ctx)
{
    struct budget_line capital = {.place = 3, .nature = STR("1641"), .function = STR(""), .operation = STR(""),
                                  .chapter = STR("16"), .function_chapter = STR(""), .operation_chapter = STR(""),
                                  .group_chapter = STR("16"), .extra = STR(""), .section = CHART_INVESTMENT,
                                  .has = {[DOCBUDG_VOTED] = true}, .amounts = {[DOCBUDG_VOTED] = {200000}}};
    int64_t document;
    TRY(vote_begin(ctx, "02", "1", &document));
    add_order_line(ctx, 1, "681", "042", false);
    add_order_line(ctx, 2, "28183", "040", true);
    TRY(budget_line_add(ctx, act_id, &capital));
    add_line(ctx, 4, "66111", "66", 100000, 0);
    add_line(ctx, 5, "60632", "011", -200000, 0);
    add_line(ctx, 6, "2183", "21", -100000, 0);
    return budget_document_end(ctx, document);
}

#define ASSETS "/accounting/years/1/2026/assets"
#define ASSET "&account=2183&commissioned=2026-07-02&cost=1825&years=5&basis=jours&kind=&before=0&before_year="

/* Assets of each way to count, and the charge of a year (3, 4), one instalment of a loan (5), and a loan as the bank
 * says. */
static inline void owns_and_owes(void)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct loan loan = {.id = 1};
    leads("/accounting/years/1/2026/asset", "number=1&label=Photocopieur" ASSET, ASSETS "/1?saved=1");
    leads("/accounting/years/1/2026/asset", "number=2&label=Serveur" ASSET, ASSETS "/2?saved=1");
    leads("/accounting/years/1/2026/asset",
          "number=3&label=Camion&account=2182&commissioned=2026-02-28&cost=999,99&years=7&basis=mois&kind=&before=0"
          "&before_year=", ASSETS "/3?saved=1");
    leads("/accounting/years/1/2026/asset",
          "number=4&label=Grue&account=2182&commissioned=2023-05-20&cost=1000&years=6&basis=jours&kind=&before=333,34"
          "&before_year=2025", ASSETS "/4?saved=1");
    leads("/accounting/years/1/2026/asset",
          "number=5&label=Four&account=2188&commissioned=2024-05-20&cost=77,77&years=9&basis=enti%C3%A8re&kind="
          "&before=0&before_year=", ASSETS "/5?saved=1");
    leads(ASSETS "/5/leave", "day=2026-10-31&price=0", ASSETS "/5?saved=1");
    leads(ASSETS "/charge", "day=2026-11-20&product=AMOR", "/accounting/pieces/3?saved=1");
    leads("/accounting/years/1/2026/loans",
          "party=" SUPPLIER "&number=C-77&label=%C3%89cole&profile=P&borrowed=10000&rate=3,5&a_year=4&count=8"
          "&first=2026-11-15&signed=2026-08-10",
          "/accounting/years/1/2026/loans/1?saved=1");
    leads("/accounting/years/1/2026/loans/1/pay", "place=1&day=2026-11-16", "/accounting/pieces/5?saved=1");
    leads("/accounting/years/1/2026/loans",
          "party=" SUPPLIER "&number=C-78&label=Pont&profile=P&borrowed=10000&rate=3,5&a_year=4&count=8"
          "&first=2026-11-15&signed=2026-08-10",
          "/accounting/years/1/2026/loans/2?saved=1");
    assert_int_equal(loan_get(&ctx, 2, &loan), OK);
    assert_int_equal(DO(&test, loan_take_bank(&ctx, &loan, STR("15/11/2026;90,10;4000\n15/02/2027;50;6000\n"),
                                              faults)), OK);
}

#define LIST                                                                                                           \
    "tiers;objet;compte;montant;produit;bases%0A" SUPPLIER ";Loyer;752;450,00;LOYE;Bail%0A"                            \
    SUPPLIER ";Eau;752;100,00;LOYE;%0A"

/* A receipt put in order, a month of a régie, a list of two titres. */
static inline void receives(void)
{
    struct str body;
    leads("/accounting/years/1/2026/suspense/received", "number=7&day=2026-11-04&amount=45&payer=CAF",
          "/accounting/years/1/2026/suspense/received?saved=1");
    assert_int_equal(send("/accounting/suspense/1/settle",
                          "object=PSU&party=" SUPPLIER "&account=752&day=2026-11-20&product=PSU1&amount=45", &body),
                     303);
    leads("/accounting/years/1/2026/regies",
          "name=Piscine&code=R01&kind=recettes&act=7&act_day=2026-01-10&cash=300&days=15&holder=Accueil&party=" SUPPLIER
          "&account=7063&product=PISC",
          "/accounting/regies/1?saved=1&year=2026");
    leads("/accounting/regies/1/take", "day=2026-11-10&what=Entrees&means=carte&amount=120",
          "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/regies/1/take", "day=2026-11-11&what=Entrees&means=esp%C3%A8ces&amount=60",
          "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/regies/1/hand", "day=2026-11-12&amount=50&reference=Q1",
          "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/regies/1/title", "month=2026-11&day=2026-11-20", "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/years/1/2026/batches", "label=Loyers&day=2026-11-20&file=" LIST, "/accounting/batches/1");
    leads("/accounting/batches/1/press", "", "/accounting/batches/1?saved=1");
}

/* The form is taken; the number of what it made. */
static inline unsigned long long makes(const char *path, const char *fields, const char *where)
{
    struct str body;
    unsigned long long number = 0;
    int code = send(path, fields, &body);
    if (code != 303)
        fail_msg("%s: %d %.*s", path, code, STR_ARG(main_part(body)));
    for (struct str rest = str_after(body, strlen(where)); rest.len > 0 && ascii_is_digit(rest.at[0]);
         rest = str_after(rest, 1))
        number = number * 10 + (unsigned)(rest.at[0] - '0');
    return number;
}

/* A loan of each profile, with two instalments, of which the second is at another rate. */
static inline void owes_otherwise(void)
{
    static const char *const profiles[] = {"P", "C", "F"};
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        char path[80], fields[256];
        snprintf(fields, sizeof fields,
                 "party=" SUPPLIER "&number=D-%zu&label=Route&profile=%s&borrowed=777,77&rate=4,1234&a_year=12"
                 "&count=13&first=2026-09-30&signed=2026-08-10", i, profiles[i]);
        unsigned long long loan = makes("/accounting/years/1/2026/loans", fields, "/accounting/years/1/2026/loans/");
        snprintf(path, sizeof path, "/accounting/years/1/2026/loans/%llu/pay", loan);
        (void)makes(path, "place=1&day=2026-11-16", "/accounting/pieces/");
        snprintf(path, sizeof path, "/accounting/years/1/2026/loans/%llu/rate", loan);
        (void)makes(path, "since=2026-10-20&rate=5,4321", "");
        snprintf(path, sizeof path, "/accounting/years/1/2026/loans/%llu/pay", loan);
        (void)makes(path, "place=2&day=2026-11-16", "/accounting/pieces/");
    }
}

/* An engagement of which that much is done, and ordered by an invoice where one is named. */
static inline unsigned long long spends(const char *fields, const char *done, const char *bill)
{
    char path[64], whole[WORDS / 2];
    unsigned long long engagement = makes(ENGAGE, fields, "/accounting/engagements/"), number;
    struct ctx ctx = test_ctx(&test);
    struct engagement made;
    snprintf(path, sizeof path, "/accounting/engagements/%llu/attest", engagement);
    (void)makes(path, done, "");
    if (bill == NULL)
        return engagement;
    assert_int_equal(engagement_get(&ctx, engagement, &made), OK);
    snprintf(whole, sizeof whole, "%s&party=" SUPPLIER "&issued=2026-11-11&received=2026-11-12&tax=0&engagement=%u",
             bill, made.number);
    number = makes(BILL, whole, "/accounting/bills/");
    snprintf(path, sizeof path, "/accounting/bills/%llu/order", number);
    number = makes(path, "day=2026-11-20&object=Achat", "/accounting/pieces/");
    return number;
}

static inline void buys(void)
{
    struct str body;
    char path[64];
    (void)makes("/accounting/programmes", "budget=21560046100010&kind=1&number=AP-1&title=Ecole&day=2026-04-07"
                                          "&amount=3000&years=2026;1000%0A2027;2000", "");
    unsigned long long piece = spends("object=Papier&party=" SUPPLIER "&account=60632&amount=1000&day=2026-11-02",
                                      "day=2026-11-10&amount=400", "number=F-1&net=300");
    snprintf(path, sizeof path, "/accounting/pieces/%llu/vouchers", piece);
    assert_int_equal(hands_in(path, "about=facture&type=003", "facture.pdf", STR("%PDF-1.4 x"), &body), 303);
    (void)spends("object=Ordinateurs&party=" SUPPLIER "&account=2183&amount=900&slice=700&day=2026-11-02"
                 "&programme=AP-1",
                 "day=2026-11-10&amount=600", "number=F-2&net=500");
    (void)spends("object=Menage&party=" SUPPLIER "&account=6156&amount=500&day=2026-11-02", "day=2026-11-10&amount=200",
                 NULL);
}

/* What a town says of itself: a service, a figure, the rate of transfers, what its notices tell. */
static inline void settles(void)
{
    struct str body;
    as_signer();
    assert_int_equal(test_page(&test, "/accounting/services/add", TOKEN "code=ECO&name=Enfance", &body), 303);
    assert_int_equal(test_page(&test, "/accounting/acts/1/rate", TOKEN "rate=7,5", &body), 303);
    as_clerk();
    leads("/accounting/figures", "code=delay.ecb&since=2026-07-01&value=2,15&source=BCE",
          "/accounting/figures?saved=1");
    leads("/accounting/years/1/2026/notice", "desk=Accueil&pay_to=Service de gestion comptable&court=le tribunal",
          "/accounting/years/1/2026/notice?saved=1");
}

/* Its first year ends, and the next one goes on from it. */
static inline void a_year_ends(void)
{
    bool has_more = true;
    struct attachable *list;
    struct credit_year year;
    size_t count;
    leads(YEAR_PATH "/remains/receipt", "object=DETR&account=10222&amount=250,25&proof=Notification",
          YEAR_PATH "/remains?saved=1");
    it_is(2027, 1, 20);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    assert_int_equal(attach_list(&ctx, &year, &list, &count), OK);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(DO(&test, attach_order(&ctx, &year, list[i].engagement.sequence, faults_new(test.arena))),
                         OK);
    assert_int_equal(DO(&test, loan_accrue(&ctx, &year, faults_new(test.arena))), OK);
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-20", YEAR_PATH "/remains?saved=1");
    ctx = test_ctx(&test);
    while (has_more)
        assert_int_equal(DO(&test, closing_close(&ctx, &year, faults_new(test.arena), &has_more)), OK);
    as_clerk();
    leads(YEAR_PATH "/before", "reference=D+2026-61&amount-2183=100&day=2027-01-20",
          "/accounting/years/1/2027?saved=1");
    votes_as_drafted(next_draft());
    for (has_more = true; has_more;) {
        ctx = test_ctx(&test);
        assert_int_equal(credit_year(&ctx, 1, 2027, &year), OK);
        assert_int_equal(DO(&test, carry_again(&ctx, &year, faults_new(test.arena), &has_more)), OK);
    }
}

static inline int a_whole_town(void **state)
{
    struct ctx ctx;
    assert_int_equal(set_up(state), 0);
    opens_credits();
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, amend(&ctx)), OK);
    opens_credits();
    confirm_account();
    owns_and_owes();
    owes_otherwise();
    receives();
    buys();
    settles();
    a_year_ends();
    return 0;
}

#endif
