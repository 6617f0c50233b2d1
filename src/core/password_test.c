#include "core/password.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct password_cost cheap = {64, 1};
static const unsigned char salt[PASSWORD_SALT_BYTES] = "0123456789abcdef";

static void a_verifier_knows_its_password(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(PASSWORD_VERIFIER_MAX);
    (void)state;
    assert_int_equal(password_hash(&out, cheap, STR("une phrase assez longue"), salt), OK);
    assert_true(str_starts(buf_str(&out), STR("$argon2id$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$")));
    assert_true(password_check(STR("une phrase assez longue"), buf_str(&out)));
    assert_false(password_check(STR("une phrase assez longu"), buf_str(&out)));
    assert_false(password_check(STR(""), buf_str(&out)));
    assert_false(password_check(STR_NONE, buf_str(&out)));
}

static void nothing_opens_an_empty_or_broken_verifier(void **state)
{
    char long_text[PASSWORD_VERIFIER_MAX + 1];
    (void)state;
    memset(long_text, 'a', sizeof long_text);
    assert_false(password_check(STR(""), STR("")));
    assert_false(password_check(STR(""), STR_NONE));
    assert_false(password_check(STR("x"), STR("$argon2id$v=19$m=64")));
    assert_false(password_check(STR("x"), (struct str){long_text, sizeof long_text}));
}

static void a_blank_verifier_fits_no_password(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(PASSWORD_VERIFIER_MAX);
    (void)state;
    password_blank(&out, cheap, salt);
    assert_int_equal(buf_status(&out), OK);
    assert_false(password_check(STR(""), buf_str(&out)));
    assert_false(password_check(STR("une phrase assez longue"), buf_str(&out)));
}

static void cost_and_length_have_bounds(void **state)
{
    static char long_text[PASSWORD_MAX + 1];
    struct buf out BUF_SCOPE = BUF_INIT(PASSWORD_VERIFIER_MAX);
    (void)state;
    memset(long_text, 'a', sizeof long_text);
    assert_int_equal(password_hash(&out, cheap, (struct str){long_text, PASSWORD_MAX}, salt), OK);
    assert_int_equal(password_hash(&out, cheap, (struct str){long_text, PASSWORD_MAX + 1}, salt), INVALID);
    assert_int_equal(password_hash(&out, (struct password_cost){PASSWORD_MEMORY_MAX_KIB + 1, 1}, STR("x"), salt),
                     INVALID);
    assert_int_equal(password_hash(&out, (struct password_cost){64, PASSWORD_PASSES_MAX + 1}, STR("x"), salt), INVALID);
}

static void a_choice_is_refused_when_short_or_the_address(void **state)
{
    (void)state;
    assert_int_equal(password_acceptable(STR("onze signes"), STR("a@beauval.example")), INVALID);
    assert_int_equal(password_acceptable(STR("douze signes"), STR("a@beauval.example")), OK);
    assert_int_equal(password_acceptable(STR("éééééééééééé"), STR("a@beauval.example")), OK);
    assert_int_equal(password_acceptable(STR("A@Beauval.example"), STR("a@beauval.example")), INVALID);
    assert_int_equal(password_acceptable(STR("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"), STR("a")), INVALID);
}

/* A clock for tests: each question takes the next step. */
static int64_t clock_steps[20];
static size_t clock_at;
static int64_t clock_next(void)
{
    static int64_t now;
    now += clock_steps[clock_at++];
    return now;
}

static void calibration_stays_within_bounds(void **state)
{
    (void)state;
    clock_at = 0;
    memcpy(clock_steps, (int64_t[20]){0, 50}, sizeof clock_steps);
    struct password_cost cost = password_calibrate(clock_next);
    assert_int_equal(cost.memory_kib, PASSWORD_MEMORY_MAX_KIB);
    assert_int_equal(cost.passes, 2);
    clock_at = 0;
    memcpy(clock_steps, (int64_t[20]){0, 900, 0, 450, 0, 200}, sizeof clock_steps);
    cost = password_calibrate(clock_next);
    assert_int_equal(cost.memory_kib, 32 << 10);
    assert_int_equal(cost.passes, 2);
    clock_at = 0;
    memcpy(clock_steps, (int64_t[20]){0, 0}, sizeof clock_steps);
    assert_int_equal(password_calibrate(clock_next).passes, PASSWORD_PASSES_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_verifier_knows_its_password),
        cmocka_unit_test(nothing_opens_an_empty_or_broken_verifier),
        cmocka_unit_test(a_blank_verifier_fits_no_password),
        cmocka_unit_test(cost_and_length_have_bounds),
        cmocka_unit_test(a_choice_is_refused_when_short_or_the_address),
        cmocka_unit_test(calibration_stays_within_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
