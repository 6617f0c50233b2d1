#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_annexes_html.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"
#include "service/accounting/right/right.h"

enum { TREE_MAX = 32 << 20, TEXT_MAX = 2 << 20, ROWS_SHOWN = 500 };

static enum annex_kind kind_asked(const struct web_request *request)
{
    struct str word = web_value(request, "kind");
    for (enum annex_kind kind = 0; kind < ANNEX_KINDS; kind++)
        if (!str_is_absent(word) && str_eq(word, annex_name(kind)))
            return kind;
    return ANNEX_PERSONNEL;
}

static struct str title_of(struct ctx *ctx, enum annex_kind kind)
{
    static const enum text_key titles[ANNEX_KINDS] = {T_accounting_annex_personnel, T_accounting_annex_emprunt,
                                                      T_accounting_annex_patrimoine, T_accounting_annex_concours};
    return text_of(ctx->language, titles[kind]);
}

/* ---- what is shown ---- */

static enum status add_tabs(struct ctx *ctx, const struct budget_act *act, enum annex_kind here,
                            struct budget_annexes_view *view)
{
    view->tabs = arena_array(ctx->arena, struct budget_annexes_tab, ANNEX_KINDS);
    if (view->tabs == NULL)
        return LIMIT;
    for (enum annex_kind kind = 0; kind < ANNEX_KINDS; kind++)
        view->tabs[view->tab_count++] = (struct budget_annexes_tab){
            .path = str_format(ctx->arena, "/accounting/acts/%lld/annexes?kind=%.*s", (long long)act->id,
                               STR_ARG(annex_name(kind))),
            .title = title_of(ctx, kind),
            .is_here = kind == here};
    return OK;
}

/* Words parted by commas: all columns, or those that must be there. */
static enum status names_of(struct ctx *ctx, const struct annex_fields *fields, bool is_needed, struct str *ret_names)
{
    struct buf names BUF_SCOPE = BUF_INIT(1 << 14);
    for (size_t i = 0; i < fields->count; i++)
        if (!is_needed || fields->fields[i].is_needed) {
            if (names.len > 0)
                buf_add_c(&names, ", ");
            buf_add(&names, fields->fields[i].name);
        }
    *ret_names = names.len == 0 ? STR("–") : str_copy(ctx->arena, buf_str(&names));
    return str_is_absent(*ret_names) ? LIMIT : OK;
}

static enum status add_row(struct ctx *ctx, const struct xml *row, const struct annex_field *const *columns,
                           size_t count, struct budget_annexes_row *ret_row)
{
    ret_row->cells = arena_array(ctx->arena, struct budget_annexes_row_cell, count + 1);
    if (ret_row->cells == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++) {
        struct str value = str_copy(ctx->arena, annex_value(row, columns[i]->name));
        ret_row->cells[ret_row->cell_count++] =
            (struct budget_annexes_row_cell){.value = str_is_absent(value) ? STR("") : value};
    }
    return OK;
}

static enum status add_table(struct ctx *ctx, const struct xml *block, enum annex_kind kind,
                             const struct annex_fields *fields, struct budget_annexes_view *view)
{
    const struct annex_field **columns = arena_array(ctx->arena, const struct annex_field *, ANNEX_FIELDS_MAX);
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    if (columns == NULL)
        return LIMIT;
    size_t count = annex_columns(fields, block, kind, columns);
    view->count = block == NULL ? 0 : (int64_t)xml_count(block);
    view->is_empty = view->count == 0;
    view->columns = arena_array(ctx->arena, struct budget_annexes_column, count + 1);
    view->rows = arena_array(ctx->arena, struct budget_annexes_row, ROWS_SHOWN);
    if (view->columns == NULL || view->rows == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        view->columns[view->column_count++] = (struct budget_annexes_column){.name = columns[i]->name};
    for (const struct xml *row = block == NULL ? NULL : block->first; row != NULL && view->row_count < ROWS_SHOWN;
         row = row->next)
        if (!str_is_absent(row->name))
            TRY(add_row(ctx, row, columns, count, &view->rows[view->row_count++]));
    annex_write(&text, block, kind, columns, count);
    TRY(buf_status(&text));
    if (str_is_absent(view->text))
        view->text = text.len == 0 ? STR("") : str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(view->text) ? LIMIT : OK;
}

static enum status add_annex(struct ctx *ctx, const struct budget_act *act, enum annex_kind kind,
                             struct budget_annexes_view *view)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct budget_frame frame;
    struct annex_fields *fields = arena_new(ctx->arena, struct annex_fields);
    if (fields == NULL)
        return LIMIT;
    TRY(annex_fields_of(ctx->arena, kind, fields));
    TRY(budget_frame_read(ctx, tree, act->document, &frame));
    if (act->place < 0 || (size_t)act->place >= frame.act_count)
        return CORRUPT;
    TRY(names_of(ctx, fields, false, &view->names));
    TRY(names_of(ctx, fields, true, &view->needed));
    return add_table(ctx, annex_block(frame.read.budgets[act->place].element, kind), kind, fields, view);
}

/* `text` absent: what stands there. */
static enum status show(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                        const struct budget_act *act, struct str error, struct str text)
{
    struct page page;
    enum annex_kind kind = kind_asked(request);
    struct budget_annexes_view view = {.form_token = request->form_token,
                                       .home = STR("/accounting"),
                                       .back = budget_act_path(ctx, act->id, ""),
                                       .act = budget_act_name(ctx, act),
                                       .label = act->label,
                                       .is_draft = act->is_draft,
                                       .has_error = error.len > 0,
                                       .error = error,
                                       .is_saved = web_int(request, "saved", 0) != 0 && error.len == 0,
                                       .title = title_of(ctx, kind),
                                       .may_edit = act->is_draft &&
                                                   right_may(ctx, RIGHT_PREPARE),
                                       .save = budget_act_path(ctx, act->id, "/annexes"),
                                       .kind = annex_name(kind),
                                       .text = text};
    TRY(budget_chart_taken(ctx, act, &view.note));
    TRY(add_tabs(ctx, act, kind, &view));
    TRY(add_annex(ctx, act, kind, &view));
    struct page_head head = budget_head(text_of(ctx->language, T_accounting_annexes));
    head.is_error = view.has_error;
    if (head.is_error)
        response->code = 422;
    page_begin(&page, ctx, request, response);
    budget_annexes_html(&page.html, &view);
    return page_end(&page, &head);
}

/* ---- handlers ---- */

enum status budget_annexes_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    TRY(budget_act_asked(ctx, request, &act));
    return show(ctx, request, response, &act, STR(""), STR_NONE);
}

static struct str sentence_of(struct ctx *ctx, const struct annex_fault *fault)
{
    const struct text_arg args[] = {NUMBER_ARG("line", fault->line), TEXT_ARG("name", fault->name),
                                    TEXT_ARG("why", text_of(ctx->language, fault->why))};
    return text_with(ctx->arena, ctx->language, T_accounting_annex_wrong, args, sizeof args / sizeof *args);
}

enum status budget_annexes_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct annex_fault fault = {.line = 0};
    enum annex_kind kind = kind_asked(request);
    struct str text = web_text(request, "text");
    TRY(right_need(ctx, RIGHT_PREPARE));
    TRY(budget_act_asked(ctx, request, &act));
    if (!act.is_draft)
        return refuse(ctx, CONFLICT, "accounting.voted", T_accounting_voted_already);
    enum status done = budget_frame_annex(ctx, &act, kind, text, &fault);
    if (done == LIMIT)
        return show(ctx, request, response, &act, text_of(ctx->language, T_accounting_annex_too_wide), text);
    if (done == INVALID)
        return show(ctx, request, response, &act, sentence_of(ctx, &fault), text);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/acts/%lld/annexes?kind=%.*s&saved=1", (long long)act.id,
                        STR_ARG(annex_name(kind)));
}
