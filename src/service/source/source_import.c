#include "service/source/source_import.h"

#include "base/map.h"
#include "core/audit.h"
#include "core/town.h"
#include "os/file.h"
#include "service/source/collection.h"
#include "service/source/lang.h"
#include "service/source/parcel.h"
#include "service/source/reading.h"
#include "service/source/source_import_sql.h"

enum { PIECE_TEXTS = 12, PIECE_BYTES = 256 << 10, PIECE_OUT = VERB_OUT_MAX / 2 };

/* ---- in the command ---- */

/* What the command keeps from step to step. */
struct import {
    struct collection *collection;
    struct map keys;    /* of texts in the file, read or not: these are not gone */
    int64_t taken, left_out;
};

static enum status keep(struct verb_call *call, struct collection *collection)
{
    struct import *import = arena_new(call->always, struct import);
    if (import == NULL)
        return LIMIT;
    *import = (struct import){.collection = collection, .keys = map_in(call->always, COLLECTION_TEXTS_MAX)};
    *call->kept = import;
    return OK;
}

static enum status read_archive(struct ctx *ctx, struct verb_call *call)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(WORDING_DOCUMENT_MAX);
    char *path = str_c(ctx->arena, verb_argument(call, 2));
    if (path == NULL)
        return LIMIT;
    enum status done = file_read_all(path, &bytes);
    if (done == NOT_FOUND || done == DENIED)
        return refuse(ctx, NOT_FOUND, "source.path", T_source_path_wrong);
    if (done == LIMIT)
        return reading_refuse(ctx, WORDING_TOO_LARGE);
    buf_add(call->output, buf_str(&bytes));
    return done;
}

enum status source_import_open(struct ctx *ctx, struct verb_call *call)
{
    struct collection *collection;
    bool is_archive;
    TRY(collection_is_archive(ctx, verb_argument(call, 1), &is_archive));
    call->next = is_archive ? SOURCE_IMPORT_UNPACK : SOURCE_IMPORT_READ;
    if (is_archive)
        return read_archive(ctx, call);
    TRY(collection_open(ctx, verb_argument(call, 1), verb_argument(call, 2), &collection));
    return keep(call, collection);
}

/* The lines stand as long as the verb lasts: they are read in pieces. */
static enum status begin(struct ctx *ctx, struct verb_call *call)
{
    struct collection *collection;
    struct str lines = str_copy(call->always, call->input);
    if (str_is_absent(lines))
        return LIMIT;
    TRY(collection_open_lines(ctx, verb_argument(call, 1), lines, &collection));
    return keep(call, collection);
}

/* "F123: source.file_damaged: This document is damaged..." */
static void say_left_out(struct ctx *ctx, struct verb_call *call, struct str key)
{
    struct str sentence = text_of(ctx->language, ctx->failure.sentence);
    const char *code = ctx->failure.code != NULL ? ctx->failure.code : "source.form";
    buf_add_format(call->out, "%.*s: %s: %.*s\n", STR_ARG(key), code, STR_ARG(sentence));
}

/* A text that is for another public has no place in this collection; one that could not be read may have one. */
static enum status check(struct ctx *ctx, struct import *import, enum status read, const struct document_text *text)
{
    enum wording_end end = collection_end(import->collection);
    if (read == CONFLICT && end == WORDING_DONE)
        return refuse(ctx, CONFLICT, "source.public", T_source_other_public);
    if (map_get(&import->keys, text->document.key) == NULL)
        TRY(map_add(&import->keys, text->document.key, import));
    return read == CONFLICT ? reading_refuse(ctx, end) : document_check(ctx, text);
}

static enum status add(struct ctx *ctx, struct verb_call *call, enum status read, const struct document_text *text)
{
    struct import *import = *call->kept;
    ctx->failure.code = NULL;
    enum status checked = check(ctx, import, read, text);
    if (checked != OK && ctx->failure.code == NULL)
        return checked;
    if (checked == OK) {
        parcel_write(call->output, text, OWN_KEEP);
        import->taken++;
    } else {
        say_left_out(ctx, call, text->document.key);
        import->left_out++;
    }
    return OK;
}

/* A file of which nothing could be read is no file of this collection, and takes nothing out. */
static enum status end(struct ctx *ctx, struct verb_call *call)
{
    struct import *import = *call->kept;
    collection_close(import->collection);
    import->collection = NULL;
    if (import->taken == 0)
        return refuse(ctx, INVALID, "source.form", T_source_form_wrong);
    if (import->left_out > 0)
        buf_add_format(call->out, "%lld left out\n", (long long)import->left_out);
    call->next = SOURCE_IMPORT_SWEEP;
    return OK;
}

enum status source_import_read(struct ctx *ctx, struct verb_call *call)
{
    enum status next = OK;
    if (*call->kept == NULL)
        TRY(begin(ctx, call));
    struct import *import = *call->kept;
    int64_t until = import->taken + PIECE_TEXTS;
    while (import->taken < until && call->output->len < PIECE_BYTES && call->out->len < PIECE_OUT) {
        struct document_text text;
        next = collection_next(ctx, import->collection, &text);
        if (next != OK && next != CONFLICT)
            break;
        if (next == OK && text.words.len == 0) /* none; an empty piece would end it all */
            continue;
        TRY(add(ctx, call, next, &text));
    }
    if (next != OK && next != CONFLICT && next != NOT_FOUND)
        return next;
    collection_progress(import->collection, &call->done, &call->total);
    if (next == NOT_FOUND && call->output->len == 0)
        return end(ctx, call);
    call->next = call->output->len > 0 ? SOURCE_IMPORT_TAKE : SOURCE_IMPORT_READ;
    return buf_status(call->output);
}

/* Lines of "NUMBER KEY" become the numbers of those that the file no longer has. */
enum status source_import_compare(struct ctx *ctx, struct verb_call *call)
{
    const struct import *import = *call->kept;
    (void)ctx;
    for (struct str rest = call->input; rest.len > 0;) {
        struct str key = str_cut(&rest, '\n'), number = str_cut(&key, ' ');
        if (map_get(&import->keys, key) != NULL)
            continue;
        buf_add(call->output, number);
        buf_add_byte(call->output, '\n');
    }
    call->next = SOURCE_IMPORT_SWEEP;
    return buf_status(call->output);
}

/* ---- in the town ---- */

enum { COUNT_GONE = DOCUMENT_WITHDRAWN + 1, COUNT_SWEPT, COUNTS };

/* What became of the texts so far, and up to which the town's own were looked through. */
static enum status read_counts(struct str handed, int64_t counts[COUNTS])
{
    for (int i = 0; i < COUNTS && handed.len > 0; i++)
        TRY(str_to_i64(str_cut(&handed, ' '), &counts[i]));
    return OK;
}

static void hand_counts(struct verb_call *call, const int64_t counts[COUNTS])
{
    for (int i = 0; i < COUNTS; i++)
        buf_add_format(call->hand, i > 0 ? " %lld" : "%lld", (long long)counts[i]);
}

enum status source_import_take(struct ctx *ctx, struct verb_call *call)
{
    int64_t counts[COUNTS] = {0};
    TRY(read_counts(call->handed, counts));
    for (struct str rest = call->input; rest.len > 0;) {
        enum document_change change;
        TRY(parcel_take(ctx, str_cut(&rest, '\n'), &change));
        counts[change]++;
    }
    hand_counts(call, counts);
    call->next = SOURCE_IMPORT_READ;
    return OK;
}

static enum status take_out(struct ctx *ctx, struct str numbers, int64_t *gone)
{
    while (numbers.len > 0) {
        int64_t id;
        TRY(str_to_i64(str_cut(&numbers, '\n'), &id));
        TRY(document_withdraw(ctx, id, DOCUMENT_GONE));
        (*gone)++;
    }
    return OK;
}

static enum status say_counts(struct ctx *ctx, struct verb_call *call, const int64_t counts[COUNTS])
{
    struct str said = str_format(
        ctx->arena, "%lld added, %lld changed, %lld as before, %lld withdrawn before, %lld gone",
        (long long)counts[DOCUMENT_ADDED], (long long)counts[DOCUMENT_CHANGED], (long long)counts[DOCUMENT_SAME],
        (long long)counts[DOCUMENT_WITHDRAWN], (long long)counts[COUNT_GONE]);
    buf_add_format(call->out, "%.*s\n", STR_ARG(said));
    call->next = SOURCE_IMPORT_STEPS;
    return audit_add(ctx, "source.import", verb_argument(call, 1), said);
}

enum status source_import_sweep(struct ctx *ctx, struct verb_call *call)
{
    struct sql_source_import_standing_row *rows;
    size_t count;
    int64_t counts[COUNTS] = {0};
    TRY(read_counts(call->handed, counts));
    TRY(take_out(ctx, call->input, &counts[COUNT_GONE]));
    struct sql_source_import_standing in = {.collection = verb_argument(call, 1), .after = counts[COUNT_SWEPT]};
    TRY(sql_source_import_standing(ctx->db, ctx->arena, in, &rows, &count));
    if (count == 0)
        return say_counts(ctx, call, counts);
    for (size_t i = 0; i < count; i++)
        buf_add_format(call->output, "%lld %.*s\n", (long long)rows[i].id, STR_ARG(rows[i].key));
    counts[COUNT_SWEPT] = rows[count - 1].id;
    hand_counts(call, counts);
    return buf_status(call->output);
}
