#include "service/games/test_moyen.h"

#include <stdio.h>

#include "service/games/talk/talk_step.h"

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
    for (size_t i = 0; i <= TALKING_TURNS_MAX; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "&q=a%zu", i);
    assert_int_equal(test_page(&test, many, NULL, &body), 404);
    char strange[200] = "/games/dialogue?ask="; /* a letter is a piece: too many for the machine at once */
    memset(strange + strlen(strange), 'z', TALKING_QUESTION_MAX);
    assert_int_equal(test_page(&test, strange, NULL, &body), 200);
    assert_has(body, "trop longue");
    char asked[200] = "/games/dialogue?q=";
    memset(asked + strlen(asked), 'z', TALKING_QUESTION_MAX);
    assert_int_equal(test_page(&test, asked, NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/dialogue?seed=-1", NULL, &body), 404);
    assert_int_equal(test_page(&test, "/games/dialogue?q=", NULL, &body), 404);
}

/* However many questions nobody asked before: the town's process asks once, in one request, and says none. */
static void a_whole_talk_is_one_asking(void **state)
{
    (void)state;
    struct str body;
    char many[600] = "/games/dialogue?seed=1";
    assert_int_equal(test_page(&test, many, NULL, &body), 200);
    assert_int_equal(moyen.asked, 0); /* nothing to ask */
    for (size_t i = 0; i < TALKING_TURNS_MAX; i++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "&q=Gien+%zu", i);
    assert_int_equal(test_page(&test, many, NULL, &body), 200);
    assert_int_equal(moyen.asked, 1);
    assert_int_equal(moyen.turns, TALKING_TURNS_MAX);
    assert_has(body, "la conversation est complète");
    assert_false(machine_is_read(&test.town, MACHINE_MOYEN));
}

/* The same on the page as what the model says, to the per cent. */
static void a_page_has_the_models_words_and_doubts(void **state)
{
    (void)state;
    struct str body;
    struct talk talk = {.len = 0};
    struct turn turns[2];
    assert_int_equal(turn_say(&talk, moyen.speaker, STR("Où est Crotelles ?"), &turns[0]), OK);
    assert_int_equal(turn_say(&talk, moyen.speaker, STR("Son code postal ?"), &turns[1]), OK);
    assert_int_equal(test_page(&test, "/games/dialogue?q=O%C3%B9+est+Crotelles+%3F&q=Son+code+postal+%3F", NULL, &body),
                     200);
    for (size_t i = 0; i < 2; i++) {
        struct str answer = {turns[i].answer, turns[i].answer_len};
        struct str least = str_format(test.arena, "%.0f\u00A0%%", (double)turns[i].least * 100);
        assert_true(str_find(body, answer) != SIZE_MAX && str_find(body, least) != SIZE_MAX);
    }
    assert_true(turns[0].sure[MEASURE_DEPARTMENT] > 0 && turns[0].least < 1);
}

static void what_is_to_come_is_said_and_asked_again(void **state)
{
    (void)state;
    struct str body;
    const char *path = "/games/dialogue?seed=3&q=Gien&q=Tours&q=Blois&level=easy";
    moyen.most = 2;
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_has(body, "La machine réfléchit. Réponses données\u00A0: 2 sur 3.");
    assert_has(body, "data-moving data-stage=\"2\"");
    assert_has(body, "href=\"/games/dialogue?seed=3&amp;q=Gien&amp;q=Tours&amp;q=Blois&amp;level=easy\"");
    assert_has(body, "<blockquote>");
    assert_lacks(body, "name=\"ask\"");
    moyen.most = SIZE_MAX;
    assert_int_equal(test_page(&test, path, NULL, &body), 200);
    assert_lacks(body, "data-moving");
    assert_has(body, "name=\"ask\"");
    /* Typed and not answered yet: the address keeps it until it is known whether it can be asked. */
    moyen.most = 0;
    assert_int_equal(test_page(&test, "/games/dialogue?seed=3&ask=O%C3%B9+%3F", NULL, &body), 200);
    assert_has(body, "href=\"/games/dialogue?seed=3&amp;ask=O%C3%B9%20%3F\"");
    assert_has(body, "0 sur 1");
    assert_lacks(body, "role=\"alert\"");
}

static void an_answer_that_is_late_is_asked_for_again(void **state)
{
    (void)state;
    struct str body;
    moyen.status = BUSY;
    assert_int_equal(test_page(&test, "/games/dialogue?q=Gien", NULL, &body), 200);
    assert_has(body, "0 sur 1");
    assert_has(body, "data-moving");
    assert_lacks(body, "redémarre");
}

static void without_the_role_a_page_says_so(void **state)
{
    (void)state;
    struct str body;
    moyen.status = GONE;
    assert_int_equal(test_page(&test, "/games/dialogue?q=Gien", NULL, &body), 200);
    assert_has(body, "redémarre");
    assert_has(body, "href=\"/games/dialogue?seed=1&amp;q=Gien\"");
    assert_lacks(body, "<blockquote>");
    assert_lacks(body, "data-moving");
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, open_moyen, close_moyen)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(examples_do_their_steps),
        CASE(pages_judge_each_claim),
        CASE(a_whole_talk_is_one_asking),
        CASE(a_page_has_the_models_words_and_doubts),
        CASE(what_is_to_come_is_said_and_asked_again),
        CASE(an_answer_that_is_late_is_asked_for_again),
        CASE(without_the_role_a_page_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
