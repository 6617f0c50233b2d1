/* Two town processes for tests, with this program as parent, auth and front.
 *
 * Included by one test program each; not part of the program. Each case has towns of its own (set_up, tear_down). */
#ifndef ROLE_TEST_TOWNS_H
#define ROLE_TEST_TOWNS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/person.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/process.h"
#include "role/message.h"
#include "role/town.h"
#include "service/mail/mailbox.h"

enum { BEAUVAL, CLAIRMONT, TOWNS, WAIT_MS = 15 * 1000, SEEN_MAX = 256, ACCUEIL = 1 };

struct seen {
    uint16_t kind;
    struct str payload;
};

/* A channel to a town: what came through it. */
struct end {
    struct channel *channel;
    struct seen seen[SEEN_MAX];
    size_t count, taken;
};

static struct seat {
    member_row member;
    struct place place;
    struct str domain;
    unsigned char key[TICKET_KEY_BYTES];
    pid_t pid;
    struct end parent, front, auth;
} seats[TOWNS];

static char folder[64];
static struct arena *arena;
static struct loop *loop;
static struct loop_timer *limit;
static bool is_late;

/* ---- the other side of channels ---- */

static inline void on_late(void *with)
{
    (void)with;
    is_late = true;
    loop_stop(loop);
}

static inline void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct end *end = with;
    assert_true(end->count - end->taken < SEEN_MAX);
    end->seen[end->count++ % SEEN_MAX] = (struct seen){kind, str_copy(arena, payload)};
    file_close(&fd);
    loop_stop(loop);
}

static inline void on_closed(void *with)
{
    struct end *end = with;
    channel_destroy(end->channel);
    end->channel = NULL;
    loop_stop(loop);
}

static inline bool wait_for(struct end *end, int64_t wait_ms)
{
    is_late = false;
    loop_timer_set(limit, wait_ms);
    while (end->taken == end->count && end->channel != NULL && !is_late)
        loop_run(loop, NULL, NULL);
    return end->taken < end->count;
}

/* What was queued leaves, and is worked on there. */
static inline void settle(void)
{
    is_late = false;
    loop_timer_set(limit, 100);
    while (!is_late)
        loop_run(loop, NULL, NULL);
}

static inline struct seen next(struct end *end)
{
    assert_true(wait_for(end, WAIT_MS));
    return end->seen[end->taken++ % SEEN_MAX];
}

static inline void take(struct end *end, uint16_t kind, void *ret_message)
{
    struct seen seen = next(end);
    assert_string_equal(message_name(seen.kind), message_name(kind));
    assert_int_equal(message_take(kind, seen.payload, ret_message), OK);
}

static inline void listen_to(struct end *end, int socket)
{
    channel_destroy(end->channel);
    *end = (struct end){0};
    assert_int_equal(channel_create(loop, socket, on_frame, on_closed, end, &end->channel), OK);
}

static inline void connect_end(struct seat *seat, struct end *end, int64_t role)
{
    int pair[2];
    struct message_peer peer = {role, 0};
    assert_int_equal(channel_pair(pair), OK);
    assert_int_equal(message_send(seat->parent.channel, MESSAGE_PEER, &peer, pair[1]), OK);
    listen_to(end, pair[0]);
}

/* ---- life of a town ---- */

static inline void start_town(struct seat *seat)
{
    int pair[2];
    struct message_handle ready;
    assert_int_equal(channel_pair(pair), OK);
    assert_int_equal(process_fork("parvis-town", &pair[1], 1, &seat->pid), OK); /* holds no end of the other town */
    if (seat->pid == 0) {
        struct town_start start = {.folder = folder,
                                   .member = &seat->member,
                                   .place = &seat->place,
                                   .domains = &seat->domain,
                                   .domain_count = 1,
                                   .ticket_key = seat->key,
                                   .parent_socket = pair[1]};
        _exit(town_run(&start));
    }
    close(pair[1]);
    listen_to(&seat->parent, pair[0]);
    take(&seat->parent, MESSAGE_READY, &ready);
    connect_end(seat, &seat->front, ROLE_FRONT);
    connect_end(seat, &seat->auth, ROLE_AUTH);
    struct message_session_ended whole = {0};
    assert_int_equal(message_send(seat->auth.channel, MESSAGE_SESSION_ENDED, &whole, -1), OK);
}

static inline void close_ends(struct seat *seat)
{
    struct end *ends[] = {&seat->parent, &seat->front, &seat->auth};
    for (size_t i = 0; i < 3; i++) {
        channel_destroy(ends[i]->channel);
        ends[i]->channel = NULL;
    }
}

static inline void kill_town(struct seat *seat)
{
    kill(seat->pid, SIGKILL);
    assert_int_equal(waitpid(seat->pid, NULL, 0), seat->pid);
    close_ends(seat);
    seat->pid = 0;
}

static inline void stop_town(struct seat *seat)
{
    int how;
    if (seat->pid == 0)
        return;
    close_ends(seat);
    assert_int_equal(waitpid(seat->pid, &how, 0), seat->pid);
    assert_int_equal(how, 0);
    seat->pid = 0;
}

/* Opens the files of a town that is stopped. */
static inline struct town *open_files(struct seat *seat)
{
    struct town *town;
    int64_t replayed;
    assert_int_equal(house_open_town(folder, &seat->member, &seat->domain, 1, &town, &replayed), OK);
    return town;
}

static inline void add_person(struct town *town, const char *local, struct str domain)
{
    int64_t id;
    struct ctx ctx = {.arena = arena, .town = town, .db = town->db, .now = clock_now()};
    struct str address = str_format(arena, "%s@%.*s", local, STR_ARG(domain));
    writer_job_begin(town->writer);
    assert_int_equal(writer_job_end(town->writer, person_add(&ctx, address, STR("Accueil"), &id)), OK);
    assert_int_equal(writer_commit(town->writer), OK);
}

static inline void prepare(struct seat *seat, int64_t id, const char *name, const char *domain)
{
    *seat = (struct seat){.member = {.id = id,
                                     .name = str_of(name),
                                     .title = str_of(name),
                                     .kind = STR("commune"),
                                     .zone = STR("Europe/Paris"),
                                     .language = STR("fr")},
                          .domain = str_of(domain)};
    seat->place = (struct place){.member = id,
                                 .services_on = UINT64_MAX,
                                 .name = str_of(name),
                                 .title = str_of(name),
                                 .kind = STR("commune"),
                                 .language = STR("fr"),
                                 .zone = STR("Europe/Paris"),
                                 .desk = STR(""),
                                 .phone = STR(""),
                                 .hours = STR("")};
    memset(seat->key, (int)id, sizeof seat->key);
    struct town *town = open_files(seat);
    add_person(town, "accueil", seat->domain);
    add_person(town, "etat-civil", seat->domain);
    house_close_town(town);
}

static inline int set_up(void **state)
{
    (void)state;
    struct str refusal;
    snprintf(folder, sizeof folder, "/tmp/parvis-town-XXXXXX");
    assert_non_null(mkdtemp(folder));
    arena = arena_create(512 << 20);
    assert_int_equal(house_create(folder, clock_now(), &refusal), OK);
    loop = loop_create();
    limit = loop_timer_create(loop, on_late, NULL);
    prepare(&seats[BEAUVAL], 1, "beauval", "beauval.example");
    prepare(&seats[CLAIRMONT], 2, "clairmont", "clairmont.example");
    start_town(&seats[BEAUVAL]);
    start_town(&seats[CLAIRMONT]);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    char command[100];
    stop_town(&seats[BEAUVAL]);
    stop_town(&seats[CLAIRMONT]);
    loop_timer_destroy(limit);
    loop_destroy(loop);
    arena_destroy(&arena);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* ---- tickets and mail ---- */

static inline struct ticket ticket_of(int64_t person, int64_t session)
{
    return (struct ticket){.member = 1,
                           .person = person,
                           .session = session,
                           .rights = PERMISSION_SELF,
                           .expires = {clock_now().ms + TICKET_LIFE_MS - 1000},
                           .address = STR("accueil@beauval.example"),
                           .language = STR("fr"),
                           .form_token = STR("")};
}

static inline struct str sealed(struct ticket ticket, const unsigned char *key)
{
    struct buf out BUF_SCOPE = BUF_INIT(TICKET_MAX);
    assert_int_equal(ticket_seal(&out, &ticket, key), OK);
    return str_copy(arena, buf_str(&out));
}

static inline struct str good_ticket(void)
{
    return sealed(ticket_of(ACCUEIL, 70), seats[BEAUVAL].key);
}

static inline struct str mail_of(const char *subject)
{
    return str_format(arena, "From: <accueil@beauval.example>\r\nSubject: %s\r\n\r\nx\r\n", subject);
}

static inline void submit(int64_t handle, const char *sender, const char *recipients, struct str ticket,
                          struct str message)
{
    struct message_deliver ask = {.handle = handle,
                                  .sender = str_of(sender),
                                  .recipients = str_of(recipients),
                                  .source = STR("submission"),
                                  .trace = STR(""),
                                  .ticket = ticket,
                                  .outbox_key = STR(""),
                                  .size = (int64_t)message.len,
                                  .body = message};
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_DELIVER, &ask, -1), OK);
}

static inline int64_t submitted(struct str ticket, const char *sender, const char *recipients, struct str message)
{
    struct message_delivered answer;
    submit(1, sender, recipients, ticket, message);
    take(&seats[BEAUVAL].front, MESSAGE_DELIVERED, &answer);
    return answer.status;
}

static inline int64_t hand_in(struct str ticket)
{
    return submitted(ticket, "accueil@beauval.example", "etat-civil@beauval.example\n", mail_of("one"));
}

/* How many messages the INBOX of a person holds; the town is stopped for it and started again. */
static inline int64_t count_of(struct seat *seat, int64_t person)
{
    mailbox_row inbox;
    bool was_running = seat->pid != 0;
    stop_town(seat);
    struct town *town = open_files(seat);
    struct ctx ctx = {.arena = arena, .town = town, .db = town->db, .now = clock_now()};
    enum status found = mailbox_by_use(&ctx, person, STR("inbox"), &inbox);
    assert_true(found == OK || found == NOT_FOUND);
    house_close_town(town);
    if (was_running)
        start_town(seat);
    return found == OK ? inbox.message_count : 0;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
