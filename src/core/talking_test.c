#include "core/talking.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/house_ask.h"

static void words_are_read_as_they_are_written(void **state)
{
    (void)state;
    struct buf words BUF_SCOPE = BUF_INIT(TALKING_WORDS_MAX);
    struct talking read, written = {.questions = {STR("Où ?"), STR("Es-tu sûr ?"), STR("Où ?"), STR("Non.")},
                                    .begins = {false, false, true, false}, .count = 4};
    assert_int_equal(talking_write(&written, &words), OK);
    assert_true(str_eq(buf_str(&words), STR("Où ?\nEs-tu sûr ?\n\nOù ?\nNon.\n")));
    assert_int_equal(talking_read(buf_str(&words), &read), OK);
    assert_int_equal(read.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_eq(read.questions[i], written.questions[i]));
        assert_int_equal(read.begins[i], i == 0 || written.begins[i]);
    }
    /* The same beginning is the same talk, wherever it stands. */
    assert_true(str_eq(talking_upto(&read, 0), talking_upto(&read, 2)));
    assert_true(str_eq(talking_upto(&read, 1), STR("Où ?\nEs-tu sûr ?")));
    assert_true(str_eq(talking_upto(&read, 3), STR("Où ?\nNon.")));
}

static void the_longest_fits_and_no_more(void **state)
{
    (void)state;
    static char letters[TALKING_QUESTION_MAX + 2];
    struct buf words BUF_SCOPE = BUF_INIT(2 * TALKING_WORDS_MAX);
    struct talking talking = {.count = TALKING_TURNS_MAX}, read;
    memset(letters, 'a', TALKING_QUESTION_MAX + 1);
    for (size_t i = 0; i < TALKING_TURNS_MAX; i++) {
        talking.questions[i] = (struct str){letters, TALKING_QUESTION_MAX};
        talking.begins[i] = true;
    }
    assert_int_equal(talking_write(&talking, &words), OK);
    assert_in_range(words.len, TALKING_WORDS_MAX - 1, TALKING_WORDS_MAX);
    assert_int_equal(talking_read(buf_str(&words), &read), OK);
    assert_int_equal(read.count, TALKING_TURNS_MAX);
    buf_add_literal(&words, "a\n");
    assert_int_equal(talking_read(buf_str(&words), &read), INVALID);
    talking.count++;
    assert_int_equal(talking_write(&talking, &words), LIMIT);
    talking.count = 1;
    talking.questions[0].len++;
    assert_int_equal(talking_write(&talking, &words), LIMIT);
    buf_clear(&words);
    buf_add(&words, talking.questions[0]);
    buf_add_byte(&words, '\n');
    assert_int_equal(talking_read(buf_str(&words), &read), INVALID);
}

static void what_is_no_talk_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "\n", "a", "a\nb", "\na\n", "a\n\n", "a\n\n\nb\n"};
    static const struct str none[] = {STR_INIT(""), STR_INIT("a\nb"), STR_INIT("\xE9")};
    struct talking talking = {.count = 1};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_int_equal(talking_read(str_of(wrong[i]), &talking), INVALID);
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct buf words BUF_SCOPE = BUF_INIT(TALKING_WORDS_MAX);
        talking = (struct talking){.questions = {none[i]}, .count = 1};
        assert_int_equal(talking_write(&talking, &words), INVALID);
    }
}

/* A page rounds to per cent: what travels must round as what was said. Answers are bytes, or a piece of a letter would
 * make the role unbelievable. */
static void turns_travel_as_they_are(void **state)
{
    (void)state;
    static const float shares[] = {1, 0.995F, 0.0149999F, 0.5F, 0.98765432F};
    struct arena *arena ARENA_SCOPE = arena_create(1 << 20);
    for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++) {
        struct buf lines BUF_SCOPE = BUF_INIT(1 << 16);
        struct turn turn = {.answer = "Le code\xC3", .answer_len = 8, .sure = {shares[i], 0, 1}, .least = shares[i]};
        struct talking_turn sent = talking_turn_of(&turn), got;
        house_line_add(&lines, &talking_turn_shape, &sent);
        struct str rest = buf_str(&lines);
        assert_int_equal(house_line_take(arena, &rest, &talking_turn_shape, &got), OK);
        assert_true(str_eq(got.answer, STR("Le code\xC3")));
        assert_true(talking_share(got.department) == shares[i] && talking_share(got.least) == shares[i]);
        assert_true(talking_share(got.postal_code) == 0 && talking_share(got.population) == 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_read_as_they_are_written),
        cmocka_unit_test(the_longest_fits_and_no_more),
        cmocka_unit_test(what_is_no_talk_is_refused),
        cmocka_unit_test(turns_travel_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
