/* Fields that forms of spending share, and what was written in them: a party, an account, a service. */
#ifndef SERVICE_ACCOUNTING_SPEND_SPEND_FORM_H
#define SERVICE_ACCOUNTING_SPEND_SPEND_FORM_H

#include "service/accounting/spend/spend_view.h"

/* "party": chosen by name, or by its number; those of the town are offered. */
MUST_USE enum status spend_field_party(struct spend_view *view, struct spend_page_action *action, struct str value,
                                       bool is_required);
/* 0 where nothing stands. INVALID, with the sentence: none, or several, have that name. */
MUST_USE enum status spend_read_party(struct ctx *ctx, const struct web_request *request, int64_t *ret_party);
/* How a party stands in that field. */
struct str spend_party_words(struct ctx *ctx, int64_t id, struct str name, struct str number);

/* Operations of the year with credits of their own are offered; no field where there are none. */
MUST_USE enum status spend_field_operation(struct spend_view *view, struct spend_page_action *action,
                                           const struct credit_year *year, enum chart_direction direction,
                                           const char *name, struct str label);
/* "account", "function", "operation": those with credits are offered. */
MUST_USE enum status spend_fields_account(struct spend_view *view, struct spend_page_action *action,
                                          const struct credit_year *year, enum chart_direction direction);
/* The account and function written, with that amount. */
struct imputation spend_read_line(const struct web_request *request, struct money net, struct money tax);

/* "programme": the number of one of the budget's, and "slice": what the year bears; nothing where it has none. */
MUST_USE enum status spend_field_programme(struct spend_view *view, struct spend_page_action *action, int64_t budget);
/* 0 where nothing stands. INVALID, with the sentence: the budget has none of that number, or one stands without the
 * other. */
MUST_USE enum status spend_read_programme(struct ctx *ctx, const struct web_request *request, int64_t budget,
                                          int64_t *ret_programme, struct money *ret_slice);

/* The numbers of the rows that are ticked, in a table of a page. LIMIT: more than there is room for. */
MUST_USE enum status spend_read_ticks(const struct web_request *request, uint64_t *numbers, size_t room,
                                      size_t *ret_count);
/* A row that can be ticked, under that number. */
void spend_tick(struct spend_view *view, struct spend_page_table_row *row, uint64_t number);

/* "unit": the code of a service of the town. */
MUST_USE enum status spend_field_unit(struct spend_view *view, struct spend_page_action *action, struct str value);
/* 0 where nothing stands. INVALID, with the sentence: none has that code. */
MUST_USE enum status spend_read_unit(struct ctx *ctx, const struct web_request *request, int64_t *ret_unit);

#endif
