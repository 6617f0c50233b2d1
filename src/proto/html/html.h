/* An html is a page being written: bytes that are already escaped for where they stand.
 *
 * Only this file writes tags or escapes; templates become calls to it (tools/htmlgen). A struct html_part is
 * a finished piece of markup: the one type a template passes through, and only the sanitiser and other
 * templates make one.
 *
 * Every writer takes any bytes: malformed UTF-8 and control characters (all but tab, LF, CR) come out as
 * U+FFFD, so a page is always well-formed UTF-8. What does not fit is remembered by the buf. */
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
void html_link(struct html *html, struct str address);        /* http:// or https:// of elsewhere, or "#" */
void html_number(struct html *html, int64_t number);          /* digits only */
void html_icon(struct html *html, const char *name);          /* <svg class="i" aria-hidden="true">… */

/* A name somebody chose (person, file, subject): as html_text, and the bidirectional and invisible
 * controls that can make it read otherwise than it is are shown as U+FFFD. One line: CR, LF and tab too. */
void html_name(struct html *html, struct str name);
/* Lines, each as a name, with <br> between. */
void html_lines(struct html *html, struct str lines);

/* One path segment or one query name or value inside an attribute: all but RFC 3986 "unreserved"
 * percent-encoded, '/' included, so it can neither add a segment nor a parameter. The segments "." and
 * ".." cannot be told from steps by any encoding: as a segment they are the caller's to refuse. */
void html_url_component(struct html *html, struct str component);
/* The same into any buf, for Location headers. */
void html_url_component_add(struct buf *out, struct str component);

#endif
