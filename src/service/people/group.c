#include "core/group.h"
#include "core/person.h"
#include "core/town.h"
#include "service/people/lang.h"
#include "service/people/people.h"
#include "service/people/people_group_html.h"
#include "service/people/people_groups_html.h"

static enum status show_all(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                            enum text_key error)
{
    struct page page;
    group_row *groups;
    size_t count;
    TRY(group_list(ctx, &groups, &count));
    struct people_groups_view view = {
        .tabs = {.on_groups = true}, .form_token = request->form_token, .has_error = error != T_none,
        .error = text_of(ctx->language, error), .name = web_text(request, "name"),
        .address = web_text(request, "address"), .has_any = count > 0, .domain = ctx->town->domains[0],
        .groups = arena_array(ctx->arena, struct people_groups_group, count + 1)};
    if (view.groups == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view.groups[view.group_count++] = (struct people_groups_group){
            .address = groups[i].address, .name = groups[i].name, .members = groups[i].members,
            .path = str_format(ctx->arena, "/people/groups/%lld", (long long)groups[i].id)};
    struct page_head head = people_head(ctx, T_people_tab_groups);
    head.is_error = view.has_error;
    if (view.has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    people_groups_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status people_groups_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_all(ctx, request, response, T_none);
}

enum status people_group_add(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    struct str address = str_trim(web_text(request, "address"));
    if (address.len > 0 && str_find_byte(address, '@') == SIZE_MAX)
        address = str_format(ctx->arena, "%.*s@%.*s", STR_ARG(address), STR_ARG(ctx->town->domains[0]));
    enum status done = group_add(ctx, address, str_trim(web_text(request, "name")), &id);
    if (done == INVALID || done == CONFLICT)
        return show_all(ctx, request, response, ctx->failure.sentence);
    TRY(done);
    return web_redirect(ctx, response, "/people/groups/%lld", (long long)id);
}

static bool is_in(const int64_t *people, size_t count, int64_t person)
{
    for (size_t i = 0; i < count; i++)
        if (people[i] == person)
            return true;
    return false;
}

static enum status fill_people(struct ctx *ctx, int64_t group, struct people_group_view *view)
{
    person_list_row *people;
    int64_t *members;
    size_t count, member_count;
    TRY(person_list(ctx, &people, &count));
    TRY(group_members(ctx, group, &members, &member_count));
    view->persons = arena_array(ctx->arena, struct people_group_person, count + 1);
    if (view->persons == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        if (people[i].is_active)
            view->persons[view->person_count++] = (struct people_group_person){
                .id = people[i].id, .name = people[i].display_name, .address = people[i].address,
                .is_member = is_in(members, member_count, people[i].id)};
    return OK;
}

static enum status show_one(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                            enum text_key error)
{
    struct page page;
    struct sql_group_get_row group;
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(sql_group_get(ctx->db, ctx->arena, (struct sql_group_get){.id = id}, &group));
    struct people_group_view view = {
        .tabs = {.on_groups = true},
        .form_token = request->form_token,
        .address = group.address,
        .name = group.name,
        .has_error = error != T_none,
        .error = text_of(ctx->language, error),
        .path = str_format(ctx->arena, "/people/groups/%lld", (long long)id),
        .delete_path = str_format(ctx->arena, "/people/groups/%lld/delete", (long long)id)};
    TRY(fill_people(ctx, id, &view));
    struct page_head head = people_head(ctx, T_people_tab_groups);
    head.is_error = view.has_error;
    if (view.has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    people_group_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status people_group_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_one(ctx, request, response, T_none);
}

enum status people_group_set(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id, *people = arena_array(ctx->arena, int64_t, GROUP_MEMBERS_MAX);
    size_t count = 0;
    if (people == NULL)
        return LIMIT;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    for (size_t i = 0; i < request->fields->count; i++) {
        if (!str_eq(request->fields->at[i].name, STR("person")))
            continue;
        if (count == GROUP_MEMBERS_MAX)
            return LIMIT;
        TRY(str_to_i64(request->fields->at[i].value, &people[count++]));
    }
    enum status done = group_set(ctx, id, str_trim(web_text(request, "name")), people, count);
    if (done == INVALID)
        return show_one(ctx, request, response, ctx->failure.sentence);
    TRY(done);
    return web_redirect(ctx, response, "/people/groups");
}

enum status people_group_delete(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(group_delete(ctx, id));
    return web_redirect(ctx, response, "/people/groups");
}
