/* The words of questions and sources: which carry no meaning of their own, and what a question wants to know.
 *
 * Words come folded (language/plain.h). Words without meaning are dropped before stemming: a stem of "sont" or
 * "avoir" would find what nobody asked. */
#ifndef LANGUAGE_SOURCE_WORDS_H
#define LANGUAGE_SOURCE_WORDS_H

#include "base/str.h"

/* A byte of a word: letters and digits, and every byte beyond ASCII that is part of a letter. */
bool word_has(struct str text, size_t at);
/* No word goes on from before `at` to behind it. */
bool word_ends(struct str text, size_t at);

/* A figure anywhere in it. */
bool word_has_digit(struct str text);

/* What is asked for, read from the words of the question. */
enum question_kind {
    QUESTION_OTHER,
    QUESTION_WHAT,     /* qu'est-ce que: a definition */
    QUESTION_WHEN,     /* quand, quel délai, combien de temps */
    QUESTION_HOW_MUCH, /* combien, quel montant, quel tarif */
    QUESTION_WHERE,
    QUESTION_WHO,
    QUESTION_HOW,     /* comment */
    QUESTION_WHETHER, /* peut-on, faut-il, doit-on */
};

/* Articles, pronouns, prepositions, auxiliaries, words of asking. */
bool word_is_empty(struct str folded);

/* The next turn of asking in a text ("que se passe-t-il", "veut dire"), whose words mean nothing of their own; absent:
 * no more. `plain`: the question in its plain form, or the rest of it. */
struct str words_of_asking(struct str plain);

/* `plain`: the question in its plain form. */
enum question_kind question_kind_of(struct str plain);

#endif
