#include "service/payroll/employer/employer.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/town.h"
#include "service/payroll/lang.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/view/panel.h"

enum { PERCENT = 100 };

static const struct {
    const char *name;
    enum text_key text;
} codes[EMPLOYER_CODES] = {
    [EMPLOYER_MOBILITY] = {"mobility", T_payroll_employer_mobility},
    [EMPLOYER_CNFPT] = {"cnfpt", T_payroll_employer_cnfpt},
    [EMPLOYER_CENTRE] = {"centre", T_payroll_employer_centre},
    [EMPLOYER_ACCIDENT] = {"accident", T_payroll_employer_accident},
    [EMPLOYER_SIZE] = {"size", T_payroll_employer_size},
};

const char *employer_code_name(enum employer_code code)
{
    return codes[code].name;
}

enum text_key employer_code_text(enum employer_code code)
{
    return codes[code].text;
}

enum status employer_code_named(struct str name, enum employer_code *ret_code)
{
    for (size_t i = 0; i < EMPLOYER_CODES; i++)
        if (str_eq(name, str_of(codes[i].name))) {
            *ret_code = (enum employer_code)i;
            return OK;
        }
    return INVALID;
}

struct str employer_value_words(struct ctx *ctx, enum employer_code code, int64_t value)
{
    return code == EMPLOYER_SIZE ? panel_number(ctx, value) : panel_rate(ctx, value);
}

enum status employer_list(struct ctx *ctx, employer_row **ret_rows, size_t *ret_count)
{
    return sql_employer_list(ctx->db, ctx->arena, ret_rows, ret_count);
}

/* ---- in force ---- */

static enum status find(struct ctx *ctx, enum employer_code code, struct date day, struct instant known,
                        int64_t *ret_value)
{
    struct sql_employer_of_row row;
    struct sql_employer_of in = {.code = str_of(codes[code].name), .day = day.days, .known_ms = known.ms};
    TRY(sql_employer_of(ctx->db, ctx->arena, in, &row));
    *ret_value = row.value;
    return OK;
}

enum status employer_is_large(struct ctx *ctx, struct date day, struct instant known, bool *ret_is_large)
{
    int64_t size = 0;
    enum status done = find(ctx, EMPLOYER_SIZE, day, known, &size);
    *ret_is_large = size >= EMPLOYER_LARGE;
    return done == NOT_FOUND ? OK : done;
}

enum status employer_lacks(struct ctx *ctx, struct date day, unsigned *ret_lacks)
{
    *ret_lacks = 0;
    for (size_t i = 0; i < EMPLOYER_CODES; i++) {
        int64_t value;
        enum status done = find(ctx, (enum employer_code)i, day, ctx->now, &value);
        if (done != OK && done != NOT_FOUND)
            return done;
        *ret_lacks |= done == NOT_FOUND ? 1U << i : 0;
    }
    return OK;
}

/* ---- added ---- */

/* "1,85" of percent, with or without its sign; whole agents. */
static enum status value_of(enum employer_code code, struct str text, int64_t *ret_value)
{
    int64_t millionths;
    text = str_trim(text);
    if (str_ends(text, STR("%")))
        text = str_slice(text, 0, text.len - 1);
    TRY(panel_read_number(text, &millionths));
    if (code == EMPLOYER_SIZE) {
        *ret_value = millionths / LAW_MILLIONTHS;
        return millionths % LAW_MILLIONTHS == 0 && *ret_value > 0 && *ret_value <= EMPLOYER_SIZE_MAX ? OK : INVALID;
    }
    *ret_value = millionths / PERCENT;
    return millionths % PERCENT == 0 && *ret_value >= 0 && *ret_value <= EMPLOYER_RATE_MAX ? OK : INVALID;
}

static enum status need_room(struct ctx *ctx)
{
    struct sql_employer_count_row row;
    TRY(sql_employer_count(ctx->db, ctx->arena, &row));
    return row.count < EMPLOYER_ROWS_MAX ? OK : refuse(ctx, LIMIT, "payroll.employer_many", T_payroll_employer_many);
}

enum status employer_add(struct ctx *ctx, const struct employer_given *given)
{
    enum employer_code code;
    int64_t value;
    struct str source = str_trim(given->source);
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE));
    if (employer_code_named(given->code, &code) != OK)
        return refuse(ctx, INVALID, "payroll.employer_code", T_payroll_employer_code_wrong);
    if (value_of(code, given->value, &value) != OK)
        return refuse(ctx, INVALID, "payroll.employer_value", T_payroll_employer_value_wrong);
    if (source.len == 0 || !utf8_is_line(source, EMPLOYER_SOURCE_MAX))
        return refuse(ctx, INVALID, "payroll.employer_source", T_payroll_source_wrong);
    TRY(need_room(ctx));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_employer_add(ctx->db, (struct sql_employer_add){.code = given->code, .since_day = given->since.days,
                                                            .value = value, .source = source,
                                                            .added_by = ctx->actor.person, .added_ms = ctx->now.ms}));
    return audit_add(ctx, "payroll.employer", given->code, employer_value_words(ctx, code, value));
}
