#include "service/notice/notice_service.h"

#include "service/notice/lang.h"
#include "service/notice/notice_export.h"

static const struct web_route routes[] = {
    {WEB_GET, "/notices", PERMISSION_SELF, false, notice_list_show},
    {WEB_GET, "/notices/write", PERMISSION_ADMINISTER, false, notice_write_show},
    {WEB_POST, "/notices", PERMISSION_ADMINISTER, false, notice_post_act},
    {WEB_GET, "/notices/{notice}", PERMISSION_SELF, false, notice_show},
    {WEB_POST, "/notices/{notice}/withdraw", PERMISSION_ADMINISTER, false, notice_withdraw_act},
};

static const struct menu_entry menu[] = {{T_notice_menu, "/notices", "info", PERMISSION_SELF}};

static const struct export_set exports[] = {{notice_exports, NOTICE_EXPORTS}};

const struct service notice_service = {
    .name = "notice",
    .title = T_notice_menu,
    .summary = T_notice_summary,
    .is_on_at_first = true,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .exports = exports,
    .export_count = sizeof exports / sizeof exports[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
