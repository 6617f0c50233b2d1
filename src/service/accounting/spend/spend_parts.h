/* Lines of an act in a form: several to be charged, or parts of those that another act has. Without a script: a button
 * shows the form again with one line more.
 *
 * Fields are named "account", "function", "amount" of the first line, with a number from 2 on behind those of the
 * others; "part1" and so on for parts. */
#ifndef SERVICE_ACCOUNTING_SPEND_SPEND_PARTS_H
#define SERVICE_ACCOUNTING_SPEND_SPEND_PARTS_H

#include "service/accounting/spend/spend_form.h"

enum { SPEND_LINES_MAX = 10 };

/* ---- several lines to be charged ---- */

/* As many as were sent, and one more where that was asked; the button that asks for it. */
MUST_USE enum status spend_fields_lines(struct spend_view *view, struct spend_page_action *action,
                                        const struct credit_year *year, enum chart_direction direction,
                                        enum text_key amount);
/* Was one line more asked for? Then the form is shown again, and nothing is done. */
bool spend_wants_line(const struct web_request *request);
/* Lines that are empty are left out; *ret_count 1 at least. INVALID, with the sentence: no amount, or half a line. */
MUST_USE enum status spend_read_lines(struct ctx *ctx, const struct web_request *request,
                                      struct imputation ret_lines[SPEND_LINES_MAX], size_t *ret_count);

/* ---- parts of the lines of an act ---- */

/* What is left of each line of an act: less what acts on it have taken. The lines in the order of the act; the tax of
 * each is what is left of it. What was taken on another account, as a titre on 773 takes of a mandat of a closed year,
 * goes from the lines of its section in their order. */
MUST_USE enum status spend_left(struct ctx *ctx, uint64_t sequence, struct imputation **ret_lines,
                                struct money **ret_left, size_t *ret_count);
/* The same, as it was before that entry. */
MUST_USE enum status spend_left_before(struct ctx *ctx, uint64_t sequence, uint64_t before,
                                       struct imputation **ret_lines, struct money **ret_left, size_t *ret_count);
/* Parts that come to an amount, out of what is left: of each line as far as it goes, what is above on the last. */
void spend_in_order(struct money *left, size_t count, struct money amount);
/* One amount for each line that has something left, with that beside it; no more than there is room for in a form. */
void spend_fields_parts(struct spend_view *view, struct spend_page_action *action, const struct imputation *lines,
                        const struct money *parts, size_t count);
/* What was written for each; an empty one is 0. INVALID, with the sentence: no amount. NOT_FOUND: none was sent. */
MUST_USE enum status spend_read_parts(struct ctx *ctx, const struct web_request *request, size_t count,
                                      struct money **ret_parts);

#endif
