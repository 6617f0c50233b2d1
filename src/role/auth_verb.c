/* Verbs in auth: each step is a turn of its own, committed before it is answered. */
#include "os/file.h"
#include "os/log.h"
#include "role/auth_state.h"
#include "role/verb.h"

static enum status run(struct auth_line *line, struct verb_work *work)
{
    struct auth_house *house = line->house;
    struct ctx ctx;
    enum status done = auth_house_begin(house, &ctx);
    if (done != OK)
        return done;
    work->call.member = house->place.member;
    work->call.folder = house->role->folder;
    done = auth_house_end(house, verb_work_run(work, &ctx));
    auth_house_commit(house->role);
    enum status turn = house->turn;
    auth_owed_release(house->role);
    return done == OK ? turn : done;
}

static void close_line(void *with)
{
    struct auth_line *line = with;
    channel_destroy(line->channel);
    line->channel = NULL;
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct auth_line *line = with;
    struct verb_work *work;
    enum status done = kind == MESSAGE_VERB ? verb_work_begin(VERB_AUTH, payload, fd, &work) : INVALID;
    file_close(&fd);
    if (done == OK) {
        done = run(line, work);
        if (done != OK && work->error.len == 0)
            buf_add_c(&work->error, status_name(done));
        verb_work_answer(work, line->channel, done);
        return;
    }
    LOG(LOG_WARN_LEVEL, "auth", "command_not_understood", LOG_TEXT("kind", str_of(message_name(kind))));
    close_line(line);
}

enum status auth_verb_open(struct auth_role *role, int64_t member, int socket)
{
    struct auth_house *house = auth_house_find(role, member);
    if (house == NULL)
        return NOT_FOUND;
    for (size_t i = 0; i < AUTH_ROLE_LINES_MAX; i++) {
        struct auth_line *line = &role->lines[i];
        if (line->channel != NULL)
            continue;
        line->house = house;
        return channel_create(role->loop, socket, on_frame, close_line, line, &line->channel);
    }
    return LIMIT;
}

void auth_verb_close(struct auth_role *role)
{
    for (size_t i = 0; i < AUTH_ROLE_LINES_MAX; i++)
        close_line(&role->lines[i]);
}
