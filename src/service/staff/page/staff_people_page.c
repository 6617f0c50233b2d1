/* Rights over files, given by the town's administrators: one form for each person. */
#include "core/person.h"
#include "service/staff/page/staff_people_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

enum { SHOWN_MAX = 300 };

static enum status person_of(struct ctx *ctx, const person_list_row *row, struct staff_people_person *ret_person)
{
    unsigned held;
    TRY(staff_right_of(ctx, row->id, &held));
    struct staff_people_person person = {.id = row->id,
                                         .name = row->display_name,
                                         .address = row->address,
                                         .rights = arena_array(ctx->arena, struct staff_people_person_right,
                                                               STAFF_RIGHTS)};
    if (person.rights == NULL)
        return LIMIT;
    for (size_t i = 0; i < STAFF_RIGHTS; i++)
        person.rights[person.right_count++] =
            (struct staff_people_person_right){.value = str_format(ctx->arena, "%u", 1U << i),
                                               .label = text_of(ctx->language, staff_right_name(1U << i)),
                                               .is_held = held >> i & 1};
    *ret_person = person;
    return OK;
}

enum status staff_people_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    person_list_row *people;
    size_t count;
    TRY(person_list(ctx, &people, &count));
    struct staff_people_view view = {.form_token = request->form_token,
                                     .is_saved = web_has(request, "saved"),
                                     .persons = arena_array(ctx->arena, struct staff_people_person, SHOWN_MAX)};
    if (view.persons == NULL)
        return LIMIT;
    for (size_t i = 0; i < count && view.person_count < SHOWN_MAX; i++)
        if (people[i].role != ROLE_OPERATOR && people[i].is_active)
            TRY(person_of(ctx, &people[i], &view.persons[view.person_count++]));
    page_begin(&page, ctx, request, response);
    staff_people_html(&page.html, &view);
    struct page_head head = {.title = text_of(ctx->language, T_staff_rights_menu), .menu = "/staff"};
    return page_end(&page, &head);
}

enum status staff_people_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    uint64_t rights = 0, one;
    for (size_t i = 0; request->fields != NULL && i < request->fields->count; i++)
        if (str_eq(request->fields->at[i].name, STR("right")) &&
            str_to_u64(request->fields->at[i].value, STAFF_RIGHTS_ALL, &one) == OK)
            rights |= one;
    TRY(staff_right_set(ctx, web_int(request, "person", 0), (unsigned)rights));
    return web_redirect(ctx, response, "/staff/people?saved=1");
}
