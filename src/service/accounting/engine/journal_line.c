#include "service/accounting/engine/journal_line.h"

#include "base/base64.h"
#include "core/shape.h"

static void write_text(struct buf *out, const char *name, struct str text)
{
    buf_add_format(out, ",\"%s\":", name);
    shape_json_text(out, text);
}

static void write_hex(struct buf *out, const char *name, const void *bytes, size_t count)
{
    buf_add_format(out, ",\"%s\":\"", name);
    hex_encode(out, (struct str){bytes, count});
    buf_add_byte(out, '"');
}

static void write_day(struct buf *out, const char *name, struct date day)
{
    buf_add_format(out, ",\"%s\":\"", name);
    date_write(out, day);
    buf_add_byte(out, '"');
}

static void write_posting(struct buf *out, const struct posting *posting)
{
    buf_add_format(out, "{\"section\":\"%c\",\"direction\":\"%c\"", cell_section_letter(posting->section),
                   cell_direction_letter(posting->direction));
    write_text(out, "level", posting->level);
    write_text(out, "from", str_of(cell_account_name(posting->from)));
    write_text(out, "to", str_of(cell_account_name(posting->to)));
    buf_add_format(out, ",\"cents\":%lld}", (long long)posting->amount.cents);
}

void journal_line_write(struct buf *out, const struct entry *entry, const struct chain_hash *hash)
{
    buf_add_format(out, "{\"sequence\":%llu", (unsigned long long)entry->sequence);
    write_hex(out, "id", entry->id, ENTRY_ID_BYTES);
    write_text(out, "kind", str_of(entry_kind_name(entry->kind)));
    buf_add_format(out, ",\"internal\":%s,\"series\":%u,\"number\":%u,\"instant\":%lld",
                   entry->is_internal ? "true" : "false", entry->series, entry->number, (long long)entry->instant.ms);
    write_day(out, "day", entry->day);
    write_day(out, "entered", entry->entered);
    buf_add_format(out, ",\"actor\":%lld,\"reference\":%llu", (long long)entry->actor,
                   (unsigned long long)entry->reference);
    write_text(out, "budget", entry->budget);
    buf_add_format(out, ",\"exercise\":%u", entry->exercise);
    write_text(out, "label", entry->label);
    buf_add_literal(out, ",\"postings\":[");
    for (size_t i = 0; i < entry->posting_count; i++) {
        if (i > 0)
            buf_add_byte(out, ',');
        write_posting(out, &entry->postings[i]);
    }
    buf_add_byte(out, ']');
    write_hex(out, "hash", hash->bytes, sizeof hash->bytes);
    buf_add_literal(out, "}\n");
}
