#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/config.h"

static void a_later_line_replaces_an_earlier_one(void **state)
{
    (void)state;
    struct config config;
    int line;
    assert_int_equal(
        config_parse(STR("# mail\nlisten.lmtp = 127.0.0.1:1\n\n listen.lmtp=127.0.0.1:2 \n"), &config, &line), OK);
    assert_true(str_eq(config.values[SETTING_LISTEN_LMTP], STR("127.0.0.1:2")));
    assert_true(str_eq(config.values[SETTING_LISTEN_SMTP], str_of(setting_default(SETTING_LISTEN_SMTP))));
}

static void a_mistake_is_refused_with_its_line(void **state)
{
    (void)state;
    struct config config;
    int line = 0;
    assert_int_equal(config_parse(STR("\nlisten.lmpt = 127.0.0.1:1\n"), &config, &line), INVALID);
    assert_int_equal(line, 2);
    assert_int_equal(config_parse(STR("hostname\n"), &config, &line), INVALID);
    assert_int_equal(config_parse(STR("hostname =\n"), &config, &line), INVALID);
    assert_int_equal(line, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_line_replaces_an_earlier_one),
        cmocka_unit_test(a_mistake_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
