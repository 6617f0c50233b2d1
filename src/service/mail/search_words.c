#include "base/utf8.h"
#include "service/mail/search_cache.h"
#include "service/mail/search_index.h"
#include "service/mail/search_sql.h"

enum {
    BLOCK_BYTES = 16 << 10, /* of words, in one row */
    ROOM_MIN = 64,
};

/* ---- the words of a column ---- */

/* A set of words under way. */
struct set {
    struct str *slots;
    size_t room, count;
    struct buf *out;
    struct search *search;
};

/* False when the word was there. */
static bool is_new(struct set *set, struct str word)
{
    size_t at = search_hash(word) & (set->room - 1);
    while (set->slots[at].len > 0) {
        if (str_eq(set->slots[at], word))
            return false;
        at = (at + 1) & (set->room - 1);
    }
    REQUIRE(++set->count < set->room); /* room is above the number of words any text of its length can hold */
    set->slots[at] = word;
    return true;
}

struct str search_index_window(struct str *run)
{
    struct str window = utf8_prefix(*run, TOKEN_MAX);
    *run = str_after(*run, window.len == run->len ? run->len : utf8_prefix(*run, TOKEN_MAX / 2).len);
    return window;
}

static void add_word(struct set *set, struct str word, bool is_whole)
{
    struct search *search = set->search;
    struct search_cached *cached =
        is_whole && search->cache != NULL ? search_cache_get(search->cache, word, search->stemmer) : NULL;
    struct str stem = cached != NULL  ? (struct str){cached->stem, cached->stem_len}
                      : is_whole ? stem_of(search->stemmer, word)
                                 : word;
    buf_add(set->out, word);
    if (!str_eq(stem, word)) {
        buf_add_literal(set->out, " _");
        buf_add(set->out, stem);
    }
    buf_add_byte(set->out, ' ');
}

static void add_words(struct set *set, struct str text)
{
    struct str run;
    while (token_run(&text, &run)) {
        bool is_first = true;
        while (run.len > 0) {
            struct str word = search_index_window(&run);
            if (is_new(set, word))
                add_word(set, word, is_first);
            is_first = false;
        }
    }
}

/* Two bytes a word at least, and windows begin every 29 bytes at the least. */
static enum status set_for(struct arena *arena, size_t length, struct set *set)
{
    set->room = ROOM_MIN;
    while (set->room < length + 2)
        set->room *= 2;
    set->count = 0;
    set->slots = arena_array(arena, struct str, set->room);
    return set->slots != NULL ? OK : LIMIT;
}

static enum status written(struct arena *arena, struct buf *out, struct str *ret_words)
{
    *ret_words = str_copy(arena, buf_str(out));
    enum status done = str_is_absent(*ret_words) ? LIMIT : buf_status(out);
    buf_clear(out);
    return done;
}

/* The fields a person reads have columns of their own; other fields, and all names, are in the last. */
static enum status header_words(struct arena *arena, struct set *set, struct str header, struct search_words *words)
{
    static const char *const names[] = {"from", "to", "cc", "subject", NULL};
    struct str *const columns[] = {&words->sender, &words->recipient, &words->copied, &words->subject, &words->other};
    for (int i = 0; i < 5; i++) {
        struct str rest = header, name, value;
        TRY(set_for(arena, header.len, set));
        while (search_document_field(&rest, &name, &value)) {
            int at = 0;
            while (names[at] != NULL && !str_eq(name, str_of(names[at])))
                at++;
            if (i == 4)
                add_words(set, name);
            if (at == i)
                add_words(set, value);
        }
        TRY(written(arena, set->out, columns[i]));
    }
    return OK;
}

enum status search_words_of(struct arena *arena, const struct search_document *document, struct search *search,
                            struct search_words *ret_words)
{
    struct buf out BUF_SCOPE = BUF_INIT(24 * (size_t)SEARCH_INDEXED_MAX);
    struct set set = {.out = &out, .search = search};
    TRY(header_words(arena, &set, document->header, ret_words));
    TRY(set_for(arena, document->body.len, &set));
    add_words(&set, document->body);
    return written(arena, &out, &ret_words->body);
}

/* ---- the vocabulary ---- */

/* The last block of one kind, to which words are added. */
struct tail {
    int64_t is_readable, number;
    struct buf words;
    bool is_changed;
};

static enum status open_tail(struct search *search, struct arena *arena, struct tail *tail)
{
    struct sql_search_block_last_row row;
    struct sql_search_block_last in = {tail->is_readable};
    enum status found = sql_search_block_last(search->db, arena, in, &row);
    tail->number = found == OK ? row.number : 1;
    buf_add(&tail->words, found == OK ? row.words : STR("\n"));
    return found == NOT_FOUND ? OK : found;
}

static enum status keep_tail(struct search *search, struct tail *tail)
{
    if (!tail->is_changed)
        return OK;
    tail->is_changed = false;
    return sql_search_block_set(
        search->db, (struct sql_search_block_set){tail->is_readable, tail->number, buf_str(&tail->words)});
}

static enum status add_to_tail(struct search *search, struct tail *tail, struct str word)
{
    buf_add(&tail->words, word);
    buf_add_byte(&tail->words, '\n');
    tail->is_changed = true;
    if (tail->words.len < BLOCK_BYTES)
        return OK;
    TRY(keep_tail(search, tail));
    tail->number++;
    buf_clear(&tail->words);
    buf_add_byte(&tail->words, '\n');
    return OK;
}

static enum status look_up(struct search *search, struct arena *arena, struct tail *tail, struct str word)
{
    struct sql_search_vocabulary_get_row row;
    enum status found = sql_search_vocabulary_get(search->db, arena, (struct sql_search_vocabulary_get){word}, &row);
    if (found != NOT_FOUND && (found != OK || row.is_readable >= tail->is_readable))
        return found;
    TRY(sql_search_vocabulary_set(search->db, (struct sql_search_vocabulary_set){word, tail->is_readable}));
    return add_to_tail(search, tail, word);
}

static enum status learn_word(struct search *search, struct arena *arena, struct tail *tail, struct str word)
{
    struct search_cached *cached =
        search->cache != NULL ? search_cache_get(search->cache, word, search->stemmer) : NULL;
    if (cached != NULL && cached->readable > tail->is_readable)
        return OK;
    TRY(look_up(search, arena, tail, word));
    if (cached != NULL)
        cached->readable = (unsigned char)(tail->is_readable + 1);
    return OK;
}

static enum status learn_words(struct search *search, struct arena *arena, struct tail *tail, struct str words)
{
    while (words.len > 0) {
        struct str word = str_cut(&words, ' ');
        if (word.len > 0 && word.at[0] != '_')
            TRY(learn_word(search, arena, tail, word));
    }
    return OK;
}

enum status search_words_learn(struct search *search, struct arena *arena, const struct search_words *words)
{
    struct buf readable BUF_SCOPE = BUF_INIT(2 * BLOCK_BYTES), other BUF_SCOPE = BUF_INIT(2 * BLOCK_BYTES);
    struct tail tails[] = {{.is_readable = 0, .words = other}, {.is_readable = 1, .words = readable}};
    enum status done = open_tail(search, arena, &tails[0]);
    if (done == OK)
        done = open_tail(search, arena, &tails[1]);
    const struct str columns[] = {words->sender, words->recipient, words->copied, words->subject, words->body};
    for (size_t i = 0; i < 5 && done == OK; i++)
        done = learn_words(search, arena, &tails[1], columns[i]);
    if (done == OK)
        done = learn_words(search, arena, &tails[0], words->other);
    for (size_t i = 0; i < 2 && done == OK; i++)
        done = keep_tail(search, &tails[i]);
    other = tails[0].words;    /* NOLINT(clang-analyzer-deadcode.DeadStores): as they grew, for BUF_SCOPE to release */
    readable = tails[1].words; /* NOLINT(clang-analyzer-deadcode.DeadStores) */
    return done;
}
