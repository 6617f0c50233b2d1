/* A panel is a page of payroll as it grows: facts, forms that act, tables, all in one template.
 *
 * Why: a month, an element, a number of the law are all a few facts, a few lists and what may be done next; a page says
 * which, and looks like the others. Lives in the arena of its request; what would not fit in its room is LIMIT. */
#ifndef SERVICE_PAYROLL_VIEW_PANEL_H
#define SERVICE_PAYROLL_VIEW_PANEL_H

#include "core/page.h"
#include "service/payroll/view/panel_page_html.h"

enum {
    PANEL_FACTS_MAX = 30, PANEL_TABLES_MAX = 8, PANEL_ACTIONS_MAX = 8, PANEL_FIELDS_MAX = 16, PANEL_HEADS_MAX = 8,
    PANEL_LINKS_MAX = 12, PANEL_FAULTS_MAX = 100,
};

struct panel {
    struct ctx *ctx;
    const struct web_request *request;
    struct panel_page_view page;
};

MUST_USE enum status panel_begin(struct panel *panel, struct ctx *ctx, const struct web_request *request,
                                 struct str title);
/* Lays it out; with 422 where it tells of something that was not done. */
MUST_USE enum status panel_end(struct panel *panel, struct web_response *response);

/* What was not done: ctx->failure with its sentence. Then each fault of it. */
void panel_trouble(struct panel *panel);
void panel_fault(struct panel *panel, struct str mend);
void panel_warn(struct panel *panel, struct str text);
void panel_stand(struct panel *panel, struct str text);
/* Work that goes on while the page is looked at. */
void panel_moving(struct panel *panel, struct str words, struct str path, int64_t done, int64_t all);
enum panel_mood { PANEL_PLAIN, PANEL_GOOD, PANEL_BAD };
void panel_tag(struct panel *panel, enum text_key text, enum panel_mood mood);
void panel_nothing(struct panel *panel, enum text_key title, enum text_key text);
void panel_link(struct panel *panel, struct str path, enum text_key title);
void panel_crumb(struct panel *panel, struct str path, struct str title);
/* Of nothing: nothing. Path "": none. */
void panel_fact(struct panel *panel, enum text_key label, struct str value, struct str path);
void panel_more(struct panel *panel, struct str path, enum text_key title);

enum panel_column { PANEL_TEXT, PANEL_NUMBER, PANEL_OPTIONAL /* not on a narrow screen */, PANEL_OPTIONAL_NUMBER };
MUST_USE enum status panel_table(struct panel *panel, const char *id, enum text_key caption, enum text_key none,
                                 size_t rows, struct panel_page_table **ret_table);
void panel_head(struct panel *panel, struct panel_page_table *table, enum text_key title, enum panel_column column);
/* NULL: no room. */
struct panel_page_table_row *panel_row(struct panel *panel, struct panel_page_table *table, struct str name,
                                       struct str path);
/* Beneath its name on a narrow screen: what a column says that is not there. */
void panel_narrow(struct panel_page_table_row *row, struct str text);
void panel_cell(struct panel_page_table_row *row, struct str text, enum panel_column column);
void panel_cell_tag(struct panel_page_table_row *row, struct str text, enum panel_mood mood);
/* A button of one row. */
void panel_cell_act(struct panel *panel, struct panel_page_table_row *row, struct str path, enum text_key button);

MUST_USE enum status panel_action(struct panel *panel, const char *id, enum text_key title, enum text_key button,
                                  struct str path, struct panel_page_action **ret_action);
void panel_text(struct panel_page_action *action, struct str text);
enum panel_field { PANEL_WORDS, PANEL_DATE, PANEL_MONTH, PANEL_FILE, PANEL_SELECT };
/* What was sent stands in it again, else `value`. */
struct panel_page_action_field *panel_field(struct panel *panel, struct panel_page_action *action, const char *name,
                                            enum text_key label, enum panel_field kind);
void panel_value(struct panel *panel, struct panel_page_action_field *field, struct str value);
void panel_hint(struct panel *panel, struct panel_page_action_field *field, enum text_key hint);
MUST_USE enum status panel_options(struct panel *panel, struct panel_page_action_field *field, size_t room);
void panel_option(struct panel_page_action_field *field, struct str value, struct str text);

/* ---- texts ---- */

struct str panel_day(struct ctx *ctx, struct date day);   /* "" for none */
struct str panel_month(struct ctx *ctx, struct date day); /* "mars 2026" */
struct str panel_of_month(struct ctx *ctx, struct date day); /* "de mars 2026", "d’avril 2026" */
struct str panel_iso(struct ctx *ctx, struct date day);   /* "2026-03" */
struct str panel_number(struct ctx *ctx, int64_t number);
/* "11,10 %", of millionths. */
struct str panel_rate(struct ctx *ctx, int64_t millionths);
struct str panel_euros(struct ctx *ctx, int64_t cents);
/* "2026-03" or "2026-03-01": the first day of that month. */
MUST_USE enum status panel_read_month(struct str text, struct date *ret_month);
/* With a comma or a point, blanks of any kind between thousands, U+2212 for a minus: in millionths. INVALID: no number,
 * an exponent, more than six decimals, too large. */
MUST_USE enum status panel_read_number(struct str text, int64_t *ret_millionths);

#endif
