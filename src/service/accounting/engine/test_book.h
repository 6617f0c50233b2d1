/* For tests: a ledger with the run of its journal, and acts in few words. */
#ifndef SERVICE_ACCOUNTING_ENGINE_TEST_BOOK_H
#define SERVICE_ACCOUNTING_ENGINE_TEST_BOOK_H

#include "service/accounting/engine/verify.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { BOOK_ARENA = 64 << 20, BOOK_RUN_MAX = 16 << 20, BOOK_SCRATCH = 1 << 20, BOOK_LINES_MAX = 8 };

struct book {
    struct arena *arena, *words; /* of the ledger; of the acts */
    struct ledger *ledger;
    struct buf run;
    struct chain_hash hash;
    struct refusal refusal;
    struct ledger_answer answer;
    uint64_t ids; /* drawn */
};

static inline struct book book_open(void)
{
    struct book book = {.arena = arena_create(BOOK_ARENA), .words = arena_create(BOOK_ARENA),
                        .run = BUF_INIT(BOOK_RUN_MAX)};
    assert_int_equal(ledger_in(book.arena, &book.ledger), OK);
    return book;
}

static inline void book_close(struct book *book)
{
    buf_finish(&book->run);
    arena_destroy(&book->arena);
    arena_destroy(&book->words);
}
#define BOOK_SCOPE __attribute__((cleanup(book_close)))

/* Levels of tests tell their section and direction: "011" F D, "70" F R, "21" I D, "13" I R. */
static inline struct posting book_posting(enum entry_kind kind, const char *level, int64_t cents)
{
    static const unsigned char from_to[ENTRY_KINDS][2] = {
        [ENTRY_VOTE] = {CELL_COUNCIL, CELL_AVAILABLE},          [ENTRY_TRANSFER] = {CELL_COUNCIL, CELL_AVAILABLE},
        [ENTRY_ENGAGE] = {CELL_AVAILABLE, CELL_RESERVED},       [ENTRY_RELEASE] = {CELL_RESERVED, CELL_AVAILABLE},
        [ENTRY_ORDER] = {CELL_RESERVED, CELL_ORDERED},          [ENTRY_ORDER_DIRECT] = {CELL_AVAILABLE, CELL_ORDERED},
        [ENTRY_ORDER_REDUCE] = {CELL_ORDERED, CELL_AVAILABLE},  [ENTRY_TITLE] = {CELL_AVAILABLE, CELL_ORDERED},
        [ENTRY_TITLE_REDUCE] = {CELL_ORDERED, CELL_AVAILABLE},
    };
    bool takes = cents < 0 && (kind == ENTRY_VOTE || kind == ENTRY_TRANSFER);
    return (struct posting){
        .level = str_of(level), .amount = {takes ? -cents : cents},
        .section = level[0] == '1' || level[0] == '2' ? CELL_INVESTMENT : CELL_FUNCTIONING,
        .direction = level[0] == '1' || level[0] == '7' ? CELL_RECEIPT : CELL_EXPENSE,
        .from = (enum cell_account)from_to[kind][takes], .to = (enum cell_account)from_to[kind][!takes]};
}

/* An act of 2026 in the main budget, on 1 June, with an id of its own; level NULL: without postings. */
static inline struct entry *book_act(struct book *book, enum entry_kind kind, const char *level, int64_t cents)
{
    struct entry *entry = arena_new(book->words, struct entry);
    *entry = (struct entry){.kind = kind, .instant = {1780000000000 + (int64_t)book->ids}, .day = date_of(2026, 6, 1),
                            .entered = date_of(2026, 6, 1), .actor = 7, .budget = STR("principal"), .exercise = 2026,
                            .label = STR("Fournitures d’école"),
                            .postings = arena_array(book->words, struct posting, BOOK_LINES_MAX)};
    book->ids++;
    memcpy(entry->id, &book->ids, sizeof book->ids);
    if (level != NULL)
        entry->postings[entry->posting_count++] = book_posting(kind, level, cents);
    return entry;
}

static inline struct entry *book_also(struct entry *entry, const char *level, int64_t cents)
{
    entry->postings[entry->posting_count++] = book_posting(entry->kind, level, cents);
    return entry;
}

static inline struct entry *book_on(struct entry *entry, uint64_t reference)
{
    entry->reference = reference;
    return entry;
}

static inline struct entry *book_dated(struct entry *entry, struct date day, struct date entered)
{
    entry->day = day;
    entry->entered = entered;
    return entry;
}

/* Tries it, and writes and folds it where it is new. */
static inline enum status book_do(struct book *book, struct entry *entry)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    TRY(ledger_try(book->ledger, entry, &book->answer, &book->refusal));
    if (!book->answer.is_new)
        return OK;
    entry_write(&bytes, entry);
    assert_int_equal(buf_status(&bytes), OK);
    chain_add(&book->run, &book->hash, buf_str(&bytes));
    return ledger_apply(book->ledger, entry, &book->refusal);
}

/* The sequence it got. */
static inline uint64_t book_done(struct book *book, struct entry *entry)
{
    assert_int_equal(book_do(book, entry), OK);
    assert_true(book->answer.is_new);
    return book->answer.sequence;
}

static inline void book_refused(struct book *book, struct entry *entry, const char *rule, const char *value,
                                const char *wanted)
{
    uint64_t before = ledger_count(book->ledger);
    assert_int_equal(book_do(book, entry), INVALID);
    assert_string_equal(book->refusal.rule, rule);
    if (value != NULL)
        assert_string_equal(book->refusal.value, value);
    if (wanted != NULL)
        assert_string_equal(book->refusal.wanted, wanted);
    assert_int_equal(ledger_count(book->ledger), before);
}

static inline const struct cell *book_cell(const struct book *book, const char *level)
{
    struct posting posting = book_posting(ENTRY_VOTE, level, 1);
    struct cell_key key = {.budget = STR("principal"), .exercise = 2026, .section = posting.section,
                           .direction = posting.direction, .level = posting.level};
    return ledger_cell(book->ledger, &key);
}

static inline void book_sums(const struct book *book, const char *level, int64_t voted, int64_t reserved,
                             int64_t ordered)
{
    const struct cell *cell = book_cell(book, level);
    assert_non_null(cell);
    assert_true(cell_is_sound(cell));
    assert_int_equal(cell_voted(cell).cents, voted);
    assert_int_equal(cell->sums[CELL_RESERVED].cents, reserved);
    assert_int_equal(cell->sums[CELL_ORDERED].cents, ordered);
    assert_int_equal(cell->sums[CELL_AVAILABLE].cents, voted - reserved - ordered);
}

#endif
