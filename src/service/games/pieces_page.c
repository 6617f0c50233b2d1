/* A text cut into the machine's pieces, each in a box with its number, beside its letters counted one by one. */
#include "base/utf8.h"
#include "service/games/cut.h"
#include "service/games/frame.h"
#include "service/games/games_pieces_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"

static bool is_line(struct str text)
{
    return text.len > 0 && text.len <= CUT_TEXT_MAX && utf8_is_valid(text) && str_find_byte(text, '\n') == SIZE_MAX &&
           str_find_byte(text, '\r') == SIZE_MAX;
}

/* A blank is seen as U+2423. */
static struct str shown(struct ctx *ctx, struct str text)
{
    struct buf out BUF_SCOPE = BUF_INIT(8 * CUT_TEXT_MAX);
    for (size_t i = 0; i < text.len; i++)
        buf_add(&out, text.at[i] == ' ' ? STR("\u2423") : str_slice(text, i, i + 1));
    return str_copy(ctx->arena, buf_str(&out));
}

static enum status add_pieces(struct ctx *ctx, struct str text, struct games_pieces_view *view)
{
    struct pieces pieces;
    struct cut_piece cut[CUT_TEXT_MAX];
    size_t count;
    TRY(cut_open(ctx, &pieces));
    TRY(cut_text(&pieces, text, cut, &count));
    view->pieces = arena_array(ctx->arena, struct games_pieces_piece, count + 1);
    if (view->pieces == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->pieces[view->piece_count++] =
            (struct games_pieces_piece){.shown = shown(ctx, cut[i].text),
                                        .number = cut[i].number,
                                        .is_unknown = cut[i].number == PIECES_UNKNOWN};
    view->cut = (int64_t)count;
    view->all = (int64_t)pieces.count;
    return OK;
}

static enum status add_letters(struct ctx *ctx, struct str text, struct games_pieces_view *view)
{
    static const char alphabet[] = "abcdefghijklmnopqrstuvwxyz";
    int64_t counts[CUT_LETTERS];
    view->letters = cut_letters(text, counts);
    view->counts = arena_array(ctx->arena, struct games_pieces_count, CUT_LETTERS);
    if (view->counts == NULL)
        return LIMIT;
    for (size_t i = 0; i < CUT_LETTERS; i++)
        if (counts[i] > 0)
            view->counts[view->count_count++] =
                (struct games_pieces_count){.letter = {&alphabet[i], 1}, .count = counts[i]};
    view->has_letters = view->count_count > 0;
    return OK;
}

enum status games_pieces_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct buf typed BUF_SCOPE = BUF_INIT(8 * CUT_TEXT_MAX);
    struct str text = web_has(request, "text") ? web_text(request, "text") : STR("Saint-Jean-de-Braye");
    if (!is_line(text))
        return refuse(ctx, NOT_FOUND, "games.pieces", T_games_round_wrong);
    struct games_pieces_view view = {
        .text = text, .typed = text, .max = CUT_TEXT_MAX / 2, .level = game_level_name(game_level(request))};
    TRY(add_pieces(ctx, text, &view));
    TRY(add_letters(ctx, text, &view));
    html_url_component_add(&typed, text);
    struct frame frame = {.game = &game_cut,
                          .tab = FRAME_BENCH,
                          .level = game_level(request),
                          .path = str_format(ctx->arena, "/games/pieces?text=%.*s", STR_ARG(buf_str(&typed))),
                          .seed = -1};
    frame_begin(&page, ctx, request, response, &frame);
    games_pieces_html(&page.html, &view);
    return frame_end(&page, &frame);
}
