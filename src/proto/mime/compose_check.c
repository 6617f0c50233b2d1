#include "proto/mime/compose_check.h"

#include "base/utf8.h"
#include "proto/mime/lex.h"

enum { ID_MAX = 500, TOKEN_MAX = 127, NAME_MAX_BYTES = 76 };

static bool is_line(struct str value)
{
    if (value.len > COMPOSE_VALUE_MAX || !utf8_is_valid(value))
        return false;
    for (size_t i = 0; i < value.len; i++)
        if (((uint8_t)value.at[i] < ' ' && value.at[i] != '\t') || value.at[i] == 0x7F)
            return false;
    return true;
}

/* Printable ASCII without blanks and the brackets an id stands in. */
static bool is_id(struct str id)
{
    for (size_t i = 0; i < id.len; i++)
        if (id.at[i] <= ' ' || id.at[i] == 0x7F || strchr("<>()\"\\,;", id.at[i]) != NULL)
            return false;
    return id.len > 0 && id.len <= ID_MAX;
}

static bool is_token(struct str token)
{
    struct str rest = token;
    return token.len > 0 && token.len <= TOKEN_MAX &&
           lex_until(&rest, LEX_TOKEN_ENDS).len == token.len;
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((s.at[i] & 0x80) != 0)
            return false;
    return true;
}

static bool is_type(struct str type)
{
    struct str rest = type;
    struct str major = str_cut(&rest, '/');
    return is_ascii(type) && is_token(major) && is_token(rest);
}

/* A name of the fields of ours may not stand in for one that is written from its own value. */
static bool is_field_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!ascii_is_alpha(name.at[i]) && !ascii_is_digit(name.at[i]) && name.at[i] != '-')
            return false;
    return name.len > 0 && name.len < NAME_MAX_BYTES && !str_starts_nocase(name, STR("Content-")) &&
           !str_eq_nocase(name, STR("MIME-Version"));
}

static bool is_address(const struct address *address)
{
    if (address_is_group_end(address))
        return true;
    if (!is_line(address->name) || !is_line(address->mailbox))
        return false;
    return address_is_group_start(address) ? address->mailbox.len > 0
                                           : address_is_deliverable(address);
}

static bool are_addresses(const struct address *addresses, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_address(&addresses[i]))
            return false;
    return true;
}

static enum status check_lists(const struct compose *compose)
{
    bool has_sender = !str_is_absent(compose->sender.mailbox);
    bool are_good = address_is_deliverable(&compose->from) && is_address(&compose->from) &&
                    (!has_sender ||
                     (address_is_deliverable(&compose->sender) && is_address(&compose->sender))) &&
                    are_addresses(compose->reply_to, compose->reply_to_count) &&
                    are_addresses(compose->to, compose->to_count) &&
                    are_addresses(compose->cc, compose->cc_count) &&
                    are_addresses(compose->bcc, compose->bcc_count);
    return are_good ? OK : INVALID;
}

static enum status check_ids(const struct compose *compose)
{
    if (!is_id(compose->message_id) ||
        (compose->in_reply_to.len > 0 && !is_id(compose->in_reply_to)))
        return INVALID;
    for (size_t i = 0; i < compose->reference_count; i++)
        if (!is_id(compose->references[i]))
            return INVALID;
    return OK;
}

static bool is_file(const struct compose_file *file)
{
    return is_line(file->name) && is_type(file->type) &&
           (str_is_absent(file->content_id) || is_id(file->content_id));
}

enum status compose_check(const struct compose *compose)
{
    if (compose->file_count > COMPOSE_FILES_MAX ||
        compose->reference_count > COMPOSE_REFERENCES_MAX)
        return LIMIT;
    TRY(check_lists(compose));
    TRY(check_ids(compose));
    if (!is_line(compose->subject) || str_find_byte(compose->text, '\0') != SIZE_MAX ||
        str_find_byte(compose->html, '\0') != SIZE_MAX)
        return INVALID;
    for (size_t i = 0; i < compose->field_count; i++)
        if (!is_field_name(compose->fields[i].name) || !is_line(compose->fields[i].value))
            return INVALID;
    for (size_t i = 0; i < compose->file_count; i++)
        if (!is_file(&compose->files[i]))
            return INVALID;
    return OK;
}
