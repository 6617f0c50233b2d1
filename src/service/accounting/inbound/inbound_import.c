/* `accounting import-invoice`. */
#include "core/conversion.h"
#include "core/town.h"
#include "os/file.h"
#include "service/accounting/inbound/inbound.h"
#include "service/accounting/inbound/inbound_verb.h"
#include "service/accounting/lang.h"

/* The tree of a file and what is read of it: below 64 MB in all, with the program. */
enum { TREE_MAX = 40 << 20, PIECE_INVOICES = 20 };

struct import {
    struct arena *tree;
    struct str bytes;
    struct inbound *invoices;
    size_t count, next, refused;
};

struct tally {
    int64_t file, added, there, refused;
};

static enum status read_tally(struct str handed, struct tally *ret_tally)
{
    int64_t *numbers[] = {&ret_tally->file, &ret_tally->added, &ret_tally->there, &ret_tally->refused};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        TRY(str_to_i64(str_cut(&handed, ' '), numbers[i]));
    return OK;
}

static void write_tally(struct buf *hand, const struct tally *tally)
{
    buf_add_format(hand, "%lld %lld %lld %lld", (long long)tally->file, (long long)tally->added,
                   (long long)tally->there, (long long)tally->refused);
}

/* ---- in the command ---- */

static enum status read_bytes(struct ctx *ctx, struct verb_call *call, struct import *import)
{
    struct buf bytes BUF_SCOPE = BUF_INIT(INBOUND_FILE_MAX);
    char *path = str_c(ctx->arena, verb_argument(call, 1));
    if (path == NULL)
        return LIMIT;
    enum status done = file_read_all(path, &bytes);
    call->is_unread = done != OK;
    if (done == LIMIT)
        return refuse(ctx, LIMIT, "accounting.file_long", T_accounting_file_long);
    if (done != OK)
        return refuse_with(ctx, done, "accounting.no_file", T_accounting_no_file, "%s", path);
    import->bytes = str_copy(call->always, buf_str(&bytes));
    return str_is_absent(import->bytes) ? LIMIT : OK;
}

enum status inbound_verb_open(struct ctx *ctx, struct verb_call *call)
{
    struct import *import = arena_new(call->always, struct import);
    if (import == NULL)
        return LIMIT;
    *call->kept = import;
    TRY(read_bytes(ctx, call, import));
    bool is_pdf = wording_is_pdf(import->bytes);
    if (is_pdf)
        buf_add(call->output, import->bytes);
    call->next = is_pdf ? INBOUND_VERB_ATTACHED : INBOUND_VERB_READ;
    return buf_status(call->output);
}

/* What the file says: itself, or the data in a PDF. */
static enum status find_words(struct ctx *ctx, const struct verb_call *call, const struct import *import,
                              struct faults *faults, struct str *ret_words)
{
    struct conversion conversion;
    *ret_words = import->bytes;
    if (!wording_is_pdf(import->bytes))
        return OK;
    TRY(shape_from_json(ctx->arena, &conversion_shape, call->input, &conversion));
    *ret_words = conversion.words;
    if (conversion.end == WORDING_DONE)
        return OK;
    inbound_refuse_end(conversion.end, faults);
    return INVALID;
}

static enum status read_invoices(struct ctx *ctx, struct verb_call *call, struct import *import,
                                 struct faults *faults)
{
    struct str words;
    TRY(find_words(ctx, call, import, faults, &words));
    import->tree = arena_create(TREE_MAX);
    return inbound_read(import->tree, words, faults, &import->invoices, &import->count, &import->refused);
}

enum status inbound_verb_read(struct ctx *ctx, struct verb_call *call)
{
    struct import *import = *call->kept;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    enum status done = read_invoices(ctx, call, import, faults);
    for (size_t i = 0; i < faults->count; i++)
        fault_print(call->out, &faults->kept[i]);
    if (done == OK && import->count > 0) {
        buf_add(call->output, import->bytes);
        return buf_status(call->output);
    }
    arena_destroy(&import->tree);
    if (faults->found == 0)
        return done != OK ? done : INVALID;
    call->is_unread = done != OK;
    return refuse(ctx, INVALID, "accounting.inbound", T_accounting_inbound_by_hand);
}

enum status inbound_verb_next(struct ctx *ctx, struct verb_call *call)
{
    struct import *import = *call->kept;
    (void)ctx;
    for (size_t i = 0; i < PIECE_INVOICES && import->next < import->count; i++) {
        shape_json(call->output, &inbound_shape, &import->invoices[import->next++]);
        buf_add_byte(call->output, '\n');
    }
    call->done = (int64_t)import->next;
    call->total = (int64_t)import->count;
    call->next = call->output->len > 0 ? INBOUND_VERB_TAKE : INBOUND_VERB_END;
    return buf_status(call->output);
}

enum status inbound_verb_end(struct ctx *ctx, struct verb_call *call)
{
    struct import *import = *call->kept;
    struct tally tally;
    arena_destroy(&import->tree);
    TRY(read_tally(call->handed, &tally));
    tally.refused += (int64_t)import->refused;
    buf_add_format(call->out, "%lld added, %lld there already, %lld not taken\n", (long long)tally.added,
                   (long long)tally.there, (long long)tally.refused);
    return tally.refused == 0 ? OK : refuse(ctx, INVALID, "accounting.inbound", T_accounting_inbound_by_hand);
}

/* ---- in the town ---- */

static struct str file_name_of(struct str path)
{
    size_t slash = str_find_byte_last(path, '/');
    return slash == SIZE_MAX ? path : str_after(path, slash + 1);
}

enum status inbound_verb_keep(struct ctx *ctx, struct verb_call *call)
{
    struct tally tally = {0};
    TRY(inbound_keep(ctx, file_name_of(verb_argument(call, 1)), call->input, INBOUND_READ, &tally.file));
    write_tally(call->hand, &tally);
    return OK;
}

static void tell(struct buf *out, const struct inbound *inbound, const struct inbound_taken *taken,
                 const struct faults *faults)
{
    static const char *const matches[] = {
        [INBOUND_UNASKED] = "no engagement given",
        [INBOUND_UNKNOWN] = "engagement not known",
        [INBOUND_OTHER_PARTY] = "engagement of another supplier",
        [INBOUND_OTHER_SERVICE] = "engagement of another service",
        [INBOUND_TOO_MUCH] = "above what is left of the engagement",
    };
    for (size_t i = 0; i < faults->count; i++)
        fault_print(out, &faults->kept[i]);
    buf_add_format(out, "%.*s: ", STR_ARG(inbound->number));
    if (taken->outcome == INBOUND_ADDED && taken->match == INBOUND_MATCHED)
        buf_add_format(out, "added, engagement %u", taken->engagement);
    else if (taken->outcome == INBOUND_ADDED)
        buf_add_format(out, "added, %s", matches[taken->match]);
    else
        buf_add_c(out, taken->outcome == INBOUND_THERE ? "there already" : "not taken");
    buf_add_c(out, taken->is_new_party ? ", supplier added" : "");
    buf_add_c(out, taken->is_new_bank ? ", account held for a second person\n" : "\n");
}

static enum status take_line(struct ctx *ctx, struct verb_call *call, struct str line, struct tally *tally)
{
    struct inbound inbound;
    struct inbound_taken taken = {.outcome = INBOUND_REFUSED};
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(shape_from_json(ctx->arena, &inbound_shape, line, &inbound));
    enum status done = inbound_take(ctx, &inbound, tally->file, faults, &taken);
    if (done != OK && (done != INVALID || faults->count == 0))
        return done;
    tally->added += taken.outcome == INBOUND_ADDED;
    tally->there += taken.outcome == INBOUND_THERE;
    tally->refused += taken.outcome == INBOUND_REFUSED;
    tell(call->out, &inbound, &taken, faults);
    return inbound_line_put(ctx, tally->file, (size_t)(tally->added + tally->there + tally->refused),
                            &(struct inbound_line){.number = inbound.number,
                                                   .said = faults->count > 0 ? faults->kept[0].mend : STR(""),
                                                   .bill = taken.bill,
                                                   .outcome = taken.outcome});
}

enum status inbound_verb_take(struct ctx *ctx, struct verb_call *call)
{
    struct tally tally;
    TRY(read_tally(call->handed, &tally));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    for (struct str rest = call->input; rest.len > 0;)
        TRY(take_line(ctx, call, str_cut(&rest, '\n'), &tally));
    write_tally(call->hand, &tally);
    call->next = INBOUND_VERB_NEXT;
    return OK;
}
