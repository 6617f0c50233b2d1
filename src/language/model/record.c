#include "language/model/record.h"

static void skip_blanks(struct str *rest)
{
    while (rest->len > 0 && (rest->at[0] == ' ' || rest->at[0] == '\n' || rest->at[0] == '\r' || rest->at[0] == '\t'))
        *rest = str_after(*rest, 1);
}

static bool takes(struct str *rest, char byte)
{
    skip_blanks(rest);
    if (rest->len == 0 || rest->at[0] != byte)
        return false;
    *rest = str_after(*rest, 1);
    return true;
}

static enum status take_text(struct str *rest, struct str *ret_text)
{
    if (!takes(rest, '"'))
        return INVALID;
    size_t end = str_find_byte(*rest, '"');
    if (end == SIZE_MAX || str_find_byte(str_slice(*rest, 0, end), '\\') != SIZE_MAX)
        return INVALID;
    *ret_text = str_slice(*rest, 0, end);
    *rest = str_after(*rest, end + 1);
    return OK;
}

static enum status take_list(struct str *rest, struct record *record, struct record_field *field)
{
    field->list_from = record->list_count;
    if (takes(rest, ']'))
        return OK;
    do {
        if (record->list_count == RECORD_LIST_MAX)
            return LIMIT;
        TRY(take_text(rest, &record->list[record->list_count]));
        record->list_count++;
    } while (takes(rest, ','));
    field->list_count = record->list_count - field->list_from;
    return takes(rest, ']') ? OK : INVALID;
}

/* A number, true, false or null: what is no whole number counts as 0. */
static enum status take_bare(struct str *rest, struct record_field *field)
{
    size_t len = 0;
    while (len < rest->len && memchr(",}] \r\n\t", rest->at[len], 7) == NULL)
        len++;
    if (len == 0)
        return INVALID;
    if (str_to_i64(str_slice(*rest, 0, len), &field->number) != OK)
        field->number = 0;
    *rest = str_after(*rest, len);
    return OK;
}

static enum status take_field(struct str *rest, struct record *record)
{
    if (record->count == RECORD_FIELDS_MAX)
        return LIMIT;
    struct record_field *field = &record->fields[record->count++];
    *field = (struct record_field){.text = STR_NONE};
    TRY(take_text(rest, &field->name));
    if (!takes(rest, ':'))
        return INVALID;
    skip_blanks(rest);
    if (rest->len > 0 && rest->at[0] == '"')
        return take_text(rest, &field->text);
    return takes(rest, '[') ? take_list(rest, record, field) : take_bare(rest, field);
}

enum status record_next(struct str *rest, struct record *ret_record)
{
    ret_record->count = ret_record->list_count = 0;
    if (!takes(rest, '[') && !takes(rest, ','))
        return takes(rest, ']') ? NOT_FOUND : INVALID;
    if (takes(rest, ']'))
        return NOT_FOUND;
    if (!takes(rest, '{'))
        return INVALID;
    if (takes(rest, '}'))
        return OK;
    do
        TRY(take_field(rest, ret_record));
    while (takes(rest, ','));
    return takes(rest, '}') ? OK : INVALID;
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
