/* A journal goes out in open forms: its lines are read again as they were, no row is a formula, and the programs of
 * others come to the sums of the ledger. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "proto/csv/csv.h"
#include "service/accounting/engine/journal_line.h"
#include "service/accounting/engine/test_year.h"

enum { ACCOUNT_MAX = 128, COMMAND_MAX = 400 };

static void formats_have_names(void **state)
{
    (void)state;
    for (enum journal_format format = 0; format < JOURNAL_FORMATS; format++) {
        enum journal_format found;
        assert_int_equal(journal_format_named(str_of(journal_format_name(format)), &found), OK);
        assert_int_equal(found, format);
    }
    enum journal_format none;
    assert_int_equal(journal_format_named(STR("xml"), &none), NOT_FOUND);
    assert_null(journal_format_name(JOURNAL_FORMATS));
}

/* ---- lines ---- */

static void lines_are_read_as_they_were(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct arena *arena ARENA_SCOPE = arena_create(BOOK_ARENA), *scratch ARENA_SCOPE = arena_create(BOOK_SCRATCH);
    struct buf lines BUF_SCOPE = BUF_INIT(YEAR_TEXT_MAX), again BUF_SCOPE = BUF_INIT(YEAR_TEXT_MAX);
    struct chain_hash hash = {0};
    struct ledger *ledger;
    year_write(&book);
    year_export(buf_str(&book.run), JOURNAL_JSONL, &lines);
    assert_int_equal(str_count_byte(buf_str(&lines), '\n'), ledger_count(book.ledger));
    assert_int_equal(ledger_in(arena, &ledger), OK);
    struct verification verification = verification_in(ledger, scratch);
    struct str rest = str_trim(buf_str(&lines));
    while (!str_is_absent(rest)) {
        struct buf bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
        struct str line = str_cut(&rest, '\n');
        struct chain_hash said;
        struct entry entry;
        assert_int_equal(journal_line_read(scratch, line, &entry, &said), OK);
        entry_write(&bytes, &entry);
        chain_add(&again, &hash, buf_str(&bytes));
        assert_int_equal(verify_line(&verification, line), OK);
    }
    assert_true(str_eq(buf_str(&again), buf_str(&book.run)));
    assert_int_equal(verification.count, ledger_count(book.ledger));
    assert_true(chain_hash_is(&verification.hash, &book.hash));
}

static const char sound_line[] =
    "{\"sequence\":18446744073709551615,\"id\":\"000102030405060708090a0b0c0d0e0f\",\"kind\":\"order\","
    "\"internal\":true,\"series\":9,\"number\":4294967295,\"instant\":-9223372036854775808,\"day\":\"2024-02-29\","
    "\"entered\":\"2025-01-31\",\"actor\":9223372036854775807,\"reference\":1,\"budget\":\"eau\",\"exercise\":2024,"
    "\"label\":\"\\u00e9t\\u00e9\\n\",\"postings\":[{\"section\":\"I\",\"direction\":\"D\",\"level\":\"21\","
    "\"from\":\"reserved\",\"to\":\"ordered\",\"cents\":99999999999999}],\"hash\":"
    "\"0000000000000000000000000000000000000000000000000000000000000001\"}";

static enum status read_line(struct str line, struct entry *ret_entry)
{
    struct arena *arena = arena_create(BOOK_SCRATCH);
    struct chain_hash hash;
    enum status done = journal_line_read(arena, line, ret_entry, &hash);
    if (done == OK)
        assert_int_equal(hash.bytes[CHAIN_HASH_BYTES - 1], 1);
    arena_destroy(&arena);
    return done;
}

/* The line with a piece of it put in another's place. */
static enum status read_with(const char *piece, const char *other)
{
    struct buf line BUF_SCOPE = BUF_INIT(2 * JOURNAL_LINE_MAX);
    struct entry entry;
    const char *at = strstr(sound_line, piece);
    assert_non_null(at);
    buf_add(&line, str_span(sound_line, at));
    buf_add_c(&line, other);
    buf_add_c(&line, at + strlen(piece));
    return read_line(buf_str(&line), &entry);
}

static void every_number_keeps_all_its_digits(void **state)
{
    (void)state;
    struct entry entry;
    assert_int_equal(read_line(str_of(sound_line), &entry), OK);
    assert_true(entry.sequence == UINT64_MAX && entry.number == UINT32_MAX && entry.instant.ms == INT64_MIN &&
                entry.actor == INT64_MAX);
    assert_int_equal(read_with("\"actor\":9223372036854775807,", "\"actor\":9223372036854775808,"), INVALID);
    assert_int_equal(read_with("18446744073709551615", "18446744073709551616"), INVALID);
    assert_int_equal(read_with(":4294967295", ":4294967296"), INVALID);
    assert_int_equal(read_with("\"series\":9", "\"series\":256"), INVALID);
    assert_int_equal(read_with("\"series\":9", "\"series\":1e1"), INVALID);
    assert_int_equal(read_with("\"series\":9", "\"series\":\"9\""), INVALID);
}

static void what_is_no_line_is_refused(void **state)
{
    (void)state;
    struct buf blanks BUF_SCOPE = BUF_INIT(2 * JOURNAL_LINE_MAX);
    struct entry entry;
    assert_int_equal(read_with("\"series\":9,", ""), INVALID);
    assert_int_equal(read_with("\"series\":9,", "\"series\":9,\"series\":9,"), INVALID);
    assert_int_equal(read_with("\"series\":9,", "\"series\":9,\"other\":9,"), INVALID);
    assert_int_equal(read_with("0f\"", "0\""), INVALID);
    assert_int_equal(read_with("0f\"", "0g\""), INVALID);
    assert_int_equal(read_with("\"order\"", "\"orders\""), INVALID);
    assert_int_equal(read_with("\"order\"", "\"\""), INVALID);
    assert_int_equal(read_with("true", "null"), INVALID);
    assert_int_equal(read_with("2024-02-29", "2023-02-29"), INVALID);
    assert_int_equal(read_with("\"I\"", "\"X\""), INVALID);
    assert_int_equal(read_with("\"reserved\"", "\"elsewhere\""), INVALID);
    assert_int_equal(read_with("\"eau\"", "\"a-name-of-17-bytes\""), INVALID);
    assert_int_equal(read_with("}],", "}],[],"), INVALID);
    assert_int_equal(read_with("1\"}", "1\"}}"), INVALID);
    assert_int_equal(read_with("1\"}", "1\"} {}"), INVALID);
    for (size_t i = 0; i < sizeof sound_line - 1; i++)
        assert_int_equal(read_line((struct str){sound_line, i}, &entry), INVALID);
    buf_add_c(&blanks, sound_line);
    while (blanks.len < JOURNAL_LINE_MAX)
        buf_add_byte(&blanks, ' ');
    assert_int_equal(read_line(buf_str(&blanks), &entry), OK);
    buf_add_byte(&blanks, ' ');
    assert_int_equal(read_line(buf_str(&blanks), &entry), INVALID);
}

/* The longest entry there is goes out and comes in again; one posting more does not. */
static void the_longest_entry_is_a_line(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(BOOK_SCRATCH);
    struct posting *postings = arena_array(arena, struct posting, ENTRY_POSTINGS_MAX + 1);
    struct entry entry = {.kind = ENTRY_VOTE, .budget = STR("sixteen-letters."), .exercise = 2026,
                          .postings = postings, .posting_count = ENTRY_POSTINGS_MAX}, read;
    struct chain_hash hash = {{0}};
    char label[ENTRY_LABEL_MAX];
    memset(label, '\x01', sizeof label);
    entry.label = (struct str){label, sizeof label};
    hash.bytes[CHAIN_HASH_BYTES - 1] = 1;
    for (size_t i = 0; i <= ENTRY_POSTINGS_MAX; i++)
        postings[i] = (struct posting){.level = str_format(arena, "%024zu", i), .amount = {MONEY_MAX},
                                       .to = CELL_AVAILABLE};
    for (enum journal_format format = 0; format < JOURNAL_FORMATS; format++) {
        struct buf out BUF_SCOPE = BUF_INIT(JOURNAL_WRITTEN_MAX);
        journal_write(&out, format, &entry, &hash);
        assert_int_equal(buf_status(&out), OK);
        if (format != JOURNAL_JSONL)
            continue;
        assert_true(out.len <= JOURNAL_LINE_MAX);
        assert_int_equal(read_line(buf_str(&out), &read), OK);
        assert_int_equal(read.posting_count, ENTRY_POSTINGS_MAX);
    }
    struct buf out BUF_SCOPE = BUF_INIT(JOURNAL_WRITTEN_MAX);
    entry.posting_count++;
    journal_write(&out, JOURNAL_JSONL, &entry, &hash);
    assert_int_equal(read_line(buf_str(&out), &read), INVALID);
}

/* ---- rows ---- */

static void no_row_is_a_formula(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct arena *arena ARENA_SCOPE = arena_create(BOOK_ARENA);
    struct buf rows BUF_SCOPE = BUF_INIT(YEAR_TEXT_MAX);
    struct csv_row *row = arena_new(arena, struct csv_row);
    size_t count = 0, columns = 0;
    year_write(&book);
    year_export(buf_str(&book.run), JOURNAL_CSV, &rows);
    for (struct csv_reader reader = csv_open(buf_str(&rows)); csv_next(&reader, arena, row) == OK; count++) {
        columns = count == 0 ? row->count : columns;
        assert_int_equal(row->count, columns);
        for (size_t i = 0; i < row->count; i++)
            assert_false(csv_is_formula(row->fields[i]));
    }
    /* The head; an act a row, but three of a vote and two of a transfer. */
    assert_int_equal(count, 1 + YEAR_BUDGETS * (YEAR_ACTS + 2 + 1));
    assert_true(str_find(buf_str(&rows), STR(",'-x.y_z,2026,'=1+1,F,R,70,available,ordered,3.05,")) != SIZE_MAX);
}

/* ---- programs of others ---- */

struct sums {
    struct buf found; /* "account,amount EUR" lines */
    size_t count;
};

/* Whether they say this sum of that account. */
static void assert_sum(struct sums *sums, const struct cell *cell, enum cell_account account)
{
    struct buf line BUF_SCOPE = BUF_INIT(2 * ACCOUNT_MAX);
    const struct cell_key *key = &cell->key;
    buf_add_format(&line, "\n%.*s:%u:%c:%c:%.*s:%s,", STR_ARG(key->budget), key->exercise, "FI"[key->section],
                   "DR"[key->direction], STR_ARG(key->level), cell_account_name(account));
    size_t at = str_find(buf_str(&sums->found), buf_str(&line));
    if (at == SIZE_MAX) { /* never moved */
        assert_int_equal(cell->sums[account].cents, 0);
        return;
    }
    sums->count++;
    struct str said = str_after(buf_str(&sums->found), at + line.len);
    said = str_trim(str_cut(&said, '\n'));
    if (str_ends(said, STR(" EUR")))
        said = str_slice(said, 0, said.len - 4);
    struct money money;
    assert_int_equal(money_parse(said, &money), OK);
    assert_int_equal(money.cents, cell->sums[account].cents);
}

/* What `command` says of the file, and whether it is what the ledger comes to. */
static void assert_same_balances(struct book *book, const char *program, const char *arguments)
{
    char path[] = "/tmp/parvis-journal-XXXXXX", command[COMMAND_MAX];
    struct buf text BUF_SCOPE = BUF_INIT(YEAR_TEXT_MAX);
    struct sums sums = {.found = BUF_INIT(YEAR_TEXT_MAX)};
    snprintf(command, sizeof command, "command -v %s >/dev/null", program);
    if (system(command) != 0) {
        print_message("SKIP balances of %s: it is not installed\n", program);
        skip();
    }
    year_export(buf_str(&book->run), JOURNAL_LEDGER, &text);
    int file = mkstemp(path);
    assert_int_equal(write(file, text.at, text.len), (ssize_t)text.len);
    close(file);
    snprintf(command, sizeof command, "LC_ALL=C.UTF-8 %s -f %s %s | tr -d '\"'", program, path, arguments);
    FILE *said = popen(command, "r");
    assert_non_null(said);
    buf_add_byte(&sums.found, '\n');
    for (int c; (c = getc(said)) != EOF;)
        buf_add_byte(&sums.found, (char)c);
    assert_int_equal(pclose(said), 0);
    unlink(path);
    for (uint16_t i = 0; i < 4; i++)
        for (const struct cell *cell = ledger_cells(book->ledger, i < 2 ? STR("principal") : STR("-x.y_z"),
                                                    2026 + i % 2); cell != NULL; cell = cell->next)
            for (enum cell_account account = 0; account < CELL_ACCOUNTS; account++)
                assert_sum(&sums, cell, account);
    assert_int_equal(sums.count, str_count_byte(buf_str(&sums.found), ':') / 5); /* nothing else is there */
    assert_true(sums.count >= 2 * 14);
    buf_finish(&sums.found);
}

static void hledger_comes_to_the_same_balances(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    year_write(&book);
    assert_same_balances(&book, "hledger", "balance --flat --empty --no-total -O csv");
}

static void ledger_comes_to_the_same_balances(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    year_write(&book);
    assert_same_balances(&book, "ledger",
                         "--args-only balance --flat --empty --no-total --format '%(account),%(display_total)\\n'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_have_names),
        cmocka_unit_test(lines_are_read_as_they_were),
        cmocka_unit_test(every_number_keeps_all_its_digits),
        cmocka_unit_test(what_is_no_line_is_refused),
        cmocka_unit_test(the_longest_entry_is_a_line),
        cmocka_unit_test(no_row_is_a_formula),
        cmocka_unit_test(hledger_comes_to_the_same_balances),
        cmocka_unit_test(ledger_comes_to_the_same_balances),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
