/* The dialogue's words: how each thing is asked and answered, with marks for what the table fills in.
 *
 * Marks: {n} the name, {a} "à Gien" or "au Mans", {d} "de Gien", "d'Autry" or "du Mans", {dep} "le Loiret", {num} 45,
 * {cp} the postal code, {hab} the population; {m}, {ma}, {mhab} the other commune, the smaller one. */
#ifndef LANGUAGE_MODEL_DIALOGUE_WORDS_H
#define LANGUAGE_MODEL_DIALOGUE_WORDS_H

#include <stddef.h>

enum dialogue_topic {
    TOPIC_DEPARTMENT,
    TOPIC_POSTAL_CODE,
    TOPIC_POPULATION,
    TOPIC_SHEET,      /* all three */
    TOPIC_COMPARISON, /* the larger of two */
    TOPIC_UNKNOWN,    /* no such place */
    TOPIC_DEPARTMENT_TOO, /* the same commune, in a turn that follows */
    TOPIC_POSTAL_CODE_TOO,
    TOPIC_POPULATION_TOO,
    TOPIC_SURE,
    TOPIC_GREETING,
    TOPIC_SELF,
    TOPIC_THANKS,
    TOPIC_OTHER, /* what it cannot talk of */
    TOPICS,
};

enum { WORDINGS_MAX = 12, ANSWERS_MAX = 3 };

struct dialogue_words {
    const char *questions[WORDINGS_MAX]; /* up to the first NULL */
    const char *answers[ANSWERS_MAX];
};

extern const struct dialogue_words dialogue_words[TOPICS];

#endif
