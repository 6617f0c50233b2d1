#include "language/model/speaker.h"

#include <math.h>

#include "language/model/talk.h"
#include "language/model/test_model.h"

/* Token by token with the cache, and all at once: the same logits to rounding. */
static void cache_equals_the_whole_pass(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct trainer *trainer = test_model_trainer(test, 60, 1);
    struct speaker *speaker;
    struct pass pass;
    uint16_t tokens[65];
    test_model_train(trainer);
    stream_fill(&test->stream, 0, 0, tokens, NULL);
    assert_int_equal(pass_create(test->arena, kernel_best(), &test->model.net.size, 1, &pass), OK);
    assert_int_equal(speaker_create(test->arena, kernel_best(), &test->model, &speaker), OK);
    double loss = pass_run(&pass, &test->model.net, tokens, 64, NULL), sum = 0;
    size_t width = net_logits_width(&test->model.net.size), count = test->model.net.size.vocabulary;
    for (size_t r = 0; r < 64; r++) {
        assert_int_equal(speaker_hear(speaker, tokens[r]), OK);
        sum -= log(sampler_probability(speaker->logits, count, tokens[r + 1]));
        /* A row of the pass holds (probability - one at the next) / rows by now. */
        for (size_t i = 0; i < count; i++) {
            double wanted = 64 * (double)pass.logits[r * width + i] + (i == tokens[r + 1]);
            double found = sampler_probability(speaker->logits, count, (uint16_t)i);
            assert_true(fabs(wanted - found) < 1e-4);
        }
    }
    assert_true(fabs(sum / 64 - loss) < 1e-5);
    assert_int_equal(speaker_hear(speaker, 1), LIMIT);
    speaker_restart(speaker);
    assert_int_equal(speaker_hear(speaker, 1), OK);
    test_model_end(test);
}

static void facts_are_said(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 300);
    struct trainer *trainer = test_model_trainer(test, 400, 1);
    struct speaker *speaker;
    struct speaker_said said[SPEAKER_SAID_MAX];
    struct seeded seeded = {1}, same = {1};
    struct buf text BUF_SCOPE = BUF_INIT(1000), warm BUF_SCOPE = BUF_INIT(1000), again BUF_SCOPE = BUF_INIT(1000);
    size_t count;
    test_model_train(trainer);
    assert_int_equal(speaker_create(test->arena, kernel_best(), &test->model, &speaker), OK);
    assert_int_equal(speaker_hear_text(speaker, STR("\nOrléans :")), OK);
    speaker_say(speaker, 0, NULL, said, SPEAKER_SAID_MAX, &count, &text);
    assert_true(str_eq(buf_str(&text), STR(" Loiret (45), 45000, 116617 hab.")));
    assert_true(count > 10 && said[0].probability > 0.5F && said[0].probability <= 1);
    for (int i = 0; i < 2; i++) { /* the same seed, the same text */
        speaker_restart(speaker);
        assert_int_equal(speaker_hear_text(speaker, STR("\nGi")), OK);
        speaker_say(speaker, 1.5F, i ? &same : &seeded, said, 20, &count, i ? &again : &warm);
    }
    assert_true(count <= 20 && str_eq(buf_str(&warm), buf_str(&again)));
    test_model_end(test);
}

static void long_texts_are_refused(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct speaker *speaker;
    struct buf text BUF_SCOPE = BUF_INIT(10000);
    test_model_trainer(test, 1, 1);
    assert_int_equal(speaker_create(test->arena, kernel_best(), &test->model, &speaker), OK);
    for (int i = 0; i < 64; i++)
        buf_add_byte(&text, '4');
    assert_int_equal(speaker_hear_text(speaker, buf_str(&text)), OK);
    speaker_restart(speaker);
    buf_add_byte(&text, '4');
    assert_int_equal(speaker_hear_text(speaker, buf_str(&text)), LIMIT);
    for (int i = 0; i < 5000; i++)
        buf_add_byte(&text, '4');
    assert_int_equal(speaker_hear_text(speaker, buf_str(&text)), LIMIT);
    struct arena *full ARENA_SCOPE = arena_create(10000);
    assert_int_equal(speaker_create(full, kernel_best(), &test->model, &speaker), LIMIT);
    test_model_end(test);
}

/* However long it goes on, the last turns stand before the next question; one that cannot fit is refused. */
static void talks_go_on(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_TURNS, 400);
    struct speaker *speaker;
    struct speaker_said said[SPEAKER_SAID_MAX];
    struct talk talk = {.len = 0};
    size_t count;
    test->stream.context = 128;
    struct trainer *trainer;
    struct trainer_plan plan = {.seed = 3, .steps = 1, .sequences = 4, .rate = 5e-3F};
    plan.size = (struct net_size){.vocabulary = test->model.pieces.count, .width = 32, .layers = 1, .heads = 1,
                                  .hidden = 32, .context = 128};
    assert_int_equal(trainer_create(test->arena, kernel_best(), &plan, &test->stream, 1, &trainer), OK);
    test->model.net = trainer->net;
    assert_int_equal(speaker_create(test->arena, kernel_best(), &test->model, &speaker), OK);
    for (int i = 0; i < 60; i++) {
        struct buf out BUF_SCOPE = BUF_INIT(TALK_ANSWER_MAX);
        assert_int_equal(talk_ask(&talk, speaker, STR("Où est\nGien ?"), 0, NULL, said, &count, &out), OK);
        assert_true(talk.len <= TALK_MAX && count < SPEAKER_SAID_MAX);
        struct str turns = {talk.turns, talk.len};
        assert_true(str_starts(turns, STR("Q : Où est Gien ?\nR :")) && str_ends(turns, STR("\n")));
    }
    struct buf out BUF_SCOPE = BUF_INIT(TALK_ANSWER_MAX), question BUF_SCOPE = BUF_INIT(1000);
    for (int i = 0; i < 290; i++)
        buf_add_byte(&question, '4');
    assert_int_equal(talk_ask(&talk, speaker, buf_str(&question), 0, NULL, said, &count, &out), LIMIT);
    test_model_end(test);
}

/* Probabilities are exact, sum to one, and are those that draws follow. */
static void draws_follow_the_probabilities(void **state)
{
    (void)state;
    enum { COUNT = 5, DRAWS = 200000 };
    const float logits[COUNT] = {1, 2, 0.5F, -30, 2};
    double probability[COUNT], sum = 0, whole = 0;
    size_t drawn[COUNT] = {0};
    struct seeded seeded = {9};
    struct sampler_choice choices[3];
    for (int i = 0; i < COUNT; i++)
        whole += exp((double)logits[i] / 0.7);
    sampler_probabilities(logits, COUNT, 0.7F, probability);
    for (int i = 0; i < COUNT; i++) {
        assert_true(fabs(probability[i] - exp((double)logits[i] / 0.7) / whole) < 1e-7);
        sum += probability[i];
    }
    assert_true(fabs(sum - 1) < 1e-12);
    for (int i = 0; i < DRAWS; i++)
        drawn[sampler_draw(probability, COUNT, &seeded)]++;
    for (int i = 0; i < COUNT; i++)
        assert_true(fabs((double)drawn[i] / DRAWS - probability[i]) < 5 * sqrt(0.25 / DRAWS));
    assert_int_equal(sampler_best(probability, COUNT, choices, 3), 3);
    assert_true(choices[0].token == 1 && choices[1].token == 4 && choices[2].token == 0);
    sampler_probabilities(logits, COUNT, 0, probability);
    assert_true(probability[1] == 1 && probability[4] == 0);
    assert_int_equal(sampler_draw(probability, COUNT, &seeded), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cache_equals_the_whole_pass),
        cmocka_unit_test(facts_are_said),
        cmocka_unit_test(long_texts_are_refused),
        cmocka_unit_test(talks_go_on),
        cmocka_unit_test(draws_follow_the_probabilities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
