/* What an operator types about charts: bring one into a town. */
#ifndef SERVICE_ACCOUNTING_CHART_CHART_VERB_H
#define SERVICE_ACCOUNTING_CHART_CHART_VERB_H

#include "core/verb.h"

/* accounting import-chart NAME FILE.xml [--replace]: the command reads and checks the file, the town keeps it. */
verb_run chart_import_read, chart_import_take;

/* In the town: hands its charts to the command that reads a file (chart_kept_write). */
verb_run chart_hand_over;

#endif
