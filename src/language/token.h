/* A token is one word of a text: a run of letters and digits, in any script.
 *
 * French elisions are cut off and passed over: "l'école" is "école", "qu'il" is "il", "aujourd'hui" two words. Works
 * on text as written and on plain text (plain.h) alike, with the same words in the same order. */
#ifndef LANGUAGE_TOKEN_H
#define LANGUAGE_TOKEN_H

#include "base/str.h"

/* Of a longer run the first whole characters within this many bytes are the token. */
enum { TOKEN_MAX = 64 };

/* Takes the next token off *rest: a slice of the text. False at the end. */
bool token_next(struct str *rest, struct str *ret_token);

/* Takes the next whole run of letters and digits, elided articles too, however long. False at the end. */
bool token_run(struct str *rest, struct str *ret_run);

/* True for a point that words are made of. */
bool token_is_letter(uint32_t point);

#endif
