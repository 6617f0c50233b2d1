/* A game of ten cards: a round is in the address of its page; a move leads to the page with the card turned. */
#include "service/games/frame.h"
#include "service/games/games_play_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/round.h"

enum { WELL_SEEN = 75 /* not knowing, or better */, POOR = 50 };

enum { PLAYERS_MAX = 2 };

/* Two on one screen play by turns: each has a round of the same seed, and the second is at most one move behind. */
struct play {
    struct ctx *ctx;
    const struct game *game;
    enum game_level level;
    size_t players;
    struct round rounds[PLAYERS_MAX];
    struct game_card cards[GAME_CARDS];
};

/* Cards that all players have judged. */
static size_t judged(const struct play *play)
{
    return play->rounds[play->players - 1].count;
}

/* Whose turn it is, from 0. */
static size_t turn_of(const struct play *play)
{
    return play->players > 1 && play->rounds[0].count > play->rounds[1].count ? 1 : 0;
}

static struct str player_name(const struct play *play, size_t player)
{
    return text_of(play->ctx->language, player == 0 ? T_games_pair_first : T_games_pair_second);
}

/* Without a level: the frame adds those of its links. Moves: one for each player. */
static struct str bare_path(const struct play *play, int64_t seed, const struct str moves[PLAYERS_MAX], bool is_next)
{
    struct str pair = play->players > 1
                          ? str_format(play->ctx->arena, "&players=2&second=%.*s", STR_ARG(moves[1]))
                          : STR("");
    return str_format(play->ctx->arena, "/games/%s?seed=%lld&moves=%.*s%.*s%s", play->game->slug, (long long)seed,
                      STR_ARG(moves[0]), STR_ARG(pair), is_next ? "&next=1" : "");
}

static struct str path_of(const struct play *play, int64_t seed, const struct str moves[PLAYERS_MAX], bool is_next)
{
    struct str bare = bare_path(play, seed, moves, is_next);
    return str_format(play->ctx->arena, "%.*s%s", STR_ARG(bare), game_level_more(play->level));
}

/* All moves so far, and one more of whose turn it is. */
static void add_moves(const struct play *play, int move, struct str moves[PLAYERS_MAX])
{
    for (size_t i = 0; i < play->players; i++)
        moves[i] = round_moves(play->ctx->arena, &play->rounds[i], i == turn_of(play) ? move : ROUND_NO_MOVE);
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
    static const enum text_key usual[GAME_THOUGHT_HEADS] = {T_games_thought, T_games_thought_field,
                                                            T_games_thought_said};
    const struct game *game = play->game;
    enum language language = play->ctx->language;
    view->has_thoughts = card->thought_count > 0;
    view->thoughts = arena_array(play->ctx->arena, struct games_play_thought, GAME_THOUGHTS_MAX);
    if (view->thoughts == NULL)
        return LIMIT;
    const enum text_key *heads = game->thought_heads[0] != T_none ? game->thought_heads : usual;
    view->thought_title = text_of(language, heads[0]);
    view->thought_head = text_of(language, heads[1]);
    view->said_head = text_of(language, heads[2]);
    for (size_t i = 0; i < card->thought_count; i++) {
        bool is_sure = card->thoughts[i].sure != GAME_NOT_SURE;
        view->thoughts[view->thought_count++] = (struct games_play_thought){
            .field = card->thoughts[i].field, .said = card->thoughts[i].said, .is_sure = is_sure,
            .sure = card->thoughts[i].sure};
        view->has_sure |= is_sure;
    }
    return OK;
}

static enum status add_opinions(const struct play *play, const struct game_card *card, struct games_play_view *view)
{
    view->opinions = arena_array(play->ctx->arena, struct games_play_opinion, PLAYERS_MAX);
    if (view->opinions == NULL)
        return LIMIT;
    for (size_t i = 0; i < play->players; i++) {
        int move = play->rounds[i].moves[judged(play) - 1];
        bool is_skipped = move == ROUND_SKIPPED;
        int points = is_skipped ? 0 : round_points(move, card->is_true);
        view->opinions[view->opinion_count++] = (struct games_play_opinion){.player = player_name(play, i),
                                                                            .is_skipped = is_skipped,
                                                                            .said = is_skipped ? STR("")
                                                                                               : said(play, move),
                                                                            .points = points,
                                                                            .is_well_seen = points >= WELL_SEEN};
    }
    return OK;
}

static enum status turn(const struct play *play, struct games_play_view *view)
{
    const struct game_card *card = &play->cards[judged(play) - 1];
    struct str moves[PLAYERS_MAX];
    add_moves(play, ROUND_NO_MOVE, moves);
    view->is_turned = true;
    view->line = card->line;
    view->is_true = card->is_true;
    view->stamp = stamp(play, card);
    view->verdict = card->verdict;
    view->source = card->source;
    view->has_link = card->link.len > 0;
    view->link = card->link;
    view->why = card->why;
    view->is_over = judged(play) == GAME_CARDS;
    view->next = path_of(play, play->rounds[0].seed, moves, true);
    TRY(add_opinions(play, card, view));
    return add_thoughts(play, card, view);
}

/* ---- the sheet ---- */

/* "80", or "80, 35" of two. */
static struct str points_of(const struct play *play, size_t card)
{
    struct buf out BUF_SCOPE = BUF_INIT(32);
    for (size_t i = 0; i < play->players; i++) {
        int move = play->rounds[i].moves[card];
        buf_add_c(&out, i > 0 ? ", " : "");
        buf_add_i64(&out, move == ROUND_SKIPPED ? 0 : round_points(move, play->cards[card].is_true));
    }
    return str_copy(play->ctx->arena, buf_str(&out));
}

/* The marks of good and bad are one player's; of two they would not say whose. */
static enum status add_played(const struct play *play, struct games_play_view *view)
{
    bool is_alone = play->players == 1;
    view->playeds = arena_array(play->ctx->arena, struct games_play_played, GAME_CARDS);
    if (view->playeds == NULL)
        return LIMIT;
    for (size_t i = 0; i < judged(play); i++) {
        int move = play->rounds[0].moves[i];
        bool is_skipped = is_alone && move == ROUND_SKIPPED;
        int points = is_skipped ? 0 : round_points(move, play->cards[i].is_true);
        view->playeds[view->played_count++] =
            (struct games_play_played){.number = (int64_t)i + 1,
                                       .is_good = is_alone && points >= WELL_SEEN,
                                       .is_bad = is_alone && !is_skipped && points < POOR,
                                       .is_skipped = is_skipped,
                                       .stamp = stamp(play, &play->cards[i]),
                                       .points = points_of(play, i)};
    }
    view->has_played_some = judged(play) > 0;
    return OK;
}

static enum status sum_up(const struct play *play, struct games_play_view *view)
{
    static const struct str none[PLAYERS_MAX] = {STR_INIT(""), STR_INIT("")};
    int64_t seed = play->rounds[0].seed;
    view->sums = arena_array(play->ctx->arena, struct games_play_sum, PLAYERS_MAX);
    if (view->sums == NULL)
        return LIMIT;
    for (size_t i = 0; i < play->players; i++) {
        struct round_sum sum = round_sum(&play->rounds[i], play->cards);
        view->sums[view->sum_count++] = (struct games_play_sum){.player = player_name(play, i),
                                                                .right = sum.right,
                                                                .mean = sum.sure,
                                                                .points = sum.points,
                                                                .is_well_doubted = sum.is_well_doubted};
    }
    view->has_winner = play->players > 1 && view->sums[0].points != view->sums[1].points;
    view->winner = view->has_winner ? player_name(play, view->sums[1].points > view->sums[0].points) : STR("");
    view->has_played = true;
    view->again = path_of(play, seed, none, false);
    view->other = path_of(play, (seed + 1) % (GAME_SEED_MAX + 1), none, false);
    return OK;
}

/* ---- the page ---- */

static enum status take_move(const struct play *play, const struct web_request *request, struct web_response *response)
{
    struct str moves[PLAYERS_MAX];
    int64_t sure = web_has(request, "skip") ? ROUND_SKIPPED : web_int(request, "sure", -2);
    if (sure < ROUND_SKIPPED || sure > 100 || judged(play) == GAME_CARDS)
        return INVALID;
    add_moves(play, (int)sure, moves);
    struct str path = path_of(play, play->rounds[0].seed, moves, false);
    return web_redirect(play->ctx, response, "%.*s", STR_ARG(path));
}

/* Without a seed a game begins: its seed is the second of the day, so that a room that starts together differs from the
 * next, and everybody can write it down. */
static enum status begin(const struct play *play, struct web_response *response)
{
    static const struct str none[PLAYERS_MAX] = {STR_INIT(""), STR_INIT("")};
    struct str path = path_of(play, play->ctx->now.ms / 1000 % (GAME_SEED_MAX + 1), none, false);
    return web_redirect(play->ctx, response, "%.*s", STR_ARG(path));
}

static enum status show(const struct play *play, const struct web_request *request, struct web_response *response,
                        const struct games_play_view *view)
{
    struct page page;
    struct str moves[PLAYERS_MAX];
    add_moves(play, ROUND_NO_MOVE, moves);
    struct frame frame = {.game = play->game,
                          .tab = FRAME_PLAY,
                          .level = play->level,
                          .path = bare_path(play, play->rounds[0].seed, moves, web_has(request, "next")),
                          .seed = play->rounds[0].seed,
                          .is_pair = play->players > 1};
    frame_begin(&page, play->ctx, request, response, &frame);
    games_play_html(&page.html, view);
    return frame_end(&page, &frame);
}

static void add_form(const struct play *play, struct games_play_view *view)
{
    enum language language = play->ctx->language;
    struct str moves[PLAYERS_MAX];
    add_moves(play, ROUND_NO_MOVE, moves);
    view->action = str_format(play->ctx->arena, "/games/%s", play->game->slug);
    view->seed = str_format(play->ctx->arena, "%lld", (long long)play->rounds[0].seed);
    view->moves = moves[0];
    view->is_pair = play->players > 1;
    view->is_first = view->is_pair && turn_of(play) == 0;
    view->second = view->is_pair ? moves[1] : STR("");
    view->turn = player_name(play, turn_of(play));
    view->level = game_level_name(play->level);
    view->low = text_of(language, play->game->low);
    view->high = text_of(language, play->game->high);
}

static enum status read_play(const struct web_request *request, struct play *play)
{
    TRY(round_read(web_text(request, "seed"), web_text(request, "moves"), &play->rounds[0]));
    if (play->players == 1)
        return OK;
    TRY(round_read(web_text(request, "seed"), web_text(request, "second"), &play->rounds[1]));
    size_t ahead = play->rounds[0].count - play->rounds[1].count; /* behind: a very large number */
    return ahead <= 1 ? OK : INVALID;
}

enum status games_play_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct play play = {.ctx = ctx,
                        .game = game_find(str_after(request->path, sizeof "/games/" - 1)),
                        .level = game_level(request),
                        .players = web_int(request, "players", 1) == PLAYERS_MAX ? PLAYERS_MAX : 1};
    if (play.game == NULL)
        return NOT_FOUND;
    if (!web_has(request, "seed"))
        return begin(&play, response);
    if (read_play(request, &play) != OK)
        return refuse(ctx, NOT_FOUND, "games.round", T_games_round_wrong);
    if (web_has(request, "sure"))
        return take_move(&play, request, response);
    TRY(play.game->draw(ctx, play.rounds[0].seed, play.cards));
    struct games_play_view view = {.of = GAME_CARDS, .number = (int64_t)judged(&play) + 1};
    bool goes_on = play.rounds[0].count == 0 || turn_of(&play) > 0 || web_has(request, "next");
    view.is_asked = goes_on && judged(&play) < GAME_CARDS;
    add_form(&play, &view);
    if (view.is_asked)
        view.line = play.cards[judged(&play)].line;
    else
        TRY(goes_on ? sum_up(&play, &view) : turn(&play, &view));
    TRY(add_played(&play, &view));
    return show(&play, request, response, &view);
}
