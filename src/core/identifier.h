/* An identifier is a number in which some digits prove the others: SIREN, SIRET, VAT number, IBAN, RIB, NIR.
 *
 * Source: SIREN and SIRET by Luhn's formula (ISO/IEC 7812-1, annex B) as INSEE uses it; establishments of La Poste
 * (SIREN 356000000) but its head office have a sum of digits that five divides instead (Wikipédia, article « Système
 * d'identification du répertoire des établissements »: no text of INSEE that says so was found). IBAN: ISO 13616-1,
 * with the two digits of ISO/IEC 7064 MOD 97-10. RIB: the key that 97 gives of 89 bank + 15 branch + 3 account,
 * letters as 1 to 9 in turn. NIR: the key that 97 gives, 2A and 2B of Corsica as 19 and 18. FINESS: Luhn's formula;
 * those of Corsica are believed by their form. No text was read for these three: examples that others published bear
 * the first two out (identifier_test.c), nothing the third. Pure; as files write them: no blanks, capitals. */
#ifndef CORE_IDENTIFIER_H
#define CORE_IDENTIFIER_H

#include "base/arena.h"
#include "base/str.h"

enum { SIREN_DIGITS = 9, SIRET_DIGITS = 14, IBAN_MIN = 15, IBAN_MAX = 34, IBAN_FR = 27, NIR_DIGITS = 15 };

bool siren_is_right(struct str siren);
bool siret_is_right(struct str siret);
/* The first nine digits; "" where it is no SIRET of fourteen bytes. */
struct str siret_siren(struct str siret);
/* Of France: FR, a key, a SIREN. A key of two digits is (12 + 3 * (SIREN modulo 97)) modulo 97, as everybody computes
 * it (no text of the DGFiP that says so was found); one with a letter is not computed. */
bool vat_is_right(struct str vat);
/* Of any country; one of FR or MC has IBAN_FR characters. */
bool iban_is_right(struct str iban);
/* Five characters of the bank, five of the branch, eleven of the account, and two digits. */
bool rib_is_right(struct str bank, struct str branch, struct str account, struct str key);
bool nir_is_right(struct str nir);
bool finess_is_right(struct str finess);

/* One that was typed, as files write it: without blanks, also those that break no line, in capitals (arena).
 * STR_NONE: the arena is full. */
struct str identifier_plain(struct arena *arena, struct str text);

#endif
