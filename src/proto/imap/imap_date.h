/* Dates as IMAP writes them: "24-Nov-2026" in searches, "24-Nov-2026 09:42:00 +0100" for the
 * arrival of a message (RFC 9051 section 9, date and date-time). */
#ifndef PROTO_IMAP_IMAP_DATE_H
#define PROTO_IMAP_IMAP_DATE_H

#include "base/dates.h"

/* One or two digits of day, month in either case, four of year. INVALID otherwise. */
MUST_USE enum status imap_date_parse(struct str text, struct date *ret_date);

/* The inside of the quoted date-time; a one-digit day has a space before it (or a zero, or
 * nothing). */
MUST_USE enum status imap_datetime_parse(struct str text, struct instant *ret_instant,
                                         int32_t *ret_offset_minutes);

/* "24-Nov-2026 09:42:00 +0100" without quotes; a day below 10 has a space before it. */
void imap_datetime_write(struct buf *out, struct instant instant, int32_t offset_minutes);

#endif
