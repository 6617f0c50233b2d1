/* A dialogue is a small talk about communes: questions as people put them, and answers that the table makes true.
 *
 * It is what a model of talk is trained on, and how it is asked: "Q : " and a question, "R : " and an answer, each on
 * its line; a talk ends with an empty line. Answers are filled in from the table, so that what a trained model says
 * can be judged field by field. Places that are none are made of halves of real names, and never bear a real one. */
#ifndef LANGUAGE_MODEL_DIALOGUE_H
#define LANGUAGE_MODEL_DIALOGUE_H

#include "language/model/stream.h"

enum dialogue_asked { DIALOGUE_DEPARTMENT, DIALOGUE_POSTAL_CODE, DIALOGUE_POPULATION, DIALOGUE_ASKED };

enum { DIALOGUE_QUESTION_MAX = 300 };

/* One talk of one to four turns; the ranks it is about. */
size_t dialogue_draw(const struct world *world, struct seeded *seeded, bool is_refusing, struct buf *out,
                     size_t ret_about[STREAM_ABOUT_MAX]);
/* Every wording once, with its marks still in it: for the pieces. */
void dialogue_all(struct buf *out);

/* "Q : Dans quel département se trouve Montargis ?": a question about one field, of a fixed wording, and "R :". */
void dialogue_question(struct buf *out, enum dialogue_asked asked, struct str name);
/* What somebody typed, as a turn of its own: a line end, "Q : ", the question on one line, "R :". What came before in
 * the same form may stand ahead of it. */
void dialogue_prompt(struct buf *out, struct str question);

/* "à Gien" or "au Mans"; "de Gien", "d'Autry" or "du Mans". */
void dialogue_add_at(struct buf *out, struct str name);
void dialogue_add_of(struct buf *out, struct str name);

/* A name that no commune bears, made of two that do. False: this draw gave none. */
bool dialogue_invent(const struct table *table, struct seeded *seeded, struct buf *out);
/* Enough like a real one to be taken for it: each part has a vowel, no four consonants in a row and a capital, unless
 * it is a small word; neither short nor long. */
bool dialogue_is_fair(struct str name);

#endif
