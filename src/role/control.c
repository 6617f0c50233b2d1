#include "role/control.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "os/file.h"
#include "os/log.h"
#include "os/socket.h"
#include "role/reader.h"
#include "role/verb.h"

struct line {
    struct control *control;
    struct channel *channel; /* NULL: free */
};

struct control {
    struct parent *parent;
    int listener;
    struct loop_watch *watch;
    struct line lines[CONTROL_LINES_MAX];
};

/* ---- the parent's own steps ---- */

static enum status on_verb(struct line *line, struct str payload, int fd)
{
    struct parent *parent = line->control->parent;
    struct verb_work *work;
    TRY(verb_work_begin(VERB_PARENT, payload, fd, &work));
    enum status done = verb_work_in_parent(work, parent->house.folder);
    if (done == OK && work->call.has_changed_members) {
        struct parent_member *member = parent_member_by_id(parent, work->call.member);
        done = parent_read_members(parent);
        parent_connect(parent);
        if (member != NULL)
            parent_tell_acts(&member->town);
    }
    verb_work_answer(work, line->channel, done);
    return OK;
}

/* ---- channels to the others ---- */

/* A role that cannot take it has ended, or ends; `socket` is gone either way. */
static enum status give(struct channel *channel, int64_t member, int socket)
{
    struct message_peer peer = {ROLE_COMMAND, member};
    return message_send(channel, MESSAGE_PEER, &peer, socket) == OK ? OK : BUSY;
}

static enum status to_town(struct parent_member *member, int socket)
{
    if (member->town.channel != NULL)
        return give(member->town.channel, member->row.id, socket);
    file_close(&socket);
    return BUSY;
}

/* Auth may not have heard of a new member yet: it is told first. */
static enum status to_auth(struct parent *parent, const struct parent_member *member, int socket)
{
    int key = -1;
    enum status done = parent->auth.channel != NULL ? file_duplicate(member->key, &key) : BUSY;
    if (done == OK)
        done = parent_tell(parent->auth.channel, member, key);
    if (done == OK)
        return give(parent->auth.channel, member->row.id, socket);
    file_close(&socket);
    return BUSY;
}

static enum status to_reader(struct parent *parent, struct parent_member *member, int socket)
{
    pid_t pid;
    struct reader_start start = {.folder = parent->house.folder, .row = &member->row, .place = &member->place,
                                 .domains = member->domains, .domain_count = member->domain_count, .line = socket};
    struct prologue prologue = {.role = ROLE_READER, .folder = start.folder, .member = member->row.name,
                                .owner = parent->becomes};
    enum status done = process_fork("parvis-reader", &socket, 1, &pid);
    if (done == OK && pid == 0)
        _exit(prologue_enter(&prologue) == OK ? reader_run(&start) : 1);
    file_close(&socket);
    return done;
}

static enum status connect_to(struct parent *parent, const struct message_peer *wish, int socket)
{
    struct parent_member *member = parent_member_by_id(parent, wish->member);
    if (member != NULL && wish->role == ROLE_TOWN)
        return to_town(member, socket);
    if (member != NULL && wish->role == ROLE_AUTH)
        return to_auth(parent, member, socket);
    if (member != NULL && wish->role == ROLE_READER)
        return to_reader(parent, member, socket);
    file_close(&socket);
    return NOT_FOUND;
}

static enum status refuse_peer(struct line *line, enum status status)
{
    struct message_verb_done answer = {.status = status, .out = STR(""), .error = STR(""), .handed = STR(""),
                                       .output = STR("")};
    return message_send(line->channel, MESSAGE_VERB_DONE, &answer, -1);
}

static enum status on_peer(struct line *line, struct str payload)
{
    struct message_peer wish;
    int pair[2];
    TRY(message_take(MESSAGE_PEER, payload, &wish));
    TRY(channel_pair(pair));
    enum status done = connect_to(line->control->parent, &wish, pair[1]);
    if (done == OK)
        return message_send(line->channel, MESSAGE_PEER, &wish, pair[0]);
    file_close(&pair[0]);
    return refuse_peer(line, done);
}

/* ---- lines ---- */

static void close_line(void *with)
{
    struct line *line = with;
    channel_destroy(line->channel);
    line->channel = NULL;
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct line *line = with;
    enum status done = kind == MESSAGE_VERB ? on_verb(line, payload, fd)
                       : kind == MESSAGE_PEER ? on_peer(line, payload)
                                              : INVALID;
    file_close(&fd);
    if (done == OK)
        return;
    LOG(LOG_WARN_LEVEL, "parent", "command_not_understood", LOG_TEXT("kind", str_of(message_name(kind))));
    close_line(line);
}

static struct line *free_line(struct control *control)
{
    for (size_t i = 0; i < CONTROL_LINES_MAX; i++)
        if (control->lines[i].channel == NULL)
            return &control->lines[i];
    return NULL;
}

/* Without a free line it is closed at once, and the command line tries again. */
static void on_accept(void *with, unsigned events)
{
    struct control *control = with;
    char address[SOCKET_ADDRESS_MAX];
    int fd;
    (void)events;
    while (socket_accept(control->listener, address, &fd) == OK) {
        struct line *line = free_line(control);
        if (line != NULL)
            line->control = control;
        if (line == NULL ||
            channel_create(control->parent->loop, fd, on_frame, close_line, line, &line->channel) != OK)
            file_close(&fd);
    }
}

enum status control_open(struct parent *parent, struct control **ret_control)
{
    struct str path = str_format(parent->house.arena, "%s/run/control", parent->house.folder);
    if (str_is_absent(path))
        return LIMIT;
    struct control *control = calloc(1, sizeof *control);
    REQUIRE(control != NULL);
    control->parent = parent;
    control->listener = -1;
    enum status done = socket_listen_path(path.at, &control->listener);
    if (done == OK)
        done = loop_watch_add(parent->loop, control->listener, LOOP_READ, on_accept, control, &control->watch);
    if (done != OK)
        control_close(control);
    else
        *ret_control = control;
    return done;
}

void control_close(struct control *control)
{
    if (control == NULL)
        return;
    for (size_t i = 0; i < CONTROL_LINES_MAX; i++)
        close_line(&control->lines[i]);
    loop_watch_remove(control->watch);
    file_close(&control->listener);
    free(control);
}
