/* What an operator types about dated figures. */
#ifndef SERVICE_ACCOUNTING_FIGURES_FIGURE_VERB_H
#define SERVICE_ACCOUNTING_FIGURES_FIGURE_VERB_H

#include "core/verb.h"

/* accounting figure NAME CODE FROM VALUE SOURCE */
verb_run figure_verb_add;

#endif
