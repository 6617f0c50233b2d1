/* A guard holds back who tries codes of rooms, or opens rooms, too often from one network.
 *
 * Tries live in memory alone, under a keyed hash: no address is kept. Lives in the town's slot until
 * room_guard_close. */
#ifndef SERVICE_GAMES_ROOM_GUARD_H
#define SERVICE_GAMES_ROOM_GUARD_H

#include "core/ctx.h"

enum { ROOM_GUARD_SLOT = 13 };
enum room_try { ROOM_TRY_CODE, ROOM_TRY_OPEN, ROOM_TRIES };
/* A school has one address, and thirty pupils may mistype. Who tries twenty codes a minute finds one of three open
 * rooms (of 64 million codes) on less than two days of a thousand. */
enum { ROOM_CODES_A_MINUTE = 20, ROOM_OPENED_AN_HOUR = 20 };

/* Have there been too many? */
bool room_guard_is_shut(struct ctx *ctx, enum room_try what, struct str remote);
/* One more: a wrong code, a room opened. */
void room_guard_note(struct ctx *ctx, enum room_try what, struct str remote);
/* Accepts a town without one. */
void room_guard_close(struct town *town);

#endif
