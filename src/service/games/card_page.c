/* "True or invented?": a round is in the address of its page; a move leads to the page with the card turned. */
#include "service/games/games_card_html.h"
#include "service/games/games_service.h"
#include "service/games/machine.h"
#include "service/games/round.h"

enum { WELL_SEEN = 55, NO_MOVE = 101 };

static struct str path_of(struct ctx *ctx, int64_t seed, struct str moves, const char *more)
{
    return str_format(ctx->arena, "/games/true-or-invented?seed=%lld&moves=%.*s%s", (long long)seed, STR_ARG(moves),
                      more);
}

/* ---- the card turned ---- */

static struct str wrong_of(struct ctx *ctx, const struct deck_card *card)
{
    struct text_arg name[] = {TEXT_ARG("name", card->department_name)};
    struct text_arg codes[] = {TEXT_ARG("codes", card->postal_codes)};
    struct text_arg count[] = {TEXT_ARG("count", card->population)};
    if (card->is_false[DECK_DEPARTMENT])
        return text_with(ctx->arena, ctx->language, T_games_wrong_department, name, 1);
    if (card->is_false[DECK_POSTAL_CODE])
        return text_with(ctx->arena, ctx->language, T_games_wrong_code, codes, 1);
    return text_with(ctx->arena, ctx->language, T_games_wrong_population, count, 1);
}

/* What the model says of the commune, whether the card showed it or the register's line. */
static enum status add_thoughts(struct ctx *ctx, const struct deck_card *card, struct games_card_view *view)
{
    static const enum text_key fields[] = {T_games_field_department, T_games_field_code, T_games_field_population};
    struct str rest = card->said;
    view->thoughts = arena_array(ctx->arena, struct games_card_thought, DECK_FIELDS);
    if (view->thoughts == NULL)
        return LIMIT;
    for (size_t i = 0; i < DECK_FIELDS; i++)
        view->thoughts[view->thought_count++] = (struct games_card_thought){
            .field = text_of(ctx->language, fields[i]), .said = str_trim(str_cut(&rest, ',')), .sure = card->sure[i]};
    return OK;
}

static enum status turn(struct ctx *ctx, const struct round *round, const struct deck_drawn *drawn,
                        struct games_card_view *view)
{
    int move = round->moves[round->count - 1];
    const struct deck_card *card = drawn->card;
    view->is_turned = true;
    view->line = drawn->line;
    view->is_true = drawn->is_true;
    view->is_skipped = move == ROUND_SKIPPED;
    view->sure = move;
    view->points = view->is_skipped ? 0 : round_points(move, drawn->is_true);
    view->is_well_seen = view->points >= WELL_SEEN;
    view->wrong = drawn->is_true ? STR("") : wrong_of(ctx, card);
    view->registered = deck_line(ctx->arena, card, card->postal_codes);
    view->seen = card->seen;
    view->is_over = round->count == DECK_DRAW;
    view->next = path_of(ctx, round->seed, round_moves(ctx->arena, round, NO_MOVE), "&next=1");
    return add_thoughts(ctx, card, view);
}

/* ---- the sheet ---- */

static enum status add_played(struct ctx *ctx, const struct round *round, const struct deck_drawn *drawn,
                              struct games_card_view *view)
{
    view->playeds = arena_array(ctx->arena, struct games_card_played, DECK_DRAW);
    if (view->playeds == NULL)
        return LIMIT;
    for (size_t i = 0; i < round->count; i++) {
        int move = round->moves[i];
        int points = move == ROUND_SKIPPED ? 0 : round_points(move, drawn[i].is_true);
        view->playeds[view->played_count++] = (struct games_card_played){.number = (int64_t)i + 1,
                                                                         .is_good = points >= WELL_SEEN,
                                                                         .is_bad = move != ROUND_SKIPPED && points < 50,
                                                                         .is_skipped = move == ROUND_SKIPPED,
                                                                         .is_true = drawn[i].is_true,
                                                                         .points = points};
    }
    view->has_played_some = round->count > 0;
    return OK;
}

static void sum_up(struct ctx *ctx, const struct round *round, const struct deck_drawn *drawn,
                   struct games_card_view *view)
{
    struct round_sum sum = round_sum(round, drawn);
    view->has_played = true;
    view->right = sum.right;
    view->mean = sum.sure;
    view->mean_points = sum.points;
    view->is_well_doubted = sum.is_well_doubted;
    view->again = path_of(ctx, round->seed, STR(""), "");
    view->other = path_of(ctx, (round->seed + 1) % (ROUND_SEED_MAX + 1), STR(""), "");
}

/* ---- the page ---- */

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct games_card_view *view)
{
    struct page page;
    page_begin(&page, ctx, request, response);
    games_card_html(&page.html, view);
    struct page_head head = games_head(text_of(ctx->language, T_games_card_title));
    return page_end(&page, &head);
}

static enum status take_move(struct ctx *ctx, const struct web_request *request, const struct round *round,
                             struct web_response *response)
{
    int64_t sure = web_has(request, "skip") ? ROUND_SKIPPED : web_int(request, "sure", -2);
    if (sure < ROUND_SKIPPED || sure > 100 || round->count == DECK_DRAW)
        return INVALID;
    struct str moves = round_moves(ctx->arena, round, (int)sure);
    return web_redirect(ctx, response, "/games/true-or-invented?seed=%lld&moves=%.*s", (long long)round->seed,
                        STR_ARG(moves));
}

/* Without a seed a game begins: its seed is the second of the day, so that a room that starts together differs from the
 * next, and everybody can write it down. */
static enum status begin(struct ctx *ctx, struct web_response *response)
{
    return web_redirect(ctx, response, "/games/true-or-invented?seed=%lld&moves=",
                        (long long)(ctx->now.ms / 1000 % (ROUND_SEED_MAX + 1)));
}

enum status games_card_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct machine *machine;
    struct round round;
    struct deck_drawn drawn[DECK_DRAW];
    if (!web_has(request, "seed"))
        return begin(ctx, response);
    if (round_read(web_text(request, "seed"), web_text(request, "moves"), &round) != OK)
        return refuse(ctx, NOT_FOUND, "games.round", T_games_round_wrong);
    if (web_has(request, "sure"))
        return take_move(ctx, request, &round, response);
    TRY(machine_get(ctx, &machine));
    TRY(deck_draw(&machine->deck, ctx->arena, (uint64_t)round.seed, drawn));
    struct games_card_view view = {.of = DECK_DRAW,
                                   .seed = str_format(ctx->arena, "%lld", (long long)round.seed),
                                   .moves = round_moves(ctx->arena, &round, NO_MOVE)};
    bool goes_on = round.count == 0 || web_has(request, "next");
    view.is_asked = goes_on && round.count < DECK_DRAW;
    view.number = (int64_t)round.count + 1;
    if (view.is_asked)
        view.line = drawn[round.count].line;
    else if (!goes_on)
        TRY(turn(ctx, &round, &drawn[round.count - 1], &view));
    else
        sum_up(ctx, &round, drawn, &view);
    TRY(add_played(ctx, &round, drawn, &view));
    return show(ctx, request, response, &view);
}
