#include "service/accounting/receipt/asap.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/page.h"
#include "core/town.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/basis.h"
#include "service/accounting/receipt/asap_sql.h"
#include "service/accounting/right/signatory.h"

/* ---- what stands on each ---- */

enum status asap_words(struct ctx *ctx, int64_t budget, struct asap_words *ret_words)
{
    struct sql_asap_get_row row;
    *ret_words = (struct asap_words){STR(""), STR(""), STR(""), STR(""), STR("")};
    enum status done = sql_asap_get(ctx->db, ctx->arena, (struct sql_asap_get){.budget = budget}, &row);
    if (done == OK)
        *ret_words = (struct asap_words){row.desk, row.pay_to, row.online, row.online_code, row.court};
    return done == NOT_FOUND ? OK : done;
}

enum status asap_set(struct ctx *ctx, int64_t budget, const struct asap_words *words, struct faults *faults)
{
    const struct str needed[] = {words->desk, words->pay_to, words->court};
    TRY(right_need(ctx, RIGHT_ORDER));
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (needed[i].len == 0 || !utf8_is_line(needed[i], ASAP_TEXT_MAX))
            return fault_refuse(faults, "asap.text", "words", needed[i], STR(""));
    if (!utf8_is_line(words->online, ASAP_TEXT_MAX) || !utf8_is_line(words->online_code, ASAP_CODE_MAX) ||
        (words->online.len == 0) != (words->online_code.len == 0))
        return fault_refuse(faults, "asap.online", "online", words->online, STR(""));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_asap_put(ctx->db, (struct sql_asap_put){.budget = budget, .desk = words->desk,
                                                        .pay_to = words->pay_to, .online = words->online,
                                                        .online_code = words->online_code, .court = words->court}));
    return audit_add(ctx, "accounting.notice", words->court, STR(""));
}

/* ---- one ---- */

/* "Ordonnateur", or by which arrêté. */
static enum status find_quality(struct ctx *ctx, int64_t person, struct date day, struct str *ret_quality)
{
    struct signatory *all;
    size_t count;
    *ret_quality = STR("");
    TRY(signatory_list(ctx, &all, &count));
    for (size_t i = 0; i < count; i++) {
        bool is_now = all[i].since.days <= day.days && (all[i].until.days == 0 || day.days <= all[i].until.days);
        if (all[i].person != person || !is_now || (all[i].rights & RIGHT_SIGN) == 0)
            continue;
        struct text_arg reference = TEXT_ARG("reference", all[i].reference);
        *ret_quality = all[i].is_head ? text_of(LANGUAGE_FR, T_accounting_notice_head)
                                      : text_with(ctx->arena, LANGUAGE_FR, T_accounting_notice_delegate, &reference, 1);
        return OK;
    }
    return OK;
}

static enum status find_signer(struct ctx *ctx, struct asap *notice)
{
    struct sql_asap_signer_row row;
    TRY(sql_asap_signer(ctx->db, ctx->arena, (struct sql_asap_signer){.slip = notice->slip.id}, &row));
    notice->signer = row.name;
    return find_quality(ctx, row.person, ctx_day(ctx, (struct instant){row.signed_ms}), &notice->quality);
}

enum status asap_of(struct ctx *ctx, uint64_t sequence, struct faults *faults, struct asap *ret_notice)
{
    struct asap notice = {.slip = {.id = 0}};
    TRY(right_need(ctx, RIGHT_READ));
    TRY(piece_get(ctx, sequence, &notice.piece));
    if (!asap_is_for(&notice.piece))
        return fault_refuse(faults, "asap.receipt", "piece", STR(""), STR(""));
    if (notice.piece.slip != 0)
        TRY(slip_get(ctx, notice.piece.slip, &notice.slip));
    if (notice.piece.slip == 0 || notice.slip.state == SLIP_TO_SIGN)
        return fault_refuse(faults, "asap.signed", "slip", STR(""), STR(""));
    TRY(asap_words(ctx, notice.piece.budget, &notice.words));
    if (notice.words.court.len == 0)
        return fault_refuse(faults, "asap.words", "words", STR(""), STR(""));
    TRY(credit_year(ctx, notice.piece.budget, notice.piece.year, &notice.year));
    TRY(party_get(ctx, notice.piece.party, &notice.party));
    TRY(credit_lines(ctx, sequence, &notice.lines, &notice.line_count));
    TRY(basis_of(ctx, sequence, &notice.basis));
    if (notice.basis.len == 0)
        notice.basis = notice.piece.object;
    TRY(find_signer(ctx, &notice));
    *ret_notice = notice;
    return OK;
}

/* ---- on paper ---- */

static struct str words(enum text_key key)
{
    return text_of(LANGUAGE_FR, key); /* it is a French act, whatever its reader's page speaks */
}

static struct str with(struct ctx *ctx, enum text_key key, const char *name, struct str text)
{
    struct text_arg arg = TEXT_ARG(name, text);
    return text_with(ctx->arena, LANGUAGE_FR, key, &arg, 1);
}

static enum status add_address(const struct asap *notice, struct pdf *pdf)
{
    const struct party *party = &notice->party;
    struct buf lines BUF_SCOPE = BUF_INIT(1 << 10);
    const struct str parts[] = {party->complement, party->street_before, party->street, party->street_after};
    buf_add_format(&lines, "%.*s%s%.*s%s%.*s", STR_ARG(party->title), party->title.len > 0 ? " " : "",
                   STR_ARG(party->first_name), party->first_name.len > 0 ? " " : "", STR_ARG(party->name));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].len > 0)
            buf_add_format(&lines, "\n%.*s", STR_ARG(parts[i]));
    buf_add_format(&lines, "\n%.*s %.*s", STR_ARG(party->postcode), STR_ARG(party->place));
    TRY(buf_status(&lines));
    TRY(pdf_heading(pdf, 2, words(T_accounting_notice_debtor)));
    return pdf_paragraph(pdf, buf_str(&lines));
}

static enum status add_title(struct ctx *ctx, const struct asap *notice, struct pdf *pdf)
{
    enum { COLUMNS = 5 };
    const struct pdf_column columns[COLUMNS] = {{.head = words(T_accounting_notice_year), .share = 14},
                                                {.head = words(T_accounting_slip), .share = 18},
                                                {.head = words(T_accounting_kind_title), .share = 14},
                                                {.head = words(T_accounting_day), .share = 27},
                                                {.head = words(T_accounting_amount), .share = 27, .is_right = true}};
    const struct pdf_table table = {.caption = words(T_accounting_notice_title), .columns = columns,
                                    .column_count = COLUMNS, .has_row_heads = true};
    const struct str cells[COLUMNS] = {str_format(ctx->arena, "%d", notice->piece.year),
                                       str_format(ctx->arena, "%u", notice->slip.number),
                                       str_format(ctx->arena, "%u", notice->piece.number),
                                       page_date(ctx, notice->piece.day), page_money(ctx, notice->piece.remains)};
    TRY(pdf_heading(pdf, 2, words(T_accounting_notice_title)));
    TRY(pdf_table_begin(pdf, &table));
    TRY(pdf_table_row(pdf, cells));
    return pdf_table_end(pdf);
}

static enum status add_reckoning(struct ctx *ctx, const struct asap *notice, struct pdf *pdf)
{
    TRY(pdf_heading(pdf, 2, words(T_accounting_notice_basis)));
    TRY(pdf_paragraph(pdf, notice->piece.object));
    if (!str_eq(notice->basis, notice->piece.object))
        TRY(pdf_paragraph(pdf, notice->basis));
    return pdf_paragraph(pdf, with(ctx, T_accounting_notice_to_pay, "amount", page_money(ctx, notice->piece.remains)));
}

static enum status add_ways(struct ctx *ctx, const struct asap *notice, struct pdf *pdf)
{
    const struct text_arg online[] = {TEXT_ARG("address", notice->words.online),
                                      TEXT_ARG("code", notice->words.online_code),
                                      TEXT_ARG("reference", str_format(ctx->arena, "%d-%u", notice->piece.year,
                                                                       notice->piece.number))};
    TRY(pdf_heading(pdf, 2, words(T_accounting_notice_pay)));
    TRY(pdf_paragraph(pdf, notice->words.pay_to));
    if (notice->words.online.len > 0)
        TRY(pdf_paragraph(pdf, text_with(ctx->arena, LANGUAGE_FR, T_accounting_notice_online, online, 3)));
    TRY(pdf_paragraph(pdf, with(ctx, T_accounting_notice_desk, "desk", notice->words.desk)));
    TRY(pdf_heading(pdf, 2, words(T_accounting_notice_appeal)));
    return pdf_paragraph(pdf, with(ctx, T_accounting_notice_appeal_text, "court", notice->words.court));
}

enum status asap_print(struct ctx *ctx, const struct asap *notice, struct pdf *pdf)
{
    struct ctx french = *ctx; /* days and amounts too, whatever the page of its reader speaks */
    french.language = LANGUAGE_FR;
    const struct text_arg signer[] = {TEXT_ARG("name", notice->signer), TEXT_ARG("quality", notice->quality)};
    TRY(pdf_heading(pdf, 1, words(T_accounting_notice)));
    TRY(pdf_paragraph(pdf, with(ctx, T_accounting_notice_from, "budget",
                                str_format(ctx->arena, "%.*s, SIRET %.*s", STR_ARG(notice->year.label),
                                           STR_ARG(notice->year.siret)))));
    TRY(add_address(notice, pdf));
    TRY(add_title(&french, notice, pdf));
    TRY(add_reckoning(&french, notice, pdf));
    TRY(pdf_paragraph(pdf, text_with(ctx->arena, LANGUAGE_FR, T_accounting_notice_signed, signer, 2)));
    return add_ways(&french, notice, pdf);
}
