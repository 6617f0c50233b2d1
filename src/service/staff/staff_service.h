/* The service staff: who works for the town, in which position, on which post, absent when. */
#ifndef SERVICE_STAFF_STAFF_SERVICE_H
#define SERVICE_STAFF_STAFF_SERVICE_H

#include "core/service.h"

extern const struct service staff_service;

/* Handlers, in page/ and act/. */
web_handler staff_setting_show, staff_setting_act;
web_handler staff_alert_show, staff_total_show, staff_acts_show, staff_act_show, staff_act_pdf_show, staff_act_sign_act;
web_handler staff_list_show, staff_recruit_show, staff_recruit_act, staff_file_show, staff_link_act, staff_back_act;
web_handler staff_add_show, staff_add_act, staff_people_show, staff_people_act;
web_handler staff_identity_show, staff_identity_act, staff_bank_act, staff_bank_confirm_act, staff_bank_refuse_act;
web_handler staff_home_show, staff_my_show, staff_my_act, staff_request_back_act, staff_request_approve_act;
web_handler staff_request_refuse_act, staff_team_show, staff_team_ics_show;
web_handler staff_posts_show, staff_post_act, staff_team_act, staff_team_manager_act;

#endif
