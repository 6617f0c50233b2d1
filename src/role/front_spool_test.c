#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "os/file.h"
#include "role/front_spool.h"
#include "role/message.h"

enum { LARGE = 500000, STEP = 7001, TOTAL = 10 << 20 };

static int64_t total;
static const struct spool_room nobody;
static char *bytes;

/* What was lent is what was added. */
static void assert_lends(struct spool *spool, struct str wanted)
{
    struct str inline_body, mapped;
    int fd;
    assert_int_equal(spool_lend(spool, &inline_body, &fd), OK);
    assert_int_equal(spool_size(spool), wanted.len);
    assert_int_equal(fd >= 0, wanted.len > MESSAGE_INLINE_MAX);
    if (fd < 0) {
        assert_true(str_eq(inline_body, wanted));
        return;
    }
    assert_true(str_is_absent(inline_body));
    assert_int_equal(file_map(fd, LARGE, &mapped), OK); /* sealed, or it would not be mapped */
    assert_true(str_eq(mapped, wanted));
    file_unmap(mapped);
    file_close(&fd);
}

static void small_stays_in_memory_and_large_does_not(void **state)
{
    static const size_t sizes[] = {0, 1, MESSAGE_INLINE_MAX, MESSAGE_INLINE_MAX + 1, LARGE};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        for (size_t step = STEP; step <= LARGE; step += LARGE - STEP) {
            struct spool spool = spool_of(LARGE, (struct spool_room){&total, TOTAL}, nobody);
            struct str rest = {bytes, sizes[i]};
            for (; rest.len > 0; rest = str_after(rest, step))
                spool_add(&spool, str_slice(rest, 0, step));
            assert_lends(&spool, (struct str){bytes, sizes[i]});
            assert_lends(&spool, (struct str){bytes, sizes[i]}); /* to a second town */
            spool_finish(&spool);
            assert_int_equal(total, 0);
        }
}

static void one_byte_too_many_is_refused_for_good(void **state)
{
    (void)state;
    struct str inline_body;
    int fd;
    struct spool spool = spool_of(LARGE - 1, (struct spool_room){&total, TOTAL}, nobody);
    spool_add(&spool, (struct str){bytes, LARGE});
    assert_int_equal(spool.status, LIMIT);
    assert_int_equal(total, 0); /* its memory is given back at once */
    spool_add(&spool, STR("more"));
    assert_int_equal(spool_size(&spool), 0);
    assert_int_equal(spool_lend(&spool, &inline_body, &fd), LIMIT);
    spool_finish(&spool);
    assert_int_equal(spool.status, OK); /* the next message is another */
}

/* One client fills its own share; others go on. */
static void one_client_has_a_share(void **state)
{
    (void)state;
    int64_t used = 0, other = 0;
    struct spool_room all = {&total, 10 * LARGE}, share = {&used, LARGE + 1000};
    struct spool one = spool_of(LARGE, all, share), two = spool_of(LARGE, all, share);
    struct spool three = spool_of(LARGE, all, (struct spool_room){&other, LARGE + 1000});
    spool_add(&one, (struct str){bytes, LARGE});
    assert_int_equal(one.status, OK);
    spool_add(&two, (struct str){bytes, LARGE});
    assert_int_equal(two.status, OUTSIDE);
    spool_add(&three, (struct str){bytes, LARGE});
    assert_int_equal(three.status, OK);
    spool_finish(&one);
    spool_finish(&two);
    spool_finish(&three);
    assert_true(used == 0 && other == 0 && total == 0);
}

static void all_together_have_a_limit(void **state)
{
    (void)state;
    struct spool one = spool_of(LARGE, (struct spool_room){&total, LARGE + 1000}, nobody),
                 two = spool_of(LARGE, (struct spool_room){&total, LARGE + 1000}, nobody);
    spool_add(&one, (struct str){bytes, LARGE});
    assert_int_equal(one.status, OK);
    spool_add(&two, (struct str){bytes, LARGE});
    assert_int_equal(two.status, OUTSIDE);
    spool_finish(&one);
    spool_finish(&two);
    assert_int_equal(total, 0);
    spool_add(&two, (struct str){bytes, LARGE});
    assert_int_equal(two.status, OK);
    spool_finish(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_stays_in_memory_and_large_does_not),
        cmocka_unit_test(one_byte_too_many_is_refused_for_good),
        cmocka_unit_test(one_client_has_a_share),
        cmocka_unit_test(all_together_have_a_limit),
    };
    bytes = malloc(LARGE);
    REQUIRE(bytes != NULL);
    for (size_t i = 0; i < LARGE; i++)
        bytes[i] = (char)(i * 31);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(bytes);
    return failed;
}
