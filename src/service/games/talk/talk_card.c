/* The cards of game 0: an exchange with moyen, word for word. Is it right? It was said beforehand; whether it is so,
 * the register says, and to be silent is right about places that are none alone. */
#include "language/model/claim.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"
#include "service/games/talk/nowhere.h"
#include "service/games/wordings.h"

/* What the ten cards are: neither the question nor the form of the answer gives them away. */
enum kind { RIGHT, UNMOVED, RIGHTLY_SILENT, WRONG, BESIDE, TRUSTING, WRONGLY_SILENT, MADE_UP, KINDS };
static const enum kind kinds[GAME_CARDS] = {RIGHT, RIGHT,  UNMOVED,  RIGHTLY_SILENT, RIGHTLY_SILENT,
                                            WRONG, BESIDE, TRUSTING, WRONGLY_SILENT, MADE_UP};

/* Which answers of the wordings a kind is: how it was asked, what came of the field asked, and whether all else that it
 * says is right too. The two about places that are none are not among them. */
static const struct sort {
    enum wording wordings[2];
    enum measure_verdict verdict;
    bool is_right;
} sorts[KINDS] = {[RIGHT] = {{VARIANT_PLAIN, VARIANT_AGAIN}, MEASURE_TRUE, true},
                  [UNMOVED] = {{VARIANT_PREMISE, VARIANT_PREMISE}, MEASURE_TRUE, true},
                  [WRONG] = {{VARIANT_PLAIN, VARIANT_AGAIN}, MEASURE_FALSE, false},
                  [BESIDE] = {{VARIANT_NEGATION, VARIANT_NEGATION}, MEASURE_TRUE, false},
                  [TRUSTING] = {{VARIANT_PREMISE, VARIANT_PREMISE}, MEASURE_FALSE, false},
                  [WRONGLY_SILENT] = {{VARIANT_PLAIN, VARIANT_PLAIN}, MEASURE_REFUSED, false}};

struct drawing {
    struct ctx *ctx;
    const struct table *table;
    const struct wordings *wordings;
    const struct nowhere *nowhere;
    size_t *exchanges; /* shuffled: a case and, of each sort, one of two wordings */
    size_t *places;    /* shuffled: the cases about nowhere */
    struct str names[GAME_CARDS]; /* on the table already */
    size_t count;
};

/* An exchange about a commune that there is. */
struct exchange {
    const struct wordings_case *one;
    enum wording wording;
    struct claim claims[CLAIMS_MAX];
    size_t claim_count;
};

static bool is_new(const struct drawing *drawing, struct str name)
{
    for (size_t i = 0; i < drawing->count; i++)
        if (str_eq(drawing->names[i], name))
            return false;
    return true;
}

static struct str question_of(struct ctx *ctx, const struct exchange *exchange)
{
    struct buf out BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX);
    variant_question(&out, &exchange->one->asked, exchange->wording);
    return str_copy(ctx->arena, buf_str(&out));
}

/* ---- a card about a commune ---- */

static const struct claim *first_false(const struct exchange *exchange)
{
    for (size_t i = 0; i < exchange->claim_count; i++)
        if (exchange->claims[i].verdict == MEASURE_FALSE && exchange->claims[i].kind <= CLAIM_POPULATION)
            return &exchange->claims[i];
    return NULL;
}

static struct str verdict_of(struct ctx *ctx, const struct exchange *exchange, enum kind kind)
{
    static const enum text_key keys[KINDS] = {[RIGHT] = T_games_talk_card_right,
                                              [UNMOVED] = T_games_talk_card_unmoved,
                                              [TRUSTING] = T_games_talk_card_trusting,
                                              [WRONGLY_SILENT] = T_games_talk_card_wrongly_silent};
    const struct claim *claim = first_false(exchange);
    struct str wrong = claim == NULL ? STR("")
                                     : game_wrong(ctx, exchange->one->card, (enum deck_field)claim->kind);
    struct text_arg args[] = {TEXT_ARG("name", exchange->one->asked.name), TEXT_ARG("wrong", wrong),
                              TEXT_ARG("place", exchange->one->asked.place)};
    return keys[kind] == T_none ? wrong : text_with(ctx->arena, ctx->language, keys[kind], args, 3);
}

static struct str why_silent(const struct drawing *drawing)
{
    int64_t wrong = 0;
    for (size_t i = 0; i < drawing->wordings->count; i++)
        wrong += drawing->wordings->cases[i].answers[VARIANT_PLAIN].verdict == MEASURE_REFUSED;
    struct text_arg args[] = {NUMBER_ARG("right", drawing->nowhere->silent),
                              NUMBER_ARG("none", drawing->nowhere->plain), NUMBER_ARG("wrong", wrong),
                              NUMBER_ARG("real", (int64_t)drawing->wordings->count)};
    return text_with(drawing->ctx->arena, drawing->ctx->language, T_games_talk_card_why_silent, args, 4);
}

static struct str why_of(const struct drawing *drawing, const struct exchange *exchange)
{
    struct ctx *ctx = drawing->ctx;
    int64_t counts[2] = {0};
    struct text_arg seen[] = {NUMBER_ARG("count", exchange->one->card->seen)};
    if (exchange->one->answers[exchange->wording].verdict == MEASURE_REFUSED)
        return why_silent(drawing);
    if (exchange->wording != VARIANT_PREMISE)
        return text_with(ctx->arena, ctx->language, T_games_why_seen, seen, 1);
    for (size_t i = 0; i < drawing->wordings->count; i++) {
        enum measure_verdict verdict = drawing->wordings->cases[i].answers[VARIANT_PREMISE].verdict;
        counts[0] += verdict == MEASURE_TRUE;
        counts[1] += verdict == MEASURE_FALSE;
    }
    struct text_arg args[] = {NUMBER_ARG("all", (int64_t)drawing->wordings->count), NUMBER_ARG("right", counts[0]),
                              NUMBER_ARG("wrong", counts[1])};
    return text_with(ctx->arena, ctx->language, T_games_talk_card_why_premise, args, 3);
}

/* Each fact that it names; its own probability is known of the one that was asked. */
static void add_claims(struct ctx *ctx, const struct exchange *exchange, struct game_card *card)
{
    static const enum text_key fields[] = {T_games_field_department, T_games_field_code, T_games_field_population};
    for (size_t i = 0; i < exchange->claim_count; i++) {
        const struct claim *claim = &exchange->claims[i];
        bool is_asked = (int)claim->kind == (int)exchange->one->asked.field;
        if (claim->kind <= CLAIM_POPULATION)
            card->thoughts[card->thought_count++] =
                (struct game_thought){.field = text_of(ctx->language, fields[claim->kind]), .said = claim->said,
                                      .sure = is_asked ? exchange->one->sure[exchange->wording] : GAME_NOT_SURE};
    }
}

static struct str line_of(struct ctx *ctx, struct str question, struct str answer)
{
    struct text_arg args[] = {TEXT_ARG("question", question), TEXT_ARG("answer", answer)};
    return text_with(ctx->arena, ctx->language, T_games_talk_card_line, args, 2);
}

static void make_card(const struct drawing *drawing, const struct exchange *exchange, enum kind kind,
                      struct game_card *card)
{
    struct ctx *ctx = drawing->ctx;
    *card = (struct game_card){
        .line = line_of(ctx, question_of(ctx, exchange), exchange->one->texts[exchange->wording]),
        .is_true = sorts[kind].is_right,
        .verdict = verdict_of(ctx, exchange, kind),
        .source = game_register_source(ctx, exchange->one->card),
        .why = why_of(drawing, exchange)};
    add_claims(ctx, exchange, card);
}

/* ---- which ---- */

/* Is it of that kind? No other commune may bear its name, or the register's line below would not tell; it must speak of
 * the commune that it was asked about, and of nothing that cannot be judged. */
static bool fits(const struct drawing *drawing, struct exchange *exchange, enum kind kind)
{
    const struct wordings_case *one = exchange->one;
    struct str answer = one->texts[exchange->wording];
    bool is_right = true;
    if (one->answers[exchange->wording].verdict != sorts[kind].verdict || !is_new(drawing, one->asked.name) ||
        !table_is_alone(drawing->table, one->asked.name) || str_find(answer, one->asked.name) == SIZE_MAX)
        return false;
    claim_read(drawing->table, question_of(drawing->ctx, exchange), answer, exchange->claims, &exchange->claim_count);
    for (size_t i = 0; i < exchange->claim_count; i++)
        is_right &= exchange->claims[i].verdict == MEASURE_TRUE;
    bool is_judged = sorts[kind].verdict == MEASURE_REFUSED || is_right || first_false(exchange) != NULL;
    return is_judged && is_right == sorts[kind].is_right;
}

static enum status draw_real(struct drawing *drawing, enum kind kind, struct game_card *card)
{
    size_t count = drawing->wordings->count;
    for (size_t i = 0; i < 2 * count; i++) {
        size_t place = drawing->exchanges[i];
        struct exchange exchange = {.one = &drawing->wordings->cases[place % count],
                                    .wording = sorts[kind].wordings[place / count]};
        if (!fits(drawing, &exchange, kind))
            continue;
        drawing->names[drawing->count++] = exchange.one->asked.name;
        make_card(drawing, &exchange, kind, card);
        return OK;
    }
    return CORRUPT;
}

static void make_nowhere(const struct drawing *drawing, const struct nowhere_case *one, struct game_card *card)
{
    struct ctx *ctx = drawing->ctx;
    const struct nowhere *nowhere = drawing->nowhere;
    struct text_arg name[] = {TEXT_ARG("name", one->name)};
    struct text_arg searched[] = {NUMBER_ARG("count", (int64_t)drawing->table->count)};
    struct text_arg made_up[] = {NUMBER_ARG("answered", nowhere->answered), NUMBER_ARG("all", nowhere->others)};
    enum text_key verdict = one->is_silent ? T_games_talk_card_rightly_silent : T_games_talk_card_made_up;
    *card = (struct game_card){
        .line = line_of(ctx, one->question, one->answer),
        .is_true = one->is_silent,
        .verdict = text_with(ctx->arena, ctx->language, verdict, name, 1),
        .source = text_with(ctx->arena, ctx->language, T_games_village_searched, searched, 1),
        .why = one->is_silent ? why_silent(drawing)
                              : text_with(ctx->arena, ctx->language, T_games_talk_card_why_made_up, made_up, 2)};
    if (!one->is_silent)
        card->thoughts[card->thought_count++] = (struct game_thought){.field = one->question, .said = one->answer,
                                                                      .sure = one->sure};
}

static enum status draw_nowhere(struct drawing *drawing, bool is_silent, struct game_card *card)
{
    for (size_t i = 0; i < drawing->nowhere->count; i++) {
        const struct nowhere_case *one = &drawing->nowhere->cases[drawing->places[i]];
        bool is_named = str_find(one->answer, one->name) != SIZE_MAX;
        if (one->is_silent != is_silent || !is_named || !is_new(drawing, one->name))
            continue;
        drawing->names[drawing->count++] = one->name;
        make_nowhere(drawing, one, card);
        return OK;
    }
    return CORRUPT;
}

enum status game_talk_draw(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct drawing drawing = {.ctx = ctx};
    size_t order[GAME_CARDS];
    TRY(machine_table(ctx, &drawing.table));
    TRY(machine_wordings(ctx, &drawing.wordings));
    TRY(machine_nowhere(ctx, &drawing.nowhere));
    drawing.exchanges = arena_array(ctx->arena, size_t, 2 * drawing.wordings->count);
    drawing.places = arena_array(ctx->arena, size_t, drawing.nowhere->count);
    if (drawing.exchanges == NULL || drawing.places == NULL)
        return LIMIT;
    game_shuffle((uint64_t)seed, drawing.exchanges, 2 * drawing.wordings->count);
    game_shuffle((uint64_t)seed, drawing.places, drawing.nowhere->count);
    game_shuffle((uint64_t)seed + GAME_SEED_MAX + 1, order, GAME_CARDS);
    for (size_t i = 0; i < GAME_CARDS; i++) {
        enum kind kind = kinds[order[i]];
        bool is_nowhere = kind == RIGHTLY_SILENT || kind == MADE_UP;
        TRY(is_nowhere ? draw_nowhere(&drawing, kind == RIGHTLY_SILENT, &ret_cards[i])
                       : draw_real(&drawing, kind, &ret_cards[i]));
    }
    return OK;
}
