#include "proto/html/sanitise_table.h"

static bool is_in(const char *const *list, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(name, str_of(list[i])))
            return true;
    return false;
}
#define IS_IN(list, name) is_in((list), sizeof(list) / sizeof((list)[0]), name)

enum sanitise_element sanitise_element(struct str name)
{
    static const char *const kept[] = {
        "a", "abbr", "acronym", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "caption",
        "center", "cite", "code", "colgroup", "dd", "del", "details", "dfn", "dir", "div", "dl", "dt", "em",
        "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "i", "ins", "kbd",
        "li", "main", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span",
        "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr",
        "tt", "u", "ul", "var"};
    static const char *const empty[] = {"br", "col", "hr", "img", "wbr"};
    /* What these hold is no text for people, or is shown by what is dropped with them. */
    static const char *const dropped[] = {
        "script", "style", "head", "title", "template", "noscript", "iframe", "object", "embed", "applet", "svg",
        "math", "textarea", "select", "option", "audio", "video", "canvas", "frameset", "noframes", "noembed",
        "plaintext", "xmp", "meta", "link", "base", "param", "source", "track", "input", "button", "datalist",
        "dialog", "portal", "slot"};
    if (IS_IN(dropped, name))
        return SANITISE_DROPPED;
    if (IS_IN(empty, name))
        return SANITISE_VOID;
    return IS_IN(kept, name) ? SANITISE_KEPT : SANITISE_OPENED;
}

bool sanitise_attribute(struct str name)
{
    static const char *const kept[] = {"abbr", "align", "alt", "axis", "bgcolor", "border", "cellpadding",
                                       "cellspacing", "char", "charoff", "clear", "color", "cols", "colspan",
                                       "compact", "datetime", "dir", "face", "headers", "height", "hspace", "lang",
                                       "noshade", "nowrap", "open", "reversed", "rowspan", "rules", "scope", "size",
                                       "span", "start", "summary", "title", "type", "valign", "value", "vspace",
                                       "width"};
    return IS_IN(kept, name);
}

/* ---- style ---- */

static bool is_property(struct str name)
{
    static const char *const kept[] = {
        "background-color", "border", "border-bottom", "border-bottom-color", "border-bottom-style",
        "border-bottom-width", "border-collapse", "border-color", "border-left", "border-left-color",
        "border-left-style", "border-left-width", "border-radius", "border-right", "border-right-color",
        "border-right-style", "border-right-width", "border-spacing", "border-style", "border-top",
        "border-top-color", "border-top-style", "border-top-width", "border-width", "caption-side", "clear", "color",
        "direction", "display", "float", "font", "font-family", "font-size", "font-style", "font-variant",
        "font-weight", "height", "letter-spacing", "line-height", "list-style", "list-style-position",
        "list-style-type", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top", "max-height",
        "max-width", "min-height", "min-width", "overflow-wrap", "padding", "padding-bottom", "padding-left",
        "padding-right", "padding-top", "table-layout", "text-align", "text-decoration", "text-indent",
        "text-transform", "unicode-bidi", "vertical-align", "white-space", "width", "word-break", "word-spacing",
        "word-wrap"};
    return IS_IN(kept, name);
}

/* Letters, digits and the marks of plain values. A backslash could spell anything, a parenthesis call anything but a
 * colour, an '@' or '<' has no place here. */
static bool is_value(struct str value)
{
    static const struct str colours[] = {STR_INIT("rgb("), STR_INIT("rgba("), STR_INIT("hsl("), STR_INIT("hsla(")};
    size_t open = str_find_byte(value, '(');
    for (size_t i = 0; i < value.len; i++) {
        char c = value.at[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && memchr(" #%.,-+!'\"()/", c, 13) == NULL)
            return false;
    }
    if (open == SIZE_MAX)
        return value.len > 0 && str_find_byte(value, ')') == SIZE_MAX;
    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++)
        if (str_starts_nocase(value, colours[i]))
            return str_find_byte(str_after(value, open + 1), '(') == SIZE_MAX;
    return false;
}

void sanitise_style(struct buf *out, struct str style)
{
    while (!str_is_absent(style)) {
        struct str value = str_cut(&style, ';'), name = str_trim(str_cut(&value, ':'));
        if (str_is_absent(value) || !is_property(name) || !is_value(str_trim(value)))
            continue;
        buf_add_format(out, "%s%.*s:%.*s", out->len > 0 ? ";" : "", STR_ARG(name), STR_ARG(str_trim(value)));
    }
}

/* ---- addresses ---- */

static bool is_picture(struct str address)
{
    static const struct str types[] = {STR_INIT("data:image/png;base64,"), STR_INIT("data:image/jpeg;base64,"),
                                       STR_INIT("data:image/gif;base64,"), STR_INIT("data:image/webp;base64,")};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (!str_starts_nocase(address, types[i]))
            continue;
        for (size_t j = types[i].len; j < address.len; j++)
            if (!ascii_is_alpha(address.at[j]) && !ascii_is_digit(address.at[j]) &&
                strchr("+/=", address.at[j]) == NULL)
                return false;
        return true;
    }
    return false;
}

enum sanitise_address sanitise_address(struct str raw, struct buf *clean)
{
    for (size_t i = 0; i < raw.len; i++)
        if ((unsigned char)raw.at[i] > ' ' && raw.at[i] != 0x7f)
            buf_add_byte(clean, raw.at[i]);
    struct str address = buf_str(clean);
    if (buf_status(clean) != OK)
        return SANITISE_NO_ADDRESS;
    if (str_starts_nocase(address, STR("http://")) || str_starts_nocase(address, STR("https://")))
        return SANITISE_REMOTE;
    if (str_starts_nocase(address, STR("mailto:")) || str_starts_nocase(address, STR("tel:")))
        return SANITISE_LINK;
    if (str_starts_nocase(address, STR("cid:")))
        return SANITISE_INLINE;
    return is_picture(address) ? SANITISE_DATA : SANITISE_NO_ADDRESS;
}

/* Between "//" and what ends an authority (WHATWG URL: '\' too); behind a name and password, without port. */
struct str sanitise_host(struct str address)
{
    size_t slashes = str_find(address, STR("://"));
    if (slashes == SIZE_MAX)
        return STR("");
    struct str rest = str_after(address, slashes + 3);
    size_t end = 0;
    while (rest.len > 0 && (rest.at[0] == '/' || rest.at[0] == '\\'))
        rest = str_after(rest, 1);
    while (end < rest.len && strchr("/\\?#", rest.at[end]) == NULL)
        end++;
    rest = str_slice(rest, 0, end);
    size_t at = str_find_byte_last(rest, '@');
    if (at != SIZE_MAX)
        rest = str_after(rest, at + 1);
    size_t colon = str_find_byte_last(rest, ':');
    return colon == SIZE_MAX || rest.at[rest.len - 1] == ']' ? rest : str_slice(rest, 0, colon);
}
