/* The source service as the house sees it. */
#ifndef SERVICE_SOURCE_SOURCE_SERVICE_H
#define SERVICE_SOURCE_SOURCE_SERVICE_H

#include "core/service.h"

extern const struct service source_service;

web_handler source_list_show, source_show, source_add_show, source_add_act, source_withdraw_act, source_reading_show;

#endif
