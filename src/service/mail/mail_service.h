/* The mail service as the house sees it: its pages and its place in the menu. */
#ifndef SERVICE_MAIL_MAIL_SERVICE_H
#define SERVICE_MAIL_MAIL_SERVICE_H

#include "core/service.h"

extern const struct service mail_service;

#endif
