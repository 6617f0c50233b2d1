#include "language/model/survey.h"

#include <math.h>

/* A survey is lines: SURVEY_TEXTS of texts ("text;likeliest likeliest ..."), then one for each neuron, layer by layer:
 * "least mean most;text.token.value ...;piece.seen.value ...". Values are in thousandths. */

enum { TEXT_MAX = 1200, DRAWS_MAX = 200000, ALL_TOKENS = SURVEY_TEXTS * SURVEY_TOKENS };

struct heard {
    struct str texts[SURVEY_TEXTS];
    size_t count;                      /* of tokens, in all texts */
    uint16_t tokens[ALL_TOKENS], likeliest[ALL_TOKENS];
    uint16_t text[ALL_TOKENS], place[ALL_TOKENS];
    float *values; /* of every neuron, token by token */
    size_t neurons;
};

/* ---- hearing ---- */

static bool is_new(const struct heard *heard, size_t count, struct str text)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(heard->texts[i], text))
            return false;
    return str_find_byte(text, ';') == SIZE_MAX && str_find_byte(text, '\\') == SIZE_MAX;
}

static enum status draw_texts(struct arena *arena, const struct stream *stream, struct heard *heard)
{
    struct seeded seeded = {stream->seed};
    size_t about[STREAM_ABOUT_MAX], count = 0;
    for (int draws = 0; count < SURVEY_TEXTS && draws < DRAWS_MAX; draws++) {
        struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
        stream_draw(stream, &seeded, &text, about);
        TRY(buf_status(&text));
        if (!is_new(heard, count, buf_str(&text)))
            continue;
        heard->texts[count] = str_copy(arena, buf_str(&text));
        if (str_is_absent(heard->texts[count++]))
            return LIMIT;
    }
    while (count < SURVEY_TEXTS) /* a small world has fewer */
        heard->texts[count++] = STR("");
    return OK;
}

static enum status hear_text(struct speaker *speaker, struct heard *heard, size_t number)
{
    const struct net_size *size = &speaker->model->net.size;
    uint16_t tokens[SURVEY_TOKENS];
    size_t count;
    TRY(survey_cut(&speaker->model->pieces, heard->texts[number], tokens, &count));
    speaker_restart(speaker);
    TRY(speaker_hear_text(speaker, STR("\n")));
    for (size_t i = 0; i < count; i++, heard->count++) {
        TRY(speaker_hear(speaker, tokens[i]));
        heard->tokens[heard->count] = tokens[i];
        heard->likeliest[heard->count] = sampler_likeliest(speaker->logits, size->vocabulary);
        heard->text[heard->count] = (uint16_t)number;
        heard->place[heard->count] = (uint16_t)i;
        for (size_t l = 0; l < size->layers; l++)
            memcpy(heard->values + heard->count * heard->neurons + l * size->hidden, speaker_neurons(speaker, l),
                   size->hidden * sizeof(float));
    }
    return OK;
}

static enum status hear(struct arena *arena, const struct model *model, const struct stream *stream,
                        struct heard **ret_heard)
{
    struct heard *heard = arena_new(arena, struct heard);
    struct speaker *speaker;
    if (heard == NULL)
        return LIMIT;
    heard->neurons = model->net.size.layers * model->net.size.hidden;
    heard->values = net_floats(arena, ALL_TOKENS * heard->neurons);
    if (heard->values == NULL)
        return LIMIT;
    TRY(draw_texts(arena, stream, heard));
    TRY(speaker_create(arena, kernel_best(), model, &speaker));
    for (size_t i = 0; i < SURVEY_TEXTS; i++)
        TRY(hear_text(speaker, heard, i));
    *ret_heard = heard;
    return OK;
}

/* ---- one neuron ---- */

static float value_at(const struct heard *heard, size_t neuron, size_t at)
{
    return heard->values[at * heard->neurons + neuron];
}

/* The same token after the same beginning: the same number, to the bit. */
static bool is_like_one(const struct heard *heard, size_t neuron, size_t at, const size_t *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (heard->tokens[places[i]] == heard->tokens[at] && heard->place[places[i]] == heard->place[at] &&
            value_at(heard, neuron, places[i]) == value_at(heard, neuron, at))
            return true;
    return false;
}

static size_t best_places(const struct heard *heard, size_t neuron, size_t places[SURVEY_PLACES])
{
    size_t count = 0;
    while (count < SURVEY_PLACES) {
        size_t best = SIZE_MAX;
        for (size_t at = 0; at < heard->count; at++)
            if ((best == SIZE_MAX || fabsf(value_at(heard, neuron, at)) > fabsf(value_at(heard, neuron, best))) &&
                !is_like_one(heard, neuron, at, places, count))
                best = at;
        if (best == SIZE_MAX)
            break;
        places[count++] = best;
    }
    return count;
}

struct tallies {
    double sum[NET_VOCABULARY_MAX];
    uint32_t seen[NET_VOCABULARY_MAX];
};

static double mean_of(const struct tallies *tallies, size_t piece)
{
    return tallies->seen[piece] < SURVEY_SEEN_MIN ? 0 : tallies->sum[piece] / tallies->seen[piece];
}

static void put_value(struct buf *out, double value)
{
    buf_add_format(out, "%lld", (long long)llround(value * 1000));
}

static void put_range(const struct heard *heard, size_t neuron, struct tallies *tallies, struct buf *out)
{
    double sum = 0, least = heard->count > 0 ? (double)INFINITY : 0, most = -least;
    memset(tallies, 0, sizeof *tallies);
    for (size_t at = 0; at < heard->count; at++) {
        double value = (double)value_at(heard, neuron, at);
        sum += value;
        least = value < least ? value : least;
        most = value > most ? value : most;
        tallies->sum[heard->tokens[at]] += value;
        tallies->seen[heard->tokens[at]]++;
    }
    put_value(out, least);
    buf_add_byte(out, ' ');
    put_value(out, heard->count > 0 ? sum / (double)heard->count : 0);
    buf_add_byte(out, ' ');
    put_value(out, most);
}

static void put_favourites(struct tallies *tallies, size_t vocabulary, struct buf *out)
{
    for (int i = 0; i < SURVEY_PIECES; i++) {
        size_t best = 0;
        for (size_t piece = 1; piece < vocabulary; piece++)
            if (fabs(mean_of(tallies, piece)) > fabs(mean_of(tallies, best)))
                best = piece;
        if (mean_of(tallies, best) == 0)
            return;
        buf_add_format(out, "%s%zu.%u.", i > 0 ? " " : "", best, tallies->seen[best]);
        put_value(out, mean_of(tallies, best));
        tallies->seen[best] = 0;
    }
}

static void put_neuron(const struct heard *heard, size_t neuron, size_t vocabulary, struct tallies *tallies,
                       struct buf *out)
{
    size_t places[SURVEY_PLACES], count = best_places(heard, neuron, places);
    put_range(heard, neuron, tallies, out);
    buf_add_byte(out, ';');
    for (size_t i = 0; i < count; i++) {
        buf_add_format(out, "%s%u.%u.", i > 0 ? " " : "", heard->text[places[i]], heard->place[places[i]]);
        put_value(out, (double)value_at(heard, neuron, places[i]));
    }
    buf_add_byte(out, ';');
    put_favourites(tallies, vocabulary, out);
    buf_add_byte(out, '\n');
}

/* ---- writing ---- */

static void put_text(const struct heard *heard, size_t number, size_t *at, struct buf *out)
{
    struct str text = heard->texts[number];
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\n')
            buf_add_c(out, "\\n");
        else
            buf_add_byte(out, text.at[i]);
    }
    buf_add_byte(out, ';');
    for (; *at < heard->count && heard->text[*at] == number; ++*at)
        buf_add_format(out, "%s%u", heard->place[*at] > 0 ? " " : "", heard->likeliest[*at]);
    buf_add_byte(out, '\n');
}

enum status survey_write(struct arena *arena, const struct model *model, const struct stream *stream,
                         struct buf *out)
{
    struct tallies *tallies = arena_new(arena, struct tallies);
    struct heard *heard;
    if (tallies == NULL || model->net.size.context < SURVEY_TOKENS + 1)
        return LIMIT;
    TRY(hear(arena, model, stream, &heard));
    for (size_t i = 0, at = 0; i < SURVEY_TEXTS; i++)
        put_text(heard, i, &at, out);
    for (size_t neuron = 0; neuron < heard->neurons; neuron++)
        put_neuron(heard, neuron, model->net.size.vocabulary, tallies, out);
    return buf_status(out);
}
