/* A staff_act_text is what an arrêté says, line by line: made from the facts while it is a draft, kept once it is
 * signed.
 *
 * In French, whatever language the page is read in. Invariant: the text of a signed act is the bytes that were
 * sealed. Whoever calls has asked for the right, or is the agent. */
#ifndef SERVICE_STAFF_ACT_STAFF_ACT_TEXT_H
#define SERVICE_STAFF_ACT_STAFF_ACT_TEXT_H

#include "service/staff/act/staff_act.h"

enum { STAFF_ACT_LINES_MAX = 80, STAFF_ACT_BYTES_MAX = 32 << 10 };
enum staff_act_part { STAFF_ACT_TITLE = 'T', STAFF_ACT_WHO = 'W', STAFF_ACT_SEEN = 'V', STAFF_ACT_WHY = 'C',
                      STAFF_ACT_ARTICLE = 'A', STAFF_ACT_END = 'F' };
struct staff_act_line {
    enum staff_act_part part;
    struct str text;
};
struct staff_act_text {
    struct staff_act_line lines[STAFF_ACT_LINES_MAX];
    size_t count;
};

/* `signatory`: who signs a draft. `is_named` (may be NULL): whether the agent has an identity that could be read; the
 * code stands instead. The reading of an identity is noted. */
MUST_USE enum status staff_act_text_of(struct ctx *ctx, const staff_act *act, struct str signatory,
                                       struct staff_act_text *ret_text, bool *is_named);
/* Seals it for good. */
MUST_USE enum status staff_act_text_keep(struct ctx *ctx, int64_t act, const struct staff_act_text *text);
/* "Le maire", or "Le président" of what is no commune. */
struct str staff_act_signatory(struct ctx *ctx);

/* Accessible PDF; appends to `out`, which is empty. NOT_FOUND "staff.fonts": this machine cannot make one. */
MUST_USE enum status staff_act_pdf(struct ctx *ctx, const staff_act *act, const struct staff_act_text *text,
                                   struct buf *out);

#endif
