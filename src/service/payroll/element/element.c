#include "service/payroll/element/element.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "service/payroll/lang.h"
#include "service/payroll/pay/pay.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/view/panel.h"
#include "service/staff/staff.h"

static const struct {
    const char *name;
    enum element_unit unit;
    enum text_key text;
} codes[ELEMENT_CODES] = {
    [ELEMENT_IFSE] = {"ifse", ELEMENT_CENTS, T_payroll_element_ifse},
    [ELEMENT_CIA] = {"cia", ELEMENT_CENTS, T_payroll_element_cia},
    [ELEMENT_PRIME] = {"prime", ELEMENT_CENTS, T_payroll_element_prime},
    [ELEMENT_HEALTH] = {"psc", ELEMENT_CENTS, T_payroll_element_health},
    [ELEMENT_COMPENSATION] = {"csg", ELEMENT_CENTS, T_payroll_element_compensation},
    [ELEMENT_OVERTIME] = {"heures", ELEMENT_HOURS, T_payroll_element_overtime},
    [ELEMENT_SUNDAY] = {"heures_dimanche", ELEMENT_HOURS, T_payroll_element_sunday},
    [ELEMENT_NIGHT] = {"heures_nuit", ELEMENT_HOURS, T_payroll_element_night},
    [ELEMENT_TRANSPORT] = {"transport", ELEMENT_CENTS, T_payroll_element_transport},
    [ELEMENT_TELEWORK] = {"teletravail", ELEMENT_DAYS, T_payroll_element_telework},
    [ELEMENT_REFUND] = {"remboursement", ELEMENT_CENTS, T_payroll_element_refund},
    [ELEMENT_DEDUCTION] = {"retenue", ELEMENT_CENTS, T_payroll_element_deduction},
    [ELEMENT_TAX] = {"pas", ELEMENT_RATE, T_payroll_element_tax},
    [ELEMENT_MANDATE] = {"indemnite_elu", ELEMENT_RATE, T_payroll_element_mandate},
};

const char *element_code_name(enum element_code code)
{
    return codes[code].name;
}

enum text_key element_code_text(enum element_code code)
{
    return codes[code].text;
}

enum element_unit element_code_unit(enum element_code code)
{
    return codes[code].unit;
}

enum status element_code_named(struct str name, enum element_code *ret_code)
{
    for (size_t i = 0; i < ELEMENT_CODES; i++)
        if (str_eq_nocase(name, str_of(codes[i].name))) {
            *ret_code = (enum element_code)i;
            return OK;
        }
    return INVALID;
}

struct str element_amount_words(struct ctx *ctx, enum element_code code, int64_t amount)
{
    if (codes[code].unit == ELEMENT_DAYS)
        return panel_number(ctx, amount);
    return codes[code].unit == ELEMENT_RATE ? panel_rate(ctx, amount) : panel_euros(ctx, amount);
}

/* ---- read ---- */

enum status element_list(struct ctx *ctx, struct date month, element_row **ret_rows, size_t *ret_count)
{
    struct sql_element_list in = {.first_day = date_month_start(month).days, .last_day = date_month_end(month).days};
    return sql_element_list(ctx->db, ctx->arena, in, ret_rows, ret_count);
}

enum status element_sums(struct ctx *ctx, int64_t agent, struct date month, struct instant known,
                         struct element_sums *ret_sums)
{
    struct sql_element_of_agent_row *rows;
    struct sql_element_of_agent in = {.agent = agent, .first_day = date_month_start(month).days,
                                      .last_day = date_month_end(month).days, .known_ms = known.ms};
    int64_t lasting[ELEMENT_CODES] = {0};
    size_t count;
    TRY(sql_element_of_agent(ctx->db, ctx->arena, in, &rows, &count));
    *ret_sums = (struct element_sums){0};
    for (size_t i = 0; i < ELEMENT_CODES; i++)
        ret_sums->sources[i] = STR("");
    for (size_t i = 0; i < count; i++) {
        enum element_code code;
        if (element_code_named(rows[i].code, &code) != OK)
            return CORRUPT;
        bool is_instead = rows[i].until_day == 0 || codes[code].unit == ELEMENT_RATE;
        ret_sums->amounts[code] += rows[i].amount - (is_instead ? lasting[code] : 0);
        lasting[code] = is_instead ? rows[i].amount : lasting[code];
        ret_sums->sources[code] = rows[i].source;
    }
    return OK;
}

/* ---- added ---- */

/* What one of its unit is in millionths, and how many of it there may be. */
static const struct {
    int64_t one, most;
    enum text_key wrong;
} units[] = {
    [ELEMENT_CENTS] = {10000, ELEMENT_CENTS_MAX, T_payroll_amount_wrong},
    [ELEMENT_RATE] = {100, LAW_MILLIONTHS, T_payroll_rate_wrong}, /* of percent */
    [ELEMENT_HOURS] = {10000, PAY_HOURS_MAX, T_payroll_hours_wrong},
    [ELEMENT_DAYS] = {LAW_MILLIONTHS, ELEMENT_DAYS_MAX, T_payroll_days_wrong},
};

/* "310,50" in cents, "2,1" of percent in millionths. */
static enum status amount_of(enum element_code code, struct str text, int64_t *ret_amount)
{
    int64_t millionths, one = units[codes[code].unit].one;
    text = str_trim(text);
    if (codes[code].unit == ELEMENT_RATE && str_ends(text, STR("%")))
        text = str_slice(text, 0, text.len - 1);
    TRY(panel_read_number(text, &millionths));
    *ret_amount = millionths / one;
    bool is_right = millionths % one == 0 && *ret_amount >= 0 && *ret_amount <= units[codes[code].unit].most;
    return is_right ? OK : INVALID;
}

static enum status wrong(struct ctx *ctx, enum element_field *ret_field, enum element_field field, enum text_key why)
{
    if (ret_field != NULL)
        *ret_field = field;
    return refuse(ctx, INVALID, "payroll.element", why);
}

/* Of a month that is closed nothing new is said: what was paid is mended by a fact of a later one. */
static enum status need_open(struct ctx *ctx, struct date since, enum element_field *ret_field)
{
    struct sql_element_closed_row row;
    TRY(sql_element_closed(ctx->db, ctx->arena, &row));
    if (since.days > row.month_day)
        return OK;
    if (ret_field != NULL)
        *ret_field = ELEMENT_SINCE;
    return refuse(ctx, CONFLICT, "payroll.closed", T_payroll_closed_refused);
}

static enum status look(struct ctx *ctx, const struct element_given *given, struct sql_element_add *ret_row,
                        enum element_field *ret_field)
{
    enum element_code code;
    struct date since = date_month_start(given->since);
    struct date until = given->until.days == 0 ? given->until : date_month_end(given->until);
    struct str source = str_trim(given->source);
    enum status found = staff_agent_of(ctx, given->matricule, &ret_row->agent);
    if (found == NOT_FOUND)
        return wrong(ctx, ret_field, ELEMENT_MATRICULE, T_payroll_agent_unknown);
    TRY(found);
    if (element_code_named(given->code, &code) != OK)
        return wrong(ctx, ret_field, ELEMENT_CODE, T_payroll_element_code_wrong);
    if (amount_of(code, given->amount, &ret_row->amount) != OK)
        return wrong(ctx, ret_field, ELEMENT_AMOUNT, units[codes[code].unit].wrong);
    if (until.days != 0 && until.days < since.days)
        return wrong(ctx, ret_field, ELEMENT_UNTIL, T_payroll_until_wrong);
    if (source.len == 0 || !utf8_is_line(source, ELEMENT_SOURCE_MAX))
        return wrong(ctx, ret_field, ELEMENT_SOURCE, T_payroll_source_wrong);
    ret_row->code = str_of(codes[code].name);
    ret_row->since_day = since.days;
    ret_row->until_day = until.days;
    ret_row->source = source;
    return need_open(ctx, since, ret_field);
}

static enum status need_new(struct ctx *ctx, const struct sql_element_add *row, enum element_field *ret_field)
{
    struct sql_element_twin_row twin;
    struct sql_element_twin in = {.agent = row->agent, .code = row->code, .amount = row->amount,
                                  .since_day = row->since_day, .until_day = row->until_day};
    enum status done = sql_element_twin(ctx->db, ctx->arena, in, &twin);
    if (done == NOT_FOUND)
        return OK;
    TRY(done);
    if (ret_field != NULL)
        *ret_field = ELEMENT_FIELDS;
    return refuse(ctx, CONFLICT, "payroll.element_there", T_payroll_element_there);
}

enum status element_add(struct ctx *ctx, const struct element_given *given, int64_t import,
                        enum element_field *ret_field)
{
    struct sql_element_add row = {.matricule = given->matricule, .import = import, .added_by = ctx->actor.person,
                                  .added_ms = ctx->now.ms};
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE));
    TRY(look(ctx, given, &row, ret_field));
    TRY(need_new(ctx, &row, ret_field));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_element_add(ctx->db, row));
    return import != 0 ? OK : audit_add(ctx, "payroll.element", given->matricule, row.code);
}

enum status element_withdraw(struct ctx *ctx, int64_t id)
{
    struct sql_element_get_row row;
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE));
    TRY(sql_element_get(ctx->db, ctx->arena, (struct sql_element_get){.id = id}, &row));
    if (row.withdrawn_ms != 0)
        return refuse(ctx, CONFLICT, "payroll.element_gone", T_payroll_element_gone);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_element_withdraw(ctx->db, (struct sql_element_withdraw){.id = id, .withdrawn_by = ctx->actor.person,
                                                                    .withdrawn_ms = ctx->now.ms}));
    return audit_add(ctx, "payroll.element_withdraw", row.matricule, row.code);
}
