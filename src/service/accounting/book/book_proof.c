#include <stdarg.h>
#include <stdio.h>

#include "core/town.h"
#include "service/accounting/book/book_sql.h"
#include "service/accounting/book/book_state.h"
#include "service/accounting/engine/statement.h"
#include "service/accounting/engine/verify.h"

enum { SCRATCH = 32 << 20, FINDINGS_MAX = 100, LINE_MAX_BYTES = 512 };
/* Of the whole journal as it is folded: some 100 bytes an entry. */
static const size_t ledger_max = (size_t)2 << 30;

static enum status hash_of(struct str bytes, struct chain_hash *ret_hash)
{
    if (bytes.len != CHAIN_HASH_BYTES)
        return INVALID;
    memcpy(ret_hash->bytes, bytes.at, CHAIN_HASH_BYTES);
    return OK;
}

/* ---- every entry ---- */

struct reading {
    struct arena *arena;
    book_visit *visit;
    void *with;
};

static enum status read_one(void *with, const struct sql_book_entry_each_row *row)
{
    struct reading *reading = with;
    struct entry entry;
    struct chain_hash hash;
    arena_reset(reading->arena);
    TRY(entry_read(reading->arena, row->bytes, &entry));
    TRY(hash_of(row->hash, &hash));
    return reading->visit(reading->with, &entry, row->bytes, &hash);
}

enum status book_each(struct ctx *ctx, book_visit *visit, void *with)
{
    struct arena *arena ARENA_SCOPE = arena_create(SCRATCH);
    struct reading reading = {arena, visit, with};
    return sql_book_entry_each(ctx->db, read_one, &reading);
}

/* ---- folded anew ---- */

static enum status fold_one(void *with, const struct entry *entry, struct str bytes, const struct chain_hash *hash)
{
    struct ctx *ctx = with;
    struct arena *arena ARENA_SCOPE = arena_create(SCRATCH);
    struct book_state state;
    struct refusal refusal;
    (void)bytes;
    (void)hash;
    TRY(book_state_load(ctx, arena, entry, &state));
    TRY(ledger_apply(state.ledger, entry, &refusal));
    return book_state_save(ctx, &state, entry);
}

enum status book_rebuild(struct ctx *ctx)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(book_state_forget(ctx));
    enum status done = book_each(ctx, fold_one, ctx);
    return done == INVALID ? CORRUPT : done;
}

/* ---- proof ---- */

struct proving {
    struct verification verification;
    struct arena *scratch;
    struct buf *findings;
    uint64_t at; /* the sequence expected next */
    size_t found;
};

static void find(struct proving *proving, const char *format, ...) FORMAT(2, 3);
static void find(struct proving *proving, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    va_list words;
    if (proving->found++ >= FINDINGS_MAX)
        return;
    va_start(words, format);
    vsnprintf(line, sizeof line, format, words);
    va_end(words);
    buf_add_c(proving->findings, line);
    buf_add_c(proving->findings, "\n");
}

static enum status prove_entry(void *with, const struct sql_book_entry_each_row *row)
{
    struct proving *proving = with;
    struct chain_hash hash = {{0}};
    proving->at++;
    if (row->sequence != (int64_t)proving->at) {
        find(proving, "entry %llu: engine.sequence: the next one stored is %lld", (unsigned long long)proving->at,
             (long long)row->sequence);
        return GONE;
    }
    enum status done = hash_of(row->hash, &hash);
    if (done == OK)
        done = verify_next(&proving->verification, row->bytes, &hash);
    const struct refusal *refusal = &proving->verification.refusal;
    if (done != INVALID)
        return done;
    find(proving, "entry %llu: %s %s: %s, %s", (unsigned long long)proving->at,
         refusal->rule != NULL ? refusal->rule : "engine.hash", refusal->field != NULL ? refusal->field : "hash",
         refusal->value, refusal->wanted);
    return GONE;
}

static enum status prove_cell(void *with, const struct sql_book_cell_each_row *row)
{
    struct proving *proving = with;
    struct cell_key key = {.budget = row->budget, .exercise = (uint16_t)row->year, .level = row->level,
                           .section = (enum cell_section)row->section,
                           .direction = (enum cell_direction)row->direction};
    const struct cell *cell = ledger_cell(proving->verification.ledger, &key);
    const int64_t stored[CELL_ACCOUNTS] = {row->council, row->available, row->reserved, row->ordered};
    bool is_same = cell != NULL;
    for (size_t i = 0; is_same && i < CELL_ACCOUNTS; i++)
        is_same = cell->sums[i].cents == stored[i];
    is_same = is_same && cell->reversed.cents == row->reversed;
    if (!is_same) {
        struct buf name BUF_SCOPE = BUF_INIT(256);
        cell_write(&name, &key);
        find(proving, "cell %.*s: its sums are not what the journal comes to (I12)", STR_ARG(buf_str(&name)));
    }
    return OK;
}

static enum status prove_posted(void *with, const struct sql_book_posted_each_row *row)
{
    struct proving *proving = with;
    if (ledger_left(proving->verification.ledger, (uint64_t)row->sequence).cents != row->remains)
        find(proving, "entry %lld: what is left of it is not what the journal comes to (I12)",
             (long long)row->sequence);
    return OK;
}

static enum status prove_line(void *with, const struct sql_book_line_each_row *row)
{
    struct proving *proving = with;
    if (ledger_line_left(proving->verification.ledger, (uint64_t)row->sequence, (size_t)row->place).cents !=
        row->remains)
        find(proving, "entry %lld, posting %lld: what is left of it is not what the journal comes to (I12)",
             (long long)row->sequence, (long long)row->place);
    return OK;
}

static enum status prove_number(void *with, const struct sql_book_number_each_row *row)
{
    struct proving *proving = with;
    if (ledger_number(proving->verification.ledger, row->budget, (uint16_t)row->year, (enum entry_series)row->kind,
                      (uint8_t)row->series) != (uint32_t)row->last)
        find(proving, "numbers of %.*s %lld: the last one is not what the journal comes to (I5)",
             STR_ARG(row->budget), (long long)row->year);
    return OK;
}

/* The derived tables hold as many rows as the journal makes: whether each is right was asked row by row. */
static enum status prove_counts(struct ctx *ctx, struct proving *proving)
{
    struct sql_book_counts_row row;
    TRY(sql_book_counts(ctx->db, ctx->arena, &row));
    if (row.posted != (int64_t)proving->verification.count)
        find(proving, "%lld acts are stored, the journal has %llu (I12)", (long long)row.posted,
             (unsigned long long)proving->verification.count);
    if (row.lines != (int64_t)proving->verification.postings)
        find(proving, "%lld postings are stored, the journal has %llu (I12)", (long long)row.lines,
             (unsigned long long)proving->verification.postings);
    return OK;
}

enum status book_verify(struct ctx *ctx, struct book_proof *ret_proof, struct buf *findings)
{
    struct arena *arena ARENA_SCOPE = arena_create(ledger_max), *scratch ARENA_SCOPE = arena_create(SCRATCH);
    struct chain_hash digest = {{0}};
    struct ledger *ledger;
    TRY(ledger_in(arena, &ledger));
    struct proving proving = {.verification = verification_in(ledger, scratch), .findings = findings};
    enum status done = sql_book_entry_each(ctx->db, prove_entry, &proving);
    if (done != OK && done != GONE)
        return done;
    if (done == OK) {
        TRY(sql_book_cell_each(ctx->db, prove_cell, &proving));
        TRY(sql_book_posted_each(ctx->db, prove_posted, &proving));
        TRY(sql_book_line_each(ctx->db, prove_line, &proving));
        TRY(sql_book_number_each(ctx->db, prove_number, &proving));
        TRY(prove_counts(ctx, &proving));
        TRY(statement_digest(ledger, &proving.verification.hash, scratch, &digest));
    }
    *ret_proof = (struct book_proof){proving.verification.count, proving.verification.postings,
                                     proving.verification.hash, digest};
    return buf_status(findings);
}
