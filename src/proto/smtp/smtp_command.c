#include "proto/smtp/smtp_command.h"

#include "base/utf8.h"

static const struct {
    struct str word;
    enum smtp_verb verb;
} verbs[] = {
    {STR_INIT("EHLO"), SMTP_EHLO}, {STR_INIT("HELO"), SMTP_HELO}, {STR_INIT("LHLO"), SMTP_LHLO},
    {STR_INIT("MAIL"), SMTP_MAIL}, {STR_INIT("RCPT"), SMTP_RCPT}, {STR_INIT("DATA"), SMTP_DATA},
    {STR_INIT("BDAT"), SMTP_BDAT}, {STR_INIT("RSET"), SMTP_RSET}, {STR_INIT("NOOP"), SMTP_NOOP},
    {STR_INIT("QUIT"), SMTP_QUIT}, {STR_INIT("VRFY"), SMTP_VRFY}, {STR_INIT("HELP"), SMTP_HELP},
    {STR_INIT("STARTTLS"), SMTP_STARTTLS}, {STR_INIT("AUTH"), SMTP_AUTH},
};

enum status smtp_line(struct str input, struct str *ret_line, size_t *ret_used)
{
    for (size_t i = 0; i < input.len && i < SMTP_LINE_MAX; i++) {
        char c = input.at[i];
        if (c == '\n')
            return INVALID;
        if (c != '\r')
            continue;
        if (i + 1 == input.len)
            return BUSY;
        if (input.at[i + 1] != '\n')
            return INVALID;
        *ret_line = str_slice(input, 0, i);
        *ret_used = i + 2;
        return OK;
    }
    return input.len >= SMTP_LINE_MAX ? LIMIT : BUSY;
}

static bool is_printable(struct str text, bool is_utf8)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c <= ' ' || c == 0x7f || c == '<' || c == '>' || (c >= 0x80 && !is_utf8))
            return false;
    }
    return utf8_is_valid(text);
}

static bool is_domain(struct str domain)
{
    if (domain.len == 0 || domain.at[0] == '.' || domain.at[0] == '-')
        return false;
    for (size_t i = 0; i < domain.len; i++) {
        char c = domain.at[i];
        bool is_good = ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '.' || (unsigned char)c >= 0x80;
        bool is_double = c == '.' && i + 1 < domain.len && domain.at[i + 1] == '.';
        if (!is_good || is_double)
            return false;
    }
    return domain.at[domain.len - 1] != '.';
}

bool smtp_is_address(struct str address, bool is_utf8)
{
    size_t at = str_find_byte_last(address, '@');
    if (at == SIZE_MAX || at == 0 || at > SMTP_LOCAL_MAX || address.len > SMTP_PATH_MAX)
        return false;
    struct str local = str_slice(address, 0, at);
    if (str_find_byte(local, '@') != SIZE_MAX && local.at[0] != '"')
        return false;
    return is_printable(address, is_utf8) && is_domain(str_after(address, at + 1));
}

/* RFC 5321 section 4.1.1.3: "@a,@b:user@d" - the route is dropped. */
static struct str without_route(struct str path)
{
    size_t colon = path.len > 0 && path.at[0] == '@' ? str_find_byte(path, ':') : SIZE_MAX;
    return colon == SIZE_MAX ? path : str_after(path, colon + 1);
}

static enum status take_path(struct str *rest, struct str keyword, struct smtp_command *command)
{
    if (!str_starts_nocase(*rest, keyword))
        return INVALID;
    struct str from = str_trim(str_after(*rest, keyword.len)); /* a space before '<' is common, and harmless */
    size_t close = str_find_byte(from, '>');
    if (from.len == 0 || from.at[0] != '<' || close == SIZE_MAX)
        return INVALID;
    command->path = without_route(str_slice(from, 1, close));
    *rest = str_after(from, close + 1);
    return rest->len == 0 || rest->at[0] == ' ' ? OK : INVALID;
}

static enum status mail_parameter(struct str name, struct str value, struct smtp_command *command)
{
    if (str_eq_nocase(name, STR("SIZE"))) {
        command->has_size = true;
        return str_to_u64(value, INT64_MAX, &command->size);
    }
    if (str_eq_nocase(name, STR("SMTPUTF8")) && value.len == 0) {
        command->is_utf8 = true;
        return OK;
    }
    if (str_eq_nocase(name, STR("BODY"))) {
        command->is_8bit = str_eq_nocase(value, STR("8BITMIME"));
        command->is_binary = str_eq_nocase(value, STR("BINARYMIME"));
        return command->is_8bit || str_eq_nocase(value, STR("7BIT")) ? OK : NOT_FOUND;
    }
    /* RFC 4954 section 5: who submitted it, which we do not believe. */
    return str_eq_nocase(name, STR("AUTH")) ? OK : NOT_FOUND;
}

static enum status mail_parameters(struct str rest, struct smtp_command *command)
{
    int count = 0;
    while (!str_is_absent(rest)) {
        struct str value = str_cut(&rest, ' ');
        if (value.len == 0)
            continue;
        if (++count > SMTP_PARAMETERS_MAX)
            return INVALID;
        struct str name = str_cut(&value, '=');
        TRY(mail_parameter(name, str_is_absent(value) ? STR("") : value, command));
    }
    return OK;
}

static enum status parse_mail(struct str rest, struct smtp_command *command)
{
    TRY(take_path(&rest, STR("FROM:"), command));
    TRY(mail_parameters(rest, command));
    return command->path.len == 0 || smtp_is_address(command->path, command->is_utf8) ? OK : INVALID;
}

/* RCPT has no parameter that we announce; whether UTF-8 is allowed, MAIL said. */
static enum status parse_rcpt(struct str rest, struct smtp_command *command)
{
    TRY(take_path(&rest, STR("TO:"), command));
    if (str_trim(rest).len > 0)
        return NOT_FOUND;
    return smtp_is_address(command->path, true) ? OK : INVALID;
}

/* RFC 3030 section 2. */
static enum status parse_bdat(struct str rest, struct smtp_command *command)
{
    struct str size = str_cut(&rest, ' ');
    command->has_size = true;
    command->is_last = str_eq_nocase(rest, STR("LAST"));
    if (!str_is_absent(rest) && !command->is_last)
        return INVALID;
    return str_to_u64(size, INT64_MAX, &command->size);
}

static enum status parse_hello(struct str rest, struct smtp_command *command)
{
    command->argument = str_trim(rest);
    return command->argument.len > 0 && is_printable(command->argument, false) ? OK : INVALID;
}

static enum status parse_auth(struct str rest, struct smtp_command *command)
{
    command->argument = str_cut(&rest, ' ');
    command->initial = rest;
    return command->argument.len > 0 ? OK : INVALID;
}

static enum smtp_verb verb_of(struct str word)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (str_eq_nocase(word, verbs[i].word))
            return verbs[i].verb;
    return SMTP_UNKNOWN;
}

enum status smtp_command_parse(struct str line, struct smtp_command *ret_command)
{
    struct str rest = line, word = str_cut(&rest, ' ');
    *ret_command = (struct smtp_command){.verb = verb_of(word)};
    if (str_find_byte(line, 0) != SIZE_MAX)
        return INVALID;
    struct str argument = str_is_absent(rest) ? STR("") : rest;
    switch (ret_command->verb) {
    case SMTP_EHLO:
    case SMTP_HELO:
    case SMTP_LHLO:
        return parse_hello(argument, ret_command);
    case SMTP_MAIL:
        return parse_mail(argument, ret_command);
    case SMTP_RCPT:
        return parse_rcpt(argument, ret_command);
    case SMTP_BDAT:
        return parse_bdat(argument, ret_command);
    case SMTP_AUTH:
        return parse_auth(argument, ret_command);
    case SMTP_DATA:
    case SMTP_RSET:
    case SMTP_QUIT:
    case SMTP_STARTTLS:
        return str_trim(argument).len == 0 ? OK : INVALID;
    case SMTP_NOOP:
    case SMTP_VRFY:
    case SMTP_HELP:
        return OK;
    case SMTP_UNKNOWN:
        return INVALID;
    }
    return BUG;
}
