#include "language/token.h"

#include "base/utf8.h"

bool token_is_letter(uint32_t point)
{
    if (point < 0x80)
        return ascii_is_alpha((char)point) || ascii_is_digit((char)point);
    if (point < 0xC0)
        return point == 0xAA || point == 0xB5 || point == 0xBA;
    return point != 0xD7 && point != 0xF7 && (point < 0x2000 || point > 0x206F) &&
           (point < 0x20A0 || point > 0x2BFF) && (point < 0x3000 || point > 0x303F) &&
           (point < 0xE000 || point > 0xFAFF) && (point < 0xFE00 || point > 0xFE1F) &&
           (point < 0xFF00 || point > 0xFF0F) && (point < 0xFFF0 || point > 0xFFFF) &&
           (point < 0x1F000 || point > 0x1FAFF) && point != 0x02BC && point < 0xE0000;
}

/* Passes over letters, or over all else; what was passed over. */
static struct str take(struct str *rest, bool is_letters)
{
    struct str from = *rest;
    size_t at = 0;
    while (at < from.len) {
        struct str after = str_after(from, at);
        uint32_t point = (unsigned char)from.at[at];
        bool is_ascii = point < 0x80;
        if (!is_ascii)
            point = utf8_next(&after);
        if (token_is_letter(point) != is_letters)
            break;
        at = is_ascii ? at + 1 : from.len - after.len;
    }
    *rest = str_after(from, at);
    return str_slice(from, 0, at);
}

static bool takes_apostrophe(struct str *rest)
{
    struct str after = *rest;
    uint32_t point = after.len > 0 ? utf8_next(&after) : 0;
    if (point != '\'' && point != 0x2019 && point != 0x2018 && point != 0x02BC)
        return false;
    *rest = after;
    return true;
}

static bool is_elided(struct str word)
{
    static const struct str longer[] = {STR_INIT("qu"), STR_INIT("jusqu"), STR_INIT("lorsqu"), STR_INIT("puisqu"),
                                        STR_INIT("quoiqu")};
    if (word.len == 1)
        return memchr("cdjlmnstCDJLMNST", word.at[0], 16) != NULL;
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
        if (str_eq_nocase(word, longer[i]))
            return true;
    return false;
}

bool token_run(struct str *rest, struct str *ret_run)
{
    take(rest, false);
    *ret_run = take(rest, true);
    return ret_run->len > 0;
}

bool token_next(struct str *rest, struct str *ret_token)
{
    for (;;) {
        take(rest, false);
        struct str word = take(rest, true), after = *rest;
        if (word.len == 0)
            return false;
        if (is_elided(word) && takes_apostrophe(&after)) {
            struct str behind = after;
            if (take(&behind, true).len > 0) {
                *rest = after;
                continue;
            }
        }
        *ret_token = utf8_prefix(word, TOKEN_MAX);
        return true;
    }
}
