/* Who waits for moyen, in what order, and what it remembers: without channels, with a clock of the test's own. */
#include "role/model_talks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "core/house_ask.h"
#include "language/model/shipped.h"

enum { ANSWERS_MAX = 256 };

static struct model_talks *talks;
static struct arena *arena;
static struct {
    int64_t handle;
    enum status status;
    struct str lines;
    const void *whom;
} answers[ANSWERS_MAX];
static size_t answer_count;

static void on_answer(void *whom, int64_t handle, enum status status, struct buf *lines)
{
    assert_true(answer_count < ANSWERS_MAX);
    answers[answer_count].handle = handle;
    answers[answer_count].status = status;
    answers[answer_count].whom = whom;
    answers[answer_count++].lines = str_copy(arena, buf_str(lines));
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    talks = arena_new(arena, struct model_talks);
    talks->answer = on_answer;
    answer_count = 0;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    model_talks_finish(talks);
    arena_destroy(&arena);
    return 0;
}

/* True: it waits. Else the lines are those of an answer at once. */
static bool ask_at(struct model_talker *town, int64_t handle, const char *words, int64_t now_ms, struct str *ret_lines)
{
    struct buf lines BUF_SCOPE = BUF_INIT(MODEL_TALK_LINES_MAX);
    bool waits = false;
    assert_int_equal(model_talks_ask(talks, town, handle, str_of(words), now_ms, &lines, &waits), OK);
    *ret_lines = str_copy(arena, buf_str(&lines));
    return waits;
}

static bool ask(struct model_talker *town, int64_t handle, const char *words)
{
    struct str lines;
    return ask_at(town, handle, words, 0, &lines);
}

static size_t slices_to_end(void)
{
    size_t slices = 0;
    while (model_talks_go(talks, 0))
        slices++;
    return slices;
}

static struct talking_state state_in(struct str lines)
{
    struct talking_state state;
    assert_int_equal(house_line_take(arena, &lines, &talking_state_shape, &state), OK);
    return state;
}

static struct str answer_in(struct str lines, size_t place)
{
    struct talking_turn turn;
    (void)str_cut(&lines, '\n');
    for (size_t i = 0; i <= place; i++)
        assert_int_equal(house_line_take(arena, &lines, &talking_turn_shape, &turn), OK);
    return turn.answer;
}

/* What the model says of itself, turn after turn. */
static void lines_of(const char *const *questions, size_t count, struct buf *lines)
{
    struct shipped_model shipped;
    struct model model;
    struct speaker *speaker;
    struct talk talk = {.len = 0};
    struct turn turn;
    assert_int_equal(shipped_model(STR("moyen"), &shipped), OK);
    assert_int_equal(model_read(arena, shipped.file, &model), OK);
    assert_int_equal(speaker_create(arena, kernel_best(), &model, &speaker), OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(turn_say(&talk, speaker, str_of(questions[i]), &turn), OK);
        struct talking_turn said = talking_turn_of(&turn);
        house_line_add(lines, &talking_turn_shape, &said);
    }
}

/* ---- the tests ---- */

static void a_talk_is_what_the_model_says(void **state)
{
    (void)state;
    struct model_talker town = {.whom = &town};
    struct str again;
    struct buf lines BUF_SCOPE = BUF_INIT(64 << 10);
    static const char *const questions[] = {"Où se trouve Orléans ?", "Et son code postal ?", "Es-tu sûr ?"};
    const char *words = "Où se trouve Orléans ?\nEt son code postal ?\nEs-tu sûr ?\n";
    assert_false(model_talks_go(talks, 0));
    assert_true(ask(&town, 7, words));
    assert_int_equal(slices_to_end(), 1 + 3); /* it is read, then says a turn a slice */
    assert_int_equal(answer_count, 1);
    assert_true(answers[0].handle == 7 && answers[0].status == OK && answers[0].whom == &town);
    struct str said = answers[0].lines;
    assert_int_equal(state_in(said).stage, TALKING_SAID);
    assert_int_equal(state_in(said).count, 3);
    assert_true(str_eq(answer_in(said, 0), STR("Orléans se trouve dans le Loiret (45).")));
    lines_of(questions, 3, &lines);
    (void)str_cut(&said, '\n');
    assert_true(str_eq(said, buf_str(&lines)));
    /* Remembered: at once, and nothing is said. */
    assert_false(ask_at(&town, 8, words, 0, &again));
    assert_true(str_eq(again, answers[0].lines));
    assert_int_equal(model_voice_said(talks->voice), 3);
}

static void what_is_forgotten_is_said_again_alike(void **state)
{
    (void)state;
    struct model_talker town = {.whom = NULL};
    struct str lines;
    char words[40];
    assert_true(ask(&town, 0, "Gien ?\nEs-tu sûr ?\n"));
    (void)slices_to_end();
    for (int i = 0; i < MODEL_TURNS_MAX; i++) {
        snprintf(words, sizeof words, "%d\n", i);
        assert_true(ask(&town, 1 + i, words));
        (void)slices_to_end();
        answer_count = 1;
    }
    assert_true(ask(&town, 1000, "Gien ?\nEs-tu sûr ?\n"));
    assert_int_equal(slices_to_end(), 2);
    assert_true(str_eq(answers[0].lines, answers[1].lines));
    assert_false(ask_at(&town, 1001, words, 0, &lines)); /* the latest is remembered */
}

static void a_talk_is_told_how_far_it_is(void **state)
{
    (void)state;
    struct model_talker town = {.whom = NULL};
    struct str lines;
    const char *words = "Gien ?\nTours ?\nBlois ?\n";
    assert_true(ask(&town, 1, words));
    assert_true(model_talks_go(talks, 0));
    assert_true(model_talks_go(talks, 1));
    assert_int_equal(answer_count, 0);
    assert_true(model_talks_go(talks, MODEL_TALK_HOLD_MS));
    assert_int_equal(answer_count, 1);
    assert_int_equal(state_in(answers[0].lines).stage, TALKING_THINKS);
    assert_int_equal(state_in(answers[0].lines).count, 2);
    assert_false(model_talks_go(talks, MODEL_TALK_HOLD_MS)); /* nobody asks any more: nothing is said */
    assert_true(ask_at(&town, 2, words, MODEL_TALK_HOLD_MS, &lines));
    assert_true(model_talks_go(talks, MODEL_TALK_HOLD_MS));
    assert_int_equal(answer_count, 2);
    assert_int_equal(state_in(answers[1].lines).count, 3);
    assert_int_equal(model_voice_said(talks->voice), 3);
}

/* A letter is a piece: more of them than the machine hears at once. What stands before is told. */
static void a_question_that_is_too_long_is_told(void **state)
{
    (void)state;
    struct model_talker town = {.whom = NULL};
    struct str again;
    char letters[TALKING_QUESTION_MAX + 1] = "", words[300];
    memset(letters, 'z', TALKING_QUESTION_MAX);
    snprintf(words, sizeof words, "Gien ?\n%s\nTours ?\n", letters);
    assert_true(ask(&town, 1, words));
    (void)slices_to_end();
    assert_int_equal(state_in(answers[0].lines).stage, TALKING_TOO_LONG);
    assert_int_equal(state_in(answers[0].lines).count, 1);
    assert_false(ask_at(&town, 2, words, 0, &again));
    assert_true(str_eq(again, answers[0].lines));
}

/* One question waits for no more than a turn of each town that asked for twelve. */
static void towns_take_turns(void **state)
{
    (void)state;
    struct model_talker one = {.whom = &one}, other = {.whom = &other};
    assert_true(ask(&one, 1, "1\n2\n3\n4\n5\n6\n"));
    assert_true(ask(&one, 2, "7\n8\n9\n"));
    assert_true(model_talks_go(talks, 0)); /* read */
    assert_true(ask(&other, 3, "10\n"));
    assert_true(model_talks_go(talks, 0));
    assert_int_equal(answer_count, 1);
    assert_int_equal(answers[0].handle, 3);
    assert_int_equal(slices_to_end(), 9);
    assert_int_equal(answers[1].handle, 2); /* within a town, talks take turns too */
    assert_int_equal(answers[2].handle, 1);
}

static void a_flood_is_answered_at_once(void **state)
{
    (void)state;
    enum { TOWNS = 6, ASKS = 40 };
    struct model_talker towns[TOWNS] = {{.whom = NULL}};
    struct str lines;
    size_t held = 0;
    for (int i = 0; i < TOWNS * ASKS; i++) {
        char words[40];
        snprintf(words, sizeof words, "%d\n", i);
        bool waits = ask_at(&towns[i / ASKS], i, words, 0, &lines);
        held += waits;
        assert_true(waits || state_in(lines).stage == TALKING_THINKS);
        assert_true(towns[i / ASKS].waiting <= MODEL_TALKS_TOWN_MAX);
    }
    assert_int_equal(towns[0].waiting, MODEL_TALKS_TOWN_MAX);
    assert_int_equal(held, MODEL_TALKS_MAX);
    for (int i = 0; i < TOWNS; i++)
        model_talks_leave(talks, &towns[i]);
    assert_false(model_talks_go(talks, 0));
    assert_int_equal(answer_count, 0);
}

static void a_town_that_goes_takes_its_talks_along(void **state)
{
    (void)state;
    struct model_talker one = {.whom = &one}, other = {.whom = &other};
    assert_true(ask(&one, 1, "Gien ?\n"));
    assert_true(ask(&other, 2, "Tours ?\n"));
    assert_true(ask(&one, 3, "Blois ?\n"));
    model_talks_leave(talks, &one);
    assert_int_equal(one.waiting, 0);
    (void)slices_to_end();
    assert_int_equal(answer_count, 1);
    assert_true(answers[0].handle == 2 && answers[0].whom == &other);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_talk_is_what_the_model_says),
        CASE(what_is_forgotten_is_said_again_alike),
        CASE(a_talk_is_told_how_far_it_is),
        CASE(a_question_that_is_too_long_is_told),
        CASE(towns_take_turns),
        CASE(a_flood_is_answered_at_once),
        CASE(a_town_that_goes_takes_its_talks_along),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
