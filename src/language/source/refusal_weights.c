/* Weights of the refusal: to be fitted by `bench/sources --fit`. */
#include "language/source/refusal.h"

const struct refusal_model refusal_weights = {
    .weights = {[REFUSAL_ONE] = -6, [REFUSAL_COVER] = 3, [REFUSAL_TITLE] = 6, [REFUSAL_LEAD] = 2},
    .threshold = 0.5F,
};
