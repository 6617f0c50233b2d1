/* For tests: a journal with every kind of act and labels that programs of others might stumble over, and its forms. */
#ifndef SERVICE_ACCOUNTING_ENGINE_TEST_YEAR_H
#define SERVICE_ACCOUNTING_ENGINE_TEST_YEAR_H

#include "service/accounting/engine/journal_format.h"
#include "service/accounting/engine/test_book.h"

/* What programs of others might read something into, or stumble over. */
static const char *const year_labels[] = {
    "Fournitures d’école", "[2x] a day that is none", "date:2026-13-99", "key:: 1 / 0", ":a:b:", "=1+1", "@SUM(A1)",
    "two\nlines\r\n2026-01-01 forged\n    a  1 EUR\n    b", "\"quotes\", and ; and \\", "end comment", "\x01\x7f", "",
    "!include /etc/passwd", "comment", "\xe2\x80\xae\xe2\x80\xa8" /* U+202E, U+2028 */,
};

/* Acts of a budget; and of those, in its first exercise. */
enum { YEAR_ACTS = sizeof year_labels / sizeof *year_labels, YEAR_FIRST = 12, YEAR_BUDGETS = 2,
       YEAR_TEXT_MAX = 4 << 20 };

/* One year of two budgets with strange but allowed names, and what the next corrects of it: every kind of act, each
 * label. */
static inline void year_write(struct book *book)
{
    static const char *const budgets[] = {"principal", "-x.y_z"};
    uint64_t at = 0;
    for (size_t i = 0; i < YEAR_BUDGETS; i++) {
        struct entry *acts[YEAR_ACTS];
        struct str budget = str_of(budgets[i]);
        acts[0] = book_also(book_also(book_act(book, ENTRY_VOTE, "-11", 100000), "012", 250), "20.5", 50001);
        acts[1] = book_also(book_act(book, ENTRY_TRANSFER, "-11", -100), "012", 100);
        acts[2] = book_act(book, ENTRY_ENGAGE, "-11", 1000);
        acts[3] = book_on(book_act(book, ENTRY_ORDER, "-11", 600), at + 3);
        acts[4] = book_on(book_act(book, ENTRY_ORDER_REDUCE, "-11", 99), at + 4);
        acts[5] = book_act(book, ENTRY_TITLE, "70", 305);
        acts[6] = book_on(book_act(book, ENTRY_TITLE_REDUCE, "70", 5), at + 6);
        acts[7] = book_on(book_act(book, ENTRY_RELEASE, "-11", 400), at + 3);
        acts[8] = book_act(book, ENTRY_ORDER_DIRECT, "012", 350);
        acts[9] = book_act(book, ENTRY_VOTE, "012", 1);
        acts[10] = book_act(book, ENTRY_VOTE, "012", -1);
        acts[11] = book_dated(book_act(book, ENTRY_CLOSE, NULL, 0), date_of(2026, 12, 31), date_of(2027, 1, 1));
        acts[12] = book_act(book, ENTRY_VOTE, "012", 500);
        acts[13] = book_on(book_act(book, ENTRY_ORDER_DIRECT, "012", 20), at + 6);
        acts[14] = book_on(book_act(book, ENTRY_TITLE, "70", 30), at + 4);
        for (size_t j = 0; j < YEAR_ACTS; j++) {
            acts[j]->budget = budget;
            if (j >= YEAR_FIRST)
                book_dated(acts[j], date_of(2027, 2, 28), date_of(2027, 3, 1))->exercise = 2027;
            acts[j]->label = str_of(year_labels[j]);
            acts[j]->series = acts[j]->kind == ENTRY_TITLE ? 3 : 0;
            at = book_done(book, acts[j]);
        }
    }
}

/* Writes each entry of a run. */
static inline void year_export(struct str run, enum journal_format format, struct buf *out)
{
    struct arena *arena ARENA_SCOPE = arena_create(BOOK_SCRATCH);
    struct str bytes;
    struct chain_hash hash;
    struct entry entry;
    journal_begin(out, format);
    while (chain_cut(&run, &bytes, &hash) == OK) {
        arena_reset(arena);
        assert_int_equal(entry_read(arena, bytes, &entry), OK);
        journal_write(out, format, &entry, &hash);
    }
    assert_int_equal(buf_status(out), OK);
}

#endif
