#include "role/house_search.h"

#include <stdio.h>

#include "db/migrate.h"
#include "migrations.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "service/mail/mail_slot.h"
#include "service/mail/search.h"

enum { PATH_ROOM = 4096, MIGRATE_ARENA = 1 << 20 };

static enum status path_of(const struct town *town, const char *end, char path[PATH_ROOM])
{
    int length = snprintf(path, PATH_ROOM, "%s/search.db%s", town->folder, end);
    return length < PATH_ROOM ? OK : LIMIT;
}

static enum status bring_up(struct db *db)
{
    struct arena *arena ARENA_SCOPE = arena_create(MIGRATE_ARENA);
    struct str refusal;
    struct migrate_plan plan = {
        .database = DATABASE_SEARCH, .sets = migration_sets, .set_count = MIGRATION_SET_COUNT, .now = clock_now()};
    return migrate(db, arena, &plan, &refusal);
}

static enum status open_one(struct town *town, enum db_mode mode)
{
    char path[PATH_ROOM];
    struct db *db;
    TRY(path_of(town, "", path));
    TRY(db_open(path, mode, &db));
    enum status done = mode == DB_READ ? OK : bring_up(db);
    if (done == OK)
        return search_open(town, db);
    db_close(db);
    return done;
}

/* The log and its index belong to the file set aside, and are of no use to another. */
static enum status set_aside(const struct town *town)
{
    char from[PATH_ROOM], to[PATH_ROOM];
    static const char *const beside[] = {"-wal", "-shm"};
    TRY(path_of(town, "", from));
    TRY(path_of(town, ".damaged", to));
    enum status done = file_rename(from, to);
    for (size_t i = 0; i < 2 && (done == OK || done == NOT_FOUND); i++) {
        TRY(path_of(town, beside[i], from));
        done = file_remove(from);
    }
    return done == NOT_FOUND ? OK : done;
}

static void say(const struct town *town, const char *event, enum status status)
{
    LOG(LOG_ERROR_LEVEL, "town", event, LOG_TEXT("town", town->name), LOG_TEXT("status", str_of(status_name(status))));
}

static void open_anew(struct town *town)
{
    enum status done = set_aside(town);
    if (done == OK)
        done = open_one(town, DB_CREATE);
    if (done != OK)
        say(town, "search_missing", done);
}

void house_open_search(struct town *town)
{
    enum status done = open_one(town, DB_CREATE);
    if (done == OK)
        return;
    say(town, "search_set_aside", done);
    if (done == CORRUPT || done == CONFLICT)
        open_anew(town);
}

void house_open_search_to_read(struct town *town)
{
    (void)!open_one(town, DB_READ);
}

void house_renew_search(struct town *town)
{
    say(town, "search_set_aside", CORRUPT);
    search_close(town);
    open_anew(town);
}

void house_quiet_search(struct town *town)
{
    struct search *search = town->state[MAIL_SEARCH_SLOT];
    if (search != NULL)
        db_release_memory(search->db);
}
