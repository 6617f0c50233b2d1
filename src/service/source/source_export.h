/* The sources of a town as an export file; those that were withdrawn go along without their words, and stay so. */
#ifndef SERVICE_SOURCE_SOURCE_EXPORT_H
#define SERVICE_SOURCE_SOURCE_EXPORT_H

#include "core/export.h"

enum { SOURCE_EXPORTS = 1 };
extern const struct export_file source_exports[SOURCE_EXPORTS];

#endif
