#include "service/accounting/party/party_rows.h"

#include "core/export_people.h"
#include "core/town.h"
#include "core/identifier.h"
#include "service/accounting/party/party.h"
#include "service/accounting/party/party_rows_sql.h"

EXPORT_EACH(party_rows_party)
EXPORT_EACH(party_rows_change)
EXPORT_EACH(party_rows_bank)

enum { TEXT_MAX = 1000 /* bytes */ };

/* "" stands for the command line, or for nobody yet. */
static enum status person_of(struct ctx *ctx, struct str address, int64_t *ret_person)
{
    *ret_person = 0;
    return address.len == 0 ? OK : export_person(ctx, address, ret_person);
}

static struct party party_of(const struct sql_party_rows_party_row *row)
{
    return (struct party){.id = row->id,
                          .name = row->name,
                          .complement = row->complement,
                          .title = row->title,
                          .first_name = row->first_name,
                          .id_kind = row->id_kind,
                          .id_number = row->id_number,
                          .category = row->category,
                          .nature = row->nature,
                          .street_before = row->street_before,
                          .street = row->street,
                          .street_after = row->street_after,
                          .postcode = row->postcode,
                          .place = row->place,
                          .country = row->country,
                          .mail = row->mail,
                          .phone = row->phone,
                          .is_active = row->is_active != 0};
}

static enum status take_party(struct ctx *ctx, const void *from)
{
    const struct sql_party_rows_party_row *row = from;
    const struct party party = party_of(row);
    struct faults *faults = faults_new(ctx->arena);
    struct sql_party_rows_party_add in = {.id = row->id,
                                          .name = row->name,
                                          .complement = row->complement,
                                          .title = row->title,
                                          .first_name = row->first_name,
                                          .id_kind = row->id_kind,
                                          .id_number = row->id_number,
                                          .category = row->category,
                                          .nature = row->nature,
                                          .street_before = row->street_before,
                                          .street = row->street,
                                          .street_after = row->street_after,
                                          .postcode = row->postcode,
                                          .place = row->place,
                                          .country = row->country,
                                          .mail = row->mail,
                                          .phone = row->phone,
                                          .is_active = row->is_active != 0,
                                          .folded = party_folded(ctx->arena, &party)};
    if (faults == NULL || str_is_absent(in.folded))
        return LIMIT;
    TRY(party_check(&party, faults));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_party_rows_party_add(ctx->db, in);
}

static enum status take_change(struct ctx *ctx, const void *from)
{
    const struct sql_party_rows_change_row *row = from;
    struct sql_party_rows_change_add in = {.id = row->id,
                                           .party = row->party,
                                           .at_ms = row->at_ms,
                                           .field = row->field,
                                           .before = row->before,
                                           .after = row->after};
    if (row->field.len > TEXT_MAX || row->before.len > TEXT_MAX || row->after.len > TEXT_MAX)
        return INVALID;
    TRY(person_of(ctx, row->person, &in.person));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_party_rows_change_add(ctx->db, in);
}

static bool is_bank(const struct sql_party_rows_bank_row *row)
{
    return row->state >= BANK_HELD && row->state < BANK_STATES && iban_is_right(row->iban) &&
           row->bic.len <= TEXT_MAX && row->holder.len <= TEXT_MAX && row->source.len <= TEXT_MAX;
}

/* Who entered one and who confirmed it come along: the same person never did both. */
static enum status take_bank(struct ctx *ctx, const void *from)
{
    const struct sql_party_rows_bank_row *row = from;
    struct sql_party_rows_bank_add in = {.id = row->id,
                                         .party = row->party,
                                         .iban = row->iban,
                                         .bic = row->bic,
                                         .holder = row->holder,
                                         .source = row->source,
                                         .state = row->state,
                                         .entered_ms = row->entered_ms,
                                         .decided_ms = row->decided_ms};
    if (!is_bank(row))
        return INVALID;
    TRY(person_of(ctx, row->entered_by, &in.entered_by));
    TRY(person_of(ctx, row->decided_by, &in.decided_by));
    bool was_confirmed = row->state == BANK_CONFIRMED || row->state == BANK_REPLACED;
    if (was_confirmed && in.entered_by == in.decided_by)
        return INVALID;
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_party_rows_bank_add(ctx->db, in);
}

const struct export_file party_rows[PARTY_ROWS] = {
    {"accounting_parties.csv", &sql_party_rows_party_row_shape, each_party_rows_party, take_party},
    {"accounting_party_changes.csv", &sql_party_rows_change_row_shape, each_party_rows_change, take_change},
    {"accounting_party_accounts.csv", &sql_party_rows_bank_row_shape, each_party_rows_bank, take_bank},
};
