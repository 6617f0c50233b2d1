#include "service/games/round.h"

#include "base/buf.h"

enum status round_read(struct str seed, struct str moves, struct round *ret_round)
{
    struct round round = {.count = 0};
    if (str_to_i64(seed, &round.seed) != OK || round.seed < 0 || round.seed > GAME_SEED_MAX)
        return INVALID;
    for (struct str rest = moves; rest.len > 0;) {
        struct str move = str_cut(&rest, '.');
        int64_t sure = ROUND_SKIPPED;
        if (round.count == GAME_CARDS)
            return INVALID;
        if (!str_eq(move, STR("x")) && (str_to_i64(move, &sure) != OK || sure < 0 || sure > 100))
            return INVALID;
        round.moves[round.count++] = (int)sure;
    }
    *ret_round = round;
    return OK;
}

static void add_move(struct buf *out, int move)
{
    if (out->len > 0)
        buf_add_byte(out, '.');
    if (move == ROUND_SKIPPED)
        buf_add_byte(out, 'x');
    else
        buf_add_i64(out, move);
}

struct str round_moves(struct arena *arena, const struct round *round, int move)
{
    struct buf out BUF_SCOPE = BUF_INIT(8 * GAME_CARDS);
    for (size_t i = 0; i < round->count; i++)
        add_move(&out, round->moves[i]);
    if (move != ROUND_NO_MOVE)
        add_move(&out, move);
    return str_copy(arena, buf_str(&out));
}

int round_points(int move, bool is_true)
{
    int off = is_true ? 100 - move : move;
    return 100 - off * off / 100;
}

void round_sum_add(struct round_sum *sum, int move, int times, bool is_true)
{
    sum->played += times;
    sum->right += times * (move == 50 ? 50 : (move > 50) == is_true ? 100 : 0);
    sum->sure += times * (move > 50 ? move : 100 - move);
    sum->points += times * round_points(move, is_true);
}

void round_sum_end(struct round_sum *sum)
{
    if (sum->played == 0)
        return;
    sum->right /= sum->played;
    sum->sure /= sum->played;
    sum->points /= sum->played;
    int gap = sum->sure - sum->right;
    sum->is_well_doubted = gap > -10 && gap < 10;
}

struct round_sum round_sum(const struct round *round, const struct game_card cards[GAME_CARDS])
{
    struct round_sum sum = {.played = 0};
    for (size_t i = 0; i < round->count; i++)
        if (round->moves[i] != ROUND_SKIPPED)
            round_sum_add(&sum, round->moves[i], 1, cards[i].is_true);
    round_sum_end(&sum);
    return sum;
}
