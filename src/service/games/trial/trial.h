/* A trial is what a language model of the town's choice is asked of one commune, and how what it says is read: in the
 * exact form the house asks for, and never more than it says.
 *
 * Texts are in French, whatever the page is. Truth is the table alone (language/model/measure.h). A number may have
 * blanks, dots or commas between its thousands; a department may be said by name alone. */
#ifndef SERVICE_GAMES_TRIAL_TRIAL_H
#define SERVICE_GAMES_TRIAL_TRIAL_H

#include "core/ctx.h"
#include "core/translate.h"
#include "language/model/variant.h"

enum { TRIAL_SAID_MAX = 400 /* bytes of an earlier answer that it is reminded of */ };

/* What was asked, and what it answered. */
struct trial_turn {
    struct str question, said;
};

/* The exact text of a question after these turns; `form`: in which form it is to answer. */
struct str trial_after(struct ctx *ctx, const struct trial_turn *before, size_t count, struct str question,
                       enum text_key form);
/* The exact text of a question in one of five wordings; `first`: what it answered to the plain one, for the last. */
struct str trial_question(struct ctx *ctx, const struct variant_case *asked, enum wording wording, struct str first);
/* The exact text that asks for a commune's line in the register. */
struct str trial_wish(struct ctx *ctx, struct str commune);

/* What was said, as the table's judge reads it: thousands joined, a department's name followed by its number. Without a
 * table a department counts by its number alone: in free sentences "the Loire" is a river. */
struct str trial_read(struct ctx *ctx, const struct table *table, struct str said);

/* "Gien : Loiret (45), 45500, 13830 hab.": as deck_line writes the register's. */
struct str trial_register_line(struct arena *arena, struct str commune, const struct table_department *department,
                               struct str code, struct str people);

struct trial_line {
    struct str line; /* "Gien : Loiret (45), 45500, 13830 hab.", as it says; absent: something of it is missing */
    uint8_t verdicts[MEASURE_FIELDS];
    struct str values[MEASURE_FIELDS];
};
/* The line it wrote of a commune. */
struct trial_line trial_line(struct ctx *ctx, const struct table *table, struct str commune, struct str said);

#endif
