#include "language/model/measure.h"
#include "language/model/shipped.h"
#include "service/games/audience.h"
#include "service/games/games_home_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"

struct page_head games_head(struct str title)
{
    return (struct page_head){.title = title, .tone = PAGE_RESIDENT, .menu = "/games", .search_path = STR_NONE,
                              .is_unlisted = true};
}

struct page_head games_head_listed(struct str title)
{
    struct page_head head = games_head(title);
    head.is_unlisted = false;
    return head;
}

/* ---- how much it invents ---- */

/* "46,8 % [39,5 ; 54,3]" of those in a bucket. */
static struct str rate_of(struct ctx *ctx, uint64_t invented, uint64_t all)
{
    double low, high;
    measure_interval(invented, all, &low, &high);
    double share = all > 0 ? (double)invented / (double)all : 0;
    return str_format(ctx->arena, "%.0f\u00A0%% [%.0f\u00A0; %.0f]", share * 100, low * 100, high * 100);
}

static struct games_home_rate rate_line(struct ctx *ctx, const struct deck *deck, int64_t from, int64_t to,
                                        enum text_key seen)
{
    uint64_t all = 0, codes = 0, populations = 0;
    for (size_t i = 0; i < deck->count; i++) {
        const struct deck_card *card = &deck->cards[i];
        if (card->seen < from || card->seen > to)
            continue;
        all++;
        codes += card->is_false[DECK_POSTAL_CODE];
        populations += card->is_false[DECK_POPULATION];
    }
    return (struct games_home_rate){.seen = text_of(ctx->language, seen),
                                    .communes = (int64_t)all,
                                    .postal_code = rate_of(ctx, codes, all),
                                    .population = rate_of(ctx, populations, all)};
}

static enum status add_rates(struct ctx *ctx, const struct deck *deck, struct games_home_view *view)
{
    view->rates = arena_array(ctx->arena, struct games_home_rate, 3);
    if (view->rates == NULL)
        return LIMIT;
    view->rates[view->rate_count++] = rate_line(ctx, deck, 0, 30, T_games_seen_few);
    view->rates[view->rate_count++] = rate_line(ctx, deck, 31, 100, T_games_seen_some);
    view->rates[view->rate_count++] = rate_line(ctx, deck, 101, INT64_MAX, T_games_seen_many);
    return OK;
}

/* ---- who comes, and the games ---- */

/* With the level it is read at: "/games/village?level=child". */
static struct str level_path(struct ctx *ctx, const struct game *game, enum game_level level)
{
    const char *more = game_level_more(level);
    return str_format(ctx->arena, "/games/%s%s%s", game_first(game),
                      *more == '\0' ? "" : "?", *more == '\0' ? "" : more + 1);
}

static enum status add_games(struct ctx *ctx, enum game_level level, struct games_home_view *view)
{
    view->games = arena_array(ctx->arena, struct games_home_game, GAMES_MAX);
    if (view->games == NULL)
        return LIMIT;
    for (size_t i = 0; game_all[i] != NULL; i++) {
        const struct game *game = game_all[i];
        view->games[view->game_count++] = (struct games_home_game){.number = game->number,
                                                                   .title = text_of(ctx->language, game->title),
                                                                   .text = text_of(ctx->language, game->text),
                                                                   .modes = text_of(ctx->language, game->modes),
                                                                   .path = level_path(ctx, game, level)};
    }
    return OK;
}

static enum status add_offers(struct ctx *ctx, const struct audience *audience, enum game_level level,
                              struct games_home_view *view)
{
    view->offers = arena_array(ctx->arena, struct games_home_offer, AUDIENCE_GAMES);
    if (view->offers == NULL)
        return LIMIT;
    for (size_t i = 0; i < AUDIENCE_GAMES && audience->games[i] != NULL; i++)
        view->offers[view->offer_count++] =
            (struct games_home_offer){.number = audience->games[i]->number,
                                      .title = text_of(ctx->language, audience->games[i]->title),
                                      .text = text_of(ctx->language, audience->games[i]->text),
                                      .path = level_path(ctx, audience->games[i], level)};
    view->is_leader = view->offer_count == 0;
    return OK;
}

/* Who is chosen keeps the level somebody asked for; else the audience brings its own. */
static enum status add_audiences(struct ctx *ctx, const struct audience *chosen, enum game_level level,
                                 struct games_home_view *view)
{
    view->audiences = arena_array(ctx->arena, struct games_home_audience, AUDIENCES);
    if (view->audiences == NULL)
        return LIMIT;
    for (size_t i = 0; i < AUDIENCES; i++)
        view->audiences[view->audience_count++] = (struct games_home_audience){
            .title = text_of(ctx->language, audiences[i].title), .is_chosen = &audiences[i] == chosen,
            .path = str_format(ctx->arena, "/games?for=%s%s", audiences[i].name,
                               level == LEVEL_EASY ? game_level_more(level) : "")};
    view->is_easy = level == LEVEL_EASY;
    view->other_level = str_format(ctx->arena, "/games%s%s%s", chosen != NULL ? "?for=" : "",
                                   chosen != NULL ? chosen->name : "",
                                   view->is_easy ? "" : chosen != NULL ? "&level=easy" : "?level=easy");
    view->first = level_path(ctx, &game_card, level);
    view->has_audience = chosen != NULL;
    view->audience_text = chosen != NULL ? text_of(ctx->language, chosen->text) : STR("");
    return chosen != NULL ? add_offers(ctx, chosen, level, view) : OK;
}

enum status games_home_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct machine *machine;
    const struct audience *chosen = audience_of(request);
    enum game_level level = game_level(request);
    if (level == LEVEL_ADULT && chosen != NULL)
        level = chosen->level;
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    struct games_home_view view = {.data = STR("https://github.com/etalab/decoupage-administratif"),
                                   .model_path = STR("/games/machine/nano.gguf"),
                                   .card_path = STR("/games/machine/nano.json"),
                                   .deck_path = STR("/games/machine/nano.csv"),
                                   .communes = (int64_t)machine->deck.count,
                                   .size = page_size(ctx, (int64_t)machine->shipped.file.len)};
    TRY(add_audiences(ctx, chosen, level, &view));
    TRY(add_games(ctx, level, &view));
    TRY(add_rates(ctx, &machine->deck, &view));
    page_begin(&page, ctx, request, response);
    games_home_html(&page.html, &view);
    struct page_head head = games_head_listed(text_of(ctx->language, T_games_menu));
    if (level == LEVEL_EASY)
        head.tone = PAGE_EASY;
    return page_end(&page, &head);
}

/* The machine itself, to be taken away and looked into. */
enum status games_machine_file(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct shipped_model shipped;
    struct str name = request->params[0], ending = name, stem = str_cut(&ending, '.');
    TRY(shipped_model(stem, &shipped));
    const struct {
        struct str ending, bytes, type;
    } files[] = {{STR("gguf"), shipped.file, STR("application/octet-stream")},
                 {STR("json"), shipped.card, STR("application/json")},
                 {STR("csv"), shipped.deck, STR("text/csv; charset=utf-8")},
                 {STR("wordings.csv"), str_eq(stem, STR("moyen")) ? shipped_wordings() : STR_NONE,
                  STR("text/csv; charset=utf-8")},
                 {STR("survey"), shipped.survey, STR("text/plain; charset=utf-8")}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (str_eq(ending, files[i].ending) && !str_is_absent(files[i].bytes)) {
            response->lasting = files[i].bytes;
            response->content_type = files[i].type;
            response->file_name = str_copy(ctx->arena, name);
            response->is_unlisted = true; /* a deck is what the machine says */
            return OK;
        }
    return NOT_FOUND;
}
