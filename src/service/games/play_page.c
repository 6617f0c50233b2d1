/* A game of ten cards: a round is in the address of its page; a move leads to the page with the card turned. */
#include "service/games/frame.h"
#include "service/games/games_play_html.h"
#include "service/games/games_service.h"
#include "service/games/round.h"

enum { WELL_SEEN = 55, POOR = 50 };

struct play {
    struct ctx *ctx;
    const struct game *game;
    enum game_level level;
    struct round round;
    struct game_card cards[GAME_CARDS];
};

/* Without a level: the frame adds those of its links. */
static struct str bare_path(const struct play *play, int64_t seed, struct str moves, bool is_next)
{
    return str_format(play->ctx->arena, "/games/%s?seed=%lld&moves=%.*s%s", play->game->slug, (long long)seed,
                      STR_ARG(moves), is_next ? "&next=1" : "");
}

static struct str path_of(const struct play *play, int64_t seed, struct str moves, bool is_next)
{
    struct str bare = bare_path(play, seed, moves, is_next);
    return str_format(play->ctx->arena, "%.*s%s", STR_ARG(bare), game_level_more(play->level));
}

static struct str said(const struct play *play, int move)
{
    struct text_arg sure[] = {NUMBER_ARG("sure", move)};
    return text_with(play->ctx->arena, play->ctx->language, play->game->said, sure, 1);
}

static struct str stamp(const struct play *play, const struct game_card *card)
{
    return text_of(play->ctx->language, card->is_true ? play->game->is_true : play->game->is_false);
}

/* ---- the card turned ---- */

static enum status add_thoughts(const struct play *play, const struct game_card *card, struct games_play_view *view)
{
    view->has_thoughts = card->thought_count > 0;
    view->thoughts = arena_array(play->ctx->arena, struct games_play_thought, GAME_THOUGHTS_MAX);
    if (view->thoughts == NULL)
        return LIMIT;
    for (size_t i = 0; i < card->thought_count; i++)
        view->thoughts[view->thought_count++] = (struct games_play_thought){
            .field = card->thoughts[i].field,
            .said = card->thoughts[i].said,
            .is_sure = card->thoughts[i].sure != GAME_NOT_SURE,
            .sure = card->thoughts[i].sure};
    return OK;
}

static enum status turn(const struct play *play, struct games_play_view *view)
{
    const struct round *round = &play->round;
    const struct game_card *card = &play->cards[round->count - 1];
    int move = round->moves[round->count - 1];
    view->is_turned = true;
    view->line = card->line;
    view->is_true = card->is_true;
    view->stamp = stamp(play, card);
    view->is_skipped = move == ROUND_SKIPPED;
    view->said = view->is_skipped ? STR("") : said(play, move);
    view->points = view->is_skipped ? 0 : round_points(move, card->is_true);
    view->is_well_seen = view->points >= WELL_SEEN;
    view->verdict = card->verdict;
    view->source = card->source;
    view->has_link = card->link.len > 0;
    view->link = card->link;
    view->why = card->why;
    view->is_over = round->count == GAME_CARDS;
    view->next = path_of(play, round->seed, round_moves(play->ctx->arena, round, ROUND_NO_MOVE), true);
    return add_thoughts(play, card, view);
}

/* ---- the sheet ---- */

static enum status add_played(const struct play *play, struct games_play_view *view)
{
    const struct round *round = &play->round;
    view->playeds = arena_array(play->ctx->arena, struct games_play_played, GAME_CARDS);
    if (view->playeds == NULL)
        return LIMIT;
    for (size_t i = 0; i < round->count; i++) {
        int move = round->moves[i];
        int points = move == ROUND_SKIPPED ? 0 : round_points(move, play->cards[i].is_true);
        view->playeds[view->played_count++] =
            (struct games_play_played){.number = (int64_t)i + 1,
                                       .is_good = points >= WELL_SEEN,
                                       .is_bad = move != ROUND_SKIPPED && points < POOR,
                                       .is_skipped = move == ROUND_SKIPPED,
                                       .stamp = stamp(play, &play->cards[i]),
                                       .points = points};
    }
    view->has_played_some = round->count > 0;
    return OK;
}

static void sum_up(const struct play *play, struct games_play_view *view)
{
    struct round_sum sum = round_sum(&play->round, play->cards);
    view->has_played = true;
    view->right = sum.right;
    view->mean = sum.sure;
    view->mean_points = sum.points;
    view->is_well_doubted = sum.is_well_doubted;
    view->again = path_of(play, play->round.seed, STR(""), false);
    view->other = path_of(play, (play->round.seed + 1) % (GAME_SEED_MAX + 1), STR(""), false);
}

/* ---- the page ---- */

static enum status take_move(const struct play *play, const struct web_request *request, struct web_response *response)
{
    const struct round *round = &play->round;
    int64_t sure = web_has(request, "skip") ? ROUND_SKIPPED : web_int(request, "sure", -2);
    if (sure < ROUND_SKIPPED || sure > 100 || round->count == GAME_CARDS)
        return INVALID;
    struct str path = path_of(play, round->seed, round_moves(play->ctx->arena, round, (int)sure), false);
    return web_redirect(play->ctx, response, "%.*s", STR_ARG(path));
}

/* Without a seed a game begins: its seed is the second of the day, so that a room that starts together differs from the
 * next, and everybody can write it down. */
static enum status begin(const struct play *play, struct web_response *response)
{
    struct str path = path_of(play, play->ctx->now.ms / 1000 % (GAME_SEED_MAX + 1), STR(""), false);
    return web_redirect(play->ctx, response, "%.*s", STR_ARG(path));
}

static enum status show(const struct play *play, const struct web_request *request, struct web_response *response,
                        const struct games_play_view *view)
{
    struct page page;
    struct frame frame = {.game = play->game,
                          .tab = FRAME_PLAY,
                          .level = play->level,
                          .path = bare_path(play, play->round.seed, view->moves, web_has(request, "next")),
                          .seed = play->round.seed};
    frame_begin(&page, play->ctx, request, response, &frame);
    games_play_html(&page.html, view);
    return frame_end(&page, &frame);
}

static void add_form(const struct play *play, struct games_play_view *view)
{
    enum language language = play->ctx->language;
    view->action = str_format(play->ctx->arena, "/games/%s", play->game->slug);
    view->level = game_level_name(play->level);
    view->low = text_of(language, play->game->low);
    view->high = text_of(language, play->game->high);
}

enum status games_play_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct play play = {
        .ctx = ctx, .game = game_find(str_after(request->path, sizeof "/games/" - 1)), .level = game_level(request)};
    if (play.game == NULL)
        return NOT_FOUND;
    if (!web_has(request, "seed"))
        return begin(&play, response);
    if (round_read(web_text(request, "seed"), web_text(request, "moves"), &play.round) != OK)
        return refuse(ctx, NOT_FOUND, "games.round", T_games_round_wrong);
    if (web_has(request, "sure"))
        return take_move(&play, request, response);
    TRY(play.game->draw(ctx, play.round.seed, play.cards));
    struct games_play_view view = {.of = GAME_CARDS,
                                   .seed = str_format(ctx->arena, "%lld", (long long)play.round.seed),
                                   .moves = round_moves(ctx->arena, &play.round, ROUND_NO_MOVE)};
    bool goes_on = play.round.count == 0 || web_has(request, "next");
    view.is_asked = goes_on && play.round.count < GAME_CARDS;
    view.number = (int64_t)play.round.count + 1;
    add_form(&play, &view);
    if (view.is_asked)
        view.line = play.cards[play.round.count].line;
    else if (!goes_on)
        TRY(turn(&play, &view));
    else
        sum_up(&play, &view);
    TRY(add_played(&play, &view));
    return show(&play, request, response, &view);
}
