/* Notices: what stands on each of them, one of them, those of a bordereau. */
#include "core/page.h"
#include "core/town.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/receipt/asap.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/slip_view.h"

/* ---- what stands on each ---- */

static enum status show_words(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                              const struct credit_year *year, const struct faults *faults)
{
    struct spend_view view;
    struct spend_page_action *action;
    struct asap_words words;
    TRY(asap_words(ctx, year->budget, &words));
    TRY(spend_begin(&view, ctx, request, year, SPEND_TITLES, text_of(ctx->language, T_accounting_notice_words)));
    TRY(spend_trouble(&view, faults));
    spend_stand(&view, text_of(ctx->language, T_accounting_notice_words_text));
    TRY(spend_action(&view, "words", T_accounting_notice_words, T_accounting_notice_words_go,
                     spend_path(ctx, year, "/notice"), &action));
    spend_field(&view, action, "desk", T_accounting_notice_desk_label, SPEND_WIDE, words.desk, true);
    spend_field(&view, action, "pay_to", T_accounting_notice_pay_label, SPEND_WIDE, words.pay_to, true);
    spend_field(&view, action, "online", T_accounting_notice_online_label, SPEND_WIDE, words.online, false);
    spend_field(&view, action, "online_code", T_accounting_notice_code_label, SPEND_WORDS, words.online_code, false);
    spend_field(&view, action, "court", T_accounting_notice_court_label, SPEND_WIDE, words.court, true);
    return spend_end(&view, response);
}

enum status asap_words_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    return show_words(ctx, request, response, &year, NULL);
}

enum status asap_words_act(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct credit_year year;
    struct faults *faults = faults_new(ctx->arena);
    struct asap_words words = {.desk = str_trim(web_text(request, "desk")),
                                 .pay_to = str_trim(web_text(request, "pay_to")),
                                 .online = str_trim(web_text(request, "online")),
                                 .online_code = str_trim(web_text(request, "online_code")),
                                 .court = str_trim(web_text(request, "court"))};
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_ORDER));
    TRY(spend_read_year(ctx, request, &year));
    enum status done = asap_set(ctx, year.budget, &words, faults);
    if (done == INVALID)
        return show_words(ctx, request, response, &year, faults);
    TRY(done);
    return web_redirect(ctx, response, "/accounting/years/%lld/%d/notice?saved=1", (long long)year.budget, year.year);
}

/* ---- printed ---- */

static enum status begin(struct ctx *ctx, struct str title, struct pdf **ret_pdf)
{
    if (ctx->town->fonts == NULL)
        return refuse(ctx, NOT_FOUND, "accounting.fonts", T_accounting_print_none);
    struct pdf_about about = {.title = title, .language = STR("fr"), .footer = title};
    return pdf_create(ctx->town->fonts, &about, ret_pdf);
}

/* What is missing is a page of its own: a file was asked for. */
static enum status refused(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                           const struct credit_year *year, const struct faults *faults)
{
    struct spend_view view;
    TRY(spend_begin(&view, ctx, request, year, SPEND_TITLES, text_of(ctx->language, T_accounting_notice)));
    TRY(spend_trouble(&view, faults));
    spend_link(&view, spend_path(ctx, year, "/notice"), T_accounting_notice_words);
    return spend_end(&view, response);
}

enum status asap_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct pdf *pdf PDF_SCOPE = NULL;
    struct asap notice;
    struct piece piece;
    struct credit_year year;
    int64_t sequence;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &sequence));
    TRY(piece_get(ctx, (uint64_t)sequence, &piece));
    TRY(credit_year(ctx, piece.budget, piece.year, &year));
    enum status done = asap_of(ctx, (uint64_t)sequence, faults, &notice);
    if (done == INVALID)
        return refused(ctx, request, response, &year, faults);
    TRY(done);
    TRY(begin(ctx, str_format(ctx->arena, "%.*s %d-%u", STR_ARG(text_of(LANGUAGE_FR, T_accounting_notice)),
                              notice.piece.year, notice.piece.number),
              &pdf));
    TRY(asap_print(ctx, &notice, pdf));
    response->content_type = STR("application/pdf");
    return pdf_finish(pdf, &response->body);
}

/* Those of a bordereau in files of a few, as a turn of the writer allows. */
static enum status asked(struct ctx *ctx, const struct web_request *request, struct slip *ret_slip,
                         struct credit_year *ret_year, struct piece **ret_pieces, size_t *ret_count)
{
    int64_t id;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_number(request, 0, &id));
    TRY(slip_get(ctx, id, ret_slip));
    if (!ret_slip->is_receipt)
        return NOT_FOUND;
    TRY(credit_year(ctx, ret_slip->budget, ret_slip->year, ret_year));
    return piece_list_of_slip(ctx, id, ret_pieces, ret_count);
}

enum status asap_list_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct slip slip;
    struct credit_year year;
    struct spend_view view;
    struct spend_page_table *table;
    struct piece *pieces;
    size_t count;
    TRY(asked(ctx, request, &slip, &year, &pieces, &count));
    struct text_arg number = NUMBER_ARG("number", slip.number);
    TRY(spend_begin(&view, ctx, request, &year, SPEND_SLIPS,
                    text_with(ctx->arena, ctx->language, T_accounting_notices_of, &number, 1)));
    spend_crumb(&view, str_format(ctx->arena, "/accounting/slips/%lld", (long long)slip.id),
                str_format(ctx->arena, "%.*s %u", STR_ARG(text_of(ctx->language, T_accounting_slip)), slip.number));
    spend_stand(&view, text_of(ctx->language, T_accounting_notices_text));
    TRY(spend_table(&view, "files", T_accounting_notices, T_accounting_notices_none, count / ASAP_IN_FILE + 1,
                    &table));
    spend_head(&view, table, T_accounting_notices_file, SPEND_TEXT);
    spend_head(&view, table, T_accounting_notices_titles, SPEND_TEXT);
    for (size_t from = 0; from < count; from += ASAP_IN_FILE) {
        size_t last = from + ASAP_IN_FILE < count ? from + ASAP_IN_FILE - 1 : count - 1;
        struct spend_page_table_row *row =
            spend_row(&view, table, str_format(ctx->arena, "PDF %zu", from / ASAP_IN_FILE + 1),
                      str_format(ctx->arena, "/accounting/slips/%lld/notices/%zu", (long long)slip.id,
                                 from / ASAP_IN_FILE + 1));
        if (row == NULL)
            return LIMIT;
        spend_cell(row, str_format(ctx->arena, "%u \xE2\x80\x93 %u", pieces[from].number, pieces[last].number),
                   SPEND_TEXT);
    }
    return spend_end(&view, response);
}

static enum status print_some(struct ctx *ctx, const struct piece *pieces, size_t count, struct faults *faults,
                              struct pdf *pdf)
{
    struct asap notice;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            TRY(pdf_page_break(pdf));
        TRY(asap_of(ctx, pieces[i].sequence, faults, &notice));
        TRY(asap_print(ctx, &notice, pdf));
    }
    return OK;
}

enum status asap_file_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    struct pdf *pdf PDF_SCOPE = NULL;
    struct slip slip;
    struct credit_year year;
    struct piece *pieces;
    size_t count;
    int64_t part;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(asked(ctx, request, &slip, &year, &pieces, &count));
    TRY(spend_read_number(request, 1, &part));
    if (part > SLIP_PIECES_MAX || (size_t)(part - 1) * ASAP_IN_FILE >= count)
        return NOT_FOUND;
    size_t from = (size_t)(part - 1) * ASAP_IN_FILE, left = count - from;
    TRY(begin(ctx, str_format(ctx->arena, "%.*s %d-%u-%lld", STR_ARG(text_of(LANGUAGE_FR, T_accounting_notices)),
                              slip.year, slip.number, (long long)part),
              &pdf));
    enum status done = print_some(ctx, pieces + from, left < ASAP_IN_FILE ? left : ASAP_IN_FILE, faults, pdf);
    if (done == INVALID)
        return refused(ctx, request, response, &year, faults);
    TRY(done);
    response->content_type = STR("application/pdf");
    return pdf_finish(pdf, &response->body);
}
