#include "role/provider_line.h"

#include <stdlib.h>
#include <string.h>

static struct str kept(struct str text)
{
    char *copy = malloc(text.len + 1);
    REQUIRE(copy != NULL);
    if (text.len > 0)
        memcpy(copy, text.at, text.len);
    return (struct str){copy, text.len};
}

static void drop(struct str text)
{
    if (text.at != NULL)
        explicit_bzero((char *)(uintptr_t)text.at, text.len); /* a question may be in it */
    free((char *)(uintptr_t)text.at);
}

static bool is_open(const struct provider_job *job)
{
    return job->state.stage != PROVIDER_DONE;
}

static void take_out(struct provider_line *line, struct provider_town *town, size_t at)
{
    struct provider_job *job = town->jobs[at];
    REQUIRE(job->fetch == NULL);
    line->open -= is_open(job);
    memmove(town->jobs + at, town->jobs + at + 1, (--town->count - at) * sizeof town->jobs[0]);
    drop(job->words);
    drop(job->state.said);
    free(job);
}

void provider_line_join(struct provider_line *line, struct provider_town *town, void *with)
{
    *town = (struct provider_town){.next = line->towns, .with = with};
    line->towns = town;
}

void provider_line_forget(struct provider_line *line, struct provider_town *town)
{
    while (town->count > 0)
        take_out(line, town, town->count - 1);
}

void provider_line_leave(struct provider_line *line, struct provider_town *town)
{
    provider_line_forget(line, town);
    for (struct provider_town **at = &line->towns; *at != NULL; at = &(*at)->next) {
        if (*at != town)
            continue;
        *at = town->next;
        return;
    }
}

struct provider_job *provider_line_find(const struct provider_town *town, struct str words)
{
    for (size_t i = 0; i < town->count; i++)
        if (str_eq(town->jobs[i]->words, words))
            return town->jobs[i];
    return NULL;
}

/* Room for one more: the oldest that is answered goes. */
static void make_room(struct provider_line *line, struct provider_town *town)
{
    for (size_t i = 0; town->count == PROVIDER_TOWN_JOBS && i < town->count; i++)
        if (!is_open(town->jobs[i]))
            take_out(line, town, i);
}

struct provider_job *provider_line_add(struct provider_line *line, struct provider_town *town, struct str words)
{
    size_t open = 0;
    for (size_t i = 0; i < town->count; i++)
        open += is_open(town->jobs[i]);
    if (open >= PROVIDER_TOWN_OPEN || line->open >= PROVIDER_HOUSE_OPEN)
        return NULL;
    make_room(line, town);
    struct provider_job *job = calloc(1, sizeof *job);
    REQUIRE(job != NULL && town->count < PROVIDER_TOWN_JOBS);
    *job = (struct provider_job){.town = town, .words = kept(words), .number = ++line->number,
                                 .state = {.stage = PROVIDER_WAITS, .said = kept(STR("")), .energy_uwh = -1}};
    town->jobs[town->count++] = job;
    line->open++;
    return job;
}

/* The oldest of a town that waits; NULL: none does, or one is at work. */
static struct provider_job *first_of(const struct provider_town *town)
{
    struct provider_job *first = NULL;
    for (size_t i = 0; i < town->count; i++) {
        if (town->jobs[i]->state.stage == PROVIDER_RUNS)
            return NULL;
        if (first == NULL && town->jobs[i]->state.stage == PROVIDER_WAITS)
            first = town->jobs[i];
    }
    return first;
}

struct provider_job *provider_line_next(const struct provider_line *line, provider_line_can_begin *can_begin)
{
    struct provider_job *next = NULL;
    for (const struct provider_town *town = line->towns; town != NULL; town = town->next) {
        struct provider_job *first = first_of(town);
        if (first != NULL && can_begin(first) && (next == NULL || first->number < next->number))
            next = first;
    }
    return next;
}

int64_t provider_line_place(const struct provider_job *job)
{
    int64_t place = 1;
    if (!is_open(job))
        return 0;
    for (size_t i = 0; job->town->jobs[i] != job; i++)
        place += is_open(job->town->jobs[i]);
    return place;
}

void provider_line_end(struct provider_line *line, struct provider_job *job, const struct provider_state *state,
                       int64_t now_ms)
{
    REQUIRE(is_open(job));
    drop(job->state.said);
    job->state = *state;
    job->state.stage = PROVIDER_DONE;
    job->state.said = kept(state->said);
    job->ended_ms = now_ms;
    line->open--;
}

void provider_line_age(struct provider_line *line, int64_t now_ms)
{
    for (struct provider_town *town = line->towns; town != NULL; town = town->next)
        for (size_t i = town->count; i > 0; i--) {
            const struct provider_job *job = town->jobs[i - 1];
            int64_t most = job->state.failure == PROVIDER_WELL ? PROVIDER_KEPT_MS : PROVIDER_FAILED_MS;
            if (!is_open(job) && now_ms - job->ended_ms >= most)
                take_out(line, town, i - 1);
        }
}
