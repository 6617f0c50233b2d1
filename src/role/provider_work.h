/* A provider_work is one asking at work, from the line until it is answered: at an address, or by a local model.
 *
 * The other half of the role provider, which only its two files see. */
#ifndef ROLE_PROVIDER_WORK_H
#define ROLE_PROVIDER_WORK_H

#include "os/fetch.h"
#include "os/loop.h"
#include "role/askers.h"
#include "role/provider_line.h"
#include "role/provider_reach.h"

struct provider_role {
    struct loop *loop;
    struct loop_timer *age;
    struct askers askers;
    struct fetcher *fetcher; /* NULL: no libcurl, and no address is served */
    struct provider_reach reach;
    struct provider_line line;
    int64_t began_ms, again_after_ms; /* where a host lacks addresses */
};

/* After each batch of events: whoever can begin does. For loop_run. */
bool provider_begin_next(void *role);
/* The role ends, if it has lived long enough, and its parent begins it again: it then asks for addresses again, and
 * begins the processes of local models again. */
void provider_begin_anew(struct provider_role *role, struct str to_find);

#endif
