/* What lets somebody into a room: a code that is read aloud, and keys that stand in addresses, of which a hash is kept.
 */
#ifndef SERVICE_GAMES_ROOM_KEY_H
#define SERVICE_GAMES_ROOM_KEY_H

#include "core/ctx.h"
#include "core/pseudonym.h"

enum { ROOM_CODE_LETTERS = 6 };

/* A new key (arena), and the hash of one. */
MUST_USE enum status room_key_make(struct ctx *ctx, struct str *ret_key);
struct pseudonym room_key_hash(struct str key);

/* By chance (arena); another room may have it. */
struct str room_code_make(struct ctx *ctx);
/* As people type it, to as it stands in the table (arena): case, blanks and hyphens are nothing. INVALID: no code. */
MUST_USE enum status room_code_read(struct ctx *ctx, struct str typed, struct str *ret_code);

#endif
