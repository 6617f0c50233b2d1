/* Game 4 without a screen: the room is the machine. It is read some communes often and some once, one never, and is
 * asked for all of them. */
#include "service/games/feed/feed.h"
#include "service/games/lang.h"
#include "service/games/paper/paper.h"

enum { COMMUNES = 6, READINGS = 12 };
static const size_t readings[COMMUNES] = {5, 3, 2, 1, 1, 0};

static struct str register_line(struct ctx *ctx, const struct deck_card *card)
{
    struct str codes = card->postal_codes, code = str_cut(&codes, ' ');
    return str_format(ctx->arena, "%.*s : %.*s", STR_ARG(card->name), STR_ARG(code));
}

/* Each commune as often as it is read, in an order of the seed. */
static enum status add_readings(struct ctx *ctx, const struct deck_card *const communes[COMMUNES], int64_t seed,
                                struct paper *paper)
{
    size_t order[READINGS], of[READINGS], count = 0;
    for (size_t i = 0; i < COMMUNES; i++)
        for (size_t times = 0; times < readings[i]; times++)
            of[count++] = i;
    game_shuffle((uint64_t)seed, order, READINGS);
    for (size_t i = 0; i < READINGS; i++)
        TRY(paper_add_card(paper, register_line(ctx, communes[of[order[i]]]), STR_NONE));
    return OK;
}

static enum status add_question(struct ctx *ctx, const struct deck_card *commune, size_t times, struct paper *paper)
{
    struct text_arg asked[] = {TEXT_ARG("name", commune->name), NUMBER_ARG("count", (int64_t)times)};
    enum text_key key = times > 0 ? T_games_paper_feed_asked : T_games_paper_feed_never;
    return paper_add_key(paper, text_with(ctx->arena, ctx->language, key, asked, times > 0 ? 2 : 1),
                         str_format(ctx->arena, "%.*s.", STR_ARG(commune->postal_codes)),
                         text_of(ctx->language, T_games_paper_feed_source));
}

enum status paper_feed(struct ctx *ctx, int64_t seed, struct paper *paper)
{
    struct machine *machine;
    size_t places[FEED_VILLAGES];
    const struct deck_card *communes[COMMUNES];
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    TRY(feed_villages(ctx->arena, &machine->deck, seed, places));
    for (size_t i = 0; i < COMMUNES; i++) {
        communes[i] = &machine->deck.cards[places[i]];
        TRY(add_question(ctx, communes[i], readings[i], paper));
    }
    TRY(add_readings(ctx, communes, seed, paper));
    TRY(paper_add_vote(paper, text_of(ctx->language, T_games_paper_know)));
    return paper_add_vote(paper, text_of(ctx->language, T_games_paper_guess));
}
