/* A front_page is an answer front gives a browser itself, since no member is asked: the chooser of the bare host, a
 * refusal, an embedded file.
 *
 * Owns the memory of one answer; front_page_finish gives it back. */
#ifndef ROLE_FRONT_PAGE_H
#define ROLE_FRONT_PAGE_H

#include "core/translate.h"
#include "core/web.h"
#include "proto/http/http_request.h"
#include "role/front_connection.h"

struct front_page {
    struct arena *arena;
    struct web_response response;
};

/* Beside the index of a member. */
enum { FRONT_CHOOSER = -3, FRONT_NOWHERE = -4 }; /* and unlike FRONT_AUTH, FRONT_PARENT */
/* Who answers at this host: a member by one of its host names or as NAME.localhost, the chooser, or nobody. */
int front_page_host(const struct front *front, const struct http_request *request);

struct front_page_ask {
    const struct front *front;
    const struct http_request *request;
    int town; /* whose plate stands over it, or one of the two above */
    struct str trace;
};
void front_page_chooser(struct front_page *page, const struct front_page_ask *ask);
/* In the house's layout; T_none: the sentence of the status. */
void front_page_refusal(struct front_page *page, const struct front_page_ask *ask, enum status status,
                        enum text_key sentence);
/* False: the path is no file's. */
bool front_page_asset(struct front_page *page, const struct front_page_ask *ask);
void front_page_finish(struct front_page *page);

#endif
