#include "service/mail/search_index.h"

#include "service/mail/search_cache.h"
#include "service/mail/search_sql.h"
#include "service/mail/search_town_sql.h"
#include "service/mail/store.h"

enum {
    STEP_ARENA = 256 << 20,
    LOG_BYTES = 4 << 20, /* of the write-ahead log before it is copied into the file */
};

/* ---- one email ---- */

static enum status add_document(struct arena *arena, struct search *search, int64_t email,
                                const struct search_document *document)
{
    struct search_words words;
    TRY(search_words_of(arena, document, search, &words));
    TRY(search_words_learn(search, arena, &words));
    TRY(sql_search_text_add(search->db, (struct sql_search_text_add){email, document->header, document->body}));
    return sql_search_word_add(search->db,
                               (struct sql_search_word_add){email, words.sender, words.recipient, words.copied,
                                                            words.subject, words.body, words.other});
}

/* What cannot be read, or has too much text, is looked at by each search. */
static enum status read_body(struct ctx *ctx, int64_t body, struct search_document *document)
{
    struct str message;
    enum status done = store_message(ctx, body, &message);
    if (done == OK)
        done = search_document_read(ctx->arena, message, SEARCH_INDEXED_MAX, document);
    if (done == LIMIT || done == CORRUPT || done == NOT_FOUND) {
        document->is_cut = true;
        return OK;
    }
    return done;
}

static enum status remove_rows(struct search *search, int64_t email, const struct search_words *words)
{
    TRY(sql_search_text_remove(search->db, (struct sql_search_text_remove){email}));
    return sql_search_word_remove(search->db,
                                  (struct sql_search_word_remove){email, words->sender, words->recipient, words->copied,
                                                                  words->subject, words->body, words->other});
}

/* Ends the transaction: what it put in is kept, or was never in. Nothing here waits for the disk: it is derived. */
static enum status finish(struct search *search, enum status done)
{
    search->open_bytes = 0;
    if (done == OK)
        done = db_commit(search->db, SYNC_LATER);
    else
        db_rollback(search->db);
    if (done == OK) {
        search->kept_body = search->body;
        search->kept_email = search->email;
        return OK;
    }
    search->body = search->kept_body;
    search->email = search->kept_email;
    search_cache_destroy(search->cache); /* it knows words that are not in the vocabulary */
    search->cache = NULL;
    return done;
}

enum status search_index_settle(struct search *search)
{
    return search->open_bytes > 0 ? finish(search, OK) : OK;
}

enum status search_forget(struct ctx *ctx, int64_t email)
{
    struct search *search = search_of(ctx);
    struct sql_search_text_get_row text;
    struct search_words words;
    struct arena *scratch ARENA_SCOPE = arena_create(STEP_ARENA);
    if (search == NULL)
        return OK;
    enum status found = sql_search_text_get(search->db, scratch, (struct sql_search_text_get){email}, &text);
    if (found == NOT_FOUND)
        return OK; /* large, or not in yet */
    search->is_damaged |= found == CORRUPT;
    if (search->is_damaged)
        return OK; /* it is made anew, without */
    TRY(found);
    struct search_document document = {.header = text.header, .body = text.body};
    TRY(search_words_of(scratch, &document, search, &words));
    TRY(search_index_settle(search));
    TRY(db_begin(search->db));
    enum status done = sql_search_large_add(search->db, (struct sql_search_large_add){email});
    if (done == OK)
        done = remove_rows(search, email, &words);
    return finish(search, done);
}

static enum status drop_gone(struct ctx *ctx, struct search *search, const struct sql_search_large_next_row *rows,
                             size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct sql_search_town_body_row row;
        enum status found =
            sql_search_town_body(ctx->db, ctx->arena, (struct sql_search_town_body){rows[i].email}, &row);
        if (found == NOT_FOUND)
            found = sql_search_large_remove(search->db, (struct sql_search_large_remove){rows[i].email});
        TRY(found);
    }
    return OK;
}

enum status search_sweep(struct ctx *ctx)
{
    struct search *search = search_of(ctx);
    struct sql_search_large_next_row *rows;
    size_t count = 0;
    if (search == NULL || search->is_damaged || writer_is_open(ctx->town->writer))
        return NOT_FOUND;
    TRY(sql_search_large_next(search->db, ctx->arena, (struct sql_search_large_next){search->swept}, &rows, &count));
    search->swept = count > 0 ? rows[count - 1].email : 0;
    if (count == 0)
        return NOT_FOUND;
    TRY(search_index_settle(search));
    TRY(db_begin(search->db));
    return finish(search, drop_gone(ctx, search, rows, count));
}

/* ---- steps ---- */

static enum status add_email(struct ctx *ctx, struct search *search, const struct sql_search_town_next_row *email,
                             const struct search_document *document)
{
    if (document->is_cut)
        return sql_search_large_add(search->db, (struct sql_search_large_add){email->id});
    return add_document(ctx->arena, search, email->id, document);
}

/* Emails of one body share its text. *ret_taken: how many of the rows are in. */
static enum status add_emails(struct ctx *ctx, struct search *search, const struct sql_search_town_next_row *rows,
                              size_t count, size_t *ret_taken, size_t *ret_bytes)
{
    struct search_document document = {.is_cut = true};
    size_t bytes = 0, taken = 0;
    while (taken < count && (taken == 0 || bytes < SEARCH_STEP_BYTES)) {
        if (taken == 0 || rows[taken].body != rows[taken - 1].body) {
            document = (struct search_document){.header = STR(""), .body = STR("")};
            TRY(read_body(ctx, rows[taken].body, &document));
        }
        TRY(add_email(ctx, search, &rows[taken], &document));
        bytes += document.header.len + document.body.len;
        taken++;
    }
    *ret_taken = taken;
    *ret_bytes = bytes;
    return sql_search_set_state(
        search->db, (struct sql_search_set_state){SEARCH_VERSION, rows[taken - 1].body, rows[taken - 1].id});
}

static enum status begin(struct search *search)
{
    if (search->open_bytes > 0)
        return OK;
    TRY(db_begin(search->db));
    search->open_bytes = 1;
    if (search->cache == NULL)
        search->cache = search_cache_create();
    return OK;
}

static enum status end_step(struct search *search)
{
    TRY(finish(search, OK));
    return db_log_size(search->db) > LOG_BYTES ? db_checkpoint(search->db) : OK;
}

static enum status all_is_in(struct search *search)
{
    TRY(search_index_settle(search));
    search_cache_destroy(search->cache);
    search->cache = NULL;
    return NOT_FOUND;
}

static enum status step(struct ctx *ctx, struct search *search)
{
    struct sql_search_town_next_row *rows;
    size_t count, taken = 0, bytes = 0;
    struct sql_search_town_next in = {.body = search->body, .email = search->email};
    TRY(sql_search_town_next(ctx->db, ctx->arena, in, &rows, &count));
    if (count == 0)
        return all_is_in(search);
    TRY(begin(search));
    enum status done = add_emails(ctx, search, rows, count, &taken, &bytes);
    if (done != OK)
        return finish(search, done);
    search->body = rows[taken - 1].body;
    search->email = rows[taken - 1].id;
    search->open_bytes += (int64_t)bytes;
    return taken < count && search->open_bytes < SEARCH_COMMIT_BYTES ? OK : end_step(search);
}

enum status search_index_step(struct ctx *ctx)
{
    struct search *search = search_of(ctx);
    struct arena *scratch ARENA_SCOPE = arena_create(STEP_ARENA);
    struct ctx inner = *ctx;
    if (search == NULL)
        return NOT_FOUND;
    if (search->is_damaged)
        return CORRUPT;
    if (writer_is_open(ctx->town->writer))
        return BUSY;
    inner.arena = scratch;
    return step(&inner, search);
}

static enum status clear_tables(struct search *search)
{
    TRY(sql_search_word_clear(search->db));
    TRY(sql_search_vocabulary_clear(search->db));
    TRY(sql_search_block_clear(search->db));
    TRY(sql_search_text_clear(search->db));
    TRY(sql_search_large_clear(search->db));
    return sql_search_set_state(search->db, (struct sql_search_set_state){.version = SEARCH_VERSION});
}

enum status search_index_clear(struct search *search)
{
    TRY(search_index_settle(search));
    TRY(db_begin(search->db));
    enum status done = clear_tables(search);
    if (done == OK)
        search->body = search->email = 0;
    return finish(search, done);
}
