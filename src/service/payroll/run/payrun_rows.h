/* The tables of payroll as files of a town's export: people by their address, agents by their code. */
#ifndef SERVICE_PAYROLL_RUN_PAYRUN_ROWS_H
#define SERVICE_PAYROLL_RUN_PAYRUN_ROWS_H

#include "core/export.h"

enum { PAYRUN_ROWS = 13 };
extern const struct export_file payrun_rows[PAYRUN_ROWS];

#endif
