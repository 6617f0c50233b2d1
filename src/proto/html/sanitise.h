/* A sanitise turns the HTML of a stranger's mail into HTML that can do nothing: no script, no form, no picture from
 * elsewhere unless asked for, no link that hides where it leads.
 *
 * Built on an allow-list: the document is parsed as browsers do (gumbo, WHATWG HTML), and only elements, attributes and
 * style properties named in sanitise_table.c are written anew, by our own escaping; nothing of the source is copied as
 * markup. The result is still shown in a sandboxed frame with a policy of its own. */
#ifndef PROTO_HTML_SANITISE_H
#define PROTO_HTML_SANITISE_H

#include "base/arena.h"
#include "proto/html/html.h"

enum {
    SANITISE_SOURCE_MAX = 2 << 20, /* bytes of HTML; LIMIT above */
    SANITISE_DEPTH_MAX = 200,      /* elements within elements; what is deeper loses its tags, not its text */
    SANITISE_NODES_MAX = 200000,   /* what comes behind is left out */
};

struct sanitise_options {
    bool shows_images;       /* pictures of other hosts may load */
    struct str inline_path;  /* before the Content-ID of a "cid:" picture: "/mail/message/7/inline/" */
    struct str held_words;   /* shown for a picture held back: "Image distante non chargée" */
};
struct sanitise_result {
    int64_t images_held; /* pictures of other hosts not shown */
    bool is_cut;
};

/* Appends what may be shown of the body. LIMIT: source too long, out full. */
MUST_USE enum status sanitise(struct str source, const struct sanitise_options *options, struct html *out,
                              struct sanitise_result *ret_result);

#endif
