#include "service/accounting/print/print_act.h"

#include "core/town.h"
#include "service/accounting/print/print_sql.h"
#include "service/accounting/print/print_words.h"
#include "service/accounting/right/signatory.h"
#include "service/accounting/lang.h"

enum { WORDS_MAX = 400, PAIR_COLUMNS = 2 };

enum status print_begin(struct print_act *act, struct ctx *ctx, struct str title, struct str footer,
                        bool is_landscape)
{
    *act = (struct print_act){.ctx = *ctx};
    act->ctx.language = LANGUAGE_FR;
    if (ctx->town->fonts == NULL)
        return refuse(ctx, NOT_FOUND, "accounting.fonts", T_accounting_print_none);
    struct pdf_about about = {.title = title, .language = language_code(LANGUAGE_FR), .footer = footer,
                              .is_landscape = is_landscape};
    return pdf_create(ctx->town->fonts, &about, &act->pdf);
}

struct str print_text(struct print_act *act, enum text_key key)
{
    return text_of(act->ctx.language, key);
}

struct str print_with(struct print_act *act, enum text_key key, const struct text_arg *args, size_t count)
{
    return text_with(act->ctx.arena, act->ctx.language, key, args, count);
}

enum status print_pairs(struct print_act *act, enum text_key caption)
{
    const struct pdf_column columns[PAIR_COLUMNS] = {{.head = print_text(act, T_accounting_print_what), .share = 30},
                                                     {.head = print_text(act, T_accounting_print_said), .share = 70}};
    const struct pdf_table table = {.caption = print_text(act, caption), .columns = columns,
                                    .column_count = PAIR_COLUMNS, .has_row_heads = true};
    return pdf_table_begin(act->pdf, &table);
}

enum status print_pair(struct print_act *act, enum text_key what, struct str said)
{
    const struct str cells[PAIR_COLUMNS] = {print_text(act, what), said};
    return said.len == 0 ? OK : pdf_table_row(act->pdf, cells);
}

enum status print_year(struct print_act *act, const struct credit_year *year)
{
    TRY(print_pair(act, T_accounting_print_issuer, year->label));
    TRY(print_pair(act, T_accounting_siret, year->siret));
    TRY(print_pair(act, T_accounting_nomenclature, year->nomenclature));
    return print_pair(act, T_accounting_year, str_format(act->ctx.arena, "%d", year->year));
}

enum status print_sum(struct print_act *act, enum text_key key, struct money sum)
{
    struct buf words BUF_SCOPE = BUF_INIT(WORDS_MAX);
    print_words(&words, sum);
    const struct text_arg args[] = {TEXT_ARG("amount", page_money(&act->ctx, sum)), TEXT_ARG("words", buf_str(&words))};
    return pdf_paragraph(act->pdf, print_with(act, key, args, 2));
}

/* ---- who signed ---- */

static bool ran_on(const struct signatory *one, struct date day)
{
    return one->since.days <= day.days && (one->until.days == 0 || day.days <= one->until.days);
}

/* As what somebody signs on that day: the ordonnateur before a delegation. */
static enum status quality_of(struct print_act *act, int64_t person, struct date day, struct str *ret_quality)
{
    struct signatory *all;
    const struct signatory *found = NULL;
    size_t count;
    TRY(signatory_list(&act->ctx, &all, &count));
    for (size_t i = 0; i < count; i++)
        if (all[i].person == person && (all[i].rights & RIGHT_SIGN) && ran_on(&all[i], day) &&
            (found == NULL || all[i].is_head))
            found = &all[i];
    const struct text_arg reference = TEXT_ARG("reference", found == NULL ? STR("") : found->reference);
    *ret_quality = found == NULL    ? print_text(act, T_accounting_print_no_quality)
                   : found->is_head ? print_text(act, T_accounting_print_head)
                                    : print_with(act, T_accounting_print_delegate, &reference, 1);
    return OK;
}

static enum status signed_by(struct print_act *act, const struct sql_print_signer_row *row, bool is_receipt)
{
    struct date day = ctx_day(&act->ctx, (struct instant){row->signed_ms});
    struct str quality;
    TRY(quality_of(act, row->person, day, &quality));
    const struct text_arg args[] = {TEXT_ARG("who", row->name), TEXT_ARG("quality", quality),
                                    TEXT_ARG("day", page_date(&act->ctx, day))};
    if (is_receipt)
        TRY(pdf_paragraph(act->pdf, print_with(act, T_accounting_print_issued_by, args, 2)));
    return pdf_paragraph(act->pdf, print_with(act, T_accounting_print_signed, args, 3));
}

enum status print_signature(struct print_act *act, int64_t slip, bool is_receipt)
{
    struct sql_print_signer_row row;
    TRY(pdf_heading(act->pdf, 2, print_text(act, T_accounting_print_signature)));
    enum status done = sql_print_signer(act->ctx.db, act->ctx.arena, (struct sql_print_signer){.slip = slip}, &row);
    if (done == OK)
        TRY(signed_by(act, &row, is_receipt));
    else if (done == NOT_FOUND)
        TRY(pdf_paragraph(act->pdf, print_text(act, T_accounting_print_unsigned)));
    else
        return done;
    return pdf_paragraph(act->pdf, print_text(act, is_receipt ? T_accounting_print_sign_title
                                                              : T_accounting_print_sign_order));
}
