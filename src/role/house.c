#include "role/house.h"

#include <stdlib.h>
#include <unistd.h>

#include "db/migrate.h"
#include "migrations.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "service/assistant/example.h"
#include "service/assistant/refused.h"
#include "service/assistant/shelf.h"
#include "service/games/machine.h"
#include "service/games/brake.h"
#include "service/games/paper/printed.h"
#include "service/mail/compact.h"
#include "role/house_search.h"
#include "service/mail/mail_slot.h"
#include "service/mail/search.h"
#include "service/mail/store.h"

enum { HOUSE_ARENA = 16 << 20, REPLAY_ARENA = 512 << 20 };

static enum status refused(struct str *ret_refusal, enum status status, struct str sentence)
{
    *ret_refusal = sentence;
    return status;
}

static enum status bring_up(struct db *db, struct arena *arena, const char *path, enum database database,
                            struct instant now, struct str *ret_refusal)
{
    struct migrate_plan plan = {.path = path,
                                .database = database,
                                .sets = migration_sets,
                                .set_count = MIGRATION_SET_COUNT,
                                .now = now};
    return migrate(db, arena, &plan, ret_refusal);
}

static struct str settings_text(struct arena *arena)
{
    struct buf text BUF_SCOPE = BUF_INIT(CONFIG_FILE_MAX);
    struct password_cost cost = password_calibrate(clock_monotonic_ms);
    buf_add_literal(&text,
                    "# Settings of parvis: name = value; a later line replaces an earlier one (parvis.conf(5)).\n");
    for (int i = 0; i < SETTING_COUNT; i++)
        if (i != SETTING_PASSWORD_MEMORY && i != SETTING_PASSWORD_PASSES)
            buf_add_format(&text, "%s = %s\n", setting_name(i), setting_default(i));
    buf_add_format(&text, "%s = %lld\n%s = %lld\n", setting_name(SETTING_PASSWORD_MEMORY), (long long)cost.memory_kib,
                   setting_name(SETTING_PASSWORD_PASSES), (long long)cost.passes);
    return str_copy(arena, buf_str(&text));
}

/* Never written over: what it sealed would be lost. */
static enum status make_key(struct arena *arena, const char *folder)
{
    unsigned char key[AUTH_KEY_BYTES];
    struct str path = str_format(arena, "%s/key", folder);
    if (access(path.at, F_OK) == 0)
        return OK;
    entropy_fill(key, sizeof key);
    enum status done = file_replace(path.at, (struct str){(const char *)key, sizeof key});
    explicit_bzero(key, sizeof key);
    return done;
}

enum status house_key(const char *folder, unsigned char ret_key[AUTH_KEY_BYTES])
{
    struct arena *arena ARENA_SCOPE = arena_create(FILE_PATH_MAX);
    struct buf bytes BUF_SCOPE = BUF_INIT(AUTH_KEY_BYTES);
    struct str path = str_format(arena, "%s/key", folder);
    enum status done = str_is_absent(path) ? LIMIT : file_read_all(path.at, &bytes);
    if (done == LIMIT || (done == OK && bytes.len != AUTH_KEY_BYTES))
        return CORRUPT;
    TRY(done);
    memcpy(ret_key, bytes.at, AUTH_KEY_BYTES);
    explicit_bzero(bytes.at, bytes.len);
    return OK;
}

enum status house_cost(const struct config *config, struct password_cost *ret_cost)
{
    uint64_t memory_kib, passes;
    TRY(str_to_u64(config->values[SETTING_PASSWORD_MEMORY], PASSWORD_MEMORY_MAX_KIB, &memory_kib));
    TRY(str_to_u64(config->values[SETTING_PASSWORD_PASSES], PASSWORD_PASSES_MAX, &passes));
    *ret_cost = (struct password_cost){(int64_t)memory_kib, (int64_t)passes};
    return memory_kib >= PASSWORD_MEMORY_MIN_KIB && passes >= 1 ? OK : INVALID;
}

static enum status create_in(const char *folder, struct arena *arena, struct instant now, struct str *ret_refusal)
{
    struct str conf = str_format(arena, "%s/parvis.conf", folder);
    struct str path = str_format(arena, "%s/syndicate.db", folder);
    struct db *db;
    if (access(path.at, F_OK) == 0)
        return refused(ret_refusal, CONFLICT, STR("there is a syndicate in this folder already"));
    TRY(file_folder(folder));
    TRY(file_folder(str_format(arena, "%s/run", folder).at));
    TRY(file_folder(str_format(arena, "%s/members", folder).at));
    if (access(conf.at, F_OK) != 0)
        TRY(file_replace(conf.at, settings_text(arena)));
    TRY(make_key(arena, folder));
    TRY(db_open(path.at, DB_CREATE, &db));
    enum status done = bring_up(db, arena, path.at, DATABASE_SYNDICATE, now, ret_refusal);
    db_close(db);
    return done;
}

enum status house_create(const char *folder, struct instant now, struct str *ret_refusal)
{
    struct arena *arena ARENA_SCOPE = arena_create(HOUSE_ARENA);
    *ret_refusal = STR("the folder cannot be written");
    enum status done = create_in(folder, arena, now, ret_refusal);
    return done;
}

enum status house_config(const char *folder, struct arena *arena, struct config *ret_config, struct str *ret_refusal)
{
    struct buf text BUF_SCOPE = BUF_INIT(CONFIG_FILE_MAX);
    int line = 0;
    *ret_refusal = STR("parvis.conf cannot be read: run `parvis -d DIR init` first");
    TRY(file_read_all(str_format(arena, "%s/parvis.conf", folder).at, &text));
    struct str copy = str_copy(arena, buf_str(&text));
    if (config_parse(copy, ret_config, &line) == OK)
        return OK;
    return refused(ret_refusal, INVALID, str_format(arena, "parvis.conf, line %d: not a setting", line));
}

static enum status open_in(struct house *house, struct instant now, struct str *ret_refusal)
{
    struct str path = str_format(house->arena, "%s/syndicate.db", house->folder);
    TRY(house_config(house->folder, house->arena, &house->config, ret_refusal));
    *ret_refusal = STR("somebody works on this folder: `serve` or another command");
    TRY(file_lock(str_format(house->arena, "%s/run/lock", house->folder).at, &house->lock));
    *ret_refusal = STR("syndicate.db cannot be opened");
    TRY(db_open(path.at, DB_WRITE, &house->syndicate));
    return bring_up(house->syndicate, house->arena, path.at, DATABASE_SYNDICATE, now, ret_refusal);
}

enum status house_open(const char *folder, struct instant now, struct house *ret_house, struct str *ret_refusal)
{
    *ret_house = (struct house){.folder = folder, .arena = arena_create(HOUSE_ARENA), .lock = -1};
    enum status done = open_in(ret_house, now, ret_refusal);
    if (done != OK && ret_house->syndicate != NULL)
        db_close(ret_house->syndicate);
    if (done != OK) {
        file_close(&ret_house->lock);
        ret_house->syndicate = NULL;
    }
    return done;
}

void house_close(struct house *house)
{
    if (house->syndicate != NULL)
        db_close(house->syndicate);
    file_close(&house->lock);
    arena_destroy(&house->arena);
}

static enum status open_store(struct town *town, int64_t *ret_replayed)
{
    struct arena *arena ARENA_SCOPE = arena_create(REPLAY_ARENA);
    struct ctx ctx = {.arena = arena, .town = town, .db = town->db, .now = clock_now()};
    struct store *store;
    writer_job_begin(town->writer);
    enum status done = store_open(&ctx, &store, ret_replayed);
    done = writer_job_end(town->writer, done);
    return done == OK ? writer_commit(town->writer) : done;
}

static enum status open_files(struct town *town, const char *path, int64_t *ret_replayed)
{
    struct arena *arena ARENA_SCOPE = arena_create(HOUSE_ARENA);
    struct str refusal;
    TRY(file_folder(town->folder));
    TRY(db_open(path, DB_CREATE, &town->db));
    TRY(bring_up(town->db, arena, path, DATABASE_TOWN, clock_now(), &refusal));
    town->writer = writer_create(town->db);
    TRY(open_store(town, ret_replayed));
    house_open_search(town);
    return OK;
}

static enum status open_to_read(struct town *town, const char *path)
{
    struct arena *arena ARENA_SCOPE = arena_create(HOUSE_ARENA);
    struct ctx ctx = {.arena = arena, .town = town};
    TRY(db_open(path, DB_READ, &town->db));
    ctx.db = town->db;
    TRY(store_open_to_read(&ctx));
    house_open_search_to_read(town);
    return OK;
}

static char *copy_of(struct str text)
{
    char *copy = strndup(text.at, text.len);
    REQUIRE(copy != NULL);
    return copy;
}

static struct town *make_town(const char *folder, const member_row *member, const struct str *domains,
                              size_t domain_count)
{
    struct arena *arena ARENA_SCOPE = arena_create(HOUSE_ARENA);
    struct town *town = calloc(1, sizeof *town);
    REQUIRE(town != NULL && domain_count <= TOWN_DOMAINS_MAX);
    town->member = member->id;
    town->name = str_of(copy_of(member->name));
    town->place = (struct place){.member = member->id, .name = member->name, .title = member->title,
                                 .kind = member->kind, .language = member->language, .zone = member->zone};
    town->folder = copy_of(str_format(arena, "%s/members/%.*s", folder, STR_ARG(member->name)));
    for (size_t i = 0; i < domain_count; i++)
        town->domains[town->domain_count++] = str_of(copy_of(domains[i]));
    return town;
}

static enum status end_opening(struct town *town, enum status done, struct town **ret_town)
{
    if (done == OK)
        *ret_town = town;
    else
        house_close_town(town);
    return done;
}

enum status house_open_town(const char *folder, const member_row *member, const struct str *domains,
                            size_t domain_count, struct town **ret_town, int64_t *ret_replayed)
{
    struct arena *arena ARENA_SCOPE = arena_create(FILE_PATH_MAX * 2);
    struct town *town = make_town(folder, member, domains, domain_count);
    struct str path = str_format(arena, "%s/town.db", town->folder);
    return end_opening(town, str_is_absent(path) ? LIMIT : open_files(town, path.at, ret_replayed), ret_town);
}

enum status house_open_reader(const char *folder, const member_row *member, const struct str *domains,
                              size_t domain_count, struct town **ret_town)
{
    struct arena *arena ARENA_SCOPE = arena_create(FILE_PATH_MAX * 2);
    struct town *town = make_town(folder, member, domains, domain_count);
    struct str path = str_format(arena, "%s/town.db", town->folder);
    return end_opening(town, str_is_absent(path) ? LIMIT : open_to_read(town, path.at), ret_town);
}

static void forget_domains(struct town *town)
{
    for (size_t i = 0; i < town->domain_count; i++)
        free((char *)(uintptr_t)town->domains[i].at);
    town->domain_count = 0;
}

void house_set_domains(struct town *town, struct str lines)
{
    forget_domains(town);
    while (lines.len > 0 && town->domain_count < TOWN_DOMAINS_MAX)
        town->domains[town->domain_count++] = str_of(copy_of(str_cut(&lines, '\n')));
}

void house_close_town(struct town *town)
{
    if (town == NULL)
        return;
    search_close(town);
    store_close(town->state[MAIL_STORE_SLOT]);
    compact_close(town->state[MAIL_COMPACT_SLOT]);
    example_close(town);
    shelf_close(town);
    refused_close(town);
    machine_close(town);
    brake_close(town);
    printed_close(town);
    writer_destroy(town->writer);
    if (town->db != NULL)
        db_close(town->db);
    forget_domains(town);
    free((char *)(uintptr_t)town->name.at);
    free((char *)(uintptr_t)town->folder);
    free(town);
}

enum status house_open_auth(const char *folder, struct str name, struct arena *arena, struct db **ret_auth)
{
    struct db *auth;
    struct str refusal, path = str_format(arena, "%s/members/%.*s/auth.db", folder, STR_ARG(name));
    TRY(db_open(path.at, DB_CREATE, &auth));
    enum status done = bring_up(auth, arena, path.at, DATABASE_AUTH, clock_now(), &refusal);
    if (done != OK) {
        db_close(auth);
        return done;
    }
    *ret_auth = auth;
    return OK;
}
