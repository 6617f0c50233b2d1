#include "core/audit.h"
#include "core/place.h"
#include "service/operate/lang.h"
#include "service/operate/operate.h"
#include "service/operate/operate_add_html.h"
#include "service/operate/operate_member_html.h"
#include "service/operate/operate_members_html.h"

enum { MEMBERS_SHOWN_MAX = 1000 };

/* ---- the list ---- */

static struct str commas(struct ctx *ctx, struct str words)
{
    struct buf text BUF_SCOPE = BUF_INIT(HOUSE_WORDS_MAX);
    while (words.len > 0) {
        struct str word = str_cut(&words, ' ');
        buf_add_format(&text, "%s%.*s", text.len > 0 ? ", " : "", STR_ARG(word));
    }
    return str_copy(ctx->arena, buf_str(&text));
}

static struct str service_titles(struct ctx *ctx, struct str names)
{
    struct buf text BUF_SCOPE = BUF_INIT(HOUSE_WORDS_MAX);
    while (names.len > 0) {
        const struct service *service = service_find(service_all, str_cut(&names, ' '), NULL);
        if (service == NULL)
            continue;
        struct str title = text_of(ctx->language, service->title);
        buf_add_format(&text, "%s%.*s", text.len > 0 ? ", " : "", STR_ARG(title));
    }
    return str_copy(ctx->arena, buf_str(&text));
}

static struct str kind_words(struct ctx *ctx, struct str kind)
{
    static const struct {
        const char *kind;
        enum text_key words;
    } kinds[] = {{"commune", T_operate_kind_commune},       {"epci", T_operate_kind_epci},
                 {"metropolis", T_operate_kind_metropolis}, {"department", T_operate_kind_department},
                 {"syndicate", T_operate_kind_syndicate},   {"ccas", T_operate_kind_ccas}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(kind, str_of(kinds[i].kind)))
            return text_of(ctx->language, kinds[i].words);
    return kind;
}

static enum status add_member(struct ctx *ctx, const struct house_member *member, struct operate_members_view *view)
{
    if (view->member_count == MEMBERS_SHOWN_MAX)
        return LIMIT;
    view->members[view->member_count++] = (struct operate_members_member){
        .title = member->title, .name = member->name, .kind = kind_words(ctx, member->kind),
        .domains = commas(ctx, member->domains), .hosts = commas(ctx, member->hosts),
        .services = service_titles(ctx, member->services), .is_up = member->is_up,
        .path = str_format(ctx->arena, "/operate/members/%.*s", STR_ARG(member->name))};
    return OK;
}

enum status operate_members_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct house_member member;
    struct operate_members_view view = {.tabs = {.on_members = true}};
    TRY(web_house_ask(ctx, request, response,
                      (struct web_house){.kind = HOUSE_MEMBERS, .member = STR(""), .words = STR("")}));
    struct str rest = request->house->lines;
    view.members = arena_array(ctx->arena, struct operate_members_member, MEMBERS_SHOWN_MAX);
    if (view.members == NULL)
        return LIMIT;
    enum status took;
    while ((took = house_line_take(ctx->arena, &rest, &house_member_shape, &member)) == OK)
        TRY(add_member(ctx, &member, &view));
    if (took != NOT_FOUND)
        return took;
    view.count = (int64_t)view.member_count;
    struct page_head head = operate_head(ctx, T_operate_tab_members);
    page_begin(&page, ctx, request, response);
    operate_members_html(&page.html, &view);
    return page_end(&page, &head);
}

/* ---- adding one ---- */

static struct operate_kinds_view kinds_of(struct str kind)
{
    return (struct operate_kinds_view){
        .is_commune = str_eq(kind, STR("commune")), .is_epci = str_eq(kind, STR("epci")),
        .is_metropolis = str_eq(kind, STR("metropolis")), .is_department = str_eq(kind, STR("department")),
        .is_syndicate = str_eq(kind, STR("syndicate")), .is_ccas = str_eq(kind, STR("ccas"))};
}

static enum status show_add(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                            enum text_key error)
{
    struct page page;
    struct operate_add_view view = {.tabs = {.on_members = true}, .kinds = kinds_of(operate_typed(request, "kind")),
                                    .form_token = request->form_token, .has_error = error != T_none,
                                    .error = text_of(ctx->language, error), .name = operate_typed(request, "name"),
                                    .title = operate_typed(request, "title"),
                                    .domain = operate_typed(request, "domain")};
    struct page_head head = operate_head(ctx, T_operate_add);
    head.is_error = view.has_error;
    if (view.has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    operate_add_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status operate_add_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show_add(ctx, request, response, T_none);
}

static struct str words_of(struct ctx *ctx, const struct house_member *member)
{
    struct buf words BUF_SCOPE = BUF_INIT(HOUSE_WORDS_MAX);
    shape_json(&words, &house_member_shape, member);
    return words.is_over ? STR_NONE : str_copy(ctx->arena, buf_str(&words));
}

/* What a form says of a member; texts "" where it says nothing. */
static struct house_member member_of(const struct web_request *request)
{
    return (struct house_member){
        .name = operate_typed(request, "name"), .title = operate_typed(request, "title"),
        .kind = operate_typed(request, "kind"), .insee = operate_typed(request, "insee"),
        .siret = operate_typed(request, "siret"), .zone = operate_typed(request, "zone"),
        .language = operate_typed(request, "language"), .desk = operate_typed(request, "desk"),
        .phone = operate_typed(request, "phone"), .hours = operate_typed(request, "hours"),
        .domains = operate_typed(request, "domain"), .hosts = STR(""), .services = STR("")};
}

/* A refusal that the form can show: something typed does not fit. */
static bool is_typed_wrong(const struct ctx *ctx, enum status done)
{
    return (done == INVALID || done == CONFLICT || done == LIMIT) && ctx->failure.sentence != T_none;
}

enum status operate_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct house_member member = member_of(request);
    struct str words = words_of(ctx, &member);
    if (str_is_absent(words))
        return LIMIT;
    enum status done = web_house_ask(ctx, request, response,
                                     (struct web_house){.kind = HOUSE_ADD, .member = STR(""), .words = words});
    if (is_typed_wrong(ctx, done))
        return show_add(ctx, request, response, ctx->failure.sentence);
    TRY(done);
    TRY(audit_add(ctx, "member.add", member.name, member.domains));
    return web_redirect(ctx, response, "/operate/members/%.*s?saved", STR_ARG(member.name));
}

/* ---- one ---- */

static void fill_form(const struct house_member *member, struct operate_member_view *view)
{
    view->kinds = kinds_of(member->kind);
    view->title = member->title;
    view->insee = member->insee;
    view->siret = member->siret;
    view->zone = member->zone;
    view->is_french = !str_eq(member->language, STR("en"));
    view->is_english = !view->is_french;
    view->desk = member->desk;
    view->phone = member->phone;
    view->hours = member->hours;
}

static struct str path_of(struct ctx *ctx, struct str name, const char *rest)
{
    return str_format(ctx->arena, "/operate/members/%.*s%s", STR_ARG(name), rest);
}

static struct operate_member_view blank(struct ctx *ctx, const struct web_request *request)
{
    struct str name = request->params[0];
    return (struct operate_member_view){.tabs = {.on_members = true}, .form_token = request->form_token, .name = name,
                                        .error = STR(""), .since = STR(""), .path = path_of(ctx, name, ""),
                                        .domain_path = path_of(ctx, name, "/domain"),
                                        .host_path = path_of(ctx, name, "/host"),
                                        .service_path = path_of(ctx, name, "/service"),
                                        .is_saved = web_has(request, "saved"),
                                        .is_elsewhere = !str_eq(name, ctx->place->name)};
}

enum { WORDS_MAX = 64 };

static enum status fill_lists(struct ctx *ctx, const struct house_member *member, struct operate_member_view *view)
{
    struct str domains = member->domains, hosts = member->hosts;
    view->domains = arena_array(ctx->arena, struct operate_member_domain, WORDS_MAX);
    view->hosts = arena_array(ctx->arena, struct operate_member_host, WORDS_MAX);
    if (view->domains == NULL || view->hosts == NULL)
        return LIMIT;
    while (domains.len > 0 && view->domain_count < WORDS_MAX)
        view->domains[view->domain_count++].text = str_cut(&domains, ' ');
    while (hosts.len > 0 && view->host_count < WORDS_MAX)
        view->hosts[view->host_count++].text = str_cut(&hosts, ' ');
    view->has_hosts = view->host_count > 0;
    return OK;
}

/* "depuis le…": of the last time it was opted in, or out. */
static struct str day_of(struct ctx *ctx, const struct house_service *service)
{
    struct str day = page_day(ctx, (struct instant){service->is_on ? service->since_ms : service->until_ms});
    struct text_arg arg = TEXT_ARG("day", day);
    enum text_key key = service->is_on ? T_operate_on_since : T_operate_off_since;
    return text_with(ctx->arena, ctx->language, key, &arg, 1);
}

static enum status fill_services(struct ctx *ctx, struct str rest, struct operate_member_view *view)
{
    struct house_service line;
    enum status took;
    view->services = arena_array(ctx->arena, struct operate_member_service, WORDS_MAX);
    if (view->services == NULL)
        return LIMIT;
    while ((took = house_line_take(ctx->arena, &rest, &house_service_shape, &line)) == OK &&
           view->service_count < WORDS_MAX) {
        const struct service *service = service_find(service_all, line.name, NULL);
        if (service == NULL)
            continue;
        bool has_day = line.since_ms != 0;
        view->services[view->service_count++] = (struct operate_member_service){
            .title = text_of(ctx->language, service->title), .name = line.name,
            .summary = text_of(ctx->language, service->summary), .is_on = line.is_on, .has_day = has_day,
            .day = has_day ? day_of(ctx, &line) : STR("")};
    }
    return took == NOT_FOUND ? OK : took;
}

static enum status show_member(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                               struct operate_member_view *view)
{
    struct page page;
    struct page_head head = operate_head(ctx, T_operate_tab_members);
    head.title = view->title;
    head.is_error = view->has_error;
    if (view->has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    operate_member_html(&page.html, view);
    return page_end(&page, &head);
}

enum status operate_member_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct house_member member;
    struct operate_member_view view = blank(ctx, request);
    TRY(web_house_ask(ctx, request, response,
                      (struct web_house){.kind = HOUSE_MEMBER, .member = view.name, .words = STR("")}));
    struct str rest = request->house->lines;
    TRY(house_line_take(ctx->arena, &rest, &house_member_shape, &member));
    fill_form(&member, &view);
    TRY(fill_lists(ctx, &member, &view));
    TRY(fill_services(ctx, rest, &view));
    view.has_rest = true;
    view.is_up = member.is_up;
    view.since = page_day(ctx, (struct instant){member.created_ms});
    return show_member(ctx, request, response, &view);
}

enum status operate_member_set(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct house_member member = member_of(request);
    struct operate_member_view view = blank(ctx, request);
    member.name = view.name;
    struct str words = words_of(ctx, &member);
    if (str_is_absent(words))
        return LIMIT;
    enum status done = web_house_ask(ctx, request, response,
                                     (struct web_house){.kind = HOUSE_SET, .member = view.name, .words = words});
    if (is_typed_wrong(ctx, done)) {
        fill_form(&member, &view);
        view.has_error = true;
        view.error = text_of(ctx->language, ctx->failure.sentence);
        return show_member(ctx, request, response, &view);
    }
    TRY(done);
    TRY(audit_add(ctx, "member.set", view.name, member.title));
    return web_redirect(ctx, response, "/operate/members/%.*s?saved", STR_ARG(view.name));
}

static enum status change(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          struct web_house ask, const char *kind)
{
    ask.member = request->params[0];
    TRY(web_house_ask(ctx, request, response, ask));
    TRY(audit_add(ctx, kind, ask.member, ask.words));
    return web_redirect(ctx, response, "/operate/members/%.*s?saved", STR_ARG(ask.member));
}

enum status operate_member_domain(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct web_house ask = {.kind = HOUSE_ADD_DOMAIN, .words = operate_typed(request, "domain")};
    return change(ctx, request, response, ask, "member.domain");
}

enum status operate_member_host(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct web_house ask = {.kind = HOUSE_ADD_HOST, .words = operate_typed(request, "host")};
    return change(ctx, request, response, ask, "member.host");
}

enum status operate_member_service(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    bool is_on = str_eq(operate_typed(request, "turn"), STR("on"));
    struct str service = operate_typed(request, "service");
    struct web_house ask = {.kind = HOUSE_OPT, .words = str_format(ctx->arena, "%s %.*s", is_on ? "on" : "off",
                                                                   STR_ARG(service))};
    return change(ctx, request, response, ask, is_on ? "service.on" : "service.off");
}
