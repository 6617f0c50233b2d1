/* A list is what a LIST, LSUB or STATUS command asks about mailboxes (RFC 9051 sections 6.3.9
 * and 6.3.11; RFC 5258 LIST-EXTENDED, RFC 5819 LIST-STATUS, RFC 6154 SPECIAL-USE, RFC 8438, RFC
 * 8474, RFC 9208).
 *
 * Names are as the client wrote them (modified UTF-7 or UTF-8, imap_utf7.h). */
#ifndef PROTO_IMAP_IMAP_LIST_H
#define PROTO_IMAP_IMAP_LIST_H

#include "proto/imap/imap_command.h"

enum imap_list_option {
    IMAP_LIST_SUBSCRIBED = 1,
    IMAP_LIST_REMOTE = 2,
    IMAP_LIST_RECURSIVEMATCH = 4, /* selection only; never alone or with REMOTE alone */
    IMAP_LIST_SPECIAL_USE = 8,
    IMAP_LIST_CHILDREN = 16, /* return only */
    IMAP_LIST_STATUS = 32,   /* return only: status says which */
};

enum imap_status_item {
    IMAP_STATUS_MESSAGES = 1 << 0,
    IMAP_STATUS_RECENT = 1 << 1,
    IMAP_STATUS_UIDNEXT = 1 << 2,
    IMAP_STATUS_UIDVALIDITY = 1 << 3,
    IMAP_STATUS_UNSEEN = 1 << 4,
    IMAP_STATUS_DELETED = 1 << 5,
    IMAP_STATUS_SIZE = 1 << 6,
    IMAP_STATUS_HIGHESTMODSEQ = 1 << 7,
    IMAP_STATUS_MAILBOXID = 1 << 8,
    IMAP_STATUS_APPENDLIMIT = 1 << 9,
    IMAP_STATUS_DELETED_STORAGE = 1 << 10,
};

enum { IMAP_NAME_MAX = 1024, IMAP_PATTERN_MAX = 100 /* patterns in one LIST */ };

struct imap_list {
    bool
        is_extended; /* options or several patterns were written: \HasChildren etc. follow RFC 5258 */
    unsigned selects, returns; /* of enum imap_list_option */
    unsigned status;           /* of enum imap_status_item */
    struct str reference;
    struct str *patterns;
    size_t pattern_count;
};

/* All arguments of LIST, and of LSUB or plain LIST alike. INVALID with a sentence. */
MUST_USE enum status imap_list_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                                     struct imap_list *ret_list, const char **ret_why);

/* "(MESSAGES UNSEEN)" of STATUS. */
MUST_USE enum status imap_status_parse(const struct imap_arg *arg, unsigned *ret_items,
                                       const char **ret_why);
/* "UIDNEXT" for its bit. */
struct str imap_status_name(enum imap_status_item item);

/* Whether a mailbox name matches reference + pattern: '*' stands for anything, '%' for anything
 * without the separator. INBOX as first level matches in either case. Time is the product of the
 * lengths at most; false for what is longer than IMAP_NAME_MAX. */
bool imap_list_matches(struct str reference, struct str pattern, struct str name, char separator);

#endif
