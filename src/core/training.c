#include "core/training.h"

#include <stdio.h>

enum { SAID_MAX = 2000, CURVE_MAX = TRAINING_POINTS_MAX * 8 };

#define STATE(field, kind, max) SHAPE_FIELD(training_state, field, kind, max)
static const struct shape_field state_fields[] = {
    STATE(name, SHAPE_TEXT, TRAINING_NAME_MAX), STATE(stage, SHAPE_INT, TRAINING_DONE), STATE(place, SHAPE_INT, 0),
    STATE(step, SHAPE_INT, TRAINING_STEPS),     STATE(steps, SHAPE_INT, TRAINING_STEPS), STATE(loss, SHAPE_INT, 0),
    STATE(seconds, SHAPE_INT, 0),               STATE(count, SHAPE_INT, TRAINING_CHOSEN_MAX),
    STATE(curve, SHAPE_TEXT, CURVE_MAX)};
const struct shape training_state_shape = SHAPE_OF(training_state, state_fields);

#define ANSWER(field, kind, max) SHAPE_FIELD(training_answer, field, kind, max)
static const struct shape_field answer_fields[] = {ANSWER(said, SHAPE_TEXT, SAID_MAX), ANSWER(seen, SHAPE_INT, 0),
                                                   ANSWER(verdicts, SHAPE_INT, 0)};
const struct shape training_answer_shape = SHAPE_OF(training_answer, answer_fields);

static const char *const diets[DIET_KINDS] = {[DIET_WEB] = "web", [DIET_LARGE] = "large", [DIET_EQUAL] = "equal",
                                              [DIET_OFTEN] = "often", [DIET_WITHOUT] = "without"};

const char *training_diet_name(enum diet_kind kind)
{
    return diets[kind];
}

enum diet_kind training_diet(struct str name)
{
    enum diet_kind kind = DIET_WEB;
    while (kind < DIET_KINDS && !str_eq(name, str_of(diets[kind])))
        kind++;
    return kind;
}

bool training_chooses(enum diet_kind kind)
{
    return kind == DIET_OFTEN || kind == DIET_WITHOUT;
}

/* Digits alone: "+7" and "007" would name the same machine otherwise. */
static enum status read_number(struct str text, uint64_t max, uint64_t *ret_number)
{
    if (text.len == 0 || (text.len > 1 && text.at[0] == '0'))
        return INVALID;
    return str_to_u64(text, max, ret_number);
}

enum status training_read(struct str name, struct training_job *ret_job)
{
    struct training_job job = {.seed = 0};
    struct str rest = name, chosen = str_cut(&rest, '.');
    struct str kind = str_cut(&chosen, '-'), seed = STR("");
    uint64_t number = 0;
    if (!str_is_absent(rest))
        seed = str_cut(&rest, '.');
    job.diet.kind = training_diet(kind);
    job.is_short = !str_is_absent(rest);
    if (job.diet.kind == DIET_KINDS || (job.is_short && !str_eq(rest, STR("short"))) ||
        str_is_absent(chosen) == training_chooses(job.diet.kind))
        return INVALID;
    if (!str_is_absent(chosen))
        TRY(read_number(chosen, TRAINING_CHOSEN_MAX, &number));
    job.diet.chosen = (size_t)number;
    TRY(read_number(seed, TRAINING_SEED_MAX, &number));
    job.seed = (int64_t)number;
    *ret_job = job;
    return OK;
}

void training_name(const struct training_job *job, char ret_name[TRAINING_NAME_MAX])
{
    char chosen[24] = "";
    if (training_chooses(job->diet.kind))
        snprintf(chosen, sizeof chosen, "-%zu", job->diet.chosen);
    snprintf(ret_name, TRAINING_NAME_MAX, "%s%s.%lld%s", diets[job->diet.kind], chosen, (long long)job->seed % 1000000,
             job->is_short ? ".short" : "");
}

size_t training_steps(const struct training_job *job)
{
    return job->is_short ? TRAINING_STEPS_SHORT : TRAINING_STEPS;
}
