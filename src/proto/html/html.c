#include "proto/html/html.h"

#include "base/utf8.h"

/* What an ASCII byte becomes; NULL: it stands as it is. */
static const char *escape_of(unsigned char byte, bool is_attribute)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return is_attribute ? "&quot;" : NULL;
    case '\'':
        return is_attribute ? "&#39;" : NULL;
    case '`': /* old browsers took it for a quote around attributes */
        return is_attribute ? "&#96;" : NULL;
    default:
        return NULL;
    }
}

static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7F && byte != '&' && byte != '<' && byte != '>' &&
           byte != '"' && byte != '\'' && byte != '`';
}

static bool is_layout(uint32_t point)
{
    return point == '\t' || point == '\n' || point == '\r';
}

static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0);
}

enum escape { TEXT, NAME, ATTRIBUTE };

static void add_point(struct buf *out, uint32_t point, enum escape escape)
{
    const char *escaped = point < 0x80 ? escape_of((unsigned char)point, escape == ATTRIBUTE) : NULL;
    if (escaped) {
        buf_add_c(out, escaped);
        return;
    }
    bool is_replaced = is_control(point) && (escape == NAME || !is_layout(point));
    if (escape == NAME && utf8_is_deceptive(point))
        is_replaced = true;
    utf8_add(out, is_replaced ? (uint32_t)UTF8_REPLACEMENT : point);
}

static void add_escaped(struct buf *out, struct str rest, enum escape escape)
{
    while (rest.len > 0) {
        size_t plain = 0;
        while (plain < rest.len && is_plain((unsigned char)rest.at[plain]))
            plain++;
        buf_add(out, str_slice(rest, 0, plain));
        rest = str_after(rest, plain);
        if (rest.len > 0)
            add_point(out, utf8_next(&rest), escape);
    }
}

void html_literal(struct html *html, struct str markup)
{
    buf_add(html->out, markup);
}

void html_text(struct html *html, struct str text)
{
    add_escaped(html->out, text, TEXT);
}

void html_name(struct html *html, struct str name)
{
    add_escaped(html->out, name, NAME);
}

void html_lines(struct html *html, struct str lines)
{
    while (!str_is_absent(lines)) {
        html_name(html, str_cut(&lines, '\n'));
        if (!str_is_absent(lines))
            html_literal(html, STR("<br>"));
    }
}

void html_attribute(struct html *html, struct str value)
{
    add_escaped(html->out, value, ATTRIBUTE);
}

/* Browsers read '\' as '/' and drop tabs and line ends (WHATWG URL, 4.4), so "/\host" and "/<tab>/host"
 * lead to another host as surely as "//host" does. */
static bool is_straight(struct str address)
{
    for (size_t i = 0; i < address.len; i++)
        if ((unsigned char)address.at[i] <= 0x20 || address.at[i] == '\\' || address.at[i] == 0x7F)
            return false;
    return true;
}

static bool is_path_of_host(struct str path)
{
    if (path.len == 0 || (path.at[0] != '/' && path.at[0] != '?' && path.at[0] != '#'))
        return false;
    if (path.len > 1 && path.at[0] == '/' && path.at[1] == '/')
        return false;
    return is_straight(path);
}

void html_url(struct html *html, struct str path)
{
    if (is_path_of_host(path))
        html_attribute(html, path);
    else
        buf_add_byte(html->out, '#');
}

void html_link(struct html *html, struct str address)
{
    bool is_web = str_starts(address, STR("https://")) || str_starts(address, STR("http://"));
    if (is_web && is_straight(address))
        html_attribute(html, address);
    else
        buf_add_byte(html->out, '#');
}

void html_url_component_add(struct buf *out, struct str component)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < component.len; i++) {
        char c = component.at[i];
        unsigned char byte = (unsigned char)c;
        bool is_unreserved = ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '.' ||
                             c == '_' || c == '~'; /* RFC 3986 section 2.3 */
        if (is_unreserved) {
            buf_add_byte(out, c);
            continue;
        }
        char triple[3] = {'%', digits[byte >> 4], digits[byte & 15]};
        buf_add(out, (struct str){triple, sizeof triple});
    }
}

void html_url_component(struct html *html, struct str component)
{
    html_url_component_add(html->out, component);
}

void html_number(struct html *html, int64_t number)
{
    buf_add_i64(html->out, number);
}

static void remember_icon(struct html *html, const char *name)
{
    for (size_t i = 0; i < html->icon_count; i++)
        if (strcmp(html->icons[i], name) == 0)
            return;
    REQUIRE(html->icon_count < HTML_ICONS_MAX); /* names come from templates only */
    html->icons[html->icon_count++] = name;
}

void html_icon(struct html *html, const char *name)
{
    remember_icon(html, name);
    buf_add_literal(html->out, "<svg class=\"i\" aria-hidden=\"true\"><use href=\"#i-");
    html_attribute(html, str_of(name));
    buf_add_literal(html->out, "\"/></svg>");
}
