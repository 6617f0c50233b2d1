/* A town with something in nearly every table of its accounting, two years of it: all of it is proven; damage to each
 * table is found, or it is said here why nothing can find it; and what the town leaves with proves the same
 * elsewhere. */
#include "service/accounting/proof.h"

#include "service/accounting/close/attach.h"
#include "service/accounting/close/carry.h"
#include "service/accounting/close/test_close.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/test_damage.h"
#include "service/accounting/test_leave.h"

/* ---- a town ---- */

static void add_order_line(struct ctx *ctx, int64_t place, const char *nature, const char *chapter, bool is_receipt)
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
static enum status amend(struct ctx *ctx)
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

/* Two assets and the charge of a year (3, 4), one instalment of a loan (5), and a loan as the bank says. */
static void owns_and_owes(void)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct loan loan = {.id = 1};
    leads("/accounting/years/1/2026/asset", "number=1&label=Photocopieur" ASSET, ASSETS "/1?saved=1");
    leads("/accounting/years/1/2026/asset", "number=2&label=Serveur" ASSET, ASSETS "/2?saved=1");
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
    "tiers;objet;compte;montant;produit%0A" SUPPLIER ";Loyer;752;450,00;LOYE%0A" SUPPLIER ";Eau;752;100,00;LOYE%0A"

/* A receipt put in order, a month of a régie, a list of two titres. */
static void receives(void)
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
    leads("/accounting/regies/1/title", "month=2026-11&day=2026-11-20", "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/years/1/2026/batches", "label=Loyers&day=2026-11-20&file=" LIST, "/accounting/batches/1");
    leads("/accounting/batches/1/press", "", "/accounting/batches/1?saved=1");
}

/* The form is taken; the number of what it made. */
static unsigned long long makes(const char *path, const char *fields, const char *where)
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

/* An engagement of which that much is done, and ordered by an invoice where one is named. */
static unsigned long long spends(const char *fields, const char *done, const char *bill)
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

static void buys(void)
{
    struct str body;
    char path[64];
    (void)makes("/accounting/programmes", "budget=21560046100010&kind=1&number=AP-1&title=Ecole&day=2026-04-07"
                                          "&amount=3000&years=2026;1000%0A2027;2000", "");
    unsigned long long piece = spends("object=Papier&party=" SUPPLIER "&account=60632&amount=1000&day=2026-11-02",
                                      "day=2026-11-10&amount=400", "number=F-1&net=300");
    snprintf(path, sizeof path, "/accounting/pieces/%llu/vouchers", piece);
    assert_int_equal(hands_in(path, "about=facture&type=003", "facture.pdf", STR("%PDF-1.4 x"), &body), 303);
    (void)spends("object=Ordinateurs&party=" SUPPLIER "&account=2183&amount=900&day=2026-11-02&programme=AP-1",
                 "day=2026-11-10&amount=600", "number=F-2&net=500");
    (void)spends("object=Menage&party=" SUPPLIER "&account=6156&amount=500&day=2026-11-02", "day=2026-11-10&amount=200",
                 NULL);
}

/* Its first year ends, and the next one goes on from it. */
static void a_year_ends(void)
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
    votes_as_drafted(next_draft());
    for (has_more = true; has_more;) {
        ctx = test_ctx(&test);
        assert_int_equal(credit_year(&ctx, 1, 2027, &year), OK);
        assert_int_equal(DO(&test, carry_again(&ctx, &year, faults_new(test.arena), &has_more)), OK);
    }
}

static int a_whole_town(void **state)
{
    struct ctx ctx;
    assert_int_equal(set_up(state), 0);
    opens_credits();
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, amend(&ctx)), OK);
    opens_credits();
    confirm_account();
    owns_and_owes();
    receives();
    buys();
    a_year_ends();
    return 0;
}

/* ---- what is found ---- */

/* Everything a town is asked: its accounting, then its database (rows that name others which are not there). */
static enum status proves(struct ctx *ctx, struct buf *findings)
{
    struct book_proof book;
    struct str finding = STR("");
    TRY(proof_whole(ctx, &book, findings));
    enum status done = db_verify(ctx->db, ctx->arena, &finding);
    if (done == CORRUPT) {
        buf_add_format(findings, "database: %.*s\n", STR_ARG(finding));
        done = OK;
    }
    return done;
}

#define FIRST_PAID "(SELECT MIN(sequence) FROM accounting_piece WHERE bill IS NOT NULL)"

static const struct damage damages[] = {
    {"UPDATE accounting_budget SET siret = '21560046100028'", "(I15)"},
    {"DELETE FROM accounting_budget", "there"},
    {"DELETE FROM accounting_document WHERE id = 1", "there"},
    {"UPDATE accounting_act SET year = year + 1 WHERE id = 1", "of another year or budget"},
    {"DELETE FROM accounting_act WHERE id = 1", "there"},
    {"UPDATE accounting_line SET voted = voted + 1 WHERE id = (SELECT MIN(id) FROM accounting_line)", "(I8)"},
    {"DELETE FROM accounting_line WHERE id = (SELECT MIN(id) FROM accounting_line WHERE section = 0 AND direction = 1)",
     "(I8)"},
    {"UPDATE accounting_entry SET hash = (SELECT hash FROM accounting_entry WHERE sequence = 1) WHERE sequence = 4",
     "engine.hash"},
    {"DELETE FROM accounting_entry WHERE sequence = 4", "engine."},
    {"UPDATE accounting_exercise SET is_closed = 0", "whether it is closed"},
    {"UPDATE accounting_number SET last = last + 1", "I5"},
    {"UPDATE accounting_cell SET available = available + 1 WHERE id = 1", "I12"},
    {"UPDATE accounting_posted SET amount = amount + 1 WHERE sequence = 4", "entry 4"},
    {"UPDATE accounting_posted_line SET amount = amount + 1 WHERE sequence = 4", "entry 4"},
    {"UPDATE accounting_opening SET year = 2025 WHERE act = 1", "of another year or budget"},
    {"DELETE FROM accounting_opening WHERE act = 1", "or there is none"},
    {"UPDATE accounting_imputation SET net = net + 1 WHERE sequence = " FIRST_PAID, "(I1)"},
    {"DELETE FROM accounting_imputation WHERE sequence = " FIRST_PAID, "(I1)"},
    {"UPDATE accounting_engagement SET number = 77 WHERE number = 1", "(I5)"},
    {"DELETE FROM accounting_engagement WHERE number = 1", "(I5)"},
    {"UPDATE accounting_attest SET amount = 1", "were attested"},
    {"DELETE FROM accounting_attest", "were attested"},
    {"UPDATE accounting_bill SET gross = gross + 1 WHERE id = 1", "its mandats come to"},
    {"DELETE FROM accounting_bill WHERE id = 1", "refers to a row"},
    {"UPDATE accounting_slip SET number = number + 1 WHERE id = 1", "(I5)"},
    {"DELETE FROM accounting_slip WHERE id = 1", "refers to a row"},
    {"UPDATE accounting_piece SET number = 77 WHERE sequence = " FIRST_PAID, "(I5)"},
    {"DELETE FROM accounting_piece WHERE sequence = " FIRST_PAID, "(I5)"},
    {"UPDATE accounting_piece SET engagement = (SELECT MAX(sequence) FROM accounting_engagement) WHERE sequence = "
     FIRST_PAID, "(I7)"},
    {"DELETE FROM accounting_party", "refers to a row"},
    {"UPDATE accounting_party_bank SET state = 2", "is not one of its third party"},
    {"DELETE FROM accounting_party_bank", "refers to a row"},
    {"UPDATE accounting_programme SET authorised = 1", "programme AP-1"},
    {"DELETE FROM accounting_programme", "refers to a row"},
    {"UPDATE accounting_programme_year SET credit = 1", "programme AP-1"},
    {"DELETE FROM accounting_programme_year", "programme AP-1"},
    {"UPDATE accounting_programme_use SET programme = 77", "refers to a row"},
    {"UPDATE accounting_remain SET amount = amount + 1", "(I13)"},
    {"DELETE FROM accounting_remain WHERE is_receipt = 0", "(I13)"},
    {"DELETE FROM accounting_remain WHERE is_receipt = 1", "(I13)"},
    {"UPDATE accounting_remain_list SET expense = expense + 1", "(I13)"},
    {"DELETE FROM accounting_remain_list", "no list of it is signed"},
    {"UPDATE accounting_carried SET amount = amount + 1", "(I13)"},
    {"DELETE FROM accounting_carried WHERE id = 1", "(I13)"},
    {"DELETE FROM accounting_carried WHERE id = (SELECT MAX(id) FROM accounting_carried)", "(I13)"},
    {"UPDATE accounting_suspense SET amount = amount - 1", "put in order"},
    {"DELETE FROM accounting_suspense", "refers to a row"},
    {"DELETE FROM accounting_suspense_piece", "no money is said"},
    {"DELETE FROM accounting_regie", "refers to a row"},
    {"UPDATE accounting_taking SET amount = amount + 1", "takings of entry"},
    {"DELETE FROM accounting_taking", "without takings"},
    {"DELETE FROM accounting_batch", "refers to a row"},
    {"UPDATE accounting_batch_row SET amount = amount + 1", "its titre"},
    {"DELETE FROM accounting_batch_row WHERE place = 1", "its rows stand"},
    {"UPDATE accounting_asset SET cost = cost + 1000 WHERE id = 1", "(I14)"},
    {"DELETE FROM accounting_asset WHERE id = 1", "refers to a row"},
    {"UPDATE accounting_charge SET amount = amount + 1 WHERE asset = 1", "(I14)"},
    {"DELETE FROM accounting_charge WHERE asset = 1", "it charges assets with"},
    {"UPDATE accounting_pair SET receipt = (SELECT MAX(sequence) FROM accounting_piece WHERE is_receipt = 1)",
     "half of an operation"},
    {"DELETE FROM accounting_pair", "has no other half"},
    {"UPDATE accounting_accrued SET piece = (SELECT MIN(sequence) FROM accounting_piece)", "attached what no link"},
    {"DELETE FROM accounting_accrued", "attached what no link"},
    {"UPDATE accounting_loan SET borrowed = borrowed + 100000 WHERE id = 1", "instalment 1 was ordered"},
    {"DELETE FROM accounting_loan WHERE id = 1", "refers to a row"},
    {"UPDATE accounting_instalment SET capital = capital + 1 WHERE place = 1", "pays back"},
    {"DELETE FROM accounting_instalment WHERE place = 1", "instalments stand"},
    {"UPDATE accounting_repaid SET place = 8", "instalment 8 was ordered"},
    {"INSERT INTO accounting_repaid SELECT loan, place, (SELECT MIN(sequence) FROM accounting_piece) "
     "FROM accounting_repaid", "is ordered by 2 mandats"},
    {"DELETE FROM accounting_repaid", "pays no instalment"},
};

static void each_damage_is_found(void **state)
{
    (void)state;
    damages_are_found(&test, proves, damages, sizeof damages / sizeof *damages);
}

/* ---- no table is forgotten ---- */

/* No damage to these is looked for, each with why. What a person decided once and nothing else repeats cannot be
 * proven: no hash is over these rows, and any other value is as good as the one that stands there. */
static const char *const unproven[] = {
    "accounting_word",         /* derived: `town rebuild` makes it anew */
    "accounting_right",        /* decided: what a person may do */
    "accounting_setting",      /* decided; changes are in the audit log */
    "accounting_unit",         /* decided: names of services */
    "accounting_signatory",    /* decided: delegations; what was signed under one is in the slip */
    "accounting_party_change", /* a record beside: nothing is paid by it */
    "accounting_deed",         /* a record beside */
    "accounting_notice",       /* decided: words on notices */
    "accounting_basis",        /* words on a notice */
    "accounting_deposit",      /* as the régie says: the accountant's books have the other side */
    "accounting_before",       /* decided before a vote; the amounts are the journal's */
    "accounting_loan_rate",    /* decided; an instalment that was ordered is compared with the schedule it makes */
    "accounting_figure",       /* decided: a number of a text, with its source and who added it */
    "accounting_rate",         /* decided: what the assembly allows */
    "accounting_chart",        /* handed in: an operator can compare its sha256 with the publisher's */
    "accounting_chart_taken",  /* decided */
    "accounting_transfer",     /* words and days of an act; its amounts are lines of the act, and the journal's */
    "accounting_inbound",      /* a file as it came; its invoices are rows of their own */
    "accounting_inbound_line", /* what became of them then */
    "accounting_document_of",  /* spend_proof_test: documents of a file that was signed */
};

static bool is_covered(struct str table)
{
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        bool is_written = str_starts(str_of(damages[i].sql), STR("UPDATE ")) ||
                          str_starts(str_of(damages[i].sql), STR("INSERT INTO ")) ||
                          str_starts(str_of(damages[i].sql), STR("DELETE FROM "));
        assert_true(is_written);
        struct str rest = str_of(damages[i].sql);
        (void)str_cut(&rest, 'a'); /* up to the table's name: the words before have no small letter */
        struct str name = str_cut(&rest, ' ');
        if (str_eq(name, str_after(table, 1)))
            return true;
    }
    return false;
}

static bool is_unproven(struct str table)
{
    for (size_t i = 0; i < sizeof unproven / sizeof *unproven; i++)
        if (str_eq(table, str_of(unproven[i])))
            return true;
    return false;
}

static void no_table_is_forgotten(void **state)
{
    static const struct db_query tables = {
        "tables", "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'accounting\\_%' ESCAPE '\\'",
        DB_SLOT_MAX - 1 - DAMAGE_QUERIES_MAX};
    struct db_cursor *cursor;
    size_t seen = 0, forgotten = 0;
    (void)state;
    assert_int_equal(db_start(test.town.db, &tables, &cursor), OK);
    while (db_step(cursor) == OK) {
        struct str table = db_column_text(cursor, 0);
        bool is_covered_here = is_covered(table), is_left_out = is_unproven(table);
        seen++;
        if (is_covered_here != is_left_out)
            continue;
        print_message("%.*s has %s\n", STR_ARG(table),
                      is_left_out ? "a damage, and is said to have none" : "no damage");
        forgotten++;
    }
    db_end(cursor);
    assert_int_equal(forgotten, 0);
    assert_true(seen > 50);
}

static void it_proves_the_same_elsewhere(void **state)
{
    leaves_for_elsewhere(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_damage_is_found, a_whole_town, tear_down),
        cmocka_unit_test_setup_teardown(no_table_is_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_proves_the_same_elsewhere, a_whole_town, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
