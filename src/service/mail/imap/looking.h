/* A looking evaluates the tree of a SEARCH on the messages of a view: facts from rows, texts from the messages
 * themselves.
 *
 * Substrings as the RFC says: case does not count, on decoded text (RFC 9051 section 6.4.4); nor do accents, and blanks
 * are one. Under FUZZY words count, in their French forms (RFC 6203 section 3). The indexes say which messages are
 * looked at (search_tree.h). */
#ifndef SERVICE_MAIL_IMAP_LOOKING_H
#define SERVICE_MAIL_IMAP_LOOKING_H

#include "proto/imap/imap_search.h"
#include "service/mail/imap/session.h"

struct imap_found {
    uint32_t *uids; /* ascending */
    unsigned char *scores; /* of each, where RELEVANCY was asked for; else 100 */
    size_t count;
    int64_t modseq; /* the highest of them */
    int64_t first_modseq, last_modseq; /* of the first UID, of the last */
};
/* Sets in the tree are resolved here. */
MUST_USE enum status imap_look(struct imap_call *call, struct imap_search *search, struct imap_found *ret_found);

#endif
