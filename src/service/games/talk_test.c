#include "service/games/test_games.h"

#include <stdio.h>

#include "service/games/talk_step.h"

static void answers_are_the_same_when_forgotten(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct talk_memory *memory;
    struct str questions[] = {STR("Où se trouve Orléans ?"), STR("Et son code postal ?"), STR("Es-tu sûr ?")};
    struct talk_turn turns[TALK_TURNS_MAX], again[TALK_TURNS_MAX];
    assert_int_equal(talk_answers(&ctx, questions, 3, turns), OK);
    assert_true(str_eq(turns[0].answer, STR("Orléans se trouve dans le Loiret (45).")));
    assert_true(str_find(turns[1].answer, STR("45")) != SIZE_MAX);
    assert_true(turns[0].sure[MEASURE_DEPARTMENT] > 0.9F && turns[0].sure[MEASURE_DEPARTMENT] <= 1);
    assert_int_equal(machine_talks(&ctx, &memory), OK);
    uint64_t uses = memory->uses;
    memset(memory, 0, sizeof *memory);
    assert_int_equal(uses, 3);
    assert_int_equal(talk_answers(&ctx, questions, 3, again), OK);
    for (int i = 0; i < 3; i++)
        assert_true(str_eq(turns[i].answer, again[i].answer) && turns[i].least == again[i].least);
}

static void the_memory_is_bounded(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    struct talk_turn turns[TALK_TURNS_MAX];
    struct str questions[TALK_TURNS_MAX + 1];
    for (int i = 0; i < TALK_MEMORY_MAX + 5; i++) {
        questions[0] = str_format(test.arena, "Bonjour %d", i);
        assert_int_equal(talk_answers(&ctx, questions, 1, turns), OK);
        assert_true(turns[0].answer.len > 0);
    }
    static char longest[TALK_QUESTION_MAX + 2];
    for (size_t i = 0; i < sizeof longest - 1; i++)
        longest[i] = "Orléans "[i % 9];
    for (size_t i = 0; i <= TALK_TURNS_MAX; i++)
        questions[i] = str_slice(str_of(longest), 0, TALK_QUESTION_MAX);
    assert_int_equal(talk_answers(&ctx, questions, TALK_TURNS_MAX, turns), OK);
    assert_int_equal(talk_answers(&ctx, questions, TALK_TURNS_MAX + 1, turns), LIMIT);
    questions[0] = str_of(longest);
    assert_int_equal(talk_answers(&ctx, questions, 1, turns), LIMIT);
}

/* Each example does its own step, whatever the seed; those that answer to something follow a first question. */
static void examples_do_their_steps(void **state)
{
    (void)state;
    struct ctx ctx = test_ctx(&test);
    const struct table *table;
    assert_int_equal(machine_table(&ctx, &table), OK);
    assert_int_equal(table->count, 34957);
    for (int64_t seed = 0; seed < 50; seed++) {
        struct str examples[TALK_STEPS];
        bool done[TALK_STEPS];
        assert_int_equal(talk_step_examples(&ctx, seed, examples), OK);
        for (int step = 0; step < TALK_STEPS; step++) {
            struct talk_turn turns[] = {{.question = examples[STEP_VILLAGE]}, {.question = examples[step]}};
            talk_steps_done(table, turns, 2, done);
            if (!done[step])
                fail_msg("step %d: %.*s", step, STR_ARG(examples[step]));
        }
        struct talk_turn none = {.question = STR("Bonjour.")};
        talk_steps_done(table, &none, 1, done);
        for (int step = 0; step < TALK_STEPS; step++)
            assert_false(done[step]);
    }
}

static void pages_judge_each_claim(void **state)
{
    (void)state;
    struct str body;
    assert_int_equal(test_page(&test, "/games/dialogue", NULL, &body), 200);
    assert_has(body, "À essayer");
    assert_int_equal(test_page(&test, "/games/dialogue?seed=3&ask=O%C3%B9+est+Orl%C3%A9ans+%3F", NULL, &body), 303);
    assert_has(body, "q=O%C3%B9%20est%20Orl%C3%A9ans%20%3F#last");
    assert_int_equal(test_page(&test, "/games/dialogue?seed=3&q=O%C3%B9%20est%20Orl%C3%A9ans%20%3F", NULL, &body), 200);
    assert_has(body, "dans le Loiret (45)");
    assert_has(body, "C’est ce que dit le registre.");
    assert_int_equal(test_page(&test, "/games/dialogue?q=%3Cu%3E&level=easy", NULL, &body), 200);
    assert_lacks(body, "<u>");
    assert_has(body, "La machine n’est pas une personne.");
    char many[400] = "/games/dialogue?seed=1";
    for (size_t i = 0; i <= TALK_TURNS_MAX; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "&q=a%zu", i);
    assert_int_equal(test_page(&test, many, NULL, &body), 404);
    char strange[200] = "/games/dialogue?ask="; /* a letter is a piece: too many for the machine at once */
    memset(strange + strlen(strange), 'z', TALK_QUESTION_MAX);
    assert_int_equal(test_page(&test, strange, NULL, &body), 200);
    assert_has(body, "trop longue");
    char asked[200] = "/games/dialogue?q=";
    memset(asked + strlen(asked), 'z', TALK_QUESTION_MAX);
    assert_int_equal(test_page(&test, asked, NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/dialogue?seed=-1", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/dialogue?q=", NULL, &body), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(answers_are_the_same_when_forgotten, open_games, close_games),
        cmocka_unit_test_setup_teardown(the_memory_is_bounded, open_games, close_games),
        cmocka_unit_test_setup_teardown(examples_do_their_steps, open_games, close_games),
        cmocka_unit_test_setup_teardown(pages_judge_each_claim, open_games, close_games),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
