/* A town and the parent, a town and the model: questions of pages on their way there, and how the town fares. */
#include <stdlib.h>

#include "core/house_ask.h"
#include "os/file.h"
#include "os/log.h"
#include "os/process.h"
#include "role/count.h"
#include "role/prologue.h"
#include "role/town_role.h"
#include "role/town_state.h"

enum { AWAY_MS = 10 };

struct town_question {
    struct town_question *next;
    int64_t number;
    bool is_of_model;
    struct arena *arena; /* of the frame */
    struct str payload;
};

static void destroy(struct town_question *question)
{
    arena_destroy(&question->arena);
    free(question);
}

/* The question of this number that this peer owes an answer to. */
static struct town_question *take(struct town_role *role, int64_t number, bool is_of_model)
{
    for (struct town_question **at = &role->questions; *at != NULL; at = &(*at)->next) {
        struct town_question *question = *at;
        if (question->number != number || question->is_of_model != is_of_model)
            continue;
        *at = question->next;
        role->question_count--;
        return question;
    }
    return NULL;
}

static size_t count_of_model(const struct town_role *role)
{
    size_t count = 0;
    for (const struct town_question *at = role->questions; at != NULL; at = at->next)
        count += at->is_of_model;
    return count;
}

/* What is for a model that is not there is answered by GONE, in a turn of its own. */
static enum status send(struct town_role *role, const struct web_house *ask)
{
    bool is_of_model = house_ask_is_of_model(ask->kind);
    struct channel *to = is_of_model ? role->model : role->parent;
    struct message_house_ask message = {.handle = ++role->question_number, .kind = ask->kind, .member = ask->member,
                                        .words = ask->words, .actor = is_of_model ? STR("") : ask->actor};
    if (str_is_absent(message.actor))
        message.actor = STR("");
    if (str_is_absent(ask->words) || str_is_absent(ask->member) || ask->words.len > HOUSE_WORDS_MAX)
        return LIMIT;
    if (is_of_model && count_of_model(role) >= TOWN_MODEL_QUESTIONS_MAX)
        return BUSY;
    if (to == NULL) {
        loop_timer_set(role->away, AWAY_MS);
        return OK;
    }
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
    TRY(send(role, ask));
    struct town_question *question = calloc(1, sizeof *question);
    REQUIRE(question != NULL);
    question->arena = arena_create(CHANNEL_FRAME_MAX + (4 << 10));
    question->number = role->question_number;
    question->is_of_model = house_ask_is_of_model(ask->kind);
    question->payload = str_copy(question->arena, payload);
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

static enum status take_answer(struct town_role *role, struct str payload, int fd, bool is_of_model)
{
    struct message_house_answer answer;
    struct web_house house = {0};
    TRY(message_take(MESSAGE_HOUSE_ANSWER, payload, &answer));
    struct town_question *question = take(role, answer.handle, is_of_model);
    if (question == NULL)
        return OK; /* whoever asked has gone */
    house.status = (enum status)answer.status;
    house.sentence = (enum text_key)answer.sentence;
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
    return take_answer(role, payload, fd, false);
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

/* ---- the model ---- */

void town_model_away(void *with)
{
    struct town_role *role = with;
    const struct web_house gone = {.status = GONE, .lines = STR("")};
    struct town_question *question = role->questions;
    while (question != NULL) {
        struct town_question *next = question->next;
        if (question->is_of_model && take(role, question->number, true) == question) {
            town_web_again(role, question->payload, &gone);
            destroy(question);
        }
        question = next;
    }
}

static void on_model_closed(void *with)
{
    struct town_role *role = with;
    channel_destroy(role->model);
    role->model = NULL;
    town_model_away(role);
}

static void on_model(void *with, uint16_t kind, struct str payload, int fd)
{
    struct town_role *role = with;
    enum status done = kind == MESSAGE_HOUSE_ANSWER ? take_answer(role, payload, fd, true) : INVALID;
    file_close(&fd);
    if (done == OK)
        return;
    LOG(LOG_ERROR_LEVEL, "town", "model_not_believed", LOG_TEXT("kind", str_of(message_name(kind))));
    on_model_closed(role);
}

enum status town_model_open(struct town_role *role, int socket)
{
    if (role->model != NULL)
        on_model_closed(role);
    return channel_create(role->loop, socket, on_model, on_model_closed, role, &role->model);
}

void town_model_close(struct town_role *role)
{
    loop_timer_destroy(role->away);
    channel_destroy(role->model);
    role->model = NULL;
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
