/* Verbs that prove a member's data, and make what is derived again. */
#ifndef ROLE_UPKEEP_VERB_H
#define ROLE_UPKEEP_VERB_H

#include "core/verb.h"

/* town verify NAME [--head HEX]: credentials in auth, then rows and bodies in a reader. */
verb_run upkeep_verify_auth, upkeep_verify_rows, upkeep_verify_bodies;
/* town rebuild NAME: mail, then each other service, in the writer. */
verb_run upkeep_rebuild_mail, upkeep_rebuild_services;

#endif
