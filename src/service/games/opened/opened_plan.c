/* All matrices of a model, on one picture and in one table: counted from the model itself. */
#include "language/model/tensor.h"
#include "service/games/opened/card.h"
#include "service/games/opened/games_plan_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/opened/opened.h"

static const struct {
    enum text_key name, does;
} parts[TENSOR_PARTS] = {
    [TENSOR_TABLE] = {T_games_part_table, T_games_does_table},
    [TENSOR_NORM1] = {T_games_part_norm1, T_games_does_norm1},
    [TENSOR_QUERY] = {T_games_part_query, T_games_does_query},
    [TENSOR_KEY] = {T_games_part_key, T_games_does_key},
    [TENSOR_VALUE] = {T_games_part_value, T_games_does_value},
    [TENSOR_ONWARD] = {T_games_part_onward, T_games_does_onward},
    [TENSOR_NORM2] = {T_games_part_norm2, T_games_does_norm2},
    [TENSOR_GATE] = {T_games_part_gate, T_games_does_gate},
    [TENSOR_UP] = {T_games_part_up, T_games_does_up},
    [TENSOR_DOWN] = {T_games_part_down, T_games_does_down},
    [TENSOR_LAST_NORM] = {T_games_part_last_norm, T_games_does_last_norm},
};

static void add_part(struct ctx *ctx, const struct machine *machine, enum tensor_part part,
                     struct games_plan_view *view)
{
    const struct net_size *size = &machine->model.net.size;
    struct games_plan_row row = {.part = text_of(ctx->language, parts[part].name),
                                 .does = text_of(ctx->language, parts[part].does)};
    for (size_t i = 0; i < tensor_count(size); i++) {
        struct tensor tensor = tensor_of(size, i);
        if (tensor.part != part)
            continue;
        row.rows = (int64_t)tensor.rows;
        row.columns = (int64_t)tensor.columns;
        row.numbers += row.rows * row.columns;
        if (row.times++ == 0)
            row.path = str_format(ctx->arena, "/games/machine/weights?model=%.*s&tensor=%s",
                                  STR_ARG(machine->shipped.name), tensor.name);
    }
    view->total += row.numbers;
    view->rows[view->row_count++] = row;
}

enum status opened_plan_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct machine *machine;
    TRY(opened_machine(ctx, request, &machine));
    const struct net_size *size = &machine->model.net.size;
    struct games_plan_view view = {.name = machine->shipped.name,
                                   .weights = (int64_t)machine->model.net.count,
                                   .blocks = (int64_t)size->layers,
                                   .heads = (int64_t)size->heads,
                                   .width = (int64_t)size->width,
                                   .hidden = (int64_t)size->hidden,
                                   .pieces = (int64_t)size->vocabulary,
                                   .context = (int64_t)size->context,
                                   .table = (int64_t)(size->vocabulary * size->width),
                                   .attention = (int64_t)(4 * size->width * size->width),
                                   .swiglu = (int64_t)(3 * size->hidden * size->width),
                                   .announced = card_number(machine->shipped.card, "weights"),
                                   .bytes = (int64_t)machine->shipped.file.len,
                                   .rows = arena_array(ctx->arena, struct games_plan_row, TENSOR_PARTS)};
    if (view.rows == NULL)
        return LIMIT;
    for (enum tensor_part part = TENSOR_TABLE; part < TENSOR_PARTS; part++)
        add_part(ctx, machine, part, &view);
    view.is_equal = view.total == view.announced;
    TRY(opened_begin(&page, ctx, request, response, OPENED_PLAN, machine->shipped.name));
    games_plan_html(&page.html, &view);
    return opened_end(&page, OPENED_PLAN);
}
