/* The inventory as files: a CSV of all of it, and the table that the annex PATRIMOINE takes (../annex). */
#include "proto/csv/csv.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/annex/annex.h"
#include "service/accounting/asset/item.h"
#include "service/accounting/budget/budget_view.h"
#include "service/accounting/right/right.h"
#include "service/accounting/spend/spend_view.h"

enum { CSV_COLUMNS = 11, ANNEX_COLUMNS = 13 };

static enum status begin(struct ctx *ctx, const struct web_request *request, struct web_response *response,
                         struct credit_year *ret_year, struct item **ret_items, size_t *ret_count)
{
    TRY(right_need(ctx, RIGHT_READ));
    TRY(spend_read_year(ctx, request, ret_year));
    response->content_type = STR("text/csv; charset=utf-8");
    return item_list(ctx, ret_year->budget, ret_items, ret_count);
}

/* The first columns are those an inventory is taken over by. */
enum status item_csv_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const struct str names[CSV_COLUMNS] = {
        STR_INIT("numero"), STR_INIT("designation"), STR_INIT("compte"), STR_INIT("date"), STR_INIT("cout"),
        STR_INIT("duree"), STR_INIT("amorti"), STR_INIT("annee"), STR_INIT("dotation"), STR_INIT("valeur_nette"),
        STR_INIT("sortie")};
    struct credit_year year;
    struct item *items;
    struct item_year sums;
    size_t count;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(begin(ctx, request, response, &year, &items, &count));
    csv_write(&response->body, names, CSV_COLUMNS);
    for (size_t i = 0; i < count; i++) {
        TRY(item_year(&items[i], year.year, faults, &sums));
        struct money depreciated = {items[i].cost.cents - sums.left.cents};
        const struct str cells[CSV_COLUMNS] = {budget_harmless(ctx, items[i].number),
                                               budget_harmless(ctx, items[i].label),
                                               budget_harmless(ctx, items[i].nature),
                                               spend_iso(ctx, items[i].commissioned),
                                               budget_plain(ctx, items[i].cost),
                                               str_format(ctx->arena, "%d", items[i].years),
                                               budget_plain(ctx, depreciated),
                                               depreciated.cents == 0 ? STR("")
                                                                      : str_format(ctx->arena, "%d", year.year),
                                               budget_plain(ctx, sums.charge),
                                               budget_plain(ctx, sums.left),
                                               spend_iso(ctx, items[i].gone)};
        csv_write(&response->body, cells, CSV_COLUMNS);
    }
    return buf_status(&response->body);
}

/* CodVariPatrim of an account (CommunAnnexe.xsd, ATCodVariPatrim), the longest prefix first; 06: other tangible. */
static struct str variety_of(struct str nature)
{
    static const struct {
        struct str prefix, code;
    } varieties[] = {{STR_INIT("21311"), STR_INIT("03")}, {STR_INIT("21312"), STR_INIT("03")},
                     {STR_INIT("213"), STR_INIT("04")},   {STR_INIT("214"), STR_INIT("04")},
                     {STR_INIT("215"), STR_INIT("05")},   {STR_INIT("20"), STR_INIT("07")},
                     {STR_INIT("26"), STR_INIT("10")},    {STR_INIT("27"), STR_INIT("11")}};
    for (size_t i = 0; i < sizeof varieties / sizeof *varieties; i++)
        if (str_starts(nature, varieties[i].prefix))
            return varieties[i].code;
    return STR("06");
}

/* ---- the annex: what came into the inventory in the year, and what left it ---- */

static bool is_in(struct date day, int32_t year)
{
    return day.days != 0 && civil_of_date(day).year == year;
}

static enum status add_line(struct ctx *ctx, const struct item *item, int32_t year, bool is_gone, struct buf *out)
{
    struct item_year sums, before;
    struct faults *faults = faults_new(ctx->arena);
    if (faults == NULL)
        return LIMIT;
    TRY(item_year(item, year, faults, &sums));
    TRY(item_year(item, year - 1, faults, &before));
    struct money total = {item->cost.cents - sums.left.cents};
    const struct str cells[ANNEX_COLUMNS] = {variety_of(item->nature),
                                             is_gone ? STR("S") : STR("E"),
                                             budget_harmless(ctx, item->label),
                                             budget_plain(ctx, item->cost),
                                             budget_plain(ctx, total),
                                             budget_plain(ctx, sums.charge),
                                             str_format(ctx->arena, "%d", item->years),
                                             budget_harmless(ctx, item->number),
                                             spend_iso(ctx, item->commissioned),
                                             budget_plain(ctx, before.left),
                                             is_gone ? STR("") : budget_plain(ctx, sums.left),
                                             is_gone ? budget_plain(ctx, sums.left) : STR(""),
                                             is_gone ? budget_plain(ctx, item->price) : STR("")};
    return annex_line(out, cells, ANNEX_COLUMNS);
}

enum status item_annex_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const struct str names[ANNEX_COLUMNS] = {
        STR_INIT("CodVariPatrim"), STR_INIT("CodEntreeSorti"), STR_INIT("LibBien"), STR_INIT("MtValAcquiBien"),
        STR_INIT("MtCumulAmortBien"), STR_INIT("MtAmortExer"), STR_INIT("DureeAmortBien"), STR_INIT("NumInventaire"),
        STR_INIT("DtAcquiBien"), STR_INIT("MtVNCBien0101"), STR_INIT("MtVNCBien3112"), STR_INIT("MtVNCBienSorti"),
        STR_INIT("MtPrixCessBienSorti")};
    struct credit_year year;
    struct item *items;
    size_t count;
    TRY(begin(ctx, request, response, &year, &items, &count));
    TRY(annex_line(&response->body, names, ANNEX_COLUMNS));
    for (size_t i = 0; i < count; i++) {
        if (is_in(items[i].commissioned, year.year))
            TRY(add_line(ctx, &items[i], year.year, false, &response->body));
        if (is_in(items[i].gone, year.year))
            TRY(add_line(ctx, &items[i], year.year, true, &response->body));
    }
    return buf_status(&response->body);
}
