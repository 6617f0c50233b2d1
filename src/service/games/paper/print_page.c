/* What is printed of a game: the tab that offers its sheets, and each sheet as a PDF.
 *
 * A sheet's address is its file's name, SLUG-SEED-SHEET.pdf: a browser that keeps it names it so. */
#include "core/town.h"
#include "service/games/frame.h"
#include "service/games/paper/games_print_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/paper/sheet.h"

enum sheet_kind { SHEET_ANIMATOR, SHEET_CARDS, SHEET_CERTIFICATE, SHEETS };
static const char *const names[SHEETS] = {"animator", "cards", "certificate"};

struct print {
    const struct game *game;
    int64_t seed;
    enum sheet_kind kind;
};

/* ---- the tab ---- */

static struct str address(struct ctx *ctx, const struct web_request *request, const struct print *print,
                          enum sheet_kind kind)
{
    return web_go_on(ctx, request, str_format(ctx->arena, "/games/print/%s-%lld-%s.pdf", print->game->slug,
                                              (long long)print->seed, names[kind]));
}

/* Without a seed one is taken, as a game does. */
static enum status begin(struct ctx *ctx, const struct web_request *request, const struct game *game,
                         struct web_response *response)
{
    struct str path = str_format(ctx->arena, "/games/print?game=%s&seed=%lld%s", game->slug,
                                 (long long)(ctx->now.ms / 1000 % (GAME_SEED_MAX + 1)),
                                 game_level_more(game_level(request)));
    path = web_go_on(ctx, request, path);
    return web_redirect(ctx, response, "%.*s", STR_ARG(path));
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct print *print)
{
    struct page page;
    struct game_card cards[GAME_CARDS];
    enum status has_cards = print->game->draw != NULL ? print->game->draw(ctx, print->seed, cards) : OK;
    if (has_cards != NOT_FOUND)
        TRY(has_cards);
    struct games_print_view view = {.has_fonts = ctx->town->fonts != NULL, .has_cards = has_cards == OK,
                                    .animator = address(ctx, request, print, SHEET_ANIMATOR),
                                    .cards = address(ctx, request, print, SHEET_CARDS),
                                    .certificate = address(ctx, request, print, SHEET_CERTIFICATE),
                                    .none = text_of(ctx->language, T_games_trace_few)};
    struct frame frame = {.game = print->game, .tab = FRAME_SHEET, .level = game_level(request), .seed = print->seed,
                          .path = str_format(ctx->arena, "/games/print?game=%s&seed=%lld", print->game->slug,
                                             (long long)print->seed)};
    frame_begin(&page, ctx, request, response, &frame);
    games_print_html(&page.html, &view);
    return frame_end(&page, &frame);
}

enum status games_print_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct print print = {.game = game_find(web_text(request, "game")), .seed = web_int(request, "seed", -1)};
    struct str sheets = web_go_on(ctx, request, STR("/games/workshop#sheets"));
    if (!web_has(request, "game"))
        return web_redirect(ctx, response, "%.*s", STR_ARG(sheets));
    if (print.game != NULL && !web_has(request, "seed"))
        return begin(ctx, request, print.game, response);
    if (print.game == NULL || print.seed < 0 || print.seed > GAME_SEED_MAX)
        return refuse(ctx, NOT_FOUND, "games.print", T_games_print_wrong);
    return show(ctx, request, response, &print);
}

/* ---- a sheet ---- */

/* "no-such-village-7-cards.pdf" */
static enum status read_name(struct str name, struct print *ret_print)
{
    struct print print = {.kind = SHEETS};
    if (!str_ends(name, STR(".pdf")))
        return INVALID;
    name = str_slice(name, 0, name.len - 4);
    size_t kind_at = str_find_byte_last(name, '-');
    if (kind_at == SIZE_MAX)
        return INVALID;
    struct str kind = str_after(name, kind_at + 1), rest = str_slice(name, 0, kind_at);
    size_t seed_at = str_find_byte_last(rest, '-');
    uint64_t seed;
    if (seed_at == SIZE_MAX || str_to_u64(str_after(rest, seed_at + 1), GAME_SEED_MAX, &seed) != OK)
        return INVALID;
    print.seed = (int64_t)seed;
    print.game = game_find(str_slice(rest, 0, seed_at));
    for (enum sheet_kind i = SHEET_ANIMATOR; i < SHEETS; i++)
        if (str_eq(kind, str_of(names[i])))
            print.kind = i;
    *ret_print = print;
    return print.game != NULL && print.kind != SHEETS ? OK : INVALID;
}

static enum status fill(const struct sheet *sheet, const struct print *print)
{
    struct paper paper;
    if (print->kind == SHEET_CERTIFICATE)
        return sheet_certificate(sheet, print->game, print->seed);
    enum status has_paper = paper_of(sheet->ctx, print->game, print->seed, &paper);
    if (print->kind == SHEET_CARDS) {
        TRY(has_paper);
        return sheet_cards(sheet, print->game, &paper);
    }
    if (has_paper != NOT_FOUND)
        TRY(has_paper);
    return sheet_animator(sheet, print->game, print->seed, has_paper == OK ? &paper : NULL);
}

/* Behind the paper of its bench a game that opens with that has the ten cards. */
static enum status fill_drawn(const struct sheet *sheet, const struct print *print)
{
    struct paper drawn;
    if (!print->game->begins_with_bench || print->kind == SHEET_CERTIFICATE)
        return OK;
    TRY(paper_drawn(sheet->ctx, print->game, print->seed, &drawn));
    return print->kind == SHEET_CARDS ? sheet_screen_cards(sheet, &drawn) : sheet_screen_key(sheet, &drawn);
}

static struct str foot(struct ctx *ctx, const struct print *print)
{
    struct text_arg args[] = {TEXT_ARG("kind", page_kind(ctx, ctx->place->kind)), TEXT_ARG("town", ctx->place->title),
                              TEXT_ARG("title", text_of(ctx->language, print->game->title)),
                              TEXT_ARG("seed", str_format(ctx->arena, "%lld", (long long)print->seed))};
    return text_with(ctx->arena, ctx->language, T_games_print_foot, args, 4);
}

static struct str title(struct ctx *ctx, const struct print *print)
{
    static const enum text_key kinds[SHEETS] = {T_games_print_animator, T_games_print_cards, T_games_print_certificate};
    return str_format(ctx->arena, "%.*s, %.*s", STR_ARG(text_of(ctx->language, print->game->title)),
                      STR_ARG(text_of(ctx->language, kinds[print->kind])));
}

enum status games_print_file(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct print print;
    struct sheet sheet = {.pdf = NULL};
    if (read_name(request->params[0], &print) != OK)
        return refuse(ctx, NOT_FOUND, "games.print", T_games_print_wrong);
    TRY(sheet_begin(ctx, request, title(ctx, &print), foot(ctx, &print), &sheet));
    enum status done = fill(&sheet, &print);
    if (done == OK)
        done = fill_drawn(&sheet, &print);
    if (done == OK)
        done = sheet_end(&sheet, response);
    pdf_destroy(&sheet.pdf);
    return done;
}
