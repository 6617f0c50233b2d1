#include "service/games/game.h"

#include "base/seeded.h"
#include "service/games/games_service.h"

const struct game *const game_all[] = {
    &game_talk, &game_card, &game_letter, &game_village, &game_feed,  &game_unsure,
    &game_sure, &game_duel, &game_cut,    &game_hands,   &game_trace, NULL,
};

const struct game *game_find(struct str slug)
{
    for (size_t i = 0; game_all[i] != NULL; i++)
        if (str_eq(slug, str_of(game_all[i]->slug)))
            return game_all[i];
    for (size_t i = 0; game_all[i] != NULL; i++)
        if (game_all[i]->bench != NULL && str_eq(slug, str_of(game_all[i]->bench)))
            return game_all[i];
    return NULL;
}

const char *game_first(const struct game *game)
{
    return game->begins_with_bench ? game->bench : game->slug;
}

enum text_key game_card_rule(const struct game *game, enum game_level level)
{
    return game->card_rule[level] != T_none ? game->card_rule[level] : game->rule[level];
}

enum game_level game_level(const struct web_request *request)
{
    struct str level = web_text(request, "level");
    return str_eq(level, STR("child")) ? LEVEL_CHILD : str_eq(level, STR("easy")) ? LEVEL_EASY : LEVEL_ADULT;
}

const char *game_level_more(enum game_level level)
{
    static const char *const more[GAME_LEVELS] = {"", "&level=child", "&level=easy"};
    return more[level];
}

struct str game_level_name(enum game_level level)
{
    const char *more = game_level_more(level);
    return str_after(str_of(more), *more == '\0' ? 0 : sizeof "&level=" - 1);
}

struct str game_path(struct ctx *ctx, const struct game *game, int64_t seed)
{
    return str_format(ctx->arena, "/games/%s?seed=%lld", game_first(game), (long long)seed);
}

void game_shuffle(uint64_t seed, size_t *places, size_t count)
{
    struct seeded seeded = {seed};
    for (size_t i = 0; i < count; i++)
        places[i] = i;
    for (size_t i = count; i > 1; i--) {
        size_t other = (size_t)seeded_below(&seeded, i), kept = places[i - 1];
        places[i - 1] = places[other];
        places[other] = kept;
    }
}
