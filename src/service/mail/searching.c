/* Searching as the webmail does: what was typed becomes a tree (search_tree.h), messages that answer it become
 * conversations, the newest first, and those of the page asked for get their words around the match. */
#include <stdlib.h>

#include "base/utf8.h"
#include "core/page.h"
#include "language/plain.h"
#include "language/query.h"
#include "language/token.h"
#include "proto/mime/text.h"
#include "service/mail/conversation.h"
#include "service/mail/search_tree.h"
#include "service/mail/store.h"

enum {
    SCAN_ARENA = 256 << 20,
    BODY_MAX = 256 << 10,    /* bytes of a body in which the words of an excerpt are looked for */
    MATCHES_MAX = 1 << 20,   /* messages */
    WANTED_MAX = 100,
    EXCERPT_BEFORE = 60,
    EXCERPT_MAX = 160,
};

struct match {
    int64_t thread, email, mailbox, received_ms, messages, flags;
    bool has_attachment, is_unread;
};

struct searching {
    struct ctx *ctx;
    struct search_node root;
    int64_t account, folder;
    int64_t left_out[2]; /* trash and junk, when looked for everywhere */
    struct matches LIST_OF(struct match) matches;
    /* the message looked at */
    const struct sql_conversation_every_row *row;
    /* texts that were asked for, to mark */
    const struct query *wanted[WANTED_MAX];
    size_t wanted_count;
};

/* ---- the tree ---- */

static enum search_place place_of(enum query_field field)
{
    static const enum search_place places[] = {
        [QUERY_ANY] = SEARCH_READABLE, [QUERY_FROM] = SEARCH_FROM,     [QUERY_TO] = SEARCH_RECIPIENTS,
        [QUERY_SUBJECT] = SEARCH_SUBJECT, [QUERY_BODY] = SEARCH_BODY};
    return places[field];
}

static void want(struct searching *searching, const struct query *query)
{
    if (searching->wanted_count < WANTED_MAX)
        searching->wanted[searching->wanted_count++] = query;
}

/* The depth is bounded where the query is parsed (QUERY_DEPTH_MAX). */
static enum status node_of(struct searching *searching, const struct query *query, bool is_wanted,
                           struct search_node *ret_node)
{
    static const enum search_node_kind kinds[] = {
        [QUERY_ALL] = SEARCH_ALL,     [QUERY_AND] = SEARCH_AND,   [QUERY_OR] = SEARCH_OR,
        [QUERY_NOT] = SEARCH_NOT,     [QUERY_WORD] = SEARCH_TERM, [QUERY_PHRASE] = SEARCH_TERM,
        [QUERY_PERIOD] = SEARCH_FACT, [QUERY_STATE] = SEARCH_FACT};
    struct search_term term = {
        .place = place_of(query->field), .name = STR(""), .text = query->text, .is_word = query->kind == QUERY_WORD};
    struct search_node node = {.kind = kinds[query->kind], .term = term, .fact = query};
    if (node.kind == SEARCH_TERM && is_wanted)
        want(searching, query);
    node.children = arena_array(searching->ctx->arena, struct search_node, query->child_count + 1);
    if (node.children == NULL)
        return LIMIT;
    for (; node.child_count < query->child_count; node.child_count++)
        TRY(node_of(searching, &query->children[node.child_count], is_wanted && query->kind != QUERY_NOT,
                    &node.children[node.child_count]));
    *ret_node = node;
    return OK;
}

static struct date day_of(struct instant at)
{
    struct civil civil = civil_of(at, page_offset_at(at));
    return date_of(civil.year, civil.month, civil.day);
}

static bool is_in_state(enum query_state state, const struct sql_conversation_every_row *row)
{
    switch (state) {
    case QUERY_UNREAD: return !(row->flags & MESSAGE_SEEN);
    case QUERY_READ: return row->flags & MESSAGE_SEEN;
    case QUERY_FLAGGED: return row->flags & MESSAGE_FLAGGED;
    case QUERY_ANSWERED: return row->flags & MESSAGE_ANSWERED;
    case QUERY_DRAFT: return row->flags & MESSAGE_DRAFT;
    case QUERY_ATTACHMENT: return row->has_attachment;
    }
    return false;
}

static bool is_so(void *with, const void *fact)
{
    const struct searching *searching = with;
    const struct query *query = fact;
    if (query->kind == QUERY_STATE)
        return is_in_state(query->state, searching->row);
    struct date day = day_of((struct instant){searching->row->received_ms});
    return day.days >= query->from.days && day.days < query->to.days;
}

/* ---- messages ---- */

static enum status look_at(void *with, const struct sql_conversation_every_row *row)
{
    struct searching *searching = with;
    struct search_asking asking = {searching->ctx, row->email, is_so, searching};
    bool is = false;
    if (searching->folder != 0 ? row->mailbox != searching->folder
                               : row->mailbox == searching->left_out[0] || row->mailbox == searching->left_out[1])
        return OK;
    searching->row = row;
    TRY(search_tree_is(&asking, &searching->root, &is));
    if (!is)
        return OK;
    struct match *match = list_add(&searching->matches, searching->ctx->arena, MATCHES_MAX);
    if (match == NULL)
        return LIMIT;
    *match = (struct match){.thread = row->thread, .email = row->email, .mailbox = row->mailbox,
                            .received_ms = row->received_ms, .messages = 1, .flags = row->flags,
                            .has_attachment = row->has_attachment, .is_unread = !(row->flags & MESSAGE_SEEN)};
    return OK;
}

static enum status look_at_email(void *with, const struct sql_conversation_every_of_row *row)
{
    struct sql_conversation_every_row same = {.mailbox = row->mailbox, .thread = row->thread, .email = row->email,
                                              .flags = row->flags, .received_ms = row->received_ms,
                                              .has_attachment = row->has_attachment};
    return look_at(with, &same);
}

static enum status look_at_all(struct searching *searching)
{
    struct ctx *ctx = searching->ctx;
    struct search_ids ids;
    bool is_bounded;
    TRY(search_tree_prepare(ctx, searching->account, &searching->root));
    TRY(search_tree_bound(ctx, &searching->root, &ids, &is_bounded));
    if (!is_bounded) {
        struct sql_conversation_every in = {.account = searching->account};
        return sql_conversation_every(ctx->db, in, look_at, searching);
    }
    for (size_t i = 0; i < ids.count; i++) {
        struct sql_conversation_every_of in = {.email = ids.at[i], .account = searching->account};
        TRY(sql_conversation_every_of(ctx->db, in, look_at_email, searching));
    }
    return OK;
}

/* ---- conversations ---- */

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int newest_first(const void *a, const void *b)
{
    const struct match *left = a, *right = b;
    int order = compare_numbers(right->received_ms, left->received_ms);
    return order != 0 ? order : compare_numbers(right->email, left->email);
}

static int by_thread(const void *a, const void *b)
{
    int order = compare_numbers(((const struct match *)a)->thread, ((const struct match *)b)->thread);
    return order != 0 ? order : newest_first(a, b);
}

/* The newest message of each conversation stands for it. */
static void join_conversations(struct searching *searching)
{
    struct match *at = searching->matches.at;
    size_t count = searching->matches.count, kept = 0;
    if (count > 1)
        qsort(at, count, sizeof *at, by_thread);
    for (size_t i = 0; i < count; i++) {
        if (kept > 0 && at[kept - 1].thread == at[i].thread) {
            at[kept - 1].messages++;
            at[kept - 1].is_unread |= at[i].is_unread;
        } else {
            at[kept++] = at[i];
        }
    }
    searching->matches.count = kept;
    if (kept > 1)
        qsort(at, kept, sizeof *at, newest_first);
}

/* ---- excerpts ---- */

struct spot {
    size_t from, to;
};

static struct str plain_of(struct buf *buf, struct str text)
{
    buf_clear(buf);
    plain_write(buf, text);
    return buf_str(buf);
}

static bool is_word_wanted(const struct searching *searching, struct str word, struct str wanted)
{
    const struct search *search = search_of(searching->ctx);
    if (str_starts(word, wanted) || search == NULL || word.len > TOKEN_MAX)
        return str_starts(word, wanted);
    char kept[TOKEN_MAX];
    struct str stem = stem_of(search->stemmer, wanted);
    if (stem.len > sizeof kept)
        return false;
    memcpy(kept, stem.at, stem.len);
    return str_eq(stem_of(search->stemmer, word), (struct str){kept, stem.len});
}

/* Where a text that was asked for begins with this word of the body; the end is that of a word. */
static bool is_here(const struct searching *searching, struct buf *scratch, struct str body, size_t at, struct str run,
                    struct spot *ret_spot)
{
    size_t end = at + run.len;
    for (size_t i = 0; i < searching->wanted_count; i++) {
        const struct query *wanted = searching->wanted[i];
        bool is_word = wanted->kind == QUERY_WORD;
        struct str here = str_slice(body, at, is_word ? end : at + 3 * wanted->text.len + 8);
        if (is_word ? !is_word_wanted(searching, plain_of(scratch, here), wanted->text)
                    : !str_starts(plain_of(scratch, here), wanted->text))
            continue;
        struct str rest = str_after(body, end);
        while (!is_word && plain_of(scratch, str_slice(body, at, end)).len < wanted->text.len && token_run(&rest, &run))
            end = (size_t)(run.at - body.at) + run.len;
        *ret_spot = (struct spot){at, end};
        return true;
    }
    return false;
}

static bool find_place(const struct searching *searching, struct str body, struct spot *ret_spot)
{
    struct buf scratch BUF_SCOPE = BUF_INIT(4 * MAIL_QUERY_MAX * 3 + 4096);
    struct str rest = body, run;
    while (token_run(&rest, &run)) {
        size_t at = (size_t)(run.at - body.at);
        if (run.len <= 4 * TOKEN_MAX && is_here(searching, &scratch, body, at, run, ret_spot))
            return true;
    }
    return false;
}

static struct str one_line(struct arena *arena, struct str text)
{
    char *copy = str_c(arena, text);
    for (size_t i = 0; copy != NULL && i < text.len; i++)
        if ((unsigned char)copy[i] < ' ')
            copy[i] = ' ';
    return copy != NULL ? (struct str){copy, text.len} : STR("");
}

static void add_span(struct mail_conversation *to, struct arena *arena, struct str text, bool is_match)
{
    to->excerpt[to->excerpt_count] = (struct mail_span){.text = str_copy(arena, text), .is_match = is_match};
    to->excerpt_count += text.len > 0;
}

/* Some words before, the match itself, its words after; the first words where nothing of the body matched. */
static enum status make_excerpt(struct searching *searching, struct arena *scratch, struct str body,
                                struct mail_conversation *to)
{
    struct arena *arena = searching->ctx->arena;
    struct spot spot;
    struct str line = one_line(scratch, body);
    to->excerpt = arena_array(arena, struct mail_span, 3);
    if (to->excerpt == NULL)
        return LIMIT;
    if (!find_place(searching, line, &spot)) {
        add_span(to, arena, utf8_prefix(str_trim(line), EXCERPT_MAX), false);
        return OK;
    }
    size_t from = spot.from > EXCERPT_BEFORE ? spot.from - EXCERPT_BEFORE : 0;
    while (from > 0 && from < spot.from && line.at[from - 1] != ' ')
        from++;
    add_span(to, arena, str_slice(line, from, spot.from), false);
    add_span(to, arena, str_slice(line, spot.from, spot.to), true);
    add_span(to, arena, utf8_prefix(str_after(line, spot.to), EXCERPT_MAX), false);
    return OK;
}

/* Of a body that cannot be read any more nothing is shown. */
static struct str body_of(struct searching *searching, struct arena *scratch, int64_t body)
{
    struct ctx inner = *searching->ctx;
    struct str bytes;
    struct mime mime;
    struct search_text text;
    inner.arena = scratch;
    if (store_message(&inner, body, &bytes) != OK || mime_scan(scratch, bytes, &mime) != OK ||
        text_for_search(scratch, &mime, BODY_MAX, &text) != OK)
        return STR("");
    return text.body;
}

/* ---- the page ---- */

static enum status show(struct searching *searching, const struct match *match, struct mail_conversation *ret)
{
    struct arena *scratch ARENA_SCOPE = arena_create(SCAN_ARENA);
    struct ctx *ctx = searching->ctx;
    struct sql_conversation_found_row row;
    TRY(sql_conversation_found(ctx->db, ctx->arena, (struct sql_conversation_found){.email = match->email}, &row));
    *ret = (struct mail_conversation){.id = match->thread, .message = match->email, .folder = match->mailbox,
                                      .people = row.from_text, .subject = row.base_subject,
                                      .at = {match->received_ms}, .messages = match->messages,
                                      .is_unread = match->is_unread,
                                      .is_flagged = (match->flags & MESSAGE_FLAGGED) != 0,
                                      .has_attachment = match->has_attachment};
    return make_excerpt(searching, scratch, body_of(searching, scratch, row.body), ret);
}

static enum status fill_page(struct searching *searching, const struct mail_page_ask *ask, struct mail_page *page)
{
    size_t from = 0, limit = (size_t)ask->limit;
    const struct matches *matches = &searching->matches;
    while (ask->cursor.id != 0 && from < matches->count && matches->at[from].thread != ask->cursor.id)
        from++;
    if (ask->cursor.id != 0)
        from = !ask->is_newer ? from + 1 : from > limit ? from - limit : 0;
    page->at = arena_array(searching->ctx->arena, struct mail_conversation, limit);
    if (page->at == NULL)
        return LIMIT;
    for (size_t i = from; i < matches->count && page->count < limit; i++)
        TRY(show(searching, &matches->at[i], &page->at[page->count++]));
    page->total = (int64_t)matches->count;
    page->before = (int64_t)from;
    page->has_newer = from > 0;
    page->has_older = from + page->count < matches->count;
    return OK;
}

enum status mail_search(struct ctx *ctx, struct str typed, const struct mail_page_ask *ask, struct mail_page *ret_page)
{
    struct searching searching = {.ctx = ctx, .folder = ask->folder};
    struct mail_page page = {0};
    struct query query;
    mailbox_row box;
    if (ask->limit < 1 || ask->limit > MAIL_PAGE_MAX || typed.len > MAIL_QUERY_MAX)
        return LIMIT;
    TRY(conversation_account(ctx, &searching.account));
    TRY(mailbox_by_use(ctx, searching.account, STR("trash"), &box));
    searching.left_out[0] = box.id;
    TRY(mailbox_by_use(ctx, searching.account, STR("junk"), &box));
    searching.left_out[1] = box.id;
    TRY(query_parse(ctx->arena, typed, day_of(ctx->now), &query));
    TRY(node_of(&searching, &query, true, &searching.root));
    TRY(look_at_all(&searching));
    join_conversations(&searching);
    TRY(fill_page(&searching, ask, &page));
    *ret_page = page;
    return OK;
}
