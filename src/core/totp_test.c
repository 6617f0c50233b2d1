#include "core/totp.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct str secret = STR_INIT("12345678901234567890");

/* RFC 6238 appendix B, SHA-1, the last six of its eight digits. */
static void the_vectors_of_the_rfc(void **state)
{
    static const struct {
        int64_t seconds;
        int32_t code;
    } vectors[] = {{59, 287082},        {1111111109, 81804},   {1111111111, 50471},
                   {1234567890, 5924},  {2000000000, 279037},  {20000000000, 353130}};
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
        assert_int_equal(totp_code(secret, totp_step((struct instant){vectors[i].seconds * 1000})), vectors[i].code);
}

static struct str code_at(char text[8], int64_t step)
{
    char all[16];
    snprintf(all, sizeof all, "%06d", totp_code(secret, step));
    memcpy(text, all, 7);
    return (struct str){text, 6};
}

static void one_step_of_drift_and_no_more(void **state)
{
    char text[8];
    int64_t step = 0;
    struct instant now = {1000 * (int64_t)TOTP_STEP_MS + 7};
    (void)state;
    for (int64_t drift = -1; drift <= 1; drift++) {
        assert_int_equal(totp_check(secret, code_at(text, 1000 + drift), now, 0, &step), OK);
        assert_int_equal(step, 1000 + drift);
    }
    assert_int_equal(totp_check(secret, code_at(text, 998), now, 0, &step), DENIED);
    assert_int_equal(totp_check(secret, code_at(text, 1002), now, 0, &step), DENIED);
}

static void a_code_is_taken_once(void **state)
{
    char text[8];
    int64_t step = 0;
    struct instant now = {1000 * (int64_t)TOTP_STEP_MS};
    (void)state;
    assert_int_equal(totp_check(secret, code_at(text, 1000), now, 999, &step), OK);
    assert_int_equal(totp_check(secret, code_at(text, 1000), now, 1000, &step), DENIED);
    /* The clock set back does not revive it. */
    now.ms -= TOTP_STEP_MS;
    assert_int_equal(totp_check(secret, code_at(text, 1000), now, 1000, &step), DENIED);
}

static void only_six_digits_are_a_code(void **state)
{
    int64_t step;
    char text[8], spaced[9];
    struct instant now = {1000 * (int64_t)TOTP_STEP_MS};
    (void)state;
    struct str code = code_at(text, 1000);
    snprintf(spaced, sizeof spaced, "%.3s %.3s", text, text + 3);
    assert_int_equal(totp_check(secret, STR(""), now, 0, &step), DENIED);
    assert_int_equal(totp_check(secret, STR_NONE, now, 0, &step), DENIED);
    assert_int_equal(totp_check(secret, str_slice(code, 0, 5), now, 0, &step), DENIED);
    assert_int_equal(totp_check(secret, STR("0000000000000000000000000"), now, 0, &step), DENIED);
    assert_int_equal(totp_check(secret, STR("12a456"), now, 0, &step), DENIED);
    assert_int_equal(totp_check(secret, str_of(spaced), now, 0, &step), OK);
}

static void the_address_for_a_telephone(void **state)
{
    struct buf out BUF_SCOPE = BUF_INIT(500);
    (void)state;
    totp_uri(&out, secret, STR("Mairie & Beauval"), STR("accueil@beauval.example"));
    assert_int_equal(buf_status(&out), OK);
    assert_true(str_eq(buf_str(&out), STR("otpauth://totp/Mairie%20%26%20Beauval:accueil%40beauval.example"
                                          "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Mairie%20%26%20Beauval")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_the_rfc),
        cmocka_unit_test(one_step_of_drift_and_no_more),
        cmocka_unit_test(a_code_is_taken_once),
        cmocka_unit_test(only_six_digits_are_a_code),
        cmocka_unit_test(the_address_for_a_telephone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
