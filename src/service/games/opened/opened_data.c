/* The table of communes, counted at the visit, and what is known of its making. */
#include "language/model/shipped.h"
#include "service/games/opened/card.h"
#include "service/games/frame.h"
#include "service/games/opened/games_data_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/opened/opened.h"

enum { FILES = 2, AUTHORS_MAX = 8 };

static void count(const struct table *table, struct games_data_view *view)
{
    view->communes = (int64_t)table->count;
    view->departments = (int64_t)table->department_count;
    for (size_t i = 0; i < table->count; i++) {
        const struct table_commune *commune = &table->communes[i];
        size_t first = table_find(table, commune->name);
        view->alike += table->communes[first].next_alike != TABLE_NONE;
        view->codes = (int64_t)commune->postal_code_count > view->codes ? (int64_t)commune->postal_code_count
                                                                        : view->codes;
        view->people += commune->population;
    }
}

/* Authors and files as the card of a model trained on it has them. */
static enum status add_origin(struct ctx *ctx, struct str card, struct games_data_view *view)
{
    view->authors = arena_array(ctx->arena, struct games_data_author, AUTHORS_MAX);
    view->files = arena_array(ctx->arena, struct games_data_file, FILES);
    if (view->authors == NULL || view->files == NULL)
        return LIMIT;
    for (int i = 0; i < AUTHORS_MAX; i++) {
        struct str name = card_value(card, str_format(ctx->arena, "data.authors.%d.name", i).at);
        if (str_is_absent(name))
            break;
        struct str of = card_value(card, str_format(ctx->arena, "data.authors.%d.of", i).at);
        view->authors[view->author_count++] = (struct games_data_author){.name = name, .of = of};
    }
    for (int i = 0; i < FILES; i++)
        view->files[view->file_count++] = (struct games_data_file){
            .name = card_value(card, str_format(ctx->arena, "data.files.%d.name", i).at),
            .bytes = card_number(card, str_format(ctx->arena, "data.files.%d.bytes", i).at),
            .hash = card_value(card, str_format(ctx->arena, "data.files.%d.sha256", i).at)};
    return OK;
}

static enum status add_rest(struct ctx *ctx, struct games_data_view *view)
{
    struct str *lines;
    size_t line_count;
    TRY(frame_lines(ctx, T_games_data_leaves_text, &lines, &line_count));
    view->lefts = arena_array(ctx->arena, struct games_data_left, line_count + 1);
    view->models = arena_array(ctx->arena, struct games_data_model, MACHINES);
    if (view->lefts == NULL || view->models == NULL)
        return LIMIT;
    for (size_t i = 0; i < line_count; i++)
        view->lefts[view->left_count++].text = lines[i];
    for (enum machine_kind kind = MACHINE_NANO; kind < MACHINES; kind++)
        view->models[view->model_count++] = (struct games_data_model){
            .name = machine_name(kind),
            .path = str_format(ctx->arena, "/games/machine/card?model=%.*s", STR_ARG(machine_name(kind)))};
    return OK;
}

enum status opened_data_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    const struct table *table;
    struct shipped_model shipped;
    struct games_data_view view = {.home = STR("https://github.com/etalab/decoupage-administratif")};
    TRY(machine_table(ctx, &table));
    TRY(shipped_model(machine_name(MACHINE_PETIT), &shipped));
    count(table, &view);
    TRY(add_origin(ctx, shipped.card, &view));
    TRY(add_rest(ctx, &view));
    TRY(opened_begin(&page, ctx, request, response, OPENED_DATA, STR("")));
    games_data_html(&page.html, &view);
    return opened_end(&page, OPENED_DATA);
}
