/* For tests of proofs: damage that no page can do, done in a job that leaves nothing, and what a proof finds of it. */
#ifndef CORE_TEST_DAMAGE_H
#define CORE_TEST_DAMAGE_H

#include "core/test_town.h"

enum { DAMAGE_QUERIES_MAX = 256, DAMAGE_BYTES = 1 << 16 };

struct damage {
    const char *sql, *finding;
};

/* One line of `findings` for each thing that does not hold. */
typedef enum status damage_proof(struct ctx *ctx, struct buf *findings);

/* In a job of the writer; rows it changed. */
static inline int64_t damage_run(struct test_town *town, const char *sql)
{
    static struct db_query queries[DAMAGE_QUERIES_MAX];
    static unsigned count;
    struct db_cursor *cursor;
    assert_true(count < DAMAGE_QUERIES_MAX);
    queries[count] = (struct db_query){"damage", sql, DB_SLOT_MAX - 1 - count};
    assert_int_equal(db_start(town->town.db, &queries[count++], &cursor), OK);
    enum status done = db_step(cursor);
    if (done != NOT_FOUND)
        fail_msg("%s: status %d", sql, (int)done);
    db_end(cursor);
    return db_changes(town->town.db);
}

/* Damage that stays. */
static inline void damage_do(struct test_town *town, const char *sql)
{
    writer_job_begin(town->town.writer);
    assert_int_equal(writer_need(town->town.writer, SYNC_FULL), OK);
    assert_true(damage_run(town, sql) > 0);
    assert_int_equal(test_end(town, OK), OK);
}

static inline void damage_finds(struct test_town *town, damage_proof *proof, struct buf *findings)
{
    struct ctx ctx = test_ctx(town);
    buf_clear(findings);
    enum status done = proof(&ctx, findings);
    if (done != OK)
        fail_msg("the proof ends with status %d", (int)done);
}

static inline void damage_finds_nothing(struct test_town *town, damage_proof *proof)
{
    struct buf findings BUF_SCOPE = BUF_INIT(DAMAGE_BYTES);
    damage_finds(town, proof, &findings);
    if (findings.len > 0)
        fail_msg("%.*s", STR_ARG(buf_str(&findings)));
}

/* Nothing is found before; each damage alone is; and nothing once all are undone. */
static inline void damages_are_found(struct test_town *town, damage_proof *proof, const struct damage *damages,
                                     size_t count)
{
    struct buf findings BUF_SCOPE = BUF_INIT(DAMAGE_BYTES);
    size_t missed = 0;
    damage_finds_nothing(town, proof);
    for (size_t i = 0; i < count; i++) {
        writer_job_begin(town->town.writer);
        assert_int_equal(writer_need(town->town.writer, SYNC_FULL), OK);
        damage_run(town, "PRAGMA defer_foreign_keys = ON");
        int64_t changed = damage_run(town, damages[i].sql);
        damage_finds(town, proof, &findings);
        assert_int_equal(test_end(town, LIMIT), LIMIT);
        if (changed > 0 && str_find(buf_str(&findings), str_of(damages[i].finding)) != SIZE_MAX)
            continue;
        print_message("%s\n  changed %lld rows, and \"%s\" is not in:\n%.*s", damages[i].sql, (long long)changed,
                      damages[i].finding, STR_ARG(buf_str(&findings)));
        missed++;
    }
    assert_int_equal(missed, 0);
    damage_finds_nothing(town, proof);
}

#endif
