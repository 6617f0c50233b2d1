#include "service/payroll/transfer/transfer.h"

#include "base/map.h"
#include "core/identifier.h"
#include "service/payroll/transfer/transfer_letters.h"

enum { BIC_SHORT = 8, BIC_LONG = 11, BIC_LETTERS_FROM = 4, BIC_LETTERS_TO = 6, TEXT_MAX = 1024 };

int64_t transfer_sum(const struct transfer_order *order)
{
    int64_t sum = 0;
    for (size_t i = 0; i < order->count; i++)
        sum += order->payments[i].cents;
    return sum;
}

/* ---- what can be written ---- */

/* Four letters or digits of the bank, two letters of the country, two or five letters or digits (ISO 9362). */
static bool is_bic(struct str bic)
{
    if (bic.len != BIC_SHORT && bic.len != BIC_LONG)
        return false;
    for (size_t i = 0; i < bic.len; i++) {
        bool is_letter = bic.at[i] >= 'A' && bic.at[i] <= 'Z';
        bool must_be = i >= BIC_LETTERS_FROM && i < BIC_LETTERS_TO;
        if (!is_letter && (must_be || !ascii_is_digit(bic.at[i])))
            return false;
    }
    return true;
}

static bool is_writable(struct str text, size_t most, bool is_identifier)
{
    struct buf out BUF_SCOPE = BUF_INIT(TEXT_MAX);
    return (is_identifier ? transfer_identifier(&out, text, most) : transfer_letters(&out, text, most)) == OK;
}

/* NULL: nothing is wrong. */
static const char *party_fault(struct str name, struct str iban, struct str bic)
{
    if (!is_writable(name, TRANSFER_NAME_MAX, false))
        return "name";
    if (!iban_is_right(iban))
        return "iban";
    return str_is_absent(bic) || is_bic(bic) ? NULL : "bic";
}

static const char *order_fault(const struct transfer_order *order)
{
    if (order->count == 0)
        return "none";
    if (order->count > TRANSFER_PAYMENTS_MAX)
        return "many";
    if (!is_writable(order->message, TRANSFER_REFERENCE_MAX, true))
        return "message";
    if (!str_is_absent(order->words) && !is_writable(order->words, TRANSFER_WORDS_MAX, false))
        return "words";
    return party_fault(order->name, order->iban, order->bic);
}

static const char *payment_fault(const struct transfer_payment *payment)
{
    if (payment->cents < 1 || payment->cents > TRANSFER_CENTS_MAX)
        return "amount";
    if (!is_writable(payment->reference, TRANSFER_REFERENCE_MAX, true))
        return "reference";
    return party_fault(payment->name, payment->iban, payment->bic);
}

static enum status fault_of(struct transfer_fault *ret_fault, const char *what, size_t place)
{
    *ret_fault = (struct transfer_fault){what, place};
    return INVALID;
}

static enum status check(struct arena *arena, const struct transfer_order *order, struct transfer_fault *ret_fault)
{
    struct map references = map_in(arena, TRANSFER_PAYMENTS_MAX);
    const char *wrong = order_fault(order);
    if (wrong != NULL)
        return fault_of(ret_fault, wrong, SIZE_MAX);
    for (size_t i = 0; i < order->count; i++) {
        wrong = payment_fault(&order->payments[i]);
        if (wrong != NULL)
            return fault_of(ret_fault, wrong, i);
        enum status done = map_add(&references, order->payments[i].reference, (void *)(uintptr_t)&order->payments[i]);
        if (done == CONFLICT)
            return fault_of(ret_fault, "twice", i);
        TRY(done);
    }
    return OK;
}

enum status transfer_shared(struct arena *arena, const struct transfer_order *order, size_t from, size_t *ret_one,
                            size_t *ret_other)
{
    struct map ibans = map_in(arena, TRANSFER_PAYMENTS_MAX);
    for (size_t i = 0; i < order->count; i++) {
        enum status done = map_add(&ibans, order->payments[i].iban, (void *)(uintptr_t)&order->payments[i]);
        if (done != OK && done != CONFLICT)
            return done;
        if (done == CONFLICT && i >= from) {
            const struct transfer_payment *first = map_get(&ibans, order->payments[i].iban);
            *ret_one = (size_t)(first - order->payments);
            *ret_other = i;
            return OK;
        }
    }
    return NOT_FOUND;
}

/* ---- writing ---- */

static void add_amount(struct buf *out, int64_t cents)
{
    buf_add_i64(out, cents / 100);
    buf_add_format(out, ".%02d", (int)(cents % 100));
}

/* The basic set has none of the characters that XML writes otherwise, but for the apostrophe, which a text may hold. */
static void add_text(struct buf *out, const char *tag, struct str text, size_t most)
{
    buf_add_format(out, "<%s>", tag);
    REQUIRE(transfer_letters(out, text, most) != INVALID); /* it was checked */
    buf_add_format(out, "</%s>", tag);
}

static void add_agent(struct buf *out, const struct transfer_order *order, const char *tag, struct str bic)
{
    const char *name = order->form == TRANSFER_PAIN_03 ? "BIC" : "BICFI";
    buf_add_format(out, "<%s><FinInstnId>", tag);
    if (str_is_absent(bic))
        buf_add_literal(out, "<Othr><Id>NOTPROVIDED</Id></Othr>");
    else
        buf_add_format(out, "<%s>%.*s</%s>", name, STR_ARG(bic), name);
    buf_add_format(out, "</FinInstnId></%s>\n", tag);
}

static void add_totals(struct buf *out, const struct transfer_order *order)
{
    buf_add_format(out, "<NbOfTxs>%zu</NbOfTxs><CtrlSum>", order->count);
    add_amount(out, transfer_sum(order));
    buf_add_literal(out, "</CtrlSum>\n");
}

static void add_head(struct buf *out, const struct transfer_order *order)
{
    buf_add_literal(out, "<GrpHdr>");
    add_text(out, "MsgId", order->message, TRANSFER_REFERENCE_MAX);
    buf_add_literal(out, "<CreDtTm>");
    instant_write(out, order->made);
    buf_add_literal(out, "</CreDtTm>");
    add_totals(out, order);
    buf_add_literal(out, "<InitgPty>");
    add_text(out, "Nm", order->name, TRANSFER_NAME_MAX);
    buf_add_literal(out, "</InitgPty></GrpHdr>\n");
}

static void add_day(struct buf *out, const struct transfer_order *order)
{
    const char *within = order->form == TRANSFER_PAIN_03 ? NULL : "Dt";
    buf_add_literal(out, "<ReqdExctnDt>");
    if (within != NULL)
        buf_add_format(out, "<%s>", within);
    date_write(out, order->day);
    if (within != NULL)
        buf_add_format(out, "</%s>", within);
    buf_add_literal(out, "</ReqdExctnDt>\n");
}

static void add_debtor(struct buf *out, const struct transfer_order *order)
{
    add_text(out, "PmtInfId", order->message, TRANSFER_REFERENCE_MAX);
    buf_add_literal(out, "<PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>");
    add_totals(out, order);
    buf_add_literal(out, "<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl>");
    if (order->is_salary)
        buf_add_literal(out, "<CtgyPurp><Cd>SALA</Cd></CtgyPurp>");
    buf_add_literal(out, "</PmtTpInf>\n");
    add_day(out, order);
    buf_add_literal(out, "<Dbtr>");
    add_text(out, "Nm", order->name, TRANSFER_NAME_MAX);
    buf_add_format(out, "</Dbtr><DbtrAcct><Id><IBAN>%.*s</IBAN></Id></DbtrAcct>\n", STR_ARG(order->iban));
    add_agent(out, order, "DbtrAgt", order->bic);
    buf_add_literal(out, "<ChrgBr>SLEV</ChrgBr>\n");
}

static void add_payment(struct buf *out, const struct transfer_order *order, const struct transfer_payment *payment)
{
    buf_add_literal(out, "<CdtTrfTxInf><PmtId>");
    add_text(out, "EndToEndId", payment->reference, TRANSFER_REFERENCE_MAX);
    buf_add_literal(out, "</PmtId><Amt><InstdAmt Ccy=\"EUR\">");
    add_amount(out, payment->cents);
    buf_add_literal(out, "</InstdAmt></Amt>\n");
    if (!str_is_absent(payment->bic))
        add_agent(out, order, "CdtrAgt", payment->bic);
    buf_add_literal(out, "<Cdtr>");
    add_text(out, "Nm", payment->name, TRANSFER_NAME_MAX);
    buf_add_format(out, "</Cdtr><CdtrAcct><Id><IBAN>%.*s</IBAN></Id></CdtrAcct>", STR_ARG(payment->iban));
    if (!str_is_absent(order->words)) {
        buf_add_literal(out, "<RmtInf>");
        add_text(out, "Ustrd", order->words, TRANSFER_WORDS_MAX);
        buf_add_literal(out, "</RmtInf>");
    }
    buf_add_literal(out, "</CdtTrfTxInf>\n");
}

enum status transfer_write(struct arena *arena, struct buf *out, const struct transfer_order *order,
                           struct transfer_fault *ret_fault)
{
    TRY(check(arena, order, ret_fault));
    buf_add_format(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.%s\"><CstmrCdtTrfInitn>\n",
                   order->form == TRANSFER_PAIN_03 ? "03" : "09");
    add_head(out, order);
    buf_add_literal(out, "<PmtInf>");
    add_debtor(out, order);
    for (size_t i = 0; i < order->count; i++)
        add_payment(out, order, &order->payments[i]);
    buf_add_literal(out, "</PmtInf></CstmrCdtTrfInitn></Document>\n");
    return buf_status(out);
}
