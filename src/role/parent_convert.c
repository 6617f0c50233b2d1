/* Documents to be read: a process for each, begun when a town wants one, at most PARENT_CONVERTS at once. The parent
 * gives both ends of a channel away and sees neither the document nor what it says. */
#include <string.h>
#include <unistd.h>

#include "document/wording.h"
#include "os/file.h"
#include "os/log.h"
#include "role/convert_role.h"
#include "role/parent_state.h"

static int run(const struct parent *parent, int socket)
{
    struct prologue prologue = {.role = ROLE_CONVERT, .folder = parent->house.folder, .owner = parent->becomes,
                                .member = STR("")};
    tls_context_destroy(parent->tls); /* the key is front's alone */
    return prologue_enter(&prologue) == OK ? convert_role_run(socket) : 1;
}

/* It runs after others, and may have waited all the time: the town hears that it has ended. */
static void on_late(void *with)
{
    const struct parent_convert *convert = with;
    if (convert->pid != 0)
        process_end(convert->pid);
}

static void say_busy(const struct parent_member *member, int64_t handle)
{
    struct message_converted busy = {.handle = handle, .end = WORDING_BUSY, .title = STR(""), .words = STR("")};
    if (member->town.channel != NULL && message_send(member->town.channel, MESSAGE_CONVERTED, &busy, -1) != OK)
        LOG(LOG_WARN_LEVEL, "parent", "convert_not_refused");
}

static enum status begin(struct parent_convert *convert, const struct parent_member *member, int64_t handle)
{
    int pair[2];
    struct parent *parent = convert->parent;
    struct message_peer peer = {ROLE_CONVERT, handle};
    TRY(channel_pair(pair));
    enum status done = process_fork("parvis-convert", &pair[1], 1, &convert->pid);
    if (done == OK && convert->pid == 0)
        _exit(run(parent, pair[1]));
    file_close(&pair[1]);
    if (done != OK) {
        file_close(&pair[0]);
        return done;
    }
    if (convert->late == NULL)
        convert->late = loop_timer_create(parent->loop, on_late, convert);
    loop_timer_set(convert->late, CONVERT_WALL_MS);
    return message_send(member->town.channel, MESSAGE_PEER, &peer, pair[0]);
}

static struct parent_convert *free_one(struct parent *parent)
{
    for (size_t i = 0; i < PARENT_CONVERTS; i++)
        if (parent->converts[i].pid == 0)
            return &parent->converts[i];
    return NULL;
}

/* The next that waits, while one may begin. What a town that has ended wanted is dropped. */
static void begin_waiting(struct parent *parent)
{
    struct parent_convert *convert;
    while (parent->want_count > 0 && !parent->is_stopping && (convert = free_one(parent)) != NULL) {
        struct parent_want want = parent->wants[0];
        struct parent_member *member = parent_member_by_id(parent, want.member);
        parent->want_count--;
        memmove(parent->wants, parent->wants + 1, parent->want_count * sizeof parent->wants[0]);
        convert->parent = parent;
        if (member == NULL || member->town.channel == NULL)
            continue;
        enum status done = begin(convert, member, want.handle);
        if (done == OK)
            continue;
        LOG(LOG_ERROR_LEVEL, "parent", "convert_not_started", LOG_TEXT("status", str_of(status_name(done))));
        say_busy(member, want.handle);
    }
}

void parent_convert_want(struct parent_child *town, struct str payload)
{
    struct parent *parent = town->parent;
    struct message_handle want;
    if (message_take(MESSAGE_CONVERT_WANT, payload, &want) != OK)
        return;
    if (parent->want_count == PARENT_WANTS_MAX) {
        say_busy(town->member, want.handle);
        return;
    }
    parent->wants[parent->want_count++] = (struct parent_want){town->member->row.id, want.handle};
    begin_waiting(parent);
}

void parent_convert_ended(struct parent *parent, const struct process_ending *ending)
{
    for (size_t i = 0; i < PARENT_CONVERTS; i++) {
        struct parent_convert *convert = &parent->converts[i];
        if (convert->pid == 0 || convert->pid != ending->pid)
            continue;
        convert->pid = 0;
        loop_timer_set(convert->late, -1);
        if (!ending->is_clean && !parent->is_stopping)
            LOG(LOG_WARN_LEVEL, "parent", "convert_ended", LOG_NUMBER("signal", ending->signal));
    }
    begin_waiting(parent);
}

size_t parent_converts_running(const struct parent *parent)
{
    size_t running = 0;
    for (size_t i = 0; i < PARENT_CONVERTS; i++)
        running += parent->converts[i].pid != 0;
    return running;
}

void parent_converts_stop(struct parent *parent)
{
    for (size_t i = 0; i < PARENT_CONVERTS; i++)
        if (parent->converts[i].pid != 0)
            process_end(parent->converts[i].pid);
}

void parent_converts_close(struct parent *parent)
{
    for (size_t i = 0; i < PARENT_CONVERTS; i++)
        loop_timer_destroy(parent->converts[i].late);
}
