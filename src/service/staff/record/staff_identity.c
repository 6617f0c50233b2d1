#include "service/staff/record/staff_identity.h"

#include "core/audit.h"
#include "core/identifier.h"
#include "core/mandate.h"
#include "core/seal.h"
#include "core/town.h"
#include "service/staff/lang.h"
#include "service/staff/record/staff_agent.h"
#include "service/staff/record/staff_identity_sql.h"
#include "service/staff/record/staff_log.h"
#include "service/staff/right/staff_right.h"

enum { FIELDS = 10, DAY_MAX = 16, WHOLE_MAX = FIELDS * (STAFF_NAME_MAX + 1) };
#define BETWEEN '\x1f'

enum text_key staff_reason_name(enum staff_reason reason)
{
    static const enum text_key names[STAFF_REASONS] = {T_staff_reason_career,  T_staff_reason_pay,
                                                       T_staff_reason_declaration, T_staff_reason_absence,
                                                       T_staff_reason_act,     T_staff_reason_agent};
    return names[reason];
}

/* ---- what can be ---- */

static int32_t two_digits(struct str text, size_t at)
{
    return (text.at[at] - '0') * 10 + (text.at[at + 1] - '0');
}

/* Sex, year and month of birth, then the place; months 20 to 42 and 50 to 99 are of civil records that are not
 * whole. */
static enum text_key nir_fault(const struct staff_identity *identity)
{
    struct str nir = identity->nir;
    struct civil born = civil_of_date(identity->born);
    if (nir.len == 0)
        return T_none;
    if (nir.len == NIR_DIGITS && str_find_byte(STR("3478"), nir.at[0]) != SIZE_MAX)
        return T_staff_nir_provisional;
    if (!nir_is_right(nir))
        return T_staff_nir_wrong;
    int32_t year = two_digits(nir, 1), month = two_digits(nir, 3);
    bool is_civil = month >= 1 && month <= 12;
    if (!is_civil && (month < 20 || (month > 42 && month < 50)))
        return T_staff_nir_month;
    bool is_same = identity->sex.len == 1 && identity->sex.at[0] == nir.at[0] && year == born.year % 100 &&
                   (!is_civil || month == born.month);
    return is_same ? T_none : T_staff_nir_mismatch;
}

/* All of them, in the order they are sealed in; the day of birth apart. */
static void texts_of(const struct staff_identity *identity, const struct str *ret_texts[FIELDS])
{
    const struct str *texts[FIELDS] = {&identity->name,    &identity->first_name, &identity->birth_name, &identity->sex,
                                       &identity->born_at, &identity->nir,        &identity->street,
                                       &identity->postcode, &identity->place};
    memcpy(ret_texts, texts, sizeof texts);
}

enum text_key staff_identity_fault(const struct staff_identity *identity)
{
    const struct str *texts[FIELDS];
    texts_of(identity, texts);
    for (size_t i = 0; i < FIELDS - 1; i++)
        if (texts[i]->len > STAFF_NAME_MAX || str_find_byte(*texts[i], BETWEEN) != SIZE_MAX)
            return T_staff_identity_wrong;
    bool has_sex = str_eq(identity->sex, STR("1")) || str_eq(identity->sex, STR("2"));
    if (identity->name.len == 0 || identity->first_name.len == 0 || !has_sex || identity->born.days == 0)
        return T_staff_identity_wrong;
    return nir_fault(identity);
}

/* ---- sealed ---- */

static struct str label_of(struct ctx *ctx, int64_t agent)
{
    return str_format(ctx->arena, "staff.identity %lld", (long long)agent);
}

static enum status close_it(struct ctx *ctx, int64_t agent, const struct staff_identity *identity,
                            struct str *ret_sealed)
{
    const struct str *texts[FIELDS];
    struct buf whole BUF_SCOPE = BUF_INIT(WHOLE_MAX);
    texts_of(identity, texts);
    date_write(&whole, identity->born);
    for (size_t i = 0; i < FIELDS - 1; i++) {
        buf_add_byte(&whole, BETWEEN);
        buf_add(&whole, *texts[i]);
    }
    TRY(buf_status(&whole));
    return seal_close(ctx->arena, ctx->town->seal, label_of(ctx, agent), buf_str(&whole), ret_sealed);
}

static enum status open_it(struct ctx *ctx, int64_t agent, struct str sealed, struct staff_identity *ret_identity)
{
    struct str rest;
    TRY(seal_open(ctx->arena, ctx->town->seal, label_of(ctx, agent), sealed, &rest));
    struct staff_identity identity = {0};
    struct str *texts[FIELDS - 1] = {&identity.name,    &identity.first_name, &identity.birth_name, &identity.sex,
                                     &identity.born_at, &identity.nir,        &identity.street,
                                     &identity.postcode, &identity.place};
    if (date_parse(str_cut(&rest, BETWEEN), &identity.born) != OK)
        return CORRUPT;
    for (size_t i = 0; i < FIELDS - 1; i++) {
        if (str_is_absent(rest))
            return CORRUPT;
        *texts[i] = str_cut(&rest, BETWEEN);
    }
    *ret_identity = identity;
    return OK;
}

static enum status mark_of(struct ctx *ctx, int64_t agent, struct str nir, struct str *ret_mark)
{
    struct sql_staff_identity_twin_row twin;
    *ret_mark = STR("");
    if (nir.len == 0)
        return OK;
    TRY(seal_mark(ctx->arena, ctx->town->seal, STR("staff.nir"), nir, ret_mark));
    struct sql_staff_identity_twin in = {.mark = *ret_mark, .agent = agent};
    enum status found = sql_staff_identity_twin(ctx->db, ctx->arena, in, &twin);
    if (found == OK)
        return refuse(ctx, CONFLICT, "staff.nir_twice", T_staff_nir_twice);
    return found == NOT_FOUND ? OK : found;
}

enum status staff_identity_set(struct ctx *ctx, int64_t agent, const struct staff_identity *identity)
{
    staff_agent row;
    struct str sealed, mark;
    enum text_key fault = staff_identity_fault(identity);
    TRY(mandate_forbids(ctx));
    TRY(staff_agent_get(ctx, agent, &row));
    if (fault != T_none)
        return refuse(ctx, INVALID, "staff.identity", fault);
    TRY(mark_of(ctx, agent, identity->nir, &mark));
    TRY(close_it(ctx, agent, identity, &sealed));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_staff_identity_add(ctx->db, (struct sql_staff_identity_add){.agent = agent,
                                                                        .sealed = sealed,
                                                                        .mark = mark,
                                                                        .person = ctx->actor.person,
                                                                        .known_ms = ctx->now.ms}));
    return audit_add(ctx, "staff.identity", row.code, STR(""));
}

enum status staff_identity_of(struct ctx *ctx, int64_t agent, enum staff_reason reason,
                              struct staff_identity *ret_identity)
{
    struct sql_staff_identity_last_row row;
    TRY(staff_right_need(ctx, STAFF_MAY_READ));
    TRY(sql_staff_identity_last(ctx->db, ctx->arena, (struct sql_staff_identity_last){.agent = agent}, &row));
    TRY(staff_log_add(ctx, agent, STAFF_READ_IDENTITY, reason));
    return open_it(ctx, agent, row.sealed, ret_identity);
}

enum status staff_identity_open(struct ctx *ctx, int64_t agent, struct staff_identity *ret_identity)
{
    struct sql_staff_identity_last_row row;
    TRY(sql_staff_identity_last(ctx->db, ctx->arena, (struct sql_staff_identity_last){.agent = agent}, &row));
    return open_it(ctx, agent, row.sealed, ret_identity);
}
