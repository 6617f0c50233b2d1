/* A reword as the page of an answer shows it. */
#ifndef SERVICE_ASSISTANT_REWORD_VIEW_H
#define SERVICE_ASSISTANT_REWORD_VIEW_H

#include "service/assistant/assistant_reword_html.h"
#include "service/assistant/reword.h"

/* `self`: the address of the page, to look again. */
MUST_USE enum status reword_view(struct ctx *ctx, const struct reword *reword, struct str self,
                                 struct assistant_reword_view *ret_view);

#endif
