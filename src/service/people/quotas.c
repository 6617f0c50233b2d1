#include "core/person.h"
#include "service/mail/mail.h"
#include "service/people/lang.h"
#include "service/people/people.h"
#include "service/people/people_quotas_html.h"

#define GIGABYTE INT64_C(1000000000)
enum { QUOTA_GIGABYTES_MAX = 10000, HUNDRED = 100, NEAR = 90 };

/* In hundredths; a full one shows full, however far it is over. */
static int64_t part_of(int64_t used, int64_t limit)
{
    if (limit == 0)
        return 0;
    return used >= limit ? HUNDRED : used / (limit / HUNDRED + 1);
}

static enum status fill(struct ctx *ctx, struct people_quotas_view *view)
{
    person_list_row *people;
    size_t count;
    int64_t total = 0;
    TRY(person_list(ctx, &people, &count));
    view->mailboxes = arena_array(ctx->arena, struct people_quotas_mailbox, count + 1);
    if (view->mailboxes == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct mail_usage usage;
        TRY(mail_usage_of(ctx, people[i].id, &usage));
        int64_t limit = people[i].quota_bytes, part = part_of(usage.used, limit);
        total += usage.used;
        view->mailboxes[view->mailbox_count++] = (struct people_quotas_mailbox){
            .address = people[i].address, .used = page_size(ctx, usage.used),
            .messages = usage.messages, .has_limit = limit > 0, .limit = page_size(ctx, limit), .part = part,
            .is_over = limit > 0 && part >= HUNDRED, .is_near = limit > 0 && part >= NEAR && part < HUNDRED,
            .gigabytes = limit / GIGABYTE, .id = people[i].id};
    }
    view->total = page_size(ctx, total);
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        enum text_key error)
{
    struct page page;
    struct people_quotas_view view = {.tabs = {.on_quotas = true}, .form_token = request->form_token,
                                      .is_saved = web_has(request, "saved"), .has_error = error != T_none,
                                      .error = text_of(ctx->language, error)};
    TRY(fill(ctx, &view));
    struct page_head head = people_head(ctx, T_people_tab_quotas);
    head.is_error = view.has_error;
    if (view.has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    people_quotas_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status people_quotas_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, T_none);
}

enum status people_quotas_set(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    person_row person;
    int64_t quota = web_int(request, "quota", -1);
    if (quota < 0 || quota > QUOTA_GIGABYTES_MAX)
        return show(ctx, request, response, T_people_quota_wrong);
    TRY(person_get(ctx, web_int(request, "person", 0), &person));
    struct person_change change = {.id = person.id, .display_name = person.display_name,
                                   .department = person.department, .is_active = person.is_active != 0,
                                   .role = (enum role)person.role, .quota_bytes = quota * GIGABYTE};
    TRY(person_set(ctx, &change));
    return web_redirect(ctx, response, "/people/quotas?saved");
}
