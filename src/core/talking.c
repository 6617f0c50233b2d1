#include "core/talking.h"

#include "base/utf8.h"

#define STATE(field, max) SHAPE_FIELD(talking_state, field, SHAPE_INT, max)
static const struct shape_field state_fields[] = {STATE(stage, TALKING_STAGES - 1), STATE(count, TALKING_TURNS_MAX)};
const struct shape talking_state_shape = SHAPE_OF(talking_state, state_fields);

#define TURN(field, kind, max) SHAPE_FIELD(talking_turn, field, kind, max)
static const struct shape_field turn_fields[] = {TURN(answer, SHAPE_BYTES, TALK_ANSWER_MAX),
                                                 TURN(department, SHAPE_INT, 0), TURN(postal_code, SHAPE_INT, 0),
                                                 TURN(population, SHAPE_INT, 0), TURN(least, SHAPE_INT, 0)};
const struct shape talking_turn_shape = SHAPE_OF(talking_turn, turn_fields);

/* ---- words ---- */

static bool is_question(struct str text)
{
    return text.len > 0 && str_find_byte(text, '\n') == SIZE_MAX && utf8_is_valid(text);
}

enum status talking_write(const struct talking *talking, struct buf *words)
{
    if (talking->count > TALKING_TURNS_MAX)
        return LIMIT;
    for (size_t i = 0; i < talking->count; i++) {
        if (talking->questions[i].len > TALKING_QUESTION_MAX)
            return LIMIT;
        if (!is_question(talking->questions[i]))
            return INVALID;
        if (i > 0 && talking->begins[i])
            buf_add_byte(words, '\n');
        buf_add(words, talking->questions[i]);
        buf_add_byte(words, '\n');
    }
    return buf_status(words);
}

enum status talking_read(struct str words, struct talking *ret_talking)
{
    struct talking talking = {.count = 0};
    bool begins = true;
    while (words.len > 0) {
        struct str line = str_cut(&words, '\n');
        if (str_is_absent(words) || line.len > TALKING_QUESTION_MAX || (line.len == 0 && begins) ||
            talking.count == TALKING_TURNS_MAX)
            return INVALID;
        begins |= line.len == 0;
        if (line.len == 0)
            continue;
        talking.questions[talking.count] = line;
        talking.begins[talking.count++] = begins;
        begins = false;
    }
    if (talking.count == 0 || begins)
        return INVALID;
    *ret_talking = talking;
    return OK;
}

struct str talking_upto(const struct talking *talking, size_t place)
{
    size_t first = place;
    while (!talking->begins[first])
        first--;
    struct str last = talking->questions[place];
    return str_span(talking->questions[first].at, last.at + last.len);
}

/* ---- turns ---- */

static int64_t part_of(float share)
{
    return (int64_t)((double)share * (double)TALKING_WHOLE);
}

struct talking_turn talking_turn_of(const struct turn *turn)
{
    return (struct talking_turn){.answer = {turn->answer, turn->answer_len},
                                 .department = part_of(turn->sure[MEASURE_DEPARTMENT]),
                                 .postal_code = part_of(turn->sure[MEASURE_POSTAL_CODE]),
                                 .population = part_of(turn->sure[MEASURE_POPULATION]),
                                 .least = part_of(turn->least)};
}

float talking_share(int64_t part)
{
    return (float)((double)part / (double)TALKING_WHOLE);
}
