/* A town's spending proven: nothing is found where all is right, and each damage where it was done. */
#include "service/accounting/spend/spend_proof.h"
#include "service/accounting/spend/test_slip.h"

enum { QUERIES_MAX = 64 };

/* Damage that no page can do. */
static void damage(const char *sql)
{
    static struct db_query queries[QUERIES_MAX];
    static size_t count;
    struct db_cursor *cursor;
    struct db_query *query = &queries[count++];
    assert_true(count < QUERIES_MAX);
    *query = (struct db_query){.name = "damage", .sql = sql, .slot = (unsigned)(DB_SLOT_MAX - count)};
    assert_int_equal(db_begin(test.town.db), OK);
    assert_int_equal(db_start(test.town.db, query, &cursor), OK);
    assert_int_equal(db_step(cursor), NOT_FOUND);
    db_end(cursor);
    assert_int_equal(db_changes(test.town.db) > 0, 1);
    assert_int_equal(db_commit(test.town.db, SYNC_FULL), OK);
}

static struct str found(struct buf *findings)
{
    struct ctx ctx = test_ctx(&test);
    buf_clear(findings);
    assert_int_equal(spend_verify(&ctx, findings), OK);
    return buf_str(findings);
}

/* Signed elsewhere and back. */
static void a_slip_that_was_sent(void)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX), signed_one BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct slip slip = a_signed_slip();
    the_file(&slip, &file);
    sign(buf_str(&file), &signed_one);
    assert_int_equal(give_back(&slip, buf_str(&signed_one)), OK);
}

static void each_damage_is_found(void **state)
{
    static const struct {
        const char *damage, *mend, *finding;
    } damages[] = {
        {"UPDATE accounting_piece SET number = 2 WHERE sequence = 3",
         "UPDATE accounting_piece SET number = 1 WHERE sequence = 3", "(I5)"},
        {"UPDATE accounting_piece SET is_receipt = 1 WHERE sequence = 3",
         "UPDATE accounting_piece SET is_receipt = 0 WHERE sequence = 3", "sense (I5)"},
        {"UPDATE accounting_piece SET year = 2025 WHERE sequence = 3",
         "UPDATE accounting_piece SET year = 2026 WHERE sequence = 3", "sense (I5)"},
        {"UPDATE accounting_engagement SET number = 7 WHERE sequence = 2",
         "UPDATE accounting_engagement SET number = 1 WHERE sequence = 2", "its engagement says number 7"},
        {"UPDATE accounting_imputation SET net = net + 1 WHERE sequence = 3",
         "UPDATE accounting_imputation SET net = net - 1 WHERE sequence = 3", "(I1)"},
        {"UPDATE accounting_imputation SET level = '012' WHERE sequence = 3",
         "UPDATE accounting_imputation SET level = '011' WHERE sequence = 3", "which it does not (I1)"},
        {"UPDATE accounting_slip SET number = 2", "UPDATE accounting_slip SET number = 1", "there are 1 (I5)"},
        {"UPDATE accounting_piece SET place = 2 WHERE slip = 1", "UPDATE accounting_piece SET place = 1 WHERE slip = 1",
         "places up to 2"},
        {"UPDATE accounting_slip SET signed_by = (SELECT person FROM accounting_attest)",
         "UPDATE accounting_slip SET signed_by = (SELECT MAX(id) FROM person)", "(I11)"},
        {"UPDATE accounting_exercise SET budget = '21560046100028'",
         "UPDATE accounting_exercise SET budget = '21560046100010'", "(I15)"},
        {"UPDATE accounting_bill SET gross = gross - 1", "UPDATE accounting_bill SET gross = gross + 1",
         "come to 120050 cents, and it is of 120049"},
        {"UPDATE accounting_slip SET file = CAST(REPLACE(CAST(file AS TEXT), '1200.50', '1200.51') AS BLOB)",
         "UPDATE accounting_slip SET file = CAST(REPLACE(CAST(file AS TEXT), '1200.51', '1200.50') AS BLOB)",
         "Signature (I9)"},
        {"UPDATE accounting_line SET voted = voted + 1 WHERE id = (SELECT MIN(id) FROM accounting_line)",
         "UPDATE accounting_line SET voted = voted - 1 WHERE id = (SELECT MIN(id) FROM accounting_line)",
         "(I8)"},
    };
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    (void)state;
    a_slip_that_was_sent();
    if (found(&findings).len > 0)
        fail_msg("%.*s", STR_ARG(buf_str(&findings)));
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        damage(damages[i].damage);
        if (str_find(found(&findings), str_of(damages[i].finding)) == SIZE_MAX)
            fail_msg("%s: %.*s", damages[i].damage, STR_ARG(buf_str(&findings)));
        damage(damages[i].mend);
        assert_int_equal(found(&findings).len, 0);
    }
}

/* A town that does not keep attesting and signing apart may have one person do both. */
static void apart_counts_from_its_day(void **state)
{
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    struct ctx ctx;
    (void)state;
    test_act_as(&test, signer, ROLE_ADMINISTRATOR);
    ctx = test_ctx(&test);
    assert_int_equal(DO(&test, right_set_apart(&ctx, false)), OK);
    test_act_as(&test, clerk, ROLE_AGENT);
    a_slip_that_was_sent();
    damage("UPDATE accounting_slip SET signed_by = (SELECT person FROM accounting_attest)");
    assert_int_equal(found(&findings).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_damage_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(apart_counts_from_its_day, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
