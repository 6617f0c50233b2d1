/* A town that plays: what the tests of games begin with. */
#ifndef SERVICE_GAMES_TEST_GAMES_H
#define SERVICE_GAMES_TEST_GAMES_H

#include "core/test_town.h"
#include "service/games/machine.h"
#include "service/games/room_guard.h"

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
    room_guard_close(&test.town);
    machine_close(&test.town);
    test_town_close(&test);
    return 0;
}

#endif
