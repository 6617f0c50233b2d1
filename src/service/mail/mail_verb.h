/* The verbs of operating mail: what is held, how much may be, and what was deleted by mistake. */
#ifndef SERVICE_MAIL_MAIL_VERB_H
#define SERVICE_MAIL_MAIL_VERB_H

#include "core/verb.h"

verb_run mail_verb_usage, mail_verb_quota, mail_verb_undelete;

#endif
