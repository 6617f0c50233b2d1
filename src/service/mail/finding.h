/* A finding is what somebody typed to search their mail, as terms, and whether a message answers it.
 *
 *     cantine "repas de midi" -gaz de:trésorerie objet:facture avant:2026-09 avec:pièce est:non-lu
 *
 * Accents and case do not count, and a plural finds its singular; every term must be found (or, after '-', must not). What
 * cannot be read is a word. Pure over texts already folded. */
#ifndef SERVICE_MAIL_FINDING_H
#define SERVICE_MAIL_FINDING_H

#include "base/arena.h"
#include "base/dates.h"
#include "base/str.h"

enum { FINDING_TERMS_MAX = 40 };

enum finding_field { FINDING_ANY, FINDING_FROM, FINDING_TO, FINDING_SUBJECT };
enum finding_state { FINDING_UNREAD = 1, FINDING_FLAGGED = 2, FINDING_ATTACHMENT = 4 };

struct finding_term {
    enum finding_field field;
    struct str text; /* folded */
    bool is_phrase, is_not;
};

struct finding {
    struct finding_term terms[FINDING_TERMS_MAX];
    size_t term_count;
    unsigned states;        /* all must be so */
    struct instant before, after; /* 0: open */
};

/* LIMIT: too many terms, or a full arena. `offset_minutes` of the reader's day. */
MUST_USE enum status finding_parse(struct arena *arena, struct str query, int32_t offset_minutes,
                                   struct finding *ret_finding);

/* Texts of one message, folded (utf8_fold). */
struct finding_text {
    struct str from, to, subject, body;
};
bool finding_is_in(const struct finding *finding, const struct finding_text *text);
/* False when the body cannot change the answer any more: *ret_is_in is it. */
bool finding_needs_body(const struct finding *finding, const struct finding_text *text, bool *ret_is_in);

#endif
