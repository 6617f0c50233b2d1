#include "proto/imap/imap_thread.h"

#include <stdlib.h>

#include "proto/mime/message_id.h"

/* Steps of RFC 5256 section 3, REFERENCES, are named (1A) to (6) below.
 *
 * A node stands for a message id: nodes[1..rows] are the rows, those above are ids that are only referred to.
 * While links are made only `parent` counts; child and next are laid at the end, by one sort of all nodes. */

/* Steps of the walk that looks for a loop. Only chains made to be slow are deeper: there the link is not made. */
enum { ANCESTORS_MAX = 5000 };

struct key {
    int64_t date_ms;
    uint32_t number;
};

/* What is known of a node while the thread is built. */
struct item {
    struct str id;
    struct key key;  /* where it stands among its siblings; of a dummy: its first child's */
    uint32_t group;  /* of nodes once linked: a loop needs both ends in one group */
    uint32_t row;    /* + 1; 0: no message */
    uint32_t first;  /* of a dummy: its first child by key */
    uint32_t merged; /* dummies: how many children */
    bool is_answered; /* somebody's parent has been this */
    bool is_gone;     /* a dummy that was pruned */
};

struct builder {
    const struct imap_thread_row *rows;
    size_t row_count;
    struct arena *arena;
    struct imap_thread_node *nodes;
    struct item *items;
    uint32_t count, room;
    uint32_t *slots; /* by id: node, 0 for free */
    size_t slot_mask;
};

static uint64_t hash_of(struct str text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 0x100000001b3u;
    return (hash ^ hash >> 29) * 0x9e3779b97f4a7c15u >> 20;
}

/* The slot of an id, or the free one where it belongs. */
static uint32_t *slot_of(struct builder *builder, struct str id)
{
    size_t at = (size_t)hash_of(id) & builder->slot_mask;
    while (builder->slots[at] != 0 && !str_eq(builder->items[builder->slots[at]].id, id))
        at = (at + 1) & builder->slot_mask;
    return &builder->slots[at];
}

static uint32_t new_node(struct builder *builder, struct str id, uint32_t row)
{
    uint32_t node = builder->count++;
    builder->nodes[node] = (struct imap_thread_node){
        .number = row ? builder->rows[row - 1].number : 0,
        .parent = IMAP_NO_NODE,
        .child = IMAP_NO_NODE,
        .next = IMAP_NO_NODE};
    builder->items[node] = (struct item){.id = id, .group = node, .row = row};
    if (row)
        builder->items[node].key =
            (struct key){builder->rows[row - 1].date.ms, builder->rows[row - 1].number};
    return node;
}

/* Room for every row, every id referred to, and a dummy for every two rows (5C). */
static enum status prepare(struct builder *builder)
{
    size_t ids = builder->row_count, slots = 16;
    if (ids > IMAP_THREAD_MAX)
        return LIMIT;
    for (size_t i = 0; i < builder->row_count; i++)
        ids += builder->rows[i].reference_count;
    size_t room = ids + builder->row_count / 2 + 2;
    if (room >= UINT32_MAX / 2)
        return LIMIT;
    while (slots < ids * 2)
        slots *= 2;
    builder->nodes = arena_array(builder->arena, struct imap_thread_node, room);
    builder->items = arena_array(builder->arena, struct item, room);
    builder->slots = arena_array(builder->arena, uint32_t, slots);
    if (builder->nodes == NULL || builder->items == NULL || builder->slots == NULL)
        return LIMIT;
    builder->slot_mask = slots - 1;
    builder->room = (uint32_t)room;
    new_node(builder, STR(""), 0);
    /* Rows first. Of several with one id the first has it, the others are known by nothing (step 1). */
    for (uint32_t row = 1; row <= builder->row_count; row++) {
        struct str id = builder->rows[row - 1].message_id;
        uint32_t node = new_node(builder, id, row);
        uint32_t *slot = id.len > 0 ? slot_of(builder, id) : NULL;
        if (slot != NULL && *slot == 0)
            *slot = node;
    }
    return OK;
}

static uint32_t node_of(struct builder *builder, struct str id)
{
    uint32_t *slot = slot_of(builder, id);
    if (*slot == 0)
        *slot = new_node(builder, id, 0);
    return *slot;
}

static uint32_t group_of(struct builder *builder, uint32_t node)
{
    struct item *items = builder->items;
    while (items[node].group != node) {
        items[node].group = items[items[node].group].group;
        node = items[node].group;
    }
    return node;
}

/* Would child become its own ancestor? Groups only ever join, so two groups are two trees for sure. */
static bool makes_loop(struct builder *builder, uint32_t parent, uint32_t child)
{
    if (parent == child)
        return true;
    if (!builder->items[child].is_answered || group_of(builder, parent) != group_of(builder, child))
        return false;
    for (int steps = 0; parent != IMAP_NO_NODE; parent = builder->nodes[parent].parent)
        if (parent == child || ++steps > ANCESTORS_MAX)
            return true;
    return false;
}

static void link_to(struct builder *builder, uint32_t parent, uint32_t child)
{
    if (makes_loop(builder, parent, child))
        return;
    builder->nodes[child].parent = parent;
    builder->items[parent].is_answered = true;
    builder->items[group_of(builder, child)].group = group_of(builder, parent);
}

/* (1A) and (1B) */
static void link_row(struct builder *builder, uint32_t row)
{
    const struct imap_thread_row *from = &builder->rows[row - 1];
    uint32_t last = IMAP_NO_NODE;
    for (size_t i = 0; i < from->reference_count; i++) {
        if (from->references[i].len == 0)
            continue;
        uint32_t node = node_of(builder, from->references[i]);
        if (last != IMAP_NO_NODE && builder->nodes[node].parent == IMAP_NO_NODE)
            link_to(builder, last, node);
        last = node;
    }
    if (builder->nodes[row].parent == last)
        return;
    builder->nodes[row].parent = IMAP_NO_NODE;
    if (last != IMAP_NO_NODE)
        link_to(builder, last, row);
}

static bool is_dummy(const struct builder *builder, uint32_t node)
{
    return builder->items[node].row == 0;
}

/* The nearest ancestor that stays: a message, or the topmost dummy of its tree. The way there is shortened. */
static uint32_t kept_parent(struct builder *builder, uint32_t node)
{
    struct imap_thread_node *nodes = builder->nodes;
    uint32_t end = nodes[node].parent;
    while (end != IMAP_NO_NODE && is_dummy(builder, end) && nodes[end].parent != IMAP_NO_NODE)
        end = nodes[end].parent;
    for (uint32_t at = node; nodes[at].parent != end;) {
        uint32_t up = nodes[at].parent;
        nodes[at].parent = end;
        at = up;
    }
    return end;
}

/* (2) and (3): messages hang on messages or on a dummy at the top; a dummy with one child or none goes. */
static void prune(struct builder *builder)
{
    struct imap_thread_node *nodes = builder->nodes;
    struct item *items = builder->items;
    for (uint32_t node = 1; node < builder->count; node++) {
        if (is_dummy(builder, node))
            continue;
        uint32_t parent = kept_parent(builder, node);
        if (parent != IMAP_NO_NODE && is_dummy(builder, parent))
            items[parent].merged++;
    }
    for (uint32_t node = 1; node < builder->count; node++) {
        uint32_t parent = nodes[node].parent;
        if (!is_dummy(builder, node) && parent != IMAP_NO_NODE && is_dummy(builder, parent) &&
            items[parent].merged < 2)
            nodes[node].parent = IMAP_NO_NODE;
    }
    for (uint32_t node = 1; node < builder->count; node++) {
        items[node].is_gone = is_dummy(builder, node) && items[node].merged < 2;
        if (nodes[node].parent == IMAP_NO_NODE)
            nodes[node].parent = 0;
    }
}

static int compare_keys(struct key a, struct key b)
{
    if (a.date_ms != b.date_ms)
        return a.date_ms < b.date_ms ? -1 : 1;
    return (a.number > b.number) - (a.number < b.number);
}

/* A dummy stands where its first child does (4). */
static void place_dummies(struct builder *builder)
{
    for (uint32_t node = 1; node < builder->count; node++)
        builder->items[node].first = 0;
    for (uint32_t node = 1; node < builder->count; node++) {
        uint32_t parent = builder->nodes[node].parent;
        if (is_dummy(builder, node) || parent == 0 || !is_dummy(builder, parent))
            continue;
        struct item *dummy = &builder->items[parent];
        if (dummy->first == 0 || compare_keys(builder->items[node].key, dummy->key) < 0) {
            dummy->first = node;
            dummy->key = builder->items[node].key;
        }
    }
}

static int compare_tops(const void *a, const void *b, void *with)
{
    const struct item *items = with;
    return compare_keys(items[*(const uint32_t *)a].key, items[*(const uint32_t *)b].key);
}

static const struct imap_thread_row *row_of(const struct builder *builder, uint32_t node)
{
    uint32_t message = is_dummy(builder, node) ? builder->items[node].first : node;
    return &builder->rows[builder->items[message].row - 1];
}

/* By subject: the slots of ids are used anew, and item.id becomes the subject. */
static void table_tops(struct builder *builder, const uint32_t *tops, size_t count)
{
    memset(builder->slots, 0, (builder->slot_mask + 1) * sizeof *builder->slots);
    for (size_t i = 0; i < count; i++)
        builder->items[tops[i]].id = row_of(builder, tops[i])->subject;
    for (size_t i = 0; i < count; i++) {
        struct str subject = builder->items[tops[i]].id;
        if (subject.len == 0)
            continue;
        uint32_t *slot = slot_of(builder, subject);
        bool is_better = *slot != 0 && !is_dummy(builder, *slot) &&
                         (is_dummy(builder, tops[i]) ||
                          (row_of(builder, *slot)->is_reply && !row_of(builder, tops[i])->is_reply));
        if (*slot == 0 || is_better)
            *slot = tops[i];
    }
}

/* (5C) for one top: under the message of the same subject, beside it, or both under a new dummy. */
static void merge(struct builder *builder, uint32_t top)
{
    struct imap_thread_node *nodes = builder->nodes;
    struct str subject = builder->items[top].id;
    uint32_t *slot = subject.len > 0 ? slot_of(builder, subject) : NULL;
    if (slot == NULL || *slot == top)
        return;
    if (is_dummy(builder, top)) { /* both are: the table prefers dummies */
        builder->items[top].is_gone = true;
        builder->items[top].merged = *slot;
        return;
    }
    bool is_below = is_dummy(builder, *slot) ||
                    (row_of(builder, top)->is_reply && !row_of(builder, *slot)->is_reply);
    if (!is_below) {
        uint32_t dummy = new_node(builder, subject, 0);
        nodes[dummy].parent = 0;
        nodes[*slot].parent = dummy;
        builder->items[dummy].first = *slot;
        *slot = dummy;
    }
    nodes[top].parent = *slot;
}

/* Children of dummies that were merged away go to the dummy that took their place. */
static void follow_merged(struct builder *builder)
{
    for (uint32_t node = 1; node < builder->count; node++) {
        uint32_t parent = builder->nodes[node].parent;
        if (parent != 0 && builder->items[parent].is_gone)
            builder->nodes[node].parent = builder->items[parent].merged;
    }
}

/* (4) and (5) */
static enum status gather_subjects(struct builder *builder)
{
    size_t count = 0;
    uint32_t *tops = arena_array(builder->arena, uint32_t, builder->count);
    if (tops == NULL)
        return LIMIT;
    place_dummies(builder);
    for (uint32_t node = 1; node < builder->count; node++)
        if (builder->nodes[node].parent == 0 && !builder->items[node].is_gone)
            tops[count++] = node;
    if (count > 1)
        qsort_r(tops, count, sizeof *tops, compare_tops, builder->items);
    table_tops(builder, tops, count);
    for (size_t i = 0; i < count; i++)
        merge(builder, tops[i]);
    follow_merged(builder);
    return OK;
}

static int compare_nodes(const void *a, const void *b, void *with)
{
    const struct builder *builder = with;
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    uint32_t up_left = builder->nodes[left].parent, up_right = builder->nodes[right].parent;
    if (up_left != up_right)
        return up_left < up_right ? -1 : 1;
    return compare_keys(builder->items[left].key, builder->items[right].key);
}

/* (6): siblings by date, everywhere at once; then child and next are laid. */
static enum status lay(struct builder *builder, struct imap_thread *ret_thread)
{
    struct imap_thread_node *nodes = builder->nodes;
    uint32_t *order = arena_array(builder->arena, uint32_t, builder->count);
    size_t count = 0;
    if (order == NULL)
        return LIMIT;
    place_dummies(builder);
    for (uint32_t node = 1; node < builder->count; node++)
        if (!builder->items[node].is_gone)
            order[count++] = node;
    if (count > 1)
        qsort_r(order, count, sizeof *order, compare_nodes, builder);
    for (size_t i = count; i-- > 0;) {
        uint32_t parent = nodes[order[i]].parent;
        nodes[order[i]].next = nodes[parent].child;
        nodes[parent].child = order[i];
    }
    *ret_thread = (struct imap_thread){nodes, builder->count};
    return OK;
}

/* Those of one subject, and their dates: the first of each subject takes the others below it. */
static int compare_subjects(const void *a, const void *b, void *with)
{
    const struct builder *builder = with;
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    int order = str_compare(builder->rows[left - 1].subject, builder->rows[right - 1].subject);
    return order ? order : compare_keys(builder->items[left].key, builder->items[right].key);
}

static enum status order_subjects(struct builder *builder)
{
    uint32_t *order = arena_array(builder->arena, uint32_t, builder->row_count + 1), first = 0;
    if (order == NULL)
        return LIMIT;
    for (uint32_t i = 0; i < builder->row_count; i++)
        order[i] = i + 1;
    if (builder->row_count > 1)
        qsort_r(order, builder->row_count, sizeof *order, compare_subjects, builder);
    for (size_t i = 0; i < builder->row_count; i++) {
        bool is_same = i > 0 && str_eq(builder->rows[order[i] - 1].subject, builder->rows[first - 1].subject);
        builder->nodes[order[i]].parent = is_same ? first : 0;
        first = is_same ? first : order[i];
    }
    return OK;
}

enum status imap_thread_build(enum imap_thread_by by, const struct imap_thread_row *rows, size_t count,
                              struct arena *arena, struct imap_thread *ret_thread)
{
    struct builder builder = {.rows = rows, .row_count = count, .arena = arena};
    TRY(prepare(&builder));
    if (by == IMAP_THREAD_ORDEREDSUBJECT) {
        TRY(order_subjects(&builder));
        return lay(&builder, ret_thread);
    }
    for (uint32_t row = 1; row <= count; row++)
        link_row(&builder, row);
    prune(&builder);
    TRY(gather_subjects(&builder));
    return lay(&builder, ret_thread);
}

enum status imap_thread_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                              enum imap_thread_by *ret_by, struct imap_search *ret_search, const char **ret_why)
{
    enum imap_thread_by by = IMAP_THREAD_REFERENCES;
    *ret_why = "unknown threading algorithm";
    if (count > 0 && imap_arg_is(&args[0], STR("ORDEREDSUBJECT")))
        by = IMAP_THREAD_ORDEREDSUBJECT;
    else if (count == 0 || !imap_arg_is(&args[0], STR("REFERENCES")))
        return INVALID;
    TRY(imap_search_parse_program(args + 1, count - 1, arena, ret_search, ret_why));
    *ret_by = by;
    return OK;
}

/* How a node begins: of several siblings each has parentheses, an only child follows its parent after a blank. */
static void write_node(struct buf *out, const struct imap_thread_node *nodes, uint32_t node, bool is_branch)
{
    const struct imap_thread_node *parent = &nodes[nodes[node].parent];
    bool is_first = parent->child == node;
    if (is_first && nodes[node].parent != 0 && parent->number != 0)
        buf_add_byte(out, ' ');
    if (is_branch)
        buf_add_byte(out, '(');
    if (nodes[node].number != 0)
        buf_add_u64(out, nodes[node].number);
}

static bool is_branch(const struct imap_thread_node *nodes, uint32_t node)
{
    const struct imap_thread_node *parent = &nodes[nodes[node].parent];
    return nodes[node].parent == 0 || nodes[parent->child].next != IMAP_NO_NODE;
}

void imap_thread_write(struct buf *out, const struct imap_thread *thread)
{
    const struct imap_thread_node *nodes = thread->nodes;
    uint32_t node = nodes[0].child;
    while (node != IMAP_NO_NODE && node != 0) {
        write_node(out, nodes, node, is_branch(nodes, node));
        if (nodes[node].child != IMAP_NO_NODE) {
            node = nodes[node].child;
            continue;
        }
        while (node != 0) {
            if (is_branch(nodes, node))
                buf_add_byte(out, ')');
            if (nodes[node].next != IMAP_NO_NODE)
                break;
            node = nodes[node].parent;
        }
        node = node ? nodes[node].next : 0;
    }
}

/* Once there are IMAP_REFERENCE_MAX the oldest goes for each that comes. */
enum status imap_references(struct str field, struct arena *arena, struct str **ret_ids, size_t *ret_count)
{
    size_t room = 16, count = 0;
    struct str *ids = arena_array(arena, struct str, room), rest = field;
    while (ids != NULL) {
        struct str id = message_id_next(arena, &rest);
        if (str_is_absent(id))
            break;
        if (count == IMAP_REFERENCE_MAX)
            memmove(ids, ids + 1, --count * sizeof *ids);
        if (count == room) {
            struct str *wider = arena_array(arena, struct str, room * 2);
            if (wider == NULL)
                return LIMIT;
            ids = memcpy(wider, ids, count * sizeof *ids);
            room *= 2;
        }
        ids[count++] = id;
    }
    if (ids == NULL || rest.len > 0)
        return LIMIT;
    *ret_ids = ids;
    *ret_count = count;
    return OK;
}
