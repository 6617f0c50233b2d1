/* A provider_reply is what a model at an OpenAI-compatible address says: the request for it, and its answer as JSON. A
 * local one answers in the same form.
 *
 * Pure. Of the answer nothing is believed: a text that is no UTF-8, probabilities above 1, and energy that cannot be
 * are taken as not told. Known forms: llama-server, vLLM, Ollama, the Albert API (`usage.carbon`). */
#ifndef CORE_PROVIDER_REPLY_H
#define CORE_PROVIDER_REPLY_H

#include "core/provider.h"

enum { PROVIDER_REPLY_MAX = 64 << 10, PROVIDER_LOCAL_REPLY_MAX = 512 << 10 };

struct provider_token {
    struct str text; /* of the arena */
    double log_probability; /* at most 0 */
};

struct provider_reply {
    struct str said; /* of the arena; trimmed, never empty */
    bool is_cut;
    const struct provider_token *tokens;
    size_t token_count; /* 0: probabilities were not told, or cannot be */
    int64_t energy_uwh; /* -1: not told */
};

/* Once, before the sandbox: what strangers name in JSON falls into places they cannot choose (jansson would open a
 * file for it later). */
void provider_reply_begin(uint64_t seed);
/* The body of POST {address}/chat/completions. */
void provider_request(struct buf *out, const struct provider *provider, struct str text);
/* INVALID: not of the known form, or it says nothing. LIMIT: it says more than PROVIDER_SAID_MAX. */
MUST_USE enum status provider_reply_read(struct arena *arena, struct str body, struct provider_reply *ret_reply);
/* The same form, for a local one: what stands in `said`, and the tokens it is made of. Bytes that are no UTF-8 are
 * replaced. */
void provider_reply_write(struct buf *out, struct str said, bool is_cut, const struct provider_token *tokens,
                          size_t count);
/* What of it a town is told. */
void provider_reply_state(const struct provider_reply *reply, struct provider_state *ret_state);

#endif
