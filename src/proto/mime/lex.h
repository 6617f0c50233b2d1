/* A lex is the small grammar all structured mail fields share: white space, comments, quoted
 * strings, runs of allowed bytes (RFC 5322 section 3.2, RFC 2045 section 5.1).
 *
 * Why: addresses, dates, message ids and parameters all begin with it. Every function takes bytes
 * off the front of *rest, never fails and costs time linear in what it takes; what is left open (a
 * comment, a quoted string) ends with the field. */
#ifndef PROTO_MIME_LEX_H
#define PROTO_MIME_LEX_H

#include "base/buf.h"

/* Takes white space, line ends and comments. The text of the last comment, unescaped, replaces what
 * *comment holds, when comment is not NULL and there is one. */
void lex_skip(struct str *rest, struct buf *comment);

/* Takes the quoted string *rest begins with and appends what it means: no quotes, backslashes or
 * line ends. Without a quote at the front nothing is taken and false returned. */
bool lex_quoted(struct str *rest, struct buf *out);

/* Takes the run of bytes that are neither controls, blanks nor in `ends`. */
struct str lex_until(struct str *rest, const char *ends);

/* Takes the byte when it is next. */
bool lex_byte(struct str *rest, char byte);

/* The bytes that end an RFC 5322 atom and an RFC 2045 token. */
#define LEX_ATOM_ENDS "()<>@,;:\\\"[]"
#define LEX_TOKEN_ENDS "()<>@,;:\\\"/[]?="

#endif
