/* Each rule of the ledger, at its exact limit: what passes, and one cent, one day or one number more. */
#include "service/accounting/engine/test_book.h"

static void the_last_euro_is_ordered_once(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1000));
    struct entry *one = book_act(&book, ENTRY_ORDER_DIRECT, "011", 1000);
    struct entry *other = book_act(&book, ENTRY_ORDER_DIRECT, "011", 1000);
    struct ledger_answer answer;
    /* Both are tried before either is folded: both would pass, and the second is refused when it comes. */
    assert_int_equal(ledger_try(book.ledger, other, &answer, &book.refusal), OK);
    book_done(&book, one);
    assert_int_equal(ledger_apply(book.ledger, other, &book.refusal), INVALID);
    other->sequence = other->number = 0;
    book_refused(&book, other, "engine.available", "10.00", "0.00");
    assert_string_equal(book.refusal.field, "amount");
    assert_int_equal(book.refusal.posting, 0);
    book_sums(&book, "011", 1000, 0, 1000);
}

static void credits_are_limitative_to_the_cent(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_refused(&book, book_act(&book, ENTRY_ENGAGE, "011", 1), "engine.available", "0.01", "0.00");
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1000));
    book_refused(&book, book_act(&book, ENTRY_ENGAGE, "011", 1001), "engine.available", "10.01", "10.00");
    book_done(&book, book_act(&book, ENTRY_ENGAGE, "011", 400));
    book_refused(&book, book_act(&book, ENTRY_ORDER_DIRECT, "011", 601), "engine.available", "6.01", "6.00");
    book_refused(&book, book_act(&book, ENTRY_VOTE, "011", -601), "engine.available", "6.01", "6.00");
    book_done(&book, book_act(&book, ENTRY_ORDER_DIRECT, "011", 599));
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", -1));
    book_refused(&book, book_act(&book, ENTRY_ENGAGE, "011", 1), "engine.available", "0.01", "0.00");
    book_sums(&book, "011", 999, 400, 599);
    /* Another budget, year or section has credits of its own. */
    struct entry *elsewhere = book_act(&book, ENTRY_ENGAGE, "011", 1);
    elsewhere->budget = STR("eau");
    book_refused(&book, elsewhere, "engine.available", "0.01", "0.00");
}

static void no_line_of_a_refused_act_is_kept(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_also(book_act(&book, ENTRY_VOTE, "011", 500), "012", 500));
    struct entry *both = book_also(book_act(&book, ENTRY_ENGAGE, "011", 500), "012", 501);
    book_refused(&book, both, "engine.available", "5.01", "5.00");
    assert_int_equal(book.refusal.posting, 1);
    book_sums(&book, "011", 500, 0, 0);
    book_sums(&book, "012", 500, 0, 0);
}

static void receipts_may_pass_what_was_forecast(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_act(&book, ENTRY_VOTE, "70", 1000));
    book_done(&book, book_act(&book, ENTRY_TITLE, "70", 2500));
    book_done(&book, book_act(&book, ENTRY_TITLE, "74", 1));
    book_sums(&book, "70", 1000, 0, 2500);
    book_refused(&book, book_act(&book, ENTRY_VOTE, "70", -1001), "engine.voted", "10.01", "10.00");
    book_done(&book, book_act(&book, ENTRY_VOTE, "70", -1000));
}

static void an_engagement_is_ordered_in_parts_and_no_further(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 10000));
    uint64_t engagement = book_done(&book, book_act(&book, ENTRY_ENGAGE, "011", 1000));
    book_done(&book, book_act(&book, ENTRY_ENGAGE, "011", 1000)); /* reserves of others are not for it */
    book_done(&book, book_on(book_act(&book, ENTRY_ORDER, "011", 300), engagement));
    book_done(&book, book_on(book_act(&book, ENTRY_RELEASE, "011", 200), engagement));
    book_sums(&book, "011", 10000, 1500, 300);
    assert_int_equal(ledger_left(book.ledger, engagement).cents, 500);
    book_refused(&book, book_on(book_act(&book, ENTRY_ORDER, "011", 501), engagement), "engine.reserved", "5.01",
                 "5.00");
    book_refused(&book, book_on(book_act(&book, ENTRY_RELEASE, "011", 501), engagement), "engine.reserved", "5.01",
                 "5.00");
    book_done(&book, book_on(book_act(&book, ENTRY_ORDER, "011", 500), engagement));
    book_refused(&book, book_on(book_act(&book, ENTRY_RELEASE, "011", 1), engagement), "engine.reserved", "0.01",
                 "0.00");
    book_sums(&book, "011", 10000, 1000, 800);
}

static void lines_are_posted_on_their_own_cells(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_also(book_also(book_act(&book, ENTRY_VOTE, "011", 500), "012", 500), "65", 500));
    uint64_t both = book_done(&book, book_also(book_act(&book, ENTRY_ENGAGE, "011", 100), "65", 200));
    book_refused(&book, book_on(book_act(&book, ENTRY_ORDER, "012", 1), both), "engine.origin", "012", "");
    book_refused(&book, book_on(book_act(&book, ENTRY_ORDER, "011", 101), both), "engine.reserved", "1.01", "1.00");
    book_refused(&book, book_on(book_act(&book, ENTRY_ORDER, "67", 1), both), "engine.origin", "67", "");
    book_done(&book, book_on(book_act(&book, ENTRY_ORDER, "65", 200), both));
    book_done(&book, book_on(book_act(&book, ENTRY_ORDER, "011", 100), both));
    assert_int_equal(ledger_left(book.ledger, both).cents, 0);
}

static void corrections_never_pass_what_they_correct(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1000));
    uint64_t order = book_done(&book, book_act(&book, ENTRY_ORDER_DIRECT, "011", 1000));
    uint64_t title = book_done(&book, book_act(&book, ENTRY_TITLE, "70", 50));
    book_done(&book, book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 400), order));
    book_refused(&book, book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 601), order), "engine.corrected", "6.01",
                 "6.00");
    uint64_t last = book_done(&book, book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 600), order));
    book_refused(&book, book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 1), order), "engine.corrected", "0.01",
                 "0.00");
    /* What was cancelled is available again; a correction itself is not corrected. */
    book_refused(&book, book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 1), last), "engine.reference", NULL,
                 "order, order-direct");
    book_sums(&book, "011", 1000, 0, 0);
    book_refused(&book, book_on(book_act(&book, ENTRY_TITLE_REDUCE, "70", 51), title), "engine.corrected", "0.51",
                 "0.50");
    book_done(&book, book_on(book_act(&book, ENTRY_TITLE_REDUCE, "70", 50), title));
}

static void references_are_to_earlier_acts_of_the_right_kind(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    uint64_t vote = book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1000));
    uint64_t engagement = book_done(&book, book_act(&book, ENTRY_ENGAGE, "011", 1000));
    book_refused(&book, book_act(&book, ENTRY_ORDER, "011", 1), "engine.reference", "0", "engage");
    book_refused(&book, book_on(book_act(&book, ENTRY_ORDER, "011", 1), vote), "engine.reference", "1", "engage");
    book_refused(&book, book_on(book_act(&book, ENTRY_ORDER, "011", 1), 3), "engine.reference", "3", "engage");
    book_refused(&book, book_on(book_act(&book, ENTRY_ORDER, "011", 1), UINT64_MAX), "engine.reference", NULL, NULL);
    book_refused(&book, book_on(book_act(&book, ENTRY_VOTE, "011", 1), vote), "engine.reference", "1", "0");
    struct entry *other = book_on(book_act(&book, ENTRY_ORDER, "011", 1), engagement);
    other->budget = STR("eau");
    book_refused(&book, other, "engine.reference", "2", "engage");
    book_done(&book, book_on(book_act(&book, ENTRY_ORDER, "011", 1), engagement));
}

/* A mandat of a year that is over is cancelled by a titre, and a titre by a mandat. */
static void earlier_exercises_are_corrected_by_the_other_piece(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct date spring = date_of(2027, 3, 1);
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1000));
    uint64_t order = book_done(&book, book_act(&book, ENTRY_ORDER_DIRECT, "011", 1000));
    book_done(&book, book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 100), order));
    book_refused(&book, book_on(book_act(&book, ENTRY_TITLE, "77", 1), order), "engine.reference", NULL,
                 "order, order-direct"); /* in the same year it is reduced */
    struct entry *titles[] = {book_on(book_act(&book, ENTRY_TITLE, "77", 500), order),
                              book_on(book_act(&book, ENTRY_TITLE, "77", 401), order),
                              book_on(book_act(&book, ENTRY_TITLE, "77", 400), order)};
    for (int i = 0; i < 3; i++)
        book_dated(titles[i], spring, spring)->exercise = 2027;
    uint64_t title = book_done(&book, titles[0]);
    book_refused(&book, titles[1], "engine.corrected", "4.01", "4.00");
    book_done(&book, titles[2]);
    assert_int_equal(ledger_left(book.ledger, order).cents, 0);
    assert_int_equal(ledger_left(book.ledger, title).cents, 500);
}

/* What was attached to a year is reversed in the next one, on its own line, whatever that one has ordered: its credits
 * rise by it, and what it orders then is counted from below 0. */
static void what_a_year_attached_is_reversed_in_the_next(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct date spring = date_of(2027, 3, 1);
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1000));
    uint64_t order = book_done(&book, book_act(&book, ENTRY_ORDER_DIRECT, "011", 300));
    uint64_t title = book_done(&book, book_act(&book, ENTRY_TITLE, "70", 50));
    struct entry *next[] = {book_act(&book, ENTRY_VOTE, "011", 400),
                            book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 1), order),
                            book_act(&book, ENTRY_ORDER_DIRECT, "011", 299),
                            book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 300), order),
                            book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 299), order),
                            book_act(&book, ENTRY_ORDER_DIRECT, "011", 100),
                            book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 2), order),
                            book_on(book_act(&book, ENTRY_TITLE_REDUCE, "70", 50), title),
                            book_act(&book, ENTRY_TITLE, "70", 50),
                            book_on(book_act(&book, ENTRY_TITLE_REDUCE, "70", 50), title)};
    struct entry *all = book_act(&book, ENTRY_ORDER_DIRECT, "011", 700);
    book_dated(all, spring, spring)->exercise = 2027;
    for (size_t i = 0; i < sizeof next / sizeof *next; i++)
        book_dated(next[i], spring, spring)->exercise = 2027;
    book_done(&book, next[0]);
    book_done(&book, next[4]); /* nothing is ordered yet: 2.99 below 0, and 6.99 may be spent of the 4.00 voted */
    assert_int_equal(ledger_left(book.ledger, order).cents, 1);
    book_refused(&book, next[3], "engine.corrected", "3.00", "0.01"); /* never more than was attached */
    book_refused(&book, all, "engine.available", "7.00", "6.99");
    uint64_t invoice = book_done(&book, next[2]);
    book_done(&book, next[1]);
    book_refused(&book, next[6], "engine.corrected", "0.02", "0.00");
    struct entry *undone = book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 1), invoice);
    book_dated(undone, spring, spring)->exercise = 2027;
    book_done(&book, undone); /* a reduction of the year's own, below 0 as well */
    book_done(&book, next[5]);
    book_done(&book, next[7]);
    assert_int_equal(ledger_left(book.ledger, title).cents, 0);
    book_done(&book, next[8]);
    book_refused(&book, next[9], "engine.corrected", "0.50", "0.00");
}

static void numbers_follow_one_another_in_each_series(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1000));
    assert_int_equal(book.answer.number, 0);
    for (uint32_t i = 1; i <= 3; i++) {
        uint64_t order = book_done(&book, book_act(&book, ENTRY_ORDER_DIRECT, "011", 1));
        assert_int_equal(book.answer.number, 2 * i - 1);
        book_done(&book, book_on(book_act(&book, ENTRY_ORDER_REDUCE, "011", 1), order));
        assert_int_equal(book.answer.number, 2 * i); /* a correction is a piece of the same series */
        book_refused(&book, book_act(&book, ENTRY_ORDER_DIRECT, "011", 1001), "engine.available", NULL, NULL);
        book_done(&book, book_act(&book, ENTRY_TITLE, "70", 1));
        assert_int_equal(book.answer.number, i);
    }
    struct entry *second = book_act(&book, ENTRY_ORDER_DIRECT, "011", 1);
    second->series = ENTRY_SERIES_MAX - 1;
    book_done(&book, second);
    assert_int_equal(book.answer.number, 1);
    assert_int_equal(ledger_number(book.ledger, STR("principal"), 2026, ENTRY_ORDERS, 0), 6);
    assert_int_equal(ledger_number(book.ledger, STR("principal"), 2026, ENTRY_ORDERS, ENTRY_SERIES_MAX - 1), 1);
    assert_int_equal(ledger_number(book.ledger, STR("principal"), 2027, ENTRY_ORDERS, 0), 0);
    struct entry *next = book_act(&book, ENTRY_TITLE, "70", 1);
    next->exercise = 2027;
    book_done(&book, book_dated(next, date_of(2027, 1, 4), date_of(2027, 1, 4)));
    assert_int_equal(book.answer.number, 1);
}

static void a_command_is_carried_out_once(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1000));
    struct entry *order = book_act(&book, ENTRY_ORDER_DIRECT, "011", 1000), again = *order;
    uint64_t sequence = book_done(&book, order);
    /* Later, when it could not pass any more, it has the same answer. */
    again.instant.ms += 86400000;
    again.entered.days += 1;
    assert_int_equal(book_do(&book, &again), OK);
    assert_false(book.answer.is_new);
    assert_int_equal(book.answer.sequence, sequence);
    assert_int_equal(book.answer.number, 1);
    assert_int_equal(ledger_count(book.ledger), 2);
    book_sums(&book, "011", 1000, 0, 1000);
    /* Another body under that id. */
    again.label = STR("Autre chose");
    assert_int_equal(book_do(&book, &again), CONFLICT);
    assert_string_equal(book.refusal.rule, "engine.id");
    assert_int_equal(ledger_count(book.ledger), 2);
    /* What was refused has not been: its id may come again. */
    struct entry *late = book_act(&book, ENTRY_ENGAGE, "011", 1);
    book_refused(&book, late, "engine.available", NULL, NULL);
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1));
    book_done(&book, late);
}

struct day_row {
    enum entry_kind kind;
    const char *level;
    bool is_internal;
    const char *day, *entered, *rule; /* NULL: it passes */
};

static const struct day_row day_rows[] = {
    {ENTRY_VOTE, "011", false, "2025-09-30", "2025-09-30", "engine.day"},
    {ENTRY_VOTE, "011", false, "2025-10-01", "2025-10-01", NULL},
    {ENTRY_VOTE, "011", false, "2027-01-21", "2027-01-31", NULL},
    {ENTRY_VOTE, "011", false, "2027-01-21", "2027-02-01", "engine.window"},
    {ENTRY_VOTE, "011", false, "2027-01-22", "2027-01-22", "engine.day"},
    {ENTRY_VOTE, "21", false, "2026-12-31", "2027-01-31", NULL},
    {ENTRY_VOTE, "21", false, "2027-01-01", "2027-01-01", "engine.day"},
    {ENTRY_VOTE, "21", true, "2027-01-21", "2027-01-21", NULL},
    {ENTRY_ENGAGE, "011", false, "2025-12-31", "2025-12-31", "engine.day"},
    {ENTRY_ENGAGE, "011", false, "2026-01-01", "2026-01-01", NULL},
    {ENTRY_ENGAGE, "011", false, "2026-12-31", "2026-12-31", NULL},
    {ENTRY_ENGAGE, "011", false, "2026-12-31", "2027-01-01", "engine.window"},
    {ENTRY_ORDER_DIRECT, "011", false, "2026-12-31", "2027-01-31", NULL},
    {ENTRY_ORDER_DIRECT, "011", false, "2026-12-31", "2027-02-01", "engine.window"},
    {ENTRY_ORDER_DIRECT, "011", false, "2027-01-01", "2027-01-01", "engine.day"},
    {ENTRY_ORDER_DIRECT, "21", false, "2026-12-31", "2026-12-31", NULL},
    {ENTRY_ORDER_DIRECT, "21", false, "2026-12-31", "2027-01-01", "engine.window"},
    {ENTRY_ORDER_DIRECT, "21", true, "2026-12-31", "2027-01-31", NULL},
    {ENTRY_ORDER_DIRECT, "21", true, "2026-12-31", "2027-02-01", "engine.window"},
    {ENTRY_TITLE, "70", false, "2026-12-31", "2027-01-31", NULL},
    {ENTRY_TITLE, "70", false, "2026-12-31", "2027-02-01", "engine.window"},
    {ENTRY_TITLE, "13", false, "2026-12-31", "2027-01-01", "engine.window"},
    {ENTRY_TITLE, "70", false, "2026-06-02", "2026-06-01", "engine.future"},
    {ENTRY_TITLE, "70", false, "2026-06-01", "2026-06-01", NULL},
};

static void acts_keep_to_their_exercise_and_its_complementary_day(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof day_rows / sizeof *day_rows; i++) {
        const struct day_row *row = &day_rows[i];
        struct book book BOOK_SCOPE = book_open();
        struct date day, entered;
        book_done(&book, book_also(book_act(&book, ENTRY_VOTE, "011", 1000), "21", 1000));
        struct entry *entry = book_act(&book, row->kind, row->level, 10);
        assert_int_equal(date_parse(str_of(row->day), &day), OK);
        assert_int_equal(date_parse(str_of(row->entered), &entered), OK);
        entry->is_internal = row->is_internal;
        if (row->rule == NULL)
            book_done(&book, book_dated(entry, day, entered));
        else
            book_refused(&book, book_dated(entry, day, entered), row->rule, NULL, NULL);
    }
}

/* Where one line may and the other may not, the act may not. */
static void every_section_of_an_act_keeps_its_window(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct date last = date_of(2026, 12, 31), january = date_of(2027, 1, 15);
    book_done(&book, book_also(book_act(&book, ENTRY_VOTE, "011", 1000), "21", 1000));
    struct entry *both = book_also(book_act(&book, ENTRY_ORDER_DIRECT, "011", 1), "21", 1);
    book_refused(&book, book_dated(both, last, january), "engine.window", "2027-01-15", "2026-12-31");
    book_done(&book, book_dated(book_act(&book, ENTRY_ORDER_DIRECT, "011", 1), last, january));
}

static void an_exercise_closes_once_nothing_is_reserved(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct date last = date_of(2026, 12, 31), march = date_of(2027, 3, 1);
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1000));
    uint64_t engagement = book_done(&book, book_act(&book, ENTRY_ENGAGE, "011", 10));
    book_refused(&book, book_act(&book, ENTRY_CLOSE, NULL, 0), "engine.day", "2026-06-01", "2026-12-31 au 2027-12-31");
    book_refused(&book, book_dated(book_act(&book, ENTRY_CLOSE, NULL, 0), march, march), "engine.open", "0.10",
                 "principal 2026 F D 011");
    book_done(&book, book_dated(book_on(book_act(&book, ENTRY_RELEASE, "011", 10), engagement), last, march));
    assert_false(ledger_is_closed(book.ledger, STR("principal"), 2026));
    book_done(&book, book_dated(book_act(&book, ENTRY_CLOSE, NULL, 0), march, march));
    assert_true(ledger_is_closed(book.ledger, STR("principal"), 2026));
    book_refused(&book, book_act(&book, ENTRY_ENGAGE, "011", 1), "engine.closed", "2026", "2027");
    book_refused(&book, book_dated(book_act(&book, ENTRY_CLOSE, NULL, 0), march, march), "engine.closed", NULL, NULL);
    struct entry *other = book_act(&book, ENTRY_VOTE, "011", 1);
    other->budget = STR("eau");
    book_done(&book, other);
}

static void a_transfer_gives_what_it_takes_in_one_section(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_also(book_act(&book, ENTRY_VOTE, "011", 1000), "21", 1000));
    book_refused(&book, book_also(book_act(&book, ENTRY_TRANSFER, "011", -10), "65", 11), "engine.balance", "0.11",
                 "0.10");
    book_refused(&book, book_also(book_act(&book, ENTRY_TRANSFER, "011", -10), "21", 10), "engine.section", "I", "F");
    book_refused(&book, book_also(book_act(&book, ENTRY_TRANSFER, "011", -1001), "65", 1001), "engine.available",
                 "10.01", "10.00");
    book_done(&book, book_also(book_act(&book, ENTRY_TRANSFER, "011", -1000), "65", 1000));
    book_sums(&book, "011", 0, 0, 0);
    book_sums(&book, "65", 1000, 0, 0);
}

static void sums_never_wrap(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_act(&book, ENTRY_VOTE, "70", MONEY_MAX));
    book_refused(&book, book_act(&book, ENTRY_VOTE, "70", 1), "engine.large", "0.01", NULL);
    book_refused(&book, book_also(book_act(&book, ENTRY_TITLE, "74", MONEY_MAX), "75", 1), "engine.large", "0.01",
                 NULL);
    book_done(&book, book_also(book_act(&book, ENTRY_TITLE, "74", MONEY_MAX - 1), "75", 1));
    book_refused(&book, book_act(&book, ENTRY_TITLE, "74", 2), "engine.large", "0.02", NULL);
    book_done(&book, book_act(&book, ENTRY_TITLE, "74", 1));
}

static void a_clock_that_goes_back_is_not_followed(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct entry *first = book_act(&book, ENTRY_VOTE, "011", 1000), *second = book_act(&book, ENTRY_VOTE, "011", 1);
    second->instant.ms = first->instant.ms - 3600000;
    book_done(&book, first);
    book_done(&book, second);
    assert_int_equal(second->instant.ms, first->instant.ms);
}

static void a_ledger_that_is_full_stays_as_it_was(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct arena *small ARENA_SCOPE = arena_create(sizeof(void *) * 16000);
    struct ledger *ledger;
    struct ledger_answer answer;
    struct refusal refusal;
    enum status done = OK;
    assert_int_equal(ledger_in(small, &ledger), OK);
    for (int i = 0; i < 100000 && done == OK; i++) {
        struct entry *entry = book_act(&book, ENTRY_VOTE, "011", 1);
        assert_int_equal(ledger_try(ledger, entry, &answer, &refusal), OK);
        done = ledger_apply(ledger, entry, &refusal);
        assert_int_equal(ledger_count(ledger), entry->sequence - (done != OK));
    }
    assert_int_equal(done, LIMIT);
}

/* Every refusal above, as a person reads it. */
static void a_refusal_says_how_to_mend(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    struct faults *faults = arena_new(book.arena, struct faults);
    faults->arena = book.arena;
    book_done(&book, book_act(&book, ENTRY_VOTE, "011", 1000));
    book_refused(&book, book_act(&book, ENTRY_ENGAGE, "011", 1001), "engine.available", "10.01", "10.00");
    refusal_fault(&book.refusal, faults);
    assert_int_equal(faults->count, 1);
    assert_true(str_eq(faults->kept[0].place, STR("ligne 011, dépenses de fonctionnement")));
    assert_true(str_find(faults->kept[0].mend, STR("Crédits insuffisants (ligne 011, dépenses de fonctionnement) : "
                                                   "il en reste 10.00 de disponibles")) == 0);
    book_refused(&book, book_act(&book, ENTRY_CLOSE, NULL, 0), "engine.day", NULL, NULL);
    refusal_fault(&book.refusal, faults);
    assert_true(str_eq(faults->kept[1].place, STR("day")));
}

/* Of several lines, the one that is short; whatever it is called. */
static void the_line_that_is_short_is_named(void **state)
{
    (void)state;
    static const char *const names[][2] = {{"70", "ligne 70, recettes de fonctionnement"},
                                           {"op12", "opération 12, dépenses d’investissement"},
                                           {"932-213", "ligne 932, fonction 213, dépenses de fonctionnement"}};
    struct book book BOOK_SCOPE = book_open();
    book_done(&book, book_also(book_act(&book, ENTRY_VOTE, "011", 500), "70", 1000));
    book_refused(&book, book_also(book_act(&book, ENTRY_VOTE, "011", 1), "70", -1001), "engine.voted", NULL, NULL);
    assert_string_equal(book.refusal.line, names[0][1]);
    for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
        struct entry *entry = book_also(book_act(&book, ENTRY_ENGAGE, "011", 500), names[i][0], 1);
        entry->postings[1].section = i == 1 ? CELL_INVESTMENT : CELL_FUNCTIONING;
        entry->postings[1].direction = CELL_EXPENSE;
        book_refused(&book, entry, "engine.available", "0.01", "0.00");
        assert_string_equal(book.refusal.line, names[i][1]);
    }
}

/* Cells that were moved on lately are remembered by the end of their level: others that end alike are others. */
static void cells_with_names_that_end_alike_are_told_apart(void **state)
{
    (void)state;
    struct book book BOOK_SCOPE = book_open();
    static const char *const levels[] = {"011", "3011", "60.11", "x11", "11"};
    enum { LEVELS = sizeof levels / sizeof *levels };
    for (int i = 0; i < LEVELS; i++)
        book_done(&book, book_act(&book, ENTRY_VOTE, levels[i], 1000 + i));
    for (int i = 0; i < 3 * LEVELS; i++)
        book_done(&book, book_act(&book, ENTRY_ORDER_DIRECT, levels[i % (LEVELS - 1)], 1));
    for (int i = 0; i < LEVELS - 1; i++)
        book_sums(&book, levels[i], 1000 + i, 0, i < 3 ? 4 : 3);
    book_refused(&book, book_act(&book, ENTRY_ORDER_DIRECT, "4011", 1), "engine.available", "0.01", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_euro_is_ordered_once),
        cmocka_unit_test(credits_are_limitative_to_the_cent),
        cmocka_unit_test(no_line_of_a_refused_act_is_kept),
        cmocka_unit_test(receipts_may_pass_what_was_forecast),
        cmocka_unit_test(an_engagement_is_ordered_in_parts_and_no_further),
        cmocka_unit_test(lines_are_posted_on_their_own_cells),
        cmocka_unit_test(corrections_never_pass_what_they_correct),
        cmocka_unit_test(references_are_to_earlier_acts_of_the_right_kind),
        cmocka_unit_test(earlier_exercises_are_corrected_by_the_other_piece),
        cmocka_unit_test(what_a_year_attached_is_reversed_in_the_next),
        cmocka_unit_test(numbers_follow_one_another_in_each_series),
        cmocka_unit_test(a_command_is_carried_out_once),
        cmocka_unit_test(acts_keep_to_their_exercise_and_its_complementary_day),
        cmocka_unit_test(every_section_of_an_act_keeps_its_window),
        cmocka_unit_test(an_exercise_closes_once_nothing_is_reserved),
        cmocka_unit_test(a_transfer_gives_what_it_takes_in_one_section),
        cmocka_unit_test(sums_never_wrap),
        cmocka_unit_test(a_clock_that_goes_back_is_not_followed),
        cmocka_unit_test(a_ledger_that_is_full_stays_as_it_was),
        cmocka_unit_test(a_refusal_says_how_to_mend),
        cmocka_unit_test(the_line_that_is_short_is_named),
        cmocka_unit_test(cells_with_names_that_end_alike_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
