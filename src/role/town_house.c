/* A town and the parent, the model, the provider: questions of pages on their way there, and how the town fares. */
#include <stdlib.h>

#include "core/house_ask.h"
#include "os/file.h"
#include "os/log.h"
#include "os/process.h"
#include "role/count.h"
#include "role/prologue.h"
#include "role/town_role.h"
#include "role/town_state.h"

enum { AWAY_MS = 10, LATE_MS = 1000, PROVIDER_PATIENCE_MS = LATE_MS / 2, TALK_PATIENCE_MS = 2500 };

struct town_question {
    struct town_question *next;
    int64_t number;
    const struct town_peer *peer; /* who owes the answer; NULL: the parent */
    bool is_unsent;               /* the peer was not there, or has too many */
    int64_t late_ms;              /* when its page goes on without the answer; 0: it waits */
    struct arena *arena; /* of the frame */
    struct str payload, words;
};

static void destroy(struct town_question *question)
{
    arena_destroy(&question->arena);
    free(question);
}

/* The question of this number that this peer owes an answer to. */
static struct town_question *take(struct town_role *role, int64_t number, const struct town_peer *peer)
{
    for (struct town_question **at = &role->questions; *at != NULL; at = &(*at)->next) {
        struct town_question *question = *at;
        if (question->number != number || question->peer != peer)
            continue;
        *at = question->next;
        role->question_count--;
        return question;
    }
    return NULL;
}

static struct town_peer *peer_of(struct town_role *role, int64_t kind)
{
    return house_ask_is_of_model(kind) ? &role->model : house_ask_is_of_provider(kind) ? &role->provider : NULL;
}

static size_t count_of(const struct town_role *role, const struct town_peer *peer)
{
    size_t count = 0;
    for (const struct town_question *at = role->questions; at != NULL; at = at->next)
        count += at->peer == peer && !at->is_unsent;
    return count;
}

/* A page that can do without the answer does not wait for its turn: what the provider would say stands under what is
 * there already. */
static bool is_unsent(const struct town_role *role, const struct town_peer *peer)
{
    return peer != NULL && (peer->channel == NULL ||
                            (peer == &role->provider && count_of(role, peer) >= TOWN_PEER_QUESTIONS_MAX));
}

/* How long a page waits that can do without the answer for now; 0: as long as it takes. The role model runs where
 * nobody else wants the processor, so on a busy machine a turn may take long. */
static int64_t patience_ms(int64_t kind)
{
    return house_ask_is_of_provider(kind) ? PROVIDER_PATIENCE_MS : kind == HOUSE_TALK ? TALK_PATIENCE_MS : 0;
}

static bool has_late(const struct town_role *role)
{
    const struct town_question *at = role->questions;
    while (at != NULL && at->late_ms == 0)
        at = at->next;
    return at != NULL;
}

/* What is for a peer that is not there is answered by GONE, in a turn of its own. */
static enum status send(struct town_role *role, const struct web_house *ask, const struct town_peer *peer,
                        bool is_sent)
{
    struct channel *to = peer != NULL ? peer->channel : role->parent;
    struct message_house_ask message = {.handle = ++role->question_number, .kind = ask->kind, .member = ask->member,
                                        .words = ask->words, .actor = peer != NULL ? STR("") : ask->actor};
    if (str_is_absent(message.actor))
        message.actor = STR("");
    if (str_is_absent(ask->words) || str_is_absent(ask->member) || ask->words.len > HOUSE_WORDS_MAX)
        return LIMIT;
    if (!is_sent) {
        loop_timer_set(role->away, AWAY_MS);
        return OK;
    }
    if (peer != NULL && count_of(role, peer) >= TOWN_PEER_QUESTIONS_MAX)
        return BUSY;
    if (patience_ms(ask->kind) > 0 && !has_late(role))
        loop_timer_set(role->late, LATE_MS);
    return message_send(to, MESSAGE_HOUSE_ASK, &message, -1) == OK ? OK : BUSY;
}

enum status town_house_ask(struct town_role *role, struct str payload, const struct web_house *ask)
{
    struct message_web web;
    TRY(message_take(MESSAGE_WEB, payload, &web));
    if (str_is_absent(web.body))
        return LIMIT;
    if (role->question_count >= TOWN_QUESTIONS_MAX)
        return BUSY;
    const struct town_peer *peer = peer_of(role, ask->kind);
    bool has_nobody = is_unsent(role, peer);
    TRY(send(role, ask, peer, !has_nobody));
    struct town_question *question = calloc(1, sizeof *question);
    REQUIRE(question != NULL);
    question->arena = arena_create(CHANNEL_FRAME_MAX + HOUSE_WORDS_MAX + (4 << 10));
    question->number = role->question_number;
    question->peer = peer;
    question->is_unsent = has_nobody;
    if (!has_nobody && patience_ms(ask->kind) > 0)
        question->late_ms = loop_now_ms(role->loop) + patience_ms(ask->kind);
    question->payload = str_copy(question->arena, payload);
    question->words = str_copy(question->arena, ask->words);
    question->next = role->questions;
    role->questions = question;
    role->question_count++;
    return OK;
}

static enum status lines_of(const struct message_house_answer *answer, int fd, struct str *ret_lines)
{
    *ret_lines = answer->lines;
    if (!str_is_absent(answer->lines))
        return OK;
    return fd >= 0 ? file_map(fd, HOUSE_LINES_MAX, ret_lines) : INVALID;
}

static enum status take_answer(struct town_role *role, struct str payload, int fd, const struct town_peer *peer)
{
    struct message_house_answer answer;
    struct web_house house = {0};
    TRY(message_take(MESSAGE_HOUSE_ANSWER, payload, &answer));
    struct town_question *question = take(role, answer.handle, peer);
    if (question == NULL)
        return OK; /* whoever asked has gone */
    house.status = (enum status)answer.status;
    house.sentence = (enum text_key)answer.sentence;
    house.words = question->words;
    enum status done = lines_of(&answer, fd, &house.lines);
    if (done == OK)
        town_web_again(role, question->payload, &house);
    if (done == OK && str_is_absent(answer.lines))
        file_unmap(house.lines);
    destroy(question);
    return done;
}

enum status town_house_answer(struct town_role *role, struct str payload, int fd)
{
    return take_answer(role, payload, fd, NULL);
}

void town_house_forget(struct town_role *role)
{
    while (role->questions != NULL) {
        struct town_question *question = role->questions;
        role->questions = question->next;
        destroy(question);
    }
    role->question_count = 0;
}

/* ---- the model and the provider ---- */

static void answer_without(struct town_role *role, struct town_question *question, enum status status)
{
    const struct web_house without = {.status = status, .lines = STR(""), .words = question->words};
    if (take(role, question->number, question->peer) != question)
        return;
    town_web_again(role, question->payload, &without);
    destroy(question);
}

/* By GONE: what this peer owes, or (NULL) what was sent to none. */
static void answer_gone(struct town_role *role, const struct town_peer *peer)
{
    struct town_question *question = role->questions;
    while (question != NULL) {
        struct town_question *next = question->next;
        if (peer != NULL ? question->peer == peer : question->is_unsent)
            answer_without(role, question, GONE);
        question = next;
    }
}

void town_peers_away(void *with)
{
    answer_gone(with, NULL);
}

/* The provider is then as one that is not there; the model is at work, and its page asks again. */
void town_peers_late(void *with)
{
    struct town_role *role = with;
    struct town_question *question = role->questions;
    while (question != NULL) {
        struct town_question *next = question->next;
        if (question->late_ms != 0 && question->late_ms <= loop_now_ms(role->loop))
            answer_without(role, question, question->peer == &role->model ? BUSY : GONE);
        question = next;
    }
    if (has_late(role))
        loop_timer_set(role->late, LATE_MS);
}

static void on_peer_closed(void *with)
{
    struct town_peer *peer = with;
    channel_destroy(peer->channel);
    peer->channel = NULL;
    answer_gone(peer->role, peer);
}

static void on_peer(void *with, uint16_t kind, struct str payload, int fd)
{
    struct town_peer *peer = with;
    enum status done = kind == MESSAGE_HOUSE_ANSWER ? take_answer(peer->role, payload, fd, peer) : INVALID;
    file_close(&fd);
    if (done == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "town", peer == &peer->role->model ? "model_not_believed" : "provider_not_believed",
        LOG_TEXT("kind", str_of(message_name(kind))));
    on_peer_closed(peer);
}

enum status town_peer_open(struct town_role *role, struct town_peer *peer, int socket)
{
    if (peer->channel != NULL)
        on_peer_closed(peer);
    peer->role = role;
    return channel_create(role->loop, socket, on_peer, on_peer_closed, peer, &peer->channel);
}

void town_peers_close(struct town_role *role)
{
    loop_timer_destroy(role->away);
    loop_timer_destroy(role->late);
    channel_destroy(role->model.channel);
    channel_destroy(role->provider.channel);
    role->model.channel = role->provider.channel = NULL;
}

/* ---- figures ---- */

static enum status fill(struct town_role *role, struct ctx *ctx, struct message_figures *figures, struct buf *queues)
{
    struct house_process state;
    TRY(town_state_read(ctx, &state));
    TRY(town_state_queues(ctx, queues));
    figures->mail_bytes = state.mail_bytes;
    figures->database_bytes = state.database_bytes;
    figures->tasks = state.tasks;
    figures->backup_ms = state.backup_ms;
    figures->late_ms = town_jobs_late(role, &figures->late_job);
    figures->memory_bytes = prologue_memory();
    figures->queues = buf_str(queues);
    return OK;
}

enum status town_figures(struct town_role *role, struct str payload)
{
    struct message_handle ask;
    struct ctx ctx = town_ctx(role);
    struct buf queues BUF_SCOPE = BUF_INIT(MESSAGE_LIST_MAX);
    TRY(message_take(MESSAGE_FIGURES_ASK, payload, &ask));
    struct buf counts BUF_SCOPE = BUF_INIT(COUNT_TEXT_MAX);
    count_write(&counts);
    struct message_figures figures = {.handle = ask.handle, .counts = buf_str(&counts)};
    enum status done = fill(role, &ctx, &figures, &queues);
    if (done == OK)
        done = message_send(role->parent, MESSAGE_FIGURES, &figures, -1);
    arena_reset(role->job);
    return done;
}
