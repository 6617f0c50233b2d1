/* An html text is what a page says without its markup, for previews, search, quoting and reading as
 * text.
 *
 * Not a sanitiser (proto/html is): the result is plain text and is escaped again wherever it is
 * shown. No tree is built, so no nesting can exhaust anything; time is linear. */
#ifndef PROTO_MIME_HTML_TEXT_H
#define PROTO_MIME_HTML_TEXT_H

#include "base/buf.h"

/* Lines inside of more than this many blockquotes carry no more '>' than it. */
enum { HTML_TEXT_QUOTES_MAX = 8 };

/* Appends the text of UTF-8 markup: blocks become lines ended by LF, quoted blocks begin with "> ",
 * list items with "- ", images give their alternative text; scripts, styles, titles and comments
 * give nothing. Blanks are collapsed but within <pre>. What does not fit out's maximum is
 * dropped. */
void html_text_write(struct buf *out, struct str markup);

/* The code point of a named character reference such as "eacute" (HTML 4 section 24), 0 when
 * unknown. */
uint32_t html_text_entity(struct str name);

#endif
