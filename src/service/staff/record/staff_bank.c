#include "service/staff/record/staff_bank.h"

#include "core/audit.h"
#include "core/identifier.h"
#include "core/mandate.h"
#include "core/seal.h"
#include "core/town.h"
#include "service/staff/lang.h"
#include "service/staff/record/staff_agent.h"
#include "service/staff/record/staff_bank_sql.h"
#include "service/staff/record/staff_log.h"
#include "service/staff/right/staff_right.h"

enum { BIC_MAX = 11, SHARED_TEXT_MAX = STAFF_BANK_SHARED_MAX * (STAFF_CODE_MAX + 2) };
#define BETWEEN '\x1f'

static struct str label_of(struct ctx *ctx, int64_t agent)
{
    return str_format(ctx->arena, "staff.bank %lld", (long long)agent);
}

/* ---- reading ---- */

static enum status add_shared(struct ctx *ctx, int64_t agent, struct str mark, struct staff_bank *bank)
{
    struct sql_staff_bank_shared_row *rows;
    size_t count;
    struct buf text BUF_SCOPE = BUF_INIT(SHARED_TEXT_MAX);
    struct sql_staff_bank_shared in = {.mark = mark, .agent = agent};
    TRY(sql_staff_bank_shared(ctx->db, ctx->arena, in, &rows, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(&text, "%s%.*s", i > 0 ? ", " : "", STR_ARG(rows[i].code));
    bank->shared = str_copy(ctx->arena, buf_str(&text));
    return str_is_absent(bank->shared) ? LIMIT : OK;
}

static enum status of_state(struct ctx *ctx, int64_t agent, enum staff_bank_state state, struct staff_bank *ret_bank)
{
    struct sql_staff_bank_of_row row;
    struct sql_staff_bank_of in = {.agent = agent, .state = state};
    struct str rest;
    *ret_bank = (struct staff_bank){.shared = STR("")};
    TRY(sql_staff_bank_of(ctx->db, ctx->arena, in, &row));
    TRY(seal_open(ctx->arena, ctx->town->seal, label_of(ctx, agent), row.sealed, &rest));
    struct staff_bank bank = {.id = row.id, .entered_by = row.entered_by, .entered = {row.entered_ms}};
    bank.account.iban = str_cut(&rest, BETWEEN);
    bank.account.bic = str_cut(&rest, BETWEEN);
    bank.account.holder = rest;
    TRY(add_shared(ctx, agent, row.mark, &bank));
    *ret_bank = bank;
    return OK;
}

static enum status or_none(enum status found)
{
    return found == NOT_FOUND ? OK : found;
}

enum status staff_bank_list(struct ctx *ctx, int64_t agent, struct staff_bank *ret_held,
                            struct staff_bank *ret_confirmed)
{
    TRY(or_none(of_state(ctx, agent, STAFF_BANK_HELD, ret_held)));
    TRY(or_none(of_state(ctx, agent, STAFF_BANK_CONFIRMED, ret_confirmed)));
    return staff_log_add(ctx, agent, STAFF_READ_ACCOUNT, STAFF_FOR_PAY);
}

enum status staff_account_of(struct ctx *ctx, int64_t agent, struct staff_account *ret_account)
{
    struct staff_bank bank;
    TRY(of_state(ctx, agent, STAFF_BANK_CONFIRMED, &bank));
    TRY(staff_log_add(ctx, agent, STAFF_READ_ACCOUNT, STAFF_FOR_PAY));
    *ret_account = bank.account;
    return OK;
}

/* ---- entering ---- */

/* What the audit log says of an account: its end, which is enough to find it by, and too little to pay on it. */
static enum status log_act(struct ctx *ctx, const char *kind, int64_t agent, struct str iban)
{
    enum { SHOWN = 4 };
    staff_agent row;
    TRY(staff_agent_get(ctx, agent, &row));
    size_t from = iban.len > SHOWN ? iban.len - SHOWN : iban.len;
    return audit_add(ctx, kind, row.code, str_format(ctx->arena, "…%.*s", STR_ARG(str_after(iban, from))));
}

enum status staff_bank_add(struct ctx *ctx, int64_t agent, const struct staff_account *account)
{
    struct staff_bank held;
    staff_agent row;
    struct str sealed, mark, iban = identifier_plain(ctx->arena, account->iban),
                    bic = identifier_plain(ctx->arena, account->bic);
    struct str holder = str_trim(account->holder);
    TRY(mandate_forbids(ctx));
    TRY(staff_agent_get(ctx, agent, &row));
    if (!iban_is_right(iban) || bic.len > BIC_MAX)
        return refuse(ctx, INVALID, "staff.iban", T_staff_bank_wrong);
    if (holder.len == 0 || holder.len > STAFF_HOLDER_MAX || str_find_byte(holder, BETWEEN) != SIZE_MAX)
        return refuse(ctx, INVALID, "staff.holder", T_staff_bank_holder_wrong);
    TRY(or_none(of_state(ctx, agent, STAFF_BANK_HELD, &held)));
    if (held.id != 0)
        return refuse(ctx, CONFLICT, "staff.bank_waits", T_staff_bank_waits);
    struct str whole =
        str_format(ctx->arena, "%.*s\x1f%.*s\x1f%.*s", STR_ARG(iban), STR_ARG(bic), STR_ARG(holder));
    TRY(seal_mark(ctx->arena, ctx->town->seal, STR("staff.iban"), iban, &mark));
    TRY(seal_close(ctx->arena, ctx->town->seal, label_of(ctx, agent), whole, &sealed));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_bank_add(ctx->db, (struct sql_staff_bank_add){.agent = agent,
                                                                .sealed = sealed,
                                                                .mark = mark,
                                                                .entered_by = ctx->actor.person,
                                                                .entered_ms = ctx->now.ms}));
    return log_act(ctx, "staff.bank_add", agent, iban);
}

/* ---- deciding ---- */

static enum status held_get(struct ctx *ctx, int64_t agent, int64_t id, struct sql_staff_bank_get_row *ret_row)
{
    TRY(mandate_forbids(ctx));
    TRY(sql_staff_bank_get(ctx->db, ctx->arena, (struct sql_staff_bank_get){.id = id, .agent = agent}, ret_row));
    if (ret_row->state != STAFF_BANK_HELD)
        return refuse(ctx, CONFLICT, "staff.bank_decided", T_staff_bank_decided);
    return writer_need(ctx->town->writer, SYNC_FULL);
}

static enum status decide(struct ctx *ctx, int64_t id, enum staff_bank_state state)
{
    return sql_staff_bank_decide(ctx->db, (struct sql_staff_bank_decide){.state = state,
                                                                         .person = ctx->actor.person,
                                                                         .at_ms = ctx->now.ms,
                                                                         .id = id});
}

enum status staff_bank_confirm(struct ctx *ctx, int64_t agent, int64_t id)
{
    struct sql_staff_bank_get_row row;
    TRY(staff_right_need(ctx, STAFF_MAY_CONFIRM));
    TRY(held_get(ctx, agent, id, &row));
    if (row.entered_by == ctx->actor.person)
        return refuse(ctx, DENIED, "staff.same_person", T_staff_bank_same_person);
    TRY(sql_staff_bank_replace(ctx->db, (struct sql_staff_bank_replace){.agent = agent}));
    TRY(decide(ctx, id, STAFF_BANK_CONFIRMED));
    return log_act(ctx, "staff.bank_confirm", agent, STR(""));
}

enum status staff_bank_refuse(struct ctx *ctx, int64_t agent, int64_t id)
{
    struct sql_staff_bank_get_row row;
    TRY(staff_right_need(ctx, STAFF_MAY_CONFIRM | STAFF_MAY_EDIT));
    TRY(held_get(ctx, agent, id, &row));
    TRY(decide(ctx, id, STAFF_BANK_REFUSED));
    return log_act(ctx, "staff.bank_refuse", agent, STR(""));
}
