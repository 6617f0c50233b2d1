/* An html is a page being written: bytes that are already escaped for where they stand.
 *
 * Only this file writes tags or escapes; templates become calls to it (tools/htmlgen). A struct html_part is
 * a finished piece of markup: the one type a template passes through, and only the sanitiser and other
 * templates make one. */
#ifndef PROTO_HTML_HTML_H
#define PROTO_HTML_HTML_H

#include "base/buf.h"

enum { HTML_PAGE_MAX = 4 << 20, HTML_ICONS_MAX = 64 };

struct html {
    struct buf *out;
    int language;                          /* enum language of core/translate.h */
    const char *icons[HTML_ICONS_MAX];     /* used so far, for the sprite of the page */
    size_t icon_count;
};

struct html_part {
    struct str bytes;
};

void html_literal(struct html *html, struct str markup);      /* from a template, as it is */
void html_text(struct html *html, struct str text);           /* & < > escaped; controls replaced */
void html_attribute(struct html *html, struct str value);     /* & < > " ' escaped, between double quotes */
void html_url(struct html *html, struct str path);            /* a path of this host, or "#" */
void html_number(struct html *html, int64_t number);          /* digits only */
void html_icon(struct html *html, const char *name);          /* <svg class="i" aria-hidden="true">… */

#endif
