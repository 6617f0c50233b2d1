#include "service/mail/mail_service.h"

#include "core/member_verb.h"
#include "service/mail/audit_mail.h"
#include "service/mail/compact.h"
#include "service/mail/import_verb.h"
#include "service/mail/lang.h"
#include "service/mail/mail_export.h"
#include "service/mail/mail_verb.h"
#include "service/mail/search.h"
#include "service/mail/undelete.h"
#include "service/mail/verify.h"
#include "service/mail/web/webmail.h"

#define OWN(method, path, handler) {WEB_##method, path, PERMISSION_SELF, false, handler}

static const struct web_route routes[] = {
    OWN(GET, "/mail", webmail_inbox_show),
    OWN(GET, "/mail/search", webmail_search_show),
    OWN(POST, "/mail/search/act", webmail_list_act),
    OWN(GET, "/mail/write", webmail_write_show),
    OWN(GET, "/mail/complete", webmail_complete_show),
    OWN(GET, "/mail/draft/{draft}", webmail_draft_show),
    OWN(POST, "/mail/draft", webmail_draft_act),
    OWN(POST, "/mail/undo", webmail_undo),
    OWN(GET, "/mail/folders", webmail_folders_show),
    OWN(POST, "/mail/folders", webmail_folder_create),
    OWN(POST, "/mail/folders/rename", webmail_folder_rename),
    OWN(POST, "/mail/folders/delete", webmail_folder_delete),
    OWN(GET, "/mail/settings", webmail_settings_show),
    OWN(POST, "/mail/settings", webmail_settings_set),
    OWN(GET, "/mail/message/{message}/html", webmail_frame_show),
    OWN(POST, "/mail/message/{message}/images", webmail_images),
    OWN(GET, "/mail/message/{message}/part/{number}", webmail_part_show),
    OWN(GET, "/mail/message/{message}/inline/{id}", webmail_inline_show),
    OWN(GET, "/mail/message/{message}/source", webmail_source_show),
    OWN(GET, "/mail/message/{message}/print", webmail_print_show),
    OWN(GET, "/mail/{folder}", webmail_list_show),
    OWN(POST, "/mail/{folder}/act", webmail_list_act),
    OWN(GET, "/mail/{folder}/state", webmail_state_show),
    OWN(GET, "/mail/{folder}/c/{conversation}", webmail_read_show),
    OWN(POST, "/mail/{folder}/c/{conversation}/act", webmail_read_act),
};

static const struct menu_entry menu[] = {{T_mail_title, "/mail", "mail", PERMISSION_SELF}};

static const struct verb verbs[] = {
    {"mail import", "ADDRESS PATH [--folder NAME]", T_verb_mail_import,
     {{VERB_PARENT, member_verb_of_address}, {VERB_COMMAND, mail_import_read}, {VERB_TOWN, mail_import_take}}},
    {"mail usage", "NAME", T_mail_verb_usage, {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, mail_verb_usage}}},
    {"mail quota", "ADDRESS SIZE", T_mail_verb_quota,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, mail_verb_quota}}},
    {"mail undelete", "ADDRESS --hours N", T_mail_verb_undelete,
     {{VERB_PARENT, member_verb_of_address}, {VERB_TOWN, mail_verb_undelete}}},
};

enum { HOUR_MS = 3600 * 1000 };
static const struct service_job jobs[] = {
    {"undelete", HOUR_MS, undelete_sweep},
    {"compact", HOUR_MS, compact_step},
    {"search_sweep", HOUR_MS, search_sweep},
    {"audit_mail", HOUR_MS, audit_mail_step},
};

static const struct export_set exports[] = {{mail_exports, MAIL_EXPORTS}};

const struct service mail_service = {
    .name = "mail",
    .title = T_mail_title,
    .summary = T_mail_summary,
    .is_on_at_first = true,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .verbs = verbs,
    .verb_count = sizeof verbs / sizeof verbs[0],
    .jobs = jobs,
    .job_count = sizeof jobs / sizeof jobs[0],
    .exports = exports,
    .export_count = sizeof exports / sizeof exports[0],
    .follow = search_index_step,
    .rebuild = search_rebuild,
    .verify = mail_verify,
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
