#include "role/town.h"

#include <signal.h>
#include <unistd.h>

#include "os/clock.h"
#include "os/file.h"
#include "os/log.h"
#include "os/process.h"
#include "role/count.h"
#include "role/house_search.h"
#include "role/pages.h"
#include "role/town_role.h"
#include "service/mail/store.h"

enum {
    JOB_ARENA = 256 << 20,
    TURN_ARENA = 64 << 20,
    ROLE_ARENA = 16 << 20,
    HELD_MAX = 10000,
    /* A turn takes from front what can be done in so long: a page of somebody else, an outbox, a verb wait behind it.
     * Whoever sends mail waits for a sync that takes about as long, and 256 messages in one sync cost hardly less each
     * than more. */
    TURN_US = 20 * 1000,
    TURN_ANSWERS = 256, /* each may be a descriptor until front has taken it, of DESCRIPTORS in prologue.c */
    TURN_BYTES = 8 << 20, /* answers are in memory until the commit, then once more in a memfd */
    CHECKPOINT_BYTES = 32 << 20,
    TOWN_BODY_MAX = 80 << 20,
    QUIET_MS = 2000,
};

/* ---- what the files of the role share ---- */

void town_hold(struct town_role *role, town_release *release, void *with)
{
    struct town_held *held = list_add(&role->held, role->turn, HELD_MAX);
    REQUIRE(held != NULL); /* a turn is over long before */
    *held = (struct town_held){release, with};
}

struct ctx town_ctx(struct town_role *role)
{
    return (struct ctx){.arena = role->job, .town = role->town, .place = &role->town->place, .db = role->town->db,
                        .now = clock_now(), .language = LANGUAGE_FR};
}

enum status town_body(struct str inline_body, int fd, int64_t size, struct str *ret_body)
{
    if (!str_is_absent(inline_body)) {
        *ret_body = inline_body;
        return OK;
    }
    TRY(file_map(fd, TOWN_BODY_MAX, ret_body));
    return (int64_t)ret_body->len == size ? OK : INVALID;
}

enum status town_ticket(const struct ctx *ctx, struct str sealed, struct ticket *ret_ticket)
{
    return gate_admit(ctx->town->gate, sealed, ctx->now, ret_ticket);
}

/* Cannot be while no more is made for a front that is behind; were it so, ending is an answer to everybody. */
void town_front_full(struct town_role *role, enum message_kind kind)
{
    LOG(LOG_ERROR_LEVEL, "town", "front_full", LOG_TEXT("kind", str_of(message_name(kind))));
    loop_stop(role->loop);
}

void town_send(struct town_role *role, enum message_kind kind, const void *message, int fd)
{
    if (role->front == NULL) {
        file_close(&fd);
        return;
    }
    enum status done = message_send(role->front, kind, message, fd);
    if (done != OK && done != GONE)
        town_front_full(role, kind);
}

/* ---- the turn ---- */

static void say_failed(const struct town_role *role, const char *event, enum status status)
{
    if (status != OK)
        LOG(LOG_ERROR_LEVEL, "town", event, LOG_TEXT("town", role->town->name),
            LOG_TEXT("status", str_of(status_name(status))));
}

/* Syncs that nobody who was answered in this turn waits for. A turn of the outbox may be open; then the next does
 * them. */
static void on_upkeep(void *with)
{
    struct town_role *role = with;
    if (writer_is_open(role->town->writer))
        return;
    say_failed(role, "journal_not_prepared", store_prepare(role->town));
    if (db_log_size(role->town->db) > CHECKPOINT_BYTES)
        say_failed(role, "checkpoint_failed", db_checkpoint(role->town->db));
}

/* One commit, then every answer. */
static void end_turn(struct town_role *role)
{
    bool is_written = writer_is_open(role->town->writer);
    int64_t began_us = clock_monotonic_us();
    enum status done = writer_commit(role->town->writer);
    int64_t took_us = clock_monotonic_us() - began_us;
    if (is_written && done == OK)
        count_commit(took_us);
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, "town", "commit_failed", LOG_TEXT("status", str_of(status_name(done))));
    if (!db_is_sound(role->town->db))
        loop_stop(role->loop); /* the parent starts it again, on what the disk has kept */
    for (size_t i = 0; i < role->held.count; i++)
        role->held.at[i].release(role, role->held.at[i].with, done);
    role->held = (struct town_held_list){0};
    role->held_bytes = 0;
    arena_reset(role->turn);
    town_imap_push(role);
    role->was_busy = true;
    if (!role->is_quiet_set)
        loop_timer_set(role->quiet, QUIET_MS);
    role->is_quiet_set = true;
    town_auth_tell(role);
    town_outbox_run(role);
    town_jobs_awake(role, took_us);
    loop_later_add(role->loop, &role->upkeep);
}

static void on_quiet(void *with)
{
    struct town_role *role = with;
    role->is_quiet_set = role->was_busy;
    role->was_busy = false;
    if (role->is_quiet_set) {
        loop_timer_set(role->quiet, QUIET_MS);
        return;
    }
    db_release_memory(role->town->db);
    house_quiet_search(role->town);
    process_trim();
}

static bool before_wait(void *with)
{
    struct town_role *role = with;
    role->turn_us = 0;
    if (role->held.count > 0)
        end_turn(role);
    return role->held.count > 0; /* the outbox may have begun a turn of its own */
}

static bool is_turn_over(const struct town_role *role)
{
    return role->held.count >= TURN_ANSWERS || role->held_bytes >= TURN_BYTES || channel_is_behind(role->front) ||
           clock_monotonic_us() - role->turn_us >= TURN_US;
}

static void on_front(void *with, uint16_t kind, struct str payload, int fd)
{
    struct town_role *role = with;
    struct ctx ctx = town_ctx(role);
    enum status done = INVALID;
    bool has_mail = town_has_mail(role);
    if (role->turn_us == 0)
        role->turn_us = clock_monotonic_us();
    if (kind == MESSAGE_RCPT)
        done = has_mail ? town_rcpt(&ctx, role, payload) : town_rcpt_closed(role, payload);
    else if (kind == MESSAGE_DELIVER)
        done = has_mail ? town_deliver(&ctx, role, payload, fd) : town_deliver_closed(role, payload);
    else if (kind == MESSAGE_WEB)
        done = town_web(&ctx, role, payload, fd);
    else if (kind == MESSAGE_OUTBOX_DONE)
        done = town_outbox_done(&ctx, role, payload);
    else if (kind == MESSAGE_IMAP_OPEN)
        done = town_imap_open(&ctx, role, payload);
    else if (kind == MESSAGE_IMAP_COMMAND)
        done = town_imap_command(&ctx, role, payload, fd);
    else if (kind == MESSAGE_IMAP_MORE)
        done = town_imap_more(&ctx, role, payload);
    else if (kind == MESSAGE_IMAP_CLOSE)
        done = town_imap_close(role, payload);
    arena_reset(role->job);
    file_close(&fd);
    if (is_turn_over(role))
        channel_pause(role->front);
    if (done == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "town", "front_not_believed", LOG_TEXT("kind", str_of(message_name(kind))));
    loop_stop(role->loop);
}

/* Front has died, and with it everybody connected; another comes. What was done for them is committed, and what is owed
 * to them dropped: a new front gives the same handles to others. */
static void on_front_closed(void *with)
{
    struct town_role *role = with;
    channel_destroy(role->front);
    role->front = NULL;
    town_outbox_forget(role);
    town_imap_forget(role);
    town_house_forget(role);
    end_turn(role);
}

/* ---- the parent ---- */

static enum status open_front(struct town_role *role, int socket)
{
    if (role->front != NULL)
        on_front_closed(role);
    TRY(channel_create(role->loop, socket, on_front, on_front_closed, role, &role->front));
    town_outbox_run(role);
    return OK;
}

/* OK: the socket is taken. */
static enum status on_peer(struct town_role *role, struct str payload, int socket)
{
    struct message_peer peer;
    TRY(message_take(MESSAGE_PEER, payload, &peer));
    if (peer.role == ROLE_FRONT)
        return open_front(role, socket);
    if (peer.role == ROLE_COMMAND)
        return town_verb_open(role, socket);
    if (peer.role == ROLE_MODEL)
        return town_peer_open(role, &role->model, socket);
    if (peer.role == ROLE_PROVIDER)
        return town_peer_open(role, &role->provider, socket);
    if (peer.role == ROLE_CONVERT)
        return town_convert_open(role, peer.member, socket);
    return peer.role == ROLE_AUTH ? town_auth_open(role, socket) : INVALID;
}

static void on_parent(void *with, uint16_t kind, struct str payload, int fd)
{
    struct town_role *role = with;
    if (kind == MESSAGE_STOP)
        loop_stop(role->loop);
    if (kind == MESSAGE_PEER && on_peer(role, payload, fd) == OK)
        return;
    if (kind == MESSAGE_HOUSE_ANSWER && town_house_answer(role, payload, fd) != OK)
        LOG(LOG_ERROR_LEVEL, "town", "answer_not_taken");
    if (kind == MESSAGE_CONVERTED)
        town_convert_refused(role, payload);
    if (kind == MESSAGE_FIGURES_ASK && town_figures(role, payload) != OK)
        LOG(LOG_ERROR_LEVEL, "town", "figures_not_given");
    if (kind == MESSAGE_MEMBER_ACT && town_act(role, payload) != OK)
        LOG(LOG_ERROR_LEVEL, "town", "act_not_understood");
    if (kind == MESSAGE_MEMBER && town_member(role, payload) != OK)
        LOG(LOG_ERROR_LEVEL, "town", "member_not_taken");
    file_close(&fd);
}

static void on_closed(void *with)
{
    struct town_role *role = with;
    loop_stop(role->loop);
}

static enum status open_role(struct town_role *role, const struct town_start *start, int64_t *ret_replayed)
{
    struct message_handle ready = {start->member->id};
    struct str refusal = STR("");
    TRY(clock_zone_set(str_format(role->always, "%.*s", STR_ARG(start->member->zone)).at));
    TRY(house_open_town(start->folder, start->member, start->domains, start->domain_count, &role->town, ret_replayed));
    role->town->place = *start->place;
    role->town->fonts = start->fonts;
    role->town->seal = start->seal;
    role->town->gate = gate_create(start->member->id, start->ticket_key);
    enum status done = pages_open(role->always, WEB_TOWN, &role->pages, &refusal);
    if (done != OK)
        LOG(LOG_ERROR_LEVEL, "town", "routes", LOG_TEXT("refusal", refusal));
    TRY(done);
    TRY(channel_create(role->loop, start->parent_socket, on_parent, on_closed, role, &role->parent));
    if (!start->is_quiet)
        town_jobs_open(role);
    return message_send(role->parent, MESSAGE_READY, &ready, -1);
}

static void close_role(struct town_role *role)
{
    channel_destroy(role->front);
    channel_destroy(role->auth);
    town_peers_close(role);
    town_convert_close(role);
    town_outbox_close(role);
    town_imap_forget(role);
    town_house_forget(role);
    channel_destroy(role->parent);
    town_verb_close(role);
    town_jobs_close(role);
    if (role->town != NULL)
        gate_destroy(role->town->gate);
    house_close_town(role->town);
    loop_timer_destroy(role->quiet);
    loop_later_remove(&role->upkeep);
    loop_timer_destroy(role->again);
    loop_destroy(role->loop);
    arena_destroy(&role->place);
    arena_destroy(&role->job);
    arena_destroy(&role->turn);
    arena_destroy(&role->always);
}

int town_run(const struct town_start *start)
{
    struct town_role role = {.loop = loop_create(),
                             .job = arena_create(JOB_ARENA),
                             .turn = arena_create(TURN_ARENA),
                             .always = arena_create(ROLE_ARENA)};
    int64_t replayed = 0;
    role.quiet = loop_timer_create(role.loop, on_quiet, &role);
    role.away = loop_timer_create(role.loop, town_peers_away, &role);
    role.late = loop_timer_create(role.loop, town_peers_late, &role);
    role.upkeep = (struct loop_later){.on_time = on_upkeep, .with = &role};
    process_ignore(SIGINT);
    enum status done = open_role(&role, start, &replayed);
    if (done != OK || !start->is_quiet)
        LOG(done == OK ? LOG_INFO_LEVEL : LOG_ERROR_LEVEL, "town", "open", LOG_TEXT("town", start->member->name),
            LOG_TEXT("status", str_of(status_name(done))), LOG_NUMBER("replayed", replayed));
    if (done == OK)
        loop_run(role.loop, before_wait, &role);
    close_role(&role);
    return done != OK;
}
