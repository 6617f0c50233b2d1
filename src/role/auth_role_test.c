/* The auth role as a process, with a real hasher; this program plays the parent, front and a town. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/auth.h"
#include "core/web.h"
#include "os/clock.h"
#include "os/entropy.h"
#include "os/file.h"
#include "role/auth_role.h"
#include "role/hasher.h"
#include "role/house.h"
#include "role/message.h"

enum { MEMBER = 1, PERSON = 7, WAIT_MS = 10 * 1000, SEEN_MAX = 64 };

static const struct password_cost cost = {PASSWORD_MEMORY_MIN_KIB, 1};
static const struct str password = STR_INIT("une longue phrase");
static const struct str address = STR_INIT("accueil@beauval.example");

/* What came, in order, decoded. */
struct seen {
    uint16_t kind;
    struct message_login_answer login;
    struct message_session_ended ended;
    struct message_person_done done;
    struct message_web_answer web;
    int64_t at_ms;
};

struct end {
    struct channel *channel;
    struct seen seen[SEEN_MAX];
    size_t count, taken;
};

static char folder[64];
static struct arena *arena;
static struct loop *loop;
static struct loop_timer *limit;
static bool is_late;
static unsigned char key[TICKET_KEY_BYTES], other_key[TICKET_KEY_BYTES];
static struct end auth_parent, hasher_parent, front, town;
static pid_t auth_pid, hasher_pid;
static struct str application; /* an application password of the person */

static void on_late(void *with)
{
    (void)with;
    is_late = true;
    loop_stop(loop);
}

static void on_frame(void *with, uint16_t kind, struct str payload, int fd)
{
    struct end *end = with;
    struct seen *seen = &end->seen[end->count++ % SEEN_MAX];
    struct str kept = str_copy(arena, payload);
    file_close(&fd);
    *seen = (struct seen){.kind = kind, .at_ms = clock_monotonic_ms()};
    if (kind == MESSAGE_LOGIN_ANSWER)
        assert_int_equal(message_take(kind, kept, &seen->login), OK);
    else if (kind == MESSAGE_SESSION_ENDED)
        assert_int_equal(message_take(kind, kept, &seen->ended), OK);
    else if (kind == MESSAGE_PERSON_DONE)
        assert_int_equal(message_take(kind, kept, &seen->done), OK);
    else if (kind == MESSAGE_WEB_ANSWER)
        assert_int_equal(message_take(kind, kept, &seen->web), OK);
    loop_stop(loop);
}

static void on_closed(void *with)
{
    struct end *end = with;
    channel_destroy(end->channel);
    end->channel = NULL;
    loop_stop(loop);
}

/* The next thing that came through this end. */
static struct seen next(struct end *end)
{
    is_late = false;
    loop_timer_set(limit, WAIT_MS);
    while (end->taken == end->count && end->channel != NULL && !is_late)
        loop_run(loop, NULL, NULL);
    assert_true(end->taken < end->count);
    return end->seen[end->taken++ % SEEN_MAX];
}

/* Nothing comes for a while. */
static void assert_quiet(struct end *end, int64_t wait_ms)
{
    is_late = false;
    loop_timer_set(limit, wait_ms);
    while (end->taken == end->count && !is_late)
        loop_run(loop, NULL, NULL);
    assert_int_equal(end->taken, end->count);
}

static void listen_to(struct end *end, int socket)
{
    *end = (struct end){0};
    assert_int_equal(channel_create(loop, socket, on_frame, on_closed, end, &end->channel), OK);
}

static void run_hasher(struct end *parent, pid_t *ret_pid)
{
    int pair[2];
    assert_int_equal(channel_pair(pair), OK);
    *ret_pid = fork();
    if (*ret_pid == 0) {
        close(pair[0]);
        _exit(hasher_run(pair[1]));
    }
    close(pair[1]);
    listen_to(parent, pair[0]);
}

static void run_auth(void)
{
    int pair[2];
    unsigned char house_secret[AUTH_KEY_BYTES];
    struct auth_role_start start = {.folder = folder, .cost = cost, .key = house_secret};
    assert_int_equal(house_key(folder, house_secret), OK);
    assert_int_equal(channel_pair(pair), OK);
    auth_pid = fork();
    if (auth_pid == 0) {
        close(pair[0]);
        start.parent_socket = pair[1];
        _exit(auth_role_run(&start));
    }
    close(pair[1]);
    listen_to(&auth_parent, pair[0]);
}

/* A channel between auth and an end of ours. */
static void connect_end(struct end *end, int64_t role, int64_t member)
{
    int pair[2];
    struct message_peer peer = {role, member};
    assert_int_equal(channel_pair(pair), OK);
    assert_int_equal(message_send(auth_parent.channel, MESSAGE_PEER, &peer, pair[1]), OK);
    listen_to(end, pair[0]);
}

static void connect_hasher(void)
{
    int pair[2];
    struct message_peer of_hasher = {ROLE_HASHER, 0}, of_auth = {ROLE_AUTH, 0};
    assert_int_equal(channel_pair(pair), OK);
    assert_int_equal(message_send(auth_parent.channel, MESSAGE_PEER, &of_hasher, pair[0]), OK);
    assert_int_equal(message_send(hasher_parent.channel, MESSAGE_PEER, &of_auth, pair[1]), OK);
}

static int64_t services_on = INT64_MAX; /* all */
static void tell_member(int64_t member, const char *name, const unsigned char *with)
{
    int fd;
    struct message_member told = {.member = member,
                                  .services_on = services_on,
                                  .name = str_of(name),
                                  .title = str_of(name),
                                  .kind = STR("commune"),
                                  .language = STR("fr"),
                                  .zone = STR("Europe/Paris"),
                                  .desk = STR(""),
                                  .phone = STR(""),
                                  .hours = STR(""),
                                  .domains = STR("beauval.example"),
                                  .hosts = STR("")};
    assert_int_equal(file_memory((struct str){(const char *)with, TICKET_KEY_BYTES}, &fd), OK);
    assert_int_equal(message_send(auth_parent.channel, MESSAGE_MEMBER, &told, fd), OK);
}

static void make_credentials(struct db *db)
{
    struct auth auth = {.cost = cost, .member = MEMBER, .entropy = entropy_fill};
    struct ctx ctx = {.arena = arena, .auth = &auth, .db = db, .now = clock_now()};
    struct auth_person person = {PERSON, address, ROLE_AGENT, true, STR("fr")};
    struct buf verifier BUF_SCOPE = BUF_INIT(PASSWORD_VERIFIER_MAX);
    unsigned char salt[PASSWORD_SALT_BYTES] = "sixteen bytes...";
    assert_int_equal(house_key(folder, auth.key), OK);
    assert_int_equal(password_hash(&verifier, cost, password, salt), OK);
    assert_int_equal(db_begin(db), OK);
    assert_int_equal(auth_person_put(&ctx, &person), OK);
    assert_int_equal(auth_set_password(&ctx, PERSON, buf_str(&verifier), 0, false), OK);
    assert_int_equal(auth_set_mail_password(&ctx, true), OK);
    assert_int_equal(auth_application_add(&ctx, PERSON, STR("téléphone"), &application), OK);
    assert_int_equal(db_commit(db, SYNC_FULL), OK);
}

static int set_up(void **state)
{
    (void)state;
    struct str refusal;
    struct db *db;
    snprintf(folder, sizeof folder, "/tmp/parvis-auth-XXXXXX");
    assert_non_null(mkdtemp(folder));
    arena = arena_create(64 << 20);
    assert_int_equal(house_create(folder, clock_now(), &refusal), OK);
    assert_int_equal(file_folder(str_format(arena, "%s/members/beauval", folder).at), OK);
    assert_int_equal(file_folder(str_format(arena, "%s/members/clairmont", folder).at), OK);
    assert_int_equal(house_open_auth(folder, STR("beauval"), arena, &db), OK);
    make_credentials(db);
    db_close(db);
    loop = loop_create();
    limit = loop_timer_create(loop, on_late, NULL);
    entropy_fill(key, sizeof key);
    entropy_fill(other_key, sizeof other_key);
    run_auth();
    run_hasher(&hasher_parent, &hasher_pid);
    assert_int_equal(next(&auth_parent).kind, MESSAGE_READY);
    assert_int_equal(next(&hasher_parent).kind, MESSAGE_READY);
    tell_member(MEMBER, "beauval", key);
    tell_member(2, "clairmont", other_key);
    connect_end(&town, ROLE_TOWN, MEMBER);
    connect_end(&front, ROLE_FRONT, 0);
    connect_hasher();
    struct seen whole = next(&town); /* nothing had ended: the list is whole at once */
    assert_int_equal(whole.kind, MESSAGE_SESSION_ENDED);
    assert_int_equal(whole.ended.session, 0);
    return 0;
}

static int end_of(pid_t pid)
{
    int how = 0;
    waitpid(pid, &how, 0);
    return how;
}

static int tear_down(void **state)
{
    (void)state;
    channel_destroy(auth_parent.channel);
    channel_destroy(hasher_parent.channel);
    assert_int_equal(end_of(auth_pid), 0);
    assert_int_equal(end_of(hasher_pid), 0);
    channel_destroy(front.channel);
    channel_destroy(town.channel);
    loop_timer_destroy(limit);
    loop_destroy(loop);
    arena_destroy(&arena);
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* ---- what front asks ---- */

static void ask_login(int64_t handle, const char *door, struct str with)
{
    struct message_login ask = {.handle = handle,
                                .member = MEMBER,
                                .address = address,
                                .password = with,
                                .second = STR(""),
                                .remote = STR("192.0.2.1"),
                                .door = str_of(door),
                                .device = STR("test"),
                                .is_secure = true};
    assert_int_equal(message_send(front.channel, MESSAGE_LOGIN, &ask, -1), OK);
}

static struct message_login_answer login(const char *door, struct str with)
{
    ask_login(5, door, with);
    struct seen seen = next(&front);
    assert_int_equal(seen.kind, MESSAGE_LOGIN_ANSWER);
    assert_int_equal(seen.login.handle, 5);
    return seen.login;
}

static struct message_login_answer renew(struct str ticket, int64_t member)
{
    struct message_renew ask = {.handle = 6, .member = member, .ticket = ticket};
    assert_int_equal(message_send(front.channel, MESSAGE_RENEW, &ask, -1), OK);
    return next(&front).login;
}

static struct message_login_answer cookie(struct str token)
{
    struct message_cookie ask = {.handle = 7, .member = MEMBER, .token = token, .remote = STR("192.0.2.1")};
    assert_int_equal(message_send(front.channel, MESSAGE_COOKIE, &ask, -1), OK);
    return next(&front).login;
}

static void an_application_password_opens_mail(void **state)
{
    (void)state;
    struct ticket ticket;
    struct message_login_answer answer = login("imap", application);
    assert_int_equal(answer.status, OK);
    assert_int_equal(ticket_open(answer.ticket, key, MEMBER, clock_now(), &ticket), OK);
    assert_int_equal(ticket.person, PERSON);
    assert_int_equal(ticket.session, answer.session);
    assert_int_equal(ticket.expires.ms, answer.expires_ms);
    assert_int_equal(ticket.rights, PERMISSION_SELF);
    assert_int_equal(ticket_open(answer.ticket, other_key, MEMBER, clock_now(), &ticket), DENIED);
}

static void the_account_password_goes_through_the_hasher(void **state)
{
    (void)state;
    assert_int_equal(login("imap", password).status, OK);
    struct message_login_answer web = login("web", password);
    assert_int_equal(web.status, OK);
    assert_int_equal(web.token.len, AUTH_TOKEN_TEXT_MAX);
    assert_int_equal(cookie(web.token).status, OK);
    assert_int_equal(cookie(STR("no such token")).status, DENIED);
}

/* A town that has opted out of mail: told to who knows the password, and pages go on. */
static void without_mail_no_mail_program_is_let_in(void **state)
{
    (void)state;
    services_on = 0;
    tell_member(MEMBER, "beauval", key);
    const struct str right[] = {password, application};
    for (size_t i = 0; i < 2; i++) {
        struct message_login_answer answer = login(i == 0 ? "imap" : "submission", right[i]);
        assert_int_equal(answer.status, DENIED);
        assert_true(str_eq(answer.code, STR("mail.closed")));
        assert_int_equal(answer.ticket.len, 0);
    }
    assert_true(str_eq(login("imap", STR("not the password")).code, STR("auth.refused")));
    assert_int_equal(login("web", password).status, OK);
    services_on = INT64_MAX;
    tell_member(MEMBER, "beauval", key);
    assert_int_equal(login("imap", application).status, OK);
}

static void a_wrong_password_is_refused_late_and_later(void **state)
{
    (void)state;
    int64_t took_ms[3];
    for (int i = 0; i < 3; i++) {
        int64_t from_ms = clock_monotonic_ms();
        struct message_login_answer answer = login("imap", STR("not the password"));
        assert_int_equal(answer.status, DENIED);
        assert_true(str_eq(answer.code, STR("auth.refused")));
        assert_int_equal(answer.ticket.len, 0);
        took_ms[i] = clock_monotonic_ms() - from_ms;
    }
    assert_true(took_ms[0] >= 240 && took_ms[1] >= 490 && took_ms[2] >= 990);
    int64_t from_ms = clock_monotonic_ms();
    assert_int_equal(login("imap", application).status, OK); /* a right one is never held back */
    assert_true(clock_monotonic_ms() - from_ms < 240);
}

static void a_ticket_is_renewed_while_its_session_is_open(void **state)
{
    (void)state;
    struct message_login_answer first = login("imap", application);
    struct str ticket = str_copy(arena, first.ticket), forged = str_copy(arena, first.ticket);
    assert_int_equal(renew(ticket, MEMBER).status, OK);
    assert_int_equal(renew(ticket, 2).status, DENIED); /* the same ticket for another member */
    assert_int_equal(renew(ticket, 99).status, DENIED);
    ((char *)(uintptr_t)forged.at)[40] ^= 1;
    assert_int_equal(renew(forged, MEMBER).status, DENIED);
    assert_int_equal(renew(STR(""), MEMBER).status, DENIED);
}

static void suspend(void)
{
    struct message_person_put put = {
        .handle = 9, .person = PERSON, .role = ROLE_AGENT, .address = address, .language = STR("fr")};
    assert_int_equal(message_send(town.channel, MESSAGE_PERSON_PUT, &put, -1), OK);
}

static void suspending_ends_sessions_at_once(void **state)
{
    (void)state;
    struct message_login_answer answer = login("imap", application);
    struct str ticket = str_copy(arena, answer.ticket);
    suspend();
    struct seen ended = next(&town), done = next(&town);
    assert_int_equal(ended.kind, MESSAGE_SESSION_ENDED);
    assert_int_equal(ended.ended.session, answer.session);
    assert_int_equal(done.kind, MESSAGE_PERSON_DONE);
    assert_int_equal(done.done.handle, 9);
    assert_int_equal(done.done.status, OK);
    assert_int_equal(renew(ticket, MEMBER).status, GONE);
    assert_int_equal(login("imap", application).status, DENIED);
    /* A town that starts anew is told again, then that this was all. */
    channel_destroy(town.channel);
    connect_end(&town, ROLE_TOWN, MEMBER);
    assert_int_equal(next(&town).ended.session, answer.session);
    assert_int_equal(next(&town).ended.session, 0);
}

/* A town speaks for its own people alone: its channel says which they are. */
static void a_town_makes_people_and_codes(void **state)
{
    (void)state;
    struct buf code BUF_SCOPE = BUF_INIT(64);
    unsigned char hash[AUTH_CODE_HASH_BYTES];
    auth_code_make(&code, entropy_fill);
    assert_int_equal(auth_code_hash(buf_str(&code), hash), OK);
    struct message_person_put put = {.handle = 1,
                                     .person = 8,
                                     .role = ROLE_ADMINISTRATOR,
                                     .address = STR("administration@beauval.example"),
                                     .language = STR(""),
                                     .is_active = true};
    struct message_invite invite = {.handle = 2,
                                    .person = 8,
                                    .ends_ms = clock_now().ms + 2 * AUTH_INVITATION_MIN_MS,
                                    .hash = {(const char *)hash, sizeof hash}};
    assert_int_equal(message_send(town.channel, MESSAGE_PERSON_PUT, &put, -1), OK);
    assert_int_equal(message_send(town.channel, MESSAGE_INVITE, &invite, -1), OK);
    assert_int_equal(next(&town).done.status, OK);
    assert_int_equal(next(&town).done.status, OK);
    invite.person = 1234;
    assert_int_equal(message_send(town.channel, MESSAGE_INVITE, &invite, -1), OK);
    assert_int_equal(next(&town).done.status, NOT_FOUND);
    put.address = address; /* somebody else's */
    put.handle = 3;
    assert_int_equal(message_send(town.channel, MESSAGE_PERSON_PUT, &put, -1), OK);
    assert_int_equal(next(&town).done.status, CONFLICT);
}

static void without_a_hasher_the_answer_is_not_now(void **state)
{
    (void)state;
    channel_destroy(hasher_parent.channel);
    assert_int_equal(end_of(hasher_pid), 0);
    ask_login(1, "imap", password); /* waits, in the queue */
    assert_quiet(&front, 300);
    for (int i = 0; i < 100; i++)
        ask_login(2 + i, "imap", password); /* the last is more than one client may have waiting */
    struct seen busy = next(&front);
    assert_int_equal(busy.login.status, BUSY);
    assert_int_equal(busy.login.handle, 101);
    assert_quiet(&front, 100);
    assert_int_equal(login("imap", application).status, OK); /* needs no hasher */
    run_hasher(&hasher_parent, &hasher_pid);
    assert_int_equal(next(&hasher_parent).kind, MESSAGE_READY);
    connect_hasher();
    for (int i = 0; i < 100; i++)
        assert_int_equal(next(&front).login.status, OK);
}

/* Another front gives the same numbers to others: it must not hear what the first one asked. */
static void a_new_front_hears_nothing_old(void **state)
{
    (void)state;
    ask_login(1, "imap", STR("wrong"));
    ask_login(2, "imap", password);
    assert_quiet(&front, 20);
    channel_destroy(front.channel);
    connect_end(&front, ROLE_FRONT, 0);
    assert_quiet(&front, 1000);
    assert_int_equal(login("imap", application).status, OK);
}

static struct message_web_answer ask_page(int64_t method, const char *path, const char *body, struct str ticket)
{
    struct message_web ask = {.handle = 3,
                              .member = MEMBER,
                              .method = method,
                              .path = str_of(path),
                              .query = STR(""),
                              .content_type = STR("application/x-www-form-urlencoded"),
                              .accept_language = STR("en"),
                              .remote = STR("192.0.2.1"),
                              .device = STR("browser"),
                              .host = STR("beauval.localhost"),
                              .trace = STR("t"),
                              .ticket = ticket,
                              .size = (int64_t)strlen(body),
                              .body = str_of(body)};
    assert_int_equal(message_send(front.channel, MESSAGE_WEB, &ask, -1), OK);
    struct seen seen = next(&front);
    assert_int_equal(seen.kind, MESSAGE_WEB_ANSWER);
    assert_int_equal(seen.web.handle, 3);
    return seen.web;
}

static void a_page_nobody_has_is_not_found(void **state)
{
    (void)state;
    assert_int_equal(ask_page(WEB_GET, "/no-such-page", "", STR("not a ticket")).code, 404);
}

/* Front does not let it come so far; a front that does is answered too, since auth is everybody's. */
static void a_form_that_is_too_large_is_refused(void **state)
{
    (void)state;
    int fd;
    struct str body = {calloc(1, WEB_FORM_MAX + 1), WEB_FORM_MAX + 1};
    assert_non_null(body.at);
    struct message_web ask = {.handle = 3, .member = MEMBER, .method = WEB_POST, .path = STR("/sign-in"),
                              .query = STR(""),
                              .content_type = STR("application/x-www-form-urlencoded"), .accept_language = STR("en"),
                              .remote = STR("192.0.2.1"), .device = STR(""), .host = STR("beauval.localhost"),
                              .trace = STR("t"), .ticket = STR(""), .size = (int64_t)body.len};
    assert_int_equal(file_memory(body, &fd), OK);
    assert_int_equal(message_send(front.channel, MESSAGE_WEB, &ask, fd), OK);
    struct seen seen = next(&front);
    assert_int_equal(seen.kind, MESSAGE_WEB_ANSWER);
    assert_int_equal(seen.web.code, 413);
    free((char *)(uintptr_t)body.at);
    assert_int_equal(ask_page(WEB_GET, "/sign-in", "", STR("")).code, 200);
}

/* The handler asks for a hash, is undone, and is called again with it. */
static void a_page_signs_in_with_the_hashers_help(void **state)
{
    (void)state;
    int64_t from_ms = clock_monotonic_ms();
    struct message_web_answer wrong =
        ask_page(WEB_POST, "/sign-in", "login=accueil%40beauval.example&password=another+long+one", STR(""));
    assert_int_equal(wrong.code, 422);
    assert_true(str_is_absent(wrong.set_cookie));
    assert_true(clock_monotonic_ms() - from_ms >= 240);
    struct message_web_answer right =
        ask_page(WEB_POST, "/sign-in", "login=accueil%40beauval.example&password=une+longue+phrase", STR(""));
    assert_int_equal(right.code, 303);
    assert_int_equal(right.set_cookie.len, AUTH_TOKEN_TEXT_MAX);
    assert_int_equal(cookie(str_copy(arena, right.set_cookie)).status, OK);
}

static struct ticket signed_in(struct str *ret_sealed)
{
    struct ticket ticket;
    struct message_login_answer answer = login("web", password);
    assert_int_equal(answer.status, OK);
    *ret_sealed = str_copy(arena, answer.ticket);
    assert_int_equal(ticket_open(*ret_sealed, key, MEMBER, clock_now(), &ticket), OK);
    return ticket;
}

/* Two pieces of work for one page; other sessions end with the change, this one stays. */
static void changing_the_password_takes_two_hashes(void **state)
{
    (void)state;
    struct str here, there;
    struct ticket of_here = signed_in(&here), of_there = signed_in(&there);
    struct str form = str_format(arena,
                                 "form_token=%.*s&old=une+longue+phrase&new=une+autre+phrase&again=une+autre+phrase",
                                 STR_ARG(of_here.form_token));
    struct str forged = str_format(arena, "form_token=x&old=une+longue+phrase&new=une+autre+phrase");
    assert_int_equal(ask_page(WEB_POST, "/account/password", forged.at, here).code, 403);
    struct message_web_answer answer = ask_page(WEB_POST, "/account/password", form.at, here);
    assert_int_equal(answer.code, 303);
    struct seen ended = next(&town);
    assert_int_equal(ended.ended.session, of_there.session);
    assert_int_equal(renew(there, MEMBER).status, GONE);
    assert_int_equal(renew(here, MEMBER).status, OK);
    assert_int_equal(login("web", STR("une autre phrase")).status, OK);
}

/* A ticket says what was true when it was made; auth asks its rows. */
static void a_page_of_an_ended_session_is_nobodys(void **state)
{
    (void)state;
    struct str sealed;
    signed_in(&sealed);
    assert_int_equal(ask_page(WEB_GET, "/account", "", sealed).code, 200);
    suspend();
    assert_int_equal(next(&town).kind, MESSAGE_SESSION_ENDED);
    assert_int_equal(next(&town).kind, MESSAGE_SESSION_ENDED); /* the application password */
    assert_int_equal(next(&town).done.status, OK);
    assert_int_equal(ask_page(WEB_GET, "/account", "", sealed).code, 303);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(an_application_password_opens_mail),
        CASE(the_account_password_goes_through_the_hasher),
        CASE(without_mail_no_mail_program_is_let_in),
        CASE(a_wrong_password_is_refused_late_and_later),
        CASE(a_ticket_is_renewed_while_its_session_is_open),
        CASE(suspending_ends_sessions_at_once),
        CASE(a_town_makes_people_and_codes),
        CASE(without_a_hasher_the_answer_is_not_now),
        CASE(a_new_front_hears_nothing_old),
        CASE(a_page_nobody_has_is_not_found),
        CASE(a_form_that_is_too_large_is_refused),
        CASE(a_page_signs_in_with_the_hashers_help),
        CASE(changing_the_password_takes_two_hashes),
        CASE(a_page_of_an_ended_session_is_nobodys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
