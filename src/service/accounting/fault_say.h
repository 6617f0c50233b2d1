/* A fault as pages say it: its sentence with amounts as people write them, "1 234,50" (U+202F between thousands).
 *
 * Why apart: commands and files for scripts keep the plain form, and the sentence is French in any language. */
#ifndef SERVICE_ACCOUNTING_FAULT_SAY_H
#define SERVICE_ACCOUNTING_FAULT_SAY_H

#include "core/ctx.h"
#include "service/accounting/fault.h"

/* In the arena of ctx; as it stands where that is full. */
struct str fault_say(struct ctx *ctx, const struct fault *fault);

#endif
