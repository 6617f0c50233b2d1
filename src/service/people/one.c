#include "core/person.h"
#include "service/people/lang.h"
#include "service/people/people.h"
#include "service/people/people_one_html.h"

#define GIGABYTE INT64_C(1000000000)
enum { QUOTA_GIGABYTES_MAX = 10000 };

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct str code, enum text_key error)
{
    struct page page;
    person_row person;
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(person_get(ctx, id, &person));
    struct people_one_view view = {
        .tabs = {.on_people = true}, .form_token = request->form_token, .address = person.address,
        .name = person.display_name, .department = person.department, .quota = person.quota_bytes / GIGABYTE,
        .is_agent = person.role == ROLE_AGENT, .is_administrator = person.role == ROLE_ADMINISTRATOR,
        .is_operator = person.role == ROLE_OPERATOR, .is_active = person.is_active,
        .is_self = id == ctx->actor.person, .is_mandate = ctx->actor.mandate != 0,
        .is_other = id != ctx->actor.person && ctx->actor.mandate == 0, .is_saved = web_has(request, "saved"),
        .has_code = code.len > 0, .code = code, .has_error = error != T_none,
        .error = text_of(ctx->language, error), .path = str_format(ctx->arena, "/people/%lld", (long long)id),
        .is_ended = web_has(request, "ended"), .is_second_off = web_has(request, "second"),
        .reset_path = str_format(ctx->arena, "/people/%lld/reset", (long long)id),
        .second_path = str_format(ctx->arena, "/people/%lld/second", (long long)id),
        .sessions_path = str_format(ctx->arena, "/people/%lld/sessions", (long long)id)};
    struct page_head head = people_head(ctx, T_people_tab_people);
    head.title = person.display_name;
    head.is_error = view.has_error;
    if (view.has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    people_one_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status people_one_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, STR(""), T_none);
}

static enum role role_of(const struct web_request *request, const person_row *person)
{
    /* The role of an operator is given at the syndicate's own console, never by a town's page. */
    if (person->role == ROLE_OPERATOR)
        return ROLE_OPERATOR;
    return str_eq(web_value(request, "role"), STR("administrator")) ? ROLE_ADMINISTRATOR : ROLE_AGENT;
}

enum status people_one_set(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    person_row person;
    int64_t id, quota = web_int(request, "quota", 0);
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(person_get(ctx, id, &person));
    struct str name = web_value(request, "name"), department = web_value(request, "department");
    struct person_change change = {.id = id, .display_name = str_trim(str_is_absent(name) ? STR("") : name),
                                   .department = str_trim(str_is_absent(department) ? STR("") : department),
                                   .is_active = web_has(request, "active"), .role = role_of(request, &person),
                                   .quota_bytes = quota * GIGABYTE};
    bool is_self = id == ctx->actor.person;
    if (quota < 0 || quota > QUOTA_GIGABYTES_MAX)
        return show(ctx, request, response, STR(""), T_people_quota_wrong);
    if (is_self && (!change.is_active || change.role != (enum role)person.role))
        return show(ctx, request, response, STR(""), T_people_not_self);
    enum status done = person_set(ctx, &change);
    if (done == INVALID)
        return show(ctx, request, response, STR(""), ctx->failure.sentence);
    TRY(done);
    return web_redirect(ctx, response, "/people/%lld?saved", (long long)id);
}

/* Who administers the town that runs the house is not above those who operate it: a way into their account would be a
 * way to every town's members. That way is the house's own console. */
static enum status check_operator(struct ctx *ctx, int64_t id)
{
    person_row person;
    TRY(person_get(ctx, id, &person));
    bool is_above = person.role == ROLE_OPERATOR && !permission_allows(ctx->actor.rights, PERMISSION_OPERATE);
    return is_above ? refuse(ctx, DENIED, "person.operator", T_people_operator_console) : OK;
}

enum status people_reset(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct str code;
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(check_operator(ctx, id));
    TRY(person_reset(ctx, id, &code));
    return show(ctx, request, response, code, T_none);
}

/* One's own are in one's own settings, where the password is asked for. */
static enum status other_of(struct ctx *ctx, const struct web_request *request, int64_t *ret_id)
{
    if (str_to_i64(request->params[0], ret_id) != OK)
        return NOT_FOUND;
    return *ret_id == ctx->actor.person ? refuse(ctx, DENIED, "person.self", T_people_not_self) : OK;
}

enum status people_sessions_end(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    TRY(other_of(ctx, request, &id));
    TRY(person_end_sessions(ctx, id));
    return web_redirect(ctx, response, "/people/%lld?ended", (long long)id);
}

enum status people_second_off(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    TRY(other_of(ctx, request, &id));
    TRY(check_operator(ctx, id));
    TRY(person_second_off(ctx, id));
    return web_redirect(ctx, response, "/people/%lld?second", (long long)id);
}
