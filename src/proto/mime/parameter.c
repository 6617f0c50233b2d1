#include "proto/mime/parameter.h"

#include <stdlib.h>

#include "base/buf.h"
#include "proto/mime/charset.h"
#include "proto/mime/header.h"
#include "proto/mime/lex.h"
#include "proto/mime/transfer.h"
#include "proto/mime/words.h"

/* Of several forms of one name the better is taken: "filename*=" before "filename*0=" before
 * "filename=" (RFC 6266 section 4.3 has the same order of extended and plain). */
enum form { FORM_EXTENDED, FORM_SECTIONED, FORM_PLAIN };

/* What stands between two semicolons: "filename*1*" is section 1, extended. */
struct piece {
    struct str name, value;
    uint32_t section;
    uint32_t order;
    enum form form;
    bool is_extended;
};

struct piece_list LIST_OF(struct piece);

struct str parameter_token(struct str *rest)
{
    lex_skip(rest, NULL);
    struct str token = lex_until(rest, LEX_TOKEN_ENDS);
    return token.len > 0 ? token : STR_NONE;
}

/* "name", "name*", "name*0", "name*0*" (RFC 2231 section 7). Anything else with a star is a plain
 * name. */
static void split_name(struct piece *piece)
{
    uint64_t section;
    struct str rest = piece->name;
    struct str base = str_cut(&rest, '*');
    if (str_is_absent(rest))
        return;
    bool is_extended = rest.len == 0 || str_ends(rest, STR("*"));
    struct str number = rest.len == 0 ? rest : str_slice(rest, 0, rest.len - is_extended);
    if (number.len > 0 && str_to_u64(number, PARAMETER_SECTION_MAX, &section) != OK)
        return;
    piece->form = number.len > 0 ? FORM_SECTIONED : FORM_EXTENDED;
    piece->section = number.len > 0 ? (uint32_t)section : 0;
    piece->is_extended = is_extended;
    piece->name = base;
}

/* An unquoted value. Senders write "filename=my report (1).pdf": it runs to the semicolon, and only
 * a parenthesis after a blank begins a comment. */
static struct str bare_value(struct str *rest)
{
    size_t end = str_find_byte(*rest, ';');
    struct str value = str_slice(*rest, 0, end);
    *rest = str_after(*rest, value.len);
    for (size_t i = 1; i < value.len; i++)
        if (value.at[i] == '(' && (value.at[i - 1] == ' ' || value.at[i - 1] == '\t'))
            value.len = i;
    return str_trim(value);
}

static struct str take_value(struct arena *arena, struct str *rest)
{
    struct buf quoted BUF_SCOPE = BUF_INIT(HEADER_VALUE_MAX);
    lex_skip(rest, NULL);
    if (lex_quoted(rest, &quoted))
        return str_copy(arena, buf_str(&quoted));
    return header_unfold(arena, bare_value(rest));
}

/* Takes the next piece; false at the end of the field. A piece without '=' has an absent name. */
static bool take_piece(struct arena *arena, struct str *rest, struct piece *ret_piece)
{
    size_t semicolon = str_find_byte(*rest, ';');
    if (semicolon == SIZE_MAX)
        return false;
    *rest = str_after(*rest, semicolon + 1);
    *ret_piece = (struct piece){.form = FORM_PLAIN};
    lex_skip(rest, NULL);
    struct str name = lex_until(rest, LEX_TOKEN_ENDS);
    lex_skip(rest, NULL);
    if (name.len == 0 || !lex_byte(rest, '='))
        return true;
    ret_piece->name = name;
    ret_piece->value = take_value(arena, rest);
    split_name(ret_piece);
    return true;
}

static int compare_nocase(struct str a, struct str b)
{
    size_t i = 0;
    while (i < a.len && i < b.len && ascii_lower(a.at[i]) == ascii_lower(b.at[i]))
        i++;
    if (i == a.len || i == b.len)
        return (a.len > b.len) - (a.len < b.len);
    return ascii_lower(a.at[i]) - ascii_lower(b.at[i]);
}

/* Pieces of one name come together: the best form first, then by section, then as written. */
static int compare_pieces(const void *left, const void *right)
{
    const struct piece *a = left, *b = right;
    int order = compare_nocase(a->name, b->name);
    if (order == 0)
        order = (int)a->form - (int)b->form;
    if (order == 0)
        order = (int)a->section - (int)b->section;
    return order != 0 ? order : (int)a->order - (int)b->order;
}

/* A plain section among extended ones is written with percent signs, so that the whole reads one
 * way. */
static void add_section(struct buf *out, const struct piece *piece, bool is_extended)
{
    static const char digits[] = "0123456789ABCDEF";
    if (piece->is_extended || !is_extended) {
        buf_add(out, piece->value);
        return;
    }
    for (size_t i = 0; i < piece->value.len; i++) {
        uint8_t byte = (uint8_t)piece->value.at[i];
        char escaped[3] = {'%', digits[byte >> 4], digits[byte & 15]};
        bool is_plain = byte > ' ' && byte < 0x7F && strchr("%'*()<>@,;:\\\"/[]?=", byte) == NULL;
        buf_add(out, is_plain ? (struct str){piece->value.at + i, 1}
                              : (struct str){escaped, sizeof escaped});
    }
}

/* Joins sections 0, 1, 2...; a gap ends the value (RFC 2231 section 3). */
static struct str join(struct arena *arena, const struct piece *first, size_t count)
{
    struct buf joined BUF_SCOPE = BUF_INIT(HEADER_VALUE_MAX * 3);
    uint32_t next = 0;
    for (size_t i = 0; i < count && first[i].section <= next; i++) {
        if (first[i].section < next)
            continue;
        add_section(&joined, &first[i], first->is_extended);
        next++;
    }
    return str_copy(arena, buf_str(&joined));
}

static bool is_same_name(const struct piece *a, const struct piece *b)
{
    return str_eq_nocase(a->name, b->name);
}

static enum status add_parameter(struct arena *arena, struct parameter_list *list,
                                 struct piece *first, size_t count)
{
    struct parameter *parameter = list_add(list, arena, PARAMETERS_MAX);
    if (parameter == NULL)
        return LIMIT;
    parameter->name = first->name;
    parameter->is_extended = first->is_extended;
    bool is_joined = first->form == FORM_SECTIONED;
    parameter->value = is_joined ? join(arena, first, count) : first->value;
    return str_is_absent(parameter->value) ? LIMIT : OK;
}

static enum status collect_pieces(struct arena *arena, struct str rest,
                                  struct piece_list *ret_pieces)
{
    struct piece piece;
    for (uint32_t i = 0; i < PARAMETERS_MAX && take_piece(arena, &rest, &piece); i++) {
        if (str_is_absent(piece.name))
            continue;
        struct piece *added = list_add(ret_pieces, arena, PARAMETERS_MAX);
        if (added == NULL || str_is_absent(piece.value))
            return LIMIT;
        *added = piece;
        added->order = i;
    }
    return OK;
}

static int compare_by_order(const void *left, const void *right)
{
    const struct piece *a = *(const struct piece *const *)left,
                       *b = *(const struct piece *const *)right;
    return (int)a->order - (int)b->order;
}

/* One pointer per parameter to the first of its pieces, in the order of the field. */
static size_t find_heads(struct piece_list *pieces, struct piece **heads)
{
    size_t count = 0;
    for (size_t i = 0; i < pieces->count; i++)
        if (i == 0 || !is_same_name(&pieces->at[i], &pieces->at[i - 1]))
            heads[count++] = &pieces->at[i];
    qsort(heads, count, sizeof *heads, compare_by_order);
    return count;
}

enum status parameter_parse(struct arena *arena, struct str rest, struct parameter_list *ret_list)
{
    struct piece_list pieces = {0};
    struct piece *heads[PARAMETERS_MAX];
    struct parameter_list list = {0};
    TRY(collect_pieces(arena, str_slice(rest, 0, HEADER_VALUE_MAX), &pieces));
    if (pieces.count > 1)
        qsort(pieces.at, pieces.count, sizeof *pieces.at, compare_pieces);
    size_t count = find_heads(&pieces, heads);
    for (size_t i = 0; i < count; i++) {
        size_t together = 1, left = pieces.count - (size_t)(heads[i] - pieces.at);
        while (together < left && is_same_name(heads[i], heads[i] + together) &&
               heads[i][together].form == heads[i]->form)
            together++;
        TRY(add_parameter(arena, &list, heads[i], together));
    }
    *ret_list = list;
    return OK;
}

const struct parameter *parameter_find(const struct parameter_list *list, struct str name)
{
    for (size_t i = 0; i < list->count; i++)
        if (str_eq_nocase(list->at[i].name, name))
            return &list->at[i];
    return NULL;
}

struct str parameter_raw(const struct parameter_list *list, struct str name)
{
    const struct parameter *parameter = parameter_find(list, name);
    return parameter ? parameter->value : STR_NONE;
}

static void decode_percent(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        int byte = text.at[i] == '%' ? transfer_hex_byte(text, i + 1) : -1;
        buf_add_byte(out, byte >= 0 ? (char)byte : text.at[i]);
        i += byte >= 0 ? 2 : 0;
    }
}

struct str parameter_text(struct arena *arena, const struct parameter_list *list, struct str name)
{
    const struct parameter *parameter = parameter_find(list, name);
    struct buf text BUF_SCOPE = BUF_INIT(HEADER_VALUE_MAX * 4);
    struct buf bytes BUF_SCOPE = BUF_INIT(HEADER_VALUE_MAX * 4);
    if (parameter == NULL)
        return STR_NONE;
    struct str rest = parameter->value;
    size_t quote = str_find_byte(rest, '\'');
    if (!parameter->is_extended || quote == SIZE_MAX ||
        str_find_byte(str_after(rest, quote + 1), '\'') == SIZE_MAX) {
        if (parameter->is_extended)
            decode_percent(&bytes, rest);
        words_decode(&text, parameter->is_extended ? buf_str(&bytes) : rest);
        return str_copy(arena, buf_str(&text));
    }
    struct str charset = str_cut(&rest, '\'');
    str_cut(&rest, '\''); /* the language */
    decode_percent(&bytes, rest);
    charset_to_utf8(&text, charset, buf_str(&bytes));
    return str_copy(arena, buf_str(&text));
}
