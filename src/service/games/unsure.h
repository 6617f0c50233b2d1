/* What silence costs: the answers of a deck counted by how sure the machine was of each.
 *
 * An answer is one field of one commune. Below the threshold the machine keeps silent; what it then says falsely, and
 * what it keeps silent though it knew it, is counted from the deck's verdicts. Nothing is asked of a model. */
#ifndef SERVICE_GAMES_UNSURE_H
#define SERVICE_GAMES_UNSURE_H

#include "service/games/deck.h"

enum { UNSURE_ALL = DECK_FIELDS, UNSURE_PARTS = DECK_FIELDS + 1, UNSURE_SURE_MAX = 100 };

/* By per cent of sureness; each field, then all of them. */
struct unsure {
    int64_t right[UNSURE_PARTS][UNSURE_SURE_MAX + 1];
    int64_t wrong[UNSURE_PARTS][UNSURE_SURE_MAX + 1];
};

struct unsure_sum {
    int64_t given_right, given_wrong, silent_right, silent_wrong;
};

void unsure_count(const struct deck *deck, struct unsure *ret_unsure);
/* Answers of which it is `threshold` per cent sure or more are given, the others withheld. */
struct unsure_sum unsure_at(const struct unsure *unsure, size_t part, int threshold);
/* A silence costs 1, a false answer `price`. */
int64_t unsure_cost(struct unsure_sum sum, int64_t price);
/* The threshold that costs least, the lowest of several. */
int unsure_best(const struct unsure *unsure, int64_t price);
/* Area under the curve of risk against coverage, in thousandths: for each answer the share of false ones among those of
 * which the machine is as sure, or surer; the mean of these shares. */
int64_t unsure_area(const struct unsure *unsure);

/* What the machine says of a field: "45130", "8190 hab."; a slice of the card's. */
struct str unsure_said(const struct deck_card *card, enum deck_field field);

#endif
