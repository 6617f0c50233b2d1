#include "service/mail/facts.h"

#include "base/utf8.h"
#include "proto/imap/imap_subject.h"
#include "proto/mime/address.h"
#include "proto/mime/bodystructure.h"
#include "proto/mime/charset.h"
#include "proto/mime/envelope.h"
#include "proto/mime/header.h"
#include "proto/mime/html_text.h"
#include "proto/mime/mail_date.h"
#include "proto/mime/message_id.h"
#include "proto/mime/mime_scan.h"
#include "proto/mime/text.h"

enum { ENVELOPE_MAX = 256 << 10, STRUCTURE_MAX = 1 << 20, PREVIEW_SOURCE_MAX = 4096,
       PREVIEW_MARKUP_MAX = 32 << 10, REFERENCES_TEXT_MAX = 64 << 10 };

static enum status kept(struct arena *arena, struct str text, size_t max, struct str *ret_text)
{
    *ret_text = str_copy(arena, utf8_prefix(text, max));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

/* The marks French mail programs put before a subject: "TR:", and any with a blank before the colon that breaks no
 * line. RFC 5256 knows neither, and conversations would fall apart by them. */
static bool drop_french_mark(struct str *subject)
{
    static const struct str marks[] = {STR_INIT("tr"), STR_INIT("re"), STR_INIT("fwd"), STR_INIT("fw")};
    static const struct str blanks[] = {STR_INIT(" "), STR_INIT("\u00a0"), STR_INIT("\u202f")};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!str_starts_nocase(*subject, marks[i]))
            continue;
        struct str rest = str_after(*subject, marks[i].len);
        for (size_t j = 0; j < sizeof blanks / sizeof blanks[0]; j++)
            while (str_starts(rest, blanks[j]))
                rest = str_after(rest, blanks[j].len);
        if (rest.len == 0 || rest.at[0] != ':')
            continue;
        *subject = str_trim(str_after(rest, 1));
        return true;
    }
    return false;
}

static enum status read_subject(struct arena *arena, struct str header, struct facts *facts)
{
    struct str subject = header_text(arena, header_find(header, STR("Subject")));
    TRY(kept(arena, str_trim(subject), FACTS_TEXT_MAX, &facts->subject));
    struct imap_subject found = {.base = facts->subject};
    do {
        while (drop_french_mark(&found.base))
            continue;
        TRY(imap_subject_base(found.base, arena, &found));
    } while (drop_french_mark(&found.base));
    facts->base_subject = found.base;
    return OK;
}

/* An address may be written in any bytes; what is shown of it is text. */
static struct str readable(struct arena *arena, struct str text)
{
    struct buf whole BUF_SCOPE = BUF_INIT(FACTS_TEXT_MAX * 4);
    if (utf8_is_valid(text))
        return text;
    utf8_repair(&whole, str_slice(text, 0, FACTS_TEXT_MAX));
    return str_copy(arena, buf_str(&whole));
}

static enum status read_people(struct arena *arena, struct str header, struct str field, struct str *ret_text)
{
    struct address_list list = {0};
    struct buf names BUF_SCOPE = BUF_INIT(FACTS_TEXT_MAX * 2);
    TRY(address_parse_field(arena, header, field, &list));
    for (size_t i = 0; i < list.count && names.len < FACTS_TEXT_MAX; i++) {
        if (address_is_group_start(&list.at[i]) || address_is_group_end(&list.at[i]))
            continue;
        struct str name = address_name_text(arena, &list.at[i]);
        if (str_is_absent(name) || name.len == 0)
            name = readable(arena, address_text(arena, &list.at[i]));
        if (names.len > 0)
            buf_add_literal(&names, ", ");
        buf_add(&names, utf8_prefix(name, FACTS_TEXT_MAX / 2));
    }
    return kept(arena, buf_str(&names), FACTS_TEXT_MAX, ret_text);
}

static enum status read_thread(struct arena *arena, struct str header, struct facts *facts)
{
    struct thread_facts thread;
    struct buf ids BUF_SCOPE = BUF_INIT(REFERENCES_TEXT_MAX);
    TRY(thread_facts_of(arena, header, &thread));
    for (size_t i = 0; i < thread.references.count && i < FACTS_REFERENCES_MAX; i++) {
        struct str id = thread.references.at[i];
        if (str_find_byte(id, ' ') != SIZE_MAX || id.len + 1 > ids.max - ids.len)
            continue;
        if (ids.len > 0)
            buf_add_byte(&ids, ' ');
        buf_add(&ids, id);
    }
    TRY(kept(arena, str_is_absent(thread.id) ? STR("") : thread.id, FACTS_TEXT_MAX, &facts->message_id));
    return kept(arena, buf_str(&ids), REFERENCES_TEXT_MAX, &facts->reference_ids);
}

/* What the sender wrote, on one line: of a large page, what its first bytes say. */
static enum status preview_of(struct arena *arena, const struct mime *mime, const struct mime_part *part,
                              struct str *ret_preview)
{
    bool is_html = mime_is(part, STR("text"), STR("html"));
    size_t max = is_html ? PREVIEW_MARKUP_MAX : PREVIEW_SOURCE_MAX;
    struct parameter_list parameters = {0};
    struct buf decoded BUF_SCOPE = BUF_INIT(max), text BUF_SCOPE = BUF_INIT(max * 4);
    struct buf plain BUF_SCOPE = BUF_INIT(PREVIEW_SOURCE_MAX);
    TRY(mime_type_parameters(arena, part, &parameters));
    struct str charset = parameter_raw(&parameters, STR("charset"));
    transfer_decode(&decoded, part->transfer, str_slice(mime_body(mime, part), 0, max));
    charset_to_utf8(&text, str_is_absent(charset) ? STR("utf-8") : charset, buf_str(&decoded));
    if (is_html)
        html_text_write(&plain, buf_str(&text));
    struct str line = text_preview(arena, is_html ? buf_str(&plain) : buf_str(&text));
    return kept(arena, str_is_absent(line) ? STR("") : line, FACTS_PREVIEW_MAX, ret_preview);
}

static bool is_attached(const struct mime_part *part)
{
    if (part->kind != MIME_LEAF)
        return false;
    return str_starts_nocase(part->disposition, STR("attachment")) || !mime_is(part, STR("text"), STR_NONE);
}

static enum status read_parts(struct arena *arena, struct str message, struct facts *facts)
{
    struct mime mime;
    struct buf structure BUF_SCOPE = BUF_INIT(STRUCTURE_MAX);
    const struct mime_part *text = NULL, *markup = NULL;
    TRY(mime_scan(arena, message, &mime));
    for (uint32_t i = 0; i < mime.count; i++) {
        const struct mime_part *part = &mime.parts[i];
        facts->has_attachment |= is_attached(part);
        if (text == NULL && part->kind == MIME_LEAF && mime_is(part, STR("text"), STR("plain")))
            text = part;
        if (markup == NULL && part->kind == MIME_LEAF && mime_is(part, STR("text"), STR("html")))
            markup = part;
    }
    facts->preview = STR("");
    if (text == NULL)
        text = markup;
    if (text != NULL)
        TRY(preview_of(arena, &mime, text, &facts->preview));
    TRY(bodystructure_write(&structure, arena, &mime, true));
    return kept(arena, buf_str(&structure), STRUCTURE_MAX, &facts->structure);
}

enum status facts_read(struct arena *arena, struct str message, struct instant received, struct facts *ret_facts)
{
    struct facts facts = {.sent = received};
    struct mail_date date;
    struct buf envelope BUF_SCOPE = BUF_INIT(ENVELOPE_MAX);
    struct str header = str_slice(message, 0, header_length(message));
    struct str written = header_find(header, STR("Date"));
    if (!str_is_absent(written) && mail_date_parse(written, &date) == OK)
        facts.sent = date.instant;
    TRY(read_subject(arena, header, &facts));
    TRY(read_people(arena, header, STR("From"), &facts.from_text));
    TRY(read_people(arena, header, STR("To"), &facts.to_text));
    TRY(read_thread(arena, header, &facts));
    TRY(envelope_write(&envelope, arena, header));
    TRY(kept(arena, buf_str(&envelope), ENVELOPE_MAX, &facts.envelope));
    TRY(read_parts(arena, message, &facts));
    *ret_facts = facts;
    return OK;
}
