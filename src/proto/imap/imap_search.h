/* A search is the tree of keys of SEARCH, SORT and THREAD (RFC 9051 section 6.4.4; RFC 5032
 * WITHIN; RFC 5182 SEARCHRES; RFC 6203 FUZZY; RFC 7162 MODSEQ; RFC 8474 EMAILID, THREADID).
 *
 * Reduced on parsing: UNSEEN is NOT FLAG \Seen, NEW is AND(FLAG \Recent, NOT FLAG \Seen), and
 * several keys in a row are AND, so the evaluator knows few kinds. Sets are as written: resolve
 * them before use. */
#ifndef PROTO_IMAP_IMAP_SEARCH_H
#define PROTO_IMAP_IMAP_SEARCH_H

#include "base/dates.h"
#include "proto/imap/imap_command.h"
#include "proto/imap/imap_set.h"

enum imap_search_kind {
    IMAP_SEARCH_ALL,
    IMAP_SEARCH_AND,     /* every one of children[child_count] */
    IMAP_SEARCH_OR,      /* two children */
    IMAP_SEARCH_NOT,     /* one child */
    IMAP_SEARCH_NUMBERS, /* set: message sequence numbers, or is_saved */
    IMAP_SEARCH_UIDS,    /* set */
    IMAP_SEARCH_FLAG,    /* text: "\Seen", "\Recent", or a keyword */
    IMAP_SEARCH_HEADER,  /* name, text: substring; empty text asks that the field is there */
    IMAP_SEARCH_FROM,
    IMAP_SEARCH_TO,
    IMAP_SEARCH_CC,
    IMAP_SEARCH_BCC,
    IMAP_SEARCH_SUBJECT, /* text */
    IMAP_SEARCH_BODY,
    IMAP_SEARCH_TEXT, /* text */
    IMAP_SEARCH_BEFORE,
    IMAP_SEARCH_ON,
    IMAP_SEARCH_SINCE, /* day: of arrival */
    IMAP_SEARCH_SENT_BEFORE,
    IMAP_SEARCH_SENT_ON,
    IMAP_SEARCH_SENT_SINCE, /* day: of the Date field */
    IMAP_SEARCH_LARGER,
    IMAP_SEARCH_SMALLER, /* number: bytes */
    IMAP_SEARCH_OLDER,
    IMAP_SEARCH_YOUNGER, /* number: seconds, from 1 */
    IMAP_SEARCH_MODSEQ,  /* number: at least */
    IMAP_SEARCH_EMAILID,
    IMAP_SEARCH_THREADID, /* text */
};

struct imap_search_key {
    enum imap_search_kind kind;
    bool is_fuzzy;         /* this key, and those below it (RFC 6203 section 4) */
    struct str text, name; /* UTF-8 */
    struct date day;
    uint64_t number;
    struct imap_set set;
    struct imap_search_key *children;
    size_t child_count;
};

/* RFC 4731, RFC 5182 */
enum imap_search_return {
    IMAP_RETURN_MIN = 1,
    IMAP_RETURN_MAX = 2,
    IMAP_RETURN_ALL = 4,
    IMAP_RETURN_COUNT = 8,
    IMAP_RETURN_SAVE = 16,
    IMAP_RETURN_RELEVANCY = 32, /* RFC 6203 section 4; with a FUZZY key only */
};

enum { IMAP_SEARCH_DEPTH_MAX = 80 };

struct imap_search {
    bool is_extended; /* RETURN was written: answer with ESEARCH */
    unsigned returns; /* of enum imap_search_return; "RETURN ()" is ALL */
    bool uses_modseq, uses_saved, uses_fuzzy;
    struct imap_search_key *root;
};

/* All arguments of SEARCH. INVALID with a sentence for BAD; NOT_FOUND for a charset other than
 * US-ASCII and UTF-8: NO [BADCHARSET (US-ASCII UTF-8)]; LIMIT for a tree too deep or too large. */
MUST_USE enum status imap_search_parse(const struct imap_arg *args, size_t count,
                                       struct arena *arena, struct imap_search *ret_search,
                                       const char **ret_why);

/* The charset and the keys that follow it, as SORT and THREAD end (RFC 5256 section 5). */
MUST_USE enum status imap_search_parse_program(const struct imap_arg *args, size_t count,
                                               struct arena *arena, struct imap_search *ret_search,
                                               const char **ret_why);

/* "RETURN (MIN COUNT)" where it stands first: *ret_taken is 2 then, else 0. RFC 4731, and RFC 5267 for SORT. */
MUST_USE enum status imap_search_parse_returns(const struct imap_arg *args, size_t count,
                                               unsigned *ret_returns, size_t *ret_taken,
                                               const char **ret_why);

/* Calls visit for every key, parents first; used to resolve the sets. */
void imap_search_each(struct imap_search_key *root,
                      void (*visit)(void *with, struct imap_search_key *key), void *with);

#endif
