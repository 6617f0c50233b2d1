/* For the pages of régies: what is looked at, and words that several of them have. */
#ifndef SERVICE_ACCOUNTING_RECEIPT_REGIE_VIEW_H
#define SERVICE_ACCOUNTING_RECEIPT_REGIE_VIEW_H

#include "service/accounting/receipt/regie.h"
#include "service/accounting/spend/spend_form.h"

extern const enum text_key regie_kind_words[REGIE_KINDS], regie_means_words[REGIE_MEANS];

MUST_USE enum status regie_add_choice(struct spend_view *view, struct spend_page_action *action, const char *name,
                                      enum text_key label, const enum text_key *words, size_t count);
/* Its place among them; 0: none of them. */
size_t regie_chosen(struct ctx *ctx, const struct web_request *request, const char *name, const enum text_key *words,
                    size_t count);

/* What is looked at: the régie, the month asked for, and the year whose titres it makes. */
struct regie_seen {
    struct regie regie;
    struct credit_year year;
    struct date month;
    struct regie_state state;
};
/* NOT_FOUND. */
MUST_USE enum status regie_asked(struct ctx *ctx, const struct web_request *request, struct regie_seen *ret_seen);
/* Its page; `faults` NULL: nothing was refused. */
MUST_USE enum status regie_show_month(struct ctx *ctx, const struct web_request *request,
                                      struct web_response *response, const struct regie_seen *seen,
                                      const struct faults *faults);
struct str regie_path(struct ctx *ctx, int64_t id, const char *rest);
struct str regie_month_text(struct ctx *ctx, struct date day); /* "2026-11" */

/* ---- parts of that page ---- */

MUST_USE enum status regie_add_deeds(struct spend_view *view, const struct regie_seen *seen, struct money untitled,
                                     unsigned rights);

#endif
