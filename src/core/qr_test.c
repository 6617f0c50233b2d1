#include "core/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

enum { SIDE_MAX = 200 };

static char squares[SIDE_MAX][SIDE_MAX];

/* Draws the path as a browser would. */
static int64_t draw(struct str text)
{
    struct buf path BUF_SCOPE = BUF_INIT(QR_PATH_MAX);
    int64_t side = 0;
    int x, y, width, back, read;
    memset(squares, 0, sizeof squares);
    assert_int_equal(qr_path(&path, text, &side), OK);
    buf_add_byte(&path, 0);
    for (const char *at = path.at; *at != 0; at += read) {
        assert_int_equal(sscanf(at, "M%d %dh%dv1h-%dz%n", &x, &y, &width, &back, &read), 4);
        assert_int_equal(width, back);
        assert_true(x >= QR_QUIET && y >= QR_QUIET && x + width <= side - QR_QUIET && y < side - QR_QUIET);
        memset(&squares[y][x], 1, (size_t)width);
    }
    return side;
}

/* The eye of a corner: 7 dark, a ring of light, 3 by 3 dark (ISO/IEC 18004 section 6.3.3). */
static void check_eye(int x, int y)
{
    for (int row = 0; row < 7; row++)
        for (int column = 0; column < 7; column++) {
            bool is_ring = row == 0 || row == 6 || column == 0 || column == 6;
            bool is_core = row >= 2 && row <= 4 && column >= 2 && column <= 4;
            assert_int_equal(squares[y + row][x + column], is_ring || is_core);
        }
}

static void has_three_eyes_and_a_quiet_zone(void **state)
{
    (void)state;
    int side = (int)draw(STR("otpauth://totp/Beauval:accueil%40beauval.example?secret=JBSWY3DPEHPK3PXP"));
    check_eye(QR_QUIET, QR_QUIET);
    check_eye(side - QR_QUIET - 7, QR_QUIET);
    check_eye(QR_QUIET, side - QR_QUIET - 7);
    assert_int_equal((side - 2 * QR_QUIET - 17) % 4, 0); /* a version of the code */
}

static void says_what_it_was_given(void **state)
{
    (void)state;
    static char first[SIDE_MAX][SIDE_MAX];
    draw(STR("un texte"));
    memcpy(first, squares, sizeof first);
    draw(STR("un texte"));
    assert_memory_equal(first, squares, sizeof first);
    draw(STR("un autre"));
    assert_memory_not_equal(first, squares, sizeof first);
}

static void has_limits(void **state)
{
    (void)state;
    static char text[QR_TEXT_MAX + 1];
    struct buf path BUF_SCOPE = BUF_INIT(QR_PATH_MAX), small BUF_SCOPE = BUF_INIT(100);
    int64_t side;
    memset(text, 'a', sizeof text);
    assert_int_equal(qr_path(&path, (struct str){text, QR_TEXT_MAX}, &side), OK);
    assert_true(side < SIDE_MAX);
    assert_int_equal(qr_path(&path, (struct str){text, QR_TEXT_MAX + 1}, &side), LIMIT);
    assert_int_equal(qr_path(&path, STR(""), &side), LIMIT);
    assert_int_equal(qr_path(&small, STR("un texte"), &side), LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_three_eyes_and_a_quiet_zone),
        cmocka_unit_test(says_what_it_was_given),
        cmocka_unit_test(has_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
