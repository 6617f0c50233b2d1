/* All of a town's accounting (test_whole.h) is proven; damage to each table is found, or it is said here why nothing
 * can find it; and what the town leaves with proves the same elsewhere. */
#include "core/test_damage.h"
#include "service/accounting/proof.h"

#include "service/accounting/test_leave.h"
#include "service/accounting/test_whole.h"

/* ---- what is found ---- */

/* Everything a town is asked: its accounting, then its database (rows that name others which are not there). */
static enum status proves(struct ctx *ctx, struct buf *findings)
{
    struct book_proof book;
    struct str finding = STR("");
    TRY(proof_whole(ctx, &book, findings));
    enum status done = db_verify(ctx->db, ctx->arena, &finding);
    if (done == CORRUPT) {
        buf_add_format(findings, "database: %.*s\n", STR_ARG(finding));
        done = OK;
    }
    return done;
}

#define FIRST_PAID "(SELECT MIN(sequence) FROM accounting_piece WHERE bill IS NOT NULL)"

static const struct damage damages[] = {
    {"UPDATE accounting_budget SET siret = '21560046100028'", "(I15)"},
    {"DELETE FROM accounting_budget", "there"},
    {"DELETE FROM accounting_document WHERE id = 1", "there"},
    {"UPDATE accounting_act SET year = year + 1 WHERE id = 1", "of another year or budget"},
    {"DELETE FROM accounting_act WHERE id = 1", "there"},
    {"UPDATE accounting_line SET voted = voted + 1 WHERE id = (SELECT MIN(id) FROM accounting_line)", "(I8)"},
    {"DELETE FROM accounting_line WHERE id = (SELECT MIN(id) FROM accounting_line WHERE section = 0 AND direction = 1)",
     "(I8)"},
    {"UPDATE accounting_entry SET hash = (SELECT hash FROM accounting_entry WHERE sequence = 1) WHERE sequence = 4",
     "engine.hash"},
    {"DELETE FROM accounting_entry WHERE sequence = 4", "engine."},
    {"UPDATE accounting_exercise SET is_closed = 0", "whether it is closed"},
    {"UPDATE accounting_number SET last = last + 1", "I5"},
    {"UPDATE accounting_cell SET available = available + 1 WHERE id = 1", "I12"},
    {"UPDATE accounting_posted SET amount = amount + 1 WHERE sequence = 4", "entry 4"},
    {"UPDATE accounting_posted_line SET amount = amount + 1 WHERE sequence = 4", "entry 4"},
    {"UPDATE accounting_opening SET year = 2025 WHERE act = 1", "of another year or budget"},
    {"DELETE FROM accounting_opening WHERE act = 1", "or there is none"},
    {"UPDATE accounting_imputation SET net = net + 1 WHERE sequence = " FIRST_PAID, "(I1)"},
    {"DELETE FROM accounting_imputation WHERE sequence = " FIRST_PAID, "(I1)"},
    {"UPDATE accounting_engagement SET number = 77 WHERE number = 1", "(I5)"},
    {"DELETE FROM accounting_engagement WHERE number = 1", "(I5)"},
    {"UPDATE accounting_attest SET amount = 1", "were attested"},
    {"DELETE FROM accounting_attest", "were attested"},
    {"UPDATE accounting_bill SET gross = gross + 1 WHERE id = 1", "its mandats come to"},
    {"DELETE FROM accounting_bill WHERE id = 1", "refers to a row"},
    {"UPDATE accounting_slip SET number = number + 1 WHERE id = 1", "(I5)"},
    {"DELETE FROM accounting_slip WHERE id = 1", "refers to a row"},
    {"UPDATE accounting_piece SET number = 77 WHERE sequence = " FIRST_PAID, "(I5)"},
    {"DELETE FROM accounting_piece WHERE sequence = " FIRST_PAID, "(I5)"},
    {"UPDATE accounting_piece SET engagement = (SELECT MAX(sequence) FROM accounting_engagement) WHERE sequence = "
     FIRST_PAID, "(I7)"},
    {"DELETE FROM accounting_party", "refers to a row"},
    {"UPDATE accounting_party_bank SET state = 2", "is not one of its third party"},
    {"DELETE FROM accounting_party_bank", "refers to a row"},
    {"UPDATE accounting_programme SET authorised = 1", "programme AP-1"},
    {"DELETE FROM accounting_programme", "refers to a row"},
    {"UPDATE accounting_programme_year SET credit = 1", "programme AP-1"},
    {"DELETE FROM accounting_programme_year", "programme AP-1"},
    {"UPDATE accounting_programme_use SET programme = 77", "refers to a row"},
    {"UPDATE accounting_later SET net = net + 1", "go on as engagement"},
    {"UPDATE accounting_remain SET amount = amount + 1", "(I13)"},
    {"DELETE FROM accounting_remain WHERE is_receipt = 0", "(I13)"},
    {"DELETE FROM accounting_remain WHERE is_receipt = 1", "(I13)"},
    {"UPDATE accounting_remain_list SET expense = expense + 1", "(I13)"},
    {"DELETE FROM accounting_remain_list", "no list of it is signed"},
    {"UPDATE accounting_carried SET amount = amount + 1", "(I13)"},
    {"DELETE FROM accounting_carried WHERE id = 1", "(I13)"},
    {"DELETE FROM accounting_carried WHERE id = (SELECT MAX(id) FROM accounting_carried)", "(I13)"},
    {"UPDATE accounting_suspense SET amount = amount - 1", "put in order"},
    {"DELETE FROM accounting_suspense", "refers to a row"},
    {"DELETE FROM accounting_suspense_piece", "no money is said"},
    {"DELETE FROM accounting_regie", "refers to a row"},
    {"UPDATE accounting_taking SET amount = amount + 1", "takings of entry"},
    {"DELETE FROM accounting_taking", "without takings"},
    {"UPDATE accounting_taking SET sequence = 14", "no titre of that regie"},
    {"UPDATE accounting_deposit SET amount = amount + 2000", "it handed over"},
    {"DELETE FROM accounting_batch", "refers to a row"},
    {"UPDATE accounting_batch_row SET amount = amount + 1", "its titre"},
    {"DELETE FROM accounting_batch_row WHERE place = 1", "its rows stand"},
    {"UPDATE accounting_asset SET cost = cost + 1000 WHERE id = 1", "(I14)"},
    {"DELETE FROM accounting_asset WHERE id = 1", "refers to a row"},
    {"UPDATE accounting_charge SET amount = amount + 1 WHERE asset = 1", "(I14)"},
    {"DELETE FROM accounting_charge WHERE asset = 1", "it charges assets with"},
    {"UPDATE accounting_pair SET receipt = (SELECT MAX(sequence) FROM accounting_piece WHERE is_receipt = 1)",
     "half of an operation"},
    {"DELETE FROM accounting_pair", "has no other half"},
    {"UPDATE accounting_accrued SET piece = (SELECT MIN(sequence) FROM accounting_piece)", "attached what no link"},
    {"DELETE FROM accounting_accrued", "attached what no link"},
    {"UPDATE accounting_loan SET borrowed = borrowed + 100000 WHERE id = 1", "instalment 1 was ordered"},
    {"DELETE FROM accounting_loan WHERE id = 1", "refers to a row"},
    {"UPDATE accounting_instalment SET capital = capital + 1 WHERE place = 1", "pays back"},
    {"DELETE FROM accounting_instalment WHERE place = 1", "instalments stand"},
    {"UPDATE accounting_repaid SET place = 8 WHERE loan = 1", "instalment 8 was ordered"},
    {"INSERT INTO accounting_repaid SELECT loan, place, (SELECT MIN(sequence) FROM accounting_piece) "
     "FROM accounting_repaid WHERE loan = 1", "is ordered by 2 mandats"},
    {"DELETE FROM accounting_repaid", "pays no instalment"},
};

static void each_damage_is_found(void **state)
{
    (void)state;
    damages_are_found(&test, proves, damages, sizeof damages / sizeof *damages);
}

/* ---- no table is forgotten ---- */

/* No damage to these is looked for, each with why. What a person decided once and nothing else repeats cannot be
 * proven: no hash is over these rows, and any other value is as good as the one that stands there. */
static const char *const unproven[] = {
    "accounting_word",         /* derived: `town rebuild` makes it anew */
    "accounting_right",        /* decided: what a person may do */
    "accounting_setting",      /* decided; changes are in the audit log */
    "accounting_unit",         /* decided: names of services */
    "accounting_signatory",    /* decided: delegations; what was signed under one is in the slip */
    "accounting_party_change", /* a record beside: nothing is paid by it */
    "accounting_deed",         /* a record beside */
    "accounting_notice",       /* decided: words on notices */
    "accounting_basis",        /* words on a notice */
    "accounting_before",       /* decided before a vote; the amounts are the journal's */
    "accounting_loan_rate",    /* decided; an instalment that was ordered is compared with the schedule it makes */
    "accounting_figure",       /* decided: a number of a text, with its source and who added it */
    "accounting_rate",         /* decided: what the assembly allows */
    "accounting_chart",        /* handed in: an operator can compare its sha256 with the publisher's */
    "accounting_chart_taken",  /* decided */
    "accounting_transfer",     /* words and days of an act; its amounts are lines of the act, and the journal's */
    "accounting_inbound",      /* a file as it came; its invoices are rows of their own */
    "accounting_inbound_line", /* what became of them then */
    "accounting_document_of",  /* spend_proof_test: documents of a file that was signed */
};

static bool is_covered(struct str table)
{
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        bool is_written = str_starts(str_of(damages[i].sql), STR("UPDATE ")) ||
                          str_starts(str_of(damages[i].sql), STR("INSERT INTO ")) ||
                          str_starts(str_of(damages[i].sql), STR("DELETE FROM "));
        assert_true(is_written);
        struct str rest = str_of(damages[i].sql);
        (void)str_cut(&rest, 'a'); /* up to the table's name: the words before have no small letter */
        struct str name = str_cut(&rest, ' ');
        if (str_eq(name, str_after(table, 1)))
            return true;
    }
    return false;
}

static bool is_unproven(struct str table)
{
    for (size_t i = 0; i < sizeof unproven / sizeof *unproven; i++)
        if (str_eq(table, str_of(unproven[i])))
            return true;
    return false;
}

static void no_table_is_forgotten(void **state)
{
    static const struct db_query tables = {
        "tables", "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'accounting\\_%' ESCAPE '\\'",
        DB_SLOT_MAX - 1 - DAMAGE_QUERIES_MAX};
    struct db_cursor *cursor;
    size_t seen = 0, forgotten = 0;
    (void)state;
    assert_int_equal(db_start(test.town.db, &tables, &cursor), OK);
    while (db_step(cursor) == OK) {
        struct str table = db_column_text(cursor, 0);
        bool is_covered_here = is_covered(table), is_left_out = is_unproven(table);
        seen++;
        if (is_covered_here != is_left_out)
            continue;
        print_message("%.*s has %s\n", STR_ARG(table),
                      is_left_out ? "a damage, and is said to have none" : "no damage");
        forgotten++;
    }
    db_end(cursor);
    assert_int_equal(forgotten, 0);
    assert_true(seen > 50);
}

static void it_proves_the_same_elsewhere(void **state)
{
    leaves_for_elsewhere(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_damage_is_found, a_whole_town, tear_down),
        cmocka_unit_test_setup_teardown(no_table_is_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_proves_the_same_elsewhere, a_whole_town, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
