/* A journal is verified whole, and whatever is changed in it is found where it stands; and how fast that is. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "service/accounting/engine/test_book.h"

enum { LENGTH_BYTES = 4 /* in front of each entry of a run */ };

/* A small year: six entries. */
static struct book small_year(void)
{
    struct book book = book_open();
    book_done(&book, book_also(book_act(&book, ENTRY_VOTE, "011", 100000), "21", 50000));
    uint64_t engagement = book_done(&book, book_act(&book, ENTRY_ENGAGE, "011", 1000));
    uint64_t order = book_done(&book, book_on(book_act(&book, ENTRY_ORDER, "011", 600), engagement));
    book_done(&book, book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 100), order));
    book_done(&book, book_act(&book, ENTRY_TITLE, "70", 300));
    book_done(&book, book_on(book_act(&book, ENTRY_RELEASE, "011", 400), engagement));
    return book;
}

struct reading {
    struct arena *arena, *scratch;
    struct verification verification;
    enum status done;
    size_t length;
};

static struct reading read_run(struct str run)
{
    struct reading reading = {.arena = arena_create(BOOK_ARENA), .scratch = arena_create(BOOK_SCRATCH)};
    struct ledger *ledger;
    assert_int_equal(ledger_in(reading.arena, &ledger), OK);
    reading.verification = verification_in(ledger, reading.scratch);
    reading.done = verify_run(&reading.verification, run, &reading.length);
    return reading;
}

static void end_reading(struct reading *reading)
{
    arena_destroy(&reading->arena);
    arena_destroy(&reading->scratch);
}
#define READING_SCOPE __attribute__((cleanup(end_reading)))

static void assert_broken(const struct reading *reading, const char *rule, uint64_t held)
{
    assert_int_equal(reading->done, INVALID);
    if (rule != NULL)
        assert_string_equal(reading->verification.refusal.rule, rule);
    assert_int_equal(reading->verification.count, held);
    assert_int_equal(ledger_count(reading->verification.ledger), held);
}

static void a_journal_folds_into_what_it_was(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = small_year();
    struct reading reading READING_SCOPE = read_run(buf_str(&book.run));
    assert_int_equal(reading.done, OK);
    assert_int_equal(reading.length, book.run.len);
    assert_int_equal(reading.verification.count, 6);
    assert_int_equal(reading.verification.postings, 7);
    assert_true(chain_hash_is(&reading.verification.hash, &book.hash));
    const struct book again = {.ledger = reading.verification.ledger};
    book_sums(&again, "011", 100000, 0, 500);
    book_sums(&again, "21", 50000, 0, 0);
    book_sums(&again, "70", 0, 0, 300);
    struct reading empty READING_SCOPE = read_run(STR(""));
    assert_int_equal(empty.done, OK);
}

/* Any bit of any byte: the entry it stands in is the first that breaks. Where its length is changed, the run is cut
 * there, or what follows is not what was hashed. */
static void every_bit_is_watched(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = small_year();
    for (size_t i = 0; i < book.run.len; i++) {
        struct str rest = buf_str(&book.run), bytes;
        struct chain_hash hash;
        uint64_t before = 0;
        size_t from = 0;
        for (; chain_cut(&rest, &bytes, &hash) == OK && book.run.len - rest.len <= i; before++)
            from = book.run.len - rest.len;
        book.run.at[i] = (char)(book.run.at[i] ^ 1 << i % 8);
        struct reading reading READING_SCOPE = read_run(buf_str(&book.run));
        assert_broken(&reading, i < from + LENGTH_BYTES ? NULL : "engine.hash", before);
        book.run.at[i] = (char)(book.run.at[i] ^ 1 << i % 8);
    }
}

static void a_cut_is_told_from_an_end(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = small_year();
    size_t ends = 0;
    for (size_t length = 0; length <= book.run.len; length++) {
        struct reading reading READING_SCOPE = read_run(str_slice(buf_str(&book.run), 0, length));
        if (reading.done == OK)
            ends++;
        else
            assert_broken(&reading, "engine.cut", ends - 1);
    }
    assert_int_equal(ends, 7);
}

/* A forger who makes the hashes right is caught by the rules. The last entry of a sound journal is `entry`. */
static void assert_forged(const struct book *book, const struct entry *entry, const char *rule)
{
    struct buf run BUF_SCOPE = BUF_INIT(BOOK_RUN_MAX), bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    struct chain_hash hash = book->hash;
    buf_add(&run, buf_str(&book->run));
    entry_write(&bytes, entry);
    chain_add(&run, &hash, buf_str(&bytes));
    struct reading reading READING_SCOPE = read_run(buf_str(&run));
    if (rule != NULL)
        assert_broken(&reading, rule, ledger_count(book->ledger));
    else
        assert_int_equal(reading.done, OK);
}

static void forged_entries_are_found_by_the_rules(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = small_year();
    struct entry *sound = book_act(&book, ENTRY_ORDER_DIRECT, "011", 1);
    assert_int_equal(ledger_try(book.ledger, sound, &book.answer, &book.refusal), OK);
    assert_int_equal(sound->number, 3);
    assert_forged(&book, sound, NULL);
    struct entry forged = *sound;
    forged.number = 4;
    assert_forged(&book, &forged, "engine.number");
    forged.number = 2;
    assert_forged(&book, &forged, "engine.number");
    forged = *sound;
    forged.sequence++;
    assert_forged(&book, &forged, "engine.sequence");
    forged = *sound;
    forged.instant.ms = 1;
    assert_forged(&book, &forged, "engine.instant");
    forged = *sound;
    memset(forged.id, 0, sizeof forged.id);
    forged.id[0] = 2; /* that of the second act */
    assert_forged(&book, &forged, "engine.again");
    forged = *sound;
    struct posting over = sound->postings[0];
    over.amount.cents = 100000;
    forged.postings = &over;
    assert_forged(&book, &forged, "engine.available");
    over = sound->postings[0];
    over.to = CELL_COUNCIL;
    assert_forged(&book, &forged, "engine.move");
}

static void what_is_no_entry_is_said(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = small_year();
    struct chain_hash hash = book.hash;
    chain_add(&book.run, &hash, STR("no entry"));
    struct reading reading READING_SCOPE = read_run(buf_str(&book.run));
    assert_broken(&reading, "engine.bytes", 6);
}

/* ---- how fast ---- */

enum { LINES = 200000, TURN = 4, CELLS = 64 };

/* Turns of an engagement, its mandat in two parts, and a titre, over 64 cells: what a town writes most. */
static void write_line(struct book *book, int i, uint64_t *engagement)
{
    const char *level = str_format(book->words, "6%02d", i / TURN % CELLS).at;
    int step = i % TURN;
    if (step == 0)
        *engagement = book_done(book, book_act(book, ENTRY_ENGAGE, level, 6));
    else if (step < TURN - 1)
        book_done(book, book_on(book_act(book, ENTRY_ORDER, level, 3), *engagement));
    else
        book_done(book, book_act(book, ENTRY_TITLE, "70", 5));
    arena_reset(book->words);
}

static void write_long_run(struct book *book, int lines)
{
    uint64_t engagement = 0;
    for (int i = 0; i < CELLS; i++)
        book_done(book, book_act(book, ENTRY_VOTE, str_format(book->words, "6%02d", i).at, INT64_C(1000000000)));
    for (int i = 0; i < lines; i++)
        write_line(book, i, &engagement);
}

/* Of the processor: others may want it at the same time. */
static double seconds_used(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ENGINE_LINES=5000000 measures the goal; the usual count is small enough for every check. */
static void a_long_journal_is_verified_and_timed(void **state)
{
    (void)state;
    const char *asked = getenv("ENGINE_LINES");
    int lines = asked != NULL ? (int)strtol(asked, NULL, 10) : LINES;
    struct book book BOOK_SCOPE = {.arena = arena_create((size_t)lines * 400 + BOOK_ARENA),
                                   .words = arena_create(BOOK_ARENA),
                                   .run = BUF_INIT((size_t)lines * 256 + BOOK_RUN_MAX)};
    assert_int_equal(ledger_in(book.arena, &book.ledger), OK);
    double before = seconds_used();
    write_long_run(&book, lines);
    double written = seconds_used();
    struct arena *arena ARENA_SCOPE = arena_create((size_t)lines * 400 + BOOK_ARENA);
    struct arena *scratch ARENA_SCOPE = arena_create(BOOK_SCRATCH);
    struct ledger *ledger;
    size_t length;
    assert_int_equal(ledger_in(arena, &ledger), OK);
    assert_int_equal(ledger_reserve(ledger, (uint64_t)lines + CELLS), OK);
    struct verification verification = verification_in(ledger, scratch);
    assert_int_equal(verify_run(&verification, buf_str(&book.run), &length), OK);
    double verified = seconds_used();
    assert_int_equal(verification.count, ledger_count(book.ledger));
    printf("%llu entries, %zu bytes: tried, written and folded in %.2f s; verified with hashes in %.2f s, "
           "%.0f entries a second, %zu bytes of memory each\n", (unsigned long long)verification.count, length,
           written - before, verified - written, (double)verification.count / (verified - written),
           arena_used(arena) / (size_t)verification.count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_journal_folds_into_what_it_was),
        cmocka_unit_test(every_bit_is_watched),
        cmocka_unit_test(a_cut_is_told_from_an_end),
        cmocka_unit_test(forged_entries_are_found_by_the_rules),
        cmocka_unit_test(what_is_no_entry_is_said),
        cmocka_unit_test(a_long_journal_is_verified_and_timed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
