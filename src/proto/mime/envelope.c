#include "proto/mime/envelope.h"

#include "proto/mime/address.h"
#include "proto/mime/header.h"
#include "proto/mime/imap_text.h"

enum { DATE, SUBJECT, IN_REPLY_TO, MESSAGE_ID, TEXT_COUNT };
enum { FROM, SENDER, REPLY_TO, TO, CC, BCC, LIST_COUNT };

/* One pass over the header fills both tables. */
struct envelope {
    struct str texts[TEXT_COUNT];
    struct address_list lists[LIST_COUNT];
};

static const struct str text_names[TEXT_COUNT] = {
    [DATE] = STR_INIT("Date"),
    [SUBJECT] = STR_INIT("Subject"),
    [IN_REPLY_TO] = STR_INIT("In-Reply-To"),
    [MESSAGE_ID] = STR_INIT("Message-ID"),
};

static const struct str list_names[LIST_COUNT] = {
    [FROM] = STR_INIT("From"), [SENDER] = STR_INIT("Sender"), [REPLY_TO] = STR_INIT("Reply-To"),
    [TO] = STR_INIT("To"),     [CC] = STR_INIT("Cc"),         [BCC] = STR_INIT("Bcc"),
};

static enum status take_field(struct arena *arena, struct envelope *envelope,
                              const struct header_field *field)
{
    for (size_t i = 0; i < TEXT_COUNT; i++)
        if (str_eq_nocase(field->name, text_names[i]) && str_is_absent(envelope->texts[i])) {
            envelope->texts[i] = header_unfold(arena, field->value);
            return str_is_absent(envelope->texts[i]) ? LIMIT : OK;
        }
    for (size_t i = 0; i < LIST_COUNT; i++)
        if (str_eq_nocase(field->name, list_names[i]))
            return address_parse(arena, field->value, &envelope->lists[i]);
    return OK;
}

static void write_address(struct buf *out, const struct address *address)
{
    const struct str fields[] = {address->name, address->adl, address->mailbox, address->host};
    for (size_t i = 0; i < 4; i++) {
        buf_add_byte(out, i == 0 ? '(' : ' ');
        imap_text_nstring(out, fields[i]);
    }
    buf_add_byte(out, ')');
}

static void write_list(struct buf *out, const struct address_list *list)
{
    if (list->count == 0) {
        buf_add_literal(out, "NIL");
        return;
    }
    buf_add_byte(out, '(');
    for (size_t i = 0; i < list->count; i++)
        write_address(out, &list->at[i]);
    buf_add_byte(out, ')');
}

static void write(struct buf *out, const struct envelope *envelope)
{
    buf_add_byte(out, '(');
    imap_text_nstring(out, envelope->texts[DATE]);
    buf_add_byte(out, ' ');
    imap_text_nstring(out, envelope->texts[SUBJECT]);
    for (size_t i = 0; i < LIST_COUNT; i++) {
        bool is_from = (i == SENDER || i == REPLY_TO) && envelope->lists[i].count == 0;
        buf_add_byte(out, ' ');
        write_list(out, &envelope->lists[is_from ? FROM : i]);
    }
    buf_add_byte(out, ' ');
    imap_text_nstring(out, envelope->texts[IN_REPLY_TO]);
    buf_add_byte(out, ' ');
    imap_text_nstring(out, envelope->texts[MESSAGE_ID]);
    buf_add_byte(out, ')');
}

enum status envelope_write(struct buf *out, struct arena *arena, struct str header)
{
    struct envelope envelope = {0};
    struct header_field field;
    for (size_t seen = 0; seen < HEADER_FIELDS_MAX && header_next(&header, &field); seen++)
        TRY(take_field(arena, &envelope, &field));
    write(out, &envelope);
    return buf_status(out);
}
