/* A mail date is the moment a Date field names and the offset it was written with (RFC 5322
 * section 3.3). */
#ifndef PROTO_MIME_MAIL_DATE_H
#define PROTO_MIME_MAIL_DATE_H

#include "base/dates.h"

struct mail_date {
    struct instant instant;
    int32_t offset_minutes; /* east of UTC; 0 for zones nobody can resolve (section 4.3) */
};

/* The current and the obsolete forms: comments, years of two digits, zones by name, a missing zone
 * or seconds; also the form of asctime ("Fri Feb 22 17:06:23 2008"). INVALID for anything else; a
 * wrong day of the week is passed over. */
MUST_USE enum status mail_date_parse(struct str value, struct mail_date *ret_date);

/* "Tue, 24 Nov 2026 10:42:00 +0100" */
void mail_date_write(struct buf *out, struct mail_date date);

#endif
