/* B29: numbers of one town, asked in another: what they name is not there, and neither town changes (I15). */
#include "service/accounting/spend/test_slip.h"

static struct test_town other;

/* An administrator with every right, in a town that keeps no accounts yet. */
static void other_open(void)
{
    struct ctx ctx;
    test_town_open(&other);
    int64_t person = test_person(&other, "maire@beauval.example", "Cabinet");
    test_act_as(&other, person, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&other);
    assert_int_equal(DO(&other, right_set(&ctx, person, RIGHTS_ALL)), OK);
}

static struct chain_hash journal_of(struct test_town *town)
{
    struct ctx ctx = test_ctx(town);
    struct book_proof proof;
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    assert_int_equal(book_verify(&ctx, &proof, &findings), OK);
    assert_int_equal(findings.len, 0);
    return proof.hash;
}

static void what_is_of_another_town_is_not_there(void **state)
{
    static const struct {
        const char *path, *fields; /* NULL: looked at */
    } asked[] = {
        {"/accounting/acts/1", NULL},
        {"/accounting/acts/1/open", ""},
        {"/accounting/years/1/2026", NULL},
        {"/accounting/years/1/2026/engage", "object=Papier&account=60632&amount=1&day=2026-11-02"},
        {"/accounting/cells/1", NULL},
        {"/accounting/engagements/2", NULL},
        {"/accounting/engagements/2/attest", "day=2026-11-10&amount=1"},
        {"/accounting/engagements/2/release", "day=2026-11-10"},
        {"/accounting/bills/1", NULL},
        {"/accounting/bills/1/order", "day=2026-11-20&object=Papier"},
        {"/accounting/bills/1/back", "reason=Doublon"},
        {"/accounting/pieces/3", NULL},
        {"/accounting/pieces/3/reduce", "amount=1&day=2026-11-21&object=Papier"},
        {"/accounting/slips/1", NULL},
        {"/accounting/slips/1/sign", ""},
        {"/accounting/slips/1/pes.xml", NULL},
        {"/accounting/parties/1", NULL},
        {"/accounting/parties/1/accounts/1/confirm", ""},
    };
    (void)state;
    (void)a_signed_slip();
    other_open();
    struct chain_hash before = journal_of(&test), empty = journal_of(&other);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        char form[WORDS];
        struct str body;
        snprintf(form, sizeof form, TOKEN "command=%032x&%s", 0xB29, asked[i].fields != NULL ? asked[i].fields : "");
        int code = test_page(&other, asked[i].path, asked[i].fields != NULL ? form : NULL, &body);
        if (code != 404)
            fail_msg("%s: %d %.*s", asked[i].path, code, STR_ARG(main_part(body)));
        assert_lacks(body, "PAPETERIE");
        /* it is there where it belongs */
        if (asked[i].fields == NULL && test_page(&test, asked[i].path, NULL, &body) == 404)
            fail_msg("%s is nowhere", asked[i].path);
    }
    struct chain_hash after = journal_of(&test), still = journal_of(&other);
    assert_true(chain_hash_is(&before, &after));
    assert_true(chain_hash_is(&empty, &still));
    test_town_close(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_of_another_town_is_not_there, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
