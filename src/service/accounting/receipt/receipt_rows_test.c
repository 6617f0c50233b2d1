/* Rows of receipts go out, come in again, and go out the same. */
#include "service/accounting/receipt/receipt_rows.h"
#include "service/accounting/spend/test_spend.h"

enum { TEXT_MAX = 1 << 16 };

static void clear(const char *sql)
{
    static struct db_query queries[RECEIPT_ROWS];
    static size_t count;
    struct db_cursor *cursor;
    struct db_query *query = &queries[count++];
    assert_true(count <= RECEIPT_ROWS);
    *query = (struct db_query){.name = "clear", .sql = sql, .slot = (unsigned)(DB_SLOT_MAX - count)};
    assert_int_equal(db_begin(test.town.db), OK);
    assert_int_equal(db_start(test.town.db, query, &cursor), OK);
    assert_int_equal(db_step(cursor), NOT_FOUND);
    db_end(cursor);
    assert_int_equal(db_changes(test.town.db) > 0, 1); /* something of each went out */
    assert_int_equal(db_commit(test.town.db, SYNC_FULL), OK);
}

#define LIST "tiers;objet;compte;montant;produit;bases%0A" SUPPLIER ";Loyer;752;450,00;LOYE;Bail%0A"

static void keep_some(void)
{
    opens_credits();
    leads("/accounting/years/1/2026/suspense/received", "number=7&day=2026-11-04&amount=45&payer=CAF&third=47138",
          "/accounting/years/1/2026/suspense/received?saved=1");
    leads("/accounting/suspense/1/settle",
          "object=PSU&party=" SUPPLIER "&account=752&day=2026-11-20&product=PSU1&amount=45",
          "/accounting/pieces/2?saved=1");
    leads("/accounting/years/1/2026/regies",
          "name=Piscine&code=R01&kind=recettes&act=7&act_day=2026-01-10&cash=300&days=15&holder=Accueil&party=" SUPPLIER
          "&account=7063&product=PISC",
          "/accounting/regies/1?saved=1&year=2026");
    leads("/accounting/regies/1/take", "day=2026-11-10&what=Entrees&means=ch%C3%A8que&amount=120",
          "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/regies/1/hand", "day=2026-11-10&amount=100&reference=Q1",
          "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/regies/1/title", "month=2026-11&day=2026-11-20", "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/years/1/2026/batches", "label=Loyers&day=2026-11-20&file=" LIST, "/accounting/batches/1");
    leads("/accounting/batches/1/press", "", "/accounting/batches/1?saved=1");
    leads("/accounting/years/1/2026/notice", "desk=Accueil&pay_to=SGC&court=Rennes",
          "/accounting/years/1/2026/notice?saved=1");
}

static struct str written(const struct export_file *file)
{
    struct buf out BUF_SCOPE = BUF_INIT(TEXT_MAX);
    struct ctx ctx = test_ctx(&test);
    int64_t next = 0;
    assert_int_equal(export_write(&ctx, file, 0, &out, &next), OK);
    assert_int_equal(next, -1);
    return str_copy(test.arena, buf_str(&out));
}

static void take(const struct export_file *file, struct str text)
{
    struct ctx ctx = test_ctx(&test);
    struct str piece;
    for (bool is_start = true;; is_start = false) {
        assert_int_equal(export_piece(file, is_start, &text, &piece), OK);
        if (piece.len == 0)
            return;
        assert_int_equal(DO(&test, export_take(&ctx, file, piece)), OK);
    }
}

static void what_goes_out_comes_in_again(void **state)
{
    struct str before[RECEIPT_ROWS];
    (void)state;
    keep_some();
    for (size_t i = 0; i < RECEIPT_ROWS; i++)
        before[i] = written(&receipt_rows[i]);
    clear("DELETE FROM accounting_deposit");
    clear("DELETE FROM accounting_taking");
    clear("DELETE FROM accounting_regie");
    clear("DELETE FROM accounting_suspense_piece");
    clear("DELETE FROM accounting_suspense");
    clear("DELETE FROM accounting_notice");
    clear("DELETE FROM accounting_basis");
    clear("DELETE FROM accounting_batch_row");
    clear("DELETE FROM accounting_batch");
    for (size_t i = 0; i < RECEIPT_ROWS; i++)
        take(&receipt_rows[i], before[i]);
    for (size_t i = 0; i < RECEIPT_ROWS; i++)
        if (!str_eq(written(&receipt_rows[i]), before[i]))
            fail_msg("%s", receipt_rows[i].name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_goes_out_comes_in_again, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
