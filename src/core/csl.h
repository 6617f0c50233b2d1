/* A csl is a list of works as reference managers read it: CSL-JSON (citationstyles.org, schema 1.0). */
#ifndef CORE_CSL_H
#define CORE_CSL_H

#include "base/buf.h"
#include "base/dates.h"

/* What is empty, absent or 0 days is left out. */
struct csl_work {
    struct str id;
    const char *type; /* CSL-JSON's word: "webpage", "dataset", "software" */
    struct str title, authors, publisher, licence, link, note;
    struct date written, taken;
};

/* Appends one work; the first opens the list, where nothing stands in `out`. */
void csl_add(struct buf *out, const struct csl_work *work);
/* Ends the list, also one to which nothing was added. */
void csl_end(struct buf *out);

#endif
