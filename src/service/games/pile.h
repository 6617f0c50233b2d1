/* A pile is the documents of the town's sources that one draw of game 10 is made of, and the sentences of each that can
 * be shown alone.
 *
 * Invariants: it costs no more for large documents than for small ones: of each at most PILE_READ bytes are read, and
 * the sentences of 32 KB kept, from a line that is drawn. The same seed over the same documents gives the same pile.
 * Everything lies in reading.arena. */
#ifndef SERVICE_GAMES_PILE_H
#define SERVICE_GAMES_PILE_H

#include "base/seeded.h"
#include "service/source/source.h"

enum { PILE_DOCUMENTS_MAX = 10, PILE_READ = 160 << 10, PILE_SEARCHED = 24 << 20 };

struct pile_passage {
    struct str text;
    int64_t line; /* as its page numbers them: lines that are not empty, from 0 */
};

struct pile_document {
    struct document document;
    struct pile_passage *passages;
    size_t count; /* at least one */
};

struct pile {
    struct ctx reading; /* documents are read into memory of their own */
    struct seeded seeded;
    struct pile_document documents[PILE_DOCUMENTS_MAX];
    size_t count;
    struct document_search search;
};

/* ids: how many documents there have been, withdrawn ones too. NOT_FOUND: none that may be quoted and has passages. */
MUST_USE enum status pile_read(struct pile *pile, int64_t ids);
/* Of a pile that was read. */
const struct pile_document *pile_draw(struct pile *pile);
const struct pile_passage *pile_passage(struct pile *pile, const struct pile_document *document);
/* Do the document's words hold this, anywhere? BUSY: PILE_SEARCHED bytes were gone through for this pile already. */
MUST_USE enum status pile_holds(struct pile *pile, const struct pile_document *document, struct str text,
                                bool *ret_holds);

#endif
