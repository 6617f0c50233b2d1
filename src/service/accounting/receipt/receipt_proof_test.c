/* What stands beside the journal is proven: nothing is found where all is right, and each damage where it was done. */
#include "core/test_damage.h"
#include "service/accounting/receipt/receipt_proof.h"
#include "service/accounting/spend/test_spend.h"

#define LIST "tiers;objet;compte;montant;produit%0A" SUPPLIER ";Loyer;752;450,00;LOYE%0A"

/* A receipt put in order (entry 2), a month of a régie (3), a list of one titre (4). */
static void keep_some(void)
{
    opens_credits();
    leads("/accounting/years/1/2026/suspense/received", "number=7&day=2026-11-04&amount=45&payer=CAF",
          "/accounting/years/1/2026/suspense/received?saved=1");
    leads("/accounting/suspense/1/settle",
          "object=PSU&party=" SUPPLIER "&account=752&day=2026-11-20&product=PSU1&amount=45",
          "/accounting/pieces/2?saved=1");
    leads("/accounting/years/1/2026/regies",
          "name=Piscine&code=R01&kind=recettes&act=7&act_day=2026-01-10&cash=300&days=15&holder=Accueil&party=" SUPPLIER
          "&account=7063&product=PISC",
          "/accounting/regies/1?saved=1&year=2026");
    leads("/accounting/regies/1/take", "day=2026-11-10&what=Entrees&means=carte&amount=120",
          "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/regies/1/take", "day=2026-11-10&what=Entrees&means=carte&amount=7",
          "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/regies/1/undo", "taking=2&reason=Erreur", "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/regies/1/title", "month=2026-11&day=2026-11-20", "/accounting/regies/1?saved=1&month=2026-11");
    leads("/accounting/years/1/2026/batches", "label=Loyers&day=2026-11-20&file=" LIST, "/accounting/batches/1");
    leads("/accounting/batches/1/press", "", "/accounting/batches/1?saved=1");
}

static void each_damage_is_found(void **state)
{
    static const struct damage damages[] = {
        {"UPDATE accounting_suspense SET amount = amount - 1", "put in order: number 7: 4500 cents of 4499"},
        {"DELETE FROM accounting_suspense_piece", "no money is said"},
        {"UPDATE accounting_taking SET amount = amount + 1 WHERE id = 1",
         "takings of entry 3: 12001 cents, its titre 12000"},
        {"UPDATE accounting_taking SET amount = -6 WHERE undoes = 2",
         "taking 3: it takes back 6 cents, and 700 were taken"},
        {"UPDATE accounting_taking SET means = 1 WHERE undoes = 2", "and 700 were taken"},
        {"UPDATE accounting_taking SET undoes = NULL", "it takes back 700 cents, and 0 were taken"},
        {"UPDATE accounting_taking SET sequence = NULL", "without takings"},
        {"UPDATE accounting_batch_row SET amount = 1", "list 1, row 1: 1 cents, its titre 45000"},
        {"UPDATE accounting_batch_row SET object = 'X'", "or another object"},
        {"UPDATE accounting_batch_row SET sequence = NULL", "1 rows have no titre"},
        {"UPDATE accounting_batch_row SET place = 2", "places up to 2, and there are 1"},
    };
    (void)state;
    keep_some();
    damages_are_found(&test, receipt_verify, damages, sizeof damages / sizeof *damages);
    holds();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_damage_is_found, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
