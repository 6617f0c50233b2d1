#include "language/model/speaker.h"

#include <math.h>

static bool make_rows(struct arena *arena, const struct net_size *size, struct speaker *speaker)
{
    speaker->x = net_floats(arena, size->width);
    speaker->normed = net_floats(arena, size->width);
    speaker->inward = net_floats(arena, 3 * size->width);
    speaker->seen = net_floats(arena, size->context);
    speaker->mixed = net_floats(arena, size->width);
    speaker->gated = net_floats(arena, 2 * size->hidden);
    speaker->acted = net_floats(arena, size->layers * size->hidden);
    speaker->added = net_floats(arena, size->width);
    speaker->logits = net_floats(arena, net_logits_width(size));
    return speaker->x && speaker->normed && speaker->inward && speaker->seen && speaker->mixed && speaker->gated &&
           speaker->acted && speaker->added && speaker->logits;
}

enum status speaker_create(struct arena *arena, const struct kernel *kernel, const struct model *model,
                           struct speaker **ret_speaker)
{
    const struct net_size *size = &model->net.size;
    struct speaker *speaker = arena_new(arena, struct speaker);
    if (speaker == NULL)
        return LIMIT;
    *speaker = (struct speaker){.model = model, .kernel = kernel};
    speaker->keys = net_floats(arena, size->layers * size->context * size->width);
    speaker->values = net_floats(arena, size->layers * size->context * size->width);
    speaker->same = net_floats(arena, size->context * size->width / size->heads);
    speaker->cross = net_floats(arena, size->context * size->width / size->heads);
    if (!speaker->keys || !speaker->values || !speaker->same || !speaker->cross || !make_rows(arena, size, speaker))
        return LIMIT;
    net_angles(size->context, size->width / size->heads, speaker->same, speaker->cross);
    *ret_speaker = speaker;
    return OK;
}

void speaker_restart(struct speaker *speaker)
{
    speaker->position = 0;
}

static void norm(const struct speaker *speaker, size_t weight, const float *x)
{
    float inverse;
    const struct net *net = &speaker->model->net;
    struct kernel_norm given = {.rows = 1, .width = net->size.width, .x = x, .weight = net->weight + weight,
                                .out = speaker->normed, .inverse = &inverse};
    speaker->kernel->norm(&given);
}

static void add(float *x, const float *added, size_t width)
{
    for (size_t i = 0; i < width; i++)
        x[i] += added[i];
}

static void attend(const struct speaker *speaker, size_t layer)
{
    const struct net_size *size = &speaker->model->net.size;
    const struct kernel *kernel = speaker->kernel;
    size_t head = size->width / size->heads, now = speaker->position, count = now + 1;
    const float *same = speaker->same + now * head, *cross = speaker->cross + now * head;
    for (size_t h = 0; h < size->heads; h++) {
        float *query = speaker->inward + h * head, *key = query + size->width, *value = key + size->width;
        float *keys = speaker->keys + (layer * size->heads + h) * size->context * head;
        float *values = speaker->values + (layer * size->heads + h) * size->context * head;
        kernel->turn(query, same, cross, head, 1);
        kernel->turn(key, same, cross, head, 1);
        memcpy(keys + now * head, key, head * sizeof *keys);
        memcpy(values + now * head, value, head * sizeof *values);
        kernel->apply(keys, query, count, head, speaker->seen);
        kernel->soften(speaker->seen, count, (count + 7) / 8 * 8, 1.0F / sqrtf((float)head));
        kernel->gather(speaker->seen, values, count, head, speaker->mixed + h * head);
    }
}

static void go_through(const struct speaker *speaker, size_t layer)
{
    const struct net *net = &speaker->model->net;
    const struct kernel *kernel = speaker->kernel;
    struct net_layer places = net_layer(&net->size, layer);
    size_t width = net->size.width, hidden = net->size.hidden;
    float *acted = speaker->acted + layer * hidden;
    norm(speaker, places.norm1, speaker->x);
    kernel->apply(net->weight + places.inward, speaker->normed, 3 * width, width, speaker->inward);
    attend(speaker, layer);
    kernel->apply(net->weight + places.onward, speaker->mixed, width, width, speaker->added);
    add(speaker->x, speaker->added, width);
    norm(speaker, places.norm2, speaker->x);
    kernel->apply(net->weight + places.gate, speaker->normed, 2 * hidden, width, speaker->gated);
    kernel->gate(speaker->gated, acted, 1, hidden);
    kernel->apply(net->weight + places.down, acted, width, hidden, speaker->added);
    add(speaker->x, speaker->added, width);
}

static enum status take_in(struct speaker *speaker, uint16_t token)
{
    const struct net *net = &speaker->model->net;
    REQUIRE(token < net->size.vocabulary);
    if (speaker->position == net->size.context)
        return LIMIT;
    memcpy(speaker->x, net->weight + token * net->size.width, net->size.width * sizeof(float));
    for (size_t l = 0; l < net->size.layers; l++)
        go_through(speaker, l);
    speaker->position++;
    return OK;
}

static void make_logits(struct speaker *speaker)
{
    const struct net *net = &speaker->model->net;
    norm(speaker, net_last_norm(&net->size), speaker->x);
    speaker->kernel->apply(net->weight, speaker->normed, net->size.vocabulary, net->size.width, speaker->logits);
}

enum status speaker_hear(struct speaker *speaker, uint16_t token)
{
    TRY(take_in(speaker, token));
    make_logits(speaker);
    return OK;
}

/* A text may have more characters than the context has tokens: they join. */
enum status speaker_hear_text(struct speaker *speaker, struct str text)
{
    enum { CHARACTERS_MAX = 4096 };
    uint16_t tokens[CHARACTERS_MAX];
    size_t count;
    TRY(pieces_cut(&speaker->model->pieces, text, tokens, CHARACTERS_MAX, &count));
    if (count > speaker->model->net.size.context - speaker->position)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(take_in(speaker, tokens[i]));
    if (count > 0)
        make_logits(speaker);
    return OK;
}

const float *speaker_neurons(const struct speaker *speaker, size_t layer)
{
    return speaker->acted + layer * speaker->model->net.size.hidden;
}

static uint16_t choose(const struct speaker *speaker, float temperature, struct seeded *seeded)
{
    size_t count = speaker->model->net.size.vocabulary;
    double probability[NET_VOCABULARY_MAX];
    if (temperature <= 0)
        return sampler_likeliest(speaker->logits, count);
    sampler_probabilities(speaker->logits, count, temperature, probability);
    return sampler_draw(probability, count, seeded);
}

void speaker_say(struct speaker *speaker, float temperature, struct seeded *seeded, struct speaker_said *said,
                 size_t max, size_t *ret_count, struct buf *out)
{
    size_t count = 0, vocabulary = speaker->model->net.size.vocabulary;
    uint16_t end = pieces_find(&speaker->model->pieces, STR("\n"));
    REQUIRE(speaker->position > 0);
    while (count < max) {
        uint16_t token = choose(speaker, temperature, seeded);
        double probability = sampler_probability(speaker->logits, vocabulary, token);
        if (speaker_hear(speaker, token) != OK || token == end)
            break;
        said[count++] = (struct speaker_said){token, (float)probability};
        if (out != NULL)
            buf_add(out, pieces_text(&speaker->model->pieces, token));
    }
    *ret_count = count;
}

size_t speaker_choices(const struct speaker *speaker, float temperature, struct sampler_choice *choices, size_t max)
{
    double probability[NET_VOCABULARY_MAX];
    size_t count = speaker->model->net.size.vocabulary;
    sampler_probabilities(speaker->logits, count, temperature, probability);
    return sampler_best(probability, count, choices, max);
}
