#include "service/payroll/dsn/dsn_tree.h"

enum { RUBRICS_IN_BLOCK = 1000, NATURE_DIGITS = 2 };

struct growing {
    const struct dsn_file *file;
    const struct dsn_norm *norm;
    struct dsn_faults *faults;
    struct dsn_record *records;
    size_t count;
    uint32_t open[DSN_DEPTH_MAX]; /* records, the outermost first */
    size_t depth;
    uint8_t nature;
    uint32_t last[DSN_PLACES_MAX]; /* by place: the parent of the record that stood there last, from 1; 0: none yet */
};

/* ---- where a record belongs ---- */

/* The depth at which that block is open, from 1; 0: it is not. */
static size_t depth_of(const struct growing *growing, uint32_t block)
{
    for (size_t i = growing->depth; i > 0; i--)
        if (growing->records[growing->open[i - 1]].block == block)
            return i;
    return 0;
}

/* The block that one has to stand below; 0: none. */
static uint32_t parent_block(const struct growing *growing, uint32_t block, const struct dsn_place *place)
{
    if (block == DSN_SENDING)
        return depth_of(growing, DSN_GROUP) > 0 ? DSN_GROUP : 0;
    if (block == DSN_DECLARATION || block == DSN_TOTAL)
        return DSN_SENDING;
    if (place->parent == 0)
        return place->nature == DSN_AROUND ? 0 : DSN_DECLARATION;
    return place->parent;
}

static size_t close_to(struct growing *growing, size_t depth)
{
    while (growing->depth > depth)
        growing->records[growing->open[--growing->depth]].end = (uint32_t)growing->count;
    return depth;
}

/* Closes what a record of that block ends; one that no table has stands below whatever is open. */
static void make_way(struct growing *growing, size_t line, uint32_t block)
{
    const struct dsn_place *place = dsn_norm_place(growing->norm, growing->nature, block);
    if (place == NULL)
        return;
    uint32_t parent = parent_block(growing, block, place);
    size_t depth = parent == 0 ? 0 : depth_of(growing, parent);
    if (parent == 0 || depth > 0) {
        close_to(growing, depth);
        return;
    }
    struct buf wanted BUF_SCOPE = BUF_INIT(DSN_CODE);
    dsn_number_write(&wanted, parent);
    size_t same = depth_of(growing, block);
    if (same > 0)
        close_to(growing, same - 1);
    dsn_fault_add(growing->faults, "block.parent", line + 1, block, STR(""), buf_str(&wanted));
}

/* ---- how often ---- */

/* Counts of the tables that the blocks around a declaration, its employer and its place bear out; others look
 * simplified. */
static bool is_count_sure(const struct dsn_place *place)
{
    return place->nature == DSN_AROUND || place->block == DSN_EMPLOYER || place->block == DSN_PLACE;
}

static void count_place(struct growing *growing, size_t line, uint32_t block, uint32_t parent)
{
    const struct dsn_place *place = dsn_norm_place(growing->norm, growing->nature, block);
    if (place == NULL || place->most == DSN_MANY || parent == DSN_NO_RECORD ||
        block == DSN_SENDING || block == DSN_DECLARATION)
        return;
    uint32_t *last = &growing->last[place - growing->norm->places];
    if (*last == parent + 1)
        dsn_fault_add(growing->faults, is_count_sure(place) ? "block.twice" : "block.often", line + 1, block, STR(""),
                      STR(""));
    *last = parent + 1;
}

/* ---- growing ---- */

static void begin(struct growing *growing, size_t line, uint32_t block)
{
    make_way(growing, line, block);
    if (growing->depth == DSN_DEPTH_MAX)
        close_to(growing, DSN_DEPTH_MAX - 1);
    uint32_t parent = growing->depth > 0 ? growing->open[growing->depth - 1] : DSN_NO_RECORD;
    growing->records[growing->count] = (struct dsn_record){.block = block, .first = (uint32_t)line, .parent = parent};
    count_place(growing, line, block, parent);
    growing->open[growing->depth++] = (uint32_t)growing->count++;
}

/* The first rubric that an occurrence of the block cannot do without; 0: there is none. */
static uint32_t lead_of(const struct dsn_norm *norm, uint32_t block)
{
    for (size_t i = 0; i < norm->key_count; i++)
        if (norm->keys[i] / RUBRICS_IN_BLOCK == block)
            return norm->keys[i];
    return 0;
}

/* Whether a line that comes again, or too late, opens another occurrence of its block. */
static bool opens(struct growing *growing, size_t line, uint32_t number, uint32_t before)
{
    uint32_t lead = lead_of(growing->norm, number / RUBRICS_IN_BLOCK);
    if (lead == 0 || number <= lead)
        return true;
    dsn_fault_add(growing->faults, number == before ? "line.twice" : "line.order", line + 1, number,
                  dsn_line_value(&growing->file->lines[line]), STR(""));
    return false;
}

static void take_line(struct growing *growing, size_t line, uint32_t *before)
{
    uint32_t number = growing->file->lines[line].number, block = number / RUBRICS_IN_BLOCK;
    bool is_same = *before / RUBRICS_IN_BLOCK == block && growing->count > 0;
    if (number == 0)
        return;
    if (!is_same || (number <= *before && opens(growing, line, number, *before))) {
        begin(growing, line, block);
        *before = number;
    }
    if (number > *before)
        *before = number;
    struct dsn_record *record = &growing->records[growing->count - 1];
    record->count = (uint32_t)(line + 1 - record->first);
    struct str value = dsn_line_value(&growing->file->lines[line]);
    uint64_t nature;
    if (number == DSN_DECLARATION * RUBRICS_IN_BLOCK + 1 && str_to_u64(value, UINT8_MAX, &nature) == OK)
        growing->nature = (uint8_t)nature;
}

static size_t count_records(const struct dsn_file *file)
{
    size_t count = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < file->count; i++) {
        uint32_t number = file->lines[i].number;
        if (number == 0)
            continue;
        count += before / RUBRICS_IN_BLOCK != number / RUBRICS_IN_BLOCK || number <= before;
        before = number;
    }
    return count;
}

enum status dsn_tree_of(struct arena *arena, const struct dsn_file *file, const struct dsn_norm *norm,
                        struct dsn_faults *faults, struct dsn_tree *ret_tree)
{
    struct growing *growing = arena_new(arena, struct growing);
    if (growing == NULL)
        return LIMIT;
    *growing = (struct growing){.file = file, .norm = norm, .faults = faults};
    growing->records = arena_array(arena, struct dsn_record, count_records(file) + 1);
    if (growing->records == NULL)
        return LIMIT;
    uint32_t before = 0;
    for (size_t i = 0; i < file->count; i++)
        take_line(growing, i, &before);
    close_to(growing, 0);
    *ret_tree = (struct dsn_tree){growing->records, growing->count};
    return OK;
}

uint32_t dsn_tree_below(const struct dsn_tree *tree, uint32_t parent, uint32_t block, uint32_t from)
{
    uint32_t end = tree->at[parent].end;
    for (uint32_t i = from; i < end; i = tree->at[i].end)
        if (tree->at[i].block == block)
            return i;
    return DSN_NO_RECORD;
}
