/* One field for all of accounting: each way to ask for a thing finds it, and nothing else does. FIND_PIECES=50000 fills
 * the journal so far; the time of each question is printed. */
#include "service/accounting/spend/test_spend.h"

#include <stdlib.h>
#include <time.h>

#include "service/accounting/book/book_word.h"

enum { PIECES_AT_FIRST = 2000, QUESTION_MS = 100 };

static struct str ask(const char *words)
{
    struct str body;
    char path[200];
    snprintf(path, sizeof path, "/accounting/search?q=%s", words);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    return str_after(body, str_find(body, STR("<main")));
}

static void spends(void)
{
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier+%C3%A0+en-t%C3%AAte&party=" SUPPLIER "&account=60632&amount=1234,56&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=1234,56", "/accounting/engagements/2?saved=1");
    leads(BILL,
          "party=" SUPPLIER "&number=F-2026-7&issued=2026-11-11&received=2026-11-12&net=1234,56&tax=0&engagement=1",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    leads("/accounting/years/1/2026/title",
          "object=Loyer+du+kiosque&product=LOYE&party=" SUPPLIER "&account=73111&amount=170&day=2026-11-02",
          "/accounting/pieces/4?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
}

#define ENGAGEMENT "href=\"/accounting/engagements/2\""
#define THE_BILL "href=\"/accounting/bills/1\""
#define MANDAT "href=\"/accounting/pieces/3\""
#define TITRE "href=\"/accounting/pieces/4\""
#define THE_SLIP "href=\"/accounting/slips/1\""
#define PARTY "href=\"/accounting/parties/1\""

static void each_way_finds_it(void **state)
{
    static const struct {
        const char *words;
        const char *has[4], *lacks[3];
    } cases[] = {
        {"papier", {ENGAGEMENT, MANDAT}, {TITRE, THE_SLIP}},
        {"PAP", {ENGAGEMENT, MANDAT, PARTY}, {THE_SLIP}},   /* its beginning, and that of the supplier */
        {"en+tete", {ENGAGEMENT}, {MANDAT, TITRE}},           /* accents apart */
        {"t%C3%AAte+papier", {ENGAGEMENT}, {MANDAT}},       /* all words, in any order */
        {"kiosque", {TITRE}, {MANDAT, ENGAGEMENT}},
        {"papeterie", {ENGAGEMENT, THE_BILL, MANDAT, TITRE}, {THE_SLIP}},
        {SUPPLIER, {PARTY, THE_BILL}, {THE_SLIP}},
        {"1+234,56", {ENGAGEMENT, THE_BILL, MANDAT}, {TITRE}},
        {"1234.56", {ENGAGEMENT, MANDAT}, {TITRE}},
        {"02/11/2026", {ENGAGEMENT, TITRE}, {MANDAT}},
        {"2026-11-20", {MANDAT}, {ENGAGEMENT, TITRE}},
        {"12/11/2026", {THE_BILL}, {MANDAT}},
        {"73111", {TITRE}, {MANDAT}},
        {"60632", {ENGAGEMENT, MANDAT}, {TITRE}},
        {"F-2026", {THE_BILL}, {MANDAT}},
        {"1", {ENGAGEMENT, MANDAT, TITRE, THE_SLIP}, {NULL}},
        {"primitif+2026", {"href=\"/accounting/acts/1\""}, {MANDAT}},
    };
    (void)state;
    spends();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str main = ask(cases[i].words);
        for (size_t n = 0; n < 4 && cases[i].has[n] != NULL; n++)
            if (str_find(main, str_of(cases[i].has[n])) == SIZE_MAX)
                fail_msg("%s does not find %s", cases[i].words, cases[i].has[n]);
        for (size_t n = 0; n < 3 && cases[i].lacks[n] != NULL; n++)
            if (str_find(main, str_of(cases[i].lacks[n])) != SIZE_MAX)
                fail_msg("%s finds %s", cases[i].words, cases[i].lacks[n]);
    }
}

static void nothing_is_said_to_be_nothing(void **state)
{
    (void)state;
    spends();
    assert_has(ask("xylophone"), "Rien ne r\xC3\xA9pond");
    assert_has(ask("99999"), "Rien ne r\xC3\xA9pond");
    assert_has(ask("%25"), "Rien ne r\xC3\xA9pond"); /* no sign of LIKE means anything */
    assert_has(ask("31/02/2026"), "Rien ne r\xC3\xA9pond");
    assert_has(ask(""), "Un num\xC3\xA9ro, un objet");
    assert_has(ask("%3Cb%3E"), "&lt;b&gt;");
}

static void who_may_not_read_finds_nothing(void **state)
{
    struct str body;
    (void)state;
    spends();
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, "/accounting/search?q=papier", NULL, &body), 403);
    assert_lacks(body, "PAPETERIE");
}

static enum status forget(struct ctx *ctx)
{
    TRY(writer_need(test.town.writer, SYNC_FULL));
    return book_words_forget(ctx);
}

/* Words are derived: folded anew from the journal they find the same. */
static void words_come_back_from_the_journal(void **state)
{
    struct ctx ctx = test_ctx(&test);
    (void)state;
    spends();
    assert_int_equal(DO(&test, forget(&ctx)), OK);
    assert_lacks(ask("kiosque"), TITRE);
    assert_int_equal(DO(&test, book_rebuild(&ctx)), OK);
    assert_has(ask("kiosque"), TITRE);
}

/* ---- how fast ---- */

/* Mandats from..to, in one job. */
static enum status fill(struct ctx *ctx, size_t from, size_t to)
{
    struct credit_year year;
    uint64_t sequence;
    TRY(credit_year(ctx, 1, 2026, &year));
    for (size_t i = from; i < to; i++) {
        struct imputation line = {.nature = STR("6156"), .function = STR(""), .operation = STR(""), .net = {1}};
        struct piece_order order = {.year = &year, .lines = &line, .line_count = 1, .kind = CHART_REAL,
                                    .party = supplier, .nature = STR(""), .type = STR(""),
                                    .object = str_format(ctx->arena, "Contrat de la semaine num\xC3\xA9ro %zu", i),
                                    .day = date_of(2026, 11, 2), .is_pay = true};
        unsigned char id[ENTRY_ID_BYTES] = {1};
        memcpy(id + 1, &i, sizeof i);
        TRY(piece_order_direct(ctx, &order, id, faults_new(ctx->arena), &sequence));
    }
    return OK;
}

static void fill_by_portions(size_t pieces)
{
    enum { PORTION = 500 };
    for (size_t done = 0; done < pieces; done += PORTION) {
        struct ctx ctx = test_ctx(&test);
        struct arena *portion ARENA_SCOPE = arena_create(256 << 20);
        ctx.arena = portion;
        assert_int_equal(DO(&test, fill(&ctx, done, done + PORTION < pieces ? done + PORTION : pieces)), OK);
    }
}

static int64_t page_us(const char *path)
{
    struct timespec from, to;
    struct str body;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    return (int64_t)(to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000;
}

static void a_long_journal_answers_at_once(void **state)
{
    static const char *const questions[] = {"contrat+semaine", "contrat", "numero+1999", "papeterie", "0,01",
                                            "6156", "02/11/2026", "1999", "xylophone"};
    const char *asked = getenv("FIND_PIECES");
    size_t pieces = asked != NULL ? (size_t)atol(asked) : PIECES_AT_FIRST;
    int64_t worst = 0;
    (void)state;
    spends();
    fill_by_portions(pieces);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        char path[100];
        snprintf(path, sizeof path, "/accounting/search?q=%s", questions[i]);
        int64_t us = page_us(path);
        worst = us > worst ? us : worst;
        print_message("%zu pieces, \"%s\": %lld us\n", pieces, questions[i], (long long)us);
    }
    print_message("%zu pieces: the desk %lld us, the inventory %lld us\n", pieces, (long long)page_us("/accounting"),
                  (long long)page_us("/accounting/years/1/2026/assets"));
    assert_true(worst < (int64_t)QUESTION_MS * 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_way_finds_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_said_to_be_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_may_not_read_finds_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_come_back_from_the_journal, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_long_journal_answers_at_once, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
