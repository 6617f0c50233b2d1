#include "core/auth_entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/seeded.h"
#include "core/totp.h"
#include "db/db.h"
#include "migrations.h"

/* One member's auth.db in memory, a clock that stands, and repeatable chance. */
static struct seeded chance;
static void draw(void *into, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((unsigned char *)into)[i] = (unsigned char)seeded_next(&chance);
}

static struct auth auth = {.key = "0123456789abcdef0123456789abcde", .cost = {64, 1}, .member = 7, .entropy = draw};
static struct ctx ctx;

static int open_house(void **state)
{
    struct str refusal;
    struct migrate_plan plan = {
        .database = DATABASE_AUTH, .sets = migration_sets, .set_count = MIGRATION_SET_COUNT, .now = {0}};
    (void)state;
    chance.state = 42;
    ctx = (struct ctx){.arena = arena_create(8 << 20), .auth = &auth, .now = {INT64_C(1790000000000)}};
    assert_int_equal(db_open("", DB_MEMORY, &ctx.db), OK);
    assert_int_equal(migrate(ctx.db, ctx.arena, &plan, &refusal), OK);
    assert_int_equal(db_begin(ctx.db), OK);
    struct auth_person person = {1, STR("accueil@beauval.example"), ROLE_AGENT, true, STR("")};
    assert_int_equal(auth_person_put(&ctx, &person), OK);
    person = (struct auth_person){2, STR("dg@beauval.example"), ROLE_ADMINISTRATOR, true, STR("")};
    assert_int_equal(auth_person_put(&ctx, &person), OK);
    return 0;
}

static int close_house(void **state)
{
    (void)state;
    db_rollback(ctx.db);
    db_close(ctx.db);
    arena_destroy(&ctx.arena);
    return 0;
}

static void set_password(int64_t person, struct str password)
{
    char verifier[PASSWORD_VERIFIER_MAX + 1];
    struct buf out BUF_SCOPE = BUF_INIT(PASSWORD_VERIFIER_MAX);
    assert_int_equal(password_hash(&out, auth.cost, password, (const unsigned char *)"abcdefghijklmnop"), OK);
    memcpy(verifier, out.at, out.len);
    assert_int_equal(auth_set_password(&ctx, person, (struct str){verifier, out.len}, 0, false), OK);
}

static struct auth_try try_of(enum auth_door door, struct str address, struct str password)
{
    return (struct auth_try){door, address, password, STR("192.0.2.7"), STR("Firefox")};
}

/* Both halves, with the hasher's work between them. */
static struct auth_answer login(struct auth_try try)
{
    struct auth_answer answer = {0};
    assert_int_equal(auth_login_begin(&ctx, &try, &answer), OK);
    if (answer.outcome == AUTH_CHECK)
        assert_int_equal(auth_login_end(&ctx, &try, password_check(try.password, answer.verifier), &answer), OK);
    return answer;
}

static struct auth_answer login_web(struct str password)
{
    return login(try_of(AUTH_WEB, STR("accueil@beauval.example"), password));
}

#define GOOD STR("un mot de passe long")

static void a_right_password_opens_a_session(void **state)
{
    struct ticket ticket;
    (void)state;
    set_password(1, GOOD);
    struct auth_answer answer = login(try_of(AUTH_WEB, STR("Accueil@Beauval.example"), GOOD));
    assert_int_equal(answer.outcome, AUTH_ALLOWED);
    assert_int_equal(answer.delay_ms, 0);
    assert_int_equal(answer.token.len, AUTH_TOKEN_TEXT_MAX);
    assert_int_equal(auth_ticket(&ctx, answer.token, STR("192.0.2.7"), &ticket), OK);
    assert_int_equal(ticket.member, 7);
    assert_int_equal(ticket.person, 1);
    assert_int_equal(ticket.rights, PERMISSION_SELF);
    assert_int_equal(ticket.expires.ms, ctx.now.ms + TICKET_LIFE_MS);
    assert_true(str_eq(ticket.address, STR("accueil@beauval.example")));
    assert_true(ticket.form_token.len >= 20);
}

static void unknown_suspended_and_wrong_answer_alike(void **state)
{
    struct auth_answer answers[4];
    size_t length = 0;
    struct auth_person person = {2, STR("dg@beauval.example"), ROLE_ADMINISTRATOR, false, STR("")};
    (void)state;
    set_password(1, GOOD);
    set_password(2, GOOD);
    assert_int_equal(auth_person_put(&ctx, &person), OK);
    person = (struct auth_person){3, STR("st@beauval.example"), ROLE_AGENT, true, STR("")};
    assert_int_equal(auth_person_put(&ctx, &person), OK); /* no password yet */
    const struct str addresses[] = {STR("accueil@beauval.example"), STR("dg@beauval.example"),
                                    STR("personne@beauval.example"), STR("st@beauval.example")};
    for (size_t i = 0; i < 4; i++) {
        struct auth_try try = try_of(AUTH_WEB, addresses[i], i == 0 ? STR("faux") : GOOD);
        assert_int_equal(auth_login_begin(&ctx, &try, &answers[i]), OK);
        /* The same work for each: a verifier of the same cost. */
        assert_int_equal(answers[i].outcome, AUTH_CHECK);
        assert_true(str_starts(answers[i].verifier, STR("$argon2id$v=19$m=64,t=1,p=1$")));
        length = i == 0 ? answers[i].verifier.len : length;
        assert_int_equal(answers[i].verifier.len, length);
        answers[i] = login(try);
        assert_int_equal(answers[i].outcome, AUTH_REFUSED);
        assert_int_equal(answers[i].delay_ms, answers[0].delay_ms);
        assert_int_equal(answers[i].token.len, 0);
    }
}

static void failures_slow_down_and_success_never_waits(void **state)
{
    int64_t before = 0;
    (void)state;
    set_password(1, GOOD);
    for (int i = 0; i < 8; i++) {
        struct auth_answer answer = login_web(STR("faux"));
        assert_int_equal(answer.outcome, AUTH_REFUSED);
        assert_true(answer.delay_ms > before || answer.delay_ms == AUTH_DELAY_MAX_MS);
        before = answer.delay_ms;
    }
    assert_true(before <= AUTH_DELAY_MAX_MS);
    struct auth_answer answer = login_web(GOOD);
    assert_int_equal(answer.outcome, AUTH_ALLOWED);
    assert_int_equal(answer.delay_ms, 0);
    /* They fade, and a clock set back does not help. */
    ctx.now.ms -= INT64_C(10) * AUTH_FADE_MS;
    assert_int_equal(login_web(STR("faux")).delay_ms, AUTH_DELAY_MAX_MS);
    ctx.now.ms += INT64_C(100) * AUTH_FADE_MS;
    assert_true(login_web(STR("faux")).delay_ms < 1000);
}

static void a_siege_shuts_out_strangers_not_familiar_places(void **state)
{
    (void)state;
    set_password(1, GOOD);
    assert_int_equal(login_web(GOOD).outcome, AUTH_ALLOWED);
    struct auth_try try = try_of(AUTH_WEB, STR("accueil@beauval.example"), STR("faux"));
    try.remote = STR("198.51.100.1");
    for (int i = 0; i < AUTH_ACCOUNT_FAILURES_MAX; i++)
        assert_int_equal(login(try).outcome, AUTH_REFUSED);
    assert_int_equal(login(try).outcome, AUTH_TOO_MANY);
    try.password = GOOD;
    assert_int_equal(login(try).outcome, AUTH_TOO_MANY);
    assert_int_equal(login_web(GOOD).outcome, AUTH_ALLOWED);
}

static void one_place_that_tries_everybody_is_shut_out(void **state)
{
    char address[40];
    struct auth_answer answer = {0};
    (void)state;
    set_password(1, GOOD);
    for (int i = 0; i <= AUTH_REMOTE_FAILURES_MAX; i++) {
        snprintf(address, sizeof address, "essai%d@beauval.example", i);
        answer = login(try_of(AUTH_WEB, str_of(address), STR("faux")));
    }
    assert_int_equal(answer.outcome, AUTH_TOO_MANY);
    assert_int_equal(login_web(GOOD).outcome, AUTH_TOO_MANY);
}

/* A client of IPv6 has 2^64 addresses to try from. */
static void a_network_is_one_place(void **state)
{
    char address[40], remote[40];
    struct auth_answer answer = {0};
    (void)state;
    set_password(1, GOOD);
    for (int i = 0; i <= AUTH_REMOTE_FAILURES_MAX; i++) {
        snprintf(address, sizeof address, "essai%d@beauval.example", i);
        snprintf(remote, sizeof remote, "2001:db8:0:1::%x", i + 1);
        struct auth_try try = try_of(AUTH_WEB, str_of(address), STR("faux"));
        try.remote = str_of(remote);
        answer = login(try);
    }
    assert_int_equal(answer.outcome, AUTH_TOO_MANY);
    struct auth_try other = try_of(AUTH_WEB, STR("accueil@beauval.example"), GOOD);
    other.remote = STR("2001:db8:0:2::1");
    assert_int_equal(login(other).outcome, AUTH_ALLOWED);
    other.password = STR("faux");
    for (int i = 0; i < AUTH_ACCOUNT_FAILURES_MAX; i++)
        assert_int_not_equal(login(other).outcome, AUTH_ALLOWED);
    other.password = GOOD;
    other.remote = STR("2001:db8:0:2:a:b:c:d"); /* the same machine, tomorrow */
    assert_int_equal(login(other).outcome, AUTH_ALLOWED);
}

static struct str code_now(struct str secret, char text[8])
{
    snprintf(text, 8, "%06d", totp_code(secret, totp_step(ctx.now)) % 1000000);
    return (struct str){text, 6};
}

static struct str second_on(struct str codes[AUTH_RECOVERY_CODES])
{
    char text[8];
    struct str secret;
    assert_int_equal(auth_second_start(&ctx, 1, &secret), OK);
    assert_int_equal(auth_second_confirm(&ctx, 1, STR("12345"), codes), DENIED);
    assert_int_equal(auth_second_confirm(&ctx, 1, code_now(secret, text), codes), OK);
    assert_int_equal(auth_second_start(&ctx, 1, &secret), CONFLICT);
    ctx.now.ms += 10 * TOTP_STEP_MS;
    return secret;
}

static void the_second_factor_stands_between(void **state)
{
    char text[8];
    struct ticket ticket;
    struct auth_answer answer;
    struct str codes[AUTH_RECOVERY_CODES];
    (void)state;
    set_password(1, GOOD);
    struct str secret = second_on(codes);
    struct auth_answer waiting = login_web(GOOD);
    assert_int_equal(waiting.outcome, AUTH_SECOND);
    /* The waiting session is nobody. */
    assert_int_equal(auth_ticket(&ctx, waiting.token, STR("192.0.2.7"), &ticket), OK);
    assert_int_equal(ticket.person, 0);
    assert_int_equal(ticket.rights, PERMISSION_NONE);
    struct auth_try try = try_of(AUTH_WEB, STR(""), STR(""));
    assert_int_equal(auth_login_second(&ctx, ticket.session, &try, STR("000000"), &answer), OK);
    assert_int_equal(answer.outcome, AUTH_REFUSED);
    assert_int_equal(auth_login_second(&ctx, ticket.session, &try, code_now(secret, text), &answer), OK);
    assert_int_equal(answer.outcome, AUTH_ALLOWED);
    /* A new token; the old one is dead, and cannot be used again. */
    assert_false(str_eq(answer.token, waiting.token));
    assert_int_equal(auth_ticket(&ctx, waiting.token, STR("192.0.2.7"), &ticket), GONE);
    assert_int_equal(auth_login_second(&ctx, waiting.session, &try, code_now(secret, text), &answer), GONE);
}

static void a_code_and_a_recovery_code_work_once(void **state)
{
    char text[8];
    struct auth_answer answer;
    struct str codes[AUTH_RECOVERY_CODES];
    int64_t left;
    (void)state;
    set_password(1, GOOD);
    struct str secret = second_on(codes);
    struct auth_try try = try_of(AUTH_WEB, STR(""), STR(""));
    const struct str tries[] = {code_now(secret, text), codes[3]};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(auth_login_second(&ctx, login_web(GOOD).session, &try, tries[i], &answer), OK);
        assert_int_equal(answer.outcome, AUTH_ALLOWED);
        assert_int_equal(auth_login_second(&ctx, login_web(GOOD).session, &try, tries[i], &answer), OK);
        assert_int_equal(answer.outcome, AUTH_REFUSED);
    }
    assert_int_equal(auth_recovery_left(&ctx, 1, &left), OK);
    assert_int_equal(left, AUTH_RECOVERY_CODES - 1);
}

static void guessing_the_second_factor_stops(void **state)
{
    char text[8];
    struct auth_answer answer;
    struct str codes[AUTH_RECOVERY_CODES];
    (void)state;
    set_password(1, GOOD);
    struct str secret = second_on(codes);
    struct auth_try try = try_of(AUTH_WEB, STR(""), STR(""));
    for (int i = 0; i < AUTH_SECOND_FAILURES_MAX; i++) {
        assert_int_equal(auth_login_second(&ctx, login_web(GOOD).session, &try, STR("abcdef"), &answer), OK);
        assert_int_equal(answer.outcome, AUTH_REFUSED);
    }
    assert_int_equal(auth_login_second(&ctx, login_web(GOOD).session, &try, code_now(secret, text), &answer), OK);
    assert_int_equal(answer.outcome, AUTH_TOO_MANY);
}

static void guessing_ones_own_password_stops(void **state)
{
    int64_t delay_ms, before_ms = 0;
    bool may;
    (void)state;
    for (int i = 0; i < AUTH_SECOND_FAILURES_MAX; i++) {
        assert_int_equal(auth_again_allowed(&ctx, 1, &may), OK);
        assert_true(may);
        assert_int_equal(auth_again_failed(&ctx, 1, &delay_ms), OK);
        assert_true(delay_ms > before_ms || delay_ms == AUTH_DELAY_MAX_MS);
        before_ms = delay_ms;
    }
    assert_int_equal(auth_again_allowed(&ctx, 1, &may), OK);
    assert_false(may);
    assert_int_equal(auth_again_allowed(&ctx, 2, &may), OK);
    assert_true(may);
    ctx.now.ms += AUTH_FADE_MS;
    assert_int_equal(auth_again_allowed(&ctx, 1, &may), OK);
    assert_true(may);
}

static void sessions_are_listed_ended_and_told(void **state)
{
    struct ticket ticket;
    struct auth_session *sessions;
    int64_t *ended;
    size_t count;
    (void)state;
    set_password(1, GOOD);
    struct auth_answer first = login_web(GOOD), second = login_web(GOOD);
    assert_int_equal(auth_session_list(&ctx, 1, &sessions, &count), OK);
    assert_int_equal(count, 2);
    assert_true(str_eq(sessions[0].label, STR("Firefox")));
    assert_int_equal(auth_session_end(&ctx, 2, first.session), NOT_FOUND); /* not theirs */
    assert_int_equal(auth_session_end(&ctx, 1, first.session), OK);
    assert_int_equal(auth_session_end(&ctx, 1, first.session), NOT_FOUND);
    assert_int_equal(auth_ticket(&ctx, first.token, STR(""), &ticket), GONE);
    assert_int_equal(auth_ticket_renew(&ctx, first.session, &ticket), GONE);
    assert_int_equal(auth_ticket(&ctx, second.token, STR(""), &ticket), OK);
    assert_int_equal(auth_ended_since(&ctx, ctx.now, &ended, &count), OK);
    assert_int_equal(count, 1);
    assert_int_equal(ended[0], first.session);
    /* A new password ends what the old one opened. */
    set_password(1, STR("un autre mot de passe"));
    assert_int_equal(auth_ticket(&ctx, second.token, STR(""), &ticket), GONE);
}

static void sessions_grow_old(void **state)
{
    struct ticket ticket;
    (void)state;
    set_password(1, GOOD);
    struct auth_answer idle = login_web(GOOD), busy = login_web(GOOD);
    int64_t start = ctx.now.ms;
    for (; ctx.now.ms < start + AUTH_SESSION_LIFE_MS; ctx.now.ms += AUTH_SESSION_IDLE_MS / 2)
        assert_int_equal(auth_ticket(&ctx, busy.token, STR("192.0.2.9"), &ticket), OK);
    assert_int_equal(auth_ticket(&ctx, busy.token, STR(""), &ticket), GONE);
    ctx.now.ms = start + AUTH_SESSION_IDLE_MS;
    assert_int_equal(auth_ticket(&ctx, idle.token, STR(""), &ticket), GONE);
}

static void tokens_nobody_gave_are_denied(void **state)
{
    struct ticket ticket;
    (void)state;
    assert_int_equal(auth_ticket(&ctx, STR(""), STR(""), &ticket), DENIED);
    assert_int_equal(auth_ticket(&ctx, STR("AAAA"), STR(""), &ticket), DENIED);
    assert_int_equal(auth_ticket(&ctx, STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), STR(""), &ticket), DENIED);
    assert_int_equal(auth_ticket(&ctx, STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), STR(""), &ticket), DENIED);
    assert_int_equal(auth_ticket_renew(&ctx, 99, &ticket), GONE);
}

static void an_application_password_opens_mail_alone(void **state)
{
    struct str text;
    struct ticket ticket;
    struct auth_session *sessions;
    size_t count;
    (void)state;
    set_password(1, GOOD);
    assert_int_equal(auth_application_add(&ctx, 1, STR("Thunderbird du bureau"), &text), OK);
    assert_int_equal(text.len, 26 + 6);
    struct auth_answer answer = login(try_of(AUTH_MAIL, STR("accueil@beauval.example"), text));
    assert_int_equal(answer.outcome, AUTH_ALLOWED);
    assert_int_equal(auth_ticket_renew(&ctx, answer.session, &ticket), OK);
    assert_int_equal(ticket.rights, PERMISSION_SELF);
    assert_int_equal(ticket.form_token.len, 0);
    /* For its own account, by mail only. */
    assert_int_equal(login(try_of(AUTH_MAIL, STR("dg@beauval.example"), text)).outcome, AUTH_REFUSED);
    assert_int_equal(login_web(text).outcome, AUTH_REFUSED);
    assert_int_equal(auth_session_list(&ctx, 1, &sessions, &count), OK);
    assert_int_equal(sessions[0].kind, SESSION_APPLICATION);
    assert_int_equal(auth_session_end(&ctx, 1, sessions[0].id), OK);
    assert_int_equal(login(try_of(AUTH_MAIL, STR("accueil@beauval.example"), text)).outcome, AUTH_REFUSED);
}

static void application_passwords_have_bounds(void **state)
{
    static char label[AUTH_LABEL_MAX + 1];
    struct str text;
    (void)state;
    memset(label, 'a', sizeof label);
    assert_int_equal(auth_application_add(&ctx, 1, STR(""), &text), INVALID);
    assert_int_equal(auth_application_add(&ctx, 1, (struct str){label, sizeof label}, &text), INVALID);
    assert_int_equal(auth_application_add(&ctx, 1, STR("a\nb"), &text), INVALID);
    for (int i = 0; i < AUTH_APPLICATIONS_MAX; i++)
        assert_int_equal(auth_application_add(&ctx, 1, (struct str){label, AUTH_LABEL_MAX}, &text), OK);
    assert_int_equal(auth_application_add(&ctx, 1, STR("de trop"), &text), LIMIT);
}

static void the_account_password_opens_mail_only_where_allowed(void **state)
{
    struct ticket ticket;
    struct str codes[AUTH_RECOVERY_CODES];
    struct auth_try try = try_of(AUTH_MAIL, STR("accueil@beauval.example"), GOOD);
    (void)state;
    set_password(1, GOOD);
    assert_int_equal(login(try).outcome, AUTH_REFUSED); /* no, until the town says yes */
    assert_int_equal(auth_set_mail_password(&ctx, true), OK);
    struct auth_answer answer = login(try);
    assert_int_equal(answer.outcome, AUTH_ALLOWED);
    assert_int_equal(login(try).session, answer.session); /* one for all programs */
    assert_int_equal(auth_ticket_renew(&ctx, answer.session, &ticket), OK);
    second_on(codes);
    assert_int_equal(auth_ticket_renew(&ctx, answer.session, &ticket), GONE);
    assert_int_equal(login(try).outcome, AUTH_REFUSED);
}

static void a_verifier_changed_meanwhile_is_refused(void **state)
{
    struct auth_answer answer;
    struct auth_try try = try_of(AUTH_WEB, STR("accueil@beauval.example"), GOOD);
    (void)state;
    set_password(1, GOOD);
    assert_int_equal(auth_login_begin(&ctx, &try, &answer), OK);
    set_password(1, STR("un autre mot de passe"));
    assert_int_equal(auth_login_end(&ctx, &try, true, &answer), OK);
    assert_int_equal(answer.outcome, AUTH_REFUSED);
}

static void an_invitation_works_once_and_ends(void **state)
{
    unsigned char hash[AUTH_CODE_HASH_BYTES];
    struct buf code BUF_SCOPE = BUF_INIT(64);
    struct str bytes = {(const char *)hash, sizeof hash};
    struct instant ends = {ctx.now.ms + AUTH_INVITATION_MAX_MS};
    int64_t person = 0;
    (void)state;
    auth_code_make(&code, draw);
    assert_int_equal(auth_code_hash(buf_str(&code), hash), OK);
    assert_int_equal(auth_invite(&ctx, 1, bytes, (struct instant){ends.ms + 1}), INVALID);
    assert_int_equal(auth_invite(&ctx, 1, bytes, (struct instant){ctx.now.ms + 1}), INVALID);
    assert_int_equal(auth_invite(&ctx, 1, bytes, ends), OK);
    assert_int_equal(auth_invitation(&ctx, STR("ABCD-EFGH"), &person), NOT_FOUND);
    ctx.now.ms = ends.ms;
    assert_int_equal(auth_invitation(&ctx, buf_str(&code), &person), GONE);
    ctx.now.ms--;
    assert_int_equal(auth_accept(&ctx, buf_str(&code), STR("$argon2id$x"), &person), OK);
    assert_int_equal(person, 1);
    assert_int_equal(auth_accept(&ctx, buf_str(&code), STR("$argon2id$x"), &person), GONE);
}

static void a_suspended_person_is_out_at_once(void **state)
{
    struct ticket ticket;
    struct str text;
    struct auth_person person = {1, STR("accueil@beauval.example"), ROLE_AGENT, false, STR("")};
    (void)state;
    set_password(1, GOOD);
    assert_int_equal(auth_application_add(&ctx, 1, STR("Téléphone"), &text), OK);
    struct auth_answer answer = login_web(GOOD);
    assert_int_equal(auth_person_put(&ctx, &person), OK);
    assert_int_equal(auth_ticket(&ctx, answer.token, STR(""), &ticket), GONE);
    assert_int_equal(login(try_of(AUTH_MAIL, STR("accueil@beauval.example"), text)).outcome, AUTH_REFUSED);
    person.is_active = true;
    assert_int_equal(auth_person_put(&ctx, &person), OK);
    assert_int_equal(auth_ticket(&ctx, answer.token, STR(""), &ticket), GONE);
    person.person = 9;
    assert_int_equal(auth_person_put(&ctx, &person), CONFLICT);
}

static void an_entry_is_used_once_under_a_running_mandate(void **state)
{
    struct auth_entry entry;
    struct auth_answer answer;
    struct ticket ticket;
    struct str code, old;
    struct str operator = STR("exploitation@syndicat.example");
    struct auth_try from = try_of(AUTH_WEB, STR(""), STR(""));
    struct instant ends = {ctx.now.ms + 3600 * 1000};
    (void)state;
    assert_int_equal(auth_entry_make(&ctx, operator, &code), DENIED);
    assert_int_equal(auth_mandate_put(&ctx, 5, operator, ends), OK);
    assert_int_equal(auth_entry_make(&ctx, STR("autre@syndicat.example"), &code), DENIED);
    assert_int_equal(auth_entry_make(&ctx, operator, &code), OK);
    assert_int_equal(auth_entry_get(&ctx, code, &entry), OK);
    assert_int_equal(entry.mandate, 5);
    assert_int_equal(entry.ends.ms, ends.ms);
    assert_int_equal(auth_entry_use(&ctx, STR("nothing like it"), &from, &answer), GONE);
    assert_int_equal(auth_entry_use(&ctx, code, &from, &answer), OK);
    assert_int_equal(auth_ticket(&ctx, answer.token, STR("192.0.2.1"), &ticket), OK);
    assert_int_equal(ticket.mandate, 5);
    assert_int_equal(ticket.rights, PERMISSION_ADMINISTER);
    assert_int_equal(auth_entry_use(&ctx, code, &from, &answer), GONE); /* once */
    assert_int_equal(auth_entry_make(&ctx, operator, &old), OK);
    ctx.now.ms += AUTH_ENTRY_LIFE_MS;
    assert_int_equal(auth_entry_use(&ctx, old, &from, &answer), GONE); /* too late */
    assert_int_equal(auth_entry_make(&ctx, operator, &code), OK);
    assert_int_equal(auth_mandate_put(&ctx, 5, operator, ctx.now), OK);
    assert_int_equal(auth_entry_use(&ctx, code, &from, &answer), GONE); /* the mandate has ended */
    assert_int_equal(auth_ticket_renew(&ctx, ticket.session, &ticket), GONE);
}

static void what_an_administrator_ends_is_ended(void **state)
{
    struct str codes[AUTH_RECOVERY_CODES], application;
    struct auth_credential credential;
    struct auth_session *sessions;
    size_t count;
    (void)state;
    set_password(1, GOOD);
    second_on(codes);
    assert_int_equal(auth_application_add(&ctx, 1, STR("téléphone"), &application), OK);
    assert_int_equal(auth_person_do(&ctx, 1, AUTH_END_SESSIONS), OK);
    assert_int_equal(auth_session_list(&ctx, 1, &sessions, &count), OK);
    assert_int_equal(count, 0);
    assert_int_equal(auth_credential(&ctx, 1, &credential), OK);
    assert_true(credential.is_second_on && credential.verifier.len > 0);
    assert_int_equal(auth_person_do(&ctx, 1, AUTH_SECOND_OFF), OK);
    assert_int_equal(auth_credential(&ctx, 1, &credential), OK);
    assert_true(!credential.is_second_on && credential.verifier.len > 0);
    assert_int_equal(auth_person_do(&ctx, 999, AUTH_SECOND_OFF), NOT_FOUND);
}

static void a_mandate_gives_no_content_and_ends(void **state)
{
    struct ticket ticket;
    struct auth_answer answer;
    struct auth_try try = try_of(AUTH_WEB, STR("exploitation@syndicat.example"), STR(""));
    struct instant ends = {ctx.now.ms + 3600000};
    (void)state;
    assert_int_equal(auth_login_mandate(&ctx, &try, &answer), DENIED);
    assert_int_equal(auth_mandate_put(&ctx, 5, STR("exploitation@syndicat.example"), ends), OK);
    assert_int_equal(auth_login_mandate(&ctx, &try, &answer), OK);
    assert_int_equal(auth_ticket(&ctx, answer.token, STR(""), &ticket), OK);
    assert_int_equal(ticket.mandate, 5);
    assert_int_equal(ticket.person, 0);
    assert_int_equal(ticket.rights, PERMISSION_ADMINISTER);
    assert_int_equal(auth_mandate_put(&ctx, 5, STR("exploitation@syndicat.example"), ctx.now), OK);
    assert_int_equal(auth_ticket(&ctx, answer.token, STR(""), &ticket), GONE);
    assert_int_equal(auth_login_mandate(&ctx, &try, &answer), DENIED);
}

static void the_file_alone_tells_no_secret(void **state)
{
    struct ticket ticket;
    struct str codes[AUTH_RECOVERY_CODES], text;
    struct auth other = auth;
    (void)state;
    set_password(1, GOOD);
    assert_int_equal(auth_application_add(&ctx, 1, STR("Téléphone"), &text), OK);
    struct auth_answer answer = login_web(GOOD);
    second_on(codes);
    other.key[0] ^= 1;
    ctx.auth = &other;
    assert_int_equal(auth_ticket(&ctx, answer.token, STR(""), &ticket), DENIED);
    assert_int_equal(login(try_of(AUTH_MAIL, STR("accueil@beauval.example"), text)).outcome, AUTH_REFUSED);
    struct auth_try try = try_of(AUTH_WEB, STR(""), STR(""));
    assert_int_equal(auth_login_second(&ctx, login_web(GOOD).session, &try, STR("123456"), &answer), CORRUPT);
    ctx.auth = &auth;
}

static void sweeping_keeps_what_is_alive(void **state)
{
    struct ticket ticket;
    struct str text;
    (void)state;
    set_password(1, GOOD);
    assert_int_equal(auth_application_add(&ctx, 1, STR("Téléphone"), &text), OK);
    struct auth_answer answer = login_web(GOOD);
    assert_int_equal(auth_sweep(&ctx), OK);
    assert_int_equal(auth_ticket(&ctx, answer.token, STR(""), &ticket), OK);
    ctx.now.ms += INT64_C(60) * 86400000;
    assert_int_equal(auth_sweep(&ctx), OK);
    assert_int_equal(auth_ticket(&ctx, answer.token, STR(""), &ticket), DENIED);
    assert_int_equal(login(try_of(AUTH_MAIL, STR("accueil@beauval.example"), text)).outcome, AUTH_ALLOWED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_house, close_house)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_right_password_opens_a_session),
        TEST(unknown_suspended_and_wrong_answer_alike),
        TEST(failures_slow_down_and_success_never_waits),
        TEST(a_siege_shuts_out_strangers_not_familiar_places),
        TEST(one_place_that_tries_everybody_is_shut_out),
        TEST(a_network_is_one_place),
        TEST(the_second_factor_stands_between),
        TEST(a_code_and_a_recovery_code_work_once),
        TEST(guessing_the_second_factor_stops),
        TEST(guessing_ones_own_password_stops),
        TEST(sessions_are_listed_ended_and_told),
        TEST(sessions_grow_old),
        TEST(tokens_nobody_gave_are_denied),
        TEST(an_application_password_opens_mail_alone),
        TEST(application_passwords_have_bounds),
        TEST(the_account_password_opens_mail_only_where_allowed),
        TEST(a_verifier_changed_meanwhile_is_refused),
        TEST(an_invitation_works_once_and_ends),
        TEST(a_suspended_person_is_out_at_once),
        TEST(a_mandate_gives_no_content_and_ends),
        TEST(an_entry_is_used_once_under_a_running_mandate),
        TEST(what_an_administrator_ends_is_ended),
        TEST(the_file_alone_tells_no_secret),
        TEST(sweeping_keeps_what_is_alive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
