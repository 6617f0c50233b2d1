/* Lists of titres, as a browser brings and presses them; what is refused; two clerks at once; a long one in steps. */
#include <time.h>

#include "service/accounting/receipt/batch.h"
#include "service/accounting/spend/test_spend.h"

#define BATCHES "/accounting/years/1/2026/batches"
#define HEAD "tiers;objet;compte;fonction;montant;produit;bases\n"
enum { LIST_MAX = 1 << 20, FILE_MAX = 1 << 22, LONG_LIST = 2000 };

/* A CSV in a form, encoded. */
static void encode(struct buf *out, const char *csv)
{
    for (; *csv != '\0'; csv++)
        buf_add_format(out, "%%%02X", (unsigned char)*csv);
}

static int bring(const char *label, const char *csv, struct str *ret_body)
{
    struct buf form BUF_SCOPE = BUF_INIT(LIST_MAX);
    buf_add_format(&form, TOKEN "command=%032x&label=%s&day=2026-11-20&file=", ++commands, label);
    encode(&form, csv);
    return test_page(&test, BATCHES, str_c(test.arena, buf_str(&form)), ret_body);
}

static void brings(const char *csv, const char *to)
{
    struct str body;
    int code = bring("Loyers", csv, &body);
    if (code != 303 || !str_eq(body, str_of(to)))
        fail_msg("%d %.*s", code, STR_ARG(main_part(body)));
}

static void does_not_bring(const char *csv, const char *words)
{
    struct str body;
    int code = bring("Loyers", csv, &body);
    if (code != 422 || str_find(body, str_of(words)) == SIZE_MAX)
        fail_msg("%d without \"%s\": %.*s", code, words, STR_ARG(main_part(body)));
}

static struct batch the_batch(int64_t id)
{
    struct ctx ctx = test_ctx(&test);
    struct batch batch;
    assert_int_equal(batch_get(&ctx, id, &batch), OK);
    return batch;
}

static void presses(int64_t id)
{
    char path[64], to[64];
    snprintf(path, sizeof path, "/accounting/batches/%lld/press", (long long)id);
    snprintf(to, sizeof to, "/accounting/batches/%lld?saved=1", (long long)id);
    leads(path, "", to);
}

static size_t titles(void)
{
    struct ctx ctx = test_ctx(&test);
    struct piece *pieces;
    size_t count;
    assert_int_equal(piece_list(&ctx, 1, 2026, true, PIECES_ALL, &pieces, &count), OK);
    return count;
}

#define TWO                                                                                                            \
    HEAD SUPPLIER ";Loyer de novembre;752;;1 234,50;LOYE;Bail du 1er janvier\n"                                        \
        "PAPETERIE DU LAC;Cave de novembre;752;;15,00;LOYE;\n"

static void a_list_is_looked_at_then_made_with_one_press(void **state)
{
    struct ctx ctx;
    struct piece piece;
    struct batch_row *rows;
    size_t count;
    (void)state;
    opens_credits();
    brings(TWO, "/accounting/batches/1");
    assert_int_equal(titles(), 0);
    shows("/accounting/batches/1", "Pr\xC3\xAAte");
    shows("/accounting/batches/1", "1\xE2\x80\xAF" "249,50");
    shows("/accounting/batches/1/rows.csv", "Cave de novembre");
    presses(1);
    assert_int_equal(titles(), 2);
    ctx = test_ctx(&test);
    assert_int_equal(batch_rows(&ctx, 1, false, 0, &rows, &count), OK);
    assert_int_equal(count, 2);
    assert_int_equal(piece_get(&ctx, rows[0].sequence, &piece), OK);
    assert_int_equal(piece.amount.cents, 123450);
    assert_int_equal(piece.number, 1);
    assert_true(str_eq(piece.product, STR("LOYE")));
    shows("/accounting/pieces/2", "Bail du 1er janvier"); /* its basis */
    shows("/accounting/batches/1", "Titres faits");
    shows("/accounting/years/1/2026/batches", "Loyers");
    holds();
}

/* I6: pressed twice, by two clerks, and the same file twice. */
static void nothing_is_made_twice(void **state)
{
    struct ctx ctx;
    struct faults *faults;
    struct str body;
    (void)state;
    opens_credits();
    brings(TWO, "/accounting/batches/1");
    brings(TWO, "/accounting/batches/2"); /* neither is pressed yet, so both are ready */
    assert_int_equal(the_batch(2).state, BATCH_READY);
    struct batch first = the_batch(1), second = the_batch(2);
    ctx = test_ctx(&test);
    faults = faults_new(test.arena);
    assert_int_equal(DO(&test, batch_press(&ctx, &first, faults)), OK);
    ctx = test_ctx(&test); /* the other clerk has the page of before */
    assert_int_equal(DO(&test, batch_press(&ctx, &second, faults)), INVALID);
    assert_true(str_eq(faults->kept[0].rule, STR("batch.since")));
    assert_int_equal(titles(), 2);
    presses(1);
    assert_int_equal(titles(), 2);
    first.state = BATCH_READY; /* as who pressed at the same instant had read it */
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, batch_press(&ctx, &first, faults)), OK);
    assert_int_equal(titles(), 2);
    leads("/accounting/batches/2/again", "", "/accounting/batches/2");
    shows("/accounting/batches/2", "D\xC3\xA9j\xC3\xA0 factur\xC3\xA9");
    assert_int_equal(test_page(&test, "/accounting/batches/2/press", TOKEN "command=0", &body), 409);
    assert_int_equal(titles(), 2);
    leads("/accounting/batches/2/drop", "", "/accounting/years/1/2026/batches?saved=1");
    assert_int_equal(test_page(&test, "/accounting/batches/1/drop", TOKEN "command=0", &body), 409);
    holds();
}

/* One that was cancelled may be billed again. */
static void a_cancelled_titre_may_be_made_again(void **state)
{
    (void)state;
    opens_credits();
    brings(HEAD SUPPLIER ";Loyer;752;;450;LOYE;\n", "/accounting/batches/1");
    presses(1);
    leads("/accounting/pieces/2/reduce", "amount=450&day=2026-11-21&object=Erreur", "/accounting/pieces/3?saved=1");
    brings(HEAD SUPPLIER ";Loyer;752;;450;LOYE;\n", "/accounting/batches/2");
    assert_int_equal(the_batch(2).state, BATCH_READY);
}

static void each_row_says_what_is_wrong_with_it(void **state)
{
    static const struct {
        const char *row, *words;
    } rows[] = {
        {"Personne;Loyer;752;;450;LOYE;\n", "Aucun tiers ne s\xE2\x80\x99" "appelle"},
        {"n\xC2\xB0 99;Loyer;752;;450;LOYE;\n", "Aucun tiers ne s\xE2\x80\x99" "appelle"},
        {"00000000000000;Loyer;752;;450;LOYE;\n", "Aucun tiers ne s\xE2\x80\x99" "appelle"},
        {SUPPLIER ";;752;;450;LOYE;\n", "objet"},
        {SUPPLIER ";Loyer;99999;;450;LOYE;\n", "99999"},
        {SUPPLIER ";Loyer;60632;;450;LOYE;\n", "60632"},
        {SUPPLIER ";Loyer;752;;4.5.0;LOYE;\n", "n\xE2\x80\x99" "est pas un montant"},
        {SUPPLIER ";Loyer;752;;1e5;LOYE;\n", "n\xE2\x80\x99" "est pas un montant"},
        {SUPPLIER ";Loyer;752;;-12,00;LOYE;\n", "n\xE2\x80\x99" "est pas un montant"},
        {SUPPLIER ";Loyer;752;;=1+1;LOYE;\n", "n\xE2\x80\x99" "est pas un montant"},
        {SUPPLIER ";Loyer;752;;999999999999999;LOYE;\n", "n\xE2\x80\x99" "est pas un montant"},
        {SUPPLIER ";Loyer;752;;14,99;LOYE;\n", "n\xE2\x80\x99" "est pas mise en recouvrement"},
        {SUPPLIER ";Loyer;752;;450;LO;\n", "quatre lettres ou chiffres"},
        {SUPPLIER ";Loyer;752;;450\n", "pas autant de colonnes"},
        {SUPPLIER ";\"Loyer;752;;450;LOYE;\n", "pas autant de colonnes"},
        {SUPPLIER ";Loyer;752;;450;LOYE;\n" SUPPLIER ";Loyer;752;;450,00;LOYE;\n",
         "dit d\xC3\xA9j\xC3\xA0 la m\xC3\xAAme chose"},
    };
    char path[64];
    (void)state;
    opens_credits();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf csv BUF_SCOPE = BUF_INIT(LIST_MAX);
        struct str body;
        buf_add_format(&csv, HEAD "%s", rows[i].row);
        assert_int_equal(bring("Loyers", str_c(test.arena, buf_str(&csv)), &body), 303);
        snprintf(path, sizeof path, "/accounting/batches/%zu", i + 1);
        shows(path, rows[i].words);
        assert_int_equal(the_batch((int64_t)i + 1).state, BATCH_FAULTY);
        snprintf(path, sizeof path, "/accounting/batches/%zu/press", i + 1);
        assert_int_equal(test_page(&test, path, TOKEN "command=0", &body), 409);
    }
    assert_int_equal(titles(), 0);
    /* the exact limit passes */
    brings(HEAD SUPPLIER ";Loyer;752;;15,00;LOYE;\n", "/accounting/batches/17");
    assert_int_equal(the_batch(17).state, BATCH_READY);
}

/* B24: what a spreadsheet would compute is a text here, and goes out as one. */
static void a_formula_is_a_text(void **state)
{
    (void)state;
    opens_credits();
    brings(HEAD SUPPLIER ";=HYPERLINK(0);752;;450;LOYE;+cmd\n", "/accounting/batches/1");
    assert_int_equal(the_batch(1).state, BATCH_READY);
    shows("/accounting/batches/1/rows.csv", "'=HYPERLINK(0)");
    shows("/accounting/batches/1/rows.csv", "'+cmd");
}

static void a_file_that_is_no_list_is_refused(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct credit_year year;
    struct buf huge BUF_SCOPE = BUF_INIT(FILE_MAX);
    int64_t id;
    (void)state;
    opens_credits();
    does_not_bring("", "pas une liste");
    does_not_bring("nom;prenom\nA;B\n", "nomme les colonnes");
    does_not_bring("tiers;objet;compte;montant;produit;montant\n", "nomme les colonnes");
    does_not_bring("tiers;objet;compte;montant\n", "nomme les colonnes");
    struct str body;
    assert_int_equal(bring("", TWO, &body), 422);
    /* a NUL, and one byte more than the most: a browser sends such a file in parts of a form */
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    struct batch_order order = {.label = STR("Loyers"), .file_name = STR(""), .file = STR(HEAD "a\0b;c"),
                                .day = date_of(2026, 11, 20), .command = {1}};
    assert_int_equal(DO(&test, batch_bring(&ctx, &year, &order, faults, &id)), INVALID);
    buf_add(&huge, STR(HEAD));
    while (huge.len < BATCH_FILE_MAX)
        buf_add(&huge, STR("\n"));
    order.file = buf_str(&huge);
    order.command[0] = 2;
    assert_int_equal(DO(&test, batch_bring(&ctx, &year, &order, faults, &id)), OK);
    buf_add(&huge, STR("\n"));
    order.file = buf_str(&huge);
    order.command[0] = 3;
    assert_int_equal(DO(&test, batch_bring(&ctx, &year, &order, faults, &id)), INVALID);
    order.day = date_of(2025, 11, 20);
    order.file = STR(TWO);
    assert_int_equal(DO(&test, batch_bring(&ctx, &year, &order, faults, &id)), INVALID);
}

/* As a browser sends a file: any bytes. */
static int64_t bring_file(struct str file, unsigned char command)
{
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct credit_year year;
    int64_t id = 0;
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    struct batch_order order = {.label = STR("Cantine"), .file_name = STR("cantine.csv"), .file = file,
                                .day = date_of(2026, 11, 20), .command = {command}};
    assert_int_equal(DO(&test, batch_bring(&ctx, &year, &order, faults, &id)), OK);
    return id;
}

/* As Excel writes it in France: Windows-1252, and commas where somebody else's does. */
static void other_spreadsheets_are_read(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct batch_row *rows;
    size_t count;
    (void)state;
    opens_credits();
    bring_file(STR("objet,tiers,montant,compte,produit\r\n\"Loyer, \xE9t\xE9\"," SUPPLIER
                   ",\"450,00\",752,LOYE\r\n"),
               1);
    ctx = test_ctx(&test);
    assert_int_equal(the_batch(1).state, BATCH_READY);
    assert_int_equal(batch_rows(&ctx, 1, false, 0, &rows, &count), OK);
    assert_true(str_eq(rows[0].object, STR("Loyer, \xC3\xA9t\xC3\xA9")));
}

static void parties_added_meanwhile_are_found(void **state)
{
    (void)state;
    opens_credits();
    brings(HEAD "Piscine du lac;Loyer;752;;450;LOYE;\n", "/accounting/batches/1");
    assert_int_equal(the_batch(1).state, BATCH_FAULTY);
    struct ctx ctx = test_ctx(&test);
    struct faults *faults = faults_new(test.arena);
    struct party party;
    int64_t id;
    assert_int_equal(party_get(&ctx, supplier, &party), OK);
    party.name = STR("PISCINE DU LAC");
    party.id_number = party.id_kind = STR("");
    assert_int_equal(DO(&test, party_add(&ctx, &party, faults, &id)), OK);
    leads("/accounting/batches/1/again", "", "/accounting/batches/1");
    assert_int_equal(the_batch(1).state, BATCH_READY);
}

/* ---- long ones ---- */

static void a_long_list(struct buf *out, int rows)
{
    buf_add(out, STR(HEAD));
    for (int i = 0; i < rows; i++)
        buf_add_format(out, SUPPLIER ";Repas, enfant %d;7067;;%d,50;CANT;12 repas\n", i, 20 + i % 100);
}

static int64_t bring_long(int rows, unsigned char command)
{
    struct buf csv BUF_SCOPE = BUF_INIT(LIST_MAX);
    a_long_list(&csv, rows);
    return bring_file(buf_str(&csv), command);
}

static double processor_ms(void)
{
    struct timespec at;
    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at), 0);
    return (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
}

/* What the town's process does between requests, until nothing is at work. Says how long a step took at most. */
static int steps(int most)
{
    int done = 0;
    double longest = 0;
    for (; done < most; done++) {
        struct ctx ctx = test_ctx(&test);
        struct arena *job ARENA_SCOPE = arena_create(64 << 20); /* as a job has one of its own */
        ctx.arena = job;
        ctx.actor = (struct actor){.address = STR(""), .name = STR("")};
        double before = processor_ms();
        enum status status = DO(&test, batch_step(&ctx));
        double took = processor_ms() - before;
        longest = took > longest ? took : longest;
        if (status == NOT_FOUND)
            break;
        assert_int_equal(status, OK);
    }
    if (done > 1)
        print_message("%d steps, the longest %.1f ms of processor time\n", done, longest);
    return done;
}

static void two_thousand_rows_are_made_in_steps(void **state)
{
    (void)state;
    opens_credits();
    int64_t id = bring_long(LONG_LIST, 1);
    assert_int_equal(the_batch(id).state, BATCH_READING);
    shows("/accounting/batches/1", "En lecture");
    assert_int_equal(steps(1 << 10), LONG_LIST / BATCH_READ_STEP);
    struct batch batch = the_batch(id);
    assert_int_equal(batch.state, BATCH_READY);
    assert_int_equal(batch.rows, LONG_LIST);
    presses(id);
    assert_int_equal(the_batch(id).made, BATCH_MAKE_STEP);
    shows("/accounting/batches/1", "titres faits sur");
    assert_int_equal(steps(1 << 10), LONG_LIST / BATCH_MAKE_STEP - 1);
    batch = the_batch(id);
    assert_int_equal(batch.state, BATCH_MADE);
    assert_int_equal(batch.made, LONG_LIST);
    holds();
}

/* A right that ends in the middle stops it, and says so; the next press goes on, and doubles nothing. */
static void a_list_that_stops_goes_on(void **state)
{
    struct ctx ctx;
    (void)state;
    opens_credits();
    int64_t id = bring_long(3 * BATCH_MAKE_STEP, 1);
    steps(10);
    presses(id);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ)), OK);
    steps(10);
    struct batch batch = the_batch(id);
    assert_int_equal(batch.state, BATCH_STOPPED);
    assert_int_equal(batch.made, BATCH_MAKE_STEP);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHTS_ALL & ~(unsigned)RIGHT_SIGN)), OK);
    shows("/accounting/batches/1", "Arr\xC3\xAAt\xC3\xA9" "e");
    presses(id);
    steps(10);
    batch = the_batch(id);
    assert_int_equal(batch.state, BATCH_MADE);
    assert_int_equal(batch.made, 3 * BATCH_MAKE_STEP);
    assert_int_equal(titles(), 3 * BATCH_MAKE_STEP);
    holds();
}

static void the_row_too_many_is_told(void **state)
{
    (void)state;
    opens_credits();
    int64_t id = bring_long(BATCH_ROWS_MAX + 1, 1);
    steps(1 << 10);
    struct batch batch = the_batch(id);
    assert_int_equal(batch.state, BATCH_FAULTY);
    assert_int_equal(batch.faulty, 1);
    id = bring_long(BATCH_ROWS_MAX, 2);
    steps(1 << 10);
    assert_int_equal(the_batch(id).faulty, 0);
}

static void who_may_not_order_brings_nothing(void **state)
{
    struct ctx ctx;
    struct str body;
    (void)state;
    opens_credits();
    brings(TWO, "/accounting/batches/1");
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ)), OK);
    assert_int_equal(bring("Loyers", TWO, &body), 403);
    assert_int_equal(test_page(&test, "/accounting/batches/1/press", TOKEN "command=0", &body), 403);
    shows("/accounting/batches/1", "Loyers");
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, 0)), OK);
    assert_int_equal(test_page(&test, "/accounting/batches/1", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/accounting/batches/1/rows.csv", NULL, &body), 403);
    assert_int_equal(test_page(&test, "/accounting/batches/9", NULL, &body), 403);
}

static void the_model_comes_in_as_it_is(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    assert_int_equal(test_page(&test, BATCHES "/modele.csv", NULL, &body), 200);
    char *csv = str_c(test.arena, body);
    brings(csv, "/accounting/batches/1");
    shows("/accounting/batches/1", "Pr\xC3\xAAte");
    shows("/accounting/batches/1", "Cantine, novembre 2026");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_list_is_looked_at_then_made_with_one_press, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_made_twice, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cancelled_titre_may_be_made_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_row_says_what_is_wrong_with_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_formula_is_a_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_that_is_no_list_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(other_spreadsheets_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parties_added_meanwhile_are_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_thousand_rows_are_made_in_steps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_that_stops_goes_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_row_too_many_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_may_not_order_brings_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_model_comes_in_as_it_is, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
