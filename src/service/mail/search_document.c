#include "service/mail/search_document.h"

#include "base/buf.h"
#include "language/plain.h"
#include "language/token.h"
#include "proto/mime/address.h"
#include "proto/mime/header.h"
#include "proto/mime/text.h"

/* ---- reading ---- */

static bool is_signature(struct str name)
{
    static const struct str names[] = {STR_INIT("DKIM-Signature"), STR_INIT("ARC-Seal"),
                                       STR_INIT("ARC-Message-Signature"), STR_INIT("X-Google-DKIM-Signature")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq_nocase(name, names[i]))
            return true;
    return false;
}

/* Of a signature the tags but b= and bh=, which are noise nobody looks for (RFC 6376 section 3.5). */
static void write_signature(struct buf *out, struct str value)
{
    while (!str_is_absent(value)) {
        struct str tag = str_trim(str_cut(&value, ';'));
        if (str_starts(tag, STR("b=")) || str_starts(tag, STR("bh=")))
            continue;
        plain_write(out, tag);
        buf_add_literal(out, "; ");
    }
}

/* Plain text never holds a line end: each parts two fields. */
static void end_line(struct buf *out)
{
    while (out->len > 0 && out->at[out->len - 1] == ' ')
        out->len--;
    buf_add_byte(out, '\n');
}

/* "name <mailbox@host>" of each, comments and quotes gone, where that is not how the field is written. */
static enum status write_addresses(struct buf *out, struct arena *arena, struct header_field field)
{
    static const struct str names[] = {STR_INIT("From"), STR_INIT("To"), STR_INIT("Cc"), STR_INIT("Bcc")};
    struct address_list list = {0};
    size_t at = 0;
    while (at < 4 && !str_eq_nocase(field.name, names[at]))
        at++;
    if (at == 4 || (str_find_byte(field.value, '"') == SIZE_MAX && str_find_byte(field.value, '(') == SIZE_MAX))
        return OK;
    enum status read = address_parse(arena, field.value, &list);
    for (size_t i = 0; read == OK && i < list.count; i++) {
        if (address_is_group_start(&list.at[i]) || address_is_group_end(&list.at[i]))
            continue;
        plain_write(out, field.name);
        buf_add_literal(out, ": ");
        plain_write(out, address_name_text(arena, &list.at[i]));
        buf_add_literal(out, " <");
        plain_write(out, address_text(arena, &list.at[i]));
        buf_add_literal(out, ">\n");
    }
    return OK;
}

static enum status write_header(struct buf *out, struct arena *arena, struct str header, size_t max, bool *ret_is_cut)
{
    struct header_field field;
    size_t taken = 0;
    for (int count = 0; count < HEADER_FIELDS_MAX && header_next(&header, &field); count++) {
        struct str value = header_text(arena, field.value);
        if (str_is_absent(value))
            return LIMIT;
        taken += field.name.len + value.len + 2;
        *ret_is_cut |= taken > max;
        if (taken > max)
            return OK;
        plain_write(out, field.name);
        buf_add_literal(out, ": ");
        if (is_signature(field.name))
            write_signature(out, value);
        else
            plain_write(out, value);
        end_line(out);
        TRY(write_addresses(out, arena, field));
    }
    return OK;
}

enum status search_document_read(struct arena *arena, struct str message, size_t max,
                                 struct search_document *ret_document)
{
    struct mime mime;
    struct search_text text;
    struct search_document document = {.is_cut = false};
    struct buf header BUF_SCOPE = BUF_INIT(8 * max + 3), body BUF_SCOPE = BUF_INIT(6 * max + 3);
    TRY(mime_scan(arena, message, &mime));
    TRY(write_header(&header, arena, mime_header(&mime, mime.parts), max, &document.is_cut));
    TRY(text_for_search(arena, &mime, max, &text));
    document.is_cut |= text.is_cut || header.len + text.body.len + text.attachments.len > max;
    plain_write(&body, text.body);
    buf_add_literal(&body, " ");
    plain_write(&body, str_slice(text.attachments, 0, max));
    document.header = str_copy(arena, buf_str(&header));
    document.body = str_copy(arena, str_trim(buf_str(&body)));
    if (str_is_absent(document.header) || str_is_absent(document.body))
        return LIMIT;
    *ret_document = document;
    return OK;
}

bool search_document_field(struct str *rest, struct str *ret_name, struct str *ret_value)
{
    if (str_is_absent(*rest) || rest->len == 0)
        return false;
    struct str line = str_cut(rest, '\n');
    size_t colon = str_find(line, STR(":"));
    *ret_name = str_slice(line, 0, colon == SIZE_MAX ? line.len : colon);
    *ret_value = str_after(line, colon == SIZE_MAX ? line.len : colon + 2);
    return true;
}

/* ---- looking ---- */

static const struct {
    bool has_header, has_body;
    const char *names[4];
} places[] = {
    [SEARCH_TEXT] = {true, true, {NULL}},
    [SEARCH_BODY] = {false, true, {NULL}},
    [SEARCH_HEADER] = {true, false, {NULL}},
    [SEARCH_FROM] = {true, false, {"from"}},
    [SEARCH_TO] = {true, false, {"to"}},
    [SEARCH_CC] = {true, false, {"cc"}},
    [SEARCH_BCC] = {true, false, {"bcc"}},
    [SEARCH_SUBJECT] = {true, false, {"subject"}},
    [SEARCH_RECIPIENTS] = {true, false, {"to", "cc"}},
    [SEARCH_READABLE] = {true, true, {"from", "to", "cc", "subject"}},
};

bool search_place_has_header(enum search_place place)
{
    return places[place].has_header;
}

bool search_place_has_body(enum search_place place)
{
    return places[place].has_body;
}

static bool has_word(struct str text, struct str word, struct str stem, struct stemmer *stemmer)
{
    struct str run;
    while (token_run(&text, &run))
        if (str_starts(run, word) || (run.len <= TOKEN_MAX && str_eq(stem_of(stemmer, run), stem)))
            return true;
    return false;
}

static bool is_in(struct str text, const struct search_term *term, struct str stem, struct stemmer *stemmer)
{
    return term->is_word ? has_word(text, term->text, stem, stemmer) : str_find(text, term->text) != SIZE_MAX;
}

static bool is_asked(const struct search_term *term, struct str name)
{
    if (term->place == SEARCH_HEADER)
        return str_eq(name, term->name);
    for (int i = 0; i < 4 && places[term->place].names[i] != NULL; i++)
        if (str_eq(name, str_of(places[term->place].names[i])))
            return true;
    return false;
}

bool search_document_has(const struct search_document *document, const struct search_term *term,
                         struct stemmer *stemmer)
{
    char kept[TOKEN_MAX];
    struct str stem = term->text, rest = document->header, name, value;
    if (term->is_word) { /* the stemmer's own memory is used again for each word of the text */
        stem = stem_of(stemmer, term->text);
        memcpy(kept, stem.at, stem.len);
        stem.at = kept;
    }
    if (places[term->place].has_body && is_in(document->body, term, stem, stemmer))
        return true;
    if (term->place == SEARCH_TEXT)
        return is_in(document->header, term, stem, stemmer);
    while (places[term->place].has_header && search_document_field(&rest, &name, &value))
        if (is_asked(term, name) && is_in(value, term, stem, stemmer))
            return true;
    return false;
}
