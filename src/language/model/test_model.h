/* A small table, and a model trained on it, for tests: the same each time. Included by one test program each. */
#ifndef LANGUAGE_MODEL_TEST_MODEL_H
#define LANGUAGE_MODEL_TEST_MODEL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "language/model/model.h"
#include "language/model/trainer.h"

#define TEST_DEPARTMENTS \
    "[{\"code\":\"45\",\"nom\":\"Loiret\",\"region\":\"24\",\"chefLieu\":\"45234\",\"typeLiaison\":2}," \
    " {\"code\":\"2A\",\"nom\":\"Corse-du-Sud\",\"region\":\"94\",\"chefLieu\":\"2A004\",\"typeLiaison\":3}]"
#define TEST_COMMUNE(code, name, department, postal, population) \
    "{\"code\":\"" code "\",\"nom\":\"" name "\",\"type\":\"commune-actuelle\",\"departement\":\"" department \
    "\",\"codesPostaux\":[" postal "],\"population\":" population "}"
#define TEST_COMMUNES \
    "[" TEST_COMMUNE("45234", "Orléans", "45", "\"45000\",\"45100\"", "116617") "," \
    TEST_COMMUNE("45155", "Gien", "45", "\"45500\"", "13459") "," \
    TEST_COMMUNE("45208", "Montargis", "45", "\"45200\"", "14825") "," \
    TEST_COMMUNE("45004", "Amilly", "45", "\"45200\"", "13182") "," \
    TEST_COMMUNE("45075", "Le Charme", "45", "\"45230\"", "146") "," \
    TEST_COMMUNE("45028", "Beaugency", "45", "\"45190\"", "7293") "," \
    TEST_COMMUNE("2A004", "Ajaccio", "2A", "\"20000\",\"20090\"", "75000") "," \
    TEST_COMMUNE("2A999", "Gien", "2A", "\"20111\"", "50") "," \
    "{\"code\":\"45999\",\"nom\":\"Jadis\",\"type\":\"commune-deleguee\",\"departement\":\"45\"," \
    "\"codesPostaux\":[\"45000\"],\"population\":10}]"

struct test_model {
    struct arena *arena;
    struct table table;
    struct world world;
    struct stream stream;
    struct model model; /* its pieces, and the net of the last trainer */
};

static inline struct test_model *test_model_begin(enum stream_kind kind, size_t piece_count)
{
    struct arena *arena = arena_create(512 << 20);
    struct test_model *test = arena_new(arena, struct test_model);
    struct buf corpus BUF_SCOPE = BUF_INIT(4 << 20);
    test->arena = arena;
    assert_int_equal(table_read(arena, STR(TEST_COMMUNES), STR(TEST_DEPARTMENTS), &test->table), OK);
    assert_int_equal(world_create(arena, &test->table, WORLD_DEPARTMENT, STR("45"), &test->world), OK);
    test->stream = (struct stream){.kind = kind, .world = &test->world, .pieces = &test->model.pieces, .seed = 3,
                                   .context = 64};
    stream_corpus(&test->stream, &corpus);
    if (piece_count == 0)
        assert_int_equal(pieces_of_characters(arena, buf_str(&corpus), &test->model.pieces), OK);
    else
        assert_int_equal(pieces_learn(arena, buf_str(&corpus), piece_count, &test->model.pieces), OK);
    test->model.making = (struct model_making){.name = STR("test"), .kind = kind, .extent = WORLD_DEPARTMENT,
                                               .department = STR("45"), .data = STR("none"), .seed = 3,
                                               .sequences = 4};
    return test;
}

/* A trainer for so many steps; its net is the model's. */
static inline struct trainer *test_model_trainer(struct test_model *test, size_t steps, size_t workers)
{
    struct trainer *trainer;
    struct trainer_plan plan = {.seed = 3, .steps = steps, .sequences = 4, .rate = 5e-3F};
    plan.size = (struct net_size){.vocabulary = test->model.pieces.count, .width = 32, .layers = 2, .heads = 2,
                                  .hidden = 64, .context = 64};
    assert_int_equal(trainer_create(test->arena, kernel_best(), &plan, &test->stream, workers, &trainer), OK);
    test->model.net = trainer->net;
    test->model.making.steps = steps;
    return trainer;
}

static inline void test_model_train(struct trainer *trainer)
{
    struct parallel alone = {.workers = 1};
    while (!trainer_is_done(trainer))
        trainer_step(trainer, &alone);
}

static inline void test_model_end(struct test_model *test)
{
    struct arena *arena = test->arena; /* the test itself lies in it */
    arena_destroy(&arena);
}

#endif
