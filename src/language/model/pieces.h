/* Pieces are what a text is cut into for a net: single characters, or runs of them that were often seen together (BPE).
 *
 * Invariants: piece 0 stands for what has no piece; then come the characters, in the order of their code points, then
 * the joined pieces in the order they were learnt. Cutting joins, again and again, the two neighbours whose joined text
 * is the earliest piece, the leftmost first: the rule of the SentencePiece vocabularies that llama-shaped files carry,
 * so that others cut alike. No joined piece holds a digit or a line end, and a blank or mark only as its first
 * character: the doubt over a number is seen digit by digit. Everything lives in the arena given. */
#ifndef LANGUAGE_MODEL_PIECES_H
#define LANGUAGE_MODEL_PIECES_H

#include "base/arena.h"
#include "base/buf.h"

enum {
    PIECES_MAX = 4096,      /* unknown, characters and joined ones */
    PIECES_BYTES_MAX = 32,  /* of one piece */
    PIECES_CORPUS_MAX = 64 << 20,
    PIECES_UNKNOWN = 0,
};

struct pieces_join {
    uint32_t pair; /* left << 16 | right; 0: free, since nothing joins with the unknown */
    uint16_t piece;
};

struct pieces {
    struct str *texts;
    size_t count;
    uint16_t *found; /* texts by hash: piece, or 0 */
    size_t found_room;
    struct pieces_join *joins;
    size_t join_room;
};

/* One piece for each character of the corpus. INVALID: no UTF-8; LIMIT: more than PIECES_MAX, or a full arena. */
MUST_USE enum status pieces_of_characters(struct arena *arena, struct str corpus, struct pieces *ret_pieces);
/* The same, then joined ones up to `count` in all; fewer when nothing is seen twice any more. */
MUST_USE enum status pieces_learn(struct arena *arena, struct str corpus, size_t count, struct pieces *ret_pieces);
/* From a list as a file holds it. INVALID: two alike, an empty or a long one, the unknown not first. */
MUST_USE enum status pieces_of_list(struct arena *arena, const struct str *texts, size_t count,
                                    struct pieces *ret_pieces);

/* Cuts a text; at most `max` tokens. LIMIT: it has more characters than that. */
MUST_USE enum status pieces_cut(const struct pieces *pieces, struct str text, uint16_t *tokens, size_t max,
                                size_t *ret_count);
/* The bytes of a token; of the unknown U+FFFD. */
struct str pieces_text(const struct pieces *pieces, uint16_t token);
/* The piece of exactly this text, or PIECES_UNKNOWN. */
uint16_t pieces_find(const struct pieces *pieces, struct str text);

#endif
