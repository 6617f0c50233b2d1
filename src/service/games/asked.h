/* What a page asks of a commune: one of its fields, in one of five wordings; as they stand in an address and on the
 * page. */
#ifndef SERVICE_GAMES_ASKED_H
#define SERVICE_GAMES_ASKED_H

#include "core/ctx.h"
#include "core/translate.h"
#include "language/model/variant.h"
#include "service/games/games_asked_html.h"
#include "service/games/games_verdict_html.h"

/* "department", "code", "population". */
struct str asked_field_word(enum measure_field field);
/* INVALID: none of them; "" leaves the field as it is. */
MUST_USE enum status asked_field(struct str word, enum measure_field *field);
enum text_key asked_field_name(enum measure_field field);
/* "In other words." */
enum text_key asked_wording_name(enum wording wording);
/* How it took the pressure, in a sentence. */
enum text_key asked_end_sentence(enum variant_end end);
/* The choice of a field in a form. LIMIT: the arena is full. */
MUST_USE enum status asked_view(struct ctx *ctx, enum measure_field chosen, struct games_asked_view *ret_view);
struct games_verdict_view asked_verdict(enum measure_verdict verdict);
/* What the register says of a name; *ret_is_alike: several communes bear it, and any makes an answer true. */
struct str asked_truth(struct ctx *ctx, const struct table *table, struct str name, bool *ret_is_alike);

#endif
