/* A select is the mailbox and parameters of SELECT and EXAMINE (RFC 9051 section 6.3.2; RFC 7162
 * sections 3.1.8 and 3.2.5). */
#ifndef PROTO_IMAP_IMAP_SELECT_H
#define PROTO_IMAP_IMAP_SELECT_H

#include "proto/imap/imap_command.h"
#include "proto/imap/imap_set.h"

struct imap_select {
    struct str mailbox; /* as written */
    bool is_condstore, is_qresync;
    uint32_t uidvalidity; /* QRESYNC: what the client last saw */
    uint64_t modseq;
    struct imap_set known_uids;                /* empty when not given */
    struct imap_set match_numbers, match_uids; /* as many of each; empty when not given */
};

/* Sets are resolved (they may not hold '*' or '$'). INVALID with a sentence. */
MUST_USE enum status imap_select_parse(const struct imap_arg *args, size_t count,
                                       struct arena *arena, struct imap_select *ret_select,
                                       const char **ret_why);

#endif
