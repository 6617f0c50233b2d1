#include "language/model/trainer.h"

#include <pthread.h>

#include "language/model/test_model.h"

enum { SAVED_MAX = 16 << 20 };

/* Tasks of two threads: one takes the even numbers, the other the odd, as a pool may. */
struct half_tasks {
    parallel_task *task;
    void *with;
    size_t count, worker;
};

static void *run_half(void *given)
{
    struct half_tasks *half = given;
    for (size_t i = half->worker; i < half->count; i += 2)
        half->task(half->with, i, half->worker);
    return NULL;
}

static void run_on_two(void *pool, size_t count, parallel_task *task, void *with)
{
    struct half_tasks halves[2];
    pthread_t threads[2];
    (void)pool;
    for (size_t i = 0; i < 2; i++) {
        halves[i] = (struct half_tasks){task, with, count, i};
        assert_int_equal(pthread_create(&threads[i], NULL, run_half, &halves[i]), 0);
    }
    for (size_t i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
}

static void assert_same(const struct trainer *a, const struct trainer *b)
{
    struct buf first BUF_SCOPE = BUF_INIT(SAVED_MAX), second BUF_SCOPE = BUF_INIT(SAVED_MAX);
    trainer_save(a, &first);
    trainer_save(b, &second);
    assert_true(first.len == trainer_saved_size(a) && str_eq(buf_str(&first), buf_str(&second)));
}

static void few_lines_are_learnt_by_heart(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct trainer *trainer = test_model_trainer(test, 500, 1);
    test_model_train(trainer);
    assert_true(trainer->loss < 0.3); /* what is left is which line comes next: the names */
    test_model_end(test);
}

/* Eight lines in one sequence, again and again: what is known by heart surprises no more. */
static void eight_lines_are_overfitted(void **state)
{
    (void)state;
    enum { CONTEXT = NET_CONTEXT_MAX };
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct net_size size = {.vocabulary = test->model.pieces.count, .width = 64, .layers = 2, .heads = 2,
                            .hidden = 128, .context = CONTEXT};
    struct net net;
    struct pass pass;
    uint16_t tokens[CONTEXT + 1];
    double loss = 1, kept1 = 1, kept2 = 1;
    test->stream.context = CONTEXT;
    stream_fill(&test->stream, 0, 0, tokens, NULL);
    assert_int_equal(net_create(test->arena, &size, &net), OK);
    assert_int_equal(pass_create(test->arena, kernel_best(), &size, 1, &pass), OK);
    net_begin(&net, 1);
    struct kernel_adam adam = {.weight = net.weight, .first = net_floats(test->arena, net.count),
                               .second = net_floats(test->arena, net.count), .rate = 3e-3F, .scale = 1,
                               .beta1 = 0.9F, .beta2 = 0.99F};
    float *gradient = net_floats(test->arena, net.count);
    adam.gradient = gradient;
    for (int i = 0; i < 400 && loss >= 0.01; i++) {
        kept1 *= 0.9;
        kept2 *= 0.99;
        loss = pass_run(&pass, &net, tokens, CONTEXT, gradient);
        adam.correct1 = (float)(1 / (1 - kept1));
        adam.correct2 = (float)(1 / (1 - kept2));
        pass.kernel->adam(&adam, 0, net.count);
    }
    assert_true(loss < 0.01);
    test_model_end(test);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_TURNS_REFUSING, 300);
    struct trainer *first = test_model_trainer(test, 30, 1), *second = test_model_trainer(test, 30, 2);
    struct parallel alone = {.workers = 1}, two = {.workers = 2, .run = run_on_two};
    while (!trainer_is_done(first)) {
        trainer_step(first, &alone);
        trainer_step(second, &two);
    }
    assert_same(first, second);
    test_model_end(test);
}

static void broken_off_and_gone_on_is_the_same(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct trainer *whole = test_model_trainer(test, 25, 1), *begun = test_model_trainer(test, 25, 1);
    struct trainer *later = test_model_trainer(test, 25, 1);
    struct parallel alone = {.workers = 1};
    struct buf saved BUF_SCOPE = BUF_INIT(SAVED_MAX);
    test_model_train(whole);
    for (int i = 0; i < 11; i++)
        trainer_step(begun, &alone);
    trainer_save(begun, &saved);
    assert_int_equal(trainer_resume(later, buf_str(&saved)), OK);
    assert_int_equal(later->step, 11);
    test_model_train(later);
    assert_same(whole, later);
    test_model_end(test);
}

static void what_was_saved_is_proven(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct trainer *trainer = test_model_trainer(test, 25, 1), *other = test_model_trainer(test, 26, 1);
    struct buf saved BUF_SCOPE = BUF_INIT(SAVED_MAX);
    trainer_save(trainer, &saved);
    assert_int_equal(trainer_resume(other, buf_str(&saved)), CONFLICT);
    assert_int_equal(trainer_resume(trainer, STR("")), CORRUPT);
    for (size_t at = 0; at < saved.len; at += 997) {
        saved.at[at] ^= 1;
        assert_int_equal(trainer_resume(trainer, buf_str(&saved)), CORRUPT);
        assert_int_equal(trainer_resume(trainer, str_slice(buf_str(&saved), 0, at)), CORRUPT);
        saved.at[at] ^= 1;
    }
    assert_int_equal(trainer_resume(trainer, buf_str(&saved)), OK);
    test_model_end(test);
}

static void impossible_plans_are_refused(void **state)
{
    (void)state;
    struct test_model *test = test_model_begin(STREAM_LINES, 0);
    struct trainer *trainer = test_model_trainer(test, 1, 1), *none;
    struct trainer_plan odd = trainer->plan, long_one = trainer->plan, other = trainer->plan;
    odd.sequences = TRAINER_SHARDS + 1;
    long_one.steps = TRAINER_STEPS_MAX + 1;
    other.size.vocabulary++;
    const struct trainer_plan *wrong[] = {&odd, &long_one, &other};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(trainer_create(test->arena, kernel_best(), wrong[i], &test->stream, 1, &none), INVALID);
    assert_int_equal(trainer_create(test->arena, kernel_best(), &trainer->plan, &test->stream, 0, &none), INVALID);
    test_model_end(test);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_lines_are_learnt_by_heart),
        cmocka_unit_test(eight_lines_are_overfitted),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(broken_off_and_gone_on_is_the_same),
        cmocka_unit_test(what_was_saved_is_proven),
        cmocka_unit_test(impossible_plans_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
