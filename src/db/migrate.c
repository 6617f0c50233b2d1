#include "db/migrate.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/list.h"
#include "db/handle.h"

enum { APPLIED_MAX = 4096, DAY_MS = 24 * 3600 * 1000 };

struct applied {
    struct str service, name, checksum;
    int64_t number;
};
struct applied_list LIST_OF(struct applied);

/* ---- what the database has had ---- */

static enum status has_table(struct db *db, bool *ret_has)
{
    static const struct db_query query = {
        "migration_table", "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
        SLOT_MIGRATION_TABLE};
    struct db_cursor *cursor;
    TRY(db_start(db, &query, &cursor));
    enum status status = db_step(cursor);
    bool has = status == OK && db_column_int(cursor, 0) > 0;
    db_end(cursor);
    TRY(status);
    *ret_has = has;
    return OK;
}

static enum status add_row(struct db_cursor *cursor, struct arena *arena, struct applied_list *list)
{
    struct applied *row = list_add(list, arena, APPLIED_MAX);
    if (row == NULL)
        return LIMIT;
    row->service = str_copy(arena, db_column_text(cursor, 0));
    row->number = db_column_int(cursor, 1);
    row->name = str_copy(arena, db_column_text(cursor, 2));
    row->checksum = str_copy(arena, db_column_text(cursor, 3));
    bool is_whole = row->service.at && row->name.at && row->checksum.at;
    return is_whole ? OK : LIMIT;
}

static enum status read_applied(struct db *db, struct arena *arena, struct applied_list *list)
{
    static const struct db_query query = {
        "migration_list", "SELECT service, number, name, checksum FROM migration ORDER BY service, number",
        SLOT_MIGRATION_LIST};
    bool has = false;
    TRY(has_table(db, &has));
    if (!has)
        return OK;
    struct db_cursor *cursor;
    TRY(db_start(db, &query, &cursor));
    enum status status;
    while ((status = db_step(cursor)) == OK) {
        status = add_row(cursor, arena, list);
        if (status != OK)
            break;
    }
    db_end(cursor);
    return status == NOT_FOUND ? OK : status;
}

/* ---- what this program knows ---- */

static const struct migration *find_known(const struct migrate_plan *plan, struct str service, int64_t number)
{
    for (size_t i = 0; i < plan->set_count; i++) {
        const struct migration_set *set = &plan->sets[i];
        if (!str_eq(str_of(set->service), service))
            continue;
        for (size_t j = 0; j < set->count; j++)
            if (set->migrations[j].database == plan->database && set->migrations[j].number == number)
                return &set->migrations[j];
    }
    return NULL;
}

static int64_t highest_applied(const struct applied_list *list, const char *service)
{
    int64_t highest = 0;
    for (size_t i = 0; i < list->count; i++)
        if (str_eq(list->at[i].service, str_of(service)) && list->at[i].number > highest)
            highest = list->at[i].number;
    return highest;
}

static enum status check_applied(const struct applied_list *list, struct arena *arena,
                                 const struct migrate_plan *plan, struct str *ret_refusal)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct applied *row = &list->at[i];
        const struct migration *known = find_known(plan, row->service, row->number);
        if (known == NULL) {
            *ret_refusal = str_format(
                arena, "its schema is newer than this program: step %.*s of %.*s is not known here; start "
                       "the version that wrote it, or put back the copy made before that upgrade",
                STR_ARG(row->name), STR_ARG(row->service));
            return CONFLICT;
        }
        if (!str_eq(row->checksum, str_of(known->checksum))) {
            *ret_refusal = str_format(
                arena, "step %.*s of %.*s is not the one this program has: it was changed after it ran here",
                STR_ARG(row->name), STR_ARG(row->service));
            return CONFLICT;
        }
    }
    return OK;
}

/* ---- applying ---- */

static enum status note_applied(struct db *db, const char *service, const struct migration *migration,
                                struct instant now)
{
    static const struct db_query query = {"migration_add", "INSERT INTO migration VALUES (?, ?, ?, ?, ?)",
                                          SLOT_MIGRATION_ADD};
    struct db_cursor *cursor;
    TRY(db_start(db, &query, &cursor));
    db_bind_text(cursor, 1, str_of(service));
    db_bind_int(cursor, 2, migration->number);
    db_bind_text(cursor, 3, str_of(migration->name));
    db_bind_text(cursor, 4, str_of(migration->checksum));
    db_bind_int(cursor, 5, now.ms);
    enum status status = db_step(cursor);
    db_end(cursor);
    return status == NOT_FOUND ? OK : status;
}

static enum status apply_set(struct db *db, const struct migrate_plan *plan, const struct migration_set *set,
                             int64_t from)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct migration *migration = &set->migrations[i];
        if (migration->database != plan->database || migration->number <= from)
            continue;
        TRY(db_erase_begin(db)); /* what is moved leaves no copy that a later deletion would not reach */
        enum status done = handle_script(db, migration->sql);
        TRY(db_erase_end(db));
        TRY(done);
        TRY(note_applied(db, set->service, migration, plan->now));
    }
    return OK;
}

static enum status apply_all(struct db *db, const struct migrate_plan *plan, const struct applied_list *list)
{
    TRY(handle_script(db, "CREATE TABLE IF NOT EXISTS migration (service TEXT NOT NULL,"
                          " number INTEGER NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,"
                          " applied_ms INTEGER NOT NULL, PRIMARY KEY (service, number)) STRICT"));
    for (size_t i = 0; i < plan->set_count; i++)
        TRY(apply_set(db, plan, &plan->sets[i], highest_applied(list, plan->sets[i].service)));
    return OK;
}

static size_t count_missing(const struct migrate_plan *plan, const struct applied_list *list)
{
    size_t missing = 0;
    for (size_t i = 0; i < plan->set_count; i++) {
        const struct migration_set *set = &plan->sets[i];
        int64_t highest = highest_applied(list, set->service);
        for (size_t j = 0; j < set->count; j++)
            if (set->migrations[j].database == plan->database && set->migrations[j].number > highest)
                missing++;
    }
    return missing;
}

/* ---- snapshots ---- */

static void remove_if_old(int folder, const char *name, struct instant now)
{
    struct stat about;
    if (fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(about.st_mode))
        return;
    int64_t age_ms = now.ms - (int64_t)about.st_mtim.tv_sec * 1000;
    if (age_ms > (int64_t)MIGRATE_SNAPSHOT_DAYS * DAY_MS)
        unlinkat(folder, name, 0);
}

static void remove_old_snapshots(struct arena *arena, const char *path, struct instant now)
{
    struct str whole = str_of(path);
    size_t slash = str_find_byte_last(whole, '/');
    struct str folder = slash == SIZE_MAX ? STR(".") : str_slice(whole, 0, slash + 1);
    struct str file = slash == SIZE_MAX ? whole : str_after(whole, slash + 1);
    struct str prefix = str_format(arena, "%.*s.before-", STR_ARG(file));
    const char *folder_c = str_c(arena, folder);
    DIR *entries = folder_c == NULL || str_is_absent(prefix) ? NULL : opendir(folder_c);
    if (entries == NULL)
        return; /* tried again at the next start */
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
        if (str_starts(str_of(entry->d_name), prefix))
            remove_if_old(dirfd(entries), entry->d_name, now);
    closedir(entries);
}

static enum status make_snapshot(struct db *db, struct arena *arena, const char *path, size_t applied)
{
    struct str name = str_format(arena, "%s.before-%03zu", path, applied);
    if (str_is_absent(name))
        return LIMIT;
    unlink(name.at); /* of an upgrade that failed; the database has moved on since */
    return db_copy(db, name.at);
}

enum status migrate(struct db *db, struct arena *arena, const struct migrate_plan *plan,
                    struct str *ret_refusal)
{
    struct applied_list list = {0};
    REQUIRE(plan->set_count <= MIGRATE_SETS_MAX);
    TRY(read_applied(db, arena, &list));
    TRY(check_applied(&list, arena, plan, ret_refusal));
    if (plan->path != NULL)
        remove_old_snapshots(arena, plan->path, plan->now);
    if (count_missing(plan, &list) == 0)
        return OK;
    if (list.count > 0 && plan->path != NULL)
        TRY(make_snapshot(db, arena, plan->path, list.count));
    TRY(db_begin(db));
    enum status status = apply_all(db, plan, &list);
    if (status != OK) {
        db_rollback(db);
        return status;
    }
    return db_commit(db, SYNC_FULL);
}
