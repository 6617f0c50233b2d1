/* A fact more, or one that stands in place of another: a form for each kind. */
#include "service/staff/act/staff_act.h"
#include "service/staff/page/staff_add_html.h"
#include "service/staff/page/staff_file.h"
#include "service/staff/record/staff_agent.h"
#include "service/staff/record/staff_fact.h"
#include "service/staff/record/staff_post.h"
#include "service/staff/right/staff_right.h"
#include "service/staff/staff_service.h"

enum { EXEMPT_MAX = 100 };

/* The form at hand: for an agent, of a kind, with what is or was in it. */
struct form {
    int64_t agent;
    struct career_fact fact;
    struct grid grid;
    struct career career;
    bool is_signed; /* the act of the fact it corrects: a reason is asked for */
};

/* ---- showing ---- */

static enum status add_choice(struct ctx *ctx, struct staff_add_view *view, struct str value, struct str label,
                              bool is_chosen)
{
    enum { CHOICES_MAX = STAFF_POSTS_MAX };
    if (view->choices == NULL)
        view->choices = arena_array(ctx->arena, struct staff_add_choice, CHOICES_MAX);
    if (view->choices == NULL || view->choice_count == CHOICES_MAX)
        return LIMIT;
    view->has_choice = true;
    view->choices[view->choice_count++] = (struct staff_add_choice){value, label, is_chosen};
    return OK;
}

static enum status add_names(struct ctx *ctx, struct staff_add_view *view, const struct career_fact *fact,
                             int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        enum text_key name = fact->kind == CAREER_STATUS     ? staff_status_name((enum staff_status)i)
                             : fact->kind == CAREER_POSITION ? staff_position_name((enum staff_position)i)
                                                             : staff_absence_name((enum staff_absence)i);
        TRY(add_choice(ctx, view, str_format(ctx->arena, "%lld", (long long)i), text_of(ctx->language, name),
                       fact->number == i));
    }
    return OK;
}

static enum status add_choices(struct ctx *ctx, const struct form *form, struct staff_add_view *view)
{
    staff_post_row *posts;
    size_t count;
    const struct career_fact *fact = &form->fact;
    if (fact->kind == CAREER_STATUS)
        return add_names(ctx, view, fact, STAFF_STATUSES);
    if (fact->kind == CAREER_POSITION)
        return add_names(ctx, view, fact, STAFF_POSITIONS);
    if (fact->kind == CAREER_ABSENCE)
        return add_names(ctx, view, fact, STAFF_ABSENCES);
    for (size_t i = 0; fact->kind == CAREER_GRADE && i < form->grid.grade_count; i++)
        TRY(add_choice(ctx, view, form->grid.grades[i].code, form->grid.grades[i].name,
                       str_eq(form->grid.grades[i].code, fact->words)));
    if (fact->kind != CAREER_POST)
        return OK;
    TRY(staff_post_list(ctx, &posts, &count));
    for (size_t i = 0; i < count; i++)
        TRY(add_choice(ctx, view, str_format(ctx->arena, "%lld", (long long)posts[i].id),
                       str_format(ctx->arena, "%.*s %.*s", STR_ARG(posts[i].code), STR_ARG(posts[i].title)),
                       posts[i].id == fact->number));
    return OK;
}

static enum text_key number_label(enum career_kind kind)
{
    static const enum text_key labels[CAREER_KINDS] = {[CAREER_STEP] = T_staff_step,
                                                       [CAREER_INDEX] = T_staff_kind_index,
                                                       [CAREER_PART_TIME] = T_staff_add_percent,
                                                       [CAREER_NBI] = T_staff_add_points,
                                                       [CAREER_CONTRACT] = T_staff_index_contract,
                                                       [CAREER_SAVED] = T_staff_add_saved};
    return labels[kind];
}

static struct str title_of(struct ctx *ctx, const struct career_fact *fact)
{
    struct text_arg args[] = {TEXT_ARG("kind", text_of(ctx->language, staff_kind_name(fact->kind)))};
    return text_with(ctx->arena, ctx->language, fact->corrects != 0 ? T_staff_add_correct : T_staff_add_title, args, 1);
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct form *form, struct str error, bool is_twin)
{
    struct page page;
    staff_agent agent;
    const struct career_fact *fact = &form->fact;
    enum text_key label = number_label(fact->kind);
    TRY(staff_agent_get(ctx, form->agent, &agent));
    struct staff_add_view view = {
        .form_token = request->form_token,
        .file = staff_path(ctx, form->agent, ""),
        .code = agent.code,
        .title = title_of(ctx, fact),
        .action = staff_path(ctx, form->agent, "/add"),
        .kind = str_format(ctx->arena, "%d", (int)fact->kind),
        .corrects = str_format(ctx->arena, "%lld", (long long)fact->corrects),
        .has_error = error.len > 0,
        .error = error,
        .is_twin = is_twin,
        .since = staff_iso(ctx, fact->since),
        .until = staff_iso(ctx, fact->until),
        .has_until = true,
        .choice_label = text_of(ctx->language, staff_kind_name(fact->kind)),
        .has_number = label != T_none,
        .number_label = text_of(ctx->language, label),
        .number = fact->number != 0 ? str_format(ctx->arena, "%lld", (long long)fact->number) : STR(""),
        .has_week = fact->kind == CAREER_WEEK,
        .week = fact->kind == CAREER_WEEK && fact->number != 0 ? staff_hours(ctx, fact->number) : STR(""),
        .has_article = fact->kind == CAREER_CONTRACT,
        .article = fact->words,
        .is_child = fact->kind == CAREER_CHILD,
        .born = fact->kind == CAREER_CHILD ? staff_iso(ctx, (struct date){(int32_t)fact->number}) : STR(""),
        .is_shared = fact->kind == CAREER_CHILD && fact->words.len > 0,
        .is_absence = fact->kind == CAREER_ABSENCE,
        .exempt = fact->words,
        .goes_on = fact->link != 0,
        .needs_reason = form->is_signed,
        .reason = web_text(request, "reason")};
    TRY(add_choices(ctx, form, &view));
    struct page_head head = {.title = view.title, .menu = "/staff", .is_error = view.has_error};
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    staff_add_html(&page.html, &view);
    return page_end(&page, &head);
}

/* ---- what is asked for ---- */

static const struct career_fact *fact_of(const struct career *career, int64_t id)
{
    for (size_t i = 0; i < career->count; i++)
        if (career->facts[i].id == id)
            return &career->facts[i];
    return NULL;
}

static enum status is_signed(struct ctx *ctx, int64_t id, bool *ret_is_signed)
{
    staff_act act;
    TRY(staff_act_get(ctx, id, &act));
    *ret_is_signed = act.state == STAFF_ACT_SIGNED;
    return OK;
}

/* The agent, the kind, and what a correction begins with. */
static enum status open_form(struct ctx *ctx, const struct web_request *request, struct form *form)
{
    int64_t kind = web_int(request, "kind", -1), corrects = web_int(request, "corrects", 0);
    staff_agent agent;
    form->is_signed = false;
    TRY(staff_asked_agent(request, 0, &form->agent));
    TRY(staff_agent_get(ctx, form->agent, &agent));
    TRY(staff_fact_grid(ctx, &form->grid));
    TRY(staff_fact_career(ctx, form->agent, ctx->now, &form->grid, &form->career));
    if (corrects != 0) {
        const struct career_fact *fact = fact_of(&form->career, corrects);
        if (fact == NULL)
            return NOT_FOUND;
        form->fact = *fact;
        form->fact.corrects = corrects;
        form->fact.act = 0;
        return fact->act != 0 ? is_signed(ctx, fact->act, &form->is_signed) : OK;
    }
    if (kind < 0 || kind >= CAREER_KINDS)
        return NOT_FOUND;
    form->fact = (struct career_fact){.kind = (enum career_kind)kind, .words = STR("")};
    return OK;
}

enum status staff_add_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct form form;
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    TRY(open_form(ctx, request, &form));
    return show(ctx, request, response, &form, STR(""), false);
}

/* The absence that ends on the day before: what a prolongation goes on from. */
static int64_t before_of(const struct form *form)
{
    int64_t found = -1; /* none, which is refused */
    for (size_t i = 0; i < form->career.count; i++) {
        const struct career_fact *fact = &form->career.facts[i];
        if (fact->kind == CAREER_ABSENCE && fact->until.days + 1 == form->fact.since.days)
            found = fact->id;
    }
    return found;
}

/* Children are told apart by their place: the first one that is free. */
static int64_t free_item(const struct career *career)
{
    int64_t item = 1;
    for (size_t i = 0; i < career->count; i++)
        if (career->facts[i].kind == CAREER_CHILD && career->facts[i].item >= item)
            item = career->facts[i].item + 1;
    return item;
}

static enum status read_child(const struct web_request *request, struct form *form)
{
    struct date born;
    TRY(staff_asked_day(request, "born", &born));
    form->fact.number = born.days;
    form->fact.words = web_has(request, "shared") ? STR("shared") : STR("");
    if (form->fact.corrects == 0)
        form->fact.item = free_item(&form->career);
    return OK;
}

static enum status read_value(const struct web_request *request, struct form *form)
{
    struct career_fact *fact = &form->fact;
    switch (fact->kind) {
    case CAREER_GRADE:
        fact->words = str_trim(web_text(request, "choice"));
        return OK;
    case CAREER_STATUS:
    case CAREER_POSITION:
    case CAREER_POST:
    case CAREER_ABSENCE:
        TRY(staff_asked_number(request, "choice", &fact->number));
        break;
    case CAREER_WEEK:
        return staff_asked_hours(request, "week", &fact->number);
    case CAREER_CHILD:
        return read_child(request, form);
    case CAREER_CONTRACT:
        fact->words = str_trim(web_text(request, "article"));
        return staff_asked_number(request, "number", &fact->number);
    case CAREER_ENTRY:
    case CAREER_TRIAL:
        return OK;
    default:
        return staff_asked_number(request, "number", &fact->number);
    }
    if (fact->kind == CAREER_ABSENCE) {
        fact->words = str_trim(web_text(request, "exempt"));
        fact->link = web_has(request, "goes_on") ? before_of(form) : 0;
    }
    return fact->words.len <= EXEMPT_MAX ? OK : INVALID;
}

static struct str unreadable(struct ctx *ctx, enum text_key label, struct str value)
{
    struct text_arg args[] = {TEXT_ARG("field", text_of(ctx->language, label)), TEXT_ARG("value", value)};
    return text_with(ctx->arena, ctx->language, T_staff_fault_field, args, 2);
}

/* "" when all can be read. */
static struct str read_form(struct ctx *ctx, const struct web_request *request, struct form *form)
{
    if (staff_asked_day(request, "since", &form->fact.since) != OK || form->fact.since.days == 0)
        return unreadable(ctx, T_staff_since, web_text(request, "since"));
    if (staff_asked_day(request, "until", &form->fact.until) != OK)
        return unreadable(ctx, T_staff_until, web_text(request, "until"));
    if (read_value(request, form) != OK)
        return unreadable(ctx, staff_kind_name(form->fact.kind), web_text(request, "number"));
    return STR("");
}

enum status staff_add_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct form form;
    struct career_fault fault = {.rule = CAREER_RIGHT};
    int64_t id;
    TRY(staff_right_need(ctx, STAFF_MAY_EDIT));
    TRY(open_form(ctx, request, &form));
    struct str error = read_form(ctx, request, &form);
    if (error.len > 0)
        return show(ctx, request, response, &form, error, false);
    struct staff_fact_how how = {.is_apart = web_has(request, "apart"), .reason = web_text(request, "reason")};
    enum status done = staff_fact_add(ctx, form.agent, &form.fact, how, &fault, &id);
    if (done == INVALID && fault.rule == CAREER_RIGHT)
        return show(ctx, request, response, &form, text_of(ctx->language, ctx->failure.sentence), false);
    if (done == INVALID && fault.rule != CAREER_RIGHT)
        return show(ctx, request, response, &form, staff_fault_words(ctx, &form.grid, &form.fact, &fault),
                    fault.rule == CAREER_CHILD_TWICE);
    TRY(done);
    return staff_file_saved(ctx, response, form.agent, form.fact.since);
}
