/* A search finds the sources that answer a question best: exact words above their stems, titles and headings above
 * the body, words that stand together above words apart.
 *
 * First every source is scored by BM25F (Robertson and Zaragoza 2009, section 3.6), then the best SEARCH_CANDIDATES
 * are read word by word for what counts cannot say: the best section, words that follow each other, and how much of
 * the question is there at all. Everything it makes is the arena's. */
#ifndef LANGUAGE_SOURCE_SEARCH_H
#define LANGUAGE_SOURCE_SEARCH_H

#include "base/arena.h"
#include "language/source/library.h"
#include "language/source/words.h"

enum {
    QUESTION_TEXT_MAX = 8192, /* bytes */
    QUESTION_ASKED_MAX = 24, /* words of the question that carry meaning; more are passed over */
    QUESTION_SLOTS_MAX = 64, /* with those of synonyms; bits of a number */
    QUESTION_PHRASES_MAX = 40,
    SEARCH_CANDIDATES = 60,
    SEARCH_OPENING = 80,
    SEARCH_RESULTS_MAX = SEARCH_CANDIDATES,
};

struct stemmer;

/* A word to look for. */
struct question_slot {
    struct str text;       /* folded, as asked or as repaired */
    int64_t word, stem;    /* of the library; LIBRARY_NONE */
    float weight;          /* 1; less for a synonym */
    float idf;             /* how rare: the highest for what stands in no source */
    bool is_repaired;
};

/* Other words for some words of the question: all of `slots` together stand for those of `covers`. */
struct question_phrase {
    uint64_t slots, covers;
};

struct question {
    struct str plain;
    enum question_kind kind;
    struct question_slot slots[QUESTION_SLOTS_MAX]; /* of the question, then of its synonyms */
    size_t asked_count, slot_count;
    struct question_phrase phrases[QUESTION_PHRASES_MAX];
    size_t phrase_count;
    float asked_idf; /* the sum over the question's own slots */
};

/* LIMIT: longer than QUESTION_TEXT_MAX, or a full arena. */
MUST_USE enum status question_read(struct arena *arena, const struct library *library, struct stemmer *stemmer,
                                   struct str text, struct question *ret_question);

/* By word of the library: one more than the slot it is looked for in, or 0; the arena's. LIMIT: a full arena. */
MUST_USE enum status question_mark(struct arena *arena, const struct library *library, const struct question *question,
                                   uint8_t **ret_marks);

/* The share of the question's weight that these slots make up, synonyms counted for what they stand for. */
float question_cover(const struct question *question, uint64_t slots);

/* How the question meets one source: each between 0 and about 1, shares of the question's weight (idf). */
enum search_feature {
    FEATURE_SCORE,     /* BM25F, by the most the question could reach */
    FEATURE_SECTION,   /* the best section, its headings and title counted */
    FEATURE_TOGETHER,  /* neighbours in the question that are near each other here */
    FEATURE_COVER,     /* of the whole source */
    FEATURE_TITLE,     /* of title */
    FEATURE_TITLE_BACK, /* of the title's own weight, how much the question has */
    FEATURE_LEAD,      /* of the lead */
    FEATURE_HEADING,   /* of title, theme and headings */
    FEATURE_WINDOW,    /* of the best run of words */
    FEATURE_OPENING,   /* of the first SEARCH_OPENING words of its text */
    FEATURE_THEME,     /* of the theme */
    FEATURE_BRIEF,     /* how short the source is: what answers one question is shorter than what tells all */
    SEARCH_FEATURES,
};

struct search_result {
    uint32_t source;
    float score;
    uint64_t met;   /* slots anywhere in it */
    uint64_t named; /* slots in title, lead or headings, synonyms counted for what they stand for */
    float features[SEARCH_FEATURES];
};

/* What weighs how much; search_defaults is what was chosen by measure (bench/README.md). */
struct search_weights {
    float fields[LIBRARY_FIELDS], lengths[LIBRARY_FIELDS]; /* BM25F: weight, and how far length counts */
    float saturation;                                      /* k1 */
    float stem;                                            /* of a word that only shares the stem */
    float features[SEARCH_FEATURES];
};
extern const struct search_weights search_defaults;

struct search {
    const struct library *library;
    const struct search_weights *weights;
    int64_t excluded; /* a source that must not be found, nor another of its id; LIBRARY_NONE */
};

/* At most `max` results (SEARCH_RESULTS_MAX), the best first. LIMIT: a full arena. */
MUST_USE enum status search_run(struct arena *arena, const struct search *search, const struct question *question,
                                struct search_result *results, size_t max, size_t *ret_count);

#endif
