#include "core/person.h"
#include "core/town.h"
#include "service/people/lang.h"
#include "service/people/people.h"
#include "service/people/people_aliases_html.h"

static enum status fill(struct ctx *ctx, const struct web_request *request, struct people_aliases_view *view)
{
    person_alias *aliases;
    person_list_row *people;
    size_t count, person_count;
    TRY(person_aliases(ctx, &aliases, &count));
    TRY(person_list(ctx, &people, &person_count));
    view->aliases = arena_array(ctx->arena, struct people_aliases_alias, count + 1);
    view->persons = arena_array(ctx->arena, struct people_aliases_person, person_count + 1);
    if (view->aliases == NULL || view->persons == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->aliases[view->alias_count++] = (struct people_aliases_alias){
            .address = aliases[i].address, .name = aliases[i].name, .form_token = request->form_token};
    for (size_t i = 0; i < person_count; i++)
        view->persons[view->person_count++] =
            (struct people_aliases_person){.id = people[i].id, .name = people[i].display_name};
    view->has_any = count > 0;
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        enum text_key error)
{
    struct page page;
    struct people_aliases_view view = {.tabs = {.on_aliases = true}, .form_token = request->form_token,
                                       .has_error = error != T_none, .error = text_of(ctx->language, error),
                                       .domain = ctx->town->domains[0], .address = web_text(request, "address")};
    TRY(fill(ctx, request, &view));
    struct page_head head = people_head(ctx, T_people_tab_aliases);
    head.is_error = view.has_error;
    if (view.has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    people_aliases_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status people_aliases_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, T_none);
}

enum status people_alias_add(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    person_row person;
    struct str address = str_trim(web_text(request, "address"));
    TRY(person_get(ctx, web_int(request, "person", 0), &person));
    if (address.len > 0 && str_find_byte(address, '@') == SIZE_MAX)
        address = str_format(ctx->arena, "%.*s@%.*s", STR_ARG(address), STR_ARG(ctx->town->domains[0]));
    enum status done = person_add_alias(ctx, address, person.id);
    if (done == INVALID || done == CONFLICT)
        return show(ctx, request, response, ctx->failure.sentence);
    TRY(done);
    return web_redirect(ctx, response, "/people/aliases");
}

enum status people_alias_drop(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    TRY(person_drop_alias(ctx, web_text(request, "address")));
    return web_redirect(ctx, response, "/people/aliases");
}
