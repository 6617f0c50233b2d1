/* A conversion is what became of one document that somebody brought: its words, or why there are none.
 *
 * The role convert reads documents (role/convert_role.h). A page's handler gives one away with web_convert_ask
 * (core/web.h) and is done; `take` is called in a job of its own when the answer is there, and at once when there can
 * be none. A verb gives it as the output of the step before VERB_CONVERT, whose own output is a line of JSON of the
 * shape below; an archive as that of the step before VERB_UNPACK, which gives a line for each sheet behind it; a PDF
 * invoice as that of the step before VERB_ATTACHED. Nothing waits for a conversion: a town that ends forgets those it
 * has asked for. */
#ifndef CORE_CONVERSION_H
#define CORE_CONVERSION_H

#include "core/ctx.h"
#include "core/shape.h"
#include "document/wording.h"

/* What is wanted of a document. */
enum conversion_kind {
    CONVERSION_WORDS,
    CONVERSION_SHEETS,  /* of an archive */
    CONVERSION_INVOICE, /* the file of data in a PDF invoice (document/attached.h): its words are that file */
    CONVERSION_KINDS,
};

struct conversion {
    int64_t end;             /* enum wording_end */
    struct str title, words; /* empty but for WORDING_DONE; title may be empty then too */
};
extern const struct shape conversion_shape;

/* One sheet of an archive of "Vos droits et démarches" (role/convert_sheets.h), as it names itself. */
struct conversion_sheet {
    int64_t end;    /* enum wording_end; but for WORDING_DONE the key is all there is */
    struct str key; /* "F123" */
    struct str title, authors, publisher, date, link, audience, words;
};
extern const struct shape conversion_sheet_shape;

/* `row`: as given with the question, most often the row that says that somebody waits. */
typedef enum status conversion_take(struct ctx *ctx, int64_t row, const struct conversion *conversion);

#endif
