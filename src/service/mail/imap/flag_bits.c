#include "service/mail/imap/flag_bits.h"

_Static_assert((int)IMAP_SEEN == (int)MESSAGE_SEEN && (int)IMAP_ANSWERED == (int)MESSAGE_ANSWERED &&
                   (int)IMAP_FLAGGED == (int)MESSAGE_FLAGGED && (int)IMAP_DELETED == (int)MESSAGE_DELETED &&
                   (int)IMAP_DRAFT == (int)MESSAGE_DRAFT,
               "one set of bits for system flags");

enum status imap_flag_bits(struct ctx *ctx, int64_t account, const struct imap_flags *flags, bool may_create,
                           int64_t *ret_bits)
{
    *ret_bits = flags->system;
    for (size_t i = 0; i < flags->keyword_count; i++) {
        int64_t bit;
        enum status found = message_keyword(ctx, account, flags->keywords[i], may_create, &bit);
        if (found == NOT_FOUND || (found == INVALID && !may_create))
            continue;
        TRY(found);
        *ret_bits |= INT64_C(1) << bit;
    }
    return OK;
}
