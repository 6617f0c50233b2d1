#include "language/model/pieces.h"

#include <stdlib.h>

#include "base/utf8.h"

/* FNV-1a, 32 bits. */
static uint32_t hash_text(struct str text)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 16777619U;
    return hash;
}

static size_t slot_of_text(const struct pieces *pieces, struct str text)
{
    size_t slot = hash_text(text) & (pieces->found_room - 1);
    while (pieces->found[slot] != 0 && !str_eq(pieces->texts[pieces->found[slot]], text))
        slot = (slot + 1) & (pieces->found_room - 1);
    return slot;
}

uint16_t pieces_find(const struct pieces *pieces, struct str text)
{
    return pieces->found[slot_of_text(pieces, text)];
}

static size_t slot_of_pair(const struct pieces *pieces, uint32_t pair)
{
    size_t slot = (pair * 2654435761U >> 7) & (pieces->join_room - 1);
    while (pieces->joins[slot].pair != 0 && pieces->joins[slot].pair != pair)
        slot = (slot + 1) & (pieces->join_room - 1);
    return slot;
}

static uint16_t joined(const struct pieces *pieces, uint16_t left, uint16_t right)
{
    if (left == PIECES_UNKNOWN || right == PIECES_UNKNOWN)
        return PIECES_UNKNOWN;
    return pieces->joins[slot_of_pair(pieces, (uint32_t)left << 16 | right)].piece;
}

/* Each way to cut the piece in two pieces is a pair that joins to it. */
static void add_joins(struct pieces *pieces, uint16_t piece)
{
    struct str text = pieces->texts[piece];
    for (size_t cut = 1; cut < text.len; cut++) {
        uint16_t left = pieces_find(pieces, str_slice(text, 0, cut)), right = pieces_find(pieces, str_after(text, cut));
        if (left == PIECES_UNKNOWN || right == PIECES_UNKNOWN)
            continue;
        uint32_t pair = (uint32_t)left << 16 | right;
        pieces->joins[slot_of_pair(pieces, pair)] = (struct pieces_join){pair, piece};
    }
}

/* Room for as many pieces as there may ever be: each text has fewer than PIECES_BYTES_MAX cuts. */
static enum status make_room(struct arena *arena, size_t count, struct pieces *pieces)
{
    size_t room = 64;
    while (room < count * 2)
        room *= 2;
    *pieces = (struct pieces){.found_room = room, .join_room = room * 16};
    pieces->texts = arena_array(arena, struct str, count);
    pieces->found = arena_array(arena, uint16_t, pieces->found_room);
    pieces->joins = arena_array(arena, struct pieces_join, pieces->join_room);
    return pieces->texts != NULL && pieces->found != NULL && pieces->joins != NULL ? OK : LIMIT;
}

static enum status add_piece(struct arena *arena, struct pieces *pieces, struct str text)
{
    size_t slot = slot_of_text(pieces, text);
    if (text.len == 0 || text.len > PIECES_BYTES_MAX || (pieces->count > 0 && pieces->found[slot] != 0))
        return INVALID;
    struct str copy = str_copy(arena, text);
    if (str_is_absent(copy))
        return LIMIT;
    if (pieces->count > 0)
        pieces->found[slot] = (uint16_t)pieces->count;
    pieces->texts[pieces->count++] = copy;
    return OK;
}

enum status pieces_of_list(struct arena *arena, const struct str *texts, size_t count, struct pieces *ret_pieces)
{
    struct pieces pieces;
    if (count < 2 || count > PIECES_MAX || !str_eq(texts[0], STR("<unk>")))
        return INVALID;
    TRY(make_room(arena, count, &pieces));
    for (size_t i = 0; i < count; i++)
        TRY(add_piece(arena, &pieces, texts[i]));
    for (size_t i = 1; i < count; i++)
        add_joins(&pieces, (uint16_t)i);
    *ret_pieces = pieces;
    return OK;
}

/* ---- learning ---- */

static int compare_points(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static enum status gather_points(struct str corpus, uint32_t *points, size_t *ret_count)
{
    size_t count = 0;
    uint8_t seen[0x10000 / 8] = {0}; /* names have no character beyond */
    while (corpus.len > 0) {
        uint32_t point = utf8_next(&corpus);
        if (point >= 0x10000)
            return INVALID;
        if (seen[point / 8] >> point % 8 & 1)
            continue;
        if (count == PIECES_MAX - 1)
            return LIMIT;
        seen[point / 8] |= (uint8_t)(1U << point % 8);
        points[count++] = point;
    }
    qsort(points, count, sizeof *points, compare_points);
    *ret_count = count;
    return OK;
}

static enum status begin(struct arena *arena, struct str corpus, size_t most, struct pieces *pieces)
{
    size_t count;
    uint32_t *points = arena_array(arena, uint32_t, PIECES_MAX);
    if (points == NULL || corpus.len > PIECES_CORPUS_MAX)
        return LIMIT;
    if (!utf8_is_valid(corpus))
        return INVALID;
    TRY(gather_points(corpus, points, &count));
    TRY(make_room(arena, most > count + 1 ? most : count + 1, pieces));
    TRY(add_piece(arena, pieces, STR("<unk>")));
    for (size_t i = 0; i < count; i++) {
        char bytes[8];
        struct buf text = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
        utf8_add(&text, points[i]);
        TRY(add_piece(arena, pieces, buf_str(&text)));
    }
    return OK;
}

enum status pieces_of_characters(struct arena *arena, struct str corpus, struct pieces *ret_pieces)
{
    struct pieces pieces;
    TRY(begin(arena, corpus, 0, &pieces));
    *ret_pieces = pieces;
    return OK;
}

/* May right be joined behind left? Letters only, but a blank, mark or apostrophe first. */
static bool is_inner(struct str text)
{
    unsigned char c = (unsigned char)text.at[0];
    return c >= 0x80 || ascii_is_alpha((char)c);
}

static bool may_join(const struct pieces *pieces, uint16_t left, uint16_t right)
{
    struct str a = pieces->texts[left], b = pieces->texts[right];
    if (left == 0 || right == 0 || !is_inner(b) || a.len + b.len > PIECES_BYTES_MAX)
        return false;
    return is_inner(a) || (a.at[0] != '\n' && !ascii_is_digit(a.at[0]));
}

/* The tokens of the corpus while pieces are learnt, and how often each pair of neighbours is seen. */
struct learner {
    uint16_t *tokens;
    size_t count;
    uint32_t *seen; /* by pair: left * most + right */
    size_t most;
};

static void count_pairs(const struct pieces *pieces, struct learner *learner)
{
    memset(learner->seen, 0, learner->most * learner->most * sizeof *learner->seen);
    for (size_t i = 0; i + 1 < learner->count; i++)
        if (may_join(pieces, learner->tokens[i], learner->tokens[i + 1]))
            learner->seen[learner->tokens[i] * learner->most + learner->tokens[i + 1]]++;
}

/* The pair seen most, the first of several; false when none is seen twice. */
static bool best_pair(const struct pieces *pieces, const struct learner *learner, uint16_t *ret_left,
                      uint16_t *ret_right)
{
    uint32_t best = 1;
    for (size_t left = 1; left < pieces->count; left++)
        for (size_t right = 1; right < pieces->count; right++)
            if (learner->seen[left * learner->most + right] > best) {
                best = learner->seen[left * learner->most + right];
                *ret_left = (uint16_t)left;
                *ret_right = (uint16_t)right;
            }
    return best > 1;
}

static void join_all(struct learner *learner, uint16_t left, uint16_t right, uint16_t piece)
{
    size_t to = 0;
    for (size_t from = 0; from < learner->count; from++) {
        bool is_pair = from + 1 < learner->count && learner->tokens[from] == left && learner->tokens[from + 1] == right;
        learner->tokens[to++] = is_pair ? piece : learner->tokens[from];
        from += is_pair;
    }
    learner->count = to;
}

/* The joined text may be a piece already, made of other parts: then those two cannot be neighbours uncut. */
static enum status learn_one(struct arena *arena, struct pieces *pieces, struct learner *learner, bool *ret_more)
{
    uint16_t left = 0, right = 0;
    char bytes[PIECES_BYTES_MAX];
    count_pairs(pieces, learner);
    *ret_more = best_pair(pieces, learner, &left, &right);
    if (!*ret_more)
        return OK;
    struct buf text = {.at = bytes, .room = sizeof bytes, .max = sizeof bytes};
    buf_add(&text, pieces->texts[left]);
    buf_add(&text, pieces->texts[right]);
    uint16_t piece = pieces_find(pieces, buf_str(&text));
    if (piece == PIECES_UNKNOWN) {
        piece = (uint16_t)pieces->count;
        TRY(add_piece(arena, pieces, buf_str(&text)));
    }
    join_all(learner, left, right, piece);
    return OK;
}

enum status pieces_learn(struct arena *arena, struct str corpus, size_t count, struct pieces *ret_pieces)
{
    struct pieces pieces;
    bool is_more = true;
    if (count > PIECES_MAX)
        return LIMIT;
    TRY(begin(arena, corpus, count, &pieces));
    struct learner learner = {.tokens = arena_array(arena, uint16_t, corpus.len + 1), .most = count,
                              .seen = arena_array(arena, uint32_t, count * count)};
    if (learner.tokens == NULL || learner.seen == NULL)
        return LIMIT;
    TRY(pieces_cut(&pieces, corpus, learner.tokens, corpus.len, &learner.count));
    while (is_more && pieces.count < count)
        TRY(learn_one(arena, &pieces, &learner, &is_more));
    for (size_t i = 1; i < pieces.count; i++)
        add_joins(&pieces, (uint16_t)i);
    *ret_pieces = pieces;
    return OK;
}

/* ---- cutting ---- */

/* The neighbours to join next: the earliest piece, the leftmost. */
static bool next_join(const struct pieces *pieces, const uint16_t *tokens, size_t count, size_t *ret_at,
                      uint16_t *ret_piece)
{
    uint16_t best = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        uint16_t piece = joined(pieces, tokens[i], tokens[i + 1]);
        if (piece != 0 && (best == 0 || piece < best)) {
            best = piece;
            *ret_at = i;
        }
    }
    *ret_piece = best;
    return best != 0;
}

enum status pieces_cut(const struct pieces *pieces, struct str text, uint16_t *tokens, size_t max, size_t *ret_count)
{
    size_t count = 0, at;
    uint16_t piece;
    while (text.len > 0) {
        struct str from = text;
        utf8_next(&text);
        if (count == max)
            return LIMIT;
        tokens[count++] = pieces_find(pieces, str_slice(from, 0, from.len - text.len));
    }
    while (next_join(pieces, tokens, count, &at, &piece)) {
        tokens[at] = piece;
        memmove(tokens + at + 1, tokens + at + 2, (count - at - 2) * sizeof *tokens);
        count--;
    }
    *ret_count = count;
    return OK;
}

struct str pieces_text(const struct pieces *pieces, uint16_t token)
{
    return token == PIECES_UNKNOWN || token >= pieces->count ? STR("\xEF\xBF\xBD") : pieces->texts[token];
}
