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
    for (size_t i = 0; i < 64 && services[i] != NULL; i++)
        if (services[i] == service)
            return services_on >> i & 1;
    return false;
}

bool service_is_on_by_name(const struct service *const *services, struct str name, uint64_t services_on)
{
    const struct service *service = service_find(services, name, NULL);
    return service != NULL && service_is_on(services, service, services_on);
}

static bool has_entry(struct ctx *ctx, const struct service *service, const struct menu_entry *entry)
{
    return permission_allows(ctx->actor.rights, entry->permission) &&
           (service->menu_has == NULL || service->menu_has(ctx, entry));
}

size_t service_menu(struct ctx *ctx, const struct service *const *services, uint64_t services_on,
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
            if (has_entry(ctx, service, &service->menu[i]))
                ret_entries[count++] = (struct service_menu){service, &service->menu[i]};
    }
    return count;
}
