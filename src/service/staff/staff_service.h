/* The service staff: who works for the town, in which position, on which post, absent when. */
#ifndef SERVICE_STAFF_STAFF_SERVICE_H
#define SERVICE_STAFF_STAFF_SERVICE_H

#include "core/service.h"

extern const struct service staff_service;

#endif
