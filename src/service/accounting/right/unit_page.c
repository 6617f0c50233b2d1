/* Services of the town, its ordonnateur and delegations of signature: one page, changed by administrators. */
#include "core/person.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/fault_say.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right_view.h"
#include "service/accounting/right/signatory.h"
#include "service/accounting/right/unit.h"
#include "service/accounting/right/unit_list_html.h"

enum { FAULTS_SHOWN = 20, PEOPLE_SHOWN = 2000 };

static const enum right acts[] = {RIGHT_ENGAGE, RIGHT_ATTEST, RIGHT_ORDER, RIGHT_SIGN};
enum { ACTS = sizeof acts / sizeof *acts };

static struct str day_of(struct ctx *ctx, struct date day)
{
    return day.days == 0 ? STR("") : page_date(ctx, day);
}

static struct str iso_of(struct ctx *ctx, struct date day)
{
    struct buf text BUF_SCOPE = BUF_INIT(16);
    date_write(&text, day);
    return str_copy(ctx->arena, buf_str(&text));
}

/* ---- what is shown ---- */

/* "Engager, Signer les bordereaux" */
static struct str acts_of(struct ctx *ctx, unsigned rights)
{
    struct buf words BUF_SCOPE = BUF_INIT(1000);
    for (size_t i = 0; i < ACTS; i++)
        if (rights & acts[i])
            buf_add_format(&words, "%s%.*s", words.len > 0 ? ", " : "",
                           STR_ARG(text_of(ctx->language, right_name(acts[i]))));
    return str_copy(ctx->arena, buf_str(&words));
}

static struct unit_list_signatory signatory_of(struct ctx *ctx, const struct signatory *one, bool may_edit)
{
    struct date today = ctx_today(ctx);
    bool is_over = one->until.days != 0 && one->until.days < today.days;
    bool is_coming = !is_over && one->since.days > today.days;
    return (struct unit_list_signatory){
        .id = one->id,
        .name = one->name,
        .is_head = one->is_head,
        .acts = acts_of(ctx, one->rights),
        .unit = one->unit == 0 ? text_of(ctx->language, T_accounting_signatory_all) : one->unit_name,
        .limit = one->limit.cents == 0 ? text_of(ctx->language, T_accounting_signatory_no_limit)
                                       : page_money(ctx, one->limit),
        .since = day_of(ctx, one->since),
        .until = day_of(ctx, one->until),
        .reference = one->reference,
        .is_over = is_over,
        .is_coming = is_coming,
        .is_running = !is_over && !is_coming,
        .may_end = may_edit && !is_over};
}

static enum status add_signatories(struct ctx *ctx, struct unit_list_view *view)
{
    struct signatory *all;
    size_t count;
    TRY(signatory_list(ctx, &all, &count));
    view->signatories = arena_array(ctx->arena, struct unit_list_signatory, count + 1);
    if (view->signatories == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->signatories[view->signatory_count++] = signatory_of(ctx, &all[i], view->may_edit);
    view->has_signatories = count > 0;
    return OK;
}

static enum status add_units(struct ctx *ctx, const struct web_request *request, struct unit_list_view *view)
{
    unit_row *units;
    size_t count;
    int64_t chosen = web_int(request, "unit", 0);
    TRY(unit_list(ctx, &units, &count));
    view->units = arena_array(ctx->arena, struct unit_list_unit, count + 1);
    view->choices = arena_array(ctx->arena, struct unit_list_choice, count + 1);
    if (view->units == NULL || view->choices == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        view->units[view->unit_count++] = (struct unit_list_unit){.id = units[i].id,
                                                                  .code = units[i].code,
                                                                  .name = units[i].name,
                                                                  .is_active = units[i].is_active != 0};
        if (units[i].is_active)
            view->choices[view->choice_count++] = (struct unit_list_choice){
                .id = units[i].id, .name = units[i].name, .is_chosen = units[i].id == chosen};
    }
    view->has_units = count > 0;
    return OK;
}

static enum status add_people(struct ctx *ctx, const struct web_request *request, struct unit_list_view *view)
{
    person_list_row *people;
    size_t count;
    int64_t chosen = web_int(request, "person", 0);
    TRY(person_list(ctx, &people, &count));
    view->persons = arena_array(ctx->arena, struct unit_list_person, PEOPLE_SHOWN);
    view->acts = arena_array(ctx->arena, struct unit_list_act, ACTS);
    if (view->persons == NULL || view->acts == NULL)
        return LIMIT;
    for (size_t i = 0; i < count && view->person_count < PEOPLE_SHOWN; i++)
        if (people[i].is_active && people[i].role != ROLE_OPERATOR)
            view->persons[view->person_count++] = (struct unit_list_person){
                .id = people[i].id, .name = people[i].display_name, .is_chosen = people[i].id == chosen};
    for (size_t i = 0; i < ACTS; i++)
        view->acts[view->act_count++] =
            (struct unit_list_act){.value = str_format(ctx->arena, "%d", (int)acts[i]),
                                   .label = text_of(ctx->language, right_name(acts[i])),
                                   .is_chosen = right_ticked(request) & acts[i]};
    return OK;
}

static enum status add_faults(struct ctx *ctx, const struct faults *faults, struct unit_list_view *view)
{
    view->faults = arena_array(ctx->arena, struct unit_list_fault, FAULTS_SHOWN);
    if (view->faults == NULL)
        return LIMIT;
    for (size_t i = 0; faults != NULL && i < faults->count && i < FAULTS_SHOWN; i++)
        view->faults[view->fault_count++] = (struct unit_list_fault){.mend = fault_say(ctx, &faults->kept[i])};
    return OK;
}

/* What went wrong: a sentence, or the faults of a delegation. */
struct trouble {
    enum text_key error;
    const struct faults *faults;
};

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        struct trouble trouble)
{
    struct page page;
    bool has_faults = trouble.faults != NULL && trouble.faults->found > 0;
    struct str since = web_value(request, "since"), limit = web_value(request, "limit");
    struct str today = iso_of(ctx, ctx_today(ctx));
    struct unit_list_view view = {.form_token = request->form_token,
                                  .may_edit = permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER),
                                  .has_error = trouble.error != T_none || has_faults,
                                  .error = text_of(ctx->language, trouble.error),
                                  .code = web_text(request, "code"),
                                  .unit_name = web_has(request, "code") ? web_text(request, "name") : STR(""),
                                  .limit = str_is_absent(limit) ? STR("0") : limit,
                                  .since = str_is_absent(since) ? today : since,
                                  .until = web_text(request, "until"),
                                  .reference = web_text(request, "reference"),
                                  .is_head = web_has(request, "head"),
                                  .today = today};
    view.is_saved = web_has(request, "saved") && !view.has_error;
    TRY(add_faults(ctx, trouble.faults, &view));
    TRY(add_signatories(ctx, &view));
    TRY(add_units(ctx, request, &view));
    TRY(add_people(ctx, request, &view));
    struct page_head head = {.title = text_of(ctx->language, T_accounting_unit_menu), .menu = "/accounting"};
    head.is_error = view.has_error;
    if (view.has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    unit_list_html(&page.html, &view);
    return page_end(&page, &head);
}

/* ---- handlers ---- */

static enum status go_on(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                         enum status done, const struct faults *faults)
{
    if (done == INVALID && faults != NULL && faults->found > 0)
        return show(ctx, request, response, (struct trouble){T_none, faults});
    if (done == INVALID || done == CONFLICT)
        return show(ctx, request, response, (struct trouble){ctx->failure.sentence, NULL});
    TRY(done);
    return web_redirect(ctx, response, "/accounting/services?saved=1");
}

/* Whoever may read accounting, and administrators, who keep this page. */
enum status unit_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    if (!permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER))
        TRY(right_need(ctx, RIGHT_READ));
    return show(ctx, request, response, (struct trouble){T_none, NULL});
}

enum status unit_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    enum status done = unit_add(ctx, web_text(request, "code"), web_text(request, "name"), &id);
    return go_on(ctx, request, response, done, NULL);
}

enum status unit_set_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    enum status done = unit_set(ctx, web_int(request, "unit", 0), web_text(request, "name"),
                                web_has(request, "active"));
    return go_on(ctx, request, response, done, NULL);
}

/* A day that is written must be one; "" is 0. */
static enum status day_asked(struct ctx *ctx, const struct web_request *request, const char *name,
                             struct date *ret_day)
{
    struct str text = str_trim(web_text(request, name));
    *ret_day = (struct date){0};
    if (text.len > 0 && date_parse(text, ret_day) != OK)
        return refuse(ctx, INVALID, "accounting.day", T_accounting_day_wrong);
    return OK;
}

static enum status signatory_asked(struct ctx *ctx, const struct web_request *request, struct signatory *ret_one)
{
    struct signatory one = {.person = web_int(request, "person", 0),
                            .unit = web_int(request, "unit", 0),
                            .rights = right_ticked(request),
                            .is_head = web_has(request, "head"),
                            .reference = str_trim(web_text(request, "reference"))};
    struct str limit = str_trim(web_text(request, "limit"));
    if (limit.len > 0 && budget_amount_read(ctx->language, limit, &one.limit) != OK)
        return refuse(ctx, INVALID, "accounting.amount", T_accounting_amount_wrong);
    TRY(day_asked(ctx, request, "since", &one.since));
    TRY(day_asked(ctx, request, "until", &one.until));
    *ret_one = one;
    return OK;
}

enum status signatory_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    struct faults *faults = faults_new(ctx->arena);
    struct signatory one;
    if (faults == NULL)
        return LIMIT;
    enum status done = signatory_asked(ctx, request, &one);
    if (done == OK)
        done = signatory_add(ctx, &one, faults, &id);
    if (done == NOT_FOUND)
        done = refuse(ctx, INVALID, "accounting.signatory_who", T_accounting_signatory_who);
    return go_on(ctx, request, response, done, faults);
}

enum status signatory_end_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct faults *faults = faults_new(ctx->arena);
    struct date last;
    if (faults == NULL)
        return LIMIT;
    enum status done = day_asked(ctx, request, "day", &last);
    if (done == OK)
        done = signatory_end(ctx, web_int(request, "signatory", 0), last, faults);
    return go_on(ctx, request, response, done, faults);
}
