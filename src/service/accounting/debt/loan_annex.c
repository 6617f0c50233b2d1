/* The loans of a year as the annex EMPRUNT takes them: the table is pasted on the page of annexes (../annex). */
#include "service/accounting/accounting_service.h"
#include "service/accounting/annex/annex.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/debt/loan.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_view.h"

enum { COLUMNS = 16 };

static struct str period_of(int32_t a_year)
{
    switch (a_year) {
    case 12:
        return STR("M");
    case 4:
        return STR("I");
    case 2:
        return STR("S");
    default:
        return STR("A");
    }
}

static enum status add_loan(struct ctx *ctx, const struct loan *loan, int32_t year, struct faults *faults,
                            struct buf *out)
{
    static const struct str profiles[] = {STR_INIT("P"), STR_INIT("C"), STR_INIT("F")};
    struct loan_schedule schedule;
    enum { PERCENT = 10000, THOUSANDTHS = 10 };
    TRY(loan_schedule(ctx, loan, faults, &schedule));
    struct loan_year sums = loan_year(loan, &schedule, year);
    int64_t rate = loan->terms.rate;
    struct str percent = str_format(ctx->arena, "%lld.%03lld", (long long)(rate / PERCENT),
                                    (long long)(rate % PERCENT / THOUSANDTHS));
    const struct str cells[COLUMNS] = {profiles[loan->terms.profile],
                                       STR("1641"),
                                       str_format(ctx->arena, "%d", civil_of_date(loan->signed_on).year),
                                       budget_harmless(ctx, loan->label),
                                       budget_plain(ctx, loan->terms.borrowed),
                                       budget_harmless(ctx, loan->lender_name),
                                       period_of(loan->terms.a_year),
                                       STR("F"),
                                       budget_plain(ctx, sums.interest),
                                       budget_plain(ctx, sums.capital),
                                       budget_plain(ctx, sums.before),
                                       budget_plain(ctx, sums.accrued),
                                       budget_plain(ctx, sums.left),
                                       budget_harmless(ctx, loan->number),
                                       spend_iso(ctx, loan->terms.first),
                                       percent};
    return annex_line(out, cells, COLUMNS);
}

enum status loan_annex_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const struct str names[COLUMNS] = {
        STR_INIT("CodProfilAmort"), STR_INIT("CodArticle"), STR_INIT("AnEncaisse"), STR_INIT("ObjEmpr"),
        STR_INIT("MtEmprOrig"), STR_INIT("LibOrgaPreteur"), STR_INIT("CodPeriodRemb"), STR_INIT("CodTyptxInit"),
        STR_INIT("MtIntExer"), STR_INIT("MtCapitalExer"), STR_INIT("MtCapitalRestDu_01_01"), STR_INIT("MtICNE"),
        STR_INIT("MtCapitalRestDu_31_12"), STR_INIT("NumContrat"), STR_INIT("Dt1RembInit"), STR_INIT("Txinit")};
    struct credit_year year;
    struct loan *loans;
    size_t count;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, &year));
    TRY(loan_list(ctx, year.budget, &loans, &count));
    TRY(annex_line(&response->body, names, COLUMNS));
    for (size_t i = 0; i < count; i++)
        TRY(add_loan(ctx, &loans[i], year.year, faults, &response->body));
    response->content_type = STR("text/csv; charset=utf-8");
    return buf_status(&response->body);
}
