#include "core/page.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/chart/chart_kept.h"
#include "service/accounting/chart/chart_list_html.h"
#include "service/accounting/lang.h"

enum { SHIPPED_MAX = 64 };

static bool may_decide(const struct ctx *ctx)
{
    return permission_allows(ctx->actor.rights, PERMISSION_ADMINISTER);
}

static struct str day_of(struct ctx *ctx, struct instant at)
{
    return page_date(ctx, ctx_day(ctx, at));
}

static struct str who_of(struct ctx *ctx, struct str by)
{
    return by.len > 0 ? by : text_of(ctx->language, T_accounting_chart_command);
}

static enum status add_brought(struct ctx *ctx, struct chart_list_view *view)
{
    struct chart_kept_card *cards;
    size_t count;
    TRY(chart_kept_list(ctx, &cards, &count));
    view->charts = arena_array(ctx->arena, struct chart_list_chart, count + SHIPPED_MAX);
    view->choices = arena_array(ctx->arena, struct chart_list_choice, count + SHIPPED_MAX);
    if (view->charts == NULL || view->choices == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->charts[view->chart_count++] = (struct chart_list_chart){
            .nomenclature = cards[i].nomenclature,
            .year = str_format(ctx->arena, "%d", cards[i].year),
            .day = day_of(ctx, cards[i].at),
            .who = who_of(ctx, cards[i].by),
            .file = cards[i].source,
            .digest = cards[i].sha256,
            .is_brought = true};
    return OK;
}

static void add_shipped(struct ctx *ctx, struct chart_list_view *view)
{
    struct str nomenclature;
    int32_t year;
    for (size_t i = 0; i < SHIPPED_MAX && chart_shipped_at(i, &nomenclature, &year) == OK; i++)
        view->charts[view->chart_count++] = (struct chart_list_chart){
            .nomenclature = nomenclature, .year = str_format(ctx->arena, "%d", year), .digest = STR("")};
    for (size_t i = 0; i < view->chart_count; i++)
        view->choices[view->choice_count++] = (struct chart_list_choice){
            .value = str_format(ctx->arena, "%.*s %.*s", STR_ARG(view->charts[i].nomenclature),
                                STR_ARG(view->charts[i].year))};
}

static enum status add_taken(struct ctx *ctx, struct chart_list_view *view)
{
    struct chart_taken *taken;
    size_t count;
    TRY(chart_taken_list(ctx, &taken, &count));
    view->takens = arena_array(ctx->arena, struct chart_list_taken, count + 1);
    if (view->takens == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct chart_kept kept;
        TRY(chart_kept_find(ctx, taken[i].nomenclature, taken[i].year, &kept));
        view->takens[view->taken_count++] =
            (struct chart_list_taken){.nomenclature = taken[i].nomenclature,
                                      .year = str_format(ctx->arena, "%d", taken[i].year),
                                      .from = str_format(ctx->arena, "%d", taken[i].from_year),
                                      .day = day_of(ctx, taken[i].at),
                                      .who = who_of(ctx, taken[i].by),
                                      .is_past = kept.taken_from == 0,
                                      .end = str_format(ctx->arena, "/accounting/charts/taken/%lld/end",
                                                        (long long)taken[i].id)};
    }
    view->has_taken = count > 0;
    return OK;
}

static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        enum text_key error)
{
    struct page page;
    struct chart_list_view view = {.form_token = request->form_token,
                                   .home = STR("/accounting"),
                                   .take = STR("/accounting/charts/taken"),
                                   .has_error = error != T_none,
                                   .error = text_of(ctx->language, error),
                                   .may_decide = may_decide(ctx)};
    TRY(add_brought(ctx, &view));
    add_shipped(ctx, &view);
    TRY(add_taken(ctx, &view));
    struct page_head head = {.title = text_of(ctx->language, T_accounting_charts),
                             .menu = "/accounting",
                             .search_path = STR_NONE,
                             .is_error = view.has_error};
    if (view.has_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    chart_list_html(&page.html, &view);
    return page_end(&page, &head);
}

enum status chart_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    return show(ctx, request, response, T_none);
}

/* "M57-M57_A 2024" of a choice, for the year typed. */
static enum status decide(struct ctx *ctx, const struct web_request *request)
{
    struct str choice = web_text(request, "from");
    struct str nomenclature = str_cut(&choice, ' ');
    uint64_t from, year;
    if (str_is_absent(choice) || str_to_u64(choice, CHART_YEAR_MAX, &from) != OK)
        return refuse(ctx, INVALID, "accounting.chart_none", T_accounting_chart_none);
    if (str_to_u64(str_trim(web_text(request, "year")), CHART_YEAR_MAX, &year) != OK)
        return refuse(ctx, INVALID, "accounting.chart_year", T_accounting_chart_year_wrong);
    return chart_taken_decide(ctx, nomenclature, (int32_t)year, (int32_t)from);
}

enum status chart_take_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    enum status done = decide(ctx, request);
    if (done == INVALID || done == CONFLICT)
        return show(ctx, request, response, ctx->failure.sentence);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/charts");
}

enum status chart_take_end_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    int64_t id;
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(chart_taken_end(ctx, id));
    return web_redirect(ctx, response, "/accounting/charts");
}
