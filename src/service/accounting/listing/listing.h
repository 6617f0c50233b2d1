/* A listing is a list of the town as a CSV: all of what its page lists, not only the rows that it shows.
 *
 * Why: lists go to spreadsheets. Invariants: heads are in French whatever the language, so that what reads the file
 * finds them; no text is a formula; one file has LISTING_ROWS rows at most, since a town's turn has 20 ms, and the page
 * links to each (?from=5000): nothing is left out unsaid. */
#ifndef SERVICE_ACCOUNTING_LISTING_LISTING_H
#define SERVICE_ACCOUNTING_LISTING_LISTING_H

#include "service/accounting/spend/spend_view.h"

enum { LISTING_ROWS = 5000 /* as LIMIT in listing.sql */ };
enum listing_kind { LISTING_ENGAGEMENTS, LISTING_BILLS, LISTING_ORDERS, LISTING_TITLES, LISTING_SLIPS };

/* Those of the page of that list, one for each file. */
MUST_USE enum status listing_links(struct spend_view *view, const struct credit_year *year, enum listing_kind kind);

/* The heads of a file that begins after so many rows (?from=); it is called "name-2026.csv", without the year where
 * that is 0. */
void listing_begin(struct ctx *ctx, const struct web_request *request, struct web_response *response, const char *name,
                 int32_t year, const enum text_key *heads, size_t count);
int64_t listing_from(const struct web_request *request);
/* As a row has it: a text that is no formula, a number of something, "" for 0; amounts: budget_plain. */
struct str listing_text(struct ctx *ctx, struct str text);
struct str listing_number(struct ctx *ctx, int64_t number);
struct str listing_day(struct ctx *ctx, int64_t days);
struct str listing_word(enum text_key key);

#endif
