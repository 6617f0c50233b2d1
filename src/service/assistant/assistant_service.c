#include "service/assistant/assistant_service.h"

#include "core/decision.h"
#include "core/decision_sql.h"
#include "service/assistant/desk.h"
#include "service/assistant/desk_sql.h"
#include "service/assistant/lang.h"
#include "service/assistant/refused.h"
#include "service/assistant/shelf.h"

static const struct web_route routes[] = {
    {WEB_GET, "/assistant", PERMISSION_NONE, WEB_OPEN_IN_ALL, assistant_show},
    {WEB_GET, "/assistant/sources", PERMISSION_NONE, true, assistant_export},
    {WEB_GET, "/assistant/sources.txt", PERMISSION_NONE, WEB_OPEN_IN_ALL, assistant_export_list},
    {WEB_GET, "/assistant/trace", PERMISSION_NONE, WEB_OPEN_IN_ALL, assistant_trace_show},
    {WEB_POST, "/assistant/trace", PERMISSION_NONE, WEB_OPEN_IN_ALL, assistant_trace_act},
    {WEB_GET, "/assistant/refused", PERMISSION_ADMINISTER, false, assistant_refused_show},
    {WEB_GET, "/assistant/desks", PERMISSION_ADMINISTER, false, assistant_desks_show},
    {WEB_POST, "/assistant/desks", PERMISSION_ADMINISTER, false, assistant_desk_add_act},
    {WEB_POST, "/assistant/desks/{desk}/remove", PERMISSION_ADMINISTER, false, assistant_desk_remove_act},
    {WEB_GET, "/assistant/model", PERMISSION_NONE, true, assistant_model_show},
    {WEB_GET, "/assistant/model/choose", PERMISSION_ADMINISTER, false, assistant_choose_show},
    {WEB_POST, "/assistant/model", PERMISSION_ADMINISTER, false, assistant_decide_act},
    {WEB_POST, "/assistant/model/end", PERMISSION_ADMINISTER, false, assistant_end_act},
};

static const struct menu_entry menu[] = {{T_assistant_menu, "/assistant", "quote", PERMISSION_NONE}};

enum { HOUR_MS = 3600 * 1000 };
static const struct service_job jobs[] = {{"refused", HOUR_MS, refused_sweep}};

static const struct export_file files[] = {
    {"assistant-decisions.jsonl", &sql_decision_export_row_shape, decision_each, decision_take},
    {"assistant-desks.csv", &sql_desk_export_row_shape, desk_each, desk_take},
};
static const struct export_set exports[] = {{files, sizeof files / sizeof files[0]}};

static const char *const needs[] = {"source", NULL};

const struct service assistant_service = {
    .name = "assistant",
    .title = T_assistant_menu,
    .summary = T_assistant_summary,
    .is_on_at_first = true,
    .owner = WEB_TOWN,
    .needs = needs,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .jobs = jobs,
    .job_count = sizeof jobs / sizeof jobs[0],
    .follow = shelf_follow,
    .exports = exports,
    .export_count = sizeof exports / sizeof exports[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
