#include "proto/html/typed.h"

#include "base/utf8.h"

struct typed {
    struct html *html;
    size_t level;      /* blockquotes open */
    bool has_paragraph;
    bool is_signature;
    size_t links_left; /* tries: each may cost TYPED_LINK_MAX */
};

/* ---- links ---- */

static bool is_link_end(uint32_t point)
{
    return point <= ' ' || point == '<' || point == '>' || point == '"' || point == 0xA0 || point == 0x202F ||
           point == 0xAB || point == 0xBB || utf8_is_deceptive(point);
}

static bool is_blank_byte(char byte)
{
    return (unsigned char)byte <= ' ';
}

/* A full stop, a bracket or a comma after an address belongs to the sentence. */
static bool is_sentence_mark(char byte)
{
    return strchr(".,;:!?)]}'*_", byte) != NULL;
}

/* "name@host" shows one host and leads to another. */
static bool is_named_host(struct str rest)
{
    for (size_t i = 0; i < rest.len && strchr("/?#", rest.at[i]) == NULL && !is_blank_byte(rest.at[i]); i++)
        if (rest.at[i] == '@' || rest.at[i] == '\\')
            return true;
    return false;
}

/* How many bytes of `text`, which begins with "h", are an address that may be followed; 0: none. */
static size_t link_length(struct str text)
{
    size_t scheme = str_starts_nocase(text, STR("https://")) ? 8 : str_starts_nocase(text, STR("http://")) ? 7 : 0;
    struct str rest = str_slice(text, scheme, scheme + TYPED_LINK_MAX + 1);
    size_t length = scheme, room = rest.len;
    if (scheme == 0 || is_named_host(rest))
        return 0;
    while (rest.len > 0 && !is_link_end(utf8_next(&rest)))
        length = scheme + room - rest.len;
    while (length > scheme && is_sentence_mark(text.at[length - 1]))
        length--;
    return length > scheme && length <= TYPED_LINK_MAX ? length : 0;
}

static void write_link(struct html *html, struct str address)
{
    html_literal(html, STR("<a rel=\"noreferrer nofollow\" href=\""));
    html_attribute(html, address);
    html_literal(html, STR("\">"));
    html_name(html, address);
    html_literal(html, STR("</a>"));
}

static bool is_word_byte(char byte)
{
    return ascii_is_alpha(byte) || ascii_is_digit(byte);
}

/* Tabs align what was typed; other controls are shown. */
static void write_words(struct html *html, struct str words)
{
    for (bool is_first = true; !str_is_absent(words); is_first = false) {
        if (!is_first)
            html_literal(html, STR("\t"));
        html_name(html, str_cut(&words, '\t'));
    }
}

static void write_line(struct typed *typed, struct str line)
{
    size_t from = 0;
    for (size_t i = 0; i < line.len;) {
        bool may_begin = (line.at[i] == 'h' || line.at[i] == 'H') && (i == 0 || !is_word_byte(line.at[i - 1]));
        size_t length = may_begin && typed->links_left > 0 ? link_length(str_after(line, i)) : 0;
        typed->links_left -= may_begin && typed->links_left > 0;
        if (length == 0) {
            i++;
            continue;
        }
        write_words(typed->html, str_slice(line, from, i));
        write_link(typed->html, str_slice(line, i, i + length));
        from = i += length;
    }
    write_words(typed->html, str_after(line, from));
}

/* ---- lines ---- */

static struct str next_line(struct str *rest)
{
    struct str line = str_cut(rest, '\n');
    if (line.len > 0 && line.at[line.len - 1] == '\r')
        line = str_slice(line, 0, line.len - 1);
    return line;
}

/* RFC 3676 section 4.5: '>' once for each level, with or without a blank after each. */
static size_t take_quotes(struct str *line)
{
    size_t level = 0;
    while (line->len > 0 && line->at[0] == '>') {
        level++;
        *line = str_after(*line, 1);
        if (line->len > 1 && line->at[0] == ' ' && line->at[1] == '>')
            *line = str_after(*line, 1);
    }
    if (level > 0 && line->len > 0 && line->at[0] == ' ')
        *line = str_after(*line, 1);
    return level;
}

static void end_paragraph(struct typed *typed)
{
    if (typed->has_paragraph)
        html_literal(typed->html, STR("</p>\n"));
    typed->has_paragraph = false;
}

static void set_level(struct typed *typed, size_t level)
{
    if (level > TYPED_QUOTES_MAX)
        level = TYPED_QUOTES_MAX;
    if (level != typed->level)
        end_paragraph(typed);
    for (; typed->level < level; typed->level++)
        html_literal(typed->html, STR("<blockquote>"));
    for (; typed->level > level; typed->level--)
        html_literal(typed->html, STR("</blockquote>\n"));
}

static void add_line(struct typed *typed, struct str line)
{
    size_t level = take_quotes(&line);
    set_level(typed, level);
    if (level == 0 && !typed->is_signature && (str_eq(line, STR("-- ")) || str_eq(line, STR("--")))) {
        end_paragraph(typed);
        typed->is_signature = true;
    }
    if (typed->has_paragraph)
        html_literal(typed->html, STR("\n"));
    else
        html_literal(typed->html, typed->is_signature ? STR("<p class=\"typed soft\">") : STR("<p class=\"typed\">"));
    typed->has_paragraph = true;
    write_line(typed, line);
}

static void add_lines(struct typed *typed, struct str text)
{
    while (!str_is_absent(text) && text.len > 0)
        add_line(typed, next_line(&text));
    set_level(typed, 0);
    end_paragraph(typed);
}

/* ---- the quotation at the end ---- */

static bool is_blank(struct str line)
{
    return str_trim(line).len == 0;
}

/* Where the lines quoted at the end begin, with the line that introduces them; text.len: there are none, or few. */
static size_t fold_place(struct str text)
{
    size_t place = text.len, before = text.len, lines = 0;
    struct str rest = text;
    while (!str_is_absent(rest) && rest.len > 0) {
        size_t here = text.len - rest.len;
        struct str line = next_line(&rest);
        if (line.len > 0 && line.at[0] == '>') {
            place = lines == 0 ? (before < here ? before : here) : place;
            lines++;
        } else if (!is_blank(line)) {
            place = text.len;
            lines = 0;
            before = str_ends(str_trim(line), STR(":")) ? here : text.len;
        }
    }
    return lines > TYPED_FOLD_LINES ? place : text.len;
}

void typed_write(struct html *html, struct str text, struct str quoted_words)
{
    struct typed typed = {.html = html, .links_left = TYPED_LINKS_MAX};
    size_t fold = str_is_absent(quoted_words) ? text.len : fold_place(text);
    struct str written = str_slice(text, 0, fold);
    while (written.len > 0 && strchr(" \r\n\t", written.at[written.len - 1]) != NULL)
        written.len--;
    bool is_folded = fold < text.len && written.len > 0;
    add_lines(&typed, is_folded ? written : text);
    if (!is_folded)
        return;
    html_literal(html, STR("<details class=\"quoted\"><summary>"));
    html_text(html, quoted_words);
    html_literal(html, STR("</summary>\n"));
    typed = (struct typed){.html = html, .links_left = typed.links_left};
    add_lines(&typed, str_after(text, fold));
    html_literal(html, STR("</details>\n"));
}
