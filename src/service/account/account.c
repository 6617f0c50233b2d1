#include "service/account/account.h"
#include "service/account/lang.h"

#define OPEN(method, path, handler) {WEB_##method, path, PERMISSION_NONE, true, handler}
#define OWN(method, path, handler) {WEB_##method, path, PERMISSION_SELF, false, handler}

static const struct web_route routes[] = {
    OPEN(GET, "/sign-in", account_sign_in_show),
    OPEN(POST, "/sign-in", account_sign_in),
    OPEN(GET, "/sign-in/second", account_second_ask),
    OPEN(POST, "/sign-in/second", account_second_answer),
    OPEN(POST, "/sign-out", account_sign_out),
    {WEB_POST, "/enter", PERMISSION_OPERATE, false, account_enter},
    OPEN(GET, "/entrance", account_entrance_show),
    OPEN(POST, "/entrance", account_entrance),
    OPEN(GET, "/invitation", account_invitation_show),
    OPEN(POST, "/invitation", account_invitation_accept),
    OWN(GET, "/account", account_show),
    OWN(POST, "/account/language", account_language),
    OWN(POST, "/account/password", account_password),
    OWN(GET, "/account/sessions", account_sessions_show),
    OWN(POST, "/account/sessions/end", account_session_end),
    OWN(POST, "/account/sessions/end-others", account_sessions_end_others),
    OWN(GET, "/account/applications", account_applications_show),
    OWN(POST, "/account/applications", account_application_add),
    OWN(POST, "/account/applications/end", account_application_end),
    OWN(GET, "/account/second", account_second_show),
    OWN(POST, "/account/second/start", account_second_start),
    OWN(POST, "/account/second/confirm", account_second_confirm),
    OWN(POST, "/account/second/off", account_second_off),
    OWN(POST, "/account/second/recovery", account_recovery_make),
};

const struct service account_service = {
    .name = "account",
    .title = T_account_title,
    .summary = T_account_summary,
    .is_always_on = true,
    .owner = WEB_AUTH,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
};
