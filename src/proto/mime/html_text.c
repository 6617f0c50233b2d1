#include "proto/mime/html_text.h"

#include "base/utf8.h"

enum { ENTITY_MAX = 10, TAG_MAX = 16 };

enum tag_effect {
    EFFECT_NONE,
    EFFECT_LINE,  /* begins and ends a line */
    EFFECT_BLOCK, /* the same, with an empty line between */
    EFFECT_CELL,
    EFFECT_ITEM,
    EFFECT_QUOTE,
    EFFECT_PRE,
    EFFECT_IMAGE,
    EFFECT_HIDDEN, /* all up to its end tag says nothing to a reader */
};

static const struct {
    struct str name;
    enum tag_effect effect;
} tags[] = {
    {STR_INIT("br"), EFFECT_LINE},         {STR_INIT("div"), EFFECT_LINE},
    {STR_INIT("p"), EFFECT_BLOCK},         {STR_INIT("tr"), EFFECT_LINE},
    {STR_INIT("table"), EFFECT_LINE},      {STR_INIT("h1"), EFFECT_BLOCK},
    {STR_INIT("h2"), EFFECT_BLOCK},        {STR_INIT("h3"), EFFECT_BLOCK},
    {STR_INIT("h4"), EFFECT_BLOCK},        {STR_INIT("h5"), EFFECT_BLOCK},
    {STR_INIT("h6"), EFFECT_BLOCK},        {STR_INIT("ul"), EFFECT_LINE},
    {STR_INIT("ol"), EFFECT_LINE},         {STR_INIT("li"), EFFECT_ITEM},
    {STR_INIT("dt"), EFFECT_LINE},         {STR_INIT("dd"), EFFECT_LINE},
    {STR_INIT("hr"), EFFECT_BLOCK},        {STR_INIT("td"), EFFECT_CELL},
    {STR_INIT("th"), EFFECT_CELL},         {STR_INIT("blockquote"), EFFECT_QUOTE},
    {STR_INIT("pre"), EFFECT_PRE},         {STR_INIT("img"), EFFECT_IMAGE},
    {STR_INIT("script"), EFFECT_HIDDEN},   {STR_INIT("style"), EFFECT_HIDDEN},
    {STR_INIT("title"), EFFECT_HIDDEN},    {STR_INIT("svg"), EFFECT_HIDDEN},
    {STR_INIT("template"), EFFECT_HIDDEN}, {STR_INIT("textarea"), EFFECT_NONE},
    {STR_INIT("section"), EFFECT_LINE},    {STR_INIT("article"), EFFECT_LINE},
    {STR_INIT("header"), EFFECT_LINE},     {STR_INIT("footer"), EFFECT_LINE},
    {STR_INIT("address"), EFFECT_LINE},    {STR_INIT("center"), EFFECT_LINE},
};

/* Breaks and blanks are held back until a character follows, so that none begins or ends the
 * text. */
struct writer {
    struct buf *out;
    size_t quotes, pres;
    int breaks; /* line ends owed: 1 a new line, 2 an empty line as well */
    bool owes_blank, has_text;
};

static void owe_breaks(struct writer *writer, int breaks)
{
    if (writer->breaks < breaks)
        writer->breaks = breaks;
    writer->owes_blank = false;
}

static void begin_line(struct writer *writer)
{
    size_t quotes = writer->quotes < HTML_TEXT_QUOTES_MAX ? writer->quotes : HTML_TEXT_QUOTES_MAX;
    for (size_t i = 0; i < quotes; i++)
        buf_add_literal(writer->out, "> ");
}

static void pay_what_is_owed(struct writer *writer)
{
    if (!writer->has_text || writer->breaks > 0) {
        for (int i = 0; i < writer->breaks && writer->has_text; i++)
            buf_add_byte(writer->out, '\n');
        begin_line(writer);
    } else if (writer->owes_blank) {
        buf_add_byte(writer->out, ' ');
    }
    writer->has_text = true;
    writer->breaks = 0;
    writer->owes_blank = false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void add_blank(struct writer *writer, char blank)
{
    if (writer->pres == 0) {
        writer->owes_blank = writer->breaks == 0;
    } else if (blank == '\n') {
        writer->breaks += writer->breaks < 3;
    } else if (blank != '\r') {
        pay_what_is_owed(writer);
        buf_add_byte(writer->out, blank);
    }
}

/* A no-break space reads as a space, and a soft hyphen or zero-width character as nothing. */
static void add_point(struct writer *writer, uint32_t point)
{
    if (point == 0xA0) {
        add_blank(writer, ' ');
        return;
    }
    if (point == 0xAD || (point >= 0x200B && point <= 0x200D) || point == 0x34F || point == 0xFEFF)
        return;
    pay_what_is_owed(writer);
    utf8_add(writer->out, point < ' ' ? UTF8_REPLACEMENT : point);
}

/* A numeric reference; the numbers 128 to 159 mean Windows-1252, as pages have always used them. */
static uint32_t numeric_point(struct str digits)
{
    static const uint16_t windows[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    uint32_t base = 10, point = 0;
    if (digits.len > 0 && ascii_lower(digits.at[0]) == 'x') {
        base = 16;
        digits = str_after(digits, 1);
    }
    for (size_t i = 0; i < digits.len && point <= 0x10FFFF; i++) {
        char c = ascii_lower(digits.at[i]);
        uint32_t digit = ascii_is_digit(c) ? (uint32_t)(c - '0') : (uint32_t)(c - 'a' + 10);
        if (digit >= base)
            return 0;
        point = point * base + digit;
    }
    return point >= 128 && point < 160 ? windows[point - 128] : point;
}

/* The reference after '&': its code point and length, or 0 and nothing taken. */
static uint32_t take_reference(struct str *rest)
{
    size_t end = 1;
    while (end < rest->len && end <= ENTITY_MAX &&
           (ascii_is_alpha(rest->at[end]) || ascii_is_digit(rest->at[end]) ||
            (end == 1 && rest->at[end] == '#')))
        end++;
    struct str name = str_slice(*rest, 1, end);
    uint32_t point =
        str_starts(name, STR("#")) ? numeric_point(str_after(name, 1)) : html_text_entity(name);
    if (point == 0)
        return 0;
    *rest = str_after(*rest, end < rest->len && rest->at[end] == ';' ? end + 1 : end);
    return point;
}

static void add_text(struct writer *writer, struct str text)
{
    while (text.len > 0 && !writer->out->is_over) {
        char c = text.at[0];
        uint32_t point = c == '&' ? take_reference(&text) : 0;
        if (point != 0) {
            if (point < 0x80 && is_blank((char)point))
                add_blank(writer, (char)point);
            else
                add_point(writer, point);
        } else if (is_blank(c)) {
            add_blank(writer, c);
            text = str_after(text, 1);
        } else {
            add_point(writer, utf8_next(&text));
        }
    }
}

/* ---- tags ---- */

static enum tag_effect effect_of(struct str name)
{
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (str_eq_nocase(name, tags[i].name))
            return tags[i].effect;
    return EFFECT_NONE;
}

/* The end of the tag text begins with, outside of quoted values; the end of the text when it has
 * none. */
static size_t tag_end(struct str text)
{
    char quote = '\0';
    for (size_t i = 1; i < text.len; i++) {
        char c = text.at[i];
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '>')
            return i + 1;
        else if ((c == '"' || c == '\'') && text.at[i - 1] == '=')
            quote = c;
    }
    return text.len;
}

static struct str attribute(struct str tag, struct str name_and_equals)
{
    size_t at = str_find_nocase(tag, name_and_equals);
    if (at == SIZE_MAX || !is_blank(tag.at[at - 1]))
        return STR_NONE;
    struct str value = str_after(tag, at + name_and_equals.len);
    if (value.len == 0 || (value.at[0] != '"' && value.at[0] != '\''))
        return STR_NONE;
    return str_slice(value, 1, 1 + str_find_byte(str_after(value, 1), value.at[0]));
}

/* What follows "</name", or nothing when the element never ends. */
static struct str after_end_tag(struct str rest, struct str name)
{
    while (rest.len > 0) {
        size_t at = str_find(rest, STR("</"));
        rest = at == SIZE_MAX ? str_after(rest, rest.len) : str_after(rest, at + 2);
        if (str_starts_nocase(rest, name)) {
            size_t end = str_find_byte(rest, '>');
            return str_after(rest, end == SIZE_MAX ? rest.len : end + 1);
        }
    }
    return rest;
}

static void change_depth(size_t *depth, bool is_end)
{
    if (!is_end)
        (*depth)++;
    else if (*depth > 0)
        (*depth)--;
}

static void apply_effect(struct writer *writer, enum tag_effect effect, bool is_end, struct str tag)
{
    switch (effect) {
    case EFFECT_LINE:
        owe_breaks(writer, 1);
        break;
    case EFFECT_BLOCK:
        owe_breaks(writer, 2);
        break;
    case EFFECT_CELL:
        writer->owes_blank = writer->breaks == 0;
        break;
    case EFFECT_ITEM:
        owe_breaks(writer, 1);
        if (!is_end) {
            pay_what_is_owed(writer);
            buf_add_literal(writer->out, "- ");
        }
        break;
    case EFFECT_QUOTE:
        owe_breaks(writer, 1);
        change_depth(&writer->quotes, is_end);
        break;
    case EFFECT_PRE:
        owe_breaks(writer, 1);
        change_depth(&writer->pres, is_end);
        break;
    case EFFECT_IMAGE:
        add_text(writer, attribute(tag, STR("alt=")));
        break;
    case EFFECT_NONE:
    case EFFECT_HIDDEN:
        break;
    }
}

/* "<br>" twice in a row makes an empty line, unlike other blocks. */
static bool is_break(struct str name)
{
    return str_eq_nocase(name, STR("br"));
}

/* The tag, comment or declaration at the front of rest; a '<' that begins none is text. */
static struct str take_markup(struct writer *writer, struct str rest)
{
    if (str_starts(rest, STR("<!--"))) {
        size_t end = str_find(str_after(rest, 4), STR("-->"));
        return str_after(rest, end == SIZE_MAX ? rest.len : end + 7);
    }
    bool is_end = str_starts(rest, STR("</"));
    size_t from = is_end ? 2 : 1, to = from;
    while (to < rest.len && to - from < TAG_MAX &&
           (ascii_is_alpha(rest.at[to]) || ascii_is_digit(rest.at[to])))
        to++;
    bool is_declaration = str_starts(rest, STR("<!")) || str_starts(rest, STR("<?"));
    if (to == from && !is_declaration) {
        add_text(writer, str_slice(rest, 0, 1));
        return str_after(rest, 1);
    }
    struct str name = str_slice(rest, from, to), tag = str_slice(rest, 0, tag_end(rest));
    enum tag_effect effect = effect_of(name);
    rest = str_after(rest, tag.len);
    if (is_break(name) && writer->has_text && !is_end)
        writer->breaks += writer->breaks < 3;
    else
        apply_effect(writer, effect, is_end, tag);
    return effect == EFFECT_HIDDEN && !is_end ? after_end_tag(rest, name) : rest;
}

void html_text_write(struct buf *out, struct str markup)
{
    struct writer writer = {.out = out};
    while (markup.len > 0 && !out->is_over) {
        size_t plain = str_find_byte(markup, '<');
        add_text(&writer, str_slice(markup, 0, plain));
        markup = plain == SIZE_MAX ? STR_NONE : str_after(markup, plain);
        if (markup.len > 0)
            markup = take_markup(&writer, markup);
    }
    if (writer.has_text)
        buf_add_byte(out, '\n');
}
