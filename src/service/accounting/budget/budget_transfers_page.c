#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_draft.h"
#include "service/accounting/budget/budget_force.h"
#include "service/accounting/budget/budget_transfer.h"
#include "service/accounting/budget/budget_transfers_html.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/fault_say.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"

static bool may_decide(struct ctx *ctx)
{
    return right_may(ctx, RIGHT_PREPARE);
}

/* How a form names a line in force: what tells it from others. */
static struct str key_of(struct ctx *ctx, const struct budget_line *line)
{
    return str_format(ctx->arena, "%d/%.*s/%.*s/%.*s/%.*s", (int)line->section, STR_ARG(line->group_chapter),
                      STR_ARG(line->nature), STR_ARG(line->function), STR_ARG(line->operation));
}

/* ---- what is shown ---- */

static enum status add_limits(struct ctx *ctx, const struct budget_act *act, struct budget_transfers_view *view,
                              bool is_by_article[TRANSFER_SECTIONS])
{
    struct fungible_section sections[TRANSFER_SECTIONS];
    int64_t rate = 0;
    enum status done = budget_rate(ctx, act->siret, act->year, &rate);
    if (done != OK && done != NOT_FOUND)
        return done;
    view->may_rate = done == NOT_FOUND && view->may_decide;
    view->has_rate = rate > 0;
    view->rate = page_money(ctx, (struct money){rate});
    TRY(budget_transfer_sections(ctx, act, sections));
    for (size_t i = 0; i < TRANSFER_SECTIONS; i++)
        is_by_article[i] = sections[i].is_by_article;
    view->may_move = view->has_rate || is_by_article[CHART_FUNCTIONING] || is_by_article[CHART_INVESTMENT];
    view->limits = arena_array(ctx->arena, struct budget_transfers_limit, TRANSFER_SECTIONS);
    if (view->limits == NULL)
        return LIMIT;
    for (size_t i = 0; i < TRANSFER_SECTIONS; i++) {
        struct money most = fungible_limit(&sections[i]);
        view->limits[view->limit_count++] = (struct budget_transfers_limit){
            .section = text_of(ctx->language, i == CHART_FUNCTIONING ? T_accounting_functioning
                                                                     : T_accounting_investment),
            .real = page_money(ctx, sections[i].real),
            .most = page_money(ctx, most),
            .moved = page_money(ctx, sections[i].moved),
            .left = page_money(ctx, (struct money){most.cents - sections[i].moved.cents})};
    }
    return OK;
}

/* A chapter; within one, the article as well. */
static struct str place_of(struct ctx *ctx, const struct budget_transfer *transfer, struct str chapter,
                           struct str article)
{
    return transfer->is_within ? str_format(ctx->arena, "%.*s · %.*s", STR_ARG(chapter), STR_ARG(article)) : chapter;
}

static enum status add_transfers(struct ctx *ctx, const struct budget_act *act, struct budget_transfers_view *view)
{
    struct budget_transfer *transfers;
    size_t count;
    TRY(budget_transfers(ctx, act->siret, act->year, &transfers, &count));
    view->transfers = arena_array(ctx->arena, struct budget_transfers_transfer, count + 1);
    if (view->transfers == NULL)
        return LIMIT;
    view->is_empty = count == 0;
    for (size_t i = 0; i < count; i++) {
        bool is_told = transfers[i].told.days != 0;
        bool is_within = transfers[i].is_within;
        view->is_untold |= !is_told && !is_within;
        view->transfers[view->transfer_count++] = (struct budget_transfers_transfer){
            .path = budget_act_path(ctx, transfers[i].act, ""),
            .number = transfers[i].number,
            .day = page_date(ctx, transfers[i].decided),
            .section = text_of(ctx->language, transfers[i].section == CHART_FUNCTIONING ? T_accounting_functioning
                                                                                        : T_accounting_investment),
            .from = place_of(ctx, &transfers[i], transfers[i].from, transfers[i].from_article),
            .to = place_of(ctx, &transfers[i], transfers[i].to, transfers[i].to_article),
            .amount = page_money(ctx, transfers[i].amount),
            .reason = transfers[i].reason,
            .is_within = is_within,
            .is_told = is_told && !is_within,
            .is_to_tell = !is_told && !is_within,
            .told = is_told ? page_date(ctx, transfers[i].told) : STR("")};
    }
    return OK;
}

/* Staff is never moved out of its chapter, so it is not offered but where its articles are voted. */
static bool is_offered(const struct budget_line *line, const bool is_by_article[TRANSFER_SECTIONS])
{
    static const char *const never[] = {"001", "002"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (str_eq(line->nature, str_of(never[i])))
            return false;
    return line->direction == CHART_EXPENSE && line->kind == CHART_REAL && line->section != CHART_NO_SECTION &&
           (is_by_article[line->section] || !str_eq(line->group_chapter, STR("012")));
}

static struct str label_of(struct ctx *ctx, const struct chart *chart, const struct budget_line *line)
{
    struct str label = budget_account_label(chart, line->nature), open = page_money(ctx, line->amounts[DOCBUDG_OPEN]);
    return str_format(ctx->arena, "%.*s · %.*s%s%.*s %.*s (%.*s)", STR_ARG(line->group_chapter), STR_ARG(line->nature),
                      line->function.len > 0 ? " · " : "", STR_ARG(line->function), STR_ARG(label), STR_ARG(open));
}

static enum status add_choices(struct ctx *ctx, const struct web_request *request, const struct budget_act *act,
                               const bool is_by_article[TRANSFER_SECTIONS], struct budget_transfers_view *view)
{
    struct budget_line *lines;
    const struct chart *chart;
    size_t count;
    struct str from = web_text(request, "from"), to = web_text(request, "to");
    if (!view->may_decide || !view->may_move)
        return OK;
    TRY(budget_chart(ctx, act, &chart));
    TRY(budget_in_force(ctx, act->siret, act->year, &lines, &count));
    view->choices = arena_array(ctx->arena, struct budget_transfers_choice, count + 1);
    if (view->choices == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct str key = key_of(ctx, &lines[i]);
        if (is_offered(&lines[i], is_by_article))
            view->choices[view->choice_count++] =
                (struct budget_transfers_choice){.value = key,
                                                 .label = label_of(ctx, chart, &lines[i]),
                                                 .is_from = str_eq(key, from),
                                                 .is_to = str_eq(key, to)};
    }
    return OK;
}

static enum status add_faults(struct ctx *ctx, const struct faults *faults, struct budget_transfers_view *view)
{
    if (faults == NULL || faults->found == 0)
        return OK;
    view->has_faults = true;
    view->faults = arena_array(ctx->arena, struct budget_transfers_fault, faults->count + 1);
    if (view->faults == NULL)
        return LIMIT;
    for (size_t i = 0; i < faults->count; i++)
        view->faults[view->fault_count++] =
            (struct budget_transfers_fault){.place = faults->kept[i].place, .mend = fault_say(ctx, &faults->kept[i])};
    return OK;
}

static struct str today(struct ctx *ctx)
{
    struct buf text BUF_SCOPE = BUF_INIT(16);
    date_write(&text, ctx_today(ctx));
    return str_copy(ctx->arena, buf_str(&text));
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct budget_act *act, enum text_key error, const struct faults *faults)
{
    struct page page;
    bool is_by_article[TRANSFER_SECTIONS];
    struct budget_transfers_view view = {.form_token = request->form_token,
                                         .home = STR("/accounting"),
                                         .back = budget_act_path(ctx, act->id, ""),
                                         .act = budget_act_name(ctx, act),
                                         .label = act->label,
                                         .has_error = error != T_none,
                                         .error = text_of(ctx->language, error),
                                         .may_decide = may_decide(ctx),
                                         .set_rate = budget_act_path(ctx, act->id, "/rate"),
                                         .make = budget_act_path(ctx, act->id, "/transfers"),
                                         .tell = budget_act_path(ctx, act->id, "/told"),
                                         .amount = web_text(request, "amount"),
                                         .reason = web_text(request, "reason"),
                                         .today = today(ctx)};
    TRY(budget_chart_taken(ctx, act, &view.note));
    TRY(add_limits(ctx, act, &view, is_by_article));
    TRY(add_transfers(ctx, act, &view));
    TRY(add_choices(ctx, request, act, is_by_article, &view));
    TRY(add_faults(ctx, faults, &view));
    struct page_head head = budget_head(text_of(ctx->language, T_accounting_transfers));
    head.is_error = view.has_error || view.has_faults;
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    budget_transfers_html(&page.html, &view);
    return page_end(&page, &head);
}

/* ---- handlers: of a voted primitive budget ---- */

static enum status primitive_asked(struct ctx *ctx, const struct web_request *request, struct budget_act *ret_act)
{
    TRY(budget_act_asked(ctx, request, ret_act));
    if (str_eq(ret_act->kind, STR(DOCBUDG_PRIMITIVE)) && !ret_act->is_draft)
        return OK;
    return refuse(ctx, CONFLICT, "accounting.no_primitive", T_accounting_no_primitive);
}

enum status budget_transfers_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(primitive_asked(ctx, request, &act));
    return show(ctx, request, response, &act, T_none, NULL);
}

enum status budget_rate_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct money rate;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(primitive_asked(ctx, request, &act));
    if (budget_amount_read(ctx->language, web_text(request, "rate"), &rate) != OK)
        return show(ctx, request, response, &act, T_accounting_rate_wrong, NULL);
    enum status done = budget_rate_set(ctx, &act, rate.cents);
    if (done == INVALID)
        return show(ctx, request, response, &act, ctx->failure.sentence, NULL);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/acts/%lld/transfers", (long long)act.id);
}

/* The line in force that a form names; NULL: none. */
static const struct budget_line *line_named(struct ctx *ctx, const struct budget_line *lines, size_t count,
                                            struct str key)
{
    for (size_t i = 0; i < count; i++)
        if (lines[i].direction == CHART_EXPENSE && lines[i].kind == CHART_REAL && str_eq(key_of(ctx, &lines[i]), key))
            return &lines[i];
    return NULL;
}

static enum status make(struct ctx *ctx, const struct web_request *request, const struct budget_act *act,
                        struct faults *faults)
{
    struct budget_line *lines;
    struct budget_transfer_wish wish = {.reason = str_trim(web_text(request, "reason"))};
    size_t count;
    int64_t id;
    if (budget_amount_read(ctx->language, web_text(request, "amount"), &wish.amount) != OK)
        return refuse(ctx, INVALID, "accounting.amount", T_accounting_amount_wrong);
    if (date_parse(web_text(request, "day"), &wish.day) != OK)
        return refuse(ctx, INVALID, "accounting.day", T_accounting_day_wrong);
    TRY(budget_in_force(ctx, act->siret, act->year, &lines, &count));
    wish.from = line_named(ctx, lines, count, web_text(request, "from"));
    wish.to = line_named(ctx, lines, count, web_text(request, "to"));
    return budget_transfer_make(ctx, act, &wish, faults, &id);
}

enum status budget_transfer_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(primitive_asked(ctx, request, &act));
    enum status done = make(ctx, request, &act, faults);
    if (done == INVALID)
        return show(ctx, request, response, &act, faults->found > 0 ? T_none : ctx->failure.sentence, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/acts/%lld/transfers", (long long)act.id);
}

enum status budget_told_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct date day;
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(primitive_asked(ctx, request, &act));
    if (date_parse(web_text(request, "day"), &day) != OK)
        return show(ctx, request, response, &act, T_accounting_day_wrong, NULL);
    TRY(budget_transfer_tell(ctx, act.siret, act.year, day));
    return web_redirect(ctx, response, "/accounting/acts/%lld/transfers", (long long)act.id);
}
