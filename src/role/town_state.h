/* A town_state is what a town says of itself to those who operate the house: sizes, ages and domains, never content.
 *
 * For the answer to the parent's question (town_house.c) and for the verbs `health` and `queue list`. */
#ifndef ROLE_TOWN_STATE_H
#define ROLE_TOWN_STATE_H

#include "core/house_ask.h"

/* Fills what the tables and files say: sizes, tasks, the last backup. */
MUST_USE enum status town_state_read(struct ctx *ctx, struct house_process *ret_state);
/* A house_queue for each destination; appends the lines. */
MUST_USE enum status town_state_queues(struct ctx *ctx, struct buf *lines);

#endif
