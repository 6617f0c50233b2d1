/* The law as a town knows it now: what comes with the program, figures of the employer, and numbers that the town added
 * and a second person approved. Kept as one text for each payrun, so that it stays what it was. */
#ifndef SERVICE_PAYROLL_RUN_PAYRUN_LAW_H
#define SERVICE_PAYROLL_RUN_PAYRUN_LAW_H

#include "core/ctx.h"
#include "service/payroll/law/law.h"

/* As known at ctx->now; arena. */
MUST_USE enum status payrun_law_now(struct ctx *ctx, struct str *ret_text);
/* In a job: kept, *ret_hash names it. */
MUST_USE enum status payrun_law_keep(struct ctx *ctx, struct str *ret_hash);
/* What was kept by that name. CORRUPT: it is not there, is not what its name says, or is no law. */
MUST_USE enum status payrun_law_of(struct ctx *ctx, struct str hash, struct law *ret_law);
/* "" : a digit for each half of each byte, as people compare them. */
struct str payrun_hash_words(struct ctx *ctx, struct str hash);

#endif
