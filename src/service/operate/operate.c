#include "service/operate/operate.h"

#include "service/operate/lang.h"

#define OPERATE(method, path, handler) {WEB_##method, path, PERMISSION_OPERATE, false, handler}

static const struct web_route routes[] = {
    OPERATE(GET, "/operate", operate_members_show),
    OPERATE(GET, "/operate/add", operate_add_show),
    OPERATE(POST, "/operate/add", operate_add_act),
    OPERATE(GET, "/operate/members/{member}", operate_member_show),
    OPERATE(POST, "/operate/members/{member}", operate_member_set),
    OPERATE(POST, "/operate/members/{member}/domain", operate_member_domain),
    OPERATE(POST, "/operate/members/{member}/host", operate_member_host),
    OPERATE(POST, "/operate/members/{member}/service", operate_member_service),
    OPERATE(GET, "/operate/health", operate_health_show),
    OPERATE(GET, "/operate/queues", operate_queues_show),
};

static const struct menu_entry menu[] = {{T_operate_menu, "/operate", "switch", PERMISSION_OPERATE}};

const struct service operate_service = {
    .name = "operate",
    .title = T_operate_menu,
    .summary = T_operate_summary,
    .is_always_on = true,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};

struct page_head operate_head(struct ctx *ctx, enum text_key title)
{
    return (struct page_head){.title = text_of(ctx->language, title), .menu = "/operate"};
}

struct str operate_typed(const struct web_request *request, const char *name)
{
    return str_trim(web_text(request, name));
}
