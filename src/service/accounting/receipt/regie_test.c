/* A régie as its clerk keeps it: takings, what is handed over, the month's titre; what is above or late is told. */
#include "service/accounting/receipt/receipt_proof.h"
#include "service/accounting/receipt/regie.h"
#include "service/accounting/receipt/test_receipt.h"

#define REGIES "/accounting/years/1/2026/regies"
#define POOL                                                                                                           \
    "name=Piscine&code=R01&kind=recettes&act=arr\xC3\xAAt\xC3\xA9 2026-7&act_day=2026-01-10&cash=300&days=15"         \
    "&holder=Accueil&party=" SUPPLIER "&account=7063&product=PISC"
#define FIRST "/accounting/regies/1"
#define NOVEMBER FIRST "?saved=1&month=2026-11"
#define CASH "esp\xC3\xA8" "ces"
enum { FILE_MAX = 1 << 20 };

static struct regie_state state_now(void)
{
    struct ctx ctx = test_ctx(&test);
    struct regie regie;
    struct regie_state state;
    assert_int_equal(regie_get(&ctx, 1, &regie), OK);
    assert_int_equal(regie_state(&ctx, &regie, date_of_instant(test.now), &state), OK);
    return state;
}

static void opens_a_pool(void)
{
    opens_credits();
    leads(REGIES, POOL, FIRST "?saved=1&year=2026");
}

static void a_month_is_kept_and_becomes_one_titre(void **state)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct faults *faults = faults_new(test.arena);
    struct slip slip;
    struct ctx ctx;
    struct piece piece;
    (void)state;
    opens_a_pool();
    leads(FIRST "/take", "day=2026-11-10&what=Entrees&means=" CASH "&amount=120", NOVEMBER);
    leads(FIRST "/take", "day=2026-11-12&what=Entrees&means=ch\xC3\xA8que&amount=80,50", NOVEMBER);
    leads(FIRST "/take", "day=2026-11-12&what=Le\xC3\xA7ons&means=carte&amount=40", NOVEMBER);
    leads(FIRST "/take", "day=2026-10-30&what=Le\xC3\xA7ons&means=en ligne&amount=7", NOVEMBER);
    assert_int_equal(state_now().held.cents, 20050);
    assert_int_equal(state_now().untitled.cents, 24750);
    leads(FIRST "/title", "month=2026-11&day=2026-11-20", NOVEMBER);
    ctx = test_ctx(&test);
    assert_int_equal(piece_get(&ctx, 2, &piece), OK);
    assert_int_equal(piece.amount.cents, 24050);
    assert_true(str_eq(piece.nature, STR("05")));
    assert_int_equal(state_now().untitled.cents, 700); /* October's */
    refuses(FIRST "/title", "month=2026-11&day=2026-11-20", "un titre a d\xC3\xA9j\xC3\xA0 tout pris");
    leads(FIRST "/title", "month=2026-10&day=2026-11-20", FIRST "?saved=1&month=2026-10");
    leads("/accounting/years/1/2026/slip", "piece=2&piece=3", "/accounting/slips/1?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 1, &slip), OK);
    assert_int_equal(slip_file_write(&ctx, &slip, &file, faults), OK);
    assert_has(buf_str(&file), "<NatPce V=\"05\"/>");
    assert_has(buf_str(&file), "<IdRegie V=\"R01\"/>");
    holds();
}

static void the_schema_takes_its_file(void **state)
{
    (void)state;
    opens_a_pool();
    leads(FIRST "/take", "day=2026-11-10&what=Entrees&means=carte&amount=120", NOVEMBER);
    leads(FIRST "/title", "month=2026-11&day=2026-11-20", NOVEMBER);
    leads("/accounting/years/1/2026/slip", "piece=2", "/accounting/slips/1?saved=1");
    sign_slip("/accounting/slips/1");
    schema_takes(file_of(1));
}

/* The same form twice, and two clerks at once: one titre. */
static void the_month_is_titled_once(void **state)
{
    struct ctx ctx;
    struct piece *pieces;
    struct str body;
    size_t count;
    (void)state;
    opens_a_pool();
    leads(FIRST "/take", "day=2026-11-10&what=Entrees&means=carte&amount=120", NOVEMBER);
    leads(FIRST "/title", "month=2026-11&day=2026-11-20", NOVEMBER);
    commands--;
    leads(FIRST "/title", "month=2026-11&day=2026-11-20", NOVEMBER);
    assert_int_equal(send(FIRST "/title", "month=2026-11&day=2026-11-20", &body), 422);
    ctx = test_ctx(&test);
    assert_int_equal(piece_list(&ctx, 1, 2026, true, PIECES_ALL, &pieces, &count), OK);
    assert_int_equal(count, 1);
    /* cancelled, its takings are free again */
    leads("/accounting/pieces/2/reduce", "amount=120&day=2026-11-21&object=Erreur", "/accounting/pieces/3?saved=1");
    assert_int_equal(state_now().untitled.cents, 12000);
    leads(FIRST "/title", "month=2026-11&day=2026-11-21", NOVEMBER);
    assert_int_equal(state_now().untitled.cents, 0);
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    assert_int_equal(receipt_verify(&ctx, &findings), OK);
    if (findings.len > 0)
        fail_msg("%.*s", STR_ARG(buf_str(&findings)));
    holds();
}

/* At the ceiling and on the last day all is well; one cent and one day more are told. */
static void ceilings_and_days_are_told(void **state)
{
    (void)state;
    opens_a_pool();
    leads(FIRST "/take", "day=2026-11-08&what=Entrees&means=" CASH "&amount=300", NOVEMBER);
    assert_false(state_now().is_above);
    assert_false(state_now().is_late); /* the 23rd, 15 days later */
    assert_int_equal(state_now().due.days, date_of(2026, 11, 23).days);
    leads(FIRST "/take", "day=2026-11-09&what=Entrees&means=" CASH "&amount=0,01", NOVEMBER);
    assert_true(state_now().is_above);
    shows(FIRST, "Plafond d\xE2\x80\x99" "encaisse d\xC3\xA9pass\xC3\xA9");
    refuses(FIRST "/hand", "day=2026-11-20&amount=300,02", "300,01");
    leads(FIRST "/hand", "day=2026-11-20&amount=300&reference=Q12", NOVEMBER);
    assert_false(state_now().is_above);
    assert_int_equal(state_now().held.cents, 1);
    test.now.ms += 86400 * INT64_C(1000) * 12; /* the 5th of December: 15 days after it was handed over */
    assert_false(state_now().is_late);
    test.now.ms += 86400 * INT64_C(1000);
    assert_true(state_now().is_late);
    shows(REGIES, "Versement en retard");
}

/* The ceiling of cash counts no cheque, that of what is held counts both; and each is handed over apart. */
static void cash_and_cheques_have_ceilings_of_their_own(void **state)
{
    struct str form = STR(POOL "&coin=100");
    (void)state;
    opens_credits();
    leads(REGIES, str_c(test.arena, form), FIRST "?saved=1&year=2026");
    leads(FIRST "/take", "day=2026-11-20&what=Entrees&means=" CASH "&amount=100", NOVEMBER);
    leads(FIRST "/take", "day=2026-11-20&what=Entrees&means=ch\xC3\xA8que&amount=200", NOVEMBER);
    assert_false(state_now().is_above || state_now().is_coin_above); /* both just there */
    assert_int_equal(state_now().cash.cents, 10000);
    leads(FIRST "/take", "day=2026-11-20&what=Entrees&means=ch\xC3\xA8que&amount=0,01", NOVEMBER);
    assert_true(state_now().is_above && !state_now().is_coin_above);
    refuses(FIRST "/hand", "day=2026-11-21&amount=200&cash=100,01", "100,00");
    refuses(FIRST "/hand", "day=2026-11-21&amount=250&cash=49,98", "des esp");
    leads(FIRST "/hand", "day=2026-11-21&amount=200,01&cash=0", NOVEMBER); /* the cheques */
    assert_int_equal(state_now().cash.cents, 10000);
    assert_int_equal(state_now().held.cents, 10000);
    leads(FIRST "/take", "day=2026-11-21&what=Entrees&means=" CASH "&amount=0,01", NOVEMBER);
    assert_true(!state_now().is_above && state_now().is_coin_above);
    shows(FIRST, "Plafond en num\xC3\xA9raire d\xC3\xA9pass\xC3\xA9");
    leads(FIRST "/hand", "day=2026-11-21&amount=60", NOVEMBER); /* not said: cash first */
    assert_int_equal(state_now().cash.cents, 4001);
}

/* What was noted by mistake stays, and an entry beside it undoes it, once, with its reason. */
static void a_wrong_taking_is_undone_by_an_entry(void **state)
{
    struct ctx ctx;
    struct piece piece;
    (void)state;
    opens_a_pool();
    leads(FIRST "/take", "day=2026-11-10&what=Entrees&means=" CASH "&amount=120", NOVEMBER);
    leads(FIRST "/take", "day=2026-11-10&what=Entrees&means=" CASH "&amount=12", NOVEMBER);
    refuses(FIRST "/undo", "taking=1&reason=", "pourquoi");
    refuses(FIRST "/undo", "taking=9&reason=Erreur", "recette n\xC2\xB0 9");
    leads(FIRST "/undo", "taking=1&reason=Saisie de trop", NOVEMBER);
    assert_int_equal(state_now().held.cents, 1200);
    assert_int_equal(state_now().untitled.cents, 1200);
    shows(FIRST, "Saisie de trop");
    shows(FIRST, "Entrees (annul\xC3\xA9" "e)");
    refuses(FIRST "/undo", "taking=1&reason=Encore", "recette n\xC2\xB0 1"); /* it is undone */
    refuses(FIRST "/undo", "taking=3&reason=Encore", "recette n\xC2\xB0 3"); /* it undoes */
    leads(FIRST "/title", "month=2026-11&day=2026-11-20", NOVEMBER);
    ctx = test_ctx(&test);
    assert_int_equal(piece_get(&ctx, 2, &piece), OK);
    assert_int_equal(piece.amount.cents, 1200);
    refuses(FIRST "/undo", "taking=2&reason=Trop tard", "Annulez d\xE2\x80\x99" "abord le titre");
    leads("/accounting/pieces/2/reduce", "amount=12&day=2026-11-21&object=Erreur", "/accounting/pieces/3?saved=1");
    leads(FIRST "/hand", "day=2026-11-21&amount=5", NOVEMBER);
    refuses(FIRST "/undo", "taking=2&reason=Vers\xC3\xA9", "7,00");
    holds();
}

static void what_is_wrong_is_refused(void **state)
{
    static const struct {
        const char *from, *to, *words;
    } wrong[] = {
        {"code=R01", "code=R0123456789", "de un \xC3\xA0 dix"}, {"code=R01", "code=R 1", "de un \xC3\xA0 dix"},
        {"name=Piscine", "name=", "Il faut un nom"},            {"kind=recettes", "kind=autre", "Il faut un nom"},
        {"act=arr", "act=&x=", "par un acte"},                  {"cash=300", "cash=", "plafond"},
        {"days=15", "days=0", "fr\xC3\xA9quence"},              {"days=15", "days=367", "fr\xC3\xA9quence"},
        {"product=PISC", "product=PI", "titre du mois"},        {"account=7063", "account=60632", "60632"},
    };
    (void)state;
    opens_a_pool();
    refuses(REGIES, POOL, "d\xC3\xA9j\xC3\xA0 le code R01");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct str form = STR(POOL), whole;
        size_t at = str_find(form, str_of(wrong[i].from));
        assert_int_not_equal(at, SIZE_MAX);
        whole = str_format(test.arena, "%.*s%s%.*s", (int)at, form.at, wrong[i].to,
                           STR_ARG(str_after(form, at + strlen(wrong[i].from))));
        refuses(REGIES, str_c(test.arena, whole), wrong[i].words);
    }
    refuses(FIRST "/take", "day=2026-11-24&what=Entrees&means=carte&amount=1", "apr\xC3\xA8s aujourd");
    refuses(FIRST "/take", "day=2026-01-09&what=Entrees&means=carte&amount=1", "avant l\xE2\x80\x99" "acte");
    refuses(FIRST "/take", "day=2026-11-20&what=Entrees&means=troc&amount=1", "moyen de paiement");
    refuses(FIRST "/take", "day=2026-11-20&what=&means=carte&amount=1", "moyen de paiement");
    refuses(FIRST "/take", "day=2026-11-20&what=Entrees&means=carte&amount=0", "moyen de paiement");
    refuses(FIRST "/title", "month=2026-11&day=2026-11-20", "Rien n\xE2\x80\x99" "a \xC3\xA9t\xC3\xA9 encaiss\xC3\xA9");
    refuses(FIRST "/end", "day=2026-01-09", "avant l\xE2\x80\x99" "acte");
    leads(FIRST "/end", "day=2026-11-15", NOVEMBER);
    refuses(FIRST "/take", "day=2026-11-16&what=Entrees&means=carte&amount=1", "apr\xC3\xA8s la cl\xC3\xB4ture");
}

static void an_advance_takes_nothing(void **state)
{
    (void)state;
    opens_credits();
    leads(REGIES,
          "name=Fournitures&code=A1&kind=avances&act=arr\xC3\xAAt\xC3\xA9 3&act_day=2026-01-10&advance=500&days="
          "&holder=Accueil",
          FIRST "?saved=1&year=2026");
    refuses(FIRST "/take", "day=2026-11-20&what=Entrees&means=carte&amount=1", "avances n\xE2\x80\x99" "encaisse rien");
    shows(REGIES, "avances");
}

static void who_may_not_order_enters_none(void **state)
{
    struct ctx ctx;
    struct str body;
    (void)state;
    opens_a_pool();
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ | RIGHT_PREPARE)), OK);
    assert_int_equal(send(REGIES, POOL, &body), 403);
    leads(FIRST "/take", "day=2026-11-10&what=Entrees&means=carte&amount=120", NOVEMBER);
    assert_int_equal(send(FIRST "/title", "month=2026-11&day=2026-11-20", &body), 403);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ)), OK);
    assert_int_equal(send(FIRST "/take", "day=2026-11-10&what=Entrees&means=carte&amount=120", &body), 403);
    shows(FIRST, "Piscine");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_is_kept_and_becomes_one_titre, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_schema_takes_its_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_month_is_titled_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ceilings_and_days_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cash_and_cheques_have_ceilings_of_their_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_wrong_taking_is_undone_by_an_entry, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_advance_takes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_may_not_order_enters_none, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
