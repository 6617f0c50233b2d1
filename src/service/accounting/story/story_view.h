/* A story as a table of a page. */
#ifndef SERVICE_ACCOUNTING_STORY_STORY_VIEW_H
#define SERVICE_ACCOUNTING_STORY_STORY_VIEW_H

#include "service/accounting/spend/spend_view.h"
#include "service/accounting/story/story.h"
#include "service/accounting/story/story_list_html.h"

/* For whoever may read accounting; nothing for others. */
MUST_USE enum status story_list_of(struct ctx *ctx, enum story_kind kind, int64_t object,
                                   struct story_list_view *ret_view);
/* The last table of a page of spending. */
MUST_USE enum status story_table(struct spend_view *view, enum story_kind kind, int64_t object, int64_t slip);

#endif
