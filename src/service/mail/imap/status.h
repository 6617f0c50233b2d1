/* What STATUS says of a mailbox; LIST-STATUS (RFC 5819) says it too. */
#ifndef SERVICE_MAIL_IMAP_STATUS_H
#define SERVICE_MAIL_IMAP_STATUS_H

#include "proto/imap/imap_list.h"
#include "service/mail/imap/session.h"

MUST_USE enum status imap_status_write(struct imap_call *call, const mailbox_row *mailbox, unsigned items);

#endif
