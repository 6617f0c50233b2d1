#include "base/utf8.h"
#include "core/person.h"
#include "core/town.h"
#include "service/people/lang.h"
#include "service/people/people.h"
#include "service/people/people_list_html.h"

enum { FILTER_MAX = 200 };

static enum text_key role_words(int64_t role)
{
    return role == ROLE_OPERATOR ? T_people_role_operator
           : role == ROLE_ADMINISTRATOR ? T_people_role_administrator
                                        : T_people_role_agent;
}

static bool is_match(const person_list_row *person, struct str folded)
{
    struct buf all BUF_SCOPE = BUF_INIT(4000);
    utf8_fold(&all, person->address);
    buf_add_byte(&all, '\n');
    utf8_fold(&all, person->display_name);
    buf_add_byte(&all, '\n');
    utf8_fold(&all, person->department);
    return folded.len == 0 || str_find(buf_str(&all), folded) != SIZE_MAX;
}

static enum status fill(struct ctx *ctx, struct str filter, struct people_list_view *view)
{
    person_list_row *people;
    size_t count;
    struct buf folded BUF_SCOPE = BUF_INIT(4 * FILTER_MAX);
    utf8_fold(&folded, filter);
    TRY(person_list(ctx, &people, &count));
    view->persons = arena_array(ctx->arena, struct people_list_person, count + 1);
    if (view->persons == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        if (!is_match(&people[i], buf_str(&folded)))
            continue;
        view->persons[view->person_count++] = (struct people_list_person){
            .address = people[i].address, .name = people[i].display_name, .department = people[i].department,
            .role = text_of(ctx->language, role_words(people[i].role)), .is_active = people[i].is_active,
            .is_suspended = !people[i].is_active, .has_quota = people[i].quota_bytes > 0,
            .quota = page_size(ctx, people[i].quota_bytes),
            .path = str_format(ctx->arena, "/people/%lld", (long long)people[i].id)};
    }
    view->count = (int64_t)view->person_count;
    return OK;
}

struct outcome {
    enum text_key error;
    struct str address, code; /* a person just added */
};

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct outcome outcome)
{
    struct page page;
    struct str filter = str_trim(web_text(request, "f"));
    if (filter.len > FILTER_MAX)
        return LIMIT;
    bool is_added = outcome.code.len > 0;
    struct people_list_view view = {.tabs = {.on_people = true},
                                    .is_mandate = ctx->actor.mandate != 0,
                                    .form_token = request->form_token,
                                    .filter = filter,
                                    .is_added = is_added,
                                    .added = is_added ? outcome.address : STR(""),
                                    .code = is_added ? outcome.code : STR(""),
                                    .has_error = outcome.error != T_none,
                                    .error = text_of(ctx->language, outcome.error),
                                    .domain = ctx->town->domains[0],
                                    .name = is_added ? STR("") : web_text(request, "name"),
                                    .address = is_added ? STR("") : web_text(request, "address")};
    TRY(fill(ctx, filter, &view));
    struct page_head head = people_head(ctx, T_people_tab_people);
    head.is_error = view.has_error;
    if (view.has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    people_list_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status people_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, (struct outcome){.address = STR(""), .code = STR("")});
}

/* "regie" is completed with the town's main domain. */
static struct str whole_address(struct ctx *ctx, struct str address)
{
    address = str_trim(address);
    if (address.len == 0 || str_find_byte(address, '@') != SIZE_MAX)
        return address;
    return str_format(ctx->arena, "%.*s@%.*s", STR_ARG(address), STR_ARG(ctx->town->domains[0]));
}

enum status people_add(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    struct outcome outcome = {.address = whole_address(ctx, web_text(request, "address")), .code = STR("")};
    bool is_administrator = str_eq(web_value(request, "role"), STR("administrator"));
    enum status done = person_invite(ctx, outcome.address, str_trim(web_text(request, "name")),
                                     is_administrator ? ROLE_ADMINISTRATOR : ROLE_AGENT, &id, &outcome.code);
    if (done == INVALID || done == CONFLICT) {
        outcome.error = ctx->failure.sentence;
        outcome.code = STR("");
        return show(ctx, request, response, outcome);
    }
    TRY(done);
    return show(ctx, request, response, outcome);
}
