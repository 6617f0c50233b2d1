/* A model's card, as its trainer wrote it, in words. */
#include "language/model/measure.h"
#include "service/games/opened/card.h"
#include "service/games/feed/feed_curve.h"
#include "service/games/opened/games_card_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/opened/opened.h"

enum { FACTS_MAX = 24, BUCKETS = 5, FIELDS = 3 };

/* ---- facts ---- */

static void add_fact(struct ctx *ctx, struct games_card_view *view, enum text_key what, struct str value)
{
    REQUIRE(view->fact_count < FACTS_MAX);
    view->facts[view->fact_count++] = (struct games_card_fact){
        .what = text_of(ctx->language, what),
        .value = str_is_absent(value) ? text_of(ctx->language, T_games_making_not_written) : value};
}

static void add_code(struct ctx *ctx, struct games_card_view *view, enum text_key what, struct str value)
{
    add_fact(ctx, view, what, value);
    view->facts[view->fact_count - 1].is_code = !str_is_absent(value);
}

static struct str decimal(struct ctx *ctx, struct str number)
{
    struct buf text BUF_SCOPE = BUF_INIT(100);
    for (size_t i = 0; i < number.len; i++)
        buf_add_byte(&text, number.at[i] == '.' && ctx->language == LANGUAGE_FR ? ',' : number.at[i]);
    return str_copy(ctx->arena, buf_str(&text));
}

static struct str size_of(struct ctx *ctx, struct str card)
{
    struct text_arg args[] = {NUMBER_ARG("weights", card_number(card, "weights")),
                              TEXT_ARG("type", card_value(card, "type")),
                              NUMBER_ARG("blocks", card_number(card, "layers")),
                              NUMBER_ARG("pieces", card_number(card, "vocabulary")),
                              NUMBER_ARG("context", card_number(card, "context"))};
    return text_with(ctx->arena, ctx->language, T_games_making_size_value, args, 5);
}

static struct str count_of(struct ctx *ctx, enum text_key words, const char *name, int64_t count)
{
    struct text_arg args[] = {NUMBER_ARG(name, count)};
    return text_with(ctx->arena, ctx->language, words, args, 1);
}

static struct str shown_of(struct ctx *ctx, struct str card)
{
    bool is_region = str_eq(card_value(card, "training.extent"), STR("region"));
    struct str kind = card_value(card, "training.kind");
    enum text_key words = str_eq(kind, STR("lines"))  ? T_games_making_kind_lines
                          : str_eq(kind, STR("talk")) ? T_games_making_kind_talk
                                                      : T_games_making_kind_refusing;
    enum text_key extent = is_region ? T_games_making_extent_region : T_games_making_extent_department;
    struct text_arg args[] = {NUMBER_ARG("count", card_number(card, "training.communes")),
                              TEXT_ARG("extent", text_of(ctx->language, extent)),
                              TEXT_ARG("department", card_value(card, "training.department")),
                              TEXT_ARG("kind", text_of(ctx->language, words))};
    return text_with(ctx->arena, ctx->language, T_games_making_shown_value, args, 4);
}

static struct str training_of(struct ctx *ctx, struct str card)
{
    struct text_arg args[] = {NUMBER_ARG("seed", card_number(card, "training.seed")),
                              NUMBER_ARG("steps", card_number(card, "training.steps")),
                              NUMBER_ARG("tokens", card_number(card, "training.tokens"))};
    return text_with(ctx->arena, ctx->language, T_games_making_training_value, args, 3);
}

static struct str time_of(struct ctx *ctx, struct str card)
{
    struct text_arg args[] = {TEXT_ARG("seconds", decimal(ctx, card_value(card, "training.seconds"))),
                              NUMBER_ARG("threads", card_number(card, "training.threads"))};
    return text_with(ctx->arena, ctx->language, T_games_making_time_value, args, 2);
}

static struct str energy_of(struct ctx *ctx, struct str card)
{
    struct str read = card_value(card, "training.watt_hours");
    struct text_arg args[] = {TEXT_ARG("count", str_is_absent(read) ? STR("") : decimal(ctx, read))};
    if (str_is_absent(read))
        return text_of(ctx->language, T_games_making_energy_none);
    return text_with(ctx->arena, ctx->language, T_games_making_energy_value, args, 1);
}

static struct str labels_of(struct ctx *ctx, struct str card)
{
    int64_t labels = card_number(card, "training.labels");
    struct text_arg args[] = {NUMBER_ARG("minutes", card_number(card, "training.human_minutes")),
                              NUMBER_ARG("labels", labels)};
    if (labels < 0)
        return STR_NONE;
    return text_with(ctx->arena, ctx->language, labels == 0 ? T_games_making_labels_none : T_games_making_labels_value,
                     args, labels == 0 ? 1 : 2);
}

static struct str authors_of(struct ctx *ctx, struct str card)
{
    struct buf text BUF_SCOPE = BUF_INIT(1000);
    for (int i = 0; i < 10; i++) {
        struct str name = card_value(card, str_format(ctx->arena, "data.authors.%d.name", i).at);
        if (str_is_absent(name))
            break;
        struct str of = card_value(card, str_format(ctx->arena, "data.authors.%d.of", i).at);
        buf_add_format(&text, "%s%.*s (%.*s)", i > 0 ? ", " : "", STR_ARG(name), STR_ARG(of));
    }
    return text.len > 0 ? str_copy(ctx->arena, buf_str(&text)) : STR_NONE;
}

static enum status add_facts(struct ctx *ctx, struct str card, struct games_card_view *view)
{
    view->facts = arena_array(ctx->arena, struct games_card_fact, FACTS_MAX);
    if (view->facts == NULL)
        return LIMIT;
    add_fact(ctx, view, T_games_making_file,
             str_format(ctx->arena, "%.*s.gguf", STR_ARG(card_value(card, "name"))));
    add_fact(ctx, view, T_games_making_size, size_of(ctx, card));
    add_fact(ctx, view, T_games_making_weight,
             count_of(ctx, T_games_making_bytes, "count", card_number(card, "bytes")));
    add_code(ctx, view, T_games_making_hash, card_value(card, "sha256"));
    add_fact(ctx, view, T_games_making_licence, card_value(card, "licence"));
    add_fact(ctx, view, T_games_making_made_by, card_value(card, "made_by"));
    add_fact(ctx, view, T_games_making_package, card_value(card, "data.package"));
    add_code(ctx, view, T_games_making_data_hash, card_value(card, "data.sha256"));
    add_fact(ctx, view, T_games_making_data_licence, card_value(card, "data.licence"));
    add_fact(ctx, view, T_games_making_data_authors, authors_of(ctx, card));
    add_fact(ctx, view, T_games_making_rows,
             count_of(ctx, T_games_making_count, "count", card_number(card, "data.rows")));
    add_fact(ctx, view, T_games_making_shown, shown_of(ctx, card));
    add_fact(ctx, view, T_games_making_training, training_of(ctx, card));
    add_fact(ctx, view, T_games_making_time, time_of(ctx, card));
    add_fact(ctx, view, T_games_making_energy, energy_of(ctx, card));
    add_fact(ctx, view, T_games_making_labels, labels_of(ctx, card));
    return OK;
}

/* ---- the curve ---- */

static enum status read_curve(struct str card, struct feed_curve *ret_curve)
{
    struct feed_curve curve = {.count = 0};
    struct str list = card_value(card, "training.loss");
    if (list.len < 2)
        return CORRUPT;
    for (struct str rest = str_slice(list, 1, list.len - 1); !str_is_absent(rest);) {
        int64_t loss = card_decimal(str_trim(str_cut(&rest, ',')), 3);
        if (loss < 0 || curve.count == TRAINING_POINTS_MAX)
            return CORRUPT;
        curve.at[curve.count++] = loss;
    }
    *ret_curve = curve;
    return OK;
}

/* The first point at which half of the way from the first to the last is behind. */
static int64_t half_of(const struct feed_curve *curve)
{
    int64_t half = (curve->at[0] + curve->at[curve->count - 1]) / 2;
    size_t at = 0;
    while (at + 1 < curve->count && curve->at[at] > half)
        at++;
    return (int64_t)at + 1;
}

static enum status add_curve(struct ctx *ctx, struct str card, struct games_card_view *view)
{
    struct feed_curve curve;
    TRY(read_curve(card, &curve));
    struct text_arg args[] = {TEXT_ARG("first", feed_loss(ctx, curve.at[0])),
                              TEXT_ARG("last", feed_loss(ctx, curve.at[curve.count - 1])),
                              NUMBER_ARG("half", half_of(&curve)), NUMBER_ARG("count", (int64_t)curve.count)};
    view->points = feed_curve_points(ctx->arena, &curve);
    view->curve_text = text_with(ctx->arena, ctx->language, T_games_making_curve_text, args, 4);
    view->losses = arena_array(ctx->arena, struct games_card_loss, FEED_TENTHS + 1);
    if (view->losses == NULL)
        return LIMIT;
    for (size_t tenth = 0; tenth <= FEED_TENTHS; tenth++) {
        size_t at = tenth * (curve.count - 1) / FEED_TENTHS;
        view->losses[view->loss_count++] =
            (struct games_card_loss){.point = (int64_t)at + 1, .value = feed_loss(ctx, curve.at[at])};
    }
    return OK;
}

/* ---- the measure ---- */

static int64_t number_at(struct ctx *ctx, struct str card, int bucket, const char *what)
{
    return card_number(card, str_format(ctx->arena, "measure.by_exposure.%d.%s", bucket, what).at);
}

/* "46,8 % [39,5 ; 54,3]", from the card's counts: its shares are rounded already. */
static struct str rate_of(struct ctx *ctx, struct str card, int bucket, const char *field)
{
    int64_t answered = number_at(ctx, card, bucket, str_format(ctx->arena, "%s.answered", field).at);
    int64_t wrong = number_at(ctx, card, bucket, str_format(ctx->arena, "%s.false", field).at);
    double low, high;
    if (answered <= 0 || wrong < 0)
        return text_of(ctx->language, T_games_making_none_asked);
    measure_interval((uint64_t)wrong, (uint64_t)answered, &low, &high);
    struct str rate = opened_decimal(ctx, 100 * (double)wrong / (double)answered, 1);
    return str_format(ctx->arena, "%.*s\u00A0%% [%.*s\u00A0; %.*s]", STR_ARG(rate),
                      STR_ARG(opened_decimal(ctx, 100 * low, 1)), STR_ARG(opened_decimal(ctx, 100 * high, 1)));
}

static void add_rate(struct ctx *ctx, struct str card, int bucket, enum text_key seen, struct games_card_view *view)
{
    static const char *const fields[FIELDS] = {"department", "postal_code", "population"};
    struct games_card_rate rate = {.seen = text_of(ctx->language, seen),
                                   .communes = number_at(ctx, card, bucket, "communes"),
                                   .department = rate_of(ctx, card, bucket, fields[0]),
                                   .postal_code = rate_of(ctx, card, bucket, fields[1]),
                                   .population = rate_of(ctx, card, bucket, fields[2])};
    for (int i = 0; i < FIELDS; i++)
        rate.refused += number_at(ctx, card, bucket, str_format(ctx->arena, "%s.refused", fields[i]).at);
    view->rates[view->rate_count++] = rate;
}

static enum status add_rates(struct ctx *ctx, struct str card, struct games_card_view *view)
{
    static const enum text_key names[BUCKETS] = {T_games_making_seen_0, T_games_making_seen_1, T_games_making_seen_4,
                                                 T_games_making_seen_31, T_games_making_seen_101};
    view->rates = arena_array(ctx->arena, struct games_card_rate, BUCKETS);
    if (view->rates == NULL)
        return LIMIT;
    for (int bucket = 0; bucket < BUCKETS; bucket++)
        add_rate(ctx, card, bucket, names[bucket], view);
    view->unread = card_number(card, "data.rows") - card_number(card, "training.communes");
    view->asked = view->rates[0].communes;
    struct str error = card_value(card, "measure.calibration_error");
    view->calibration = str_is_absent(error) ? text_of(ctx->language, T_games_making_not_written) : decimal(ctx, error);
    return OK;
}

/* ---- the page ---- */

static struct str file_path(struct ctx *ctx, const struct shipped_model *shipped, const char *ending)
{
    return str_format(ctx->arena, "/games/machine/%.*s.%s", STR_ARG(shipped->name), ending);
}

enum status opened_card_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct shipped_model shipped;
    TRY(opened_shipped(request, &shipped));
    struct games_card_view view = {.name = shipped.name,
                                   .file_path = file_path(ctx, &shipped, "gguf"),
                                   .card_path = file_path(ctx, &shipped, "json"),
                                   .deck_path = file_path(ctx, &shipped, "csv"),
                                   .survey_path = file_path(ctx, &shipped, "survey")};
    TRY(add_facts(ctx, shipped.card, &view));
    TRY(add_curve(ctx, shipped.card, &view));
    TRY(add_rates(ctx, shipped.card, &view));
    TRY(opened_begin(&page, ctx, request, response, OPENED_CARD, shipped.name));
    games_card_html(&page.html, &view);
    return opened_end(&page, OPENED_CARD);
}
