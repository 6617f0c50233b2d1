/* Letters of ISO-8859-1, the set every file for the accountant is in, from texts of any language.
 *
 * Why a table: names and labels hold euro signs, ligatures, curved quotes and letters of neighbours ("Š", "ł"), which
 * the set lacks; each has a form that everybody reads. Pure. */
#ifndef SERVICE_ACCOUNTING_PES_PES_LETTERS_H
#define SERVICE_ACCOUNTING_PES_PES_LETTERS_H

#include "base/buf.h"

/* Appends the text as the value of an attribute, escaped: "€" is EUR, "œ" is oe, "–" is -, an end of line a blank, and
 * an accent written apart is joined to its letter or left out. False: some sign has no form (Greek, Cyrillic, a
 * control character, bytes that are no UTF-8); what was appended is then of no use. */
MUST_USE bool pes_letters(struct buf *out, struct str text);

#endif
