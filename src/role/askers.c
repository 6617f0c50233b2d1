#include "role/askers.h"

#include <stdlib.h>

#include "core/house_ask.h"
#include "os/file.h"
#include "os/log.h"
#include "role/count.h"
#include "role/prologue.h"
#include "role/verb.h"

enum { ASK_ARENA = 1 << 20 };

struct asker {
    struct asker *next;
    struct askers *askers;
    struct channel *channel;
    void *town;
};

/* ---- towns ---- */

void askers_answer(struct asker *asker, int64_t handle, const struct askers_reply *reply)
{
    struct message_house_answer answer = {.handle = handle, .lines = STR(""), .sentence = reply->sentence};
    int fd = -1;
    enum status done = reply->status;
    if (done == OK)
        done = buf_status(reply->lines);
    if (done == OK)
        done = verb_bulk(buf_str(reply->lines), &answer.lines, &fd);
    answer.status = done;
    answer.size = done == OK ? (int64_t)reply->lines->len : 0;
    if (done != OK)
        answer.lines = STR("");
    if (message_send(asker->channel, MESSAGE_HOUSE_ANSWER, &answer, fd) != OK)
        LOG(LOG_WARN_LEVEL, asker->askers->calls->name, "answer_not_taken");
}

static void on_ask(struct asker *asker, const struct message_house_ask *ask)
{
    const struct askers *askers = asker->askers;
    struct arena *arena ARENA_SCOPE = arena_create(ASK_ARENA);
    struct buf lines BUF_SCOPE = BUF_INIT(askers->calls->lines_max);
    struct askers_reply reply = {.sentence = T_none, .lines = &lines};
    if (askers->calls->answer(askers->role, asker->town, arena, ask, &reply))
        askers_answer(asker, ask->handle, &reply);
}

static void close_asker(void *with)
{
    struct asker *asker = with;
    struct askers *askers = asker->askers;
    for (struct asker **at = &askers->first; *at != NULL; at = &(*at)->next)
        if (*at == asker) {
            *at = asker->next;
            break;
        }
    askers->calls->leave(askers->role, asker->town);
    channel_destroy(asker->channel);
    free(asker);
}

static void on_town(void *with, uint16_t kind, struct str payload, int fd)
{
    struct asker *asker = with;
    const struct askers_calls *calls = asker->askers->calls;
    struct message_house_ask ask;
    file_close(&fd);
    if (kind == MESSAGE_HOUSE_ASK && message_take(kind, payload, &ask) == OK && calls->is_mine(ask.kind)) {
        on_ask(asker, &ask);
        return;
    }
    LOG(LOG_ERROR_LEVEL, calls->name, "town_not_believed", LOG_TEXT("kind", str_of(message_name(kind))));
    close_asker(asker);
}

static enum status open_asker(struct askers *askers, int socket)
{
    struct asker *asker = calloc(1, sizeof *asker);
    REQUIRE(asker != NULL);
    asker->askers = askers;
    enum status done = channel_create(askers->loop, socket, on_town, close_asker, asker, &asker->channel);
    if (done != OK) {
        free(asker);
        return done;
    }
    asker->next = askers->first;
    askers->first = asker;
    asker->town = askers->calls->join(askers->role, asker);
    return OK;
}

/* ---- the parent ---- */

static void tell_figures(const struct askers *askers, struct str payload)
{
    struct message_handle ask;
    struct buf counts BUF_SCOPE = BUF_INIT(COUNT_TEXT_MAX);
    if (message_take(MESSAGE_FIGURES_ASK, payload, &ask) != OK)
        return;
    count_write(&counts);
    struct message_figures figures = {.handle = ask.handle, .memory_bytes = prologue_memory(),
                                      .work = askers->calls->work(askers->role), .late_job = STR(""),
                                      .queues = STR(""), .counts = buf_str(&counts)};
    if (message_send(askers->parent, MESSAGE_FIGURES, &figures, -1) != OK)
        loop_stop(askers->loop);
}

static void on_parent(void *with, uint16_t kind, struct str payload, int fd)
{
    struct askers *askers = with;
    struct message_peer peer;
    if (kind == MESSAGE_STOP)
        loop_stop(askers->loop);
    if (kind == MESSAGE_FIGURES_ASK)
        tell_figures(askers, payload);
    bool is_town = kind == MESSAGE_PEER && message_take(kind, payload, &peer) == OK && peer.role == ROLE_TOWN;
    if (!is_town || open_asker(askers, fd) != OK)
        file_close(&fd);
}

static void on_parent_closed(void *with)
{
    struct askers *askers = with;
    loop_stop(askers->loop);
}

enum status askers_open(struct askers *askers, int parent_socket)
{
    struct message_handle ready = {0};
    TRY(channel_create(askers->loop, parent_socket, on_parent, on_parent_closed, askers, &askers->parent));
    return message_send(askers->parent, MESSAGE_READY, &ready, -1);
}

void askers_close(struct askers *askers)
{
    while (askers->first != NULL)
        close_asker(askers->first);
    channel_destroy(askers->parent);
}
