/* Figures that a town keeps as a file of its export. */
#ifndef SERVICE_ACCOUNTING_FIGURES_FIGURE_ROWS_H
#define SERVICE_ACCOUNTING_FIGURES_FIGURE_ROWS_H

#include "core/export.h"

enum { FIGURE_ROWS = 1 };
extern const struct export_file figure_rows[FIGURE_ROWS];

#endif
