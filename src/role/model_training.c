#include "role/model_training.h"

#include <stdlib.h>

#include "core/house_ask.h"
#include "language/model/measure.h"
#include "language/model/shipped.h"
#include "language/model/table_text.h"
#include "language/model/trainer.h"
#include "service/games/deck.h"

enum {
    DRAWS = 20,      /* steps whose stream is drawn again in one slice */
    ASKS = 4,        /* communes asked in one slice */
    DRAW_COST = 16,  /* so many steps drawn again cost as much as one step of training */
    ASK_COST = 8,    /* likewise communes asked */
    FILE_MAX = 1 << 20,
};

/* As nano's recipe (model_train_verb.c); its other numbers stand in its file. */
static const float RATE = 4e-3F;

struct model_training {
    const struct model_base *base;
    struct training_job job;
    struct table truth; /* all of France: a name that others bear too is judged by all of them (measure.h) */
    struct world world;
    struct stream stream;
    struct trainer *trainer;
    struct arena *arena;
    struct str file;
    struct model model; /* as the file holds it */
    struct speaker *speaker;
    uint32_t *seen;      /* by rank */
    uint64_t drawn;      /* steps whose stream was drawn again */
    struct str *said;    /* by rank */
    struct measure_answer *answers;
    size_t asked;
};

/* ---- what all share ---- */

static enum status add_codes(struct arena *arena, struct str codes, struct table_commune *commune)
{
    struct str *list = arena_array(arena, struct str, TABLE_CODES_MAX);
    if (list == NULL)
        return LIMIT;
    while (!str_is_absent(codes) && commune->postal_code_count < TABLE_CODES_MAX)
        list[commune->postal_code_count++] = str_cut(&codes, ' ');
    commune->postal_codes = list;
    return OK;
}

/* All of a shipped deck lie in one department. */
static enum status make_table(struct arena *arena, const struct deck *deck, struct table *table)
{
    struct table_department *department = arena_new(arena, struct table_department);
    struct table_commune *communes = arena_array(arena, struct table_commune, deck->count + 1);
    if (department == NULL || communes == NULL)
        return LIMIT;
    for (size_t i = 0; i < deck->count; i++) {
        const struct deck_card *card = &deck->cards[i];
        *department = (struct table_department){.code = card->department, .name = card->department_name,
                                                .region = STR(""), .seat = STR("")};
        communes[i] = (struct table_commune){.name = card->name, .code = STR(""), .department = department};
        TRY(add_codes(arena, card->postal_codes, &communes[i]));
        if (str_to_i64(card->population, &communes[i].population) != OK)
            return CORRUPT;
    }
    *table = (struct table){.departments = department, .department_count = 1, .communes = communes,
                            .count = deck->count};
    return deck->count > 0 ? table_join(arena, table) : CORRUPT;
}

enum status model_base_create(struct arena *arena, struct model_base *ret_base)
{
    struct shipped_model shipped;
    struct deck deck;
    ret_base->steps_most = 0;
    TRY(shipped_model(STR("nano"), &shipped));
    TRY(model_read(arena, shipped.file, &ret_base->nano));
    TRY(deck_read(arena, shipped.deck, &deck));
    return make_table(arena, &deck, &ret_base->table);
}

/* ---- beginning ---- */

static enum status make_world(struct arena *arena, struct model_training *training)
{
    const struct table *table = &training->base->table;
    uint64_t *weights = arena_array(arena, uint64_t, table->count);
    if (weights == NULL)
        return LIMIT;
    diet_weights(training->job.diet, table->count, weights);
    TRY(world_of_weights(arena, table, weights, &training->world));
    training->stream = (struct stream){.kind = STREAM_LINES, .world = &training->world,
                                       .pieces = &training->base->nano.pieces, .seed = (uint64_t)training->job.seed,
                                       .context = training->base->nano.net.size.context};
    return OK;
}

static enum status make_room(struct arena *arena, struct model_training *training)
{
    size_t count = training->base->table.count;
    training->seen = arena_array(arena, uint32_t, count);
    training->said = arena_array(arena, struct str, count);
    training->answers = arena_array(arena, struct measure_answer, count);
    return training->seen && training->said && training->answers ? OK : LIMIT;
}

enum status model_training_create(struct arena *arena, const struct model_base *base, const struct training_job *job,
                                  size_t workers, struct model_training **ret_training)
{
    struct model_training *training = arena_new(arena, struct model_training);
    size_t steps = training_steps(job), most = base->steps_most;
    struct trainer_plan plan = {.size = base->nano.net.size, .seed = (uint64_t)job->seed,
                                .steps = most > 0 && most < steps ? most : steps,
                                .sequences = base->nano.making.sequences, .rate = RATE};
    if (training == NULL)
        return LIMIT;
    if (job->diet.chosen >= base->table.count)
        return NOT_FOUND;
    *training = (struct model_training){.base = base, .job = *job, .arena = arena};
    TRY(table_text_read(arena, shipped_communes(), &training->truth, NULL));
    TRY(make_world(arena, training));
    TRY(make_room(arena, training));
    TRY(trainer_create(arena, kernel_best(), &plan, &training->stream, workers, &training->trainer));
    *ret_training = training;
    return OK;
}

/* ---- going on ---- */

/* What is asked is what the file holds. */
static enum status make_model(struct model_training *training)
{
    struct buf file BUF_SCOPE = BUF_INIT(FILE_MAX);
    struct model fed = {.net = training->trainer->net, .pieces = training->base->nano.pieces,
                        .making = training->base->nano.making};
    fed.making.seed = (uint64_t)training->job.seed;
    fed.making.steps = training->trainer->plan.steps;
    model_write(&fed, training->base->nano.type, &file);
    TRY(buf_status(&file));
    training->file = str_copy(training->arena, buf_str(&file));
    if (str_is_absent(training->file))
        return LIMIT;
    TRY(model_read(training->arena, training->file, &training->model));
    return speaker_create(training->arena, kernel_best(), &training->model, &training->speaker);
}

static void draw_again(struct model_training *training)
{
    uint64_t steps = training->trainer->plan.steps, to = training->drawn + DRAWS;
    to = to < steps ? to : steps;
    measure_seen(&training->stream, training->drawn, to, training->trainer->plan.sequences, training->seen);
    training->drawn = to;
}

static enum status ask(struct model_training *training, size_t rank)
{
    const struct table_commune *commune = &training->base->table.communes[training->world.communes[rank]];
    struct speaker_said said[SPEAKER_SAID_MAX];
    char prompt_bytes[WORLD_LINE_MAX], bytes[MEASURE_ANSWER_MAX];
    struct buf prompt = {.at = prompt_bytes, .room = sizeof prompt_bytes, .max = sizeof prompt_bytes};
    struct buf text = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    bool all[MEASURE_FIELDS] = {true, true, true};
    size_t count = 0;
    world_prompt(&prompt, commune->name);
    speaker_restart(training->speaker);
    TRY(speaker_hear_text(training->speaker, buf_str(&prompt)));
    speaker_say(training->speaker, 0, NULL, said, SPEAKER_SAID_MAX, &count, &text);
    measure_judge(&training->truth, commune->name, buf_str(&text), all, training->answers[rank].verdict);
    training->said[rank] = str_copy(training->arena, str_trim(buf_str(&text)));
    return str_is_absent(training->said[rank]) ? LIMIT : OK;
}

enum status model_training_go(struct model_training *training, const struct parallel *parallel)
{
    size_t count = training->base->table.count;
    if (!trainer_is_done(training->trainer)) {
        trainer_step(training->trainer, parallel);
        return OK;
    }
    if (training->speaker == NULL)
        return make_model(training);
    if (training->drawn < training->trainer->plan.steps) {
        draw_again(training);
        return OK;
    }
    for (int i = 0; i < ASKS && training->asked < count; i++, training->asked++)
        TRY(ask(training, training->asked));
    return training->asked < count ? OK : NOT_FOUND;
}

/* ---- telling ---- */

static struct str curve_of(const struct trainer *trainer, struct arena *arena)
{
    struct buf text BUF_SCOPE = BUF_INIT(TRAINING_POINTS_MAX * 8);
    size_t points = trainer->step * TRAINER_CURVE_MAX / trainer->plan.steps;
    for (size_t i = 0; i < points; i++) {
        if (i > 0)
            buf_add_byte(&text, ' ');
        buf_add_i64(&text, (int64_t)((double)trainer->curve[i] * 1000 + 0.5));
    }
    struct str curve = str_copy(arena, buf_str(&text));
    return str_is_absent(curve) ? STR("") : curve;
}

void model_training_state(const struct model_training *training, struct arena *arena, struct training_state *ret_state)
{
    const struct trainer *trainer = training->trainer;
    *ret_state = (struct training_state){.stage = trainer_is_done(trainer) ? TRAINING_ASKS : TRAINING_RUNS,
                                         .step = (int64_t)trainer->step, .steps = (int64_t)trainer->plan.steps,
                                         .loss = (int64_t)(trainer->loss * 1000 + 0.5), .seconds = -1,
                                         .curve = curve_of(trainer, arena)};
    if (training->asked == training->base->table.count)
        ret_state->stage = TRAINING_DONE;
}

double model_training_share(const struct model_training *training)
{
    double steps = (double)training->trainer->plan.steps, communes = (double)training->base->table.count;
    double done = (double)training->trainer->step + (double)training->drawn / DRAW_COST +
                  (double)training->asked / ASK_COST;
    return done / (steps + steps / DRAW_COST + communes / ASK_COST);
}

void model_training_answers(const struct model_training *training, struct buf *lines)
{
    for (size_t rank = 0; rank < training->base->table.count; rank++) {
        struct training_answer answer = {.said = training->said[rank], .seen = training->seen[rank]};
        for (int field = 0; field < MEASURE_FIELDS; field++)
            answer.verdicts |= (int64_t)training->answers[rank].verdict[field] << (4 * field);
        house_line_add(lines, &training_answer_shape, &answer);
    }
}

struct str model_training_file(const struct model_training *training)
{
    return training->file;
}
