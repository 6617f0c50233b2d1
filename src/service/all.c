/* Every service of the house, one line each: what is not here does not exist. */
#include "core/service.h"

const struct service *const service_all[] = {
    NULL,
};
