/* A spend view is a page of spending as it grows: facts, tables, and forms that act, all in one template.
 *
 * Why: an engagement, a bill, a mandat and a bordereau are all a few facts, a few lists and what may be done next; a
 * page says which, and looks like the others. Lives in the arena of its request. What would not fit in its room is left
 * out of lists of choices alone; everything else is LIMIT at spend_end. */
#ifndef SERVICE_ACCOUNTING_SPEND_SPEND_VIEW_H
#define SERVICE_ACCOUNTING_SPEND_SPEND_VIEW_H

#include "core/page.h"
#include "service/accounting/delay/delay.h"
#include "service/accounting/spend/credit.h"
#include "service/accounting/spend/spend_page_html.h"

enum spend_tab { SPEND_CREDITS, SPEND_ENGAGEMENTS, SPEND_BILLS, SPEND_ORDERS, SPEND_TITLES, SPEND_SLIPS, SPEND_TABS,
                 SPEND_NOWHERE = SPEND_TABS };
enum {
    SPEND_FACTS_MAX = 30, SPEND_TABLES_MAX = 12, SPEND_ACTIONS_MAX = 8, SPEND_FIELDS_MAX = 48, SPEND_HEADS_MAX = 8,
    SPEND_OPTIONS_MAX = 1000, SPEND_LINKS_MAX = 6, SPEND_MORE_MAX = 40,
};

struct spend_view {
    struct ctx *ctx;
    const struct web_request *request;
    struct spend_page_view page;
    struct str command; /* the id of what its forms do */
};

/* The tabs of the year, `here` among them; `year` NULL: none. */
MUST_USE enum status spend_begin(struct spend_view *view, struct ctx *ctx, const struct web_request *request,
                                 const struct credit_year *year, enum spend_tab here, struct str title);
/* Lays it out; with 422 where it tells of something that was not done. */
MUST_USE enum status spend_end(struct spend_view *view, struct web_response *response);

/* What was not done, and why: faults, else the failure with its sentence; NULL: nothing was asked. */
MUST_USE enum status spend_trouble(struct spend_view *view, const struct faults *faults);
/* Whether the page is shown again, with why. */
bool spend_is_refused(enum status done, const struct faults *faults);
void spend_stand(struct spend_view *view, struct str text);
/* Work that goes on while the page is looked at: how far it is; asked again until its stage is another. */
struct spend_work {
    enum text_key title;
    struct str words, path; /* in a sentence; the page itself */
    int64_t stage, done, all;
};
void spend_moving(struct spend_view *view, const struct spend_work *work);
enum spend_mood { SPEND_PLAIN, SPEND_GOOD, SPEND_BAD };
void spend_tag(struct spend_view *view, enum text_key text, enum spend_mood mood);
/* That there is nothing, and what to do. */
void spend_empty(struct spend_view *view, enum text_key title, enum text_key text);
void spend_link(struct spend_view *view, struct str path, enum text_key title);
void spend_crumb(struct spend_view *view, struct str path, struct str title);
void spend_fact(struct spend_view *view, enum text_key label, struct str value, struct str path); /* path "": none */

/* Other pages, listed at the end. */
void spend_more(struct spend_view *view, struct str path, struct str title);

/* Whether new acts are still made in the year; where it is closed the page says so, in place of what it would offer. */
MUST_USE enum status spend_is_open(struct spend_view *view, const struct credit_year *year, bool *ret_is_open);

/* A table with room for that many rows; `none` stands where there is none. */
MUST_USE enum status spend_table(struct spend_view *view, const char *id, enum text_key caption, enum text_key none,
                                 size_t rows, struct spend_page_table **ret_table);
/* Optional: not on a narrow screen. */
enum spend_column { SPEND_TEXT, SPEND_NUMBER, SPEND_OPTIONAL, SPEND_OPTIONAL_NUMBER };
void spend_head(struct spend_view *view, struct spend_page_table *table, enum text_key title, enum spend_column column);
/* NULL: no room. */
struct spend_page_table_row *spend_row(struct spend_view *view, struct spend_page_table *table, struct str name,
                                       struct str path);
/* Beneath its name: of `whole`, what was used, and what is held beside it. */
void spend_bar(struct spend_view *view, struct spend_page_table_row *row, struct money used, struct money held,
               struct money whole);
/* Beneath its name on a narrow screen: what a column says that is not there. */
void spend_narrow(struct spend_page_table_row *row, struct str text);
void spend_cell(struct spend_page_table_row *row, struct str text, enum spend_column column);
void spend_cell_tag(struct spend_page_table_row *row, struct str text, enum spend_mood mood);

/* A form that posts to a path. */
MUST_USE enum status spend_action(struct spend_view *view, const char *id, enum text_key title, enum text_key button,
                                  struct str path, struct spend_page_action **ret_action);
enum spend_field { SPEND_WORDS, SPEND_WIDE, SPEND_DATE, SPEND_MONEY, SPEND_FILE };
/* What was sent stands in it again, else `value`. NULL: no room. */
struct spend_page_action_field *spend_field(struct spend_view *view, struct spend_page_action *action,
                                            const char *name, enum text_key label, enum spend_field kind,
                                            struct str value, bool is_required);
void spend_hint(struct spend_view *view, struct spend_page_action_field *field, enum text_key hint);
/* Choices that are offered while one writes. */
MUST_USE enum status spend_choices(struct spend_view *view, struct spend_page_action_field *field, size_t room);
void spend_choice(struct spend_page_action_field *field, size_t room, struct str value, struct str text);

/* In small beneath it. */
void spend_note(struct spend_page_table *table, struct str text);
/* Expenses of the year by level, with bars: opened, engaged, ordered, available. */
MUST_USE enum status spend_credits(struct spend_view *view, const struct credit_year *year);

/* ---- texts and fields ---- */

struct str spend_day(struct ctx *ctx, struct date day); /* "" for none */
struct str spend_iso(struct ctx *ctx, struct date day);
/* "12 jours pour payer", "3 jours de retard", or that the delay stands still. */
struct str spend_clock(struct ctx *ctx, const struct delay *delay, enum spend_mood *ret_mood);
struct str spend_number(struct ctx *ctx, uint64_t number);
struct str spend_path(struct ctx *ctx, const struct credit_year *year, const char *rest);
/* INVALID, with the sentence: no day, no amount. */
MUST_USE enum status spend_read_day(struct ctx *ctx, const struct web_request *request, const char *name,
                                    struct date *ret_day);
MUST_USE enum status spend_read_money(struct ctx *ctx, const struct web_request *request, const char *name,
                                      struct money *ret_money);
MUST_USE enum status spend_read_command(struct ctx *ctx, const struct web_request *request,
                                        unsigned char ret_id[ENTRY_ID_BYTES]);
/* The number in the address. NOT_FOUND: none. */
MUST_USE enum status spend_read_number(const struct web_request *request, size_t place, int64_t *ret_number);
/* The year of the first two numbers of the address. */
MUST_USE enum status spend_read_year(struct ctx *ctx, const struct web_request *request, struct credit_year *ret_year);

#endif
