/* What was done with each object, as its page tells it, and in the audit log. */
#include "service/accounting/spend/test_spend.h"
#include "service/accounting/story/story.h"

/* The deeds of a page, from the head of its history on. */
static struct str story_on(const char *path)
{
    struct str body;
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    size_t at = str_find(body, STR("id=\"story\""));
    assert_int_not_equal(at, SIZE_MAX);
    return str_after(body, at);
}

static void spends(void)
{
    opens_credits();
    confirm_account();
    leads(ENGAGE, "object=Papier&party=" SUPPLIER "&account=60632&amount=1200,50&day=2026-11-02",
          "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=1200,50", "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/withdraw", "attest=1&reason=Doublon", "/accounting/engagements/2?saved=1");
    leads("/accounting/engagements/2/attest", "day=2026-11-10&amount=1200,50", "/accounting/engagements/2?saved=1");
    leads(BILL, "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&net=1000,42&tax=200,08",
          "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/match", "engagement=1", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/interrupt", "day=2026-11-14&reason=Il+manque+le+bon", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/complete", "day=2026-11-20", "/accounting/bills/1?saved=1");
    leads("/accounting/bills/1/order", "day=2026-11-20&object=Papier", "/accounting/pieces/3?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=3", "/accounting/slips/1?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/1/sign", "", "/accounting/slips/1?saved=1");
    leads("/accounting/pieces/3/reduce", "amount=0,50&day=2026-11-21&object=Erreur", "/accounting/pieces/4?saved=1");
}

static void each_page_tells_who_did_what(void **state)
{
    static const struct {
        const char *path, *says[6];
    } cases[] = {
        {"/accounting/engagements/2", {"Dépense engagée", "Service fait attesté", "Service fait retiré", "1 200,50",
                                       "Service des finances"}},
        {"/accounting/bills/1", {"Facture enregistrée", "rapprochée", "Il manque le bon", "nouveau délai court",
                                 "Facture mandatée",
                                 "Service des finances"}},
        {"/accounting/pieces/3", {"Mandat émis", "Bordereau fait", "Bordereau signé", "Corrigé par", "Cabinet"}},
        {"/accounting/slips/1", {"Bordereau fait", "Bordereau signé", "Cabinet"}},
        {"/accounting/parties/1", {"Tiers créé", "Compte bancaire saisi", "Compte bancaire confirmé", "…2606",
                                   "Cabinet"}},
        {"/accounting/acts/1", {"Crédits ouverts", "Service des finances"}},
    };
    (void)state;
    spends();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str told = story_on(cases[i].path);
        for (size_t n = 0; n < 6 && cases[i].says[n] != NULL; n++)
            if (str_find(told, str_of(cases[i].says[n])) == SIZE_MAX)
                fail_msg("%s does not tell %s: %.*s", cases[i].path, cases[i].says[n],
                         STR_ARG(str_slice(told, 0, 2000)));
    }
}

/* What was refused leaves no deed; what only others may read is not told. */
static void nothing_more_is_told(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct story_line *lines;
    struct str body;
    size_t count;
    (void)state;
    opens_credits();
    leads(BILL, "party=" SUPPLIER "&number=F-1&issued=2026-11-11&received=2026-11-12&net=100&tax=0",
          "/accounting/bills/1?saved=1");
    refuses("/accounting/bills/1/interrupt", "day=2026-11-14&reason=", "motif");
    assert_int_equal(story_of(&ctx, STORY_BILL, 1, 0, &lines, &count), OK);
    assert_int_equal(count, 1);
    test_act_as(&test, test_person(&test, "accueil@beauval.example", "Accueil"), ROLE_AGENT);
    assert_int_equal(test_page(&test, "/accounting/acts/1", NULL, &body), 200);
    assert_lacks(body, "id=\"story\"");
}

static void the_audit_log_speaks_in_words(void **state)
{
    struct str body;
    (void)state;
    spends();
    assert_int_equal(test_page(&test, "/people/audit", NULL, &body), 200);
    assert_has(body, "Crédits ouverts");
    assert_has(body, "Bordereau signé");
    assert_has(body, "Droits en comptabilité changés");
    assert_lacks(body, ">accounting.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_page_tells_who_did_what, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_more_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_audit_log_speaks_in_words, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
