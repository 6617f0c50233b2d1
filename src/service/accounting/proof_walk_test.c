/* A town at random: hundreds of forms as a clerk and a signer send them, taken or refused; after each few of them all
 * that `accounting verify` proves holds. Then its year ends, the next one opens, and it leaves with all of it. A
 * failing seed is printed: WALK_SEED=n runs it alone. */
#include <stdlib.h>

#include "base/seeded.h"
#include "service/accounting/close/attach.h"
#include "service/accounting/close/carry.h"
#include "service/accounting/test_leave.h"

enum { SEEDS = 3, ACTS = 240, ACTS_BETWEEN = 30, PATH = 80, FORM = 400, KINDS = 11 };

static struct seeded seeded;
static size_t taken[KINDS], refused;

static long long below(long long bound)
{
    return (long long)seeded_below(&seeded, (uint64_t)bound);
}

/* One form; whether it was taken. What is refused says why, and leaves nothing. */
static bool asks(int kind, const char *path, const char *form)
{
    struct str body;
    int code = send(path, form, &body);
    if (code != 303 && code != 422 && code != 409 && code != 403 && code != 404)
        fail_msg("%s %s: %d %.*s", path, form, code, STR_ARG(main_part(body)));
    taken[kind] += code == 303;
    refused += code != 303;
    return code == 303;
}

static long long any(const char *table)
{
    struct ctx ctx = test_ctx(&test);
    struct engagement *engagements;
    struct piece *pieces;
    struct bill *bills;
    size_t count = 0;
    if (str_eq(str_of(table), STR("engagement"))) {
        assert_int_equal(engagement_list(&ctx, 1, 2026, false, &engagements, &count), OK);
        return count == 0 ? 1 : (long long)engagements[below((long long)count)].sequence;
    }
    if (str_eq(str_of(table), STR("bill"))) {
        assert_int_equal(bill_list(&ctx, 1, BILL_OPEN, &bills, &count), OK);
        return count == 0 ? 1 : (long long)bills[below((long long)count)].id;
    }
    assert_int_equal(piece_list(&ctx, 1, 2026, below(2) == 0, PIECES_ALL, &pieces, &count), OK);
    return count == 0 ? 1 : (long long)pieces[below((long long)count)].sequence;
}

/* What one act is about, drawn whether it needs it or not. */
struct drawn {
    int kind, number;
    const char *account;
    long long engagement, piece, bill;
    char amount[32];
};

static void engages_and_orders(const struct drawn *drawn)
{
    char path[PATH], form[FORM];
    switch (drawn->kind) {
    case 0:
        snprintf(form, sizeof form, "object=Achat&party=" SUPPLIER "&account=%s&amount=%s&day=2026-11-02",
                 drawn->account, drawn->amount);
        asks(drawn->kind, ENGAGE, form);
        break;
    case 1:
        snprintf(path, sizeof path, "/accounting/engagements/%lld/attest", drawn->engagement);
        snprintf(form, sizeof form, "day=2026-11-10&amount=%s", below(3) == 0 ? drawn->amount : "60,00");
        asks(drawn->kind, path, form);
        break;
    case 2:
        snprintf(form, sizeof form, "party=" SUPPLIER "&number=F-%d&issued=2026-11-11&received=2026-11-12&net=%lld"
                 "&tax=0&engagement=%lld", drawn->number, 1 + below(60), 1 + below(12));
        asks(drawn->kind, BILL, form);
        break;
    case 3:
        snprintf(path, sizeof path, "/accounting/bills/%lld/order", drawn->bill);
        asks(drawn->kind, path, "day=2026-11-20&object=Achat");
        break;
    default:
        snprintf(form, sizeof form, "object=Direct&party=" SUPPLIER "&account=637&amount=%s&day=2026-11-20",
                 drawn->amount);
        asks(drawn->kind, "/accounting/years/1/2026/order", form);
    }
}

static void receives_and_signs(const struct drawn *drawn)
{
    char path[PATH], form[FORM];
    switch (drawn->kind) {
    case 5:
        snprintf(form, sizeof form, "object=Taxe&product=TAXE&party=" SUPPLIER "&account=%s&amount=%s&day=2026-11-20",
                 below(4) == 0 ? drawn->account : "73111", drawn->amount);
        asks(drawn->kind, "/accounting/years/1/2026/title", form);
        break;
    case 6:
        snprintf(path, sizeof path, "/accounting/pieces/%lld/reduce", drawn->piece);
        snprintf(form, sizeof form, "day=2026-11-21&object=Erreur&amount=%s", below(2) == 0 ? drawn->amount : "1,00");
        asks(drawn->kind, path, form);
        break;
    case 7:
        snprintf(form, sizeof form, "piece=%lld", drawn->piece);
        asks(drawn->kind, "/accounting/years/1/2026/slip", form);
        break;
    case 8:
        as_signer();
        snprintf(path, sizeof path, "/accounting/slips/%lld/sign", 1 + below(12));
        asks(drawn->kind, path, "");
        as_clerk();
        break;
    case 9:
        snprintf(path, sizeof path, "/accounting/engagements/%lld/release", drawn->engagement);
        asks(drawn->kind, path, "day=2026-11-21");
        break;
    default:
        snprintf(form, sizeof form, "day=2026-11-%02lld&what=Entrees&means=carte&amount=%s", 1 + below(20),
                 drawn->amount);
        asks(drawn->kind, "/accounting/regies/1/take", form);
        if (below(3) == 0)
            asks(drawn->kind, "/accounting/regies/1/title", "month=2026-11&day=2026-11-20");
    }
}

static void acts(void)
{
    static const char *const accounts[] = {"60632", "6156", "2183", "64111", "73111"};
    long long cents = 1500 + below(40000);
    struct drawn drawn = {.kind = (int)below(KINDS), .number = (int)below(1000000), .account = accounts[below(5)]};
    drawn.engagement = any("engagement");
    drawn.piece = any("piece");
    drawn.bill = any("bill");
    snprintf(drawn.amount, sizeof drawn.amount, "%lld,%02lld", cents / 100, cents % 100);
    (drawn.kind < 5 ? engages_and_orders : receives_and_signs)(&drawn);
}

static void the_year_ends(void)
{
    struct attachable *list;
    struct credit_year year;
    size_t count;
    it_is(2027, 1, 20);
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    assert_int_equal(attach_list(&ctx, &year, &list, &count), OK);
    for (size_t i = 0; i < count; i++)
        (void)DO(&test, attach_order(&ctx, &year, list[i].engagement.sequence, faults_new(test.arena)));
    (void)proven();
    all_is_signed(2026);
    as_signer();
    leads(YEAR_PATH "/remains/sign", "day=2027-01-20", YEAR_PATH "/remains?saved=1");
    for (bool has_more = true; has_more;) {
        ctx = test_ctx(&test);
        assert_int_equal(DO(&test, closing_close(&ctx, &year, faults_new(test.arena), &has_more)), OK);
    }
    as_clerk();
    (void)proven();
    votes_as_drafted(next_draft());
    for (bool has_more = true; has_more;) {
        ctx = test_ctx(&test);
        assert_int_equal(credit_year(&ctx, 1, 2027, &year), OK);
        assert_int_equal(DO(&test, carry_again(&ctx, &year, faults_new(test.arena), &has_more)), OK);
    }
    (void)proven();
}

static void walks(uint64_t seed, void **state)
{
    seeded = (struct seeded){seed};
    print_message("WALK_SEED=%llu ", (unsigned long long)seed);
    assert_int_equal(set_up(state), 0);
    opens_credits();
    confirm_account();
    leads("/accounting/years/1/2026/regies",
          "name=Piscine&code=R01&kind=recettes&act=7&act_day=2026-01-10&cash=300&days=15&holder=Accueil&party=" SUPPLIER
          "&account=7063&product=PISC",
          "/accounting/regies/1?saved=1&year=2026");
    for (int i = 0; i < ACTS; i++) {
        acts();
        if (i % ACTS_BETWEEN == 0)
            (void)proven();
    }
    the_year_ends();
    leaves_for_elsewhere(state);
    tear_down(state);
}

static void a_town_at_random_is_proven(void **state)
{
    const char *one = getenv("WALK_SEED");
    for (uint64_t seed = one != NULL ? strtoull(one, NULL, 10) : 0; seed < SEEDS || one != NULL; seed++) {
        walks(seed, state);
        if (one != NULL)
            break;
    }
    print_message("\ntaken, by kind:");
    for (size_t i = 0; i < KINDS; i++)
        print_message(" %zu", taken[i]);
    print_message("; refused: %zu\n", refused);
    for (size_t i = 0; one == NULL && i < KINDS; i++)
        assert_true(taken[i] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_town_at_random_is_proven)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
