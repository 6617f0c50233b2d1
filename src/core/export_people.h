/* The house's own tables as export files: people, the addresses that lead to them, mandates, and the audit log as it
 * is. */
#ifndef CORE_EXPORT_PEOPLE_H
#define CORE_EXPORT_PEOPLE_H

#include "core/export.h"

enum { EXPORT_PEOPLE_FILES = 7 };
extern const struct export_file export_people_files[EXPORT_PEOPLE_FILES];

/* The person of an address, for `take` of other files. INVALID: nobody's. */
MUST_USE enum status export_person(struct ctx *ctx, struct str address, int64_t *ret_person);

#endif
