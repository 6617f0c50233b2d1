/* A front process for tests, with this program as parent, auth, towns and clients.
 *
 * Included by one test program each; not part of the program. Each case has a front of its own (set_up, tear_down). */
#ifndef ROLE_TEST_FRONT_H
#define ROLE_TEST_FRONT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/process.h"
#include "os/socket.h"
#include "role/front.h"
#include "role/message.h"

enum { BEAUVAL, CLAIRMONT, TOWNS, WAIT_MS = 10 * 1000, SEEN_MAX = 64, LINE_ROOM = 8000 };
enum { LMTP, SMTP, SUBMISSIONS, WEB, IMAP, HTTP, DOORS };

struct seen {
    uint16_t kind;
    struct str payload;
    int fd;
};

/* A channel to front, and what came through it. */
struct end {
    struct channel *channel;
    struct seen seen[SEEN_MAX];
    size_t count, taken;
};

static struct arena *arena;
static struct loop *loop;
static struct loop_timer *limit;
static bool is_late;
static struct end parent, auth, towns[TOWNS];
static struct tls_context *tls;
static pid_t front;
static int ports[DOORS];

/* ---- channels ---- */

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
    end->seen[end->count++ % SEEN_MAX] = (struct seen){kind, str_copy(arena, payload), fd};
    loop_stop(loop);
}

static inline void on_closed(void *with)
{
    struct end *end = with;
    channel_destroy(end->channel);
    end->channel = NULL;
    loop_stop(loop);
}

static inline void run_for(int64_t ms)
{
    is_late = false;
    loop_timer_set(limit, ms);
    while (!is_late)
        loop_run(loop, NULL, NULL);
}

static inline struct seen next(struct end *end)
{
    is_late = false;
    loop_timer_set(limit, WAIT_MS);
    while (end->taken == end->count && !is_late)
        loop_run(loop, NULL, NULL);
    assert_true(end->taken < end->count);
    return end->seen[end->taken++ % SEEN_MAX];
}

/* The next frame, of this kind; its descriptor, or -1. */
static inline int take_with(struct end *end, uint16_t kind, void *ret_message)
{
    struct seen seen = next(end);
    assert_string_equal(message_name(seen.kind), message_name(kind));
    assert_int_equal(message_take(kind, seen.payload, ret_message), OK);
    return seen.fd;
}

static inline void take(struct end *end, uint16_t kind, void *ret_message)
{
    assert_int_equal(take_with(end, kind, ret_message), -1);
}

static inline void give_with(struct end *end, enum message_kind kind, const void *message, int fd)
{
    assert_int_equal(message_send(end->channel, kind, message, fd), OK);
    run_for(20);
}

static inline void give(struct end *end, enum message_kind kind, const void *message)
{
    give_with(end, kind, message, -1);
}

static inline void listen_to(struct end *end, int socket)
{
    *end = (struct end){0};
    assert_int_equal(channel_create(loop, socket, on_frame, on_closed, end, &end->channel), OK);
}

static inline void connect_role(struct end *end, int64_t role, int64_t member)
{
    int pair[2];
    struct message_peer peer = {role, member};
    assert_int_equal(channel_pair(pair), OK);
    listen_to(end, pair[0]);
    give_with(&parent, MESSAGE_PEER, &peer, pair[1]);
}

static inline void introduce(int64_t member, struct str name, struct str domains)
{
    struct message_member told = {.member = member, .name = name, .title = name, .kind = STR("commune"),
                                  .language = STR("fr"), .zone = STR("Europe/Paris"), .desk = STR(""),
                                  .phone = STR(""), .hours = STR(""), .domains = domains, .hosts = STR("")};
    give(&parent, MESSAGE_MEMBER, &told);
}

static inline int open_door(int *ret_port)
{
    struct sockaddr_in address = {0};
    socklen_t length = sizeof address;
    int fd;
    assert_int_equal(socket_listen(STR("127.0.0.1:0"), &fd), OK);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    *ret_port = ntohs(address.sin_port);
    return fd;
}

static inline void start_front(void)
{
    static const struct front_door kinds[DOORS] = {
        [LMTP] = {.protocol = FRONT_LMTP}, [SMTP] = {.protocol = FRONT_SMTP},
        [SUBMISSIONS] = {.protocol = FRONT_SUBMISSION, .is_secure = true}, [WEB] = {.protocol = FRONT_WEB},
        [IMAP] = {.protocol = FRONT_IMAP}, [HTTP] = {.protocol = FRONT_REDIRECT}};
    struct front_door doors[DOORS];
    int pair[2], kept[DOORS + 1];
    struct message_handle ready;
    assert_int_equal(channel_pair(pair), OK);
    for (int i = 0; i < DOORS; i++) {
        doors[i] = kinds[i];
        kept[i] = doors[i].listener = open_door(&ports[i]);
    }
    kept[DOORS] = pair[1];
    assert_int_equal(process_fork("parvis-front", kept, DOORS + 1, &front), OK);
    if (front == 0) {
        struct front_start start = {.hostname = STR("mail.example"), .doors = doors, .door_count = DOORS, .tls = tls,
                                    .https_port = 8443, .parent_socket = pair[1]};
        exit(front_run(&start));
    }
    close(pair[1]);
    for (int i = 0; i < DOORS; i++)
        close(doors[i].listener);
    listen_to(&parent, pair[0]);
    introduce(7, STR("beauval"), STR("beauval.example\nmairie.example"));
    introduce(8, STR("clairmont"), STR("clairmont.example"));
    connect_role(&auth, ROLE_AUTH, 0);
    connect_role(&towns[BEAUVAL], ROLE_TOWN, 7);
    connect_role(&towns[CLAIRMONT], ROLE_TOWN, 8);
    take(&parent, MESSAGE_READY, &ready);
}

static inline void open_doors(void)
{
    struct message_handle all_told = {0};
    give(&parent, MESSAGE_READY, &all_told); /* every member has been told */
}

static inline void drop_end(struct end *end)
{
    channel_destroy(end->channel);
    for (; end->taken < end->count; end->taken++)
        file_close(&end->seen[end->taken % SEEN_MAX].fd);
    end->channel = NULL;
}

/* Of the doors, not yet. */
static inline int set_up_closed(void **state)
{
    static const struct str names[] = {STR_INIT("localhost")};
    struct buf certificate BUF_SCOPE = BUF_INIT(TLS_PEM_MAX), key BUF_SCOPE = BUF_INIT(TLS_PEM_MAX);
    const char *refusal;
    (void)state;
    process_ignore(SIGPIPE);
    arena = arena_create(512 << 20);
    loop = loop_create();
    limit = loop_timer_create(loop, on_late, NULL);
    assert_int_equal(tls_self_signed(names, 1, clock_now(), 2, &certificate, &key), OK);
    assert_int_equal(tls_context_create(buf_str(&certificate), buf_str(&key), &tls, &refusal), OK);
    start_front();
    return 0;
}

static inline int set_up(void **state)
{
    int failed = set_up_closed(state);
    open_doors();
    return failed;
}

static inline int tear_down(void **state)
{
    struct message_handle stop = {0};
    int status = 0;
    (void)state;
    if (parent.channel != NULL)
        give(&parent, MESSAGE_STOP, &stop);
    assert_int_equal(waitpid(front, &status, 0), front);
    drop_end(&parent);
    drop_end(&auth);
    for (size_t i = 0; i < TOWNS; i++)
        drop_end(&towns[i]);
    loop_timer_destroy(limit);
    loop_destroy(loop);
    tls_context_destroy(tls);
    arena_destroy(&arena);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

/* ---- clients ---- */

static inline int dial(int door)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)ports[door]),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static inline void say(int fd, const char *words)
{
    assert_int_equal(write(fd, words, strlen(words)), (ssize_t)strlen(words));
}

static inline bool is_readable(int fd, int ms)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    return poll(&poll_fd, 1, ms) == 1;
}

/* One line without its CRLF; "" at the end of the connection. */
static inline const char *line_of(int fd)
{
    static char room[LINE_ROOM];
    size_t length = 0;
    while (length + 1 < sizeof room) {
        assert_true(is_readable(fd, WAIT_MS));
        if (read(fd, room + length, 1) != 1)
            break;
        if (room[length++] == '\n')
            break;
    }
    while (length > 0 && (room[length - 1] == '\n' || room[length - 1] == '\r'))
        length--;
    room[length] = 0;
    return room;
}

static inline void hears(int fd, const char *start)
{
    const char *line = line_of(fd);
    if (strncmp(line, start, strlen(start)) != 0)
        assert_string_equal(line, start);
}

/* Passes over the lines of a reply but the last. */
static inline void hears_last(int fd, const char *start)
{
    const char *line;
    do
        line = line_of(fd);
    while (strlen(line) > 3 && line[3] == '-');
    if (strncmp(line, start, strlen(start)) != 0)
        assert_string_equal(line, start);
}

static inline void hears_end(int fd)
{
    assert_string_equal(line_of(fd), "");
    close(fd);
}

static inline void tell_rcpt(struct end *town, enum status status)
{
    struct message_rcpt asked;
    take(town, MESSAGE_RCPT, &asked);
    struct message_rcpt_answer answer = {
        .handle = asked.handle, .status = status, .code = STR(""), .sentence = STR("")};
    give(town, MESSAGE_RCPT_ANSWER, &answer);
}

static inline void tell_delivered(struct end *town, int64_t handle, enum status status, struct str statuses)
{
    struct message_delivered delivered = {
        .handle = handle, .status = status, .statuses = statuses, .code = STR("")};
    give(town, MESSAGE_DELIVERED, &delivered);
}

static inline int lmtp_with(const char *first, const char *second)
{
    char line[200];
    int fd = dial(LMTP);
    hears(fd, "220 mail.example LMTP");
    say(fd, "LHLO x\r\n");
    hears_last(fd, "250 ");
    say(fd, "MAIL FROM:<a@b.example>\r\n");
    hears(fd, "250 2.1.0");
    for (int i = 0; i < 2; i++) {
        snprintf(line, sizeof line, "RCPT TO:<%s>\r\n", i == 0 ? first : second);
        say(fd, line);
        tell_rcpt(&towns[i], OK);
        hears(fd, "250 2.1.5");
    }
    say(fd, "DATA\r\n");
    hears(fd, "354 ");
    say(fd, "Subject: x\r\n\r\n..dot\r\n.\r\n");
    return fd;
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
