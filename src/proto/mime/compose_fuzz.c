/* Any values are refused or written: what is written has exactly our fields and reads back as it
 * was given. */
#include "proto/mime/compose.h"

#include "base/utf8.h"
#include "proto/mime/header.h"
#include "proto/mime/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The next value: a length byte (times 8 for texts), then its bytes. */
static struct str take(struct str *rest, size_t unit)
{
    size_t length = rest->len > 0 ? (uint8_t)rest->at[0] * unit : 0;
    struct str value = str_slice(*rest, 1, 1 + length);
    *rest = str_after(*rest, 1 + length);
    return str_is_absent(value) ? STR("") : value;
}

/* What a reader makes of a text: valid UTF-8, lines ended by LF, the last one too. */
static void normalise(struct buf *out, struct str text)
{
    struct buf whole BUF_SCOPE = BUF_INIT(1 << 20);
    utf8_repair(&whole, text);
    if (text.len > 0 && !str_ends(text, STR("\n")))
        buf_add_literal(&whole, "\r\n");
    for (size_t i = 0; i < whole.len; i++) {
        bool is_return = whole.at[i] == '\r';
        if (!is_return || i + 1 == whole.len || whole.at[i + 1] != '\n')
            buf_add_byte(out, is_return ? '\n' : whole.at[i]);
    }
}

static void check_fields(struct str header, size_t wanted)
{
    struct header_field field;
    size_t count = 0;
    for (; header_next(&header, &field); count++)
        REQUIRE(!str_eq_nocase(field.name, STR("Bcc")));
    REQUIRE(count == wanted);
}

static void check_message(struct str message, const struct compose *compose)
{
    struct arena *arena ARENA_SCOPE = arena_create(64 << 20);
    struct buf wanted BUF_SCOPE = BUF_INIT(1 << 20);
    struct attachment_list attachments;
    struct mime mime;
    struct str text;
    REQUIRE(mime_scan(arena, message, &mime) == OK);
    struct str header = mime_header(&mime, mime.parts);
    /* Date, From, To, Subject, Message-ID, the field given, MIME-Version, Content-Type; in a single
     * part also Content-Transfer-Encoding. */
    check_fields(header, mime.parts->kind == MIME_MULTIPART ? 8 : 9);
    REQUIRE(str_eq(header_text(arena, header_find(header, STR("Subject"))), compose->subject));
    REQUIRE(text_display(arena, &mime, 1 << 20, &text) == OK);
    normalise(&wanted, compose->text);
    REQUIRE(str_eq(text, buf_str(&wanted)));
    REQUIRE(text_attachments(arena, &mime, &attachments) == OK);
    REQUIRE(attachments.count == compose->file_count);
    for (size_t i = 0; i < attachments.count; i++)
        REQUIRE(attachments.at[i].size == compose->files[i].bytes.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = {(const char *)data, size};
    struct buf out BUF_SCOPE = BUF_INIT(16 << 20);
    struct compose_file file = {.name = take(&rest, 1), .type = STR("application/pdf")};
    struct address from = {
        .name = take(&rest, 1), .mailbox = take(&rest, 1), .host = STR("a.example")};
    struct address to = {.name = take(&rest, 1), .mailbox = STR("b"), .host = take(&rest, 1)};
    struct compose_field field = {STR("X-Field"), take(&rest, 1)};
    struct compose compose = {.from = from,
                              .to = &to,
                              .to_count = 1,
                              .subject = take(&rest, 1),
                              .message_id = take(&rest, 1),
                              .fields = &field,
                              .field_count = 1,
                              .text = take(&rest, 8),
                              .html = take(&rest, 8),
                              .files = &file};
    if (compose.html.len == 0)
        compose.html = STR_NONE;
    file.bytes = rest;
    compose.file_count = rest.len > 0;
    enum status status = compose_write(&out, &compose);
    REQUIRE(status == OK || (status == INVALID && out.len == 0));
    if (status == OK)
        check_message(buf_str(&out), &compose);
    return 0;
}
