/* One neuron of a model: where in texts it has read it answers most, and what it answers to a text of one's own. Tables
 * of the first kind are read from the survey that comes with the model; the last one is computed at the visit. */
#include "base/utf8.h"
#include "language/model/survey.h"
#include "service/games/opened/games_neuron_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/opened/opened.h"

enum {
    TEXT_MAX = 400,
    BEFORE_MAX = 60, /* bytes shown before a piece */
    PUSHED = 6,
    HEARD_MAX = 24,  /* pieces heard at a visit: moyen takes a third of a millisecond for each */
};

struct asked {
    struct machine *machine;
    size_t layer, unit; /* from 0 */
    struct survey_neuron neuron;
};

static struct str piece_at(struct ctx *ctx, const struct asked *asked, uint16_t token)
{
    return opened_piece(ctx, pieces_text(&asked->machine->model.pieces, token));
}

static double distance(double value)
{
    return value < 0 ? -value : value;
}

/* How wide a value's bar is: whole for the farthest from zero in the survey, and for what is farther. */
static struct str width_of(struct ctx *ctx, const struct asked *asked, double value)
{
    double least = distance((double)asked->neuron.least), most = distance((double)asked->neuron.most);
    most = most > least ? most : least;
    double share = most > 0 ? distance(value) / most : 0;
    return str_format(ctx->arena, "%.0f%%", share < 1 ? 100 * share : 100);
}

/* ---- where it answers most ---- */

/* The last BEFORE_MAX bytes, from the beginning of a character on. */
static struct str end_of(struct ctx *ctx, struct str text)
{
    size_t from = text.len > BEFORE_MAX ? text.len - BEFORE_MAX : 0;
    while (from > 0 && from < text.len && ((unsigned char)text.at[from] & 0xC0) == 0x80)
        from++;
    struct buf shown BUF_SCOPE = BUF_INIT(8 * BEFORE_MAX);
    if (from > 0)
        buf_add_literal(&shown, "\u2026");
    for (size_t i = from; i < text.len; i++) /* blanks stay, so that lines break at them */
        buf_add(&shown, text.at[i] == '\n' ? STR(" \u23CE ") : str_slice(text, i, i + 1));
    return str_copy(ctx->arena, buf_str(&shown));
}

static enum status add_place(struct ctx *ctx, const struct asked *asked, const struct survey_place *place,
                             struct games_neuron_view *view)
{
    uint16_t tokens[SURVEY_TOKENS];
    size_t count, before = 0;
    TRY(survey_cut(&asked->machine->model.pieces, place->text, tokens, &count));
    if (place->token >= count)
        return CORRUPT;
    for (size_t i = 0; i < place->token; i++)
        before += pieces_text(&asked->machine->model.pieces, tokens[i]).len;
    view->places[view->place_count++] = (struct games_neuron_place){
        .before = end_of(ctx, str_slice(place->text, 0, before)),
        .at = piece_at(ctx, asked, tokens[place->token]),
        .value = opened_decimal(ctx, (double)place->value, 2),
        .width = width_of(ctx, asked, (double)place->value),
        .is_negative = place->value < 0,
        .likeliest = piece_at(ctx, asked, place->likeliest),
        .read = place->token + 1 < count ? piece_at(ctx, asked, tokens[place->token + 1])
                                         : text_of(ctx->language, T_games_neuron_nothing)};
    return OK;
}

static enum status add_survey(struct ctx *ctx, const struct asked *asked, struct games_neuron_view *view)
{
    const struct survey_neuron *neuron = &asked->neuron;
    view->places = arena_array(ctx->arena, struct games_neuron_place, SURVEY_PLACES);
    view->pieces = arena_array(ctx->arena, struct games_neuron_piece, SURVEY_PIECES);
    if (view->places == NULL || view->pieces == NULL)
        return LIMIT;
    for (size_t i = 0; i < neuron->place_count; i++)
        TRY(add_place(ctx, asked, &neuron->places[i], view));
    for (size_t i = 0; i < neuron->piece_count; i++)
        view->pieces[view->piece_count++] =
            (struct games_neuron_piece){.shown = piece_at(ctx, asked, neuron->pieces[i].piece),
                                        .seen = neuron->pieces[i].seen,
                                        .mean = opened_decimal(ctx, (double)neuron->pieces[i].mean, 2)};
    view->least = opened_decimal(ctx, (double)neuron->least, 2);
    view->mean = opened_decimal(ctx, (double)neuron->mean, 2);
    view->most = opened_decimal(ctx, (double)neuron->most, 2);
    return OK;
}

/* ---- what it pushes towards ---- */

/* Its column of the way down, compared with each row of the table as the end of a pass would. */
static void push_of(const struct asked *asked, double *push)
{
    const struct net *net = &asked->machine->model.net;
    const struct net_size *size = &net->size;
    const float *down = net->weight + net_layer(size, asked->layer).down + asked->unit;
    const float *norm = net->weight + net_last_norm(size);
    for (size_t piece = 0; piece < size->vocabulary; piece++) {
        const float *row = net->weight + piece * size->width;
        push[piece] = 0;
        for (size_t i = 0; i < size->width; i++)
            push[piece] += (double)(down[i * size->hidden] * norm[i] * row[i]);
    }
}

/* The pieces with the largest push times `sign`, each between blanks. */
static struct str pushed(struct ctx *ctx, const struct asked *asked, double *push, double sign)
{
    struct buf text BUF_SCOPE = BUF_INIT(1000);
    for (int i = 0; i < PUSHED; i++) {
        size_t best = 1; /* 0 stands for what has no piece */
        for (size_t piece = 1; piece < asked->machine->model.net.size.vocabulary; piece++)
            if (sign * push[piece] > sign * push[best])
                best = piece;
        if (i > 0)
            buf_add_literal(&text, " \u00B7 ");
        buf_add(&text, piece_at(ctx, asked, (uint16_t)best));
        push[best] = 0;
    }
    return str_copy(ctx->arena, buf_str(&text));
}

static enum status add_push(struct ctx *ctx, const struct asked *asked, struct games_neuron_view *view)
{
    double *push = arena_array(ctx->arena, double, asked->machine->model.net.size.vocabulary);
    if (push == NULL)
        return LIMIT;
    push_of(asked, push);
    view->more = pushed(ctx, asked, push, 1);
    view->less = pushed(ctx, asked, push, -1);
    return OK;
}

/* ---- a text of one's own ---- */

/* Line ends as a browser sends them become the model's. */
static struct str typed_text(struct ctx *ctx, const struct web_request *request)
{
    struct str typed = web_text(request, "text");
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    for (size_t i = 0; i < typed.len; i++)
        if (typed.at[i] != '\r')
            buf_add_byte(&text, typed.at[i]);
    return buf_status(&text) == OK && utf8_is_valid(typed) ? str_copy(ctx->arena, buf_str(&text)) : STR_NONE;
}

static enum status hear(struct ctx *ctx, const struct asked *asked, struct str text, struct games_neuron_view *view)
{
    struct speaker *speaker = asked->machine->speaker;
    uint16_t tokens[SURVEY_TOKENS];
    size_t count;
    TRY(survey_cut(&asked->machine->model.pieces, text, tokens, &count));
    speaker_restart(speaker);
    TRY(speaker_hear_text(speaker, STR("\n")));
    for (size_t i = 0; i < count && i < HEARD_MAX; i++) {
        TRY(speaker_hear(speaker, tokens[i]));
        double value = (double)speaker_neurons(speaker, asked->layer)[asked->unit];
        uint16_t next = sampler_likeliest(speaker->logits, asked->machine->model.net.size.vocabulary);
        view->heards[view->heard_count++] =
            (struct games_neuron_heard){.shown = piece_at(ctx, asked, tokens[i]),
                                        .value = opened_decimal(ctx, value, 2),
                                        .width = width_of(ctx, asked, value),
                                        .is_negative = value < 0,
                                        .likeliest = piece_at(ctx, asked, next)};
    }
    return OK;
}

/* The text where it answers most, of those where that is within what is heard. */
static struct str usual_text(const struct survey_neuron *neuron)
{
    for (size_t i = 0; i < neuron->place_count; i++)
        if (neuron->places[i].token < HEARD_MAX)
            return neuron->places[i].text;
    return neuron->place_count > 0 ? neuron->places[0].text : STR("");
}

/* What was typed, or else a text of the survey. */
static enum status add_heard(struct ctx *ctx, const struct web_request *request, const struct asked *asked,
                             struct games_neuron_view *view)
{
    bool is_typed = web_text(request, "text").len > 0;
    struct str text = is_typed ? typed_text(ctx, request) : usual_text(&asked->neuron);
    view->heards = arena_array(ctx->arena, struct games_neuron_heard, HEARD_MAX);
    if (view->heards == NULL)
        return LIMIT;
    view->has_error = str_is_absent(text);
    view->typed = view->has_error ? STR("") : text;
    return view->has_error ? OK : hear(ctx, asked, text, view);
}

/* ---- the page ---- */

static struct str neuron_path(struct ctx *ctx, const struct asked *asked, size_t number)
{
    size_t hidden = asked->machine->model.net.size.hidden;
    return str_format(ctx->arena, "/games/machine/neuron?model=%.*s&layer=%zu&unit=%zu",
                      STR_ARG(asked->machine->shipped.name), number / hidden + 1, number % hidden + 1);
}

static void add_ways(struct ctx *ctx, const struct asked *asked, struct games_neuron_view *view)
{
    const struct net_size *size = &asked->machine->model.net.size;
    size_t number = asked->layer * size->hidden + asked->unit;
    view->has_before = number > 0;
    view->before = neuron_path(ctx, asked, number > 0 ? number - 1 : 0);
    view->has_after = number + 1 < size->layers * size->hidden;
    view->after = neuron_path(ctx, asked, number + 1);
}

static enum status read_asked(struct ctx *ctx, const struct web_request *request, struct asked *asked)
{
    TRY(opened_machine(ctx, request, &asked->machine));
    const struct net_size *size = &asked->machine->model.net.size;
    int64_t layer = web_int(request, "layer", 1), unit = web_int(request, "unit", 1);
    if (layer < 1 || layer > (int64_t)size->layers || unit < 1 || unit > (int64_t)size->hidden)
        return NOT_FOUND;
    asked->layer = (size_t)layer - 1;
    asked->unit = (size_t)unit - 1;
    return survey_read(ctx->arena, asked->machine->shipped.survey, size, asked->layer, asked->unit, &asked->neuron);
}

enum status opened_neuron_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct asked asked;
    TRY(read_asked(ctx, request, &asked));
    const struct machine *machine = asked.machine;
    struct games_neuron_view view = {.model = machine->shipped.name,
                                     .survey = machine->shipped.name,
                                     .layer = (int64_t)asked.layer + 1,
                                     .layers = (int64_t)machine->model.net.size.layers,
                                     .unit = (int64_t)asked.unit + 1,
                                     .hidden = (int64_t)machine->model.net.size.hidden,
                                     .texts = SURVEY_TEXTS,
                                     .heard_max = HEARD_MAX};
    TRY(add_survey(ctx, &asked, &view));
    TRY(add_push(ctx, &asked, &view));
    TRY(add_heard(ctx, request, &asked, &view));
    add_ways(ctx, &asked, &view);
    if (view.has_error)
        response->code = 422;
    TRY(opened_begin(&page, ctx, request, response, OPENED_NEURON, machine->shipped.name));
    games_neuron_html(&page.html, &view);
    return opened_end(&page, OPENED_NEURON);
}
