#include "service/payroll/dsn/dsn_build.h"

#include <stdio.h>

#include "service/payroll/dsn/dsn_write.h"

enum { COUNT_MAX = 24, NATURE_DIGITS = 2, TYPE_NORMAL = 1, TYPE_REPLACES = 3, WHOLE = 11 /* fraction 1 of 1 */,
       NUMBER_FIRST = 12 /* digits of an order's number that its signals share */, SIGNALS = 1000 };

static void write_address(struct dsn_writing *to, uint32_t first, const struct dsn_address *address)
{
    dsn_write_text(to, first, address->street);
    dsn_write_text(to, first + 1, address->postcode);
    dsn_write_text(to, first + 2, address->town);
}

/* ---- around ---- */

static void write_sender(struct dsn_writing *to, const struct dsn_sender *sender)
{
    struct str newest = STR("");
    REQUIRE(dsn_norm_version(0, &newest) == OK);
    to->block = DSN_SENDING;
    dsn_write_text(to, 1, sender->software);
    dsn_write_text(to, 2, sender->editor);
    dsn_write_text(to, 3, sender->version);
    dsn_write_text(to, 5, sender->is_test ? STR("01") : STR("02"));
    dsn_write_text(to, 6, newest);
    dsn_write_text(to, 7, STR("01")); /* deposited at net-entreprises */
    dsn_write_text(to, 8, STR("01"));
    to->block = DSN_SENDER;
    dsn_write_text(to, 1, sender->siren);
    dsn_write_text(to, 2, sender->nic);
    dsn_write_text(to, 3, sender->name);
    write_address(to, 4, &sender->address);
    to->block = DSN_SENDER_CONTACT;
    dsn_write_text(to, 1, sender->contact_title);
    dsn_write_text(to, 2, sender->contact);
    dsn_write_text(to, 4, sender->mail);
    dsn_write_text(to, 5, sender->phone);
}

static void write_declaration(struct dsn_writing *to, const struct dsn_order *order, struct str number)
{
    const struct dsn_employer *employer = order->employer;
    bool is_monthly = order->nature == DSN_MONTHLY, is_again = !str_is_absent(order->replaces);
    to->block = DSN_DECLARATION;
    dsn_write_code(to, 1, order->nature, NATURE_DIGITS);
    dsn_write_code(to, 2, is_again ? TYPE_REPLACES : TYPE_NORMAL, NATURE_DIGITS);
    dsn_write_code(to, 3, WHOLE, NATURE_DIGITS);
    dsn_write_text(to, 4, number);
    if (is_monthly)
        dsn_write_date(to, 5, order->month);
    dsn_write_text(to, 6, order->replaces);
    dsn_write_date(to, 7, order->made);
    if (is_monthly) {
        dsn_write_text(to, 8, STR("01"));
        dsn_write_text(to, 10, STR("01")); /* euro */
    }
    to->block = DSN_CONTACT;
    dsn_write_text(to, 1, employer->contact);
    dsn_write_text(to, 2, employer->phone);
    dsn_write_text(to, 3, employer->mail);
    dsn_write_text(to, 4, STR("08"));
}

static void write_end(struct dsn_writing *to, size_t declarations)
{
    char value[COUNT_MAX];
    to->block = DSN_TOTAL;
    size_t size = (size_t)snprintf(value, sizeof value, "%zu", to->lines + 2);
    dsn_write_text(to, 1, (struct str){value, size});
    size = (size_t)snprintf(value, sizeof value, "%zu", declarations);
    dsn_write_text(to, 2, (struct str){value, size});
}

/* ---- the employer ---- */

static void write_payment(struct dsn_writing *to, const struct dsn_payment *payment)
{
    to->block = DSN_PAYMENT;
    dsn_write_text(to, 1, payment->body);
    dsn_write_text(to, 2, payment->entity);
    dsn_write_text(to, 3, payment->bic);
    dsn_write_text(to, 4, payment->iban);
    dsn_write_cents(to, 5, payment->cents);
    dsn_write_date(to, 6, payment->from);
    dsn_write_date(to, 7, payment->to);
    dsn_write_text(to, 10, payment->mode);
}

static void write_due(struct dsn_writing *to, const struct dsn_due *due)
{
    int64_t sum = 0;
    for (size_t i = 0; i < due->line_count; i++)
        sum += due->lines[i].cents;
    to->block = DSN_DUE;
    dsn_write_text(to, 1, due->body);
    dsn_write_text(to, 2, due->entity);
    dsn_write_date(to, 3, due->from);
    dsn_write_date(to, 4, due->to);
    dsn_write_cents(to, 5, sum);
    to->block = DSN_DUE_LINE;
    for (size_t i = 0; i < due->line_count; i++) {
        const struct dsn_due_line *line = &due->lines[i];
        dsn_write_text(to, 1, line->code);
        dsn_write_text(to, 2, line->qualifier);
        dsn_write_text(to, 3, line->rate);
        dsn_write_cents(to, 4, line->base);
        dsn_write_cents(to, 5, line->cents);
        dsn_write_text(to, 6, line->commune);
    }
}

static void write_employer(struct dsn_writing *to, const struct dsn_order *order)
{
    const struct dsn_employer *employer = order->employer;
    to->block = DSN_EMPLOYER;
    dsn_write_text(to, 1, employer->siren);
    dsn_write_text(to, 2, employer->seat);
    dsn_write_text(to, 3, employer->activity);
    write_address(to, 4, &employer->address);
    to->block = DSN_PLACE;
    dsn_write_text(to, 1, employer->nic);
    dsn_write_text(to, 2, employer->activity);
    write_address(to, 3, &employer->address);
    if (order->nature != DSN_MONTHLY)
        return;
    for (size_t i = 0; i < employer->payment_count; i++)
        write_payment(to, &employer->payments[i]);
    for (size_t i = 0; i < employer->due_count; i++)
        write_due(to, &employer->dues[i]);
}

/* ---- an agent ---- */

static void write_agent(struct dsn_writing *to, const struct dsn_order *order, const struct dsn_agent *agent)
{
    to->block = DSN_PERSON;
    dsn_write_text(to, 1, agent->nir);
    dsn_write_text(to, 2, agent->name);
    dsn_write_text(to, 3, agent->used_name);
    dsn_write_text(to, 4, agent->first_names);
    dsn_write_text(to, 5, agent->sex);
    dsn_write_text(to, 6, agent->birth);
    dsn_write_text(to, 7, agent->birth_place);
    write_address(to, 8, &agent->home);
    dsn_write_text(to, 14, agent->birth_department);
    dsn_write_text(to, 15, agent->birth_country);
    dsn_write_text(to, 19, agent->number);
    dsn_write_text(to, 20, agent->temporary);
    for (size_t i = 0; i < agent->contract_count; i++)
        dsn_write_contract(to, &agent->contracts[i]);
    for (size_t i = 0; order->nature == DSN_MONTHLY && i < agent->payment_count; i++)
        dsn_write_paid(to, &agent->payments[i]);
}

static enum status done_so_far(const struct dsn_writing *to)
{
    return to->is_wrong ? INVALID : buf_status(to->out);
}

/* Each signal is a declaration of its own: its number is that of the order with the place behind it. */
static enum status write_signals(struct dsn_writing *to, const struct dsn_order *order, size_t *ret_agent)
{
    for (size_t i = 0; i < order->agent_count; i++) {
        char number[COUNT_MAX * 2];
        struct str first = str_slice(order->number, 0, NUMBER_FIRST);
        size_t size = (size_t)snprintf(number, sizeof number, "%.*s%03zu", STR_ARG(first), i % SIGNALS);
        write_declaration(to, order, (struct str){number, size});
        write_employer(to, order);
        TRY(done_so_far(to));
        *ret_agent = i;
        write_agent(to, order, &order->agents[i]);
        TRY(done_so_far(to));
    }
    return OK;
}

enum status dsn_build(struct buf *out, const struct dsn_order *order, size_t *ret_agent)
{
    struct dsn_writing to = {.out = out};
    bool is_monthly = order->nature == DSN_MONTHLY;
    *ret_agent = SIZE_MAX;
    write_sender(&to, order->sender);
    TRY(done_so_far(&to));
    if (is_monthly) {
        write_declaration(&to, order, order->number);
        write_employer(&to, order);
        TRY(done_so_far(&to));
        for (size_t i = 0; i < order->agent_count; i++) {
            *ret_agent = i;
            write_agent(&to, order, &order->agents[i]);
            TRY(done_so_far(&to));
        }
    } else {
        TRY(write_signals(&to, order, ret_agent));
    }
    write_end(&to, is_monthly ? 1 : order->agent_count);
    return done_so_far(&to);
}
