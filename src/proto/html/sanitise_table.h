/* What a stranger's HTML may keep: elements, attributes, style properties, schemes. For sanitise.c alone. */
#ifndef PROTO_HTML_SANITISE_TABLE_H
#define PROTO_HTML_SANITISE_TABLE_H

#include "base/buf.h"

enum sanitise_element {
    SANITISE_DROPPED, /* it and all that is in it */
    SANITISE_OPENED,  /* its tags go, its content stays */
    SANITISE_KEPT,
    SANITISE_VOID,    /* kept, without end tag */
};
/* By name, lower case. Unknown ones are opened. */
enum sanitise_element sanitise_element(struct str name);
/* True for attributes that say how something looks or what it means, and can hold no address. */
bool sanitise_attribute(struct str name);

/* Appends the declarations of a style attribute that are on the list and whose values can load or run nothing. */
void sanitise_style(struct buf *out, struct str style);

enum sanitise_address { SANITISE_NO_ADDRESS, SANITISE_LINK, SANITISE_REMOTE, SANITISE_INLINE, SANITISE_DATA };
/* What an address is, as a browser would read it: blanks and controls inside dropped first into `clean`. */
enum sanitise_address sanitise_address(struct str raw, struct buf *clean);
/* The host of a web address, "" for others. */
struct str sanitise_host(struct str address);

#endif
