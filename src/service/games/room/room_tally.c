#include "service/games/room/room_tally.h"

#include "service/games/room/room_sql.h"

static const int hand_sure[ROOM_HANDS] = {100 - HAND_SURE, 50, HAND_SURE};

static enum status read_hands(struct ctx *ctx, const struct room *room, struct room_tally *tally)
{
    struct sql_room_hands_row *rows;
    size_t count;
    TRY(sql_room_hands(ctx->db, ctx->arena, (struct sql_room_hands){.room = room->id}, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].card < 0 || rows[i].card >= GAME_CARDS)
            return CORRUPT;
        int64_t *hands = tally->hands[rows[i].card];
        hands[ROOM_HAND_LOW] = rows[i].low;
        hands[ROOM_HAND_UNSURE] = rows[i].unsure;
        hands[ROOM_HAND_HIGH] = rows[i].high;
    }
    return OK;
}

enum status room_tally(struct ctx *ctx, const struct room *room, struct room_tally *ret_tally)
{
    struct room_tally tally = {.count = 0};
    struct sql_room_votes_row *rows;
    TRY(sql_room_votes(ctx->db, ctx->arena, (struct sql_room_votes){.room = room->id}, &rows, &tally.count));
    tally.said = arena_array(ctx->arena, struct room_said, tally.count + 1);
    if (tally.said == NULL)
        return LIMIT;
    for (size_t i = 0; i < tally.count; i++)
        tally.said[i] = (struct room_said){.card = (int)rows[i].card, .sure = (int)rows[i].sure,
                                           .player = rows[i].player};
    TRY(read_hands(ctx, room, &tally));
    *ret_tally = tally;
    return OK;
}

int64_t room_tally_count(const struct room_tally *tally, int card)
{
    return room_tally_card(tally, card, true).all;
}

bool room_tally_has_voted(const struct room_tally *tally, int64_t player)
{
    for (size_t i = 0; i < tally->count; i++)
        if (tally->said[i].player == player)
            return true;
    return false;
}

int room_tally_vote(const struct room_tally *tally, int64_t player, int card)
{
    for (size_t i = 0; i < tally->count; i++)
        if (tally->said[i].player == player && tally->said[i].card == card)
            return tally->said[i].sure;
    return ROUND_SKIPPED;
}

static size_t bin_of(int sure)
{
    return sure < 20 ? 0 : sure < 40 ? 1 : sure <= 60 ? 2 : sure <= 80 ? 3 : 4;
}

static void judge(struct room_judged *judged, int sure, int64_t count, bool is_true)
{
    judged->bins[bin_of(sure)] += count;
    judged->all += count;
    judged->unsure += sure == 50 ? count : 0;
    judged->right += sure != 50 && (sure > 50) == is_true ? count : 0;
}

struct room_judged room_tally_card(const struct room_tally *tally, int card, bool is_true)
{
    struct room_judged judged = {.all = 0};
    if (card < 0 || card >= GAME_CARDS)
        return judged;
    for (size_t i = 0; i < tally->count; i++)
        if (tally->said[i].card == card)
            judge(&judged, tally->said[i].sure, 1, is_true);
    for (size_t i = 0; i < ROOM_HANDS; i++)
        judge(&judged, hand_sure[i], tally->hands[card][i], is_true);
    return judged;
}

struct round room_tally_round(const struct room_tally *tally, const struct room *room, int64_t player)
{
    struct round round = {.seed = room->seed, .count = (size_t)room->turned};
    for (int card = 0; card < room->turned; card++)
        round.moves[card] = room_tally_vote(tally, player, card);
    return round;
}

struct round_sum room_tally_sum(const struct room_tally *tally, const struct room *room,
                                const struct game_card cards[GAME_CARDS])
{
    struct round_sum sum = {.played = 0};
    for (size_t i = 0; i < tally->count; i++)
        if (tally->said[i].card < room->turned)
            round_sum_add(&sum, tally->said[i].sure, 1, cards[tally->said[i].card].is_true);
    for (int card = 0; card < room->turned; card++)
        for (size_t i = 0; i < ROOM_HANDS; i++)
            round_sum_add(&sum, hand_sure[i], (int)tally->hands[card][i], cards[card].is_true);
    round_sum_end(&sum);
    return sum;
}
