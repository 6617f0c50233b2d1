#include "role/model_voice.h"

#include "core/house_ask.h"
#include "language/model/shipped.h"

struct remembered {
    char upto[TALKING_WORDS_MAX]; /* the talk up to its question */
    size_t upto_len;
    uint64_t used; /* 0: empty */
    bool is_too_long;
    struct talk talk; /* with this turn */
    struct turn turn;
};

struct model_voice {
    struct model model;
    struct speaker *speaker;
    struct remembered turns[MODEL_TURNS_MAX];
    uint64_t uses, said;
};

enum status model_voice_create(struct arena *arena, struct model_voice **ret_voice)
{
    struct shipped_model shipped;
    struct model_voice *voice = arena_new(arena, struct model_voice);
    if (voice == NULL)
        return LIMIT;
    TRY(shipped_model(STR("moyen"), &shipped));
    TRY(model_read(arena, shipped.file, &voice->model));
    TRY(speaker_create(arena, kernel_best(), &voice->model, &voice->speaker));
    *ret_voice = voice;
    return OK;
}

static struct remembered *find(struct model_voice *voice, struct str upto)
{
    for (size_t i = 0; i < MODEL_TURNS_MAX; i++) {
        struct remembered *turn = &voice->turns[i];
        if (turn->used != 0 && str_eq((struct str){turn->upto, turn->upto_len}, upto))
            return turn;
    }
    return NULL;
}

static struct remembered *oldest(struct model_voice *voice)
{
    struct remembered *oldest = &voice->turns[0];
    for (size_t i = 1; i < MODEL_TURNS_MAX; i++)
        if (voice->turns[i].used < oldest->used)
            oldest = &voice->turns[i];
    return oldest;
}

enum talking_stage model_voice_tell(struct model_voice *voice, const struct talking *talking, struct buf *lines)
{
    const struct remembered *turns[TALKING_TURNS_MAX];
    struct talking_state state = {.stage = TALKING_SAID};
    for (size_t i = 0; i < talking->count && state.stage == TALKING_SAID; i++) {
        struct remembered *turn = find(voice, talking_upto(talking, i));
        if (turn == NULL) {
            state.stage = TALKING_THINKS;
            break;
        }
        turn->used = ++voice->uses;
        if (turn->is_too_long)
            state.stage = TALKING_TOO_LONG;
        else
            turns[state.count++] = turn;
    }
    house_line_add(lines, &talking_state_shape, &state);
    for (int64_t i = 0; i < state.count; i++) {
        struct talking_turn said = talking_turn_of(&turns[i]->turn);
        house_line_add(lines, &talking_turn_shape, &said);
    }
    return (enum talking_stage)state.stage;
}

static enum status say(struct model_voice *voice, const struct talking *talking, size_t place,
                       const struct remembered *before)
{
    struct str upto = talking_upto(talking, place);
    struct remembered *turn = oldest(voice);
    turn->used = 0;
    turn->talk = before != NULL ? before->talk : (struct talk){.len = 0};
    enum status done = turn_say(&turn->talk, voice->speaker, talking->questions[place], &turn->turn);
    if (done != OK && done != LIMIT)
        return done;
    turn->is_too_long = done == LIMIT;
    memcpy(turn->upto, upto.at, upto.len);
    turn->upto_len = upto.len;
    turn->used = ++voice->uses;
    voice->said++;
    return OK;
}

enum status model_voice_say(struct model_voice *voice, const struct talking *talking)
{
    const struct remembered *before = NULL;
    for (size_t i = 0; i < talking->count; i++) {
        struct remembered *turn = find(voice, talking_upto(talking, i));
        if (turn == NULL)
            return say(voice, talking, i, talking->begins[i] ? NULL : before);
        if (turn->is_too_long)
            return OK;
        turn->used = ++voice->uses;
        before = turn;
    }
    return OK;
}

uint64_t model_voice_said(const struct model_voice *voice)
{
    return voice->said;
}
