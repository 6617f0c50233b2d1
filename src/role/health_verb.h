/* health and queue list: each member in its turn says how it fares; the same words while the house serves and while
 * not.
 *
 * Sizes, ages and domains, never content. A member whose town is down, or has not answered within VERB_ANSWER_MS, has a
 * line that says so; the others follow, and the verb ends as busy. */
#ifndef ROLE_HEALTH_VERB_H
#define ROLE_HEALTH_VERB_H

#include "core/verb.h"

/* Steps: the parent chooses the next member, its town prints a line, and back. */
verb_run health_next, health_town;
verb_run queue_next, queue_town;
verb_run health_no_answer; /* instead of a town's step, in the command */

#endif
