#include "service/payroll/transfer/transfer_letters.h"

#include "base/utf8.h"

enum { LATIN_FIRST = 0xC0, LATIN_LAST = 0xFF };

/* Of U+00C0 to U+00FF; '.' for what is no letter. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOO.OUUUUYTsaaaaaaaceeeeiiiidnooooo.ouuuuyty";

static bool is_basic(uint32_t letter)
{
    return letter < 0x80 && letter != 0 &&
           (ascii_is_alpha((char)letter) || ascii_is_digit((char)letter) || strchr("/-?:().,'+ ", (int)letter) != NULL);
}

/* NULL: nothing stands for it. */
static const char *other(uint32_t letter)
{
    switch (letter) {
    case 0x2019: /* ’ */
        return "'";
    case 0x0152: /* Œ */
        return "OE";
    case 0x0153:
        return "oe";
    case 0x2013: /* – */
    case 0x2014:
        return "-";
    case 0x00A0:
        return " ";
    case '&':
        return "+";
    case '_':
        return "-";
    default:
        return NULL;
    }
}

static enum status add(struct buf *out, uint32_t letter)
{
    const char *instead = other(letter);
    if (is_basic(letter)) {
        buf_add_byte(out, (char)letter);
        return OK;
    }
    if (letter >= LATIN_FIRST && letter <= LATIN_LAST && latin[letter - LATIN_FIRST] != '.') {
        buf_add_byte(out, latin[letter - LATIN_FIRST]);
        return OK;
    }
    if (instead == NULL)
        return INVALID;
    buf_add_c(out, instead);
    return OK;
}

enum status transfer_letters(struct buf *out, struct str utf8, size_t most)
{
    size_t from = out->len;
    struct str rest = str_trim(utf8);
    while (rest.len > 0)
        TRY(add(out, utf8_next(&rest)));
    return out->len > from && out->len - from <= most ? buf_status(out) : INVALID;
}

enum status transfer_identifier(struct buf *out, struct str utf8, size_t most)
{
    size_t from = out->len;
    TRY(transfer_letters(out, utf8, most));
    struct str written = str_after(buf_str(out), from);
    bool is_wrong = str_starts(written, STR("/")) || str_ends(written, STR("/")) ||
                    str_find(written, STR("//")) != SIZE_MAX;
    return is_wrong ? INVALID : OK;
}
