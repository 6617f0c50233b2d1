#include "service/accounting/publish/publish_view.h"

#include "service/accounting/lang.h"

const struct publish_part publish_parts[PUBLISH_PARTS] = {
    {"df", CHART_FUNCTIONING, CHART_EXPENSE, T_accounting_public_df},
    {"rf", CHART_FUNCTIONING, CHART_RECEIPT, T_accounting_public_rf},
    {"di", CHART_INVESTMENT, CHART_EXPENSE, T_accounting_public_di},
    {"ri", CHART_INVESTMENT, CHART_RECEIPT, T_accounting_public_ri}};

struct page_head publish_head(struct str title)
{
    return (struct page_head){
        .title = title, .tone = PAGE_RESIDENT, .menu = "/budget", .search_path = STR_NONE};
}

enum status publish_open(struct ctx *ctx, int64_t act, struct publish_pages *ret_pages)
{
    TRY(publish_get(ctx, act, &ret_pages->publication));
    return budget_chart(ctx, &ret_pages->publication.act, &ret_pages->chart);
}

enum status publish_asked(struct ctx *ctx, const struct web_request *request, struct publish_pages *ret_pages)
{
    int64_t act;
    if (str_to_i64(request->params[0], &act) != OK)
        return NOT_FOUND;
    return publish_open(ctx, act, ret_pages);
}

struct str publish_home(struct ctx *ctx, const struct budget_act *act)
{
    return str_format(ctx->arena, "/budget/%lld", (long long)act->id);
}

static const char *id_of(enum chart_section section, enum chart_direction direction)
{
    for (size_t i = 0; i < PUBLISH_PARTS; i++)
        if (publish_parts[i].section == section && publish_parts[i].direction == direction)
            return publish_parts[i].id;
    return "df";
}

struct str publish_path(struct ctx *ctx, const struct publish_pages *pages, const char *what, struct str code,
                        enum chart_section section, enum chart_direction direction)
{
    return str_format(ctx->arena, "/budget/%lld/%s/%.*s#%s", (long long)pages->publication.act.id, what,
                      STR_ARG(code.len == 0 ? STR("-") : code), id_of(section, direction));
}

struct str publish_chapter_title(struct ctx *ctx, struct str code, struct str label)
{
    const struct text_arg args[] = {TEXT_ARG("code", code), TEXT_ARG("label", label)};
    if (label.len == 0)
        return code.len > 0 ? code : text_of(ctx->language, T_accounting_public_no_chapter);
    return text_with(ctx->arena, ctx->language, T_accounting_public_chapter_title, args, 2);
}

struct str publish_function_name(struct ctx *ctx, const struct chart *chart, struct str code)
{
    if (code.len == 0)
        return text_of(ctx->language, T_accounting_public_no_function);
    const struct chart_function *found = chart == NULL ? NULL : chart_function(chart, code);
    const struct text_arg args[] = {TEXT_ARG("code", code),
                                    TEXT_ARG("label", found == NULL ? STR("") : found->label)};
    return found == NULL ? code
                         : text_with(ctx->arena, ctx->language, T_accounting_public_function_title, args, 2);
}
