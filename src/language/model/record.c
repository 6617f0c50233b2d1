#include "language/model/record.h"

/* A text is taken as it stands: with an escape it is none. */
static enum status take_plain(struct str raw, struct str *ret_text)
{
    if (str_find_byte(raw, '\\') != SIZE_MAX)
        return INVALID;
    *ret_text = raw;
    return OK;
}

static enum status take_list(struct json *json, struct record *record, struct record_field *field)
{
    struct str raw;
    enum json_kind kind;
    field->list_from = record->list_count;
    while ((kind = json_next(json, &raw)) == JSON_TEXT) {
        if (record->list_count == RECORD_LIST_MAX)
            return LIMIT;
        TRY(take_plain(raw, &record->list[record->list_count]));
        record->list_count++;
    }
    field->list_count = record->list_count - field->list_from;
    return kind == JSON_ARRAY_END ? OK : INVALID;
}

/* A text, a list of texts, a whole number; what else stands alone counts as 0. */
static enum status take_field(struct json *json, struct str name, struct record *record)
{
    struct str raw;
    if (record->count == RECORD_FIELDS_MAX)
        return LIMIT;
    struct record_field *field = &record->fields[record->count++];
    *field = (struct record_field){.text = STR_NONE};
    TRY(take_plain(name, &field->name));
    enum json_kind kind = json_next(json, &raw);
    if (kind == JSON_TEXT)
        return take_plain(raw, &field->text);
    if (kind == JSON_ARRAY)
        return take_list(json, record, field);
    if (kind != JSON_NUMBER && kind != JSON_WORD)
        return INVALID;
    if (str_to_i64(raw, &field->number) != OK)
        field->number = 0;
    return OK;
}

enum status record_next(struct json *json, struct record *ret_record)
{
    struct str name;
    bool is_first = json->depth == 0;
    enum json_kind kind = json_next(json, &name);
    ret_record->count = ret_record->list_count = 0;
    if (is_first && kind == JSON_ARRAY)
        kind = json_next(json, &name);
    else if (is_first)
        return INVALID;
    if (kind == JSON_ARRAY_END)
        return NOT_FOUND;
    if (kind != JSON_OBJECT)
        return INVALID;
    while ((kind = json_next(json, &name)) == JSON_KEY)
        TRY(take_field(json, name, ret_record));
    return kind == JSON_OBJECT_END ? OK : INVALID;
}

const struct record_field *record_field(const struct record *record, const char *name)
{
    for (size_t i = 0; i < record->count; i++)
        if (str_eq(record->fields[i].name, str_of(name)))
            return &record->fields[i];
    return NULL;
}

struct str record_text(const struct record *record, const char *name)
{
    const struct record_field *field = record_field(record, name);
    return field == NULL ? STR_NONE : field->text;
}
