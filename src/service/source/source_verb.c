#include "service/source/source_verb.h"

#include "core/audit.h"
#include "core/shape.h"
#include "os/file.h"
#include "service/source/collection.h"
#include "service/source/reading.h"

enum { PIECE_TEXTS = 12, PIECE_BYTES = 256 << 10, COUNTS = 4 };

/* A text on its way from the command to the town: one line each. */
struct parcel {
    struct str collection, key, title, authors, publisher, licence, link, words;
    int64_t written, readers, replace;
};
static const struct shape_field parcel_fields[] = {
    SHAPE_FIELD(parcel, collection, SHAPE_TEXT, 0), SHAPE_FIELD(parcel, key, SHAPE_TEXT, 0),
    SHAPE_FIELD(parcel, title, SHAPE_TEXT, 0),      SHAPE_FIELD(parcel, authors, SHAPE_TEXT, 0),
    SHAPE_FIELD(parcel, publisher, SHAPE_TEXT, 0),  SHAPE_FIELD(parcel, licence, SHAPE_TEXT, 0),
    SHAPE_FIELD(parcel, link, SHAPE_TEXT, 0),       SHAPE_FIELD(parcel, words, SHAPE_TEXT, 0),
    SHAPE_FIELD(parcel, written, SHAPE_INT, 0),     SHAPE_FIELD(parcel, readers, SHAPE_INT, 0),
    SHAPE_FIELD(parcel, replace, SHAPE_INT, 0),
};
static const struct shape parcel_shape = SHAPE_OF(parcel, parcel_fields);

static void add_parcel(struct buf *out, const struct document_text *text, enum own_replace replace)
{
    const struct document *document = &text->document;
    struct parcel parcel = {.collection = document->collection,
                            .key = document->key,
                            .title = document->title,
                            .authors = document->authors,
                            .publisher = document->publisher,
                            .licence = document->licence,
                            .link = document->link,
                            .words = text->words,
                            .written = document->written.days,
                            .readers = document->readers,
                            .replace = replace};
    shape_json(out, &parcel_shape, &parcel);
    buf_add_byte(out, '\n');
}

/* ---- in the command ---- */

enum status source_verb_read(struct ctx *ctx, struct verb_call *call)
{
    if (*call->kept == NULL)
        TRY(collection_open(ctx, verb_argument(call, 1), verb_argument(call, 2), (struct collection **)call->kept));
    struct collection *collection = *call->kept;
    for (int taken = 0; taken < PIECE_TEXTS && call->output->len < PIECE_BYTES;) {
        struct document_text text;
        enum status next = collection_next(ctx, collection, &text);
        if (next == NOT_FOUND)
            break;
        TRY(next);
        if (text.words.len == 0) /* none; an empty piece would end it all, so it goes on to the next */
            continue;
        add_parcel(call->output, &text, OWN_KEEP);
        taken++;
    }
    collection_progress(collection, &call->done, &call->total);
    if (call->output->len == 0)
        collection_close(collection);
    return buf_status(call->output);
}

/* A file that is too large is not read. */
static enum status read_file(struct ctx *ctx, struct str path, struct buf *bytes)
{
    char *c_path = str_c(ctx->arena, path);
    if (c_path == NULL)
        return LIMIT;
    enum status done = file_read_all(c_path, bytes);
    if (done == NOT_FOUND || done == DENIED)
        return refuse(ctx, NOT_FOUND, "source.path", T_source_path_wrong);
    return done == LIMIT ? reading_refuse(ctx, WORDING_TOO_LARGE) : done;
}

static struct str option(const struct verb_call *call, const char *name)
{
    struct str given = verb_option(call, name);
    return str_is_absent(given) ? STR("") : given;
}

static enum document_readers readers_of(const struct verb_call *call)
{
    return verb_has(call, "--agents") ? DOCUMENT_AGENTS : DOCUMENT_PUBLIC;
}

static enum own_replace replace_of(const struct verb_call *call)
{
    return verb_has(call, "--open") ? OWN_OPEN : verb_has(call, "--replace") ? OWN_REPLACE : OWN_KEEP;
}

static enum status text_of_call(struct ctx *ctx, const struct verb_call *call, struct document_text *ret_text)
{
    struct str date = verb_option(call, "--date");
    struct document_text text = {.document = {.collection = DOCUMENT_OWN,
                                              .title = option(call, "--title"),
                                              .licence = verb_option(call, "--licence"),
                                              .authors = option(call, "--authors"),
                                              .publisher = option(call, "--publisher"),
                                              .link = option(call, "--link"),
                                              .readers = readers_of(call)}};
    if (!str_is_absent(date) && date_parse(date, &text.document.written) != OK)
        return refuse(ctx, INVALID, "source.date", T_source_date_wrong);
    *ret_text = text;
    return OK;
}

static struct str file_name_of(struct str path)
{
    size_t slash = str_find_byte_last(path, '/');
    return slash < path.len ? str_after(path, slash + 1) : path;
}

static enum status give(struct verb_call *call, const struct document_text *text)
{
    add_parcel(call->output, text, replace_of(call));
    *call->kept = call->always;
    call->next = SOURCE_VERB_TAKE;
    return buf_status(call->output);
}

/* What a text says is taken at once, what a document says comes from the next step. */
enum status source_verb_read_file(struct ctx *ctx, struct verb_call *call)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(WORDING_DOCUMENT_MAX);
    struct document_text text;
    call->next = SOURCE_VERB_TAKE;
    if (*call->kept != NULL)
        return OK;
    TRY(text_of_call(ctx, call, &text));
    TRY(read_file(ctx, verb_argument(call, 1), &bytes));
    if (!wording_is_document(buf_str(&bytes))) {
        TRY(document_words(ctx, verb_argument(call, 1), buf_str(&bytes), &text.words));
        return give(call, &text);
    }
    buf_add(call->output, buf_str(&bytes));
    call->next = SOURCE_VERB_TAKE - 2;
    return buf_status(call->output);
}

enum status source_verb_read_document(struct ctx *ctx, struct verb_call *call)
{
    struct conversion conversion;
    struct document_text text;
    TRY(text_of_call(ctx, call, &text));
    TRY(shape_from_json(ctx->arena, &conversion_shape, call->input, &conversion));
    if (conversion.end != WORDING_DONE)
        return reading_refuse(ctx, (enum wording_end)conversion.end);
    text.words = conversion.words;
    if (text.document.title.len == 0)
        text.document.title = conversion.title.len > 0 ? conversion.title : file_name_of(verb_argument(call, 1));
    return give(call, &text);
}

/* ---- in the town ---- */

/* "ADDED CHANGED SAME WITHDRAWN": what became of the texts so far. */
static enum status read_counts(struct str handed, int64_t counts[COUNTS])
{
    for (int i = 0; i < COUNTS && handed.len > 0; i++)
        TRY(str_to_i64(str_cut(&handed, ' '), &counts[i]));
    return OK;
}

static enum status take_line(struct ctx *ctx, struct str line, int64_t counts[COUNTS])
{
    struct parcel parcel;
    enum document_change change;
    int64_t id;
    TRY(shape_from_json(ctx->arena, &parcel_shape, line, &parcel));
    struct document_text text = {.document = {.collection = parcel.collection,
                                              .key = parcel.key,
                                              .title = parcel.title,
                                              .authors = parcel.authors,
                                              .publisher = parcel.publisher,
                                              .licence = parcel.licence,
                                              .link = parcel.link,
                                              .written = {(int32_t)parcel.written},
                                              .readers = parcel.readers == DOCUMENT_AGENTS ? DOCUMENT_AGENTS
                                                                                           : DOCUMENT_PUBLIC},
                                 .words = parcel.words};
    bool is_own = str_eq(parcel.collection, DOCUMENT_OWN);
    TRY(is_own ? own_put(ctx, &text, (enum own_replace)parcel.replace, &change, &id)
               : document_put(ctx, &text, &change, &id));
    counts[change]++;
    return OK;
}

enum status source_verb_take(struct ctx *ctx, struct verb_call *call)
{
    int64_t counts[COUNTS] = {0};
    TRY(read_counts(call->handed, counts));
    for (struct str rest = call->input; rest.len > 0;)
        TRY(take_line(ctx, str_cut(&rest, '\n'), counts));
    for (int i = 0; i < COUNTS; i++)
        buf_add_format(call->hand, i > 0 ? " %lld" : "%lld", (long long)counts[i]);
    if (call->input.len > 0) {
        call->next = 1;
        return OK;
    }
    struct str said = str_format(ctx->arena, "%lld added, %lld changed, %lld as before, %lld withdrawn before",
                                 (long long)counts[DOCUMENT_ADDED], (long long)counts[DOCUMENT_CHANGED],
                                 (long long)counts[DOCUMENT_SAME], (long long)counts[DOCUMENT_WITHDRAWN]);
    buf_add_format(call->out, "%.*s\n", STR_ARG(said));
    return audit_add(ctx, "source.import", verb_argument(call, 1), said);
}

static void write_source(struct buf *out, const struct document *document)
{
    buf_add_format(out, "%lld\t%.*s\t%.*s\t%.*s\t%.*s\t", (long long)document->id, STR_ARG(document->collection),
                   STR_ARG(document->title), STR_ARG(document->authors), STR_ARG(document->licence));
    if (document->written.days != 0)
        date_write(out, document->written);
    if (document->readers == DOCUMENT_AGENTS)
        buf_add_literal(out, "\tagents");
    if (document->withdrawn.ms != 0)
        buf_add_format(out, "\twithdrawn %.*s", STR_ARG(document->reason));
    buf_add_byte(out, '\n');
}

/* A page of them each time. */
enum status source_verb_list(struct ctx *ctx, struct verb_call *call)
{
    struct document *documents;
    size_t count;
    int64_t skip = 0;
    if (call->handed.len > 0)
        TRY(str_to_i64(call->handed, &skip));
    TRY(document_list(ctx, DOCUMENT_AGENTS, skip, &documents, &count));
    for (size_t i = 0; i < count; i++)
        write_source(call->out, &documents[i]);
    if (count == DOCUMENT_PAGE) {
        buf_add_i64(call->hand, skip + DOCUMENT_PAGE);
        call->next = 1;
    }
    return buf_status(call->out);
}

enum status source_verb_remove(struct ctx *ctx, struct verb_call *call)
{
    int64_t id;
    struct document_text text;
    bool is_number = str_to_i64(verb_argument(call, 1), &id) == OK;
    enum status found = is_number ? document_get(ctx, id, DOCUMENT_AGENTS, &text) : NOT_FOUND;
    if (found == NOT_FOUND)
        return refuse(ctx, NOT_FOUND, "source.unknown", T_source_unknown);
    TRY(found);
    struct str reason = verb_has(call, "--opt-out") ? DOCUMENT_OPT_OUT : DOCUMENT_REMOVED;
    TRY(document_withdraw(ctx, id, reason));
    return audit_add(ctx, "source.withdraw", text.document.title, reason);
}

enum status source_verb_licences(struct ctx *ctx, struct verb_call *call)
{
    static const char *const shown[] = {"nothing", "link", "quotation", "whole"};
    size_t count;
    const struct licence *licences = licence_list(&count);
    for (size_t i = 0; i < count; i++) {
        struct str name = text_of(ctx->language, licences[i].name);
        buf_add_format(call->out, "%s\t%s\t%s\t%.*s\n", licences[i].code, shown[licences[i].show],
                       licences[i].may_train ? "training" : "no training", STR_ARG(name));
    }
    return buf_status(call->out);
}
