#include "service/games/paper/sheet.h"

#include "core/town.h"
#include "service/games/frame.h"
#include "service/games/lang.h"
#include "service/games/machine.h"

enum { CARD_LONG = 260, /* bytes: from there on a card has the sheet's whole width */ CARD_MM = 46, VOTE_MM = 34,
       TABLE_MM = 50 /* a heading, and the first rows of the table below it */ };

static struct str words(const struct sheet *sheet, enum text_key key)
{
    return text_of(sheet->ctx->language, key);
}

static struct str filled(const struct sheet *sheet, enum text_key key, const struct text_arg *args, size_t count)
{
    return text_with(sheet->ctx->arena, sheet->ctx->language, key, args, count);
}

static struct str seed_text(const struct sheet *sheet, int64_t seed)
{
    return str_format(sheet->ctx->arena, "%lld", (long long)seed);
}

/* ---- its life ---- */

enum status sheet_begin(struct ctx *ctx, const struct web_request *request, struct str title, struct str footer,
                        struct sheet *ret_sheet)
{
    if (ctx->town->fonts == NULL)
        return refuse(ctx, NOT_FOUND, "games.fonts", T_games_print_none);
    *ret_sheet = (struct sheet){.ctx = ctx, .level = 1};
    ret_sheet->origin = str_format(ctx->arena, "%s://%.*s", request->is_secure ? "https" : "http",
                                   STR_ARG(request->host));
    struct pdf_about about = {.title = title, .language = language_code(ctx->language), .footer = footer};
    return pdf_create(ctx->town->fonts, &about, &ret_sheet->pdf);
}

/* No file name is sent: a browser shows the file, and names it after the address when it is kept. */
void sheet_answer(struct web_response *response)
{
    response->content_type = STR("application/pdf");
    response->is_unlisted = true; /* its cards may be what the machine says */
}

enum status sheet_end(const struct sheet *sheet, struct web_response *response)
{
    sheet_answer(response);
    return pdf_finish(sheet->pdf, &response->body);
}

/* ---- parts of them ---- */

enum status sheet_list(const struct sheet *sheet, enum pdf_list_kind kind, enum text_key text)
{
    struct str *lines;
    size_t count;
    TRY(frame_lines(sheet->ctx, text, &lines, &count));
    TRY(pdf_list_begin(sheet->pdf, kind));
    for (size_t i = 0; i < count; i++)
        TRY(pdf_list_item(sheet->pdf, lines[i]));
    return pdf_list_end(sheet->pdf);
}

static enum status heading(const struct sheet *sheet, enum text_key key)
{
    return pdf_heading(sheet->pdf, sheet->level + 1, words(sheet, key));
}

enum status sheet_unplugged(const struct sheet *sheet, const struct game *game)
{
    if (game->unplugged == T_none)
        return OK;
    TRY(heading(sheet, T_games_sheet_unplugged));
    return sheet_list(sheet, PDF_BULLETS, game->unplugged);
}

/* Each question beside what may be answered: the texts have a line each for both. */
enum status sheet_debate(const struct sheet *sheet, const struct game *game)
{
    struct str *questions, *replies;
    size_t count, reply_count;
    struct pdf_column columns[] = {{words(sheet, T_games_sheet_question), 2, false},
                                   {words(sheet, T_games_sheet_reply), 3, false}};
    TRY(frame_lines(sheet->ctx, game->debate, &questions, &count));
    TRY(frame_lines(sheet->ctx, game->answers, &replies, &reply_count));
    TRY(pdf_keep(sheet->pdf, TABLE_MM));
    TRY(heading(sheet, T_games_sheet_debate));
    TRY(pdf_table_begin(sheet->pdf, &(struct pdf_table){STR(""), columns, 2, true}));
    for (size_t i = 0; i < count || i < reply_count; i++) {
        struct str cells[] = {i < count ? questions[i] : STR(""), i < reply_count ? replies[i] : STR("")};
        TRY(pdf_table_row(sheet->pdf, cells));
    }
    return pdf_table_end(sheet->pdf);
}

static enum status add_key(const struct sheet *sheet, enum text_key title, const struct paper *paper)
{
    struct arena *arena = sheet->ctx->arena;
    struct pdf_column columns[] = {{words(sheet, T_games_sheet_number), 2, true},
                                   {words(sheet, T_games_sheet_asked), 17, false},
                                   {words(sheet, T_games_sheet_answer), 25, false}};
    TRY(pdf_keep(sheet->pdf, TABLE_MM));
    TRY(heading(sheet, title));
    TRY(pdf_table_begin(sheet->pdf, &(struct pdf_table){words(sheet, T_games_sheet_key_text), columns, 3, true}));
    for (size_t i = 0; i < paper->key_count; i++) {
        const struct paper_key *key = &paper->keys[i];
        struct str cells[] = {seed_text(sheet, (int64_t)i + 1), key->asked,
                              str_format(arena, "%.*s %.*s", STR_ARG(key->answer), STR_ARG(key->source))};
        TRY(pdf_table_row(sheet->pdf, cells));
    }
    TRY(pdf_table_end(sheet->pdf));
    struct text_arg source[] = {TEXT_ARG("source", paper->source)};
    return paper->source.len == 0 ? OK
                                  : pdf_paragraph(sheet->pdf, filled(sheet, T_games_sheet_common, source, 1));
}

enum status sheet_key(const struct sheet *sheet, const struct paper *paper)
{
    return add_key(sheet, T_games_sheet_key, paper);
}

enum status sheet_screen_key(const struct sheet *sheet, const struct paper *drawn)
{
    TRY(pdf_page_break(sheet->pdf));
    return add_key(sheet, T_games_sheet_screen_key, drawn);
}

/* Where the same game is on a screen, and which machine made it; the second "" where none did. */
static enum status replay(const struct sheet *sheet, const struct game *game, int64_t seed, struct str ret_said[2])
{
    struct arena *arena = sheet->ctx->arena;
    struct str hash, path = game_path(sheet->ctx, game, seed);
    struct text_arg where[] = {TEXT_ARG("seed", seed_text(sheet, seed)),
                               TEXT_ARG("address", str_format(arena, "%.*s%.*s", STR_ARG(sheet->origin),
                                                      STR_ARG(path)))};
    ret_said[0] = filled(sheet, T_games_sheet_again, where, 2);
    ret_said[1] = STR("");
    if (game->model == NULL)
        return OK;
    TRY(machine_hash(sheet->ctx, str_of(game->model), &hash));
    struct text_arg machine[] = {TEXT_ARG("model", str_of(game->model)), TEXT_ARG("hash", hash)};
    ret_said[1] = filled(sheet, T_games_sheet_model, machine, 2);
    return OK;
}

enum status sheet_replay(const struct sheet *sheet, const struct game *game, int64_t seed)
{
    struct str said[2];
    TRY(replay(sheet, game, seed, said));
    TRY(pdf_paragraph(sheet->pdf, said[0]));
    return pdf_paragraph(sheet->pdf, said[1]);
}

/* ---- the leader's ---- */

static enum status add_item(const struct sheet *sheet, enum text_key key, enum text_key text)
{
    struct text_arg args[] = {TEXT_ARG("text", words(sheet, text))};
    return pdf_list_item(sheet->pdf, filled(sheet, key, args, 1));
}

static enum status add_basics(const struct sheet *sheet, const struct game *game, int64_t seed)
{
    struct str said[2];
    TRY(replay(sheet, game, seed, said));
    TRY(pdf_list_begin(sheet->pdf, PDF_BULLETS));
    TRY(add_item(sheet, T_games_sheet_aim, game->aim));
    TRY(add_item(sheet, T_games_sheet_time, game->time));
    TRY(add_item(sheet, T_games_sheet_material, game->material));
    TRY(pdf_list_item(sheet->pdf, said[0]));
    if (said[1].len > 0)
        TRY(pdf_list_item(sheet->pdf, said[1]));
    return pdf_list_end(sheet->pdf);
}

enum status sheet_animator(const struct sheet *sheet, const struct game *game, int64_t seed, const struct paper *paper)
{
    struct text_arg number[] = {NUMBER_ARG("number", game->number)};
    TRY(pdf_heading(sheet->pdf, sheet->level, words(sheet, game->title)));
    TRY(pdf_paragraph(sheet->pdf, filled(sheet, T_games_sheet_game_of, number, 1)));
    TRY(add_basics(sheet, game, seed));
    TRY(heading(sheet, T_games_sheet_script));
    TRY(sheet_list(sheet, PDF_NUMBERS, game->script));
    TRY(sheet_unplugged(sheet, game));
    TRY(sheet_debate(sheet, game));
    if (paper == NULL)
        return pdf_paragraph(sheet->pdf, words(sheet, T_games_trace_few));
    TRY(pdf_page_break(sheet->pdf)); /* what players may not see is a leaf of its own */
    return sheet_key(sheet, paper);
}

/* ---- cards ---- */

static size_t longest(const struct paper *paper)
{
    size_t longest = 0;
    for (size_t i = 0; i < paper->card_count; i++)
        longest = paper->cards[i].big.len > longest ? paper->cards[i].big.len : longest;
    return longest;
}

static enum status add_votes(const struct sheet *sheet, const struct paper *paper)
{
    struct pdf_card votes[PAPER_VOTES_MAX];
    for (size_t i = 0; i < paper->vote_count; i++)
        votes[i] = (struct pdf_card){paper->votes[i], STR("")};
    TRY(heading(sheet, T_games_sheet_votes));
    TRY(pdf_paragraph(sheet->pdf, words(sheet, T_games_sheet_votes_text)));
    int columns = paper->vote_count == 2 || paper->vote_count == 4 ? 2 : 3;
    return pdf_cards(sheet->pdf, (struct pdf_grid){columns, VOTE_MM}, votes, paper->vote_count);
}

static enum status add_cards(const struct sheet *sheet, const struct paper *paper)
{
    struct pdf_card cards[PAPER_CARDS_MAX];
    for (size_t i = 0; i < paper->card_count; i++)
        cards[i] = (struct pdf_card){paper->cards[i].big, paper->cards[i].small};
    struct pdf_grid grid = {2, CARD_MM};
    if (longest(paper) > CARD_LONG || pdf_cards_fit(sheet->pdf, grid, cards, paper->card_count) == LIMIT)
        grid.columns = 1;
    return pdf_cards(sheet->pdf, grid, cards, paper->card_count);
}

enum status sheet_screen_cards(const struct sheet *sheet, const struct paper *drawn)
{
    TRY(pdf_page_break(sheet->pdf));
    TRY(heading(sheet, T_games_sheet_screen));
    TRY(pdf_paragraph(sheet->pdf, words(sheet, T_games_sheet_screen_text)));
    TRY(add_votes(sheet, drawn));
    TRY(heading(sheet, T_games_sheet_cards));
    return add_cards(sheet, drawn);
}

enum status sheet_cards(const struct sheet *sheet, const struct game *game, const struct paper *paper)
{
    struct text_arg title[] = {TEXT_ARG("title", words(sheet, game->title))};
    TRY(pdf_heading(sheet->pdf, sheet->level,
                    filled(sheet, T_games_sheet_cards_of, title, 1)));
    TRY(pdf_paragraph(sheet->pdf, words(sheet, T_games_sheet_cards_how)));
    TRY(add_votes(sheet, paper));
    TRY(heading(sheet, T_games_sheet_cards));
    return add_cards(sheet, paper);
}

/* ---- the certificate ---- */

enum status sheet_certificate(const struct sheet *sheet, const struct game *game, int64_t seed)
{
    struct text_arg args[] = {TEXT_ARG("title", words(sheet, game->title)), NUMBER_ARG("number", game->number),
                              TEXT_ARG("seed", seed_text(sheet, seed))};
    TRY(pdf_heading(sheet->pdf, sheet->level, words(sheet, T_games_sheet_certificate)));
    TRY(pdf_paragraph(sheet->pdf, filled(sheet, T_games_sheet_certificate_text, args, 3)));
    TRY(pdf_line(sheet->pdf, words(sheet, T_games_sheet_certificate_name)));
    TRY(heading(sheet, T_games_sheet_certificate_check));
    if (game->skills != T_none)
        TRY(sheet_list(sheet, PDF_BOXES, game->skills));
    else
        TRY(pdf_paragraph(sheet->pdf, words(sheet, game->aim)));
    TRY(pdf_line(sheet->pdf, words(sheet, T_games_sheet_certificate_date)));
    TRY(pdf_line(sheet->pdf, words(sheet, T_games_sheet_certificate_leader)));
    TRY(pdf_paragraph(sheet->pdf, words(sheet, T_games_sheet_certificate_note)));
    return sheet_replay(sheet, game, seed);
}
