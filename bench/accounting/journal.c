/* A journal from a seed, in any form; and what parvis makes of one: proof, sums, and how long that takes.
 *
 *     journal make LINES SEED run|jsonl|csv|ledger >FILE
 *     journal verify FILE            a run: hashes, every rule, the fold
 *     journal lines FILE             the same from JSON lines
 *     journal balances FILE          a run's sums, as `ACCOUNT,AMOUNT`, in the order of accounts
 *
 * Two budgets over three exercises, 140 cells each: engagements, their mandats in parts, some reduced, mandats without
 * engagement, titres. Mandats post engagements of long ago as often as of just now. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "base/base64.h"
#include "base/seeded.h"
#include "service/accounting/engine/journal_format.h"
#include "service/accounting/engine/statement.h"
#include "service/accounting/engine/verify.h"

enum { YEARS = 3, FIRST_YEAR = 2024, BUDGETS = 2, EXPENSES = 120, RECEIPTS = 20, OPEN = 4096, OUT_MAX = 64 << 20,
       SCRATCH = 1 << 20, LEVEL_BYTES = 8, PIECE = 4 << 20,
       BYTES = 170, LINE_BYTES = 460 /* of an entry of this journal, at least */, RUN = JOURNAL_FORMATS };

static const size_t ledger_max = (size_t)4 << 30;

/* Of the processor: others may want it at the same time. */
static double seconds_used(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- made ---- */

/* What may still be ordered of an engagement, or reduced of a mandat. */
struct open {
    uint64_t sequence;
    int64_t left;
    int level;
    bool is_order;
};

struct making {
    struct seeded random;
    struct ledger *ledger;
    struct chain_hash hash;
    struct buf out;
    int format;
    uint64_t ids;
    int year, budget;
    struct open open[OPEN];
    size_t open_count;
};

static void flush(struct making *making)
{
    REQUIRE(buf_status(&making->out) == OK);
    REQUIRE(fwrite(making->out.at, 1, making->out.len, stdout) == making->out.len);
    buf_clear(&making->out);
}

static uint64_t commit(struct making *making, struct entry *entry)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    struct ledger_answer answer;
    struct refusal refusal = {0};
    making->ids++;
    memcpy(entry->id, &making->ids, sizeof making->ids);
    entry->instant.ms = 1700000000000 + (int64_t)making->ids * 1000;
    enum status done = ledger_try(making->ledger, entry, &answer, &refusal);
    if (done != OK)
        fprintf(stderr, "%s: %s %s\n", refusal.rule, refusal.value, refusal.wanted);
    REQUIRE(done == OK && ledger_apply(making->ledger, entry, &refusal) == OK);
    entry_write(&bytes, entry);
    if (making->format == RUN) {
        chain_add(&making->out, &making->hash, buf_str(&bytes));
    } else {
        making->hash = chain_next(&making->hash, buf_str(&bytes));
        journal_write(&making->out, (enum journal_format)making->format, entry, &making->hash);
    }
    if (making->out.len > OUT_MAX / 2)
        flush(making);
    return answer.sequence;
}

struct act {
    enum entry_kind kind;
    enum cell_account from, to;
    int level;
    int64_t cents;
    uint64_t reference;
};

/* Levels 0 to 79 are expenses of functioning, to 119 of investment, then receipts of functioning. */
static uint64_t act(struct making *making, struct act act)
{
    static const struct str budgets[BUDGETS] = {STR_INIT("21560046100010"), STR_INIT("21560046100028")};
    char level[LEVEL_BYTES];
    int length = snprintf(level, sizeof level, "%d", 600 + act.level);
    bool is_receipt = act.level >= EXPENSES;
    struct posting posting = {.level = {level, (size_t)length}, .amount = {act.cents}, .from = act.from, .to = act.to,
                              .section = act.level < 80 || is_receipt ? CELL_FUNCTIONING : CELL_INVESTMENT,
                              .direction = is_receipt ? CELL_RECEIPT : CELL_EXPENSE};
    struct date day = date_of(making->year, 3 + (int)(making->ids % 9), 1 + (int)(making->ids % 28));
    struct entry entry = {.kind = act.kind, .day = day, .entered = day, .actor = 7, .reference = act.reference,
                          .budget = budgets[making->budget], .exercise = (uint16_t)making->year,
                          .label = STR("Fournitures d’école, facture du trimestre"), .postings = &posting,
                          .posting_count = act.kind == ENTRY_CLOSE ? 0 : 1};
    return commit(making, &entry);
}

static void remember(struct making *making, struct open open)
{
    size_t place = making->open_count < OPEN ? making->open_count++ : (size_t)seeded_below(&making->random, OPEN);
    making->open[place] = open;
}

/* Posts a part of what is open, or reduces one. */
static void follow(struct making *making, struct open *open)
{
    int64_t cents = 1 + (int64_t)seeded_below(&making->random, (uint64_t)open->left);
    struct act order = {ENTRY_ORDER, CELL_RESERVED, CELL_ORDERED, open->level, cents, open->sequence};
    struct act reduction = {ENTRY_ORDER_REDUCE, CELL_ORDERED, CELL_AVAILABLE, open->level, cents, open->sequence};
    uint64_t sequence = act(making, open->is_order ? reduction : order);
    open->left -= cents;
    bool may_be_reduced = !open->is_order && seeded_below(&making->random, 10) == 0;
    struct open made = {sequence, cents, open->level, true};
    if (open->left == 0)
        *open = making->open[--making->open_count];
    if (may_be_reduced)
        remember(making, made);
}

static void engage(struct making *making, int level, int64_t cents)
{
    struct act engagement = {ENTRY_ENGAGE, CELL_AVAILABLE, CELL_RESERVED, level, cents, 0};
    uint64_t sequence = act(making, engagement);
    remember(making, (struct open){sequence, cents, level, false});
}

static void one_line(struct making *making)
{
    uint64_t what = seeded_below(&making->random, 20);
    int64_t cents = 100 + (int64_t)seeded_below(&making->random, 100000);
    int level = (int)seeded_below(&making->random, EXPENSES);
    if (what < 10 && making->open_count > 0)
        follow(making, &making->open[seeded_below(&making->random, making->open_count)]);
    else if (what < 17)
        engage(making, level, cents);
    else if (what < 18)
        (void)act(making, (struct act){ENTRY_ORDER_DIRECT, CELL_AVAILABLE, CELL_ORDERED, level, cents, 0});
    else
        (void)act(making, (struct act){ENTRY_TITLE, CELL_AVAILABLE, CELL_ORDERED,
                                       EXPENSES + (int)seeded_below(&making->random, RECEIPTS), cents, 0});
}

static void make(int lines, uint64_t seed, int format)
{
    struct arena *arena ARENA_SCOPE = arena_create(ledger_max);
    struct making *making = arena_new(arena, struct making);
    *making = (struct making){.random = {seed}, .out = BUF_INIT(OUT_MAX), .format = format};
    REQUIRE(ledger_in(arena, &making->ledger) == OK);
    if (format != RUN)
        journal_begin(&making->out, (enum journal_format)format);
    int each = lines / (YEARS * BUDGETS) + 1, votes = EXPENSES + RECEIPTS;
    for (int i = 0; i < lines; i++) {
        int within = i % each;
        making->year = FIRST_YEAR + i / each / BUDGETS;
        making->budget = i / each % BUDGETS;
        if (within == 0)
            making->open_count = 0;
        if (within < votes)
            (void)act(making, (struct act){ENTRY_VOTE, CELL_COUNCIL, CELL_AVAILABLE, within, INT64_C(10000000000), 0});
        else
            one_line(making);
    }
    flush(making);
    buf_finish(&making->out);
}

/* ---- read ---- */

/* As much as is there of the entries or lines that a piece of the file holds whole; *ret_length is how far. */
static enum status read_piece(struct verification *verification, struct str piece, bool is_lines, size_t *ret_length)
{
    *ret_length = 0;
    if (!is_lines) {
        enum status done = verify_run(verification, piece, ret_length);
        bool is_cut = done == INVALID && strcmp(verification->refusal.rule, "engine.cut") == 0;
        return is_cut ? OK : done;
    }
    for (size_t end; (end = str_find_byte(piece, '\n')) != SIZE_MAX; piece = str_after(piece, end + 1)) {
        TRY(verify_line(verification, str_slice(piece, 0, end)));
        *ret_length += end + 1;
    }
    return OK;
}

static enum status read_all(struct verification *verification, FILE *file, bool is_lines)
{
    struct buf piece BUF_SCOPE = BUF_INIT(PIECE + ENTRY_BYTES_MAX);
    size_t length;
    while (true) {
        char *room = buf_reserve(&piece, PIECE - piece.len);
        REQUIRE(room != NULL);
        size_t got = fread(room, 1, PIECE - piece.len, file);
        buf_grew(&piece, got);
        TRY(read_piece(verification, buf_str(&piece), is_lines, &length));
        if (got == 0)
            return piece.len == length ? OK : INVALID;
        buf_consume(&piece, length);
    }
}

static void print_verified(const struct verification *verification, double seconds)
{
    struct arena *scratch ARENA_SCOPE = arena_create(SCRATCH);
    struct buf words BUF_SCOPE = BUF_INIT(SCRATCH);
    struct chain_hash digest;
    REQUIRE(statement_digest(verification->ledger, &verification->hash, scratch, &digest) == OK);
    buf_add_format(&words, "%llu entries, %llu postings, hash ", (unsigned long long)verification->count,
                   (unsigned long long)verification->postings);
    hex_encode(&words, (struct str){(const char *)verification->hash.bytes, CHAIN_HASH_BYTES});
    buf_add_literal(&words, ", digest ");
    hex_encode(&words, (struct str){(const char *)digest.bytes, CHAIN_HASH_BYTES});
    printf("%.*s\n%.3f s of processor, %.0f entries a second\n", STR_ARG(buf_str(&words)), seconds,
           (double)verification->count / seconds);
}

static int order_of_lines(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

static void print_balances(const struct ledger *ledger, struct str budget, uint16_t year)
{
    struct arena *arena ARENA_SCOPE = arena_create(SCRATCH);
    struct buf line BUF_SCOPE = BUF_INIT(SCRATCH);
    char *lines[(EXPENSES + RECEIPTS) * CELL_ACCOUNTS];
    size_t count = 0;
    for (const struct cell *cell = ledger_cells(ledger, budget, year); cell != NULL; cell = cell->next)
        for (enum cell_account account = 0; account < CELL_ACCOUNTS; account++) {
            if (cell->sums[account].cents == 0)
                continue;
            buf_clear(&line);
            buf_add_format(&line, "%.*s:%u:%c:%c:%.*s:%s,", STR_ARG(budget), year,
                           cell_section_letter(cell->key.section), cell_direction_letter(cell->key.direction),
                           STR_ARG(cell->key.level), cell_account_name(account));
            money_write(&line, cell->sums[account]);
            lines[count++] = str_c(arena, buf_str(&line));
        }
    qsort(lines, count, sizeof *lines, order_of_lines);
    for (size_t i = 0; i < count; i++)
        puts(lines[i]);
}

static int verify(const char *path, bool is_lines, bool is_balances)
{
    struct arena *arena ARENA_SCOPE = arena_create(ledger_max), *scratch ARENA_SCOPE = arena_create(SCRATCH);
    struct ledger *ledger;
    FILE *file = fopen(path, "rb");
    struct stat about;
    REQUIRE(file != NULL && fstat(fileno(file), &about) == 0);
    REQUIRE(ledger_in(arena, &ledger) == OK);
    struct verification verification = verification_in(ledger, scratch);
    double before = seconds_used();
    REQUIRE(ledger_reserve(ledger, (uint64_t)about.st_size / (is_lines ? LINE_BYTES : BYTES)) == OK);
    enum status done = read_all(&verification, file, is_lines);
    double seconds = seconds_used() - before;
    fclose(file);
    if (done != OK) {
        fprintf(stderr, "entry %llu: %s\n", (unsigned long long)verification.count + 1, verification.refusal.rule);
        return 1;
    }
    if (!is_balances)
        print_verified(&verification, seconds);
    for (uint16_t year = FIRST_YEAR; is_balances && year < FIRST_YEAR + YEARS; year++) {
        print_balances(ledger, STR("21560046100010"), year);
        print_balances(ledger, STR("21560046100028"), year);
    }
    return 0;
}

int main(int argc, char **argv)
{
    enum journal_format format;
    struct str word = str_of(argc > 1 ? argv[1] : "");
    if (argc == 5 && str_eq(word, STR("make"))) {
        bool is_run = str_eq(str_of(argv[4]), STR("run"));
        if (!is_run && journal_format_named(str_of(argv[4]), &format) != OK)
            return 64;
        make((int)strtol(argv[2], NULL, 10), strtoull(argv[3], NULL, 10), is_run ? RUN : (int)format);
        return 0;
    }
    if (argc == 3 && str_eq(word, STR("verify")))
        return verify(argv[2], false, false);
    if (argc == 3 && str_eq(word, STR("lines")))
        return verify(argv[2], true, false);
    if (argc == 3 && str_eq(word, STR("balances")))
        return verify(argv[2], false, true);
    fprintf(stderr, "journal make LINES SEED run|jsonl|csv|ledger | verify FILE | lines FILE | balances FILE\n");
    return 64;
}
