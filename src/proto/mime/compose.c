#include "proto/mime/compose.h"

#include "proto/mime/compose_check.h"
#include "proto/mime/compose_part.h"
#include "proto/mime/words.h"

enum { COLUMN_MAX = 76, BOUNDARY_TRIES = 1000 };

/* What is written, and the text in all its boundaries, which occurs in nothing the message
 * carries. */
struct writer {
    struct buf *out;
    const struct compose *compose;
    char id[17];
};

static void write_list(struct buf *out, const char *name, const struct address *addresses,
                       size_t count)
{
    size_t column = strlen(name) + 2;
    if (count == 0)
        return;
    buf_add_c(out, name);
    buf_add_literal(out, ": ");
    address_write(out, addresses, count, &column);
    buf_add_literal(out, "\r\n");
}

static void write_text(struct buf *out, struct str name, struct str value)
{
    size_t column = name.len + 2;
    buf_add(out, name);
    buf_add_literal(out, ": ");
    words_encode(out, value, false, &column);
    buf_add_literal(out, "\r\n");
}

static void write_ids(struct buf *out, const char *name, const struct str *ids, size_t count)
{
    size_t column = strlen(name) + 1;
    if (count == 0)
        return;
    buf_add_c(out, name);
    buf_add_byte(out, ':');
    for (size_t i = 0; i < count; i++) {
        bool is_full = i > 0 && column + 3 + ids[i].len > COLUMN_MAX;
        buf_add(out, is_full ? STR("\r\n <") : STR(" <"));
        buf_add(out, ids[i]);
        buf_add_byte(out, '>');
        column = (is_full ? 0 : column) + 3 + ids[i].len;
    }
    buf_add_literal(out, "\r\n");
}

static void write_header(struct buf *out, const struct compose *compose)
{
    buf_add_literal(out, "Date: ");
    mail_date_write(out, compose->date);
    buf_add_literal(out, "\r\n");
    write_list(out, "From", &compose->from, 1);
    write_list(out, "Sender", &compose->sender, !str_is_absent(compose->sender.mailbox));
    write_list(out, "Reply-To", compose->reply_to, compose->reply_to_count);
    write_list(out, "To", compose->to, compose->to_count);
    write_list(out, "Cc", compose->cc, compose->cc_count);
    write_list(out, "Bcc", compose->bcc, compose->bcc_count);
    write_text(out, STR("Subject"), compose->subject);
    write_ids(out, "Message-ID", &compose->message_id, 1);
    write_ids(out, "In-Reply-To", &compose->in_reply_to, compose->in_reply_to.len > 0);
    write_ids(out, "References", compose->references, compose->reference_count);
    for (size_t i = 0; i < compose->field_count; i++)
        write_text(out, compose->fields[i].name, compose->fields[i].value);
    buf_add_literal(out, "MIME-Version: 1.0\r\n");
}

/* ---- multiparts ---- */

static void begin_multipart(struct writer *writer, const char *subtype)
{
    buf_add_format(writer->out, "Content-Type: multipart/%s;\r\n boundary=\"=_%s_%s\"\r\n\r\n",
                   subtype, writer->id, subtype);
}

/* The line end before a boundary is the boundary's own (RFC 2046 section 5.1.1). */
static void add_boundary(struct writer *writer, const char *subtype, const char *end)
{
    buf_add_format(writer->out, "\r\n--=_%s_%s%s\r\n", writer->id, subtype, end);
}

/* A file with an id is shown within the HTML; without HTML it is attached like any other. */
static bool is_inline(const struct compose *compose, const struct compose_file *file)
{
    return !str_is_absent(file->content_id) && !str_is_absent(compose->html);
}

static size_t count_files(const struct compose *compose, bool are_inline)
{
    size_t count = 0;
    for (size_t i = 0; i < compose->file_count; i++)
        count += is_inline(compose, &compose->files[i]) == are_inline;
    return count;
}

static void write_files(struct writer *writer, bool are_inline, const char *subtype)
{
    for (size_t i = 0; i < writer->compose->file_count; i++) {
        const struct compose_file *file = &writer->compose->files[i];
        if (is_inline(writer->compose, file) != are_inline)
            continue;
        add_boundary(writer, subtype, "");
        compose_part_file(writer->out, file);
    }
    add_boundary(writer, subtype, "--");
}

/* The HTML, with the images it shows (RFC 2387). */
static void write_html(struct writer *writer)
{
    if (count_files(writer->compose, true) == 0) {
        compose_part_text(writer->out, "html", writer->compose->html);
        return;
    }
    begin_multipart(writer, "related");
    add_boundary(writer, "related", "");
    compose_part_text(writer->out, "html", writer->compose->html);
    write_files(writer, true, "related");
}

static void write_body(struct writer *writer)
{
    if (str_is_absent(writer->compose->html)) {
        compose_part_text(writer->out, "plain", writer->compose->text);
        return;
    }
    begin_multipart(writer, "alternative");
    add_boundary(writer, "alternative", "");
    compose_part_text(writer->out, "plain", writer->compose->text);
    add_boundary(writer, "alternative", "");
    write_html(writer);
    add_boundary(writer, "alternative", "--");
}

/* Quoted-printable and base64 never hold "=_", and plain text no line that begins with "--": only
 * messages carried as they are could hold a boundary. */
static bool occurs(const struct compose *compose, struct str id)
{
    for (size_t i = 0; i < compose->file_count; i++)
        if (compose_part_is_message(&compose->files[i]) &&
            str_find(compose->files[i].bytes, id) != SIZE_MAX)
            return true;
    return false;
}

/* From the message id (FNV-1a), so that the same values give the same bytes. */
static enum status choose_id(struct writer *writer)
{
    static const char digits[] = "0123456789abcdef";
    struct str seed = writer->compose->message_id;
    uint64_t number = 14695981039346656037u;
    for (size_t i = 0; i < seed.len; i++)
        number = (number ^ (uint8_t)seed.at[i]) * 1099511628211u;
    for (int i = 0; i < BOUNDARY_TRIES; i++, number++) {
        for (int digit = 0; digit < 16; digit++)
            writer->id[digit] = digits[number >> (60 - 4 * digit) & 15];
        if (!occurs(writer->compose, (struct str){writer->id, 16}))
            return OK;
    }
    return INVALID;
}

enum status compose_write(struct buf *out, const struct compose *compose)
{
    struct writer writer = {.out = out, .compose = compose};
    TRY(compose_check(compose));
    TRY(choose_id(&writer));
    write_header(out, compose);
    if (count_files(compose, false) == 0) {
        write_body(&writer);
        return buf_status(out);
    }
    begin_multipart(&writer, "mixed");
    add_boundary(&writer, "mixed", "");
    write_body(&writer);
    write_files(&writer, false, "mixed");
    return buf_status(out);
}
