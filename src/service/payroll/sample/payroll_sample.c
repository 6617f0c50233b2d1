#include "service/payroll/sample/payroll_sample.h"

#include "core/person.h"
#include "core/town.h"
#include "service/payroll/element/element.h"
#include "service/payroll/employer/employer.h"
#include "service/payroll/lang.h"
#include "service/payroll/right/payroll_right.h"
#include "service/payroll/run/payrun.h"
#include "service/payroll/view/panel.h"
#include "service/staff/staff.h"

enum { YEARS_KNOWN = 15, MONTHS = 12 };

/* ---- who, and the town ---- */

static enum status person_named(struct ctx *ctx, const char *name, int64_t *ret_person)
{
    person_row row;
    struct str address = str_format(ctx->arena, "%s@%.*s", name, STR_ARG(ctx->town->domains[0]));
    enum status found = person_by_address(ctx, address, &row);
    if (found == NOT_FOUND)
        return refuse_with(ctx, NOT_FOUND, "payroll.sample_people", T_payroll_sample_people, "%.*s", STR_ARG(address));
    TRY(found);
    *ret_person = row.id;
    return OK;
}

static enum status act_as(struct ctx *ctx, const char *name)
{
    ctx->actor = (struct actor){.address = STR(""), .name = STR("")};
    return person_named(ctx, name, &ctx->actor.person);
}

static enum status add_figures(struct ctx *ctx)
{
    static const struct {
        const char *code, *value, *source;
    } figures[] = {{"mobility", "1,85", "Délibération 2016-12 de l’autorité de transport (exemple)"},
                   {"cnfpt", "0,90", "CGFP, articles L451-17 et L451-18"},
                   {"centre", "1,00", "Délibération du centre de gestion (exemple)"},
                   {"accident", "1,60", "Notification de la CARSAT (exemple)"},
                   {"size", "200", "Effectif au 31 décembre (exemple)"}};
    int32_t year = civil_of_date(ctx_today(ctx)).year - YEARS_KNOWN;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        TRY(employer_add(ctx, &(struct employer_given){.code = str_of(figures[i].code),
                                                       .value = str_of(figures[i].value),
                                                       .source = str_of(figures[i].source),
                                                       .since = date_of(year, 1, 1)}));
    return OK;
}

enum status payroll_sample_begin(struct ctx *ctx, struct verb_call *call)
{
    int64_t preparer, approver;
    payrun_row *runs;
    size_t count;
    TRY(payrun_list(ctx, &runs, &count));
    if (count > 0)
        return refuse(ctx, CONFLICT, "payroll.sample_there", T_payroll_sample_there);
    TRY(person_named(ctx, "finances", &preparer));
    TRY(person_named(ctx, "administration", &approver));
    TRY(payroll_right_set(ctx, preparer, PAYROLL_PREPARE));
    TRY(payroll_right_set(ctx, approver, PAYROLL_APPROVE));
    TRY(add_figures(ctx));
    buf_add_literal(call->hand, "0");
    return OK;
}

/* ---- elements ---- */

static struct date first_month(struct ctx *ctx)
{
    struct civil civil = civil_of_date(ctx_today(ctx));
    return date_of(civil.year - 1, civil.month, 1);
}

static enum status add(struct ctx *ctx, int32_t number, const char *code, struct str amount, struct date until)
{
    struct element_given given = {.matricule = str_format(ctx->arena, "AG%04d", number), .code = str_of(code),
                                  .amount = amount, .source = STR("Délibération 2024-072 et arrêté (exemple)"),
                                  .since = first_month(ctx), .until = until};
    return element_add(ctx, &given, 0, NULL);
}

/* Amounts by rule, of the agent's number alone. */
static enum status add_elements(struct ctx *ctx, int32_t number)
{
    struct date none = {0}, first = first_month(ctx);
    int64_t agent;
    enum { COUNCIL = 5, TAXED_EVERY = 5, OVERTIME_EVERY = 12, TRAVEL_EVERY = 6 };
    enum status found = staff_agent_of(ctx, str_format(ctx->arena, "AG%04d", number), &agent);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    if (number <= COUNCIL)
        return add(ctx, number, "indemnite_elu", STR("22"), none);
    TRY(add(ctx, number, "ifse", str_format(ctx->arena, "%d,%02d", 150 + number * 17 % 450, number % 100), none));
    if (number % TAXED_EVERY != 0)
        TRY(add(ctx, number, "pas", str_format(ctx->arena, "%d,%d", number % 9, number % 10), none));
    if (number % TRAVEL_EVERY == 0)
        TRY(add(ctx, number, "transport", STR("74,10"), none));
    if (number % OVERTIME_EVERY == 0)
        TRY(add(ctx, number, "heures", STR("6,50"), first));
    return OK;
}

enum status payroll_sample_elements(struct ctx *ctx, struct verb_call *call)
{
    uint64_t made;
    TRY(str_to_u64(call->handed, PAYROLL_SAMPLE_AGENTS, &made));
    for (int i = 0; i < PAYROLL_SAMPLE_PIECE && made < PAYROLL_SAMPLE_AGENTS; i++)
        TRY(add_elements(ctx, (int32_t)++made));
    buf_add_u64(call->hand, made < PAYROLL_SAMPLE_AGENTS ? made : 0);
    if (made < PAYROLL_SAMPLE_AGENTS)
        call->next = PAYROLL_SAMPLE_ELEMENTS;
    return OK;
}

/* ---- months ---- */

static struct date month_of(struct ctx *ctx, uint64_t number)
{
    struct civil civil = civil_of_date(first_month(ctx));
    int32_t months = civil.month - 1 + (int32_t)number;
    return date_of(civil.year + months / MONTHS, months % MONTHS + 1, 1);
}

static enum status finish(struct ctx *ctx, const payrun_row *run, struct buf *out)
{
    payrun_failed_row *failed;
    size_t count;
    TRY(payrun_failed(ctx, run->id, &failed, &count));
    for (size_t i = 0; i < count; i++)
        buf_add_format(out, "not paid %.*s: %.*s\n", STR_ARG(failed[i].matricule), STR_ARG(failed[i].field));
    TRY(act_as(ctx, "administration"));
    TRY(payrun_approve(ctx, run->id));
    buf_add_format(out, "%.*s %lld payslips\n", STR_ARG(panel_iso(ctx, (struct date){(int32_t)run->month_day})),
                   (long long)run->made);
    return payrun_close(ctx, run->id);
}

/* One step of a month: begun, some agents of it made, or approved and closed. */
enum status payroll_sample_pay(struct ctx *ctx, struct verb_call *call)
{
    payrun_row run;
    uint64_t number;
    int64_t id;
    TRY(str_to_u64(call->handed, PAYROLL_SAMPLE_MONTHS, &number));
    enum status found = payrun_of(ctx, month_of(ctx, number), &run);
    TRY(act_as(ctx, "finances"));
    if (found == NOT_FOUND)
        TRY(payrun_begin(ctx, month_of(ctx, number), &id));
    else if (found != OK)
        return found;
    else if (run.state == PAYRUN_MAKING)
        TRY(payrun_step(ctx));
    else
        TRY(finish(ctx, &run, call->out));
    number += found == OK && run.state != PAYRUN_MAKING;
    buf_add_u64(call->hand, number);
    call->done = (int64_t)number;
    call->total = PAYROLL_SAMPLE_MONTHS;
    if (number < PAYROLL_SAMPLE_MONTHS)
        call->next = PAYROLL_SAMPLE_PAY;
    return OK;
}
