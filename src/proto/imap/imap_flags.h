/* Flags of a message as commands write them, and the arguments of STORE and APPEND (RFC 9051
 * sections 2.3.2, 6.3.12 and 6.4.6; RFC 7162 UNCHANGEDSINCE; RFC 6855 UTF8). */
#ifndef PROTO_IMAP_IMAP_FLAGS_H
#define PROTO_IMAP_IMAP_FLAGS_H

#include "base/buf.h"
#include "base/dates.h"
#include "proto/imap/imap_command.h"

enum imap_flag {
    IMAP_SEEN = 1,
    IMAP_ANSWERED = 2,
    IMAP_FLAGGED = 4,
    IMAP_DELETED = 8,
    IMAP_DRAFT = 16,
};

enum { IMAP_KEYWORD_MAX = 100, IMAP_KEYWORD_LENGTH = 200 };

struct imap_flags {
    unsigned system;      /* of enum imap_flag */
    struct str *keywords; /* each once, in either case */
    size_t keyword_count;
};

/* One flag: a system bit, or 0 for a keyword. INVALID for "\Recent", "\*" and other names with
 * '\'. */
MUST_USE enum status imap_flag_parse(struct str text, unsigned *ret_bit);
/* "\Seen" of its bit. */
struct str imap_flag_name(enum imap_flag flag);

/* A list of flags, or flags without parentheses to the end of args (STORE). */
MUST_USE enum status imap_flags_parse(const struct imap_arg *args, size_t count,
                                      struct arena *arena, struct imap_flags *ret_flags,
                                      const char **ret_why);

/* "(\Seen $label)". */
void imap_flags_write(struct buf *out, const struct imap_flags *flags);

enum imap_store_how { IMAP_STORE_REPLACE, IMAP_STORE_ADD, IMAP_STORE_REMOVE };

struct imap_store {
    enum imap_store_how how;
    bool is_silent;
    bool is_unchanged_since;
    uint64_t unchanged_since;
    struct imap_flags flags;
};

/* The arguments after the sequence set. */
MUST_USE enum status imap_store_parse(const struct imap_arg *args, size_t count,
                                      struct arena *arena, struct imap_store *ret_store,
                                      const char **ret_why);

struct imap_append {
    struct str mailbox; /* as written */
    struct imap_flags flags;
    bool is_dated;
    struct instant date;
    int32_t offset_minutes;
    bool is_utf8;                   /* UTF8 (~{n}...): headers may be UTF-8 */
    const struct imap_arg *message; /* IMAP_STRING or IMAP_STREAM */
};

/* All arguments of APPEND: one message. */
MUST_USE enum status imap_append_parse(const struct imap_arg *args, size_t count,
                                       struct arena *arena, struct imap_append *ret_append,
                                       const char **ret_why);

#endif
