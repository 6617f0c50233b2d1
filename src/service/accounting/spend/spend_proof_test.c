/* A town's spending proven: nothing is found where all is right, and each damage where it was done. */
#include "core/test_damage.h"
#include "service/accounting/spend/spend_proof.h"
#include "service/accounting/spend/test_slip.h"

/* Signed elsewhere and back. */
static void a_slip_that_was_sent(void)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX), signed_one BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct slip slip = a_signed_slip();
    the_file(&slip, &file);
    sign(buf_str(&file), &signed_one);
    assert_int_equal(give_back(&slip, buf_str(&signed_one)), OK);
}

/* A second one of its series, whose file says what both come to (MtCumulAnnuel). */
static void another_slip(void)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX), signed_one BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct ctx ctx;
    struct slip slip;
    test_act_as(&test, clerk, ROLE_AGENT);
    leads("/accounting/years/1/2026/order", "object=Encre&party=" SUPPLIER "&account=637&amount=10&day=2026-11-20",
          "/accounting/pieces/4?saved=1");
    leads("/accounting/years/1/2026/slip", "piece=4", "/accounting/slips/2?saved=1");
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    leads("/accounting/slips/2/sign", "", "/accounting/slips/2?saved=1");
    ctx = test_ctx(&test);
    assert_int_equal(slip_get(&ctx, 2, &slip), OK);
    the_file(&slip, &file);
    sign(buf_str(&file), &signed_one);
    assert_int_equal(give_back(&slip, buf_str(&signed_one)), OK);
}

/* Of an engagement of its own. */
static void an_attestation_that_was_withdrawn(void)
{
    test_act_as(&test, clerk, ROLE_AGENT);
    leads(ENGAGE, "object=Stylos&party=" SUPPLIER "&account=60632&amount=50&day=2026-11-02",
          "/accounting/engagements/5?saved=1");
    leads("/accounting/engagements/5/attest", "day=2026-11-10&amount=50", "/accounting/engagements/5?saved=1");
    leads("/accounting/engagements/5/withdraw", "attest=2&reason=Erreur", "/accounting/engagements/5?saved=1");
}

static void each_damage_is_found(void **state)
{
    static const struct damage damages[] = {
        {"UPDATE accounting_piece SET number = 9 WHERE sequence = 3", "(I5)"},
        {"UPDATE accounting_piece SET is_receipt = 1 WHERE sequence = 3", "sense (I5)"},
        {"UPDATE accounting_piece SET year = 2025 WHERE sequence = 3", "sense (I5)"},
        {"UPDATE accounting_engagement SET number = 7 WHERE sequence = 2", "its engagement says number 7"},
        {"UPDATE accounting_imputation SET net = net + 1 WHERE sequence = 3", "(I1)"},
        {"UPDATE accounting_imputation SET level = '012' WHERE sequence = 3", "which it does not (I1)"},
        {"UPDATE accounting_slip SET number = 3 WHERE id = 2", "there are 2 (I5)"},
        {"UPDATE accounting_piece SET place = 2 WHERE slip = 1", "places up to 2"},
        {"UPDATE accounting_slip SET signed_by = (SELECT person FROM accounting_attest)", "(I11)"},
        {"UPDATE accounting_exercise SET budget = '21560046100028'", "(I15)"},
        {"UPDATE accounting_slip SET file = CAST(REPLACE(CAST(file AS TEXT), '1200.50', '1200.51') AS BLOB)",
         "Signature (I9)"},
        {"UPDATE accounting_line SET voted = voted + 1 WHERE id = (SELECT MIN(id) FROM accounting_line)", "(I8)"},
        {"UPDATE accounting_imputation SET tax = tax + 1 WHERE sequence = 3", "2: its signed file does not say what its"
         " pieces do: MtCumulAnnuel (I9)"},
        {"UPDATE accounting_piece SET engagement = NULL WHERE sequence = 3", "(I7)"},
        {"UPDATE accounting_piece SET origin = 3 WHERE sequence = 3", "(I7)"},
        {"UPDATE accounting_party_bank SET state = 0", "is not one of its third party"},
        {"UPDATE accounting_piece SET party = NULL WHERE sequence = 3", "is not one of its third party 0"},
        {"UPDATE accounting_bill SET engagement = NULL", "invoice 1 is of another"},
        {"UPDATE accounting_bill SET gross = gross + 1", "and it to 120051"},
        {"DELETE FROM accounting_attest", "and 0 were attested"},
        {"UPDATE accounting_attest SET amount = amount + 1 WHERE withdraws IS NOT NULL", "takes back 4999 cents"},
        {"UPDATE accounting_attest SET engagement = 2 WHERE withdraws IS NOT NULL", "takes back 5000 cents"},
        {"UPDATE accounting_attest SET withdraws = NULL", "takes back 5000 cents of an attestation of 0"},
        {"DELETE FROM accounting_opening", "or there is none"},
        {"UPDATE accounting_piece SET slip = NULL", "it has no piece"},
        {"UPDATE accounting_engagement SET year = 2027", "another year or budget (I5)"},
    };
    (void)state;
    a_slip_that_was_sent();
    another_slip();
    an_attestation_that_was_withdrawn();
    damages_are_found(&test, spend_verify, damages, sizeof damages / sizeof *damages);
}

/* A town that does not keep attesting and signing apart may have one person do both. */
static void apart_counts_from_its_day(void **state)
{
    struct ctx ctx;
    (void)state;
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set_apart(&ctx, false)), OK);
    test_act_as(&test, clerk, ROLE_AGENT);
    a_slip_that_was_sent();
    damage_do(&test, "UPDATE accounting_slip SET signed_by = (SELECT person FROM accounting_attest)");
    damage_finds_nothing(&test, spend_verify);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_damage_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(apart_counts_from_its_day, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
