/* Whether a bill was entered before: a clerk's retyped number, a corrected day or another establishment of the supplier
 * do not make it a second one. */
#include "base/utf8.h"
#include "service/accounting/party/party.h"
#include "service/accounting/spend/bill.h"
#include "service/accounting/spend/bill_sql.h"

enum { FOLDED_MAX = 4 * BILL_NUMBER_MAX };

/* A number as it is compared: case, accents and blanks apart, and one sign for whatever stands between. */
static void fold(struct buf *out, struct str number)
{
    struct buf folded BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    utf8_fold(&folded, number);
    struct str rest = buf_str(&folded);
    while (rest.len > 0) {
        uint32_t point = utf8_next(&rest);
        if (point <= ' ' || point == 0xA0 || point == 0x202F)
            continue; /* blanks, and those that do not break */
        bool is_sign = point < 0x80 && !ascii_is_digit((char)point) && !ascii_is_alpha((char)point);
        utf8_add(out, is_sign ? '-' : point);
    }
}

struct looking {
    const struct bill *bill;
    struct str number; /* folded */
    int64_t found;     /* 0: none yet */
};

/* One that was sent back is paid by nobody: it may come again under its number, if not as the very same. */
static enum status look(void *with, const struct sql_bill_alike_row *row)
{
    struct looking *looking = with;
    struct buf number BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    if (looking->found != 0 || (row->state == BILL_SENT_BACK && row->issued != looking->bill->issued.days))
        return OK;
    fold(&number, row->number);
    if (str_eq(buf_str(&number), looking->number))
        looking->found = row->id;
    return OK;
}

enum status bill_twin(struct ctx *ctx, const struct bill *bill, struct str siren, struct bill *ret_twin)
{
    struct buf number BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    struct party party = {.id_kind = STR("")};
    int32_t year = civil_of_date(bill->issued).year;
    if (bill->party != 0) {
        TRY(party_get(ctx, bill->party, &party));
        siren = party_siren(&party);
    }
    fold(&number, bill->number);
    struct looking looking = {.bill = bill, .number = buf_str(&number)};
    TRY(sql_bill_alike(ctx->db, (struct sql_bill_alike){.party = bill->party, .siren = siren,
                                                        .is_credit = bill->is_credit,
                                                        .first = date_of(year, 1, 1).days,
                                                        .last = date_of(year, 12, 31).days},
                       look, &looking));
    return looking.found != 0 ? bill_get(ctx, looking.found, ret_twin) : NOT_FOUND;
}
