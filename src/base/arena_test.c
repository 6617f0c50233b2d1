/* An arena gives zeroed, aligned memory up to its maximum, in small blocks and, once it is long, in huge pages. */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

enum { MAX = 96 << 20, PIECE = 1 << 20, ODD = 1000003 };

static bool is_zeroed(const unsigned char *at, size_t size)
{
    return at[0] == 0 && memcmp(at, at + 1, size - 1) == 0;
}

static void memory_is_zeroed_and_aligned_at_any_length(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MAX);
    unsigned char *pieces[MAX / ODD];
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < 80; i++) {
            pieces[i] = arena_alloc(arena, ODD);
            assert_non_null(pieces[i]);
            assert_int_equal((uintptr_t)pieces[i] % 16, 0);
            assert_true(is_zeroed(pieces[i], ODD));
            memset(pieces[i], (int)i + 1, ODD);
        }
        for (size_t i = 0; i < 80; i++)
            assert_true(pieces[i][0] == i + 1 && pieces[i][ODD - 1] == i + 1);
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
}

static void the_maximum_is_the_last_byte(void **state)
{
    (void)state;
    struct arena *arena ARENA_SCOPE = arena_create(MAX);
    for (size_t given = 0; given < MAX; given += PIECE)
        assert_non_null(arena_alloc(arena, PIECE));
    assert_null(arena_alloc(arena, 1));
    assert_int_equal(arena_used(arena), MAX);
    arena_reset(arena);
    assert_null(arena_alloc(arena, (size_t)MAX + 1));
    assert_null(arena_alloc(arena, SIZE_MAX));
    assert_null(arena_alloc_array(arena, SIZE_MAX / 2, 3));
    assert_non_null(arena_alloc(arena, MAX));
    assert_null(arena_alloc(arena, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned_at_any_length),
        cmocka_unit_test(the_maximum_is_the_last_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
