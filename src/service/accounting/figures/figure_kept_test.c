/* A dated figure that a town adds: by its page and by a command, refused where the program knows better, and seen by
 * whoever looks one up. */
#include "service/accounting/figures/figure_kept.h"
#include "service/accounting/figures/figure_verb.h"
#include "service/accounting/spend/test_spend.h"

#define FIGURES "/accounting/figures"
#define RATE "code=delay.ecb&since=2026-07-01&value=2,15&source=BCE, 11 juin 2026"
#define LATE "party=" SUPPLIER "&number=F-1&issued=2026-06-01&received=2026-06-10&net=10000&tax=0"

/* 10,000.00 at 10.15 % for 136 days is 378.19; before somebody says the rate, nothing is guessed. */
static void the_next_rate_is_added_and_late_interest_is_known(void **state)
{
    struct str body;
    (void)state;
    opens_credits();
    leads(BILL, LATE, "/accounting/bills/1?saved=1");
    shows("/accounting", "dont le taux n’est pas connu");
    leads(FIGURES, RATE, FIGURES "?saved=1");
    assert_int_equal(test_page(&test, "/accounting", NULL, &body), 200);
    assert_lacks(body, "dont le taux n’est pas connu");
    assert_has(body, "378,19\xC2\xA0\xE2\x82\xAC d\xE2\x80\x99int\xC3\xA9r\xC3\xAAts");
    assert_int_equal(test_page(&test, FIGURES, NULL, &body), 200);
    assert_has(body, "BCE, 11 juin 2026");
    assert_has(body, "Service des finances");
    assert_has(body, "31 d\xC3\xA9" "cembre 2026"); /* of one half-year */
    leads(FIGURES, "code=delay.ecb&since=2026-07-01&value=2.40&source=BCE, corrig\xC3\xA9", FIGURES "?saved=1");
    assert_int_equal(test_page(&test, FIGURES, NULL, &body), 200);
    assert_lacks(body, "BCE, 11 juin 2026");
}

static void what_the_program_knows_is_not_said_otherwise(void **state)
{
    struct str body;
    (void)state;
    refuses(FIGURES, "code=delay.ecb&since=2026-01-01&value=1&source=BCE", "ne se remplace pas");
    refuses(FIGURES, "code=delay.margin&since=2019-04-01&value=9&source=Moi", "ne se remplace pas");
    refuses(FIGURES, "code=delay.margin&since=2019-03-31&value=9&source=", "d\xE2\x80\x99o\xC3\xB9 vient");
    refuses(FIGURES, "code=delay.ecb&since=2026-08-01&value=1&source=BCE", "un semestre");
    refuses(FIGURES, "code=delay.rate&since=2026-07-01&value=1&source=BCE", "delay.rate");
    refuses(FIGURES, "code=delay.ecb&since=2026-07-01&value=deux&source=BCE", "ne se lit pas");
    refuses(FIGURES, "code=delay.ecb&since=2026-07-01&value=-1&source=BCE", "ne se lit pas");
    refuses(FIGURES, "code=delay.payment&since=2027-01-01&value=30,5&source=D\xC3\xA9" "cret", "ne se lit pas");
    refuses(FIGURES, "code=delay.ecb&since=demain&value=1&source=BCE", "date");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set(&ctx, clerk, RIGHT_READ)), OK);
    assert_int_equal(send(FIGURES, RATE, &body), 403);
    assert_int_equal(test_page(&test, FIGURES, NULL, &body), 200);
    assert_lacks(body, "Ajouter un chiffre");
}

/* A new law: what begins later than an open row of the program holds from its day, and not before. */
static void a_later_text_takes_the_place_of_an_open_one(void **state)
{
    struct figure figure;
    (void)state;
    leads(FIGURES, "code=delay.payment&since=2026-09-01&value=20&source=D\xC3\xA9" "cret", FIGURES "?saved=1");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(figure_of(&ctx, STR("delay.payment"), date_of(2026, 8, 31), &figure), OK);
    assert_int_equal(figure.value, 30);
    assert_int_equal(figure_of(&ctx, STR("delay.payment"), date_of(2026, 9, 1), &figure), OK);
    assert_int_equal(figure.value, 20);
    assert_int_equal(figure_of(&ctx, STR("delay.ecb"), date_of(2026, 7, 1), &figure), NOT_FOUND);
    opens_credits();
    leads(BILL, "party=" SUPPLIER "&number=F-2&issued=2026-11-11&received=2026-11-12&net=100&tax=0",
          "/accounting/bills/1?saved=1");
    shows("/accounting/bills/1", "9 jours pour payer"); /* of 20, on 23 November */
}

static enum status types(const char *code, const char *since, const char *value)
{
    const struct str words[] = {STR("beauval"), str_of(code), str_of(since), str_of(value), STR("BCE")};
    struct buf out BUF_SCOPE = BUF_INIT(WORDS);
    static const struct verb verb = {.usage = "NAME CODE FROM VALUE SOURCE"};
    struct verb_call call = {.verb = &verb, .words = words, .word_count = sizeof words / sizeof *words, .out = &out};
    struct ctx ctx = test_ctx(&test);
    ctx.actor = (struct actor){.person = 0};
    return DO(&test, figure_verb_add(&ctx, &call));
}

static void the_operator_adds_one_by_a_command(void **state)
{
    (void)state;
    assert_int_equal(types("delay.ecb", "2026-07-01", "2.15"), OK);
    assert_int_equal(types("delay.ecb", "2026-01-01", "2.15"), INVALID);
    assert_int_equal(types("delay.ecb", "juillet", "2.15"), INVALID);
    shows(FIGURES, "l\xE2\x80\x99" "exploitant");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_next_rate_is_added_and_late_interest_is_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_program_knows_is_not_said_otherwise, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_later_text_takes_the_place_of_an_open_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_operator_adds_one_by_a_command, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
