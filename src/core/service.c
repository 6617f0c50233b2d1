#include "core/service.h"

const struct service *service_find(const struct service *const *services, struct str name, size_t *ret_number)
{
    for (size_t i = 0; services[i] != NULL; i++) {
        if (!str_eq(str_of(services[i]->name), name))
            continue;
        if (ret_number != NULL)
            *ret_number = i;
        return services[i];
    }
    return NULL;
}

bool service_is_on(const struct service *const *services, const struct service *service, uint64_t services_on)
{
    if (service->is_always_on)
        return true;
    for (size_t i = 0; services[i] != NULL && i < 64; i++)
        if (services[i] == service)
            return services_on >> i & 1;
    return false;
}

size_t service_menu(const struct service *const *services, uint64_t services_on, permission_set rights,
                    struct service_menu ret_entries[SERVICE_MENU_MAX])
{
    size_t count = 0;
    for (; *services != NULL; services++) {
        const struct service *service = *services;
        if (!service->is_always_on && (services_on & 1) == 0) {
            services_on >>= 1;
            continue;
        }
        services_on >>= 1;
        for (size_t i = 0; i < service->menu_count && count < SERVICE_MENU_MAX; i++)
            if (permission_allows(rights, service->menu[i].permission))
                ret_entries[count++] = (struct service_menu){service, &service->menu[i]};
    }
    return count;
}

/* How many of `words` the verb's own words are; 0: it is another verb. */
static size_t taken_by(const struct verb *verb, const struct str *words, size_t count)
{
    size_t taken = 0;
    struct str rest = str_of(verb->words);
    while (!str_is_absent(rest)) {
        if (taken == count || !str_eq(str_cut(&rest, ' '), words[taken]))
            return 0;
        taken++;
    }
    return taken;
}

const struct verb *service_verb(const struct service *const *services, const struct str *words, size_t count,
                                size_t *ret_taken)
{
    const struct verb *best = NULL;
    *ret_taken = 0;
    for (; *services != NULL; services++)
        for (size_t i = 0; i < (*services)->verb_count; i++) {
            size_t taken = taken_by(&(*services)->verbs[i], words, count);
            if (taken <= *ret_taken)
                continue;
            *ret_taken = taken;
            best = &(*services)->verbs[i];
        }
    return best;
}
