/* A query is what somebody typed to search, as a tree.
 *
 *     cantine "repas de midi" -gaz de:trésorerie objet:facture avant:2026-09 avec:pièce est:non-lu (eau OU gaz)
 *
 * Every term must be found, after '-' must not; OU (OR) in capitals joins its two neighbours; parentheses group. A
 * term that cannot be read is searched as words, so nothing typed is an error. Words are folded: accents, case and
 * plurals do not count. Texts are the arena's. */
#ifndef LANGUAGE_QUERY_H
#define LANGUAGE_QUERY_H

#include "base/arena.h"
#include "base/dates.h"

enum { QUERY_TEXT_MAX = 2000, QUERY_TERMS_MAX = 100, QUERY_DEPTH_MAX = 10 };

enum query_kind {
    QUERY_ALL, /* nothing was asked */
    QUERY_AND,
    QUERY_OR,
    QUERY_NOT,
    QUERY_WORD,   /* a word that begins with text, or has the same stem */
    QUERY_PHRASE, /* text as it stands */
    QUERY_PERIOD, /* from <= day < to */
    QUERY_STATE,
};
enum query_field { QUERY_ANY, QUERY_FROM, QUERY_TO, QUERY_SUBJECT, QUERY_BODY };
enum query_state { QUERY_UNREAD, QUERY_READ, QUERY_FLAGGED, QUERY_ANSWERED, QUERY_DRAFT, QUERY_ATTACHMENT };

#define QUERY_FIRST_DAY ((struct date){INT32_MIN})
#define QUERY_LAST_DAY ((struct date){INT32_MAX})

struct query {
    enum query_kind kind;
    enum query_field field; /* WORD, PHRASE */
    struct str text;        /* WORD: one token; PHRASE: plain text (plain.h), trimmed, not empty */
    struct date from, to;   /* PERIOD */
    enum query_state state; /* STATE */
    struct query *children; /* AND, OR: at least two; NOT: one */
    size_t child_count;
};

/* `today` gives aujourd'hui, hier (today, yesterday) their day. LIMIT: a text, a number of terms or a nesting above the
 * maximum, or a full arena. */
MUST_USE enum status query_parse(struct arena *arena, struct str typed, struct date today, struct query *ret_query);

#endif
