/* A refusal is the decision that the best source found does not answer the question: then none is shown.
 *
 * A logistic model over how the question meets the first result, and how far the second is behind. Its weights are
 * data (refusal_weights.c), fitted by the command that stands there; the threshold is set from the risk measured
 * beside it. */
#ifndef LANGUAGE_SOURCE_REFUSAL_H
#define LANGUAGE_SOURCE_REFUSAL_H

#include "language/source/search.h"

enum refusal_feature {
    REFUSAL_ONE, /* always 1 */
    REFUSAL_SCORE,
    REFUSAL_SECTION,
    REFUSAL_TOGETHER,
    REFUSAL_COVER,
    REFUSAL_TITLE,
    REFUSAL_TITLE_BACK,
    REFUSAL_LEAD,
    REFUSAL_HEADING,
    REFUSAL_WINDOW,
    REFUSAL_OPENING,
    REFUSAL_THEME,
    REFUSAL_BRIEF,
    REFUSAL_GAP,     /* of the first result's score, how much the second lacks */
    REFUSAL_UNKNOWN, /* of the question's weight, words that no source has */
    REFUSAL_MISSING, /* the rarest word of the question that is neither in title, lead nor headings, by the whole */
    REFUSAL_LEN,     /* words of the question, by ten */
    REFUSAL_FEATURES,
};

struct refusal_model {
    float weights[REFUSAL_FEATURES];
    float threshold; /* below it the question is refused */
    float cover;     /* and below this share of its weight anywhere in the first result: little is no answer */
};
/* For sheets with lead and theme, thousands of them; and for the plain documents, hundreds, that a town has. */
extern const struct refusal_model refusal_weights, refusal_weights_town;

/* Features of a search that gave `count` results. */
void refusal_features(const struct question *question, const struct search_result *results, size_t count,
                      float features[REFUSAL_FEATURES]);

/* How likely the first result answers, 0 to 1; 0 without a result. */
float refusal_chance(const struct refusal_model *model, const float features[REFUSAL_FEATURES]);

/* True: say that there is no source. */
bool refusal_of(const struct refusal_model *model, const struct question *question,
                const struct search_result *results, size_t count);

#endif
