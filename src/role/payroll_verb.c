#include "role/payroll_verb.h"

#include "core/holiday.h"
#include "os/file.h"
#include "role/print_verb.h"
#include "service/payroll/witness/witness.h"

enum { OUT_MAX = 64 << 20, CASES_ARENA = 64 << 20 };

/* ---- holidays ---- */

static enum status refuse_year(struct ctx *ctx, struct str word)
{
    return refuse_with(ctx, INVALID, "payroll.year", T_payroll_year_wrong, "%.*s", STR_ARG(word));
}

enum status payroll_holidays(struct ctx *ctx, struct verb_call *call)
{
    uint64_t years[2];
    for (size_t i = 0; i < 2; i++)
        if (str_to_u64(verb_argument(call, i), HOLIDAY_YEAR_MAX, &years[i]) != OK || years[i] < HOLIDAY_YEAR_MIN)
            return refuse_year(ctx, verb_argument(call, i));
    buf_add_literal(call->out, "date,libelle\n");
    for (uint64_t year = years[0]; year <= years[1]; year++) {
        struct holiday holidays[HOLIDAYS];
        TRY(holiday_list((int32_t)year, holidays));
        for (size_t i = 0; i < HOLIDAYS; i++) {
            date_write(call->out, holidays[i].day);
            buf_add_format(call->out, ",%.*s\n", STR_ARG(holidays[i].name));
        }
    }
    return buf_status(call->out);
}

/* ---- cases ---- */

typedef enum status cases_print(struct arena *arena, struct str file, bool is_json, struct buf *out,
                                struct witness_tally *ret_tally, struct str *ret_what);

enum status payroll_read_file(struct ctx *ctx, struct verb_call *call, struct str name, struct buf *into)
{
    const char *path = str_c(ctx->arena, name);
    if (path == NULL)
        return LIMIT;
    enum status done = file_read_all(path, into);
    call->is_unread = done != OK;
    if (done == LIMIT)
        return refuse_with(ctx, done, "accounting.file_long", T_accounting_file_long, "%s", path);
    return done == OK ? OK : refuse_with(ctx, done, "accounting.no_file", T_accounting_no_file, "%s", path);
}

static enum status print_cases(struct ctx *ctx, struct verb_call *call, cases_print *print)
{
    struct buf file BUF_SCOPE = BUF_INIT(WITNESS_FILE_MAX), out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct arena *arena ARENA_SCOPE = arena_create(CASES_ARENA);
    struct witness_tally tally;
    struct str what = STR("");
    TRY(payroll_read_file(ctx, call, verb_argument(call, 0), &file));
    enum status done = print(arena, buf_str(&file), verb_has(call, "--json"), &out, &tally, &what);
    call->is_unread = done != OK;
    if (done == INVALID)
        return refuse_with(ctx, done, "payroll.cases", T_payroll_cases_wrong, "%.*s", STR_ARG(what));
    TRY(done);
    return print_keep(call, buf_str(&out), tally.wrong > 0 ? INVALID : OK);
}

static enum status print_payslips(struct arena *arena, struct str file, bool is_json, struct buf *out,
                                  struct witness_tally *ret_tally, struct str *ret_what)
{
    struct law law;
    TRY(law_shipped(arena, &law));
    return witness_print(arena, &law, file, is_json, out, ret_tally, ret_what);
}

enum status payroll_nir(struct ctx *ctx, struct verb_call *call)
{
    return print_cases(ctx, call, witness_nir);
}

enum status payroll_sick_leave(struct ctx *ctx, struct verb_call *call)
{
    return print_cases(ctx, call, witness_sick_leave);
}

enum status payroll_witness(struct ctx *ctx, struct verb_call *call)
{
    return print_cases(ctx, call, print_payslips);
}
