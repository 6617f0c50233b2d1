#include "role/model_line.h"

#include <stdio.h>

bool model_line_same(const struct training_job *a, const struct training_job *b)
{
    return a->diet.kind == b->diet.kind && a->diet.chosen == b->diet.chosen && a->seed == b->seed &&
           a->is_short == b->is_short;
}

static size_t find(const struct training_job *jobs, size_t count, const struct training_job *job)
{
    size_t i = 0;
    while (i < count && !model_line_same(&jobs[i], job))
        i++;
    return i;
}

static void take_out(struct training_job *jobs, size_t *count, size_t place)
{
    if (place >= *count)
        return;
    (*count)--;
    memmove(&jobs[place], &jobs[place + 1], (*count - place) * sizeof *jobs);
}

static bool is_wanted(const struct model_line *line, const struct training_job *job)
{
    for (const struct model_town *town = line->towns; town != NULL; town = town->next)
        if (find(town->wants, town->want_count, job) < town->want_count)
            return true;
    return false;
}

void model_line_join(struct model_line *line, struct model_town *town)
{
    town->next = line->towns;
    line->towns = town;
}

void model_line_leave(struct model_line *line, struct model_town *town)
{
    for (struct model_town **at = &line->towns; *at != NULL; at = &(*at)->next)
        if (*at == town) {
            *at = town->next;
            break;
        }
    town->want_count = 0;
    for (size_t i = line->count; i-- > 0;)
        if (!is_wanted(line, &line->jobs[i]))
            take_out(line->jobs, &line->count, i);
}

static size_t wanted_for(const struct model_town *town, uint64_t asker)
{
    size_t count = 0;
    for (size_t i = 0; i < town->want_count; i++)
        count += town->askers[i] == asker;
    return count;
}

/* Nothing, where the town does not want it. */
static void unwant(struct model_town *town, const struct training_job *job)
{
    size_t place = find(town->wants, town->want_count, job), count = town->want_count;
    take_out(town->wants, &town->want_count, place);
    if (place < count)
        memmove(&town->askers[place], &town->askers[place + 1], (town->want_count - place) * sizeof *town->askers);
}

enum status model_line_want(struct model_line *line, struct model_town *town, const struct training_job *job,
                            uint64_t asker)
{
    bool is_waiting = find(line->jobs, line->count, job) < line->count;
    if (model_line_kept(line, job) != NULL || find(town->wants, town->want_count, job) < town->want_count)
        return OK;
    if (asker != 0 && wanted_for(town, asker) >= MODEL_ASKER_MAX)
        return CONFLICT;
    if (town->want_count == MODEL_TOWN_MAX)
        return LIMIT;
    if (!is_waiting && line->count == MODEL_LINE_MAX)
        return BUSY;
    if (!is_waiting)
        line->jobs[line->count++] = *job;
    town->askers[town->want_count] = asker;
    town->wants[town->want_count++] = *job;
    return OK;
}

const struct training_job *model_line_first(const struct model_line *line)
{
    return line->count > 0 ? &line->jobs[0] : NULL;
}

size_t model_line_place(const struct model_line *line, const struct training_job *job)
{
    size_t place = find(line->jobs, line->count, job);
    return place < line->count ? place + 1 : 0;
}

static void keep(struct model_line *line, const struct training_job *job, struct buf *lines,
                 const struct training_state *state)
{
    struct model_result *result = &line->kept[line->next_kept];
    line->next_kept = (line->next_kept + 1) % MODEL_KEPT_MAX;
    line->kept_count += line->kept_count < MODEL_KEPT_MAX;
    buf_finish(&result->lines);
    *result = (struct model_result){.job = *job, .lines = *lines, .state = *state};
    *lines = (struct buf){0};
    snprintf(result->curve, sizeof result->curve, "%.*s", STR_ARG(state->curve));
    result->state.curve = str_of(result->curve);
}

void model_line_end(struct model_line *line, struct buf *lines, const struct training_state *state)
{
    REQUIRE(line->count > 0);
    struct training_job job = line->jobs[0];
    take_out(line->jobs, &line->count, 0);
    for (struct model_town *town = line->towns; town != NULL; town = town->next)
        unwant(town, &job);
    if (lines != NULL)
        keep(line, &job, lines, state);
}

const struct model_result *model_line_kept(const struct model_line *line, const struct training_job *job)
{
    for (size_t i = 0; i < line->kept_count; i++)
        if (model_line_same(&line->kept[i].job, job))
            return &line->kept[i];
    return NULL;
}

void model_line_finish(struct model_line *line)
{
    for (size_t i = 0; i < line->kept_count; i++)
        buf_finish(&line->kept[i].lines);
}
