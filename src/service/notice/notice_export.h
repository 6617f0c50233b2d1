/* The board as an export file: every notice ever posted. */
#ifndef SERVICE_NOTICE_NOTICE_EXPORT_H
#define SERVICE_NOTICE_NOTICE_EXPORT_H

#include "core/export.h"

enum { NOTICE_EXPORTS = 1 };
extern const struct export_file notice_exports[NOTICE_EXPORTS];

#endif
