/* How long a town waits for an engagement that is on disk, and how many postings a second go in together.
 *
 *     book FOLDER SINGLE BATCHES     a new town in FOLDER, taken away again
 *
 * SINGLE engagements and mandats in turn, each a commit of its own with its sync, as one person's press; then BATCHES
 * of thousand mandats of ten lines, each batch a commit. Wall time: what is waited for is the disk. */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/town.h"
#include "db/migrate.h"
#include "migrations.h"
#include "service/accounting/book/book.h"

enum { ARENA = 256 << 20, YEAR = 2026, CELLS = 40, LINES = 10, IN_BATCH = 1000, FINDINGS = 1 << 16 };

struct bench {
    struct arena *arena, *words;
    struct town town;
    struct faults *faults;
    uint64_t ids;
    size_t cell;
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void town_open(struct bench *bench, const char *path)
{
    struct str refusal = STR("");
    struct instant now = {INT64_C(1795428720000)};
    struct migrate_plan plan = {
        .database = DATABASE_TOWN, .sets = migration_sets, .set_count = MIGRATION_SET_COUNT, .now = now};
    *bench = (struct bench){.arena = arena_create(ARENA), .words = arena_create(ARENA)};
    bench->faults = arena_new(bench->arena, struct faults);
    bench->faults->arena = bench->arena;
    bench->town = (struct town){.member = 1, .name = STR("bench")};
    REQUIRE(db_open(path, DB_CREATE, &bench->town.db) == OK);
    REQUIRE(migrate(bench->town.db, bench->arena, &plan, &refusal) == OK);
    bench->town.writer = writer_create(bench->town.db);
}

static struct ctx ctx_of(struct bench *bench)
{
    return (struct ctx){.arena = bench->words, .town = &bench->town, .db = bench->town.db, .trace = STR(""),
                        .now = {INT64_C(1795428720000)}, .actor = {.person = 1, .address = STR(""), .name = STR("")}};
}

static void command_of(struct bench *bench, enum entry_kind kind, uint64_t reference, struct entry *ret_entry)
{
    *ret_entry = (struct entry){.kind = kind, .day = date_of(YEAR, 11, 2), .budget = STR("21560046100010"),
                                .exercise = YEAR, .label = STR("Fournitures d’école"), .reference = reference,
                                .postings = arena_array(bench->words, struct posting, CELLS)};
    REQUIRE(ret_entry->postings != NULL);
    bench->ids++;
    memcpy(ret_entry->id, &bench->ids, sizeof bench->ids);
}

/* Some cells behind one another, another beginning each time. */
static void add_lines(struct bench *bench, struct entry *entry, size_t count, int64_t cents)
{
    size_t from = bench->cell++ % (CELLS - count + 1);
    for (size_t i = from; i < from + count; i++) {
        struct entry_place place = {.section = CELL_FUNCTIONING, .direction = CELL_EXPENSE,
                                    .level = str_format(bench->words, "%zu", 6000 + i)};
        REQUIRE(entry_add(entry, CELLS, &place, (struct money){cents}) == OK);
    }
}

static uint64_t post(struct bench *bench, struct entry *entry)
{
    struct ledger_answer answer;
    struct ctx ctx = ctx_of(bench);
    writer_job_begin(bench->town.writer);
    REQUIRE(writer_job_end(bench->town.writer, book_post(&ctx, entry, &answer, bench->faults)) == OK);
    REQUIRE(answer.is_new);
    return answer.sequence;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void say_times(const char *name, double *took, size_t count)
{
    qsort(took, count, sizeof *took, by_size);
    printf("%s %zu p50 %.3f p99 %.3f most %.3f ms\n", name, count, 1e3 * took[count / 2], 1e3 * took[count * 99 / 100],
           1e3 * took[count - 1]);
}

/* What the disk takes for itself: two pages more, and their sync. */
static void bare(const char *path, double *took, size_t count)
{
    static const char pages[8192];
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    REQUIRE(file >= 0);
    for (size_t i = 0; i < count; i++) {
        double from = seconds();
        REQUIRE(write(file, pages, sizeof pages) == sizeof pages && fdatasync(file) == 0);
        took[i] = seconds() - from;
    }
    close(file);
    (void)unlink(path);
    say_times("bare", took, count);
}

static void singles(struct bench *bench, double *took, size_t count)
{
    uint64_t engaged = 0;
    for (size_t i = 0; i < count; i++) {
        struct entry entry;
        arena_reset(bench->words);
        command_of(bench, i % 2 == 0 ? ENTRY_ENGAGE : ENTRY_ORDER, i % 2 == 0 ? 0 : engaged, &entry);
        bench->cell -= i % 2; /* the mandat is charged to what was engaged */
        add_lines(bench, &entry, 1, 1000);
        double from = seconds();
        uint64_t sequence = post(bench, &entry);
        REQUIRE(writer_commit(bench->town.writer) == OK);
        took[i] = seconds() - from;
        engaged = i % 2 == 0 ? sequence : engaged;
        if (db_log_size(bench->town.db) > 8 << 20)
            REQUIRE(db_checkpoint(bench->town.db) == OK);
    }
    say_times("single", took, count);
}

static void batches(struct bench *bench, double *took, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        arena_reset(bench->words);
        double from = seconds();
        for (size_t one = 0; one < IN_BATCH; one++) {
            struct entry entry;
            command_of(bench, ENTRY_ORDER_DIRECT, 0, &entry);
            add_lines(bench, &entry, LINES, 100);
            (void)post(bench, &entry);
        }
        REQUIRE(writer_commit(bench->town.writer) == OK);
        took[i] = seconds() - from;
        REQUIRE(db_checkpoint(bench->town.db) == OK);
    }
    qsort(took, count, sizeof *took, by_size);
    printf("batch %zu postings %d best %.0f median %.0f a second\n", count, IN_BATCH * LINES,
           IN_BATCH * LINES / took[0], IN_BATCH * LINES / took[count / 2]);
}

int main(int count, char **words)
{
    struct bench bench;
    struct entry vote;
    if (count != 4) {
        fprintf(stderr, "usage: book FOLDER SINGLE BATCHES\n");
        return 2;
    }
    char path[PATH_MAX];
    size_t single = (size_t)atol(words[2]), batch = (size_t)atol(words[3]);
    double *took = calloc(single + batch + 1, sizeof *took);
    REQUIRE(took != NULL);
    snprintf(path, sizeof path, "%s/bare", words[1]);
    bare(path, took, single);
    snprintf(path, sizeof path, "%s/bench.db", words[1]);
    town_open(&bench, path);
    command_of(&bench, ENTRY_VOTE, 0, &vote);
    add_lines(&bench, &vote, CELLS, INT64_C(100000000000));
    (void)post(&bench, &vote);
    REQUIRE(writer_commit(bench.town.writer) == OK);
    singles(&bench, took, single);
    batches(&bench, took, batch);

    struct buf findings BUF_SCOPE = BUF_INIT(FINDINGS);
    struct book_proof proof;
    struct ctx ctx = ctx_of(&bench);
    REQUIRE(book_verify(&ctx, &proof, &findings) == OK);
    printf("verified %llu entries, %zu findings\n", (unsigned long long)proof.entries, findings.len);
    writer_destroy(bench.town.writer);
    db_close(bench.town.db);
    (void)unlink(path);
    free(took);
    arena_destroy(&bench.arena);
    arena_destroy(&bench.words);
    return findings.len > 0;
}
