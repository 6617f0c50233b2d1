/* A front_errands is mail on its way from one town to another: taken from the sender's outbox, handed to the town that
 * owns the domain, its answer brought back.
 *
 * Front keeps nothing: an errand it loses is due again in the outbox it came from, and the receiver drops a second
 * copy. */
#ifndef ROLE_FRONT_OUTBOX_H
#define ROLE_FRONT_OUTBOX_H

#include "role/front_connection.h"

enum { FRONT_ERRANDS_MAX = 8000 }; /* under way at once; more are answered BUSY */

struct front_errands *front_errands_create(void);
void front_errands_destroy(struct front_errands *errands); /* NULL accepted */

/* A MESSAGE_OUTBOX of that town; takes the descriptor and sets -1 when it is handed on. */
void front_outbox_take(struct front *front, struct front_answer *frame);
/* True for a MESSAGE_DELIVERED that answers an errand, and not a connection. */
bool front_outbox_answer(struct front *front, const struct front_answer *answer, int64_t handle);
/* A town has gone: what was under way to it is "not now", what came from it is forgotten. */
void front_outbox_lost(struct front *front, int town);

#endif
