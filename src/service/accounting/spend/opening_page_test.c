/* Opening the credits of an act: why the book refuses, and an act that can never be opened, annulled. */
#include "service/accounting/budget/budget_force.h"
#include "service/accounting/budget/budget_opening.h"
#include "service/accounting/spend/test_spend.h"
#include "service/accounting/story/story.h"

#define CUT "/accounting/acts/2"

/* As it was recorded before a vote asked the book: it takes what is engaged. */
static enum status cut(struct ctx *ctx)
{
    int64_t document;
    TRY(vote_begin(ctx, "02", "1", &document));
    add_line(ctx, 1, "60632", "011", -100000, 0);
    add_line(ctx, 2, "73111", "731", -100000, 0);
    return budget_document_end(ctx, document);
}

static enum status says_who_voted(struct ctx *ctx)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return story_add(ctx, STORY_ACT, 2, "accounting.vote", STR(""));
}

static int set_up_cut(void **state)
{
    (void)set_up(state);
    opens_credits();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=8000&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, cut(&ctx)), OK);
    return 0;
}

static size_t waiting(void)
{
    struct ctx ctx = test_ctx(&test);
    struct credit_year year;
    struct budget_act *acts;
    size_t count;
    assert_int_equal(credit_year(&ctx, 1, 2026, &year), OK);
    assert_int_equal(budget_opening_waiting(&ctx, &year, &acts, &count), OK);
    return count;
}

static void an_act_that_can_never_be_opened_is_annulled(void **state)
{
    (void)state;
    struct str body;
    shows(CUT, "ne peut pas ouvrir");
    shows(CUT, "1\xE2\x80\xAF" "000,00"); /* why */
    refuses(CUT "/open", "", "Annuler l\xE2\x80\x99" "acte");
    assert_int_equal(waiting(), 1);
    refuses(CUT "/annul", "why=", "motif");
    leads(CUT "/annul", "why=Vote+sans+effet", CUT);
    assert_int_equal(waiting(), 0);
    shows(CUT, "Vote sans effet");
    shows("/accounting/acts", "Annul\xC3\xA9");
    assert_int_equal(send(CUT "/open", "", &body), 409);
    assert_int_equal(send(CUT "/annul", "why=Encore", &body), 409);
    holds();
}

static void another_person_annuls_what_one_voted(void **state)
{
    (void)state;
    struct str body;
    struct ctx ctx = test_ctx(&test);
    assert_int_equal(DO(&test, says_who_voted(&ctx)), OK);
    assert_int_equal(send(CUT "/annul", "why=Erreur", &body), 403);
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads(CUT "/annul", "why=Erreur", CUT);
}

/* One that the book would open, or has opened, is none to annul. */
static void an_act_that_can_be_opened_is_not(void **state)
{
    (void)state;
    struct str body;
    leads("/accounting/engagements/2/release", "day=2026-11-03", "/accounting/engagements/2?saved=1");
    assert_int_equal(send(CUT "/annul", "why=Erreur", &body), 409);
    leads(CUT "/open", "", "/accounting/years/1/2026?saved=1");
    assert_int_equal(send(CUT "/annul", "why=Erreur", &body), 409);
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_act_that_can_never_be_opened_is_annulled, set_up_cut, tear_down),
        cmocka_unit_test_setup_teardown(another_person_annuls_what_one_voted, set_up_cut, tear_down),
        cmocka_unit_test_setup_teardown(an_act_that_can_be_opened_is_not, set_up_cut, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
