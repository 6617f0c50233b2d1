/* The home service: the first page of a member, and those every page's foot leads to.
 *
 * Always on. `/` leads a signed-in person to their first service. */
#ifndef SERVICE_HOME_HOME_H
#define SERVICE_HOME_HOME_H

#include "core/service.h"

extern const struct service home_service;

/* For service/home alone: help.c. */
web_handler home_help_show, home_help_one_show;

#endif
