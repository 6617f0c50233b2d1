#include "proto/mime/header.h"

#include "base/arena.h"
#include "proto/mime/words.h"

static bool is_at_empty_line(struct str rest)
{
    return str_starts(rest, STR("\n")) || str_starts(rest, STR("\r\n"));
}

struct str header_take_lines(struct str *rest)
{
    size_t end = 0;
    do {
        size_t line = str_find_byte(str_after(*rest, end), '\n');
        end = line == SIZE_MAX ? rest->len : end + line + 1;
    } while (end < rest->len && (rest->at[end] == ' ' || rest->at[end] == '\t'));
    struct str lines = str_slice(*rest, 0, end);
    *rest = str_after(*rest, end);
    return lines;
}

size_t header_length(struct str message)
{
    struct str rest = message;
    while (rest.len > 0 && !is_at_empty_line(rest))
        header_take_lines(&rest);
    if (rest.len > 0)
        rest = str_after(rest, rest.at[0] == '\r' ? 2 : 1);
    return message.len - rest.len;
}

/* ftext of RFC 5322 section 3.6.8; blanks before the colon are an obsolete form (section 4.5). */
static size_t name_length(struct str lines)
{
    size_t i = 0;
    while (i < lines.len && lines.at[i] > ' ' && lines.at[i] < 0x7F && lines.at[i] != ':')
        i++;
    return i;
}

bool header_split(struct str lines, struct header_field *ret_field)
{
    size_t name = name_length(lines), colon = name;
    while (colon < lines.len && (lines.at[colon] == ' ' || lines.at[colon] == '\t'))
        colon++;
    if (name == 0 || colon == lines.len || lines.at[colon] != ':')
        return false;
    struct str value = str_after(lines, colon + 1);
    if (str_ends(value, STR("\n")))
        value.len -= str_ends(value, STR("\r\n")) ? 2 : 1;
    *ret_field = (struct header_field){str_slice(lines, 0, name), value, lines};
    return true;
}

bool header_next(struct str *rest, struct header_field *ret_field)
{
    while (rest->len > 0 && !is_at_empty_line(*rest))
        if (header_split(header_take_lines(rest), ret_field))
            return true;
    return false;
}

void header_collect(struct str header, struct header_wanted *wanted, size_t count)
{
    struct header_field field;
    for (size_t seen = 0; seen < HEADER_FIELDS_MAX && header_next(&header, &field); seen++)
        for (size_t i = 0; i < count; i++)
            if (str_is_absent(wanted[i].value) && str_eq_nocase(field.name, wanted[i].name))
                wanted[i].value = field.value;
}

struct str header_find(struct str header, struct str name)
{
    struct header_wanted wanted = {.name = name};
    header_collect(header, &wanted, 1);
    return wanted.value;
}

struct str header_unfold(struct arena *arena, struct str value)
{
    struct str trimmed = str_trim(str_slice(value, 0, HEADER_VALUE_MAX));
    if (str_find_byte(trimmed, '\n') == SIZE_MAX)
        return trimmed;
    struct str copy = str_copy(arena, trimmed);
    char *to = (char *)(uintptr_t)copy.at;
    size_t kept = 0;
    for (size_t i = 0; i < copy.len; i++)
        if (to[i] != '\n' && !(to[i] == '\r' && i + 1 < copy.len && to[i + 1] == '\n'))
            to[kept++] = to[i];
    return (struct str){copy.at, kept};
}

struct str header_text(struct arena *arena, struct str value)
{
    struct buf text BUF_SCOPE = BUF_INIT(HEADER_VALUE_MAX * 4);
    struct str line = header_unfold(arena, value);
    if (str_is_absent(line))
        return STR_NONE;
    words_decode(&text, line);
    return str_copy(arena, buf_str(&text));
}
