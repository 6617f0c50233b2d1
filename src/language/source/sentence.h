/* A sentence is a piece of a text that can be shown alone, as the very bytes of the text.
 *
 * French: "M. Durand", "art. 12", "n° 3", "1 500,50 €" and "L. 311-3-1" do not end one; a line does. Items of a
 * list, one a line, are sentences each. */
#ifndef LANGUAGE_SOURCE_SENTENCE_H
#define LANGUAGE_SOURCE_SENTENCE_H

#include "base/str.h"

/* Takes the next sentence off *rest, without blanks around it. False at the end. Of any bytes each that is no blank
 * is in one sentence. */
bool sentence_next(struct str *rest, struct str *ret_sentence);

#endif
