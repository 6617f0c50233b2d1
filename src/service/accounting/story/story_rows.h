/* What was done with objects, as a file of a town's export. */
#ifndef SERVICE_ACCOUNTING_STORY_STORY_ROWS_H
#define SERVICE_ACCOUNTING_STORY_STORY_ROWS_H

#include "core/export.h"

enum { STORY_ROWS = 1 };
extern const struct export_file story_rows[STORY_ROWS];

#endif
