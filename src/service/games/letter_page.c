/* "Inside the machine's head": what was written so far is in the address of the page; each button adds a letter to it.
 */
#include <math.h>

#include "base/seeded.h"
#include "base/utf8.h"
#include "service/games/frame.h"
#include "service/games/games_letter_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"

enum { SHOWN_MAX = 8, HEAT_MAX = 200, HEAT_USUAL = 80, SEED_MAX = 999999, LINE_LETTERS_MAX = 80 };

const struct game game_letter = {.number = 2,
                                 .slug = "letter",
                                 GAME_WORDS(letter),
                                 GAME_PAPER_WORDS(letter),
                                 GAME_CARD_WORDS(letter),
                                 .draw = game_letter_draw,
                                 .model = "nano",
                                 .bench = "next-letter",
                                 .bench_title = T_games_letter_title};

struct letters {
    struct str text;
    int64_t heat, seed; /* heat: temperature in hundredths */
    enum game_level level;
};

static bool is_line(struct str text)
{
    return text.len <= MACHINE_TEXT_MAX && utf8_is_valid(text) && str_find_byte(text, '\n') == SIZE_MAX &&
           str_find_byte(text, '\r') == SIZE_MAX;
}

static enum status read_letters(const struct web_request *request, struct letters *ret_letters)
{
    struct letters letters = {.text = web_text(request, "text"),
                              .heat = web_int(request, "heat", HEAT_USUAL),
                              .seed = web_int(request, "seed", 2718),
                              .level = game_level(request)};
    if (!is_line(letters.text) || letters.heat < 0 || letters.heat > HEAT_MAX || letters.seed < 0 ||
        letters.seed > SEED_MAX)
        return INVALID;
    *ret_letters = letters;
    return OK;
}

static struct str address_of(struct ctx *ctx, const struct letters *letters, struct str text)
{
    struct buf typed BUF_SCOPE = BUF_INIT(8 * MACHINE_TEXT_MAX);
    html_url_component_add(&typed, text);
    return str_format(ctx->arena, "/games/next-letter?text=%.*s&heat=%lld&seed=%lld", STR_ARG(buf_str(&typed)),
                      (long long)letters->heat, (long long)letters->seed);
}

static enum status go_on(struct ctx *ctx, const struct letters *letters, struct str text, struct web_response *response)
{
    struct str address = address_of(ctx, letters, text);
    return web_redirect(ctx, response, "%.*s%s", STR_ARG(address), game_level_more(letters->level));
}

/* ---- moves ---- */

/* Letters drawn, as far as the line goes. Each has a seed of its own, so that letter by letter gives the same line. */
static enum status draw(struct ctx *ctx, const struct letters *letters, int letters_max, struct web_response *response)
{
    struct buf text BUF_SCOPE = BUF_INIT(MACHINE_TEXT_MAX);
    struct machine *machine;
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    TRY(machine_hear(machine, letters->text));
    buf_add(&text, letters->text);
    for (size_t count = 1; letters_max > 0 && count > 0 && !text.is_over; letters_max--) {
        struct seeded seeded = {(uint64_t)letters->seed * 1000 + text.len};
        struct speaker_said said;
        speaker_say(machine->speaker, (float)letters->heat / 100, &seeded, &said, 1, &count, &text);
    }
    return go_on(ctx, letters, buf_str(&text), response);
}

static struct str without_last(struct str text)
{
    size_t len = text.len;
    while (len > 0 && ((unsigned char)text.at[len - 1] & 0xC0) == 0x80)
        len--;
    return str_slice(text, 0, len > 0 ? len - 1 : 0);
}

static enum status move(struct ctx *ctx, const struct web_request *request, const struct letters *letters,
                        struct web_response *response)
{
    if (web_has(request, "undo"))
        return go_on(ctx, letters, without_last(letters->text), response);
    if (web_has(request, "draw"))
        return draw(ctx, letters, 1, response);
    if (web_has(request, "line"))
        return draw(ctx, letters, LINE_LETTERS_MAX, response);
    struct str text = str_format(ctx->arena, "%.*s%.*s", STR_ARG(letters->text), STR_ARG(web_text(request, "next")));
    return is_line(text) ? go_on(ctx, letters, text, response) : INVALID;
}

/* ---- the page ---- */

static struct games_letter_choice choice_view(struct ctx *ctx, const struct machine *machine,
                                              const struct sampler_choice *choice, double most)
{
    struct str piece = machine->model.pieces.texts[choice->token];
    bool is_space = str_eq(piece, STR(" ")), is_end = str_eq(piece, STR("\n"));
    int per_cent = (int)(choice->probability * 100 + 0.5);
    struct str shown = is_space ? text_of(ctx->language, T_games_letter_space)
                       : is_end ? text_of(ctx->language, T_games_letter_end)
                                : piece;
    return (struct games_letter_choice){.value = is_end ? STR("") : piece,
                                        .shown = shown,
        .width =
                                            str_format(ctx->arena, "%d%%", (int)(choice->probability / most * 100)),
                                        .share = str_format(ctx->arena, "%d\u00A0%%", per_cent)};
}

static double bits_of(const struct sampler_choice *choices, size_t count)
{
    double bits = 0;
    for (size_t i = 0; i < count; i++)
        if (choices[i].probability > 0)
            bits -= choices[i].probability * log2(choices[i].probability);
    return bits;
}

static enum status add_choices(struct ctx *ctx, struct machine *machine, const struct letters *letters,
                               struct games_letter_view *view)
{
    struct sampler_choice *choices;
    size_t count;
    TRY(machine_next(ctx, machine, letters->text, 1, &choices, &count));
    double bits = bits_of(choices, count);
    int best = (int)(choices[0].probability * 100 + 0.5);
    struct text_arg share[] = {NUMBER_ARG("share", best)};
    view->bits = str_format(ctx->arena, "%.1f", bits);
    view->like = (int64_t)(exp2(bits) + 0.5);
    enum text_key sentence = best >= MACHINE_SURE ? T_games_letter_sure : T_games_letter_hesitates;
    view->sentence = text_with(ctx->arena, ctx->language, sentence, share, 1);
    view->choices = arena_array(ctx->arena, struct games_letter_choice, SHOWN_MAX);
    if (view->choices == NULL)
        return LIMIT;
    for (size_t i = 0; i < count && i < SHOWN_MAX; i++)
        view->choices[view->choice_count++] = choice_view(ctx, machine, &choices[i], choices[0].probability);
    return OK;
}

enum status games_letter_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct machine *machine;
    struct letters letters;
    if (read_letters(request, &letters) != OK)
        return refuse(ctx, NOT_FOUND, "games.letters", T_games_round_wrong);
    if (web_has(request, "undo") || web_has(request, "draw") || web_has(request, "line") || web_has(request, "next"))
        return move(ctx, request, &letters, response);
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    struct games_letter_view view = {.text = letters.text,
                                     .typed = letters.text,
                                     .heat = letters.heat,
                                     .has_text = letters.text.len > 0,
                                     .heat_shown = str_format(ctx->arena, "%lld,%lld", (long long)letters.heat / 100,
                                                              (long long)letters.heat / 10 % 10),
                                     .seed = str_format(ctx->arena, "%lld", (long long)letters.seed),
                                     .level = game_level_name(letters.level),
                                     .fresh = str_format(ctx->arena, "/games/next-letter?%s",
                                                         game_level_more(letters.level)),
                                     .is_full = letters.text.len >= MACHINE_TEXT_MAX - 4};
    TRY(add_choices(ctx, machine, &letters, &view));
    struct frame frame = {.game = &game_letter,
                          .tab = FRAME_BENCH,
                          .level = game_level(request),
                          .path = address_of(ctx, &letters, letters.text),
                          .seed = -1};
    frame_begin(&page, ctx, request, response, &frame);
    games_letter_html(&page.html, &view);
    return frame_end(&page, &frame);
}
