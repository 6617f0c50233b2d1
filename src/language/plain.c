#include "language/plain.h"

#include "base/utf8.h"

/* What a code point becomes, beyond folding: NULL for itself, "" for nothing (accents that stand apart, and what is not
 * seen), " " for a blank. */
static const char *instead_of(uint32_t point)
{
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"}; /* from U+FB00 */
    if (point <= ' ' || point == 0x7F || point == 0x85 || point == 0xA0 || (point >= 0x2000 && point <= 0x200A) ||
        point == 0x2028 || point == 0x2029 || point == 0x202F || point == 0x205F || point == 0x3000)
        return " ";
    if (point == 0xAD || point == 0x2060 || (point >= 0x300 && point <= 0x36F) || utf8_is_deceptive(point) ||
        (point >= 0x200B && point <= 0x200D) || (point >= 0xFE00 && point <= 0xFE0F))
        return "";
    if (point == 0x2018 || point == 0x2019 || point == 0x201B || point == 0x2032 || point == 0x02BC || point == 0xB4)
        return "'";
    if ((point >= 0x201C && point <= 0x201F) || point == 0xAB || point == 0xBB || point == 0x2033)
        return "\"";
    if ((point >= 0x2010 && point <= 0x2015) || point == 0x2212)
        return "-";
    if (point == 0x2026)
        return "...";
    if (point >= 0xFB00 && point <= 0xFB06)
        return ligatures[point - 0xFB00];
    return NULL;
}

static void add_blank(struct buf *out)
{
    if (out->len == 0 || out->at[out->len - 1] != ' ')
        buf_add_byte(out, ' ');
}

/* Passes over ASCII that only folding changes. */
static struct str after_visible(struct str text)
{
    size_t at = 0;
    while (at < text.len && text.at[at] > ' ' && text.at[at] < 0x7F)
        at++;
    return str_after(text, at);
}

void plain_write(struct buf *out, struct str text)
{
    while (text.len > 0) {
        struct str run = text, before = text;
        const char *instead = NULL;
        /* A run of points that only folding changes. */
        while (text.len > 0 && instead == NULL) {
            before = text = after_visible(text);
            if (text.len > 0)
                instead = instead_of(utf8_next(&text));
        }
        if (instead == NULL)
            before = text;
        utf8_fold(out, str_slice(run, 0, run.len - before.len));
        if (instead != NULL && instead[0] == ' ')
            add_blank(out);
        else if (instead != NULL)
            buf_add_c(out, instead);
    }
}
