/* A town that comes in from an export in which one row lies, each field of each file in turn: the file is refused, or
 * what is proven finds it; else it is said here why nothing can know better. */
#include "core/export.h"
#include "core/test_damage.h"
#include "service/accounting/proof.h"
#include "service/accounting/test_leave.h"
#include "service/accounting/test_whole.h"

enum { KEPT_BYTES = 32 << 20, ROWS_MAX = 256, HUGE_TEXT = 17 << 10, FILES_MAX = 64 };

/* ---- the rows that a town left with ---- */

struct left {
    const struct export_file *file;
    void *rows[ROWS_MAX];
    size_t count;
};

static struct arena *kept;
static struct left files[FILES_MAX];
static size_t file_count;
static struct instant left_at;

static struct str *text_at(void *row, const struct shape_field *field)
{
    return (struct str *)(void *)((char *)row + field->offset);
}

static int64_t *int_at(void *row, const struct shape_field *field)
{
    return (int64_t *)(void *)((char *)row + field->offset);
}

static void *copy_row(const struct shape *shape, const void *from)
{
    void *row = arena_alloc(kept, shape->size);
    assert_non_null(row);
    memcpy(row, from, shape->size);
    for (size_t i = 0; i < shape->field_count; i++)
        if (shape->fields[i].kind == SHAPE_TEXT || shape->fields[i].kind == SHAPE_BYTES)
            *text_at(row, &shape->fields[i]) = str_copy(kept, *text_at(row, &shape->fields[i]));
    return row;
}

static enum status keep(void *with, const void *row)
{
    struct left *left = with;
    assert_true(left->count < ROWS_MAX);
    left->rows[left->count++] = copy_row(left->file->shape, row);
    return OK;
}

static int leaves(void **state)
{
    static const struct export_file *all[EXPORT_FILES_MAX];
    size_t count = export_list(all);
    assert_int_equal(a_whole_town(state), 0);
    kept = arena_create(KEPT_BYTES);
    left_at = test.now;
    for (size_t i = 0; i < count; i++) {
        if (!is_of_accounting(all[i]))
            continue;
        assert_true(file_count < FILES_MAX);
        struct left *left = &files[file_count++];
        struct ctx ctx = test_ctx(&test);
        left->file = all[i];
        assert_int_equal(all[i]->each(&ctx, (struct export_sink){keep, left}), OK);
    }
    (void)tear_down(state);
    test_town_open(&test);
    test.now = left_at;
    return 0;
}

static int ends(void **state)
{
    arena_destroy(&kept);
    return tear_down(state);
}

/* ---- and comes in with ---- */

/* In a job of the writer that is open: rows of that file, the `nth` of them as `lie`; NULL: that one comes twice. */
static enum status take_file(const struct left *left, size_t nth, const void *lie)
{
    struct ctx ctx = test_ctx(&test);
    for (size_t i = 0; i < left->count; i++)
        TRY(export_take_row(&ctx, left->file, i == nth && lie != NULL ? lie : left->rows[i]));
    return nth < left->count && lie == NULL ? export_take_row(&ctx, left->file, left->rows[nth]) : OK;
}

static bool is_found(void)
{
    struct buf findings BUF_SCOPE = BUF_INIT(DAMAGE_BYTES);
    struct book_proof book;
    struct ctx ctx = test_ctx(&test);
    struct str broken = STR("");
    enum status done = proof_whole(&ctx, &book, &findings);
    if (done == OK && findings.len == 0)
        done = db_verify(ctx.db, ctx.arena, &broken);
    return done != OK || findings.len > 0;
}

/* The files from this one on come in, and all that is proven is asked; nothing of it stays. */
static bool is_told(size_t from, size_t nth, const void *lie)
{
    enum status done = OK;
    writer_job_begin(test.town.writer);
    assert_int_equal(writer_need(test.town.writer, SYNC_FULL), OK);
    for (size_t i = from; done == OK && i < file_count; i++)
        done = take_file(&files[i], i == from ? nth : SIZE_MAX, lie);
    bool is_told = done != OK || is_found();
    assert_int_equal(test_end(&test, LIMIT), LIMIT);
    return is_told;
}

enum lie { LEAST, MOST, HUGE_WORDS, NO_UTF8, OTHER_BYTES, LAST_DAY, MINUS_ONE, ONE_MORE, LIES };
static const char *const lie_names[LIES] = {"the least", "the most",  "17 KB",     "no UTF-8",
                                            "other bytes", "2^31 - 1", "minus one", "one more"};

/* A small lie that nothing can know: what a person decided or typed once, days and instants of what happened, limits,
 * states beside the journal, files that nobody signed yet, numbers that rows bear only to be told apart. Lies of other
 * kinds are told in every field. */
static const char *const unknowable[] = {
    "accounting_budgets.csv:recovers_tax",
    "accounting_documents.jsonl:taken_ms",
    "accounting_acts.csv:decided_day is_draft published_ms population",
    "accounting_lines.csv:id section previous proposed voted opened done remaining",
    "accounting_units.csv:id",
    "accounting_signatories.csv:id rights limit_cents since_day until_day unit",
    "accounting_party_changes.csv:id at_ms",
    "accounting_party_accounts.csv:entered_ms decided_ms",
    "accounting_charts_taken.csv:id year from_year taken_ms ended_ms",
    "accounting_rates.csv:id year rate",
    "accounting_programmes.csv:decided_day",
    "accounting_programme_years.csv:id year",
    "accounting_openings.csv:functioning_by_article",
    "accounting_imputations.csv:tax",
    "accounting_engagements.csv:unit",
    "accounting_bills.jsonl:issued received notified completed retained freed",
    "accounting_attests.csv:id engagement day amount at_ms bill",
    "accounting_slips.jsonl:day state signed_ms answered_ms",
    "accounting_pieces.csv:bank due done state stated_day unit",
    "accounting_vouchers.jsonl:id state bill bytes",
    "accounting_remains.jsonl:id section",
    "accounting_remain_lists.csv:id day signed_ms",
    "accounting_carried.csv:id",
    "accounting_programme_uses.csv:engagement",
    "accounting_later.csv:id place released_ms",
    "accounting_before.csv:functioning_by_article",
    "accounting_deeds.jsonl:id kind object at_ms",
    "accounting_loans.csv:borrowed rate count first signed_day",
    "accounting_instalments.csv:due interest",
    "accounting_repaid.csv:place",
    "accounting_loan_rates.csv:since rate",
    "accounting_assets.csv:id commissioned cost years gone price",
    "accounting_pairs.csv:id asset",
    "accounting_batches.jsonl:year day brought_ms state read_from read_line pressed_ms file unit",
    "accounting_batch_rows.csv:line",
    "accounting_bases.csv:sequence",
    "accounting_suspenses.csv:year number day amount source entered_ms",
    "accounting_regies.csv:kind act_day ended cash_limit advance_limit deposit_days coin_limit",
    "accounting_takings.csv:id day means entered_ms",
    "accounting_deposits.csv:id day amount entered_ms cash",
    "accounting_figures.csv:id since value added_ms",
};

static bool is_unknowable(const char *file, const char *field, enum lie lie)
{
    struct str name = str_of(file), word;
    if (lie < OTHER_BYTES)
        return false;
    for (size_t i = 0; i < sizeof unknowable / sizeof *unknowable; i++) {
        struct str rest = str_of(unknowable[i]);
        if (!str_eq(str_cut(&rest, ':'), name))
            continue;
        while (rest.len > 0) {
            word = str_cut(&rest, ' ');
            if (str_eq(word, str_of(field)))
                return true;
        }
    }
    return false;
}

/* false: the field cannot tell that lie. */
static bool tell(void *row, const struct shape_field *field, enum lie lie)
{
    static const int64_t numbers[] = {[LEAST] = INT64_MIN, [MOST] = INT64_MAX,
                                      [LAST_DAY] = INT32_MAX, [MINUS_ONE] = -1};
    static char huge[HUGE_TEXT];
    if (field->kind == SHAPE_BYTES && lie == OTHER_BYTES && text_at(row, field)->len > 0) {
        *text_at(row, field) = str_format(kept, "%.*s!", STR_ARG(*text_at(row, field)));
        return true;
    }
    bool is_of_words = lie == HUGE_WORDS || lie == NO_UTF8;
    if (field->kind == SHAPE_INT && !is_of_words && lie != OTHER_BYTES) {
        int64_t was = *int_at(row, field);
        *int_at(row, field) = lie == ONE_MORE ? was + 1 : numbers[lie];
        return *int_at(row, field) != was;
    }
    if (field->kind != SHAPE_TEXT || !is_of_words)
        return false;
    memset(huge, 'x', sizeof huge);
    *text_at(row, field) = lie == HUGE_WORDS ? (struct str){huge, sizeof huge} : STR("\xff\xfe");
    return true;
}

static void each_lie_is_told(void **state)
{
    size_t escaped = 0, asked = 0;
    (void)state;
    for (size_t i = 0; i < file_count; i++) {
        const struct left *left = &files[i];
        /* People and the chain of audits are proven elsewhere. */
        bool is_other = !str_starts(str_of(left->file->name), STR("accounting_"));
        for (size_t f = 0; !is_other && left->count > 0 && f < left->file->shape->field_count; f++)
            for (enum lie lie = 0; lie < LIES; lie++) {
                void *row = copy_row(left->file->shape, left->rows[left->count - 1]);
                const struct shape_field *field = &left->file->shape->fields[f];
                if (!tell(row, field, lie))
                    continue;
                asked++;
                if (is_told(i, left->count - 1, row) || is_unknowable(left->file->name, field->name, lie))
                    continue;
                escaped++;
                print_message("%s, %s: %s is not told\n", left->file->name, field->name, lie_names[lie]);
            }
        if (!is_other && left->count > 0 && !is_told(i, left->count - 1, NULL)) {
            escaped++;
            print_message("%s: a row that comes twice is not told\n", left->file->name);
        }
        writer_job_begin(test.town.writer);
        assert_int_equal(writer_need(test.town.writer, SYNC_FULL), OK);
        assert_int_equal(test_end(&test, take_file(left, SIZE_MAX, NULL)), OK);
    }
    assert_true(asked > 1000);
    assert_int_equal(escaped, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(each_lie_is_told, leaves, ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
