/* A sort is the order a SORT command asks for (RFC 5256 section 3), and the comparison that
 * gives it. */
#ifndef PROTO_IMAP_IMAP_SORT_H
#define PROTO_IMAP_IMAP_SORT_H

#include "base/dates.h"
#include "proto/imap/imap_search.h"

enum imap_sort_by {
    IMAP_SORT_ARRIVAL,
    IMAP_SORT_CC,
    IMAP_SORT_DATE,
    IMAP_SORT_FROM,
    IMAP_SORT_SIZE,
    IMAP_SORT_SUBJECT,
    IMAP_SORT_TO,
    IMAP_SORT_RELEVANCY, /* the highest first; RFC 6203 section 5 */
};

enum { IMAP_SORT_MAX = 16 }; /* each criterion once forwards and once backwards */

struct imap_sort {
    struct {
        enum imap_sort_by by;
        bool is_reverse;
    } criteria[IMAP_SORT_MAX];
    size_t count;
    struct imap_search search;
};

/* What is compared of one message; texts are compared as bytes: give them folded by utf8_fold. */
struct imap_sort_row {
    uint32_t number; /* sequence number: the last resort, ascending */
    struct instant arrival;
    struct instant date; /* of the Date field, in UTC; the arrival when there is none */
    int64_t size;
    struct str cc, from, to; /* mailbox (local part) of the first address, empty without */
    struct str subject;      /* base subject (imap_subject.h) */
    int64_t relevancy;       /* 1 to 100 */
};

/* All arguments of SORT, with RETURN or without (RFC 5267 section 3); status as imap_search_parse. */
MUST_USE enum status imap_sort_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                                     struct imap_sort *ret_sort, const char **ret_why);

int imap_sort_compare(const struct imap_sort *sort, const struct imap_sort_row *a,
                      const struct imap_sort_row *b);
void imap_sort_rows(const struct imap_sort *sort, struct imap_sort_row *rows, size_t count);

#endif
