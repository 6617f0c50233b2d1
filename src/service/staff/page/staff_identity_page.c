/* Who an agent is, and the account for pay: read for a reason, which is noted; entered, and confirmed by another. */
#include "core/person.h"
#include "service/staff/page/staff_identity_html.h"
#include "service/staff/page/staff_view.h"
#include "service/staff/record/staff_agent.h"
#include "service/staff/record/staff_bank.h"
#include "service/staff/record/staff_identity.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

/* ---- what is shown ---- */

static void put_identity(struct ctx *ctx, const struct staff_identity *identity, struct staff_identity_view *view)
{
    view->name = identity->name;
    view->first_name = identity->first_name;
    view->birth_name = identity->birth_name;
    view->is_sex_1 = str_eq(identity->sex, STR("1"));
    view->is_sex_2 = str_eq(identity->sex, STR("2"));
    view->born = staff_iso(ctx, identity->born);
    view->born_at = identity->born_at;
    view->nir = identity->nir;
    view->street = identity->street;
    view->postcode = identity->postcode;
    view->place = identity->place;
}

static struct str entered_by(struct ctx *ctx, const struct staff_bank *bank)
{
    person_row person;
    struct str who = text_of(ctx->language, T_staff_file_command);
    if (bank->entered_by != 0 && person_get(ctx, bank->entered_by, &person) == OK)
        who = person.display_name;
    struct text_arg args[] = {TEXT_ARG("who", who), TEXT_ARG("when", staff_day(ctx, ctx_day(ctx, bank->entered)))};
    return text_with(ctx->arena, ctx->language, T_staff_bank_held_by, args, 2);
}

static enum status add_bank(struct ctx *ctx, int64_t agent, unsigned held, struct staff_identity_view *view)
{
    struct staff_bank waits, confirmed;
    TRY(staff_bank_list(ctx, agent, &waits, &confirmed));
    view->has_confirmed = confirmed.id != 0;
    view->confirmed = confirmed.account.iban;
    if (waits.id == 0)
        return OK;
    view->has_held = true;
    view->held = waits.account.iban;
    view->held_by = entered_by(ctx, &waits);
    view->shared = waits.shared;
    view->is_shared = waits.shared.len > 0;
    view->is_own = waits.entered_by == ctx->actor.person;
    view->may_confirm = (held & STAFF_MAY_CONFIRM) != 0 && !view->is_own;
    view->confirm = str_format(ctx->arena, "/staff/agents/%lld/bank/%lld/confirm", (long long)agent,
                               (long long)waits.id);
    view->refuse = str_format(ctx->arena, "/staff/agents/%lld/bank/%lld/refuse", (long long)agent,
                              (long long)waits.id);
    return OK;
}

/* What is sealed is opened for a reason alone. */
static enum status add_sealed(struct ctx *ctx, int64_t agent, int64_t reason, struct staff_identity_view *view)
{
    struct staff_identity identity;
    unsigned held;
    struct text_arg args[] = {
        TEXT_ARG("reason", text_of(ctx->language, staff_reason_name((enum staff_reason)reason)))};
    enum status found = staff_identity_of(ctx, agent, (enum staff_reason)reason, &identity);
    if (found != OK && found != NOT_FOUND)
        return found;
    view->is_asked = true;
    view->has_identity = found == OK;
    view->noted = text_with(ctx->arena, ctx->language, T_staff_identity_noted, args, 1);
    if (found == OK)
        put_identity(ctx, &identity, view);
    TRY(staff_right_held(ctx, &held));
    return add_bank(ctx, agent, held, view);
}

static enum status add_reasons(struct ctx *ctx, int64_t reason, struct staff_identity_view *view)
{
    view->reasons = arena_array(ctx->arena, struct staff_identity_reason, STAFF_REASONS);
    if (view->reasons == NULL)
        return LIMIT;
    for (int64_t i = 0; i < STAFF_REASONS; i++)
        view->reasons[view->reason_count++] = (struct staff_identity_reason){
            .value = i, .is_chosen = i == reason,
            .label = text_of(ctx->language, staff_reason_name((enum staff_reason)i))};
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct staff_identity *typed, enum text_key error)
{
    struct page page;
    staff_agent agent;
    int64_t id, reason = web_int(request, "reason", -1);
    unsigned held;
    TRY(staff_right_need(ctx, STAFF_MAY_READ));
    TRY(staff_right_held(ctx, &held));
    TRY(staff_asked_agent(request, 0, &id));
    TRY(staff_agent_get(ctx, id, &agent));
    struct staff_identity_view view = {.form_token = request->form_token,
                                       .file = staff_path(ctx, id, ""),
                                       .self = staff_path(ctx, id, "/identity"),
                                       .bank = staff_path(ctx, id, "/bank"),
                                       .code = agent.code,
                                       .is_saved = web_has(request, "saved") && error == T_none,
                                       .has_error = error != T_none,
                                       .error = text_of(ctx->language, error),
                                       .may_edit = (held & STAFF_MAY_EDIT) != 0,
                                       .confirm = STR(""),
                                       .refuse = STR("")};
    TRY(add_reasons(ctx, reason, &view));
    if (typed == NULL && reason >= 0 && reason < STAFF_REASONS)
        TRY(add_sealed(ctx, id, reason, &view));
    if (typed != NULL)
        put_identity(ctx, typed, &view);
    struct page_head head = {.title = text_of(ctx->language, T_staff_identity), .menu = "/staff",
                             .is_error = view.has_error};
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    staff_identity_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status staff_identity_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, NULL, T_none);
}

/* ---- what is entered ---- */

/* As people write one: with blanks. */
static struct str digits_of(struct ctx *ctx, struct str text)
{
    enum { TYPED_MAX = 40 };
    struct buf out BUF_SCOPE = BUF_INIT(TYPED_MAX);
    for (size_t i = 0; i < text.len && i < TYPED_MAX; i++)
        if (text.at[i] != ' ')
            buf_add_byte(&out, text.at[i]);
    return str_copy(ctx->arena, buf_str(&out));
}

enum status staff_identity_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t agent;
    struct staff_identity typed = {.name = str_trim(web_text(request, "name")),
                                   .first_name = str_trim(web_text(request, "first_name")),
                                   .birth_name = str_trim(web_text(request, "birth_name")),
                                   .sex = web_text(request, "sex"),
                                   .born_at = str_trim(web_text(request, "born_at")),
                                   .nir = digits_of(ctx, web_text(request, "nir")),
                                   .street = str_trim(web_text(request, "street")),
                                   .postcode = str_trim(web_text(request, "postcode")),
                                   .place = str_trim(web_text(request, "place"))};
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    TRY(staff_asked_agent(request, 0, &agent));
    if (staff_asked_day(request, "born", &typed.born) != OK)
        return show(ctx, request, response, &typed, T_staff_identity_wrong);
    enum status done = staff_identity_set(ctx, agent, &typed);
    if (done == INVALID || done == CONFLICT)
        return show(ctx, request, response, &typed, ctx->failure.sentence);
    TRY(done);
    return web_redirect(ctx, response, "/staff/agents/%lld/identity?saved=1", (long long)agent);
}

static enum status answer(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                          int64_t agent, enum status done)
{
    if (done == INVALID || done == CONFLICT)
        return show(ctx, request, response, NULL, ctx->failure.sentence);
    TRY(done);
    return web_redirect(ctx, response, "/staff/agents/%lld/identity?saved=1", (long long)agent);
}

enum status staff_bank_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t agent;
    struct staff_account account = {.iban = web_text(request, "iban"), .bic = web_text(request, "bic"),
                                    .holder = web_text(request, "holder")};
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    TRY(staff_asked_agent(request, 0, &agent));
    return answer(ctx, request, response, agent, staff_bank_add(ctx, agent, &account));
}

enum status staff_bank_confirm_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t agent, id;
    TRY(staff_asked_agent(request, 0, &agent));
    TRY(staff_asked_agent(request, 1, &id));
    return answer(ctx, request, response, agent, staff_bank_confirm(ctx, agent, id));
}

enum status staff_bank_refuse_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t agent, id;
    TRY(staff_asked_agent(request, 0, &agent));
    TRY(staff_asked_agent(request, 1, &id));
    return answer(ctx, request, response, agent, staff_bank_refuse(ctx, agent, id));
}
