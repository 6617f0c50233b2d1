#include "role/parent.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "os/channel.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/log.h"
#include "os/process.h"
#include "os/socket.h"
#include "role/front.h"
#include "role/house.h"
#include "role/message.h"
#include "role/town.h"

enum { PARENT_CHILDREN_MAX = FRONT_TOWNS_MAX + 1, STOP_MS = 10 * 1000 };

struct child {
    struct parent *parent;
    pid_t pid;
    struct channel *channel;
    bool is_ready;
};

struct parent {
    struct loop *loop;
    struct loop_timer *timer;
    struct house house;
    struct process_signals *signals;
    member_row *members;
    size_t member_count;
    struct front_town *towns; /* .socket: front's end */
    struct place *places;
    int *town_ends;           /* the town's end of the same pair */
    unsigned char (*ticket_keys)[TICKET_KEY_BYTES]; /* of each member, new at each start */
    struct front_door doors[FRONT_DOORS_MAX];
    size_t door_count;
    struct child children[PARENT_CHILDREN_MAX];
    size_t child_count;
    bool is_stopping, has_failed;
};

static const struct {
    enum setting setting;
    enum front_protocol protocol;
} doors[] = {{SETTING_LISTEN_LMTP, FRONT_LMTP}, {SETTING_LISTEN_SMTP, FRONT_SMTP}};

static enum status open_doors(struct parent *parent)
{
    for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++) {
        struct str address = parent->house.config.values[doors[i].setting];
        struct front_door *door = &parent->doors[parent->door_count];
        if (str_eq(address, STR("off")))
            continue;
        enum status done = socket_listen(address, &door->listener);
        if (done != OK) {
            fprintf(stderr, "%s = %.*s: %s\n", setting_name(doors[i].setting), STR_ARG(address), status_name(done));
            return done;
        }
        door->protocol = doors[i].protocol;
        parent->door_count++;
    }
    return OK;
}

static enum status read_members(struct parent *parent)
{
    struct arena *arena = parent->house.arena;
    struct ctx ctx = {.arena = arena, .db = parent->house.syndicate, .now = clock_now()};
    TRY(member_list(&ctx, &parent->members, &parent->member_count));
    parent->towns = arena_array(arena, struct front_town, parent->member_count + 1);
    parent->town_ends = arena_array(arena, int, parent->member_count + 1);
    parent->places = arena_array(arena, struct place, parent->member_count + 1);
    parent->ticket_keys = arena_alloc(arena, (parent->member_count + 1) * TICKET_KEY_BYTES);
    entropy_fill(parent->ticket_keys, (parent->member_count + 1) * TICKET_KEY_BYTES);
    for (size_t i = 0; i < parent->member_count; i++) {
        struct str *domains;
        int pair[2];
        struct front_town *town = &parent->towns[i];
        town->member = parent->members[i].id;
        TRY(member_place(&ctx, &parent->members[i], &parent->places[i]));
        TRY(member_domains(&ctx, town->member, &domains, &town->domain_count));
        town->domains = domains;
        TRY(channel_pair(pair));
        town->socket = pair[0];
        parent->town_ends[i] = pair[1];
    }
    return OK;
}

/* ---- children ---- */

static void stop_all(struct parent *parent)
{
    struct message_handle nothing = {0};
    if (parent->is_stopping)
        return;
    parent->is_stopping = true;
    for (size_t i = 0; i < parent->child_count; i++)
        if (parent->children[i].channel != NULL &&
            message_send(parent->children[i].channel, MESSAGE_STOP, &nothing, -1) != OK)
            parent->has_failed = true;
    loop_timer_set(parent->timer, STOP_MS);
}

static void on_child_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct child *child = with;
    size_t ready = 0;
    (void)payload;
    if (fd >= 0)
        close(fd);
    if (kind != MESSAGE_READY || child->is_ready)
        return;
    child->is_ready = true;
    for (size_t i = 0; i < child->parent->child_count; i++)
        ready += child->parent->children[i].is_ready;
    if (ready < child->parent->child_count)
        return;
    printf("ready\n");
    fflush(stdout);
}

/* The signal of its end says more; that comes too. */
static void on_child_closed(void *with)
{
    struct child *child = with;
    child->channel = NULL;
}

static int run_child(struct parent *parent, size_t index, int socket)
{
    const char *folder = parent->house.folder;
    if (index == parent->member_count)
        return front_run(parent->house.config.values[SETTING_HOSTNAME], parent->doors, parent->door_count,
                         parent->towns, parent->member_count, socket);
    struct town_start start = {
        .folder = folder, .member = &parent->members[index], .place = &parent->places[index], .domains = parent->towns[index].domains,
        .domain_count = parent->towns[index].domain_count, .ticket_key = parent->ticket_keys[index],
        .parent_socket = socket, .front_socket = parent->town_ends[index]};
    return town_run(&start);
}

/* Which descriptors a role is left with: its end to the parent, and its own of the rest. */
static size_t kept_by(const struct parent *parent, size_t index, int socket, int *kept)
{
    size_t count = 0;
    kept[count++] = socket;
    if (index < parent->member_count) {
        kept[count++] = parent->town_ends[index];
        return count;
    }
    for (size_t i = 0; i < parent->door_count; i++)
        kept[count++] = parent->doors[i].listener;
    for (size_t i = 0; i < parent->member_count; i++)
        kept[count++] = parent->towns[i].socket;
    return count;
}

static enum status start_child(struct parent *parent, size_t index)
{
    int pair[2], kept[1 + FRONT_DOORS_MAX + 40];
    struct child *child = &parent->children[parent->child_count];
    if (parent->member_count > 40)
        return LIMIT;
    TRY(channel_pair(pair));
    size_t kept_count = kept_by(parent, index, pair[1], kept);
    TRY(process_fork(index == parent->member_count ? "parvis-front" : "parvis-town", kept, kept_count, &child->pid));
    if (child->pid == 0)
        _exit(run_child(parent, index, pair[1]));
    close(pair[1]);
    parent->child_count++;
    child->parent = parent;
    return channel_create(parent->loop, pair[0], on_child_frame, on_child_closed, child, &child->channel);
}

static void on_signal(void *with, int signal)
{
    struct parent *parent = with;
    pid_t pid;
    bool is_clean;
    if (signal != SIGCHLD) {
        stop_all(parent);
        return;
    }
    while (process_reap(&pid, &is_clean) == OK) {
        if (!parent->is_stopping || !is_clean) {
            LOG(LOG_ERROR_LEVEL, "parent", "role_ended", LOG_NUMBER("pid", pid));
            parent->has_failed = true;
        }
        for (size_t i = 0; i < parent->child_count; i++)
            if (parent->children[i].pid == pid)
                parent->children[i].pid = 0;
        stop_all(parent);
    }
    for (size_t i = 0; i < parent->child_count; i++)
        if (parent->children[i].pid != 0)
            return;
    loop_stop(parent->loop);
}

/* Somebody did not end by itself in time. */
static void on_late(void *with)
{
    struct parent *parent = with;
    parent->has_failed = true;
    for (size_t i = 0; i < parent->child_count; i++)
        if (parent->children[i].pid != 0)
            process_end(parent->children[i].pid);
    loop_stop(parent->loop);
}

static enum status start(struct parent *parent)
{
    TRY(open_doors(parent));
    TRY(read_members(parent));
    db_close(parent->house.syndicate); /* no child inherits an open database */
    parent->house.syndicate = NULL;
    for (size_t i = 0; i <= parent->member_count; i++)
        TRY(start_child(parent, i));
    return OK;
}

int parent_serve(const char *folder)
{
    struct str refusal = STR("");
    struct parent *parent = calloc(1, sizeof *parent);
    REQUIRE(parent != NULL);
    enum status done = house_open(folder, clock_now(), &parent->house, &refusal);
    if (done != OK)
        fprintf(stderr, "parvis: %.*s\n", STR_ARG(refusal));
    parent->loop = loop_create();
    parent->timer = loop_timer_create(parent->loop, on_late, parent);
    if (done == OK)
        done = process_signals_create(parent->loop, on_signal, parent, &parent->signals);
    if (done == OK && (done = start(parent)) != OK)
        fprintf(stderr, "parvis: could not start: %s\n", status_name(done));
    if (done == OK)
        loop_run(parent->loop, NULL, NULL);
    done = done == OK && parent->has_failed ? OUTSIDE : done;
    for (size_t i = 0; i < parent->child_count; i++)
        channel_destroy(parent->children[i].channel);
    process_signals_destroy(parent->signals);
    loop_timer_destroy(parent->timer);
    loop_destroy(parent->loop);
    house_close(&parent->house);
    free(parent);
    return done != OK;
}
