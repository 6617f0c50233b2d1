#include "service/payroll/run/payrun.h"

#include "core/audit.h"
#include "core/town.h"
#include "service/payroll/lang.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/run/payrun_again.h"
#include "service/payroll/run/payrun_law.h"
#include "service/payroll/run/payrun_pay.h"
#include "service/staff/staff.h"

enum { YEAR_DAYS = 366, MONTH_BYTES = 16 };

/* ---- read ---- */

enum status payrun_get(struct ctx *ctx, int64_t id, payrun_row *ret_run)
{
    return sql_payrun_get(ctx->db, ctx->arena, (struct sql_payrun_get){.id = id}, ret_run);
}

enum status payrun_of(struct ctx *ctx, struct date month, payrun_row *ret_run)
{
    struct sql_payrun_of_row row;
    struct sql_payrun_of in = {.month_day = date_month_start(month).days};
    TRY(sql_payrun_of(ctx->db, ctx->arena, in, &row));
    return payrun_get(ctx, row.id, ret_run);
}

enum status payrun_list(struct ctx *ctx, payrun_row **ret_runs, size_t *ret_count)
{
    struct sql_payrun_list_row *rows;
    size_t count;
    TRY(sql_payrun_list(ctx->db, ctx->arena, &rows, &count));
    payrun_row *runs = arena_array(ctx->arena, payrun_row, count + 1);
    if (runs == NULL)
        return LIMIT;
    for (size_t i = 0; i < count; i++)
        TRY(payrun_get(ctx, rows[i].id, &runs[i]));
    *ret_runs = runs;
    *ret_count = count;
    return OK;
}

enum status payrun_next(struct ctx *ctx, struct date *ret_month)
{
    struct sql_payrun_last_closed_row row;
    TRY(sql_payrun_last_closed(ctx->db, ctx->arena, &row));
    *ret_month = (struct date){0};
    if (row.month_day != 0)
        *ret_month = (struct date){date_month_end((struct date){(int32_t)row.month_day}).days + 1};
    return OK;
}

enum status payrun_slips(struct ctx *ctx, int64_t run, payrun_slip_row **ret_slips, size_t *ret_count)
{
    return sql_payrun_slips(ctx->db, ctx->arena, (struct sql_payrun_slips){.run = run}, ret_slips, ret_count);
}

enum status payrun_failed(struct ctx *ctx, int64_t run, payrun_failed_row **ret_failed, size_t *ret_count)
{
    return sql_payrun_failed(ctx->db, ctx->arena, (struct sql_payrun_failed){.run = run}, ret_failed, ret_count);
}

/* ---- begun ---- */

static enum status note(struct ctx *ctx, const char *kind, struct date month, int64_t number)
{
    struct buf text BUF_SCOPE = BUF_INIT(MONTH_BYTES);
    date_write(&text, month);
    return audit_add(ctx, kind, str_slice(buf_str(&text), 0, 7), str_format(ctx->arena, "%lld", (long long)number));
}

static enum status need_turn(struct ctx *ctx, struct date month)
{
    struct date next;
    TRY(payrun_next(ctx, &next));
    if (next.days == 0 || next.days == month.days)
        return OK;
    return month.days < next.days ? refuse(ctx, CONFLICT, "payroll.closed", T_payroll_closed_refused)
                                  : refuse(ctx, CONFLICT, "payroll.not_next", T_payroll_not_next);
}

/* What was made of the month before is made again: nothing was approved in it. */
static enum status drop_before(struct ctx *ctx, struct date month)
{
    payrun_row before;
    enum status done = payrun_of(ctx, month, &before);
    if (done != OK)
        return done == NOT_FOUND ? OK : done;
    if (before.state != PAYRUN_DRAFT && before.state != PAYRUN_MAKING)
        return refuse(ctx, CONFLICT, "payroll.approved", T_payroll_approved_refused);
    TRY(sql_payrun_drop_slips(ctx->db, (struct sql_payrun_drop_slips){.run = before.id}));
    TRY(sql_payrun_drop_failed(ctx->db, (struct sql_payrun_drop_failed){.run = before.id}));
    TRY(sql_payrun_drop_differences(ctx->db, (struct sql_payrun_drop_differences){.run = before.id}));
    return sql_payrun_set_state(ctx->db, (struct sql_payrun_set_state){.state = PAYRUN_DROPPED, .id = before.id});
}

static enum status add(struct ctx *ctx, struct date month, int64_t *ret_id, int64_t *ret_number)
{
    struct sql_payrun_number_row last;
    struct sql_payrun_agents_before_row about;
    struct sql_payrun_add_row row;
    struct str law;
    struct date again;
    struct sql_payrun_agents_before in = {.month_day = month.days, .since_day = month.days - YEAR_DAYS};
    TRY(sql_payrun_number(ctx->db, ctx->arena, (struct sql_payrun_number){.month_day = month.days}, &last));
    TRY(sql_payrun_agents_before(ctx->db, ctx->arena, in, &about));
    TRY(payrun_law_keep(ctx, &law));
    TRY(payrun_again_first(ctx, month, &again));
    TRY(sql_payrun_add(ctx->db, ctx->arena,
                       (struct sql_payrun_add){.month_day = month.days, .number = last.number + 1,
                                               .known_ms = ctx->now.ms, .law = law, .agents = about.made,
                                               .again_day = again.days,
                                               .made_by = ctx->actor.person, .made_ms = ctx->now.ms},
                       &row));
    *ret_id = row.id;
    *ret_number = last.number + 1;
    return OK;
}

enum status payrun_begin(struct ctx *ctx, struct date month, int64_t *ret_id)
{
    int64_t number;
    month = date_month_start(month);
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE));
    TRY(need_turn(ctx, month));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(drop_before(ctx, month));
    TRY(add(ctx, month, ret_id, &number));
    return note(ctx, "payroll.draft", month, number);
}

/* ---- made ---- */

static enum status keep(struct ctx *ctx, const payrun_row *run, const struct payrun_made *made)
{
    if (made->is_unpaid)
        return OK;
    if (made->fault.len > 0)
        return sql_payrun_failed_add(ctx->db, (struct sql_payrun_failed_add){.run = run->id, .agent = made->agent,
                                                                             .matricule = made->matricule,
                                                                             .field = made->fault});
    return sql_payrun_slip_add(ctx->db, (struct sql_payrun_slip_add){.run = run->id, .agent = made->agent,
                                                                     .matricule = made->matricule,
                                                                     .part = made->part, .bytes = made->bytes,
                                                                         .hash = made->hash,
                                                                     .gross = made->gross, .withheld = made->withheld,
                                                                     .employer = made->employer, .tax = made->tax,
                                                                     .net = made->net});
}

/* A closed month looked at again, some agents of it. */
static enum status look_again(struct ctx *ctx, const payrun_row *run)
{
    struct date again = {(int32_t)run->again_day}, month = {(int32_t)run->month_day};
    struct difference_list list = {.room = PAYRUN_AGAIN_MAX,
                                   .at = arena_array(ctx->arena, struct difference, PAYRUN_AGAIN_MAX)};
    int64_t *agents = arena_array(ctx->arena, int64_t, PAYRUN_AGAIN_MAX), last;
    bool is_last;
    if (list.at == NULL || agents == NULL)
        return LIMIT;
    TRY(payrun_again_find(ctx, run, again, run->after_agent, &list, agents, &last, &is_last));
    for (size_t i = 0; i < list.count; i++)
        TRY(sql_payrun_difference_add(ctx->db, (struct sql_payrun_difference_add){
                                                   .run = run->id, .agent = agents[i], .month_day = again.days,
                                                   .line = str_of(pay_line_name(list.at[i].line)),
                                                   .cents = list.at[i].cents}));
    if (is_last) {
        TRY(payrun_again_next(ctx, month, again, &again));
        last = 0;
    }
    return sql_payrun_set_made(ctx->db, (struct sql_payrun_set_made){.id = run->id, .state = PAYRUN_MAKING,
                                                                     .made = run->made, .after_agent = last,
                                                                     .again_day = again.days});
}

static enum status make_some(struct ctx *ctx, const payrun_row *run)
{
    struct payrun_made *made;
    size_t count;
    bool is_last;
    struct sql_payrun_set_made in = {.id = run->id, .after_agent = run->after_agent, .made = run->made};
    struct payrun_month *month = arena_new(ctx->arena, struct payrun_month);
    if (month == NULL)
        return LIMIT;
    TRY(payrun_month_of(ctx, run, month));
    TRY(payrun_pay(ctx, month, run->after_agent, &made, &count, &is_last));
    for (size_t i = 0; i < count; i++) {
        TRY(keep(ctx, run, &made[i]));
        in.after_agent = made[i].agent;
        in.made += !made[i].is_unpaid;
    }
    in.state = is_last ? PAYRUN_DRAFT : PAYRUN_MAKING;
    if (is_last)
        TRY(sql_payrun_drop_unpaid(ctx->db, (struct sql_payrun_drop_unpaid){.run = run->id}));
    return sql_payrun_set_made(ctx->db, in);
}

enum status payrun_step(struct ctx *ctx)
{
    struct sql_payrun_at_work_row row;
    payrun_row run;
    TRY(sql_payrun_at_work(ctx->db, ctx->arena, &row));
    TRY(payrun_get(ctx, row.id, &run));
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    return run.again_day != 0 ? look_again(ctx, &run) : make_some(ctx, &run);
}

/* ---- approved, closed ---- */

enum status payrun_approve(struct ctx *ctx, int64_t id)
{
    payrun_row run;
    TRY(payrun_get(ctx, id, &run));
    TRY(payroll_right_apart(ctx, run.maker));
    if (run.state != PAYRUN_DRAFT)
        return refuse(ctx, CONFLICT, "payroll.not_draft", T_payroll_not_draft);
    if (run.failed > 0)
        return refuse(ctx, CONFLICT, "payroll.failed", T_payroll_failed_refused);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_payrun_set_approved(ctx->db, (struct sql_payrun_set_approved){.person = ctx->actor.person,
                                                                          .now_ms = ctx->now.ms, .id = id}));
    return note(ctx, "payroll.approve", (struct date){(int32_t)run.month_day}, run.number);
}

enum status payrun_close(struct ctx *ctx, int64_t id)
{
    payrun_row run;
    TRY(payroll_right_need(ctx, PAYROLL_PREPARE | PAYROLL_APPROVE));
    TRY(payrun_get(ctx, id, &run));
    if (run.state != PAYRUN_APPROVED)
        return refuse(ctx, CONFLICT, "payroll.not_approved", T_payroll_not_approved);
    TRY(writer_need(ctx->town->writer, SYNC_FULL));
    TRY(sql_payrun_set_closed(ctx->db, (struct sql_payrun_set_closed){.person = ctx->actor.person,
                                                                      .now_ms = ctx->now.ms, .id = id}));
    TRY(staff_month_close(ctx, (struct date){(int32_t)run.month_day}));
    return note(ctx, "payroll.close", (struct date){(int32_t)run.month_day}, run.number);
}
