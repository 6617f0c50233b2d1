/* Level 2: what every sending must hold, and the totals that it and its envelope say. */
#include "service/payroll/dsn/dsn_look.h"

enum { RUBRICS_IN_BLOCK = 1000, WRITTEN_MAX = 24 };

static void check_number(struct dsn_look *look, const char *rule, uint32_t record, uint32_t rubric, uint64_t right)
{
    struct dsn_found found = dsn_find(look, record, rubric);
    struct buf wanted BUF_SCOPE = BUF_INIT(WRITTEN_MAX);
    uint64_t said;
    if (str_is_absent(found.value) || (str_to_u64(found.value, UINT64_MAX, &said) == OK && said == right))
        return;
    buf_add_u64(&wanted, right);
    dsn_fault_at(look, rule, &found, buf_str(&wanted));
}

static void need(struct dsn_look *look, uint32_t parent, uint32_t block)
{
    struct buf wanted BUF_SCOPE = BUF_INIT(WRITTEN_MAX);
    if (dsn_tree_below(look->tree, parent, block, parent + 1) != DSN_NO_RECORD)
        return;
    dsn_number_write(&wanted, block);
    dsn_fault_record(look, "block.missing", parent, 1, buf_str(&wanted));
}

static uint64_t count_below(const struct dsn_look *look, uint32_t parent, uint32_t block)
{
    uint64_t count = 0;
    for (uint32_t i = parent + 1; i < look->tree->at[parent].end; i++)
        count += look->tree->at[i].block == block;
    return count;
}

static void check_sending(struct dsn_look *look, uint32_t sending)
{
    const struct dsn_tree *tree = look->tree;
    uint32_t total = dsn_tree_below(tree, sending, DSN_TOTAL, sending + 1);
    need(look, sending, DSN_SENDER);
    need(look, sending, DSN_DECLARATION);
    need(look, sending, DSN_TOTAL);
    if (total == DSN_NO_RECORD)
        return;
    uint64_t lines = tree->at[total].first + tree->at[total].count - tree->at[sending].first;
    check_number(look, "total.lines", total, 1, lines);
    check_number(look, "total.declarations", total, 2, count_below(look, sending, DSN_DECLARATION));
}

static void check_declaration(struct dsn_look *look, uint32_t declaration)
{
    need(look, declaration, DSN_EMPLOYER);
    DSN_EACH(look, employer, declaration, DSN_EMPLOYER)
        need(look, employer, DSN_PLACE);
}

static void check_group(struct dsn_look *look, uint32_t group)
{
    need(look, group, DSN_GROUP_END);
    DSN_EACH(look, end, group, DSN_GROUP_END)
        check_number(look, "total.group", end, 2, count_below(look, group, DSN_DECLARATION));
}

/* The end of an envelope says again what its head says. Groups are not counted: senders count them in their ways. */
static void check_envelope(struct dsn_look *look, uint32_t envelope)
{
    static const uint32_t pairs[][2] = {{1, 2}, {2, 6}}; /* of the end, of the head */
    uint32_t end = dsn_tree_below(look->tree, envelope, DSN_ENVELOPE_END, envelope + 1);
    need(look, envelope, DSN_ENVELOPE_END);
    for (size_t i = 0; end != DSN_NO_RECORD && i < sizeof pairs / sizeof *pairs; i++) {
        struct dsn_found again = dsn_find(look, end, pairs[i][0]), head = dsn_find(look, envelope, pairs[i][1]);
        if (!str_is_absent(again.value) && !str_is_absent(head.value) && !str_eq(again.value, head.value))
            dsn_fault_at(look, "total.envelope", &again, head.value);
    }
}

void dsn_check_counts(struct dsn_look *look)
{
    bool is_there = false;
    for (uint32_t i = 0; i < look->tree->count; i++) {
        uint32_t block = look->tree->at[i].block;
        is_there |= block == DSN_SENDING;
        if (block == DSN_SENDING)
            check_sending(look, i);
        else if (block == DSN_DECLARATION)
            check_declaration(look, i);
        else if (block == DSN_GROUP)
            check_group(look, i);
        else if (block == DSN_ENVELOPE)
            check_envelope(look, i);
    }
    if (!is_there)
        dsn_fault_add(look->faults, "sending.none", look->file->count > 0, 0, STR(""), STR("S10.G00.00"));
}

void dsn_check_keys(struct dsn_look *look)
{
    const struct dsn_norm *norm = look->norm;
    for (uint32_t i = 0; i < look->tree->count; i++)
        for (size_t j = 0; j < norm->key_count; j++)
            if (norm->keys[j] / RUBRICS_IN_BLOCK == look->tree->at[i].block) {
                struct dsn_found found = dsn_find(look, i, norm->keys[j] % RUBRICS_IN_BLOCK);
                if (str_is_absent(found.value))
                    dsn_fault_at(look, "rubric.missing", &found, STR(""));
            }
}
