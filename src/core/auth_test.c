/* Who signs in: passwords, second factors, and what guessing costs. */
#include "core/test_auth.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
