/* A parcel is a text on its way from the command line to the town: one line of JSON. */
#ifndef SERVICE_SOURCE_PARCEL_H
#define SERVICE_SOURCE_PARCEL_H

#include "service/source/own.h"

/* `replace`: what one of the town itself may replace; of others OWN_KEEP. */
void parcel_write(struct buf *out, const struct document_text *text, enum own_replace replace);
/* In the town: the text becomes a source. Refuses as document_put; INVALID also for a line of another form. */
MUST_USE enum status parcel_take(struct ctx *ctx, struct str line, enum document_change *ret_change);

#endif
