#include "service/people/people.h"

#include "service/people/lang.h"

#define ADMIN(method, path, handler) {WEB_##method, path, PERMISSION_ADMINISTER, false, handler}

static const struct web_route routes[] = {
    ADMIN(GET, "/people", people_list_show),
    ADMIN(POST, "/people", people_add),
    ADMIN(GET, "/people/groups", people_groups_show),
    ADMIN(POST, "/people/groups", people_group_add),
    ADMIN(GET, "/people/groups/{group}", people_group_show),
    ADMIN(POST, "/people/groups/{group}", people_group_set),
    ADMIN(POST, "/people/groups/{group}/delete", people_group_delete),
    ADMIN(GET, "/people/aliases", people_aliases_show),
    ADMIN(POST, "/people/aliases", people_alias_add),
    ADMIN(POST, "/people/aliases/drop", people_alias_drop),
    ADMIN(GET, "/people/quotas", people_quotas_show),
    ADMIN(POST, "/people/quotas", people_quotas_set),
    ADMIN(GET, "/people/services", people_services_show),
    ADMIN(POST, "/people/services", people_service_set),
    ADMIN(POST, "/people/services/mail-password", people_mail_password_set),
    ADMIN(GET, "/people/audit", people_audit_show),
    ADMIN(GET, "/people/audit/print", people_audit_print),
    ADMIN(GET, "/people/mandates", people_mandates_show),
    ADMIN(POST, "/people/mandates", people_mandate_give_act),
    ADMIN(POST, "/people/mandates/{mandate}/end", people_mandate_end_act),
    ADMIN(GET, "/people/{person}", people_one_show),
    ADMIN(POST, "/people/{person}", people_one_set),
    ADMIN(POST, "/people/{person}/reset", people_reset),
    ADMIN(POST, "/people/{person}/sessions", people_sessions_end),
    ADMIN(POST, "/people/{person}/second", people_second_off),
};

static const struct menu_entry menu[] = {{T_people_menu, "/people", "set", PERMISSION_ADMINISTER}};

static const char *const needs[] = {"mail", NULL};

const struct service people_service = {
    .name = "people",
    .title = T_people_menu,
    .summary = T_people_summary,
    .is_always_on = true,
    .owner = WEB_TOWN,
    .needs = needs,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .verbs = people_verbs,
    .verb_count = PEOPLE_VERBS,
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};

struct page_head people_head(struct ctx *ctx, enum text_key title)
{
    return (struct page_head){.title = text_of(ctx->language, title), .menu = "/people"};
}
