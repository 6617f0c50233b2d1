#define OPENSSL_API_COMPAT 10100
#include "service/accounting/engine/statement.h"

#include <openssl/sha.h>
#include <stdlib.h>

#include "base/base64.h"
#include "service/accounting/engine/ledger_inside.h"

enum { LINE_BYTES_MAX = 256 };

struct statement {
    SHA256_CTX context;
    struct buf line;
    struct arena *scratch;
};

static void end_line(struct statement *statement)
{
    buf_add_byte(&statement->line, '\n');
    REQUIRE(buf_status(&statement->line) == OK);
    SHA256_Update(&statement->context, statement->line.at, statement->line.len);
    buf_clear(&statement->line);
}

/* ---- in their order ---- */

static int order_of_exercises(const void *one, const void *other)
{
    const struct exercise *const *a = one, *const *b = other;
    int order = str_compare((*a)->budget, (*b)->budget);
    return order != 0 ? order : (int)(*a)->year - (int)(*b)->year;
}

static int order_of_cells(const void *one, const void *other)
{
    const struct cell *const *a = one, *const *b = other;
    if ((*a)->key.section != (*b)->key.section)
        return (*a)->key.section < (*b)->key.section ? -1 : 1;
    if ((*a)->key.direction != (*b)->key.direction)
        return (*a)->key.direction < (*b)->key.direction ? -1 : 1;
    return str_compare((*a)->key.level, (*b)->key.level);
}

/* ---- lines ---- */

static void add_numbers(struct statement *statement, const struct exercise *exercise)
{
    static const char *const names[ENTRY_SERIES] = {"engagements", "orders", "titles"};
    for (int i = 0; i < ENTRY_SERIES * ENTRY_SERIES_MAX; i++) {
        uint32_t last = exercise->last[i / ENTRY_SERIES_MAX][i % ENTRY_SERIES_MAX];
        if (last == 0)
            continue;
        buf_add_format(&statement->line, "drawn %s %d %u", names[i / ENTRY_SERIES_MAX], i % ENTRY_SERIES_MAX, last);
        end_line(statement);
    }
}

static void add_cell(struct statement *statement, const struct cell *cell)
{
    buf_add_format(&statement->line, "cell %c %c %.*s", cell_section_letter(cell->key.section),
                   cell_direction_letter(cell->key.direction), STR_ARG(cell->key.level));
    for (int i = 0; i < CELL_ACCOUNTS; i++)
        buf_add_format(&statement->line, " %lld", (long long)cell->sums[i].cents);
    end_line(statement);
}

static enum status add_cells(struct statement *statement, const struct exercise *exercise)
{
    size_t count = 0, at = 0;
    for (const struct cell *cell = exercise->cells; cell != NULL; cell = cell->next)
        count++;
    const struct cell **cells = arena_array(statement->scratch, const struct cell *, count);
    if (cells == NULL)
        return LIMIT;
    for (const struct cell *cell = exercise->cells; cell != NULL; cell = cell->next)
        cells[at++] = cell;
    qsort(cells, count, sizeof *cells, order_of_cells);
    for (size_t i = 0; i < count; i++)
        add_cell(statement, cells[i]);
    return OK;
}

static enum status add_exercises(struct statement *statement, const struct ledger *ledger)
{
    size_t count = ledger->order.count;
    const struct exercise **exercises = arena_array(statement->scratch, const struct exercise *, count);
    if (exercises == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        exercises[i] = ledger->order.at[i];
    qsort(exercises, count, sizeof *exercises, order_of_exercises);
    for (size_t i = 0; i < count; i++) {
        buf_add_format(&statement->line, "exercise %.*s %u %s", STR_ARG(exercises[i]->budget), exercises[i]->year,
                       exercises[i]->is_closed ? "closed" : "open");
        end_line(statement);
        add_numbers(statement, exercises[i]);
        TRY(add_cells(statement, exercises[i]));
    }
    return OK;
}

enum status statement_digest(const struct ledger *ledger, const struct chain_hash *hash, struct arena *scratch,
                             struct chain_hash *ret_digest)
{
    struct statement statement = {.line = BUF_INIT(LINE_BYTES_MAX), .scratch = scratch};
    SHA256_Init(&statement.context);
    enum status done = add_exercises(&statement, ledger);
    if (done == OK) {
        buf_add_format(&statement.line, "entries %llu ", (unsigned long long)ledger_count(ledger));
        hex_encode(&statement.line, (struct str){(const char *)hash->bytes, sizeof hash->bytes});
        end_line(&statement);
        SHA256_Final(ret_digest->bytes, &statement.context);
    }
    buf_finish(&statement.line);
    return done;
}
