/* Game 3, "the village that does not exist": real names and names made of halves; the machine answers to all of them,
 * the register only to those that are in it. */
#include "base/seeded.h"
#include "base/utf8.h"
#include "language/model/claim.h"
#include "language/model/dialogue.h"
#include "service/games/dealt.h"
#include "service/games/frame.h"
#include "service/games/games_service.h"
#include "service/games/games_village_html.h"
#include "service/games/lang.h"
#include "service/games/machine.h"
#include "service/games/paper/paper.h"

enum { NAME_BYTES_MAX = 100, PEOPLE_MAX = 900, TRIES_MAX = 500, SHOWN_MAX = 5 };

/* ---- what each of them says ---- */

/* The machine's line, whatever the name, with its probability of the whole. */
static enum status machine_line(struct ctx *ctx, struct str name, struct str *ret_line, int *ret_sure)
{
    struct machine *machine;
    struct speaker_said said[SPEAKER_SAID_MAX];
    struct buf line BUF_SCOPE = BUF_INIT(600);
    size_t count;
    double sure = 1;
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    TRY(machine_hear(machine, str_format(ctx->arena, "%.*s :", STR_ARG(name))));
    speaker_say(machine->speaker, 0, NULL, said, SPEAKER_SAID_MAX, &count, &line);
    for (size_t i = 0; i < count; i++)
        sure *= (double)said[i].probability;
    *ret_line = str_format(ctx->arena, "%.*s : %.*s", STR_ARG(name), STR_ARG(str_trim(buf_str(&line))));
    *ret_sure = (int)(sure * 100 + 0.5);
    return OK;
}

static struct str register_line(struct ctx *ctx, const struct table_commune *commune)
{
    return str_format(ctx->arena, "%.*s : %.*s (%.*s), %.*s, %lld hab.", STR_ARG(commune->name),
                      STR_ARG(commune->department->name), STR_ARG(commune->department->code),
                      STR_ARG(commune->postal_codes[0]), (long long)commune->population);
}

/* ---- cards ---- */

/* A small one: everybody knows the large ones. */
static const struct table_commune *real_one(const struct table *table, struct seeded *seeded)
{
    const struct table_commune *commune = &table->communes[0];
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        commune = &table->communes[seeded_below(seeded, table->count)];
        if (commune->population < PEOPLE_MAX && str_find_byte(commune->name, ' ') == SIZE_MAX)
            break;
    }
    return commune;
}

static struct str unreal_one(struct ctx *ctx, const struct table *table, struct seeded *seeded)
{
    struct buf name BUF_SCOPE = BUF_INIT(4 * TABLE_NAME_MAX);
    for (int tries = 0; tries < TRIES_MAX; tries++) {
        buf_clear(&name);
        if (dialogue_invent(table, seeded, &name) && dialogue_is_fair(buf_str(&name)))
            return str_copy(ctx->arena, buf_str(&name));
    }
    return STR("Villargent-sur-Saune");
}

static enum status make_card(struct ctx *ctx, const struct table *table, struct seeded *seeded, bool is_true,
                             struct game_card *card, struct str *ret_name)
{
    const struct table_commune *real = real_one(table, seeded);
    struct str name = is_true ? real->name : unreal_one(ctx, table, seeded);
    struct text_arg shown[] = {TEXT_ARG("name", name)}, count[] = {NUMBER_ARG("count", (int64_t)table->count)};
    *card = (struct game_card){
        .line = text_with(ctx->arena, ctx->language, T_games_village_line, shown, 1),
        .is_true = is_true,
        .verdict = is_true ? text_of(ctx->language, T_games_village_stands)
                           : text_with(ctx->arena, ctx->language, T_games_village_none, shown, 1),
        .source = is_true ? register_line(ctx, real)
                          : text_with(ctx->arena, ctx->language, T_games_village_searched, count, 1),
        .why = text_of(ctx->language, T_games_village_why)};
    *ret_name = name;
    return str_is_absent(name) ? LIMIT : OK;
}

static enum status draw_names(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS],
                              struct str ret_names[GAME_CARDS])
{
    const struct table *table;
    size_t order[GAME_CARDS];
    struct seeded seeded = {(uint64_t)seed};
    TRY(machine_table(ctx, &table));
    game_shuffle((uint64_t)seed, order, GAME_CARDS);
    for (size_t i = 0; i < GAME_CARDS; i++)
        TRY(make_card(ctx, table, &seeded, order[i] < GAME_CARDS / 2, &ret_cards[i], &ret_names[i]));
    return OK;
}

static enum status draw_anew(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct str names[GAME_CARDS], line;
    int sure;
    TRY(draw_names(ctx, seed, ret_cards, names));
    for (size_t i = 0; i < GAME_CARDS; i++) {
        TRY(machine_line(ctx, names[i], &line, &sure));
        ret_cards[i].thoughts[ret_cards[i].thought_count++] =
            (struct game_thought){text_of(ctx->language, T_games_village_thought), line, sure};
    }
    return OK;
}

static enum status draw_cards(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct dealt_key key = {.game = &game_village, .seed = seed, .language = ctx->language};
    return dealt_draw(ctx, &key, draw_anew, ret_cards);
}

/* The same cards; what the machine says of each is not printed, so it is not asked. */
enum status paper_village(struct ctx *ctx, int64_t seed, struct paper *paper)
{
    struct game_card cards[GAME_CARDS];
    struct str names[GAME_CARDS];
    TRY(draw_names(ctx, seed, cards, names));
    return paper_add_drawn(ctx, &game_village, cards, paper);
}

/* ---- a name of one's own ---- */

static enum status add_real(struct ctx *ctx, const struct table *table, struct str name,
                            struct games_village_view *view)
{
    view->reals = arena_array(ctx->arena, struct games_village_real, SHOWN_MAX);
    if (view->reals == NULL)
        return LIMIT;
    for (size_t i = table_find(table, name); i != TABLE_NONE; i = table->communes[i].next_alike) {
        view->alike++;
        if (view->real_count < SHOWN_MAX)
            view->reals[view->real_count++] =
                (struct games_village_real){.line = register_line(ctx, &table->communes[i])};
    }
    view->is_real = view->alike > 0;
    view->is_several = view->alike > 1;
    return OK;
}

enum status games_village_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    const struct table *table;
    struct str name = str_trim(web_text(request, "name"));
    enum game_level level = game_level(request);
    bool is_name = name.len <= NAME_BYTES_MAX && str_find_byte(name, '\n') == SIZE_MAX;
    TRY(machine_table(ctx, &table));
    struct games_village_view view = {.name = name,
                                      .level = game_level_name(level),
                                      .has_name = is_name && name.len > 0,
                                      .has_error = !is_name,
                                      .communes = (int64_t)table->count};
    if (view.has_name) {
        int sure;
        TRY(machine_line(ctx, name, &view.machine, &sure));
        view.sure = sure;
        TRY(add_real(ctx, table, name, &view));
    }
    struct frame frame = {.game = &game_village, .tab = FRAME_BENCH, .level = level, .path = STR("/games/village"),
                          .seed = -1};
    frame_begin(&page, ctx, request, response, &frame);
    games_village_html(&page.html, &view);
    return frame_end(&page, &frame);
}

const struct game game_village = {.number = 3,
                                  .slug = "no-such-village",
                                  GAME_WORDS(village),
                                  GAME_CARD_WORDS(village),
                                  GAME_PAPER_WORDS(village),
                                  .paper = paper_village,
                                  .model = "nano",
                                  .draw = draw_cards,
                                  .bench = "village",
                                  .bench_title = T_games_village_bench};
