#include "core/page.h"
#include "core/town.h"
#include "document/pdf.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/lang.h"

/* A town's turn has 20 ms, and a line takes some 40 us of them: more lines than this are told by chapter alone. */
enum { LINES_IN_TURN = 250 };

enum { COLUMNS = 6, DIRECTIONS = 2, PARTS = BUDGET_SECTIONS * DIRECTIONS, ROOM_MM = 40 };
enum { CODE, LABEL, PREVIOUS, VOTED, OPENED, DONE };

struct print {
    struct ctx *ctx;
    struct pdf *pdf;
    const struct budget_act *act;
    const struct chart *chart;
    const struct budget_line *lines;
    size_t line_count;
    struct budget_total totals[PARTS];
    size_t total_count;
};

static struct str words(const struct print *print, enum text_key key)
{
    return text_of(print->ctx->language, key);
}

static struct str part_words(const struct print *print, enum text_key key, const struct budget_total *total)
{
    struct text_arg part = TEXT_ARG("part", budget_part_title(print->ctx, total->section, total->direction));
    return text_with(print->ctx->arena, print->ctx->language, key, &part, 1);
}

/* ---- tables of amounts ---- */

static enum status begin_table(const struct print *print, struct str caption, enum text_key what)
{
    const struct pdf_column columns[COLUMNS] = {
        [CODE] = {.head = words(print, what), .share = 10},
        [LABEL] = {.head = words(print, T_accounting_label), .share = 38},
        [PREVIOUS] = {.head = words(print, T_accounting_previous), .share = 13, .is_right = true},
        [VOTED] = {.head = words(print, T_accounting_voted), .share = 13, .is_right = true},
        [OPENED] = {.head = words(print, T_accounting_opened), .share = 13, .is_right = true},
        [DONE] = {.head = words(print, T_accounting_done), .share = 13, .is_right = true}};
    const struct pdf_table table = {
        .caption = caption, .columns = columns, .column_count = COLUMNS, .has_row_heads = true};
    return pdf_table_begin(print->pdf, &table);
}

static enum status add_row(const struct print *print, struct str code, struct str label,
                           const struct money amounts[DOCBUDG_AMOUNTS])
{
    const struct str cells[COLUMNS] = {[CODE] = code,
                                       [LABEL] = label,
                                       [PREVIOUS] = page_money(print->ctx, amounts[DOCBUDG_PREVIOUS]),
                                       [VOTED] = page_money(print->ctx, amounts[DOCBUDG_VOTED]),
                                       [OPENED] = page_money(print->ctx, amounts[DOCBUDG_OPEN]),
                                       [DONE] = page_money(print->ctx, amounts[DOCBUDG_DONE])};
    return pdf_table_row(print->pdf, cells);
}

static bool is_of(const struct budget_line *line, const struct budget_total *total)
{
    return line->section == total->section && line->direction == total->direction;
}

/* The lines of one chapter, which follow one another, as one row; *ret_taken says how many. */
static enum status add_chapter(const struct print *print, const struct budget_line *lines, size_t left,
                               const struct budget_total *total, size_t *ret_taken)
{
    struct money sums[DOCBUDG_AMOUNTS] = {{0}};
    struct str code = lines->group_chapter;
    size_t taken = 0;
    for (; taken < left && is_of(&lines[taken], total) && str_eq(lines[taken].group_chapter, code); taken++)
        for (size_t amount = 0; amount < DOCBUDG_AMOUNTS; amount++)
            TRY(money_add(&sums[amount], lines[taken].amounts[amount]));
    *ret_taken = taken;
    return add_row(print, code, budget_chapter_label(print->chart, code), sums);
}

static enum status end_table(const struct print *print, const struct budget_total *total)
{
    TRY(add_row(print, words(print, T_accounting_total), STR(""), total->amounts));
    return pdf_table_end(print->pdf);
}

static enum status add_chapters(const struct print *print, const struct budget_total *total)
{
    TRY(begin_table(print, part_words(print, T_accounting_print_by_chapter, total), T_accounting_public_chapter));
    for (size_t i = 0, taken; i < print->line_count; i += taken) {
        taken = 1;
        if (is_of(&print->lines[i], total))
            TRY(add_chapter(print, &print->lines[i], print->line_count - i, total, &taken));
    }
    return end_table(print, total);
}

/* "Eau et assainissement, fonction 211" */
static struct str label_of(const struct print *print, const struct budget_line *line)
{
    struct str label = budget_account_label(print->chart, line->nature);
    struct text_arg code = TEXT_ARG("code", line->function);
    if (line->function.len == 0)
        return label;
    struct str function = text_with(print->ctx->arena, print->ctx->language, T_accounting_function, &code, 1);
    return str_format(print->ctx->arena, "%.*s, %.*s", STR_ARG(label), STR_ARG(function));
}

static enum status add_lines(const struct print *print, const struct budget_total *total)
{
    TRY(begin_table(print, part_words(print, T_accounting_print_lines, total), T_accounting_account));
    for (const struct budget_line *line = print->lines; line < print->lines + print->line_count; line++)
        if (is_of(line, total))
            TRY(add_row(print, line->nature, label_of(print, line), line->amounts));
    return end_table(print, total);
}

/* ---- the first page ---- */

static enum status add_balance(const struct print *print)
{
    enum { BALANCE_COLUMNS = 4 };
    const struct pdf_column columns[BALANCE_COLUMNS] = {
        {.head = words(print, T_accounting_section), .share = 30},
        {.head = words(print, T_accounting_expense), .share = 20, .is_right = true},
        {.head = words(print, T_accounting_receipt), .share = 20, .is_right = true},
        {.head = words(print, T_accounting_balance), .share = 30}};
    const struct pdf_table table = {.caption = words(print, T_accounting_balance_caption),
                                    .columns = columns,
                                    .column_count = BALANCE_COLUMNS,
                                    .has_row_heads = true};
    struct budget_balance balances[BUDGET_SECTIONS];
    budget_balances(print->ctx, print->totals, print->total_count, balances);
    TRY(pdf_table_begin(print->pdf, &table));
    for (size_t i = 0; i < BUDGET_SECTIONS; i++) {
        struct text_arg apart = TEXT_ARG("amount", balances[i].surplus);
        enum text_key key = balances[i].is_short ? T_accounting_short : T_accounting_surplus;
        const struct str cells[BALANCE_COLUMNS] = {
            balances[i].section, balances[i].expense, balances[i].receipt,
            balances[i].is_even ? words(print, T_accounting_even)
                                : text_with(print->ctx->arena, print->ctx->language, key, &apart, 1)};
        TRY(pdf_table_row(print->pdf, cells));
    }
    return pdf_table_end(print->pdf);
}

static enum status add_title(const struct print *print)
{
    struct ctx *ctx = print->ctx;
    const struct budget_act *act = print->act;
    struct str name = budget_act_name(ctx, act);
    struct text_arg day = TEXT_ARG("day", act->decided.days == 0 ? STR("") : page_date(ctx, act->decided));
    if (act->is_draft)
        name = str_format(ctx->arena, "%.*s (%.*s)", STR_ARG(name), STR_ARG(words(print, T_accounting_draft)));
    TRY(pdf_heading(print->pdf, 1, name));
    TRY(pdf_paragraph(print->pdf, act->label));
    TRY(pdf_paragraph(print->pdf, str_format(ctx->arena, "%.*s %.*s. %.*s %.*s.",
                                             STR_ARG(words(print, T_accounting_siret)), STR_ARG(act->siret),
                                             STR_ARG(words(print, T_accounting_nomenclature)),
                                             STR_ARG(act->nomenclature))));
    if (act->decided.days != 0)
        TRY(pdf_paragraph(print->pdf, text_with(ctx->arena, ctx->language, T_accounting_decided_on, &day, 1)));
    if (print->line_count > LINES_IN_TURN)
        TRY(pdf_paragraph(print->pdf, words(print, T_accounting_print_long)));
    TRY(pdf_heading(print->pdf, 2, words(print, T_accounting_balance)));
    return add_balance(print);
}

/* ---- the whole ---- */

typedef enum status add_part(const struct print *print, const struct budget_total *total);

static enum status add_parts(const struct print *print, enum text_key title, add_part *add)
{
    for (size_t i = 0; i < print->total_count; i++) {
        const struct budget_total *total = &print->totals[i];
        if (i == 0)
            TRY(pdf_page_break(print->pdf));
        TRY(pdf_keep(print->pdf, ROOM_MM));
        TRY(pdf_heading(print->pdf, 2, part_words(print, title, total)));
        TRY(add(print, total));
    }
    return OK;
}

static enum status add_all(const struct print *print)
{
    TRY(add_title(print));
    TRY(add_parts(print, T_accounting_print_by_chapter, add_chapters));
    return print->line_count > LINES_IN_TURN ? OK : add_parts(print, T_accounting_print_lines, add_lines);
}

static enum status gather(struct print *print)
{
    struct budget_line *lines;
    TRY(budget_chart(print->ctx, print->act, &print->chart));
    TRY(budget_lines(print->ctx, print->act->id, &lines, &print->line_count));
    print->lines = lines;
    return budget_totals(print->ctx, print->act->id, print->totals, &print->total_count);
}

enum status print_pdf_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct budget_act act;
    struct pdf *pdf PDF_SCOPE = NULL;
    TRY(budget_act_asked(ctx, request, &act));
    struct print print = {.ctx = ctx, .act = &act};
    if (ctx->town->fonts == NULL)
        return refuse(ctx, NOT_FOUND, "accounting.fonts", T_accounting_print_none);
    TRY(gather(&print));
    struct pdf_about about = {.title = budget_act_name(ctx, &act),
                              .language = language_code(ctx->language),
                              .footer = str_format(ctx->arena, "%.*s, %.*s", STR_ARG(act.label),
                                                   STR_ARG(budget_act_name(ctx, &act))),
                              .is_landscape = true};
    TRY(pdf_create(ctx->town->fonts, &about, &pdf));
    print.pdf = pdf;
    TRY(add_all(&print));
    response->content_type = STR("application/pdf");
    return pdf_finish(pdf, &response->body);
}
