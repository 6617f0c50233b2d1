/* A search_tree is what is asked of emails: texts, which the indexes know, and facts, which rows tell, joined by and,
 * or and not.
 *
 * IMAP's SEARCH and what somebody types in the webmail become the same tree. Once prepared it knows of each text which
 * emails surely hold it and which may; so most emails are never looked at, and those that are, by their facts first.
 * Nodes lie in the caller's arena. */
#ifndef SERVICE_MAIL_SEARCH_TREE_H
#define SERVICE_MAIL_SEARCH_TREE_H

#include "service/mail/search.h"

enum search_node_kind {
    SEARCH_ALL, /* true of every email */
    SEARCH_AND, /* no children: true */
    SEARCH_OR,
    SEARCH_NOT, /* one child */
    SEARCH_TERM,
    SEARCH_FACT,
};

struct search_node {
    enum search_node_kind kind;
    struct search_term term; /* TERM */
    const void *fact;        /* FACT: the caller's own, handed to its function */
    struct search_node *children;
    size_t child_count;
    struct search_found found; /* TERM, once prepared */
};
enum { SEARCH_TREE_DEPTH_MAX = 100 };

/* Every word of a text as a node: an AND of terms in one place; LIMIT when the arena is full. A text without any
 * letter or digit is one term, a substring. */
MUST_USE enum status search_tree_words(struct ctx *ctx, enum search_place place, struct str text,
                                       struct search_node *ret_node);
/* A substring, made plain. */
MUST_USE enum status search_tree_substring(struct ctx *ctx, enum search_place place, struct str name, struct str text,
                                           struct search_node *ret_node);

/* Asks the indexes for every term, in the account's emails. */
MUST_USE enum status search_tree_prepare(struct ctx *ctx, int64_t account, struct search_node *root);

/* The emails of which the tree may be true; no others can. *ret_is_bounded false: it may be true of any. */
MUST_USE enum status search_tree_bound(struct ctx *ctx, const struct search_node *root, struct search_ids *ret_ids,
                                       bool *ret_is_bounded);

/* Is it true of one email? `is_so` answers for facts. */
struct search_asking {
    struct ctx *ctx;
    int64_t email;
    bool (*is_so)(void *with, const void *fact);
    void *with;
};
MUST_USE enum status search_tree_is(const struct search_asking *asking, const struct search_node *root, bool *ret_is);

#endif
