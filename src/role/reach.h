/* A reach is how the command line comes to the roles: through the control socket of the house that runs, or, while none
 * does, by starting the one role a step needs for as long as the verb lasts. The frames are the same both ways.
 *
 * Holds run/lock while it starts roles itself, and so do they: no other process can open the same town before the last
 * of them has ended. Waits REACH_WAIT_MS for another verb, or for a `serve` that is just starting or ending. */
#ifndef ROLE_REACH_H
#define ROLE_REACH_H

#include "core/verb.h"
#include "role/message.h"

enum { REACH_WAIT_MS = 15 * 1000 };

struct reach;

/* Opens nothing yet: a verb that needs no role needs no house. `folder` lives as long. */
struct reach *reach_create(const char *folder);
void reach_destroy(struct reach *reach); /* waits for the roles it started; NULL accepted */

/* Has one step worked off in the role of its place, for a member; `bulk` is its input. *ret_done and *ret_output live
 * until the next call. BUSY: no role to be had, or it ended meanwhile. *ret_refusal: a sentence when it is not OK. What
 * became of the step itself stands in ret_done->status. */
struct reach_step {
    enum verb_place place;
    struct message_verb ask; /* without input */
    struct str input;
    int64_t wait_ms; /* for a role of the house that runs; 0: as long as it takes. BUSY when it is over */
};
MUST_USE enum status reach_run(struct reach *reach, const struct reach_step *step, struct message_verb_done *ret_done,
                               struct str *ret_output, struct str *ret_refusal);

#endif
