/* The verb that brings mail in: `mail import ADDRESS PATH`. */
#ifndef SERVICE_MAIL_IMPORT_VERB_H
#define SERVICE_MAIL_IMPORT_VERB_H

#include "core/verb.h"

/* In the command: cuts the next piece off the file. In the town: takes it, and goes back for more. */
verb_run mail_import_read, mail_import_take;

#endif
