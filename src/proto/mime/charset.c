#include "proto/mime/charset.h"

#include <errno.h>
#include <iconv.h>

#include "base/utf8.h"
#include "proto/mime/charset_table.h"

enum { NAME_MAX_BYTES = 40, CHUNK = 4096 };

/* Names that are not simply the table's own (compact form, see compact_name). */
static const struct {
    struct str name, same_as;
} others[] = {
    {STR_INIT("iso88591"), STR_INIT("windows1252")},
    {STR_INIT("latin1"), STR_INIT("windows1252")},
    {STR_INIT("l1"), STR_INIT("windows1252")},
    {STR_INIT("cp819"), STR_INIT("windows1252")},
    {STR_INIT("iso885911987"), STR_INIT("windows1252")},
    {STR_INIT("88591"), STR_INIT("windows1252")},
    {STR_INIT("latin2"), STR_INIT("iso88592")},
    {STR_INIT("latin3"), STR_INIT("iso88593")},
    {STR_INIT("latin4"), STR_INIT("iso88594")},
    {STR_INIT("latin9"), STR_INIT("iso885915")},
    {STR_INIT("latin0"), STR_INIT("iso885915")},
    {STR_INIT("885915"), STR_INIT("iso885915")},
    {STR_INIT("iso88599"), STR_INIT("windows1254")},
    {STR_INIT("latin5"), STR_INIT("windows1254")},
    {STR_INIT("iso885911"), STR_INIT("windows874")},
    {STR_INIT("tis620"), STR_INIT("windows874")},
    {STR_INIT("iso88598i"), STR_INIT("iso88598")},
    {STR_INIT("iso88598e"), STR_INIT("iso88598")},
    {STR_INIT("cyrillic"), STR_INIT("iso88595")},
    {STR_INIT("greek"), STR_INIT("iso88597")},
    {STR_INIT("mac"), STR_INIT("macintosh")},
    {STR_INIT("macroman"), STR_INIT("macintosh")},
    {STR_INIT("koi8"), STR_INIT("koi8r")},
    {STR_INIT("cp1250"), STR_INIT("windows1250")},
    {STR_INIT("cp1251"), STR_INIT("windows1251")},
    {STR_INIT("cp1252"), STR_INIT("windows1252")},
    {STR_INIT("cp1253"), STR_INIT("windows1253")},
    {STR_INIT("cp1254"), STR_INIT("windows1254")},
    {STR_INIT("cp1255"), STR_INIT("windows1255")},
    {STR_INIT("cp1256"), STR_INIT("windows1256")},
    {STR_INIT("cp1257"), STR_INIT("windows1257")},
    {STR_INIT("cp1258"), STR_INIT("windows1258")},
    {STR_INIT("cp437"), STR_INIT("ibm437")},
    {STR_INIT("cp850"), STR_INIT("ibm850")},
    {STR_INIT("cp858"), STR_INIT("ibm858")},
    {STR_INIT("cp874"), STR_INIT("windows874")},
};

/* "ISO_8859-1" -> "iso88591" -> "windows1252". */
static struct str compact_name(struct str name, struct buf *out)
{
    name = str_slice(str_trim(name), 0, NAME_MAX_BYTES);
    if (str_starts_nocase(name, STR("x-")))
        name = str_after(name, 2);
    for (size_t i = 0; i < name.len; i++)
        if (ascii_is_alpha(name.at[i]) || ascii_is_digit(name.at[i]))
            buf_add_byte(out, ascii_lower(name.at[i]));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_eq(buf_str(out), others[i].name))
            return others[i].same_as;
    return buf_str(out);
}

static void from_table(struct buf *out, struct charset_table table, struct str bytes)
{
    for (size_t i = 0; i < bytes.len && !out->is_over; i++) {
        uint8_t byte = (uint8_t)bytes.at[i];
        if (byte < 0x80)
            buf_add_byte(out, bytes.at[i]);
        else
            utf8_add(out, charset_table_point(table, byte));
    }
}

static void guess(struct buf *out, struct str bytes)
{
    if (utf8_is_valid(bytes))
        buf_add(out, bytes);
    else
        from_table(out, charset_table_find(STR("windows1252")), bytes);
}

/* The rest of the world's sets, mostly of several bytes a character. False when the library knows
 * none of this name. Only letters, digits and "-_" reach it: its names may carry options after a
 * slash. */
static bool open_iconv(struct str name, iconv_t *ret_conversion)
{
    char c_name[NAME_MAX_BYTES + 1] = {0};
    if (name.len == 0 || name.len > NAME_MAX_BYTES)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        if (!ascii_is_alpha(name.at[i]) && !ascii_is_digit(name.at[i]) && name.at[i] != '-' &&
            name.at[i] != '_')
            return false;
        c_name[i] = name.at[i];
    }
    *ret_conversion = iconv_open("UTF-8", c_name);
    return *ret_conversion != (iconv_t)-1;
}

static void from_iconv(struct buf *out, iconv_t conversion, struct str bytes)
{
    char chunk[CHUNK];
    char *in = (char *)(uintptr_t)bytes.at;
    size_t left = bytes.len;
    while (left > 0 && !out->is_over) {
        char *to = chunk;
        size_t room = sizeof chunk;
        size_t done = iconv(conversion, &in, &left, &to, &room);
        int error = done == (size_t)-1 ? errno : 0;
        utf8_repair(out, str_span(chunk, to));
        if (error != EILSEQ && error != EINVAL)
            continue;
        utf8_add(out, UTF8_REPLACEMENT);
        in++;
        left--;
    }
}

void charset_to_utf8(struct buf *out, struct str name, struct str bytes)
{
    struct buf compact BUF_SCOPE = BUF_INIT(NAME_MAX_BYTES);
    struct str known = compact_name(name, &compact);
    struct charset_table table = charset_table_find(known);
    iconv_t conversion;
    if (str_eq(known, STR("utf8"))) {
        utf8_repair(out, bytes);
    } else if (table.points != NULL) {
        from_table(out, table, bytes);
    } else if (str_eq(known, STR("usascii")) || !open_iconv(str_trim(name), &conversion)) {
        guess(out, bytes);
    } else {
        from_iconv(out, conversion, bytes);
        iconv_close(conversion);
    }
}
