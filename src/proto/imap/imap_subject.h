/* The base subject is a subject without "Re:", "Fwd:", "[list]" and "(fwd)", by which replies
 * are known to belong together (RFC 5256 section 2.1). */
#ifndef PROTO_IMAP_IMAP_SUBJECT_H
#define PROTO_IMAP_IMAP_SUBJECT_H

#include "base/buf.h"

struct imap_subject {
    struct str base; /* white space collapsed; case as written */
    bool
        is_reply_or_forward; /* something was taken off that says so: a "Re:", "Fwd:", "(fwd)" or "[fwd:" */
};

/* From the subject with its encoded words already decoded (UTF-8), unfolded or not. The base is
 * in the arena; LIMIT when that is full. */
MUST_USE enum status imap_subject_base(struct str subject, struct arena *arena,
                                       struct imap_subject *ret_subject);

#endif
