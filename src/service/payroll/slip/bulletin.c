#include "service/payroll/slip/bulletin.h"

enum { HEAD_FACTS = 21, SPAN_NUMBERS = 6 };

#define HEAD "bulletin 1\n"

/* ---- facts as numbers, in one order for writing and reading ---- */

struct number {
    int64_t *wide;
    int32_t *narrow;
};

static void facts_of(struct pay_facts *facts, struct number ret_numbers[HEAD_FACTS])
{
    struct number numbers[HEAD_FACTS] = {
        {NULL, &facts->index},          {NULL, &facts->nbi},
        {NULL, &facts->part_time},      {NULL, &facts->week_tenths},
        {NULL, &facts->zone},           {NULL, &facts->children},
        {&facts->ifse, NULL},           {&facts->cia, NULL},
        {&facts->health, NULL},         {&facts->deductions, NULL},
        {&facts->tax_millionths, NULL}, {NULL, &facts->pss_days},
        {NULL, &facts->pss_of},         {NULL, &facts->overtime[PAY_HOURS_PLAIN]},
        {NULL, &facts->overtime[PAY_HOURS_SUNDAY]}, {NULL, &facts->overtime[PAY_HOURS_NIGHT]},
        {&facts->overtime_year, NULL},  {&facts->transport, NULL},
        {NULL, &facts->telework_days},  {&facts->telework_year, NULL},
        {&facts->compensation, NULL}};
    memcpy(ret_numbers, numbers, sizeof numbers);
}

/* ---- written ---- */

static void add_number(struct buf *out, int64_t number)
{
    buf_add_byte(out, ' ');
    buf_add_i64(out, number);
}

static void write_facts(struct buf *out, const struct pay_facts *from)
{
    struct pay_facts facts = *from;
    struct number numbers[HEAD_FACTS];
    facts_of(&facts, numbers);
    buf_add_literal(out, "facts");
    add_number(out, (int64_t)facts.status);
    add_number(out, (int64_t)facts.category);
    for (size_t i = 0; i < HEAD_FACTS; i++)
        add_number(out, numbers[i].wide != NULL ? *numbers[i].wide : *numbers[i].narrow);
    add_number(out, facts.has_neutral_rate);
    add_number(out, facts.is_compensated);
    add_number(out, facts.is_general);
    add_number(out, facts.wait_days);
    add_number(out, facts.mandate_millionths);
    add_number(out, facts.mandates_elsewhere);
    buf_add_byte(out, '\n');
}

static void write_span(struct buf *out, const struct pay_span *span)
{
    const int64_t numbers[SPAN_NUMBERS] = {span->index, span->nbi, span->part_time, span->week_tenths, span->zone,
                                           span->ifse};
    buf_add_literal(out, "span");
    for (size_t i = 0; i < SPAN_NUMBERS; i++)
        add_number(out, numbers[i]);
    for (size_t i = 0; i < PAY_DAYS; i++)
        add_number(out, span->days[i]);
    buf_add_byte(out, '\n');
}

static void write_extra(struct buf *out, const struct pay_extra *extra)
{
    buf_add_format(out, "extra %.*s", STR_ARG(extra->code));
    add_number(out, extra->cents);
    add_number(out, extra->kind);
    add_number(out, extra->is_by_days);
    add_number(out, extra->is_in_rafp);
    add_number(out, extra->is_in_transfer);
    buf_add_format(out, " %.*s\n", STR_ARG(extra->source));
}

/* Differences, and each line that is not the month's own with them. */
static void write_differences(struct buf *out, const struct bulletin *bulletin)
{
    for (size_t i = 0; i < bulletin->difference_count; i++) {
        const struct difference *one = &bulletin->differences[i];
        buf_add_literal(out, "difference ");
        date_write(out, one->month);
        buf_add_format(out, " %s", pay_line_name(one->line));
        add_number(out, one->cents);
        buf_add_byte(out, '\n');
    }
    for (size_t i = 0; i < PAY_LINES; i++) {
        if (bulletin->paid.cents[i] == bulletin->said.payslip.cents[i])
            continue;
        buf_add_format(out, "paid %s", pay_line_name((enum pay_line)i));
        add_number(out, bulletin->paid.cents[i]);
        buf_add_byte(out, '\n');
    }
}

enum status bulletin_write(struct buf *out, const struct bulletin *bulletin, const struct pay_law *law,
    struct date known)
{
    const struct payslip_made made = {.law = law, .facts = &bulletin->facts, .month = bulletin->said.month,
                                      .known = known, .payslip = &bulletin->said.payslip,
                                      .trace = &bulletin->said.trace};
    buf_add_format(out, HEAD "agent %.*s\npart %d\nknown %lld\nlaw %.*s\n", STR_ARG(bulletin->matricule),
                   bulletin->part, (long long)bulletin->known.ms, STR_ARG(bulletin->law));
    write_facts(out, &bulletin->facts);
    for (size_t i = 0; i < bulletin->facts.span_count; i++)
        write_span(out, &bulletin->facts.spans[i]);
    for (size_t i = 0; i < bulletin->facts.extra_count; i++)
        write_extra(out, &bulletin->facts.extras[i]);
    write_differences(out, bulletin);
    return payslip_bytes_write(&made, out);
}

/* ---- read ---- */

struct reading {
    struct str rest; /* of the line */
    bool is_wrong;
};

static struct str next_word(struct reading *reading)
{
    if (str_is_absent(reading->rest)) {
        reading->is_wrong = true;
        return STR("");
    }
    return str_cut(&reading->rest, ' ');
}

static int64_t next_number(struct reading *reading)
{
    int64_t number = 0;
    if (str_to_i64(next_word(reading), &number) != OK)
        reading->is_wrong = true;
    return number;
}

static int32_t next_narrow(struct reading *reading)
{
    int64_t number = next_number(reading);
    reading->is_wrong |= number < INT32_MIN || number > INT32_MAX;
    return (int32_t)number;
}

static int64_t next_upto(struct reading *reading, int64_t most)
{
    int64_t number = next_number(reading);
    bool is_within = number >= 0 && number <= most;
    reading->is_wrong |= !is_within;
    return is_within ? number : 0;
}

static void read_facts(struct reading *reading, struct pay_facts *facts)
{
    struct number numbers[HEAD_FACTS];
    facts_of(facts, numbers);
    facts->status = (enum pay_status)next_upto(reading, PAY_STATUSES - 1);
    facts->category = (enum pay_category)next_upto(reading, PAY_C);
    for (size_t i = 0; i < HEAD_FACTS; i++) {
        if (numbers[i].wide != NULL)
            *numbers[i].wide = next_number(reading);
        else
            *numbers[i].narrow = next_narrow(reading);
    }
    facts->has_neutral_rate = next_upto(reading, 1) != 0;
    facts->is_compensated = next_upto(reading, 1) != 0;
    facts->is_general = next_upto(reading, 1) != 0;
    facts->wait_days = (uint32_t)next_upto(reading, UINT32_MAX);
    facts->mandate_millionths = next_number(reading);
    facts->mandates_elsewhere = next_number(reading);
}

static void read_span(struct reading *reading, struct pay_span *span)
{
    int32_t *const numbers[] = {&span->index, &span->nbi, &span->part_time, &span->week_tenths, &span->zone};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        *numbers[i] = next_narrow(reading);
    span->ifse = next_number(reading);
    for (size_t i = 0; i < PAY_DAYS; i++)
        span->days[i] = (uint8_t)next_upto(reading, PAY_THIRTIETHS);
}

static void read_extra(struct reading *reading, struct pay_extra *extra)
{
    extra->code = next_word(reading);
    extra->cents = next_number(reading);
    extra->kind = (enum pay_extra_kind)next_upto(reading, PAY_EXTRA_KINDS - 1);
    extra->is_by_days = next_upto(reading, 1) != 0;
    extra->is_in_rafp = next_upto(reading, 1) != 0;
    extra->is_in_transfer = next_upto(reading, 1) != 0;
    extra->source = str_is_absent(reading->rest) ? STR("") : reading->rest;
    reading->rest = STR_NONE;
}

struct room {
    struct pay_span *spans;
    struct pay_extra *extras;
    struct difference *differences;
    int64_t paid[PAY_LINES];
    bool is_paid[PAY_LINES];
};

static enum pay_line next_line(struct reading *reading)
{
    enum pay_line line = PAY_TREATMENT;
    reading->is_wrong |= pay_line_named(next_word(reading), &line) != OK;
    return line;
}

static void read_difference(struct reading *reading, struct difference *difference)
{
    reading->is_wrong |= date_parse(next_word(reading), &difference->month) != OK;
    difference->line = next_line(reading);
    difference->cents = next_number(reading);
}

static void read_paid(struct reading *reading, struct room *room)
{
    enum pay_line line = next_line(reading);
    room->paid[line] = next_number(reading);
    room->is_paid[line] = true;
}

static void read_row(struct reading *reading, struct str word, struct bulletin *bulletin, struct room *room)
{
    struct pay_facts *facts = &bulletin->facts;
    if (str_eq(word, STR("agent")))
        bulletin->matricule = next_word(reading);
    else if (str_eq(word, STR("part")))
        bulletin->part = next_narrow(reading);
    else if (str_eq(word, STR("known")))
        bulletin->known.ms = next_number(reading);
    else if (str_eq(word, STR("law")))
        bulletin->law = next_word(reading);
    else if (str_eq(word, STR("facts")))
        read_facts(reading, facts);
    else if (str_eq(word, STR("span")) && facts->span_count < PAY_SPANS_MAX)
        read_span(reading, &room->spans[facts->span_count++]);
    else if (str_eq(word, STR("paid")))
        read_paid(reading, room);
    else if (str_eq(word, STR("difference")) && bulletin->difference_count < BULLETIN_DIFFERENCES_MAX)
        read_difference(reading, &room->differences[bulletin->difference_count++]);
    else if (str_eq(word, STR("extra")) && facts->extra_count < PAY_EXTRAS_MAX)
        read_extra(reading, &room->extras[facts->extra_count++]);
    else
        reading->is_wrong = true;
    reading->is_wrong |= !str_is_absent(reading->rest);
}

static enum status make_room(struct arena *arena, struct str bytes, struct room *room)
{
    size_t lines = str_count_byte(bytes, '\n') + 1;
    room->spans = arena_array(arena, struct pay_span, PAY_SPANS_MAX);
    room->extras = arena_array(arena, struct pay_extra, PAY_EXTRAS_MAX);
    room->differences = arena_array(arena, struct difference,
                                    lines < BULLETIN_DIFFERENCES_MAX ? lines : BULLETIN_DIFFERENCES_MAX);
    return room->spans == NULL || room->extras == NULL || room->differences == NULL ? LIMIT : OK;
}

enum status bulletin_read(struct arena *arena, struct str bytes, struct bulletin *ret_bulletin)
{
    struct room room = {0};
    *ret_bulletin = (struct bulletin){.matricule = STR(""), .law = STR("")};
    TRY(make_room(arena, bytes, &room));
    if (!str_starts(bytes, STR(HEAD)))
        return CORRUPT;
    ret_bulletin->facts.spans = room.spans;
    ret_bulletin->facts.extras = room.extras;
    ret_bulletin->differences = room.differences;
    struct str rest = str_after(bytes, sizeof HEAD - 1);
    while (!str_is_absent(rest) && !str_starts(rest, STR("payslip "))) {
        struct reading reading = {.rest = str_cut(&rest, '\n')};
        struct str word = next_word(&reading);
        read_row(&reading, word, ret_bulletin, &room);
        if (reading.is_wrong)
            return CORRUPT;
    }
    enum status done = str_is_absent(rest) ? CORRUPT : payslip_bytes_read(rest, &ret_bulletin->said);
    ret_bulletin->paid = ret_bulletin->said.payslip;
    for (size_t i = 0; i < PAY_LINES; i++)
        if (room.is_paid[i])
            ret_bulletin->paid.cents[i] = room.paid[i];
    return done == INVALID ? CORRUPT : done;
}
