#include "service/accounting/engine/refusal.h"

#include "base/utf8.h"

enum { PLACE_MAX = 128, SHORT_MAX = 32 };

static void keep(char *to, struct str text)
{
    struct str kept = utf8_prefix(text, REFUSAL_TEXT_MAX);
    if (kept.len > 0)
        memcpy(to, kept.at, kept.len);
    to[kept.len] = '\0';
}

enum status refuse_text(struct refusal *refusal, struct refusal_at at, struct str value, struct str wanted)
{
    *refusal = (struct refusal){.rule = at.rule, .field = at.field, .posting = at.posting};
    keep(refusal->value, value);
    keep(refusal->wanted, wanted);
    return INVALID;
}

enum status refuse_money(struct refusal *refusal, struct refusal_at at, struct money value, struct money wanted)
{
    struct buf is BUF_SCOPE = BUF_INIT(SHORT_MAX), should BUF_SCOPE = BUF_INIT(SHORT_MAX);
    money_write(&is, value);
    money_write(&should, wanted);
    enum status done = refuse_text(refusal, at, buf_str(&is), buf_str(&should));
    refusal->is_money = true;
    return done;
}

enum status refuse_number(struct refusal *refusal, struct refusal_at at, uint64_t value, uint64_t wanted)
{
    struct buf is BUF_SCOPE = BUF_INIT(SHORT_MAX), should BUF_SCOPE = BUF_INIT(SHORT_MAX);
    buf_add_u64(&is, value);
    buf_add_u64(&should, wanted);
    return refuse_text(refusal, at, buf_str(&is), buf_str(&should));
}

enum status refuse_day(struct refusal *refusal, struct refusal_at at, struct date value, struct date wanted)
{
    struct buf is BUF_SCOPE = BUF_INIT(SHORT_MAX), should BUF_SCOPE = BUF_INIT(SHORT_MAX);
    date_write(&is, value);
    date_write(&should, wanted);
    return refuse_text(refusal, at, buf_str(&is), buf_str(&should));
}

void refusal_name_line(struct refusal *refusal, const struct cell_key *key)
{
    struct buf line BUF_SCOPE = BUF_INIT(REFUSAL_TEXT_MAX);
    cell_say(&line, key);
    keep(refusal->line, buf_str(&line));
}

void refusal_fault(const struct refusal *refusal, struct faults *faults)
{
    struct buf place BUF_SCOPE = BUF_INIT(PLACE_MAX);
    bool has_line = refusal->line[0] != '\0';
    if (!has_line && refusal->posting != REFUSAL_NO_POSTING)
        buf_add_format(&place, "postings[%d].", refusal->posting);
    buf_add_c(&place, has_line ? refusal->line : refusal->field);
    fault_add(faults, refusal->rule, buf_str(&place), str_of(refusal->value), str_of(refusal->wanted));
    if (refusal->is_money)
        fault_mark_money(faults);
}
