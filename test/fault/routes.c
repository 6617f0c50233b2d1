/* routes: every route of every service, one a line: METHOD PATTERN. For tests that must leave none out. */
#include <stdio.h>

#include "core/service.h"

int main(void)
{
    for (size_t s = 0; service_all[s] != NULL; s++)
        for (size_t i = 0; i < service_all[s]->route_count; i++) {
            const struct web_route *route = &service_all[s]->routes[i];
            printf("%s %s\n", route->method == WEB_GET ? "GET" : "POST", route->pattern);
        }
    return 0;
}
