/* town set NAME --mail-password yes|no: the steps behind those of the member itself; without the option the first
 * ends the verb.
 *
 * Auth is told twice: by the town's own task, and here at once, so that the verb has happened when it ends. */
#ifndef CORE_SETTING_VERB_H
#define CORE_SETTING_VERB_H

#include "core/verb.h"

/* town show NAME, its last line. */
verb_run setting_verb_show;
/* INVALID "setting.word". */
verb_run setting_verb_given, setting_verb_town, setting_verb_auth;

#endif
