#include "service/accounting/budget/budget_draft.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/accounting/budget/budget_make.h"
#include "service/accounting/budget/budget_sql.h"
#include "service/accounting/chart/chart_kept.h"

enum { TREE_MAX = 32 << 20, AMOUNT_MAX = 40 };

static enum status need_draft(struct ctx *ctx, const struct budget_act *act)
{
    if (!act->is_draft)
        return refuse(ctx, CONFLICT, "accounting.voted", T_accounting_voted_already);
    return writer_need(ctx->town->writer, SYNC_FULL);
}

/* ---- its frame ---- */

static struct str day_words(struct arena *arena, struct date day)
{
    struct buf text BUF_SCOPE = BUF_INIT(16);
    date_write(&text, day);
    return str_copy(arena, buf_str(&text));
}

/* One budget of it, for another year, and nothing that was said of the old one: seals, annexes, figures of the town. */
static enum status change_frame(struct ctx *ctx, struct arena *tree, struct budget_frame *frame, int64_t place,
                                int32_t year)
{
    struct xml *kept = frame->read.budgets[place].element, *root = frame->root;
    struct xml *block = xml_child(kept, "BlocBudget");
    if (block == NULL || frame->read.is_cfu)
        return refuse(ctx, INVALID, "accounting.no_draft", T_accounting_no_draft);
    xml_drop(root, "Budget");
    xml_drop(root, "Scellement");
    xml_append(root, kept);
    xml_drop(kept, "InformationsGenerales");
    xml_drop(kept, "Annexes");
    xml_drop(block, "NumDec");
    xml_drop(block, "DteDecEx");
    xml_set_value(tree, block, "NatDec", STR("01"));
    xml_set_value(tree, block, "Exer", str_format(tree, "%d", year));
    xml_set_value(tree, block, "ProjetBudget", STR("true"));
    xml_set_value(tree, block, "DteDec", day_words(tree, date_of_instant(ctx->now)));
    return OK;
}

static enum status write_frame(struct ctx *ctx, const struct xml *root, struct str *ret_frame)
{
    struct buf text BUF_SCOPE = BUF_INIT(BUDGET_FRAME_MAX);
    xml_write(&text, root, XML_UTF_8);
    TRY(buf_status(&text));
    *ret_frame = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(*ret_frame) ? LIMIT : OK;
}

/* ---- its lines ---- */

/* Results are known when the year before is closed, not by what was said of the one before that. */
static bool is_result(const struct budget_line *line)
{
    static const char *const results[] = {"001", "002", "1068"};
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        if (str_eq(line->nature, str_of(results[i])))
            return true;
    return false;
}

static struct str marker_of(enum chart_section section)
{
    return section == CHART_FUNCTIONING
               ? STR("<LigneBudget xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\">"
                     "<CaracSup V=\"F\" Code=\"Section\"/></LigneBudget>")
               : STR("<LigneBudget xmlns=\"http://www.minefi.gouv.fr/cp/demat/docbudgetaire\">"
                     "<CaracSup V=\"I\" Code=\"Section\"/></LigneBudget>");
}

static void set_amounts(struct budget_line *line, struct money previous, struct money amount)
{
    static const enum docbudg_amount said[] = {DOCBUDG_PREVIOUS, DOCBUDG_PROPOSED, DOCBUDG_VOTED, DOCBUDG_OPEN};
    for (size_t i = 0; i < DOCBUDG_AMOUNTS; i++) {
        line->amounts[i] = (struct money){0};
        line->has[i] = false;
    }
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        line->amounts[said[i]] = said[i] == DOCBUDG_PREVIOUS ? previous : amount;
        line->has[said[i]] = true;
    }
}

static bool is_in_force(const struct chart *chart, const struct budget_line *line)
{
    const struct chart_account *account = chart_account(chart, line->nature);
    return account != NULL && account->removed_since.len == 0;
}

static enum status copy_lines(struct ctx *ctx, const struct budget_act *from, const struct chart *chart, int64_t act)
{
    struct budget_line *lines;
    size_t count;
    int64_t place = 0;
    TRY(budget_lines(ctx, from->id, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        struct budget_line line = lines[i];
        struct money open = line.has[DOCBUDG_OPEN] ? line.amounts[DOCBUDG_OPEN] : line.amounts[DOCBUDG_VOTED];
        struct money voted = is_result(&line) ? (struct money){0} : line.amounts[DOCBUDG_VOTED];
        if (line.section == CHART_NO_SECTION || (chart != NULL && !is_in_force(chart, &line)))
            continue;
        line.place = ++place;
        line.extra = marker_of(line.section);
        set_amounts(&line, open, voted);
        TRY(budget_line_add(ctx, act, &line));
    }
    return OK;
}

enum status budget_draft_begin(struct ctx *ctx, const struct budget_act *from, int64_t *ret_act)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct budget_frame frame;
    struct chart_kept kept;
    int64_t document;
    struct str text;
    if (str_eq(from->kind, STR("02")))
        return refuse(ctx, INVALID, "accounting.no_draft", T_accounting_no_draft);
    TRY(budget_frame_read(ctx, tree, from->document, &frame));
    if (from->place < 0 || (size_t)from->place >= frame.act_count)
        return CORRUPT;
    TRY(change_frame(ctx, tree, &frame, from->place, from->year + 1));
    TRY(write_frame(ctx, frame.root, &text));
    TRY(chart_kept_find(ctx, from->nomenclature, from->year + 1, &kept));
    TRY(budget_document_begin(ctx, text, &document));
    struct budget_act act = {.label = from->label,
                             .siret = from->siret,
                             .year = from->year + 1,
                             .kind = STR("01"),
                             .number = STR(""),
                             .nomenclature = from->nomenclature,
                             .is_draft = true};
    TRY(budget_act_begin(ctx, document, &act, frame.read.budgets[from->place].kind, false, ret_act));
    TRY(copy_lines(ctx, from, kept.chart, *ret_act));
    TRY(audit_add(ctx, "accounting.draft", from->siret, str_format(ctx->arena, "%d", act.year)));
    return budget_document_end(ctx, document);
}

/* ---- changing it ---- */

enum status budget_draft_set(struct ctx *ctx, const struct budget_act *act, int64_t place, struct money amount)
{
    TRY(need_draft(ctx, act));
    struct sql_budget_line_put in = {.amount = amount.cents, .act = act->id, .place = place};
    return sql_budget_line_put(ctx->db, in);
}

/* The kind by which an account belongs to that section in that direction: real before order. */
static bool find_kind(const struct chart *chart, const struct chart_account *account, enum chart_section section,
                      enum chart_direction direction, enum chart_kind *ret_kind)
{
    for (int kind = CHART_REAL; kind < CHART_KINDS; kind++) {
        const struct chart_chapter *chapter = chart_chapter(chart, account->chapter[kind][direction]);
        if (chapter == NULL || chapter->section != section)
            continue;
        *ret_kind = (enum chart_kind)kind;
        return true;
    }
    return false;
}

enum status budget_draft_add(struct ctx *ctx, const struct budget_act *act, enum chart_section section,
                             enum chart_direction direction, struct str account, struct str function,
                             struct money amount)
{
    struct chart_kept kept;
    struct sql_budget_line_last_row last;
    struct budget_line line = {.function = function,
                               .operation = STR(""),
                               .function_chapter = STR(""),
                               .operation_chapter = STR(""),
                               .direction = direction,
                               .section = section,
                               .extra = marker_of(section)};
    TRY(need_draft(ctx, act));
    TRY(chart_kept_find(ctx, act->nomenclature, act->year, &kept));
    const struct chart_account *found = kept.chart == NULL ? NULL : chart_account(kept.chart, account);
    bool is_known = found != NULL && find_kind(kept.chart, found, section, direction, &line.kind) &&
                    found->removed_since.len == 0 &&
                    (function.len == 0 || chart_function(kept.chart, function) != NULL);
    if (!is_known)
        return refuse(ctx, INVALID, "accounting.account", T_accounting_account_wrong);
    line.nature = found->code;
    line.chapter = line.group_chapter = found->chapter[line.kind][direction];
    set_amounts(&line, (struct money){0}, amount);
    TRY(sql_budget_line_last(ctx->db, ctx->arena, (struct sql_budget_line_last){.act = act->id}, &last));
    line.place = last.place + 1;
    return line.place > BUDGET_LINES_MAX ? LIMIT : budget_line_add(ctx, act->id, &line);
}

/* ---- the vote ---- */

/* As voted that day. */
static void date_budget(struct arena *tree, struct xml *budget, struct date day)
{
    struct xml *block = xml_child(budget, "BlocBudget");
    if (block == NULL)
        return;
    xml_set_value(tree, block, "ProjetBudget", STR("false"));
    xml_set_value(tree, block, "DteDec", day_words(tree, day));
}

static enum status check(struct ctx *ctx, const struct budget_act *act, struct date day, struct faults *faults)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct xml *root;
    struct docbudg read;
    struct chart_kept kept;
    TRY(budget_make(ctx, tree, act->document, &root));
    date_budget(tree, xml_child(root, "Budget"), day);
    enum status done = docbudg_read(tree, root, &read, faults);
    if (done != OK && done != INVALID)
        return done;
    TRY(chart_kept_find(ctx, act->nomenclature, act->year, &kept));
    for (size_t i = 0; i < read.budget_count; i++) {
        if (kept.chart != NULL)
            docbudg_place(&read.budgets[i], kept.chart);
        docbudg_check(&read, i, kept.chart, faults);
    }
    return faults->found > 0 ? INVALID : OK;
}

static enum status date_frame(struct ctx *ctx, const struct budget_act *act, struct date day)
{
    struct arena *tree ARENA_SCOPE = arena_create(TREE_MAX);
    struct budget_frame frame;
    struct str text;
    TRY(budget_frame_read(ctx, tree, act->document, &frame));
    date_budget(tree, xml_child(frame.root, "Budget"), day);
    TRY(write_frame(ctx, frame.root, &text));
    return sql_budget_frame_put(ctx->db, (struct sql_budget_frame_put){.frame = text, .id = act->document});
}

enum status budget_draft_vote(struct ctx *ctx, const struct budget_act *act, struct date day, struct faults *faults)
{
    TRY(need_draft(ctx, act));
    TRY(check(ctx, act, day, faults));
    TRY(date_frame(ctx, act, day));
    TRY(sql_budget_act_vote(ctx->db, (struct sql_budget_act_vote){.day = day.days, .id = act->id}));
    return audit_add(ctx, "accounting.vote", act->siret, str_format(ctx->arena, "%d", act->year));
}

enum status budget_draft_drop(struct ctx *ctx, const struct budget_act *act)
{
    TRY(need_draft(ctx, act));
    TRY(audit_add(ctx, "accounting.draft_dropped", act->siret, str_format(ctx->arena, "%d", act->year)));
    return budget_document_drop(ctx, act->document);
}

/* ---- amounts as people write them ---- */

/* Blanks between thousands: ' ', U+00A0, U+202F; U+2212 is a minus. */
static char take_letter(enum language language, struct str *text)
{
    static const struct {
        struct str bytes;
        char letter; /* 0: nothing */
    } known[] = {{STR_INIT(" "), 0}, {STR_INIT("\xC2\xA0"), 0}, {STR_INIT("\xE2\x80\xAF"), 0},
                 {STR_INIT("\xE2\x88\x92"), '-'}};
    char letter = text->at[0];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(*text, known[i].bytes)) {
            *text = str_after(*text, known[i].bytes.len);
            return known[i].letter;
        }
    *text = str_after(*text, 1);
    return letter != ',' ? letter : language == LANGUAGE_EN ? 0 : '.';
}

enum status budget_amount_read(enum language language, struct str text, struct money *ret_money)
{
    char letters[AMOUNT_MAX];
    size_t len = 0;
    for (text = str_trim(text); text.len > 0;) {
        char letter = take_letter(language, &text);
        if (letter == 0)
            continue;
        if (len == AMOUNT_MAX)
            return INVALID;
        letters[len++] = letter;
    }
    return money_parse((struct str){letters, len}, ret_money);
}
