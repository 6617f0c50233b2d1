#include "service/payroll/desk/look.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/payroll/lang.h"
#include "service/payroll/right/payroll_right.h"
#include "service/staff/staff.h"

static enum status note(struct ctx *ctx, int64_t agent)
{
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return sql_look_add(ctx->db, (struct sql_look_add){.agent = agent, .person = ctx->actor.person,
                                                       .day = ctx_today(ctx).days});
}

static bool is_paid(const payrun_row *run)
{
    return run->state == PAYRUN_APPROVED || run->state == PAYRUN_CLOSED;
}

enum status look_slip(struct ctx *ctx, const struct web_request *request, bool is_own,
                      struct sql_payrun_slip_get_row *ret_slip, payrun_row *ret_run)
{
    int64_t id, agent;
    if (!is_own)
        TRY(payroll_right_need(ctx, PAYROLL_READ));
    if (str_to_i64(request->params[0], &id) != OK)
        return NOT_FOUND;
    TRY(sql_payrun_slip_get(ctx->db, ctx->arena, (struct sql_payrun_slip_get){.id = id}, ret_slip));
    TRY(payrun_get(ctx, ret_slip->run, ret_run));
    if (!is_own)
        return note(ctx, ret_slip->agent);
    TRY(staff_agent_of_person(ctx, ctx->actor.person, &agent));
    return agent == ret_slip->agent && is_paid(ret_run) ? OK : NOT_FOUND;
}

enum status look_list(struct ctx *ctx, int64_t agent, look_row **ret_rows, size_t *ret_count)
{
    return sql_look_list(ctx->db, ctx->arena, (struct sql_look_list){.agent = agent}, ret_rows, ret_count);
}

enum status look_all(struct ctx *ctx, const payrun_row *run, const char *what)
{
    TRY(payroll_right_need(ctx, PAYROLL_READ));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return audit_add(ctx, "payroll.read_all", str_of(what), str_format(ctx->arena, "%lld", (long long)run->id));
}
