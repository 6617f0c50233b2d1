/* A provider_line is who waits for a provider: the askings of each town in their order, and what was said.
 *
 * Invariants: of one town one asking is at work; a town has at most PROVIDER_TOWN_OPEN that are not answered, the house
 * PROVIDER_HOUSE_OPEN; the same asking stands in a town's line once. What was said is kept PROVIDER_KEPT_MS, why
 * nothing was PROVIDER_FAILED_MS, so that a page looked at again asks nobody; then it is forgotten. Pure: time comes as
 * an argument. Texts are malloc'd here. */
#ifndef ROLE_PROVIDER_LINE_H
#define ROLE_PROVIDER_LINE_H

#include "core/provider.h"

enum {
    PROVIDER_TOWN_OPEN = 5,
    PROVIDER_TOWN_JOBS = 12, /* open and kept */
    PROVIDER_HOUSE_OPEN = 64,
    PROVIDER_KEPT_MS = 10 * 60 * 1000,
    PROVIDER_FAILED_MS = 60 * 1000,
};

struct fetch;
struct reached;

struct provider_job {
    struct provider_town *town;
    struct str words; /* of the asking, as they came */
    struct provider_state state; /* WAITS, RUNS, DONE */
    int64_t ended_ms;
    uint64_t number; /* grows with each that comes */
    struct fetch *fetch; /* of one at work; whoever works with the line sets and stops it */
    const struct reached *reached; /* who is asked */
};

/* A town as the line knows it; lies in whoever speaks with it. */
struct provider_town {
    struct provider_town *next;
    void *with; /* whoever speaks with it */
    struct provider_job *jobs[PROVIDER_TOWN_JOBS]; /* the oldest first */
    size_t count;
};

struct provider_line {
    struct provider_town *towns;
    size_t open;
    uint64_t number;
};

void provider_line_join(struct provider_line *line, struct provider_town *town, void *with);
void provider_line_leave(struct provider_line *line, struct provider_town *town); /* forgets its jobs */
/* Its jobs are gone. No fetch may be open. */
void provider_line_forget(struct provider_line *line, struct provider_town *town);

/* NULL: not asked, or forgotten since. */
struct provider_job *provider_line_find(const struct provider_town *town, struct str words);
/* NULL: too many wait. */
struct provider_job *provider_line_add(struct provider_line *line, struct provider_town *town, struct str words);
/* The next to begin: of the towns that have none at work, and whose oldest can begin now, the oldest; NULL: none. */
typedef bool provider_line_can_begin(const struct provider_job *job);
struct provider_job *provider_line_next(const struct provider_line *line, provider_line_can_begin *can_begin);
/* How many stand before it in its town's line, and it: from 1; 0: it is answered. */
int64_t provider_line_place(const struct provider_job *job);
/* It is answered; what was said is copied. */
void provider_line_end(struct provider_line *line, struct provider_job *job, const struct provider_state *state,
                       int64_t now_ms);
/* What has been kept long enough goes. */
void provider_line_age(struct provider_line *line, int64_t now_ms);

#endif
