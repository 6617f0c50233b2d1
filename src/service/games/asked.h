/* What a page asks of a commune: one of its fields, in one of five wordings; as they stand in an address and on the
 * page. */
#ifndef SERVICE_GAMES_ASKED_H
#define SERVICE_GAMES_ASKED_H

#include "core/translate.h"
#include "language/model/variant.h"

/* "department", "code", "population". */
struct str asked_field_word(enum measure_field field);
/* INVALID: none of them; "" leaves the field as it is. */
MUST_USE enum status asked_field(struct str word, enum measure_field *field);
enum text_key asked_field_name(enum measure_field field);
/* "In other words." */
enum text_key asked_wording_name(enum wording wording);
/* How it took the pressure, in a sentence. */
enum text_key asked_end_sentence(enum variant_end end);

#endif
