/* The sheets of an archive of "Vos droits et démarches" (DILA, Licence Ouverte), read in the role convert.
 *
 * The archive is the zip that DILA publishes as open data, one for each public: F1234.xml is a sheet, N1234.xml a
 * folder of sheets, R1234.xml a form or a service on another site; only sheets have words to quote
 * (language/source/sheet.h). One that is damaged costs itself alone. */
#ifndef ROLE_CONVERT_SHEETS_H
#define ROLE_CONVERT_SHEETS_H

#include "core/conversion.h"

enum { CONVERT_SHEETS_MAX = 64 << 20 /* bytes of all lines */ };

/* Appends a line of JSON (conversion_sheet_shape) for each sheet with words, and for each that could not be read.
 * `lines` is bounded by its owner, by CONVERT_SHEETS_MAX. WORDING_DONE; WORDING_UNKNOWN: no zip; WORDING_DAMAGED: a
 * damaged one; WORDING_TOO_LARGE, WORDING_TOO_MUCH: above a limit for the whole; WORDING_EMPTY: no sheet in it. */
enum wording_end convert_sheets(struct str archive, struct buf *lines);

#endif
