#include "role/reach.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/seal.h"
#include "core/ticket.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "os/process.h"
#include "os/socket.h"
#include "role/auth_role.h"
#include "role/prologue.h"
#include "role/reader.h"
#include "role/town.h"
#include "role/verb.h"

enum { PAUSE_MS = 50, MEMBER_ARENA = 16 << 20 };

/* A role and the way to it. One of each kind at most: a step for another member ends the last one. */
struct role_line {
    struct reach *reach;
    int64_t member;
    struct channel *verbs;  /* where frames go */
    struct channel *parent; /* our end of a role we started */
    pid_t pid;              /* of it, else 0 */
    bool is_ready;
};

struct reach {
    const char *folder;
    struct loop *loop;
    struct role_line control; /* to the parent of a running house */
    struct role_line town, auth, reader;
    bool is_open, is_alone; /* is_alone: no house runs, the lock is ours */
    struct house house;
    struct arena *member;   /* texts of the member a role was started for */
    struct buf answer;      /* the last frame */
    uint16_t answer_kind;   /* 0: none came */
    int answer_fd;
    struct str mapped;
    const struct str *refusal;
    struct loop_timer *late;
    bool is_late;
};

/* ---- frames ---- */

static void forget_answer(struct reach *reach)
{
    buf_clear(&reach->answer);
    reach->answer_kind = 0;
    file_close(&reach->answer_fd);
    if (!str_is_absent(reach->mapped))
        file_unmap(reach->mapped);
    reach->mapped = STR_NONE;
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct role_line *line = with;
    struct reach *reach = line->reach;
    forget_answer(reach);
    buf_add(&reach->answer, payload);
    reach->answer_kind = kind;
    reach->answer_fd = fd;
    loop_stop(reach->loop);
}

static void on_closed(void *with)
{
    struct role_line *line = with;
    channel_destroy(line->verbs);
    line->verbs = NULL;
    loop_stop(line->reach->loop);
}

static void on_parent_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct role_line *line = with;
    (void)payload;
    file_close(&fd);
    line->is_ready |= kind == MESSAGE_READY;
    loop_stop(line->reach->loop);
}

static void on_parent_closed(void *with)
{
    struct role_line *line = with;
    channel_destroy(line->parent);
    line->parent = NULL;
    loop_stop(line->reach->loop);
}

static void on_late(void *with)
{
    struct reach *reach = with;
    reach->is_late = true;
    loop_stop(reach->loop);
}

/* Sends and waits for one frame of the kind wanted. GONE: the other end has closed. */
static enum status exchange(struct reach *reach, struct role_line *line, uint16_t kind, const void *message, int fd)
{
    forget_answer(reach);
    TRY(message_send(line->verbs, kind, message, fd));
    while (reach->answer_kind == 0 && line->verbs != NULL && !reach->is_late)
        loop_run(reach->loop, NULL, NULL);
    return reach->answer_kind != 0 ? OK : line->verbs == NULL ? GONE : BUSY;
}

static enum status open_line(struct reach *reach, struct role_line *line, int socket)
{
    line->reach = reach;
    enum status done = channel_create(reach->loop, socket, on_frame, on_closed, line, &line->verbs);
    if (done != OK)
        file_close(&socket);
    return done;
}

static void close_line(struct role_line *line)
{
    channel_destroy(line->verbs);
    channel_destroy(line->parent);
    if (line->pid != 0)
        process_wait(line->pid);
    *line = (struct role_line){.reach = line->reach};
}

/* ---- a house that runs, or our own ---- */

static enum status connect_house(struct reach *reach)
{
    int socket;
    struct arena *arena ARENA_SCOPE = arena_create(FILE_PATH_MAX * 2);
    struct str path = str_format(arena, "%s/run/control", reach->folder);
    if (str_is_absent(path))
        return LIMIT;
    TRY(socket_connect_path(path.at, &socket));
    return open_line(reach, &reach->control, socket);
}

static enum status open_house(struct reach *reach, struct str *ret_refusal)
{
    enum status done = house_open(reach->folder, clock_now(), &reach->house, ret_refusal);
    if (done != OK) {
        if (done != BUSY)
            *ret_refusal = str_copy(reach->member, *ret_refusal);
        house_close(&reach->house);
        return done;
    }
    db_close(reach->house.syndicate); /* each step of the parent's opens it; no role inherits it */
    reach->house.syndicate = NULL;
    reach->is_alone = true;
    return OK;
}

static enum status open_reach(struct reach *reach, struct str *ret_refusal)
{
    int64_t end_ms = clock_monotonic_ms() + REACH_WAIT_MS;
    enum status done = BUSY;
    while (!reach->is_open) {
        if (connect_house(reach) == OK || (done = open_house(reach, ret_refusal)) == OK)
            reach->is_open = true;
        else if (done != BUSY || clock_monotonic_ms() > end_ms)
            return done;
        else
            clock_pause(PAUSE_MS);
    }
    return OK;
}

/* ---- roles of our own ---- */

struct member_read {
    member_row row;
    struct place place;
    struct str *domains;
    size_t domain_count;
};

static enum status find_member(struct ctx *ctx, int64_t id, struct member_read *ret_member)
{
    member_row *rows;
    size_t count;
    TRY(member_list(ctx, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].id != id)
            continue;
        ret_member->row = rows[i];
        TRY(member_place(ctx, &rows[i], &ret_member->place));
        return member_domains(ctx, id, &ret_member->domains, &ret_member->domain_count);
    }
    return NOT_FOUND;
}

static enum status read_member(struct reach *reach, int64_t id, struct member_read *ret_member)
{
    struct ctx ctx = {.arena = reach->member, .now = clock_now()};
    struct str path = str_format(reach->member, "%s/syndicate.db", reach->folder);
    if (str_is_absent(path))
        return LIMIT;
    TRY(db_open(path.at, DB_READ, &ctx.db));
    enum status done = find_member(&ctx, id, ret_member);
    db_close(ctx.db);
    return done;
}

/* The ticket key of a role no front will ask. */
static void no_key(unsigned char key[TICKET_KEY_BYTES])
{
    entropy_fill(key, TICKET_KEY_BYTES);
}

static enum status enter(const struct reach *reach, enum verb_place place, const struct member_read *member,
                         unsigned char house[AUTH_KEY_BYTES])
{
    struct owner owner;
    struct prologue prologue = {
        .role = place == VERB_TOWN ? ROLE_TOWN : place == VERB_READER ? ROLE_READER : ROLE_AUTH,
        .folder = reach->folder, .member = member->row.name};
    enum status found = prologue_owner(reach->house.config.values[SETTING_USER], &owner);
    if (found != OK && found != NOT_FOUND)
        return found;
    prologue.owner = found == OK ? &owner : NULL;
    TRY(prologue_member(reach->folder, member->row.name, prologue.owner));
    if (place == VERB_AUTH || place == VERB_TOWN)
        TRY(house_key(reach->folder, house));
    return prologue_enter(&prologue);
}

static int run_role(const struct reach *reach, enum verb_place place, const struct member_read *member, int socket)
{
    unsigned char key[TICKET_KEY_BYTES], house[AUTH_KEY_BYTES] = {0};
    struct seal seal;
    struct town_start town = {.folder = reach->folder, .member = &member->row, .place = &member->place,
                              .domains = member->domains, .domain_count = member->domain_count, .ticket_key = key,
                              .seal = &seal, .is_quiet = true, .parent_socket = socket};
    struct reader_start reader = {.folder = reach->folder, .row = &member->row, .place = &member->place,
                                  .domains = member->domains, .domain_count = member->domain_count, .line = socket};
    struct auth_role_start auth = {.folder = reach->folder, .key = house, .parent_socket = socket};
    no_key(key);
    process_ignore(SIGPIPE);
    if (enter(reach, place, member, house) != OK)
        return 1;
    if (place == VERB_TOWN) {
        seal_derive(house, member->row.name, entropy_fill, &seal);
        explicit_bzero(house, sizeof house);
        return town_run(&town);
    }
    if (place == VERB_READER)
        return reader_run(&reader);
    return house_cost(&reach->house.config, &auth.cost) == OK ? auth_role_run(&auth) : 1;
}

/* The lock goes along: it is held until the last of us has ended. */
static enum status fork_role(struct reach *reach, enum verb_place place, const struct member_read *member,
                             struct role_line *line, int *ret_socket)
{
    int pair[2];
    TRY(channel_pair(pair));
    int kept[] = {pair[1], reach->house.lock};
    enum status done = process_fork("parvis-verb", kept, 2, &line->pid);
    if (done == OK && line->pid == 0)
        _exit(run_role(reach, place, member, pair[1]));
    file_close(&pair[1]);
    if (done == OK)
        *ret_socket = pair[0];
    else
        file_close(&pair[0]);
    return done;
}

static enum status tell_auth(struct role_line *line, const struct member_read *member)
{
    unsigned char key[TICKET_KEY_BYTES];
    int fd;
    const struct place *place = &member->place;
    struct message_member told = {.member = place->member, .services_on = (int64_t)place->services_on,
                                  .name = place->name, .title = place->title, .kind = place->kind,
                                  .language = place->language, .zone = place->zone, .desk = place->desk,
                                  .phone = place->phone, .hours = place->hours, .domains = STR(""),
                                  .hosts = STR("")};
    no_key(key);
    TRY(file_memory((struct str){(const char *)key, sizeof key}, &fd));
    return message_send(line->parent, MESSAGE_MEMBER, &told, fd);
}

static enum status introduce(struct reach *reach, enum verb_place place, const struct member_read *member,
                             struct role_line *line)
{
    int pair[2];
    struct message_peer peer = {ROLE_COMMAND, member->row.id};
    while (!line->is_ready && line->parent != NULL)
        loop_run(reach->loop, NULL, NULL);
    if (line->parent == NULL)
        return CORRUPT; /* it could not open what it owns, and has said why */
    if (place == VERB_AUTH)
        TRY(tell_auth(line, member));
    TRY(channel_pair(pair));
    enum status done = message_send(line->parent, MESSAGE_PEER, &peer, pair[1]);
    if (done == OK)
        return open_line(reach, line, pair[0]);
    file_close(&pair[0]);
    return done;
}

static enum status start_role(struct reach *reach, enum verb_place place, int64_t id, struct role_line *line)
{
    struct member_read member = {0};
    int socket;
    arena_reset(reach->member);
    TRY(read_member(reach, id, &member));
    TRY(fork_role(reach, place, &member, line, &socket));
    if (place == VERB_READER)
        return open_line(reach, line, socket);
    enum status done =
        channel_create(reach->loop, socket, on_parent_frame, on_parent_closed, line, &line->parent);
    if (done != OK) {
        file_close(&socket);
        return done;
    }
    return introduce(reach, place, &member, line);
}

/* ---- a step ---- */

static enum status ask_for_role(struct reach *reach, enum verb_place place, int64_t member, struct role_line *line)
{
    enum role_kind role = place == VERB_TOWN ? ROLE_TOWN : place == VERB_AUTH ? ROLE_AUTH : ROLE_READER;
    struct message_peer wish = {role, member};
    struct message_verb_done refused;
    TRY(exchange(reach, &reach->control, MESSAGE_PEER, &wish, -1));
    if (reach->answer_kind != MESSAGE_PEER) {
        TRY(message_take(MESSAGE_VERB_DONE, buf_str(&reach->answer), &refused));
        return refused.status != OK ? (enum status)refused.status : BUG;
    }
    int socket = reach->answer_fd;
    reach->answer_fd = -1;
    return open_line(reach, line, socket);
}

static enum status line_to(struct reach *reach, enum verb_place place, int64_t member, struct role_line **ret_line)
{
    struct role_line *line = place == VERB_TOWN ? &reach->town : place == VERB_AUTH ? &reach->auth : &reach->reader;
    line->reach = reach;
    *ret_line = line;
    if (line->verbs != NULL && line->member == member)
        return OK;
    close_line(line);
    line->member = member;
    return reach->is_alone ? start_role(reach, place, member, line) : ask_for_role(reach, place, member, line);
}

static void keep_answer(struct reach *reach, struct verb_work *work, enum status done)
{
    struct message_verb_done answer = {.status = done, .next = work->call.next, .member = work->call.member,
                                       .done = work->call.done, .total = work->call.total,
                                       .out = buf_str(&work->out), .error = buf_str(&work->error),
                                       .handed = buf_str(&work->hand), .size = (int64_t)work->output.len};
    forget_answer(reach);
    enum status bulk = verb_bulk(buf_str(&work->output), &answer.output, &reach->answer_fd);
    REQUIRE(bulk == OK);
    shape_encode(&reach->answer, message_shape(MESSAGE_VERB_DONE), &answer);
    reach->answer_kind = MESSAGE_VERB_DONE;
    verb_work_destroy(work);
}

/* What the parent would do, done here. */
static enum status run_in_parent(struct reach *reach, const struct message_verb *ask, int fd)
{
    struct buf frame BUF_SCOPE = BUF_INIT(CHANNEL_FRAME_MAX);
    struct verb_work *work;
    shape_encode(&frame, message_shape(MESSAGE_VERB), ask);
    enum status done = verb_work_begin(VERB_PARENT, buf_str(&frame), fd, &work);
    file_close(&fd);
    TRY(done);
    done = verb_work_in_parent(work, reach->folder);
    keep_answer(reach, work, done);
    return OK;
}

/* A role we started works for us alone, and ends by itself: only one of a house that runs may be late. Its line is
 * closed then, so that what it says later is taken for nothing else. */
static enum status exchange_in_time(struct reach *reach, struct role_line *line, int64_t wait_ms,
                                    const struct message_verb *ask, int fd)
{
    reach->is_late = false;
    loop_timer_set(reach->late, wait_ms > 0 && !reach->is_alone ? wait_ms : -1);
    enum status done = exchange(reach, line, MESSAGE_VERB, ask, fd);
    loop_timer_set(reach->late, -1);
    if (reach->is_late && done == BUSY)
        close_line(line);
    reach->is_late = false;
    return done;
}

static enum status run_step(struct reach *reach, const struct reach_step *step, const struct message_verb *ask, int fd)
{
    struct role_line *line = &reach->control;
    if (step->place == VERB_PARENT && reach->is_alone)
        return run_in_parent(reach, ask, fd);
    enum status done = step->place == VERB_PARENT ? OK : line_to(reach, step->place, ask->member, &line);
    if (done == OK && line->verbs == NULL)
        done = GONE;
    if (done != OK) {
        file_close(&fd);
        return done;
    }
    return exchange_in_time(reach, line, step->wait_ms, ask, fd);
}

static enum status take_answer(struct reach *reach, struct message_verb_done *ret_done, struct str *ret_output)
{
    if (reach->answer_kind != MESSAGE_VERB_DONE)
        return INVALID;
    TRY(message_take(MESSAGE_VERB_DONE, buf_str(&reach->answer), ret_done));
    *ret_output = ret_done->output;
    if (!str_is_absent(ret_done->output))
        return OK;
    TRY(file_map(reach->answer_fd, VERB_BULK_MAX, &reach->mapped));
    *ret_output = reach->mapped;
    return (int64_t)reach->mapped.len == ret_done->size ? OK : INVALID;
}

static struct str reason_of(enum status status)
{
    if (status == GONE)
        return STR("the process that works on this has ended; see the log");
    if (status == BUSY)
        return STR("the process that works on this does not run; see the log");
    if (status == CORRUPT)
        return STR("this member's data cannot be opened");
    return str_of(status_name(status));
}

enum status reach_run(struct reach *reach, const struct reach_step *step, struct message_verb_done *ret_done,
                      struct str *ret_output, struct str *ret_refusal)
{
    struct message_verb ask = step->ask;
    int fd = -1;
    TRY(open_reach(reach, ret_refusal));
    ask.size = (int64_t)step->input.len;
    enum status done = verb_bulk(step->input, &ask.input, &fd);
    if (done == OK)
        done = run_step(reach, step, &ask, fd);
    if (done == OK)
        done = take_answer(reach, ret_done, ret_output);
    if (done != OK)
        *ret_refusal = reason_of(done);
    return done == GONE ? BUSY : done;
}

struct reach *reach_create(const char *folder)
{
    struct reach *reach = calloc(1, sizeof *reach);
    REQUIRE(reach != NULL);
    reach->folder = folder;
    reach->loop = loop_create();
    REQUIRE(reach->loop != NULL);
    reach->late = loop_timer_create(reach->loop, on_late, reach);
    reach->member = arena_create(MEMBER_ARENA);
    reach->answer = BUF_INIT(CHANNEL_FRAME_MAX);
    reach->answer_fd = -1;
    return reach;
}

void reach_destroy(struct reach *reach)
{
    if (reach == NULL)
        return;
    close_line(&reach->town);
    close_line(&reach->auth);
    close_line(&reach->reader);
    close_line(&reach->control);
    forget_answer(reach);
    buf_finish(&reach->answer);
    if (reach->is_alone)
        house_close(&reach->house);
    loop_timer_destroy(reach->late);
    loop_destroy(reach->loop);
    arena_destroy(&reach->member);
    free(reach);
}
