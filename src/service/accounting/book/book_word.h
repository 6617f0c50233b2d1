/* A word is one of those by which an act of the journal is looked for: what its label says, without accents and
 * capitals.
 *
 * Derived from the journal with all else (book_state.h). Why a table of words: a range of it answers in a millisecond
 * whatever the journal's length, in SQL that any database takes. */
#ifndef SERVICE_ACCOUNTING_BOOK_BOOK_WORD_H
#define SERVICE_ACCOUNTING_BOOK_BOOK_WORD_H

#include "core/ctx.h"

enum { BOOK_WORD_MAX = 40 /* bytes, of which one is known */, BOOK_WORDS_FOUND = 2000 };

/* The words of a text, folded, each once or more; at most `most`. Arena. */
MUST_USE enum status book_words(struct arena *arena, struct str text, size_t most, struct str **ret_words,
                                size_t *ret_count);
/* Those of an act. */
MUST_USE enum status book_words_keep(struct ctx *ctx, uint64_t sequence, struct str label);
MUST_USE enum status book_words_forget(struct ctx *ctx);
/* Acts with a word that begins so, the newest first; at most BOOK_WORDS_FOUND. */
MUST_USE enum status book_words_find(struct ctx *ctx, struct str word, uint64_t **ret_sequences, size_t *ret_count);

#endif
