/* A provider_local is a language model in a file of this machine, as the role provider knows it: the process that
 * computes with it (role/provider_llama.h), and what that one is at work on.
 *
 * Invariants: one text is at work at a time; its answer is given once, or nobody's when it was dropped. Whatever the
 * process does, a crash included, is at most the failure of one asking. Owned by the reach, which begins it before the
 * sandbox. */
#ifndef ROLE_PROVIDER_LOCAL_H
#define ROLE_PROVIDER_LOCAL_H

#include "core/provider.h"
#include "os/loop.h"
#include "role/prologue.h"

struct provider_local;

/* `reply`: of PROVIDER_WELL alone, as core/provider_reply.h reads it. */
typedef void provider_local_on_end(void *with, enum provider_failure failure, struct str reply);

/* Reads the whole file for its hash, names it in provider->card.address, and begins its process, which reads it again.
 * `memory` is what local models may still take, and becomes less. OUTSIDE: *ret_why, a sentence for the operator. */
MUST_USE enum status provider_local_begin(const struct prologue *house, struct provider *provider, struct arena *arena,
                                          int64_t *memory, struct provider_local **ret_local, const char **ret_why);
/* Hears its process from now on. */
MUST_USE enum status provider_local_hear(struct provider_local *local, struct loop *loop);
void provider_local_end(struct provider_local *local); /* NULL accepted; its process ends */

/* It has loaded its model, or never will, and nothing is at work: it can be asked, and then it answers. */
bool provider_local_is_free(const struct provider_local *local);
/* UNUSABLE and AWAY (its process is gone) are told by on_end too, at once. */
void provider_local_ask(struct provider_local *local, struct str text, provider_local_on_end *on_end, void *with);
/* Whoever asked does not want it any more. */
void provider_local_drop(struct provider_local *local, const void *with);
/* Its process is gone, or was at work for longer than it may (and whoever waited is told SLOW): nothing but another
 * beginning of the role helps. */
bool provider_local_is_lost(struct provider_local *local);
int64_t provider_local_memory(const struct provider_local *local);

#endif
