/* The end of a year, walked through as a browser does: what is attached, what remains, the close, the next year; and at
 * each step what is refused. */
#include "service/accounting/budget/budget_force_sql.h"
#include "service/accounting/close/test_close.h"
#include "service/accounting/spend/spend_parts.h"
#include "service/accounting/receipt/asap.h"

/* ---- a year with something of everything ---- */

/* Entries: 1 opens, 2 engages paper (1 000,00, of which 400,00 is done), 3 engages computers (1 500,00, of which 500,00
 * is ordered by 4), 5 is a titre. */
static void a_year_runs(void)
{
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
    leads(BILL, "party=" SUPPLIER "&number=F-2&issued=2026-11-11&received=2026-11-12&tax=0&net=100&engagement=2",
          "/accounting/bills/2?saved=1");
    leads(YEAR_PATH "/title", "object=Taxe&product=TAXE&party=" SUPPLIER "&account=73111&amount=17000&day=2026-11-02",
          "/accounting/pieces/5?saved=1");
}

static void what_stands_in_the_way_is_said_in_order(void **state)
{
    (void)state;
    struct str body;
    a_year_runs();
    shows(YEAR_PATH "/close", "31 janvier 2027");
    shows(YEAR_PATH "/close", "2 \xC2\xB7 2\xE2\x80\xAF" "000,00"); /* still reserved */
    shows(YEAR_PATH "/close", "1 \xC2\xB7 400,00");                  /* done and not ordered, in functioning */
    as_signer();
    assert_int_equal(test_page(&test, YEAR_PATH "/close", NULL, &body), 200);
    assert_true(str_find(body, STR("action=\"" YEAR_PATH "/close\"")) == SIZE_MAX); /* no button yet */
    refuses(YEAR_PATH "/close", "", "2 mandats ou titres sans bordereau");
    as_clerk();
    leads(YEAR_PATH "/slip", "piece=4", "/accounting/slips/1?saved=1");
    leads(YEAR_PATH "/slip", "piece=5", "/accounting/slips/2?saved=1");
    as_signer();
    refuses(YEAR_PATH "/close", "", "2 bordereaux");
    all_is_signed(2026);
    as_signer();
    refuses(YEAR_PATH "/close", "", "restes \xC3\xA0 r\xC3\xA9" "aliser n\xE2\x80\x99" "est pas sign");
    as_clerk();
    assert_int_equal(send(YEAR_PATH "/close", "", &body), 403);
    holds();
}

static void the_list_is_signed_by_who_may_and_says_what_is_engaged(void **state)
{
    (void)state;
    struct str body;
    a_year_runs();
    shows(YEAR_PATH "/remains", "1\xE2\x80\xAF" "000,00");
    leads(YEAR_PATH "/remains/receipt", "object=DETR&account=10222&amount=250,25&proof=Notification",
          YEAR_PATH "/remains?saved=1");
    refuses(YEAR_PATH "/remains/receipt", "object=DETR&account=10222&amount=1&proof=", "justificatif");
    refuses(YEAR_PATH "/remains/receipt", "object=DETR&account=10222&amount=-1&proof=N", "\xE2\x88\x92" "1,00");
    refuses(YEAR_PATH "/remains/receipt", "object=DETR&account=60632&amount=1&proof=N", "60632");
    assert_int_equal(send(YEAR_PATH "/remains/sign", "day=2026-12-31", &body), 403);
    as_signer();
    refuses(YEAR_PATH "/remains/sign", "day=2026-11-22", "2026-12-31");
    it_is(2027, 1, 12);
    refuses(YEAR_PATH "/remains/sign", "day=2027-01-13", "2027-01-12");
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    shows(YEAR_PATH "/remains", "Cabinet");
    shows(YEAR_PATH "/remains", "250,25");
    as_clerk();
    leads(YEAR_PATH "/remains/receipt", "object=DETR&account=10222&amount=250&proof=Notification",
          YEAR_PATH "/remains?saved=1"); /* what replaces it makes the list old */
    shows(YEAR_PATH "/remains", "signer de nouveau");
    leads(YEAR_PATH "/remains/receipt", "object=DETR&account=10222&amount=0&proof=Notification",
          YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/remains/receipt", "object=DETR&account=10222&amount=250,25&proof=Notification",
          YEAR_PATH "/remains?saved=1");
    shows(YEAR_PATH "/remains", "Liste sign");
    leads("/accounting/engagements/2/release", "day=2026-12-31", "/accounting/engagements/2?saved=1");
    shows(YEAR_PATH "/remains", "signer de nouveau"); /* an engagement has changed */
    holds();
}

/* What was attached is done by 31 January, dated 31 December, and not a day later; investment never. */
static void the_complementary_period_ends_on_31_january(void **state)
{
    (void)state;
    a_year_runs();
    it_is(2027, 2, 1);
    refuses(YEAR_PATH "/attach", "piece=2", "2027-01-31");
    it_is(2027, 1, 31);
    leads(YEAR_PATH "/attach", "piece=2", YEAR_PATH "/attach?saved=1");
    shows(YEAR_PATH "/attach", "400,00");
    refuses(YEAR_PATH "/attach", "piece=2", "Attestez d");   /* nothing is left to attach */
    refuses(YEAR_PATH "/attach", "piece=3", "Attestez d");   /* investment remains to be done */
    refuses(YEAR_PATH "/order", "object=Achat&party=" SUPPLIER "&account=1641&amount=1&day=2026-12-31", "2026-12-31");
    leads(YEAR_PATH "/order", "object=Contrat&party=" SUPPLIER "&account=637&amount=1&day=2026-12-31",
          "/accounting/pieces/7?saved=1");
    refuses(YEAR_PATH "/attach/title", "object=FCTVA&party=" SUPPLIER "&account=10222&amount=1&product=FCTV",
            "10222");
    leads(YEAR_PATH "/attach/title", "object=Loyer&party=" SUPPLIER "&account=73111&amount=30&product=LOYE",
          YEAR_PATH "/attach?saved=1");
    it_is(2027, 2, 1);
    refuses(YEAR_PATH "/attach/title", "object=Loyer&party=" SUPPLIER "&account=73111&amount=1&product=LOYE",
            "2027-01-31");
    all_is_signed(2026);
    files_hold(2026, "<TypPce V=\"10\"/>");
    files_hold(2026, "<TypPce V=\"11\"/>");
    holds();
}

/* ---- the close, and the next year ---- */

static void closes(void)
{
    it_is(2027, 1, 12);
    leads(YEAR_PATH "/attach", "piece=2", YEAR_PATH "/attach?saved=1"); /* entry 6 */
    leads(YEAR_PATH "/remains/receipt", "object=DETR&account=10222&amount=250,25&proof=Notification",
          YEAR_PATH "/remains?saved=1");
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1"); /* 7 and 8 release, 9 closes */
    as_clerk();
}

static void a_closed_year_opens_the_next_with_what_it_left(void **state)
{
    (void)state;
    struct str body;
    a_year_runs();
    closes();
    shows(YEAR_PATH "/close", "Clos");
    as_signer();
    assert_int_equal(send(YEAR_PATH "/close", "", &body), 409);
    assert_int_equal(send(YEAR_PATH "/remains/sign", "day=2027-01-12", &body), 409);
    as_clerk();
    refuses(YEAR_PATH "/title", "object=Taxe&product=TAXE&party=" SUPPLIER "&account=73111&amount=1&day=2026-12-31",
            "2026 est clos");
    assert_int_equal(send(YEAR_PATH "/close/again", "", &body), 409); /* no credits in 2027 yet */
    /* Functioning 17 000,00 − 400,00; investment 0 − 500,00; to be done 1 000,00 against 250,25. */
    int64_t draft = next_draft();
    assert_int_equal(amount_of(draft, "001", CHART_EXPENSE, DOCBUDG_VOTED), 50000);
    assert_int_equal(amount_of(draft, "1068", CHART_RECEIPT, DOCBUDG_VOTED), 124975);
    assert_int_equal(amount_of(draft, "002", CHART_RECEIPT, DOCBUDG_VOTED), 1660000 - 124975);
    assert_int_equal(amount_of(draft, "2183", CHART_EXPENSE, DOCBUDG_CARRIED), 100000);
    assert_int_equal(amount_of(draft, "60632", CHART_EXPENSE, DOCBUDG_CARRIED), 60000);
    assert_int_equal(amount_of(draft, "10222", CHART_RECEIPT, DOCBUDG_CARRIED), 25025);
    shows(YEAR_PATH "/close", "1\xE2\x80\xAF" "249,75"); /* 1068, as the page says it */
    votes_as_drafted(draft);
    leads(YEAR_PATH "/close/again", "", YEAR_PATH "/close?saved=1");
    assert_int_equal(cell_of(2027, CELL_INVESTMENT, CELL_EXPENSE, "2183").reserved.cents, 100000);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").reserved.cents, 100000); /* 400 and 600 */
    leads(YEAR_PATH "/close/again", "", YEAR_PATH "/close?saved=1"); /* once */
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").reserved.cents, 100000);
    holds();
}

/* The link is read both ways; what was done, and the invoice that came, go along. */
static void an_engagement_keeps_its_history(void **state)
{
    (void)state;
    a_year_runs();
    closes();
    shows("/accounting/engagements/3", "pas encore engag\xC3\xA9 de nouveau");
    votes_as_drafted(next_draft()); /* 10 */
    leads(YEAR_PATH "/close/again", "", YEAR_PATH "/close?saved=1"); /* 11 attached, 12 and 13 released */
    shows("/accounting/engagements/2", "href=\"/accounting/engagements/11\"");
    shows("/accounting/engagements/2", "href=\"/accounting/engagements/12\"");
    shows("/accounting/engagements/3", "href=\"/accounting/engagements/13\"");
    shows("/accounting/engagements/13", "href=\"/accounting/engagements/3\"");
    shows("/accounting/engagements/13", "F-2");
    it_is(2027, 1, 20);
    leads("/accounting/bills/2/order", "day=2027-01-20&object=Ordinateurs", "/accounting/pieces/14?saved=1");
    leads(NEXT_PATH "/bill",
          "party=" SUPPLIER "&number=F-3&issued=2027-01-18&received=2027-01-19&tax=0&net=400&engagement=1",
          "/accounting/bills/3?saved=1");
    leads("/accounting/bills/3/order", "day=2027-01-20&object=Papier", "/accounting/pieces/15?saved=1");
    leads(NEXT_PATH "/slip", "piece=15", "/accounting/slips/3?saved=1");
    holds();
}

/* The charge is the old year's: the next one reverses it as its first act, before anything is ordered or engaged again,
 * and its credits rise by it until the invoice comes. */
static void what_was_attached_is_reversed_in_the_next_year(void **state)
{
    (void)state;
    a_year_runs();
    it_is(2027, 1, 12);
    leads(YEAR_PATH "/attach/title", "object=Loyer&party=" SUPPLIER "&account=73111&amount=30&product=LOYE",
          YEAR_PATH "/attach?saved=1"); /* 6 */
    leads(YEAR_PATH "/attach", "piece=2", YEAR_PATH "/attach?saved=1"); /* 7 */
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1"); /* 8, 9, 10 */
    as_clerk();
    votes_as_drafted(next_draft()); /* 11 */
    shows(NEXT_PATH "/attach", "contre-passer");
    refuses(NEXT_PATH "/attach/reverse", "piece=5", "rattachement");
    int64_t free = cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").available.cents;
    leads(NEXT_PATH "/attach/reverse", "piece=6&piece=7", NEXT_PATH "/attach?saved=1"); /* 12, 13 */
    refuses(NEXT_PATH "/attach/reverse", "piece=7", "rattachement");
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").ordered.cents, -40000);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").available.cents, free + 40000);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_RECEIPT, "731").ordered.cents, -3000);
    holds();
    leads(YEAR_PATH "/close/again", "", YEAR_PATH "/close?saved=1"); /* 14, 15, 16 */
    it_is(2027, 1, 20);
    leads(NEXT_PATH "/bill",
          "party=" SUPPLIER "&number=F-3&issued=2027-01-18&received=2027-01-19&tax=0&net=400&engagement=1",
          "/accounting/bills/3?saved=1");
    leads("/accounting/bills/3/order", "day=2027-01-20&object=Papier", "/accounting/pieces/17?saved=1");
    leads(NEXT_PATH "/title", "object=Loyer&product=LOYE&party=" SUPPLIER "&account=73111&amount=30&day=2027-01-20",
          "/accounting/pieces/18?saved=1");
    shows(YEAR_PATH "/attach", "Contre-pass");
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").ordered.cents, 0);
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_RECEIPT, "731").ordered.cents, 0);
    all_is_signed(2027);
    files_hold(2027, "<NatPce V=\"10\"/>");
    holds();
}

static enum status carry_a_cent_more(struct ctx *ctx)
{
    struct sql_budget_force_carried in = {.carried = 100001, .act = act_id};
    struct budget_line *lines;
    size_t count;
    TRY(budget_lines(ctx, act_id, &lines, &count));
    for (size_t i = 0; i < count; i++)
        if (str_eq(lines[i].nature, STR("2183")))
            in.place = lines[i].place;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_budget_force_carried(ctx->db, in);
}

/* What the next budget carries over is what was signed, to the cent, or its credits are not opened. */
static void reports_are_those_that_were_signed(void **state)
{
    (void)state;
    char path[64];
    a_year_runs();
    closes();
    keeps_as_drafted(next_draft());
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(amount_of(act_id, "2183", CHART_EXPENSE, DOCBUDG_CARRIED), 100000);
    assert_int_equal(DO(&test, carry_a_cent_more(&ctx)), OK);
    snprintf(path, sizeof path, "/accounting/acts/%lld/open", (long long)act_id);
    refuses(path, "", "1\xE2\x80\xAF" "600,01");
    holds();
}

static void the_order_of_years_is_kept(void **state)
{
    (void)state;
    a_year_runs();
    all_is_signed(2026);
    it_is(2027, 12, 31);
    struct ctx ctx = test_ctx(&test);
    struct budget_act from;
    int64_t id;
    assert_int_equal(budget_act_named(&ctx, STR(SIRET), 2026, STR("01"), STR_NONE, &from), OK);
    assert_int_equal(DO(&test, budget_draft_begin(&ctx, &from, &id)), OK);
    votes_as_drafted(id);
    as_signer();
    refuses(NEXT_PATH "/close", "", "L\xE2\x80\x99" "exercice 2026 n");
    leads(YEAR_PATH "/remains/sign", "day=2027-12-31", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1");
    leads(NEXT_PATH "/close", "", NEXT_PATH "/close?saved=1");
    holds();
}

/* More than one step releases: the page goes on until the year is closed. */
static void many_engagements_are_released_step_by_step(void **state)
{
    (void)state;
    struct str body;
    opens_credits();
    for (int i = 0; i < CARRY_STEP + 1; i++)
        assert_int_equal(send(ENGAGE, "object=Lot&account=60632&amount=1,01&day=2026-11-02", &body), 303);
    it_is(2027, 1, 12);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1");
    shows(YEAR_PATH "/close", "Continuez");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1");
    shows(YEAR_PATH "/close", "Clos");
    as_clerk();
    votes_as_drafted(next_draft());
    for (int i = 0; i < 2; i++)
        leads(YEAR_PATH "/close/again", "", YEAR_PATH "/close?saved=1");
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_EXPENSE, "011").reserved.cents, 101 * (CARRY_STEP + 1));
    holds();
}

/* ---- corrections of a closed year ---- */

/* Such a titre (01-02-09) has its notice, as any that somebody owes. */
static void asks_the_supplier(uint64_t sequence)
{
    struct ctx ctx = test_ctx(&test);
    struct asap notice;
    struct asap_words words = {STR("Accueil"), STR("Vannes"), STR(""), STR(""), STR("le tribunal administratif")};
    assert_int_equal(DO(&test, asap_set(&ctx, budget_id, &words, faults_new(test.arena))), OK);
    assert_int_equal(asap_of(&ctx, sequence, faults_new(test.arena), &notice), OK);
    assert_int_equal(notice.party.id, supplier);
    char path[64];
    snprintf(path, sizeof path, "/accounting/pieces/%llu", (unsigned long long)sequence);
    shows(path, "/notice.pdf");
}

static void a_mandat_of_a_closed_year_is_cancelled_by_a_titre(void **state)
{
    (void)state;
    a_year_runs();
    leads(YEAR_PATH "/order", "object=Contrat&party=" SUPPLIER "&account=637&amount=300&day=2026-11-20",
          "/accounting/pieces/6?saved=1");
    it_is(2027, 1, 12);
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1"); /* 7, 8, 9 */
    as_clerk();
    shows("/accounting/pieces/6", "au compte 773");
#define ANNUL "amount=100&object=Trop+pay%C3%A9&product=TROP"
    refuses("/accounting/pieces/6/annul", ANNUL "&day=2027-01-12", "2026"); /* no credits in 2027 */
    refuses("/accounting/pieces/6/annul", ANNUL "&day=2026-12-31", "2026");
    votes_as_drafted(next_draft()); /* 10 */
    refuses("/accounting/pieces/6/annul", "amount=300,01&object=Trop&product=TROP&day=2027-01-12", "300,00");
    refuses("/accounting/pieces/6/annul", "amount=1&object=Trop&product=&day=2027-01-12", "quatre");
    leads("/accounting/pieces/6/annul", ANNUL "&day=2027-01-12", "/accounting/pieces/11?saved=1");
    shows("/accounting/pieces/11", "773");
    refuses("/accounting/pieces/6/annul", "amount=200,01&object=Trop&product=TROP&day=2027-01-12", "200,00");
    leads("/accounting/pieces/6/annul", "amount=200&object=Trop&product=TROP&day=2027-01-12",
          "/accounting/pieces/12?saved=1");
    refuses("/accounting/pieces/6/annul", "amount=0,01&object=Trop&product=TROP&day=2027-01-12", "0,00");
    leads("/accounting/pieces/4/annul", "amount=500&object=Retour&product=RETO&day=2027-01-12",
          "/accounting/pieces/13?saved=1"); /* investment: on the account of the mandat */
    shows("/accounting/pieces/13", "2183");
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_RECEIPT, "77").ordered.cents, 30000);
    all_is_signed(2027);
    files_hold(2027, "<NatPce V=\"09\"/>");
    files_hold(2027, "<NatPceOrig V=\"02\"/><ExerRat V=\"2026\"/>");
    asks_the_supplier(11);
    holds();
}

/* Of several lines it takes in their order, and the file goes back to the line that is taken of. */
static void a_mandat_of_several_lines_is_cancelled_in_their_order(void **state)
{
    struct ctx ctx;
    struct imputation *lines;
    struct money *left;
    size_t count;
    (void)state;
    a_year_runs();
    leads(YEAR_PATH "/order", "object=Contrat&party=" SUPPLIER "&account=637&amount=100&account2=6411&amount2=50"
          "&day=2026-11-20", "/accounting/pieces/6?saved=1");
    it_is(2027, 1, 12);
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1"); /* 7, 8, 9 */
    as_clerk();
    votes_as_drafted(next_draft()); /* 10 */
    leads("/accounting/pieces/6/annul", "amount=110&object=Trop&product=TROP&day=2027-01-12",
          "/accounting/pieces/11?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(credit_lines(&ctx, 11, &lines, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(lines[0].net.cents, 10000);
    assert_int_equal(lines[1].net.cents, 1000);
    leads("/accounting/pieces/6/annul", "amount=15&object=Trop&product=TROP&day=2027-01-12",
          "/accounting/pieces/12?saved=1");
    assert_int_equal(spend_left(&ctx, 6, &lines, &left, &count), OK);
    assert_int_equal(left[0].cents, 0);
    assert_int_equal(left[1].cents, 2500);
    all_is_signed(2027);
    files_hold(2027, "<IdLigneOrig V=\"1\"/>");
    ctx = test_ctx(&test);
    struct buf file BUF_SCOPE = BUF_INIT(1 << 20);
    struct faults *faults = faults_new(test.arena);
    struct slip slip;
    struct piece second;
    assert_int_equal(piece_get(&ctx, 12, &second), OK);
    assert_int_equal(slip_get(&ctx, second.slip, &slip), OK);
    assert_int_equal(slip_file_write(&ctx, &slip, &file, faults), OK);
    struct str said = buf_str(&file), number = str_format(test.arena, "<IdPce V=\"%u\"/>", second.number);
    said = str_after(said, str_find(said, number));
    assert_true(str_find(said, STR("<IdLigneOrig V=\"2\"/>")) != SIZE_MAX);
    assert_int_equal(str_find(said, STR("<IdLigneOrig V=\"1\"/>")), SIZE_MAX);
    holds();
}

static enum status add_credit_note(struct ctx *ctx)
{
    struct faults *faults = faults_new(test.arena);
    int64_t id;
    struct bill bill = {.budget = budget_id, .party = supplier, .number = STR("A-1"), .form = STR(""),
                        .is_credit = true, .issued = date_of(2027, 1, 11), .received = date_of(2027, 1, 11),
                        .net = {12000}, .gross = {12000}, .iban = STR(""), .asked = STR(""), .service = STR(""),
                        .origin = STR("F-9"), .file_name = STR(""), .file = STR("")};
    return bill_add(ctx, &bill, faults, &id);
}

/* What the supplier gives back of a mandat of a closed year is a receipt of this one. */
static void a_credit_note_on_a_closed_year_becomes_a_titre(void **state)
{
    struct ctx ctx;
    struct bill bill;
    (void)state;
    a_year_runs();
    leads(YEAR_PATH "/bill", "party=" SUPPLIER "&number=F-9&issued=2026-11-11&received=2026-11-12&tax=0&net=300"
          "&engagement=1", "/accounting/bills/3?saved=1");
    leads("/accounting/bills/3/order", "day=2026-11-20&object=Papier", "/accounting/pieces/6?saved=1");
    it_is(2027, 1, 12);
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1"); /* 7, 8, 9 */
    as_clerk();
    votes_as_drafted(next_draft()); /* 10 */
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, add_credit_note(&ctx)), OK);
    shows("/accounting/bills/4", "sur le compte 773");
    refuses("/accounting/bills/4/deduct", "day=2027-01-12&object=Avoir+A-1&product=", "quatre");
    leads("/accounting/bills/4/deduct", "day=2027-01-12&object=Avoir+A-1&product=AVOI", "/accounting/bills/4?saved=1");
    shows("/accounting/pieces/11", "773");
    shows("/accounting/pieces/11", "120,00");
    assert_int_equal(cell_of(2027, CELL_FUNCTIONING, CELL_RECEIPT, "77").ordered.cents, 12000);
    assert_int_equal(bill_get(&ctx, 4, &bill), OK);
    assert_int_equal(bill.state, BILL_ORDERED);
    assert_int_equal(bill_get(&ctx, 3, &bill), OK);
    assert_int_equal(bill.state, BILL_ORDERED); /* it is not due again */
    all_is_signed(2027);
    files_hold(2027, "<NatPce V=\"09\"/>");
    holds();
}

static void a_titre_of_a_closed_year_is_cancelled_by_a_mandat(void **state)
{
    (void)state;
    a_year_runs();
    closes();
    shows("/accounting/pieces/5", "au compte 673");
    struct ctx ctx = test_ctx(&test);
    int64_t draft = next_draft();
    struct budget_act act;
    assert_int_equal(budget_act(&ctx, draft, &act), OK);
    const struct budget_at at = {CHART_FUNCTIONING, CHART_EXPENSE, STR("673"), STR(""), STR("")};
    assert_int_equal(DO(&test, budget_draft_add(&ctx, &act, &at, (struct money){20000})), OK);
    votes_as_drafted(draft); /* 10 */
    refuses("/accounting/pieces/5/annul", "amount=200,01&object=Erreur&day=2027-01-12", "200,00"); /* credits */
    leads("/accounting/pieces/5/annul", "amount=200&object=Erreur&day=2027-01-12", "/accounting/pieces/11?saved=1");
    shows("/accounting/pieces/11", "673");
    shows("/accounting/pieces/5", "16\xE2\x80\xAF" "800,00");
    all_is_signed(2027);
    files_hold(2027, "<NatPceOrig V=\"02\"/><ExerRat V=\"2026\"/>");
    holds();
}

/* 40,00 of F-2 are ordered, and the year ends: the rest of it is ordered in the next one. */
static void a_bill_goes_on_in_the_next_year_with_its_rest(void **state)
{
    struct ctx ctx;
    struct bill bill;
    (void)state;
    a_year_runs();
    leads("/accounting/bills/2/order", "day=2026-11-20&object=Papier&amount=40", "/accounting/pieces/6?saved=1");
    it_is(2027, 1, 12);
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1"); /* 7, 8, 9 */
    as_clerk();
    holds();
    votes_as_drafted(next_draft()); /* 10 */
    leads(YEAR_PATH "/close/again", "", YEAR_PATH "/close?saved=1"); /* 11, 12 */
    holds();
    refuses("/accounting/bills/2/order", "day=2027-01-12&object=Papier&amount=60,01", "60,00");
    leads("/accounting/bills/2/order", "day=2027-01-12&object=Papier", "/accounting/pieces/13?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(bill_get(&ctx, 2, &bill), OK);
    assert_int_equal(bill.state, BILL_ORDERED);
    all_is_signed(2027);
    files_hold(2027, NULL);
    holds();
}

/* Its engagement had too little and is spent; in the next year another one takes the rest. */
static void a_bill_on_a_spent_engagement_goes_to_one_of_the_next_year(void **state)
{
    struct ctx ctx;
    struct bill bill;
    (void)state;
    a_year_runs();
    leads(ENGAGE, "object=Stylos&party=" SUPPLIER "&account=60632&amount=40&day=2026-11-02",
          "/accounting/engagements/6?saved=1");
    leads(YEAR_PATH "/bill", "party=" SUPPLIER "&number=F-3&issued=2026-11-11&received=2026-11-12&tax=0&net=100"
          "&engagement=3", "/accounting/bills/3?saved=1");
    leads("/accounting/bills/3/attest", "day=2026-11-12&amount=40", "/accounting/bills/3?saved=1");
    leads("/accounting/bills/3/order", "day=2026-11-20&object=Stylos&amount=40", "/accounting/pieces/7?saved=1");
    it_is(2027, 1, 12);
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-12", YEAR_PATH "/remains?saved=1");
    leads(YEAR_PATH "/close", "", YEAR_PATH "/close?saved=1"); /* 8, 9, 10 */
    as_clerk();
    votes_as_drafted(next_draft()); /* 11 */
    leads(NEXT_PATH "/engage", "object=Stylos&party=" SUPPLIER "&account=60632&amount=60&day=2027-01-12",
          "/accounting/engagements/12?saved=1");
    leads("/accounting/bills/3/match", "engagement=1", "/accounting/bills/3?saved=1");
    leads("/accounting/bills/3/attest", "day=2026-11-12&amount=60", "/accounting/bills/3?saved=1");
    leads("/accounting/bills/3/order", "day=2027-01-12&object=Stylos", "/accounting/pieces/13?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(bill_get(&ctx, 3, &bill), OK);
    assert_int_equal(bill.state, BILL_ORDERED);
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_stands_in_the_way_is_said_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_list_is_signed_by_who_may_and_says_what_is_engaged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_complementary_period_ends_on_31_january, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_closed_year_opens_the_next_with_what_it_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_engagement_keeps_its_history, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_attached_is_reversed_in_the_next_year, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reports_are_those_that_were_signed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_order_of_years_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_engagements_are_released_step_by_step, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mandat_of_a_closed_year_is_cancelled_by_a_titre, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mandat_of_several_lines_is_cancelled_in_their_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_credit_note_on_a_closed_year_becomes_a_titre, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_titre_of_a_closed_year_is_cancelled_by_a_mandat, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bill_goes_on_in_the_next_year_with_its_rest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bill_on_a_spent_engagement_goes_to_one_of_the_next_year, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
