#include "service/source/source.h"

#include <openssl/sha.h>

#include "base/utf8.h"
#include "core/town.h"
#include "language/source/source.h"
#include "proto/mime/charset.h"
#include "proto/mime/html_text.h"
#include "service/source/lang.h"
#include "service/source/reading.h"
#include "service/source/source_sql.h"

/* ---- what comes in ---- */

enum status document_words(struct ctx *ctx, struct str file_name, struct str bytes, struct str *ret_words)
{
    struct buf text BUF_SCOPE = BUF_INIT(DOCUMENT_WORDS_MAX * 3), words BUF_SCOPE = BUF_INIT(DOCUMENT_WORDS_MAX);
    if (bytes.len > DOCUMENT_WORDS_MAX)
        return LIMIT;
    if (!wording_is_text(bytes))
        return reading_refuse(ctx, WORDING_UNKNOWN);
    charset_to_utf8(&text, STR(""), bytes);
    TRY(buf_status(&text));
    if (str_ends_nocase(file_name, STR(".html")) || str_ends_nocase(file_name, STR(".htm")))
        html_text_write(&words, buf_str(&text));
    else
        buf_add(&words, buf_str(&text));
    TRY(buf_status(&words));
    *ret_words = str_copy(ctx->arena, buf_str(&words));
    return str_is_absent(*ret_words) ? LIMIT : OK;
}

size_t document_heading(struct str line)
{
    size_t level = 0;
    while (level < line.len && line.at[level] == '#')
        level++;
    return level > 0 && level < line.len && line.at[level] == ' ' ? level + 1 : 0;
}

static bool is_words(struct str words)
{
    return words.len > 0 && words.len <= DOCUMENT_WORDS_MAX && str_count_byte(words, '\n') < DOCUMENT_LINES_MAX &&
           utf8_is_valid(words);
}

static bool is_name(struct str text)
{
    if (text.len > 4 * DOCUMENT_NAME_MAX || !utf8_is_valid(text) || utf8_count(text) > DOCUMENT_NAME_MAX)
        return false;
    while (text.len > 0)
        if (utf8_is_deceptive(utf8_next(&text)))
            return false;
    return true;
}

static bool is_link(struct str link)
{
    return link.len == 0 || str_starts(link, STR("https://")) || str_starts(link, STR("http://"));
}

enum status document_check(struct ctx *ctx, const struct document_text *text)
{
    const struct document *document = &text->document;
    if (document->title.len == 0 || !is_name(document->title) || !is_name(document->authors) ||
        !is_name(document->publisher) || !is_name(document->collection) || !is_name(document->key))
        return refuse(ctx, INVALID, "source.title", T_source_title_wrong);
    if (licence_find(document->licence) == NULL)
        return refuse(ctx, INVALID, "source.licence", T_source_licence_wrong);
    if (!is_link(document->link) || !is_name(document->link))
        return refuse(ctx, INVALID, "source.link", T_source_link_wrong);
    if (!is_words(text->words))
        return refuse(ctx, INVALID, "source.words", T_source_words_wrong);
    return OK;
}

static bool is_same(const struct sql_source_by_key_row *row, const struct document *document, struct str hash)
{
    return str_eq(row->hash, hash) && str_eq(row->title, document->title) && str_eq(row->authors, document->authors) &&
           str_eq(row->publisher, document->publisher) && str_eq(row->licence, document->licence) &&
           str_eq(row->link, document->link) && row->written_day == document->written.days &&
           row->readers == (int64_t)document->readers;
}

static enum status add(struct ctx *ctx, const struct document_text *text, struct str hash, int64_t *ret_id)
{
    const struct document *document = &text->document;
    struct sql_source_add_row row;
    struct sql_source_add in = {.collection = document->collection,
                                  .key = document->key,
                                  .title = document->title,
                                  .authors = document->authors,
                                  .publisher = document->publisher,
                                  .licence = document->licence,
                                  .written_day = document->written.days,
                                  .taken_ms = ctx->now.ms,
                                  .link = document->link,
                                  .hash = hash,
                                  .words = text->words,
                                  .readers = document->readers};
    TRY(sql_source_add(ctx->db, ctx->arena, in, &row));
    *ret_id = row.id;
    return OK;
}

static enum status set(struct ctx *ctx, const struct document_text *text, struct str hash, int64_t id)
{
    const struct document *document = &text->document;
    return sql_source_set(ctx->db, (struct sql_source_set){.id = id,
                                                               .title = document->title,
                                                               .authors = document->authors,
                                                               .publisher = document->publisher,
                                                               .licence = document->licence,
                                                               .written_day = document->written.days,
                                                               .taken_ms = ctx->now.ms,
                                                               .link = document->link,
                                                               .hash = hash,
                                                               .words = text->words,
                                                               .readers = document->readers});
}

/* The text as it is kept, and its hash. */
struct kept {
    struct document_text text;
    struct sql_source_by_key_row row; /* what stands by its key */
    unsigned char hash[SHA256_DIGEST_LENGTH];
};

/* NOT_FOUND: nothing stands by its key. */
static enum status keep(struct ctx *ctx, const struct document_text *given, struct kept *kept)
{
    struct buf words BUF_SCOPE = BUF_INIT(DOCUMENT_WORDS_MAX);
    kept->text = *given;
    TRY(document_check(ctx, given));
    text_normal_write(&words, given->words);
    TRY(buf_status(&words));
    kept->text.words = str_copy(ctx->arena, buf_str(&words));
    if (str_is_absent(kept->text.words))
        return LIMIT;
    TRY(document_check(ctx, &kept->text));
    SHA256((const unsigned char *)kept->text.words.at, kept->text.words.len, kept->hash);
    struct sql_source_by_key key = {.collection = given->document.collection, .key = given->document.key};
    return sql_source_by_key(ctx->db, ctx->arena, key, &kept->row);
}

static struct str hash_of(const struct kept *kept)
{
    return (struct str){(const char *)kept->hash, sizeof kept->hash};
}

static enum status put(struct ctx *ctx, const struct document_text *given, bool may_come_back,
                       enum document_change *ret_change, int64_t *ret_id)
{
    struct kept kept;
    enum status found = keep(ctx, given, &kept);
    if (found != OK && found != NOT_FOUND)
        return found;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    if (found == NOT_FOUND) {
        *ret_change = DOCUMENT_ADDED;
        TRY(add(ctx, &kept.text, hash_of(&kept), ret_id));
        return sql_source_changed(ctx->db);
    }
    bool is_gone = kept.row.withdrawn_ms != 0 && !str_eq(kept.row.reason, DOCUMENT_GONE);
    *ret_id = kept.row.id;
    *ret_change = is_gone                                                    ? DOCUMENT_WITHDRAWN
                  : is_same(&kept.row, &kept.text.document, hash_of(&kept)) ? DOCUMENT_SAME
                                                                             : DOCUMENT_CHANGED;
    if (is_gone && may_come_back && str_eq(kept.row.reason, DOCUMENT_REMOVED))
        *ret_change = DOCUMENT_ADDED;
    if (*ret_change == DOCUMENT_SAME || *ret_change == DOCUMENT_WITHDRAWN)
        return OK;
    TRY(db_erase_begin(ctx->db)); /* words that are written over now could not be withdrawn later */
    enum status done = set(ctx, &kept.text, hash_of(&kept), kept.row.id);
    TRY(db_erase_end(ctx->db));
    TRY(done);
    return sql_source_changed(ctx->db);
}

enum status document_put(struct ctx *ctx, const struct document_text *text, enum document_change *ret_change,
                         int64_t *ret_id)
{
    return put(ctx, text, false, ret_change, ret_id);
}

enum status document_put_again(struct ctx *ctx, const struct document_text *text, enum document_change *ret_change,
                               int64_t *ret_id)
{
    return put(ctx, text, true, ret_change, ret_id);
}

enum status document_same(struct ctx *ctx, const struct document_text *text, int64_t *ret_id)
{
    struct kept kept;
    TRY(keep(ctx, text, &kept));
    *ret_id = kept.row.id;
    bool is_there = kept.row.withdrawn_ms == 0 && is_same(&kept.row, &kept.text.document, hash_of(&kept));
    return is_there ? OK : NOT_FOUND;
}

/* What every row of a document has. */
#define DOCUMENT_OF(row)                                                                                               \
    ((struct document){.id = (row).id,                                                                                 \
                       .collection = (row).collection,                                                                 \
                       .key = (row).key,                                                                               \
                       .title = (row).title,                                                                           \
                       .authors = (row).authors,                                                                       \
                       .publisher = (row).publisher,                                                                   \
                       .licence = (row).licence,                                                                       \
                       .link = (row).link,                                                                             \
                       .written = {(int32_t)(row).written_day},                                                        \
                       .taken = {(row).taken_ms},                                                                      \
                       .withdrawn = {(row).withdrawn_ms},                                                              \
                       .readers = (enum document_readers)(row).readers,                                                \
                       .reason = (row).reason})

enum status document_by_key(struct ctx *ctx, struct str collection, struct str key, struct document *ret_document)
{
    struct sql_source_by_key_row row;
    TRY(sql_source_by_key(ctx->db, ctx->arena, (struct sql_source_by_key){.collection = collection, .key = key}, &row));
    *ret_document = DOCUMENT_OF(row);
    return OK;
}

/* ---- what is there ---- */

struct str document_makers(struct arena *arena, const struct document *document)
{
    bool is_twice = str_eq(document->authors, document->publisher);
    if (document->publisher.len == 0 || document->authors.len == 0 || is_twice)
        return document->authors.len > 0 ? document->authors : document->publisher;
    return str_format(arena, "%.*s. %.*s", STR_ARG(document->authors), STR_ARG(document->publisher));
}

enum document_readers document_reader(const struct ctx *ctx)
{
    permission_set rights = ctx->actor.rights;
    return permission_allows(rights, PERMISSION_ADMINISTER) ? DOCUMENT_EDITORS
           : permission_allows(rights, PERMISSION_SELF)     ? DOCUMENT_AGENTS
                                                            : DOCUMENT_PUBLIC;
}

enum status document_list(struct ctx *ctx, enum document_readers reader, int64_t skip,
                          struct document **ret_documents, size_t *ret_count)
{
    struct sql_source_list_row *rows;
    size_t count;
    struct sql_source_list in = {.skip = skip, .readers = reader};
    TRY(sql_source_list(ctx->db, ctx->arena, in, &rows, &count));
    struct document *documents = arena_array(ctx->arena, struct document, count + 1);
    if (documents == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        documents[i] = DOCUMENT_OF(rows[i]);
    *ret_documents = documents;
    *ret_count = count;
    return OK;
}

enum status document_count(struct ctx *ctx, enum document_readers reader, int64_t *ret_standing,
                           int64_t *ret_withdrawn)
{
    struct sql_source_count_row row;
    TRY(sql_source_count(ctx->db, ctx->arena, (struct sql_source_count){.readers = reader}, &row));
    *ret_standing = row.standing;
    *ret_withdrawn = row.withdrawn;
    return OK;
}

static enum status get(struct ctx *ctx, int64_t id, enum document_readers reader, struct document_text *ret_text,
                       enum licence_show *ret_show)
{
    struct sql_source_get_row row;
    TRY(sql_source_get(ctx->db, ctx->arena, (struct sql_source_get){.id = id}, &row));
    const struct licence *licence = licence_find(row.licence);
    bool has_name = licence != NULL && licence->show != LICENCE_NOTHING;
    if (row.readers > (int64_t)reader || (!has_name && reader != DOCUMENT_EDITORS))
        return NOT_FOUND;
    *ret_text = (struct document_text){.document = DOCUMENT_OF(row),
                                       .words = row.withdrawn_ms == 0 ? row.words : STR_NONE};
    ret_text->document.hash = row.hash;
    *ret_show = licence == NULL || row.withdrawn_ms != 0 ? LICENCE_NOTHING : licence->show;
    return OK;
}

enum status document_get(struct ctx *ctx, int64_t id, enum document_readers reader, struct document_text *ret_text)
{
    enum licence_show show;
    TRY(get(ctx, id, reader, ret_text, &show));
    if (show != LICENCE_WHOLE)
        ret_text->words = STR_NONE;
    return OK;
}

enum status document_quotable(struct ctx *ctx, int64_t id, enum document_readers reader,
                              struct document_text *ret_text)
{
    enum licence_show show;
    TRY(get(ctx, id, reader, ret_text, &show));
    return show >= LICENCE_QUOTE ? OK : NOT_FOUND;
}

enum status document_head(struct ctx *ctx, int64_t id, enum document_readers reader, struct document *ret_document)
{
    struct sql_source_head_row row;
    TRY(sql_source_head(ctx->db, ctx->arena, (struct sql_source_head){.id = id}, &row));
    const struct licence *licence = licence_find(row.licence);
    if (row.readers > (int64_t)reader || row.withdrawn_ms != 0 || licence == NULL || licence->show < LICENCE_QUOTE)
        return NOT_FOUND;
    *ret_document = DOCUMENT_OF(row);
    ret_document->hash = row.hash;
    return OK;
}

enum status document_next_head(struct ctx *ctx, enum document_readers readers, int64_t after,
                               struct document *ret_document)
{
    for (;;) {
        struct sql_source_next_row row;
        struct sql_source_next in = {.after = after, .readers = readers};
        TRY(sql_source_next(ctx->db, ctx->arena, in, &row));
        enum status done = document_head(ctx, row.id, readers, ret_document);
        if (done != NOT_FOUND)
            return done;
        after = row.id;
    }
}

enum status document_next(struct ctx *ctx, enum document_readers readers, int64_t after,
                          struct document_text *ret_text)
{
    struct document document;
    TRY(document_next_head(ctx, readers, after, &document));
    return document_quotable(ctx, document.id, readers, ret_text);
}

enum status document_read_part(struct ctx *ctx, int64_t id, size_t from, size_t most, struct buf *out)
{
    struct db_cell cell = {.table = "source_document", .column = "words", .row = id};
    return db_read_part(ctx->db, cell, from, most, out);
}

enum status document_holds(struct ctx *ctx, const struct document *document, struct str text,
                           struct document_search *search, bool *ret_holds)
{
    size_t from = 0, len = DOCUMENT_SCRATCH;
    REQUIRE(text.len > 0 && text.len < DOCUMENT_SCRATCH);
    *ret_holds = false;
    while (len == DOCUMENT_SCRATCH && !*ret_holds) {
        struct buf part = {.at = search->scratch, .room = DOCUMENT_SCRATCH, .max = DOCUMENT_SCRATCH};
        TRY(document_read_part(ctx, document->id, from, DOCUMENT_SCRATCH, &part));
        len = part.len;
        search->bytes += len;
        *ret_holds = str_find(buf_str(&part), text) != SIZE_MAX;
        from += DOCUMENT_SCRATCH - text.len; /* what lies across the edge is whole in the next */
    }
    return OK;
}

enum status document_state(struct ctx *ctx, int64_t *ret_state)
{
    struct sql_source_state_row row = {0};
    enum status found = sql_source_state(ctx->db, ctx->arena, &row);
    *ret_state = row.number;
    return found == NOT_FOUND ? OK : found;
}

enum status document_withdraw(struct ctx *ctx, int64_t id, struct str reason)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(db_erase_begin(ctx->db));
    struct sql_source_withdraw in = {.id = id, .now_ms = ctx->now.ms, .reason = reason};
    enum status done = sql_source_withdraw(ctx->db, in);
    TRY(db_erase_end(ctx->db));
    TRY(done);
    return sql_source_changed(ctx->db);
}
