#include "role/export_verb.h"

#include "core/audit.h"
#include "core/export.h"
#include "core/member.h"
#include "core/service.h"
#include "core/town.h"
#include "os/file.h"
#include "role/about.h"
#include "role/manifest.h"
#include "service/mail/mail_export.h"

/* Which step is which, in the table of verbs. */
enum { STEP_NEXT = 3, STEP_PUT = 4, STEP_NOTE = 5 };
#define ABOUT "about.json"

/* ---- in the command ---- */

struct writing {
    struct manifest manifest;
    struct manifest_copy *copy; /* the file being written */
    struct str path;            /* of it */
};

enum status export_prepare(struct ctx *ctx, struct verb_call *call)
{
    struct writing *writing = arena_new(call->always, struct writing);
    char *target = str_c(call->always, verb_argument(call, 1));
    struct str *names;
    size_t count;
    if (writing == NULL || target == NULL)
        return LIMIT;
    enum status there = file_list(target, ctx->arena, 1, &names, &count);
    if (there == LIMIT || (there == OK && count > 0))
        return refuse(ctx, CONFLICT, "backup.target", T_backup_target);
    TRY(file_folder(target));
    writing->manifest = (struct manifest){.folder = target, .arena = call->always};
    *call->kept = writing;
    return OK;
}

static enum status end_file(struct writing *writing)
{
    struct manifest_copy *copy = writing->copy;
    writing->copy = NULL;
    return copy != NULL ? manifest_end(&writing->manifest, copy) : OK;
}

static enum status put(struct verb_call *call, struct writing *writing, struct str bytes)
{
    struct str path = str_cut(&bytes, '\n');
    if (writing->copy == NULL || !str_eq(path, writing->path)) {
        TRY(end_file(writing));
        TRY(manifest_begin(&writing->manifest, path, &writing->copy));
        writing->path = str_copy(call->always, path);
    }
    return manifest_feed(writing->copy, str_is_absent(bytes) ? STR("") : bytes);
}

/* The input is "PATH" and bytes behind it; empty when all is written. */
enum status export_put(struct ctx *ctx, struct verb_call *call)
{
    struct writing *writing = *call->kept;
    (void)ctx;
    if (call->input.len > 0) {
        call->next = STEP_NEXT;
        return put(call, writing, call->input);
    }
    TRY(end_file(writing));
    TRY(manifest_write(&writing->manifest));
    buf_add_format(call->out, "%.*s: %zu files\n", STR_ARG(verb_argument(call, 0)), writing->manifest.files.count);
    call->next = STEP_NOTE;
    return OK;
}

/* ---- in the parent ---- */

enum status export_about(struct ctx *ctx, struct verb_call *call)
{
    struct about about;
    TRY(about_read(ctx, verb_argument(call, 0), &call->member, &about));
    buf_add_literal(call->output, ABOUT "\n");
    about_write(call->output, &about);
    return OK;
}

/* ---- in the reader: tables, then mail; handed "FILE ROW MAILBOX UID" ---- */

struct state {
    int64_t file, row;
    struct mail_export_walk walk;
};

static enum status read_state(struct str handed, struct state *ret_state)
{
    int64_t *numbers[] = {&ret_state->file, &ret_state->row, &ret_state->walk.mailbox, &ret_state->walk.uid};
    *ret_state = (struct state){0};
    for (size_t i = 0; i < 4 && handed.len > 0; i++)
        TRY(str_to_i64(str_cut(&handed, ' '), numbers[i]));
    return OK;
}

static enum status next_table(struct ctx *ctx, struct state *state, const struct export_file *file, struct buf *out)
{
    int64_t next;
    buf_add_format(out, "%s\n", file->name);
    TRY(export_write(ctx, file, state->row, out, &next));
    state->file += next < 0;
    state->row = next < 0 ? 0 : next;
    return OK;
}

static enum status next_mail(struct ctx *ctx, struct state *state, struct buf *out)
{
    struct str file;
    struct buf bytes BUF_SCOPE = BUF_INIT(VERB_BULK_MAX - 1000);
    enum status done = mail_export_next(ctx, &state->walk, &file, &bytes);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    buf_add_format(out, "%.*s\n", STR_ARG(file));
    buf_add(out, buf_str(&bytes));
    return OK;
}

enum status export_next(struct ctx *ctx, struct verb_call *call)
{
    const struct export_file *files[EXPORT_FILES_MAX];
    size_t count = export_list(files);
    struct state state;
    TRY(read_state(call->handed, &state));
    if (state.file < (int64_t)count)
        TRY(next_table(ctx, &state, files[state.file], call->output));
    else
        TRY(next_mail(ctx, &state, call->output));
    buf_add_format(call->hand, "%lld %lld %lld %lld", (long long)state.file, (long long)state.row,
                   (long long)state.walk.mailbox, (long long)state.walk.uid);
    return OK;
}

enum status export_note(struct ctx *ctx, struct verb_call *call)
{
    (void)call;
    return audit_add(ctx, "town.export", ctx->town->name, STR(""));
}
