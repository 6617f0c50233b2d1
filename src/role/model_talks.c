#include "role/model_talks.h"

#include "core/house_ask.h"

/* ---- answers ---- */

static enum talking_stage tell(struct model_talks *talks, const struct talking *talking, struct buf *lines)
{
    const struct talking_state begun = {.stage = TALKING_THINKS};
    if (talks->voice != NULL)
        return model_voice_tell(talks->voice, talking, lines);
    house_line_add(lines, &talking_state_shape, &begun);
    return TALKING_THINKS;
}

enum status model_talks_ask(struct model_talks *talks, struct model_talker *talker, int64_t handle, struct str words,
                            int64_t now_ms, struct buf *lines, bool *ret_waits)
{
    struct talking talking;
    TRY(talking_read(words, &talking));
    bool has_room = talks->count < MODEL_TALKS_MAX && talker->waiting < MODEL_TALKS_TOWN_MAX;
    *ret_waits = tell(talks, &talking, lines) == TALKING_THINKS && has_room;
    if (!*ret_waits)
        return OK;
    struct model_talk_asking *asking = &talks->askings[talks->count++];
    *asking = (struct model_talk_asking){.talker = talker, .handle = handle, .asked_ms = now_ms,
                                         .served = ++talks->served, .words_len = words.len};
    memcpy(asking->words, words.at, words.len);
    talker->waiting++;
    return OK;
}

/* The last takes its place. */
static void take_out(struct model_talks *talks, size_t place)
{
    talks->askings[place].talker->waiting--;
    talks->count--;
    if (place < talks->count)
        talks->askings[place] = talks->askings[talks->count];
}

static struct talking talking_of(const struct model_talk_asking *asking)
{
    struct talking talking = {.count = 0};
    REQUIRE(talking_read((struct str){asking->words, asking->words_len}, &talking) == OK);
    return talking;
}

/* Answered where it is at its end, was held long enough, or cannot go on. */
static bool answer(struct model_talks *talks, size_t place, enum status status, bool is_due)
{
    struct model_talk_asking *asking = &talks->askings[place];
    struct talking talking = talking_of(asking);
    struct buf lines BUF_SCOPE = BUF_INIT(MODEL_TALK_LINES_MAX);
    enum talking_stage stage = tell(talks, &talking, &lines);
    if (status == OK && stage == TALKING_THINKS && !is_due)
        return false;
    talks->answer(asking->talker->whom, asking->handle, status, &lines);
    take_out(talks, place);
    return true;
}

/* ---- turns ---- */

static bool is_before(const struct model_talk_asking *one, const struct model_talk_asking *other)
{
    if (one->talker != other->talker)
        return one->talker->served < other->talker->served;
    return one->served < other->served;
}

static size_t next(const struct model_talks *talks)
{
    size_t next = 0;
    for (size_t i = 1; i < talks->count; i++)
        if (is_before(&talks->askings[i], &talks->askings[next]))
            next = i;
    return next;
}

static enum status say(struct model_talks *talks, struct model_talk_asking *asking)
{
    struct talking talking = talking_of(asking);
    asking->served = asking->talker->served = ++talks->served;
    if (talks->voice != NULL)
        return model_voice_say(talks->voice, &talking);
    if (talks->arena == NULL)
        talks->arena = arena_create(MODEL_VOICE_ARENA);
    enum status done = model_voice_create(talks->arena, &talks->voice);
    if (done != OK)
        arena_destroy(&talks->arena);
    return done;
}

bool model_talks_go(struct model_talks *talks, int64_t now_ms)
{
    if (talks->count == 0)
        return false;
    size_t place = next(talks);
    enum status done = say(talks, &talks->askings[place]);
    (void)answer(talks, place, done, false);
    for (size_t i = talks->count; i-- > 0;)
        if (now_ms - talks->askings[i].asked_ms >= MODEL_TALK_HOLD_MS)
            (void)answer(talks, i, OK, true);
    return true;
}

void model_talks_leave(struct model_talks *talks, struct model_talker *talker)
{
    for (size_t i = talks->count; i-- > 0;)
        if (talks->askings[i].talker == talker)
            take_out(talks, i);
}

void model_talks_finish(struct model_talks *talks)
{
    arena_destroy(&talks->arena);
}
