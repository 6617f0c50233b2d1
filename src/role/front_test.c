/* A front process, with this program as parent, auth, towns and clients: what it asks whom, what it says to whom, and
 * what becomes of a connection when a role dies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
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
#include "proto/imap/imap_wire.h"
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

static void on_late(void *with)
{
    (void)with;
    is_late = true;
    loop_stop(loop);
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct end *end = with;
    assert_true(end->count - end->taken < SEEN_MAX);
    end->seen[end->count++ % SEEN_MAX] = (struct seen){kind, str_copy(arena, payload), fd};
    loop_stop(loop);
}

static void on_closed(void *with)
{
    struct end *end = with;
    channel_destroy(end->channel);
    end->channel = NULL;
    loop_stop(loop);
}

static void run_for(int64_t ms)
{
    is_late = false;
    loop_timer_set(limit, ms);
    while (!is_late)
        loop_run(loop, NULL, NULL);
}

static struct seen next(struct end *end)
{
    is_late = false;
    loop_timer_set(limit, WAIT_MS);
    while (end->taken == end->count && !is_late)
        loop_run(loop, NULL, NULL);
    assert_true(end->taken < end->count);
    return end->seen[end->taken++ % SEEN_MAX];
}

/* The next frame, of this kind; its descriptor, or -1. */
static int take_with(struct end *end, uint16_t kind, void *ret_message)
{
    struct seen seen = next(end);
    assert_string_equal(message_name(seen.kind), message_name(kind));
    assert_int_equal(message_take(kind, seen.payload, ret_message), OK);
    return seen.fd;
}

static void take(struct end *end, uint16_t kind, void *ret_message)
{
    assert_int_equal(take_with(end, kind, ret_message), -1);
}

static void give_with(struct end *end, enum message_kind kind, const void *message, int fd)
{
    assert_int_equal(message_send(end->channel, kind, message, fd), OK);
    run_for(20);
}

static void give(struct end *end, enum message_kind kind, const void *message)
{
    give_with(end, kind, message, -1);
}

static void listen_to(struct end *end, int socket)
{
    *end = (struct end){0};
    assert_int_equal(channel_create(loop, socket, on_frame, on_closed, end, &end->channel), OK);
}

static void connect_role(struct end *end, int64_t role, int64_t member)
{
    int pair[2];
    struct message_peer peer = {role, member};
    assert_int_equal(channel_pair(pair), OK);
    listen_to(end, pair[0]);
    give_with(&parent, MESSAGE_PEER, &peer, pair[1]);
}

static void introduce(int64_t member, struct str name, struct str domains)
{
    struct message_member told = {.member = member, .name = name, .title = name, .kind = STR("commune"),
                                  .language = STR("fr"), .zone = STR("Europe/Paris"), .desk = STR(""),
                                  .phone = STR(""), .hours = STR(""), .domains = domains, .hosts = STR("")};
    give(&parent, MESSAGE_MEMBER, &told);
}

static int open_door(int *ret_port)
{
    struct sockaddr_in address = {0};
    socklen_t length = sizeof address;
    int fd;
    assert_int_equal(socket_listen(STR("127.0.0.1:0"), &fd), OK);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    *ret_port = ntohs(address.sin_port);
    return fd;
}

static void start_front(void)
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
    give(&parent, MESSAGE_READY, &ready); /* every member has been told: the doors open */
}

static void drop_end(struct end *end)
{
    channel_destroy(end->channel);
    for (; end->taken < end->count; end->taken++)
        file_close(&end->seen[end->taken % SEEN_MAX].fd);
    end->channel = NULL;
}

static int set_up(void **state)
{
    static const struct str names[] = {STR_INIT("localhost")};
    struct buf certificate BUF_SCOPE = BUF_INIT(TLS_PEM_MAX), key BUF_SCOPE = BUF_INIT(TLS_PEM_MAX);
    const char *refusal;
    (void)state;
    arena = arena_create(512 << 20);
    loop = loop_create();
    limit = loop_timer_create(loop, on_late, NULL);
    assert_int_equal(tls_self_signed(names, 1, clock_now(), 2, &certificate, &key), OK);
    assert_int_equal(tls_context_create(buf_str(&certificate), buf_str(&key), &tls, &refusal), OK);
    start_front();
    return 0;
}

static int tear_down(void **state)
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

static int dial(int door)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)ports[door]),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static void say(int fd, const char *words)
{
    assert_int_equal(write(fd, words, strlen(words)), (ssize_t)strlen(words));
}

static bool is_readable(int fd, int ms)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    return poll(&poll_fd, 1, ms) == 1;
}

/* One line without its CRLF; "" at the end of the connection. */
static const char *line_of(int fd)
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

static void hears(int fd, const char *start)
{
    const char *line = line_of(fd);
    if (strncmp(line, start, strlen(start)) != 0)
        assert_string_equal(line, start);
}

/* Passes over the lines of a reply but the last. */
static void hears_last(int fd, const char *start)
{
    const char *line;
    do
        line = line_of(fd);
    while (strlen(line) > 3 && line[3] == '-');
    if (strncmp(line, start, strlen(start)) != 0)
        assert_string_equal(line, start);
}

static void hears_end(int fd)
{
    assert_string_equal(line_of(fd), "");
    close(fd);
}

static void tell_rcpt(struct end *town, enum status status)
{
    struct message_rcpt asked;
    take(town, MESSAGE_RCPT, &asked);
    struct message_rcpt_answer answer = {
        .handle = asked.handle, .status = status, .code = STR(""), .sentence = STR("")};
    give(town, MESSAGE_RCPT_ANSWER, &answer);
}

static void tell_delivered(struct end *town, int64_t handle, enum status status, struct str statuses)
{
    struct message_delivered delivered = {
        .handle = handle, .status = status, .statuses = statuses, .code = STR("")};
    give(town, MESSAGE_DELIVERED, &delivered);
}

/* ---- mail in ---- */

static int lmtp_with(const char *first, const char *second)
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

static void each_town_gets_its_recipients(void **state)
{
    (void)state;
    struct message_deliver one, two;
    int fd = lmtp_with("x@mairie.example", "y@clairmont.example");
    take(&towns[BEAUVAL], MESSAGE_DELIVER, &one);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &two);
    assert_true(str_eq(one.recipients, STR("x@mairie.example\n")));
    assert_true(str_eq(two.recipients, STR("y@clairmont.example\n")));
    assert_true(str_starts(one.received, STR("Received: from x ([127.0.0.1])\r\n\tby mail.example with LMTP id ")));
    assert_true(str_ends(one.received, STR("\r\n")) && str_eq(one.host, STR("mail.example")));
    assert_true(str_eq(one.body, STR("Subject: x\r\n\r\n.dot\r\n")) && str_eq(two.body, one.body));
    tell_delivered(&towns[BEAUVAL], one.handle, OK, STR(""));
    assert_false(is_readable(fd, 50)); /* never before every town has answered */
    tell_delivered(&towns[BEAUVAL], one.handle, OK, STR("")); /* a second answer counts for nothing */
    assert_false(is_readable(fd, 50));
    tell_delivered(&towns[CLAIRMONT], two.handle, LIMIT, STR(""));
    hears(fd, "250 2.0.0");
    hears(fd, "452 4.2.2");
    say(fd, "QUIT\r\n");
    hears(fd, "221 ");
    hears_end(fd);
}

/* Whoever tries name after name without signing in is sent away; a mail server in front of us is not. */
static void nobody_tries_a_list_of_names(void **state)
{
    (void)state;
    int fd = dial(SMTP);
    hears(fd, "220 ");
    say(fd, "EHLO a(b\r\n");
    hears_last(fd, "250 ");
    say(fd, "MAIL FROM:<a@b.example>\r\n");
    hears(fd, "250 2.1.0");
    for (int i = 0; i < 19; i++) {
        say(fd, i % 2 ? "RCPT TO:<x@nowhere.example>\r\n" : "RCPT TO:<x@mairie.example>\r\n");
        if (i % 2 == 0)
            tell_rcpt(&towns[BEAUVAL], NOT_FOUND);
        hears(fd, "550 5.");
    }
    say(fd, "RCPT TO:<x@mairie.example>\r\n");
    tell_rcpt(&towns[BEAUVAL], NOT_FOUND);
    hears(fd, "550 5.1.1");
    hears(fd, "421 4.7.0");
    hears_end(fd);
    fd = dial(LMTP);
    hears(fd, "220 ");
    say(fd, "LHLO a\r\n");
    hears_last(fd, "250 ");
    say(fd, "MAIL FROM:<a@b.example>\r\n");
    hears(fd, "250 2.1.0");
    for (int i = 0; i < 25; i++) {
        say(fd, "RCPT TO:<x@mairie.example>\r\n");
        tell_rcpt(&towns[BEAUVAL], NOT_FOUND);
        hears(fd, "550 5.1.1");
    }
    close(fd);
}

static void a_town_that_dies_is_not_now(void **state)
{
    (void)state;
    struct message_deliver one, two;
    int fd = lmtp_with("x@beauval.example", "y@clairmont.example");
    take(&towns[BEAUVAL], MESSAGE_DELIVER, &one);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &two);
    drop_end(&towns[CLAIRMONT]);
    run_for(50);
    assert_false(is_readable(fd, 50));
    tell_delivered(&towns[BEAUVAL], one.handle, OK, STR(""));
    hears(fd, "250 2.0.0");
    hears(fd, "451 4.3.0");
    say(fd, "MAIL FROM:<a@b.example>\r\nRCPT TO:<y@clairmont.example>\r\nRCPT TO:<z@beauval.example>\r\n");
    hears(fd, "250 2.1.0");
    hears(fd, "451 4.3.0");
    drop_end(&towns[BEAUVAL]); /* while it is asked */
    run_for(50);
    hears(fd, "451 4.3.0");
    connect_role(&towns[CLAIRMONT], ROLE_TOWN, 8);
    say(fd, "RCPT TO:<y@clairmont.example>\r\n");
    tell_rcpt(&towns[CLAIRMONT], NOT_FOUND);
    hears(fd, "550 5.1.1");
    close(fd);
}

static void a_large_message_goes_as_sealed_memory(void **state)
{
    (void)state;
    enum { LINES = 3000 };
    struct message_deliver deliver;
    struct str body;
    int fd = dial(SMTP);
    hears(fd, "220 mail.example ESMTP");
    say(fd, "EHLO x\r\n");
    hears_last(fd, "250 ");
    say(fd, "MAIL FROM:<>\r\nRCPT TO:<x@beauval.example>\r\n");
    hears(fd, "250 2.1.0");
    tell_rcpt(&towns[BEAUVAL], OK);
    hears(fd, "250 2.1.5");
    say(fd, "DATA\r\n");
    hears(fd, "354 ");
    for (int i = 0; i < LINES; i++)
        say(fd, "0123456789012345678901234567890123456789\r\n");
    say(fd, ".\r\n");
    int memory = take_with(&towns[BEAUVAL], MESSAGE_DELIVER, &deliver);
    assert_true(str_is_absent(deliver.body));
    assert_int_equal(deliver.size, LINES * 42);
    assert_int_equal(file_map(memory, 1 << 20, &body), OK);
    assert_int_equal(body.len, LINES * 42);
    file_unmap(body);
    file_close(&memory);
    tell_delivered(&towns[BEAUVAL], deliver.handle, OK, STR(""));
    hears(fd, "250 2.0.0");
    close(fd);
}

static void chunks_are_checked_across_their_borders(void **state)
{
    (void)state;
    static const struct {
        const char *chunks, *reply;
    } cases[] = {
        {"BDAT 3\r\na\r\nBDAT 4 LAST\r\nb\r\n\r", "250 2.0.0 Chunk"},
        {"BDAT 2\r\na\rBDAT 3 LAST\r\n\nb\n", "250 2.0.0 Chunk"},
        {"BDAT 2\r\na\rBDAT 3 LAST\r\n\nb\r", "250 2.0.0 Chunk"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int fd = dial(SMTP);
        hears(fd, "220 ");
        say(fd, "EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<x@beauval.example>\r\n");
        hears_last(fd, "250 ");
        hears(fd, "250 ");
        tell_rcpt(&towns[BEAUVAL], OK);
        hears(fd, "250 ");
        say(fd, cases[i].chunks);
        hears(fd, cases[i].reply);
        hears(fd, "550 5.6.0");
        close(fd);
    }
}

/* ---- submission, over TLS ---- */

static SSL_CTX *client_context;

static SSL *secure_dial(int door)
{
    client_context = SSL_CTX_new(TLS_client_method());
    SSL *ssl = SSL_new(client_context);
    SSL_set_fd(ssl, dial(door));
    assert_int_equal(SSL_connect(ssl), 1);
    return ssl;
}

static void secure_say(SSL *ssl, const char *words)
{
    assert_int_equal(SSL_write(ssl, words, (int)strlen(words)), (int)strlen(words));
}

static void secure_hears(SSL *ssl, const char *start)
{
    char line[LINE_ROOM];
    size_t length = 0;
    while (length + 1 < sizeof line && SSL_read(ssl, line + length, 1) == 1 && line[length++] != '\n')
        continue;
    line[length] = 0;
    if (strncmp(line, start, strlen(start)) != 0)
        assert_string_equal(line, start);
}

static void secure_close(SSL *ssl)
{
    close(SSL_get_fd(ssl));
    SSL_free(ssl);
    SSL_CTX_free(client_context);
}

static void tell_login(const struct message_login_answer *from, int64_t handle, enum status status, int64_t life_ms)
{
    struct message_login_answer answer = *from;
    answer.handle = handle;
    answer.status = status;
    answer.expires_ms = clock_now().ms + life_ms;
    give(&auth, MESSAGE_LOGIN_ANSWER, &answer);
}

static void submission_speaks_for_its_sender(void **state)
{
    (void)state;
    static const struct message_login_answer sealed = {
        .ticket = STR_INIT("sealed"), .token = STR_INIT(""), .code = STR_INIT("")};
    struct message_login login;
    struct message_renew renew;
    struct message_rcpt asked;
    struct message_deliver deliver;
    SSL *ssl = secure_dial(SUBMISSIONS);
    secure_hears(ssl, "220 ");
    secure_say(ssl, "HELO x\r\nMAIL FROM:<a@beauval.example>\r\n");
    secure_hears(ssl, "250 ");
    secure_hears(ssl, "530 ");
    secure_say(ssl, "AUTH PLAIN AGFAYmVhdXZhbC5leGFtcGxlAHNlY3JldA==\r\n"); /* a@beauval.example, secret */
    take(&auth, MESSAGE_LOGIN, &login);
    assert_true(login.is_secure && login.member == 7 && str_eq(login.door, STR("submission")));
    tell_login(&sealed, login.handle, OK, 60 * 1000); /* so short that it is renewed before each use */
    secure_hears(ssl, "235 ");
    secure_say(ssl, "MAIL FROM:<b@beauval.example>\r\n");
    take(&auth, MESSAGE_RENEW, &renew);
    tell_login(&sealed, renew.handle, OK, 60 * 1000);
    take(&towns[BEAUVAL], MESSAGE_RCPT, &asked);
    assert_true(asked.address.len == 0 && str_eq(asked.sender, STR("b@beauval.example")));
    assert_true(str_eq(asked.ticket, STR("sealed")) && str_eq(asked.source, STR("submission")));
    struct message_rcpt_answer denied = {
        .handle = asked.handle, .status = DENIED, .code = STR(""), .sentence = STR("")};
    give(&towns[CLAIRMONT], MESSAGE_RCPT_ANSWER, &denied); /* not theirs to say */
    give(&towns[BEAUVAL], MESSAGE_RCPT_ANSWER, &denied);
    secure_hears(ssl, "553 5.7.1");
    secure_say(ssl, "MAIL FROM:<a@beauval.example>\r\n");
    take(&auth, MESSAGE_RENEW, &renew);
    tell_login(&sealed, renew.handle, OK, 60 * 1000);
    tell_rcpt(&towns[BEAUVAL], OK);
    secure_hears(ssl, "250 2.1.0");
    secure_say(ssl, "RCPT TO:<c@clairmont.example>\r\n");
    take(&towns[CLAIRMONT], MESSAGE_RCPT, &asked);
    assert_true(asked.ticket.len == 0); /* a ticket is its own town's alone */
    struct message_rcpt_answer good = {.handle = asked.handle, .status = OK, .code = STR(""), .sentence = STR("")};
    give(&towns[CLAIRMONT], MESSAGE_RCPT_ANSWER, &good);
    secure_hears(ssl, "250 2.1.5");
    secure_say(ssl, "RCPT TO:<x@elsewhere.example>\r\nDATA\r\nFrom: a@beauval.example\r\n\r\n.\r\n");
    secure_hears(ssl, "550 5.7.1");
    secure_hears(ssl, "354 ");
    take(&auth, MESSAGE_RENEW, &renew);
    tell_login(&sealed, renew.handle, OK, 60 * 1000);
    take(&towns[BEAUVAL], MESSAGE_DELIVER, &deliver);
    assert_true(str_eq(deliver.recipients, STR("c@clairmont.example\n")) && str_eq(deliver.ticket, STR("sealed")));
    assert_true(str_eq(deliver.source, STR("submission")));
    tell_delivered(&towns[BEAUVAL], deliver.handle, OK, STR(""));
    secure_hears(ssl, "250 2.0.0");
    secure_say(ssl, "MAIL FROM:<a@beauval.example>\r\n");
    take(&auth, MESSAGE_RENEW, &renew);
    tell_login(&sealed, renew.handle, GONE, 0);
    secure_hears(ssl, "421 4.7.0");
    secure_close(ssl);
}

/* ---- from town to town ---- */

static struct message_outbox outgoing(int64_t row, struct str destination)
{
    return (struct message_outbox){.row = row, .key = STR("7-1"), .destination = destination,
                                   .sender = STR("a@beauval.example"), .recipients = STR("b@clairmont.example\n"),
                                   .trace = STR(""), .size = 4, .body = STR("mail")};
}

static void outbox_mail_is_carried_and_answered(void **state)
{
    (void)state;
    struct message_outbox sent = outgoing(41, STR("clairmont.example")), lost = outgoing(42, STR("nowhere.example"));
    struct message_deliver deliver;
    struct message_outbox_done done;
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &sent);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &deliver);
    assert_true(str_eq(deliver.source, STR("town")) && str_eq(deliver.outbox_key, STR("7-1")));
    assert_true(deliver.ticket.len == 0 && str_eq(deliver.body, STR("mail")));
    tell_delivered(&towns[BEAUVAL], deliver.handle, OK, STR("")); /* not theirs to say */
    tell_delivered(&towns[CLAIRMONT], deliver.handle, OK, STR("not_found mail.unknown\n"));
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 41 && done.status == OK && str_eq(done.statuses, STR("not_found mail.unknown\n")));
    tell_delivered(&towns[CLAIRMONT], deliver.handle, OK, STR("")); /* twice: nobody is told */
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &lost);
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 42 && done.status == NOT_FOUND);
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &sent);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &deliver);
    drop_end(&towns[CLAIRMONT]);
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 41 && done.status == BUSY);
    give(&towns[BEAUVAL], MESSAGE_OUTBOX, &sent);
    take(&towns[BEAUVAL], MESSAGE_OUTBOX_DONE, &done);
    assert_true(done.row == 41 && done.status == BUSY);
}

/* ---- pages ---- */

static struct message_web_answer page(int64_t handle, struct str body)
{
    return (struct message_web_answer){.handle = handle, .code = 200, .content_type = STR("text/html"),
                                       .location = STR_NONE, .file_name = STR_NONE, .policy = STR_NONE,
                                       .set_cookie = STR_NONE, .size = (int64_t)body.len, .body = body};
}

/* Passes over the head; its status is `code`. */
static void hears_head(int fd, const char *code)
{
    char start[40];
    snprintf(start, sizeof start, "HTTP/1.1 %s ", code);
    hears(fd, start);
    while (strlen(line_of(fd)) > 0)
        continue;
}

static void a_request_goes_to_its_town_in_turn(void **state)
{
    (void)state;
    struct message_web asked;
    int fd = dial(WEB);
    say(fd, "GET /a?b=c HTTP/1.1\r\nHost: beauval.localhost:1\r\n\r\n"
            "GET /d HTTP/1.1\r\nHost: clairmont.localhost\r\n\r\n");
    take(&towns[BEAUVAL], MESSAGE_WEB, &asked);
    assert_true(str_eq(asked.path, STR("/a")) && str_eq(asked.query, STR("b=c")));
    assert_true(asked.member == 7 && asked.ticket.len == 0 && !asked.is_secure);
    assert_int_equal(towns[CLAIRMONT].count, 0);
    struct message_web_answer answer = page(asked.handle, STR("first\r\n"));
    give(&towns[BEAUVAL], MESSAGE_WEB_ANSWER, &answer);
    take(&towns[CLAIRMONT], MESSAGE_WEB, &asked);
    assert_true(str_eq(asked.path, STR("/d")) && asked.member == 8);
    struct str long_body = str_format(arena, "%0200000d\r\n", 1);
    int memory;
    assert_int_equal(file_memory(long_body, &memory), OK);
    answer = page(asked.handle, STR_NONE);
    answer.size = (int64_t)long_body.len;
    give_with(&towns[CLAIRMONT], MESSAGE_WEB_ANSWER, &answer, memory);
    hears_head(fd, "200");
    hears(fd, "first");
    hears_head(fd, "200");
    for (size_t left = long_body.len; left > 0;) {
        char room[4096];
        ssize_t got = read(fd, room, sizeof room < left ? sizeof room : left);
        assert_true(got > 0);
        left -= (size_t)got;
    }
    assert_false(is_readable(fd, 50));
    close(fd);
}

static void a_cookie_becomes_a_ticket(void **state)
{
    (void)state;
    struct message_cookie cookie;
    struct message_web asked;
    int fd = dial(WEB);
    say(fd, "GET /a HTTP/1.1\r\nHost: beauval.localhost\r\nCookie: session=abc\r\n\r\n");
    take(&auth, MESSAGE_COOKIE, &cookie);
    assert_true(cookie.member == 7 && str_eq(cookie.token, STR("abc")) && str_eq(cookie.remote, STR("127.0.0.1")));
    struct message_login_answer who = {.handle = cookie.handle, .status = OK, .ticket = STR("sealed"),
                                       .token = STR(""), .code = STR("")};
    give(&towns[BEAUVAL], MESSAGE_LOGIN_ANSWER, &who); /* not a town's to say */
    give(&auth, MESSAGE_LOGIN_ANSWER, &who);
    take(&towns[BEAUVAL], MESSAGE_WEB, &asked);
    assert_true(str_eq(asked.ticket, STR("sealed")));
    struct message_web_answer answer = page(asked.handle, STR("x\r\n"));
    answer.set_cookie = STR("stolen"); /* nor this: cookies are auth's */
    give(&towns[BEAUVAL], MESSAGE_WEB_ANSWER, &answer);
    hears(fd, "HTTP/1.1 200 ");
    for (const char *line = line_of(fd); strlen(line) > 0; line = line_of(fd))
        assert_null(strstr(line, "stolen"));
    hears(fd, "x");
    say(fd, "GET /account HTTP/1.1\r\nHost: beauval.localhost\r\n\r\n");
    take(&auth, MESSAGE_WEB, &asked);
    drop_end(&auth);
    hears_head(fd, "503");
    close(fd);
}

static void forms_from_elsewhere_are_refused(void **state)
{
    (void)state;
    static const char *const heads[] = {"Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site",
                                        "Sec-Fetch-Site: same-site", "Origin: https://beauval.localhost"};
    char request[400];
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        int fd = dial(WEB);
        snprintf(request, sizeof request,
                 "POST /a HTTP/1.1\r\nHost: beauval.localhost\r\n%s\r\nContent-Length: 1\r\n\r\nx", heads[i]);
        say(fd, request);
        hears_head(fd, "403");
        close(fd);
    }
    assert_int_equal(towns[BEAUVAL].count, 0);
    int fd = dial(WEB);
    struct message_web asked;
    say(fd, "POST /a HTTP/1.1\r\nHost: beauval.localhost:80\r\nOrigin: http://beauval.localhost:80\r\n"
            "Content-Length: 3\r\n\r\na=b");
    take(&towns[BEAUVAL], MESSAGE_WEB, &asked);
    assert_true(asked.method == 1 && str_eq(asked.body, STR("a=b")));
    close(fd);
}

static void the_clear_door_leads_to_https(void **state)
{
    (void)state;
    struct message_challenge asked;
    int fd = dial(HTTP);
    say(fd, "POST /a%20b?c=d HTTP/1.1\r\nHost: beauval.localhost:80\r\nContent-Length: 0\r\n\r\n");
    hears(fd, "HTTP/1.1 308 ");
    const char *line = line_of(fd);
    while (strncmp(line, "Location: ", 10) != 0)
        line = line_of(fd);
    assert_string_equal(line, "Location: https://beauval.localhost:8443/a%20b?c=d");
    while (strlen(line_of(fd)) > 0)
        continue;
    say(fd, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    hears_head(fd, "404");
    close(fd);
    fd = dial(HTTP);
    say(fd, "GET /.well-known/acme-challenge/tok-en_1 HTTP/1.1\r\nHost: beauval.example\r\n\r\n");
    take(&parent, MESSAGE_CHALLENGE, &asked);
    assert_true(str_eq(asked.token, STR("tok-en_1")));
    struct message_challenge_answer answer = {.handle = asked.handle, .status = OK, .text = STR("tok-en_1.thumb\r\n")};
    give(&towns[BEAUVAL], MESSAGE_CHALLENGE_ANSWER, &answer); /* not a town's to say */
    assert_false(is_readable(fd, 50));
    give(&parent, MESSAGE_CHALLENGE_ANSWER, &answer);
    hears_head(fd, "200");
    hears(fd, "tok-en_1.thumb");
    close(fd);
}

/* ---- IMAP ---- */

static struct message_login_answer ticket_for(int64_t handle, int64_t life_ms)
{
    return (struct message_login_answer){.handle = handle, .status = OK, .ticket = STR("sealed"), .token = STR(""),
                                         .code = STR(""), .expires_ms = clock_now().ms + life_ms};
}

/* Signed in at beauval; the ticket lives so long. */
static int imap_in(int64_t life_ms, int64_t *ret_handle)
{
    struct message_login login;
    struct message_imap_open open;
    int fd = dial(IMAP);
    hears(fd, "* OK [CAPABILITY IMAP4rev1 IMAP4rev2 ");
    say(fd, "a LOGIN x@beauval.example {6}\r\n");
    hears(fd, "+ ");
    say(fd, "secret\r\n");
    take(&auth, MESSAGE_LOGIN, &login);
    assert_true(login.member == 7 && str_eq(login.password, STR("secret")) && str_eq(login.door, STR("imap")));
    struct message_login_answer answer = ticket_for(login.handle, life_ms);
    give(&auth, MESSAGE_LOGIN_ANSWER, &answer);
    take(&towns[BEAUVAL], MESSAGE_IMAP_OPEN, &open);
    assert_true(str_eq(open.ticket, STR("sealed")));
    hears(fd, "a OK [CAPABILITY ");
    *ret_handle = open.handle;
    return fd;
}

/* The next command the town gets. */
static struct imap_command imap_asked(int64_t handle, struct message_imap_command *ret_message, int *ret_fd)
{
    struct imap_command command;
    struct imap_limits limits = imap_limits_after_login(50 << 20);
    *ret_fd = take_with(&towns[BEAUVAL], MESSAGE_IMAP_COMMAND, ret_message);
    assert_int_equal(ret_message->handle, handle);
    assert_int_equal(imap_wire_read(ret_message->command, &limits, arena, &command), OK);
    return command;
}

static void imap_asks(int64_t handle, const char *name)
{
    struct message_imap_command message;
    int fd;
    struct imap_command command = imap_asked(handle, &message, &fd);
    assert_int_equal(fd, -1);
    assert_true(str_eq(command.name, str_of(name)) && str_is_absent(message.literal));
}

static void imap_bytes(int64_t handle, const char *words, bool is_last, bool is_idle)
{
    struct message_imap_bytes bytes = {.handle = handle, .is_last = is_last, .is_idle = is_idle,
                                       .bytes = str_of(words), .size = (int64_t)strlen(words)};
    give(&towns[BEAUVAL], MESSAGE_IMAP_BYTES, &bytes);
}

static void imap_commands_go_one_by_one(void **state)
{
    (void)state;
    struct message_handle more;
    struct message_imap_command message;
    int64_t handle;
    int memory, fd = imap_in(15 * 60 * 1000, &handle);
    say(fd, "b SELECT INBOX\r\nc FETCH 1 (FLAGS)\r\nd NOOP\r\n");
    imap_asks(handle, "SELECT");
    run_for(50);
    assert_int_equal(towns[BEAUVAL].count, towns[BEAUVAL].taken); /* the next one waits */
    imap_bytes(handle, "* 1 EXISTS\r\n", false, false);
    take(&towns[BEAUVAL], MESSAGE_IMAP_MORE, &more);
    assert_int_equal(more.handle, handle);
    imap_bytes(handle, "b OK\r\n", true, false);
    struct imap_command command = imap_asked(handle, &message, &memory);
    assert_true(str_eq(command.name, STR("FETCH")) && command.count == 2 && command.args[1].kind == IMAP_LIST);
    struct str body = str_format(arena, "%0200000d\r\n", 1);
    struct message_imap_bytes bytes = {.handle = handle, .bytes = STR_NONE, .size = (int64_t)body.len, .is_last = true};
    assert_int_equal(file_memory(body, &memory), OK);
    give_with(&towns[BEAUVAL], MESSAGE_IMAP_BYTES, &bytes, memory);
    hears(fd, "* 1 EXISTS");
    hears(fd, "b OK");
    for (size_t left = body.len; left > 0;) {
        char room[4096];
        ssize_t got = read(fd, room, sizeof room < left ? sizeof room : left);
        assert_true(got > 0);
        left -= (size_t)got;
    }
    imap_asks(handle, "NOOP");
    imap_bytes(handle, "d OK\r\n", true, false);
    hears(fd, "d OK");
    say(fd, "e LOGOUT\r\n");
    hears(fd, "* BYE");
    hears(fd, "e OK");
    hears_end(fd);
    take(&towns[BEAUVAL], MESSAGE_IMAP_CLOSE, &more);
    assert_int_equal(more.handle, handle);
}

static void imap_idle_hears_done(void **state)
{
    (void)state;
    int64_t handle;
    int fd = imap_in(15 * 60 * 1000, &handle);
    say(fd, "b IDLE\r\nDONE\r\nc IDLE\r\n");
    imap_asks(handle, "IDLE");
    imap_bytes(handle, "+ idling\r\n", false, false);
    imap_asks(handle, "DONE");
    imap_bytes(handle, "* 2 EXISTS\r\n", false, true); /* on its way already */
    imap_bytes(handle, "b OK\r\n", true, false);
    hears(fd, "+ idling");
    hears(fd, "* 2 EXISTS");
    hears(fd, "b OK");
    imap_asks(handle, "IDLE");
    imap_bytes(handle, "+ idling\r\n", false, false);
    hears(fd, "+ idling");
    imap_bytes(handle, "* 3 EXISTS\r\n", false, true);
    hears(fd, "* 3 EXISTS");
    say(fd, "d NOOP\r\n");
    hears(fd, "* BAD");
    say(fd, "done\r\n");
    imap_asks(handle, "DONE");
    drop_end(&towns[BEAUVAL]);
    run_for(50);
    hears(fd, "c NO [UNAVAILABLE]");
    hears(fd, "* BYE [UNAVAILABLE]");
    hears_end(fd);
}

static void imap_literals_of_any_size(void **state)
{
    (void)state;
    enum { SMALL = 20000, LARGE = 200000 };
    static const size_t sizes[] = {10, SMALL, LARGE};
    int64_t handle;
    int fd = imap_in(15 * 60 * 1000, &handle);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct message_imap_command message;
        struct str body;
        char line[80];
        int memory;
        snprintf(line, sizeof line, "b APPEND play {%zu+}\r\n", sizes[i]);
        say(fd, line);
        say(fd, str_format(arena, "%0*d\r\n", (int)sizes[i], 7).at);
        struct imap_command command = imap_asked(handle, &message, &memory);
        assert_int_equal(command.count, 2);
        assert_int_equal(command.args[1].kind, sizes[i] < SMALL ? IMAP_STRING : IMAP_STREAM);
        if (memory >= 0) {
            assert_int_equal(file_map(memory, 1 << 20, &body), OK);
            assert_int_equal(body.len, LARGE);
            file_unmap(body);
            file_close(&memory);
        } else if (sizes[i] == SMALL) {
            assert_int_equal(message.literal.len, SMALL);
        }
        imap_bytes(handle, "b OK\r\n", true, false);
        hears(fd, "b OK");
    }
    say(fd, "c SEARCH BODY {30000}\r\n");
    hears(fd, "+ ");
    say(fd, str_format(arena, "%030000d\r\n", 1).at);
    hears(fd, "* BYE");
    close(fd);
}

static void imap_tickets_are_renewed_in_time(void **state)
{
    (void)state;
    struct message_renew renew;
    int64_t handle;
    int fd = imap_in(4 * 60 * 1000, &handle);
    say(fd, "b NOOP\r\n");
    take(&auth, MESSAGE_RENEW, &renew);
    assert_true(renew.member == 7 && str_eq(renew.ticket, STR("sealed")));
    struct message_login_answer answer = ticket_for(renew.handle, 15 * 60 * 1000), ended = ticket_for(renew.handle, 0);
    give(&auth, MESSAGE_LOGIN_ANSWER, &answer);
    imap_asks(handle, "NOOP");
    imap_bytes(handle, "b OK\r\n", true, false);
    hears(fd, "b OK");
    say(fd, "c NOOP\r\n");
    imap_asks(handle, "NOOP");
    close(fd);
    struct message_handle closed;
    imap_bytes(handle, "c OK\r\n", true, false);
    take(&towns[BEAUVAL], MESSAGE_IMAP_CLOSE, &closed);
    fd = imap_in(4 * 60 * 1000, &handle);
    say(fd, "b NOOP\r\n");
    take(&auth, MESSAGE_RENEW, &renew);
    ended.handle = renew.handle;
    ended.status = GONE;
    give(&auth, MESSAGE_LOGIN_ANSWER, &ended);
    hears(fd, "* BYE");
    hears_end(fd);
}

static void imap_before_the_login(void **state)
{
    (void)state;
    struct message_login login;
    int fd = dial(IMAP);
    hears(fd, "* OK [CAPABILITY ");
    say(fd, "a SELECT INBOX\r\nb CAPABILITY\r\nc NOOP\r\nd ID NIL\r\ne AUTHENTICATE CRAM-MD5\r\n");
    hears(fd, "a BAD");
    const char *line = line_of(fd);
    assert_non_null(strstr(line, " IMAP4rev2 "));
    assert_non_null(strstr(line, " STARTTLS AUTH=PLAIN AUTH=LOGIN"));
    assert_null(strstr(line, "LOGINDISABLED"));
    hears(fd, "b OK");
    hears(fd, "c OK");
    hears(fd, "* ID (");
    hears(fd, "d OK");
    hears(fd, "e NO");
    say(fd, "f AUTHENTICATE PLAIN\r\n");
    hears(fd, "+ ");
    say(fd, "*\r\n");
    hears(fd, "f BAD");
    say(fd, "g AUTHENTICATE LOGIN\r\n");
    hears(fd, "+ VXNlcm5hbWU6");
    say(fd, "eEBub3doZXJlLmV4YW1wbGU=\r\n"); /* x@nowhere.example */
    hears(fd, "+ UGFzc3dvcmQ6");
    say(fd, "c2VjcmV0\r\n");
    take(&auth, MESSAGE_LOGIN, &login);
    assert_true(login.member == 0 && str_eq(login.address, STR("x@nowhere.example")));
    struct message_login_answer refused = ticket_for(login.handle, 0);
    refused.status = DENIED;
    give(&auth, MESSAGE_LOGIN_ANSWER, &refused);
    hears(fd, "g NO [AUTHENTICATIONFAILED]");
    say(fd, "g LOGIN {20+}\r\n\xff@beauval.example\xfe\xfd\xfc {2+}\r\n\xc0\x80\r\n");
    take(&auth, MESSAGE_LOGIN, &login);
    assert_true(login.address.len == 0 && login.password.len == 0);
    refused.handle = login.handle;
    give(&auth, MESSAGE_LOGIN_ANSWER, &refused);
    hears(fd, "g NO [AUTHENTICATIONFAILED]");
    say(fd, "h LOGIN x@beauval.example secret\r\n");
    take(&auth, MESSAGE_LOGIN, &login);
    drop_end(&auth);
    run_for(50);
    hears(fd, "h NO [UNAVAILABLE]");
    for (int i = 0; i < 18; i++) {
        say(fd, "i X\r\n");
        hears(fd, "i BAD");
    }
    say(fd, "i X\r\n");
    hears(fd, "i BAD");
    hears(fd, "* BYE Too many errors");
    hears_end(fd);
}

/* Who is being worked for gets the answer; the others hear that it is over. */
static void a_front_that_ends_finishes_what_is_open(void **state)
{
    (void)state;
    struct message_handle stop = {0};
    struct message_deliver one, two;
    int idle = dial(IMAP), fd = lmtp_with("x@beauval.example", "y@clairmont.example");
    hears(idle, "* OK");
    take(&towns[BEAUVAL], MESSAGE_DELIVER, &one);
    take(&towns[CLAIRMONT], MESSAGE_DELIVER, &two);
    give(&parent, MESSAGE_STOP, &stop);
    hears(idle, "* BYE Going down");
    hears_end(idle);
    say(fd, "NOOP\r\n");
    tell_delivered(&towns[BEAUVAL], one.handle, OK, STR(""));
    tell_delivered(&towns[CLAIRMONT], two.handle, OK, STR(""));
    hears(fd, "250 2.0.0");
    hears(fd, "250 2.0.0");
    hears(fd, "421 4.3.2");
    close(fd);
}

/* A late answer finds nobody: the slot is another's by then. */
static void a_late_answer_finds_nobody(void **state)
{
    (void)state;
    struct message_web first, second;
    int fd = dial(WEB);
    say(fd, "GET /first HTTP/1.1\r\nHost: beauval.localhost\r\n\r\n");
    take(&towns[BEAUVAL], MESSAGE_WEB, &first);
    struct linger reset = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(fd);
    run_for(50);
    fd = dial(WEB);
    say(fd, "GET /second HTTP/1.1\r\nHost: beauval.localhost\r\n\r\n");
    take(&towns[BEAUVAL], MESSAGE_WEB, &second);
    assert_int_equal((uint32_t)first.handle, (uint32_t)second.handle);
    struct message_web_answer late = page(first.handle, STR("late\r\n")), right = page(second.handle, STR("right\r\n"));
    give(&towns[BEAUVAL], MESSAGE_WEB_ANSWER, &late);
    give(&towns[CLAIRMONT], MESSAGE_WEB_ANSWER, &right); /* nor does one of another town */
    assert_false(is_readable(fd, 50));
    give(&towns[BEAUVAL], MESSAGE_WEB_ANSWER, &right);
    hears_head(fd, "200");
    hears(fd, "right");
    close(fd);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(each_town_gets_its_recipients),
        CASE(a_town_that_dies_is_not_now),
        CASE(nobody_tries_a_list_of_names),
        CASE(a_large_message_goes_as_sealed_memory),
        CASE(chunks_are_checked_across_their_borders),
        CASE(submission_speaks_for_its_sender),
        CASE(outbox_mail_is_carried_and_answered),
        CASE(a_request_goes_to_its_town_in_turn),
        CASE(a_cookie_becomes_a_ticket),
        CASE(forms_from_elsewhere_are_refused),
        CASE(the_clear_door_leads_to_https),
        CASE(imap_commands_go_one_by_one),
        CASE(imap_idle_hears_done),
        CASE(imap_literals_of_any_size),
        CASE(imap_tickets_are_renewed_in_time),
        CASE(imap_before_the_login),
        CASE(a_front_that_ends_finishes_what_is_open),
        CASE(a_late_answer_finds_nobody),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
