#include "service/games/room_guard.h"

#include <stdlib.h>

#include "core/pseudonym.h"
#include "core/town.h"

enum { KEPT_MAX = 1000, MINUTE_MS = 60 * 1000, HOUR_MS = 3600 * 1000 };

struct try {
    struct pseudonym who;
    enum room_try what;
    int64_t at_ms;
};

struct room_guard {
    unsigned char key[PSEUDONYM_KEY_BYTES];
    struct try tries[KEPT_MAX]; /* a ring: the oldest gives way */
    size_t next;
};

static struct room_guard *guard_of(struct town *town)
{
    struct room_guard *guard = town->state[ROOM_GUARD_SLOT];
    if (guard != NULL)
        return guard;
    guard = calloc(1, sizeof *guard);
    if (guard != NULL)
        pseudonym_key(guard->key);
    town->state[ROOM_GUARD_SLOT] = guard;
    return guard;
}

bool room_guard_is_shut(struct ctx *ctx, enum room_try what, struct str remote)
{
    static const struct {
        int most;
        int64_t within_ms;
    } limits[ROOM_TRIES] = {{ROOM_CODES_A_MINUTE, MINUTE_MS}, {ROOM_OPENED_AN_HOUR, HOUR_MS}};
    const struct room_guard *guard = ctx->town->state[ROOM_GUARD_SLOT];
    int count = 0;
    if (guard == NULL)
        return false;
    struct pseudonym who = pseudonym_of(guard->key, pseudonym_network(remote));
    for (size_t i = 0; i < KEPT_MAX; i++) {
        const struct try *try = &guard->tries[i];
        count += try->what == what && try->at_ms > ctx->now.ms - limits[what].within_ms &&
                 str_eq(pseudonym_str(&try->who), pseudonym_str(&who));
    }
    return count >= limits[what].most;
}

void room_guard_note(struct ctx *ctx, enum room_try what, struct str remote)
{
    struct room_guard *guard = guard_of(ctx->town);
    if (guard == NULL)
        return;
    guard->tries[guard->next] = (struct try){.who = pseudonym_of(guard->key, pseudonym_network(remote)), .what = what,
                                             .at_ms = ctx->now.ms};
    guard->next = (guard->next + 1) % KEPT_MAX;
}

void room_guard_close(struct town *town)
{
    free(town->state[ROOM_GUARD_SLOT]);
    town->state[ROOM_GUARD_SLOT] = NULL;
}
