/* An act_form says how an arrêté puts a fact of a career into words: its title, the texts it stands on, what it
 * decides.
 *
 * Source: act.csv, each row with its visas. Which facts want an arrêté: those of officials and trainees that have a
 * row there; agents under contract have a contract (décret n° 88-145, article 3), elected members neither. Pure. */
#ifndef SERVICE_STAFF_ACT_ACT_FORM_H
#define SERVICE_STAFF_ACT_ACT_FORM_H

#include "service/staff/career/career.h"

struct act_form {
    struct str title;
    struct str visas;   /* one beside the other, '|' between */
    struct str decides; /* with names in braces: act_form_fill */
};

/* NOT_FOUND: no arrêté says a fact of that kind. LIMIT: full arena. */
MUST_USE enum status act_form_of(struct arena *arena, const struct career_fact *fact, struct act_form *ret_form);
/* "seen", "copy", "appeal": what every arrêté says; "back": what takes one back; "end": what changes a last day. */
MUST_USE enum status act_form_frame(struct arena *arena, const char *name, struct act_form *ret_form);
/* Does the law want an arrêté for it? `career` has the fact already. */
bool act_form_wants(struct arena *arena, const struct career *career, const struct career_fact *fact);

/* Only the last day changes: a service ends, a leave is shortened or goes on. Nothing is taken back then. */
bool act_form_is_end(const struct career_fact *old, const struct career_fact *fact);

struct act_form_word {
    const char *name; /* "agent": stands for {agent} */
    struct str text;
};
/* A name in braces that is none of these stays as it is. LIMIT. */
MUST_USE enum status act_form_fill(struct arena *arena, struct str pattern, const struct act_form_word *words,
                                   size_t count, struct str *ret_text);

#endif
