/* The provider role: it asks the language models that towns have chosen, and is the one process of the house that goes
 * out to the network by HTTP. Models in files of this machine have each a process of its own (role/provider_local.h).
 *
 * It holds no town's data: a text to be sent, and what was said, in memory, for minutes. Before its sandbox it reads
 * DIR/providers.conf, keys and certificates, and asks for the addresses of the hosts declared; from then on it opens no
 * file, asks for no name, and connects to no port but theirs. A host that has moved is found when the role begins
 * anew, which it does by itself after one by name could not be met, or was told by nobody (role/provider_again.h). It
 * serves the house where a file providers.conf is; else there is no such process. */
#ifndef ROLE_PROVIDER_ROLE_H
#define ROLE_PROVIDER_ROLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "role/prologue.h"

struct provider_role;

/* Is there a DIR/providers.conf? */
bool provider_role_is_wanted(const char *folder);
/* What it needs from outside its sandbox; `times`: how often in a row it was begun again (role/provider_again.h). Never
 * NULL: what cannot be used is logged, and not served. */
struct provider_role *provider_role_prepare(const struct prologue *house, int times);
/* The ports it will go out to. */
const uint16_t *provider_role_ports(const struct provider_role *role, size_t *ret_count);
/* Runs until the parent's channel closes or says stop. Exit code for the process. */
int provider_role_run(struct provider_role *role, int parent_socket);

#endif
