/* The wordings are what moyen answered to the same questions put in five ways, beside what the register says.
 *
 * Made by `model wordings` (language/model/shipped/moyen.wordings.csv); whether an answer is right, and whether two say
 * the same, is the table's and the strict reader's work (language/model/variant.h). Slices point into the program. */
#ifndef SERVICE_GAMES_WORDINGS_H
#define SERVICE_GAMES_WORDINGS_H

#include "language/model/variant.h"
#include "service/games/deck.h"

enum { WORDINGS_CASES_MAX = 1000 };

struct wordings_case {
    const struct deck_card *card; /* the commune's, of moyen's deck */
    struct variant_case asked;
    struct str texts[WORDINGS];
    struct variant_answer answers[WORDINGS];
    int sure[WORDINGS]; /* its own probability of the value it named, per cent */
    enum variant_end end;
};

/* Of all cases. */
struct wordings_sum {
    int64_t same, read;             /* pairs of answers */
    int64_t ends[VARIANT_ENDS];
    int64_t kept_right, kept_wrong; /* of those that held a value */
    int64_t left_right, left_wrong; /* of values that were left for something else: what was left */
    int64_t refusals, refusals_left; /* of "I do not know" at first: those that it answered after all */
};

struct wordings {
    struct wordings_case *cases;
    size_t count;
    struct str hash, seed; /* of the model that answered; the draw's */
    struct wordings_sum sum;
};

/* CORRUPT: not such a file, or not of this deck's communes. */
MUST_USE enum status wordings_read(struct arena *arena, struct str csv, const struct deck *deck,
                                   struct wordings *ret_wordings);

#endif
