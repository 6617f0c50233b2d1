/* What follows a sign-in: sessions, application passwords, invitations, entrances under a mandate. */
#include "core/test_auth.h"

#include "core/auth_entry.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
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
