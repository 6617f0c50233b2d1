#include "base/utf8.h"
#include "core/audit.h"
#include "core/mandate.h"
#include "core/town.h"
#include "core/identifier.h"
#include "service/accounting/lang.h"
#include "service/accounting/party/party.h"
#include "service/accounting/party/party_bank_sql.h"

enum { BIC_SHORT = 8, BIC_LONG = 11, SHOWN_DIGITS = 4 /* of an account, in the audit log */ };

/* ---- what is there ---- */

enum status party_bank_of(struct ctx *ctx, int64_t party, struct party_bank *ret_bank)
{
    struct sql_party_bank_of_row row;
    TRY(sql_party_bank_of(ctx->db, ctx->arena, (struct sql_party_bank_of){.party = party}, &row));
    *ret_bank = (struct party_bank){.id = row.id,
                                    .party = row.party,
                                    .iban = row.iban,
                                    .bic = row.bic,
                                    .holder = row.holder,
                                    .source = row.source,
                                    .state = BANK_CONFIRMED,
                                    .entered_by = row.entered_by,
                                    .entered = {row.entered_ms},
                                    .decided_by = row.decided_by,
                                    .decided = {row.decided_ms},
                                    .entered_name = STR(""),
                                    .decided_name = STR("")};
    return OK;
}

static struct party_bank read_row(const struct sql_party_bank_list_row *row)
{
    return (struct party_bank){.id = row->id,
                               .party = row->party,
                               .iban = row->iban,
                               .bic = row->bic,
                               .holder = row->holder,
                               .source = row->source,
                               .state = (enum party_bank_state)row->state,
                               .entered_by = row->entered_by,
                               .entered = {row->entered_ms},
                               .decided_by = row->decided_by,
                               .decided = {row->decided_ms},
                               .entered_name = row->entered_name,
                               .decided_name = row->decided_name};
}

enum status party_banks(struct ctx *ctx, int64_t party, struct party_bank **ret_banks, size_t *ret_count)
{
    struct sql_party_bank_list_row *rows;
    size_t count;
    TRY(sql_party_bank_list(ctx->db, ctx->arena, (struct sql_party_bank_list){.party = party}, &rows, &count));
    struct party_bank *banks = arena_array(ctx->arena, struct party_bank, count + 1);
    if (banks == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        banks[i] = read_row(&rows[i]);
    *ret_banks = banks;
    *ret_count = count;
    return OK;
}

enum status party_bank_shared(struct ctx *ctx, struct str iban, int64_t party, struct party_found **ret_others,
                              size_t *ret_count)
{
    struct sql_party_bank_shared_row *rows;
    struct sql_party_bank_shared in = {.iban = iban, .party = party};
    size_t count;
    TRY(sql_party_bank_shared(ctx->db, ctx->arena, in, &rows, &count));
    struct party_found *others = arena_array(ctx->arena, struct party_found, count + 1);
    if (others == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        others[i] = (struct party_found){.id = rows[i].id,
                                         .name = rows[i].name,
                                         .first_name = rows[i].first_name,
                                         .id_kind = STR(""),
                                         .id_number = STR(""),
                                         .place = STR("")};
    *ret_others = others;
    *ret_count = count;
    return OK;
}

/* ---- entering ---- */

static bool is_bic(struct str bic)
{
    for (size_t i = 0; i < bic.len; i++)
        if (!ascii_is_digit(bic.at[i]) && !(bic.at[i] >= 'A' && bic.at[i] <= 'Z'))
            return false;
    return bic.len == BIC_SHORT || bic.len == BIC_LONG;
}

enum status party_bank_check(const struct party_bank *bank, struct faults *faults)
{
    size_t before = faults->found;
    bool is_french = str_starts(bank->iban, STR("FR")) || str_starts(bank->iban, STR("MC"));
    if (!iban_is_right(bank->iban))
        fault_add(faults, "party.iban", STR("iban"), bank->iban, STR(""));
    if (bank->bic.len > 0 ? !is_bic(bank->bic) : !is_french)
        fault_add(faults, "party.bic", STR("bic"), bank->bic, STR(""));
    if (bank->holder.len == 0 || utf8_count(bank->holder) > PARTY_HOLDER_MAX)
        fault_add_most(faults, "party.holder", "holder", bank->holder, PARTY_HOLDER_MAX);
    if (utf8_count(bank->source) > PARTY_SOURCE_MAX)
        fault_add_most(faults, "party.text", "source", bank->source, PARTY_SOURCE_MAX);
    return faults->found > before ? INVALID : OK;
}

/* One at a time is held, and not the one that is paid on already. */
static enum status check_place(struct ctx *ctx, int64_t party, struct str iban)
{
    struct party_bank confirmed;
    struct sql_party_bank_count_row held;
    struct sql_party_bank_count in = {.party = party, .state = BANK_HELD};
    TRY(sql_party_bank_count(ctx->db, ctx->arena, in, &held));
    if (held.number > 0)
        return refuse(ctx, CONFLICT, "accounting.bank_held", T_accounting_bank_held_already);
    enum status found = party_bank_of(ctx, party, &confirmed);
    if (found == OK && str_eq(confirmed.iban, iban))
        return refuse(ctx, CONFLICT, "accounting.bank_same", T_accounting_bank_same);
    return found == NOT_FOUND ? OK : found;
}

/* "12" and "…0606": enough to know it again, too little to pay on it. */
static enum status log_act(struct ctx *ctx, const char *kind, int64_t party, struct str iban)
{
    size_t from = iban.len > SHOWN_DIGITS ? iban.len - SHOWN_DIGITS : 0;
    struct str number = str_format(ctx->arena, "%lld", (long long)party);
    return audit_add(ctx, kind, number, str_format(ctx->arena, "…%.*s", STR_ARG(str_after(iban, from))));
}

enum status party_bank_add(struct ctx *ctx, int64_t party, const struct party_bank *bank, struct faults *faults,
                           int64_t *ret_id)
{
    struct party of;
    struct sql_party_bank_add_row added;
    struct party_bank clean = {.iban = identifier_plain(ctx->arena, bank->iban),
                               .bic = identifier_plain(ctx->arena, bank->bic),
                               .holder = str_trim(bank->holder),
                               .source = str_trim(bank->source)};
    TRY(mandate_forbids(ctx));
    TRY(party_get(ctx, party, &of));
    TRY(party_bank_check(&clean, faults));
    TRY(check_place(ctx, party, clean.iban));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    struct sql_party_bank_add in = {.party = party,
                                    .iban = clean.iban,
                                    .bic = clean.bic,
                                    .holder = clean.holder,
                                    .source = clean.source,
                                    .entered_by = ctx->actor.person,
                                    .entered_ms = ctx->now.ms};
    TRY(sql_party_bank_add(ctx->db, ctx->arena, in, &added));
    *ret_id = added.id;
    return log_act(ctx, "accounting.bank_add", party, clean.iban);
}

/* ---- deciding ---- */

/* One that waits, and may be decided about by the actor. */
static enum status held_get(struct ctx *ctx, int64_t id, struct sql_party_bank_get_row *ret_row)
{
    TRY(mandate_forbids(ctx));
    TRY(right_need(ctx, PARTY_EDIT));
    TRY(sql_party_bank_get(ctx->db, ctx->arena, (struct sql_party_bank_get){.id = id}, ret_row));
    if (ret_row->state != BANK_HELD)
        return refuse(ctx, CONFLICT, "accounting.bank_decided", T_accounting_bank_decided_already);
    return writer_need(ctx->town->writer, SYNC_FULL);
}

static enum status decide(struct ctx *ctx, int64_t id, enum party_bank_state state)
{
    return sql_party_bank_decide(ctx->db, (struct sql_party_bank_decide){.state = state,
                                                                         .person = ctx->actor.person,
                                                                         .at_ms = ctx->now.ms,
                                                                         .id = id});
}

enum status party_bank_confirm(struct ctx *ctx, int64_t id)
{
    struct sql_party_bank_get_row row;
    TRY(held_get(ctx, id, &row));
    if (row.entered_by == ctx->actor.person)
        return refuse(ctx, DENIED, "accounting.bank_same_person", T_accounting_bank_same_person);
    TRY(sql_party_bank_replace(ctx->db, (struct sql_party_bank_replace){.party = row.party}));
    TRY(decide(ctx, id, BANK_CONFIRMED));
    return log_act(ctx, "accounting.bank_confirm", row.party, row.iban);
}

enum status party_bank_refuse(struct ctx *ctx, int64_t id)
{
    struct sql_party_bank_get_row row;
    TRY(held_get(ctx, id, &row));
    TRY(decide(ctx, id, BANK_REFUSED));
    return log_act(ctx, "accounting.bank_refuse", row.party, row.iban);
}
