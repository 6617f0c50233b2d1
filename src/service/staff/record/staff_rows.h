/* The tables of staff as files of a town's export: people by their address, agents by their code.
 *
 * What is sealed (identities, accounts, signed acts) leaves sealed: it opens where the house's key is (decision 0023).
 * Numbers of rows go along, for a seal is bound to them. */
#ifndef SERVICE_STAFF_RECORD_STAFF_ROWS_H
#define SERVICE_STAFF_RECORD_STAFF_ROWS_H

#include "core/export.h"

enum { STAFF_ROWS = 13 };
extern const struct export_file staff_rows[STAFF_ROWS];

#endif
