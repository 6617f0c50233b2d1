/* The directory service: who works in this town, in which department, and the groups that have an address.
 *
 * Read by everybody who is signed in; kept by administrators (service/people). */
#ifndef SERVICE_DIRECTORY_DIRECTORY_H
#define SERVICE_DIRECTORY_DIRECTORY_H

#include "core/service.h"

enum { DIRECTORY_QUERY_MAX = 200 };

extern const struct service directory_service;

#endif
