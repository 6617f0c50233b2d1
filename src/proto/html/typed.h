/* A typed text is the plain body of a message as a page shows it: what was written, what is quoted set back, the
 * signature in the second voice, web addresses as links.
 *
 * The text is a stranger's. Only http and https become links, only whole and without a name before the host
 * ("https://bank.example@elsewhere.example/"), and their words are the address itself, so that nothing reads otherwise
 * than where it leads. Controls that turn or hide text are shown as U+FFFD. Time and memory are linear. */
#ifndef PROTO_HTML_TYPED_H
#define PROTO_HTML_TYPED_H

#include "proto/html/html.h"

enum {
    TYPED_QUOTES_MAX = 5,  /* levels set back; deeper ones stand at the last */
    TYPED_LINK_MAX = 2000, /* bytes of an address */
    TYPED_LINKS_MAX = 20000, /* words that begin like one, looked at */
    TYPED_FOLD_LINES = 4,  /* a longer quotation at the end is folded */
};

/* `quoted_words`: the summary of a quotation folded at the end ("Texte cité"); absent folds nothing. */
void typed_write(struct html *html, struct str text, struct str quoted_words);

#endif
