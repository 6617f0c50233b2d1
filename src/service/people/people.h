/* The people service: how administrators keep who works here, groups, other addresses and quotas.
 *
 * Passwords are never seen: a new person, or one who forgot, is given a code that is shown once. */
#ifndef SERVICE_PEOPLE_PEOPLE_H
#define SERVICE_PEOPLE_PEOPLE_H

#include "core/page.h"
#include "core/service.h"

extern const struct service people_service;

/* For service/people alone. */
struct page_head people_head(struct ctx *ctx, enum text_key title);
web_handler people_list_show, people_add, people_one_show, people_one_set, people_reset, people_sessions_end,
    people_second_off;
web_handler people_groups_show, people_group_add, people_group_show, people_group_set, people_group_delete;
web_handler people_aliases_show, people_alias_add, people_alias_drop;
web_handler people_quotas_show, people_quotas_set, people_services_show, people_service_set,
    people_mail_password_set;
web_handler people_audit_print, people_audit_show, people_mandates_show, people_mandate_give_act,
    people_mandate_end_act;

/* person add, person list... */
enum { PEOPLE_VERBS = 24 };
/* person import, in import.c */
verb_run people_import_read, people_import_member, people_import_take;
/* audit and mandates, in mandate_verb.c */
verb_run people_audit_list, people_audit_head, people_mandate_read, people_mandate_check, people_mandate_give,
    people_mandate_end, people_mandate_list;
/* one person, other addresses, groups: manage_verb.c */
verb_run people_person_show, people_person_set, people_person_put, people_sessions_find, people_sessions_write,
    people_session_end, people_session_note, people_alias_list, people_alias_put, people_alias_remove,
    people_group_list, people_group_people, people_group_make, people_group_change, people_group_remove;
/* The role named by --role, ROLE_AGENT without it. INVALID "person.role". And its word. */
MUST_USE enum status people_role_of(struct ctx *ctx, const struct verb_call *call, enum role *ret_role);
const char *people_role_word(int64_t role);
extern const struct verb people_verbs[PEOPLE_VERBS];

#endif
