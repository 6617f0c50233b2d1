/* A place is where in HTML the next byte of a template stands: it decides how a value is escaped.
 *
 * A small machine over the template's own bytes (values never change it). Only what a careful template
 * needs: attributes in double quotes, no value in a tag, a comment, a script or a style. */
#ifndef TOOLS_HTMLGEN_PLACE_H
#define TOOLS_HTMLGEN_PLACE_H

#include "source.h"

enum html_where { PLACE_TEXT, PLACE_TAG, PLACE_ATTRIBUTE, PLACE_RAW /* script, style, comment */ };

struct html_place {
    enum html_where where;
    struct str tag, attribute; /* names being in */
    size_t value_length;       /* bytes of the attribute's value before here */
    struct str word;           /* the word being read within a tag */
    const char *problem;       /* why the template is refused, or NULL */
};

/* One literal byte of the template; `at` points to it. */
void html_place_step(struct html_place *place, const char *at);

/* The attribute is an address: href, action, formaction, src. */
bool html_place_is_url(const struct html_place *place);
bool html_place_same(const struct html_place *a, const struct html_place *b);

#endif
