#include "service/payroll/slip/reason.h"

#include "core/page.h"
#include "service/payroll/lang.h"
#include "service/payroll/view/panel.h"

enum { WORDS_MAX = 2000, MICRO_DIGITS = 6,
    INDEX_SCALE = 12 * LAW_MILLIONTHS / 100 /* twelve months; cents of millionths */ };

/* ---- numbers ---- */

static struct str euros(struct ctx *ctx, int64_t cents)
{
    return str_format(ctx->arena, "%.*s\xC2\xA0\xE2\x82\xAC", STR_ARG(panel_euros(ctx, cents)));
}

/* Millionths of a euro: "243,707160". */
static struct str exact(struct ctx *ctx, int64_t millionths)
{
    int64_t positive = millionths < 0 ? -millionths : millionths;
    return str_format(ctx->arena, "%s%lld%s%0*lld\xC2\xA0\xE2\x82\xAC", millionths < 0 ? "\xE2\x88\x92" : "",
                      (long long)(positive / LAW_MILLIONTHS), ctx->language == LANGUAGE_EN ? "." : ",", MICRO_DIGITS,
                      (long long)(positive % LAW_MILLIONTHS));
}

static bool is_index(const struct pay_step *step)
{
    return step->scale == INDEX_SCALE && step->base <= PAY_INDEX_MAX + PAY_NBI_MAX;
}

static bool is_share(const struct pay_step *step)
{
    return step->scale > 1 && !is_index(step);
}

/* Of millionths, whatever the scale of the step. */
static int64_t rate_of(const struct pay_step *step)
{
    return step->rate * LAW_MILLIONTHS / step->scale;
}

/* ---- a step in words ---- */

/* "436 × 59,0734 € ÷ 12", "2 195,56 € × 11,10 %", "310,50 €"; then what part of the month or of full time. */
static void add_operation(struct ctx *ctx, struct buf *out, const struct pay_step *step)
{
    if (step->plus != 0)
        buf_add_format(out, "%.*s + ", STR_ARG(euros(ctx, step->plus)));
    if (is_index(step))
        buf_add_format(out, "%lld × %.*s ÷ 12", (long long)step->base, STR_ARG(exact(ctx, step->rate)));
    else if (is_share(step))
        buf_add_format(out, "%.*s × %.*s", STR_ARG(euros(ctx, step->base)), STR_ARG(panel_rate(ctx, rate_of(step))));
    else
        buf_add(out, euros(ctx, step->base));
    if (step->part_top != step->part_bottom)
        buf_add_format(out, " × %lld/%lld", (long long)step->part_top, (long long)step->part_bottom);
}

static void add_end(struct ctx *ctx, struct buf *out, const struct pay_step *step, int64_t cents)
{
    static const enum text_key roundings[] = {[PAY_EXACT] = T_none, [PAY_TRUNCATE] = T_payroll_why_truncated,
                                              [PAY_HALF_UP] = T_payroll_why_rounded};
    static const enum text_key bounds[] = {[PAY_WITHIN] = T_none, [PAY_AT_FLOOR] = T_payroll_why_floor,
                                           [PAY_AT_CEILING] = T_payroll_why_ceiling};
    const struct text_arg amount = TEXT_ARG("amount", euros(ctx, cents));
    if (step->rounding != PAY_EXACT) {
        buf_add_format(out, " = %.*s", STR_ARG(exact(ctx, step->exact)));
        translate(out, ctx->language, roundings[step->rounding], &amount, 1);
    }
    if (step->bound != PAY_WITHIN)
        translate(out, ctx->language, bounds[step->bound], &amount, 1);
}

static struct str step_words(struct ctx *ctx, const struct pay_step *step, int64_t cents)
{
    struct buf words BUF_SCOPE = BUF_INIT(WORDS_MAX);
    add_operation(ctx, &words, step);
    add_end(ctx, &words, step, cents);
    return str_copy(ctx->arena, buf_str(&words));
}

/* ---- pieces ---- */

/* "du 1 au 14: …" of spans, the code of an extra. */
static struct str piece_words(struct ctx *ctx, const struct bulletin *bulletin, const struct pay_piece *piece)
{
    const struct pay_facts *facts = &bulletin->facts;
    bool is_extra = piece->line == PAY_PRIMES || piece->line == PAY_DEDUCTIONS || piece->line == PAY_REFUNDS;
    struct str said = step_words(ctx, &piece->step, piece->cents);
    if (is_extra && piece->place < facts->extra_count)
        return str_format(ctx->arena, "%.*s, %.*s: %.*s", STR_ARG(facts->extras[piece->place].code),
                          STR_ARG(facts->extras[piece->place].source), STR_ARG(said));
    return said;
}

static void add_pieces(struct ctx *ctx, const struct bulletin *bulletin, enum pay_line line, struct reason *reason)
{
    size_t count = 0;
    for (size_t i = 0; i < bulletin->said.trace.piece_count; i++)
        count += bulletin->said.trace.pieces[i].line == line;
    for (size_t i = 0; i < bulletin->said.trace.piece_count && reason->part_count < REASON_PARTS_MAX; i++)
        if (bulletin->said.trace.pieces[i].line == line && (count > 1 || bulletin->said.trace.steps[line].scale == 0))
            reason->parts[reason->part_count++] = piece_words(ctx, bulletin, &bulletin->said.trace.pieces[i]);
}

/* "Rappel de janvier 2026 : 12,00 €" */
static void add_differences(struct ctx *ctx, const struct bulletin *bulletin, enum pay_line line, struct reason *reason)
{
    for (size_t i = 0; i < bulletin->difference_count && reason->part_count < REASON_PARTS_MAX; i++) {
        const struct difference *one = &bulletin->differences[i];
        const struct text_arg args[] = {TEXT_ARG("of_month", panel_of_month(ctx, one->month)),
                                        TEXT_ARG("amount", euros(ctx, one->cents))};
        if (one->line == line)
            reason->parts[reason->part_count++] = text_with(ctx->arena, ctx->language, T_payroll_why_difference, args,
                2);
    }
}

/* ---- the law ---- */

static const struct pay_piece *first_piece(const struct bulletin *bulletin, enum pay_line line)
{
    for (size_t i = 0; i < bulletin->said.trace.piece_count; i++)
        if (bulletin->said.trace.pieces[i].line == line)
            return &bulletin->said.trace.pieces[i];
    return NULL;
}

/* Ways of rounding and sums are said by the words themselves. */
static bool is_told(const struct law_value *value)
{
    return value->unit != LAW_CHOICE;
}

static void add_law(struct ctx *ctx, const struct pay_reason *found, struct reason *reason)
{
    struct buf texts BUF_SCOPE = BUF_INIT(WORDS_MAX);
    for (size_t i = 0; i < found->count; i++) {
        const struct law_value *value = found->values[i];
        const struct text_arg args[] = {TEXT_ARG("source", value->source),
                                        TEXT_ARG("day", page_date(ctx, value->since))};
        if (reason->link.len == 0 && is_told(value))
            reason->link = value->link;
        if (!is_told(value) && texts.len > 0)
            continue;
        buf_add(&texts, texts.len > 0 ? STR(" ; ") : STR(""));
        translate(&texts, ctx->language, T_payroll_why_law, args, 2);
    }
    if (found->local.len > 0)
        buf_add_format(&texts, "%s%.*s", texts.len > 0 ? " ; " : "", STR_ARG(found->local));
    reason->source = str_copy(ctx->arena, buf_str(&texts));
    reason->is_unsure = found->is_unsure;
}

static void find_law(const struct bulletin *bulletin, const struct pay_law *law, enum pay_line line,
                     struct pay_reason *ret_found)
{
    const struct pay_piece *piece = first_piece(bulletin, line);
    if (piece != NULL)
        pay_piece_reason(law, &bulletin->facts, piece, ret_found);
    else
        pay_reason_of(law, &bulletin->facts, line, &bulletin->said.trace.steps[line], ret_found);
}

/* The step of a line; of one that stands in pieces alone, the first of them. */
static const struct pay_step *step_of(const struct bulletin *bulletin, enum pay_line line)
{
    const struct pay_piece *piece = first_piece(bulletin, line);
    return bulletin->said.trace.steps[line].scale == 0 &&
        piece != NULL ? &piece->step : &bulletin->said.trace.steps[line];
}

enum status reason_of(struct ctx *ctx, const struct bulletin *bulletin, const struct pay_law *law, enum pay_line line,
                      struct reason *ret_reason)
{
    const struct pay_step *step = step_of(bulletin, line);
    struct pay_reason found;
    *ret_reason = (struct reason){.base = STR(""), .rate = STR(""), .words = STR(""), .rule = STR(""),
                                  .source = STR(""), .link = STR("")};
    add_differences(ctx, bulletin, line, ret_reason);
    if (step->scale == 0)
        return OK;
    find_law(bulletin, law, line, &found);
    const struct text_arg args[] = {TEXT_ARG("rule", str_of(found.rule)), NUMBER_ARG("version",
        bulletin->said.versions[line])};
    ret_reason->rule = text_with(ctx->arena, ctx->language, T_payroll_why_rule, args, 2);
    if (is_share(step))
        ret_reason->rate = panel_rate(ctx, rate_of(step));
    if (is_index(step))
        ret_reason->base = panel_number(ctx, step->base);
    else if (is_share(step))
        ret_reason->base = panel_euros(ctx, step->base);
    ret_reason->words = step_words(ctx, step, bulletin->said.payslip.cents[line]);
    add_pieces(ctx, bulletin, line, ret_reason);
    add_law(ctx, &found, ret_reason);
    return str_is_absent(ret_reason->words) || str_is_absent(ret_reason->source) ? LIMIT : OK;
}

void reason_print(struct ctx *ctx, struct buf *out, const struct bulletin *bulletin, const struct pay_law *law,
                  enum pay_line line)
{
    struct reason reason;
    if (reason_of(ctx, bulletin, law, line, &reason) != OK)
        return;
    struct str name = text_of(ctx->language, bulletin_line_text(line));
    buf_add_format(out, "%.*s: ", STR_ARG(name));
    money_write(out, (struct money){bulletin->paid.cents[line]});
    buf_add_format(out, "\n  %.*s\n", STR_ARG(reason.words));
    for (size_t i = 0; i < reason.part_count; i++)
        buf_add_format(out, "  - %.*s\n", STR_ARG(reason.parts[i]));
    buf_add_format(out, "  %.*s %.*s%s\n", STR_ARG(reason.rule), STR_ARG(reason.source),
                   reason.is_unsure ? " (C)" : "");
}
