/* Verbs that measure how questions are answered, on files of anybody: they need no folder of a syndicate. */
#ifndef ROLE_ASSISTANT_VERB_H
#define ROLE_ASSISTANT_VERB_H

#include "core/verb.h"

/* assistant evaluate FILE.tsv --corpus FOLDER [--hide-titles] [--json] */
verb_run assistant_evaluate;
/* assistant evaluate-squad FILE.json [--json] */
verb_run assistant_evaluate_squad;

#endif
