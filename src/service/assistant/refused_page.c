#include "core/page.h"
#include "service/assistant/assistant_refused_html.h"
#include "service/assistant/assistant_service.h"
#include "service/assistant/lang.h"
#include "service/assistant/refused.h"

enum status assistant_refused_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct refused *subjects;
    size_t count;
    TRY(refused_list(ctx, &subjects, &count));
    struct assistant_refused_view view = {
        .is_empty = count == 0, .subjects = arena_array(ctx->arena, struct assistant_refused_subject, count + 1)};
    if (view.subjects == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view.subjects[view.subject_count++] = (struct assistant_refused_subject){
            .words = subjects[i].words, .askers = subjects[i].askers, .day = page_date(ctx, subjects[i].day)};
    page_begin(&page, ctx, request, response);
    assistant_refused_html(&page.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_assistant_refused_title),
                             .tone = PAGE_AGENT,
                             .menu = "/assistant",
                             .search_path = STR_NONE};
    return page_end(&page, &head);
}
