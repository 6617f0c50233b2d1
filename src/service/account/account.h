/* The account service: handlers of the pages on which somebody proves and manages who they are.
 *
 * For service/account alone; the house sees account_service. */
#ifndef SERVICE_ACCOUNT_ACCOUNT_H
#define SERVICE_ACCOUNT_ACCOUNT_H

#include "core/auth.h"
#include "core/page.h"
#include "core/service.h"

extern const struct service account_service;

web_handler account_sign_in_show, account_sign_in, account_second_ask, account_second_answer, account_sign_out;
web_handler account_show, account_language, account_password;
web_handler account_sessions_show, account_session_end, account_sessions_end_others;
web_handler account_applications_show, account_application_add, account_application_end;
web_handler account_second_show, account_second_start, account_second_confirm, account_second_off,
    account_recovery_make;
web_handler account_enter, account_entrance_show, account_entrance;
web_handler account_invitation_show, account_invitation_accept;

#endif
