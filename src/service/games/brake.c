#include "service/games/brake.h"

#include <stdlib.h>

#include "core/pseudonym.h"
#include "core/town.h"

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 3600 * 1000 };

/* A network's last tries of one kind. */
struct row {
    struct pseudonym who;
    int64_t at_ms[BRAKE_TRIES_MAX]; /* a ring */
    size_t next;
    uint64_t used; /* 0: nobody's yet */
};

struct brake {
    unsigned char key[PSEUDONYM_KEY_BYTES];
    struct row rows[BRAKE_KINDS][BRAKE_NETWORKS];
    uint64_t uses;
};

static const struct {
    int most, town_most; /* of a network; of all together, 0: as many as come */
    int64_t within_ms;
} limits[BRAKE_KINDS] = {[BRAKE_CODE] = {BRAKE_CODES_A_MINUTE, BRAKE_TOWN_CODES_A_MINUTE, MINUTE_MS},
                         [BRAKE_ROOM] = {BRAKE_ROOMS_AN_HOUR, 0, HOUR_MS},
                         [BRAKE_ASKING] = {BRAKE_ASKINGS_A_MINUTE, 0, MINUTE_MS}};

static struct brake *brake_of(struct town *town)
{
    struct brake *brake = town->state[BRAKE_SLOT];
    if (brake != NULL)
        return brake;
    brake = calloc(1, sizeof *brake);
    if (brake != NULL)
        pseudonym_key(brake->key);
    town->state[BRAKE_SLOT] = brake;
    return brake;
}

static struct pseudonym who_of(const struct brake *brake, struct str remote)
{
    return pseudonym_of(brake->key, pseudonym_network(remote));
}

static struct row *find(struct brake *brake, enum brake_kind what, const struct pseudonym *who)
{
    struct row *rows = brake->rows[what];
    for (size_t i = 0; i < BRAKE_NETWORKS; i++)
        if (rows[i].used > 0 && str_eq(pseudonym_str(&rows[i].who), pseudonym_str(who)))
            return &rows[i];
    return NULL;
}

static int count_row(const struct row *row, int64_t now_ms, int64_t within_ms)
{
    int count = 0;
    for (size_t i = 0; i < BRAKE_TRIES_MAX; i++)
        count += row->at_ms[i] != 0 && row->at_ms[i] <= now_ms && row->at_ms[i] > now_ms - within_ms;
    return count;
}

enum brake_door brake_door(struct ctx *ctx, enum brake_kind what, struct str remote)
{
    struct brake *brake = ctx->town->state[BRAKE_SLOT];
    int64_t now_ms = ctx->now.ms, within_ms = limits[what].within_ms;
    int all = 0;
    if (brake == NULL)
        return BRAKE_OPEN;
    struct pseudonym who = who_of(brake, remote);
    const struct row *own = find(brake, what, &who);
    if (own != NULL && count_row(own, now_ms, within_ms) >= limits[what].most)
        return BRAKE_SHUT;
    for (size_t i = 0; i < BRAKE_NETWORKS && limits[what].town_most > 0; i++)
        all += count_row(&brake->rows[what][i], now_ms, within_ms);
    return limits[what].town_most > 0 && all >= limits[what].town_most ? BRAKE_TOWN_SHUT : BRAKE_OPEN;
}

/* The row of this network, or the one that was silent longest, emptied. */
static struct row *row_of(struct brake *brake, enum brake_kind what, const struct pseudonym *who)
{
    struct row *row = find(brake, what, who), *rows = brake->rows[what];
    if (row != NULL)
        return row;
    row = &rows[0];
    for (size_t i = 1; i < BRAKE_NETWORKS; i++)
        if (rows[i].used < row->used)
            row = &rows[i];
    *row = (struct row){.who = *who};
    return row;
}

void brake_note(struct ctx *ctx, enum brake_kind what, struct str remote)
{
    struct brake *brake = brake_of(ctx->town);
    if (brake == NULL)
        return;
    struct pseudonym who = who_of(brake, remote);
    struct row *row = row_of(brake, what, &who);
    row->at_ms[row->next] = ctx->now.ms;
    row->next = (row->next + 1) % BRAKE_TRIES_MAX;
    row->used = ++brake->uses;
}

uint64_t brake_number(struct ctx *ctx, struct str remote)
{
    uint64_t number = 0;
    const struct brake *brake = brake_of(ctx->town);
    if (brake == NULL)
        return 0;
    struct pseudonym who = who_of(brake, remote);
    for (size_t i = 0; i < sizeof number; i++)
        number = number << 8 | who.bytes[i];
    return number | 1;
}

void brake_close(struct town *town)
{
    free(town->state[BRAKE_SLOT]);
    town->state[BRAKE_SLOT] = NULL;
}
