/* The wage is what an hour of clicks is counted at: the French minimum wage unless the player chooses another.
 *
 * Facts: the gross hourly Smic as of its date, with its text; values, dates and references as OpenFisca-France 176.0.7
 * lists them (marche_travail.salaire_minimum.smic.smic_b_horaire); and a study of what clicks are paid in France. What
 * a platform pays is nowhere claimed: the player sets a low wage, and cards make up what a click is paid. */
#ifndef SERVICE_GAMES_WAGE_H
#define SERVICE_GAMES_WAGE_H

#include "core/ctx.h"

enum {
    WAGE_SMIC_CENTS = 1231,
    WAGE_SMIC_YEAR = 2026,
    WAGE_SMIC_MONTH = 6,
    WAGE_SMIC_DAY = 1,
    WAGE_MAX_CENTS = 3000,
};
#define WAGE_SMIC_TEXT "arrêté du 22 mai 2026"
#define WAGE_STUDY_LINK "https://diplab.eu"
#define WAGE_SMIC_LINK "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000054126589"

/* "12,31 €"; below one euro "0,058 €" (arena). */
struct str wage_euros(struct ctx *ctx, int64_t tenths_of_cents);
/* So many seconds at so many cents an hour, rounded to tenths of a cent. */
int64_t wage_tenths(int64_t seconds, int64_t cents_an_hour);

#endif
