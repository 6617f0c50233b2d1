#include "service/staff/staff_service.h"

#include "core/member_verb.h"
#include "service/staff/lang.h"
#include "service/staff/record/staff_rows.h"
#include "service/staff/record/staff_sealed.h"
#include "service/staff/sample/staff_sample.h"

static const struct web_route routes[] = {
    {WEB_GET, "/staff", PERMISSION_SELF, false, staff_home_show},
    {WEB_GET, "/staff/agents", PERMISSION_SELF, false, staff_list_show},
    {WEB_GET, "/staff/recruit", PERMISSION_SELF, false, staff_recruit_show},
    {WEB_POST, "/staff/recruit", PERMISSION_SELF, false, staff_recruit_act},
    {WEB_GET, "/staff/agents/{agent}", PERMISSION_SELF, false, staff_file_show},
    {WEB_POST, "/staff/agents/{agent}/link", PERMISSION_SELF, false, staff_link_act},
    {WEB_GET, "/staff/agents/{agent}/add", PERMISSION_SELF, false, staff_add_show},
    {WEB_POST, "/staff/agents/{agent}/add", PERMISSION_SELF, false, staff_add_act},
    {WEB_POST, "/staff/agents/{agent}/facts/{fact}/back", PERMISSION_SELF, false, staff_back_act},
    {WEB_GET, "/staff/agents/{agent}/identity", PERMISSION_SELF, false, staff_identity_show},
    {WEB_POST, "/staff/agents/{agent}/identity", PERMISSION_SELF, false, staff_identity_act},
    {WEB_POST, "/staff/agents/{agent}/bank", PERMISSION_SELF, false, staff_bank_act},
    {WEB_POST, "/staff/agents/{agent}/bank/{account}/confirm", PERMISSION_SELF, false, staff_bank_confirm_act},
    {WEB_POST, "/staff/agents/{agent}/bank/{account}/refuse", PERMISSION_SELF, false, staff_bank_refuse_act},
    {WEB_GET, "/staff/people", PERMISSION_ADMINISTER, false, staff_people_show},
    {WEB_POST, "/staff/people", PERMISSION_ADMINISTER, false, staff_people_act},
    {WEB_GET, "/staff/alerts", PERMISSION_SELF, false, staff_alert_show},
    {WEB_GET, "/staff/totals", PERMISSION_SELF, false, staff_total_show},
    {WEB_GET, "/staff/settings", PERMISSION_SELF, false, staff_setting_show},
    {WEB_POST, "/staff/settings", PERMISSION_SELF, false, staff_setting_act},
    {WEB_GET, "/staff/acts", PERMISSION_SELF, false, staff_acts_show},
    {WEB_GET, "/staff/acts/{act}", PERMISSION_SELF, false, staff_act_show},
    {WEB_GET, "/staff/acts/{act}/act.pdf", PERMISSION_SELF, false, staff_act_pdf_show},
    {WEB_POST, "/staff/acts/{act}/sign", PERMISSION_SELF, false, staff_act_sign_act},
    {WEB_GET, "/staff/posts", PERMISSION_SELF, false, staff_posts_show},
    {WEB_POST, "/staff/posts", PERMISSION_SELF, false, staff_post_act},
    {WEB_GET, "/staff/me", PERMISSION_SELF, false, staff_my_show},
    {WEB_POST, "/staff/me", PERMISSION_SELF, false, staff_my_act},
    {WEB_POST, "/staff/requests/{request}/back", PERMISSION_SELF, false, staff_request_back_act},
    {WEB_POST, "/staff/requests/{request}/approve", PERMISSION_SELF, false, staff_request_approve_act},
    {WEB_POST, "/staff/requests/{request}/refuse", PERMISSION_SELF, false, staff_request_refuse_act},
    {WEB_GET, "/staff/team", PERMISSION_SELF, false, staff_team_show},
    {WEB_GET, "/staff/team.ics", PERMISSION_SELF, false, staff_team_ics_show},
    {WEB_POST, "/staff/teams", PERMISSION_SELF, false, staff_team_act},
    {WEB_POST, "/staff/teams/{team}", PERMISSION_SELF, false, staff_team_manager_act},
};

static const struct verb verbs[] = {
    {"staff sample",
     "NAME",
     T_staff_verb_sample,
     {{VERB_PARENT, member_verb_of_name},
      [STAFF_SAMPLE_BEGIN] = {VERB_TOWN, staff_sample_begin},
      [STAFF_SAMPLE_MORE] = {VERB_TOWN, staff_sample_more}}},
    {"staff open",
     "NAME",
     T_staff_verb_open,
     {{VERB_PARENT, member_verb_of_name}, [STAFF_SEALED_NEXT] = {VERB_TOWN, staff_sealed_next}}},
};

static const struct export_set exports[] = {{staff_rows, STAFF_ROWS}};

static const struct service_act acts[] = {
    {"staff.rights", T_staff_did_rights},   {"staff.agent", T_staff_did_agent}, {"staff.link", T_staff_did_link},
    {"staff.identity", T_staff_did_identity}, {"staff.act", T_staff_did_act},   {"staff.bulk", T_staff_did_bulk},
    {"staff.open", T_staff_did_open},       {"staff.post", T_staff_did_post},   {"staff.team", T_staff_did_team},
    {"staff.manager", T_staff_did_manager}, {"staff.zone", T_staff_did_zone},
    {"staff.rtt", T_staff_did_rtt},
    {"staff.bank_add", T_staff_did_bank_add}, {"staff.bank_confirm", T_staff_did_bank_confirm},
    {"staff.bank_refuse", T_staff_did_bank_refuse},
};

static const struct menu_entry menu[] = {{T_staff_menu, "/staff", "people", PERMISSION_SELF}};

const struct service staff_service = {
    .name = "staff",
    .title = T_staff_menu,
    .summary = T_staff_summary,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .verbs = verbs,
    .verb_count = sizeof verbs / sizeof verbs[0],
    .exports = exports,
    .export_count = sizeof exports / sizeof exports[0],
    .acts = acts,
    .act_count = sizeof acts / sizeof acts[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
