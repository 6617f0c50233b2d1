/* A town that plays: what the tests of games begin with. */
#ifndef SERVICE_GAMES_TEST_GAMES_H
#define SERVICE_GAMES_TEST_GAMES_H

#include "core/decision.h"
#include "core/test_town.h"
#include "service/games/machine.h"
#include "service/games/brake.h"
#include "service/games/paper/printed.h"

static struct test_town test;

static inline int open_games(void **state)
{
    (void)state;
    test_town_open(&test);
    return 0;
}

static inline int close_games(void **state)
{
    (void)state;
    brake_close(&test.town);
    printed_close(&test.town);
    machine_close(&test.town);
    test_town_close(&test);
    return 0;
}

/* The town has decided about a language model of this name. */
static inline void decide_on(const char *name)
{
    struct ctx ctx = test_ctx(&test);
    struct decision decision = {.day = date_of(2026, 11, 20),
                                .decider = STR("Conseil municipal"),
                                .words = STR("Pour un an."),
                                .card = {.name = str_of(name), .address = STR("http://127.0.0.1:8081/v1"),
                                         .model = STR("petit-modele"), .maker = STR(""), .licence = STR(""),
                                         .training = STR(""), .place = STR(""), .energy = STR("")}};
    assert_int_equal(DO(&test, decision_record(&ctx, &decision)), OK);
}

#endif
