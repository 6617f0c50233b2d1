#include "service/source/source_verb.h"

#include "core/audit.h"
#include "os/file.h"
#include "service/source/lang.h"
#include "service/source/parcel.h"
#include "service/source/reading.h"

/* ---- in the command ---- */

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
    parcel_write(call->output, text, replace_of(call));
    call->next = SOURCE_VERB_TAKE;
    return buf_status(call->output);
}

/* What a text says is taken at once, what a document says comes from the next step. */
enum status source_verb_read_file(struct ctx *ctx, struct verb_call *call)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(WORDING_DOCUMENT_MAX);
    struct document_text text;
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

/* One text. */
enum status source_verb_take(struct ctx *ctx, struct verb_call *call)
{
    static const char *const said[] = {[DOCUMENT_ADDED] = "added", [DOCUMENT_CHANGED] = "changed",
                                       [DOCUMENT_SAME] = "as before", [DOCUMENT_WITHDRAWN] = "withdrawn before"};
    enum document_change change;
    TRY(parcel_take(ctx, str_cut(&call->input, '\n'), &change));
    buf_add_format(call->out, "%s\n", said[change]);
    return audit_add(ctx, "source.import", verb_argument(call, 1), str_of(said[change]));
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
    TRY(document_list(ctx, DOCUMENT_EDITORS, skip, &documents, &count));
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
    enum status found = is_number ? document_get(ctx, id, DOCUMENT_EDITORS, &text) : NOT_FOUND;
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
