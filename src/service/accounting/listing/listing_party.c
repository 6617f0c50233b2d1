/* Third parties, as their list has them, and where they live. */
#include "proto/csv/csv.h"
#include "service/accounting/accounting_service.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party_view.h"
#include "service/accounting/right/right.h"
#include "service/accounting/listing/listing.h"
#include "service/accounting/listing/listing_sql.h"

static struct str account_words(const struct sql_listing_parties_row *row)
{
    return listing_word(row->held > 0        ? T_accounting_bank_held
                      : row->confirmed > 0 ? T_accounting_bank_confirmed
                                           : T_accounting_bank_missing);
}

static void add_party(struct ctx *french, const struct sql_listing_parties_row *row, struct buf *out)
{
    const struct str cells[] = {listing_text(french, row->name),
                                listing_text(french, row->first_name),
                                party_id_words(french, row->id_kind),
                                listing_text(french, row->id_number),
                                listing_text(french, row->street),
                                listing_text(french, row->postcode),
                                listing_text(french, row->place),
                                listing_text(french, row->mail),
                                listing_text(french, row->phone),
                                account_words(row),
                                row->is_active ? STR("") : listing_word(T_accounting_party_closed)};
    csv_write(out, cells, sizeof cells / sizeof *cells);
}

enum status listing_parties_show(struct ctx *ctx, const struct web_request *request, struct web_response *response)
{
    static const enum text_key heads[] = {
        T_accounting_party_name,   T_accounting_party_first_name, T_accounting_party_id_kind,
        T_accounting_party_number, T_accounting_party_street,     T_accounting_party_postcode,
        T_accounting_party_place,  T_accounting_party_mail,       T_accounting_party_phone,
        T_accounting_party_account, T_accounting_state};
    struct ctx french = *ctx;
    struct sql_listing_parties_row *rows;
    size_t count;
    TRY(right_need(ctx, RIGHT_READ));
    TRY(sql_listing_parties(ctx->db, ctx->arena, (struct sql_listing_parties){.skip = listing_from(request)}, &rows,
                          &count));
    french.language = LANGUAGE_FR;
    listing_begin(ctx, request, response, "tiers", 0, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < count; i++)
        add_party(&french, &rows[i], &response->body);
    return buf_status(&response->body);
}
