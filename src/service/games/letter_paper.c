/* Game 2 without a screen: beginnings of lines, and the letters that the machine would bet on. */
#include "base/seeded.h"
#include "service/games/machine.h"
#include "service/games/paper.h"

enum { SHOWN = 4 };

/* Where each of the ten lines is cut: so many letters after its beginning, or after what stands before a part. */
static const struct cut {
    const char *after; /* "": the line's beginning */
    size_t letters;
} cuts[GAME_CARDS] = {{"", 3}, {"", 4}, {"", 5}, {" : ", 0}, {" : ", 3}, {", ", 0}, {", ", 2}, {", ", 3}, {", ", 4},
                      {"hab", 1}};

/* "Orl" of "Orléans : Loiret (45), 45000, 116357 hab.": never within a letter of two bytes, never the whole line. */
static struct str beginning(struct str line, struct cut cut)
{
    size_t at = *cut.after == '\0' ? 0 : str_find(line, str_of(cut.after)) + strlen(cut.after);
    size_t end = at + cut.letters < line.len ? at + cut.letters : line.len - 1;
    while (end > 1 && ((unsigned char)line.at[end] & 0xC0) == 0x80)
        end--;
    return str_slice(line, 0, end);
}

/* A blank and the end of a line have names. */
static struct str letter_name(struct ctx *ctx, struct str letter)
{
    if (str_eq(letter, STR(" ")))
        return text_of(ctx->language, T_games_letter_space);
    return str_eq(letter, STR("\n")) ? text_of(ctx->language, T_games_letter_end) : letter;
}

static struct str likely(struct ctx *ctx, const struct machine *machine, const struct sampler_choice *choices,
                         size_t count)
{
    struct buf out BUF_SCOPE = BUF_INIT(400);
    for (size_t i = 0; i < count && i < SHOWN; i++) {
        struct text_arg args[] = {
            TEXT_ARG("letter", letter_name(ctx, machine->model.pieces.texts[choices[i].token])),
            NUMBER_ARG("share", (int64_t)(choices[i].probability * 100 + 0.5))};
        if (args[1].number == 0)
            break;
        buf_add(&out, i > 0 ? STR(", ") : STR(""));
        buf_add(&out, text_with(ctx->arena, ctx->language, T_games_paper_share, args, 2));
    }
    return str_copy(ctx->arena, buf_str(&out));
}

static struct str first_letter(struct str text)
{
    size_t len = 1;
    while (len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80)
        len++;
    return str_slice(text, 0, len);
}

static enum status add_line(struct ctx *ctx, struct machine *machine, struct str line, struct cut cut,
                            struct paper *paper)
{
    struct sampler_choice *choices;
    size_t count;
    struct str begun = beginning(line, cut), next = first_letter(str_after(line, begun.len));
    TRY(machine_next(ctx, machine, begun, 1, &choices, &count));
    bool is_sure = choices[0].probability * 100 >= MACHINE_SURE;
    struct text_arg args[] = {
        TEXT_ARG("verdict", text_of(ctx->language, is_sure ? T_games_paper_sure : T_games_paper_hesitates)),
        TEXT_ARG("letters", likely(ctx, machine, choices, count)), TEXT_ARG("letter", letter_name(ctx, next))};
    struct str shown = str_format(ctx->arena, "%.*s…", STR_ARG(begun));
    TRY(paper_add_card(paper, shown, STR_NONE));
    return paper_add_key(paper, shown, text_with(ctx->arena, ctx->language, T_games_paper_letter_answer, args, 3),
                         text_of(ctx->language, T_games_paper_letter_source));
}

enum status paper_letter(struct ctx *ctx, int64_t seed, struct paper *paper)
{
    struct machine *machine;
    size_t order[GAME_CARDS];
    TRY(machine_get(ctx, MACHINE_NANO, &machine));
    size_t *places = arena_array(ctx->arena, size_t, machine->deck.count + 1);
    if (places == NULL)
        return LIMIT;
    game_shuffle((uint64_t)seed, places, machine->deck.count);
    game_shuffle((uint64_t)seed + 1, order, GAME_CARDS);
    for (size_t i = 0; i < GAME_CARDS; i++) {
        const struct deck_card *card = &machine->deck.cards[places[i]];
        struct str codes = card->postal_codes;
        struct str line = deck_line(ctx->arena, card, str_cut(&codes, ' '));
        TRY(add_line(ctx, machine, line, cuts[order[i]], paper));
    }
    TRY(paper_add_vote(paper, text_of(ctx->language, T_games_paper_hesitates)));
    return paper_add_vote(paper, text_of(ctx->language, T_games_paper_sure));
}
