/* A town's book against a ledger that holds the whole journal: commands at random, and both answer alike. */
#include "base/seeded.h"
#include "core/export.h"
#include "core/test_damage.h"
#include "core/test_town.h"
#include "service/accounting/book/book.h"
#include "service/accounting/book/book_rows.h"
#include "service/accounting/book/book_sql.h"

enum { ARENA = 64 << 20, COMMANDS = 600, LINES = 3, LEVELS = 6, YEAR = 2026, FINDINGS = 1 << 16 };

static struct test_town test;
static struct arena *arena;
static struct ledger *whole; /* the same journal, held whole */
static struct faults *faults;
static uint64_t ids;

static int set_up(void **state)
{
    (void)state;
    test_town_open(&test);
    test_act_as(&test, test_person(&test, "finances@beauval.example", "Service des finances"), ROLE_AGENT);
    arena = arena_create(ARENA);
    assert_int_equal(ledger_in(arena, &whole), OK);
    faults = arena_new(arena, struct faults);
    faults->arena = arena;
    ids = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    test_town_close(&test);
    arena_destroy(&arena);
    return 0;
}

static struct entry *command(enum entry_kind kind, uint64_t reference)
{
    struct entry *entry = arena_new(arena, struct entry);
    *entry = (struct entry){.kind = kind, .day = date_of(YEAR, 11, 2), .budget = STR("21560046100010"),
                            .exercise = YEAR, .label = STR("Fournitures d’école"), .reference = reference,
                            .postings = arena_array(arena, struct posting, LINES)};
    ids++;
    memcpy(entry->id, &ids, sizeof ids);
    return entry;
}

static struct entry *plus(struct entry *entry, const char *level, int64_t cents)
{
    bool is_investment = level[0] == '2' || level[0] == '1';
    struct entry_place place = {.section = is_investment ? CELL_INVESTMENT : CELL_FUNCTIONING,
                                .direction = level[0] == '7' || level[0] == '1' ? CELL_RECEIPT : CELL_EXPENSE,
                                .level = str_of(level)};
    assert_int_equal(entry_add(entry, LINES, &place, (struct money){cents}), OK);
    return entry;
}

static enum status post(struct entry *entry, struct ledger_answer *ret_answer)
{
    struct ctx ctx = test_ctx(&test);
    faults->count = faults->found = 0;
    return DO(&test, book_post(&ctx, entry, ret_answer, faults));
}

/* The sequence it got. */
static uint64_t posted(struct entry *entry)
{
    struct ledger_answer answer;
    assert_int_equal(post(entry, &answer), OK);
    assert_true(answer.is_new);
    return answer.sequence;
}

static void refused(struct entry *entry, const char *rule)
{
    struct ledger_answer answer;
    assert_int_equal(post(entry, &answer), INVALID);
    assert_int_equal(faults->count, 1);
    assert_true(str_eq(faults->kept[0].rule, str_of(rule)));
}

static struct book_cell cell_of(const char *level)
{
    struct ctx ctx = test_ctx(&test);
    struct book_cell cell;
    struct entry *entry = plus(command(ENTRY_VOTE, 0), level, 1);
    struct cell_key key = entry_cell(entry, &entry->postings[0]);
    assert_int_equal(book_cell(&ctx, &key, &cell), OK);
    return cell;
}

static void holds(uint64_t entries)
{
    struct ctx ctx = test_ctx(&test);
    struct book_proof proof;
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    assert_int_equal(book_verify(&ctx, &proof, &findings), OK);
    if (findings.len > 0)
        fail_msg("%.*s", STR_ARG(buf_str(&findings)));
    assert_int_equal(proof.entries, entries);
}

/* ---- what is asked of it ---- */

static void credits_are_opened_engaged_and_ordered(void **state)
{
    (void)state;
    posted(plus(plus(command(ENTRY_VOTE, 0), "011", 100000), "70", 100000));
    uint64_t engagement = posted(plus(command(ENTRY_ENGAGE, 0), "011", 40000));
    posted(plus(command(ENTRY_ORDER, engagement), "011", 25000));
    struct book_cell cell = cell_of("011");
    assert_int_equal(cell.voted.cents, 100000);
    assert_int_equal(cell.available.cents, 60000);
    assert_int_equal(cell.reserved.cents, 15000);
    assert_int_equal(cell.ordered.cents, 25000);
    refused(plus(command(ENTRY_ENGAGE, 0), "011", 60001), "engine.available");
    refused(plus(command(ENTRY_ORDER, engagement), "011", 15001), "engine.reserved");
    posted(plus(command(ENTRY_RELEASE, engagement), "011", 15000));
    posted(plus(command(ENTRY_ENGAGE, 0), "011", 75000));
    assert_int_equal(cell_of("011").available.cents, 0);
    holds(5);
}

static void a_command_is_answered_once_and_the_same(void **state)
{
    struct ledger_answer first, again;
    struct ctx ctx = test_ctx(&test);
    (void)state;
    posted(plus(command(ENTRY_VOTE, 0), "011", 1000));
    struct entry *engage = plus(command(ENTRY_ENGAGE, 0), "011", 1000);
    assert_int_equal(post(engage, &first), OK);
    assert_int_equal(post(engage, &again), OK);
    assert_true(first.is_new && !again.is_new && again.sequence == first.sequence && again.number == 1);
    struct ledger_answer found;
    assert_int_equal(book_answer(&ctx, engage->id, &found), OK);
    assert_int_equal(found.sequence, first.sequence);
    engage->postings[0].amount.cents = 999;
    assert_int_equal(post(engage, &again), CONFLICT);
    assert_true(str_eq(faults->kept[0].rule, STR("engine.id")));
    holds(2);
}

static void ids_of_forms_are_read_back(void **state)
{
    struct ctx ctx = test_ctx(&test);
    unsigned char id[ENTRY_ID_BYTES];
    (void)state;
    struct str text = book_id(&ctx);
    assert_int_equal(text.len, BOOK_ID_TEXT);
    assert_int_equal(book_id_read(text, id), OK);
    ctx.now.ms++;
    assert_false(str_eq(book_id(&ctx), text));
    assert_int_equal(book_id_read(STR("0123456789abcdef0123456789abcde"), id), INVALID);
    assert_int_equal(book_id_read(STR("0123456789abcdef0123456789abcdeX"), id), INVALID);
}

/* Rows of a job that fails are not there, and the next command gets the number that was drawn. */
static void a_number_drawn_in_a_job_that_fails_is_drawn_again(void **state)
{
    struct ledger_answer answer;
    struct ctx ctx = test_ctx(&test);
    (void)state;
    posted(plus(command(ENTRY_VOTE, 0), "011", 1000));
    writer_job_begin(test.town.writer);
    assert_int_equal(book_post(&ctx, plus(command(ENTRY_ENGAGE, 0), "011", 10), &answer, faults), OK);
    assert_int_equal(answer.number, 1);
    assert_int_equal(test_end(&test, LIMIT), LIMIT);
    assert_int_equal(post(plus(command(ENTRY_ENGAGE, 0), "011", 10), &answer), OK);
    assert_int_equal(answer.number, 1);
    assert_int_equal(answer.sequence, 2);
    holds(2);
}

/* ---- at random ---- */

static struct entry *any_command(struct seeded *seeded)
{
    static const char *const levels[LEVELS] = {"011", "012", "65", "21", "70", "13"};
    static const enum entry_kind kinds[] = {ENTRY_VOTE,  ENTRY_VOTE,         ENTRY_ENGAGE, ENTRY_ENGAGE, ENTRY_RELEASE,
                                            ENTRY_ORDER, ENTRY_ORDER_DIRECT, ENTRY_ORDER,  ENTRY_TITLE,
                                            ENTRY_ORDER_REDUCE, ENTRY_TITLE_REDUCE, ENTRY_TRANSFER};
    enum entry_kind kind = kinds[seeded_below(seeded, sizeof kinds / sizeof *kinds)];
    uint64_t count = ledger_count(whole), reference = count > 0 ? seeded_below(seeded, count + 2) : 0;
    bool has_none = kind == ENTRY_VOTE || kind == ENTRY_ENGAGE || kind == ENTRY_TRANSFER;
    struct entry *entry = command(kind, has_none ? 0 : reference);
    for (uint64_t lines = 1 + seeded_below(seeded, LINES); lines > 0; lines--) {
        int64_t cents = (int64_t)seeded_below(seeded, 500) + 1;
        bool is_back = (kind == ENTRY_VOTE || kind == ENTRY_TRANSFER) && seeded_below(seeded, 4) == 0;
        plus(entry, levels[seeded_below(seeded, LEVELS)], is_back ? -cents : cents);
    }
    return entry;
}

/* The same command to both. */
static void given_to_both(struct seeded *seeded, size_t *taken)
{
    struct entry *entry = any_command(seeded), copy;
    struct ledger_answer answer, other;
    struct refusal refusal = {0};
    copy = *entry;
    copy.actor = test.actor.person;
    copy.instant = test.now;
    copy.entered = date_of_instant(test.now);
    enum status mine = post(entry, &answer), its = ledger_try(whole, &copy, &other, &refusal);
    assert_int_equal(mine, its);
    if (mine == INVALID) {
        assert_true(str_eq(faults->kept[0].rule, str_of(refusal.rule)));
        return;
    }
    assert_int_equal(mine, OK);
    assert_int_equal(answer.sequence, other.sequence);
    assert_int_equal(answer.number, other.number);
    assert_int_equal(ledger_apply(whole, &copy, &refusal), OK);
    ++*taken;
}

static void tables_answer_as_a_ledger_held_whole(void **state)
{
    struct seeded seeded = {20261129};
    size_t taken = 0;
    (void)state;
    for (size_t i = 0; i < COMMANDS; i++) {
        test.now.ms += (int64_t)seeded_below(&seeded, 5000) - 100; /* a clock that goes back now and then */
        given_to_both(&seeded, &taken);
    }
    assert_true(taken > COMMANDS / 10 && taken < COMMANDS);
    holds(taken);
}

/* ---- what is damaged is found, what is derived is made again, what goes out comes in ---- */

static void some_entries(void)
{
    struct seeded seeded = {7};
    size_t taken = 0;
    for (size_t i = 0; i < COMMANDS / 3; i++)
        given_to_both(&seeded, &taken);
    assert_true(taken > 10);
}

static enum status proves(struct ctx *ctx, struct buf *findings)
{
    struct book_proof proof;
    return book_verify(ctx, &proof, findings);
}

static void finds(const char *words)
{
    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    damage_finds(&test, proves, &findings);
    if (str_find(buf_str(&findings), str_of(words)) == SIZE_MAX)
        fail_msg("%s: %.*s", words, STR_ARG(buf_str(&findings)));
}

static void what_is_damaged_is_found(void **state)
{
    (void)state;
    some_entries();
    uint64_t count = ledger_count(whole);
    static const struct damage damages[] = {
        {"UPDATE accounting_cell SET available = available + 1 WHERE id = 1", "I12"},
        {"UPDATE accounting_posted SET remains = remains + 1 WHERE sequence = 3", "entry 3: what is left"},
        {"UPDATE accounting_posted SET day = day + 1 WHERE sequence = 3", "entry 3: it is not stored as"},
        {"UPDATE accounting_posted SET label = 'X' WHERE sequence = 3", "entry 3: it is not stored as"},
        {"UPDATE accounting_posted SET amount = amount + 1 WHERE sequence = 3", "entry 3: it is not stored as"},
        {"UPDATE accounting_posted SET kind = kind + 1 WHERE sequence = 3", "entry 3: it is not stored as"},
        {"UPDATE accounting_posted_line SET amount = amount + 1 WHERE sequence = 2", "entry 2, posting 0: it is not"},
        {"UPDATE accounting_posted_line SET target = origin WHERE sequence = 2", "entry 2, posting 0: it is not"},
        {"UPDATE accounting_exercise SET is_closed = 1 - is_closed", "whether it is closed"},
        {"UPDATE accounting_posted_line SET remains = remains + 1 WHERE sequence = 2", "entry 2, posting 0"},
        {"UPDATE accounting_number SET last = last + 1", "I5"},
        {"DELETE FROM accounting_posted_line WHERE sequence = 1", "postings are stored"},
        {"UPDATE accounting_entry SET hash = (SELECT hash FROM accounting_entry WHERE sequence = 1) WHERE sequence = 4",
         "entry 4: engine.hash"},
        {"UPDATE accounting_entry SET sequence = 90000 WHERE sequence = 5", "entry 5: engine.sequence"},
    };
    damages_are_found(&test, proves, damages, sizeof damages / sizeof *damages);
    holds(count);
}

static void what_is_derived_is_folded_anew(void **state)
{
    struct ctx ctx = test_ctx(&test);
    (void)state;
    some_entries();
    writer_job_begin(test.town.writer);
    assert_int_equal(writer_need(test.town.writer, SYNC_FULL), OK);
    damage_run(&test, "UPDATE accounting_cell SET available = 1, reserved = 2, council = 3");
    damage_run(&test, "UPDATE accounting_posted SET remains = 5");
    finds("I12");
    assert_int_equal(test_end(&test, OK), OK);
    assert_int_equal(DO(&test, book_rebuild(&ctx)), OK);
    holds(ledger_count(whole));
}

static void what_goes_out_comes_in_elsewhere(void **state)
{
    struct ctx ctx = test_ctx(&test);
    struct buf out BUF_SCOPE = BUF_INIT(16 << 20), again BUF_SCOPE = BUF_INIT(16 << 20);
    int64_t next = 0;
    (void)state;
    some_entries();
    uint64_t count = ledger_count(whole);
    while (next >= 0)
        assert_int_equal(export_write(&ctx, &book_rows[0], next, &out, &next), OK);
    test_town_close(&test);
    test_town_open(&test);
    ctx = test_ctx(&test);
    struct str rest = buf_str(&out), piece;
    while (rest.len > 0) {
        assert_int_equal(export_piece(&book_rows[0], false, &rest, &piece), OK);
        assert_int_equal(DO(&test, export_take(&ctx, &book_rows[0], piece)), OK);
    }
    holds(count);
    for (next = 0; next >= 0;)
        assert_int_equal(export_write(&ctx, &book_rows[0], next, &again, &next), OK);
    assert_true(str_eq(buf_str(&out), buf_str(&again)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(credits_are_opened_engaged_and_ordered, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_command_is_answered_once_and_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_of_forms_are_read_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_number_drawn_in_a_job_that_fails_is_drawn_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tables_answer_as_a_ledger_held_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_damaged_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_derived_is_folded_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_goes_out_comes_in_elsewhere, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
