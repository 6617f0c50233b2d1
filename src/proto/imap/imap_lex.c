#include "base/list.h"
#include "base/utf8.h"
#include "proto/imap/imap_command.h"

/* Arguments are pushed on one stack; a closing parenthesis moves those above its opening into an
 * array of their own. No recursion: depth is counted, not spent. */
struct lexer {
    struct str rest; /* not yet lexed */
    const struct imap_limits *limits;
    struct arena *arena;
    struct LIST_OF(struct imap_arg) stack;
    size_t open_at[IMAP_DEPTH_MAX]; /* stack heights where each open list begins */
    size_t depth, tokens;
    uint32_t streams;
    const char *why;
};

static enum status refuse(struct lexer *lexer, enum status status, const char *why)
{
    lexer->why = why;
    return status;
}

static bool is_next(const struct lexer *lexer, char c)
{
    return lexer->rest.len > 0 && lexer->rest.at[0] == c;
}

static struct str take(struct lexer *lexer, size_t count)
{
    struct str taken = str_slice(lexer->rest, 0, count);
    lexer->rest = str_after(lexer->rest, count);
    return taken;
}

static enum status push(struct lexer *lexer, struct imap_arg arg)
{
    if (lexer->tokens++ >= lexer->limits->token_max)
        return refuse(lexer, LIMIT, "Too many arguments");
    struct imap_arg *added = list_add(&lexer->stack, lexer->arena, lexer->limits->token_max);
    if (added == NULL)
        return refuse(lexer, LIMIT, "Too many arguments");
    *added = arg;
    return OK;
}

/* Moves the arguments from `from` up into an array of their own. */
static enum status pop_from(struct lexer *lexer, size_t from, struct imap_arg **ret_items,
                            size_t *ret_count)
{
    size_t count = lexer->stack.count - from;
    struct imap_arg *items = count > 0 ? arena_array(lexer->arena, struct imap_arg, count) : NULL;
    if (count > 0 && items == NULL)
        return refuse(lexer, LIMIT, "Command too large");
    if (count > 0)
        memcpy(items, lexer->stack.at + from, count * sizeof *items);
    lexer->stack.count = from;
    *ret_items = items;
    *ret_count = count;
    return OK;
}

static enum status open_list(struct lexer *lexer)
{
    if (lexer->depth >= lexer->limits->depth_max || lexer->depth >= IMAP_DEPTH_MAX)
        return refuse(lexer, LIMIT, "Parentheses nested too deeply");
    lexer->open_at[lexer->depth++] = lexer->stack.count;
    take(lexer, 1);
    return OK;
}

static enum status close_list(struct lexer *lexer)
{
    struct imap_arg list = {.kind = IMAP_LIST};
    if (lexer->depth == 0)
        return refuse(lexer, INVALID, "Unexpected closing parenthesis");
    TRY(pop_from(lexer, lexer->open_at[--lexer->depth], &list.items, &list.count));
    take(lexer, 1);
    return push(lexer, list);
}

static struct str unescape(struct arena *arena, struct str escaped)
{
    struct str plain = str_copy(arena, escaped);
    if (str_is_absent(plain))
        return plain;
    char *to = (char *)(uintptr_t)plain.at;
    plain.len = 0;
    for (size_t i = 0; i < escaped.len; i++) {
        if (escaped.at[i] == '\\')
            i++;
        to[plain.len++] = escaped.at[i];
    }
    return plain;
}

/* The length of a quoted string's inside, or SIZE_MAX. Only '"' and '\' may be escaped. */
static size_t quoted_length(struct str s, bool *ret_has_escape)
{
    *ret_has_escape = false;
    for (size_t i = 0; i < s.len && s.at[i] != '\r' && s.at[i] != '\n'; i++) {
        if (s.at[i] == '"')
            return i;
        if (s.at[i] != '\\')
            continue;
        *ret_has_escape = true;
        if (++i >= s.len || (s.at[i] != '"' && s.at[i] != '\\'))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* quoted (RFC 9051 section 9): UTF-8 is accepted whatever was enabled, as no other meaning is
 * possible. */
static enum status lex_quoted(struct lexer *lexer)
{
    bool has_escape;
    take(lexer, 1);
    size_t length = quoted_length(lexer->rest, &has_escape);
    if (length == SIZE_MAX)
        return refuse(lexer, INVALID, "Malformed quoted string");
    struct imap_arg arg = {.kind = IMAP_STRING, .text = take(lexer, length)};
    if (!utf8_is_valid(arg.text))
        return refuse(lexer, INVALID, "Quoted string is not UTF-8");
    if (has_escape)
        arg.text = unescape(lexer->arena, arg.text);
    if (str_is_absent(arg.text))
        return refuse(lexer, LIMIT, "Command too large");
    take(lexer, 1);
    return push(lexer, arg);
}

/* "{n}", "{n+}" and the same after '~', then CRLF: all taken off. */
static enum status lex_literal_head(struct lexer *lexer, struct imap_arg *arg)
{
    arg->is_literal8 = is_next(lexer, '~');
    take(lexer, arg->is_literal8 ? 2 : 1);
    size_t length = str_find_byte(lexer->rest, '}');
    if (length == SIZE_MAX || !str_starts(str_after(lexer->rest, length), STR("}\r\n")))
        return refuse(lexer, INVALID, "Malformed literal");
    struct str digits = take(lexer, length);
    if (str_ends(digits, STR("+")))
        digits.len--;
    if (str_to_u64(digits, lexer->limits->literal_max, &arg->size) != OK)
        return refuse(lexer, INVALID, "Malformed literal");
    take(lexer, 3);
    return OK;
}

static enum status lex_literal(struct lexer *lexer)
{
    struct imap_arg arg = {.kind = IMAP_STRING};
    TRY(lex_literal_head(lexer, &arg));
    if (arg.size > lexer->limits->stream_above) {
        arg.kind = IMAP_STREAM;
        arg.stream = lexer->streams++;
        return push(lexer, arg);
    }
    if (arg.size > lexer->rest.len)
        return refuse(lexer, INVALID, "Literal cut short");
    arg.text = take(lexer, (size_t)arg.size);
    arg.size = 0;
    if (!arg.is_literal8 && str_find_byte(arg.text, '\0') != SIZE_MAX)
        return refuse(lexer, INVALID, "NUL in a literal");
    return push(lexer, arg);
}

static enum status lex_token(struct lexer *lexer)
{
    size_t length = is_next(lexer, '\\') ? 1 : 0;
    while (length < lexer->rest.len && imap_is_token_char(lexer->rest.at[length]))
        length++;
    struct imap_arg arg = {.kind = IMAP_ATOM, .text = take(lexer, length)};
    if (!imap_is_token(arg.text))
        return refuse(lexer, INVALID, "Argument expected");
    return push(lexer, arg);
}

static enum status lex_value(struct lexer *lexer)
{
    if (is_next(lexer, '"'))
        return lex_quoted(lexer);
    if (is_next(lexer, '{') || str_starts(lexer->rest, STR("~{")))
        return lex_literal(lexer);
    return lex_token(lexer);
}

static bool is_end(const struct lexer *lexer)
{
    return str_eq(lexer->rest, STR("\r\n"));
}

/* One value or opening parenthesis, then every parenthesis that closes behind it. The section of
 * BODY[HEADER.FIELDS (DATE)]<0.9> has a list with "]<0.9>" right after: that begins a new
 * argument. */
static enum status lex_step(struct lexer *lexer)
{
    if (is_next(lexer, '(')) {
        TRY(open_list(lexer));
        if (!is_next(lexer, ')'))
            return OK;
    } else {
        TRY(lex_value(lexer));
    }
    while (is_next(lexer, ')')) {
        TRY(close_list(lexer));
        if (is_next(lexer, ']'))
            TRY(lex_token(lexer));
    }
    if (is_end(lexer))
        return OK;
    if (!is_next(lexer, ' '))
        return refuse(lexer, INVALID, "Space expected between arguments");
    take(lexer, 1);
    return is_end(lexer) ? refuse(lexer, INVALID, "Argument expected") : OK;
}

static struct str take_word(struct lexer *lexer)
{
    size_t length = 0;
    while (length < lexer->rest.len && imap_is_astring_char(lexer->rest.at[length]))
        length++;
    return take(lexer, length);
}

static enum status lex_head(struct lexer *lexer, struct imap_command *command)
{
    struct str tag = take_word(lexer);
    if (!imap_is_tag(tag) || !(is_next(lexer, ' ') || is_end(lexer)))
        return refuse(lexer, INVALID, "Tag expected");
    command->tag = tag;
    take(lexer, is_end(lexer) ? 0 : 1);
    command->name = take_word(lexer);
    if (command->name.len == 0 || !(is_next(lexer, ' ') || is_end(lexer)))
        return refuse(lexer, INVALID, "Command name expected");
    if (is_end(lexer))
        return OK;
    take(lexer, 1);
    return is_end(lexer) ? refuse(lexer, INVALID, "Argument expected") : OK;
}

/* "UID name" is one command (RFC 9051 section 6.4.9). */
static enum status join_uid(struct lexer *lexer, struct imap_command *command)
{
    if (!str_eq_nocase(command->name, STR("UID")))
        return OK;
    if (command->count == 0 || imap_arg_atom(&command->args[0], &command->name) != OK)
        return refuse(lexer, INVALID, "Command name expected after UID");
    command->is_uid = true;
    command->args++;
    command->count--;
    return OK;
}

static enum status lex_all(struct lexer *lexer, struct imap_command *command)
{
    TRY(lex_head(lexer, command));
    while (!is_end(lexer))
        TRY(lex_step(lexer));
    if (lexer->depth > 0)
        return refuse(lexer, INVALID, "Closing parenthesis expected");
    TRY(pop_from(lexer, 0, &command->args, &command->count));
    return join_uid(lexer, command);
}

enum status imap_lex(struct str text, const struct imap_limits *limits, struct arena *arena,
                     struct imap_command *ret_command, const char **ret_why)
{
    struct lexer lexer = {.rest = text, .limits = limits, .arena = arena};
    struct imap_command command = {.tag = STR_NONE};
    enum status status = lex_all(&lexer, &command);
    if (status != OK)
        command = (struct imap_command){.tag = command.tag};
    *ret_command = command;
    *ret_why = lexer.why;
    return status;
}
