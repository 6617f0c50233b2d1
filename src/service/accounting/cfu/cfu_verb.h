/* What an operator types about a single financial account: the accountant's part beside the town's. */
#ifndef SERVICE_ACCOUNTING_CFU_CFU_VERB_H
#define SERVICE_ACCOUNTING_CFU_CFU_VERB_H

#include "core/verb.h"

/* accounting reconcile FILE: both parts of one file, without a syndicate. */
verb_run cfu_verb_alone;

/* accounting reconcile-with NAME FILE: the accountant's part beside the account that the town has of that budget and
 * year. The command reads the file, a reader gives the town's lines, the command compares. */
verb_run cfu_verb_open, cfu_verb_lines, cfu_verb_compare;

#endif
