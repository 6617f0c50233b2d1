#include "proto/http/http_value.h"

struct str http_value_cookie(struct str header, const char *name)
{
    struct str rest = header, found = STR_NONE;
    while (!str_is_absent(rest)) {
        struct str value = str_trim(str_cut(&rest, ';'));
        struct str key = str_cut(&value, '=');
        if (str_is_absent(value) || !str_eq(key, str_of(name)))
            continue;
        if (!str_is_absent(found))
            return STR_NONE;
        found = value;
    }
    if (found.len >= 2 && found.at[0] == '"' && found.at[found.len - 1] == '"')
        found = str_slice(found, 1, found.len - 1);
    return found;
}

/* "0.8" -> 800; anything malformed is 0: not wanted. */
static unsigned quality_of(struct str text)
{
    if (text.len == 0 || text.len > 5 || (text.at[0] != '0' && text.at[0] != '1'))
        return 0;
    unsigned quality = (unsigned)(text.at[0] - '0') * 1000, weight = 100;
    for (size_t i = 1; i < text.len; i++) {
        if (i == 1 && text.at[i] == '.')
            continue;
        if (i == 1 || !ascii_is_digit(text.at[i]))
            return 0;
        quality += (unsigned)(text.at[i] - '0') * weight;
        weight /= 10;
    }
    return quality > 1000 ? 0 : quality;
}

/* One "range;q=0.5": the range is returned. */
static struct str cut_range(struct str *rest, unsigned *ret_quality)
{
    struct str item = str_cut(rest, ',');
    struct str range = str_trim(str_cut(&item, ';'));
    item = str_trim(item);
    *ret_quality = 1000;
    if (str_starts_nocase(item, STR("q=")))
        *ret_quality = quality_of(str_after(item, 2));
    return range;
}

static bool is_asked_by(struct str range, struct str tag)
{
    return str_starts_nocase(range, tag) && (range.len == tag.len || range.at[tag.len] == '-');
}

/* The best quality named for the tag; that of "*" only when it is not named. */
static unsigned quality_for(struct str header, struct str tag)
{
    struct str rest = header;
    unsigned named = 0, any = 0, quality;
    bool is_named = false;
    for (int i = 0; i < HTTP_LANGUAGES_MAX && !str_is_absent(rest); i++) {
        struct str range = cut_range(&rest, &quality);
        if (str_eq(range, STR("*")))
            any = quality;
        if (!is_asked_by(range, tag))
            continue;
        is_named = true;
        named = quality > named ? quality : named;
    }
    return is_named ? named : any;
}

size_t http_value_language(struct str header, const struct str *offered, size_t count)
{
    unsigned best = 0;
    size_t best_at = count;
    for (size_t i = 0; i < count; i++) {
        unsigned quality = quality_for(header, offered[i]);
        if (quality > best) {
            best = quality;
            best_at = i;
        }
    }
    return best_at;
}

struct str http_value_media(struct str header)
{
    struct str rest = header;
    return str_trim(str_cut(&rest, ';'));
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static void skip_blanks(struct str *rest)
{
    while (rest->len > 0 && is_blank(rest->at[0]))
        *rest = str_after(*rest, 1);
}

/* A quoted string whose opening quote was taken; written to `out` unless NULL. */
static enum status take_quoted(struct str *rest, struct buf *out)
{
    while (rest->len > 0 && rest->at[0] != '"') {
        if (rest->at[0] == '\\')
            *rest = str_after(*rest, 1);
        if (rest->len == 0)
            return INVALID;
        if (out)
            buf_add_byte(out, rest->at[0]);
        *rest = str_after(*rest, 1);
    }
    if (rest->len == 0)
        return INVALID;
    *rest = str_after(*rest, 1);
    return OK;
}

static enum status take_value(struct str *rest, struct buf *out)
{
    if (rest->len > 0 && rest->at[0] == '"') {
        *rest = str_after(*rest, 1);
        return take_quoted(rest, out);
    }
    size_t len = 0;
    while (len < rest->len && !is_blank(rest->at[len]) && rest->at[len] != ';')
        len++;
    if (len == 0 || str_find_byte(str_slice(*rest, 0, len), '"') != SIZE_MAX)
        return INVALID;
    if (out)
        buf_add(out, str_slice(*rest, 0, len));
    *rest = str_after(*rest, len);
    return OK;
}

enum status http_value_parameter(struct str header, const char *name, struct buf *out)
{
    struct str rest = header;
    bool is_found = false;
    (void)str_cut(&rest, ';');
    while (!str_is_absent(rest)) {
        skip_blanks(&rest);
        if (rest.len == 0)
            break;
        size_t equals = str_find_byte(rest, '=');
        if (equals == SIZE_MAX)
            return INVALID;
        bool is_wanted = str_eq_nocase(str_slice(rest, 0, equals), str_of(name));
        if (is_wanted && is_found)
            return INVALID;
        is_found |= is_wanted;
        rest = str_after(rest, equals + 1);
        TRY(take_value(&rest, is_wanted ? out : NULL));
        skip_blanks(&rest);
        if (rest.len > 0 && rest.at[0] != ';')
            return INVALID;
        rest = rest.len > 0 ? str_after(rest, 1) : STR_NONE;
    }
    return is_found ? OK : NOT_FOUND;
}
