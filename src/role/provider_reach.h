/* A provider_reach is which of the declared providers can be asked, and by which addresses or processes: read once,
 * before the sandbox, from DIR/providers.conf, from files of models, then of keys and certificates, and from the
 * resolver. The processes of local models are begun first, so that none is born with a key in its memory. */
#ifndef ROLE_PROVIDER_REACH_H
#define ROLE_PROVIDER_REACH_H

#include "base/arena.h"
#include "core/provider.h"
#include "role/provider_local.h"

/* A provider as it can be asked; texts live as long as the reach. */
struct reached {
    const struct provider *provider;
    struct str *addresses;
    size_t address_count; /* 0: it is local */
    struct provider_local *local; /* NULL: it has addresses */
    struct str url, key, authorities;
    bool is_name; /* its host is a name, whose addresses may change */
};

struct provider_reach {
    struct arena *arena;
    struct providers *declared;
    struct reached at[PROVIDERS_MAX];
    size_t count;
    uint16_t ports[PROVIDERS_MAX]; /* of those with addresses */
    size_t port_count;
    bool has_unmet; /* a host whose addresses nobody could tell */
};

/* Is there a DIR/providers.conf? */
bool provider_reach_is_wanted(const char *folder);
/* The settings, and local ones. What cannot be used is logged and left out. */
void provider_reach_open(const struct prologue *house, struct provider_reach *ret_reach);
/* Those at addresses, after that. */
void provider_reach_find_hosts(struct provider_reach *reach, const char *folder);
/* Hears the processes of local ones. */
MUST_USE enum status provider_reach_hear(struct provider_reach *reach, struct loop *loop);
void provider_reach_close(struct provider_reach *reach);
/* NULL: none of that name, address, model and place. */
const struct reached *provider_reach_find(const struct provider_reach *reach, const struct provider_ask *ask);

#endif
