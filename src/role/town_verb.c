/* Verbs in a town: each step is a job of the turn, its answer held until the commit. */
#include "os/file.h"
#include "os/log.h"
#include "role/town_role.h"
#include "role/verb.h"

struct answer {
    struct town_line *line;
    int64_t number; /* of the line, when it was asked */
    struct verb_work *work;
    enum status done;
};

static void release(struct town_role *role, void *with, enum status turn)
{
    struct answer *answer = with;
    (void)role;
    if (answer->done == OK && turn != OK)
        buf_add_c(&answer->work->error, status_name(turn));
    bool is_there = answer->number == answer->line->number;
    verb_work_answer(answer->work, is_there ? answer->line->channel : NULL, answer->done == OK ? turn : answer->done);
}

static enum status run(struct town_line *line, struct verb_work *work)
{
    struct town_role *role = line->role;
    struct ctx ctx = town_ctx(role);
    struct answer *answer = arena_new(role->turn, struct answer);
    REQUIRE(answer != NULL);
    work->call.member = role->town->member;
    writer_job_begin(role->town->writer);
    enum status done = writer_job_end(role->town->writer, verb_work_run(work, &ctx));
    *answer = (struct answer){line, line->number, work, done};
    town_hold(role, release, answer);
    arena_reset(role->job);
    return OK;
}

static void close_line(void *with)
{
    struct town_line *line = with;
    channel_destroy(line->channel);
    line->channel = NULL;
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct town_line *line = with;
    struct verb_work *work;
    enum status done = kind == MESSAGE_VERB ? verb_work_begin(VERB_TOWN, payload, fd, &work) : INVALID;
    file_close(&fd);
    if (done == OK && run(line, work) == OK)
        return;
    LOG(LOG_WARN_LEVEL, "town", "command_not_understood", LOG_TEXT("kind", str_of(message_name(kind))));
    close_line(line);
}

enum status town_verb_open(struct town_role *role, int socket)
{
    for (size_t i = 0; i < TOWN_LINES_MAX; i++) {
        struct town_line *line = &role->lines[i];
        if (line->channel != NULL)
            continue;
        line->role = role;
        line->number++;
        return channel_create(role->loop, socket, on_frame, close_line, line, &line->channel);
    }
    return LIMIT;
}

void town_verb_close(struct town_role *role)
{
    for (size_t i = 0; i < TOWN_LINES_MAX; i++)
        close_line(&role->lines[i]);
}
