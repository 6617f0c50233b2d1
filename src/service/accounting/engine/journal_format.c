#include "service/accounting/engine/journal_format.h"

#include "base/base64.h"
#include "base/utf8.h"
#include "proto/csv/csv.h"
#include "service/accounting/engine/journal_line.h"

const char *journal_format_name(enum journal_format format)
{
    static const char *const names[JOURNAL_FORMATS + 1] = {"jsonl", "csv", "ledger"};
    return names[format];
}

enum status journal_format_named(struct str name, enum journal_format *ret_format)
{
    for (enum journal_format format = 0; format < JOURNAL_FORMATS; format++)
        if (str_eq(name, str_of(journal_format_name(format)))) {
            *ret_format = format;
            return OK;
        }
    return NOT_FOUND;
}

/* ---- CSV ---- */

enum column {
    SEQUENCE, INSTANT, DAY, ENTERED, KIND, INTERNAL, SERIES, NUMBER, ACTOR, REFERENCE, BUDGET, EXERCISE, LABEL,
    SECTION, DIRECTION, LEVEL, FROM, TO, AMOUNT, ID, HASH, COLUMNS
};

static const struct str column_names[COLUMNS] = {
    STR_INIT("sequence"), STR_INIT("instant"), STR_INIT("day"), STR_INIT("entered"), STR_INIT("kind"),
    STR_INIT("internal"), STR_INIT("series"), STR_INIT("number"), STR_INIT("actor"), STR_INIT("reference"),
    STR_INIT("budget"), STR_INIT("exercise"), STR_INIT("label"), STR_INIT("section"), STR_INIT("direction"),
    STR_INIT("level"), STR_INIT("from"), STR_INIT("to"), STR_INIT("amount"), STR_INIT("id"), STR_INIT("hash"),
};

/* One row: where each field ends among the bytes of all of them. */
struct row {
    struct buf bytes;
    size_t ends[COLUMNS];
};

static void end_field(struct row *row, enum column column)
{
    row->ends[column] = row->bytes.len;
}

static void add_text(struct row *row, enum column column, struct str text)
{
    if (csv_is_formula(text))
        buf_add_byte(&row->bytes, '\'');
    buf_add(&row->bytes, text);
    end_field(row, column);
}

static void add_number(struct row *row, enum column column, int64_t number)
{
    buf_add_i64(&row->bytes, number);
    end_field(row, column);
}

static void add_day(struct row *row, enum column column, struct date day)
{
    date_write(&row->bytes, day);
    end_field(row, column);
}

static void add_head(struct row *row, const struct entry *entry)
{
    buf_add_u64(&row->bytes, entry->sequence);
    end_field(row, SEQUENCE);
    instant_write(&row->bytes, entry->instant);
    end_field(row, INSTANT);
    add_day(row, DAY, entry->day);
    add_day(row, ENTERED, entry->entered);
    add_text(row, KIND, str_of(entry_kind_name(entry->kind)));
    add_number(row, INTERNAL, entry->is_internal);
    add_number(row, SERIES, entry->series);
    add_number(row, NUMBER, entry->number);
    add_number(row, ACTOR, entry->actor);
    buf_add_u64(&row->bytes, entry->reference);
    end_field(row, REFERENCE);
    add_text(row, BUDGET, entry->budget);
    add_number(row, EXERCISE, entry->exercise);
    add_text(row, LABEL, entry->label);
}

/* NULL: an entry without any. */
static void add_posting(struct row *row, const struct posting *posting)
{
    const char section[] = {posting ? cell_section_letter(posting->section) : '\0', '\0'};
    const char direction[] = {posting ? cell_direction_letter(posting->direction) : '\0', '\0'};
    add_text(row, SECTION, str_of(section));
    add_text(row, DIRECTION, str_of(direction));
    add_text(row, LEVEL, posting ? posting->level : STR(""));
    add_text(row, FROM, str_of(posting ? cell_account_name(posting->from) : ""));
    add_text(row, TO, str_of(posting ? cell_account_name(posting->to) : ""));
    if (posting != NULL)
        money_write(&row->bytes, posting->amount);
    end_field(row, AMOUNT);
}

static void write_row(struct buf *out, const struct entry *entry, const struct posting *posting,
                      const struct chain_hash *hash)
{
    struct row row = {.bytes = BUF_INIT(JOURNAL_WRITTEN_MAX)};
    struct str fields[COLUMNS];
    add_head(&row, entry);
    add_posting(&row, posting);
    hex_encode(&row.bytes, (struct str){(const char *)entry->id, ENTRY_ID_BYTES});
    end_field(&row, ID);
    hex_encode(&row.bytes, (struct str){(const char *)hash->bytes, sizeof hash->bytes});
    end_field(&row, HASH);
    for (int i = 0; i < COLUMNS; i++)
        fields[i] = str_slice(buf_str(&row.bytes), i > 0 ? row.ends[i - 1] : 0, row.ends[i]);
    csv_write(out, fields, COLUMNS);
    buf_finish(&row.bytes);
}

static void write_rows(struct buf *out, const struct entry *entry, const struct chain_hash *hash)
{
    if (entry->posting_count == 0)
        write_row(out, entry, NULL, hash);
    for (size_t i = 0; i < entry->posting_count; i++)
        write_row(out, entry, &entry->postings[i], hash);
}

/* ---- ledger ---- */

/* On one line: what would end it, or turn it round, is a blank. */
static void add_on_one_line(struct buf *out, struct str text)
{
    while (text.len > 0) {
        uint32_t point = utf8_next(&text);
        bool is_end = point < ' ' || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
        utf8_add(out, is_end || utf8_is_deceptive(point) ? ' ' : point);
    }
}

/* "order 12"; "order 3/12" in series 3. */
static void add_title(struct buf *out, const struct entry *entry)
{
    buf_add_c(out, entry_kind_name(entry->kind));
    if (entry->number > 0 && entry->series > 0)
        buf_add_format(out, " %u/%u", entry->series, entry->number);
    else if (entry->number > 0)
        buf_add_format(out, " %u", entry->number);
}

static void add_move(struct buf *out, const struct entry *entry, const struct posting *posting,
                     enum cell_account account)
{
    bool is_from = account == posting->from;
    buf_add_format(out, "    %.*s:%u:%c:%c:%.*s:%s  ", STR_ARG(entry->budget), entry->exercise,
                   cell_section_letter(posting->section), cell_direction_letter(posting->direction),
                   STR_ARG(posting->level), cell_account_name(account));
    money_write(out, (struct money){is_from ? -posting->amount.cents : posting->amount.cents});
    buf_add_literal(out, " EUR\n");
}

static void write_transaction(struct buf *out, const struct entry *entry)
{
    buf_add_format(out, "\n; %llu: ", (unsigned long long)entry->sequence);
    add_title(out, entry);
    buf_add_literal(out, ", ");
    add_on_one_line(out, entry->label);
    buf_add_byte(out, '\n');
    if (entry->posting_count == 0)
        return;
    date_write(out, entry->day);
    buf_add_format(out, " (%llu) ", (unsigned long long)entry->sequence);
    add_title(out, entry);
    buf_add_byte(out, '\n');
    for (size_t i = 0; i < entry->posting_count; i++) {
        add_move(out, entry, &entry->postings[i], entry->postings[i].from);
        add_move(out, entry, &entry->postings[i], entry->postings[i].to);
    }
}

/* ---- all ---- */

void journal_begin(struct buf *out, enum journal_format format)
{
    if (format == JOURNAL_CSV)
        csv_write(out, column_names, COLUMNS);
    if (format == JOURNAL_LEDGER)
        buf_add_literal(out, "; Journal of credits: BUDGET:EXERCISE:SECTION:DIRECTION:LEVEL:ACCOUNT\n");
}

void journal_write(struct buf *out, enum journal_format format, const struct entry *entry,
                   const struct chain_hash *hash)
{
    switch (format) {
    case JOURNAL_JSONL:
        journal_line_write(out, entry, hash);
        break;
    case JOURNAL_CSV:
        write_rows(out, entry, hash);
        break;
    default:
        write_transaction(out, entry);
    }
}
