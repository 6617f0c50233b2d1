#include <stdlib.h>

#include "core/auth_entry.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "os/log.h"
#include "role/auth_state.h"
#include "role/house.h"

enum { TEXTS_ARENA = 64 << 10, OPEN_ARENA = 16 << 20, LOG_MAX = 1 << 20 };
enum { SWEEP_EVERY_MS = 3600 * 1000, SWEEP_STEP_MS = 100 };

struct auth_house *auth_house_find(struct auth_role *role, int64_t member)
{
    for (size_t i = 0; i < role->house_count; i++)
        if (role->houses[i]->place.member == member)
            return role->houses[i];
    return NULL;
}

static enum status take_key(struct auth_house *house, int key_fd)
{
    struct str key;
    TRY(file_map(key_fd, TICKET_KEY_BYTES, &key));
    bool is_key = key.len == TICKET_KEY_BYTES;
    if (is_key)
        memcpy(house->ticket_key, key.at, TICKET_KEY_BYTES);
    file_unmap(key);
    house->has_key = is_key;
    return is_key ? OK : INVALID;
}

/* ---- from one member into another ---- */

static struct auth_house *by_name(struct auth_role *role, struct str name)
{
    for (size_t i = 0; i < role->house_count; i++)
        if (str_eq(role->houses[i]->place.name, name))
            return role->houses[i];
    return NULL;
}

/* The operator is signed in at the member that runs the house, and stands in ctx->actor. */
static enum status enter(struct ctx *ctx, struct str member, struct auth_way *ret_way)
{
    struct ctx there;
    struct auth_house *own = ctx->auth->with, *other = by_name(own->role, member);
    if (!own->place.runs_house || other == NULL || other == own)
        return refuse(ctx, NOT_FOUND, "member.unknown", T_member_unknown);
    TRY(auth_house_begin(other, &there));
    enum status done = auth_house_end(other, auth_entry_make(&there, ctx->actor.address, &ret_way->code));
    if (done != OK)
        ctx->failure = there.failure;
    LOG(LOG_INFO_LEVEL, "auth", "enter", LOG_TEXT("member", member), LOG_TEXT("status", str_of(status_name(done))));
    ret_way->name = other->place.name;
    ret_way->title = other->place.title;
    ret_way->host = other->host;
    return done;
}

static enum status look_up_operator(struct ctx *there, struct str address)
{
    struct auth_credential found;
    enum status done = auth_by_address(there, address, &found);
    if (done == OK && (!found.is_active || found.role != ROLE_OPERATOR))
        done = NOT_FOUND;
    return done == NOT_FOUND ? GONE : done;
}

static enum status still_operates(struct ctx *ctx, struct str operator_address)
{
    struct ctx there;
    struct auth_house *own = ctx->auth->with, *runs = NULL;
    for (size_t i = 0; i < own->role->house_count; i++)
        if (own->role->houses[i]->place.runs_house)
            runs = own->role->houses[i];
    if (runs == NULL || runs == own)
        return GONE;
    TRY(auth_house_begin(runs, &there));
    return auth_house_end(runs, look_up_operator(&there, operator_address));
}

static enum status set_place(struct auth_house *house, const struct message_member *told)
{
    struct arena *texts = arena_create(TEXTS_ARENA);
    struct place place = {.member = told->member,
                          .services_on = (uint64_t)told->services_on,
                          .runs_house = told->runs_house,
                          .imaps_port = told->imaps_port,
                          .submissions_port = told->submissions_port,
                          .name = str_copy(texts, told->name),
                          .title = str_copy(texts, told->title),
                          .kind = str_copy(texts, told->kind),
                          .language = str_copy(texts, told->language),
                          .zone = str_copy(texts, told->zone),
                          .desk = str_copy(texts, told->desk),
                          .phone = str_copy(texts, told->phone),
                          .hours = str_copy(texts, told->hours)};
    struct str hosts = told->hosts;
    struct str host = str_copy(texts, hosts.len > 0 ? str_cut(&hosts, '\n') : STR(""));
    if (str_is_absent(place.hours) || str_is_absent(place.name) || str_is_absent(host)) {
        arena_destroy(&texts);
        return LIMIT;
    }
    arena_destroy(&house->texts);
    house->texts = texts;
    house->place = place;
    house->host = host;
    return OK;
}

enum status auth_house_put(struct auth_role *role, struct str payload, int key_fd)
{
    struct message_member told;
    TRY(message_take(MESSAGE_MEMBER, payload, &told));
    struct auth_house *house = auth_house_find(role, told.member);
    if (house == NULL && role->house_count == AUTH_ROLE_MEMBERS_MAX)
        return LIMIT;
    if (house == NULL) {
        house = calloc(1, sizeof *house);
        REQUIRE(house != NULL);
        house->role = role;
        house->auth = (struct auth){.cost = role->cost, .member = told.member, .entropy = entropy_fill};
        house->auth.enter = enter;
        house->auth.still_operates = still_operates;
        house->auth.with = house;
        memcpy(house->auth.key, role->key, sizeof role->key);
        house->place.member = told.member;
        role->houses[role->house_count++] = house;
    }
    TRY(set_place(house, &told));
    return key_fd >= 0 ? take_key(house, key_fd) : OK;
}

static void close_files(struct auth_house *house)
{
    if (house->db == NULL)
        return;
    writer_destroy(house->writer);
    db_close(house->db);
    house->writer = NULL;
    house->db = NULL;
    house->role->open_count--;
}

/* The one not used for longest gives way, unless this turn works on it. */
static void close_oldest(struct auth_role *role)
{
    struct auth_house *oldest = NULL;
    for (size_t i = 0; i < role->house_count; i++) {
        struct auth_house *house = role->houses[i];
        if (house->db != NULL && !house->is_in_turn && (oldest == NULL || house->used < oldest->used))
            oldest = house;
    }
    if (oldest != NULL)
        close_files(oldest);
}

static enum status open_files(struct auth_house *house)
{
    struct arena *arena ARENA_SCOPE = arena_create(OPEN_ARENA);
    /* The disk refused a sync: only what it has kept is believed. */
    if (house->db != NULL && !db_is_sound(house->db) && !house->is_in_turn)
        close_files(house);
    if (house->db != NULL)
        return OK;
    if (house->role->open_count >= AUTH_ROLE_OPEN_MAX)
        close_oldest(house->role);
    enum status done = house_open_auth(house->role->folder, house->place.name, arena, &house->db);
    if (done != OK) {
        house->db = NULL;
        LOG(LOG_ERROR_LEVEL, "auth", "open_failed", LOG_TEXT("member", house->place.name),
            LOG_TEXT("status", str_of(status_name(done))));
        return done;
    }
    house->writer = writer_create(house->db);
    house->role->open_count++;
    return OK;
}

enum status auth_house_begin(struct auth_house *house, struct ctx *ret_ctx)
{
    struct auth_role *role = house->role;
    TRY(open_files(house));
    if (role->now.ms == 0)
        role->now = clock_now();
    writer_job_begin(house->writer);
    enum status done = writer_need(house->writer, SYNC_FULL);
    if (done != OK)
        return writer_job_end(house->writer, done);
    house->is_in_turn = true;
    house->used = role->turn_number;
    *ret_ctx = (struct ctx){.arena = role->job,
                            .place = &house->place,
                            .auth = &house->auth,
                            .db = house->db,
                            .actor = {.address = STR(""), .name = STR("")},
                            .now = role->now,
                            .trace = STR("")};
    return OK;
}

enum status auth_house_end(struct auth_house *house, enum status done)
{
    done = writer_job_end(house->writer, done);
    if (done == CORRUPT || done == OUTSIDE || done == BUG)
        LOG(LOG_ERROR_LEVEL, "auth", "job_failed", LOG_TEXT("member", house->place.name),
            LOG_TEXT("status", str_of(status_name(done))), LOG_TEXT("db", str_of(db_error(house->db))));
    return done;
}

static void say_ended(struct auth_house *house, int64_t session)
{
    struct message_session_ended ended = {.session = session};
    if (message_send(house->town, MESSAGE_SESSION_ENDED, &ended, -1) != OK)
        LOG(LOG_ERROR_LEVEL, "auth", "town_not_told", LOG_TEXT("member", house->place.name));
}

/* Sessions that ended at `since` or later. The clock may have been set back: then some are said twice, none is
 * missed. */
static void tell_ended(struct auth_house *house, struct instant since)
{
    int64_t *sessions;
    size_t count = 0;
    struct ctx ctx = {.arena = house->role->job, .auth = &house->auth, .db = house->db, .now = house->role->now};
    enum status done = auth_ended_since(&ctx, since, &sessions, &count);
    if (done != OK) {
        LOG(LOG_ERROR_LEVEL, "auth", "ended_unknown", LOG_TEXT("member", house->place.name));
        channel_destroy(house->town); /* it must not believe that it knows */
        house->town = NULL;
        return;
    }
    for (size_t i = 0; i < count; i++)
        say_ended(house, sessions[i]);
}

static void commit(struct auth_house *house)
{
    house->turn = writer_commit(house->writer);
    house->is_in_turn = false;
    if (house->turn != OK)
        LOG(LOG_ERROR_LEVEL, "auth", "commit_failed", LOG_TEXT("member", house->place.name),
            LOG_TEXT("status", str_of(status_name(house->turn))));
    else if (house->town != NULL)
        tell_ended(house, house->role->now);
    if (db_log_size(house->db) > LOG_MAX && db_checkpoint(house->db) != OK)
        LOG(LOG_ERROR_LEVEL, "auth", "checkpoint_failed", LOG_TEXT("member", house->place.name));
}

void auth_house_commit(struct auth_role *role)
{
    for (size_t i = 0; i < role->house_count; i++)
        if (role->houses[i]->is_in_turn)
            commit(role->houses[i]);
    arena_reset(role->job);
    role->now.ms = 0;
    role->turn_number++;
}

void auth_house_greet(struct auth_house *house)
{
    struct ctx ctx;
    if (auth_house_begin(house, &ctx) != OK)
        return; /* the town lets nobody in meanwhile, and nobody could sign in */
    tell_ended(house, (struct instant){ctx.now.ms - TICKET_LIFE_MS});
    auth_house_end(house, OK);
    if (house->town != NULL)
        say_ended(house, 0);
}

static void sweep(struct auth_house *house)
{
    struct ctx ctx;
    if (auth_house_begin(house, &ctx) == OK && auth_house_end(house, auth_sweep(&ctx)) != OK)
        LOG(LOG_ERROR_LEVEL, "auth", "sweep_failed", LOG_TEXT("member", house->place.name));
}

void auth_house_sweep(void *with)
{
    struct auth_role *role = with;
    if (role->sweep_next < role->house_count)
        sweep(role->houses[role->sweep_next++]);
    bool has_more = role->sweep_next < role->house_count;
    if (!has_more)
        role->sweep_next = 0;
    loop_timer_set(role->sweeper, has_more ? SWEEP_STEP_MS : SWEEP_EVERY_MS);
}

void auth_house_destroy(struct auth_house *house)
{
    close_files(house);
    channel_destroy(house->town);
    arena_destroy(&house->texts);
    explicit_bzero(house, sizeof *house);
    free(house);
}
