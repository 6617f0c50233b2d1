/* A page asks the language model its town has decided about: one exact text, at most PROVIDER_TEXT_MAX bytes.
 *
 * What goes into the text is the page's to answer for: nothing that a person wrote, and to a model outside the house
 * nothing that is not public. */
#ifndef CORE_DECISION_ASK_H
#define CORE_DECISION_ASK_H

#include "core/decision.h"
#include "core/web.h"

/* BUSY, and what web_house_ask says where nothing can be asked: given on by the handler. Else OK, with *ret_state;
 * where the role provider is not there or answers what it may not, the state is PROVIDER_AWAY; where the request has
 * asked for another text already, or what is asked has changed meanwhile, it is WAITS. NOT_FOUND: the text is too
 * long. */
MUST_USE enum status decision_ask(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                                  const struct decision *decision, struct str text, struct provider_state *ret_state);
/* Why nothing was said, for the person; T_none: it waits, is at work, or has said something. */
enum text_key decision_ask_failure(const struct provider_state *state);

#endif
