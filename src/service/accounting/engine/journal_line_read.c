#include "base/base64.h"
#include "base/list.h"
#include "language/json.h"
#include "service/accounting/engine/journal_line.h"

enum { ESCAPED_MAX = 6 /* characters of a byte */, HEX = 2 };

struct reading {
    struct arena *arena;
    struct json json;
    struct entry entry;
    struct posting *posting; /* the one at hand */
    struct chain_hash hash;
    struct read_postings LIST_OF(struct posting) postings;
};

/* One member of an object: what kind its value is, and who takes it. */
struct member {
    const char *name;
    enum json_kind kind;
    enum status (*take)(struct reading *reading, struct str raw);
};

static enum status text_of(struct reading *reading, struct str raw, size_t longest, struct str *ret_text)
{
    struct buf text BUF_SCOPE = BUF_INIT(longest);
    *ret_text = raw;
    if (str_find_byte(raw, '\\') == SIZE_MAX)
        return raw.len <= longest ? OK : INVALID;
    if (raw.len > longest * ESCAPED_MAX)
        return INVALID;
    json_unescape(&text, raw);
    if (buf_status(&text) != OK)
        return INVALID;
    *ret_text = str_copy(reading->arena, buf_str(&text));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

static enum status hex_of(struct str raw, unsigned char *bytes, size_t count)
{
    struct buf read BUF_SCOPE = BUF_INIT(count);
    if (raw.len != count * HEX || hex_decode(&read, raw) != OK || read.len != count)
        return INVALID;
    memcpy(bytes, read.at, count);
    return OK;
}

/* Digits as JSON has them: none for nothing in front. */
static bool is_plain(struct str digits)
{
    return digits.len == 1 || !str_starts(digits, STR("0"));
}

static enum status number_of(struct str raw, uint64_t most, uint64_t *ret_number)
{
    return is_plain(raw) && str_to_u64(raw, most, ret_number) == OK ? OK : INVALID;
}

static enum status signed_of(struct str raw, int64_t *ret_number)
{
    bool is_negative = str_starts(raw, STR("-"));
    return is_plain(str_after(raw, is_negative)) && str_to_i64(raw, ret_number) == OK ? OK : INVALID;
}

/* The place of a word among some. */
static enum status place_of(struct str raw, const char *(*name_of)(int place), int count, int *ret_place)
{
    for (int place = 0; place < count; place++)
        if (str_eq(raw, str_of(name_of(place)))) {
            *ret_place = place;
            return OK;
        }
    return INVALID;
}

static const char *kind_name(int place)
{
    return entry_kind_name((enum entry_kind)(place + 1)); /* ENTRY_NO_KIND is none */
}

static const char *account_name(int place)
{
    return cell_account_name((enum cell_account)place);
}

static enum status account_of(struct str raw, enum cell_account *ret_account)
{
    int place;
    TRY(place_of(raw, account_name, CELL_ACCOUNTS, &place));
    *ret_account = (enum cell_account)place;
    return OK;
}

/* The members of an object whose brace is read, each once, in any order. */
static enum status read_members(struct reading *reading, const struct member *members, size_t count)
{
    unsigned seen = 0;
    struct str raw;
    enum json_kind kind;
    while ((kind = json_next(&reading->json, &raw)) == JSON_KEY) {
        size_t place = 0;
        while (place < count && !str_eq(raw, str_of(members[place].name)))
            place++;
        if (place == count || (seen & 1u << place) != 0)
            return INVALID;
        seen |= 1u << place;
        if (json_next(&reading->json, &raw) != members[place].kind)
            return INVALID;
        TRY(members[place].take(reading, raw));
    }
    return kind == JSON_OBJECT_END && seen == (1u << count) - 1 ? OK : INVALID;
}

/* ---- a posting ---- */

static enum status take_section(struct reading *reading, struct str raw)
{
    bool is_functioning = str_eq(raw, STR("F"));
    reading->posting->section = is_functioning ? CELL_FUNCTIONING : CELL_INVESTMENT;
    return is_functioning || str_eq(raw, STR("I")) ? OK : INVALID;
}

static enum status take_direction(struct reading *reading, struct str raw)
{
    bool is_expense = str_eq(raw, STR("D"));
    reading->posting->direction = is_expense ? CELL_EXPENSE : CELL_RECEIPT;
    return is_expense || str_eq(raw, STR("R")) ? OK : INVALID;
}

static enum status take_level(struct reading *reading, struct str raw)
{
    return text_of(reading, raw, CELL_LEVEL_MAX, &reading->posting->level);
}

static enum status take_from(struct reading *reading, struct str raw)
{
    return account_of(raw, &reading->posting->from);
}

static enum status take_to(struct reading *reading, struct str raw)
{
    return account_of(raw, &reading->posting->to);
}

static enum status take_cents(struct reading *reading, struct str raw)
{
    return signed_of(raw, &reading->posting->amount.cents);
}

static enum status take_posting(struct reading *reading)
{
    static const struct member members[] = {
        {"section", JSON_TEXT, take_section}, {"direction", JSON_TEXT, take_direction},
        {"level", JSON_TEXT, take_level},     {"from", JSON_TEXT, take_from},
        {"to", JSON_TEXT, take_to},           {"cents", JSON_NUMBER, take_cents},
    };
    if (reading->postings.count == ENTRY_POSTINGS_MAX)
        return INVALID;
    reading->posting = list_add(&reading->postings, reading->arena, ENTRY_POSTINGS_MAX);
    if (reading->posting == NULL)
        return LIMIT;
    return read_members(reading, members, sizeof members / sizeof *members);
}

static enum status take_postings(struct reading *reading, struct str raw)
{
    enum json_kind kind;
    while ((kind = json_next(&reading->json, &raw)) == JSON_OBJECT)
        TRY(take_posting(reading));
    return kind == JSON_ARRAY_END ? OK : INVALID;
}

/* ---- the entry ---- */

static enum status take_sequence(struct reading *reading, struct str raw)
{
    return number_of(raw, UINT64_MAX, &reading->entry.sequence);
}

static enum status take_id(struct reading *reading, struct str raw)
{
    return hex_of(raw, reading->entry.id, ENTRY_ID_BYTES);
}

static enum status take_kind(struct reading *reading, struct str raw)
{
    int place;
    TRY(place_of(raw, kind_name, ENTRY_KINDS - 1, &place));
    reading->entry.kind = (enum entry_kind)(place + 1);
    return OK;
}

static enum status take_internal(struct reading *reading, struct str raw)
{
    reading->entry.is_internal = str_eq(raw, STR("true"));
    return reading->entry.is_internal || str_eq(raw, STR("false")) ? OK : INVALID;
}

static enum status take_series(struct reading *reading, struct str raw)
{
    uint64_t number;
    TRY(number_of(raw, UINT8_MAX, &number));
    reading->entry.series = (uint8_t)number;
    return OK;
}

static enum status take_number(struct reading *reading, struct str raw)
{
    uint64_t number;
    TRY(number_of(raw, UINT32_MAX, &number));
    reading->entry.number = (uint32_t)number;
    return OK;
}

static enum status take_instant(struct reading *reading, struct str raw)
{
    return signed_of(raw, &reading->entry.instant.ms);
}

static enum status take_day(struct reading *reading, struct str raw)
{
    return date_parse(raw, &reading->entry.day) == OK ? OK : INVALID;
}

static enum status take_entered(struct reading *reading, struct str raw)
{
    return date_parse(raw, &reading->entry.entered) == OK ? OK : INVALID;
}

static enum status take_actor(struct reading *reading, struct str raw)
{
    return signed_of(raw, &reading->entry.actor);
}

static enum status take_reference(struct reading *reading, struct str raw)
{
    return number_of(raw, UINT64_MAX, &reading->entry.reference);
}

static enum status take_budget(struct reading *reading, struct str raw)
{
    return text_of(reading, raw, CELL_BUDGET_MAX, &reading->entry.budget);
}

static enum status take_exercise(struct reading *reading, struct str raw)
{
    uint64_t number;
    TRY(number_of(raw, UINT16_MAX, &number));
    reading->entry.exercise = (uint16_t)number;
    return OK;
}

static enum status take_label(struct reading *reading, struct str raw)
{
    return text_of(reading, raw, ENTRY_LABEL_MAX, &reading->entry.label);
}

static enum status take_hash(struct reading *reading, struct str raw)
{
    return hex_of(raw, reading->hash.bytes, sizeof reading->hash.bytes);
}

enum status journal_line_read(struct arena *arena, struct str line, struct entry *ret_entry,
                              struct chain_hash *ret_hash)
{
    static const struct member members[] = {
        {"sequence", JSON_NUMBER, take_sequence}, {"id", JSON_TEXT, take_id},
        {"kind", JSON_TEXT, take_kind},           {"internal", JSON_WORD, take_internal},
        {"series", JSON_NUMBER, take_series},     {"number", JSON_NUMBER, take_number},
        {"instant", JSON_NUMBER, take_instant},   {"day", JSON_TEXT, take_day},
        {"entered", JSON_TEXT, take_entered},     {"actor", JSON_NUMBER, take_actor},
        {"reference", JSON_NUMBER, take_reference}, {"budget", JSON_TEXT, take_budget},
        {"exercise", JSON_NUMBER, take_exercise}, {"label", JSON_TEXT, take_label},
        {"postings", JSON_ARRAY, take_postings},  {"hash", JSON_TEXT, take_hash},
    };
    struct reading reading = {.arena = arena, .json = json_of(line)};
    struct str raw;
    if (line.len > JOURNAL_LINE_MAX || json_next(&reading.json, &raw) != JSON_OBJECT)
        return INVALID;
    TRY(read_members(&reading, members, sizeof members / sizeof *members));
    if (json_next(&reading.json, &raw) != JSON_END || str_trim(reading.json.rest).len > 0)
        return INVALID;
    reading.entry.postings = reading.postings.at;
    reading.entry.posting_count = reading.postings.count;
    *ret_entry = reading.entry;
    *ret_hash = reading.hash;
    return OK;
}
