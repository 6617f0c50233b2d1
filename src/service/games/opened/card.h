/* A card is what the trainer wrote of a model it made: JSON beside the model's file (role/model_card.h).
 *
 * Read by paths, "training.loss" or "measure.by_exposure.2.seen"; a number in a path counts items of an array. What is
 * not there is absent, never guessed. */
#ifndef SERVICE_GAMES_CARD_H
#define SERVICE_GAMES_CARD_H

#include "base/buf.h"

/* The value as it is written, without the quotes of a text; absent: there is none, or null. */
struct str card_value(struct str card, const char *path);
/* A whole number; -1: there is none. */
int64_t card_number(struct str card, const char *path);
/* "0.9683" with 4 places is 9683; -1: no such number. */
int64_t card_decimal(struct str text, int places);

#endif
