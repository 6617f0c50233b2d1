/* Game 8, "count and cut": letters, sums, days and pieces. Each truth is computed here. */
#include "base/seeded.h"
#include "service/games/cut.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/machine.h"

enum kind { KIND_LETTER, KIND_SUM, KIND_PRODUCT, KIND_DAY, KIND_PIECES };
enum { WEEK = 7, NAME_MAX = 40, TRIES_MAX = 100 };

/* The ten cards before they are shuffled. */
static const enum kind kinds[GAME_CARDS] = {KIND_LETTER,  KIND_LETTER, KIND_LETTER, KIND_SUM,    KIND_SUM,
                                            KIND_PRODUCT, KIND_DAY,    KIND_DAY,    KIND_PIECES, KIND_PIECES};

struct drawing {
    struct ctx *ctx;
    const struct deck *deck;
    struct pieces pieces;
    struct seeded seeded;
};

static int64_t below(struct drawing *drawing, int64_t bound)
{
    return (int64_t)seeded_below(&drawing->seeded, (uint64_t)bound);
}

/* A commune of the register whose name is neither too short nor too long. */
static struct str draw_name(struct drawing *drawing)
{
    for (int i = 0; i < TRIES_MAX; i++) {
        struct str name = drawing->deck->cards[below(drawing, (int64_t)drawing->deck->count)].name;
        if (name.len >= 8 && name.len <= NAME_MAX)
            return name;
    }
    return drawing->deck->cards[0].name;
}

static struct str sentence(struct drawing *drawing, enum text_key key, const struct text_arg *args, size_t count)
{
    return text_with(drawing->ctx->arena, drawing->ctx->language, key, args, count);
}

/* One more or one less, never 0. */
static int64_t beside(struct drawing *drawing, int64_t right)
{
    return right > 1 && below(drawing, 2) == 0 ? right - 1 : right + 1;
}

/* The parts of a text with a line between them: "Or | lé | ans". */
static struct str parted(struct ctx *ctx, const struct cut_piece *cut, size_t count)
{
    struct buf out BUF_SCOPE = BUF_INIT(8 * CUT_TEXT_MAX);
    for (size_t i = 0; i < count; i++) {
        buf_add(&out, i > 0 ? STR(" | ") : STR(""));
        buf_add(&out, cut[i].text);
    }
    return str_copy(ctx->arena, buf_str(&out));
}

/* ---- the four kinds ---- */

/* Of consonants: none of these bears an accent in French. The commonest of the name is asked. */
static char asked_letter(const int64_t counts[CUT_LETTERS])
{
    char best = 'r';
    for (const char *letter = "lnrstmd"; *letter != '\0'; letter++)
        if (counts[*letter - 'a'] > counts[best - 'a'])
            best = *letter;
    return best;
}

static enum status letter_card(struct drawing *drawing, struct game_card *card)
{
    int64_t counts[CUT_LETTERS];
    struct str name = draw_name(drawing);
    (void)cut_letters(name, counts);
    char letter = asked_letter(counts);
    int64_t right = counts[letter - 'a'], said = card->is_true ? right : beside(drawing, right);
    struct text_arg args[] = {TEXT_ARG("name", name), TEXT_ARG("letter", ((struct str){&letter, 1})),
                              NUMBER_ARG("count", said)};
    card->line = sentence(drawing, T_games_cut_letter, args, 3);
    args[2].number = right;
    card->verdict = sentence(drawing, T_games_cut_letter_is, args, 3);
    card->source = sentence(drawing, T_games_cut_letter_source, NULL, 0);
    card->why = sentence(drawing, T_games_cut_letter_why, NULL, 0);
    return OK;
}

static enum status number_card(struct drawing *drawing, bool is_product, struct game_card *card)
{
    int64_t left = is_product ? 12 + below(drawing, 87) : 1000 + below(drawing, 9000);
    int64_t other = is_product ? 12 + below(drawing, 87) : 1000 + below(drawing, 9000);
    int64_t right = is_product ? left * other : left + other;
    static const int64_t off[] = {10, -10, 100, -100};
    struct text_arg args[] = {NUMBER_ARG("left", left), NUMBER_ARG("right", other),
                              NUMBER_ARG("result", card->is_true ? right : right + off[below(drawing, 4)])};
    card->line = sentence(drawing, is_product ? T_games_cut_product : T_games_cut_sum, args, 3);
    args[2].number = right;
    card->verdict = sentence(drawing, T_games_cut_number_is, &args[2], 1);
    card->source = sentence(drawing, T_games_cut_number_source, NULL, 0);
    card->why = sentence(drawing, T_games_cut_number_why, NULL, 0);
    return OK;
}

static enum status day_card(struct drawing *drawing, struct game_card *card)
{
    static const enum text_key days[WEEK] = {T_games_cut_day0, T_games_cut_day1, T_games_cut_day2, T_games_cut_day3,
                                             T_games_cut_day4, T_games_cut_day5, T_games_cut_day6};
    int32_t first = date_of(1900, 1, 1).days, last = date_of(2099, 12, 31).days;
    struct date date = {first + (int32_t)below(drawing, last - first + 1)};
    int right = date_weekday(date), said = card->is_true ? right : (right + 1 + (int)below(drawing, WEEK - 1)) % WEEK;
    enum language language = drawing->ctx->language;
    struct text_arg args[] = {TEXT_ARG("date", page_date(drawing->ctx, date)),
                              TEXT_ARG("day", text_of(language, days[said]))};
    card->line = sentence(drawing, T_games_cut_day, args, 2);
    args[1].text = text_of(language, days[right]);
    card->verdict = sentence(drawing, T_games_cut_day_is, &args[1], 1);
    card->source = sentence(drawing, T_games_cut_day_source, NULL, 0);
    card->why = sentence(drawing, T_games_cut_day_why, NULL, 0);
    return OK;
}

static enum status pieces_card(struct drawing *drawing, struct game_card *card)
{
    struct cut_piece cut[CUT_TEXT_MAX];
    size_t right;
    struct str name = draw_name(drawing);
    TRY(cut_text(&drawing->pieces, name, cut, &right));
    int64_t said = card->is_true ? (int64_t)right : beside(drawing, (int64_t)right);
    struct text_arg args[] = {TEXT_ARG("name", name), NUMBER_ARG("count", said),
                              TEXT_ARG("pieces", parted(drawing->ctx, cut, right))};
    card->line = sentence(drawing, T_games_cut_pieces, args, 2);
    args[1].number = (int64_t)right;
    card->verdict = sentence(drawing, T_games_cut_pieces_is, &args[1], 2);
    card->source = sentence(drawing, T_games_cut_pieces_source, NULL, 0);
    card->why = sentence(drawing, T_games_cut_pieces_why, NULL, 0);
    return OK;
}

static enum status draw_one(struct drawing *drawing, enum kind kind, struct game_card *card)
{
    switch (kind) {
    case KIND_LETTER:
        return letter_card(drawing, card);
    case KIND_DAY:
        return day_card(drawing, card);
    case KIND_PIECES:
        return pieces_card(drawing, card);
    case KIND_SUM:
    case KIND_PRODUCT:
    default:
        return number_card(drawing, kind == KIND_PRODUCT, card);
    }
}

static enum status draw_cut(struct ctx *ctx, int64_t seed, struct game_card ret_cards[GAME_CARDS])
{
    struct machine *machine;
    struct drawing drawing = {.ctx = ctx, .seeded = {(uint64_t)seed}};
    size_t places[GAME_CARDS], truths[GAME_CARDS];
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    TRY(cut_open(ctx, &drawing.pieces));
    drawing.deck = &machine->deck;
    game_shuffle((uint64_t)seed, places, GAME_CARDS);
    game_shuffle((uint64_t)seed + GAME_SEED_MAX + 1, truths, GAME_CARDS);
    for (size_t i = 0; i < GAME_CARDS; i++) {
        ret_cards[i] = (struct game_card){.is_true = truths[i] < GAME_CARDS / 2};
        TRY(draw_one(&drawing, kinds[places[i]], &ret_cards[i]));
    }
    return OK;
}

const struct game game_cut = {.number = 8,
                              .slug = "count-and-cut",
                              GAME_WORDS(cut),
                              GAME_CARD_WORDS(cut),
                              GAME_PAPER_WORDS(cut),
                              .model = "nano",
                              .draw = draw_cut,
                              .bench = "pieces",
                              .bench_title = T_games_cut_bench};
