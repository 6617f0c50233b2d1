#include "service/games/paper/paper.h"

#include "service/games/lang.h"

enum status paper_add_card(struct paper *paper, struct str big, struct str small)
{
    if (paper->card_count == PAPER_CARDS_MAX || str_is_absent(big))
        return LIMIT;
    paper->cards[paper->card_count++] = (struct paper_card){big, small};
    return OK;
}

enum status paper_add_key(struct paper *paper, struct str asked, struct str answer, struct str source)
{
    if (paper->key_count == PAPER_CARDS_MAX || str_is_absent(asked) || str_is_absent(answer) || str_is_absent(source))
        return LIMIT;
    paper->keys[paper->key_count++] = (struct paper_key){asked, answer, source};
    return OK;
}

enum status paper_add_vote(struct paper *paper, struct str vote)
{
    if (paper->vote_count == PAPER_VOTES_MAX || str_is_absent(vote))
        return LIMIT;
    paper->votes[paper->vote_count++] = vote;
    return OK;
}

/* ---- of the ten cards ---- */

static enum status add_one(struct ctx *ctx, const struct game *game, const struct game_card *card,
                             struct paper *paper)
{
    struct str stamp = text_of(ctx->language, card->is_true ? game->is_true : game->is_false);
    TRY(paper_add_card(paper, card->line, STR_NONE));
    return paper_add_key(paper, card->line,
                         str_format(ctx->arena, "%.*s. %.*s", STR_ARG(stamp), STR_ARG(card->verdict)), card->source);
}

enum status paper_add_drawn(struct ctx *ctx, const struct game *game, const struct game_card cards[GAME_CARDS],
                            struct paper *paper)
{
    for (size_t i = 0; i < GAME_CARDS; i++)
        TRY(add_one(ctx, game, &cards[i], paper));
    TRY(paper_add_vote(paper, text_of(ctx->language, game->low)));
    TRY(paper_add_vote(paper, text_of(ctx->language, T_games_mark50)));
    return paper_add_vote(paper, text_of(ctx->language, game->high));
}

static enum status draw(struct ctx *ctx, const struct game *game, int64_t seed, struct paper *paper)
{
    struct game_card cards[GAME_CARDS];
    TRY(game->draw(ctx, seed, cards));
    return paper_add_drawn(ctx, game, cards, paper);
}

/* ---- any ---- */

/* Where both end alike, in bytes. */
static size_t same_end(struct str a, struct str b)
{
    size_t same = 0;
    while (same < a.len && same < b.len && a.at[a.len - 1 - same] == b.at[b.len - 1 - same])
        same++;
    return same;
}

/* Ten sources that end in the same sentences say them once, below. From the beginning of a sentence on. */
static void share_source(struct paper *paper)
{
    struct str first = paper->keys[0].source;
    size_t same = first.len;
    for (size_t i = 1; i < paper->key_count; i++) {
        size_t with_first = same_end(first, paper->keys[i].source);
        same = with_first < same ? with_first : same;
    }
    struct str end = str_after(first, first.len - same);
    size_t sentence = same == first.len ? 0 : str_find(end, STR(". "));
    paper->source = sentence == SIZE_MAX ? STR("") : sentence == 0 ? end : str_after(end, sentence + 2);
    for (size_t i = 0; i < paper->key_count; i++)
        paper->keys[i].source =
            str_trim(str_slice(paper->keys[i].source, 0, paper->keys[i].source.len - paper->source.len));
}

/* "Olivet : Loiret", "8190 hab.": no line begins with what belongs to the word before it. */
static struct str tied(struct arena *arena, struct str text)
{
    struct buf out BUF_SCOPE = BUF_INIT(3 * PAPER_TEXT_MAX);
    for (size_t i = 0; i < text.len; i++) {
        struct str rest = str_after(text, i + 1);
        bool is_tied = text.at[i] == ' ' && rest.len > 0 &&
                       (strchr(":;!?%", rest.at[0]) != NULL || str_starts(rest, STR("hab.")));
        if (is_tied)
            buf_add(&out, STR("\u00A0"));
        else
            buf_add_byte(&out, text.at[i]);
    }
    return out.is_over ? STR_NONE : str_copy(arena, buf_str(&out));
}

static enum status name_cards(struct ctx *ctx, const struct game *game, int64_t seed, struct paper *paper)
{
    for (size_t i = 0; i < paper->card_count; i++) {
        struct text_arg args[] = {TEXT_ARG("title", text_of(ctx->language, game->title)),
                                  NUMBER_ARG("number", (int64_t)i + 1),
                                  TEXT_ARG("seed", str_format(ctx->arena, "%lld", (long long)seed))};
        struct paper_card *card = &paper->cards[i];
        if (str_is_absent(card->small))
            card->small = text_with(ctx->arena, ctx->language, T_games_sheet_card, args, 3);
        card->big = tied(ctx->arena, card->big);
        if (str_is_absent(card->small) || str_is_absent(card->big))
            return LIMIT;
    }
    return OK;
}

static enum status tie_keys(struct ctx *ctx, struct paper *paper)
{
    for (size_t i = 0; i < paper->key_count; i++) {
        struct paper_key *key = &paper->keys[i];
        *key = (struct paper_key){tied(ctx->arena, key->asked), tied(ctx->arena, key->answer),
                                  tied(ctx->arena, key->source)};
        if (str_is_absent(key->asked) || str_is_absent(key->answer) || str_is_absent(key->source))
            return LIMIT;
    }
    return OK;
}

static enum status end(struct ctx *ctx, const struct game *game, int64_t seed, struct paper *paper)
{
    share_source(paper);
    TRY(tie_keys(ctx, paper));
    return name_cards(ctx, game, seed, paper);
}

enum status paper_drawn(struct ctx *ctx, const struct game *game, int64_t seed, struct paper *ret_paper)
{
    *ret_paper = (struct paper){.source = STR("")};
    TRY(draw(ctx, game, seed, ret_paper));
    return end(ctx, game, seed, ret_paper);
}

enum status paper_of(struct ctx *ctx, const struct game *game, int64_t seed, struct paper *ret_paper)
{
    if (game->paper == NULL)
        return paper_drawn(ctx, game, seed, ret_paper);
    *ret_paper = (struct paper){.source = STR("")};
    TRY(game->paper(ctx, seed, ret_paper));
    return end(ctx, game, seed, ret_paper);
}
