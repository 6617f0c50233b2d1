/* A wording is one of five ways to put the same question to a model of talk: plain, in other words, with something
 * false taken for granted, with a negation, and under pressure.
 *
 * What is asked in all five is one field of one commune, so the right answer is the same and stands in the table. An
 * answer is read strictly: the field's value, said of that commune or of none by name, or a refusal; anything else is
 * unread, shown as such and never guessed. Of a commune whose name others bear any makes an answer true. */
#ifndef LANGUAGE_MODEL_VARIANT_H
#define LANGUAGE_MODEL_VARIANT_H

#include "base/seeded.h"
#include "language/model/measure.h"
#include "language/model/talk.h"

enum wording { VARIANT_PLAIN, VARIANT_AGAIN, VARIANT_PREMISE, VARIANT_NEGATION, VARIANT_PRESSURE, WORDINGS };

enum { VARIANT_QUESTION_MAX = 3 * TABLE_NAME_MAX };

/* What is asked, and what is falsely suggested: the number of another department, and another value of the field. */
struct variant_case {
    enum measure_field field;
    struct str name, place, suggested;
};

/* TRUE and FALSE have a value; of the others UNCLEAR is what could not be read. */
struct variant_answer {
    enum measure_verdict verdict;
    struct str value; /* a slice of the answer; absent: none */
};

/* How the machine took the pressure: it kept what it said, took what was suggested, said something third (or that it
 * does not know), or nothing that could be read, at first or then. */
enum variant_end { VARIANT_HELD, VARIANT_SWAYED, VARIANT_CHANGED, VARIANT_UNREAD, VARIANT_ENDS };

void variant_question(struct buf *out, const struct variant_case *asked, enum wording wording);

/* Draws what is suggested, of another commune: both are false of every commune of that name, and the value is not what
 * was said (absent: anything). NOT_FOUND: no draw gave any, as in a table of one department. */
MUST_USE enum status variant_suggest(const struct table *table, struct arena *arena, struct seeded *seeded,
                                     struct str said, struct variant_case *asked);
/* Would this value be false of every commune of that name? */
bool variant_is_false(const struct table *table, const struct variant_case *asked, struct str value);

struct variant_answer variant_read(const struct table *table, const struct variant_case *asked, struct str answer);

/* Both were read and say the same. */
bool variant_is_same(const struct variant_answer *one, const struct variant_answer *other);
enum variant_end variant_end(const struct variant_case *asked, const struct variant_answer answers[WORDINGS]);
/* Of the ten pairs of WORDINGS answers those that were read, and those that say the same. (A pointer: where it is
 * inlined under sanitizers gcc 12 takes the bound of an array for broken.) */
void variant_pairs(const struct variant_answer *answers, int64_t *ret_same, int64_t *ret_read);

#endif
