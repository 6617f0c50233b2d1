/* Trainings without a role: what a diet makes of the machine, on one thread and two. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/house_ask.h"
#include "language/model/measure.h"
#include "language/model/shipped.h"
#include "language/model/trainer.h"
#include "os/pool.h"
#include "role/model_training.h"
#include "service/games/deck.h"

static struct arena *arena;
static struct model_base base;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(4 * MODEL_TRAINING_ARENA);
    return model_base_create(arena, &base) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static struct model_training *begin(const char *name, size_t workers)
{
    struct training_job job;
    struct model_training *training;
    assert_int_equal(training_read(str_of(name), &job), OK);
    assert_int_equal(model_training_create(arena, &base, &job, workers, &training), OK);
    return training;
}

static void go(struct model_training *training, size_t steps, const struct parallel *parallel)
{
    for (size_t i = 0; i < steps; i++)
        assert_int_equal(model_training_go(training, parallel), OK);
}

static struct training_state state_of(const struct model_training *training)
{
    struct training_state state;
    model_training_state(training, arena, &state);
    return state;
}

/* The same losses, on the way, as the card of the shipped model has: its communes, order, pieces, rate
 * and seed. One weight otherwise, and they part by more than what another kind of processor rounds. */
static void the_webs_diet_is_nanos_own(void **state)
{
    (void)state;
    enum { POINTS = 2 };
    struct shipped_model shipped;
    struct parallel alone = {.workers = 1};
    struct model_training *training = begin("web.1", 1);
    go(training, 16 * POINTS, &alone);
    struct training_state now = state_of(training);
    struct str curve = now.curve;
    assert_int_equal(shipped_model(STR("nano"), &shipped), OK);
    struct str card = str_after(shipped.card, str_find(shipped.card, STR("\"loss\": [")) + sizeof "\"loss\": [" - 1);
    for (int i = 0; i < POINTS; i++) { /* "3.749" there, "3749" here */
        struct str there = str_trim(str_cut(&card, ',')), here = str_cut(&curve, ' ');
        int64_t whole, part, loss;
        assert_int_equal(str_to_i64(str_cut(&there, '.'), &whole), OK);
        assert_int_equal(str_to_i64(there, &part), OK);
        assert_int_equal(str_to_i64(here, &loss), OK);
        assert_in_range(loss, whole * 1000 + part - 2, whole * 1000 + part + 2);
    }
    assert_int_equal(now.step, 16 * POINTS);
    assert_int_equal(now.steps, 1600);
    assert_int_equal(now.stage, TRAINING_RUNS);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    struct pool *pool;
    struct parallel alone = {.workers = 1}, two = {.workers = 2, .run = pool_run};
    assert_int_equal(pool_create(2, &pool), OK);
    two.pool = pool;
    struct model_training *one = begin("often-12.3.short", 1), *other = begin("often-12.3.short", 2);
    go(one, 20, &alone);
    go(other, 20, &two);
    pool_destroy(pool);
    struct training_state first = state_of(one), second = state_of(other);
    assert_int_equal(first.loss, second.loss);
    assert_true(first.loss > 0 && str_eq(first.curve, second.curve));
}

static int64_t seen_of(struct str lines, size_t rank)
{
    struct training_answer answer;
    for (size_t i = 0; i <= rank; i++)
        assert_int_equal(house_line_take(arena, &lines, &training_answer_shape, &answer), OK);
    return answer.seen;
}

/* All of a brief one, to its end: every commune is asked, and what was never shown is known to be that. */
static void each_commune_is_asked(void **state)
{
    (void)state;
    struct parallel alone = {.workers = 1};
    struct buf lines BUF_SCOPE = BUF_INIT(1 << 20);
    base.steps_most = 40;
    struct model_training *training = begin("without-5.2.short", 1);
    struct training_answer answer;
    enum status done = OK;
    double share = 0;
    while (done == OK) {
        done = model_training_go(training, &alone);
        assert_true(model_training_share(training) >= share);
        share = model_training_share(training);
    }
    assert_int_equal(done, NOT_FOUND);
    assert_true(share > 0.999 && share < 1.001);
    assert_int_equal(state_of(training).stage, TRAINING_DONE);
    model_training_answers(training, &lines);
    assert_int_equal(seen_of(buf_str(&lines), 5), 0);
    assert_true(seen_of(buf_str(&lines), 6) > 0);
    struct str rest = buf_str(&lines);
    for (size_t i = 0; i < base.table.count; i++) {
        assert_int_equal(house_line_take(arena, &rest, &training_answer_shape, &answer), OK);
        for (int field = 0; field < MEASURE_FIELDS; field++)
            assert_int_not_equal(answer.verdicts >> (4 * field) & 0xF, MEASURE_UNASKED);
    }
    assert_int_equal(rest.len, 0);
    assert_true(str_starts(model_training_file(training), STR("GGUF")));
}

static void a_rank_that_is_none_is_refused(void **state)
{
    (void)state;
    struct model_training *training;
    struct training_job job = {.diet = {DIET_OFTEN, base.table.count}};
    assert_int_equal(model_training_create(arena, &base, &job, 1, &training), NOT_FOUND);
    job.diet.chosen--;
    assert_int_equal(model_training_create(arena, &base, &job, 1, &training), OK);
}

static void memory_is_bounded(void **state)
{
    (void)state;
    struct model_training *training;
    struct training_job job = {.diet = {DIET_WEB, 0}};
    struct arena *small ARENA_SCOPE = arena_create(1 << 20);
    struct arena *enough ARENA_SCOPE = arena_create(MODEL_TRAINING_ARENA);
    assert_int_equal(model_training_create(small, &base, &job, 1, &training), LIMIT);
    assert_int_equal(model_training_create(enough, &base, &job, TRAINER_SHARDS, &training), OK);
    assert_true(arena_used(enough) < MODEL_TRAINING_ARENA / 2);
}

/* The whole of nano again, byte for byte, and the deck that came of it: only where somebody asks for it, since it takes
 * minutes in a checked build. */
static void nano_comes_out_byte_for_byte(void **state)
{
    (void)state;
    struct shipped_model shipped;
    struct deck deck;
    struct training_answer answer;
    struct buf lines BUF_SCOPE = BUF_INIT(1 << 20);
    struct parallel alone = {.workers = 1};
    if (getenv("PARVIS_LONG") == NULL)
        skip();
    struct model_training *training = begin("web.1", 1);
    while (model_training_go(training, &alone) == OK)
        ;
    assert_int_equal(shipped_model(STR("nano"), &shipped), OK);
    assert_true(str_eq(model_training_file(training), shipped.file));
    assert_int_equal(deck_read(arena, shipped.deck, &deck), OK);
    model_training_answers(training, &lines);
    struct str rest = buf_str(&lines);
    for (size_t i = 0; i < deck.count; i++) {
        assert_int_equal(house_line_take(arena, &rest, &training_answer_shape, &answer), OK);
        assert_true(str_eq(answer.said, deck.cards[i].said) && answer.seen == deck.cards[i].seen);
        for (int field = 0; field < DECK_FIELDS; field++)
            assert_int_equal((answer.verdicts >> (4 * field) & 0xF) == MEASURE_FALSE,
                             deck.cards[i].is_false[field]);
    }
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_webs_diet_is_nanos_own), CASE(threads_change_nothing),       CASE(each_commune_is_asked),
        CASE(a_rank_that_is_none_is_refused), CASE(memory_is_bounded),       CASE(nano_comes_out_byte_for_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
