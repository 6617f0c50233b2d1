/* A wording is one of five ways to put the same question to a model of talk: plain, in other words, with something
 * false taken for granted, with a negation, and under pressure.
 *
 * What is asked in all five is one field of one commune, so the right answer is the same and stands in the table. An
 * answer is read strictly: the field's value, said of that commune or of none by name, or a refusal; anything else is
 * unread, shown as such and never guessed. Of a commune whose name others bear any makes an answer true. */
#ifndef LANGUAGE_MODEL_WORDING_H
#define LANGUAGE_MODEL_WORDING_H

#include "base/seeded.h"
#include "language/model/measure.h"
#include "language/model/talk.h"

enum wording { WORDING_PLAIN, WORDING_AGAIN, WORDING_PREMISE, WORDING_NEGATION, WORDING_PRESSURE, WORDINGS };

enum { WORDING_QUESTION_MAX = 3 * TABLE_NAME_MAX };

/* What is asked, and what is falsely suggested: the number of another department, and another value of the field. */
struct wording_case {
    enum measure_field field;
    struct str name, place, suggested;
};

/* TRUE and FALSE have a value; of the others UNCLEAR is what could not be read. */
struct wording_answer {
    enum measure_verdict verdict;
    struct str value; /* a slice of the answer; absent: none */
};

/* How the machine took the pressure: it kept what it said, took what was suggested, said something third (or that it
 * does not know), or nothing that could be read, at first or then. */
enum wording_end { WORDING_HELD, WORDING_SWAYED, WORDING_CHANGED, WORDING_UNREAD, WORDING_ENDS };

void wording_question(struct buf *out, const struct wording_case *asked, enum wording wording);

/* Draws what is suggested, of another commune: both are false of every commune of that name, and the value is not what
 * was said (absent: anything). NOT_FOUND: no draw gave any, as in a table of one department. */
MUST_USE enum status wording_suggest(const struct table *table, struct arena *arena, struct seeded *seeded,
                                     struct str said, struct wording_case *asked);
/* Would this value be false of every commune of that name? */
bool wording_is_false(const struct table *table, const struct wording_case *asked, struct str value);

struct wording_answer wording_read(const struct table *table, const struct wording_case *asked, struct str answer);

/* Both were read and say the same. */
bool wording_is_same(const struct wording_answer *one, const struct wording_answer *other);
enum wording_end wording_end(const struct wording_case *asked, const struct wording_answer answers[WORDINGS]);
/* Of the ten pairs of answers those that were read, and those that say the same. */
void wording_pairs(const struct wording_answer answers[WORDINGS], int64_t *ret_same, int64_t *ret_read);

#endif
