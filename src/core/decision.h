/* A decision is what a town has decided about a language model that is not the house's: who took it, when, in which
 * words, and about which one.
 *
 * Without one that holds, no model is asked anything and no page shows one. A decision is about one model at one
 * address, outside the syndicate's machines or on them; where that changes, the role provider refuses and the town must
 * decide anew. All decisions can be read by anybody, those that have ended too; recording and ending stand in the audit
 * log. Texts live in ctx->arena. */
#ifndef CORE_DECISION_H
#define CORE_DECISION_H

#include "core/ctx.h"
#include "core/export.h"
#include "core/provider.h"

enum { DECISION_DECIDER_MAX = 200, DECISION_WORDS_MAX = 5000 };

struct decision {
    int64_t id;
    struct instant recorded, ended; /* ended 0: it holds */
    struct date day;
    struct str decider, words;
    struct provider_card card; /* as it was then */
};

/* The one that holds. NOT_FOUND: none does. */
MUST_USE enum status decision_now(struct ctx *ctx, struct decision *ret_decision);
/* The newest first; at most 100. */
MUST_USE enum status decision_list(struct ctx *ctx, struct decision **ret_decisions, size_t *ret_count);
/* Records one, and ends the one that held. INVALID: "decision.decider", "decision.words" (empty or too
 * long), "decision.day" (none, or one to come). */
MUST_USE enum status decision_record(struct ctx *ctx, const struct decision *decision);
/* The one that holds is ended. NOT_FOUND: none does. */
MUST_USE enum status decision_end(struct ctx *ctx);

/* For the file of an export (core/export.h): its rows are sql_decision_export_row. */
MUST_USE enum status decision_each(struct ctx *ctx, struct export_sink sink);
MUST_USE enum status decision_take(struct ctx *ctx, const void *row);

#endif
