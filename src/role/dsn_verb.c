#include "role/payroll_verb.h"
#include "role/print_verb.h"
#include "service/payroll/dsn/dsn_check.h"
#include "service/payroll/dsn/dsn_report.h"

/* Lines and records of the longest file, and of the month before. */
#define CHECK_ARENA ((size_t)1 << 30)
enum { OUT_MAX = 64 << 20 };

/* What social bodies answered to the file, as faults of level 7. */
static enum status attach_report(struct ctx *ctx, struct verb_call *call, struct arena *arena, struct str file,
                                 struct dsn_faults *faults)
{
    struct buf csv BUF_SCOPE = BUF_INIT(DSN_REPORT_MAX);
    struct str name = verb_option(call, "--report");
    struct dsn_report report;
    size_t line;
    if (str_is_absent(name))
        return OK;
    TRY(payroll_read_file(ctx, call, name, &csv));
    enum status done = dsn_report_read(arena, buf_str(&csv), &report, &line);
    call->is_unread = done != OK;
    if (done == INVALID)
        return refuse_with(ctx, done, "payroll.report", T_payroll_report_wrong, "%.*s:%zu", STR_ARG(name), line);
    TRY(done);
    return dsn_report_attach(arena, &report, file, faults);
}

enum status payroll_dsn_check(struct ctx *ctx, struct verb_call *call)
{
    struct buf file BUF_SCOPE = BUF_INIT(DSN_FILE_MAX), before BUF_SCOPE = BUF_INIT(DSN_FILE_MAX);
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct arena *arena ARENA_SCOPE = arena_create(CHECK_ARENA);
    struct str other = verb_option(call, "--before");
    struct dsn_faults faults;
    struct law law;
    TRY(payroll_read_file(ctx, call, verb_argument(call, 0), &file));
    if (!str_is_absent(other))
        TRY(payroll_read_file(ctx, call, other, &before));
    TRY(law_shipped(arena, &law));
    enum status done =
        dsn_check(arena, &law, buf_str(&file), str_is_absent(other) ? STR_NONE : buf_str(&before), &faults);
    call->is_unread = done != OK;
    TRY(done);
    TRY(attach_report(ctx, call, arena, buf_str(&file), &faults));
    dsn_faults_print(&out, &faults, ctx->language == LANGUAGE_FR, verb_has(call, "--json"));
    TRY(buf_status(&out));
    return print_keep(call, buf_str(&out), faults.found > 0 ? INVALID : OK);
}
