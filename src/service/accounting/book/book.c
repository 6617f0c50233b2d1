#include "service/accounting/book/book.h"

#include "core/town.h"
#include "service/accounting/book/book_sql.h"
#include "service/accounting/book/book_state.h"
#include "service/accounting/lang.h"

enum { SCRATCH = 32 << 20, SEED_MAX = 1 << 10 };

/* ---- ids ---- */

struct str book_id(struct ctx *ctx)
{
    const struct chain_hash none = {{0}};
    struct buf seed BUF_SCOPE = BUF_INIT(SEED_MAX), text BUF_SCOPE = BUF_INIT(BOOK_ID_TEXT);
    buf_add_format(&seed, "%lld %lld %lld ", (long long)ctx->now.ms, (long long)ctx->actor.person,
                   (long long)ctx->actor.session);
    buf_add(&seed, ctx->trace);
    struct chain_hash hash = chain_next(&none, buf_str(&seed));
    for (size_t i = 0; i < ENTRY_ID_BYTES; i++)
        buf_add_format(&text, "%02x", hash.bytes[i]);
    return str_copy(ctx->arena, buf_str(&text));
}

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

enum status book_id_read(struct str text, unsigned char ret_id[ENTRY_ID_BYTES])
{
    if (text.len != BOOK_ID_TEXT)
        return INVALID;
    for (size_t i = 0; i < BOOK_ID_TEXT; i++)
        if (digit_of(text.at[i]) < 0)
            return INVALID;
    for (size_t i = 0; i < ENTRY_ID_BYTES; i++)
        ret_id[i] = (unsigned char)(digit_of(text.at[2 * i]) << 4 | digit_of(text.at[2 * i + 1]));
    return OK;
}

static enum status seen(struct ctx *ctx, const unsigned char id[ENTRY_ID_BYTES], struct sql_book_command_row *ret_row)
{
    struct str command = {(const char *)id, ENTRY_ID_BYTES};
    return sql_book_command(ctx->db, ctx->arena, (struct sql_book_command){.command = command}, ret_row);
}

enum status book_answer(struct ctx *ctx, const unsigned char id[ENTRY_ID_BYTES], struct ledger_answer *ret_answer)
{
    struct sql_book_command_row row;
    TRY(seen(ctx, id, &row));
    *ret_answer = (struct ledger_answer){.sequence = (uint64_t)row.sequence, .number = (uint32_t)row.number};
    return OK;
}

enum status book_repeated(struct ctx *ctx, const unsigned char id[ENTRY_ID_BYTES], enum entry_kind kind,
                          uint64_t reference, uint64_t *ret_sequence)
{
    struct sql_book_command_row row;
    struct book_act act;
    TRY(seen(ctx, id, &row));
    TRY(book_act(ctx, (uint64_t)row.sequence, &act));
    if (act.kind != kind || act.reference != reference)
        return NOT_FOUND;
    *ret_sequence = act.sequence;
    return OK;
}

void book_id_of(struct str words, unsigned char ret_id[ENTRY_ID_BYTES])
{
    const struct chain_hash none = {{0}};
    struct chain_hash hash = chain_next(&none, words);
    memcpy(ret_id, hash.bytes, ENTRY_ID_BYTES);
}

/* ---- an entry comes in ---- */

static enum status append(struct ctx *ctx, struct book_state *state, const struct entry *entry, struct str bytes,
                          const struct chain_hash *hash)
{
    struct refusal refusal;
    TRY(ledger_apply(state->ledger, entry, &refusal));
    TRY(sql_book_entry_add(ctx->db, (struct sql_book_entry_add){
                                        .sequence = (int64_t)entry->sequence,
                                        .command = {(const char *)entry->id, ENTRY_ID_BYTES},
                                        .bytes = bytes,
                                        .hash = {(const char *)hash->bytes, CHAIN_HASH_BYTES}}));
    return book_state_save(ctx, state, entry);
}

static enum status say(struct ctx *ctx, enum status status, const struct refusal *refusal, struct faults *faults)
{
    refusal_fault(refusal, faults);
    return refuse_with(ctx, status, "accounting.refused", T_accounting_refused, "%s %s %s", refusal->rule,
                       refusal->value, refusal->wanted);
}

static enum status answer_again(struct ctx *ctx, const struct entry *command, const struct sql_book_command_row *row,
                                struct ledger_answer *ret_answer, struct faults *faults)
{
    struct refusal refusal;
    if ((uint64_t)row->print == entry_print(command)) {
        *ret_answer = (struct ledger_answer){.sequence = (uint64_t)row->sequence, .number = (uint32_t)row->number};
        return OK;
    }
    if (refuse_text(&refusal, refusal_at("engine.id", "id"), str_of(entry_kind_name(command->kind)),
                    str_of(entry_kind_name((enum entry_kind)row->kind))) != INVALID)
        return BUG;
    return say(ctx, CONFLICT, &refusal, faults);
}

enum status book_post(struct ctx *ctx, struct entry *command, struct ledger_answer *ret_answer, struct faults *faults)
{
    struct arena *arena ARENA_SCOPE = arena_create(SCRATCH);
    struct buf bytes BUF_SCOPE = BUF_INIT(ENTRY_BYTES_MAX);
    struct sql_book_command_row row;
    struct book_state state;
    struct refusal refusal = {0};
    command->actor = ctx->actor.person;
    command->instant = ctx->now;
    command->entered = ctx_today(ctx);
    enum status done = seen(ctx, command->id, &row);
    if (done == OK)
        return answer_again(ctx, command, &row, ret_answer, faults);
    if (done != NOT_FOUND)
        return done;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(book_state_load(ctx, arena, command, &state));
    done = ledger_try(state.ledger, command, ret_answer, &refusal);
    if (done == INVALID)
        return say(ctx, INVALID, &refusal, faults);
    TRY(done);
    entry_write(&bytes, command);
    TRY(buf_status(&bytes));
    struct chain_hash hash = chain_next(&state.hash, buf_str(&bytes));
    return append(ctx, &state, command, buf_str(&bytes), &hash);
}

enum status book_take(struct ctx *ctx, struct str bytes, const struct chain_hash *hash)
{
    struct arena *arena ARENA_SCOPE = arena_create(SCRATCH);
    struct sql_book_command_row row;
    struct book_state state;
    struct entry entry;
    TRY(entry_read(arena, bytes, &entry));
    enum status done = seen(ctx, entry.id, &row);
    if (done != NOT_FOUND)
        return done == OK ? INVALID : done;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(book_state_load(ctx, arena, &entry, &state));
    struct chain_hash is = chain_next(&state.hash, bytes);
    if (!chain_hash_is(&is, hash))
        return INVALID;
    return append(ctx, &state, &entry, bytes, hash);
}

/* ---- what stands ---- */

static enum status exercise_of(struct ctx *ctx, struct str budget, int32_t year, struct sql_book_exercise_row *ret_row)
{
    return sql_book_exercise(ctx->db, ctx->arena, (struct sql_book_exercise){.budget = budget, .year = year}, ret_row);
}

enum status book_is_closed(struct ctx *ctx, struct str budget, int32_t year, bool *ret_is_closed)
{
    struct sql_book_exercise_row row;
    enum status done = exercise_of(ctx, budget, year, &row);
    *ret_is_closed = done == OK && row.is_closed != 0;
    return done == NOT_FOUND ? OK : done;
}

enum status book_cells(struct ctx *ctx, struct str budget, int32_t year, struct book_cell **ret_cells,
                       size_t *ret_count)
{
    struct sql_book_exercise_row exercise;
    struct sql_book_cell_list_row *rows;
    size_t count;
    *ret_cells = NULL;
    *ret_count = 0;
    enum status done = exercise_of(ctx, budget, year, &exercise);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    TRY(sql_book_cell_list(ctx->db, ctx->arena, (struct sql_book_cell_list){.exercise = exercise.id}, &rows, &count));
    struct book_cell *cells = arena_array(ctx->arena, struct book_cell, count + 1);
    if (cells == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        cells[i] = (struct book_cell){.id = rows[i].id,
                                      .key = {.budget = budget, .exercise = (uint16_t)year, .level = rows[i].level,
                                              .section = (enum cell_section)rows[i].section,
                                              .direction = (enum cell_direction)rows[i].direction},
                                      .voted = {-rows[i].council},
                                      .available = {rows[i].available},
                                      .reserved = {rows[i].reserved},
                                      .ordered = {rows[i].ordered}};
    *ret_cells = cells;
    *ret_count = count;
    return OK;
}

enum status book_cell(struct ctx *ctx, const struct cell_key *key, struct book_cell *ret_cell)
{
    struct sql_book_exercise_row exercise;
    struct sql_book_cell_row row;
    TRY(exercise_of(ctx, key->budget, key->exercise, &exercise));
    TRY(sql_book_cell(ctx->db, ctx->arena,
                      (struct sql_book_cell){.exercise = exercise.id, .section = key->section,
                                             .direction = key->direction, .level = key->level},
                      &row));
    *ret_cell = (struct book_cell){.id = row.id, .key = *key, .voted = {-row.council}, .available = {row.available},
                                   .reserved = {row.reserved}, .ordered = {row.ordered}};
    return OK;
}

#define ACT_OF(row, number_of_it)                                                                                      \
    (struct book_act)                                                                                                  \
    {                                                                                                                  \
        .sequence = (uint64_t)(number_of_it), .reference = (uint64_t)(row).reference, .budget = (row).budget,          \
        .year = (int32_t)(row).year, .kind = (enum entry_kind)(row).kind, .number = (uint32_t)(row).number,            \
        .day = {(int32_t)(row).day}, .instant = {(row).instant_ms}, .actor = (row).actor, .label = (row).label,        \
        .amount = {(row).amount}, .remains = {(row).remains}                                                           \
    }

enum status book_act(struct ctx *ctx, uint64_t sequence, struct book_act *ret_act)
{
    struct sql_book_posted_row row;
    TRY(sql_book_posted(ctx->db, ctx->arena, (struct sql_book_posted){.sequence = (int64_t)sequence}, &row));
    *ret_act = ACT_OF(row, sequence);
    return OK;
}

enum status book_acts_of_cell(struct ctx *ctx, int64_t cell, struct book_act **ret_acts, size_t *ret_count)
{
    struct sql_book_posted_of_cell_row *rows;
    size_t count;
    TRY(sql_book_posted_of_cell(ctx->db, ctx->arena, (struct sql_book_posted_of_cell){.cell = cell}, &rows, &count));
    struct book_act *acts = arena_array(ctx->arena, struct book_act, count + 1);
    if (acts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        acts[i] = ACT_OF(rows[i], rows[i].sequence);
    *ret_acts = acts;
    *ret_count = count;
    return OK;
}

enum status book_left(struct ctx *ctx, uint64_t sequence, enum entry_kind kind, struct posting **ret_postings,
                      size_t *ret_count)
{
    struct sql_book_line_list_row *rows;
    struct sql_book_cell_at_row cell;
    size_t count;
    TRY(sql_book_line_list(ctx->db, ctx->arena, (struct sql_book_line_list){.sequence = (int64_t)sequence}, &rows,
                           &count));
    struct entry entry = {.kind = kind, .postings = arena_array(ctx->arena, struct posting, count + 1)};
    if (entry.postings == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        TRY(sql_book_cell_at(ctx->db, ctx->arena, (struct sql_book_cell_at){.id = rows[i].cell}, &cell));
        struct entry_place place = {(enum cell_section)cell.section, (enum cell_direction)cell.direction, cell.level};
        TRY(entry_add(&entry, count, &place, (struct money){rows[i].remains}));
    }
    *ret_postings = entry.postings;
    *ret_count = entry.posting_count;
    return OK;
}
