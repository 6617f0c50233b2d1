/* A staff_file is the page of one agent, shown by whoever changes something on it too. */
#ifndef SERVICE_STAFF_PAGE_STAFF_FILE_H
#define SERVICE_STAFF_PAGE_STAFF_FILE_H

#include "service/staff/page/staff_view.h"

struct staff_file_ask {
    int64_t agent;
    bool may_edit;
    struct str error; /* why nothing was saved; "" */
};
/* Notes the reading. NOT_FOUND: no such agent. */
MUST_USE enum status staff_file_page(struct ctx *ctx, const struct web_request *request,
                                     struct web_response *response, struct staff_file_ask ask);
/* On to the file once a fact that begins on that day was recorded; it says where pay of that month is closed. */
MUST_USE enum status staff_file_saved(struct ctx *ctx, struct web_response *response, int64_t agent,
                                      struct date since);

#endif
