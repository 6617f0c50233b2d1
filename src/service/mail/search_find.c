#include <stdlib.h>

#include "base/utf8.h"
#include "service/mail/search_index.h"
#include "service/mail/search_sql.h"
#include "service/mail/search_town_sql.h"
#include "service/mail/store.h"

enum {
    ASKED_MAX = 64 << 10,   /* bytes of an expression for FTS5 */
    PIECES_MAX = 8,         /* words of a longer substring are enough */
    PIECE_MIN = 2,          /* letters fewer than these are in too many words */
    WORDS_MAX = 300,        /* words that hold some letters; with more, all emails are looked at */
    CHECK_ARENA = 1 << 30,  /* a cap: only what a message needs is taken */
};

/* ---- lists of emails ---- */

struct collector {
    struct arena *arena;
    struct search_ids *ids;
};

static enum status add_id(struct collector *collector, int64_t email)
{
    int64_t *added = list_add(collector->ids, collector->arena, SEARCH_IDS_MAX);
    if (added == NULL)
        return LIMIT;
    *added = email;
    return OK;
}

static enum status on_word(void *with, const struct sql_search_word_each_row *row)
{
    return add_id(with, row->email);
}

static enum status on_text(void *with, const struct sql_search_text_each_row *row)
{
    return add_id(with, row->email);
}

static enum status on_large(void *with, const struct sql_search_large_each_row *row)
{
    return add_id(with, row->email);
}

static enum status on_rest(void *with, const struct sql_search_town_rest_row *row)
{
    return add_id(with, row->id);
}

static enum status on_every(void *with, const struct sql_search_town_every_row *row)
{
    return add_id(with, row->id);
}

/* Sorted, each once, and without those of another list. */
static void tidy(struct search_ids *ids, const struct search_ids *without)
{
    size_t kept = 0, other = 0;
    if (ids->count > 1)
        qsort(ids->at, ids->count, sizeof *ids->at, search_compare_ids);
    for (size_t i = 0; i < ids->count; i++) {
        while (other < without->count && without->at[other] < ids->at[i])
            other++;
        bool is_other = other < without->count && without->at[other] == ids->at[i];
        if (!is_other && (kept == 0 || ids->at[kept - 1] != ids->at[i]))
            ids->at[kept++] = ids->at[i];
    }
    ids->count = kept;
}

/* ---- what is asked of the index ---- */

/* Letters that stand together in the substring looked for. Open to a side: the word may go on there. */
struct piece {
    struct str text;
    bool is_open_left, is_open_right;
    bool is_whole; /* nothing was cut off it */
};

static size_t cut_pieces(struct str text, struct piece pieces[PIECES_MAX])
{
    struct str rest = text, run;
    size_t count = 0;
    while (count < PIECES_MAX && token_run(&rest, &run)) {
        struct piece piece = {.text = utf8_prefix(run, SEARCH_PIECE_MAX), .is_open_left = run.at == text.at};
        piece.is_whole = piece.text.len == run.len;
        piece.is_open_right = !piece.is_whole || run.at + run.len == text.at + text.len;
        if (utf8_count(piece.text) >= PIECE_MIN || (!piece.is_open_left && !piece.is_open_right))
            pieces[count++] = piece;
    }
    return count;
}

/* Looks through the blocks of the vocabulary for words that hold a piece beyond their beginning, or end in it. */
struct scan {
    const struct piece *piece;
    struct buf *out;
    size_t words;
};

static enum status on_block(void *with, const struct sql_search_block_each_row *row)
{
    struct scan *scan = with;
    struct str rest = row->words, piece = scan->piece->text;
    for (size_t at; (at = str_find(rest, piece)) != SIZE_MAX;) {
        size_t end = at + piece.len, from = at;
        while (rest.at[end] != '\n')
            end++;
        while (from > 0 && rest.at[from - 1] != '\n')
            from--;
        struct str word = str_slice(rest, from, end);
        rest = str_after(rest, end);
        bool is_wanted = scan->piece->is_open_right ? !str_starts(word, piece) : str_ends(word, piece);
        if (!is_wanted)
            continue;
        if (++scan->words > WORDS_MAX)
            return LIMIT;
        buf_add_c(scan->out, scan->out->len > 0 ? " OR \"" : "\"");
        buf_add(scan->out, word);
        buf_add_byte(scan->out, '"');
    }
    return OK;
}

/* `("budget" * OR "cobudget")`. LIMIT: too many words, or nothing can be asked. Words hold no quotes. */
static enum status ask_piece(struct search *search, struct buf *out, const struct piece *piece, bool is_readable)
{
    struct buf words BUF_SCOPE = BUF_INIT(ASKED_MAX / 2);
    struct scan scan = {piece, &words, 0};
    if (piece->is_open_left)
        TRY(sql_search_block_each(search->db, (struct sql_search_block_each){is_readable}, on_block, &scan));
    TRY(buf_status(&words));
    buf_add_literal(out, "(");
    if (piece->is_open_right || !piece->is_open_left || words.len == 0) {
        buf_add_literal(out, "\"");
        buf_add(out, piece->text);
        buf_add_c(out, piece->is_open_right ? "\" *" : "\"");
        buf_add_c(out, words.len > 0 ? " OR " : "");
    }
    buf_add(out, buf_str(&words));
    buf_add_literal(out, ")");
    return buf_status(out);
}

static const char *columns_of(const struct search_term *term)
{
    static const char *const columns[] = {
        [SEARCH_TEXT] = "",
        [SEARCH_BODY] = "{body} : ",
        [SEARCH_HEADER] = "{other} : ",
        [SEARCH_FROM] = "{sender} : ",
        [SEARCH_TO] = "{recipient} : ",
        [SEARCH_CC] = "{copied} : ",
        [SEARCH_BCC] = "{other} : ",
        [SEARCH_SUBJECT] = "{subject} : ",
        [SEARCH_RECIPIENTS] = "{recipient copied} : ",
        [SEARCH_READABLE] = "{sender recipient copied subject body} : ",
    };
    static const struct {
        const char *name;
        enum search_place place;
    } names[] = {{"from", SEARCH_FROM}, {"to", SEARCH_TO}, {"cc", SEARCH_CC}, {"subject", SEARCH_SUBJECT}};
    for (size_t i = 0; term->place == SEARCH_HEADER && i < 4; i++)
        if (str_eq(term->name, str_of(names[i].name)))
            return columns[names[i].place];
    return columns[term->place];
}

/* A word that begins with the text, or shares its stem. */
static void ask_word(struct buf *out, struct str text, struct stemmer *stemmer)
{
    struct str stem = stem_of(stemmer, text);
    buf_add_format(out, "(\"%.*s\" * OR \"%.*s\" OR \"_%.*s\")", STR_ARG(text), STR_ARG(stem), STR_ARG(stem));
}

/* ---- finding ---- */

struct finder {
    struct ctx *ctx;
    struct search *search;
    int64_t first, last; /* the account's emails lie between */
    const struct search_term *term;
};

/* What a substring asks of the index: all its pieces, those passed over that are in too many words. */
static enum status ask_pieces(const struct finder *finder, const struct piece *pieces, size_t count, struct buf *asked)
{
    enum search_place place = finder->term->place;
    bool is_readable = place != SEARCH_TEXT && place != SEARCH_HEADER && place != SEARCH_BCC;
    size_t start = asked->len;
    for (size_t i = 0; i < count; i++) {
        size_t before = asked->len;
        if (before > start)
            buf_add_literal(asked, " AND ");
        enum status done = ask_piece(finder->search, asked, &pieces[i], is_readable);
        if (done == LIMIT) {
            asked->len = before;
            asked->is_over = false;
        } else if (done != OK) {
            return done;
        }
    }
    return OK;
}

static enum status ask(const struct finder *finder, struct search_ids *ids, struct buf *asked)
{
    struct collector collector = {finder->ctx->arena, ids};
    struct sql_search_word_each in = {buf_str(asked), finder->first, finder->last};
    buf_add_byte(asked, ')');
    in.asked = buf_str(asked);
    return sql_search_word_each(finder->search->db, in, on_word, &collector);
}

static enum status find_all(const struct finder *finder, struct search_ids *ids)
{
    struct collector collector = {finder->ctx->arena, ids};
    struct sql_search_text_each in = {finder->first, finder->last};
    return sql_search_text_each(finder->search->db, in, on_text, &collector);
}

/* Letters that are all of the substring: the words that hold them are the answer, and nobody need look. With too many
 * such words those that begin so are sure, and the rest is looked at. */
static enum status find_letters(const struct finder *finder, const struct piece *piece, struct search_found *found)
{
    struct buf asked BUF_SCOPE = BUF_INIT(ASKED_MAX);
    buf_add_format(&asked, "%s(", columns_of(finder->term));
    size_t start = asked.len;
    TRY(ask_pieces(finder, piece, 1, &asked));
    if (asked.len > start)
        return ask(finder, &found->sure, &asked);
    buf_add_format(&asked, "\"%.*s\" *", STR_ARG(piece->text));
    TRY(ask(finder, &found->sure, &asked));
    return find_all(finder, &found->maybe);
}

/* Which emails hold the pieces; whether they stand as asked is looked at. */
static enum status find_pieces(const struct finder *finder, const struct piece *pieces, size_t count,
                               struct search_found *found)
{
    struct buf asked BUF_SCOPE = BUF_INIT(ASKED_MAX);
    buf_add_format(&asked, "%s(", columns_of(finder->term));
    size_t start = asked.len;
    TRY(ask_pieces(finder, pieces, count, &asked));
    if (asked.len == start)
        return find_all(finder, &found->maybe);
    return ask(finder, &found->maybe, &asked);
}

static enum status find_indexed(const struct finder *finder, struct search_found *found)
{
    const struct search_term *term = finder->term;
    struct piece pieces[PIECES_MAX];
    bool is_mixed = term->place == SEARCH_HEADER || term->place == SEARCH_BCC; /* in `other`, with other fields */
    if (term->is_word) {
        struct buf asked BUF_SCOPE = BUF_INIT(ASKED_MAX);
        buf_add_format(&asked, "%s(", columns_of(term));
        ask_word(&asked, utf8_prefix(term->text, TOKEN_MAX), finder->search->stemmer);
        return ask(finder, is_mixed ? &found->maybe : &found->sure, &asked);
    }
    size_t count = cut_pieces(term->text, pieces);
    bool is_letters = count == 1 && pieces[0].is_whole && pieces[0].text.len == term->text.len;
    if (is_letters && !is_mixed)
        return find_letters(finder, &pieces[0], found);
    if (term->text.len == 0 && term->place == SEARCH_HEADER) /* whose words are in `other`, all names are */
        return find_all(finder, &found->maybe);
    return find_pieces(finder, pieces, count, found);
}

/* What the indexes do not know. */
static enum status find_rest(const struct finder *finder, struct search_ids *maybe)
{
    struct collector collector = {finder->ctx->arena, maybe};
    struct sql_search_town_rest in = {.first = finder->first, .last = finder->last};
    struct sql_search_large_each large = {finder->first, finder->last};
    TRY(sql_search_large_each(finder->search->db, large, on_large, &collector));
    in.body = finder->search->body;
    in.email = finder->search->email;
    return sql_search_town_rest(finder->ctx->db, in, on_rest, &collector);
}

/* Without an index, or with one that turns out to be damaged. */
static enum status find_every(const struct finder *finder, struct search_found *found)
{
    struct collector collector = {finder->ctx->arena, &found->maybe};
    struct sql_search_town_every in = {.first = finder->first, .last = finder->last};
    *found = (struct search_found){0};
    return sql_search_town_every(finder->ctx->db, in, on_every, &collector);
}

static enum status find(const struct finder *finder, struct search_found *found)
{
    struct search *search = finder->search;
    if (search == NULL || search->is_damaged)
        return find_every(finder, found);
    enum status done = find_indexed(finder, found);
    if (done == OK)
        done = find_rest(finder, &found->maybe);
    if (done != CORRUPT)
        return done;
    search->is_damaged = true;
    return find_every(finder, found);
}

enum status search_find(struct ctx *ctx, int64_t account, const struct search_term *term,
                        struct search_found *ret_found)
{
    struct search_found found = {0};
    struct finder finder = {ctx, search_of(ctx), account << 32, (account << 32) + UINT32_MAX, term};
    TRY(find(&finder, &found));
    tidy(&found.sure, &(struct search_ids){0});
    tidy(&found.maybe, &found.sure);
    *ret_found = found;
    return OK;
}

/* ---- looking at one ---- */

struct looker {
    const struct search_term *term;
    struct stemmer *stemmer;
    bool is_there, has;
};

static void look(struct looker *looker, struct str header, struct str body)
{
    struct search_document document = {.header = header, .body = body};
    looker->is_there = true;
    looker->has = search_document_has(&document, looker->term, looker->stemmer);
}

static enum status on_header(void *with, const struct sql_search_text_header_row *row)
{
    look(with, row->header, STR(""));
    return OK;
}

static enum status on_body(void *with, const struct sql_search_text_body_row *row)
{
    look(with, STR(""), row->body);
    return OK;
}

static enum status on_both(void *with, const struct sql_search_text_both_row *row)
{
    look(with, row->header, row->body);
    return OK;
}

/* At the text kept beside the index, where it lies: nothing is copied. */
static enum status look_kept(struct search *search, int64_t email, struct looker *looker)
{
    enum search_place place = looker->term->place;
    if (!search_place_has_body(place))
        return sql_search_text_header(search->db, (struct sql_search_text_header){email}, on_header, looker);
    if (!search_place_has_header(place))
        return sql_search_text_body(search->db, (struct sql_search_text_body){email}, on_body, looker);
    return sql_search_text_both(search->db, (struct sql_search_text_both){email}, on_both, looker);
}

static enum status look_whole(struct ctx *ctx, int64_t email, struct looker *looker)
{
    struct arena *scratch ARENA_SCOPE = arena_create(CHECK_ARENA);
    struct sql_search_town_body_row row;
    struct search_document document;
    struct ctx inner = *ctx;
    struct str message;
    inner.arena = scratch;
    TRY(sql_search_town_body(ctx->db, scratch, (struct sql_search_town_body){email}, &row));
    TRY(store_message(&inner, row.body, &message));
    TRY(search_document_read(scratch, message, SEARCH_WHOLE_MAX, &document));
    look(looker, document.header, document.body);
    return OK;
}

/* What an email that is gone or cannot be read has is nothing; any other failure is the disk's, or ours. */
static enum status look_at(struct ctx *ctx, int64_t email, struct looker *looker)
{
    struct search *search = search_of(ctx);
    if (search != NULL && !search->is_damaged) {
        enum status kept = look_kept(search, email, looker);
        search->is_damaged = kept == CORRUPT;
        if (kept != OK && kept != CORRUPT)
            return kept;
    }
    if (looker->is_there)
        return OK;
    enum status done = look_whole(ctx, email, looker);
    return done == NOT_FOUND || done == LIMIT || done == CORRUPT ? OK : done;
}

enum status search_check(struct ctx *ctx, int64_t email, const struct search_term *term, bool *ret_has)
{
    struct search *search = search_of(ctx);
    struct looker looker = {.term = term, .stemmer = search != NULL ? search->stemmer : stemmer_create()};
    enum status done = look_at(ctx, email, &looker);
    if (search == NULL)
        stemmer_destroy(looker.stemmer);
    *ret_has = looker.has;
    return done;
}
