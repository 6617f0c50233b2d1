/* Game 10, "where does this come from?": passages of the town's own sources, as they stand, altered, or of another.
 *
 * The deck is the documents that stand: the same seed over the same documents gives the same cards. Text is altered
 * only where the licence gives the whole of it; where it allows short quotation alone, words are quoted as they are. */
#include "service/games/dealt.h"
#include "service/games/frame.h"
#include "service/games/games_service.h"
#include "service/games/games_trace_html.h"
#include "service/games/lang.h"
#include "service/games/pile.h"

enum { DOCUMENTS_LEAST = 5, TRIES_MAX = 30, READ_MAX = 8 << 20 /* memory for what is read */ };

enum kind { KIND_EXACT, KIND_ALTERED, KIND_WHOLE, KIND_REMOVED };
static const enum kind kinds[GAME_CARDS] = {KIND_EXACT,   KIND_EXACT,   KIND_EXACT,   KIND_EXACT, KIND_ALTERED,
                                            KIND_ALTERED, KIND_ALTERED, KIND_ALTERED, KIND_WHOLE, KIND_REMOVED};

struct drawing {
    struct ctx *ctx;
    struct pile pile;
};

/* One figure of its first number changed; absent where it has none. */
static struct str altered(struct ctx *ctx, struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (ascii_is_digit(text.at[i])) {
            char figure = text.at[i] == '9' ? '1' : (char)(text.at[i] + 1);
            return str_format(ctx->arena, "%.*s%c%.*s", STR_ARG(str_slice(text, 0, i)), figure,
                              STR_ARG(str_after(text, i + 1)));
        }
    return STR_NONE;
}

/* ---- cards ---- */

enum { ABOUT_ARGS = 4 };

/* Its title, authors, licence and date, as arguments of a sentence. */
static void about(struct ctx *ctx, const struct document *document, struct text_arg args[ABOUT_ARGS])
{
    const struct licence *licence = licence_find(document->licence);
    args[0] = TEXT_ARG("title", str_copy(ctx->arena, document->title));
    args[1] = TEXT_ARG("authors", str_copy(ctx->arena, document->authors));
    args[2] = TEXT_ARG("licence", licence != NULL ? text_of(ctx->language, licence->name) : STR(""));
    args[3] = TEXT_ARG("date", document->written.days == 0 ? text_of(ctx->language, T_games_trace_undated)
                                                           : page_date(ctx, document->written));
}

static void set_source(struct ctx *ctx, const struct document *document, int64_t line, struct game_card *card)
{
    struct text_arg args[ABOUT_ARGS];
    about(ctx, document, args);
    card->source = text_with(ctx->arena, ctx->language, T_games_trace_source, args, ABOUT_ARGS);
    card->link = str_format(ctx->arena, "/sources/%lld?line=%lld#l%lld", (long long)document->id, (long long)line,
                            (long long)line);
}

static void say_passage(struct ctx *ctx, const struct document *of, struct str shown, struct str exact,
                        enum text_key verdict, struct game_card *card)
{
    struct text_arg args[ABOUT_ARGS + 1];
    about(ctx, of, args);
    args[ABOUT_ARGS] = TEXT_ARG("words", shown);
    card->line = text_with(ctx->arena, ctx->language, T_games_trace_line, args, ABOUT_ARGS + 1);
    struct text_arg words[] = {TEXT_ARG("words", exact)};
    card->verdict = text_with(ctx->arena, ctx->language, verdict, words, 1);
    card->why = text_of(ctx->language, T_games_trace_why);
}

static void exact_card(struct drawing *drawing, struct game_card *card)
{
    const struct pile_document *drawn = pile_draw(&drawing->pile);
    const struct pile_passage *passage = pile_passage(&drawing->pile, drawn);
    say_passage(drawing->ctx, &drawn->document, passage->text, STR(""), T_games_trace_exact, card);
    set_source(drawing->ctx, &drawn->document, passage->line, card);
    card->is_true = true;
}

/* A sentence with a number changed; NOT_FOUND: it has none, may not be changed, or the document has it so as well. */
static enum status changed_card(struct drawing *drawing, const struct pile_document *drawn,
                                const struct pile_passage *passage, struct game_card *card)
{
    bool is_there;
    const struct document *document = &drawn->document;
    struct str changed = altered(&drawing->pile.reading, passage->text);
    if (licence_find(document->licence)->show != LICENCE_WHOLE || str_is_absent(changed))
        return NOT_FOUND;
    TRY(pile_holds(&drawing->pile, drawn, changed, &is_there));
    if (is_there)
        return NOT_FOUND;
    say_passage(drawing->ctx, document, changed, passage->text, T_games_trace_altered, card);
    set_source(drawing->ctx, document, passage->line, card);
    return OK;
}

/* A number changed, or a sentence of another document. */
static enum status altered_card(struct drawing *drawing, struct game_card *card)
{
    bool is_there;
    const struct pile_document *drawn = pile_draw(&drawing->pile);
    const struct pile_passage *passage = pile_passage(&drawing->pile, drawn);
    enum status done = changed_card(drawing, drawn, passage, card);
    if (done != NOT_FOUND)
        return done;
    const struct pile_document *other = pile_draw(&drawing->pile);
    if (other == drawn)
        return NOT_FOUND;
    TRY(pile_holds(&drawing->pile, other, passage->text, &is_there));
    if (is_there)
        return NOT_FOUND;
    say_passage(drawing->ctx, &other->document, passage->text, drawn->document.title, T_games_trace_elsewhere, card);
    set_source(drawing->ctx, &drawn->document, passage->line, card);
    return OK;
}

/* What may be done with a document: by the table of licences, and by what the program does once it is withdrawn. */
static void right_card(struct drawing *drawing, bool is_removal, struct game_card *card)
{
    struct ctx *ctx = drawing->ctx;
    struct text_arg args[ABOUT_ARGS];
    const struct document *document = &pile_draw(&drawing->pile)->document;
    const struct licence *licence = licence_find(document->licence);
    about(ctx, document, args);
    card->is_true = !is_removal && licence->show == LICENCE_WHOLE;
    enum text_key line = is_removal ? T_games_trace_removed : T_games_trace_whole;
    enum text_key verdict = is_removal ? T_games_trace_removed_is
                                       : card->is_true ? T_games_trace_whole_is : T_games_trace_whole_not;
    card->line = text_with(ctx->arena, ctx->language, line, args, ABOUT_ARGS);
    card->verdict = text_of(ctx->language, verdict);
    set_source(ctx, document, 0, card);
    if (is_removal)
        card->source = text_of(ctx->language, T_games_trace_removed_source);
    else if (licence->link[0] != '\0')
        card->source = str_format(ctx->arena, "%.*s %s", STR_ARG(card->source), licence->link);
    card->link = str_slice(card->link, 0, str_find_byte(card->link, '?'));
    card->why = text_of(ctx->language, is_removal ? T_games_trace_removed_why : T_games_trace_whole_why);
}

static enum status card_of(struct drawing *drawing, enum kind kind, struct game_card *card)
{
    *card = (struct game_card){.is_true = false};
    if (kind == KIND_ALTERED)
        return altered_card(drawing, card);
    if (kind == KIND_EXACT)
        exact_card(drawing, card);
    else
        right_card(drawing, kind == KIND_REMOVED, card);
    return OK;
}

static bool is_new(const struct game_card *cards, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(cards[i].line, cards[count].line))
            return false;
    return true;
}

static enum status draw_cards(struct drawing *drawing, int64_t seed, struct game_card cards[GAME_CARDS])
{
    size_t places[GAME_CARDS];
    game_shuffle((uint64_t)seed, places, GAME_CARDS);
    for (size_t i = 0; i < GAME_CARDS; i++) {
        enum status done = NOT_FOUND;
        for (int tries = 0; done == NOT_FOUND && tries < TRIES_MAX; tries++) {
            done = card_of(drawing, kinds[places[i]], &cards[i]);
            if (done == OK && !is_new(cards, i))
                done = NOT_FOUND;
        }
        TRY(done);
    }
    return OK;
}

static enum status draw_anew(struct ctx *ctx, int64_t seed, struct game_card cards[GAME_CARDS])
{
    int64_t standing, withdrawn;
    TRY(document_count(ctx, DOCUMENT_PUBLIC, &standing, &withdrawn));
    struct arena *read ARENA_SCOPE = arena_create(READ_MAX);
    struct drawing drawing = {.ctx = ctx, .pile = {.reading = *ctx, .seeded = {(uint64_t)seed}}};
    drawing.pile.reading.arena = read;
    enum status done = standing > 0 ? pile_read(&drawing.pile, standing + withdrawn) : NOT_FOUND;
    if (done == OK)
        done = draw_cards(&drawing, seed, cards);
    return done == NOT_FOUND || done == BUSY ? refuse(ctx, NOT_FOUND, "games.sources", T_games_trace_few) : done;
}

/* Dealt again while the sources are as they were. */
static enum status draw_trace(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct dealt_key key = {.game = &game_trace, .seed = seed, .language = ctx->language};
    TRY(document_state(ctx, &key.state));
    return dealt_draw(ctx, &key, draw_anew, ret_cards);
}

const struct game game_trace = {
    .number = 10, .slug = "where-from", GAME_WORDS(trace), GAME_CARD_WORDS(trace), .draw = draw_trace,
    GAME_PAPER_WORDS(trace)};

/* A town without sources is told so, and where they come from. */
enum status games_trace_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    int64_t standing, withdrawn;
    TRY(document_count(ctx, DOCUMENT_PUBLIC, &standing, &withdrawn));
    if (standing >= DOCUMENTS_LEAST)
        return games_play_show(ctx, request, response);
    struct games_trace_view view = {.standing = standing, .least = DOCUMENTS_LEAST};
    struct frame frame = {.game = &game_trace,
                          .tab = FRAME_PLAY,
                          .level = game_level(request),
                          .path = STR("/games/where-from"),
                          .seed = -1};
    frame_begin(&page, ctx, request, response, &frame);
    games_trace_html(&page.html, &view);
    return frame_end(&page, &frame);
}
