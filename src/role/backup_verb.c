#include "role/backup_verb.h"

#include <unistd.h>

#include "core/audit.h"
#include "core/auth.h"
#include "core/member.h"
#include "core/town.h"
#include "os/file.h"
#include "role/manifest.h"
#include "role/provider_reach.h"
#include "role/upkeep_verb.h"
#include "service/mail/compact.h"
#include "service/mail/mailbox.h"
#include "service/mail/store.h"

enum { PIECE_FILES_BYTES = 64 << 20, HOLD_MS = 24 * 3600 * 1000, TLS_FILES_MAX = 100 };

/* Which step is which, in the table of verbs. */
enum { NEXT = 2, COPY = 6 };

/* ---- what the command keeps ---- */

struct one_member {
    int64_t id;
    struct str name;
};
struct backup {
    struct manifest manifest;
    struct one_member *members;
    size_t member_count, next;    /* next: behind the one being copied */
    struct str segments;          /* of that one: "NUMBER LENGTH" lines still to copy */
    int64_t bytes, files;
};

static struct str line_number(struct str *rest, int64_t *ret_number)
{
    struct str line = str_cut(rest, '\n'), number = str_cut(&line, ' ');
    if (str_to_i64(number, ret_number) != OK)
        *ret_number = -1;
    return line;
}

static enum status read_members(struct verb_call *call, struct one_member **ret_members, size_t *ret_count)
{
    struct str rest = str_copy(call->always, call->input);
    struct one_member *members = arena_array(call->always, struct one_member, MEMBER_MAX);
    if (str_is_absent(rest) || members == NULL)
        return LIMIT;
    size_t count = 0;
    while (rest.len > 0 && count < MEMBER_MAX) {
        members[count].name = line_number(&rest, &members[count].id);
        count++;
    }
    *ret_members = members;
    *ret_count = count;
    return OK;
}

/* "ID NAME" lines of all members, for the command. */
static enum status list_members(struct ctx *ctx, struct buf *out)
{
    member_row *rows;
    size_t count;
    TRY(member_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(out, "%lld %.*s\n", (long long)rows[i].id, STR_ARG(rows[i].name));
    return OK;
}

/* ---- backup ---- */

enum status backup_prepare(struct ctx *ctx, struct verb_call *call)
{
    struct backup *backup = arena_new(call->always, struct backup);
    char *target = str_c(call->always, verb_argument(call, 0));
    struct str *names;
    size_t count;
    if (backup == NULL || target == NULL)
        return LIMIT;
    enum status there = file_list(target, ctx->arena, 1, &names, &count);
    if (there == LIMIT || (there == OK && count > 0))
        return refuse(ctx, CONFLICT, "backup.target", T_backup_target);
    TRY(file_folder(target));
    backup->manifest = (struct manifest){.folder = target, .arena = call->always};
    *call->kept = backup;
    return OK;
}

/* A copy left by one that was broken off is replaced. */
static enum status copy_database(struct ctx *ctx, struct db *db, const char *path)
{
    struct str to = str_format(ctx->arena, "%s.backup", path);
    if (str_is_absent(to))
        return LIMIT;
    unlink(to.at);
    return db_copy(db, to.at);
}

/* A second handle reads what is committed: the step's own transaction is open on the first. */
static enum status copy_beside(struct ctx *ctx, struct str path)
{
    struct db *reader;
    if (str_is_absent(path))
        return LIMIT;
    TRY(db_open(path.at, DB_READ, &reader));
    enum status done = copy_database(ctx, reader, path.at);
    db_close(reader);
    return done;
}

enum status backup_parent(struct ctx *ctx, struct verb_call *call)
{
    TRY(list_members(ctx, call->output));
    return copy_beside(ctx, str_format(ctx->arena, "%s/syndicate.db", call->folder));
}

/* A copy that a role made goes into the target and away. */
static enum status take_database(struct verb_call *call, struct backup *backup, const char *path)
{
    struct arena *arena ARENA_SCOPE = arena_create(FILE_PATH_MAX * 3);
    struct str from = str_format(arena, "%s/%s.backup", call->folder, path);
    if (str_is_absent(from))
        return LIMIT;
    enum status done = manifest_take(&backup->manifest, str_of(path), from.at, -1);
    unlink(from.at);
    return done;
}

static enum status take_file(struct verb_call *call, struct backup *backup, const char *path)
{
    struct arena *arena ARENA_SCOPE = arena_create(FILE_PATH_MAX * 3);
    struct str from = str_format(arena, "%s/%s", call->folder, path);
    return str_is_absent(from) ? LIMIT : manifest_take(&backup->manifest, str_of(path), from.at, -1);
}

static enum status take_house(struct ctx *ctx, struct verb_call *call, struct backup *backup)
{
    struct str *names;
    size_t count = 0;
    TRY(take_database(call, backup, "syndicate.db"));
    TRY(take_file(call, backup, "parvis.conf"));
    TRY(take_file(call, backup, "key"));
    if (provider_reach_is_wanted(call->folder))
        TRY(take_file(call, backup, "providers.conf"));
    enum status there = file_list(str_format(ctx->arena, "%s/tls", call->folder).at, ctx->arena, TLS_FILES_MAX,
                                  &names, &count);
    if (there != OK && there != NOT_FOUND)
        return there;
    for (size_t i = 0; i < count; i++)
        TRY(take_file(call, backup, str_format(ctx->arena, "tls/%.*s", STR_ARG(names[i])).at));
    return OK;
}

static enum status end_backup(struct ctx *ctx, struct verb_call *call, struct backup *backup)
{
    (void)ctx;
    TRY(manifest_write(&backup->manifest));
    buf_add_format(call->out, "%zu members, %zu files, %lld bytes of mail\n", backup->member_count,
                   backup->manifest.files.count, (long long)backup->bytes);
    call->next = VERB_STEPS_MAX;
    return OK;
}

enum status backup_next(struct ctx *ctx, struct verb_call *call)
{
    struct backup *backup = *call->kept;
    if (backup->members == NULL) {
        TRY(read_members(call, &backup->members, &backup->member_count));
        TRY(take_house(ctx, call, backup));
    }
    call->done = (int64_t)backup->next;
    call->total = (int64_t)backup->member_count;
    if (backup->next == backup->member_count)
        return end_backup(ctx, call, backup);
    call->member = backup->members[backup->next++].id;
    return OK;
}

enum status backup_auth(struct ctx *ctx, struct verb_call *call)
{
    return copy_beside(ctx, str_format(ctx->arena, "%s/members/%.*s/auth.db", call->folder, STR_ARG(ctx->place->name)));
}

enum status backup_hold(struct ctx *ctx, struct verb_call *call)
{
    (void)call;
    compact_hold(ctx, (struct instant){ctx->now.ms + HOLD_MS});
    return OK;
}

/* The tables as of this step's view, and how long each segment they name is. */
enum status backup_read(struct ctx *ctx, struct verb_call *call)
{
    int64_t *segments, last, position, size;
    size_t count;
    TRY(copy_database(ctx, ctx->db, str_format(ctx->arena, "%s/town.db", ctx->town->folder).at));
    TRY(store_recorded(ctx, &last, &position));
    TRY(store_segments(ctx, &segments, &count));
    for (size_t i = 0; i < count && segments[i] <= last; i++) {
        TRY(store_segment_size(ctx, segments[i], &size));
        buf_add_format(call->output, "%lld %lld\n", (long long)segments[i],
                       (long long)(segments[i] == last ? position : size));
    }
    return OK;
}

static enum status copy_segment(struct verb_call *call, struct backup *backup, struct str name)
{
    struct arena *arena ARENA_SCOPE = arena_create(FILE_PATH_MAX * 3);
    int64_t number, length;
    struct str text = line_number(&backup->segments, &number);
    if (number < 0 || str_to_i64(text, &length) != OK)
        return INVALID;
    struct str path =
        str_format(arena, "members/%.*s/segments/%08lld", STR_ARG(name), (long long)number);
    struct str from = str_format(arena, "%s/%.*s", call->folder, STR_ARG(path));
    if (str_is_absent(from))
        return LIMIT;
    backup->bytes += length;
    return manifest_take(&backup->manifest, path, from.at, length);
}

static enum status copy_databases(struct verb_call *call, struct backup *backup, struct str name)
{
    struct arena *arena ARENA_SCOPE = arena_create(FILE_PATH_MAX * 3);
    TRY(take_database(call, backup, str_format(arena, "members/%.*s/auth.db", STR_ARG(name)).at));
    return take_database(call, backup, str_format(arena, "members/%.*s/town.db", STR_ARG(name)).at);
}

enum status backup_copy(struct ctx *ctx, struct verb_call *call)
{
    struct backup *backup = *call->kept;
    struct str name = backup->members[backup->next - 1].name;
    int64_t before = backup->bytes;
    (void)ctx;
    if (str_is_absent(backup->segments)) {
        backup->segments = str_copy(call->always, call->input);
        TRY(str_is_absent(backup->segments) ? LIMIT : copy_databases(call, backup, name));
    }
    while (backup->segments.len > 0 && backup->bytes - before < PIECE_FILES_BYTES)
        TRY(copy_segment(call, backup, name));
    call->done = (int64_t)backup->next;
    call->total = (int64_t)backup->member_count;
    if (backup->segments.len > 0)
        call->next = COPY;
    else
        backup->segments = STR_NONE;
    return OK;
}

enum status backup_release(struct ctx *ctx, struct verb_call *call)
{
    compact_hold(ctx, (struct instant){0});
    call->next = NEXT;
    return audit_add(ctx, "town.backup", ctx->town->name, STR(""));
}

/* ---- restore ---- */

enum { RESTORE_COPY = 0, RESTORE_NEXT = 2, RESTORE_PROVE = 5 };

struct restore {
    struct manifest from, to;
    size_t next_file;
    struct one_member *members;
    size_t member_count, next;
    bool is_proving; /* second round */
    size_t damaged;  /* members of which not everything proves */
};

static enum status open_restore(struct ctx *ctx, struct verb_call *call)
{
    struct restore *restore = arena_new(call->always, struct restore);
    char *source = str_c(call->always, verb_argument(call, 0));
    if (restore == NULL || source == NULL)
        return LIMIT;
    if (access(str_format(ctx->arena, "%s/syndicate.db", call->folder).at, F_OK) == 0)
        return refuse(ctx, CONFLICT, "restore.target", T_restore_target);
    restore->from = (struct manifest){.folder = source, .arena = call->always};
    restore->to = (struct manifest){.folder = call->folder, .arena = call->always};
    enum status read = manifest_read(&restore->from);
    if (read == NOT_FOUND || read == INVALID)
        return refuse(ctx, NOT_FOUND, "restore.manifest", T_restore_manifest);
    TRY(read);
    *call->kept = restore;
    return file_folder(str_format(ctx->arena, "%s/run", call->folder).at);
}

/* syndicate.db comes last: without it there is no house, and what was broken off may be begun again. */
static enum status copy_file(struct ctx *ctx, struct restore *restore, const struct manifest_file *file)
{
    struct str from = str_format(ctx->arena, "%s/%.*s", restore->from.folder, STR_ARG(file->path));
    enum status done = str_is_absent(from) ? LIMIT : manifest_take(&restore->to, file->path, from.at, -1);
    if (done == OK &&
        memcmp(restore->to.files.at[restore->to.files.count - 1].hash, file->hash, MANIFEST_HASH) != 0)
        done = CORRUPT;
    if (done == CORRUPT || done == NOT_FOUND)
        return refuse_with(ctx, CORRUPT, "restore.file", T_restore_file, "%.*s", STR_ARG(file->path));
    return done;
}

static bool is_syndicate(const struct manifest_file *file)
{
    return str_eq(file->path, STR("syndicate.db"));
}

static enum status copy_last(struct ctx *ctx, struct restore *restore)
{
    for (size_t i = 0; i < restore->from.files.count; i++)
        if (is_syndicate(&restore->from.files.at[i]))
            return copy_file(ctx, restore, &restore->from.files.at[i]);
    return refuse(ctx, NOT_FOUND, "restore.manifest", T_restore_manifest);
}

enum status restore_copy(struct ctx *ctx, struct verb_call *call)
{
    if (*call->kept == NULL)
        TRY(open_restore(ctx, call));
    struct restore *restore = *call->kept;
    const struct manifest_file *file = &restore->from.files.at[restore->next_file];
    call->total = (int64_t)restore->from.files.count;
    call->done = (int64_t)restore->next_file + 1;
    if (restore->next_file == restore->from.files.count)
        return copy_last(ctx, restore);
    restore->next_file++;
    call->next = RESTORE_COPY;
    return is_syndicate(file) ? OK : copy_file(ctx, restore, file);
}

enum status restore_members(struct ctx *ctx, struct verb_call *call)
{
    return list_members(ctx, call->output);
}

static enum status end_restore(struct ctx *ctx, struct verb_call *call, const struct restore *restore)
{
    call->next = VERB_STEPS_MAX;
    buf_add_format(call->out, "%zu members restored, %zu of them proven\n", restore->member_count,
                   restore->member_count - restore->damaged);
    return restore->damaged == 0 ? OK : refuse(ctx, CORRUPT, "town.findings", T_town_findings);
}

/* First every member is made fit to serve, then every one is proven. */
enum status restore_next(struct ctx *ctx, struct verb_call *call)
{
    struct restore *restore = *call->kept;
    if (restore->members == NULL)
        TRY(read_members(call, &restore->members, &restore->member_count));
    else if (restore->is_proving)
        restore->damaged += call->input.len > 0;
    if (restore->next == restore->member_count && restore->is_proving)
        return end_restore(ctx, call, restore);
    if (restore->next == restore->member_count) {
        restore->is_proving = true;
        restore->next = 0;
        call->next = RESTORE_NEXT;
        return OK;
    }
    call->member = restore->members[restore->next++].id;
    if (restore->is_proving)
        call->next = RESTORE_PROVE;
    return OK;
}

/* One that does not prove is said, and the others are looked at too. */
enum status restore_prove(struct ctx *ctx, struct verb_call *call)
{
    enum status proven = upkeep_verify_bodies(ctx, call);
    if (proven == OK && call->next == VERB_STEPS_MAX)
        call->next = RESTORE_NEXT;
    if (proven != CORRUPT)
        return proven;
    buf_add_literal(call->output, "damaged");
    call->next = RESTORE_NEXT;
    return OK;
}

enum status restore_auth(struct ctx *ctx, struct verb_call *call)
{
    (void)call;
    return auth_end_every_session(ctx);
}

enum status restore_town(struct ctx *ctx, struct verb_call *call)
{
    call->next = RESTORE_NEXT;
    TRY(mailbox_renumber(ctx));
    return audit_add(ctx, "town.restore", ctx->town->name, STR(""));
}
