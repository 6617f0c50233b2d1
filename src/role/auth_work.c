#include <stdlib.h>

#include "os/file.h"
#include "os/log.h"
#include "os/socket.h"
#include "role/auth_state.h"

enum { WORK_ARENA = CHANNEL_FRAME_MAX + (64 << 10) };

static size_t queued_for(const struct auth_role *role, struct str remote)
{
    char room[SOCKET_NETWORK_MAX], other[SOCKET_NETWORK_MAX];
    struct str network = socket_network_text(remote, room);
    size_t count = 0;
    for (const struct auth_work *work = role->first_work; work != NULL; work = work->next)
        count += str_eq(socket_network_text(work->remote, other), network);
    return count;
}

struct auth_work *auth_work_create(struct auth_house *house, uint16_t kind, struct str payload, struct str remote,
                                   int body_fd)
{
    struct auth_role *role = house->role;
    if (role->work_count >= AUTH_ROLE_QUEUE_MAX || queued_for(role, remote) >= AUTH_ROLE_QUEUE_REMOTE)
        return NULL;
    struct auth_work *work = calloc(1, sizeof *work);
    REQUIRE(work != NULL);
    work->arena = arena_create(WORK_ARENA);
    work->house = house;
    work->kind = kind;
    work->payload = str_copy(work->arena, payload);
    work->remote = str_copy(work->arena, remote);
    REQUIRE(!str_is_absent(work->remote));
    work->front = role->front_number;
    work->body_fd = body_fd;
    return work;
}

static void wipe(struct str text)
{
    if (text.len > 0)
        explicit_bzero((char *)(uintptr_t)text.at, text.len);
}

void auth_work_destroy(struct auth_work *work)
{
    if (work == NULL)
        return;
    wipe(work->payload); /* the passwords of its hashes lie in it or beside it */
    for (size_t i = 0; i < work->hash_count; i++)
        wipe(work->hashes[i].password);
    file_close(&work->body_fd);
    arena_destroy(&work->arena);
    free(work);
}

static struct auth_work *take_first(struct auth_role *role)
{
    struct auth_work *work = role->first_work;
    if (work == NULL)
        return NULL;
    role->first_work = work->next;
    if (role->first_work == NULL)
        role->last_work = &role->first_work;
    role->work_count--;
    work->next = NULL;
    return work;
}

static void finish(struct auth_work *work, bool has_failed)
{
    /* Whoever asked has gone with its front. */
    if (work->front != work->house->role->front_number)
        auth_work_destroy(work);
    else if (has_failed)
        auth_role_work_failed(work);
    else if (work->kind == MESSAGE_LOGIN)
        auth_role_login_end(work);
    else
        auth_role_web_again(work);
}

static bool hand_over(struct auth_hasher *hasher, struct auth_work *work)
{
    const struct web_hash *wish = &work->hashes[work->hash_done];
    struct password_cost cost = hasher->role->cost;
    work->number = ++hasher->role->work_number;
    struct message_hash ask = {.handle = work->number,
                               .memory_kib = cost.memory_kib,
                               .passes = cost.passes,
                               .password = wish->password,
                               .verifier = wish->verifier};
    hasher->work = work;
    return message_send(hasher->channel, MESSAGE_HASH, &ask, -1) == OK;
}

/* Gives waiting work to idle hashers. */
static void deal(struct auth_role *role)
{
    for (size_t i = 0; i < AUTH_ROLE_HASHERS_MAX; i++) {
        struct auth_hasher *hasher = &role->hashers[i];
        struct auth_work *work = hasher->channel != NULL && hasher->work == NULL ? take_first(role) : NULL;
        if (work == NULL || hand_over(hasher, work))
            continue;
        hasher->work = NULL;
        finish(work, true);
    }
}

void auth_work_queue(struct auth_work *work)
{
    struct auth_role *role = work->house->role;
    *role->last_work = work;
    role->last_work = &work->next;
    role->work_count++;
    deal(role);
}

static enum status on_hashed(struct auth_hasher *hasher, struct str payload)
{
    struct message_hashed answer;
    struct auth_work *work = hasher->work;
    TRY(message_take(MESSAGE_HASHED, payload, &answer));
    if (work == NULL || answer.handle != work->number)
        return INVALID;
    struct web_hash *hash = &work->hashes[work->hash_done++];
    hash->is_right = answer.is_right;
    hash->made = str_is_absent(answer.made) ? STR_NONE : str_copy(work->arena, answer.made);
    hasher->work = NULL;
    /* A next piece of the same work goes before what waits: it holds memory already. */
    if (answer.status == OK && work->hash_done < work->hash_count && hand_over(hasher, work))
        return OK;
    hasher->work = NULL;
    finish(work, answer.status != OK || work->hash_done < work->hash_count);
    deal(hasher->role);
    return OK;
}

/* A piece of work that ended a hasher may end the next one too: it is not tried again. */
static void on_closed(void *with)
{
    struct auth_hasher *hasher = with;
    struct auth_work *work = hasher->work;
    channel_destroy(hasher->channel);
    hasher->channel = NULL;
    hasher->work = NULL;
    if (work != NULL)
        finish(work, true);
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct auth_hasher *hasher = with;
    file_close(&fd);
    if (kind == MESSAGE_HASHED && on_hashed(hasher, payload) == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "auth", "hasher_not_believed", LOG_TEXT("kind", str_of(message_name(kind))));
    on_closed(hasher);
}

void auth_work_hasher(struct auth_role *role, int socket)
{
    for (size_t i = 0; i < AUTH_ROLE_HASHERS_MAX; i++) {
        struct auth_hasher *hasher = &role->hashers[i];
        if (hasher->channel != NULL)
            continue;
        hasher->role = role;
        if (channel_create(role->loop, socket, on_frame, on_closed, hasher, &hasher->channel) != OK)
            break;
        deal(role);
        return;
    }
    file_close(&socket);
}

void auth_work_destroy_all(struct auth_role *role)
{
    for (struct auth_work *work = take_first(role); work != NULL; work = take_first(role))
        auth_work_destroy(work);
    for (size_t i = 0; i < AUTH_ROLE_HASHERS_MAX; i++) {
        channel_destroy(role->hashers[i].channel);
        auth_work_destroy(role->hashers[i].work);
    }
}
