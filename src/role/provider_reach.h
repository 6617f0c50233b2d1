/* A provider_reach is which of the declared providers can be asked, and by which addresses: read once, before the
 * sandbox, from DIR/providers.conf, from files of keys and certificates, and from the resolver. */
#ifndef ROLE_PROVIDER_REACH_H
#define ROLE_PROVIDER_REACH_H

#include "base/arena.h"
#include "core/provider.h"

/* A provider as it can be asked; texts live as long as the reach. */
struct reached {
    const struct provider *provider;
    struct str *addresses;
    size_t address_count;
    struct str url, key, authorities;
    bool is_name; /* its host is a name, whose addresses may change */
};

struct provider_reach {
    struct arena *arena;
    struct providers *declared;
    struct reached at[PROVIDERS_MAX];
    uint16_t ports[PROVIDERS_MAX]; /* of each */
    size_t count;
    bool has_unmet; /* a host whose addresses nobody could tell */
};

/* Is there a DIR/providers.conf? */
bool provider_reach_is_wanted(const char *folder);
/* What cannot be used is logged and left out. `folder` NULL: nothing can. */
void provider_reach_open(const char *folder, struct provider_reach *ret_reach);
void provider_reach_close(struct provider_reach *reach);
/* NULL: none of that name, address, model and place. */
const struct reached *provider_reach_find(const struct provider_reach *reach, const struct provider_ask *ask);

#endif
