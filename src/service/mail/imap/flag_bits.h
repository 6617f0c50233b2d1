/* Flags as commands write them, as bits of an account. */
#ifndef SERVICE_MAIL_IMAP_FLAG_BITS_H
#define SERVICE_MAIL_IMAP_FLAG_BITS_H

#include "proto/imap/imap_flags.h"
#include "service/mail/imap/session.h"

/* Keywords are made when `may_create`; unknown ones are passed over otherwise. */
MUST_USE enum status imap_flag_bits(struct ctx *ctx, int64_t account, const struct imap_flags *flags,
                                    bool may_create, int64_t *ret_bits);

#endif
