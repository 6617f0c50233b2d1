/* The bytes of an entry: little-endian, fixed fields first, then texts with their lengths, then postings.
 *
 *     version 1, kind 1, is_internal 1, series 1, sequence 8, id 16, instant 8, day 4, entered 4, actor 8, number 4,
 *     reference 8, exercise 2, postings 2, length of the budget 1, of the label 1, budget, label
 *     each posting: section 1, direction 1, from 1, to 1, cents 8, length of the level 1, level */
#include "service/accounting/engine/entry.h"

enum { VERSION = 1, HEAD = 70, POSTING_HEAD = 13, ID_AT = 12, REFERENCE_AT = 56 };

_Static_assert(HEAD + CELL_BUDGET_MAX + ENTRY_LABEL_MAX + ENTRY_POSTINGS_MAX * (POSTING_HEAD + CELL_LEVEL_MAX) ==
                   ENTRY_BYTES_MAX, "the longest entry");
_Static_assert(ENTRY_LABEL_MAX < 256 && CELL_BUDGET_MAX < 256 && CELL_LEVEL_MAX < 256, "a length is one byte");

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "bytes go as they lie in memory");

static inline unsigned char *put(unsigned char *at, uint64_t value, size_t bytes)
{
    memcpy(at, &value, bytes);
    return at + bytes;
}

static inline uint64_t take(const unsigned char **at, size_t bytes)
{
    uint64_t value = 0;
    memcpy(&value, *at, bytes);
    *at += bytes;
    return value;
}

static void write_head(unsigned char *at, const struct entry *entry)
{
    at = put(at, VERSION, 1);
    at = put(at, entry->kind, 1);
    at = put(at, entry->is_internal, 1);
    at = put(at, entry->series, 1);
    at = put(at, entry->sequence, 8);
    memcpy(at, entry->id, ENTRY_ID_BYTES);
    at = put(at + ENTRY_ID_BYTES, (uint64_t)entry->instant.ms, 8);
    at = put(at, (uint32_t)entry->day.days, 4);
    at = put(at, (uint32_t)entry->entered.days, 4);
    at = put(at, (uint64_t)entry->actor, 8);
    at = put(at, entry->number, 4);
    at = put(at, entry->reference, 8);
    at = put(at, entry->exercise, 2);
    at = put(at, entry->posting_count, 2);
    at = put(at, entry->budget.len, 1);
    (void)put(at, entry->label.len, 1);
}

static void write_posting(struct buf *out, const struct posting *posting)
{
    unsigned char head[POSTING_HEAD], *at = head;
    at = put(at, posting->section, 1);
    at = put(at, posting->direction, 1);
    at = put(at, posting->from, 1);
    at = put(at, posting->to, 1);
    at = put(at, (uint64_t)posting->amount.cents, 8);
    (void)put(at, posting->level.len, 1);
    buf_add(out, (struct str){(const char *)head, POSTING_HEAD});
    buf_add(out, posting->level);
}

void entry_write(struct buf *out, const struct entry *entry)
{
    unsigned char head[HEAD];
    REQUIRE(entry->budget.len <= CELL_BUDGET_MAX && entry->label.len <= ENTRY_LABEL_MAX &&
            entry->posting_count <= ENTRY_POSTINGS_MAX);
    write_head(head, entry);
    buf_add(out, (struct str){(const char *)head, HEAD});
    buf_add(out, entry->budget);
    buf_add(out, entry->label);
    for (size_t i = 0; i < entry->posting_count; i++)
        write_posting(out, &entry->postings[i]);
}

/* ---- reading ---- */

/* Gives the lengths of the texts. */
static enum status read_head(const unsigned char *at, struct entry *entry)
{
    unsigned version = (unsigned)take(&at, 1), kind = (unsigned)take(&at, 1), is_internal = (unsigned)take(&at, 1);
    if (version != VERSION || kind >= ENTRY_KINDS || is_internal > 1)
        return INVALID;
    entry->kind = (enum entry_kind)kind;
    entry->is_internal = is_internal == 1;
    entry->series = (uint8_t)take(&at, 1);
    entry->sequence = take(&at, 8);
    memcpy(entry->id, at, ENTRY_ID_BYTES);
    at += ENTRY_ID_BYTES;
    entry->instant.ms = (int64_t)take(&at, 8);
    entry->day.days = (int32_t)(uint32_t)take(&at, 4);
    entry->entered.days = (int32_t)(uint32_t)take(&at, 4);
    entry->actor = (int64_t)take(&at, 8);
    entry->number = (uint32_t)take(&at, 4);
    entry->reference = take(&at, 8);
    entry->exercise = (uint16_t)take(&at, 2);
    entry->posting_count = (size_t)take(&at, 2);
    entry->budget.len = (size_t)take(&at, 1);
    entry->label.len = (size_t)take(&at, 1);
    return entry->posting_count <= ENTRY_POSTINGS_MAX && entry->budget.len <= CELL_BUDGET_MAX &&
                   entry->label.len <= ENTRY_LABEL_MAX
               ? OK
               : INVALID;
}

bool entry_peek(struct str bytes, unsigned char ret_id[ENTRY_ID_BYTES], uint64_t *ret_reference)
{
    if (bytes.len < HEAD)
        return false;
    memcpy(ret_id, bytes.at + ID_AT, ENTRY_ID_BYTES);
    memcpy(ret_reference, bytes.at + REFERENCE_AT, sizeof *ret_reference);
    return true;
}

static enum status cut_text(struct str *rest, size_t length, struct str *text)
{
    if (rest->len < length)
        return INVALID;
    *text = (struct str){rest->at, length};
    *rest = str_after(*rest, length);
    return OK;
}

static enum status read_posting(struct str *rest, struct posting *posting)
{
    const unsigned char *at = (const unsigned char *)rest->at;
    if (rest->len < POSTING_HEAD)
        return INVALID;
    unsigned section = (unsigned)take(&at, 1), direction = (unsigned)take(&at, 1);
    unsigned from = (unsigned)take(&at, 1), to = (unsigned)take(&at, 1);
    if (section >= CELL_SECTIONS || direction >= CELL_DIRECTIONS || from >= CELL_ACCOUNTS || to >= CELL_ACCOUNTS)
        return INVALID;
    *posting = (struct posting){.section = (enum cell_section)section, .direction = (enum cell_direction)direction,
                                .from = (enum cell_account)from, .to = (enum cell_account)to,
                                .amount = {(int64_t)take(&at, 8)}};
    size_t length = (size_t)take(&at, 1);
    *rest = str_after(*rest, POSTING_HEAD);
    return length <= CELL_LEVEL_MAX ? cut_text(rest, length, &posting->level) : INVALID;
}

enum status entry_read(struct arena *arena, struct str bytes, struct entry *ret_entry)
{
    struct entry entry = {0};
    if (bytes.len < HEAD)
        return INVALID;
    TRY(read_head((const unsigned char *)bytes.at, &entry));
    struct str rest = str_after(bytes, HEAD);
    TRY(cut_text(&rest, entry.budget.len, &entry.budget));
    TRY(cut_text(&rest, entry.label.len, &entry.label));
    if (rest.len < entry.posting_count * POSTING_HEAD)
        return INVALID;
    entry.postings = arena_array(arena, struct posting, entry.posting_count);
    if (entry.postings == NULL)
        return LIMIT;
    for (size_t i = 0; i < entry.posting_count; i++)
        TRY(read_posting(&rest, &entry.postings[i]));
    if (rest.len > 0)
        return INVALID;
    *ret_entry = entry;
    return OK;
}
