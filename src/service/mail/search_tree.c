#include "service/mail/search_tree.h"

#include <stdlib.h>

#include "language/plain.h"
#include "language/token.h"

/* ---- making ---- */

static struct str plain_of(struct arena *arena, struct str text)
{
    struct buf out BUF_SCOPE = BUF_INIT(3 * text.len + 3);
    plain_write(&out, text);
    return str_copy(arena, buf_str(&out));
}

enum status search_tree_substring(struct ctx *ctx, enum search_place place, struct str name, struct str text,
                                  struct search_node *ret_node)
{
    struct search_term term = {.place = place, .name = plain_of(ctx->arena, name), .text = plain_of(ctx->arena, text)};
    if (str_is_absent(term.name) || str_is_absent(term.text))
        return LIMIT;
    *ret_node = (struct search_node){.kind = SEARCH_TERM, .term = term};
    return OK;
}

enum status search_tree_words(struct ctx *ctx, enum search_place place, struct str text, struct search_node *ret_node)
{
    struct str plain = plain_of(ctx->arena, text), rest = plain, word;
    size_t count = 0;
    while (token_next(&rest, &word))
        count++;
    if (count == 0)
        return search_tree_substring(ctx, place, STR(""), text, ret_node);
    struct search_node node = {.kind = SEARCH_AND, .children = arena_array(ctx->arena, struct search_node, count)};
    if (node.children == NULL)
        return LIMIT;
    for (rest = plain; node.child_count < count && token_next(&rest, &word);)
        node.children[node.child_count++] =
            (struct search_node){.kind = SEARCH_TERM, .term = {.place = place, .text = word, .is_word = true}};
    *ret_node = node;
    return OK;
}

/* ---- preparing ---- */

static enum status prepare(struct ctx *ctx, int64_t account, struct search_node *node, int depth)
{
    if (depth > SEARCH_TREE_DEPTH_MAX)
        return LIMIT;
    if (node->kind == SEARCH_TERM)
        return search_find(ctx, account, &node->term, &node->found);
    for (size_t i = 0; i < node->child_count; i++)
        TRY(prepare(ctx, account, &node->children[i], depth + 1));
    return OK;
}

enum status search_tree_prepare(struct ctx *ctx, int64_t account, struct search_node *root)
{
    return prepare(ctx, account, root, 0);
}

/* ---- which emails ---- */

struct bound {
    struct search_ids ids;
    bool is_bounded;
};

/* Of two lists, both ascending. */
static enum status join(struct ctx *ctx, const struct search_ids *a, const struct search_ids *b, struct search_ids *ret)
{
    struct search_ids both = {.at = arena_array(ctx->arena, int64_t, a->count + b->count + 1)};
    size_t i = 0, j = 0;
    if (both.at == NULL)
        return LIMIT;
    while (i < a->count || j < b->count) {
        bool takes_a = j == b->count || (i < a->count && a->at[i] <= b->at[j]);
        int64_t next = takes_a ? a->at[i++] : b->at[j++];
        if (both.count == 0 || both.at[both.count - 1] != next)
            both.at[both.count++] = next;
    }
    *ret = both;
    return OK;
}

/* All must hold: the shortest list is enough. One must: all lists, unless one has no bound. */
static enum status take_child(struct ctx *ctx, bool is_or, const struct bound *child, struct bound *whole)
{
    if (is_or && whole->is_bounded && child->is_bounded)
        return join(ctx, &whole->ids, &child->ids, &whole->ids);
    if (is_or)
        whole->is_bounded = false;
    else if (child->is_bounded && (!whole->is_bounded || child->ids.count < whole->ids.count))
        *whole = *child;
    return OK;
}

static enum status bound_of(struct ctx *ctx, const struct search_node *node, struct bound *ret)
{
    struct bound child;
    bool is_or = node->kind == SEARCH_OR;
    *ret = (struct bound){.is_bounded = node->kind == SEARCH_TERM || is_or};
    if (node->kind == SEARCH_TERM)
        return join(ctx, &node->found.sure, &node->found.maybe, &ret->ids);
    if (node->kind != SEARCH_AND && !is_or)
        return OK;
    for (size_t i = 0; i < node->child_count; i++) {
        TRY(bound_of(ctx, &node->children[i], &child));
        TRY(take_child(ctx, is_or, &child, ret));
    }
    return OK;
}

enum status search_tree_bound(struct ctx *ctx, const struct search_node *root, struct search_ids *ret_ids,
                              bool *ret_is_bounded)
{
    struct bound bound;
    TRY(bound_of(ctx, root, &bound));
    *ret_ids = bound.ids;
    *ret_is_bounded = bound.is_bounded;
    return OK;
}

/* ---- one email ---- */

static bool is_among(const struct search_ids *ids, int64_t email)
{
    return ids->count > 0 && bsearch(&email, ids->at, ids->count, sizeof *ids->at, search_compare_ids) != NULL;
}

/* Without looking at the email: 1 yes, 0 no, -1 it must be looked at. */
static int at_a_glance(const struct search_asking *asking, const struct search_node *node)
{
    if (node->kind == SEARCH_ALL)
        return 1;
    if (node->kind == SEARCH_FACT)
        return asking->is_so(asking->with, node->fact);
    if (node->kind == SEARCH_TERM && is_among(&node->found.sure, asking->email))
        return 1;
    if (node->kind == SEARCH_TERM)
        return is_among(&node->found.maybe, asking->email) ? -1 : 0;
    bool is_and = node->kind == SEARCH_AND, is_open = false;
    for (size_t i = 0; i < node->child_count; i++) {
        int is = at_a_glance(asking, &node->children[i]);
        if (node->kind == SEARCH_NOT)
            return is < 0 ? -1 : !is;
        if (is >= 0 && is == !is_and)
            return is;
        is_open |= is < 0;
    }
    return is_open ? -1 : is_and;
}

enum status search_tree_is(const struct search_asking *asking, const struct search_node *node, bool *ret_is)
{
    int glance = at_a_glance(asking, node);
    *ret_is = glance == 1;
    if (glance >= 0)
        return OK;
    if (node->kind == SEARCH_TERM)
        return search_check(asking->ctx, asking->email, &node->term, ret_is);
    bool is_and = node->kind == SEARCH_AND;
    for (size_t i = 0; i < node->child_count; i++) {
        TRY(search_tree_is(asking, &node->children[i], ret_is));
        if (node->kind == SEARCH_NOT)
            *ret_is = !*ret_is;
        if (node->kind == SEARCH_NOT || *ret_is != is_and)
            return OK;
    }
    return OK;
}
