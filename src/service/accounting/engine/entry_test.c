/* The bytes of an entry, and what is well formed whatever the ledger holds: each rule at its exact limit. */
#include "base/base64.h"
#include "service/accounting/engine/test_book.h"

/* Made apart from this code, by the table at the head of entry_code.c. */
static const char golden[] =
    "0105000202010000000000000102030405060708090a0b0c0d0e0f10008844709e0100007d5000007e500000f9ffffff"
    "ffffffff4d0000000001000000000000ea07020009167072696e636970616c466f75726e6974757265732064e28099c3"
    "a9636f6c650000020315cd5b070000000003303131000002030100000000000000023635";
static const char golden_hash[] = "d3b936a7130d29d77602201d030da545c351b569290f845e9a587b1ab8c4496a";

static struct entry *golden_entry(struct book *book)
{
    struct entry *entry = book_also(book_act(book, ENTRY_ORDER, "011", 123456789), "65", 1);
    for (unsigned char i = 0; i < ENTRY_ID_BYTES; i++)
        entry->id[i] = (unsigned char)(i + 1);
    entry->sequence = 258;
    entry->series = 2;
    entry->number = 77;
    entry->instant.ms = 1780000000000;
    entry->entered.days++;
    entry->actor = -7;
    entry->reference = 256;
    return entry;
}

static void the_form_of_bytes_is_that_of_the_table(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct buf bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX), hex BUF_SCOPE = BUF_INIT(4096);
    struct buf hash_hex BUF_SCOPE = BUF_INIT(128);
    struct refusal refusal;
    struct entry *entry = golden_entry(&book), again;
    entry_write(&bytes, entry);
    hex_encode(&hex, buf_str(&bytes));
    assert_true(str_eq(buf_str(&hex), str_of(golden)));
    struct chain_hash hash = chain_next(&(struct chain_hash){{0}}, buf_str(&bytes));
    hex_encode(&hash_hex, (struct str){(const char *)hash.bytes, sizeof hash.bytes});
    assert_true(str_eq(buf_str(&hash_hex), str_of(golden_hash)));
    assert_int_equal(entry_read(book.arena, buf_str(&bytes), &again), OK);
    assert_int_equal(entry_form(&again, &refusal), OK);
    assert_int_equal(again.sequence, 258);
    assert_int_equal(again.actor, -7);
    assert_int_equal(again.reference, 256);
    assert_int_equal(again.postings[0].amount.cents, 123456789);
    assert_true(str_eq(again.postings[1].level, STR("65")));
    assert_true(str_eq(again.label, entry->label));
    assert_true(entry_print(&again) == entry_print(entry));
}

static void bytes_cut_anywhere_are_refused(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct buf bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    struct entry again;
    entry_write(&bytes, golden_entry(&book));
    for (size_t length = 0; length < bytes.len; length++) {
        /* A copy as long as it says, so that a reader which goes on is seen. */
        struct str cut = str_copy(book.arena, str_slice(buf_str(&bytes), 0, length));
        assert_int_equal(entry_read(book.arena, cut, &again), INVALID);
    }
    buf_add_byte(&bytes, 0);
    assert_int_equal(entry_read(book.arena, buf_str(&bytes), &again), INVALID);
}

/* Whatever byte is changed: it is refused, or it reads as another entry and is written so. */
static void no_two_forms_are_one_entry(void **state)
{
    (void)state;
    struct buf bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX), other BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    struct book book BOOK_SCOPE = book_open();
    size_t refused = 0;
    entry_write(&bytes, golden_entry(&book));
    for (size_t i = 0; i < bytes.len * 256; i++) {
        struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
        struct entry again;
        char kept = bytes.at[i / 256];
        bytes.at[i / 256] = (char)(unsigned char)(i % 256);
        enum status done = entry_read(arena, buf_str(&bytes), &again);
        buf_clear(&other);
        if (done == OK)
            entry_write(&other, &again);
        assert_true(done == OK ? str_eq(buf_str(&bytes), buf_str(&other)) : done == INVALID);
        refused += done != OK;
        bytes.at[i / 256] = kept;
    }
    assert_true(refused > 1000);
}

static void the_longest_entry_fits_exactly(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(4 << 20);
    struct buf bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    struct book book BOOK_SCOPE = book_open();
    struct entry *entry = book_act(&book, ENTRY_VOTE, NULL, 0), again;
    entry->budget = STR("abcdefghijklmnop");
    entry->label = str_format(arena, "%0*d", ENTRY_LABEL_MAX, 0);
    entry->postings = arena_array(arena, struct posting, ENTRY_POSTINGS_MAX + 1);
    for (int i = 0; i <= ENTRY_POSTINGS_MAX; i++) {
        entry->postings[i] = book_posting(ENTRY_VOTE, "6", MONEY_MAX / ENTRY_POSTINGS_MAX);
        entry->postings[i].level = str_format(arena, "%0*d", CELL_LEVEL_MAX, i);
    }
    entry->posting_count = ENTRY_POSTINGS_MAX + 1;
    book_refused(&book, entry, "engine.count", "2049", "2048");
    entry->posting_count = ENTRY_POSTINGS_MAX;
    book_done(&book, entry);
    entry_write(&bytes, entry);
    assert_int_equal(buf_status(&bytes), OK);
    assert_int_equal(bytes.len, ENTRY_BYTES_MAX);
    assert_int_equal(entry_read(arena, buf_str(&bytes), &again), OK);
    assert_int_equal(again.posting_count, ENTRY_POSTINGS_MAX);
    struct arena *small ARENA_SCOPE = arena_create(1000);
    assert_int_equal(entry_read(small, buf_str(&bytes), &again), LIMIT);
}

/* ---- the form ---- */

static void form_of(struct entry *entry, const char *rule, const char *field)
{
    struct refusal refusal;
    enum status done = entry_form(entry, &refusal);
    assert_int_equal(done, rule == NULL ? OK : INVALID);
    if (rule != NULL) {
        assert_string_equal(refusal.rule, rule);
        assert_string_equal(refusal.field, field);
    }
}

static void texts_are_bounded_and_plain(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct entry *entry = book_act(&book, ENTRY_ENGAGE, "011", 1);
    form_of(entry, NULL, NULL);
    static const struct {
        const char *budget, *level, *rule, *field;
    } rows[] = {
        {"abcdefghijklmnop", "011", NULL, NULL},
        {"abcdefghijklmnopq", "011", "engine.name", "budget"},
        {"", "011", "engine.name", "budget"},
        {"=1+1", "011", "engine.name", "budget"},
        {"eau", "", "engine.name", "level"},
        {"eau", "0é", "engine.name", "level"},
        {"eau", "0 1", "engine.name", "level"},
        {"eau", "012345678901234567890123", NULL, NULL},
        {"eau", "0123456789012345678901234", "engine.name", "level"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        entry->budget = str_of(rows[i].budget);
        entry->postings[0].level = str_of(rows[i].level);
        form_of(entry, rows[i].rule, rows[i].field);
    }
}

static void labels_and_years_are_bounded(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct entry *entry = book_act(&book, ENTRY_ENGAGE, "011", 1);
    entry->label = str_format(book.words, "%0*d", ENTRY_LABEL_MAX, 0);
    form_of(entry, NULL, NULL);
    entry->label = str_format(book.words, "%0*d", ENTRY_LABEL_MAX + 1, 0);
    form_of(entry, "engine.label", "label");
    entry->label = STR("\xff");
    form_of(entry, "engine.label", "label");
    entry->label = STR("");
    form_of(entry, NULL, NULL);
    entry->exercise = CELL_YEAR_LAST;
    form_of(entry, NULL, NULL);
    entry->exercise++;
    form_of(entry, "engine.exercise", "exercise");
    entry->exercise = CELL_YEAR_FIRST - 1;
    form_of(entry, "engine.exercise", "exercise");
    entry->exercise++;
    form_of(entry, NULL, NULL);
    entry->entered.days = INT32_MAX;
    form_of(entry, "engine.exercise", "day");
    entry->entered.days = INT32_MIN;
    form_of(entry, "engine.exercise", "day");
}

static void amounts_are_above_nothing(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    static const int64_t good[] = {1, 2, MONEY_MAX}, bad[] = {0, -1, MONEY_MAX + 1, INT64_MIN, INT64_MAX};
    struct entry *entry = book_act(&book, ENTRY_ENGAGE, "011", 1);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        entry->postings[0].amount.cents = good[i];
        form_of(entry, NULL, NULL);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        entry->postings[0].amount.cents = bad[i];
        form_of(entry, "engine.amount", "amount");
    }
}

static void lines_stand_in_order_and_once(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    form_of(book_also(book_act(&book, ENTRY_VOTE, "011", 1), "012", 1), NULL, NULL);
    form_of(book_also(book_act(&book, ENTRY_VOTE, "011", 1), "70", 1), NULL, NULL); /* receipts after expenses */
    form_of(book_also(book_act(&book, ENTRY_VOTE, "70", 1), "21", 1), NULL, NULL);  /* investment after functioning */
    form_of(book_also(book_act(&book, ENTRY_VOTE, "011", 1), "011", 1), "engine.twice", "level");
    form_of(book_also(book_act(&book, ENTRY_VOTE, "012", 1), "011", 1), "engine.twice", "level");
    form_of(book_also(book_act(&book, ENTRY_VOTE, "70", 1), "011", 1), "engine.twice", "level");
    form_of(book_also(book_act(&book, ENTRY_VOTE, "21", 1), "011", 1), "engine.twice", "level");
    form_of(book_act(&book, ENTRY_VOTE, NULL, 0), "engine.count", "postings");
    form_of(book_act(&book, ENTRY_CLOSE, NULL, 0), NULL, NULL);
    form_of(book_act(&book, ENTRY_CLOSE, "011", 1), "engine.count", "postings");
}

/* Every kind against every pair of accounts and both directions: only its own are its. */
static void kinds_move_between_their_accounts(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    static const unsigned char passes[ENTRY_KINDS] = {[ENTRY_VOTE] = 4, [ENTRY_TRANSFER] = 2, [ENTRY_ENGAGE] = 1,
        [ENTRY_RELEASE] = 1, [ENTRY_ORDER] = 1, [ENTRY_ORDER_DIRECT] = 1, [ENTRY_ORDER_REDUCE] = 1, [ENTRY_TITLE] = 1,
        [ENTRY_TITLE_REDUCE] = 1};
    for (enum entry_kind kind = ENTRY_VOTE; kind < ENTRY_CLOSE; kind++) {
        struct entry *entry = book_act(&book, kind, "011", 1);
        int passed = 0;
        for (int i = 0; i < CELL_ACCOUNTS * CELL_ACCOUNTS * 2; i++) {
            struct refusal refusal;
            entry->postings[0].direction = (enum cell_direction)(i % 2);
            entry->postings[0].from = (enum cell_account)(i / 2 % CELL_ACCOUNTS);
            entry->postings[0].to = (enum cell_account)(i / 2 / CELL_ACCOUNTS);
            enum status done = entry_form(entry, &refusal);
            passed += done == OK;
            assert_true(done == OK || strcmp(refusal.rule, "engine.move") == 0 ||
                        strcmp(refusal.rule, "engine.direction") == 0);
        }
        assert_int_equal(passed, passes[kind]);
    }
}

static void kinds_and_series_are_known_ones(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct entry *entry = book_act(&book, ENTRY_ENGAGE, "011", 1);
    entry->series = ENTRY_SERIES_MAX - 1;
    form_of(entry, NULL, NULL);
    entry->series++;
    form_of(entry, "engine.series", "series");
    entry->series = 0;
    entry->kind = ENTRY_KINDS;
    form_of(entry, "engine.kind", "kind");
    entry->kind = ENTRY_NO_KIND;
    form_of(entry, "engine.kind", "kind");
    entry = book_act(&book, ENTRY_VOTE, "011", 1);
    form_of(entry, NULL, NULL);
    entry->series = 1; /* no numbers are drawn for votes */
    form_of(entry, "engine.series", "series");
}

/* ---- the print ---- */

static void the_print_tells_commands_apart(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct entry *one = golden_entry(&book);
    uint64_t print = entry_print(one);
    for (int i = 0; i < 13; i++) {
        struct entry *other = golden_entry(&book);
        switch (i) {
        case 0: other->kind = ENTRY_RELEASE; break;
        case 1: other->is_internal = true; break;
        case 2: other->series = 3; break;
        case 3: other->day.days++; break;
        case 4: other->actor++; break;
        case 5: other->reference++; break;
        case 6: other->budget = STR("eau"); break;
        case 7: other->exercise++; break;
        case 8: other->label = STR("Fournitures d’ecole"); break;
        case 9: other->posting_count--; break;
        case 10: other->postings[1].amount.cents++; break;
        case 11: other->postings[1].level = STR("66"); break;
        default: other->postings[0].section = CELL_INVESTMENT; break;
        }
        assert_true(entry_print(other) != print);
    }
    struct entry *same = golden_entry(&book);
    same->sequence = same->number = 0;
    same->instant.ms++;
    same->entered.days++;
    same->id[0] = 99;
    assert_true(entry_print(same) == print);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_of_bytes_is_that_of_the_table),
        cmocka_unit_test(bytes_cut_anywhere_are_refused),
        cmocka_unit_test(no_two_forms_are_one_entry),
        cmocka_unit_test(the_longest_entry_fits_exactly),
        cmocka_unit_test(texts_are_bounded_and_plain),
        cmocka_unit_test(labels_and_years_are_bounded),
        cmocka_unit_test(amounts_are_above_nothing),
        cmocka_unit_test(lines_stand_in_order_and_once),
        cmocka_unit_test(kinds_move_between_their_accounts),
        cmocka_unit_test(kinds_and_series_are_known_ones),
        cmocka_unit_test(the_print_tells_commands_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
