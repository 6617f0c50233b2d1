#include "service/games/opened/opened.h"

#include "service/games/opened/games_opened_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"

enum status opened_shipped(const struct web_request *request, struct shipped_model *ret_shipped)
{
    return shipped_model(web_has(request, "model") ? web_text(request, "model") : STR("petit"), ret_shipped);
}

enum status opened_machine(struct ctx *ctx, const struct web_request *request, struct machine **ret_machine)
{
    enum machine_kind kind = MACHINE_PETIT;
    if (web_has(request, "model"))
        TRY(machine_named(web_text(request, "model"), &kind));
    return machine_get(ctx, kind, ret_machine);
}

static const struct {
    const char *path;
    enum text_key name, title;
    bool is_of_model; /* one of the models is chosen on it */
    bool is_listed;   /* search engines may keep it: the machine says nothing there */
} pages[OPENED_PAGES] = {
    [OPENED_PLAN] = {"/games/machine", T_games_opened_picture, T_games_plan_title, true, true},
    [OPENED_NUMBERS] = {"/games/machine/weights", T_games_opened_weights, T_games_numbers_title, true, false},
    [OPENED_NEURON] = {"/games/machine/neuron", T_games_opened_neuron, T_games_neuron_title, true, false},
    [OPENED_CARD] = {"/games/machine/card", T_games_opened_card, T_games_opened_card, true, true},
    [OPENED_DATA] = {"/games/machine/data", T_games_opened_data, T_games_data_title, false, true},
    [OPENED_AUTHORS] = {"/games/authors", T_games_opened_authors, T_games_authors_title, false, true},
};

static struct str path_of(struct ctx *ctx, enum opened_page which, struct str model)
{
    if (!pages[which].is_of_model || model.len == 0)
        return str_of(pages[which].path);
    return str_format(ctx->arena, "%s?model=%.*s", pages[which].path, STR_ARG(model));
}

static enum status add_ways(struct ctx *ctx, enum opened_page which, struct str model, struct games_opened_view *view)
{
    view->pages = arena_array(ctx->arena, struct games_opened_page, OPENED_PAGES);
    view->models = arena_array(ctx->arena, struct games_opened_model, MACHINES);
    if (view->pages == NULL || view->models == NULL)
        return LIMIT;
    for (enum opened_page page = OPENED_PLAN; page < OPENED_PAGES; page++)
        view->pages[view->page_count++] = (struct games_opened_page){.name = text_of(ctx->language, pages[page].name),
                                                                     .path = path_of(ctx, page, model),
                                                                     .is_here = page == which};
    for (enum machine_kind kind = MACHINE_NANO; kind < MACHINES; kind++)
        view->models[view->model_count++] = (struct games_opened_model){.name = machine_name(kind),
                                                                        .path = path_of(ctx, which, machine_name(kind)),
                                                                        .is_here = str_eq(machine_name(kind), model)};
    return OK;
}

enum status opened_begin(struct page *page, struct ctx *ctx, const struct web_request *request,
                         struct web_response *response, enum opened_page which, struct str model)
{
    struct games_opened_view view = {.title = text_of(ctx->language, pages[which].title),
                                     .has_models = pages[which].is_of_model};
    TRY(add_ways(ctx, which, model, &view));
    page_begin(page, ctx, request, response);
    games_opened_html(&page->html, &view);
    return OK;
}

enum status opened_end(struct page *page, enum opened_page which)
{
    struct str title = text_of(page->ctx->language, pages[which].title);
    struct page_head head = pages[which].is_listed ? games_head_listed(title) : games_head(title);
    return page_end(page, &head);
}

struct str opened_decimal(struct ctx *ctx, double value, int places)
{
    struct buf text BUF_SCOPE = BUF_INIT(100);
    struct str plain = str_format(ctx->arena, "%.*f", places, value < 0 ? -value : value);
    bool is_zero = true;
    for (size_t i = 0; i < plain.len; i++)
        is_zero &= plain.at[i] == '0' || plain.at[i] == '.';
    if (value < 0 && !is_zero)
        buf_add_literal(&text, "\u2212");
    for (size_t i = 0; i < plain.len; i++)
        buf_add_byte(&text, plain.at[i] == '.' && ctx->language == LANGUAGE_FR ? ',' : plain.at[i]);
    return str_copy(ctx->arena, buf_str(&text));
}

struct str opened_piece(struct ctx *ctx, struct str piece)
{
    struct buf out BUF_SCOPE = BUF_INIT(1 << 14);
    for (size_t i = 0; i < piece.len; i++)
        buf_add(&out, piece.at[i] == ' '    ? STR("\u2423")
                      : piece.at[i] == '\n' ? STR("\u23CE")
                                            : str_slice(piece, i, i + 1));
    return str_copy(ctx->arena, buf_str(&out));
}
