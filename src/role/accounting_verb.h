/* Verbs of accounting on files of anybody: they need no folder of a syndicate. */
#ifndef ROLE_ACCOUNTING_VERB_H
#define ROLE_ACCOUNTING_VERB_H

#include "core/verb.h"

/* accounting chart FILE.xml: read; then printed in as many steps as it takes. */
verb_run accounting_chart, accounting_print;

#endif
