/* Town processes, with this program as parent, auth and a front that may be hostile, or may die, as may they. */
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

#include "base/seeded.h"
#include "core/people_task.h"
#include "core/person.h"
#include "core/web.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/process.h"
#include "role/message.h"
#include "role/town.h"
#include "service/mail/mailbox.h"
#include "service/mail/message.h"
#include "service/mail/store.h"

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
    end->seen[end->count++ % SEEN_MAX] = (struct seen){kind, str_copy(arena, payload)};
    file_close(&fd);
    loop_stop(loop);
}

static void on_closed(void *with)
{
    struct end *end = with;
    channel_destroy(end->channel);
    end->channel = NULL;
    loop_stop(loop);
}

static bool wait_for(struct end *end, int64_t wait_ms)
{
    is_late = false;
    loop_timer_set(limit, wait_ms);
    while (end->taken == end->count && end->channel != NULL && !is_late)
        loop_run(loop, NULL, NULL);
    return end->taken < end->count;
}

/* What was queued leaves, and is worked on there. */
static void settle(void)
{
    is_late = false;
    loop_timer_set(limit, 100);
    while (!is_late)
        loop_run(loop, NULL, NULL);
}

static struct seen next(struct end *end)
{
    assert_true(wait_for(end, WAIT_MS));
    return end->seen[end->taken++ % SEEN_MAX];
}

static void take(struct end *end, uint16_t kind, void *ret_message)
{
    struct seen seen = next(end);
    assert_string_equal(message_name(seen.kind), message_name(kind));
    assert_int_equal(message_take(kind, seen.payload, ret_message), OK);
}

static void listen_to(struct end *end, int socket)
{
    channel_destroy(end->channel);
    *end = (struct end){0};
    assert_int_equal(channel_create(loop, socket, on_frame, on_closed, end, &end->channel), OK);
}

static void connect_end(struct seat *seat, struct end *end, int64_t role)
{
    int pair[2];
    struct message_peer peer = {role, 0};
    assert_int_equal(channel_pair(pair), OK);
    assert_int_equal(message_send(seat->parent.channel, MESSAGE_PEER, &peer, pair[1]), OK);
    listen_to(end, pair[0]);
}

/* ---- life of a town ---- */

static void start_town(struct seat *seat)
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

static void close_ends(struct seat *seat)
{
    struct end *ends[] = {&seat->parent, &seat->front, &seat->auth};
    for (size_t i = 0; i < 3; i++) {
        channel_destroy(ends[i]->channel);
        ends[i]->channel = NULL;
    }
}

static void kill_town(struct seat *seat)
{
    kill(seat->pid, SIGKILL);
    assert_int_equal(waitpid(seat->pid, NULL, 0), seat->pid);
    close_ends(seat);
    seat->pid = 0;
}

static void stop_town(struct seat *seat)
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
static struct town *open_files(struct seat *seat)
{
    struct town *town;
    int64_t replayed;
    assert_int_equal(house_open_town(folder, &seat->member, &seat->domain, 1, &town, &replayed), OK);
    return town;
}

static void add_person(struct town *town, const char *local, struct str domain)
{
    int64_t id;
    struct ctx ctx = {.arena = arena, .town = town, .db = town->db, .now = clock_now()};
    struct str address = str_format(arena, "%s@%.*s", local, STR_ARG(domain));
    writer_job_begin(town->writer);
    assert_int_equal(writer_job_end(town->writer, person_add(&ctx, address, STR("Accueil"), &id)), OK);
    assert_int_equal(writer_commit(town->writer), OK);
}

static void prepare(struct seat *seat, int64_t id, const char *name, const char *domain)
{
    *seat = (struct seat){.member = {.id = id,
                                     .name = str_of(name),
                                     .title = str_of(name),
                                     .kind = STR("commune"),
                                     .zone = STR("Europe/Paris"),
                                     .language = STR("fr")},
                          .domain = str_of(domain)};
    seat->place = (struct place){.member = id,
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

static int set_up(void **state)
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

static int tear_down(void **state)
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

static struct ticket ticket_of(int64_t person, int64_t session)
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

static struct str sealed(struct ticket ticket, const unsigned char *key)
{
    struct buf out BUF_SCOPE = BUF_INIT(TICKET_MAX);
    assert_int_equal(ticket_seal(&out, &ticket, key), OK);
    return str_copy(arena, buf_str(&out));
}

static struct str good_ticket(void)
{
    return sealed(ticket_of(ACCUEIL, 70), seats[BEAUVAL].key);
}

static struct str mail_of(const char *subject)
{
    return str_format(arena, "From: <accueil@beauval.example>\r\nSubject: %s\r\n\r\nx\r\n", subject);
}

static void submit(int64_t handle, const char *sender, const char *recipients, struct str ticket, struct str message)
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

static int64_t submitted(struct str ticket, const char *sender, const char *recipients, struct str message)
{
    struct message_delivered answer;
    submit(1, sender, recipients, ticket, message);
    take(&seats[BEAUVAL].front, MESSAGE_DELIVERED, &answer);
    return answer.status;
}

static int64_t hand_in(struct str ticket)
{
    return submitted(ticket, "accueil@beauval.example", "etat-civil@beauval.example\n", mail_of("one"));
}

/* How many messages the INBOX of a person holds; the town is stopped for it and started again. */
static int64_t count_of(struct seat *seat, int64_t person)
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

/* ---- a hostile front ---- */

static void mail_is_handed_in_with_a_good_ticket_alone(void **state)
{
    (void)state;
    struct seat *seat = &seats[BEAUVAL];
    struct ticket ticket = ticket_of(ACCUEIL, 70);
    assert_int_equal(hand_in(good_ticket()), OK);
    assert_int_equal(hand_in(STR("")), DENIED);
    assert_int_equal(hand_in(STR("made up")), DENIED);
    assert_int_equal(hand_in(sealed(ticket, seats[CLAIRMONT].key)), DENIED);
    ticket.member = 2;
    assert_int_equal(hand_in(sealed(ticket, seats[CLAIRMONT].key)), DENIED);
    assert_int_equal(hand_in(sealed(ticket, seat->key)), DENIED);
    ticket = ticket_of(ACCUEIL, 70);
    ticket.expires.ms = clock_now().ms - 1;
    assert_int_equal(hand_in(sealed(ticket, seat->key)), GONE);
    ticket = ticket_of(0, 70); /* waits for its second factor */
    ticket.rights = PERMISSION_NONE;
    assert_int_equal(hand_in(sealed(ticket, seat->key)), DENIED);
    struct str forged = str_copy(arena, good_ticket());
    for (size_t i = 0; i < forged.len; i++) { /* another person, another right, another time */
        ((char *)(uintptr_t)forged.at)[i] ^= 4;
        assert_int_equal(hand_in(forged), DENIED);
        ((char *)(uintptr_t)forged.at)[i] ^= 4;
    }
    assert_int_equal(count_of(seat, 2), 1);
}

static void an_ended_session_is_refused_at_once(void **state)
{
    (void)state;
    struct message_session_ended ended = {.session = 70};
    assert_int_equal(hand_in(good_ticket()), OK);
    assert_int_equal(message_send(seats[BEAUVAL].auth.channel, MESSAGE_SESSION_ENDED, &ended, -1), OK);
    settle();
    assert_int_equal(hand_in(good_ticket()), GONE);
    assert_int_equal(hand_in(sealed(ticket_of(ACCUEIL, 71), seats[BEAUVAL].key)), OK);
}

static void nobody_speaks_for_somebody_else(void **state)
{
    (void)state;
    struct str ticket = good_ticket();
    const char *to = "etat-civil@beauval.example\n";
    struct str others = STR("From: <etat-civil@beauval.example>\r\n\r\nx\r\n");
    struct str two = STR("From: <accueil@beauval.example>, <etat-civil@beauval.example>\r\n\r\nx\r\n");
    struct str hidden = STR("From: <accueil@beauval.example>\r\nFrom: <etat-civil@beauval.example>\r\n\r\nx\r\n");
    assert_int_equal(submitted(ticket, "etat-civil@beauval.example", to, mail_of("a")), DENIED);
    assert_int_equal(submitted(ticket, "accueil@clairmont.example", to, mail_of("a")), DENIED);
    assert_int_equal(submitted(ticket, "accueil@beauval.example", to, others), DENIED);
    assert_int_equal(submitted(ticket, "accueil@beauval.example", to, two), DENIED);
    assert_int_equal(submitted(ticket, "accueil@beauval.example", to, hidden), DENIED);
    assert_int_equal(submitted(ticket, "accueil@beauval.example", to, STR("Subject: x\r\n\r\nx\r\n")), DENIED);
    assert_int_equal(submitted(ticket, "accueil@beauval.example", "nobody@beauval.example\n", mail_of("a")), NOT_FOUND);
    assert_int_equal(count_of(&seats[BEAUVAL], 2), 0);
}

static void a_page_with_a_bad_ticket_is_nobodys(void **state)
{
    (void)state;
    struct message_web_answer answer;
    struct message_web ask = {.handle = 3,
                              .member = 1,
                              .method = WEB_GET,
                              .ticket = sealed(ticket_of(ACCUEIL, 70), seats[CLAIRMONT].key),
                              .path = STR("/mail"),
                              .query = STR(""),
                              .content_type = STR(""),
                              .accept_language = STR("fr"),
                              .remote = STR("192.0.2.1"),
                              .device = STR(""),
                              .host = STR("beauval.localhost"),
                              .trace = STR("t"),
                              .body = STR("")};
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_WEB, &ask, -1), OK);
    take(&seats[BEAUVAL].front, MESSAGE_WEB_ANSWER, &answer);
    assert_true(answer.code == 303 || answer.code == 404); /* to sign-in, or a town without that service */
}

/* ---- what auth is owed ---- */

static void owe_auth(struct seat *seat)
{
    stop_town(seat);
    struct town *town = open_files(seat);
    struct ctx ctx = {.arena = arena, .town = town, .db = town->db, .now = clock_now()};
    struct auth_person person = {2, STR("etat-civil@beauval.example"), ROLE_AGENT, false, STR("")};
    unsigned char hash[AUTH_CODE_HASH_BYTES] = "a hash";
    writer_job_begin(town->writer);
    enum status done = people_task_put(&ctx, &person);
    done = done != OK ? done : people_task_invite(&ctx, 2, hash, (struct instant){ctx.now.ms + 1000});
    done = done != OK ? done : people_task_mandate(&ctx, 5, STR("operateur@syndicat.example"), ctx.now);
    done = done != OK ? done : people_task_mail_password(&ctx, true);
    assert_int_equal(writer_job_end(town->writer, done), OK);
    assert_int_equal(writer_commit(town->writer), OK);
    house_close_town(town);
    start_town(seat);
}

static void say_done(struct seat *seat, int64_t task, int64_t status)
{
    struct message_person_done done = {task, status};
    assert_int_equal(message_send(seat->auth.channel, MESSAGE_PERSON_DONE, &done, -1), OK);
    settle();
}

static void auth_is_told_until_it_has_answered(void **state)
{
    (void)state;
    struct seat *seat = &seats[BEAUVAL];
    struct message_person_put put, put_again;
    struct message_invite invite, invite_again;
    struct message_mandate mandate;
    struct message_mail_password mail_password;
    owe_auth(seat);
    take(&seat->auth, MESSAGE_PERSON_PUT, &put);
    take(&seat->auth, MESSAGE_INVITE, &invite);
    take(&seat->auth, MESSAGE_MANDATE, &mandate);
    take(&seat->auth, MESSAGE_MAIL_PASSWORD, &mail_password);
    assert_int_equal(put.person, 2);
    assert_false(put.is_active);
    assert_int_equal(mandate.mandate, 5);
    assert_true(mail_password.is_allowed);
    say_done(seat, put.handle, OK);
    say_done(seat, mandate.handle, OK);
    say_done(seat, mail_password.handle, INVALID); /* never will be: it goes */
    kill_town(seat);
    start_town(seat);
    take(&seat->auth, MESSAGE_INVITE, &invite_again);
    assert_int_equal(invite_again.handle, invite.handle);
    connect_end(seat, &seat->auth, ROLE_AUTH); /* auth died */
    take(&seat->auth, MESSAGE_INVITE, &invite_again);
    say_done(seat, invite.handle, BUSY); /* not now */
    connect_end(seat, &seat->auth, ROLE_AUTH);
    take(&seat->auth, MESSAGE_INVITE, &invite_again);
    say_done(seat, invite.handle, OK);
    assert_false(wait_for(&seat->auth, 200));
    owe_auth(seat); /* new tasks have new numbers, or an old answer would be taken for theirs */
    take(&seat->auth, MESSAGE_PERSON_PUT, &put_again);
    assert_true(put_again.handle > mail_password.handle);
}

/* ---- between towns ---- */

/* Hands a row over as front does, up to the answer of the other town. */
static struct message_delivered relay(const struct message_outbox *row)
{
    struct message_delivered answer;
    struct message_deliver deliver = {.handle = 9,
                                      .sender = row->sender,
                                      .recipients = row->recipients,
                                      .source = STR("town"),
                                      .trace = STR(""),
                                      .ticket = STR(""),
                                      .outbox_key = row->key,
                                      .size = row->size,
                                      .body = row->body};
    assert_int_equal(message_send(seats[CLAIRMONT].front.channel, MESSAGE_DELIVER, &deliver, -1), OK);
    take(&seats[CLAIRMONT].front, MESSAGE_DELIVERED, &answer);
    return answer;
}

static void answer_row(int64_t row, int64_t status, struct str statuses)
{
    struct message_outbox_done done = {row, status, statuses};
    assert_int_equal(message_send(seats[BEAUVAL].front.channel, MESSAGE_OUTBOX_DONE, &done, -1), OK);
    settle();
}

static void write_to(const char *recipients)
{
    assert_int_equal(submitted(good_ticket(), "accueil@beauval.example", recipients, mail_of("between towns")), OK);
}

static void mail_goes_from_town_to_town(void **state)
{
    (void)state;
    struct message_outbox row;
    write_to("etat-civil@beauval.example\naccueil@clairmont.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    assert_true(str_eq(row.destination, STR("clairmont.example")));
    assert_true(str_eq(row.recipients, STR("accueil@clairmont.example\n")));
    struct message_delivered answer = relay(&row);
    assert_int_equal(answer.status, OK);
    assert_true(str_eq(answer.statuses, STR("ok\n")));
    answer_row(row.row, OK, answer.statuses);
    assert_int_equal(count_of(&seats[CLAIRMONT], 1), 1);
    assert_int_equal(count_of(&seats[BEAUVAL], 2), 1);
    assert_false(wait_for(&seats[BEAUVAL].front, 300)); /* nothing is left to send */
}

/* The answer was lost: with its front, with the sender, with the receiver. */
static void a_second_copy_is_dropped(void **state)
{
    (void)state;
    struct message_outbox row, again;
    write_to("accueil@clairmont.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    assert_int_equal(relay(&row).status, OK);
    connect_end(&seats[BEAUVAL], &seats[BEAUVAL].front, ROLE_FRONT); /* front died */
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &again);
    assert_true(str_eq(row.key, again.key));
    assert_int_equal(relay(&again).status, OK);
    kill_town(&seats[BEAUVAL]);
    start_town(&seats[BEAUVAL]);
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &again);
    assert_true(str_eq(row.key, again.key));
    kill_town(&seats[CLAIRMONT]);
    start_town(&seats[CLAIRMONT]);
    struct message_delivered answer = relay(&again);
    assert_true(str_eq(answer.statuses, STR("ok\n")));
    answer_row(again.row, OK, answer.statuses);
    assert_int_equal(count_of(&seats[CLAIRMONT], 1), 1);
    assert_false(wait_for(&seats[BEAUVAL].front, 300));
}

static void who_does_not_exist_comes_back_as_a_bounce(void **state)
{
    (void)state;
    struct message_outbox row;
    write_to("nobody@clairmont.example\naccueil@clairmont.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    struct message_delivered answer = relay(&row);
    assert_int_equal(answer.status, OK);
    assert_true(str_eq(answer.statuses, STR("not_found mail.unknown\nok\n")));
    answer_row(row.row, OK, answer.statuses);
    assert_false(wait_for(&seats[BEAUVAL].front, 300));
    assert_int_equal(count_of(&seats[BEAUVAL], ACCUEIL), 1);
    assert_int_equal(count_of(&seats[CLAIRMONT], ACCUEIL), 1);
}

static void a_domain_nobody_has_bounces_and_a_town_that_is_down_does_not(void **state)
{
    (void)state;
    struct message_outbox row;
    write_to("accueil@rochefleur.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    answer_row(row.row, BUSY, STR(""));
    assert_int_equal(count_of(&seats[BEAUVAL], ACCUEIL), 0);
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row); /* again, after its back-off */
    assert_int_equal(row.attempts, 1);
    answer_row(row.row, NOT_FOUND, STR(""));
    assert_false(wait_for(&seats[BEAUVAL].front, 300));
    assert_int_equal(count_of(&seats[BEAUVAL], ACCUEIL), 1);
}

/* An answer for a row nobody was given, or for a row of long ago, changes nothing. */
static void answers_nobody_asked_for_are_dropped(void **state)
{
    (void)state;
    struct message_outbox row;
    answer_row(1, OK, STR("ok\n"));
    answer_row(0, OK, STR("ok\n"));
    answer_row(-1, 99, STR(""));
    write_to("accueil@clairmont.example\n");
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &row);
    answer_row(row.row + 1, OK, STR("ok\n"));
    struct message_outbox again;
    connect_end(&seats[BEAUVAL], &seats[BEAUVAL].front, ROLE_FRONT);
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &again);
    assert_true(again.row != row.row);
    answer_row(row.row, OK, STR("ok\n")); /* of the sending before this one */
    connect_end(&seats[BEAUVAL], &seats[BEAUVAL].front, ROLE_FRONT);
    take(&seats[BEAUVAL].front, MESSAGE_OUTBOX, &again);
}

enum { KEPT_MAX = 100 * 1000 };

/* Of each message: whether its hand-in was acknowledged, and how often it lies in the INBOX. */
static struct {
    bool is_acknowledged;
    int found;
} kept[KEPT_MAX];

/* Front between two towns that may die at any moment: relays what came, forgets what was lost. */
static void relay_one(const struct seen *seen, struct channel *to)
{
    struct message_outbox row;
    assert_int_equal(message_take(seen->kind, seen->payload, &row), OK);
    struct message_deliver deliver = {.handle = row.row,
                                      .sender = row.sender,
                                      .recipients = row.recipients,
                                      .source = STR("town"),
                                      .trace = STR(""),
                                      .ticket = STR(""),
                                      .outbox_key = row.key,
                                      .size = row.size,
                                      .body = row.body};
    enum status done = to != NULL ? message_send(to, MESSAGE_DELIVER, &deliver, -1) : GONE;
    assert_true(done == OK || done == GONE);
}

static void pump(void)
{
    struct end *from = &seats[BEAUVAL].front, *to = &seats[CLAIRMONT].front;
    struct message_delivered answer;
    while (from->taken < from->count) {
        struct seen seen = from->seen[from->taken++ % SEEN_MAX];
        if (seen.kind == MESSAGE_OUTBOX)
            relay_one(&seen, to->channel);
        else if (message_take(MESSAGE_DELIVERED, seen.payload, &answer) == OK && answer.status == OK)
            kept[answer.handle].is_acknowledged = true;
    }
    while (to->taken < to->count) {
        struct seen seen = to->seen[to->taken++ % SEEN_MAX];
        assert_int_equal(message_take(seen.kind, seen.payload, &answer), OK);
        struct message_outbox_done done = {answer.handle, answer.status, answer.statuses};
        enum status sent =
            from->channel != NULL ? message_send(from->channel, MESSAGE_OUTBOX_DONE, &done, -1) : GONE;
        assert_true(sent == OK || sent == GONE);
    }
}

static void run_for(int64_t wait_ms)
{
    is_late = false;
    loop_timer_set(limit, wait_ms > 0 ? wait_ms : 1);
    while (!is_late) {
        loop_run(loop, NULL, NULL);
        pump();
    }
}

static void count_kept(struct seat *seat)
{
    mailbox_row inbox;
    stop_town(seat);
    struct town *town = open_files(seat);
    struct ctx ctx = {.arena = arena, .town = town, .db = town->db, .now = clock_now()};
    assert_int_equal(mailbox_by_use(&ctx, ACCUEIL, STR("inbox"), &inbox), OK);
    for (int64_t uid = 1; uid < inbox.uid_next; uid++) {
        message_row message;
        email_row email;
        uint64_t number;
        assert_int_equal(message_get(&ctx, inbox.id, uid, &message), OK);
        assert_int_equal(
            sql_message_email_get(town->db, arena, (struct sql_message_email_get){.id = message.email}, &email),
            OK);
        assert_int_equal(str_to_u64(email.subject, KEPT_MAX - 1, &number), OK);
        kept[number].found++;
    }
    house_close_town(town);
}

static void nothing_is_lost_or_doubled_by_kills(void **state)
{
    (void)state;
    struct seeded seeded = {20261124};
    int64_t sent = 0, acknowledged = 0;
    const char *rounds = getenv("PARVIS_KILLS");
    int kills = rounds != NULL ? atoi(rounds) : 30;
    for (int i = 0; i < kills && sent + 3 < KEPT_MAX; i++) {
        for (int j = 0; j < 3; j++, sent++)
            submit(sent, "accueil@beauval.example", "accueil@clairmont.example\n", good_ticket(),
                   mail_of(str_format(arena, "%lld", (long long)sent).at));
        run_for((int64_t)seeded_below(&seeded, 30));
        struct seat *seat = &seats[seeded_below(&seeded, TOWNS)];
        kill_town(seat);
        start_town(seat);
        if (seat == &seats[CLAIRMONT]) /* what that town had not answered is sent again to another front */
            connect_end(&seats[BEAUVAL], &seats[BEAUVAL].front, ROLE_FRONT);
    }
    run_for(1500);
    assert_int_equal(count_of(&seats[BEAUVAL], ACCUEIL), 0); /* no bounce */
    count_kept(&seats[CLAIRMONT]);
    for (int64_t i = 0; i < sent; i++) {
        assert_in_range(kept[i].found, kept[i].is_acknowledged ? 1 : 0, 1);
        acknowledged += kept[i].is_acknowledged;
    }
    printf("%d kills: %lld handed in, %lld acknowledged, none lost, none twice\n", kills, (long long)sent,
           (long long)acknowledged);
    assert_true(acknowledged > 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(mail_is_handed_in_with_a_good_ticket_alone),
        CASE(an_ended_session_is_refused_at_once),
        CASE(nobody_speaks_for_somebody_else),
        CASE(a_page_with_a_bad_ticket_is_nobodys),
        CASE(auth_is_told_until_it_has_answered),
        CASE(mail_goes_from_town_to_town),
        CASE(a_second_copy_is_dropped),
        CASE(who_does_not_exist_comes_back_as_a_bounce),
        CASE(a_domain_nobody_has_bounces_and_a_town_that_is_down_does_not),
        CASE(answers_nobody_asked_for_are_dropped),
        CASE(nothing_is_lost_or_doubled_by_kills),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
