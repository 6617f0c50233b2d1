/* town import: the command checks every file against the manifest, then cuts them into pieces for the town. */
#include "core/audit.h"
#include "core/export.h"
#include "core/town.h"
#include "os/file.h"
#include "role/about.h"
#include "role/export_verb.h"
#include "role/manifest.h"
#include "service/mail/mail_export.h"

/* Which step is which, in the table of verbs. */
enum { STEP_OPEN = 0, STEP_NEXT = 2, STEP_END = 4 };

/* ---- in the command ---- */

struct reading {
    struct manifest manifest;
    size_t checked;    /* files that are what the manifest says */
    size_t table;      /* of export_list, being read; then mail */
    size_t file;       /* of the manifest, when it is mail */
    struct str bytes, rest; /* of the file being read, mapped */
    bool is_open;
    int64_t done;      /* files wholly read */
};

static enum status open_source(struct ctx *ctx, struct verb_call *call)
{
    struct reading *reading = arena_new(call->always, struct reading);
    char *source = str_c(call->always, verb_argument(call, 0));
    if (reading == NULL || source == NULL)
        return LIMIT;
    reading->manifest = (struct manifest){.folder = source, .arena = call->always};
    enum status read = manifest_read(&reading->manifest);
    if (read == NOT_FOUND || read == INVALID)
        return refuse(ctx, NOT_FOUND, "import.manifest", T_import_manifest);
    TRY(read);
    *call->kept = reading;
    return OK;
}

static enum status refuse_file(struct ctx *ctx, struct str path)
{
    return refuse_with(ctx, INVALID, "import.file", T_import_file, "%.*s", STR_ARG(path));
}

static enum status give_about(struct ctx *ctx, struct verb_call *call, const struct reading *reading)
{
    struct buf text BUF_SCOPE = BUF_INIT(ABOUT_MAX);
    struct str path = str_format(ctx->arena, "%s/about.json", reading->manifest.folder);
    enum status done = str_is_absent(path) ? LIMIT : file_read_all(path.at, &text);
    if (done != OK)
        return refuse_file(ctx, STR("about.json"));
    buf_add(call->output, buf_str(&text));
    return OK;
}

/* A file each time, so that it shows how far it is. */
enum status import_open(struct ctx *ctx, struct verb_call *call)
{
    if (*call->kept == NULL)
        TRY(open_source(ctx, call));
    struct reading *reading = *call->kept;
    if (reading->checked == reading->manifest.files.count)
        return give_about(ctx, call, reading);
    const struct manifest_file *file = &reading->manifest.files.at[reading->checked];
    enum status proven = manifest_check(&reading->manifest, file);
    if (proven == CORRUPT || proven == NOT_FOUND)
        return refuse_with(ctx, CORRUPT, "restore.file", T_restore_file, "%.*s", STR_ARG(file->path));
    reading->checked++;
    call->next = STEP_OPEN;
    return proven;
}

static void close_file(struct reading *reading)
{
    if (reading->is_open)
        file_unmap(reading->bytes);
    reading->is_open = false;
    reading->done++;
}

static enum status open_file(struct ctx *ctx, struct reading *reading, struct str path)
{
    struct str whole = str_format(ctx->arena, "%s/%.*s", reading->manifest.folder, STR_ARG(path));
    TRY(str_is_absent(whole) ? LIMIT : file_map_path(whole.at, &reading->bytes));
    reading->rest = reading->bytes;
    reading->is_open = true;
    return OK;
}

static bool is_listed(const struct reading *reading, struct str path)
{
    for (size_t i = 0; i < reading->manifest.files.count; i++)
        if (str_eq(reading->manifest.files.at[i].path, path))
            return true;
    return false;
}

static void give(struct verb_call *call, struct str path, struct str piece)
{
    buf_add_format(call->output, "%.*s\n", STR_ARG(path));
    buf_add(call->output, piece);
}

/* One that is not there is of a service the other program did not have. */
static enum status table_piece(struct ctx *ctx, struct verb_call *call, struct reading *reading,
                               const struct export_file *file)
{
    struct str piece, path = str_of(file->name);
    bool is_start = !reading->is_open;
    if (is_start && !is_listed(reading, path)) {
        reading->table++;
        return OK;
    }
    if (is_start)
        TRY(open_file(ctx, reading, path));
    if (export_piece(file, is_start, &reading->rest, &piece) != OK)
        return refuse_file(ctx, path);
    if (piece.len > 0) {
        give(call, path, piece);
        return OK;
    }
    close_file(reading);
    reading->table++;
    return OK;
}

static enum status mail_piece(struct ctx *ctx, struct verb_call *call, struct reading *reading)
{
    struct str piece, path = reading->manifest.files.at[reading->file].path;
    if (!str_ends(path, STR(".mbox"))) {
        reading->file++;
        return OK;
    }
    if (!reading->is_open)
        TRY(open_file(ctx, reading, path));
    if (mail_export_piece(&reading->rest, &piece) != OK)
        return refuse_file(ctx, path);
    if (piece.len > 0) {
        give(call, path, piece);
        return OK;
    }
    close_file(reading);
    reading->file++;
    return OK;
}

enum status import_next(struct ctx *ctx, struct verb_call *call)
{
    const struct export_file *files[EXPORT_FILES_MAX];
    size_t count = export_list(files);
    struct reading *reading = *call->kept;
    while (call->output->len == 0) {
        if (reading->table < count)
            TRY(table_piece(ctx, call, reading, files[reading->table]));
        else if (reading->file < reading->manifest.files.count)
            TRY(mail_piece(ctx, call, reading));
        else
            break;
    }
    call->done = reading->done;
    call->total = (int64_t)reading->manifest.files.count;
    if (call->output->len == 0)
        call->next = STEP_END;
    return OK;
}

/* ---- in the parent ---- */

enum status import_member(struct ctx *ctx, struct verb_call *call)
{
    struct about about;
    if (about_parse(ctx->arena, str_trim(call->input), &about) != OK)
        return refuse_file(ctx, STR("about.json"));
    TRY(about_make(ctx, &about, &call->member));
    call->has_changed_members = true;
    buf_add(call->hand, about.name);
    return OK;
}

/* ---- in the town ---- */

enum status import_piece(struct ctx *ctx, struct verb_call *call)
{
    struct str piece = call->input, path = str_cut(&piece, '\n');
    const struct export_file *file = export_find(path);
    enum status done = file != NULL ? export_take(ctx, file, piece) : mail_export_take(ctx, path, piece);
    call->next = STEP_NEXT;
    if (done == INVALID || done == CONFLICT)
        return refuse_file(ctx, path);
    return done;
}

enum status import_end(struct ctx *ctx, struct verb_call *call)
{
    struct audit_head head;
    int64_t entry;
    TRY(audit_verify(ctx, NULL, &entry));
    TRY(audit_head(ctx, &head));
    buf_add_format(call->out, "%.*s: imported, %lld audit entries; people have no passwords yet (person invite)\n",
                   STR_ARG(ctx->town->name), (long long)head.count);
    return OK;
}
