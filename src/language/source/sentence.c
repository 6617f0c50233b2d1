#include "language/source/sentence.h"

#include "base/utf8.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Words whose full stop is their own. */
static bool is_abbreviation(struct str word)
{
    static const struct str known[] = {
        STR_INIT("art"), STR_INIT("al"),  STR_INIT("m"),   STR_INIT("mm"),  STR_INIT("mme"),  STR_INIT("mlle"),
        STR_INIT("dr"),  STR_INIT("me"),  STR_INIT("pr"),  STR_INIT("cf"),  STR_INIT("ex"),   STR_INIT("p"),
        STR_INIT("pp"),  STR_INIT("no"),  STR_INIT("nos"), STR_INIT("env"), STR_INIT("max"),  STR_INIT("min"),
        STR_INIT("st"),  STR_INIT("ste"), STR_INIT("av"),  STR_INIT("bd"),  STR_INIT("tél"),  STR_INIT("chap"),
        STR_INIT("éd"),  STR_INIT("vol"), STR_INIT("réf"), STR_INIT("janv"), STR_INIT("févr"), STR_INIT("juil"),
        STR_INIT("sept"), STR_INIT("oct"), STR_INIT("nov"), STR_INIT("déc"),
    };
    /* An initial, or the letter of an article of the law: "J. Dupont", "R. 311-3". */
    if (word.len == 1 && ascii_is_alpha(word.at[0]))
        return true;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_eq_nocase(word, known[i]))
            return true;
    return false;
}

/* The letters that end before `at`. */
static struct str word_before(struct str text, size_t at)
{
    size_t from = at;
    while (from > 0 && (ascii_is_alpha(text.at[from - 1]) || (text.at[from - 1] & 0x80) != 0) &&
           at - from < 12)
        from--;
    return str_slice(text, from, at);
}

/* Closing quotes and brackets behind a full stop belong to it. */
static size_t after_closing(struct str text, size_t at)
{
    static const struct str closing[] = {STR_INIT(")"), STR_INIT("\""), STR_INIT("»"), STR_INIT("\u201D"),
                                         STR_INIT("]"), STR_INIT(" »"), STR_INIT("\u00A0»"), STR_INIT("\u202F»")};
    for (size_t i = 0; i < sizeof closing / sizeof closing[0];) {
        if (str_starts(str_after(text, at), closing[i])) {
            at += closing[i].len;
            i = 0;
        } else
            i++;
    }
    return at;
}

/* Could a sentence begin here? A small letter goes on with the one before. */
static bool may_begin(struct str text, size_t at)
{
    while (at < text.len && is_blank(text.at[at]))
        at++;
    if (at == text.len)
        return true;
    char c = text.at[at];
    if (c >= 'a' && c <= 'z')
        return false;
    struct str rest = str_after(text, at);
    /* é à ê of a word in small letters: U+00E0 to U+00FF are C3 A0 to C3 BF. */
    return !(rest.len > 1 && (unsigned char)c == 0xC3 && (unsigned char)rest.at[1] >= 0xA0);
}

/* Where the sentence that begins `text` ends, its full stop included. */
static size_t end_of(struct str text)
{
    for (size_t at = 0; at < text.len; at++) {
        char c = text.at[at];
        if (c == '\n')
            return at;
        bool is_ellipsis = str_starts(str_after(text, at), STR("…"));
        if (c != '.' && c != '!' && c != '?' && !is_ellipsis)
            continue;
        size_t end = after_closing(text, at + (is_ellipsis ? STR("…").len : 1));
        if (end < text.len && !is_blank(text.at[end]))
            continue;
        if (c == '.' && end == at + 1 && is_abbreviation(word_before(text, at)) && end < text.len &&
            text.at[end] != '\n')
            continue;
        if (may_begin(text, end))
            return end;
    }
    return text.len;
}

bool sentence_next(struct str *rest, struct str *ret_sentence)
{
    size_t from = 0;
    while (from < rest->len && is_blank(rest->at[from]))
        from++;
    struct str text = str_after(*rest, from);
    if (text.len == 0)
        return false;
    size_t end = end_of(text);
    *ret_sentence = str_trim(str_slice(text, 0, end));
    *rest = str_after(text, end);
    return true;
}
