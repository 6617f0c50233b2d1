/* The notice service as the house sees it. */
#ifndef SERVICE_NOTICE_NOTICE_SERVICE_H
#define SERVICE_NOTICE_NOTICE_SERVICE_H

#include "core/service.h"

extern const struct service notice_service;

web_handler notice_list_show, notice_show, notice_write_show, notice_post_act, notice_withdraw_act;

#endif
