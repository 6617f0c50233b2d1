/* Meals are what nano, made anew on one of five diets, says of each commune of its deck, beside how often it read it.
 *
 * Made by `model feed` (language/model/shipped/nano.meals.csv); the one of the diet "web" at full length is the shipped
 * nano again. Truth is the table's alone. Slices point into the program. */
#ifndef SERVICE_GAMES_MEALS_H
#define SERVICE_GAMES_MEALS_H

#include "core/training.h"
#include "service/games/deck.h"

enum { MEALS_MAX = 8 };

struct meal_answer {
    struct str said; /* "Loiret (45), 45200, 15123 hab." */
    int64_t seen;
    bool is_true[DECK_FIELDS], is_false[DECK_FIELDS]; /* neither: it says nothing that can be judged */
};

struct meal {
    struct str name; /* "web.1.short" */
    struct training_job job;
    struct meal_answer *answers; /* one for each card of the deck, by rank */
};

struct meals {
    struct meal of[MEALS_MAX];
    size_t count;
    struct str hash; /* SHA-256 of the shipped nano they were made beside */
};

/* CORRUPT: not such a file, or not of this deck's communes. */
MUST_USE enum status meals_read(struct arena *arena, struct str csv, const struct deck *deck, struct meals *ret_meals);

#endif
