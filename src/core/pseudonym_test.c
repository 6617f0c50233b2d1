#include "core/pseudonym.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool is_same(struct pseudonym one, struct pseudonym other)
{
    return str_eq(pseudonym_str(&one), pseudonym_str(&other));
}

static void the_same_text_is_told_by_one_key_alone(void **state)
{
    (void)state;
    unsigned char key[PSEUDONYM_KEY_BYTES], other[PSEUDONYM_KEY_BYTES];
    pseudonym_key(key);
    pseudonym_key(other);
    assert_memory_not_equal(key, other, sizeof key);
    assert_true(is_same(pseudonym_of(key, STR("192.0.2.1")), pseudonym_of(key, STR("192.0.2.1"))));
    assert_false(is_same(pseudonym_of(key, STR("192.0.2.1")), pseudonym_of(key, STR("192.0.2.2"))));
    assert_false(is_same(pseudonym_of(key, STR("192.0.2.1")), pseudonym_of(other, STR("192.0.2.1"))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_same_text_is_told_by_one_key_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
