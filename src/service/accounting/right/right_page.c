/* Rights of the town's people, given by its administrators: one form for each person. */
#include "base/utf8.h"
#include "core/person.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right_people_html.h"
#include "service/accounting/right/right_view.h"

enum { FILTER_MAX = 200, FOLDED_MAX = 4000, SHOWN_MAX = 300 /* people on a page; a filter finds the others */ };

static bool is_match(const person_list_row *person, struct str folded)
{
    struct buf all BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    utf8_fold(&all, person->address);
    buf_add_byte(&all, '\n');
    utf8_fold(&all, person->display_name);
    return folded.len == 0 || str_find(buf_str(&all), folded) != SIZE_MAX;
}

static enum status person_of(struct ctx *ctx, const person_list_row *row, struct right_people_person *ret_person)
{
    unsigned held;
    TRY(right_given(ctx, row->id, row->role == ROLE_ADMINISTRATOR, &held));
    struct right_people_person person = {.id = row->id,
                                         .name = row->display_name,
                                         .address = row->address,
                                         .is_administrator = row->role == ROLE_ADMINISTRATOR,
                                         .is_suspended = !row->is_active,
                                         .rights = arena_array(ctx->arena, struct right_people_person_right, RIGHTS)};
    if (person.rights == NULL)
        return LIMIT;
    for (size_t i = 0; i < RIGHTS; i++)
        person.rights[person.right_count++] =
            (struct right_people_person_right){.value = str_format(ctx->arena, "%u", 1U << i),
                                               .label = text_of(ctx->language, right_name(1U << i)),
                                               .is_held = held >> i & 1};
    *ret_person = person;
    return OK;
}

static enum status fill(struct ctx *ctx, struct str filter, struct right_people_view *view)
{
    person_list_row *people;
    size_t count;
    struct buf folded BUF_SCOPE = BUF_INIT(4 * FILTER_MAX);
    utf8_fold(&folded, filter);
    TRY(person_list(ctx, &people, &count));
    view->persons = arena_array(ctx->arena, struct right_people_person, SHOWN_MAX);
    if (view->persons == NULL)
        return LIMIT;
    for (size_t i = 0; i < count && view->person_count < SHOWN_MAX; i++)
        if (people[i].role != ROLE_OPERATOR && is_match(&people[i], buf_str(&folded)))
            TRY(person_of(ctx, &people[i], &view->persons[view->person_count++]));
    view->is_empty = view->person_count == 0;
    return OK;
}

enum status right_people_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct str filter = str_trim(web_text(request, "f"));
    struct right_people_view view = {.form_token = request->form_token,
                                     .filter = filter,
                                     .is_saved = web_has(request, "saved")};
    if (filter.len > FILTER_MAX)
        return LIMIT;
    TRY(right_apart(ctx, &view.is_apart));
    TRY(fill(ctx, filter, &view));
    page_begin(&page, ctx, request, response);
    right_people_html(&page.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_accounting_right_title), .menu = "/accounting"};
    return page_end(&page, &head);
}

enum status right_people_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(right_set(ctx, web_int(request, "person", 0), right_ticked(request)));
    return web_redirect(ctx, response, "/accounting/people?saved=1");
}

enum status right_apart_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(right_set_apart(ctx, web_has(request, "apart")));
    return web_redirect(ctx, response, "/accounting/people?saved=1");
}
