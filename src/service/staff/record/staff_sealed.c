#include "service/staff/record/staff_sealed.h"

#include "core/audit.h"
#include "core/shape.h"
#include "core/town.h"
#include "service/staff/record/staff_agent_sql.h"
#include "service/staff/record/staff_bank.h"
#include "service/staff/record/staff_identity.h"
#include "service/staff/record/staff_log.h"

enum { TEXT_MAX = 400 };

/* One agent: the words of staff_identity and staff_account. */
struct opened {
    struct str code, name, first_name, birth_name, sex, born, born_at, nir, street, postcode, place, iban, bic, holder;
};
#define FIELD(field) SHAPE_FIELD(opened, field, SHAPE_TEXT, TEXT_MAX)
static const struct shape_field fields[] = {FIELD(code),    FIELD(name), FIELD(first_name), FIELD(birth_name),
                                            FIELD(sex),     FIELD(born), FIELD(born_at),    FIELD(nir),
                                            FIELD(street),  FIELD(postcode), FIELD(place),  FIELD(iban),
                                            FIELD(bic),     FIELD(holder)};
static const struct shape shape = SHAPE_OF(opened, fields);

static struct str day_of(struct ctx *ctx, struct date day)
{
    struct buf text BUF_SCOPE = BUF_INIT(TEXT_MAX);
    if (day.days != 0)
        date_write(&text, day);
    return str_copy(ctx->arena, buf_str(&text));
}

static enum status open_agent(struct ctx *ctx, int64_t agent, struct str code, struct buf *out)
{
    struct str none = STR("");
    struct staff_identity who = {none, none, none, none, {0}, none, none, none, none, none};
    struct staff_bank waits, confirmed;
    enum status found = staff_identity_open(ctx, agent, &who);
    if (found != OK && found != NOT_FOUND)
        return found;
    TRY(staff_bank_list(ctx, agent, &waits, &confirmed));
    if (found == NOT_FOUND && confirmed.id == 0)
        return OK;
    TRY(staff_log_add(ctx, agent, STAFF_READ_IDENTITY, STAFF_FOR_AGENT));
    bool is_paid = confirmed.id != 0;
    struct opened opened = {.code = code, .name = who.name, .first_name = who.first_name, .sex = who.sex,
                            .birth_name = who.birth_name, .born = day_of(ctx, who.born), .born_at = who.born_at,
                            .nir = who.nir, .street = who.street, .postcode = who.postcode, .place = who.place,
                            .iban = is_paid ? confirmed.account.iban : none,
                            .bic = is_paid ? confirmed.account.bic : none,
                            .holder = is_paid ? confirmed.account.holder : none};
    shape_json(out, &shape, &opened);
    buf_add_byte(out, '\n');
    return buf_status(out);
}

enum status staff_sealed_next(struct ctx *ctx, struct verb_call *call)
{
    struct sql_staff_agent_after in = {.after = 0};
    struct sql_staff_agent_after_row *agents;
    size_t count;
    if (call->handed.len > 0)
        TRY(str_to_i64(call->handed, &in.after));
    else
        TRY(audit_add(ctx, "staff.open", ctx->town->name, STR("")));
    TRY(sql_staff_agent_after(ctx->db, ctx->arena, in, &agents, &count));
    for (size_t i = 0; i < count && i < STAFF_SEALED_PIECE; i++)
        TRY(open_agent(ctx, agents[i].id, agents[i].code, call->out));
    if (count > STAFF_SEALED_PIECE) {
        buf_add_i64(call->hand, agents[STAFF_SEALED_PIECE - 1].id);
        call->next = STAFF_SEALED_NEXT;
    }
    return OK;
}
