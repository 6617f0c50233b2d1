#include "service/accounting/book/book_state.h"

#include "service/accounting/book/book_sql.h"
#include "service/accounting/book/book_word.h"

/* ---- what a command touches ---- */

static enum status load_exercise(struct ctx *ctx, struct book_state *state, struct str budget, int32_t year,
                                 int64_t *ret_id)
{
    struct sql_book_exercise_row row;
    *ret_id = 0;
    enum status done =
        sql_book_exercise(ctx->db, state->arena, (struct sql_book_exercise){.budget = budget, .year = year}, &row);
    if (done == NOT_FOUND)
        return OK; /* new: its windows are looked up once the command is tried */
    TRY(done);
    *ret_id = row.id;
    return ledger_start_exercise(state->ledger, budget, (uint16_t)year, row.is_closed != 0);
}

static enum status load_number(struct ctx *ctx, struct book_state *state, int64_t exercise, const struct entry *command)
{
    enum entry_series kind = entry_series_of(command->kind);
    struct sql_book_number_row row;
    if (kind == ENTRY_UNNUMBERED || command->series >= ENTRY_SERIES_MAX)
        return OK;
    enum status done = sql_book_number(
        ctx->db, state->arena,
        (struct sql_book_number){.exercise = exercise, .kind = (int64_t)kind, .series = command->series}, &row);
    if (done == OK)
        ledger_start_number(state->ledger, command->budget, command->exercise, kind, command->series,
                            (uint32_t)row.last);
    return done == NOT_FOUND ? OK : done;
}

/* The accounts of a row, and what is reversed beside them. */
enum { CELL_SUMS = CELL_ACCOUNTS + 1 };
#define SUMS_OF(row) ((int64_t[]){(row).council, (row).available, (row).reserved, (row).ordered, (row).reversed})

static enum status start_cell(struct book_state *state, const struct cell_key *key, const int64_t cents[CELL_SUMS])
{
    struct money sums[CELL_ACCOUNTS];
    if (ledger_cell(state->ledger, key) != NULL)
        return OK;
    for (size_t i = 0; i < CELL_ACCOUNTS; i++)
        sums[i] = (struct money){cents[i]};
    return ledger_start_cell(state->ledger, key, sums, (struct money){cents[CELL_ACCOUNTS]});
}

static enum status load_cell(struct ctx *ctx, struct book_state *state, int64_t exercise, const struct cell_key *key)
{
    struct sql_book_cell_row row;
    enum status done = sql_book_cell(ctx->db, state->arena,
                                     (struct sql_book_cell){.exercise = exercise, .section = key->section,
                                                            .direction = key->direction, .level = key->level},
                                     &row);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    return start_cell(state, key, SUMS_OF(row));
}

/* A close asks about all of them. */
static enum status load_all_cells(struct ctx *ctx, struct book_state *state, int64_t exercise,
                                  const struct entry *command)
{
    struct sql_book_cell_list_row *rows;
    size_t count;
    TRY(sql_book_cell_list(ctx->db, state->arena, (struct sql_book_cell_list){.exercise = exercise}, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        struct cell_key key = {.budget = command->budget, .exercise = command->exercise, .level = rows[i].level,
                               .section = (enum cell_section)rows[i].section,
                               .direction = (enum cell_direction)rows[i].direction};
        TRY(start_cell(state, &key, SUMS_OF(rows[i])));
    }
    return OK;
}

static enum status load_line(struct ctx *ctx, struct book_state *state, const struct sql_book_posted_row *origin,
                             const struct sql_book_line_list_row *row, struct ledger_start_line *ret_line)
{
    struct sql_book_cell_at_row cell;
    TRY(sql_book_cell_at(ctx->db, state->arena, (struct sql_book_cell_at){.id = row->cell}, &cell));
    ret_line->left = (struct money){row->remains};
    ret_line->key = (struct cell_key){.budget = origin->budget, .exercise = (uint16_t)origin->year,
                                      .section = (enum cell_section)cell.section,
                                      .direction = (enum cell_direction)cell.direction, .level = cell.level};
    return start_cell(state, &ret_line->key, SUMS_OF(cell));
}

/* Only acts that others may post or correct have lines in a ledger. */
static bool has_lines(int64_t kind)
{
    return kind == ENTRY_ENGAGE || kind == ENTRY_ORDER || kind == ENTRY_ORDER_DIRECT || kind == ENTRY_TITLE;
}

static enum status load_origin(struct ctx *ctx, struct book_state *state, const struct entry *command)
{
    struct sql_book_posted_row origin;
    struct sql_book_line_list_row *rows;
    size_t count;
    int64_t exercise;
    if (command->reference == 0 || command->reference > ledger_count(state->ledger))
        return OK;
    TRY(sql_book_posted(ctx->db, state->arena, (struct sql_book_posted){.sequence = (int64_t)command->reference},
                        &origin));
    if (!str_eq(origin.budget, command->budget) || origin.year != command->exercise)
        TRY(load_exercise(ctx, state, origin.budget, (int32_t)origin.year, &exercise));
    TRY(sql_book_line_list(ctx->db, state->arena, (struct sql_book_line_list){.sequence = (int64_t)command->reference},
                           &rows, &count));
    if (!has_lines(origin.kind))
        count = 0;
    struct ledger_start_line *lines = arena_array(state->arena, struct ledger_start_line, count + 1);
    if (lines == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(load_line(ctx, state, &origin, &rows[i], &lines[i]));
    struct ledger_start_act act = {.sequence = command->reference, .kind = (enum entry_kind)origin.kind,
                                   .budget = origin.budget, .exercise = (uint16_t)origin.year,
                                   .left = {origin.remains}, .lines = lines, .line_count = count};
    return ledger_start_act(state->ledger, &act);
}

static enum status load_head(struct ctx *ctx, struct book_state *state)
{
    struct sql_book_head_row row;
    enum status done = sql_book_head(ctx->db, state->arena, &row);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    if (row.hash.len != CHAIN_HASH_BYTES)
        return CORRUPT;
    memcpy(state->hash.bytes, row.hash.at, CHAIN_HASH_BYTES);
    ledger_start(state->ledger, (uint64_t)row.sequence, (struct instant){row.instant_ms});
    return OK;
}

enum status book_state_load(struct ctx *ctx, struct arena *arena, const struct entry *command,
                            struct book_state *ret_state)
{
    struct book_state state = {.arena = arena};
    int64_t exercise;
    TRY(ledger_in(arena, &state.ledger));
    TRY(load_head(ctx, &state));
    TRY(load_exercise(ctx, &state, command->budget, command->exercise, &exercise));
    if (exercise != 0) {
        TRY(load_number(ctx, &state, exercise, command));
        if (command->kind == ENTRY_CLOSE)
            TRY(load_all_cells(ctx, &state, exercise, command));
        for (size_t i = 0; i < command->posting_count; i++) {
            struct cell_key key = entry_cell(command, &command->postings[i]);
            TRY(load_cell(ctx, &state, exercise, &key));
        }
    }
    TRY(load_origin(ctx, &state, command));
    *ret_state = state;
    return OK;
}

/* ---- what it changed ---- */

static enum status save_exercise(struct ctx *ctx, const struct book_state *state, const struct entry *entry,
                                 int64_t *ret_id)
{
    struct sql_book_exercise_row row;
    struct sql_book_exercise_add_row added;
    enum status done = sql_book_exercise(
        ctx->db, state->arena, (struct sql_book_exercise){.budget = entry->budget, .year = entry->exercise}, &row);
    if (done == NOT_FOUND) {
        TRY(sql_book_exercise_add(ctx->db, state->arena,
                                  (struct sql_book_exercise_add){.budget = entry->budget, .year = entry->exercise},
                                  &added));
        row.id = added.id;
    } else
        TRY(done);
    *ret_id = row.id;
    return entry->kind == ENTRY_CLOSE
               ? sql_book_exercise_close(ctx->db, (struct sql_book_exercise_close){.id = row.id})
               : OK;
}

static enum status save_cell(struct ctx *ctx, const struct book_state *state, int64_t exercise,
                             const struct cell_key *key, int64_t *ret_id)
{
    const struct cell *cell = ledger_cell(state->ledger, key);
    struct sql_book_cell_put_row row;
    REQUIRE(cell != NULL);
    TRY(sql_book_cell_put(ctx->db, state->arena,
                          (struct sql_book_cell_put){.exercise = exercise,
                                                     .section = key->section,
                                                     .direction = key->direction,
                                                     .level = key->level,
                                                     .council = cell->sums[CELL_COUNCIL].cents,
                                                     .available = cell->sums[CELL_AVAILABLE].cents,
                                                     .reserved = cell->sums[CELL_RESERVED].cents,
                                                     .ordered = cell->sums[CELL_ORDERED].cents,
                                                     .reversed = cell->reversed.cents},
                          &row));
    *ret_id = row.id;
    return OK;
}

static enum status save_postings(struct ctx *ctx, const struct book_state *state, int64_t exercise,
                                 const struct entry *entry)
{
    for (size_t i = 0; i < entry->posting_count; i++) {
        const struct posting *posting = &entry->postings[i];
        struct cell_key key = entry_cell(entry, posting);
        int64_t cell;
        TRY(save_cell(ctx, state, exercise, &key, &cell));
        TRY(sql_book_line_add(
            ctx->db, (struct sql_book_line_add){.sequence = (int64_t)entry->sequence,
                                                .place = (int64_t)i,
                                                .cell = cell,
                                                .amount = posting->amount.cents,
                                                .origin = posting->from,
                                                .target = posting->to,
                                                .remains = ledger_line_left(state->ledger, entry->sequence, i).cents}));
    }
    return OK;
}

static enum status save_origin(struct ctx *ctx, const struct book_state *state, const struct entry *entry)
{
    struct sql_book_line_list_row *rows;
    size_t count;
    int64_t reference = (int64_t)entry->reference;
    if (reference == 0)
        return OK;
    TRY(sql_book_posted_left(ctx->db, (struct sql_book_posted_left){
                                          .remains = ledger_left(state->ledger, entry->reference).cents,
                                          .sequence = reference}));
    TRY(sql_book_line_list(ctx->db, state->arena, (struct sql_book_line_list){.sequence = reference}, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        int64_t left = ledger_line_left(state->ledger, entry->reference, i).cents;
        if (left != rows[i].remains)
            TRY(sql_book_line_left(ctx->db, (struct sql_book_line_left){
                                                .remains = left, .sequence = reference, .place = rows[i].place}));
    }
    return OK;
}

enum status book_state_save(struct ctx *ctx, const struct book_state *state, const struct entry *entry)
{
    int64_t exercise;
    struct money amount = {0};
    TRY(save_exercise(ctx, state, entry, &exercise));
    for (size_t i = 0; i < entry->posting_count; i++)
        TRY(money_add(&amount, entry->postings[i].amount));
    TRY(sql_book_posted_add(
        ctx->db, (struct sql_book_posted_add){.sequence = (int64_t)entry->sequence,
                                              .exercise = exercise,
                                              .kind = entry->kind,
                                              .number = entry->number,
                                              .series = entry->series,
                                              .day = entry->day.days,
                                              .instant_ms = entry->instant.ms,
                                              .actor = entry->actor,
                                              .reference = (int64_t)entry->reference,
                                              .label = entry->label,
                                              .print = (int64_t)entry_print(entry),
                                              .amount = amount.cents,
                                              .remains = ledger_left(state->ledger, entry->sequence).cents}));
    TRY(save_postings(ctx, state, exercise, entry));
    TRY(save_origin(ctx, state, entry));
    if (entry->number == 0)
        return OK;
    TRY(book_words_keep(ctx, entry->sequence, entry->label));
    return sql_book_number_put(ctx->db, (struct sql_book_number_put){.exercise = exercise,
                                                                     .kind = entry_series_of(entry->kind),
                                                                     .series = entry->series,
                                                                     .last = entry->number});
}

enum status book_state_forget(struct ctx *ctx)
{
    TRY(book_words_forget(ctx));
    TRY(sql_book_forget_lines(ctx->db));
    TRY(sql_book_forget_posted(ctx->db));
    TRY(sql_book_forget_cells(ctx->db));
    TRY(sql_book_forget_numbers(ctx->db));
    return sql_book_forget_exercises(ctx->db);
}
