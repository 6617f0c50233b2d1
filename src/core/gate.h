/* A gate is where one town lets a ticket in or not: sealed with this town's key, not expired, its session not ended.
 *
 * Why: front, which carries tickets, meets the network and is never believed; a session that ended must be refused at
 * once, and its tickets would live a quarter of an hour more. Auth tells which sessions ended; they are remembered
 * until their last ticket has expired. The set has a maximum: beyond it every ticket issued up to now is refused, and
 * front has it renewed. Closed at first: until auth has told what ended before this process began, nothing is let in.
 * */
#ifndef CORE_GATE_H
#define CORE_GATE_H

#include "core/ticket.h"

struct gate;

enum { GATE_ENDED_MAX = 1 << 16 };

struct gate *gate_create(int64_t member, const unsigned char key[TICKET_KEY_BYTES]);
void gate_destroy(struct gate *gate); /* NULL accepted */

/* Auth has told all that ended before. */
void gate_open(struct gate *gate);

/* A session has ended; with session 0, all sessions that `person` has now. */
void gate_end(struct gate *gate, int64_t session, int64_t person, struct instant now);

/* Who acts. BUSY: not opened yet; DENIED: not sealed with this key or for another member; GONE: expired or ended.
 * Slices point into `sealed`. */
MUST_USE enum status gate_admit(const struct gate *gate, struct str sealed, struct instant now,
                                struct ticket *ret_ticket);
/* The same question for somebody let in before, as a session of IMAP that goes on: GONE once it was ended. */
MUST_USE enum status gate_still(const struct gate *gate, const struct ticket *ticket);

#endif
