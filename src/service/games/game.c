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
    return NULL;
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
    const char *slug = game->draw != NULL ? game->slug : game->bench;
    return str_format(ctx->arena, "/games/%s?seed=%lld", slug, (long long)seed);
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
