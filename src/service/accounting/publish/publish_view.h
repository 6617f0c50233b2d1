/* What the public pages of a budget have in common: whose it is, its four parts, names and addresses. */
#ifndef SERVICE_ACCOUNTING_PUBLISH_PUBLISH_VIEW_H
#define SERVICE_ACCOUNTING_PUBLISH_PUBLISH_VIEW_H

#include "service/accounting/publish/publish.h"

struct publish_pages {
    struct publication publication;
    const struct chart *chart; /* NULL: none is shipped */
};

/* Expenses and receipts of functioning, then of investment. */
struct publish_part {
    const char *id;
    enum chart_section section;
    enum chart_direction direction;
    enum text_key question;
};
enum { PUBLISH_PARTS = 4 };
extern const struct publish_part publish_parts[PUBLISH_PARTS];

struct page_head publish_head(struct str title);
/* Of the act's number. NOT_FOUND: it is not shown. */
MUST_USE enum status publish_open(struct ctx *ctx, int64_t act, struct publish_pages *ret_pages);
/* That whose number stands in the address. */
MUST_USE enum status publish_asked(struct ctx *ctx, const struct web_request *request,
                                   struct publish_pages *ret_pages);

/* "/budget/3", and the lines of a chapter or a function of one part: "/budget/3/chapter/011#df"; "-" is no code. */
struct str publish_home(struct ctx *ctx, const struct budget_act *act);
struct str publish_path(struct ctx *ctx, const struct publish_pages *pages, const char *what, struct str code,
                        enum chart_section section, enum chart_direction direction);
/* "Chapitre 011 : Charges à caractère général", without what is not known of it. */
struct str publish_chapter_title(struct ctx *ctx, struct str code, struct str label);
/* "Enseignement (domaine 2)" */
struct str publish_function_name(struct ctx *ctx, const struct chart *chart, struct str code);

#endif
