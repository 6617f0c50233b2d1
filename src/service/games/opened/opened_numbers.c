/* A window on one matrix of a model: its numbers as squares, larger the farther from zero, hollow where negative. */
#include "language/model/tensor.h"
#include "service/games/opened/games_numbers_html.h"
#include "service/games/games_service.h"
#include "service/games/lang.h"
#include "service/games/opened/opened.h"

enum { SIDE = 32, FIGURES = 8, STEPS = 5, PATH_MAX_BYTES = 40 * SIDE * SIDE };

/* A step begins at this many times the matrix's usual distance from zero; its squares are that wide, of 10. */
static const double step_from[STEPS] = {0, 0.25, 0.75, 1.5, 2.5};
static const int step_width[STEPS] = {0, 2, 4, 6, 9};

struct window {
    const struct machine *machine;
    struct tensor tensor;
    size_t row, column, rows, columns; /* the window's place and size */
};

static double number_at(const struct window *window, size_t row, size_t column)
{
    return (double)tensor_at(&window->machine->model.net, &window->tensor, row, column);
}

/* ---- the squares ---- */

struct squares {
    struct buf paths[2][STEPS]; /* positive, negative */
    int64_t counts[2][STEPS];
};

static int step_of(double value, double usual)
{
    double distance = value < 0 ? -value : value;
    int step = 0;
    while (step + 1 < STEPS && distance >= step_from[step + 1] * usual)
        step++;
    return step;
}

/* A square in the middle of a cell of 10 by 10. */
static void add_square(struct buf *path, size_t column, size_t row, int width)
{
    size_t x2 = 20 * column + 10 - (size_t)width, y2 = 20 * row + 10 - (size_t)width; /* in halves */
    buf_add_format(path, "M%zu%s %zu%sh%dv%dh-%dz", x2 / 2, x2 % 2 ? ".5" : "", y2 / 2, y2 % 2 ? ".5" : "", width,
                   width, width);
}

static void draw(const struct window *window, double usual, struct squares *squares)
{
    for (size_t r = 0; r < window->rows; r++)
        for (size_t c = 0; c < window->columns; c++) {
            double value = number_at(window, window->row + r, window->column + c);
            int step = step_of(value, usual);
            squares->counts[value < 0][step]++;
            if (step > 0)
                add_square(&squares->paths[value < 0][step], c, r, step_width[step]);
        }
}

static struct str range_of(struct ctx *ctx, int step, double usual)
{
    struct text_arg args[] = {TEXT_ARG("from", opened_decimal(ctx, step_from[step] * usual, 3)),
                              TEXT_ARG("to", opened_decimal(ctx, step_from[(step + 1) % STEPS] * usual, 3))};
    if (step == 0)
        return text_with(ctx->arena, ctx->language, T_games_numbers_below, args + 1, 1);
    if (step + 1 == STEPS)
        return text_with(ctx->arena, ctx->language, T_games_numbers_above, args, 1);
    return text_with(ctx->arena, ctx->language, T_games_numbers_between, args, 2);
}

static enum status add_squares(struct ctx *ctx, const struct squares *squares, double usual,
                               struct games_numbers_view *view)
{
    view->marks = arena_array(ctx->arena, struct games_numbers_mark, 2 * STEPS);
    view->steps = arena_array(ctx->arena, struct games_numbers_step, STEPS);
    if (view->marks == NULL || view->steps == NULL)
        return LIMIT;
    for (int step = 0; step < STEPS; step++) {
        struct buf sample BUF_SCOPE = BUF_INIT(100);
        add_square(&sample, 0, 0, step_width[step]);
        view->steps[view->step_count++] = (struct games_numbers_step){.has_mark = step > 0,
                                                                   .square = str_copy(ctx->arena, buf_str(&sample)),
                                                                   .range = range_of(ctx, step, usual),
                                                                   .positive = squares->counts[0][step],
                                                                   .negative = squares->counts[1][step]};
        for (int sign = 0; sign < 2; sign++) {
            const struct buf *path = &squares->paths[sign][step];
            TRY(buf_status(path));
            if (path->len > 0)
                view->marks[view->mark_count++] =
                    (struct games_numbers_mark){.is_hollow = sign == 1, .path = str_copy(ctx->arena, buf_str(path))};
        }
    }
    return OK;
}

static enum status add_map(struct ctx *ctx, const struct window *window, double usual,
                           struct games_numbers_view *view)
{
    struct squares squares = {.counts = {{0}}};
    int64_t signs[2] = {0, 0};
    for (int i = 0; i < 2 * STEPS; i++)
        squares.paths[i / STEPS][i % STEPS] = BUF_INIT(PATH_MAX_BYTES);
    draw(window, usual, &squares);
    enum status done = add_squares(ctx, &squares, usual, view);
    for (int i = 0; i < 2 * STEPS; i++) {
        buf_finish(&squares.paths[i / STEPS][i % STEPS]);
        signs[i / STEPS] += squares.counts[i / STEPS][i % STEPS];
    }
    struct text_arg args[] = {NUMBER_ARG("rows", (int64_t)window->rows),
                              NUMBER_ARG("columns", (int64_t)window->columns), NUMBER_ARG("positive", signs[0]),
                              NUMBER_ARG("negative", signs[1])};
    view->label = text_with(ctx->arena, ctx->language, T_games_numbers_map_label, args, 4);
    view->box = str_format(ctx->arena, "0 0 %zu %zu", 10 * window->columns, 10 * window->rows);
    return done;
}

/* ---- the figures ---- */

static struct str head_of(struct ctx *ctx, const struct window *window, size_t row)
{
    const struct pieces *pieces = &window->machine->model.pieces;
    if (window->tensor.part != TENSOR_TABLE)
        return str_format(ctx->arena, "%zu", row + 1);
    struct str piece = opened_piece(ctx, pieces_text(pieces, (uint16_t)row));
    return str_format(ctx->arena, "%zu : %.*s", row + 1, STR_ARG(piece));
}

static enum status add_line(struct ctx *ctx, const struct window *window, size_t row, size_t columns,
                            struct games_numbers_view *view)
{
    struct games_numbers_line *line = &view->lines[view->line_count++];
    line->head = head_of(ctx, window, row);
    line->cells = arena_array(ctx->arena, struct games_numbers_line_cell, FIGURES);
    if (line->cells == NULL)
        return LIMIT;
    for (size_t c = 0; c < columns; c++)
        line->cells[line->cell_count++] = (struct games_numbers_line_cell){
            opened_decimal(ctx, number_at(window, row, window->column + c), 3)};
    return OK;
}

static enum status add_figures(struct ctx *ctx, const struct window *window, struct games_numbers_view *view)
{
    size_t rows = window->rows < FIGURES ? window->rows : FIGURES;
    size_t columns = window->columns < FIGURES ? window->columns : FIGURES;
    view->lines = arena_array(ctx->arena, struct games_numbers_line, FIGURES);
    view->column_showns = arena_array(ctx->arena, struct games_numbers_column_shown, FIGURES);
    if (view->lines == NULL || view->column_showns == NULL)
        return LIMIT;
    for (size_t c = 0; c < columns; c++)
        view->column_showns[view->column_shown_count++].number = (int64_t)(window->column + c + 1);
    for (size_t r = 0; r < rows; r++)
        TRY(add_line(ctx, window, window->row + r, columns, view));
    return OK;
}

/* ---- the way ---- */

static struct str window_path(struct ctx *ctx, const struct window *window, size_t row, size_t column)
{
    return str_format(ctx->arena, "/games/machine/weights?model=%.*s&tensor=%s&row=%zu&column=%zu",
                      STR_ARG(window->machine->shipped.name), window->tensor.name, row + 1, column + 1);
}

static size_t back(size_t at)
{
    return at > SIDE ? at - SIDE : 0;
}

static enum status add_ways(struct ctx *ctx, const struct window *window, struct games_numbers_view *view)
{
    const struct net_size *size = &window->machine->model.net.size;
    view->has_up = window->row > 0;
    view->has_left = window->column > 0;
    view->has_down = window->row + window->rows < window->tensor.rows;
    view->has_right = window->column + window->columns < window->tensor.columns;
    view->up = window_path(ctx, window, back(window->row), window->column);
    view->down = window_path(ctx, window, window->row + SIDE, window->column);
    view->to_left = window_path(ctx, window, window->row, back(window->column));
    view->to_right = window_path(ctx, window, window->row, window->column + SIDE);
    view->choices = arena_array(ctx->arena, struct games_numbers_choice, tensor_count(size));
    if (view->choices == NULL)
        return LIMIT;
    for (size_t i = 0; i < tensor_count(size); i++) {
        struct tensor tensor = tensor_of(size, i);
        view->choices[view->choice_count++] =
            (struct games_numbers_choice){.name = str_copy(ctx->arena, str_of(tensor.name)),
                                          .is_here = tensor.from == window->tensor.from};
    }
    return OK;
}

/* ---- the page ---- */

static size_t place_of(const struct web_request *request, const char *name, size_t count)
{
    int64_t asked = web_int(request, name, 1) - 1;
    size_t last = count > SIDE ? count - SIDE : 0;
    return asked < 0 ? 0 : (size_t)asked > last ? last : (size_t)asked;
}

/* The first matrix where none is named; a window beyond the end is the last one. */
static enum status window_of(const struct web_request *request, const struct machine *machine,
                             struct window *ret_window)
{
    const struct net_size *size = &machine->model.net.size;
    struct str name = web_has(request, "tensor") ? web_text(request, "tensor") : STR("token_embd.weight");
    for (size_t i = 0; i < tensor_count(size); i++) {
        struct window window = {.machine = machine, .tensor = tensor_of(size, i)};
        if (!str_eq(name, str_of(window.tensor.name)))
            continue;
        window.row = place_of(request, "row", window.tensor.rows);
        window.column = place_of(request, "column", window.tensor.columns);
        window.rows = window.tensor.rows < SIDE ? window.tensor.rows : SIDE;
        window.columns = window.tensor.columns < SIDE ? window.tensor.columns : SIDE;
        *ret_window = window;
        return OK;
    }
    return NOT_FOUND;
}

static void sum_up(struct ctx *ctx, const struct tensor_figures *whole,
                   const struct tensor_figures *part,
                   struct games_numbers_view *view)
{
    view->least = opened_decimal(ctx, whole->least, 3);
    view->most = opened_decimal(ctx, whole->most, 3);
    view->mean = opened_decimal(ctx, whole->mean, 3);
    view->usual = opened_decimal(ctx, whole->usual, 3);
    view->part_least = opened_decimal(ctx, part->least, 3);
    view->part_most = opened_decimal(ctx, part->most, 3);
    view->part_mean = opened_decimal(ctx, part->mean, 3);
}

enum status opened_numbers_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct page page;
    struct machine *machine;
    struct window window;
    TRY(opened_machine(ctx, request, &machine));
    TRY(window_of(request, machine, &window));
    const struct tensor *tensor = &window.tensor;
    const struct net *net = &machine->model.net;
    struct tensor_figures whole = tensor_figures(net, tensor, 0, 0, tensor->rows, tensor->columns);
    struct tensor_figures part = tensor_figures(net, tensor, window.row, window.column, window.rows, window.columns);
    struct games_numbers_view view = {.model = machine->shipped.name,
                                      .tensor = str_copy(ctx->arena, str_of(tensor->name)),
                                      .from = (int64_t)window.row + 1,
                                      .to = (int64_t)(window.row + window.rows),
                                      .rows = (int64_t)tensor->rows,
                                      .left = (int64_t)window.column + 1,
                                      .right = (int64_t)(window.column + window.columns),
                                      .columns = (int64_t)tensor->columns};
    sum_up(ctx, &whole, &part, &view);
    TRY(add_map(ctx, &window, whole.usual, &view));
    TRY(add_figures(ctx, &window, &view));
    TRY(add_ways(ctx, &window, &view));
    TRY(opened_begin(&page, ctx, request, response, OPENED_NUMBERS, machine->shipped.name));
    games_numbers_html(&page.html, &view);
    return opened_end(&page, OPENED_NUMBERS);
}
