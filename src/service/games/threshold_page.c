/* The threshold below which the machine keeps silent: what it then says falsely, and what it keeps to itself. */
#include "service/games/frame.h"
#include "service/games/games_service.h"
#include "service/games/games_threshold_html.h"
#include "service/games/lang.h"
#include "service/games/machine.h"
#include "service/games/unsure.h"

enum { USUAL = 50, STEP = 10, POINTS = UNSURE_SURE_MAX / STEP + 1, NOT_ASKED = -1 };

/* The curve's field within the drawing, in its units; axes and their words stand around it. */
enum { LEFT = 40, TOP = 12, WIDTH = 250, HEIGHT = 150 };

/* What a false answer costs, in silences. */
static const struct {
    enum text_key name;
    int64_t price;
} uses[] = {{T_games_unsure_desk, 10}, {T_games_unsure_quiz, 1}};
enum { USES = sizeof uses / sizeof uses[0] };

struct curve {
    int64_t rights, wrongs; /* all of them: the ends of the axes */
};

static int64_t x_of(const struct curve *curve, struct unsure_sum sum)
{
    return LEFT + (curve->rights > 0 ? sum.silent_right * WIDTH / curve->rights : 0);
}

static int64_t y_of(const struct curve *curve, struct unsure_sum sum)
{
    return TOP + HEIGHT - (curve->wrongs > 0 ? sum.given_wrong * HEIGHT / curve->wrongs : 0);
}

static enum status add_curve(struct ctx *ctx, const struct unsure *unsure, int threshold,
                             struct games_threshold_view *view)
{
    struct buf line BUF_SCOPE = BUF_INIT(POINTS * 16);
    struct unsure_sum none = unsure_at(unsure, UNSURE_ALL, 0);
    struct curve curve = {none.given_right, none.given_wrong};
    view->points = arena_array(ctx->arena, struct games_threshold_point, POINTS);
    if (view->points == NULL)
        return LIMIT;
    for (int at = 0; at <= UNSURE_SURE_MAX; at += STEP) {
        struct unsure_sum sum = unsure_at(unsure, UNSURE_ALL, at);
        struct games_threshold_point point = {.threshold = at,
                                              .x = x_of(&curve, sum),
                                              .y = y_of(&curve, sum),
                                              .wrong = sum.given_wrong,
                                              .silent = sum.silent_right,
                                              .is_here = at == threshold};
        buf_add(&line, str_format(ctx->arena, "%lld,%lld ", (long long)point.x, (long long)point.y));
        view->points[view->point_count++] = point;
    }
    view->line = str_copy(ctx->arena, str_trim(buf_str(&line)));
    view->here_x = x_of(&curve, unsure_at(unsure, UNSURE_ALL, threshold));
    view->here_y = y_of(&curve, unsure_at(unsure, UNSURE_ALL, threshold));
    view->all_right = curve.rights;
    view->all_wrong = curve.wrongs;
    return OK;
}

static enum status add_fields(struct ctx *ctx, const struct unsure *unsure, int threshold,
                              struct games_threshold_view *view)
{
    static const enum text_key names[UNSURE_PARTS] = {T_games_field_department, T_games_field_code,
                                                      T_games_field_population, T_games_unsure_all};
    view->fields = arena_array(ctx->arena, struct games_threshold_field, UNSURE_PARTS);
    if (view->fields == NULL)
        return LIMIT;
    for (size_t part = 0; part < UNSURE_PARTS; part++) {
        struct unsure_sum sum = unsure_at(unsure, part, threshold);
        view->fields[view->field_count++] = (struct games_threshold_field){.name = text_of(ctx->language, names[part]),
                                                                           .right = sum.given_right,
                                                                           .wrong = sum.given_wrong,
                                                                           .silent_right = sum.silent_right,
                                                                           .silent_wrong = sum.silent_wrong};
    }
    return OK;
}

static enum status add_uses(struct ctx *ctx, const struct web_request *request, const struct unsure *unsure,
                            struct games_threshold_view *view)
{
    view->uses = arena_array(ctx->arena, struct games_threshold_use, USES);
    if (view->uses == NULL)
        return LIMIT;
    for (size_t i = 0; i < USES; i++) {
        int best = unsure_best(unsure, uses[i].price);
        view->uses[view->use_count++] = (struct games_threshold_use){
            .name = text_of(ctx->language, uses[i].name),
            .price = uses[i].price,
            .best = best,
            .best_path = str_format(ctx->arena, "/games/threshold?threshold=%d%s", best,
                                    game_level_more(game_level(request))),
            .cost = unsure_cost(unsure_at(unsure, UNSURE_ALL, (int)view->threshold), uses[i].price),
            .best_cost = unsure_cost(unsure_at(unsure, UNSURE_ALL, best), uses[i].price)};
    }
    return OK;
}

static struct str tenths(struct ctx *ctx, int64_t thousandths)
{
    return str_format(ctx->arena, "%lld%s%lld\u00A0%%", (long long)thousandths / 10,
                      ctx->language == LANGUAGE_FR ? "," : ".", (long long)thousandths % 10);
}

static void sum_up(struct ctx *ctx, const struct unsure *unsure, struct games_threshold_view *view)
{
    struct unsure_sum none = unsure_at(unsure, UNSURE_ALL, 0);
    struct unsure_sum sum = unsure_at(unsure, UNSURE_ALL, (int)view->threshold);
    int64_t all = none.given_right + none.given_wrong;
    view->wrong = sum.given_wrong;
    view->silent = sum.silent_right;
    view->area = tenths(ctx, unsure_area(unsure));
    view->risk = tenths(ctx, all > 0 ? (none.given_wrong * 1000 + all / 2) / all : 0);
}

enum status games_threshold_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct machine *machine;
    struct unsure unsure;
    int64_t threshold = web_int(request, "threshold", web_has(request, "threshold") ? NOT_ASKED : USUAL);
    if (threshold < 0 || threshold > UNSURE_SURE_MAX)
        return refuse(ctx, NOT_FOUND, "games.threshold", T_games_round_wrong);
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    unsure_count(&machine->deck, &unsure);
    struct games_threshold_view view = {.threshold = threshold, .level = game_level_name(game_level(request))};
    sum_up(ctx, &unsure, &view);
    TRY(add_curve(ctx, &unsure, (int)threshold, &view));
    TRY(add_fields(ctx, &unsure, (int)threshold, &view));
    TRY(add_uses(ctx, request, &unsure, &view));
    struct frame frame = {.game = &game_unsure,
                          .tab = FRAME_BENCH,
                          .level = game_level(request),
                          .path = str_format(ctx->arena, "/games/threshold?threshold=%lld", (long long)threshold),
                          .seed = -1};
    frame_begin(&page, ctx, request, response, &frame);
    games_threshold_html(&page.html, &view);
    return frame_end(&page, &frame);
}
