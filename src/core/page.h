/* A page is one answer in the house's layout: masthead, menu, the service's own markup, foot with its help.
 *
 * Used by handlers: page_begin, then templates write into page.html, then page_end lays it out (or, when enhance.js
 * asked for a fragment, sends the markup alone). Owned by the handler's stack; page_end frees what page_begin took,
 * and must be reached on every way out. */
#ifndef CORE_PAGE_H
#define CORE_PAGE_H

#include "core/web.h"
#include "proto/html/html.h"

/* How dense a page is: tool of agents, public page, easy reading. */
enum page_tone { PAGE_AGENT, PAGE_RESIDENT, PAGE_EASY };

struct page {
    struct ctx *ctx;
    const struct web_request *request;
    struct web_response *response;
    struct html html; /* what templates write to */
    struct buf body;
};

struct page_head {
    struct str title;           /* what the page shows, without the town */
    enum page_tone tone;
    bool is_error;              /* the title says so first: a form was refused */
    const char *menu;           /* path of the menu entry this page belongs to, NULL for none */
    struct str search_path;     /* where the masthead's search goes, absent: no search */
    struct str search_words;
    bool is_unlisted;           /* search engines keep nothing of it: what stands there may be invented */
};

void page_begin(struct page *page, struct ctx *ctx, const struct web_request *request, struct web_response *response);
/* LIMIT when the page grew past HTML_PAGE_MAX. */
MUST_USE enum status page_end(struct page *page, const struct page_head *head);
/* Frees it when the handler stops before its end. */
void page_drop(struct page *page);

/* The answer to a refused request: what did not happen, why, and a way on. Always leaves a response. */
void page_refusal(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                  enum status status);

/* "Mairie de" for commune. */
struct str page_kind(struct ctx *ctx, struct str kind);
/* Dates in words, in the member's time zone: "lundi 23 novembre 2026, 9 h 12", and the shortest that is clear. Arena.
 * */
struct str page_moment(struct ctx *ctx, struct instant at);
struct str page_when(struct ctx *ctx, struct instant at);
/* "lundi 23 novembre", and "2026-11-23T09:12" for <time>. */
struct str page_day(struct ctx *ctx, struct instant at);
struct str page_iso(struct ctx *ctx, struct instant at);
/* The figures of a telephone number behind a plus (RFC 3966): "04 65 71 00 00" is a French one. */
struct str page_digits(struct ctx *ctx, struct str phone);
/* "12 mars 2026" */
struct str page_date(struct ctx *ctx, struct date date);
/* Minutes east of UTC of the member's time zone, now. */
int32_t page_offset_minutes(const struct ctx *ctx);
int32_t page_offset_at(struct instant at);
struct str page_size(struct ctx *ctx, int64_t bytes);
/* "1 234,50", in euros; arena. */
struct str page_money(struct ctx *ctx, struct money money);

#endif
