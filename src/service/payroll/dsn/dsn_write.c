#include "service/payroll/dsn/dsn_write.h"

#include <stddef.h>

#include "service/payroll/dsn/dsn_look.h"

enum { RUBRICS_IN_BLOCK = 1000, VALUE_MAX = 32, RATE_KIND = 21, PAY_KIND_DIGITS = 3, BASE_KIND_DIGITS = 2 };

void dsn_write_text(struct dsn_writing *to, uint32_t rubric, struct str text)
{
    if (str_is_absent(text) || text.len == 0)
        return;
    to->is_wrong |= dsn_line_write(to->out, to->block * RUBRICS_IN_BLOCK + rubric, text) != OK;
    to->lines++;
}

void dsn_write_date(struct dsn_writing *to, uint32_t rubric, struct date date)
{
    struct buf value BUF_SCOPE = BUF_INIT(VALUE_MAX);
    if (date.days == 0)
        return;
    dsn_date_write(&value, date);
    dsn_write_text(to, rubric, buf_str(&value));
}

void dsn_write_cents(struct dsn_writing *to, uint32_t rubric, int64_t cents)
{
    struct buf value BUF_SCOPE = BUF_INIT(VALUE_MAX);
    dsn_cents_write(&value, cents);
    dsn_write_text(to, rubric, buf_str(&value));
}

void dsn_write_code(struct dsn_writing *to, uint32_t rubric, int32_t code, size_t digits)
{
    char value[VALUE_MAX];
    for (size_t i = digits; i-- > 0; code /= 10)
        value[i] = (char)('0' + code % 10);
    dsn_write_text(to, rubric, (struct str){value, digits});
}

/* ---- contracts ---- */

/* The texts of block 40 in the order of their rubrics; 10 is written before that of 11. */
static const struct {
    uint16_t rubric, at;
} contract_texts[] = {
    {2, offsetof(struct dsn_contract, status)},
    {3, offsetof(struct dsn_contract, supplementary)},
    {4, offsetof(struct dsn_contract, job)},
    {5, offsetof(struct dsn_contract, job_more)},
    {6, offsetof(struct dsn_contract, label)},
    {7, offsetof(struct dsn_contract, nature)},
    {8, offsetof(struct dsn_contract, policy)},
    {9, offsetof(struct dsn_contract, number)},
    {11, offsetof(struct dsn_contract, unit)},
    {12, offsetof(struct dsn_contract, whole)},
    {13, offsetof(struct dsn_contract, own)},
    {14, offsetof(struct dsn_contract, time)},
    {16, offsetof(struct dsn_contract, complement)},
    {17, offsetof(struct dsn_contract, agreement)},
    {18, offsetof(struct dsn_contract, sickness)},
    {19, offsetof(struct dsn_contract, workplace)},
    {20, offsetof(struct dsn_contract, pension)},
    {24, offsetof(struct dsn_contract, abroad)},
    {25, offsetof(struct dsn_contract, exclusion)},
    {26, offsetof(struct dsn_contract, employment)},
    {28, offsetof(struct dsn_contract, employer_number)},
    {29, offsetof(struct dsn_contract, unemployment)},
    {36, offsetof(struct dsn_contract, several_jobs)},
    {37, offsetof(struct dsn_contract, several_employers)},
    {39, offsetof(struct dsn_contract, accident)},
    {40, offsetof(struct dsn_contract, accident_risk)},
    {43, offsetof(struct dsn_contract, accident_rate)},
    {53, offsetof(struct dsn_contract, post)},
    {54, offsetof(struct dsn_contract, post_whole)},
    {55, offsetof(struct dsn_contract, part_time)},
    {56, offsetof(struct dsn_contract, service)},
    {57, offsetof(struct dsn_contract, gross_index)},
    {58, offsetof(struct dsn_contract, index)},
    {59, offsetof(struct dsn_contract, bonus)},
    {60, offsetof(struct dsn_contract, origin_index)},
    {61, offsetof(struct dsn_contract, higher_index)},
    {62, offsetof(struct dsn_contract, former_employer)},
    {63, offsetof(struct dsn_contract, former_index)},
    {64, offsetof(struct dsn_contract, fireman_index)},
    {65, offsetof(struct dsn_contract, kept_pay)},
    {66, offsetof(struct dsn_contract, secondment)},
    {68, offsetof(struct dsn_contract, active_rate)},
    {69, offsetof(struct dsn_contract, pay_level)},
    {70, offsetof(struct dsn_contract, step)},
    {79, offsetof(struct dsn_contract, grade)},
    {80, offsetof(struct dsn_contract, supplement)},
};

static void write_head(struct dsn_writing *to, const struct dsn_contract *contract)
{
    enum { PLANNED_END = 10 };
    bool is_end_written = false;
    to->block = DSN_CONTRACT;
    dsn_write_date(to, 1, contract->start);
    for (size_t i = 0; i < sizeof contract_texts / sizeof *contract_texts; i++) {
        struct str text;
        if (!is_end_written && contract_texts[i].rubric > PLANNED_END) {
            dsn_write_date(to, PLANNED_END, contract->planned_end);
            is_end_written = true;
        }
        memcpy(&text, (const char *)contract + contract_texts[i].at, sizeof text);
        dsn_write_text(to, contract_texts[i].rubric, text);
    }
}

static void write_change(struct dsn_writing *to, const struct dsn_change *change)
{
    to->block = DSN_CHANGE;
    dsn_write_date(to, 1, change->day);
    for (size_t i = 0; i < change->count; i++)
        dsn_write_text(to, (uint32_t)change->of[i].rubric, change->of[i].old);
}

static void write_stop(struct dsn_writing *to, const struct dsn_stop *stop)
{
    to->block = DSN_STOP;
    dsn_write_text(to, 1, stop->reason);
    dsn_write_date(to, 2, stop->last_worked);
    dsn_write_date(to, 3, stop->until);
    dsn_write_date(to, 10, stop->back);
    dsn_write_text(to, 11, stop->back_reason);
}

static void write_suspension(struct dsn_writing *to, const struct dsn_suspension *suspension)
{
    to->block = DSN_SUSPENSION;
    dsn_write_text(to, 1, suspension->reason);
    dsn_write_date(to, 2, suspension->from);
    dsn_write_date(to, 3, suspension->to);
    dsn_write_text(to, 4, suspension->secondment);
}

void dsn_write_contract(struct dsn_writing *to, const struct dsn_contract *contract)
{
    write_head(to, contract);
    for (size_t i = 0; i < contract->change_count; i++)
        write_change(to, &contract->changes[i]);
    for (size_t i = 0; i < contract->stop_count; i++)
        write_stop(to, &contract->stops[i]);
    if (contract->end != NULL) {
        to->block = DSN_LEFT;
        dsn_write_date(to, 1, contract->end->day);
        dsn_write_text(to, 2, contract->end->reason);
        dsn_write_date(to, 6, contract->end->last_paid);
    }
    for (size_t i = 0; i < contract->suspension_count; i++)
        write_suspension(to, &contract->suspensions[i]);
}

/* ---- payments ---- */

static void write_pay(struct dsn_writing *to, const struct dsn_pay *pay, struct str contract)
{
    to->block = DSN_PAY;
    dsn_write_date(to, 1, pay->from);
    dsn_write_date(to, 2, pay->to);
    dsn_write_text(to, 10, contract);
    dsn_write_code(to, 11, pay->kind, PAY_KIND_DIGITS);
    dsn_write_text(to, 12, pay->hours);
    if (pay->kind != RATE_KIND)
        dsn_write_cents(to, 13, pay->cents);
    dsn_write_text(to, 14, pay->rate);
}

static void write_base(struct dsn_writing *to, const struct dsn_base *base, struct str contract)
{
    to->block = DSN_BASE;
    dsn_write_code(to, 1, base->kind, BASE_KIND_DIGITS);
    dsn_write_date(to, 2, base->from);
    dsn_write_date(to, 3, base->to);
    dsn_write_cents(to, 4, base->cents);
    dsn_write_text(to, 6, contract);
    to->block = DSN_CONTRIBUTION;
    for (size_t i = 0; i < base->contribution_count; i++) {
        const struct dsn_contribution *one = &base->contributions[i];
        dsn_write_code(to, 1, one->code, PAY_KIND_DIGITS);
        dsn_write_text(to, 2, one->body);
        dsn_write_cents(to, 3, one->base);
        dsn_write_cents(to, 4, one->cents);
        dsn_write_text(to, 5, one->commune);
    }
}

static void write_parts(struct dsn_writing *to, const struct dsn_paid *paid)
{
    to->block = DSN_PREMIUM;
    for (size_t i = 0; i < paid->premium_count; i++) {
        dsn_write_code(to, 1, paid->premiums[i].kind, PAY_KIND_DIGITS);
        dsn_write_cents(to, 2, paid->premiums[i].cents);
        dsn_write_date(to, 3, paid->premiums[i].from);
        dsn_write_date(to, 4, paid->premiums[i].to);
        dsn_write_text(to, 6, paid->contract);
    }
    to->block = DSN_INCOME;
    for (size_t i = 0; i < paid->income_count; i++) {
        dsn_write_code(to, 1, paid->incomes[i].kind, BASE_KIND_DIGITS);
        dsn_write_cents(to, 2, paid->incomes[i].cents);
        dsn_write_date(to, 3, paid->incomes[i].from);
        dsn_write_date(to, 4, paid->incomes[i].to);
        dsn_write_text(to, 5, paid->contract);
    }
}

/* What is taken into account for benefits ("montant net social"), for the period of the first pay. */
static void write_net_social(struct dsn_writing *to, const struct dsn_paid *paid)
{
    if (paid->pay_count == 0)
        return;
    to->block = DSN_NET_PART;
    dsn_write_date(to, 1, paid->pays[0].from);
    dsn_write_date(to, 2, paid->pays[0].to);
    dsn_write_text(to, 3, STR("03"));
    dsn_write_cents(to, 4, paid->net_social);
}

void dsn_write_paid(struct dsn_writing *to, const struct dsn_paid *paid)
{
    to->block = DSN_PAID;
    dsn_write_date(to, 1, paid->day);
    dsn_write_cents(to, 2, paid->net_taxable);
    dsn_write_cents(to, 4, paid->net_paid);
    dsn_write_text(to, 6, paid->tax_rate);
    dsn_write_text(to, 7, paid->tax_kind);
    dsn_write_text(to, 8, paid->tax_number);
    dsn_write_cents(to, 9, paid->tax);
    dsn_write_cents(to, 13, paid->taxed);
    for (size_t i = 0; i < paid->pay_count; i++)
        write_pay(to, &paid->pays[i], paid->contract);
    write_parts(to, paid);
    write_net_social(to, paid);
    for (size_t i = 0; i < paid->base_count; i++)
        write_base(to, &paid->bases[i], paid->contract);
}
