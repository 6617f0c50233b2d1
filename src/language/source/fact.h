/* A fact is something a text says that can be compared: a number with its unit, a date, an hour, an address, a word, a
 * negation.
 *
 * For guard.c. Numbers are values, however they are written: "1 000", "1.000" and "mille" are 1000, "dix-huit" is 18,
 * "1er" is 1; a date is one fact ("12/03/2020" is "12 mars 2020"), and so are an hour ("8h30") and a telephone number,
 * so that none can be put together from parts of others. Texts are of the arena, or slices of the text. */
#ifndef LANGUAGE_SOURCE_FACT_H
#define LANGUAGE_SOURCE_FACT_H

#include "base/arena.h"
#include "base/list.h"
#include "base/str.h"

enum { FACTS_MAX = 4000, FACT_TEXT_MAX = 64 << 10 };

enum fact_kind { FACT_NUMBER, FACT_WORD, FACT_ADDRESS, FACT_NEGATION };

struct fact {
    enum fact_kind kind;
    bool is_capital;        /* WORD: written as a name is, or in letters French has not */
    bool is_first;          /* WORD: the first of its text, where every word has a capital */
    bool is_named;          /* WORD: with a capital behind "monsieur", "maire": a common word may be a name */
    struct str value, unit; /* NUMBER: its figures; a day has its month for unit. WORD, ADDRESS: folded */
    struct str where;       /* in the text */
};
struct facts LIST_OF(struct fact);

/* Appends those of a text. `is_source`: it is what others are compared with, and says the parts of its dates too.
 * LIMIT. */
MUST_USE enum status facts_gather(struct arena *arena, struct str text, bool is_source, struct facts *facts);

/* ---- between fact.c, fact_unit.c, fact_number.c and fact_spoken.c ---- */

struct fact_text {
    struct arena *arena;
    struct facts *facts;
    struct str whole;
    size_t at;
    bool is_source;
};

MUST_USE enum status fact_add(struct fact_text *text, struct fact fact);
/* A word as it is compared. Absent: a full arena. */
struct str fact_folded(struct arena *arena, struct str word);
/* The word that begins at `at`, over blanks where `may_skip`; absent: none does. *ret_end: behind it. */
struct str fact_word_at(const struct fact_text *text, size_t at, bool may_skip, size_t *ret_end);
/* Bytes of blanks (a space, U+00A0, U+202F...) from there. */
size_t fact_blanks(struct str text, size_t at);
/* A number in figures begins at text->at: takes it. */
MUST_USE enum status fact_take_figures(struct fact_text *text);
/* A number in words, or a month with its year, begins there: takes it. NOT_FOUND: none does. */
MUST_USE enum status fact_take_number_words(struct fact_text *text);
/* 1 to 12; 0: no month. `word` is folded. */
int fact_month(struct str word);
/* What a unit, or a month, is called here; absent: it is none. `word` is folded. */
struct str fact_unit(struct str word);
/* Figures from there. */
size_t fact_digits(struct str text, size_t at);
/* "mars 2020" behind a day or alone: four figures over blanks. *ret_end: behind them. */
bool fact_has_year(const struct fact_text *text, size_t at, size_t *ret_end);

/* A day has its month and, where it is told, its year; of a source the date without its year, and the year, are facts
 * too. */
MUST_USE enum status fact_add_date(struct fact_text *text, struct str day, struct str month, struct str year,
                                   struct str where);
/* A source that names a month has said the word. */
MUST_USE enum status fact_add_month(struct fact_text *text, struct str month, struct str where);
/* A number from `from` to text->at: takes the unit behind it and, of a day, the year. */
MUST_USE enum status fact_add_number(struct fact_text *text, size_t from, struct str value);

#endif
