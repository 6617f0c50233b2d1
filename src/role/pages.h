/* A pages is what town and auth share to answer a browser: the routes of the services each owns.
 *
 * One per role, made at its start; routes are static. */
#ifndef ROLE_PAGES_H
#define ROLE_PAGES_H

#include "core/ticket.h"
#include "core/web_table.h"
#include "os/channel.h"
#include "role/message.h"

/* INVALID: two routes of one path, or one without a permission; *ret_refusal names it. The table lies in the arena. */
MUST_USE enum status pages_open(struct arena *arena, enum web_owner owner, struct web_table **ret_table,
                                struct str *ret_refusal);

struct pages_ask {
    const struct message_web *web;
    struct str body;
    const struct ticket *ticket; /* NULL: nobody signed in */
    struct str mandate_reason;   /* of a ticket under one, as the town knows it; absent in auth */
    struct instant mandate_ends;
    struct str name;             /* display name of that person; "" when not known */
    const struct web_house *house; /* what the parent answered */
    const struct web_hash *hashes;
    size_t hash_count;
};
/* Fills ctx->actor, ctx->language and ctx->trace, finds the route and runs it. Always leaves a response, whose body the
 * caller frees with buf_finish. The status is for the job's savepoint: rows stand only on OK. */
MUST_USE enum status pages_run(struct ctx *ctx, const struct web_table *table, const struct pages_ask *ask,
                               struct web_response *response);

/* Sends a response to front: inline, or as a sealed memfd when it is long; of what lasts the process has one memfd,
 * however many ask. An answer that cannot go whole (no descriptor is left, the queue is full) becomes a short refusal
 * in ctx's language, and is logged, once a minute. Else the status of channel_send. */
MUST_USE enum status pages_answer(struct channel *front, int64_t handle, struct ctx *ctx,
                                  struct web_response *response);

#endif
