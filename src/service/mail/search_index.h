/* The index of search: how emails get into its tables and out. For the files of search.
 *
 * A word of the index is a run of letters and digits of plain text, elided articles too. A run longer than TOKEN_MAX
 * bytes is cut into windows that overlap by half, so that any SEARCH_PIECE_MAX bytes of it stand whole in one of
 * them. */
#ifndef SERVICE_MAIL_SEARCH_INDEX_H
#define SERVICE_MAIL_SEARCH_INDEX_H

#include "language/token.h"
#include "service/mail/search.h"

/* Grows with every change of what is put into the tables: of plain text, words, stems or documents. Tables of another
 * version are emptied when they are opened, and fed anew. */
enum { SEARCH_VERSION = 1, SEARCH_PIECE_MAX = 28 };

/* A transaction of its own. */
MUST_USE enum status search_index_clear(struct search *search);

/* Commits what the last steps left open, before anything else is written. */
MUST_USE enum status search_index_settle(struct search *search);

/* Takes the next word, or window, off the rest of a run (not empty): what remains is looked at next. */
struct str search_index_window(struct str *run);

/* ---- search_words.c ---- */

/* The words of each column of one email, each once and parted by blanks, stems after a '_'. */
struct search_words {
    struct str sender, recipient, copied, subject, body, other;
};
MUST_USE enum status search_words_of(struct arena *arena, const struct search_document *document,
                                     struct search *search, struct search_words *ret_words);

/* Adds the words of one email to the vocabulary. In the search's transaction. */
MUST_USE enum status search_words_learn(struct search *search, struct arena *arena, const struct search_words *words);

#endif
