/* The operate service: how operators see and change the house: its members, how it fares, what waits to be sent.
 *
 * Names, sizes, ages and domains, never content: what is shown comes from the parent (core/house_ask.h), which has no
 * way to read a town's tables. Only in the member that runs the house. */
#ifndef SERVICE_OPERATE_OPERATE_H
#define SERVICE_OPERATE_OPERATE_H

#include "core/house_ask.h"
#include "core/page.h"
#include "core/service.h"

extern const struct service operate_service;

/* For service/operate alone. */
struct page_head operate_head(struct ctx *ctx, enum text_key title);
/* "" for a field that is absent. */
struct str operate_typed(const struct web_request *request, const char *name);
web_handler operate_members_show, operate_add_show, operate_add_act;
web_handler operate_member_show, operate_member_set, operate_member_domain, operate_member_host, operate_member_service;
web_handler operate_health_show, operate_queues_show;

#endif
