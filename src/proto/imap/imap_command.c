#include "proto/imap/imap_command.h"

enum { BEFORE_LOGIN_COMMAND = 64 << 10, BEFORE_LOGIN_LITERAL = 4096 };
enum { AFTER_LOGIN_COMMAND = 256 << 10, AFTER_LOGIN_STREAM = 16 << 10 };

const struct imap_limits imap_limits_before_login = {
    .command_max = BEFORE_LOGIN_COMMAND,
    .token_max = 200,
    .depth_max = 4,
    .literal_max = BEFORE_LOGIN_LITERAL,
    .stream_above = BEFORE_LOGIN_LITERAL,
};

struct imap_limits imap_limits_after_login(uint64_t append_max)
{
    return (struct imap_limits){
        .command_max = AFTER_LOGIN_COMMAND,
        .token_max = IMAP_TOKEN_MAX,
        .depth_max = IMAP_DEPTH_MAX,
        .literal_max = append_max,
        .stream_above = AFTER_LOGIN_STREAM,
    };
}

bool imap_is_atom_char(char c)
{
    return c > ' ' && c < 0x7f && memchr("(){%*\"\\]", c, 8) == NULL;
}

bool imap_is_astring_char(char c)
{
    return c == ']' || imap_is_atom_char(c);
}

bool imap_is_token_char(char c)
{
    return c == '%' || c == '*' || imap_is_astring_char(c);
}

static bool is_all(struct str text, bool (*is_one)(char))
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_one(text.at[i]))
            return false;
    return text.len > 0;
}

bool imap_is_token(struct str text)
{
    bool is_flag = text.len > 0 && text.at[0] == '\\';
    return is_all(str_after(text, is_flag ? 1 : 0), imap_is_token_char);
}

bool imap_is_tag(struct str text)
{
    return text.len <= IMAP_TAG_MAX && is_all(text, imap_is_astring_char) &&
           str_find_byte(text, '+') == SIZE_MAX;
}

bool imap_arg_is(const struct imap_arg *arg, struct str word)
{
    return arg != NULL && arg->kind == IMAP_ATOM && str_eq_nocase(arg->text, word);
}

enum status imap_arg_atom(const struct imap_arg *arg, struct str *ret_text)
{
    if (arg == NULL || arg->kind != IMAP_ATOM || !is_all(arg->text, imap_is_atom_char))
        return INVALID;
    *ret_text = arg->text;
    return OK;
}

static enum status text_of(const struct imap_arg *arg, bool (*is_one)(char), struct str *ret_text)
{
    if (arg == NULL || (arg->kind != IMAP_ATOM && arg->kind != IMAP_STRING) || arg->is_literal8)
        return INVALID;
    if (arg->kind == IMAP_ATOM && !is_all(arg->text, is_one))
        return INVALID;
    *ret_text = arg->text;
    return OK;
}

enum status imap_arg_astring(const struct imap_arg *arg, struct str *ret_text)
{
    return text_of(arg, imap_is_astring_char, ret_text);
}

enum status imap_arg_pattern(const struct imap_arg *arg, struct str *ret_text)
{
    return text_of(arg, imap_is_token_char, ret_text);
}

enum status imap_arg_nstring(const struct imap_arg *arg, struct str *ret_text)
{
    if (imap_arg_is(arg, STR("NIL"))) {
        *ret_text = STR_NONE;
        return OK;
    }
    if (arg == NULL || arg->kind != IMAP_STRING || arg->is_literal8)
        return INVALID;
    *ret_text = arg->text;
    return OK;
}

enum status imap_arg_number(const struct imap_arg *arg, uint64_t max, uint64_t *ret_value)
{
    return arg != NULL && arg->kind == IMAP_ATOM ? str_to_u64(arg->text, max, ret_value) : INVALID;
}
